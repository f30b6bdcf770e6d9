"""The evidence files of a dossier, each opened as a PDF; pictures are wrapped without loss.

In: an item of the plan. Out: a :class:`Source`, or a Problem that names the file and its entry.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pikepdf
from msgspec import Struct
from pikepdf import Page, Pdf

from vanban.dossier.active import left_behind
from vanban.dossier.placing import A4
from vanban.dossier.stamp import STRIP
from vanban.errors import Problem
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.file_errors import ChangedFile, FileError, UndrawablePicture
from vanban.evidence.file_facts import Copies, FileFacts, FileKind
from vanban.evidence.limited import read_limited
from vanban.evidence.pdf_reader import DAMAGED
from vanban.evidence.pictures import DEFAULT_DPI, ON_A_SIDE, load_decoders, plain_picture
from vanban.picture import in_bytes

SIGNATURE = "chữ ký số (chỉ còn hình; bản ký số nguyên vẹn ở thư mục dossier/ và dossier.zip)"
SMALLEST = 3.0
"""Side of a page in pt, ISO 32000-1, Annex C."""
USUAL_DPI = range(20, 5001)
"""Other resolutions stated by a picture are mistakes of the program that wrote it."""


class Source(Struct, frozen=True):
    """An evidence document ready to be placed."""

    item: EvidenceDocument
    pdf: Pdf
    is_picture: bool

    @property
    def page_count(self) -> int:
        return len(self.pdf.pages)


class Sources:
    """Opens copies of evidence, each for as long as its pages are taken over.

    What is taken over keeps the data that it needs of the file.
    """

    def __init__(self, copies: Copies, scratch: Path) -> None:
        """``scratch`` is a folder for pictures wrapped as PDF."""
        self._copies, self._scratch = copies, scratch
        self._count = 0

    def page_count(self, item: EvidenceDocument) -> int:
        """Return the pages of the file of ``item``; 1 where it cannot be read, which is told then.

        So the rest is tried all the same.
        """
        try:
            return self._facts(item).page_count or 1
        except FileError:
            return 1

    def open(
        self, item: EvidenceDocument, page_count: int
    ) -> tuple[Source | None, list[Problem], list[Problem]]:
        """Open the file of ``item``, of so many pages; returns it with errors and warnings."""
        try:
            source = self._open(item)
            warnings = [not_taken(item, what) for what in left_behind(source.pdf)]
            if self._facts(item).signed:
                warnings.append(not_taken(item, SIGNATURE))
            if source.pdf.get_warnings():
                message = "cấu trúc tệp PDF có lỗi nhỏ, đã tự sửa — xem lại các trang trong hồ sơ"
                warnings.append(problem(item, message))
        except FileError as error:
            return None, [problem(item, str(error))], []
        except DAMAGED as error:
            return None, [broken(item, error)], []
        if source.page_count != page_count:
            message = f"lúc đọc có {page_count} trang, lúc ghép có {source.page_count} trang"
            return None, [problem(item, f"{message} — in lại ra PDF rồi thêm lại tệp")], []
        return source, [], warnings

    def _facts(self, item: EvidenceDocument) -> FileFacts:
        facts = self._copies.facts(item.file)
        if item.sha256 is not None and facts.sha256 != item.sha256:
            raise ChangedFile
        return facts

    def _open(self, item: EvidenceDocument) -> Source:
        kind, path = self._facts(item).kind, self._copies.copy(item.file).path
        if kind.is_picture:
            self._count += 1
            picture, path = path.read_bytes(), self._scratch / f"{self._count}.pdf"
            path.write_bytes(wrap_picture(picture, kind))
        with _quiet_libraries():
            pdf = pikepdf.open(path, suppress_warnings=True)
            len(pdf.pages)  # looks through the tree of pages
        return Source(item, pdf, kind.is_picture)


@contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Keep English lines that qpdf writes by itself off the screen; its warnings are told."""
    screen = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(screen, 2)
        os.close(screen)


def check_untouched(item: EvidenceDocument, copies: Copies) -> list[Problem]:
    """Return what is wrong with the files of ``item`` that are only copied, not opened."""
    found = []
    files = [(item.original, item.original_sha256)] if item.original is not None else []
    if item.needs_stand_in:
        files.append((item.file, item.sha256))
    for path, registered in files:
        try:
            if registered not in (None, copies.copy(path).sha256):
                raise ChangedFile
        except FileError as error:
            found.append(problem(item, str(error), path))
    return found


def problem(item: EvidenceDocument, message: str, file: Path | None = None) -> Problem:
    """Return ``message`` about a file of ``item``, with its entry."""
    return Problem(item.reported_at, item.code, f"tệp {(file or item.file).name}: {message}")


def not_taken(item: EvidenceDocument, what: str) -> Problem:
    """Return the warning that ``what`` of the file is not in the dossier."""
    return problem(item, f"không đưa vào hồ sơ: {what}")


def broken(item: EvidenceDocument, error: Exception, page: int | None = None) -> Problem:
    """Return the problem of content that cannot be used, with what the library said."""
    reason = " ".join(str(error).split())[:120]
    where = f" trang {page}" if page is not None else ""
    return problem(item, f"không đọc được nội dung{where} ({reason}) — quét hoặc xuất lại tệp")


def wrap_picture(picture: bytes, kind: FileKind) -> bytes:
    """Return the picture, every page of it upright, as a PDF; its pixels stay as they are.

    Only transparency is settled, on white paper, since img2pdf does not take it. Raises a FileError
    for what cannot be drawn.
    """
    import img2pdf  # noqa: F401

    load_decoders()
    return read_limited(partial(_wrap, kind=kind), picture)


def _wrap(picture: bytes, kind: FileKind) -> bytes:
    import img2pdf

    wrapped, target = io.BytesIO(), io.BytesIO()
    plain = plain_picture(picture, kind)
    try:
        img2pdf.convert(
            _on_white_paper(plain.data),
            outputstream=wrapped,
            layout_fun=_natural_size,
            rotation=img2pdf.Rotation.none,
            nodate=True,
        )
        with pikepdf.open(wrapped) as pdf:
            for page, orientation in zip(pdf.pages, plain.orientations, strict=True):
                _turn(page, orientation)
            pdf.save(target, deterministic_id=True)
    except Exception as error:  # of img2pdf, Pillow and libtiff, which raise what they like
        raise UndrawablePicture from error
    return target.getvalue()


def _on_white_paper(picture: bytes) -> bytes:
    """Return a picture whose transparent frames, if it has any, lie on white paper."""
    from PIL import Image, ImageSequence

    with Image.open(io.BytesIO(picture)) as image:
        if not any(frame.has_transparency_data for frame in ImageSequence.Iterator(image)):
            return picture
        frames = []
        for frame in ImageSequence.Iterator(image):
            shown = in_bytes(frame).convert("RGBA")
            paper = Image.new("RGBA", shown.size, "white")
            flat = Image.alpha_composite(paper, shown).convert("RGB")
            flat.info["dpi"] = frame.info.get("dpi", (DEFAULT_DPI, DEFAULT_DPI))
            frames.append(flat)
    target = io.BytesIO()
    first, *others = frames
    if not others:
        first.save(target, "PNG", dpi=first.info["dpi"])
    else:
        first.save(
            target,
            "TIFF",
            save_all=True,
            append_images=others,
            compression="tiff_deflate",
            dpi=first.info["dpi"],
        )
    return target.getvalue()


TURNS: dict[int, tuple[tuple[int, int, int, int], tuple[int, int]]] = {
    2: ((-1, 0, 0, 1), (1, 0)),
    3: ((-1, 0, 0, -1), (1, 1)),
    4: ((1, 0, 0, -1), (0, 1)),
    5: ((0, -1, -1, 0), (1, 1)),
    6: ((0, -1, 1, 0), (0, 1)),
    7: ((0, 1, 1, 0), (0, 0)),
    8: ((0, 1, -1, 0), (1, 0)),
}
"""Orientation (Exif, tag 274) → what brings the stored picture upright, and whether it has to be
moved by the width and the height of the upright page."""


def _turn(page: Page, orientation: int) -> None:
    """Draw a page that is one picture upright."""
    if orientation not in TURNS:
        return
    _, _, width, height = (float(number) for number in page.mediabox.as_list())
    if orientation in ON_A_SIDE:
        width, height = height, width
    matrix, moved = TURNS[orientation]
    moves = (moved[0] * width, moved[1] * height)
    numbers = " ".join(f"{number:.5f}" for number in (*matrix, *moves))
    page.contents_add(f"q {numbers} cm".encode(), prepend=True)
    page.contents_add(b"Q")
    for name in page.obj.keys() & {"/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"}:
        page.obj[name] = pikepdf.Array([0, 0, width, height])


def _natural_size(
    width: int, height: int, dpi: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return page and image size (pt) of a picture: its own, at most what A4 has room for."""
    across, down = (value if round(value) in USUAL_DPI else DEFAULT_DPI for value in dpi)
    size = width / across * 72, height / down * 72
    room = (A4[0], A4[1] - STRIP) if size[0] <= size[1] else (A4[1], A4[0] - STRIP)
    scale = min(1.0, room[0] / size[0], room[1] / size[1])
    page = max(SMALLEST, size[0] * scale), max(SMALLEST, size[1] * scale)
    return (*page, *page)
