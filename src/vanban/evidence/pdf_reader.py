"""The reader of PDF evidence: bytes → pages as they are seen, whether signed, what is odd.

Structure is read and what is packed is unpacked within the bounds of ``pdf_limits``; no page is
rendered. What viewers take in spite of its faults is taken here too, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from vanban.evidence.file_errors import DamagedContent, DamagedFile, EncryptedFile
from vanban.evidence.file_kinds import PageSize
from vanban.evidence.pdf_limits import check_streams, open_bounded
from vanban.evidence.pdf_pages import view_of

MM_PER_POINT = 25.4 / 72
END = b"%%EOF"
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_LAST_TABLE = re.compile(rb"startxref\s+\d+\s*(%%?E?O?)?\s*$")
FIELDS = 10_000
"""Fields of a form that are looked at; they may point in circles."""

DAMAGED = (
    pikepdf.PikepdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
)
"""What pikepdf raises for damage, and for objects of a type that they should not have."""


def read_pdf(data: bytes) -> tuple[tuple[PageSize, ...], bool, tuple[str, ...]]:
    """Return the pages, whether a signature field has a value, and notes in Vietnamese.

    Raises a FileError for what viewers could not show either.
    """
    end = _end(data)
    try:
        with open_bounded(data[:end]) as pdf:
            views = [view_of(page) for page in pdf.pages]
            signed = any(_signed_fields(pdf))
            damaged = check_streams(pdf, len(data))
            repaired = bool(pdf.get_warnings())
    except pikepdf.PasswordError as error:
        raise EncryptedFile from error
    except pikepdf.DataDecodingError as error:
        raise DamagedContent from error
    except DAMAGED as error:
        raise DamagedFile("PDF") from error
    if not views:
        raise DamagedFile("PDF (không có trang nào)")
    notes = _around(data, end) + [
        f"trang {position}: {odd[1:]} không đúng quy cách, hiểu như các trình xem — xem lại trang"
        for position, view in enumerate(views, 1)
        for odd in view.odd
    ]
    if repaired:
        notes.insert(0, "cấu trúc tệp PDF có lỗi nhỏ, trình xem tự sửa — xem lại các trang")
    if damaged:
        notes.append(f"{damaged} ảnh trong tệp bị hỏng dữ liệu — xem lại các trang có ảnh")
    sizes = (tuple(side * MM_PER_POINT for side in view.size) for view in views)
    return tuple(PageSize(*size) for size in sizes), signed, tuple(notes)


def _end(data: bytes) -> int:
    """Return where a PDF ends; raises DamagedFile where it does not.

    Portals and disks put other bytes after the end, any number of them. Objects there belong to a
    change that was never finished; a mark that lacks letters after a whole table is no loss.
    """
    mark = data.rfind(END)
    if mark < 0:
        if _LAST_TABLE.search(data[-1024:]):
            return len(data)
        raise DamagedFile("PDF (không có dấu kết thúc)")
    end = mark + len(END)
    if _OBJECT.search(data, end):
        raise DamagedFile("PDF (phần sửa sau cùng không có dấu kết thúc)")
    return end


def _around(data: bytes, end: int) -> list[str]:
    """Return notes on bytes before the head and after the end; the file is kept as it is."""
    before = max(data.find(b"%PDF-"), 0)
    after = len(data[end:].strip())
    places = ((before, "trước phần đầu"), (after, "sau phần cuối"))
    return [
        f"tệp PDF có {count} byte thừa {where}, trình xem bỏ qua — giữ nguyên tệp"
        for count, where in places
        if count
    ]


def _signed_fields(pdf: Pdf) -> Iterator[bool]:
    """Say of every field of the form whether it is a signature with a value.

    Type and value may stand in the field itself or above it (ISO 32000-1, 12.7.3.1).
    """
    form = pdf.Root.get("/AcroForm")
    start = form.get("/Fields") if isinstance(form, Dictionary) else None
    waiting: list[tuple[Object | None, Object | None, bool]] = [(start, None, False)]
    for _ in range(FIELDS):
        if not waiting:
            return
        fields, above, valued = waiting.pop()
        for field in fields if isinstance(fields, Array) else ():
            if isinstance(field, Dictionary):
                kind, has_value = field.get("/FT", above), valued or "/V" in field
                yield kind == Name.Sig and has_value
                waiting.append((field.get("/Kids"), kind, has_value))
