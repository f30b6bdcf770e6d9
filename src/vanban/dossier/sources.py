"""The evidence files of a dossier, each opened as a PDF; pictures are wrapped without loss.

In: an item of the plan. Out: a :class:`Source`, or a Problem that names the file and its entry.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pikepdf
from pikepdf import Pdf

from vanban.dossier.active import left_behind
from vanban.dossier.placing import A4
from vanban.dossier.plan import Item
from vanban.dossier.stamp import STRIP
from vanban.errors import Problem
from vanban.evidence.file_errors import ChangedFile, FileError
from vanban.evidence.files import hash_of, read_facts

BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError)
"""What pikepdf raises for damaged content, and for objects of a type that they should not have."""

DEFAULT_DPI = 200
"""Resolution of a picture that states none, that of office scanners."""

USUAL_DPI = range(20, 5001)
"""Other resolutions stated by a picture are mistakes of the program that wrote it."""


@dataclass(frozen=True)
class Source:
    """An evidence document ready to be placed."""

    item: Item
    pdf: Pdf
    is_picture: bool

    @property
    def page_count(self) -> int:
        return len(self.pdf.pages)


class Sources:
    """Opens evidence; files stay open, and read only where needed, until the end of ``with``."""

    def __init__(self, scratch: Path) -> None:
        """``scratch`` is a folder for pictures wrapped as PDF."""
        self._scratch = scratch
        self._open = ExitStack()
        self._count = 0

    def __enter__(self) -> Sources:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def read(self, item: Item) -> tuple[Source | None, list[Problem], list[Problem]]:
        """Open the file of ``item``; returns it with errors and warnings."""
        try:
            source = self._read(item)
            warnings = [
                problem(item, f"không đưa vào hồ sơ: {what}") for what in left_behind(source.pdf)
            ]
            if source.pdf.get_warnings():
                message = "cấu trúc tệp PDF có lỗi nhỏ, đã tự sửa — xem lại các trang trong hồ sơ"
                warnings.append(problem(item, message))
        except FileError as error:
            return None, [problem(item, str(error))], []
        except BROKEN as error:
            return None, [broken(item, error)], []
        return source, [], warnings

    def _read(self, item: Item) -> Source:
        with _cut_pictures_refused():
            facts = read_facts(item.file)
        if item.sha256 is not None and facts.sha256 != item.sha256:
            raise ChangedFile
        if facts.kind.is_office:
            raise FileError(
                "tệp Word, Excel chưa có bản PDF — cài LibreOffice rồi thêm lại bằng vanban "
                "evidence add"
            )
        path = item.file
        if facts.kind.is_picture:
            self._count += 1
            path = self._scratch / f"{self._count}.pdf"
            wrap_picture(item.file, path)
        pdf = self._open.enter_context(pikepdf.open(path, suppress_warnings=True))
        return Source(item, pdf, facts.kind.is_picture)


@contextmanager
def _cut_pictures_refused() -> Iterator[None]:
    """Let Pillow refuse pictures that lack their end; importing WeasyPrint makes it accept them."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def check_untouched(item: Item) -> list[Problem]:
    """Return what is wrong with the files of ``item`` that are only copied, not opened."""
    found = []
    files = [(item.original, item.original_sha256)] if item.original is not None else []
    if item.stand_in:
        files.append((item.file, item.sha256))
    for path, registered in files:
        try:
            changed = registered is not None and path is not None and hash_of(path) != registered
            if path is not None and path.stat().st_size == 0:
                found.append(problem(item, "tệp rỗng (0 byte) — chép lại tệp từ bản gốc", path))
            elif changed:
                found.append(problem(item, str(ChangedFile()), path))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            found.append(problem(item, f"không đọc được tệp ({reason})", path))
    return found


def problem(item: Item, message: str, file: Path | None = None) -> Problem:
    """Return ``message`` about a file of ``item``, with its entry."""
    return Problem(item.reported_at, item.code, f"tệp {(file or item.file).name}: {message}")


def broken(item: Item, error: Exception) -> Problem:
    """Return the problem of content that cannot be used, with what the library said."""
    reason = " ".join(str(error).split())[:120]
    return problem(item, f"không đọc được nội dung ({reason}) — quét hoặc xuất lại tệp")


def wrap_picture(picture: Path, target: Path) -> None:
    """Write the picture, every page of it, as a PDF; its pixels stay as they are.

    Only transparency is settled, on white paper, since img2pdf does not take it.
    """
    import img2pdf
    from PIL import Image

    with Image.open(picture) as image:
        frames = getattr(image, "n_frames", 1)
        transparent = frames == 1 and image.has_transparency_data
        if transparent:
            shown = image.convert("RGBA")
            paper = Image.new("RGBA", shown.size, "white")
            flat = io.BytesIO()
            dpi = image.info.get("dpi", (DEFAULT_DPI, DEFAULT_DPI))
            Image.alpha_composite(paper, shown).convert("RGB").save(flat, "PNG", dpi=dpi)
    with target.open("wb") as stream:
        img2pdf.convert(
            flat.getvalue() if transparent else str(picture),
            outputstream=stream,
            layout_fun=_natural_size,
            rotation=img2pdf.Rotation.ifvalid,
            nodate=True,
        )


def _natural_size(
    width: int, height: int, dpi: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return page and image size (pt) of a picture: its own, at most what A4 has room for."""
    across, down = (value if round(value) in USUAL_DPI else DEFAULT_DPI for value in dpi)
    size = width / across * 72, height / down * 72
    room = (A4[0], A4[1] - STRIP) if size[0] <= size[1] else (A4[1], A4[0] - STRIP)
    scale = min(1.0, room[0] / size[0], room[1] / size[1])
    page = size[0] * scale, size[1] * scale
    return (*page, *page)


@contextmanager
def many_open_files(count: int) -> Iterator[None]:
    """Allow ``count`` more open files than usual, where the system lets us (soft limit only)."""
    try:
        import resource
    except ImportError:  # not on Windows, which has no such limit
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = soft + count if hard == resource.RLIM_INFINITY else min(hard, soft + count)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
