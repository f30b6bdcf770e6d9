"""Outline text with place-holders + the values they stand for → blocks.

The subset of Markdown: ``#`` headings (numbered by the forms that the front matter lists),
paragraphs, ``- `` bullets, ``1. `` numbered paragraphs, tables, ``**bold**``, ``*italic*`` and the
cross-reference ``[](#anchor)``. A line ``{.class}`` or ``{#anchor .phu-luc .ngang}`` before a
block gives it a style or makes the heading an annex; ``{cot="12 * 30"}`` before a table fixes the
widths of some of its columns in mm, the others follow from the content; ``{bo-trong="Không in:"}``
leaves columns without a value out and says so below, but for those named in ``giu="A; B"``. A cell
``<`` belongs to the one on its left; ``{.trang-moi}`` begins a page, ``{dong="3"}`` leaves three
lines empty. :mod:`vanban.compose.outline_classes` lists the classes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from vanban.compose.cross_references import UnknownAnchor, number_annexes, place_name, resolve
from vanban.compose.outline_classes import (
    ANNEX_CLASS,
    BY_CONTENT,
    EMPTY_LINE,
    FORM_CLASS,
    LANDSCAPE_CLASS,
    NEW_PAGE_CLASS,
    PARAGRAPH_CLASSES,
    SIGNING_STYLES,
)
from vanban.compose.rendered import CLOSE, OPEN, Inserted, Positions, Rendered, Traceable, tokens_of
from vanban.compose.tables import read_rows, without_empty_columns
from vanban.document import (
    Annex,
    Block,
    Heading,
    Paragraph,
    Run,
    Runs,
    StyleId,
    Table,
    joined,
)
from vanban.errors import TemplateError
from vanban.nd30.heading_numbers import HEADING_FORMS, HeadingForm
from vanban.provenance import Located, TracedNumber, TracedText, computed, traced


class Outlined(Struct, frozen=True):
    """What the outline at ``path`` makes of its values.

    ``front`` is the front matter; ``annexes`` have no note yet; ``places`` maps the id of every
    traceable value to where it stands ("Phần II, mục I.3.1, ý 4").
    """

    path: Path
    front: Mapping[str, str]
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    places: Mapping[str, str]


def read_outline(path: Path, rendered: Rendered) -> Outlined:
    """Read what became of the outline at ``path``.

    Raises TemplateError for a construct outside the subset.
    """
    reader = _Reader(path, rendered)
    reader.read()
    return reader.result()


class _Part(Struct):
    """The body or one annex while it is being read."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    landscape: bool = False
    is_form: bool = False
    anchor: str = ""
    at: tuple[Located, ...] = ()


class _List(Struct):
    """A list being read, and the number of its items so far."""

    numbered: bool
    count: int = 0


class _Reader:
    """Walks the tokens of one outline; holds the counters of headings."""

    def __init__(self, path: Path, rendered: Rendered) -> None:
        self._path = path
        self._rendered = rendered
        self._front: dict[str, str] = {}
        self._forms: tuple[HeadingForm, ...] = ()
        self._counts: list[int] = []
        self._labels: list[str] = []
        self._parts = [_Part()]
        self._anchors: set[str] = set()
        self._outside: set[str] = set()
        """Targets that are values: places of the dossier that the document is bound into."""
        self._lists: list[_List] = []
        self._places: dict[str, str] = {}

    def read(self) -> None:
        front, body = self._split_front(self._rendered.text)
        end = len(self._rendered.text) - len(body) - len("---\n") - len(front)
        for line in front.splitlines(keepends=True):
            end += len(line)
            name, _, value = line.partition(":")
            start = end - len(value.lstrip())
            self._front[name.strip()] = self._fill([(start, start + len(value.strip()))])
        names = [name.strip() for name in self._front.get("de_muc", "").split(",") if name.strip()]
        unknown = [name for name in names if name not in HEADING_FORMS]
        if unknown:
            allowed = ", ".join(HEADING_FORMS)
            raise self._problem(f"de_muc: không có kiểu “{unknown[0]}” — chọn trong: {allowed}")
        self._forms = tuple(HEADING_FORMS[name] for name in names)
        self._positions = Positions(self._rendered.text, len(self._rendered.text) - len(body))
        self._read_blocks(tokens_of(body))

    def result(self) -> Outlined:
        annex_parts = self._parts[1:]
        counted = iter(number_annexes(sum(not part.is_form for part in annex_parts)))
        numbers = [
            "" if part.is_form else computed(next(counted), *part.at) for part in annex_parts
        ]
        labels = {name: "" for name in self._outside}
        labels |= {part.anchor: number for part, number in zip(annex_parts, numbers, strict=True)}
        return Outlined(
            path=self._path,
            front=self._front,
            body=self._resolved(self._parts[0], labels),
            annexes=tuple(
                Annex(n, part.title, "", part.landscape, part.anchor, self._resolved(part, labels))
                for part, n in zip(annex_parts, numbers, strict=True)
            ),
            places=self._places,
        )

    # --- blocks ---------------------------------------------------------------------------

    def _split_front(self, markup: str) -> tuple[str, str]:
        pieces = markup.lstrip().split("---\n", 2)
        if len(pieces) != 3 or pieces[0].strip():
            raise self._problem("mẫu phải mở đầu bằng phần khai báo giữa hai dòng ---")
        return pieces[1], pieces[2]

    def _read_blocks(self, tokens: Sequence[Token]) -> None:
        first = False  # whether the next paragraph is the first of a list item
        position = 0
        while position < len(tokens):
            token = tokens[position]
            match token.type:
                case "heading_open":
                    self._read_heading(token, tokens[position + 1])
                    position += 2
                case "paragraph_open":
                    inline = tokens[position + 1]
                    table = self._table_value(inline)
                    if table is not None:
                        self._parts[-1].blocks.append(table)
                    else:
                        self._add_paragraph(token, self._read_inline(inline), first)
                    first = False
                    position += 2
                case "bullet_list_open" | "ordered_list_open":
                    self._lists.append(_List(numbered=token.type == "ordered_list_open"))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._lists[-1].count += 1
                    first = True
                case "list_item_close":
                    first = False
                case "table_open":
                    start = position
                    while tokens[position].type != "table_close":
                        position += 1
                    self._read_table(tokens[start : position + 1])
                case _:
                    raise self._problem(f"mẫu dùng cấu trúc không hỗ trợ: {token.type}")
            position += 1

    def _add_paragraph(self, token: Token, runs: Runs, first: bool) -> None:
        """Add a paragraph; ``first`` says that it opens the current list item."""
        classes = self._classes(token, (*PARAGRAPH_CLASSES, NEW_PAGE_CLASS))
        styles = [PARAGRAPH_CLASSES[name] for name in classes if name != NEW_PAGE_CLASS]
        style = styles[0] if styles else StyleId.BODY
        if first:
            item = self._lists[-1]
            style = StyleId.NUMBERED if item.numbered else StyleId.BULLET
            label = f"{item.count}. " if item.numbered else "- "
            runs = (Run(computed(label, self._at(token))), *runs)
        blocks = self._parts[-1].blocks
        if style is StyleId.TABLE_TITLE:
            self._leave_room()
        lines = (*self._empty_lines(token), Paragraph(style, joined(runs)))
        if style in SIGNING_STYLES:
            lines = tuple(replace(each, right=True, keep_with_next=True) for each in lines)
        if NEW_PAGE_CLASS in classes:
            lines = (replace(lines[0], new_page=True, anchor=self._anchor(token)), *lines[1:])
        blocks += lines

    def _leave_room(self) -> None:
        """Put an empty line after a table: spaces before a paragraph differ between engines."""
        blocks = self._parts[-1].blocks
        if blocks and isinstance(blocks[-1], Table):
            blocks.append(EMPTY_LINE)

    def _empty_lines(self, token: Token) -> tuple[Paragraph, ...]:
        """Return the empty lines that a block asks for above it."""
        count = str(token.attrGet("dong") or "0")
        if not count.isdecimal():
            raise self._problem(f"dong=“{count}” phải là số dòng để trống, ví dụ 3")
        return (EMPTY_LINE,) * int(count)

    def _read_heading(self, token: Token, inline: Token) -> None:
        classes = self._classes(token, (ANNEX_CLASS, FORM_CLASS, LANDSCAPE_CLASS))
        anchor = self._anchor(token)
        if {ANNEX_CLASS, FORM_CLASS} & set(classes):
            title = traced(*(run.text for run in self._read_inline(inline)))
            anchor = anchor or f"phu-luc-{len(self._parts)}"
            self._anchors.add(anchor)
            landscape, is_form = LANDSCAPE_CLASS in classes, FORM_CLASS in classes
            self._parts.append(_Part([], title, landscape, is_form, anchor, (self._at(token),)))
            self._counts, self._labels = [], []
            return
        level = int(token.tag[1:])
        if level > len(self._forms):
            raise self._problem(f"tiêu đề cấp {level} nhưng de_muc chỉ khai {len(self._forms)} cấp")
        form = self._forms[level - 1]
        counts = [*self._counts[:level], *[0] * (level - len(self._counts))]
        counts[level - 1] += 1
        labels = [*self._labels[: level - 1], *[""] * (level - 1 - len(self._labels))]
        label = form.label(counts[level - 1], labels[level - 2] if level > 1 else "")
        self._counts, self._labels = counts, [*labels, label]
        self._leave_room()
        anchor = anchor or f"muc-{len(self._anchors) + 1}"
        self._anchors.add(anchor)
        self._parts[-1].blocks.append(
            Heading(
                form.style,
                level,
                computed(label, self._at(token)),
                self._read_inline(inline),
                form.stacked,
                anchor,
            )
        )

    def _anchor(self, token: Token) -> str:
        """Return the anchor of a block, "" for none; raises TemplateError for one used twice."""
        anchor = self._rendered.filled(str(token.attrGet("id") or ""))
        if anchor in self._anchors:
            raise self._problem(f"mã #{anchor} đặt cho hai chỗ — đổi một mã")
        if anchor:
            self._anchors.add(anchor)
        return anchor

    def _read_table(self, tokens: Sequence[Token]) -> None:
        cot = str(tokens[0].attrGet("cot") or "")
        try:
            widths = tuple(0.0 if each == BY_CONTENT else float(each) for each in cot.split())
        except ValueError:
            message = f"cot=“{cot}” phải là các số mm hoặc dấu *, ví dụ 12 * 30"
            raise self._problem(message) from None
        head, rows = read_rows(tokens, self._read_inline)
        widths = widths or (0.0,) * len(head[0].cells)
        if len(widths) != len(head[0].cells):
            raise self._problem(
                f"bảng “{head[0].cells[0].text} | …” có {len(head[0].cells)} cột nhưng khai "
                f"{len(widths)} bề rộng ở cot"
            )
        table = Table(widths, tuple(head), tuple(rows))
        words = self._attribute(tokens[0], "bo-trong")
        kept = [name.strip() for name in str(tokens[0].attrGet("giu") or "").split(";")]
        blocks = without_empty_columns(table, words, kept, self._at(tokens[0]))
        self._parts[-1].blocks += (*self._empty_lines(tokens[0]), *blocks)

    # --- inline ---------------------------------------------------------------------------

    def _read_inline(self, token: Token, column: int | None = None) -> Runs:
        """Read the content of a block; ``column`` counts the cell within a row of a table."""
        runs: list[Run] = []
        stretches = self._positions.texts(token, column)
        bold = italic = 0
        target: str | None = None
        for child in token.children or []:
            match child.type:
                case "text":
                    if text := self._fill(next(stretches)):
                        runs.append(Run(text, bold > 0, italic > 0, target))
                case "softbreak" | "hardbreak":
                    blank = TracedText(" ", self._fill(next(stretches)).sources)
                    runs.append(Run(blank, bold > 0, italic > 0, target))
                case "strong_open" | "strong_close":
                    bold += child.nesting
                case "em_open" | "em_close":
                    italic += child.nesting
                case "link_open":
                    href = unquote(str(child.attrGet("href"))).removeprefix("#")
                    target = self._rendered.filled(href) or None
                    if OPEN in href and target is not None:
                        self._outside.add(target)
                    if target is not None and not any(
                        sibling.type == "text" and sibling.content
                        for sibling in token.children or []
                        if sibling.level > child.level
                    ):
                        runs.append(Run("", bold > 0, italic > 0, target))
                case "link_close":
                    target = None
                case _:
                    raise self._problem(f"mẫu dùng cấu trúc không hỗ trợ: {child.type}")
        return joined(tuple(runs))

    def _fill(self, stretches: Iterable[tuple[int, int]]) -> TracedText:
        """Return the text between positions, values in place of their place-holders."""
        found = (each for start, end in stretches for each in self._rendered.pieces(start, end))
        return traced(*(self._text(each) if isinstance(each, Inserted) else each for each in found))

    def _text(self, inserted: Inserted) -> str:
        """Return a value as it prints; what does not know where it is from is of the outline."""
        value = inserted.value
        if isinstance(value, TracedText):
            return value
        if isinstance(value, TracedNumber):
            return value.text
        # a protocol is asked for last: that takes a hundred times as long as a class
        if not isinstance(value, str | int) and isinstance(value, Traceable):
            self._places[value.id] = place_name(
                self._labels, self._lists[0].count if self._lists else 0
            )
            value = value.text
        return value if isinstance(value, TracedText) else computed(f"{value}", inserted.at)

    def _attribute(self, token: Token, name: str) -> TracedText:
        """Return an attribute of a block that is printed, with its place."""
        words = str(token.attrGet(name) or "")
        block, _ = self._positions.line((token.map or [0])[0])
        start = self._rendered.text.rfind(words, 0, block)  # attributes stand above their block
        return self._fill([(start, start + len(words))])

    def _at(self, token: Token) -> Located:
        """Return where a block of the outline stands."""
        start, _ = self._positions.line((token.map or [0])[0])
        return self._rendered.at(start)

    def _table_value(self, inline: Token) -> Table | None:
        """Return the table that a paragraph consists of: a chart, composed before."""
        if not re.fullmatch(f"{OPEN}[0-9]+{CLOSE}", inline.content):
            return None
        (stretch,) = next(self._positions.texts(inline))
        (piece,) = self._rendered.pieces(*stretch)
        value = piece.value if isinstance(piece, Inserted) else None
        return value if isinstance(value, Table) else None

    def _resolved(self, part: _Part, labels: Mapping[str, str]) -> tuple[Block, ...]:
        try:
            return tuple(resolve(block, labels) for block in part.blocks)
        except UnknownAnchor as error:
            raise self._problem(
                f"dẫn chiếu đến “#{error}” nhưng không có phụ lục đó — sửa mã hoặc thêm phụ lục"
            ) from None

    def _classes(self, token: Token, known: Collection[str]) -> list[str]:
        """Return the classes of a block; one that is not ``known`` there is a mistake."""
        classes = str(token.attrGet("class") or "").split()
        for name in classes:
            if name not in known:
                allowed = ", ".join(known)
                raise self._problem(f"không có lớp .{name} ở chỗ này — chọn trong: {allowed}")
        return classes

    def _problem(self, message: str) -> TemplateError:
        return TemplateError.at(self._path, message)
