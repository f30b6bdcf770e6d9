"""The Times family of this machine: four faces that cover Vietnamese, and the width of a text.

In: the fonts that fontconfig (or the usual font folders) knows. Out: a :class:`TimesFamily`. Times
New Roman is what the rules ask for (Decree 30/2020/NĐ-CP, Annex I, I.3); Tinos and Liberation Serif
have the same metrics. A family that lacks a face or a single Vietnamese letter is refused, never
completed with another one: Liberation Serif 1 bears the same name and lacks ơ, ư and more.

Widths are the plain advances of the font, without kerning or ligatures, as both outputs set them.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from vanban.errors import MachineError
from vanban.io.walk import FileState, states_of
from vanban.line_ends import MAY_BREAK

if TYPE_CHECKING:
    import uharfbuzz  # type: ignore[import-untyped]

FAMILIES = ("Times New Roman", "Tinos", "Liberation Serif")
"""The accepted families, best first: the rules' own, then those with its metrics."""

REMEDY = "hãy cài gói fonts-croscore (phông Tinos): sudo apt-get install fonts-croscore"
"""What to do where no family will do, after the dash of a message; Tinos is in that package."""

FONT_DIR_VARIABLE = "VANBAN_FONT_DIR"
"""Environment variable: a folder to take fonts from, and from nowhere else."""

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
"""Searched where fontconfig's ``fc-list`` is missing."""

SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})


def _vietnamese_letters() -> frozenset[str]:
    marked = "ăâêôơư"
    tones = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # huyền, hỏi, ngã, sắc, nặng
    toned = {unicodedata.normalize("NFC", v + t) for v in "aeiouy" + marked for t in tones}
    lower = toned | set(marked) | {"đ"}
    return frozenset(lower | {letter.upper() for letter in lower})


VIETNAMESE_LETTERS = _vietnamese_letters()
"""The 134 accented letters: 12 vowels in 5 tones, the 6 marked vowels and đ, in both cases."""


class DamagedFont(Exception):
    """A file that is no readable font."""


NEEDED = frozenset({"cmap", "head", "hhea", "hmtx", "maxp", "name"})
"""The tables that are read of a font."""

OUTLINES = frozenset({"glyf", "loca", "CFF ", "CFF2"})
"""Those that draw it, by kind; what a font has of them has to be whole."""

_HEAD = struct.Struct(">36x4hH")
"""Of the table "head" (OpenType): the edges of all glyphs, the bits of the look."""


class Head(Struct, frozen=True):
    """The box that holds every glyph of a face, in units of its em, and its look."""

    box: tuple[int, ...]
    bold: bool
    italic: bool


class Face(Struct, frozen=True, dict=True):
    """One face of a family: a font file, and the number of the font in it (for .ttc)."""

    path: Path
    index: int = 0

    @cached_property
    def opened(self) -> uharfbuzz.Face:
        """The face as HarfBuzz reads it; raises DamagedFont where the file is no readable font.

        HarfBuzz takes a table that it cannot read for one that is empty.
        """
        import uharfbuzz

        try:
            blob = uharfbuzz.Blob.from_file_path(str(self.path))
        except uharfbuzz.HarfBuzzError:
            raise DamagedFont from None
        face = uharfbuzz.Face(blob, self.index)
        needed = NEEDED | OUTLINES.intersection(face.table_tags)
        if not all(len(face.reference_table(tag)) for tag in needed):
            raise DamagedFont
        return face

    @cached_property
    def head(self) -> Head:
        """What the face says of itself; raises DamagedFont."""
        table = self.opened.reference_table("head").data
        if len(table) < _HEAD.size:
            raise DamagedFont
        *box, style = _HEAD.unpack_from(table)
        return Head(tuple(box), bool(style & 1), bool(style & 2))

    @cached_property
    def widths(self) -> dict[int, float]:
        """Advance width in em of every character (code point) that the face has.

        Raises DamagedFont where the file is no readable font.
        """
        import uharfbuzz

        em, font = self.opened.upem, uharfbuzz.Font(self.opened)
        glyph, advance = font.get_nominal_glyph, font.get_glyph_h_advance
        widths = {code: advance(glyph(code)) / em for code in self.opened.unicodes}
        return {**widths, ord(MAY_BREAK): 0.0}

    def missing_characters(self, text: Iterable[str]) -> set[str]:
        """Return the characters of ``text`` that the face lacks."""
        return {character for character in text if ord(character) not in self.widths}


class TimesFamily(Struct, frozen=True):
    """A family in Times metrics with its four faces, each covering Vietnamese."""

    name: str
    regular: Face
    bold: Face
    italic: Face
    bold_italic: Face

    def face(self, bold: bool = False, italic: bool = False) -> Face:
        """Return the face of that look."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular

    def advance(self, text: str, bold: bool = False, italic: bool = False) -> float:
        """Return the width of ``text`` (NFC) in em; times the size in pt it is the width in pt.

        Raises KeyError for a character that the face lacks: see :meth:`missing_characters`.
        """
        widths = self.face(bold, italic).widths
        return sum(widths[ord(character)] for character in text)

    def missing_characters(self, text: str, bold: bool = False, italic: bool = False) -> set[str]:
        """Return the characters of ``text`` that the face of that look lacks."""
        return self.face(bold, italic).missing_characters(text)


def stand_in(family: str) -> str:
    """Say in Vietnamese what stands for Times New Roman; "" where it is Times New Roman itself."""
    if family == FAMILIES[0]:
        return ""
    return f"{family}, thay cho Times New Roman mà máy này không có (cùng số đo)"


def find_times() -> TimesFamily:
    """Return the best accepted family of this machine.

    Looks only in the folder of ``VANBAN_FONT_DIR`` where that is set. Raises MachineError, with
    the reason for each family refused and the package to install, where none will do.
    """
    refused = []
    found = _faces(tuple(states_of(_candidates())))
    for family in FAMILIES:
        faces, faults = _choose(found.get(family, {}))
        if not faults:
            return TimesFamily(family, *(faces[look] for look in _LOOKS))
        if family in found:
            refused.append(f"{family}: {faults[0]}")
    own_folder = os.environ.get(FONT_DIR_VARIABLE)
    place = f" trong thư mục {own_folder} ({FONT_DIR_VARIABLE})" if own_folder else ""
    reasons = f" ({'; '.join(refused)})" if refused else ""
    raise MachineError(
        "Không tìm thấy phông chữ Times New Roman, hoặc phông cùng số đo, có đủ chữ tiếng Việt"
        f"{place}{reasons} — {REMEDY}"
    )


_Look = tuple[bool, bool]

_LOOKS: dict[_Look, str] = {
    (False, False): "thường",
    (True, False): "đậm",
    (False, True): "nghiêng",
    (True, True): "đậm nghiêng",
}
"""(bold, italic) of the four faces in the order of TimesFamily, with the words for messages."""


def _candidates() -> list[Path]:
    """Return the font files that may belong to an accepted family, in a fixed order."""
    own_folder = os.environ.get(FONT_DIR_VARIABLE)
    if own_folder:
        return _scan([Path(own_folder)])
    known = _ask_fontconfig()
    if known is None:
        return _scan(Path(folder).expanduser() for folder in FONT_FOLDERS)
    return known


def _ask_fontconfig() -> list[Path] | None:
    """Return the files of the accepted families, or None where fontconfig cannot be asked."""
    import subprocess

    try:
        listing = subprocess.run(
            ["fc-list", "--format", "%{family}\t%{file}\n"], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    entries = (os.fsdecode(line).split("\t", 1) for line in listing.stdout.splitlines())
    return sorted(
        {
            Path(file)
            for families, file in entries
            if not set(FAMILIES).isdisjoint(families.split(","))
        }
    )


def _scan(folders: Iterable[Path]) -> list[Path]:
    """Return the font files below ``folders``."""
    files = (file for folder in folders for file in folder.rglob("*"))
    return sorted(file for file in files if file.suffix.lower() in SUFFIXES)


@lru_cache(maxsize=4)
def _faces(files: tuple[FileState, ...]) -> dict[str, dict[_Look, list[Face]]]:
    """Return the faces in ``files``, which come with their states, by family and look.

    Variable fonts and files that are no readable font are passed over.
    """
    families: dict[str, dict[_Look, list[Face]]] = {}
    for file, *_ in files:
        with suppress(OSError, DamagedFont):
            for index in range(_fonts_in(file)):
                face = Face(file, index)
                family = face.opened.get_name(FAMILY)
                if family in FAMILIES and "fvar" not in face.opened.table_tags:
                    look = face.head.bold, face.head.italic
                    families.setdefault(family, {}).setdefault(look, []).append(face)
    return families


FAMILY, POSTSCRIPT = 1, 6
"""Numbers of names in a font (OpenType, name)."""


def _fonts_in(file: Path) -> int:
    """Return how many fonts ``file`` holds: 1, or the count in the head of a collection."""
    with file.open("rb") as stream:
        head = stream.read(12)
    return int.from_bytes(head[8:12], "big") if head.startswith(b"ttcf") else 1


def _choose(candidates: Mapping[_Look, list[Face]]) -> tuple[dict[_Look, Face], list[str]]:
    """Return the first face of each look that covers Vietnamese, and in words what is not there.

    A machine may have two versions of a family, one of them without the letters.
    """
    chosen: dict[_Look, Face] = {}
    faults = []
    for look, word in _LOOKS.items():
        fault = f"thiếu kiểu chữ {word}"
        for face in candidates.get(look, ()):
            reason = _reason_to_refuse(face)
            if not reason:
                chosen[look] = face
                break
            fault = f"kiểu chữ {word} {reason}"
        else:
            faults.append(fault)
    return chosen, faults


def _reason_to_refuse(face: Face) -> str:
    """Say in Vietnamese why ``face`` will not do; "" where it will."""
    try:
        missing = sorted(face.missing_characters(VIETNAMESE_LETTERS))
    except DamagedFont:
        return f"không đọc được từ tệp {face.path}"
    if missing:
        return f"thiếu {len(missing)} chữ tiếng Việt, ví dụ {', '.join(missing[:3])}"
    return ""
