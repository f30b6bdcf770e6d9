"""Kinds of evidence files, and the facts that every reader gives."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class FileKind(StrEnum):
    """Kinds of evidence files; the value is the usual ending of the name."""

    PDF = ".pdf"
    JPEG = ".jpg"
    PNG = ".png"
    TIFF = ".tif"
    DOCX = ".docx"
    XLSX = ".xlsx"

    @property
    def is_office(self) -> bool:
        return self in (FileKind.DOCX, FileKind.XLSX)

    @property
    def is_picture(self) -> bool:
        return self in (FileKind.JPEG, FileKind.PNG, FileKind.TIFF)


NAMES: dict[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.JPEG: "ảnh JPEG",
    FileKind.PNG: "ảnh PNG",
    FileKind.TIFF: "ảnh TIFF",
    FileKind.DOCX: "Word (.docx)",
    FileKind.XLSX: "Excel (.xlsx)",
}
SUFFIXES: dict[str, FileKind] = {
    **{kind.value: kind for kind in FileKind},
    ".jpeg": FileKind.JPEG,
    ".jpe": FileKind.JPEG,
    ".tiff": FileKind.TIFF,
}
ACCEPTED = "PDF, JPEG, PNG, TIFF, .docx, .xlsx"


class PageSize(Struct, frozen=True):
    """One page as it is seen, turned by its own rotation; mm."""

    width: float
    height: float

    @property
    def landscape(self) -> bool:
        return self.width > self.height


class FileFacts(Struct, frozen=True):
    """What a file is: ``size`` in bytes, ``sha256`` in hex.

    ``pages`` is empty for office files, whose pages only a layout program knows; ``signed`` says
    that a PDF holds a digital signature (its validity is not checked); ``notes`` are sentences in
    Vietnamese on what was taken in spite of its faults.
    """

    kind: FileKind
    size: int
    sha256: str
    pages: tuple[PageSize, ...] = ()
    signed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def page_count(self) -> int | None:
        return len(self.pages) or None
