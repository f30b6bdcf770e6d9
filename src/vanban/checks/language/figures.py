"""Numbers, percentages and dates as they are written in text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.rules import text_rule
from vanban.checks.writing import Writing

_DECIMAL = re.compile(r"(?<![\d./])(\d{1,3})\.(\d{1,2})(\s?%)")
_PERCENT = re.compile(r"(\d)\s+%")
_DASHED_DATE = re.compile(r"(?<=ngày )(\d{1,2})-(\d{1,2})-(\d{4})")


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
    id="con-so/ngay-gach",
    title="Ngày viết bằng gạch nối",
    standing=Standing.CONSISTENCY,
    clause="Ngày, tháng, năm trong văn bản viết bằng dấu gạch chéo",
    fails="- Báo cáo trước ngày 5-9-2025.",
    passes="- Báo cáo trước ngày 05/9/2025.",
)
def dashed_date(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _DASHED_DATE.finditer(passage.text):
            right = f"{int(found[1]):02}/{int(found[2])}/{found[3]}"
            yield Hit(
                Stretch(passage, *found.span()),
                f"ngày “{found[0]}” viết bằng gạch nối",
                f"viết “{right}”",
            )
