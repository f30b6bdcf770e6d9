"""Values of a content file as fields: what each is called, where it stands, what may stand there.

In: an open file, the keys of a value, and the names of what ids stand for. Out: frozen fields, the
lists that a value stands in, and the other values of the same group of keys. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path

from msgspec import Struct

from vanban.app.content_file import OpenFile, node_at
from vanban.errors import Place
from vanban.provenance import Keys
from vanban.workspace.files import Stands
from vanban.workspace.keys import Key, Shape, keys_of, shape_at
from vanban.workspace.models.entry import Entry
from vanban.workspace.periods import PERIODS
from vanban.workspace.source import Mapping, Node, Scalar, Sequence
from vanban.workspace.typed_ids import DEFINITIONS, REFERENCES, ids_of, kind_at
from vanban.workspace.workspace import Workspace

MOST = 30
"""Values of a list or a group that are shown together."""
LONGEST = 70
"""Letters of a name."""
_NAMES = ("ten", "ho_ten", "trich_yeu", "noi_dung")
"""Keys whose value says what a thing is, the first that is there."""


class Option(Struct, frozen=True):
    """A value that may be chosen, and what it means."""

    value: str
    label: str


Names = Callable[[str], tuple[Option, ...]]
"""Returns what may be referred to, by what such a thing is called ("đơn vị")."""


class Control(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"


class Field(Struct, frozen=True):
    """A value: where it stands, what it is called and what it says; empty where it is not there.

    ``version`` is the hash (hex) of its file; a change that names another is refused. ``labels``
    lead from the file to the value, ``where`` says the same as a sentence would.
    """

    file: Path
    keys: Keys
    version: str
    place: Place
    labels: tuple[str, ...]
    where: str
    description: str
    form: str
    text: str
    control: Control = Control.TEXT
    options: tuple[Option, ...] = ()
    is_required: bool = True
    is_id: bool = False

    @property
    def label(self) -> str:
        return self.labels[-1]

    @property
    def name(self) -> str:
        """The key under which it stands; "" of an item of a list."""
        return self.keys[-1] if self.keys and isinstance(self.keys[-1], str) else ""


class InList(Struct, frozen=True):
    """A list that a value stands in: the keys of the item, its place among ``count``, from 0.

    ``position`` is -1 of a list without items. ``blanks`` are the fields of a new item; without
    any, one is added in the whole file.
    """

    keys: Keys
    name: str
    count: int
    blanks: tuple[Field, ...]

    @property
    def position(self) -> int:
        return self.keys[-1] if self.keys and isinstance(self.keys[-1], int) else -1


class Below(Struct, frozen=True):
    """A list or group of keys of the same record, to be opened: its keys and how much it holds."""

    keys: Keys
    label: str
    count: int


class Record(Struct, frozen=True):
    """The group of keys that a value stands in: its id, other values, and what stands below."""

    id: str
    fields: tuple[Field, ...]
    below: tuple[Below, ...]


def names_in(workspace: Workspace | None) -> Names:
    """Return what gives the names of ids; nothing where registers cannot be read."""
    held = workspace.held if workspace is not None else ()

    @cache
    def names(kind: str) -> tuple[Option, ...]:
        if kind == "kỳ báo cáo":
            year = workspace.year if workspace is not None else 0
            return tuple(Option(name, period.title(year)) for name, period in PERIODS.items())
        pairs = ((type(each.entry), each.entry.tree) for each in held if each.entry.tree)
        found = {value.text: value.parent for value in ids_of(pairs, kind)}
        return tuple(Option(name, f"{_name(parent)} ({name})") for name, parent in found.items())

    return names


class Fields(Struct, frozen=True):
    """The fields of one file, at any keys."""

    file: OpenFile
    root: Node
    names: Names

    @classmethod
    def of(cls, file: OpenFile, names: Names) -> Fields:
        """Read the file; raises ContentError where it cannot be read."""
        return cls(file, file.tree(), names)

    def at(self, keys: Keys) -> tuple[Field, ...]:
        """Return the value at ``keys``; of a list or a group those in it, at most :data:`MOST`."""
        leaves = islice(_leaves(node_at(self.root, keys), keys), MOST)
        return tuple(self._field(path, node) for node, path in leaves)

    def first(self, keys: Keys) -> Keys:
        """Return the keys of the first value of an item that is a group of keys, but for its id."""
        node, shape = node_at(self.root, keys), shape_at(self.file.row.model, keys)
        if not isinstance(node, Mapping) or shape is None or shape.entry is None:
            return keys
        known = keys_of(shape.entry)
        below = (
            (*keys, name)
            for name, value in node.items()
            if isinstance(value, Scalar)
            and name in known
            and kind_at(DEFINITIONS, shape.entry, known[name].attribute) is None
        )
        return next(below, keys)

    def lists(self, keys: Keys) -> Iterator[InList]:
        """Yield the lists that a value stands in, the innermost first; one that is empty itself."""
        shape = shape_at(self.file.row.model, keys)
        if shape is not None and shape.item is not None and not shape.by_id:
            node = node_at(self.root, keys)
            if not isinstance(node, Sequence) or not node:
                yield InList(keys, self.labels(keys)[-1], 0, self.blanks(keys))
                return
            keys = (*keys, len(node) - 1)
        for end in range(len(keys), 0, -1):
            above, node = keys[: end - 1], node_at(self.root, keys[: end - 1])
            if isinstance(node, Sequence) and isinstance(keys[end - 1], int):
                name = self.labels(above)[-1]
                yield InList(keys[:end], name, len(node), self.blanks(above))

    def record(self, keys: Keys) -> Record | None:
        """Return the group of keys that the value at ``keys`` stands in, without that value."""
        for end in range(len(keys) - 1, -1, -1):
            node, shape = node_at(self.root, keys[:end]), shape_at(self.file.row.model, keys[:end])
            if isinstance(node, Mapping) and shape is not None and shape.entry is not None:
                return self._record(keys[:end], node, shape.entry, str(keys[end]))
        return None

    def blanks(self, keys: Keys) -> tuple[Field, ...]:
        """Return the fields of a new item of the list at ``keys``, without its id; () of no list.

        An item that needs more than single values has none: it is added in the whole file.
        """
        above = shape_at(self.file.row.model, keys)
        item = above.item if above is not None and not above.by_id else None
        if item is None:
            return ()
        path = (*keys, len(node_at(self.root, keys) or ()))
        if item.entry is None or item.shorthand:
            return (self._field(path, None),) if _is_single(item) or item.shorthand else ()
        required = [
            key
            for key in keys_of(item.entry).values()
            if key.required and kind_at(DEFINITIONS, item.entry, key.attribute) is None
        ]
        if not required or not all(_is_single(key.shape) for key in required):
            return ()
        return tuple(self._field((*path, key.name), None) for key in required)

    # --- one field ----------------------------------------------------------------------------

    def _record(self, keys: Keys, node: Mapping, model: type[Entry], own: str) -> Record:
        fields, below, own_id = list[Field](), list[Below](), ""
        in_order = lambda each: (each.name not in node, each.attribute == "sample")  # noqa: E731
        for key in sorted(keys_of(model).values(), key=in_order):
            path, value = (*keys, key.name), node.get(key.name)
            if kind_at(DEFINITIONS, model, key.attribute) is not None:
                own_id = str(value or "")
            elif _is_single(key.shape) and not isinstance(value, Mapping | Sequence):
                if key.name != own:
                    fields.append(self._field(path, value))
            elif key.name != own or not isinstance(value, Scalar):
                below.append(Below(path, key.label, len(value or ())))
        return Record(own_id, tuple(fields), tuple(below))

    def _field(self, keys: Keys, node: Scalar | None) -> Field:
        shape = shape_at(self.file.row.model, keys)
        model, key = self._key(keys)
        if shape is not None and shape.shorthand and shape.entry is not None:
            model, key = shape.entry, keys_of(shape.entry)[shape.shorthand]
            shape = key.shape
        labels = self.labels(keys)
        return Field(
            self.file.path,
            keys,
            self.file.version,
            node.place if node is not None else Place(self.file.shown),
            labels,
            self._where(keys),
            key.description if key is not None else "",
            shape.name if shape is not None else "",
            " ".join(node.split()) if node is not None else "",
            *self._control(shape, model, key, str(node or "")),
            is_required=key is None or key.required or isinstance(keys[-1], int),
            is_id=bool(key and model and kind_at(DEFINITIONS, model, key.attribute)),
        )

    def _control(
        self, shape: Shape | None, model: type[Entry] | None, key: Key | None, text: str
    ) -> tuple[Control, tuple[Option, ...]]:
        """Return how a value is typed, and what may be chosen; what stands there always may."""
        kind = kind_at(REFERENCES, model, key.attribute) if model and key else None
        options = self.names(kind) if kind is not None else ()
        if shape is not None and shape.choices:
            said = {"true": "có", "false": "không"}
            options = tuple(Option(each, said.get(each, each)) for each in shape.choices)
        if options:
            known = text == "" or text in {each.value for each in options}
            return Control.CHOICE, options if known else (Option(text, text), *options)
        is_text = shape is None or shape.name in ("đoạn chữ", "giá trị")
        return (Control.TEXT if is_text else Control.LINE), ()

    def _key(self, keys: Keys) -> tuple[type[Entry] | None, Key | None]:
        """Return the key that a value stands under, in a list or not, and the model of that."""
        end = len(keys)
        while end and isinstance(keys[end - 1], int):
            end -= 1
        above = shape_at(self.file.row.model, keys[: end - 1]) if end else None
        if above is None or above.entry is None:
            return None, None
        return above.entry, keys_of(above.entry).get(str(keys[end - 1]))

    # --- what it is called --------------------------------------------------------------------

    def labels(self, keys: Keys) -> tuple[str, ...]:
        """Return the labels on the way to a value, the file's first; items of lists by number."""
        labels = [self.file.row.title]
        for number, step in enumerate(keys):
            if isinstance(step, int):
                labels[-1] = f"{labels[-1]} thứ {step + 1}"
                continue
            above = shape_at(self.file.row.model, keys[:number])
            known = keys_of(above.entry).get(step) if above and above.entry else None
            labels.append(known.label if known is not None else self._named(keys[:number], step))
        return tuple(labels)

    def _named(self, keys: Keys, name: str) -> str:
        """Return what an id under the key at ``keys`` stands for; the id where nothing tells it."""
        model, key = self._key(keys)
        kind = kind_at(REFERENCES, model, key.attribute) if model and key else None
        known = self.names(kind) if kind is not None else ()
        labels = (each.label for each in known if each.value == name)
        return next(labels, name).removesuffix(f" ({name})")

    def _where(self, keys: Keys) -> str:
        first, *between = self.labels(keys)[:-1] or (self.file.row.title,)
        own = self.own_name()
        named = f"{first} “{own}”" if own else first
        if not between:
            return named
        inner = " của ".join(_lowered(each) for each in reversed(between))
        return f"{inner[:1].upper()}{inner[1:]} trong {_lowered(named)}"

    def own_name(self) -> str:
        """Return what the file is about; "" where its title says it."""
        stem = self.file.path.stem
        if self.file.row.stands is Stands.PERIODS and stem in PERIODS:
            return PERIODS[stem].title(int(self.file.path.parts[0]))
        if self.file.row.stands is Stands.FOLDER and isinstance(self.root, Mapping):
            return _name(self.root) or stem
        return ""


def _is_single(shape: Shape) -> bool:
    return shape.entry is None and shape.item is None


def _leaves(node: Node, keys: Keys) -> Iterator[tuple[Scalar, Keys]]:
    if isinstance(node, Scalar):
        yield node, keys
    elif isinstance(node, Mapping | Sequence):
        below: Iterable[tuple[str | int, Node]] = (
            node.items() if isinstance(node, Mapping) else enumerate(node)
        )
        for step, each in below:
            yield from _leaves(each, (*keys, step))


def _name(node: Mapping) -> str:
    """Return what a group of keys calls itself, shortened."""
    said = (" ".join(str(node[key]).split()) for key in _NAMES if isinstance(node.get(key), Scalar))
    name = next(said, "")
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rsplit(' ', 1)[0]} …"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
