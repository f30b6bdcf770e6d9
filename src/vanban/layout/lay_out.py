"""Document + frame + faces → :class:`~vanban.layout.pages.Pages`; pure, no files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from vanban.document import (
    Annex,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Run,
    Signature,
    StyleId,
    Table,
)
from vanban.document import Block as DocumentBlock
from vanban.layout.blocks import (
    Block,
    CellBlock,
    FixedBlock,
    ParagraphBlock,
    RowBlock,
    TableBlock,
)
from vanban.layout.change_marks import change_marks
from vanban.layout.flow import fill_pages
from vanban.layout.measures import (
    PICTURE_FOOT,
    PT_PER_MM,
    SIGNATURE_LINES,
    STAMP_LINE,
    STAMP_SPACE,
    Fitted,
    Layout,
    Rule,
    Stamp,
    heading_lines,
    stamps_of,
    with_keeping,
)
from vanban.layout.pages import (
    ITEMS,
    NO_ELEMENT,
    Box,
    Element,
    Field,
    Kind,
    Mark,
    Page,
    Pages,
    Shown,
    Text,
)
from vanban.layout.signing_fields import SigningSpace, signing_spaces
from vanban.ooxml.word_file import PageSetup
from vanban.picture import Picture

Column = Sequence[tuple[StyleId, tuple[str, ...]] | Rule | Stamp | SigningSpace]
"""What stands in one cell of the tables of head and signature, from the top."""


def signing(signature: Signature, space: SigningSpace) -> Column:
    """Return the lines of a signature from the top, with the ``space`` to sign in."""
    return (
        (StyleId.SIGNING_CAPACITY, signature.capacity),
        space,
        (StyleId.SIGNER, (signature.name,)),
    )


def lay_out(document: Document, layout: Layout) -> Pages:
    """Return the pages of ``document``: its text, then each annex numbered from 1."""
    return Setter(document, layout).pages()


class Setter:
    """Makes blocks of a document, and numbers its elements on the way."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document, self.layout, self.frame = document, layout, layout.frame
        self.elements: list[Element] = []

    def pages(self) -> Pages:
        size = self.frame.page
        document = self.document
        if document.is_annex:
            pages = []
        elif document.is_bare:
            pages = self.bare_sheets(size)
        else:
            pages = fill_pages(
                [*self.head(), *self.blocks(document.body, size), *self.signature()], size
            )
        for annex in document.annexes:
            size = self.frame.page.turned() if annex.landscape else self.frame.page
            pages += fill_pages(list(self.annex(annex, size)), size)
        return Pages(tuple(map(self.with_margins, pages)), tuple(self.elements))

    def bare_sheets(self, size: PageSetup) -> list[Page]:
        """Return the pages of sheets without head, signature and numbers, part by part."""
        parts: list[list[Block]] = [[]]
        for block in self.document.body:
            if isinstance(block, Paragraph) and block.new_page:
                parts.append([])
            parts[-1].extend(self.blocks((block,), size))
        return [replace(page, number=0) for part in parts for page in fill_pages(part, size)]

    def element(self, kind: Kind, parent: int = -1, **more: object) -> int:
        self.elements.append(Element(kind, parent, **more))  # type: ignore[arg-type]
        return len(self.elements) - 1

    # --- head, signature ----------------------------------------------------------------------

    def head(self) -> Iterator[Block]:
        header, rules, size = self.document.header, self.layout.rules, self.frame.page
        subject = (header.subject,) if header.subject else ()
        number: Column = (
            (StyleId.NUMBER, (header.number,)),
            (StyleId.SUBJECT, subject),
            *stamps_of(header, self.frame),
        )
        date = ((StyleId.PLACE_DATE, (header.place_date,)),)
        yield self.side_by_side(self.frame.header_widths, (self.names(header), (number, date)))
        if header.document_type:
            kind = ((StyleId.DOCUMENT_TYPE, (header.document_type,)),)
            yield from self.column(kind, size.text_width)
        if header.abstract:
            yield from self.blocks((header.abstract_block(),), size)
        if header.document_type:
            yield self.rule(rules.abstract)
        yield from self.blocks(header.addressee_blocks(), size)

    def names(self, header: Header) -> tuple[Column, Column]:
        """Return the agency and, beside it, national name and motto, each above its rule."""
        left = (
            (StyleId.SUPERIOR_AGENCY, header.superior),
            (StyleId.AGENCY, header.agency),
            self.layout.rules.agency,
        )
        right = (
            (StyleId.NATIONAL_NAME, (header.national_name,)),
            (StyleId.MOTTO, (header.motto,)),
            self.layout.rules.motto,
        )
        return left, right

    def signature(self) -> Iterator[Block]:
        document, other = self.document, self.document.countersignature
        recipients = (
            (StyleId.RECIPIENTS_HEAD, (document.recipients_head,)),
            (StyleId.RECIPIENT, document.recipients),
        )
        *first, own = signing_spaces(document)
        left = signing(other, first[0]) if first else recipients
        row = (left, signing(document.signature, own))
        yield self.side_by_side(self.frame.signature_widths, (row,))
        if other.capacity:
            yield from self.column(recipients, self.frame.page.text_width)

    def side_by_side(self, widths: Sequence[float], rows: Sequence[Sequence[Column]]) -> FixedBlock:
        """Return cells without borders, each row as high as its highest."""
        texts, boxes, fields, cuts = list[Text](), list[Box](), list[Field](), list[float]()
        top = 0.0
        for row in rows:
            heights, left = [0.0], 0.0
            for column, width in zip(row, widths, strict=True):
                down, ends = top, list[float]()
                for block in self.column(column, width):
                    if isinstance(block, ParagraphBlock):
                        texts += block.place(left, down + block.style.before)
                    elif isinstance(block, FixedBlock):
                        moved = block.moved(left, down)
                        texts += moved.texts
                        boxes += moved.boxes
                        fields += moved.fields
                    ends += (down + each for each in block.cuts)
                    down += block.height
                if down - top > max(heights):
                    cuts = ends
                heights.append(down - top)
                left += width
            top += max(heights)
        return FixedBlock(top, tuple(texts), tuple(boxes), tuple(fields), cuts=tuple(cuts))

    def column(self, column: Column, width: float) -> Iterator[ParagraphBlock | FixedBlock]:
        for part in column:
            if isinstance(part, Rule):
                yield self.rule(part)
                continue
            if isinstance(part, Stamp):
                yield self.stamp(part)
                continue
            if isinstance(part, SigningSpace):
                yield self.space(part, width)
                continue
            style_id, texts = part
            for text in texts:
                yield self.paragraph(self.layout.unfitted((Run(text),), style_id, width), style_id)

    def rule(self, rule: Rule) -> FixedBlock:
        """Return a drawn line: the border below an empty paragraph."""
        style = self.frame.styles[StyleId.RULE]
        thick, space = style.border or (0.75, 1.0)
        top = style.before + style.pitch + space
        box = Box(rule.indent, top, rule.width - 2 * rule.indent, thick, style.color)
        return FixedBlock(top + thick + style.after, (), (box,))

    def stamp(self, stamp: Stamp) -> FixedBlock:
        """Return a word in its box."""
        runs = (Run(stamp.text),)
        fitted = self.layout.unfitted(runs, StyleId.URGENCY, stamp.width - 2 * stamp.indent)
        block = self.paragraph(fitted, StyleId.URGENCY)
        style, line = block.style, STAMP_LINE
        top = style.before
        inside = 2 * STAMP_SPACE + len(block.lines) * style.pitch
        width, height = stamp.width - 2 * stamp.indent, inside + 2 * line
        boxes = (
            Box(stamp.indent, top, width, line, style.color),
            Box(stamp.indent, top + height - line, width, line, style.color),
            Box(stamp.indent, top, line, height, style.color),
            Box(stamp.indent + width - line, top, line, height, style.color),
        )
        texts = tuple(block.place(stamp.indent, top + line + STAMP_SPACE))
        return FixedBlock(top + height + style.after, texts, boxes)

    def space(self, space: SigningSpace, width: float) -> FixedBlock:
        """Return the room to sign in, in a column ``width`` wide, with its fields."""
        style = self.frame.styles[StyleId.SIGNATURE_SPACE]
        height = SIGNATURE_LINES * (style.before + style.pitch + style.after)
        return FixedBlock(height, fields=self.tagged(space.fields(0.0, 0.0, width, height)))

    def tagged(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        return tuple(replace(field, element=self.element(Kind.FORM)) for field in fields)

    # --- blocks -------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[DocumentBlock], size: PageSetup) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Paragraph():
                    if block.picture is not None:
                        yield self.picture(block.picture, size)
                    aside = self.layout.aside(block, size)
                    fitted = self.layout.fitted(block.runs, block.style, size.text_width - aside)
                    mark = Mark(block.anchor, 0.0) if block.anchor else None
                    made = self.paragraph(fitted, block.style, mark=mark)
                    yield replace(
                        made,
                        left=made.left + aside,
                        keep_next=made.keep_next or block.keep_with_next,
                        keep_lines=made.keep_lines or block.keep_together,
                    )
                case Heading():
                    yield self.heading(block, size)
                case Table():
                    yield self.table(block, size)

    def picture(self, picture: Picture, size: PageSetup) -> FixedBlock:
        """Return a picture in the middle of the page, with the spaces of a paragraph."""
        style = self.frame.styles[StyleId.BODY]
        width, height = picture.width * PT_PER_MM, picture.height * PT_PER_MM
        element = self.element(Kind.FIGURE, description=picture.description)
        left = (size.text_width - width) / 2
        shown = Shown(picture, left, style.before, width, height, element)
        whole = style.before + height + PICTURE_FOOT + style.after
        return FixedBlock(whole, pictures=(shown,), keep_next=True)

    def paragraph(
        self,
        fitted: Fitted,
        style_id: StyleId,
        element: int | None = None,
        mark: Mark | None = None,
        padding: float = 0.0,
        align: str = "",
    ) -> ParagraphBlock:
        style = self.frame.styles[style_id]
        words = (stretch.text for line in fitted.lines for stretch in line.stretches)
        if element is None and any(map(str.strip, words)):
            element = self.element(Kind.ITEM if style_id in ITEMS else Kind.PARAGRAPH)
        return ParagraphBlock(
            style,
            fitted.lines,
            style.left + padding,
            fitted.space,
            NO_ELEMENT if element is None else element,
            keep_next=style.keep_next,
            keep_lines=style.keep_lines,
            mark=mark,
            align=align,
        )

    def heading(self, heading: Heading, size: PageSetup) -> ParagraphBlock:
        style = self.frame.styles[heading.style]
        level = heading.level if style.outline is None else style.outline + 1
        fit = self.layout.unfitted if heading.stacked else self.layout.fitted
        fitted = [fit(runs, heading.style, size.text_width) for runs in heading_lines(heading)]
        mark = Mark(heading.anchor, 0.0, heading.outline_text, level)
        element = self.element(Kind.HEADING, level=level)
        made = self.paragraph(fitted[0], heading.style, element, mark)
        return replace(made, lines=tuple(line for each in fitted for line in each.lines))

    def annex(self, annex: Annex, size: PageSetup) -> Iterator[Block]:
        if annex.signing_note:
            yield self.signing_note(annex.signing_note, size)
        if annex.head is not None:
            yield self.side_by_side(self.frame.header_widths, (self.names(annex.head),))
        element = self.element(Kind.HEADING, level=1)
        mark = Mark(annex.anchor, 0.0, annex.outline_text, 1)
        head = annex.heading
        fitted = self.layout.unfitted(head.runs, head.style, size.text_width)
        yield self.paragraph(fitted, head.style, element, mark)
        yield from self.blocks((*annex.head_blocks(), *annex.blocks), size)

    def signing_note(self, note: str, size: PageSetup) -> FixedBlock:
        """Return the line on top of a separate annex, with the field at its end."""
        style_id, width = StyleId.SIGNING_NOTE, size.text_width
        line = self.paragraph(self.layout.unfitted((Run(note),), style_id, width), style_id)
        texts = tuple(line.place(0.0, line.style.before))
        space = SigningSpace(agency=self.document.author, lines=1)
        fields = space.fields(0.0, line.style.before, width, line.style.pitch)
        return FixedBlock(line.height, texts, fields=self.tagged(fields))

    def table(self, table: Table, size: PageSetup) -> TableBlock:
        look = self.frame.table
        widths = tuple(width * PT_PER_MM for width in table.widths)
        kind = Kind.FIGURE if table.description else Kind.TABLE
        number = self.element(kind, description=table.description)
        top, _, bottom, _ = look.padding
        return TableBlock(
            tuple(self.row(row, widths, StyleId.TABLE_HEAD, number, size) for row in table.head),
            tuple(
                self.row(row, widths, StyleId.TABLE_CELL, number, size, keep_next)
                for row, keep_next in with_keeping(table)
            ),
            look.border,
            (top, bottom),
            self.layout.is_whole(table, widths, size),
        )

    def row(
        self,
        row: Row,
        widths: Sequence[float],
        style_id: StyleId,
        table: int,
        size: PageSetup,
        keep_next: bool = False,
    ) -> RowBlock:
        head = style_id is StyleId.TABLE_HEAD
        _, _, _, padding = self.frame.table.padding
        is_figure = self.elements[table].kind is Kind.FIGURE
        element = table if is_figure else self.element(Kind.ROW, table)
        cells = []
        left = 0.0
        for cell, width in row.placed(widths):
            kind = Kind.HEAD_CELL if head else Kind.CELL
            number = table if is_figure else self.element(kind, element, columns=cell.columns)
            fitted = self.layout.fitted_cell(cell.runs, style_id, width)
            align = "" if head else cell.align.value
            block = self.paragraph(fitted, style_id, number, padding=padding, align=align)
            cells.append(CellBlock(block, left, width, cell.fill))
            left += width
        may_split = not head and self.layout.may_split(row, widths, size)
        keep_next = keep_next and not may_split
        return RowBlock(tuple(cells), may_split, middle=head, keep_next=keep_next)

    # --- margins ------------------------------------------------------------------------------

    def with_margins(self, page: Page) -> Page:
        """Return ``page`` with its number above and the warning below."""
        frame = self.frame.page
        texts = list(page.texts)
        boxes = page.boxes
        if self.document.revision is not None:
            boxes = (*boxes, *change_marks(texts, self.layout.measure, frame.left))
        if page.number:
            texts += self.margin(str(page.number), StyleId.PAGE_NUMBER, page, frame.header)
        if self.document.banner:
            style = self.frame.styles[StyleId.BANNER]
            top = page.height - frame.footer - style.pitch
            texts += self.margin(self.document.banner, StyleId.BANNER, page, top)
        return replace(page, texts=tuple(texts), boxes=boxes)

    def margin(self, text: str, style_id: StyleId, page: Page, top: float) -> Iterator[Text]:
        """Yield a line in the margin, which is not broken where it is too long."""
        frame = self.frame.page
        fitted = self.layout.unfitted((Run(text),), style_id, sys.float_info.max)
        space = page.width - frame.left - frame.right
        block = self.paragraph(replace(fitted, space=space), style_id, element=NO_ELEMENT)
        return block.place(frame.left, top)
