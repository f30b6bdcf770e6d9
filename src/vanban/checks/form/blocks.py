"""Blocks of a part → paragraphs in reading order.

Body, tables cell by cell, nested tables, text boxes after the paragraph that holds them. Tracked
deletions and hidden text are left out, insertions and the results of fields kept; of alternative
drawings the newer is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from vanban.checks.form.looks import Looks, TextLook, flat, on
from vanban.checks.form.numbering import Numbering
from vanban.checks.form.word_file import CellPlace, Piece, WordParagraph
from vanban.render.frame import Element, W

_W = f"{{{W}}}"
_RUNS = ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "dir", "bdo")
_BLOCKS = ("sdt", "sdtContent", "customXml", "ruby", "rubyBase", "oMath", "oMathPara")
_THROUGH = frozenset((*_RUNS, *_BLOCKS))
"""What merely wraps blocks or runs."""

_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_LINE_SHAPES = frozenset(("line", "straightConnector1"))
BULLET = "\u2022"
"""In place of the letters of symbol fonts, which have no meaning of their own."""


@dataclass
class BlockReader:
    """Walks the blocks of one part."""

    looks: Looks
    numbering: Numbering
    paragraphs: list[WordParagraph] = field(default_factory=list)
    section_ends: list[Element] = field(default_factory=list)
    tracked: int = 0
    _tables: int = 0
    _count: int = 0
    _cell: CellPlace | None = None
    _table_style: str = ""
    _in_box: bool = False
    _fields: list[bool] = field(default_factory=list)
    """Open fields, outermost first: whether their result has begun."""

    def blocks(self, parent: Element) -> None:
        for element in parent:
            match _name(element):
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._table(element)
                case "AlternateContent":
                    self.blocks(_alternative(element))
                case name if name in _THROUGH:
                    self.blocks(element)

    def _table(self, table: Element) -> None:
        outside = self._cell, self._table_style
        index = self._tables
        self._tables += 1
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        self._table_style = "" if style is None else style.get(f"{_W}val", "")
        rows = [row for row in table.iter(f"{_W}tr") if _within(row, "tbl") is table]
        for row_number, row in enumerate(rows):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.tracked += 1
                continue
            cells = [cell for cell in row.iter(f"{_W}tc") if _within(cell, "tr") is row]
            for column, cell in enumerate(cells):
                self._cell = CellPlace(index, row_number, column)
                self.blocks(cell)
        self._cell, self._table_style = outside

    def _paragraph(self, element: Element) -> None:
        properties = element.find(f"{_W}pPr")
        style_id = self.looks.style_of(properties)
        stated = None if properties is None else properties.find(f"{_W}numPr")
        level = self.numbering.level(
            self.looks.numbering_of(style_id) if stated is None else stated
        )
        levels = ({} if level is None else level[2].properties, flat(properties))
        line = _Line(style_id)
        self._inline(element, line)
        self._fields = [begun for begun in self._fields if begun]
        label = ""
        text = "".join(line.texts)
        if level is not None and text.strip():
            label = self.numbering.next_label(*level)
        self._count += bool(text.strip())
        look = self.looks.paragraph(style_id, self._table_style, levels)
        self.paragraphs.append(
            WordParagraph(
                label + text,
                label,
                line.shifted(len(label)),
                look,
                self.looks.style_name(style_id),
                len(self.section_ends),
                self._count if text.strip() else 0,
                self._cell,
                self._in_box,
                line.drawn,
                tuple(line.fields),
                look.page_break or line.page_break,
            )
        )
        outside, self._in_box = self._in_box, True
        for box in line.boxes:
            self.blocks(box)
        self._in_box = outside
        section = None if properties is None else properties.find(f"{_W}sectPr")
        if section is not None:
            self.section_ends.append(section)

    def _inline(self, parent: Element, line: _Line) -> None:
        for element in parent:
            name = _name(element)
            if name == "r":
                self._run(element, line)
            elif name == "fldSimple":
                line.add_field(element.get(f"{_W}instr", ""))
                self._inline(element, line)
            elif name == "AlternateContent":
                self._inline(_alternative(element), line)
            elif name in _THROUGH:
                self.tracked += name in ("ins", "moveTo")
                self._inline(element, line)
            elif name in ("del", "moveFrom"):
                self.tracked += 1

    def _run(self, run: Element, line: _Line) -> None:
        properties = run.find(f"{_W}rPr")
        style = None if properties is None else properties.find(f"{_W}rStyle")
        look = self.looks.text(
            line.style_id,
            self._table_style,
            "" if style is None else style.get(f"{_W}val", ""),
            flat(properties),
        )
        for element in run:
            name = _name(element)
            if name == "fldChar":
                self._field_sign(element.get(f"{_W}fldCharType", ""), line)
            elif name == "instrText":
                line.instruction.append(element.text or "")
            elif name in ("drawing", "pict", "object"):
                line.drawn |= _is_line(element)
                line.boxes.extend(_outer_boxes(element))
            elif name == "AlternateContent":
                chosen = _alternative(element)
                line.drawn |= _is_line(chosen)
                line.boxes.extend(_outer_boxes(chosen))
            elif name == "br" and element.get(f"{_W}type") in ("page", "column"):
                line.page_break |= element.get(f"{_W}type") == "page"
            elif all(self._fields) and not look.hidden:
                line.add(_sign(name, element), look)

    def _field_sign(self, kind: str, line: _Line) -> None:
        if kind == "begin":
            self._fields.append(False)
            line.instruction.clear()
        elif kind == "separate" and self._fields:
            line.add_field("".join(line.instruction))
            self._fields[-1] = True
        elif kind == "end" and self._fields and not self._fields.pop():
            line.add_field("".join(line.instruction))


@dataclass
class _Line:
    """What is gathered of one paragraph."""

    style_id: str
    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    instruction: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    drawn: bool = False
    page_break: bool = False
    length: int = 0

    def add(self, text: str, look: TextLook) -> None:
        if not text:
            return
        self.texts.append(text)
        if self.pieces and self.pieces[-1].look is look:
            self.pieces[-1] = replace(self.pieces[-1], end=self.length + len(text))
        else:
            self.pieces.append(Piece(self.length, self.length + len(text), look))
        self.length += len(text)

    def shifted(self, length: int) -> tuple[Piece, ...]:
        """Return the pieces behind a label ``length`` long."""
        if not length:
            return tuple(self.pieces)
        return tuple(
            Piece(each.start + length, each.end + length, each.look) for each in self.pieces
        )

    def add_field(self, instruction: str) -> None:
        self.fields.extend(instruction.split()[:1])


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _sign(name: str, element: Element) -> str:
    """Return the text of one child of a run."""
    if name == "t":
        return element.text or ""
    if name == "br":
        return "\n"
    if name == "sym":
        try:
            code = int(element.get(f"{_W}char", ""), 16)
        except ValueError:
            return ""
        return BULLET if code >= 0xF000 or code < 0x20 else chr(code)
    return _SIGNS.get(name, "")


def _alternative(element: Element) -> Element:
    """Return the newest of alternative contents, which Word itself shows."""
    chosen = element.find("{*}Choice")
    if chosen is None:
        chosen = element.find("{*}Fallback")
    return element[:0] if chosen is None else chosen


def _within(element: Element, name: str) -> Element:
    """Return the nearest element of this name around ``element``."""
    return next(element.iterancestors(f"{_W}{name}"), None)


def _outer_boxes(drawing: Element) -> Iterator[Element]:
    """Yield the text boxes of a drawing, not those inside them or in its older alternative."""
    for element in drawing:
        name = _name(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            yield from _outer_boxes(_alternative(element))
        else:
            yield from _outer_boxes(element)


def _is_line(drawing: Element) -> bool:
    """Say whether a drawing is a straight line: a connector, a line, a thin VML shape."""
    for element in drawing.iter():
        name = _name(element)
        if name == "prstGeom" and element.get("prst") in _LINE_SHAPES:
            return True
        if name == "line" and "vml" in element.tag:
            return True
        if name in ("shape", "rect") and (
            element.get("type") == "#_x0000_t32"
            or on(element.get("{urn:schemas-microsoft-com:office:office}hr"))
        ):
            return True
    return False
