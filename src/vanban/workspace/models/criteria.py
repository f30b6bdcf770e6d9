"""``<năm>/tieu-chi.yaml``: fields, criteria and sub-criteria of the self-assessment, with points.

Every sub-criterion states how its points are made; the kinds of rules are a closed set, which the
monitored sets (``models/monitoring.py``) share.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from vanban.nd30.numbers import NumberError, parse_amount
from vanban.workspace.models.agency import PROVIDERS
from vanban.workspace.models.entry import (
    Count,
    Identifier,
    SampleEntry,
    Text,
    key,
    matching,
    mistake,
    optional,
    scalar_text,
    several,
)


def _read_points(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    try:
        return parse_amount(scalar_text(value, "số điểm"))
    except NumberError as error:
        raise mistake(str(error)) from None


def _read_percent(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    text = scalar_text(value, "một tỷ lệ, ví dụ 80%")
    if not text.endswith("%"):
        raise mistake(f"“{text}” thiếu dấu % — viết như 80%")
    try:
        return Fraction(parse_amount(text.removesuffix("%").strip())) / 100
    except NumberError as error:
        raise mistake(str(error)) from None


def _read_share(value: object) -> Fraction:
    share = _read_percent(value)
    if share > 1:
        raise mistake(f"“{value}” lớn hơn 100% — xem lại số đã công bố")
    return share


@dataclass(frozen=True)
class DueDay:
    """A day by which something is due: of the year, or where ``month`` is None of each month."""

    month: int | None
    day: int

    def __str__(self) -> str:
        return str(self.day) if self.month is None else f"{self.day}/{self.month}"


_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _read_due_day(value: object) -> DueDay:
    if isinstance(value, DueDay):
        return value
    text = scalar_text(value, "ngày của tháng hoặc ngày/tháng")
    match = re.fullmatch(r"(\d{1,2})(?:/(\d{1,2}))?", text, re.ASCII)
    day, month = (int(match[1]), int(match[2]) if match[2] else None) if match else (0, None)
    if month is not None and not 1 <= month <= 12:
        day = 0
    if not 1 <= day <= (28 if month is None else _DAYS_IN_MONTH[month - 1]):
        raise mistake(
            f"“{text}” không phải là hạn — viết 15/12 (ngày/tháng), hoặc 22 (ngày của mỗi tháng, "
            "từ 1 đến 28)"
        )
    return DueDay(month, day)


Points = Annotated[
    Decimal,
    BeforeValidator(_read_points),
    WithJsonSchema({"type": ["string", "number"], "examples": ["1,5"]}),
]
"""Points (điểm), written 1,5 or 2."""

Percent = Annotated[
    Fraction,
    BeforeValidator(_read_percent),
    WithJsonSchema({"type": "string", "examples": ["80%"]}),
]
"""A share of 1, written 80%."""

Share = Annotated[
    Fraction,
    BeforeValidator(_read_share),
    WithJsonSchema({"type": "string", "examples": ["92,5%"]}),
]
"""A part of a whole, at most 100%."""

Due = Annotated[
    DueDay,
    BeforeValidator(_read_due_day),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["15/12", "22"]}),
]
"""A day that something is due on, written 15/12, or 22 for the 22nd of each month."""

RowCode = Annotated[
    str,
    matching(
        "mã chỉ tiêu, ví dụ 3.5b hoặc II.1.2",
        r"[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8}){0,5}",
        "mã “{}” không hợp lệ — chỉ dùng chữ số, chữ không dấu và dấu chấm, như 3.5b hoặc II.1.2",
    ),
    WithJsonSchema(
        {"type": ["string", "number"], "pattern": r"^[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8}){0,5}$"}
    ),
]
"""Code of a row of a monitored set, as its table writes it: 3.5b, II.1.2."""

CriterionCode = Annotated[
    str,
    matching(
        "mã tiêu chí, ví dụ 1.1.1",
        r"[1-9][0-9]?(\.[1-9][0-9]?){0,2}",
        "mã tiêu chí “{}” không hợp lệ — viết như 1, 1.1 hoặc 1.1.1",
    ),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[1-9]\d?(\.[1-9]\d?){0,2}$"}),
]
"""Code of a field (1), criterion (1.1) or sub-criterion (1.1.1)."""


DECLARED = "{so_lieu}"
"""Stands in the sentence of a sub-criterion where its figures are printed."""


def code_order(code: str) -> tuple[int, ...]:
    """Return the sort key of a criterion code: 1.2 stands before 1.10."""
    return tuple(int(part) for part in code.split("."))


class RuleKind(StrEnum):
    """How the points of a sub-criterion are made."""

    YES_NO = "co_khong"
    TIERS = "bac"
    RATIO_TIERS = "bac_ty_le"
    RATIO = "ty_le"
    PER_ITEM = "dem"
    DEDUCTION = "tru"
    SURVEY = "khao_sat"
    COUNT_TIERS = "bac_so"
    ON_TIME = "dung_han"
    LATE = "tre_han"
    WATCHED = "theo_doi"
    UNKNOWN = "chua_xac_dinh"


class WhenNothing(StrEnum):
    """What a ratio without anything to count (a = 0) gives."""

    FULL = "điểm tối đa"
    NOT_APPLICABLE = "không áp dụng"
    ZERO = "0 điểm"
    MOVED = "chuyển điểm"
    LAST_YEAR = "theo năm trước"
    UNKNOWN = "chưa xác định"


class Tier(SampleEntry):
    """A level that can be chosen, or reached by a ratio, and its points."""

    id: Identifier | None = optional(
        "ma", "Mã", "Mã của mức, dùng khi trả lời; mức theo tỷ lệ không cần mã."
    )
    name: Text | None = optional("ten", "Tên", "Diễn giải của mức.")
    at_least: Percent | None = optional(
        "tu", "Từ", "Tỷ lệ thấp nhất của mức (loại bac_ty_le), ví dụ 95%."
    )
    above: Percent | None = optional(
        "tren", "Trên", "Tỷ lệ mà mức phải vượt (loại bac_ty_le), ví dụ 0%; dùng thay cho tu."
    )
    at_least_count: Count | None = optional(
        "tu_so", "Từ số", "Số lượng thấp nhất của mức (loại bac_so), ví dụ 100."
    )
    points: Points | None = optional(
        "diem", "Điểm", "Số điểm của mức; bỏ trống thì tính theo tỷ lệ × điểm tối đa."
    )

    def reached_by(self, ratio: Fraction) -> bool:
        """Say whether a ratio (1 is 100 %) is at this level."""
        return ratio > self.above if self.above is not None else ratio >= (self.at_least or 0)


class Rule(SampleEntry):
    """A scoring rule: a kind and the parameters of that kind."""

    kind: RuleKind = key(
        "loai",
        "Loại",
        "co_khong (có/không), bac (chọn mức), bac_ty_le (mức theo tỷ lệ), ty_le (tỷ lệ × điểm tối "
        "đa), dem (điểm mỗi việc), tru (trừ điểm mỗi trường hợp), bac_so (mức theo số lượng), "
        "dung_han (xong trong hạn thì được điểm tối đa), khao_sat (không tự chấm). Chỉ trong bộ "
        "chỉ số theo dõi: tre_han (trừ điểm theo số ngày trễ), theo_doi (không chấm), "
        "chua_xac_dinh (chưa biết cách tính).",
    )
    tiers: tuple[Tier, ...] = several(
        "muc", "Các mức", "Các mức điểm, từ cao xuống thấp (bac, bac_ty_le, bac_so)."
    )
    floor: Percent | None = optional(
        "san", "Sàn", "Tỷ lệ thấp nhất được tính điểm; dưới sàn là 0 điểm (ty_le)."
    )
    target: Percent | None = optional(
        "muc_tieu",
        "Mục tiêu",
        "Tỷ lệ được điểm tối đa: điểm = tỷ lệ ÷ mục tiêu × điểm tối đa (ty_le).",
    )
    each: Points | None = optional(
        "moi",
        "Mỗi trường hợp",
        "Điểm cộng (dem), trừ (tru) cho mỗi trường hợp, mỗi ngày trễ (tre_han).",
    )
    lowest: Points = key(
        "toi_thieu", "Tối thiểu", "Điểm thấp nhất sau khi trừ (tru).", default=Decimal(0)
    )
    precondition: Text | None = optional(
        "dieu_kien", "Điều kiện", "Điều kiện phải có trước, ví dụ có kế hoạch; không có thì 0 điểm."
    )
    when_nothing: WhenNothing | None = optional(
        "khong_phat_sinh",
        "Không phát sinh",
        "Cách tính khi không phát sinh (a = 0): điểm tối đa, không áp dụng hoặc 0 điểm; bỏ trống "
        "thì khi gặp a = 0 chương trình sẽ hỏi. Chỉ trong bộ chỉ số theo dõi: chuyển điểm (chia "
        "đều điểm tối đa cho các chỉ tiêu ở chuyen_cho), theo năm trước (lấy số năm trước chia 12, "
        "4 hoặc 1 theo kỳ tháng, quý, năm làm mẫu số; năm trước không có thì tỷ lệ là 0), chưa xác "
        "định.",
    )
    moved_to: tuple[RowCode, ...] = several(
        "chuyen_cho",
        "Chuyển cho",
        "Mã các chỉ tiêu nhận điểm, chia đều (khong_phat_sinh: chuyển điểm).",
    )
    otherwise: Points | None = optional(
        "khong_dieu_kien",
        "Khi không có điều kiện",
        "Số điểm khi không có điều kiện ở dieu_kien mà vẫn thực hiện (bac_ty_le); trả lời bằng "
        "dieu_kien: false và chon: co hoặc khong.",
    )
    due: Due | None = optional(
        "han",
        "Hạn",
        "Ngày cuối còn đúng hạn (dung_han, tre_han): 15/12, hoặc 22 là ngày 22 của tháng chấm.",
    )
    refused_after: Due | None = optional(
        "khong_nhan_sau", "Không nhận sau", "Sau ngày này thì không được tiếp nhận (tre_han)."
    )
    first_days: Count | None = optional(
        "so_ngay_dau",
        "Số ngày đầu",
        "Số ngày trễ đầu tiên bị trừ chung một lần (tre_han), ví dụ 2.",
    )
    first_penalty: Points | None = optional(
        "tru_dau", "Trừ những ngày đầu", "Điểm trừ chung cho những ngày trễ đầu (tre_han)."
    )


class SubCriterion(SampleEntry):
    """A sub-criterion (tiêu chí thành phần): the leaf that is scored."""

    code: CriterionCode = key("ma", "Mã", "Mã tiêu chí thành phần, ví dụ 1.1.1.")
    name: Text = key("ten", "Tên", "Tên tiêu chí thành phần.")
    maximum: Points = key("diem_toi_da", "Điểm tối đa", "Điểm tối đa, ví dụ 1,5.")
    rule: Rule = key("cach_tinh", "Cách tính", "Cách tính điểm.")
    method: Text = key("dien_giai", "Diễn giải cách tính", "Lời diễn giải in trong bảng điểm.")
    result: Text | None = optional(
        "ket_qua",
        "Câu nêu kết quả",
        "Câu nêu số liệu của tiêu chí khi bị trừ điểm, có {so_lieu} ở chỗ của số liệu, ví dụ: đã "
        "xử lý {so_lieu} văn bản sau rà soát.",
    )
    required: Text | None = optional(
        "tai_lieu", "Tài liệu cần có", "Tài liệu kiểm chứng mà bộ tiêu chí yêu cầu."
    )
    providers: tuple[Identifier, ...] = several(*PROVIDERS)
    documents: Count = key(
        "so_tai_lieu", "Số tài liệu", "Số tài liệu kiểm chứng tối thiểu.", default=1
    )


class Criterion(SampleEntry):
    """A criterion (tiêu chí) with its sub-criteria."""

    code: CriterionCode = key("ma", "Mã", "Mã tiêu chí, ví dụ 1.1.")
    name: Text = key("ten", "Tên", "Tên tiêu chí.")
    maximum: Points = key("diem_toi_da", "Điểm tối đa", "Tổng điểm của các tiêu chí thành phần.")
    parts: tuple[SubCriterion, ...] = key(
        "thanh_phan", "Tiêu chí thành phần", "Các tiêu chí thành phần."
    )


class CriteriaField(SampleEntry):
    """A field (lĩnh vực) with its criteria."""

    code: CriterionCode = key("ma", "Mã", "Mã lĩnh vực, ví dụ 1.")
    name: Text = key("ten", "Tên", "Tên lĩnh vực.")
    providers: tuple[Identifier, ...] = several(*PROVIDERS)
    maximum: Points = key("diem_toi_da", "Điểm tối đa", "Tổng điểm của các tiêu chí.")
    criteria: tuple[Criterion, ...] = key("tieu_chi", "Tiêu chí", "Các tiêu chí của lĩnh vực.")


class Adjustment(SampleEntry):
    """Bonus (điểm thưởng) or penalty (điểm phạt) outside the set, with a cap."""

    id: Identifier = key("ma", "Mã", "Mã để bản tự đánh giá dẫn đến.")
    name: Text = key("ten", "Tên", "Nội dung thưởng hoặc phạt.")
    each: Points = key("moi", "Mỗi trường hợp", "Điểm cho mỗi trường hợp.")
    cap: Points = key("toi_da", "Tối đa", "Tổng điểm tối đa được cộng hoặc bị trừ.")


class CriteriaSet(SampleEntry):
    """The whole set of a year."""

    name: Text = key("ten", "Tên bộ tiêu chí", "Tên bộ tiêu chí và văn bản ban hành.")
    total: Points = key("tong_diem", "Tổng điểm", "Tổng điểm của bộ tiêu chí, thường là 100.")
    fields: tuple[CriteriaField, ...] = key("linh_vuc", "Lĩnh vực", "Các lĩnh vực.")
    bonuses: tuple[Adjustment, ...] = several("diem_thuong", "Điểm thưởng", "Các nội dung thưởng.")
    penalties: tuple[Adjustment, ...] = several("diem_phat", "Điểm phạt", "Các nội dung phạt.")
