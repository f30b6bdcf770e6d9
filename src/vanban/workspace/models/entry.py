"""Common ground of all models: entries that know their place, and the types of single values.

Every scalar arrives as literal text (see :mod:`vanban.workspace.source`) and is read by the type
of its field, so that YAML's own guesses never touch official text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from msgspec import Struct
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from vanban.errors import Place, Problem
from vanban.provenance import Origin, TracedText
from vanban.workspace.models.allowed_characters import check_text
from vanban.workspace.source import Instruction, Mapping, Scalar, origin_in


def key(name: str, label: str, description: str, **options: Any) -> Any:
    """Declare one field of the dictionary: its YAML key, Vietnamese label and description."""
    return Field(alias=name, title=label, description=description, **options)


def optional(name: str, label: str, description: str) -> Any:
    """Declare a field that may be left out: it is None then."""
    return key(name, label, description, default=None)


def several(name: str, label: str, description: str) -> Any:
    """Declare a list that may be left out: it is empty then."""
    return key(name, label, description, default=())


def mistake(message: str) -> PydanticCustomError:
    """Build a validation error whose Vietnamese ``message`` is shown to the user as it is."""
    return PydanticCustomError("vanban", "{message}", {"message": message})


class Entry(BaseModel):
    """A YAML mapping. Unknown keys are errors; the entry is frozen and knows where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False, defer_build=True)

    refused: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Unknown keys that are told why: what they look like without marks and blanks, the reason."""

    _source: Mapping | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_source(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        entry = handler(data)
        if isinstance(data, Mapping):
            entry._source = data
        return entry

    def at(self, *path: str | int) -> Place:
        """Return the place of a value below this entry; ``path`` starts with an attribute name."""
        return self.origin(*path).place

    def origin(self, *path: str | int) -> Origin:
        """Return a value below this entry as what a text is made from; see :meth:`at`."""
        steps = list(path)
        if steps and isinstance(steps[0], str):
            steps[0] = type(self).model_fields[steps[0]].alias or steps[0]
        return origin_in(self.tree, tuple(steps), Place(Path()))

    def problem(self, message: str, *path: str | int) -> Problem:
        """Return a problem at a value below this entry, under the YAML key of that value."""
        names = [step for step in path if isinstance(step, str)]
        key_name = type(self).model_fields[names[0]].alias if names else ""
        return Problem(self.at(*path), key_name or "", message)

    @property
    def tree(self) -> Mapping | None:
        """What was read of the file for this entry."""
        held = self.__pydantic_private__  # asked for each text; through pydantic it takes long
        return held["_source"] if held else None

    @property
    def instructions(self) -> tuple[Instruction, ...]:
        """The instructions to the writer that the file of this entry still holds."""
        return () if self._source is None else self._source.instructions

    def children(self) -> Iterator[Entry]:
        """Yield the entries right below this one."""
        for name in type(self).model_fields:
            yield from entries_in(getattr(self, name))

    def entries(self) -> Iterator[Entry]:
        """Yield this entry and every entry below it."""
        yield self
        for child in self.children():
            yield from child.entries()


def entries_in(value: object) -> Iterator[Entry]:
    """Yield the entries that the value of a field is or holds."""
    if isinstance(value, Entry):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from entries_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from entries_in(item)


def typed_texts(entry: Entry) -> Iterator[tuple[Scalar, str]]:
    """Yield every text below an entry, with the key that it stands under."""
    for each in entry.entries():
        for name in type(each).model_fields:
            value = getattr(each, name)
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, Scalar):
                    yield text, text.key


# --- types of single values -------------------------------------------------------------------

DASHES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
"""Signs that look like the hyphen of an id; Word puts them in by itself."""


def scalar_text(value: object, expected: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise mistake(
            f"phải là {expected}, không phải danh sách hay nhóm khóa — viết giá trị ngay sau "
            "dấu hai chấm của khóa"
        )
    return str(value)


def read_text(value: object) -> str:
    """Return a paragraph of official text; raises an error of validation."""
    text = scalar_text(value, "một đoạn chữ")
    wrong = check_text(text)
    if wrong is not None:
        raise mistake(wrong)
    text = " ".join(text.split())
    if not text:
        raise mistake("đang để trống — điền nội dung hoặc xóa cả dòng khóa này")
    if isinstance(value, Scalar):
        return value if text == value else value.respaced(text)
    return value if isinstance(value, TracedText) and value == text else text


IDENTIFIER = r"[a-z0-9]+(-[a-z0-9]+)*"
"""The form of a stable id."""


def _read_identifier(value: object) -> str:
    text = scalar_text(value, "một mã")
    hidden = check_text(text)
    if hidden is not None:
        raise mistake(hidden)
    dash = DASHES.search(text)
    if dash is not None:
        raise mistake(
            f"dấu “{dash[0]}” (U+{ord(dash[0]):04X}) không phải dấu gạch nối — gõ lại dấu “-”"
        )
    if not re.fullmatch(IDENTIFIER, text):
        raise mistake(
            f"mã “{text}” không hợp lệ — chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, "
            "ví dụ trung-tam-hcc"
        )
    return text


def matching(expected: str, pattern: str, message: str) -> BeforeValidator:
    """Read one text, ``expected`` by name, that is as ``pattern``; ``message`` has {} for it."""

    def read(value: object) -> str:
        text = scalar_text(value, expected)
        if not re.fullmatch(pattern, text):
            raise mistake(message.format(text))
        return text

    return BeforeValidator(read)


def _read_count(value: object) -> int:
    text = scalar_text(value, "một số")
    if not (text.isascii() and text.isdigit()):
        raise mistake(f"“{text}” không phải là số đếm — chỉ viết chữ số, ví dụ 2")
    return int(text)


def _read_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = scalar_text(value, "true hoặc false")
    if text not in ("true", "false"):
        raise mistake(f"không có giá trị “{text}” — viết true hoặc false")
    return text == "true"


def _read_date(value: object) -> date:
    if isinstance(value, date):
        return value
    text = scalar_text(value, "một ngày")
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if match:
        day, month, year = (int(part) for part in match.groups())
    else:
        match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
        if not match:
            raise mistake(f"“{text}” không phải là ngày — viết ngày/tháng/năm, ví dụ 01/8/2025")
        year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise mistake(f"không có ngày {text} — xem lại ngày và tháng") from None


Text = Annotated[
    str, PlainValidator(read_text), WithJsonSchema({"type": ["string", "number", "boolean"]})
]
"""A paragraph of official text: NFC, one line, never empty; a Scalar, so that it knows its place.

(A plain validator: any other would let pydantic turn the Scalar into a bare str.)
"""

Identifier = Annotated[
    str,
    BeforeValidator(_read_identifier),
    WithJsonSchema({"type": "string", "pattern": f"^{IDENTIFIER}$"}),
]
"""A stable id or a reference to one: lower-case ASCII, digits and hyphens."""

IssueNumber = Annotated[
    str,
    matching(
        "số văn bản",
        r"0*[1-9][0-9]{0,5}[a-zđ]?",
        "“{}” không phải là số văn bản — chỉ ghi số, ví dụ 15; ký hiệu tự thêm",
    ),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{1,6}[a-zđ]?$"}),
]
"""The number that the registry gives a document; its symbol follows from type and agency."""

Count = Annotated[int, BeforeValidator(_read_count), WithJsonSchema({"type": "integer"})]
"""A count such as a number of pages."""

Flag = Annotated[bool, BeforeValidator(_read_flag), WithJsonSchema({"type": "boolean"})]

Day = Annotated[
    date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "examples": ["01/8/2025"]}),
]
"""A date, written 01/8/2025 or 2025-08-01."""


# --- entries of common shape ------------------------------------------------------------------


class SampleEntry(Entry):
    """An entry that may be flagged as sample data; the flag covers everything below it.

    :meth:`vanban.workspace.workspace.Workspace.uses_sample` answers with the flags from above.
    """

    sample: Flag = key(
        "so_lieu_mau",
        "Số liệu mẫu",
        "true nếu nội dung này là mẫu, do người soạn đặt ra để minh họa; mọi văn bản dùng đến nó "
        "sẽ mang dòng “SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH”.",
        default=False,
    )


def flagged_entries(entry: Entry, inherited: bool = False) -> Iterator[Entry]:
    """Yield every entry at or below ``entry`` that is flagged as sample, itself or from above."""
    sample = inherited or (isinstance(entry, SampleEntry) and entry.sample)
    if sample:
        yield entry
    for below in entry.children():
        yield from flagged_entries(below, sample)


class Item(SampleEntry):
    """A paragraph of text in a list; in YAML a plain string or a mapping with ``noi_dung``."""

    text: Text = key("noi_dung", "Nội dung", "Nội dung của đoạn, viết thành câu trọn vẹn.")


class Shorthand(Struct, frozen=True):
    """Reads a plain string as a mapping that has only the key ``name``."""

    name: str

    def __call__(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value.startswith(f"{self.name}:"):  # a text that would be printed with its key
            raise mistake(f"thiếu dấu cách sau dấu hai chấm — viết “{self.name}: …”")
        place = value.place if isinstance(value, Scalar) else Place(Path())
        mapping = Mapping(place, value.path if isinstance(value, Scalar) else ())
        mapping[self.name] = value
        mapping.key_places[self.name] = place
        return mapping


def shorthand(name: str) -> BeforeValidator:
    """Let a plain string stand for a mapping that has only the key ``name``."""
    return BeforeValidator(Shorthand(name))


TextItem = Annotated[Item, shorthand("noi_dung")]
"""An :class:`Item` that may also be written as a plain string."""
