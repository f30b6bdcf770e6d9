"""``<năm>/soan-thao/<mã>.yaml``: a paper of any kind that is written, not computed."""

import re
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema, model_validator

from vanban.nd30.letters import fold
from vanban.nd30.paper_forms import URGENCIES
from vanban.workspace.models.entry import (
    Flag,
    Identifier,
    SampleEntry,
    Text,
    key,
    mistake,
    optional,
    read_text,
    scalar_text,
    several,
    shorthand,
)
from vanban.workspace.models.plan import CitableIssue
from vanban.workspace.yaml_tree import EMPTY_CELL

MAX_WIDTH = 165
"""mm between the narrowest margins of a page (Annex I, I.4)."""


def _read_width(value: object) -> int:
    text = scalar_text(value, "chiều rộng")
    if not text.isascii() or not text.isdigit() or not 10 <= int(text) <= MAX_WIDTH:
        raise mistake(f"“{text}” không phải chiều rộng — ghi số mm từ 10 đến {MAX_WIDTH}")
    return int(text)


PictureWidth = Annotated[
    int,
    BeforeValidator(_read_width),
    WithJsonSchema({"type": "integer", "minimum": 10, "maximum": MAX_WIDTH}),
]
"""mm that a picture is wide in print."""


def _read_cell(value: object) -> str:
    if isinstance(value, str) and not value.strip():
        raise mistake(EMPTY_CELL)
    return read_text(value)


CellText = Annotated[
    str, PlainValidator(_read_cell), WithJsonSchema({"type": ["string", "number", "boolean"]})
]
"""The text of a cell, never empty."""


class PaperTable(SampleEntry):
    """A table: its head, and rows of as many cells."""

    title: Text | None = optional("ten", "Tên bảng", "Tên in trên bảng.")
    head: tuple[Text, ...] = key("cot", "Cột", "Tên các cột, từ trái sang phải.", min_length=1)
    rows: tuple[tuple[CellText, ...], ...] = key(
        "dong", "Dòng", "Các dòng, mỗi dòng là danh sách các ô theo thứ tự của cột.", min_length=1
    )

    @model_validator(mode="after")
    def _as_many_cells(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.head):
                raise mistake(
                    f"dòng {number} của bảng có {len(row)} ô, đầu bảng có {len(self.head)} cột — "
                    "ghi đủ ô, ô trống ghi dấu “-”"
                )
        return self


class PaperPicture(SampleEntry):
    """A picture, and the words below it."""

    file: Text = key("tep", "Tệp hình", "Tên tệp .png hoặc .jpg trong thư mục soan-thao/hinh.")
    title: Text = key("ten", "Tên hình", "Lời in dưới hình, ví dụ Hình 1. Sơ đồ quy trình.")
    description: Text = key(
        "mo_ta", "Mô tả", "Hình cho thấy gì, để máy đọc thay hình cho người không nhìn được."
    )
    width: PictureWidth = key("rong", "Chiều rộng", "Chiều rộng khi in, mm, từ 10 đến 165.")


class Part(SampleEntry):
    """A piece of the body: a paragraph, a numbered text of one level, a bullet or a table."""

    paragraph: Text | None = optional("doan", "Đoạn", "Một đoạn văn.")
    part: Text | None = optional("phan", "Phần", "Tiêu đề của phần; số La Mã tự thêm.")
    chapter: Text | None = optional("chuong", "Chương", "Tiêu đề của chương.")
    section: Text | None = optional(
        "muc", "Mục", "Tiêu đề của mục: “I.”; trong quyết định, quy chế là “Mục 1” của chương."
    )
    subsection: Text | None = optional("tieu_muc", "Tiểu mục", "Tiêu đề của tiểu mục.")
    article: Text | None = optional(
        "dieu", "Điều", "Lời văn của điều; không có dấu câu ở cuối là tiêu đề, in đậm."
    )
    clause: Text | None = optional(
        "khoan", "Khoản", "Lời văn của khoản (1., 2.); không có dấu câu ở cuối là tiêu đề, in đậm."
    )
    point: Text | None = optional("diem", "Điểm", "Lời văn của điểm: a), b), c), d), đ).")
    bullet: Text | None = optional("gach", "Gạch đầu dòng", "Lời văn sau dấu “-”.")
    table: PaperTable | None = optional("bang", "Bảng", "Một bảng.")
    picture: PaperPicture | None = optional("hinh", "Hình", "Một hình.")
    id: Identifier | None = optional(
        "ma", "Mã", "Mã để chỗ khác của văn bản dẫn đến: {muc.mã} in thành “khoản 2 Điều 3”."
    )
    parts: tuple["PartItem", ...] = several(
        "noi_dung", "Nội dung", "Những đoạn, khoản, điểm nằm trong phần này."
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            names = ", ".join(str(Part.model_fields[name].alias) for name in given or KINDS)
            raise mistake(
                f"có cùng lúc {names} — mỗi mục chỉ ghi một khóa"
                if given
                else f"chưa có nội dung — ghi một trong các khóa {names}"
            )
        return self

    @property
    def kind(self) -> str:
        """The attribute that it has."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def words(self) -> str:
        """Its own text, "" of a table or picture."""
        words = getattr(self, self.kind)
        return words if isinstance(words, str) else ""

    @property
    def yaml_key(self) -> str:
        return str(Part.model_fields[self.kind].alias)


PartItem = Annotated[Part, shorthand("doan")]
KINDS = tuple(name for name in Part.model_fields if name not in ("sample", "id", "parts"))
"""Attributes of which a piece has one."""


def pieces_of(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Yield each piece and all below it, in their order."""
    for part in parts:
        yield part
        yield from pieces_of(part.parts)


Part.model_rebuild()


SECRET = (
    "không soạn văn bản có bí mật nhà nước trên máy này — bỏ khóa này, soạn trên máy được phép "
    "theo quy định về bảo vệ bí mật nhà nước"
)
NORMATIVE = (
    "văn bản quy phạm pháp luật theo thể thức khác (Nghị định 78/2025/NĐ-CP), không soạn được ở "
    "đây — bỏ khóa này"
)
REFUSED = (
    (r"(?:cap|muc|dau|chi)*(?:do)?(?:bi|toi|tuyet)?mat(?:nhanuoc)?", SECRET),
    (r"(?:la)?(?:vanban|vb)?(?:quypham|qppl)(?:phapluat)?", NORMATIVE),
)
"""Keys that no paper may have, without marks and blanks, and why."""


def _read_urgency(value: object) -> str:
    text = scalar_text(value, "mức độ khẩn")
    degrees = {fold(each): each for each in URGENCIES}
    if fold(text) in degrees:
        return degrees[fold(text)]
    if re.fullmatch(REFUSED[0][0], fold(text).lower().replace(" ", "")):
        raise mistake(SECRET)
    known = ", ".join(each.lower() for each in URGENCIES)
    raise mistake(f"không có mức độ khẩn “{text}” — chọn một trong: {known}")


Urgency = Annotated[
    str,
    BeforeValidator(_read_urgency),
    WithJsonSchema({"type": "string", "enum": [each.lower() for each in URGENCIES]}),
]
"""How urgent a document is, in capitals as it is printed."""


class PaperAnnex(SampleEntry):
    """Phụ lục: a title and its content, on pages of its own."""

    title: Text = key("ten", "Tên phụ lục", "Tên của phụ lục; số La Mã tự thêm.")
    id: Identifier | None = optional(
        "ma", "Mã", "Mã để nội dung dẫn đến: {muc.mã} in thành “Phụ lục II”."
    )
    landscape: Flag = key("kho_ngang", "Khổ ngang", "true nếu in trang ngang.", default=False)
    parts: tuple[PartItem, ...] = key("noi_dung", "Nội dung", "Nội dung của phụ lục.")


class Attached(SampleEntry):
    """The text that a decision issues: a statute, a programme … (Annex III, Mẫu 1.3)."""

    refused = REFUSED

    type: Text = key("loai", "Tên loại", "Tên loại của văn bản kèm theo: Quy chế, Quy định, …")
    abstract: Text = key("trich_yeu", "Trích yếu", "Trích yếu của văn bản kèm theo.")
    parts: tuple[PartItem, ...] = key(
        "noi_dung", "Nội dung", "Nội dung của văn bản kèm theo.", min_length=1
    )


class Paper(CitableIssue):
    """A paper (văn bản soạn thảo): what Decree 30 asks of its type, and its text."""

    refused = REFUSED

    type: Text = key("loai", "Tên loại", "Tên loại văn bản: Công văn, Quyết định, Thông báo, …")
    abstract: Text | None = optional(
        "trich_yeu",
        "Trích yếu",
        "Trích yếu; công văn in thành “V/v …” nên không ghi “về việc” ở đầu.",
    )
    secretary: Text | None = optional(
        "thu_ky", "Thư ký", "Họ tên người ghi biên bản, ký ở bên trái; chỉ biên bản."
    )
    urgency: Urgency | None = optional(
        "do_khan", "Độ khẩn", "khẩn, thượng khẩn hoặc hỏa tốc; in trong khung đỏ dưới số, ký hiệu."
    )
    parts: tuple[PartItem, ...] = key("noi_dung", "Nội dung", "Nội dung của văn bản.", min_length=1)
    attached: Attached | None = optional(
        "kem_theo",
        "Văn bản kèm theo",
        "Quy chế, quy định … ban hành kèm theo quyết định, in sau quyết định; số và ngày tự ghi.",
    )
    annexes: tuple[PaperAnnex, ...] = several("phu_luc", "Phụ lục", "Các phụ lục.")
