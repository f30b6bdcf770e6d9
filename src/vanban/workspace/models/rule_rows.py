"""A row of ``quy-tac/*.yaml``: a rule of the check as data, of the program or of an office.

A row is one rule: what it rests on, where it looks, one kind of match, and an example that must be
hit at the words it names. The program's own rows have besides ``bieu_thuc`` and ``thuat_toan``; an
office's have not, so that no pattern of a content file can make the check slow.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from vanban.workspace.models.allowed_characters import check_text
from vanban.workspace.models.entry import (
    Count,
    Entry,
    Flag,
    Shorthand,
    Text,
    key,
    matching,
    mistake,
    optional,
    scalar_text,
    several,
)
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


class ReadPair(Shorthand, frozen=True):
    """Reads "wrong → right", or only what is wrong, as a mapping."""

    def __call__(self, value: object) -> object:
        mapping = super().__call__(value)
        if mapping is not value and isinstance(mapping, Mapping) and ARROW in str(value):
            wrong, _, right = (part.strip() for part in str(value).partition(ARROW))
            for name, text in ((self.name, wrong), ("dung", right)):
                mapping[name] = Scalar(text, mapping.place)
                mapping.key_places[name] = mapping.place
        return mapping


def read_words(value: object) -> tuple[str, ...]:
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
    right: Text | None = optional("dung", "Chữ đúng", "Những chữ nên viết thay vào.")
    reason: Text | None = optional("vi", "Vì sao", "Lý do, in trong phát hiện.")
    beside: tuple[Text, ...] = several(
        "tru", "Trừ", "Từ đứng ngay trước hoặc sau thì không phải lỗi."
    )

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not all(WORD.search(form) for form in str(self.wrong).split(" | ")):
            raise mistake(f"“{self.wrong}” không có chữ nào để tìm — ghi chữ bị coi là sai")
        if self.right is not None and self.right == self.wrong:
            raise mistake(f"“{self.wrong}”: chữ đúng trùng với chữ sai — sửa một trong hai")
        return self


WordingItem = Annotated[Wording, BeforeValidator(ReadPair("sai"))]
"""A :class:`Wording`, also written "sai → đúng" or as the wrong words alone."""


def needs_right(wrong: str, is_there: bool) -> None:
    """Refuse a wording that says only what is wrong."""
    if not is_there:
        raise mistake(f"“{wrong}” chưa có chữ thay vào — viết “sai {ARROW} đúng”")


def _check_right(wording: Wording) -> Wording:
    needs_right(wording.wrong, wording.right is not None)
    return wording


_NOTHING_TO_FILL = re.compile(r"\{(?!(?:sai|dung|vi|so|cac_cach)\})[^{}]*\}")


def _check_filled(text: str) -> str:
    """Refuse a place that nothing would fill: {sau} for {sai}."""
    unknown = _NOTHING_TO_FILL.search(text)
    if unknown is not None:
        raise mistake(f"không có gì để điền vào “{unknown[0]}” — dùng {{sai}}, {{dung}}, {{vi}}")
    return text


Said = Annotated[Text, AfterValidator(_check_filled)]
"""A message with places to fill in."""


class First(StrEnum):
    """When the first of several ways to write is the right one."""

    ALWAYS = "luôn luôn"
    WHERE_USED = "khi có dùng"


class Spellings(Entry):
    """Several ways to write one thing, of which a document should keep to one."""

    forms: tuple[Text, ...] = key("cach_viet", "Cách viết", "Từ hai cách viết trở lên.")
    first: First | None = optional(
        "dau_tien_dung",
        "Cách đầu tiên đúng",
        "Cách viết đầu tiên là cách đúng: luôn luôn, hay chỉ khi văn bản có dùng; bỏ trống thì "
        "cách gặp nhiều nhất được coi là đúng.",
    )

    @model_validator(mode="after")
    def _needs_two(self) -> Self:
        if len(self.forms) < 2:
            raise mistake("cần ít nhất hai cách viết để so — thêm một cách viết nữa")
        return self


class Follower(Entry):
    """Words after which one of some others must come."""

    first: Text = key("truoc", "Đứng trước", "Những chữ đứng trước.")
    then: tuple[Text, ...] = key("sau", "Phải đi liền", "Một trong những chữ này phải đi liền sau.")

    @model_validator(mode="after")
    def _needs_followers(self) -> Self:
        if not self.then:
            raise mistake(f"chưa ghi chữ nào phải đi liền sau “{self.first}” — điền vào khóa sau")
        return self


Example = str | dict[str, str]
"""Text, a passage a line; of the program also files of content: name below content/ → keys that
take the place of those of a small sound content."""


def read_lines(value: object) -> str:
    """Return the text of one or several lines."""
    return scalar_text(value, "một hay nhiều dòng chữ")


LINES = {"type": ["string", "number", "boolean"]}


class RuleExample(Entry):
    """A text that the rule must tell, the words that it must hit, and a text that is right."""

    bad: Annotated[Example, PlainValidator(read_lines), WithJsonSchema(LINES)] = key(
        "sai", "Câu sai", "Một câu mà quy tắc phải báo."
    )
    hit: tuple[Annotated[str, PlainValidator(read_lines), WithJsonSchema(LINES)], ...] = key(
        "bao_tai", "Báo tại", "Đúng những chữ bị báo trong câu sai."
    )
    good: Annotated[Example, PlainValidator(read_lines), WithJsonSchema(LINES)] = key(
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
    absent: tuple[WordingItem, ...] = several(
        "khong_dung", "Không dùng", "Những chữ không được có trong văn bản."
    )
    replaced: tuple[Annotated[WordingItem, AfterValidator(_check_right)], ...] = several(
        "thay", "Thay thế", "Các dòng “sai → đúng”: chữ sai và chữ đúng thay vào."
    )
    punctuated: Words = several(
        "thieu_dau",
        "Thiếu dấu",
        "Những chữ phải có dấu phẩy hoặc gạch nối như ở đây; viết thiếu dấu thì bị báo.",
    )
    spelled: Words = several("viet_dung", "Viết đúng", "Tên phải viết hoa đúng như ở đây.")
    same: tuple[Spellings, ...] = several(
        "thong_nhat", "Thống nhất", "Các cách viết mà một văn bản chỉ dùng một."
    )
    present: tuple[Text, ...] = several(
        "phai_co", "Phải có", "Những chữ mà văn bản phải có ít nhất một lần."
    )
    followed: tuple[Follower, ...] = several(
        "di_lien", "Phải đi liền", "Chữ đứng trước và những chữ phải đi liền sau."
    )
    longest: Count | None = optional(
        "cau_toi_da",
        "Câu tối đa",
        "Số chữ nhiều nhất của một câu, không kể trong ngoặc và trích dẫn.",
    )
    no_names: Flag = key(
        "tru_ten_rieng",
        "Trừ tên riêng",
        "true nếu chữ viết hoa giữa đoạn là tên riêng, không soát.",
        default=False,
    )
    message: Said | None = optional(
        "thong_bao",
        "Thông báo",
        "Câu báo lỗi; {sai}, {dung}, {vi} là chỗ điền chữ sai, chữ đúng, lý do. Bỏ trống thì "
        "chương trình tự đặt.",
    )
    advice: Said | None = optional(
        "cach_sua", "Cách sửa", "Cần làm gì, nếu khác với chữ đúng ở trên."
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
    def _has_one_kind(self) -> Self:
        held = self.kinds()
        if len(held) != 1:
            what = f"có hơn một khóa nêu cách soát ({self._keys(held)})" if held else ""
            what = what or "chưa có khóa nêu cách soát"
            raise mistake(f"{what} — ghi đúng một trong: {self._keys(KINDS)}")
        return self

    def _keys(self, kinds: Iterable[str]) -> str:
        return ", ".join(type(self).model_fields[name].alias or name for name in kinds)
