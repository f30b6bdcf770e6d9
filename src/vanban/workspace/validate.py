"""From a tree of literal text to a model, with every mistake told in Vietnamese at its place.

In: a model class and the tree of a file. Out: the entry, or the problems. No wording of the
validation library reaches the user: each of its error types has a Vietnamese message here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vanban.errors import Place, Problem, printable
from vanban.nd30.letters import fold
from vanban.provenance import Keys
from vanban.workspace.keys import Key, Shape, keys_of, shape_at
from vanban.workspace.models.entry import Entry
from vanban.workspace.source import Mapping, Node, Scalar, Sequence, origin_in, rebuilt
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
    entry, mistakes = _read(model, node, place)
    if entry is not None:
        return entry, []
    unknown = [mistake for mistake in mistakes if mistake.kind == "extra_forbidden"]
    covered = {(mistake.path[:-1], mistake.meant) for mistake in unknown}
    # A list of which every item is wrong counts as empty, too.
    wrong = {mistake.path[:end] for mistake in mistakes for end in range(len(mistake.path))}
    problems = {
        mistake.problem()
        for mistake in mistakes
        if not (mistake.kind == "missing" and (mistake.path[:-1], mistake.name) in covered)
        and not (mistake.kind == "too_short" and mistake.path in wrong)
    }
    return _salvage(model, node, place, mistakes), sorted(problems)


def as_meant(model: type[Entry], node: Node) -> Node:
    """Return the tree with keys that are nearly right renamed, so that one slip is told once."""
    _, mistakes = _read(model, node, Place(Path()))
    meant = {mistake.path: mistake.meant for mistake in mistakes if mistake.meant is not None}
    return rebuilt(node, renamed=meant) if mistakes else node


def _read(
    model: type[EntryType], node: Node, place: Place
) -> tuple[EntryType | None, list[_Mistake]]:
    """Return the entry made from ``node``, or its mistakes."""
    try:
        return model.model_validate(node), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return None, [_Mistake.of(model, node, place, details) for details in found]


SALVAGE_ROUNDS = 4
"""Each round may bring up what a missing mapping lacks in turn."""


def _salvage(
    model: type[EntryType], node: Node, place: Place, mistakes: list[_Mistake]
) -> EntryType | None:
    """Make an entry from what is sound: wrong values left out, missing ones filled with blanks.

    A key that is nearly right counts as the one it is meant to be.
    """
    for _ in range(SALVAGE_ROUNDS):
        renamed = {mistake.typed_path: mistake.meant for mistake in mistakes if mistake.meant}
        wrong = {mistake.typed_path for mistake in mistakes if mistake.kind != "missing"}
        node = rebuilt(node, wrong - renamed.keys(), renamed)
        for mistake in mistakes:
            if mistake.kind == "missing":
                _fill(model, node, mistake.path)
        entry, mistakes = _read(model, node, place)
        if entry is not None:
            return entry
    return None


def _fill(model: type[Entry], node: Node, path: Keys) -> None:
    """Put a blank of the right shape where the value at ``path`` is missing."""
    parent, shape, name = _mapping_at(node, path[:-1]), shape_at(model, path), str(path[-1])
    if parent is not None and shape is not None:
        empty = shape.empty(parent.place)
        parent[name] = Scalar("x", parent.place) if empty is None else empty
        parent.key_places[name] = parent.place


def _reached(node: Node, path: Keys) -> tuple[Keys, Node]:
    """Return the part of ``path`` that was typed below ``node``, and what stands at its end."""
    found: Any = node
    for index, step in enumerate(path):
        if isinstance(found, Sequence):
            is_there = isinstance(step, int) and step < len(found)
        else:
            is_there = isinstance(found, Mapping) and step in found
        if not is_there:
            return path[:index], found
        found = found[step]
    return path, found


def _mapping_at(node: Node, path: Keys) -> Mapping | None:
    typed, found = _reached(node, path)
    return found if typed == path and isinstance(found, Mapping) else None


class _Mistake(Struct, frozen=True):
    """One error of the validation library, with what is needed to word it.

    ``kind`` is the library's name of it; ``path`` leads from the root by YAML keys and list
    positions, ``typed_path`` as far as was typed (a shorthand text hides the last key); ``node``
    stands there. ``parent`` is the mapping that the last key of ``path`` stands in, ``outer`` what
    is known of that.
    """

    kind: str
    path: Keys
    in_key: bool
    context: AnyMapping[str, object]
    model: type[Entry]
    tree: Node
    place: Place
    typed_path: Keys
    node: Node
    parent: Mapping | None
    outer: Shape | None

    @classmethod
    def of(cls, model: type[Entry], tree: Node, place: Place, details: ErrorDetails) -> _Mistake:
        path: Keys = details["loc"]
        in_key = bool(path) and path[-1] == _KEY_STEP
        path = path[:-1] if in_key else path
        context, above = details.get("ctx", {}), path[:-1]
        typed, node = _reached(tree, path)
        parent, outer = _mapping_at(tree, above), shape_at(model, above)
        return cls(
            details["type"], path, in_key, context, model, tree, place, typed, node, parent, outer
        )

    @property
    def name(self) -> str:
        """The YAML key the mistake stands under."""
        typed = self.path if self.kind == "missing" else self.typed_path
        return next((step for step in reversed(typed) if isinstance(step, str)), "")

    @property
    def known(self) -> AnyMapping[str, Key]:
        """The keys that may stand beside this one."""
        entry = self.outer.entry if self.outer is not None else None
        return keys_of(entry) if entry is not None else {}

    @property
    def near(self) -> str | None:
        """For an unknown key: the known key, not yet used here, that it looks like."""
        if self.kind != "extra_forbidden" or self.parent is None:
            return None
        return closest(self.name, [name for name in self.known if name not in self.parent])

    @property
    def meant(self) -> str | None:
        """For an unknown key: the key it stands for; that of the shorthand for a piece of text."""
        is_text = self.kind == "extra_forbidden" and _looks_like_text(self.name)
        return self.near or (self.outer.shorthand if self.outer is not None and is_text else None)

    def problem(self) -> Problem:
        place = origin_in(self.tree, self.typed_path, self.place).place
        if (self.in_key or self.kind == "extra_forbidden") and self.parent is not None:
            place = self.parent.key_places.get(str(self.path[-1]), place)
        return Problem(place, one_line(self.name), self._message())

    def _message(self) -> str:
        if self.kind == "missing":
            key = self.known.get(self.name)
            label = f" ({key.label})" if key is not None else ""
            return f"thiếu khóa này{label} — thêm dòng “{self.name}: …”"
        if self.kind == "extra_forbidden":
            return self._unknown_key()
        return self._own_message() if self.kind == "vanban" else self._wrong_shape()

    def _unknown_key(self) -> str:
        name, near = one_line(self.name), self.near
        entry = self.outer.entry if self.outer is not None else None
        bare = re.sub(r"[\W_]", "", fold(self.name).lower())
        for refused, reason in entry.refused if entry is not None else ():
            if re.fullmatch(refused, bare):
                return reason
        lacking = lacking_sign(self.name)
        if lacking is not None:
            return lacking
        if near is not None:
            return f"không có khóa “{name}” — có phải “{near}”?"
        if _looks_like_text(self.name):
            return f"không có khóa này — nếu đây là lời văn có dấu “: ” thì {BLOCK_HINT}"
        known = ", ".join(self.known)
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
        if self.node is None:
            return _EMPTY
        message = printable(str(self.context["message"]))
        if isinstance(self.node, Mapping) and any(_looks_like_text(name) for name in self.node):
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
