"""Building the positioned tree of one YAML text from the reader's events.

In: text without tabs for indentation and without unreadable characters, and the same as it was
``typed``, before signs from Word were mended. Out: the tree of
:mod:`vanban.workspace.source`, the problems met on the way, and the fault that stopped reading.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from vanban.errors import Place, Problem
from vanban.provenance import Keys
from vanban.workspace.source import Mapping, Node, Scalar, Sequence, SourceText, Written
from vanban.workspace.wording import one_line
from vanban.workspace.yaml_syntax import BLOCK_HINT, Fault, bad_start, explain

MAX_NODES = 100_000
"""Values in a file after aliases are expanded, so that an alias bomb cannot fill the memory."""
MAX_DEPTH = 30
"""Levels of nesting; the deepest model has eight."""

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_COMMENT_HERE = re.compile(r"[ \t]*[ \t](#)")
_COMMENT_AFTER_KEY = re.compile(r"(?:[ \t]*:)?[ \t]+(#)")
_COMMENT_AFTER_DASH = re.compile(r"^[ \t]*(?:-[ \t]+)*-[ \t]+(#)", re.MULTILINE)
_TOO_DEEP = f"lồng nhau quá {MAX_DEPTH} tầng — xem lại chỗ thụt đầu dòng và dấu ngoặc"


EMPTY_CELL = "ô của bảng đang để trống — ô trống ghi dấu “-”"
_EMPTY_ITEM = "mục này của danh sách đang để trống — điền nội dung hoặc xóa mục"


class _Frame(Struct):
    """A mapping or sequence being filled."""

    container: Mapping | Sequence
    anchor: str | None
    key: str | None = None
    """The key that waits for its value; None also for a key that was refused."""
    has_key: bool = False
    size: int = 1
    height: int = 1


class _Anchored(Struct):
    node: Node
    size: int
    height: int


class Mark(Protocol):
    """A place that the reader states, all counted from 0."""

    index: int
    line: int
    column: int


def _there(mark: Mark | None) -> Mark:
    """Return the start or end of an event, which the reader of a text always states."""
    assert mark is not None
    return mark


class TreeBuilder(Struct, dict=True):
    """One pass over the events of the YAML reader, with an explicit stack and no recursion."""

    text: str
    shown: Path
    typed: str
    root: Node = None
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Anchored | None] = field(default_factory=dict)
    documents: int = 0
    total: int = 0
    last_end: int = 0
    comment: Fault | None = None

    def __post_init__(self) -> None:
        self.file = SourceText(self.shown, self.text, self.typed)

    def run(self) -> Fault | None:
        """Build ``root``; return the fault that stopped it, or None at the end of the text."""
        try:
            for event in yaml.parse(self.text, Loader=_LOADER):
                fault = self.take(event)
                if fault is not None:
                    return fault
                if not isinstance(event, yaml.CollectionEndEvent):
                    self.last_end = _there(event.end_mark).index
        except yaml.MarkedYAMLError as error:
            fault = explain(error, self.text)
            comment = self.comment
            # A comment in the middle of a text over several lines: the comment is to blame.
            sure = fault.patch is not None and fault.trusted
            if comment is not None and not sure and fault.line > comment.line:
                self.problems.pop()
                return comment
            return fault
        except yaml.YAMLError as error:  # the reader's own refusals; hidden characters are gone
            return Fault(1, 1, "", f"tệp không đọc được ({type(error).__name__}) — xem lại tệp")
        return None

    def take(self, event: yaml.Event) -> Fault | None:
        if isinstance(event, yaml.ScalarEvent):
            return self.take_scalar(event)
        if isinstance(event, yaml.CollectionStartEvent):
            return self.start(event)
        if isinstance(event, yaml.CollectionEndEvent):
            frame = self.stack.pop()
            if frame.anchor is not None:
                self.anchors[frame.anchor] = _Anchored(frame.container, frame.size, frame.height)
            self.attach_counts(frame.size, frame.height)
        elif isinstance(event, yaml.AliasEvent):
            return self.take_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                return self.fault(
                    event, "có dòng “---” chia tệp thành hai phần — xóa dòng này, mỗi tệp một phần"
                )
        return None

    def take_alias(self, event: yaml.AliasEvent) -> Fault | None:
        if event.anchor not in self.anchors:
            patch = self.with_sign(_there(event.start_mark).index, "x")
            return replace(self.fault(event, bad_start("*")), patch=patch)
        anchored = self.anchors[event.anchor]
        if anchored is None:
            return self.fault(event, f"“*{event.anchor}” dẫn vào chính nó — xóa chỗ lặp này")
        if len(self.stack) + anchored.height > MAX_DEPTH:
            return self.fault(event, _TOO_DEEP)
        if self.wants_key():
            self.refuse_key(event)
            return None
        self.put(event, anchored.node)
        self.total += anchored.size
        self.attach_counts(anchored.size, anchored.height)
        return self.too_many(event)

    def take_scalar(self, event: yaml.ScalarEvent) -> Fault | None:
        self.total += 1
        self.check_tag(event)
        if self.wants_key():
            self.take_key(event)
            return self.too_many(event)
        plain = event.style in (None, "")
        if plain:
            self.check_comment(event)
        node = None
        if not plain or event.value not in _NULLS:
            start = _there(event.start_mark).index
            written = Written(self.file, start, event.style or "", event.value)
            node = Scalar(event.value, self.place(event), written, self.step())
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, 1, 0)
        self.put(event, node)
        self.attach_counts(1, 0)
        return self.too_many(event)

    def start(self, event: yaml.CollectionStartEvent) -> Fault | None:
        self.total += 1
        self.check_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            return self.fault(event, _TOO_DEEP)
        place = self.place(event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        above, last = self.step()
        path = above if last is None else (*above, last)
        container = Mapping(place, path) if is_mapping else Sequence(place, path)
        if self.wants_key():
            self.refuse_key(event)
        else:
            self.put(event, container)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Frame(container, event.anchor))
        return self.too_many(event)

    def step(self) -> tuple[Keys, str | int | None]:
        """Return the way to the next value: to its container, and the step from there."""
        if not self.stack:
            return (), None
        frame = self.stack[-1]
        container = frame.container
        return container.path, frame.key if isinstance(container, Mapping) else len(container)

    # --- placing nodes ------------------------------------------------------------------------

    def wants_key(self) -> bool:
        frame = self.stack[-1] if self.stack else None
        return frame is not None and isinstance(frame.container, Mapping) and not frame.has_key

    def take_key(self, event: yaml.ScalarEvent) -> None:
        frame = self.stack[-1]
        assert isinstance(frame.container, Mapping)
        frame.has_key, frame.key = True, None
        plain, name = event.style in (None, ""), event.value
        if plain and name in _NULLS:
            self.problem(event, "thiếu tên khóa trước dấu hai chấm — điền tên khóa")
        elif plain and name == "<<":
            self.problem(event, "không dùng được khóa gộp “<<” — chép các khóa cần dùng vào đây")
        elif name in frame.container:
            first = frame.container.key_places[name].line
            self.problem(event, f"khóa này đã có ở dòng {first} — giữ lại một chỗ", one_line(name))
        else:
            frame.key = name
            frame.container.key_places[name] = self.place(event)

    def refuse_key(self, event: yaml.Event) -> None:
        frame = self.stack[-1]
        frame.has_key, frame.key = True, None
        self.problem(
            event,
            "tên khóa phải là chữ, không phải danh sách hay nhóm khóa — nếu đây là lời văn có dấu "
            f"ngoặc thì {BLOCK_HINT}",
        )

    def put(self, event: yaml.Event, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if isinstance(frame.container, Mapping):
            if frame.key is not None:
                frame.container[frame.key] = node
            frame.has_key = False
        elif node is None:
            in_row = len(self.stack) > 1 and not isinstance(self.stack[-2].container, Mapping)
            self.problem(event, EMPTY_CELL if in_row else _EMPTY_ITEM)
        else:
            frame.container.append(node)

    def attach_counts(self, size: int, height: int) -> None:
        if self.stack:
            frame = self.stack[-1]
            frame.size += size
            frame.height = max(frame.height, height + 1)

    # --- refusals -----------------------------------------------------------------------------

    def check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self.problem(
                event,
                f"có dấu “!” ({one_line(event.tag)}) ở đầu giá trị — xóa đi; nếu là lời văn thì "
                f"{BLOCK_HINT}",
            )

    def check_comment(self, event: yaml.Event) -> None:
        """Refuse a comment that starts on the line of an unquoted value, or just before it."""
        start, end = _there(event.start_mark), _there(event.end_mark)
        found = _COMMENT_HERE.match(self.text, end.index)
        if found is None and start.index > self.last_end:
            frame = self.stack[-1] if self.stack else None
            if frame is not None and isinstance(frame.container, Mapping):
                found = _COMMENT_AFTER_KEY.match(self.text, self.last_end, start.index)
            elif frame is not None:
                found = _COMMENT_AFTER_DASH.search(self.text, self.last_end, start.index)
        if found is None:
            return
        index = found.start(1)
        line = end.line + 1 - self.text.count("\n", index, end.index)
        column = index - self.text.rfind("\n", 0, index)
        message = (
            "phần từ dấu “#” sẽ mất vì YAML coi là chú thích — nếu là lời văn thì "
            f"{BLOCK_HINT}; nếu là chú thích thì chuyển lên một dòng riêng"
        )
        self.comment = Fault(line, column, self.key(), message, self.with_sign(index, "＃"))
        self.problems.append(Problem(Place(self.shown, line, column), self.key(), message))

    def too_many(self, event: yaml.Event) -> Fault | None:
        if self.total > MAX_NODES:
            return self.fault(event, f"tệp có quá {MAX_NODES} giá trị — chia nhỏ tệp, bớt dùng “*”")
        return None

    def with_sign(self, index: int, sign: str) -> dict[int, str]:
        """Return the line that ``index`` of the text stands on, by number, with ``sign`` there."""
        start = self.text.rfind("\n", 0, index) + 1
        line = self.text[start:].partition("\n")[0]
        at = index - start
        return {self.text.count("\n", 0, index) + 1: line[:at] + sign + line[at + 1 :]}

    def key(self) -> str:
        names = [frame.key for frame in self.stack if frame.key is not None]
        return one_line(names[-1]) if names else ""

    def place(self, event: yaml.Event) -> Place:
        start = _there(event.start_mark)
        return Place(self.shown, start.line + 1, start.column + 1)

    def problem(self, event: yaml.Event, message: str, key: str | None = None) -> None:
        self.problems.append(
            Problem(self.place(event), self.key() if key is None else key, message)
        )

    def fault(self, event: yaml.Event, message: str) -> Fault:
        place = self.place(event)
        return Fault(place.line, place.column, self.key(), message)
