"""One reader for each kind of evidence file: bytes → pages, whether a PDF is signed, notes.

Headers and structure are read, and what a PDF has packed is unpacked; no page is rendered and no
picture decoded. Every reader raises a FileError for what it cannot read, never an error of its
library.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from vanban.evidence.file_errors import (
    DamagedFile,
    EncryptedFile,
    TooLarge,
)
from vanban.evidence.file_kinds import NAMES, FileKind, PageSize

MAX_UNPACKED = 1_000_000_000
"""Bytes that a .docx or .xlsx may unpack to; ten thousand times its size is an attack."""

Read = tuple[tuple[PageSize, ...], bool, tuple[str, ...]]
"""Pages, whether it is signed, and notes in Vietnamese on what its user should look at."""


def _read_pdf(data: bytes) -> Read:
    from vanban.evidence.pdf_reader import read_pdf

    return read_pdf(data)


def _read_picture(data: bytes, kind: FileKind) -> Read:
    from vanban.evidence.pictures import read_picture

    return read_picture(data, kind), False, ()


def _read_office(data: bytes, kind: FileKind) -> Read:
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
    return (), False, ()


READERS: dict[FileKind, Callable[[bytes], Read]] = {
    FileKind.PDF: _read_pdf,
    **{kind: partial(_read_picture, kind=kind) for kind in FileKind if kind.is_picture},
    **{kind: partial(_read_office, kind=kind) for kind in FileKind if kind.is_office},
}


def reader_of(kind: FileKind) -> Callable[[bytes], Read]:
    """Return the reader of ``kind``, its library loaded."""
    if kind is FileKind.PDF:
        import vanban.evidence.pdf_reader
    elif kind.is_picture:
        import PIL.Image

        import vanban.evidence.pictures  # noqa: F401

        PIL.Image.preinit()
    return READERS[kind]
