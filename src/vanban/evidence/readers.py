"""One reader for each kind of evidence file: bytes → pages, and whether a PDF is signed.

Headers and structure are read, and what a PDF has packed is unpacked; no page is rendered and no
picture decoded. Every reader raises a FileError for what it cannot read, never an error of its
library.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from vanban.evidence.file_errors import (
    MAX_PIXELS,
    DamagedContent,
    DamagedFile,
    EncryptedFile,
    TooLarge,
    too_many_pixels,
)
from vanban.evidence.kinds import NAMES, FileKind, PageSize

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

MAX_UNPACKED = 1_000_000_000
"""Bytes that a .docx or .xlsx may unpack to; ten thousand times its size is an attack."""
MAX_FRAMES = 2_000
MM_PER_POINT = 25.4 / 72
DEFAULT_DPI = 200
"""Resolution of a picture that states none, that of office scanners."""

Read = tuple[tuple[PageSize, ...], bool]


def _read_pdf(data: bytes) -> Read:
    import pikepdf

    from vanban.evidence.pdf_limits import check_streams, open_bounded

    if b"%%EOF" not in data[-2048:]:
        raise DamagedFile("PDF", "không có dấu kết thúc")
    try:
        with open_bounded(data) as pdf:
            pages = tuple(_pdf_page(page) for page in pdf.pages)
            signed = _is_signed(pdf)
            check_streams(pdf, len(data))
    except pikepdf.PasswordError as error:
        raise EncryptedFile from error
    except pikepdf.DataDecodingError as error:
        raise DamagedContent from error
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        # qpdf tells damaged structure by PdfError; objects of a wrong type raise the others.
        raise DamagedFile("PDF") from error
    if not pages:
        raise DamagedFile("PDF", "không có trang nào")
    return pages, signed


def _pdf_page(page: pikepdf.Page) -> PageSize:
    left, bottom, right, top = (float(number) for number in page.cropbox.as_list())
    unit = float(page.obj.get("/UserUnit", 1)) * MM_PER_POINT
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    if not (width and height):
        raise ValueError("a page without size")
    turned = page.rotation % 180 == 90
    return PageSize(height, width) if turned else PageSize(width, height)


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    """Say whether a signature field of the form has a value."""
    import pikepdf

    form = pdf.Root.get("/AcroForm")
    waiting = list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(10_000):  # fields may point in circles
        if not waiting:
            return False
        field = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        if field.get("/FT") == pikepdf.Name.Sig and "/V" in field:
            return True
        kids = field.get("/Kids")
        waiting.extend(kids if isinstance(kids, pikepdf.Array) else [])
    return False


def _read_picture(kind: FileKind) -> Callable[[bytes], Read]:
    def read(data: bytes) -> Read:
        from PIL import Image, UnidentifiedImageError

        name = NAMES[kind]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
                with Image.open(io.BytesIO(data), formats=[kind.name]) as image:
                    pages = _frames(image)
                    CHECKS[kind](image, data)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise too_many_pixels() from error
        except (
            UnidentifiedImageError,
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
            IndexError,
        ) as error:
            raise DamagedFile(name) from error  # Pillow tells damage by all of these
        except (TypeError, KeyError, zlib.error, OverflowError) as error:
            raise DamagedFile(name) from error
        return pages, False

    return read


def _frames(image: Image.Image) -> tuple[PageSize, ...]:
    count = getattr(image, "n_frames", 1)
    if count > MAX_FRAMES:
        raise TooLarge(f"ảnh có hơn {MAX_FRAMES} trang — tách tệp")
    pages = []
    for position in range(count):
        image.seek(position)
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise too_many_pixels()
        across, down = (float(dpi) for dpi in image.info.get("dpi", (0, 0)))
        across, down = (dpi if 20 <= dpi <= 5000 else DEFAULT_DPI for dpi in (across, down))
        pages.append(PageSize(width / across * 25.4, height / down * 25.4))
    image.seek(0)
    return tuple(pages)


_END = 0xD9
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Marks of JPEG without a length: TEM and the restart marks."""


def _check_jpeg(image: Image.Image, data: bytes) -> None:
    """Go from mark to mark to the end of the picture (ITU-T T.81, Annex B).

    Decoding would not tell: WeasyPrint switches Pillow to pictures without an end.
    """
    position = 2
    while True:
        position = data.index(b"\xff", position) + 1  # ValueError where the file ends before
        while data[position] == 0xFF:
            position += 1
        mark = data[position]
        position += 1
        if mark == _END:
            return
        if mark == 0 or mark in _ALONE:
            continue
        position += int.from_bytes(data[position : position + 2], "big")


def _check_png(image: Image.Image, data: bytes) -> None:
    if b"IEND" not in data[-64:]:
        raise OSError("no end")
    image.verify()  # checks the sums of all parts


def _check_tiff(image: Image.Image, data: bytes) -> None:
    """Check that the strips or tiles of every page lie inside the file."""
    for position in range(getattr(image, "n_frames", 1)):
        image.seek(position)
        tags = image.tag_v2  # type: ignore[attr-defined]
        starts = tags.get(273) or tags.get(324) or ()
        lengths = tags.get(279) or tags.get(325) or ()
        if not starts or len(starts) != len(lengths):
            raise OSError("no strips")
        if any(start + length > len(data) for start, length in zip(starts, lengths, strict=True)):
            raise OSError("strips beyond the end")


def _read_office(kind: FileKind) -> Callable[[bytes], Read]:
    def read(data: bytes) -> Read:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                infos = package.infolist()
                if any(info.flag_bits & 1 for info in infos):
                    raise EncryptedFile
                if sum(info.file_size for info in infos) > MAX_UNPACKED:
                    raise TooLarge(
                        f"tệp giải nén ra hơn {MAX_UNPACKED // 1_000_000} MB — lưu lại thành PDF"
                    )
                damaged = package.testzip()
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError) as error:
            raise DamagedFile(NAMES[kind]) from error
        except (NotImplementedError, RuntimeError) as error:  # a packing that Office never writes
            raise DamagedFile(NAMES[kind]) from error
        if damaged is not None:
            raise DamagedFile(NAMES[kind])
        return (), False

    return read


CHECKS: dict[FileKind, Callable[[Image.Image, bytes], None]] = {
    FileKind.JPEG: _check_jpeg,
    FileKind.PNG: _check_png,
    FileKind.TIFF: _check_tiff,
}
READERS: dict[FileKind, Callable[[bytes], Read]] = {
    FileKind.PDF: _read_pdf,
    **{kind: _read_picture(kind) for kind in FileKind if kind.is_picture},
    **{kind: _read_office(kind) for kind in FileKind if kind.is_office},
}


def reader_of(kind: FileKind) -> Callable[[bytes], Read]:
    """Return the reader of ``kind``, its library loaded."""
    if kind is FileKind.PDF:
        import vanban.evidence.pdf_limits  # noqa: F401
    elif kind.is_picture:
        import PIL.Image

        PIL.Image.preinit()
    return READERS[kind]
