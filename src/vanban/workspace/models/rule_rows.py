"""A row of ``quy-tac/*.yaml``: a rule of the check as data, of the program or of an office.

A row is one rule: what it rests on, where it looks, one kind of match, and an example that must be
hit at the words it names. The program's own rows have besides ``bieu_thuc`` and ``thuat_toan``; an
office's have not, so that no pattern of a content file can make the check slow.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema, model_validator

from vanban.workspace.models.base import (
    Count,
    Entry,
    Flag,
    Shorthand,
    Text,
    key,
    matching,
    mistake,
    scalar_text,
)
from vanban.workspace.models.characters import check_text
from vanban.workspace.source import Mapping, Scalar, Sequence

WORD = re.compile(r"[^\W_]+")
"""A word of a wording; one without any could be looked up nowhere."""

ARROW = "→"
"""Parts the wrong wording from the right one where both stand on one line."""


class Standing(StrEnum):
    """What a rule rests on; the weight of its findings follows from that."""

    LAW = "luật"
    DATA = "dữ liệu"
    SPELLING = "chính tả"
    SAMPLE = "mẫu chính thức"
    CONSISTENCY = "thống nhất"
    HABIT = "thông lệ"


class Scope(StrEnum):
    """Parts of a document that a rule looks at."""

    ALL = "mọi chỗ"
    PROSE = "lời văn"
    HEADINGS = "đề mục"
    TABLES = "bảng"
    RECIPIENTS = "nơi nhận"


RuleId = Annotated[
    str,
    matching(
        "mã quy tắc",
        r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*",
        "mã “{}” không hợp lệ — viết nhóm/tên bằng chữ thường không dấu, chữ số và dấu gạch nối, "
        "ví dụ van-phong/ten-he-thong",
    ),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9-]+$"}),
]
"""Group and name of a rule: van-phong/ten-he-thong."""


class _ReadPair(Shorthand):
    """Reads "wrong → right", or only what is wrong, as a mapping."""

    def __call__(self, value: Any) -> Any:
        mapping = super().__call__(value)
        if mapping is not value and isinstance(mapping, Mapping) and ARROW in value:
            wrong, _, right = (part.strip() for part in str(value).partition(ARROW))
            for name, text in ((self.name, wrong), ("dung", right)):
                mapping[name] = Scalar(text, mapping.place)
                mapping.key_places[name] = mapping.place
        return mapping


def read_words(value: Any) -> tuple[str, ...]:
    """Return the entries of a word list: texts in a sequence, in each of which ";" parts them."""
    if not isinstance(value, Sequence):
        raise mistake("phải là danh sách: mỗi dòng một gạch đầu dòng, các mục cách nhau bằng “;”")
    words: list[str] = []
    for line in value:
        for entry in scalar_text(line, "một dòng của danh sách").split(";"):
            wrong = check_text(entry)
            if wrong is not None:
                raise mistake(wrong)
            if not entry.strip():
                raise mistake(f"dòng “{line}” có mục trống — bỏ dấu “;” thừa")
            words.append(" ".join(entry.split()))
    return tuple(words)


Words = Annotated[
    tuple[str, ...],
    PlainValidator(read_words),
    WithJsonSchema({"type": "array", "items": {"type": ["string", "number", "boolean"]}}),
]
"""A word list: the one syntax of all of them."""


class Wording(Entry):
    """A wording that is wrong, and what is right where that is known."""

    wrong: Text = key("sai", "Chữ sai", "Những chữ không được viết; hoa thường như nhau.")
    right: Text | None = key("dung", "Chữ đúng", "Những chữ nên viết thay vào.", default=None)
    reason: Text | None = key("vi", "Vì sao", "Lý do, in trong phát hiện.", default=None)
    beside: tuple[Text, ...] = key(
        "tru", "Trừ", "Từ đứng ngay trước hoặc sau thì không phải lỗi.", default=()
    )

    @model_validator(mode="after")
    def _has_words(self) -> Wording:
        if not all(WORD.search(form) for form in str(self.wrong).split(" | ")):
            raise mistake(f"“{self.wrong}” không có chữ nào để tìm — ghi chữ bị coi là sai")
        if self.right is not None and self.right == self.wrong:
            raise mistake(f"“{self.wrong}”: chữ đúng trùng với chữ sai — sửa một trong hai")
        return self


WordingItem = Annotated[Wording, BeforeValidator(_ReadPair("sai"))]
"""A :class:`Wording`, also written "sai → đúng" or as the wrong words alone."""


class First(StrEnum):
    """When the first of several ways to write is the right one."""

    ALWAYS = "luôn luôn"
    WHERE_USED = "khi có dùng"


class Spellings(Entry):
    """Several ways to write one thing, of which a document should keep to one."""

    forms: tuple[Text, ...] = key("cach_viet", "Cách viết", "Từ hai cách viết trở lên.")
    first: First | None = key(
        "dau_tien_dung",
        "Cách đầu tiên đúng",
        "Cách viết đầu tiên là cách đúng: luôn luôn, hay chỉ khi văn bản có dùng; bỏ trống thì "
        "cách gặp nhiều nhất được coi là đúng.",
        default=None,
    )

    @model_validator(mode="after")
    def _needs_two(self) -> Spellings:
        if len(self.forms) < 2:
            raise mistake("cần ít nhất hai cách viết để so — thêm một cách viết nữa")
        return self


class Follower(Entry):
    """Words after which one of some others must come."""

    first: Text = key("truoc", "Đứng trước", "Những chữ đứng trước.")
    then: tuple[Text, ...] = key("sau", "Phải đi liền", "Một trong những chữ này phải đi liền sau.")

    @model_validator(mode="after")
    def _needs_followers(self) -> Follower:
        if not self.then:
            raise mistake(f"chưa ghi chữ nào phải đi liền sau “{self.first}” — điền vào khóa sau")
        return self


Example = str | dict[str, str]
"""Text, a passage a line; or files of content (name below content/ → YAML) that replace others."""


def _read_lines(value: Any) -> str:
    return scalar_text(value, "một hay nhiều dòng chữ")


def _read_example(value: Any) -> Example:
    if isinstance(value, Mapping):
        return {name: _read_lines(text) for name, text in value.items()}
    return _read_lines(value)


_LINES = {"type": ["string", "number", "boolean"]}


class RuleExample(Entry):
    """A text that the rule must tell, the words that it must hit, and a text that is right."""

    bad: Annotated[Example, PlainValidator(_read_lines), WithJsonSchema(_LINES)] = key(
        "sai", "Câu sai", "Một câu mà quy tắc phải báo."
    )
    hit: tuple[Annotated[str, PlainValidator(_read_lines), WithJsonSchema(_LINES)], ...] = key(
        "bao_tai", "Báo tại", "Đúng những chữ bị báo trong câu sai."
    )
    good: Annotated[Example, PlainValidator(_read_lines), WithJsonSchema(_LINES)] = key(
        "dung", "Câu đúng", "Một câu mà quy tắc không được báo."
    )


KINDS = ("absent", "replaced", "punctuated", "spelled", "same", "present", "followed", "longest")
"""The kinds of match; a row has exactly one."""


class RuleRow(Entry):
    """One rule."""

    id: RuleId = key("ma", "Mã", "Nhóm và tên, ví dụ van-phong/ten-he-thong.")
    title: Text = key("ten", "Tên", "Tên của lỗi, in trong danh mục quy tắc.")
    basis: Standing = key(
        "loai_can_cu",
        "Loại căn cứ",
        "Quy tắc dựa vào đâu; mức của phát hiện theo đó: luật, dữ liệu, chính tả là lỗi; mẫu chính "
        "thức, thống nhất là cảnh báo; thông lệ là lưu ý.",
    )
    clause: Text = key("can_cu", "Căn cứ", "Điều khoản, văn bản hoặc thói quen mà quy tắc dựa vào.")
    scope: tuple[Scope, ...] = key(
        "pham_vi", "Phạm vi", "Chỗ cần soát; bỏ trống là lời văn.", default=(Scope.PROSE,)
    )
    titles_too: Flag = key(
        "ca_ten_van_ban",
        "Cả tên văn bản được viện dẫn",
        "true nếu soát cả trong tên văn bản của cơ quan khác.",
        default=False,
    )
    absent: tuple[WordingItem, ...] = key(
        "khong_dung", "Không dùng", "Những chữ không được có trong văn bản.", default=()
    )
    replaced: tuple[WordingItem, ...] = key(
        "thay", "Thay thế", "Các dòng “sai → đúng”: chữ sai và chữ đúng thay vào.", default=()
    )
    punctuated: Words = key(
        "thieu_dau",
        "Thiếu dấu",
        "Những chữ phải có dấu phẩy hoặc gạch nối như ở đây; viết thiếu dấu thì bị báo.",
        default=(),
    )
    spelled: Words = key("viet_dung", "Viết đúng", "Tên phải viết hoa đúng như ở đây.", default=())
    same: tuple[Spellings, ...] = key(
        "thong_nhat", "Thống nhất", "Các cách viết mà một văn bản chỉ dùng một.", default=()
    )
    present: tuple[Text, ...] = key(
        "phai_co", "Phải có", "Những chữ mà văn bản phải có ít nhất một lần.", default=()
    )
    followed: tuple[Follower, ...] = key(
        "di_lien", "Phải đi liền", "Chữ đứng trước và những chữ phải đi liền sau.", default=()
    )
    longest: Count | None = key(
        "cau_toi_da",
        "Câu tối đa",
        "Số chữ nhiều nhất của một câu, không kể trong ngoặc và trích dẫn.",
        default=None,
    )
    no_names: Flag = key(
        "tru_ten_rieng",
        "Trừ tên riêng",
        "true nếu chữ viết hoa giữa đoạn là tên riêng, không soát.",
        default=False,
    )
    message: Text | None = key(
        "thong_bao",
        "Thông báo",
        "Câu báo lỗi; {sai}, {dung}, {vi} là chỗ điền chữ sai, chữ đúng, lý do. Bỏ trống thì "
        "chương trình tự đặt.",
        default=None,
    )
    advice: Text | None = key(
        "cach_sua", "Cách sửa", "Cần làm gì, nếu khác với chữ đúng ở trên.", default=None
    )
    certain: Flag = key(
        "tu_sua", "Tự sửa", "true nếu chắc chắn đúng, để lệnh --fix tự sửa.", default=False
    )
    example: RuleExample = key(
        "vi_du", "Ví dụ", "Câu sai và câu đúng; thử bằng vanban rules --test."
    )

    def kinds(self) -> list[str]:
        """Return the attributes that say how the rule looks; a sound row has one."""
        return [name for name in KINDS if getattr(self, name)]

    @model_validator(mode="after")
    def _has_one_kind(self) -> RuleRow:
        held = self.kinds()
        names = ", ".join(type(self).model_fields[name].alias or name for name in KINDS)
        if len(held) != 1:
            what = "chưa có" if not held else "có hơn một"
            raise mistake(f"{what} khóa nêu cách soát — ghi đúng một trong: {names}")
        typed = (pair for pair in getattr(self, "pairs", ()) if ARROW not in pair)
        for wrong in (*(each.wrong for each in self.replaced if each.right is None), *typed):
            raise mistake(f"“{wrong}” chưa có chữ thay vào — viết “sai {ARROW} đúng”")
        return self


def _read_parameter(value: Any) -> Any:
    """Return a text as it is, a word list or other list as a tuple, a group of keys as a dict."""
    if isinstance(value, Mapping):
        return {name: _read_parameter(child) for name, child in value.items()}
    if isinstance(value, Sequence):
        return read_words(value) if _is_plain(value) else tuple(map(_read_parameter, value))
    return _read_lines(value)


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
    right: Annotated[str | None, PlainValidator(_read_lines)] = key(
        "dung", "Đúng", "\\1 là nhóm thứ nhất, \\l1 viết thường, \\c1 viết hoa.", default=None
    )
    message: Text | None = key("thong_bao", "Thông báo", "{1} là nhóm thứ nhất.", default=None)
    advice: Text | None = key("cach_sua", "Cách sửa", "Như trên.", default=None)
    scope: tuple[Scope, ...] = key("pham_vi", "Phạm vi", "Nếu hẹp hơn của quy tắc.", default=())
    words_before: Count = key("lui", "Lùi", "Báo cả chừng ấy chữ đứng trước.", default=0)
    whole_words: Flag = key("ca_tu", "Cả từ", "Báo cả từ hai bên chỗ sai.", default=False)


PatternItem = Annotated[Pattern, BeforeValidator(_ReadPair("tim"))]
"""A :class:`Pattern`, also written "sai → đúng" or as the expression alone."""


class BuiltInRow(RuleRow):
    """A rule of the program: its wrong wordings may be regular expressions, or it is a function."""

    patterns: Flag = key(
        "bieu_thuc",
        "Biểu thức",
        "true nếu chữ sai là biểu thức chính quy trên chữ thường; \\1 là nhóm thứ nhất.",
        default=False,
    )
    pairs: Words = key("cap", "Cặp", "Như thay, mỗi dòng nhiều cặp “sai → đúng”.", default=())
    matched: tuple[PatternItem, ...] = key("mau", "Mẫu", "Các biểu thức.", default=())
    no_addresses: Flag = key(
        "tru_dia_chi", "Trừ địa chỉ", "Không soát trong địa chỉ trang mạng, thư.", default=False
    )
    as_one: Flag = key("gom", "Gom", "Mọi chỗ cùng thông báo là một phát hiện.", default=False)
    algorithm: Text | None = key(
        "thuat_toan",
        "Thuật toán",
        "Tên hàm tìm chỗ sai (xem vanban.checks.rules); một mình, hoặc thêm vào khong_dung, thay.",
        default=None,
    )
    parameters: dict[str, Parameter] = key(
        "tham_so", "Tham số", "Những gì giao cho hàm, theo tên của đối số.", default={}
    )
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


def _read_expressions(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise mistake("phải là các tên, mỗi tên một danh sách biểu thức")
    return {name: "|".join(map(_read_lines, lines)) for name, lines in value.items()}


class Expressions(Entry):
    """Regular expressions of the program by name: each a list of alternatives."""

    patterns: Annotated[dict[str, str], PlainValidator(_read_expressions)] = key(
        "bieu_thuc", "Biểu thức", "Các biểu thức chính quy, theo tên."
    )
