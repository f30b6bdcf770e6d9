"""What may be typed at the cursor of a content file that need not load: keys, values, ids.

In: the model of the file, its text, line and column (from 1). Out: suggestions, each with what it
replaces. The way to the cursor is read from indents and dashes, as a person reads it.
"""

from __future__ import annotations

import re

from msgspec import Struct

from vanban.app.field import Names, Option
from vanban.provenance import Keys
from vanban.workspace.keys import Key, Shape, keys_of, shape_at
from vanban.workspace.models.entry import Entry
from vanban.workspace.typed_ids import REFERENCES, kind_at

_LINE = re.compile(r"( *)((?:-(?: +|$))*)(?:([^\s:#'\"\[\]{},-][^:#]*):(?=\s|$))?(.*)")


class Suggestion(Struct, frozen=True):
    """``text`` takes the place of the letters from column ``start`` (from 1) to the cursor."""

    text: str
    label: str
    detail: str
    start: int


class _Line(Struct, frozen=True):
    """A line as it is typed: where its dashes and what follows them stand (columns from 0)."""

    dashes: tuple[int, ...]
    column: int
    key: str
    rest: str

    @classmethod
    def of(cls, text: str) -> _Line | None:
        """Return None of a blank line or a comment."""
        if not text.strip() or text.lstrip().startswith("#"):
            return None
        found = _LINE.match(text)
        assert found is not None
        indent, dashes, key, rest = found.groups()
        at = tuple(len(indent) + n for n, sign in enumerate(dashes) if sign == "-")
        return cls(at, len(indent) + len(dashes), (key or "").strip(), rest.strip())


class Spot(Struct, frozen=True):
    """Where the cursor is: the keys of the group or list around it, and what is typed of a word.

    ``key`` is the key whose value is typed; ``siblings`` are the keys that are there already.
    """

    keys: Keys
    key: str
    word: str
    siblings: frozenset[str]
    in_item: bool = False


def suggestions(
    model: type[Entry], text: str, line: int, column: int, names: Names
) -> tuple[Suggestion, ...]:
    """Return what may stand at the cursor, what must be there first; those that begin alike."""
    spot = spot_at(text, line, column)
    if spot is None:
        return ()
    start = column - len(spot.word)
    found = _values(model, spot, names) if spot.key or spot.in_item else ()
    options = [*found] if spot.key else [*found, *_keys(model, spot, names)]
    wanted = spot.word.lower()
    return tuple(
        Suggestion(each.value, each.value.rstrip(": "), each.label, start)
        for each in options
        if wanted in each.value.lower() or wanted in each.label.lower()
    )


def spot_at(text: str, line: int, column: int) -> Spot | None:
    """Return where the cursor is among the keys of a file; None in a comment or a long text."""
    lines = text.split("\n")
    typed = lines[line - 1][: column - 1]
    opener = _opener(typed)
    own = _Line.of(typed[:opener] if opener is not None else typed)
    if own is None:
        if typed.strip() and opener is None:  # a comment
            return None
        own = _Line((), len(typed), "", "")
    above = _above(lines[: line - 1], own)
    if above is None:
        return None
    if opener is not None:
        keys = (*above, own.key) if own.key else above
        return _in_brackets(keys, typed, opener)
    if own.key:
        return Spot(above, own.key, own.rest, frozenset())
    siblings = _siblings(lines, line - 1, own)
    return Spot(above, "", own.rest, siblings, bool(own.dashes))


def _opener(typed: str) -> int | None:
    """Return where the innermost bracket stands that is open at the end."""
    stack: list[int] = []
    quote = ""
    for at, sign in enumerate(typed):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"" and typed[:at].rstrip()[-1:] in ("", ":", ",", "[", "{", "-"):
            quote = sign
        elif sign in "[{" and (stack or typed[:at].rstrip()[-1:] in ("", ":", "-")):
            stack.append(at)
        elif sign in "]}" and stack:
            stack.pop()
    return stack[0] if stack else None


def _in_brackets(keys: Keys, typed: str, opener: int) -> Spot:
    """Return the spot in brackets that open on this line; those within others as well."""
    inside = typed[opener + 1 :]
    if typed[opener] == "[":
        word = inside.rpartition(",")[2].lstrip()
        if "{" not in inside:
            return Spot((*keys, 0), "", word, frozenset(), in_item=True)
        keys, inside = (*keys, 0), inside.rpartition("{")[2]
    *before, last = inside.split(",")
    there = frozenset(each.partition(":")[0].strip() for each in before)
    key, colon, value = last.partition(":")
    if colon:
        return Spot(keys, key.strip(), value.lstrip(" ["), there)
    return Spot(keys, "", last.lstrip(), there)


def _above(lines: list[str], own: _Line) -> Keys | None:
    """Return the keys that lead to where a line stands, by those before it; None within a text."""
    keys: list[str | int] = [0] * len(own.dashes)
    column, is_dash = (own.dashes[0], True) if own.dashes else (own.column, False)
    for text in reversed(lines):
        line = _Line.of(text)
        if line is None:
            continue
        if line.dashes and line.column == column and not is_dash:
            pass  # the first key of the item that this one is in
        elif line.key and (line.column < column or (is_dash and line.column == column)):
            if line.rest and not line.rest.startswith("#"):
                return None
            keys.insert(0, line.key)
        else:
            continue
        keys[0:0] = [0] * len(line.dashes)
        column, is_dash = (line.dashes[0], True) if line.dashes else (line.column, False)
    return tuple(keys)


def _siblings(lines: list[str], at: int, own: _Line) -> frozenset[str]:
    """Return the keys of the group of keys that a line stands in."""
    found: set[str] = set()
    for step in (-1, 1):
        number = at
        begun = bool(own.dashes) and step < 0
        while not begun and 0 <= (number := number + step) < len(lines):
            line = _Line.of(lines[number])
            if line is None:
                continue
            first = line.dashes[0] if line.dashes else line.column
            if line.column < own.column or (step > 0 and first < own.column):
                break
            if line.column == own.column:
                found.add(line.key)
                begun = bool(line.dashes)
    return frozenset(found - {""})


def _values(model: type[Entry], spot: Spot, names: Names) -> tuple[Option, ...]:
    """Return what may be the value of a key, or an item of a list of values."""
    keys: Keys = (*spot.keys, spot.key) if spot.key else spot.keys
    shape = shape_at(model, keys)
    if shape is not None and shape.item is not None:
        shape = shape.item
    key = _key(model, keys)
    if key is None or shape is None:
        return ()
    if shape.choices:
        said = {"true": "có", "false": "không"}
        return tuple(Option(each, said.get(each, "")) for each in shape.choices)
    kind = kind_at(REFERENCES, *key)
    return names(kind) if kind is not None and shape.entry is None else ()


def _key(model: type[Entry], keys: Keys) -> tuple[type[Entry], str] | None:
    """Return model and attribute of the key that a value stands under, in a list or not."""
    while keys and isinstance(keys[-1], int):
        keys = keys[:-1]
    above = shape_at(model, keys[:-1]) if keys else None
    if above is None or above.entry is None:
        return None
    known = keys_of(above.entry).get(str(keys[-1]))
    return (above.entry, known.attribute) if known is not None else None


def _keys(model: type[Entry], spot: Spot, names: Names) -> tuple[Option, ...]:
    """Return the keys that are not there yet, those that must be first."""
    shape = shape_at(model, spot.keys)
    if shape is None:
        return ()
    if shape.by_id:
        key = _key(model, spot.keys)
        kind = kind_at(REFERENCES, *key) if key is not None else None
        known = names(kind) if kind is not None else ()
        return tuple(
            Option(f"{each.value}: ", each.label)
            for each in known
            if each.value not in spot.siblings
        )
    if shape.entry is None:
        return ()
    lacking = [key for key in keys_of(shape.entry).values() if key.name not in spot.siblings]
    lacking.sort(key=lambda key: (not key.required, key.attribute == "sample"))
    return tuple(Option(f"{key.name}:{_blank(key.shape)}", _said(key)) for key in lacking)


def _blank(shape: Shape) -> str:
    return " " if shape.item is None and (shape.entry is None or shape.shorthand) else ""


def _said(key: Key) -> str:
    return f"{key.label}{', bắt buộc' if key.required else ''} – {key.description}"
