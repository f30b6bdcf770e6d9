"""``<năm>/bo-chi-so/*.yaml`` and ``<năm>/cham-diem/*.yaml``: sets that others score, and figures.

A monitored set is scored by somebody else (a portal, a superior) from figures; here its points are
followed, by the rules of ``models/criteria.py``. No self-assessment is written and no evidence
asked for. What the set's source does not say stays open, and the total with it.
"""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import WithJsonSchema

from vanban.workspace.models.answers import Answer
from vanban.workspace.models.criteria import Points, RowCode, Rule
from vanban.workspace.models.entry import (
    Flag,
    Identifier,
    SampleEntry,
    Text,
    key,
    matching,
    optional,
    several,
)

PERIOD = r"thang-([1-9]|1[0-2])|quy-([1-4])|nam"
"""The form of a period."""

ScoredPeriod = Annotated[
    str,
    matching(
        "một kỳ chấm điểm",
        PERIOD,
        "không có kỳ “{}” — viết thang-1 đến thang-12, quy-1 đến quy-4, hoặc nam",
    ),
    WithJsonSchema({"type": "string", "pattern": f"^({PERIOD})$"}),
]
"""A month, a quarter or the year of the folder: thang-9, quy-3, nam."""

_ROMAN = ("", "I", "II", "III", "IV")


def period_title(period: str, year: int) -> str:
    """Return "tháng 9 năm 2025", "quý III năm 2025" or "năm 2025"."""
    kind, _, number = period.partition("-")
    if kind == "nam":
        return f"năm {year}"
    return (
        f"tháng {number} năm {year}" if kind == "thang" else f"quý {_ROMAN[int(number)]} năm {year}"
    )


def last_month(period: str) -> int:
    """Return the last month of a period: 9 for thang-9 and for quy-3."""
    match = re.fullmatch(PERIOD, period)
    if match is None or period == "nam":
        return 12
    return int(match[1]) if match[1] else 3 * int(match[2])


def periods_a_year(period: str) -> int:
    """Return how many periods of this kind a year has: 12, 4 or 1."""
    return {"thang": 12, "quy": 4}.get(period.partition("-")[0], 1)


class Role(StrEnum):
    """What the points of a group do to the total."""

    SCORED = "chấm điểm"
    BONUS = "thưởng"
    PENALTY = "trừ"


class PeriodKind(StrEnum):
    """A kind of period that a set is scored for; the names begin those of periods."""

    MONTH = "thang"
    QUARTER = "quy"
    YEAR = "nam"


class MonitoredRow(SampleEntry):
    """A row of a monitored set (chỉ tiêu): how its points follow, and what is doubtful of it."""

    code: RowCode = key("ma", "Mã", "Mã chỉ tiêu như trong bộ chỉ số, ví dụ 3.5b hoặc II.1.2.")
    name: Text = key("ten", "Tên", "Tên chỉ tiêu.")
    under: RowCode | None = optional(
        "thuoc", "Thuộc mục", "Mã của mục (khóa muc của nhóm) mà chỉ tiêu nằm trong."
    )
    maximum: Points | None = optional(
        "diem_toi_da",
        "Điểm tối đa",
        "Điểm tối đa; bỏ trống khi bộ chỉ số không nêu điểm riêng của chỉ tiêu.",
    )
    rule: Rule = key("cach_tinh", "Cách tính", "Cách tính điểm.")
    method: Text | None = optional(
        "dien_giai", "Diễn giải cách tính", "Lời của bộ chỉ số về cách tính."
    )
    numerator: Text | None = optional("tu_so", "Tử số", "Số nào là tử số.")
    denominator: Text | None = optional("mau_so", "Mẫu số", "Số nào là mẫu số.")
    province_only: Flag = key(
        "chi_cap_tinh",
        "Chỉ cấp tỉnh",
        "true nếu bộ chỉ số chỉ chấm chỉ tiêu này cho cấp tỉnh: phần điểm của xã, phường chưa xác "
        "định.",
        default=False,
    )
    excused: Text | None = optional(
        "khi_khong_ap_dung",
        "Khi không áp dụng",
        "Trường hợp được giảm trừ điểm tối đa; có khóa này mới trả lời được khong_ap_dung.",
    )
    proof: Text | None = optional(
        "tai_lieu", "Tài liệu chứng minh", "Tài liệu mà bộ chỉ số nêu; chương trình không đòi."
    )
    source: Text | None = optional("nguon_so_lieu", "Nguồn số liệu", "Số liệu lấy ở đâu.")
    source_code: Text | None = optional(
        "ma_nguon", "Mã ở nguồn", "Mã của chỉ tiêu ở hệ thống có số liệu."
    )
    doubts: tuple[Text, ...] = several(
        "can_doi_chieu",
        "Cần đối chiếu",
        "Những điều chưa chắc của chỉ tiêu, phải đối chiếu văn bản gốc; in trong bảng điểm.",
    )
    note: Text | None = optional("ghi_chu", "Ghi chú", "Ghi chú của bộ chỉ số.")


class Heading(SampleEntry):
    """A heading within a group (mục) that some of its rows stand under."""

    code: RowCode = key("ma", "Mã", "Mã mục, ví dụ II.1.")
    name: Text = key("ten", "Tên", "Tên mục.")
    maximum: Points | None = optional(
        "diem_toi_da", "Điểm tối đa", "Tổng điểm tối đa của các chỉ tiêu thuộc mục."
    )


class MonitoredGroup(SampleEntry):
    """A group of rows (nhóm); bonuses and penalties are groups of their own."""

    code: RowCode | None = optional("ma", "Mã", "Mã nhóm, nếu bộ chỉ số có.")
    name: Text = key("ten", "Tên", "Tên nhóm.")
    maximum: Points | None = optional(
        "diem_toi_da",
        "Điểm tối đa",
        "Tổng điểm tối đa của nhóm; ở nhóm thưởng là mức trần của điểm thưởng.",
    )
    role: Role = key(
        "vai_tro",
        "Vai trò",
        "chấm điểm (mặc định), thưởng (cộng thêm, không quá điểm tối đa của nhóm) hoặc trừ.",
        default=Role.SCORED,
    )
    headings: tuple[Heading, ...] = several("muc", "Mục", "Các mục trong nhóm, nếu có.")
    rows: tuple[MonitoredRow, ...] = key("chi_tieu", "Chỉ tiêu", "Các chỉ tiêu của nhóm.")


class MonitoredSet(SampleEntry):
    """A whole set, with where it comes from."""

    name: Text = key("ten", "Tên bộ chỉ số", "Tên bộ chỉ số và văn bản ban hành.")
    status: Text = key(
        "tinh_trang",
        "Tình trạng",
        "Bộ chỉ số đã đối chiếu văn bản gốc chưa; in ở đầu bảng điểm.",
    )
    sources: tuple[Text, ...] = several("nguon", "Nguồn", "Bộ chỉ số lấy từ đâu, còn gì chưa chắc.")
    total: Points = key(
        "tong_diem", "Tổng điểm", "Tổng điểm tối đa của các nhóm chấm điểm, không kể thưởng."
    )
    periods: tuple[PeriodKind, ...] = several(
        "ky", "Các loại kỳ", "Bộ chỉ số được chấm theo kỳ nào: thang, quy, nam; bỏ trống: cả ba."
    )
    groups: tuple[MonitoredGroup, ...] = key("nhom", "Nhóm", "Các nhóm của bộ chỉ số.")

    @property
    def rows(self) -> tuple[MonitoredRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


class MonitoredFigures(SampleEntry):
    """The figures of one period by which a set is scored."""

    set_id: Identifier = key(
        "bo", "Bộ chỉ số", "Tên tệp của bộ chỉ số trong bo-chi-so/, không có đuôi."
    )
    period: ScoredPeriod = key("ky", "Kỳ", "Kỳ được chấm: thang-9, quy-3 hoặc nam.")
    answers: dict[RowCode, Answer] = key(
        "tra_loi",
        "Số liệu",
        "Mã chỉ tiêu và số liệu; chỉ tiêu không có ở đây là chưa có số liệu.",
        default={},
    )
