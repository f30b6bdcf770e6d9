"""Word and Excel files → PDF, once, by LibreOffice where the machine has it.

The PDF is made of a prepared copy, see :mod:`vanban.office`; the original stays as it is.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from vanban.evidence.file_errors import FileError
from vanban.evidence.file_facts import FileFacts, FileKind, facts_of
from vanban.evidence.limited import read_limited
from vanban.office import ConversionError, UnreadableOffice, find_soffice, prepare, to_pdf


class Copy(Struct, frozen=True):
    """The files to keep: ``data`` is what the dossier shows, ``original`` what it was made from."""

    data: bytes
    facts: FileFacts
    original: tuple[bytes, FileFacts] | None = None
    notes: tuple[str, ...] = ()


def copy_of(data: bytes, facts: FileFacts) -> Copy:
    """Return what to keep of a file: itself, or for an office file its PDF and itself."""
    if not facts.kind.is_office:
        return Copy(data, facts)
    if find_soffice() is None:
        return Copy(
            data,
            facts,
            notes=(
                "máy này không có LibreOffice nên chưa chuyển sang PDF — giữ nguyên tệp, hồ sơ có "
                "một trang thay chỗ; nên mở tệp, lưu thành PDF rồi thêm bản PDF",
            ),
        )
    try:
        printed = _printed if len(data) <= REMEMBERED else _printed.__wrapped__
        pdf, pdf_facts, notes = printed(data, facts.kind)
        return Copy(pdf, pdf_facts, (data, facts), notes)
    except (ConversionError, UnreadableOffice, FileError) as error:
        return Copy(
            data,
            facts,
            notes=(
                f"{error} — giữ nguyên tệp, hồ sơ có một trang thay chỗ; nên mở tệp, lưu thành "
                "PDF rồi thêm bản PDF",
            ),
        )


REMEMBERED = 20_000_000
"""Bytes of the largest file of which what was printed is kept: it is looked at, then registered."""


@lru_cache(maxsize=4)
def _printed(data: bytes, kind: FileKind) -> tuple[bytes, FileFacts, tuple[str, ...]]:
    """Return the PDF of an office file, the facts of it, and notes."""
    prepared = read_limited(prepare, data)
    pdf = to_pdf(prepared.data, kind)
    return pdf, facts_of(pdf, FileKind.PDF), prepared.notes
