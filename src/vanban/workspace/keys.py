"""The dictionary of YAML keys, read back from the models.

In: a model class. Out: its keys with label, description and the shape of their values. Validation
messages, references and the glossary all walk the content by these shapes.
"""

from __future__ import annotations

import re
import types
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from pydantic import BeforeValidator

from vanban.errors import Place
from vanban.workspace.models.agency import ContentVersion, DayMonth
from vanban.workspace.models.criteria import CriterionCode, Due, Percent, Points, RowCode, Share
from vanban.workspace.models.entry import (
    Count,
    Day,
    Entry,
    Flag,
    Identifier,
    IssueNumber,
    Shorthand,
    Text,
)
from vanban.workspace.models.evidence import EvidenceCode, Sha256
from vanban.workspace.models.monitoring import ScoredPeriod
from vanban.workspace.models.paper import PictureWidth, Urgency
from vanban.workspace.models.rule_rows import RuleId
from vanban.workspace.source import Mapping, Sequence

VALUE_NAMES: tuple[tuple[Any, str], ...] = (
    (Text, "đoạn chữ"),
    (str, "đoạn chữ"),
    (Any, "giá trị"),
    (Identifier, "mã"),
    (IssueNumber, "số văn bản, ví dụ 15"),
    (Flag, "true hoặc false"),
    (Day, "ngày, ví dụ 01/8/2025"),
    (DayMonth, "ngày/tháng, ví dụ 14/9"),
    (Points, "số điểm, ví dụ 1,5"),
    (Percent, "tỷ lệ, ví dụ 80%"),
    (Share, "tỷ lệ không quá 100%, ví dụ 92,5%"),
    (Due, "hạn, ví dụ 15/12 hoặc 22"),
    (RowCode, "mã chỉ tiêu, ví dụ 3.5b"),
    (CriterionCode, "mã tiêu chí, ví dụ 1.1.1"),
    (EvidenceCode, "mã tài liệu, ví dụ 1.1.1-01"),
    (ScoredPeriod, "kỳ chấm điểm, ví dụ thang-9"),
    (Count, "số đếm"),
    (float, "số, ví dụ 12,7"),
    (re.Pattern[str], "biểu thức chính quy"),
    (ContentVersion, "số phiên bản"),
    (PictureWidth, "số mm, ví dụ 120"),
    (Urgency, "khẩn, thượng khẩn hoặc hỏa tốc"),
    (RuleId, "mã quy tắc, ví dụ van-phong/ten-he-thong"),
    (Sha256, "mã SHA-256"),
)
"""Types of single values and what officials call them."""

CHOICES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Flag, ("true", "false")),
    (Urgency, ("khẩn", "thượng khẩn", "hỏa tốc")),
)
"""Types that have few values, besides the enumerations: what is written for each."""


class Shape(Struct, frozen=True):
    """What a value looks like in YAML.

    Exactly one of these holds: ``entry`` (a mapping with known keys; with ``shorthand`` also plain
    text), ``item`` (a list; a mapping from ids when ``by_id``), or neither (a single value, one of
    ``choices`` where it has any).
    """

    name: str
    entry: type[Entry] | None = None
    shorthand: str | None = None
    item: Shape | None = None
    by_id: bool = False
    choices: tuple[str, ...] = ()

    def step(self, step: str | int) -> Shape | None:
        """Return the shape one step down: a key, or a position in a list."""
        if self.item is not None:
            return self.item
        if self.entry is not None and isinstance(step, str):
            found = keys_of(self.entry).get(step)
            return found.shape if found is not None else None
        return None

    def empty(self, place: Place) -> Mapping | Sequence | None:
        """Return a value of this shape without content; None for a single value."""
        if self.entry is not None or self.by_id:
            return Mapping(place)
        return Sequence(place) if self.item is not None else None


class Key(Struct, frozen=True):
    """One line of the dictionary: YAML key ``name`` of the attribute ``attribute``."""

    name: str
    attribute: str
    label: str
    description: str
    required: bool
    shape: Shape


@cache
def keys_of(model: type[Entry]) -> dict[str, Key]:
    """Return the keys of ``model`` by YAML name, in the order of the dictionary."""
    hints = get_type_hints(model, include_extras=True)
    keys = {}
    for attribute, info in model.model_fields.items():
        name = info.alias or attribute
        keys[name] = Key(
            name,
            attribute,
            info.title or name,
            info.description or "",
            info.is_required(),
            _shape(hints[attribute]),
        )
    return keys


def shape_at(model: type[Entry], path: tuple[str | int, ...]) -> Shape | None:
    """Return the shape of the value at ``path`` below ``model``; None where no key leads there."""
    shape: Shape | None = Shape("nhóm khóa", entry=model)
    for step in path:
        shape = shape.step(step) if shape is not None else None
    return shape


def _shape(hint: Any) -> Shape:
    for kind, name in VALUE_NAMES:
        if hint == kind:
            return Shape(name, choices=next((own for of, own in CHOICES if hint == of), ()))
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        inner = _shape(arguments[0])
        for extra in arguments[1:]:
            if isinstance(extra, BeforeValidator) and isinstance(extra.func, Shorthand):
                return Shape("đoạn chữ hoặc nhóm khóa", inner.entry, extra.func.name)
        return inner
    if origin in (Union, types.UnionType):
        return _shape(next(part for part in arguments if part is not type(None)))
    if origin is tuple:
        item = _shape(arguments[0])
        return Shape(f"danh sách {item.name}", item=item)
    if origin is dict:
        item = _shape(arguments[1])
        return Shape(f"các dòng “mã: {item.name}”", item=item, by_id=True)
    if isinstance(hint, type) and issubclass(hint, Entry):
        return Shape("nhóm khóa", entry=hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        values = tuple(member.value for member in hint)
        return Shape("một trong: " + ", ".join(values), choices=values)
    raise TypeError(f"the dictionary has no words for {hint!r}")
