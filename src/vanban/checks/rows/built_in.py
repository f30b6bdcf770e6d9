"""A row of the program's own rules: as an office's, but also patterns and algorithms."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator

from vanban.workspace.models.entry import Count, Entry, Flag, Text, key, mistake, optional, several
from vanban.workspace.models.rule_rows import (
    ARROW,
    Example,
    ReadPair,
    RuleExample,
    RuleRow,
    Scope,
    Words,
    needs_right,
    read_lines,
    read_words,
)
from vanban.workspace.source import Mapping, Sequence


def _read_example(value: object) -> Example:
    if isinstance(value, Mapping):
        return {name: read_lines(text) for name, text in value.items()}
    return read_lines(value)


def _check_pairs(pairs: tuple[str, ...]) -> tuple[str, ...]:
    for pair in pairs:
        needs_right(pair, ARROW in pair)
    return pairs


def _read_parameter(value: object) -> object:
    """Return a text as it is, a word list or other list as a tuple, a group of keys as a dict."""
    if isinstance(value, Mapping):
        return {name: _read_parameter(child) for name, child in value.items()}
    if isinstance(value, Sequence):
        return read_words(value) if _is_plain(value) else tuple(map(_read_parameter, value))
    return read_lines(value)


def _is_plain(value: Sequence) -> bool:
    return not any(isinstance(child, Mapping | Sequence) for child in value)


Parameter = Annotated[Any, PlainValidator(_read_parameter)]
"""What an algorithm is given under one name: str, tuple or dict of such."""


class BuiltInExample(RuleExample):
    """Examples of the program: several passages, or files of content."""

    bad: Annotated[Example, PlainValidator(_read_example)] = key("sai", "Câu sai", "Phải báo.")
    good: Annotated[Example, PlainValidator(_read_example)] = key("dung", "Câu đúng", "Không báo.")


class Pattern(Entry):
    """A regular expression over the text as typed, and what is right instead."""

    wrong: Text = key("tim", "Tìm", "Biểu thức; \\p{Lu}, \\p{Ll} là chữ hoa, chữ thường.")
    right: Annotated[str | None, PlainValidator(read_lines)] = optional(
        "dung", "Đúng", "\\1 là nhóm thứ nhất, \\l1 viết thường, \\c1 viết hoa."
    )
    message: Text | None = optional("thong_bao", "Thông báo", "{1} là nhóm thứ nhất.")
    advice: Text | None = optional("cach_sua", "Cách sửa", "Như trên.")
    scope: tuple[Scope, ...] = several("pham_vi", "Phạm vi", "Nếu hẹp hơn của quy tắc.")
    words_before: Count = key("lui", "Lùi", "Báo cả chừng ấy chữ đứng trước.", default=0)
    whole_words: Flag = key("ca_tu", "Cả từ", "Báo cả từ hai bên chỗ sai.", default=False)


PatternItem = Annotated[Pattern, BeforeValidator(ReadPair("tim"))]
"""A :class:`Pattern`, also written "sai → đúng" or as the expression alone."""


class Issuers(StrEnum):
    """Whose documents a rule is for."""

    ALL = "mọi cơ quan"
    OWN = "cơ quan của nội dung"


class BuiltInRow(RuleRow):
    """A rule of the program: its wrong wordings may be regular expressions, or it is a function."""

    issuers: Issuers = key(
        "cho",
        "Cho",
        "Văn bản của ai thì soát; bỏ trống là của mọi cơ quan.",
        default=Issuers.ALL,
    )
    patterns: Flag = key(
        "bieu_thuc",
        "Biểu thức",
        "true nếu chữ sai là biểu thức chính quy trên chữ thường; \\1 là nhóm thứ nhất.",
        default=False,
    )
    pairs: Annotated[Words, AfterValidator(_check_pairs)] = several(
        "cap", "Cặp", "Như thay, mỗi dòng nhiều cặp “sai → đúng”."
    )
    matched: tuple[PatternItem, ...] = several("mau", "Mẫu", "Các biểu thức.")
    no_addresses: Flag = key(
        "tru_dia_chi", "Trừ địa chỉ", "Không soát trong địa chỉ trang mạng, thư.", default=False
    )
    as_one: Flag = key("gom", "Gom", "Mọi chỗ cùng thông báo là một phát hiện.", default=False)
    algorithm: Text | None = optional(
        "thuat_toan",
        "Thuật toán",
        "Tên hàm tìm chỗ sai (xem vanban.checks.rules); một mình, hoặc thêm vào khong_dung, thay.",
    )
    parameters: dict[str, Parameter] = key(
        "tham_so", "Tham số", "Những gì giao cho hàm, theo tên của đối số.", default={}
    )
    message: Text | None = optional("thong_bao", "Thông báo", "Cả {1}: nhóm thứ nhất.")
    advice: Text | None = optional("cach_sua", "Cách sửa", "Như trên.")
    example: BuiltInExample = key("vi_du", "Ví dụ", "Câu sai và câu đúng.")

    def kinds(self) -> list[str]:
        held = super().kinds()
        if self.pairs or (held and {*held} <= {"absent", "replaced", "punctuated"}):
            return ["replaced"]  # these are looked up together, with what a function finds
        if self.matched:
            held.append("matched")
        if self.algorithm is not None:
            held.append("algorithm")
        return held


class BuiltInRules(Entry):
    """A file of the program's rules."""

    rules: tuple[BuiltInRow, ...] = key("quy_tac", "Quy tắc", "Các quy tắc của chương trình.")


class WordList(Entry):
    """A word list of the program that several rules share."""

    words: Words = key("danh_sach", "Danh sách", "Các mục.")


def _read_expressions(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise mistake("phải là các tên, mỗi tên một danh sách biểu thức")
    return {name: "|".join(map(read_lines, lines)) for name, lines in value.items()}


class Expressions(Entry):
    """Regular expressions of the program by name: each a list of alternatives."""

    patterns: Annotated[dict[str, str], PlainValidator(_read_expressions)] = key(
        "bieu_thuc", "Biểu thức", "Các biểu thức chính quy, theo tên."
    )
