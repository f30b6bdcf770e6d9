"""Blocks of a part, its changes accepted → paragraphs in reading order.

Body, tables cell by cell, nested tables, text boxes after the paragraph that holds them. Hidden
text is left out, the results of fields are kept. Of alternative drawings the newer is read.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from vanban.ooxml.fields import DEEPEST, OpenField
from vanban.ooxml.markup import (
    Element,
    alternative,
    attribute,
    child,
    is_bordered,
    is_line,
    is_prompt,
    local_name,
    number,
    outer_boxes,
    value,
    w,
    within,
)
from vanban.ooxml.numbering import Numbering
from vanban.ooxml.signs import sign_text
from vanban.ooxml.styles import CharacterFormat, ParagraphFormat, Styles, flat
from vanban.ooxml.word_file import CellPlace, Gap, Run, WordParagraph

_THROUGH = frozenset((
    "hyperlink", "conflictIns", "smartTag", "dir", "bdo", "sdt", "sdtContent", "customXml",
    "ruby", "rubyBase", "oMath", "oMathPara",
))  # fmt: skip
"""What merely wraps blocks or runs."""

_ASIDE = ("table of contents", "cover pages")
"""Galleries of Word whose contents stand beside the document."""

_ASIDE_STYLES = ("toc ", "table of figures", "table of authorities")
PICTURES = ("{*}pic", "{*}imagedata")
PROMPT_STYLE = "placeholder text"
"""The style of prompts, which stays where a control was taken away."""

RUN_NUMBER = "number"
"""An attribute that runs are given before they are read: which of its part's it is, from 0."""


class _Paragraph(Struct, eq=False):
    """The text of a paragraph so far, its label first, and what hangs on it."""

    style_id: str
    label: str
    end: int
    texts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    blank: bool = True
    drawn: bool = False
    maybe_drawn: bool = False
    picture: bool = False
    page_break: bool = False
    break_after: bool = False
    margin_tab: str = ""
    listed: int = 0
    """Letters that a table of contents holds."""
    bookmarks: list[str] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    elements: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text without the label."""
        return "".join(self.texts)

    def add(self, text: str, format_: CharacterFormat, number: str | None = None) -> None:
        """Add text of the run that has this ``number`` in its part, if its runs are numbered."""
        start = self.end
        last = self.elements[-1][1] if self.elements else None
        if text and number is not None and int(number) != last:
            self.elements.append((start, int(number)))
        self.texts.append(text)
        self.end += len(text)
        self.blank = self.blank and not text.strip()
        if self.runs and self.runs[-1].format is format_:
            self.runs[-1] = replace(self.runs[-1], end=self.end)
        elif text:
            self.runs.append(Run(start, self.end, format_))

    def add_break(self) -> None:
        """Note a page break: before the words of the paragraph or after some of them."""
        if self.blank:
            self.page_break = True
        else:
            self.break_after = True

    def begin(self, opened: OpenField) -> None:
        """Begin the result of a field."""
        opened.begun, opened.place = True, self
        opened.start, opened.first = self.end, len(self.texts)
        if opened.name:
            self.fields.append(opened.name)

    def close(self, closed: OpenField) -> None:
        """Close a field; a result that waits to be filled in becomes a gap."""
        if not closed.begun:
            self.begin(closed)
        if closed.place is self:
            gap = closed.gap("".join(self.texts[closed.first :]).strip(), self.end)
            self.gaps += () if gap is None else (gap,)

    def is_ruled(self, format_: ParagraphFormat) -> bool:
        """Say whether its blanks draw a line: leaders of tabs, underlines."""
        if not self.blank:
            return False
        leads = format_.leader and "\t" in self.text
        return leads or any(each.format.underline for each in self.runs)


class BlockReader(Struct):
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
    _too_deep: int = 0
    _bookmarks: dict[str, str] = field(default_factory=dict)
    """Names of the open bookmarks by their ids."""
    _before: list[str] = field(default_factory=list)
    """Names of those that began since the last paragraph."""

    def read(self, root: Element, where: str = "") -> tuple[WordParagraph, ...]:
        """Read a part, named ``where``; each counts its lists anew."""
        self.paragraphs, self._fields, self._where = [], [], where
        self.numbering = self.numbering.anew()
        self._blocks(root)
        return tuple(self.paragraphs)

    def _blocks(self, parent: Element) -> None:
        for element in parent:
            match local_name(element):
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._table(element)
                case "AlternateContent":
                    self._blocks(alternative(element))
                case "sdt":
                    self._control(element)
                case "bookmarkStart" | "bookmarkEnd":
                    self._before += self._bookmark(element)
                case name if name in _THROUGH:
                    self._blocks(element)

    def _control(self, control: Element) -> None:
        """Read a content control around blocks."""
        outside = self._in_prompt, self._aside
        self._in_prompt |= is_prompt(control)
        self._aside |= value(control, "sdtPr", "docPartObj", "docPartGallery").lower() in _ASIDE
        self._blocks(control)
        self._in_prompt, self._aside = outside

    def _table(self, table: Element) -> None:
        outside = self._cell, self._table_style, self._bordered, self._in_prompt
        index = self._tables
        self._tables += 1
        self._table_style = value(table, "tblPr", "tblStyle")
        bordered = is_bordered(child(table, "tblPr", "tblBorders"))
        bordered = bordered or self.styles.has_borders(self._table_style)
        width = sum(number(attribute(each, "w"), 20) or 0 for each in table.iterfind(_GRID))
        rows = [row for row in table.iter(w("tr")) if within(row, "tbl") is table]
        for row_number, row in enumerate(rows):
            cells = [cell for cell in row.iter(w("tc")) if within(cell, "tr") is row]
            for column, cell in enumerate(cells):
                size = {"height": _height(row), "width": _width(cell), "table_width": width}
                self._cell = CellPlace(index, row_number, column, **size)
                self._bordered = bordered or is_bordered(child(cell, "tcPr", "tcBorders"))
                around = cell.iterancestors(w("sdt"))
                self._in_prompt = outside[3] or any(map(is_prompt, around))
                self._blocks(cell)
        self._cell, self._table_style, self._bordered, self._in_prompt = outside

    def _paragraph(self, element: Element) -> None:
        properties = child(element, "pPr")
        style_id = self.styles.style_of(properties)
        stated, of_style = child(properties, "numPr"), self.styles.numbering_of(style_id)
        level = self.numbering.level(stated, of_style, style_id)
        label = "" if level is None else self.numbering.next_label(*level)
        covering = dict.fromkeys((*self._bookmarks.values(), *self._before))
        self._before = []
        found = _Paragraph(style_id, label, len(label), bookmarks=[*covering])
        self._inline(element, found)
        self._fields = [each for each in self._fields if each.begun]
        text = found.text
        if found.blank:
            label = ""  # Word counts an empty one as well
        elif self._in_prompt:
            found.gaps.append(Gap(len(label), found.end, ""))
        self._count += not found.blank
        of_list = {} if level is None else level[2].properties
        format_ = self.styles.paragraph(style_id, self._table_style, of_list, flat(properties))
        style = self.styles.name(style_id)
        listed = 2 * found.listed > len(text) or (not text and self._in_contents)
        self.paragraphs.append(
            WordParagraph(
                label + text,
                label,
                tuple(found.runs),
                format_,
                style,
                section=len(self.section_ends),
                number=0 if found.blank else self._count,
                cell=self._cell,
                box=self._in_box,
                line=found.drawn,
                fields=tuple(found.fields),
                page_break=format_.page_break or found.page_break,
                where=self._where,
                maybe_line=found.maybe_drawn
                or format_.border_above
                or self._bordered
                or found.is_ruled(format_),
                break_after=found.break_after,
                aside=self._aside or listed or style.startswith(_ASIDE_STYLES),
                margin_tab=found.margin_tab,
                gaps=tuple(found.gaps),
                picture=found.picture,
                bookmarks=tuple(found.bookmarks),
                comments=tuple(found.comments),
                elements=tuple(found.elements),
            )
        )
        self.boxes += len(found.boxes)
        outside, self._in_box = self._in_box, True
        for box in found.boxes:
            self._blocks(box)
        self._in_box = outside
        section = child(properties, "sectPr")
        if section is not None:
            self.section_ends.append(section)

    @property
    def _in_contents(self) -> bool:
        return any(each.is_contents for each in self._fields)

    def _inline(self, parent: Element, found: _Paragraph) -> None:
        for element in parent:
            match local_name(element):
                case "r":
                    self._run(element, found)
                case "fldSimple":
                    self._simple_field(element, found)
                case "sdt" if is_prompt(element):
                    start = found.end
                    self._inline(element, found)
                    found.gaps.append(Gap(start, found.end, "ô nội dung còn trống"))
                case "AlternateContent":
                    self._inline(alternative(element), found)
                case "bookmarkStart" | "bookmarkEnd":
                    found.bookmarks += self._bookmark(element)
                case "commentRangeStart":
                    found.comments.append((attribute(element, "id") or "", found.end))
                case name if name in _THROUGH:
                    self._inline(element, found)

    def _bookmark(self, element: Element) -> tuple[str, ...]:
        """Open or close a bookmark; return the name of one that opens."""
        number = attribute(element, "id") or ""
        if local_name(element) == "bookmarkEnd":
            self._bookmarks.pop(number, None)
            return ()
        name = self._bookmarks[number] = attribute(element, "name") or ""
        return (name,)

    def _simple_field(self, element: Element, found: _Paragraph) -> None:
        simple = OpenField(attribute(element, "instr") or "")
        found.begin(simple)
        self._fields.append(simple)
        self._inline(element, found)
        if simple in self._fields:
            self._fields.remove(simple)
        found.close(simple)

    def _run(self, run: Element, found: _Paragraph) -> None:
        properties = child(run, "rPr")
        style = value(properties, "rStyle")
        format_ = self.styles.text(found.style_id, self._table_style, style, flat(properties))
        start = found.end
        for element in run:
            match local_name(element):
                case "fldChar":
                    self._field_sign(attribute(element, "fldCharType"), found)
                case "instrText":
                    if self._fields:
                        self._fields[-1].instruction += element.text or ""
                case "pgNum":
                    found.fields.append("PAGE")
                case "commentReference":
                    number = attribute(element, "id") or ""
                    if number not in dict(found.comments):
                        found.comments.append((number, found.end))
                case "drawing" | "pict" | "object":
                    self._drawing(element, found)
                case "AlternateContent":
                    self._drawing(alternative(element), found)
                case "ruby":
                    self._inline(element, found)
                case "br" if attribute(element, "type") == "page":
                    found.add_break()
                case "br" if attribute(element, "type") == "column":
                    pass
                case name if all(each.begun for each in self._fields):
                    self._sign(element, name, found, format_, run.get(RUN_NUMBER))
        if self.styles.name(style) == PROMPT_STYLE and found.end > start:
            found.gaps.append(Gap(start, found.end, ""))

    def _sign(
        self,
        element: Element,
        name: str,
        found: _Paragraph,
        format_: CharacterFormat,
        run: str | None,
    ) -> None:
        text = sign_text(element, name)
        if format_.hidden:
            self.hidden += bool(text.strip())
            return
        if name == "ptab" and found.blank:
            found.margin_tab = attribute(element, "alignment") or ""
        if self._in_contents:
            found.listed += len(text)
        found.add(text, format_, run)

    def _drawing(self, drawing: Element, found: _Paragraph) -> None:
        found.picture |= next(drawing.iter(*PICTURES), None) is not None
        if is_line(drawing):
            found.drawn = True
        else:
            found.maybe_drawn |= len(drawing) > 0
        found.boxes.extend(outer_boxes(drawing))

    def _field_sign(self, kind: str | None, found: _Paragraph) -> None:
        if kind == "begin" and len(self._fields) < DEEPEST:
            self._fields.append(OpenField())
        elif kind == "begin":
            self._too_deep += 1
        elif kind == "end" and self._too_deep:
            self._too_deep -= 1
        elif kind == "separate" and self._fields:
            found.begin(self._fields[-1])
        elif kind == "end" and self._fields:
            found.close(self._fields.pop())


_GRID = f"{w('tblGrid')}/{w('gridCol')}"


def _height(row: Element) -> float:
    """Return the height of a row that does not grow with its text, pt; 0 where it does."""
    stated = child(row, "trPr", "trHeight")
    exact = attribute(stated, "hRule") == "exact"
    return (number(attribute(stated), 20) or 0.0) if exact else 0.0


def _width(cell: Element) -> float:
    stated = child(cell, "tcPr", "tcW")
    fixed = attribute(stated, "type") in (None, "dxa")
    return (number(attribute(stated, "w"), 20) or 0.0) if fixed else 0.0
