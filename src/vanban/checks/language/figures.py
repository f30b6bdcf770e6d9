"""Numbers, percentages and dates as they are written in text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing
from vanban.nd30.citations import citations
from vanban.nd30.dates import calendar_date, short_date

_DECIMAL = re.compile(
    r"(?<![\d./])(?<!mục )(?<!phần )(?<!bảng )(?<!biểu )(\d{1,3})\.(\d{1,2})"
    r"(\s?%|\s(?:lần|điểm|tỷ|tỉ|triệu|nghìn|km|ha|m|m2|kg|tấn)\b(?!\s[a-zđ]\b))"
)
_COUNTED = (
    "hồ sơ|người|hộ|phiếu|lượt|văn bản|đồng|trường hợp|tin|cuộc|buổi|công dân|thủ tục|tài khoản|"
    "giao dịch|tờ|đảng viên|hội viên|nhân khẩu|công chức|tổ chức|doanh nghiệp|kết quả|lao động"
)
_THOUSANDS = re.compile(
    rf"(?<![\d,.])([1-9]\d{{0,2}}(?:(?:,\d{{3}}){{2,}}(?![\d,])|,\d{{3}}(?=\s(?:{_COUNTED})(?!\w))))"
    rf"(\s(?:{_COUNTED})(?!\w))?"
)
_PERCENT = re.compile(r"(\d)\s+%")
_DASHED_DATE = re.compile(
    r"(?<![\w./-])(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?![\w/-])"
    r"|(?<!\w)(?:ngày|trước|hạn|sau|đến|từ) (\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?![\w/-])"
)
_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])")


@text_algorithm
def decimal_point(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _DECIMAL.finditer(passage.text):
            right = f"{found[1]},{found[2]}{found[3]}"
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}” dùng dấu chấm thập phân",
                f"viết “{right}”",
                replacement=right,
            )


@text_algorithm
def blank_before_percent(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _PERCENT.finditer(passage.text):
            start = passage.text.rfind(" ", 0, found.start()) + 1
            words = passage.text[start : found.end()]
            right = re.sub(r"\s+%", "%", words)
            yield Hit(
                Stretch(passage, start, found.end()),
                f"“{words}” có dấu cách trước dấu %",
                f"viết “{right}”",
                matter="cách %",
                replacement=right,
            )


@text_algorithm
def comma_in_thousands(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _THOUSANDS.finditer(passage.text):
            right = found[1].replace(",", ".") + (found[2] or "")
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[1]}” ngăn hàng nghìn bằng dấu phẩy, đọc thành số thập phân",
                f"viết “{right}”",
                replacement=right,
            )


@text_algorithm
def dashed_date(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _DASHED_DATE.finditer(passage.text):
            right = _as_decree(*filter(None, found.groups()))
            if right is not None:
                yield Hit(
                    Stretch(passage, *found.span()),
                    f"“{found[0]}”: ngày, tháng, năm không cách nhau bằng dấu gạch chéo",
                    f"viết “{right}”",
                )


@text_algorithm
def several_dates(writing: Writing) -> Iterator[Hit]:
    odd: list[tuple[Stretch, str, frozenset[str]]] = []
    usual: set[str] = set()
    for passage in writing.prose:
        told = [each.date_span for each in citations(passage.text) if each.date_span is not None]
        for found in _DATE.finditer(passage.text):
            right = _as_decree(*found.groups())
            if right is None:
                continue
            differing = _differing_parts(found[0], right)
            usual |= _parts(right) - differing
            if differing and not any(span.start <= found.start() < span.end for span in told):
                odd.append((Stretch(passage, *found.span()), right, differing))
    for at, right, differing in odd:
        if differing & usual:
            yield Hit(
                at,
                f"“{at.excerpt}” viết khác các ngày khác trong văn bản (số 0 ở ngày hoặc tháng)",
                f"viết “{right}”",
            )


def _parts(right: str) -> frozenset[str]:
    """Return the parts of a date that may have a zero or none; January is no September."""
    day, month, _ = right.split("/")
    parts = {"ngày": day[0] == "0", "tháng 1, 2": month[0] == "0", "tháng 3": len(month) == 1}
    return frozenset(part for part, found in parts.items() if found)


def _differing_parts(typed: str, right: str) -> frozenset[str]:
    """Return the parts of a date that are not written as in ``right``."""
    typed_day, typed_month, _ = typed.split("/")
    day, month, _ = right.split("/")
    months = _parts(right) - {"ngày"} if typed_month != month else frozenset()
    return months | ({"ngày"} if typed_day != day else frozenset())


def _as_decree(day: str, month: str, year: str) -> str | None:
    """Return a date as the decree writes those of documents, None for one of no calendar."""
    found = calendar_date(f"{day}/{month}/{year}")
    return short_date(found) if found else None
