"""The specification of form: components of Decree 30/2020/NĐ-CP and rules about them, as data.

``the-thuc.yaml`` → frozen entries; its head says what the keys mean. It is checked like all
content: a mistake raises :class:`ContentError` with file, line and column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import Annotated

from msgspec import Struct
from pydantic import PlainValidator, model_validator

from vanban.checks.data import read_data
from vanban.checks.writing import Role
from vanban.document import StyleId
from vanban.workspace.models.entry import (
    Count,
    Entry,
    Flag,
    Identifier,
    Text,
    key,
    mistake,
    optional,
    scalar_text,
    several,
)
from vanban.workspace.models.rule_rows import RuleId, Standing

DECREE = "Nghị định 30/2020/NĐ-CP"


class Case(StrEnum):
    """Whether words stand in capitals."""

    UPPER = "in hoa"
    LOWER = "in thường"


class Required(StrEnum):
    """Which documents have a component."""

    ALWAYS = "luôn"
    NO_LETTER = "trừ công văn"
    LETTER = "công văn"
    ABSTRACT = "loại có trích yếu"
    NUMBERED = "loại có số"
    DATED = "trừ biên bản"


class Key(StrEnum):
    """Keys of a component that say what is right."""

    SIZES = "co_chu"
    STYLE = "kieu_chu"
    CASE = "chu"
    ALIGNS = "vi_tri"


class Position(StrEnum):
    """Which of several lines."""

    FIRST = "đầu"
    AFTER_FIRST = "sau đầu"
    BEFORE_LAST = "trước cuối"
    LAST = "cuối"


class Range(Struct, frozen=True):
    """Least and most of what is allowed, both included; None where it is open."""

    least: float | None = None
    most: float | None = None

    def holds(self, value: float, tolerance: float = 0.0) -> bool:
        return (self.least is None or value >= self.least - tolerance) and (
            self.most is None or value <= self.most + tolerance
        )


def _read_number(value: object) -> float:
    text = scalar_text(value, "một số")
    if not re.fullmatch(r"\d+([.,]\d+)?", text):
        raise mistake(f"“{text}” không phải là số — viết như 13 hoặc 12,7")
    return float(text.replace(",", "."))


def _range(text: str) -> Range:
    least, _, most = text.partition("–")
    return Range(_read_number(least), _read_number(most or least))


def _read_sizes(value: object) -> str:
    text = scalar_text(value, "cỡ chữ")
    _range(text)
    return text


def _read_pattern(value: object) -> re.Pattern[str]:
    try:
        return re.compile(scalar_text(value, "một biểu thức"), re.DOTALL)
    except re.error as error:
        raise mistake(f"biểu thức không đọc được ({error}) — sửa lại") from error


Number = Annotated[float, PlainValidator(_read_number)]
Sizes = Annotated[str, PlainValidator(_read_sizes)]
Pattern = Annotated[re.Pattern[str], PlainValidator(_read_pattern)]


class Component(Entry):
    """A part of a document that the decree has a row for; what it leaves open is None or ()."""

    id: Identifier = key("ma", "Mã", "Mã của thành phần.")
    name: Text = key("ten", "Tên", "Tên như trong bảng của Mục V.")
    section: Text = key("muc", "Mục", "Mục của Phụ lục I quy định thành phần này.")
    box: Text | None = optional("o", "Ô", "Ô trong sơ đồ của Mục IV.")
    sizes_text: Sizes | None = optional("co_chu", "Cỡ chữ", "Cỡ chữ, pt: 13 hoặc 13–14.")
    style: Text | None = optional("kieu_chu", "Kiểu chữ", "Như “đứng, đậm”.")
    case: Case | None = optional("chu", "Chữ", "in hoa hoặc in thường.")
    aligns: tuple[Text, ...] = several("vi_tri", "Vị trí", "Canh giữa, canh trái …")
    whole: Flag = key("ca_van_ban", "Cả văn bản", "true nếu không là dòng nào.", default=False)
    required: Required | None = optional("bat_buoc", "Bắt buộc", "Văn bản nào phải có.")
    role: Role | None = optional("vai", "Vai", "Vai của đoạn khi soát lời văn.")
    styles: tuple[StyleId, ...] = several("kieu", "Kiểu", "Kiểu đoạn trong tệp khung.")
    note: Text | None = optional("xem", "Xem", "Vì sao người ký phải tự xem.")

    @cached_property
    def sizes(self) -> Range | None:
        """The sizes of its letters, pt."""
        return None if self.sizes_text is None else _range(self.sizes_text)

    @property
    def clause(self) -> str:
        return f"{DECREE}, Phụ lục I, Mục {self.section}"

    def right(self, name: Key) -> tuple[Range | str, ...]:
        """Return what is right under a key, () where the decree leaves it open."""
        if name is Key.ALIGNS:
            return self.aligns
        found = {Key.SIZES: self.sizes, Key.STYLE: self.style, Key.CASE: self.case}[name]
        return () if found is None else (found,)


class WordingRow(Entry):
    """A pattern that a line must have or must not have, and what to do else."""

    lines: tuple[Text, ...] = several(
        "o", "Ở", "Dòng nào: đầu, sau đầu, trước cuối, cuối, mã thành phần."
    )
    must: Pattern | None = optional("phai", "Phải", "Biểu thức phải có.")
    never: Pattern | None = optional("khong", "Không", "Biểu thức không được có.")
    advice: Text | None = optional("cach_sua", "Cách sửa", "Cần làm gì.")

    @model_validator(mode="after")
    def _has_one(self) -> WordingRow:
        if (self.must is None) == (self.never is None):
            raise mistake("ghi đúng một trong hai khóa: phai, khong")
        return self


class Aspect(Entry):
    """One thing that is measured, and what is allowed; a line of the report."""

    name: Text = key("khia_canh", "Khía cạnh", "Điều được xét, in trong báo cáo.")
    measure: Identifier = key("do", "Đo", "Tên phép đo.")
    of_component: Key | None = optional(
        "theo", "Theo", "Khóa của thành phần cho biết điều được phép."
    )
    least: Number | None = optional("tu", "Từ", "Số nhỏ nhất được phép.")
    most: Number | None = optional("den", "Đến", "Số lớn nhất được phép.")
    numbers: tuple[Number, ...] = several("bang", "Bằng", "Các số được phép.")
    words: tuple[Text, ...] = several("la", "Là", "Các lời được phép.")
    wordings: tuple[WordingRow, ...] = several("mau", "Mẫu", "Các mẫu câu.")
    tolerance: Number = key("sai_so", "Sai số", "Sai số được bỏ qua.", default=0.0)
    unit: Text | None = optional("don_vi", "Đơn vị", "Đơn vị của số đo.")
    decimals: Count | None = optional("so_le", "Số lẻ", "Số chữ số lẻ luôn in.")
    counted: Text | None = optional("dem", "Đếm", "Đơn vị đếm chỗ sai: đoạn, khoản.")
    allowed: Text | None = optional("quy_dinh", "Quy định", "Điều được phép, bằng lời.")
    if_wrong: Text | None = optional("do_duoc", "Đo được", "Lời báo chỗ sai.")
    if_right: Text | None = optional("dat", "Đạt", "Lời báo khi đúng.")
    if_absent: Text | None = optional("thieu", "Thiếu", "Vì sao không có gì để xét.")
    advice: Text | None = optional("cach_sua", "Cách sửa", "Cần làm gì.")

    def right(self, component: Component) -> tuple[Range | str, ...]:
        """Return the ranges and words of which a value must be in one, () where none are given."""
        if self.of_component is not None:
            return component.right(self.of_component)
        if self.least is not None or self.most is not None:
            return (Range(self.least, self.most),)
        return (*(Range(each, each) for each in self.numbers), *self.words)


class FormExample(Entry):
    """What the rule tells and what it does not, in words; tests try it on Word files."""

    bad: Text = key("sai", "Sai", "Điều mà quy tắc báo.")
    good: Text = key("dung", "Đúng", "Điều mà quy tắc không báo.")


class FormRow(Entry):
    """One rule of form."""

    id: RuleId = key("ma", "Mã", "Nhóm và tên.")
    title: Text = key("ten", "Tên", "Tên của quy tắc, in trong danh mục.")
    basis: Standing = key("loai_can_cu", "Loại căn cứ", "Bỏ trống là luật.", default=Standing.LAW)
    clause: Text | None = optional("can_cu", "Căn cứ", "Nếu khác với thành phần.")
    component: Identifier = key("thanh_phan", "Thành phần", "Xếp vào đâu trong báo cáo.")
    looked_at: tuple[Identifier, ...] | None = optional(
        "xet_tren", "Xét trên", "Các thành phần phải có, nếu khác thành phần trên."
    )
    aspects: tuple[Aspect, ...] = key("xet", "Xét", "Các khía cạnh được xét.")
    on_pages: Flag = key(
        "tren_pdf", "Trên PDF", "true nếu xét cả tệp PDF, chỉ theo các trang của nó.", default=False
    )
    example: FormExample = key("vi_du", "Ví dụ", "Một điều sai và một điều đúng.")


class Specification(Entry):
    """The whole file."""

    components: tuple[Component, ...] = key("thanh_phan", "Thành phần", "Các thành phần.")
    appearance: tuple[Aspect, ...] = key("trinh_bay", "Trình bày", "Xét ở mọi thành phần.")
    rows: tuple[FormRow, ...] = key("quy_tac", "Quy tắc", "Các quy tắc.")


@cache
def specification() -> Specification:
    """Read ``the-thuc.yaml``; raises ContentError with the places of its mistakes."""
    return read_data(Specification, resources.files(__package__).joinpath("the-thuc.yaml"))


@cache
def components() -> Mapping[str, Component]:
    """Return the components by id, in the order of the table."""
    return {component.id: component for component in specification().components}


@cache
def roles_by_style() -> Mapping[StyleId, Role]:
    """Return the roles of components by the styles of the frame that print them."""
    known = components().values()
    return {style: each.role for each in known for style in each.styles if each.role is not None}
