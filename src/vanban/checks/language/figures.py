"""Numbers, percentages and dates as they are written in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.rules import text_rule
from vanban.checks.writing import Writing
from vanban.nd30.citations import citations
from vanban.nd30.dates import short_date

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


@text_rule(
    id="con-so/dau-thap-phan",
    title="Dấu chấm thập phân",
    standing=Standing.LAW,
    clause="Nghị định số 86/2012/NĐ-CP, Phụ lục V: phần thập phân sau dấu phẩy",
    fails="- Tỷ lệ đạt 98.7%.",
    passes="- Tỷ lệ đạt 98,7%; 1.204 hồ sơ.",
)
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


@text_rule(
    id="con-so/phan-tram",
    title="Dấu cách trước dấu %",
    standing=Standing.HABIT,
    clause="Thường viết liền số và dấu %",
    fails="- Tỷ lệ đạt 98 %.",
    passes="- Tỷ lệ đạt 98%.",
)
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


@text_rule(
    id="con-so/hang-nghin",
    title="Dấu phẩy ngăn hàng nghìn",
    standing=Standing.CONSISTENCY,
    clause="Nghị định số 86/2012/NĐ-CP, Phụ lục V: dấu phẩy đứng trước phần thập phân",
    fails="- Tiếp nhận 1,204 hồ sơ; thu 2,345,678 đồng.",
    passes="- Tiếp nhận 1.204 hồ sơ; diện tích 1,204 km2; thu 2.345.678 đồng.",
)
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


@text_rule(
    id="con-so/ngay-gach",
    title="Ngày viết bằng gạch nối, dấu chấm",
    standing=Standing.CONSISTENCY,
    clause="Ngày, tháng, năm trong văn bản viết bằng dấu gạch chéo",
    fails="- Báo cáo trước ngày 5-9-2025, từ 15.10.2025.",
    passes="- Báo cáo trước ngày 05/9/2025; QCVN 01-1:2018; điện thoại 02-11-2025111.",
)
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


@text_rule(
    id="con-so/ngay-nhieu-cach",
    title="Ngày, tháng trong lời văn viết nhiều cách",
    standing=Standing.CONSISTENCY,
    clause="Một cách viết trong một văn bản (số 0 như ở Nghị định số 30/2020/NĐ-CP, Phụ lục I, "
    "mục II.4)",
    fails="- Từ ngày 05/9/2025 đến ngày 01/10/2025.\n- Trước ngày 7/09/2025.",
    passes="- Từ ngày 5/9/2025 đến ngày 7/9/2025.\n- Từ ngày 15/9/2025.",
)
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
    try:
        return short_date(date(int(year), int(month), int(day)))
    except ValueError:
        return None
