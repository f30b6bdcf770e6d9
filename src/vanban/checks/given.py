"""Files that are given to the check by path: their bytes, or a finding of why they are not read.

One that cannot be read never hides the others.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path

from vanban.checks.finding import Finding, Severity, Spot
from vanban.errors import ContentError, Place, Problem

RULE = "hinh-thuc/tep-doc-duoc"
MAX_FILE = 200_000_000
"""Bytes of one Word file; one of 5,000 pages with pictures has less."""

WORD = (".docx", ".docm", ".dotx", ".dotm")
CONVERTED = (".doc", ".odt", ".rtf")
"""Endings of texts that LibreOffice makes a Word file of first."""
WORKBOOK = (".xlsx", ".xlsm")
PAGES = (".pdf",)
READ = (*WORD, *CONVERTED, *WORKBOOK, *PAGES)
"""Endings of files that are read; what one truly is, is told when it is opened."""

PASSED_OVER = {
    "~$": "tệp khóa tạm của Word, không phải văn bản — bỏ qua; đóng văn bản trong Word rồi soát "
    "lại tệp chính",
    ".~lock.": "tệp khóa tạm của LibreOffice, không phải văn bản — bỏ qua; đóng văn bản rồi soát "
    "lại tệp chính",
    "._": "tệp phụ của macOS, không phải văn bản — bỏ qua",
}
"""What files are that programs leave beside a document, by the begin of their names."""

_FAILURES = {
    errno.ENOENT: "không có tệp này — xem lại đường dẫn",
    errno.ENOTDIR: "không có tệp này — xem lại đường dẫn",
    errno.ELOOP: "liên kết này chỉ vòng về chính nó — xóa liên kết, dùng tệp gốc",
    errno.ENAMETOOLONG: "tên tệp quá dài — đặt tên ngắn hơn",
    errno.EACCES: "không có quyền đọc tệp này — mở quyền đọc hoặc chép tệp về máy",
    errno.EPERM: "không có quyền đọc tệp này — mở quyền đọc hoặc chép tệp về máy",
}


def read_given(file: Path) -> bytes:
    """Return the bytes of a file; raises ContentError with one line where it cannot be read."""
    try:
        if file.is_dir():
            raise ContentError.at(file, "đây là thư mục — ghi tên từng tệp .docx trong đó")
        if file.stat() and not file.is_file():
            raise ContentError.at(file, "không phải tệp thường — ghi đường dẫn của tệp .docx")
        if file.suffix.lower() not in READ:
            raise ContentError.at(
                file, "không phải tệp Word, Excel, PDF — mở bằng Word, lưu thành .docx"
            )
        if file.stat().st_size > MAX_FILE:
            raise ContentError.at(file, "tệp quá lớn — nén ảnh trong văn bản rồi lưu lại")
        return file.read_bytes()
    except OSError as error:
        unknown = "không đọc được tệp — chép tệp về máy rồi soát lại"
        message = _FAILURES.get(error.errno or 0, unknown)
        raise ContentError.at(file, message) from error


def passed_over(file: Path, alone: bool) -> Finding | None:
    """Return the finding of a file that a program left behind, None for any other.

    It is a warning, an error where the file is given ``alone``: then nothing was checked.
    """
    message = next((each for start, each in PASSED_OVER.items() if file.name.startswith(start)), "")
    if not message:
        return None
    return _finding(file, message, Severity.ERROR if alone else Severity.WARNING)


def unreadable(problems: Iterable[Problem]) -> Iterator[Finding]:
    """Yield a finding for each reason why a file is not read."""
    for problem in problems:
        yield _finding(problem.place.file, f"chưa soát: {problem.message}", Severity.ERROR)


def partly_read(file: Path, unread: str) -> Finding:
    """Return the finding of a file whose body was not read as a whole, ``unread`` saying why."""
    message = (
        f"chưa soát hết thân văn bản: {unread} — mở bằng Word rồi lưu lại (Word nhập hẳn phần ấy "
        "vào văn bản), sau đó soát lại"
    )
    return _finding(file, message, Severity.WARNING)


def _finding(file: Path, message: str, severity: Severity) -> Finding:
    from vanban.checks.form.engine import form_rules

    what, _, todo = message.partition(" — ")
    spots = (Spot(Place(file)),)
    clause = next(rule.clause for rule in form_rules() if rule.id == RULE)
    return Finding(RULE, severity, what, todo, clause, spots, frozenset({file.stem}))
