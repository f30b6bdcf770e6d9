"""``<năm>/tong-hop/<kỳ>.yaml``: what a city gathered of its wards; ``vanban gather`` writes it.

One line holds all figures of a ward, in the order of ``chi_tieu``, so that hundreds of wards are
read in a moment. Ids and codes of one kind stand in one text too, apart by blanks.
"""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, PlainValidator, WithJsonSchema, model_validator

from vanban.workspace.models.entry import (
    Identifier,
    SampleEntry,
    key,
    mistake,
    optional,
    scalar_text,
    several,
)
from vanban.workspace.periods import PERIODS

NO_FIGURE = "-"
"""Stands in a row of figures where there is none."""
AGAIN = "tệp này do máy ghi, không sửa tay — chạy lại lệnh gather"

_NUMBER = "[0-9]{1,30}(?:,[0-9]{1,30})?"
_FIGURE = f"(?:{NO_FIGURE}|{_NUMBER})"
_ROW = re.compile(rf"{_FIGURE}(?: {_FIGURE})*")
_POINTS = f"[0-9.]{{1,30}}=(?:-|{_NUMBER})/{_NUMBER}/{_NUMBER}"
_POINT_ROW = re.compile(rf"{_POINTS}(?: {_POINTS})*")
_PAST = re.compile(rf"(?:{'|'.join(PERIODS)})-[12][0-9]{{3}}")


def _row(pattern: re.Pattern[str], what: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise mistake(f"không đọc được {what}; {AGAIN}")
        return text

    return AfterValidator(check)


def _said(value: object) -> str:
    scalar_text(value, "một đoạn chữ")
    return value if isinstance(value, str) else str(value)


Said = Annotated[str, PlainValidator(_said), WithJsonSchema({"type": "string"})]
"""What a program wrote down, whatever was typed where it read it."""
FigureRow = Annotated[Said, _row(_ROW, "dãy số liệu")]
PointRow = Annotated[Said, _row(_POINT_ROW, "dãy điểm")]


class GatheredEntry(SampleEntry):
    """What one ward said; without ``so_lieu`` it has no figures of the period."""

    name: Said = key("thu_muc", "Thư mục", "Tên thư mục hoặc tệp của đơn vị.")
    agency: Said | None = optional("ten", "Tên đơn vị", "Như trong văn bản của đơn vị.")
    shared: Said | None = optional(
        "bo_dung_chung", "Bộ dùng chung", "Phiên bản bộ dùng chung mà đơn vị đang dùng."
    )
    absence: Said | None = optional("vang", "Vắng", "Vì sao chưa có số liệu của đơn vị.")
    figures: FigureRow | None = optional(
        "so_lieu", "Số liệu", "Số liệu theo thứ tự của chi_tieu; “-” là chưa có."
    )
    past: dict[Identifier, FigureRow] = key(
        "ky_truoc",
        "Các kỳ trước",
        "Số liệu các kỳ trước của đơn vị, theo kỳ và năm, ví dụ q3-2024.",
        default={},
    )
    missed: Said | None = optional("khong_dat", "Không đạt", "Mã các chỉ tiêu không đạt.")
    at_risk: Said | None = optional(
        "nguy_co", "Nguy cơ không đạt", "Mã các chỉ tiêu có nguy cơ không đạt."
    )
    doubtful: Said | None = optional(
        "nghi_ngo", "Số đang mâu thuẫn", "Mã các chỉ tiêu có số mâu thuẫn với số khác."
    )
    unproven: Said | None = optional(
        "thieu_minh_chung", "Thiếu minh chứng", "Mã tiêu chí thiếu tài liệu kiểm chứng."
    )
    points: PointRow | None = optional(
        "diem", "Điểm tự chấm", "Tiêu chí=điểm/điểm tối đa/điểm có thể mất vì thiếu minh chứng."
    )
    contradictions: tuple[Said, ...] = several(
        "mau_thuan", "Mâu thuẫn", "Những chỗ số liệu của đơn vị không khớp nhau."
    )

    @model_validator(mode="after")
    def _past_is_of_periods(self) -> Self:
        for name in self.past:
            if not _PAST.fullmatch(name):
                raise mistake(f"không có kỳ “{name}”; {AGAIN}")
        return self


class GatheredFile(SampleEntry):
    """What was gathered of all wards in one period."""

    indicators: Said = key(
        "chi_tieu", "Chỉ tiêu", "Mã các chỉ tiêu, theo thứ tự của các dãy số liệu."
    )
    wards: tuple[GatheredEntry, ...] = key("don_vi", "Đơn vị", "Các đơn vị, mỗi đơn vị một mục.")

    @model_validator(mode="after")
    def _as_many_figures(self) -> Self:
        many = len(self.indicators.split())
        for ward in self.wards:
            for row in (*filter(None, (ward.figures,)), *ward.past.values()):
                if row.count(" ") + 1 != many:
                    raise mistake(
                        f"“{ward.name}” có {row.count(' ') + 1} số, chi_tieu có {many} mã; {AGAIN}"
                    )
        return self
