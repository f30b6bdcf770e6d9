"""From a tree of literal text to a model, with every mistake told in Vietnamese at its place.

In: a model class and the tree of a file. Out: the entry, or the problems. No wording of the
validation library reaches the user: each of its error types has a Vietnamese message here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from vanban.errors import Place, Problem, printable
from vanban.workspace.dictionary import Shape, keys_of, shape_at
from vanban.workspace.models.base import Entry
from vanban.workspace.source import Mapping, Node, Scalar, Sequence, place_in
from vanban.workspace.wording import closest, one_line
from vanban.workspace.yaml_syntax import BLOCK_HINT, lacking_sign

EntryType = TypeVar("EntryType", bound=Entry)
_KEY_STEP = "[key]"
"""What the validation library adds to the path of a mistake in a key itself."""


def validate(
    model: type[EntryType], node: Node, place: Place
) -> tuple[EntryType | None, list[Problem]]:
    """Return the entry made from ``node``, and all its problems, sorted.

    Where there are problems the entry is made from what is sound, to look for more of them; None
    where the rest makes no entry. ``place`` is told for mistakes of a tree without a place.
    """
    try:
        return model.model_validate(node), []
    except ValidationError as error:
        mistakes = [
            _Mistake.of(model, node, place, details)
            for details in error.errors(include_url=False, include_input=False)
        ]
    unknown = [mistake for mistake in mistakes if mistake.kind == "extra_forbidden"]
    covered = {(mistake.path[:-1], mistake.meant) for mistake in unknown}
    problems = {
        mistake.problem()
        for mistake in mistakes
        if mistake.kind != "missing" or (mistake.path[:-1], mistake.name) not in covered
    }
    return _salvage(model, node, place, mistakes), sorted(problems)


def as_meant(model: type[Entry], node: Node) -> Node:
    """Return the tree with keys that are nearly right renamed, so that one slip is told once."""
    try:
        model.model_validate(node)
    except ValidationError as error:
        mistakes = [
            _Mistake.of(model, node, Place(Path()), details)
            for details in error.errors(include_url=False, include_input=False)
        ]
        meant = {mistake.path: mistake.meant for mistake in mistakes if mistake.meant is not None}
        return _without(node, set(), meant)
    return node


SALVAGE_ROUNDS = 4
"""Each round may bring up what a missing mapping lacks in turn."""


def _salvage(
    model: type[EntryType], node: Node, place: Place, mistakes: list[_Mistake]
) -> EntryType | None:
    """Make an entry from what is sound: wrong values left out, missing ones filled with blanks.

    A key that is nearly right counts as the one it is meant to be.
    """
    for _ in range(SALVAGE_ROUNDS):
        missing = {mistake.path for mistake in mistakes if mistake.kind == "missing"}
        renamed = {mistake.typed_path: mistake.meant for mistake in mistakes if mistake.meant}
        wrong = {mistake.typed_path for mistake in mistakes if mistake.kind != "missing"}
        node = _without(node, wrong - set(renamed), {**renamed})
        for path in missing:
            _fill(model, node, path)
        try:
            return model.model_validate(node)
        except ValidationError as error:
            mistakes = [
                _Mistake.of(model, node, place, details)
                for details in error.errors(include_url=False, include_input=False)
            ]
    return None


def _without(
    node: Node, wrong: set[tuple[str | int, ...]], renamed: dict[tuple[str | int, ...], str]
) -> Node:
    """Return a copy of the tree without the values at ``wrong``, with the keys at ``renamed``."""
    if () in wrong:
        return None
    if isinstance(node, Mapping):
        mapping = Mapping(node.place, node.path)
        for name, child in node.items():
            if (name,) not in wrong:
                meant = renamed.get((name,), name)
                mapping[meant] = _without(child, _below(wrong, name), _renamed_below(renamed, name))
                mapping.key_places[meant] = node.key_places[name]
        return mapping
    if isinstance(node, Sequence):
        sequence = Sequence(node.place, node.path)
        sequence.extend(
            _without(child, _below(wrong, position), _renamed_below(renamed, position))
            for position, child in enumerate(node)
            if (position,) not in wrong
        )
        return sequence
    return node


def _fill(model: type[Entry], node: Node, path: tuple[str | int, ...]) -> None:
    """Put a blank of the right shape where the value at ``path`` is missing."""
    parent: Any = node
    for step in path[:-1]:
        if not _has(parent, step):
            return
        parent = parent[step]
    shape = shape_at(model, path)
    if not isinstance(parent, Mapping) or shape is None:
        return
    blank: Node = Scalar("x", parent.place)
    if shape.entry is not None or shape.by_id:
        blank = Mapping(parent.place)
    elif shape.item is not None:
        blank = Sequence(parent.place)
    name = str(path[-1])
    parent[name] = blank
    parent.key_places[name] = parent.place


def _renamed_below(
    renamed: dict[tuple[str | int, ...], str], step: str | int
) -> dict[tuple[str | int, ...], str]:
    return {path[1:]: name for path, name in renamed.items() if path[:1] == (step,)}


def _below(wrong: set[tuple[str | int, ...]], step: str | int) -> set[tuple[str | int, ...]]:
    return {path[1:] for path in wrong if path[:1] == (step,)}


@dataclass(frozen=True)
class _Mistake:
    """One error of the validation library, with what is needed to word it.

    ``kind`` is the library's name of it; ``path`` leads from the root by YAML keys and list
    positions; ``node`` is what stands there.
    """

    kind: str
    path: tuple[str | int, ...]
    in_key: bool
    context: AnyMapping[str, Any]
    model: type[Entry]
    tree: Node
    place: Place

    @classmethod
    def of(
        cls, model: type[Entry], tree: Node, place: Place, details: AnyMapping[str, Any]
    ) -> _Mistake:
        path: tuple[str | int, ...] = details["loc"]
        in_key = bool(path) and path[-1] == _KEY_STEP
        return cls(
            details["type"],
            path[:-1] if in_key else path,
            in_key,
            details.get("ctx", {}),
            model,
            tree,
            place,
        )

    @property
    def name(self) -> str:
        """The YAML key the mistake stands under."""
        typed = self.path if self.kind == "missing" else self.typed_path
        names = [step for step in typed if isinstance(step, str)]
        return names[-1] if names else ""

    @property
    def typed_path(self) -> tuple[str | int, ...]:
        """The part of the path that was typed; a shorthand text hides the last key."""
        node: Any = self.tree
        for index, step in enumerate(self.path):
            if not _has(node, step):
                return self.path[:index]
            node = node[step]
        return self.path

    @property
    def node(self) -> Node:
        node: Any = self.tree
        for step in self.typed_path:
            node = node[step]
        return node  # type: ignore[no-any-return]

    @property
    def near(self) -> str | None:
        """For an unknown key: the known key, not yet used here, that it looks like."""
        parent = self._parent()
        shape = shape_at(self.model, self.path[:-1])
        if parent is None or shape is None or shape.entry is None:
            return None
        return closest(self.name, [name for name in keys_of(shape.entry) if name not in parent])

    @property
    def meant(self) -> str | None:
        """For an unknown key: the key it stands for; that of the shorthand for a piece of text."""
        shape = shape_at(self.model, self.path[:-1])
        hidden = shape.shorthand if shape is not None and _looks_like_text(self.name) else None
        return self.near or hidden

    def problem(self) -> Problem:
        place = place_in(self.tree, self.typed_path, self.place)
        if self.in_key or self.kind == "extra_forbidden":
            parent = self._parent()
            if parent is not None and self.path[-1] in parent.key_places:
                place = parent.key_places[str(self.path[-1])]
        return Problem(place, one_line(self.name), self._message())

    def _parent(self) -> Mapping | None:
        node: Any = self.tree
        for step in self.path[:-1]:
            if not _has(node, step):
                return None
            node = node[step]
        return node if isinstance(node, Mapping) else None

    def _message(self) -> str:
        if self.kind == "missing":
            return self._missing()
        if self.kind == "extra_forbidden":
            return self._unknown_key()
        if self.kind == "vanban":
            return self._own_message()
        return self._wrong_shape()

    def _missing(self) -> str:
        shape = shape_at(self.model, self.path[:-1])
        key = keys_of(shape.entry).get(self.name) if shape is not None and shape.entry else None
        label = f" ({key.label})" if key is not None else ""
        return f"thiếu khóa này{label} — thêm dòng “{self.name}: …”"

    def _unknown_key(self) -> str:
        name, near = one_line(self.name), self.near
        if lacking_sign(self.name) is not None:
            return f"{lacking_sign(self.name)}"
        if near is not None:
            return f"không có khóa “{name}” — có phải “{near}”?"
        if _looks_like_text(self.name):
            return f"không có khóa này — nếu đây là lời văn có dấu “: ” thì {BLOCK_HINT}"
        shape = shape_at(self.model, self.path[:-1])
        known = ", ".join(keys_of(shape.entry)) if shape is not None and shape.entry else ""
        if self._fits_outside():
            return (
                f"không có khóa “{name}” ở đây, có lẽ dòng này thụt vào quá sâu — đặt thẳng hàng "
                f"với “{self.path[-2]}”; các khóa dùng được ở đây: {known}"
            )
        return f"không có khóa “{name}” ở đây — các khóa dùng được: {known}"

    def _fits_outside(self) -> bool:
        """Say whether the key would be right one level further out."""
        outside = shape_at(self.model, self.path[:-2]) if len(self.path) > 1 else None
        if outside is None or not isinstance(self.path[-2], str):
            return False
        if outside.entry is not None:
            return self.name in keys_of(outside.entry)
        return outside.by_id and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", self.name) is not None

    def _own_message(self) -> str:
        node = self.node
        if node is None:
            return _EMPTY
        message = printable(str(self.context["message"]))
        if isinstance(node, Mapping) and any(_looks_like_text(name) for name in node):
            message += f"; nếu là lời văn có dấu “: ” thì {BLOCK_HINT}"
        return message

    def _wrong_shape(self) -> str:
        node, shape = self.node, shape_at(self.model, self.path)
        if self.kind == "enum" and isinstance(node, Scalar) and shape is not None:
            return f"không có giá trị “{one_line(node)}” — chọn {shape.name}"
        if self.kind in _LENGTHS:
            text, limit = _LENGTHS[self.kind]
            return text.format(self.context[limit])
        if node is None:
            return _EMPTY
        if shape is None:
            return "giá trị không hợp lệ — xem lại giá trị này"
        lacking = lacking_sign(node) if isinstance(node, Scalar) else None
        if lacking is not None and (shape.by_id or shape.entry is not None):
            return lacking
        how = _how(shape, node, self.name)
        return f"phải là {_expected(shape)}, không phải {_found(node)}{how}"


_EMPTY = "đang để trống — điền giá trị, hoặc xóa cả dòng khóa này nếu không cần"
_LENGTHS = {
    # error type: (message, limit in the error's context)
    "too_short": ("danh sách quá ngắn — cần ít nhất {} mục", "min_length"),
    "too_long": ("danh sách quá dài — nhiều nhất {} mục", "max_length"),
}


def _has(node: object, step: str | int) -> bool:
    if isinstance(node, Mapping):
        return step in node
    return isinstance(node, Sequence) and isinstance(step, int) and step < len(node)


def _looks_like_text(name: str) -> bool:
    """Say whether an unknown key reads like prose, as in “- Đảm bảo: …”, rather than a key."""
    return re.search(r"\s", name) is not None or not name.isascii()


def _expected(shape: Shape) -> str:
    if shape.by_id:
        return "các dòng “mã: giá trị” thụt vào"
    if shape.item is not None:
        return "danh sách"
    if shape.entry is not None and shape.shorthand is None:
        return "nhóm khóa (các dòng “khóa: giá trị” thụt vào)"
    return shape.name


def _found(node: Node) -> str:
    if isinstance(node, Sequence):
        return "danh sách"
    return "nhóm khóa" if isinstance(node, Mapping) else f"đoạn chữ “{one_line(str(node), 30)}”"


def _how(shape: Shape, node: Node, name: str) -> str:
    """Return what to type instead, after a dash."""
    if shape.item is not None and not shape.by_id:
        if isinstance(node, Scalar) and shape.item.entry is None and len(node) < 40:
            return f" — viết “{name}: [{one_line(node)}]”"
        return " — viết mỗi mục trên một dòng riêng, bắt đầu bằng “- ”"
    if shape.entry is not None and shape.shorthand is None:
        return f" — dùng các khóa {', '.join(keys_of(shape.entry))}"
    return " — viết lại cho đúng"
