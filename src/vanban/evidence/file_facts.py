"""Facts of one evidence file, by its content, never by its name alone.

In: a path. Out: :class:`FileFacts`, or a :class:`FileError`. Accepted are PDF, JPEG, PNG, TIFF of
many pages, .docx and .xlsx. Content is not judged here: active parts of a PDF are the dossier's
matter.
"""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from vanban.evidence.file_errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileError,
    MissingFile,
    TooLarge,
    UnknownKind,
    WrongExtension,
    WrongPath,
)
from vanban.evidence.file_kinds import ACCEPTED, NAMES, SUFFIXES, FileFacts, FileKind, PageSize
from vanban.evidence.known_facts import keep, recall
from vanban.evidence.limited import read_limited
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.ooxml.package import DAMAGE, OLE, Package, UnreadableOffice, has_password

__all__ = [
    "Copies",
    "FileFacts",
    "FileKind",
    "PageSize",
    "facts_of",
    "hashed_facts",
    "read_facts",
]

MAX_BYTES = 500_000_000
"""Half a gigabyte: thousands of scanned pages. A larger file is a film or a mistake."""


def read_facts(path: Path) -> FileFacts:
    """Return the facts of the file at ``path``; raises a :class:`FileError` of the fitting class.

    The ending of the name must agree with the content. A file is read once while it stays as it is.
    """
    try:
        state = path.stat()
    except OSError:
        return _named_facts(_read(path), path)  # which tells why
    times = state.st_mtime_ns, state.st_ctime_ns
    found = _found_at(path.absolute(), (state.st_dev, state.st_ino, state.st_size, *times))
    if isinstance(found, FileError):
        raise found.with_traceback(None)
    return found


def hashed_facts(path: Path) -> FileFacts:
    """Return what is known of a file without opening it: kind by its name, size, hash; no pages.

    For whoever looks at the files of hundreds of wards, each of which has opened its own. Raises a
    :class:`FileError` where it is not there, is empty, or of no kind that is accepted.
    """
    data = _read(path)
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise UnknownKind(f"không nhận ra loại tệp — chỉ nhận {ACCEPTED}")
    return FileFacts(kind, len(data), sha256(data).hexdigest())


@lru_cache(maxsize=10_000)
def _found_at(path: Path, state: tuple[int, ...]) -> FileFacts | FileError:
    """Return facts, or the error, of the file that is in this ``state``."""
    try:
        return _named_facts(_read(path), path)
    except WrongPath:  # perhaps for this moment only
        raise
    except FileError as error:
        return error


def _named_facts(data: bytes, path: Path) -> FileFacts:
    digest = sha256(data).hexdigest()
    facts = recall(digest, len(data))
    kind = facts.kind if facts is not None else _kind_of(data)
    if SUFFIXES.get(path.suffix.lower()) is not kind:
        raise WrongExtension(path.suffix, NAMES[kind], kind.value)
    if facts is None:
        facts = _facts_of(data, kind, digest)
        keep(facts)
    return facts


def facts_of(data: bytes, kind: FileKind) -> FileFacts:
    """Return the facts of the bytes of a file of ``kind``; raises a :class:`FileError`."""
    return _facts_of(data, kind, sha256(data).hexdigest())


def _facts_of(data: bytes, kind: FileKind, digest: str) -> FileFacts:
    pages, signed, notes = read_limited(reader_of(kind), data)
    return FileFacts(kind, len(data), digest, pages, signed, notes)


class Copy(Struct, frozen=True):
    """A copy of a file, and the SHA-256 (hex) of both."""

    path: Path
    sha256: str


class Copies:
    """Copies evidence files into ``folder``, which is made here: each is read once.

    What is read of a file is what all later steps work with, whatever becomes of it meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._copies: dict[Path, Copy] = {}
        self._facts: dict[Path, FileFacts] = {}

    def facts(self, path: Path) -> FileFacts:
        """Return the facts of a file, which is copied; raises what :func:`read_facts` does."""
        if path not in self._facts:
            data = _read(path)
            facts = self._facts[path] = _named_facts(data, path)
            self._write(path, data, facts.sha256)
        return self._facts[path]

    def copy(self, path: Path) -> Copy:
        """Return the copy of a file of any kind; raises a FileError where it cannot be read."""
        if path not in self._copies:
            data = _read(path)
            self._write(path, data, sha256(data).hexdigest())
        return self._copies[path]

    def _write(self, path: Path, data: bytes, sha256: str) -> None:
        copy = Copy(self.folder / f"{len(self._copies)}{path.suffix}", sha256)
        copy.path.write_bytes(data)
        self._copies[path] = copy


def _read(path: Path) -> bytes:
    try:
        data = read_file(path, MAX_BYTES)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise MissingFile from error
        if error.errno in (errno.EISDIR, errno.ENXIO):
            raise WrongPath("đây không phải là tệp — chỉ rõ một tệp") from error
        if error.errno == errno.EFBIG:
            raise TooLarge(
                f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB — quét lại với độ phân giải thấp hơn "
                "hoặc tách tệp"
            ) from error
        raise WrongPath(
            f"không đọc được tệp: {reason_of(error)} — xem lại tên tệp và quyền đọc"
        ) from error
    if not data:
        raise EmptyFile
    return data


# --- the kind ---------------------------------------------------------------------------------

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
)
_TO_JPEG = "— mở ảnh, lưu lại thành JPEG hoặc PNG"
_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyphe", f"ảnh HEIC của điện thoại {_TO_JPEG}"),
    (4, b"ftypmif1", f"ảnh HEIC của điện thoại {_TO_JPEG}"),
    (4, b"ftypavif", f"ảnh AVIF {_TO_JPEG}"),
    (8, b"WEBP", f"ảnh WebP {_TO_JPEG}"),
    (0, b"GIF8", f"ảnh GIF {_TO_JPEG}"),
    (0, b"BM", f"ảnh BMP {_TO_JPEG}"),
    (0, b"II+\0", "ảnh BigTIFF — quét lại thành PDF hoặc TIFF thường"),
    (0, b"MM\0+", "ảnh BigTIFF — quét lại thành PDF hoặc TIFF thường"),
    (0, b"{\\rtf", "tệp RTF — mở bằng Word, lưu lại thành .docx hoặc PDF"),
)
"""Where and how kinds begin that are not accepted but known, and what to do."""
_OFFICE_TYPES = {
    "wordprocessingml.document.main+xml": FileKind.DOCX,
    "spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
"""How the content type of the main part ends (ISO/IEC 29500-1, 11.3.10 and 12.3.23)."""
_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
"""Usual names, for packages that do not say which part is the main one."""
_OTHER_OFFICE = (
    (
        "macroEnabled",
        "tệp Word, Excel có macro (.docm, .xlsm) — lưu lại thành .docx, .xlsx hoặc PDF",
    ),
    ("template", "tệp mẫu (.dotx, .xltx) — lưu lại thành .docx, .xlsx hoặc PDF"),
    ("presentation", "tệp PowerPoint — lưu lại thành PDF"),
    ("binary", "tệp Excel nhị phân (.xlsb) — lưu lại thành .xlsx hoặc PDF"),
)
"""Words in other content types, and what to do."""


def _kind_of(data: bytes) -> FileKind:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if b"%PDF-" in data[:1024]:  # the header may stand anywhere in the first kilobyte
        return FileKind.PDF
    if has_password(data):
        raise EncryptedFile
    if data.startswith(OLE):
        raise UnknownKind(
            "tệp Word, Excel kiểu cũ (.doc, .xls) — mở ra và lưu lại thành .docx, .xlsx hoặc PDF"
        )
    if data.startswith(b"PK"):
        return _office_kind(data)
    for place, start, what in _OTHERS:
        if data.startswith(start, place):
            raise UnknownKind(what)
    raise UnknownKind(f"không nhận ra loại tệp — chỉ nhận {ACCEPTED}")


def _office_kind(data: bytes) -> FileKind:
    """Tell what a ZIP is by the part that it calls its document, whatever the part's name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedFile("Word, Excel") from error
    try:
        opened = Package(data)
        stated = opened.content_type(opened.main)
    except UnreadableOffice:
        stated = ""  # its reader tells why, if the usual names say what it is
    for ending, kind in _OFFICE_TYPES.items():
        if stated.endswith(ending):
            return kind
    for word, what in _OTHER_OFFICE:
        if word in stated:
            raise UnknownKind(what)
    if "mimetype" in names:
        raise UnknownKind("tệp LibreOffice (.odt, .ods) — lưu lại thành .docx, .xlsx hoặc PDF")
    for part, kind in _PARTS.items():
        if part in names and not stated and "[Content_Types].xml" in names:
            return kind
    raise UnknownKind(f"tệp nén không phải Word, Excel — chỉ nhận {ACCEPTED}")


# --- the readers --------------------------------------------------------------------------------

MAX_UNPACKED = 1_000_000_000
"""Bytes that a .docx or .xlsx may unpack to; ten thousand times its size is an attack."""

Read = tuple[tuple[PageSize, ...], bool, tuple[str, ...]]
"""Pages, whether it is signed, and notes in Vietnamese on what its user should look at."""


def reader_of(kind: FileKind) -> Callable[[bytes], Read]:
    """Return the reader of ``kind``, its library loaded; it raises a FileError for damage.

    No page is rendered and no picture decoded.
    """
    if kind is FileKind.PDF:
        from vanban.evidence.pdf_reader import read_pdf

        return read_pdf
    if kind.is_office:
        return partial(_read_office, kind=kind)
    from vanban.evidence.pictures import load_decoders, read_picture

    load_decoders()
    return partial(read_picture, kind=kind)


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
    except DAMAGE as error:
        raise DamagedFile(NAMES[kind]) from error
    if damaged is not None:
        raise DamagedFile(NAMES[kind])
    return (), False, ()
