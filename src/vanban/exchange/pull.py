"""What a Word file says that its content does not: base, file and content now, compared.

In: the base (of the file, else of the content now), the base of the content now, and the file. Out:
one :class:`Edit` a value, an item of a list, or a place that is told and not taken. Nothing is
written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from enum import Enum
from functools import cached_property
from pathlib import Path, PurePath

from msgspec import Struct

from vanban.errors import Place
from vanban.exchange.marks import Base, BaseParagraph, Piece, is_unchanged, same_text, values_code
from vanban.exchange.pull_edits import Refused, ValueEdit, edited, paragraph_edits
from vanban.exchange.pull_match import Matching, match
from vanban.ooxml.word_file import WordFile, WordParagraph
from vanban.provenance import Keys, Kind, Origin
from vanban.workspace.source import Node


class Verdict(Enum):
    """What becomes of an edit."""

    TAKEN = "Lấy được"
    UNSURE = "Không chắc"
    CONFLICT = "Hai bên cùng sửa"
    REFUSED = "Không lấy"


class Act(Enum):
    """What an edit does to the content."""

    SET = "sửa"
    ADD = "thêm"
    DELETE = "xóa"
    NONE = ""


class Edit(Struct, frozen=True):
    """One edit: ``old`` as built, ``new`` as in the file, ``now`` as the content says.

    ``keys`` lead to the value, or to the item of a list that goes, or before which one comes with
    its words under ``field`` ("" for a list of texts) and the id ``id``, where it has one. ``note``
    says why it is not simply taken, and what to do. ``at`` is its place in the file.
    """

    verdict: Verdict
    act: Act
    place: Place
    old: str
    new: str
    now: str = ""
    note: str = ""
    keys: Keys = ()
    field: str = ""
    id: str = ""
    at: int = 0


class Comparison(Struct, frozen=True, dict=True):
    """A file beside its base and the content now.

    ``trees`` are what was read of the content files by their shown paths; ``own`` are the files and
    folders, below the content folder, that say what this document alone is about.
    """

    base: Base
    now: Base
    word: WordFile
    trees: Mapping[Path, Node]
    own: tuple[str, ...]

    @cached_property
    def file(self) -> tuple[WordParagraph, ...]:
        return self.word.filled

    @cached_property
    def matching(self) -> Matching:
        return match(self.base.paragraphs, self.file)

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        """Where each value of the content now stands, by address."""
        return {
            piece.value: piece.origins[0]
            for paragraph in self.now.paragraphs
            for piece in paragraph.pieces
            if piece.value
        }

    @cached_property
    def times_printed(self) -> Mapping[str, int]:
        """How many paragraphs of the base print each value, by address."""
        return Counter(value for each in self.base.paragraphs for value in each.values)

    @cached_property
    def _now_of_base(self) -> Mapping[int, BaseParagraph]:
        """The paragraphs of the content now by the positions of the same in the base.

        They are the same by their marks, those without by their texts, each at its place: a cell
        has the text of many others.
        """
        then = [_known_by(each) for each in self.base.paragraphs]
        now = [_known_by(each) for each in self.now.paragraphs]
        blocks = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
        return {
            each.a + step: self.now.paragraphs[each.b + step]
            for each in blocks
            for step in range(each.size)
        }

    @property
    def base_lost(self) -> bool:
        """Say whether the content now is the base, for want of what the file was built from."""
        return self.base is self.now

    def is_stale(self, at: int) -> bool:
        """Say whether a paragraph was built with another text than its base, by its mark."""
        mark = self.matching.marks.get(at)
        text = self.base.paragraphs[at].text
        return self.base_lost and mark is not None and not is_unchanged(mark, text)

    def is_shared(self, value: str) -> bool:
        """Say whether other documents use a value, too, or other agencies do."""
        file = PurePath(file_of(value))
        return not any(file.is_relative_to(each) for each in self.own)

    def place_of(self, at: int, piece: Piece) -> Place:
        """Return where to change a piece of the paragraph ``at`` of the base, as content and
        outlines stand now.
        """
        if piece.value:
            origin = self.origins.get(piece.value)
            return Place(Path(file_of(piece.value))) if origin is None else origin.place
        like = self._now_of_base.get(at)
        pieces = () if like is None else like.pieces
        known = [each for each in pieces if each.kind is piece.kind and each.origins]
        same = next((each for each in known if each.text == piece.text), None)
        found = same or next(iter(known), None)
        return NOWHERE if found is None else found.origins[0].place


def _known_by(paragraph: BaseParagraph) -> tuple[str, str]:
    return values_code(paragraph.mark) or ("", same_text(paragraph.text))


NOWHERE = Place(Path())
"""Of text that nobody typed: the decree's own, or of a paragraph that is printed no more."""


def file_of(value: str) -> str:
    """Return the file below the content folder that an address names."""
    return value.partition(":")[0]


class _Version(Struct, frozen=True):
    """A text of a value in the file: in which paragraph, whether that is the one, without doubt.

    A ``stale`` one was built from something else than what it is compared with.
    """

    at: int
    sure: bool
    stale: bool


def is_outside(value: str) -> bool:
    """Say whether a value stands in a folder that several agencies share."""
    return value.startswith("../")


def value_edits(comparison: Comparison) -> Iterator[Edit]:
    """Yield the edits inside of paragraphs: one a value, and those that are not taken."""
    base, matching = comparison.base, comparison.matching
    versions: dict[str, dict[str, _Version]] = {}
    for at, place in sorted(matching.pairs.items()):
        paragraph, text = base.paragraphs[at], comparison.file[place].text
        if is_unchanged(matching.marks.get(at, ""), text):
            continue
        by_value: dict[str, list[ValueEdit]] = {}
        for each in paragraph_edits(paragraph, text, base.values):
            if isinstance(each, Refused):
                if comparison.base_lost and not paragraph.mark and not paragraph.values:
                    continue  # figures may have changed in the content: nobody knows
                yield _refused(comparison, at, each, place)
            else:
                by_value.setdefault(each.value, []).append(each)
        for value, edits in by_value.items():
            new = edited(base.values[value], edits)
            version = _Version(place, at in matching.sure, comparison.is_stale(at))
            versions.setdefault(value, {})[new] = version
    for value, found in versions.items():
        yield from _value_edits(comparison, value, found)


def _value_edits(
    comparison: Comparison, value: str, versions: Mapping[str, _Version]
) -> Iterator[Edit]:
    """Yield the edit of one value, three ways: as built, in the file, in the content now."""
    old, origin = comparison.base.values[value], comparison.origins.get(value)
    for new, version in versions.items():
        at = version.at
        if origin is None:
            place = Place(Path(file_of(value)))
            note = (
                "giá trị này không còn trong nội dung, hoặc không còn in ra — còn cần thì sửa tay"
            )
            yield Edit(Verdict.REFUSED, Act.NONE, place, old, new, note=note, at=at)
            continue
        now = comparison.now.values[value]
        verdict, note = Verdict.TAKEN, ""
        if now == new:
            continue
        if now != old or version.stale:
            verdict, note = Verdict.CONFLICT, "nội dung đã sửa sau khi dựng tệp"
        elif len(versions) > 1:
            verdict, note = Verdict.CONFLICT, "giá trị này in ở nhiều chỗ, mỗi chỗ sửa một khác"
        elif comparison.is_shared(value):
            verdict, note = Verdict.UNSURE, SHARED
        elif not version.sure:
            verdict, note = Verdict.UNSURE, LOST
        elif (count := comparison.times_printed[value]) > 1:
            note = f"in ở {count} chỗ, dựng lại thì mọi chỗ đổi theo"
        yield Edit(verdict, Act.SET, origin.place, old, new, now, note, origin.path, at=at)


GONE = "giá trị này không còn in từ nội dung — còn cần thì sửa bằng tay"
OUTSIDE = "ở thư mục dùng chung của nhiều cơ quan — đề nghị nơi giữ thư mục ấy sửa"
SHARED = (
    "lấy từ sổ dùng chung hoặc tệp của văn bản khác, sửa ở đó thì mọi văn bản đổi theo — muốn đổi "
    "riêng chỗ này thì sửa tệp nội dung của văn bản"
)
LOST = "đoạn này không còn dấu ẩn, chỉ đoán theo lời văn"


def _refused(comparison: Comparison, at: int, refused: Refused, where: int) -> Edit:
    piece, paragraph = refused.piece, comparison.base.paragraphs[at]
    note = _REASONS.get(paragraph.style) or _KINDS[piece.kind]
    place = comparison.place_of(at, piece)
    return Edit(Verdict.REFUSED, Act.NONE, place, refused.old, refused.new, note=note, at=where)


_KINDS = {
    Kind.TYPED: "chữ này in hoa, hoặc nằm giữa chữ do máy lập — sửa ở chỗ đã ghi",
    Kind.WORDED: "lời này của mẫu dàn bài — sửa mẫu ở chỗ đã ghi",
    Kind.COMPUTED: "phần này do máy lập từ số liệu, ngày, mã, số thứ tự — sửa ở chỗ đã ghi",
    Kind.FIXED: "chữ theo Nghị định 30/2020/NĐ-CP, chương trình tự in",
}
_REASONS = {
    "SoKyHieu": "số văn bản do văn thư cấp — ghi bằng lệnh issue",
    "DiaDanhThoiGian": "ngày văn bản — ghi bằng lệnh issue, hoặc sửa ở chỗ đã ghi",
}
"""Of the number and the date of a document, by style."""


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits as they stand in the file."""
    return tuple(sorted(edits, key=lambda each: each.at))
