"""One reader for each kind of evidence file: bytes → pages, and whether a PDF is signed.

Headers and structure are read, and what a PDF has packed is unpacked; no page is rendered and no
picture decoded. Every reader raises a FileError for what it cannot read, never an error of its
library.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from vanban.evidence.file_errors import (
    DamagedContent,
    DamagedFile,
    EncryptedFile,
    TooLarge,
)
from vanban.evidence.kinds import NAMES, FileKind, PageSize

if TYPE_CHECKING:
    import pikepdf

MAX_UNPACKED = 1_000_000_000
"""Bytes that a .docx or .xlsx may unpack to; ten thousand times its size is an attack."""
MM_PER_POINT = 25.4 / 72

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
        from vanban.evidence.pictures import read_picture

        return read_picture(data, kind), False

    return read


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


READERS: dict[FileKind, Callable[[bytes], Read]] = {
    FileKind.PDF: _read_pdf,
    **{kind: _read_picture(kind) for kind in FileKind if kind.is_picture},
    **{kind: _read_office(kind) for kind in FileKind if kind.is_office},
}


def reader_of(kind: FileKind) -> Callable[[bytes], Read]:
    """Return the reader of ``kind``, its library loaded."""
    if kind is FileKind.PDF:
        import vanban.evidence.pdf_limits
    elif kind.is_picture:
        import PIL.Image

        import vanban.evidence.pictures  # noqa: F401

        PIL.Image.preinit()
    return READERS[kind]
