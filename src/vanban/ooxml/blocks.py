"""Blocks of a part → paragraphs in reading order.

Body, tables cell by cell, nested tables, text boxes after the paragraph that holds them. Tracked
deletions and hidden text are left out, insertions and the results of fields kept; paragraphs whose
mark is deleted are one with the next. Of alternative drawings the newer is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban.ooxml.drawings import is_line, outer_boxes
from vanban.ooxml.lines import Line, OpenField
from vanban.ooxml.markup import (
    Element,
    W,
    alternative,
    is_bordered,
    is_deleted,
    is_mark_deleted,
    is_prompt,
    local_name,
    within,
)
from vanban.ooxml.numbering import Numbering
from vanban.ooxml.properties import flat
from vanban.ooxml.styles import CharacterFormat, ParagraphFormat, Styles
from vanban.ooxml.word_file import CellPlace, Gap, WordParagraph

_W = f"{{{W}}}"
_RUNS = ("hyperlink", "ins", "moveTo", "conflictIns", "smartTag", "dir", "bdo")
_BLOCKS = ("sdt", "sdtContent", "customXml", "ruby", "rubyBase", "oMath", "oMathPara")
_THROUGH = frozenset((*_RUNS, *_BLOCKS))
"""What merely wraps blocks or runs."""

_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_ASIDE = ("table of contents", "cover pages")
"""Galleries of Word whose contents stand beside the document."""

_ASIDE_STYLES = ("toc ", "table of figures", "table of authorities")
PICTURES = ("pic", "imagedata")
PROMPT_STYLE = "placeholder text"
"""The style of prompts, which stays where a control was taken away."""

BULLET = "\u2022"
"""In place of the letters of symbol fonts, which have no meaning of their own."""


@dataclass
class BlockReader:
    """Walks the blocks of parts, one after the other; numbers go on through all of them."""

    styles: Styles
    numbering: Numbering
    paragraphs: list[WordParagraph] = field(default_factory=list)
    section_ends: list[Element] = field(default_factory=list)
    hidden: int = 0
    boxes: int = 0
    _where: str = ""
    _tables: int = 0
    _count: int = 0
    _cell: CellPlace | None = None
    _table_style: str = ""
    _bordered: bool = False
    _in_box: bool = False
    _in_prompt: bool = False
    _aside: bool = False
    _fields: list[OpenField] = field(default_factory=list)
    """Open fields, outermost first."""

    def read(
        self, root: Element, where: str = "", numbering: Numbering | None = None
    ) -> tuple[WordParagraph, ...]:
        """Read a part, named ``where``; other parts than the body count their lists anew."""
        self.paragraphs, self._fields, self._where = [], [], where
        if numbering is not None:
            self.numbering = numbering
        self.blocks(root)
        return tuple(self.paragraphs)

    def blocks(self, parent: Element) -> None:
        joined: list[Element] = []
        for element in parent:
            name = local_name(element)
            if name == "p":
                joined.append(element)
                if not is_mark_deleted(element):
                    self._paragraph(joined)
                    joined = []
                continue
            if name in _THROUGH or name in ("tbl", "AlternateContent"):
                self._rest(joined)
                joined = []
            if name == "tbl":
                self._table(element)
            elif name == "AlternateContent":
                self.blocks(alternative(element))
            elif name == "sdt":
                self._control(element)
            elif name in _THROUGH:
                self.blocks(element)
        self._rest(joined)

    def _rest(self, joined: Sequence[Element]) -> None:
        """Read paragraphs with a deleted mark that nothing follows; an empty one is gone."""
        if joined:
            self._paragraph(joined)
            last = self.paragraphs[-1]
            if not (last.number or last.maybe_line or last.box):
                self.paragraphs.pop()

    def _control(self, control: Element) -> None:
        """Read a content control around blocks."""
        outside = self._in_prompt, self._aside
        self._in_prompt |= is_prompt(control)
        gallery = control.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
        if gallery is not None and gallery.get(f"{_W}val", "").lower() in _ASIDE:
            self._aside = True
        self.blocks(control)
        self._in_prompt, self._aside = outside

    def _table(self, table: Element) -> None:
        outside = self._cell, self._table_style, self._bordered, self._in_prompt
        index = self._tables
        self._tables += 1
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        self._table_style = "" if style is None else style.get(f"{_W}val", "")
        bordered = is_bordered(table.find(f"{_W}tblPr/{_W}tblBorders"))
        bordered = bordered or self.styles.has_borders(self._table_style)
        rows = [row for row in table.iter(f"{_W}tr") if within(row, "tbl") is table]
        for row_number, row in enumerate(rows):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [cell for cell in row.iter(f"{_W}tc") if within(cell, "tr") is row]
            for column, cell in enumerate(cells):
                if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
                    continue
                self._cell = CellPlace(index, row_number, column)
                borders = cell.find(f"{_W}tcPr/{_W}tcBorders")
                self._bordered = bordered or is_bordered(borders)
                around = cell.iterancestors(f"{_W}sdt")
                self._in_prompt = outside[3] or any(map(is_prompt, around))
                self.blocks(cell)
        self._cell, self._table_style, self._bordered, self._in_prompt = outside

    def _paragraph(self, elements: Sequence[Element]) -> None:
        """Read a paragraph; of several that are one, the last says how it is formatted."""
        properties = elements[-1].find(f"{_W}pPr")
        style_id = self.styles.style_of(properties)
        stated = None if properties is None else properties.find(f"{_W}numPr")
        level = self.numbering.level(stated, self.styles.numbering_of(style_id), style_id)
        levels = ({} if level is None else level[2].properties, flat(properties))
        line = Line(style_id)
        for element in elements:
            self._inline(element, line)
        self._fields = [each for each in self._fields if each.begun]
        text = line.text
        if self._in_prompt and text.strip():
            line.gaps.append(Gap(0, len(text), ""))
        label = ""
        if level is not None:  # Word counts an empty one as well
            counted = self.numbering.next_label(*level)
            label = counted if text.strip() else ""
        self._count += bool(text.strip())
        format_ = self.styles.paragraph(style_id, self._table_style, levels)
        style = self.styles.style_name(style_id)
        listed = 2 * line.listed > len(text) or (not text and self._in_contents)
        self.paragraphs.append(
            WordParagraph(
                label + text,
                label,
                line.shifted_runs(len(label)),
                format_,
                style,
                len(self.section_ends),
                self._count if text.strip() else 0,
                self._cell,
                self._in_box,
                line.drawn,
                tuple(line.fields),
                format_.page_break or line.page_break,
                self._where,
                line.maybe_drawn
                or format_.border_above
                or self._bordered
                or _is_ruled(line, format_),
                line.break_after,
                self._aside or listed or style.startswith(_ASIDE_STYLES),
                line.margin_tab,
                line.shifted_gaps(len(label)),
                line.picture,
            )
        )
        self.boxes += len(line.boxes)
        outside, self._in_box = self._in_box, True
        for box in line.boxes:
            self.blocks(box)
        self._in_box = outside
        section = None if properties is None else properties.find(f"{_W}sectPr")
        if section is not None:
            self.section_ends.append(section)

    @property
    def _in_contents(self) -> bool:
        return any(each.is_contents for each in self._fields)

    def _inline(self, parent: Element, line: Line) -> None:
        for element in parent:
            name = local_name(element)
            if name == "r":
                self._run(element, line)
            elif name == "fldSimple":
                self._simple_field(element, line)
            elif name == "sdt" and is_prompt(element):
                start = line.length
                self._inline(element, line)
                line.gaps.append(Gap(start, line.length, "ô nội dung còn trống"))
            elif name == "AlternateContent":
                self._inline(alternative(element), line)
            elif name in _THROUGH:
                self._inline(element, line)

    def _simple_field(self, element: Element, line: Line) -> None:
        field_ = OpenField(element.get(f"{_W}instr", ""))
        field_.begin(line)
        self._fields.append(field_)
        self._inline(element, line)
        if field_ in self._fields:
            self._fields.remove(field_)
        field_.end(line)

    def _run(self, run: Element, line: Line) -> None:
        properties = run.find(f"{_W}rPr")
        if is_deleted(properties):
            return
        element = None if properties is None else properties.find(f"{_W}rStyle")
        style = "" if element is None else element.get(f"{_W}val", "")
        format_ = self.styles.text(line.style_id, self._table_style, style, flat(properties))
        start = line.length
        for element in run:
            name = local_name(element)
            if name == "fldChar":
                self._field_sign(element.get(f"{_W}fldCharType", ""), line)
            elif name == "instrText":
                if self._fields:
                    self._fields[-1].instruction += element.text or ""
            elif name == "pgNum":
                line.fields.append("PAGE")
            elif name in ("drawing", "pict", "object"):
                self._drawing(element, line)
            elif name == "AlternateContent":
                self._drawing(alternative(element), line)
            elif name == "ruby":
                self._inline(element, line)
            elif name == "br" and element.get(f"{_W}type") in ("page", "column"):
                if element.get(f"{_W}type") == "page":
                    line.add_break()
            elif all(each.begun for each in self._fields):
                self._sign(element, line, format_)
        if self.styles.style_name(style) == PROMPT_STYLE and line.length > start:
            line.gaps.append(Gap(start, line.length, ""))

    def _sign(self, element: Element, line: Line, format_: CharacterFormat) -> None:
        text = _text(element)
        if format_.hidden:
            self.hidden += bool(text.strip())
            return
        if local_name(element) == "ptab" and not line.text.strip():
            line.margin_tab = element.get(f"{_W}alignment", "")
        if self._in_contents:
            line.listed += len(text)
        line.add(text, format_)

    def _drawing(self, drawing: Element, line: Line) -> None:
        line.picture |= any(local_name(each) in PICTURES for each in drawing.iter())
        if is_line(drawing):
            line.drawn = True
        else:
            line.maybe_drawn |= len(drawing) > 0
        line.boxes.extend(outer_boxes(drawing))

    def _field_sign(self, kind: str, line: Line) -> None:
        if kind == "begin":
            self._fields.append(OpenField())
        elif kind == "separate" and self._fields:
            self._fields[-1].begin(line)
        elif kind == "end" and self._fields:
            self._fields.pop().end(line)


def _is_ruled(line: Line, format_: ParagraphFormat) -> bool:
    """Say whether blanks of a paragraph without words draw a line: leaders of tabs, underlines."""
    text = line.text
    if text.strip() or not text:
        return False
    return ("\t" in text and format_.leader) or any(each.format.underline for each in line.runs)


def _text(element: Element) -> str:
    """Return the text of one child of a run."""
    name = local_name(element)
    if name == "t":
        return element.text or ""
    if name == "br":
        return "\n"
    if name == "sym":
        try:
            code = int(element.get(f"{_W}char", ""), 16)
        except ValueError:
            return ""
        return chr(code) if 0x20 <= code < 0xD800 else BULLET
    return _SIGNS.get(name, "")
