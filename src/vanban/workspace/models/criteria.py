"""``<năm>/tieu-chi.yaml``: fields, criteria and sub-criteria of the self-assessment, with points.

Every sub-criterion states how its points are made; the kinds of rules are a closed set.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from vanban.nd30.numbers import NumberError, parse_amount
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


class WhenNothing(StrEnum):
    """What a ratio without anything to count (a = 0) gives."""

    FULL = "điểm tối đa"
    NOT_APPLICABLE = "không áp dụng"
    ZERO = "0 điểm"


class Tier(SampleEntry):
    """A level that can be chosen, or reached by a ratio, and its points."""

    id: Identifier | None = optional(
        "ma", "Mã", "Mã của mức, dùng khi trả lời; mức theo tỷ lệ không cần mã."
    )
    name: Text | None = optional("ten", "Tên", "Diễn giải của mức.")
    at_least: Percent | None = optional(
        "tu", "Từ", "Tỷ lệ thấp nhất của mức (loại bac_ty_le), ví dụ 95%."
    )
    points: Points | None = optional(
        "diem", "Điểm", "Số điểm của mức; bỏ trống thì tính theo tỷ lệ × điểm tối đa."
    )


class Rule(SampleEntry):
    """A scoring rule: a kind and the parameters of that kind."""

    kind: RuleKind = key(
        "loai",
        "Loại",
        "co_khong (có/không), bac (chọn mức), bac_ty_le (mức theo tỷ lệ), ty_le (tỷ lệ × điểm tối "
        "đa), dem (điểm mỗi việc), tru (trừ điểm mỗi trường hợp), khao_sat (không tự chấm).",
    )
    tiers: tuple[Tier, ...] = several(
        "muc", "Các mức", "Các mức điểm, từ cao xuống thấp (bac, bac_ty_le)."
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
        "moi", "Mỗi trường hợp", "Điểm cộng (dem) hoặc trừ (tru) cho mỗi trường hợp."
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
        "thì khi gặp a = 0 chương trình sẽ hỏi.",
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
