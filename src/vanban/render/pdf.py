"""Document + frame → bytes of a tagged PDF/A-2a and PDF/UA-1 file, set by WeasyPrint.

The same blocks as in :mod:`vanban.render.docx`, written as well-formed HTML; the look comes from
:mod:`vanban.render.css`, the pages from :mod:`vanban.render.typesetter`. What elements share is a
class, not a ``style`` of their own: WeasyPrint computes the look of equal elements only once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from html import escape

from msgspec.structs import asdict

from vanban.document import (
    Align,
    Annex,
    Block,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Signature,
    StyleId,
    Table,
)
from vanban.layout.frame import Frame
from vanban.layout.measures import (
    PICTURE_FOOT,
    PT_PER_MM,
    SIGNATURE_LINES,
    STAMP_LINE,
    STAMP_SPACE,
    Fitted,
    Layout,
    Rule,
    Rules,
    Stamp,
    heading_lines,
    stamps_of,
    with_keeping,
)
from vanban.layout.pages import ITEMS
from vanban.layout.signing_fields import SigningSpace, signing_spaces
from vanban.ooxml.word_file import PageSetup
from vanban.picture import Picture
from vanban.render.css import WHOLE, cell_sides, stylesheet
from vanban.render.pdf_file import PdfFile
from vanban.render.pdf_properties import LANGUAGE, add_properties
from vanban.render.run_html import LINE_END, html_of_runs, html_of_text


class PdfEngine:
    """Writes PDFs; one engine serves a whole process, since its fonts are loaded once."""

    def __init__(self) -> None:
        from vanban.render.typesetter import Typesetter

        self._typesetter = Typesetter()

    def render(
        self,
        document: Document,
        layout: Layout,
        stamp: date | None,
    ) -> PdfFile:
        """Return the PDF of ``document``; equal arguments give equal bytes.

        ``stamp`` is the date in the file's properties, None for none.
        """
        sheet = stylesheet(document, layout.frame, layout.times)
        finish = partial(add_properties, document=document, stamp=stamp)
        return self._typesetter.pdf(document_html(document, layout), sheet, finish)

    def start(
        self, document: Document, layout: Layout, stamp: date | None
    ) -> Callable[[], PdfFile]:
        """Return a call that renders ``document``: the way of PdfProcess, without a process."""
        return partial(self.render, document, layout, stamp)


def document_html(document: Document, layout: Layout) -> str:
    annexes = "".join(
        _annex(annex, number, layout, document.author)
        for number, annex in enumerate(document.annexes, 1)
    )
    body = _blocks(document.body, layout)
    if not document.is_bare:
        body = f"{_header(document, layout)}{body}{_signature(document, layout.frame)}"
    if not document.is_annex:
        body = f'<div class="body">{body}</div>'
    return (
        f'<!DOCTYPE html><html lang="{LANGUAGE}"><head><meta charset="utf-8"/></head><body>'
        f"{body}{annexes}</body></html>"
    )


def _header(document: Document, layout: Layout) -> str:
    header, rules, frame = document.header, layout.rules, layout.frame
    rows = (
        _names(header, rules),
        (
            _lines(StyleId.NUMBER, (header.number,))
            + _lines(StyleId.SUBJECT, tuple(filter(None, (header.subject,))))
            + "".join(_stamp(stamp, frame) for stamp in stamps_of(header, frame)),
            _lines(StyleId.PLACE_DATE, (header.place_date or "\u00a0",)),
        ),
    )
    return (
        _layout_table(frame.header_widths, rows)
        + _lines(StyleId.DOCUMENT_TYPE, tuple(filter(None, (header.document_type,))))
        + _blocks((header.abstract_block(),), layout) * bool(header.abstract)
        + _rule(rules.abstract) * bool(header.document_type)
        + _blocks(header.addressee_blocks(), layout)
    )


def _names(header: Header, rules: Rules) -> tuple[str, str]:
    """Return the agency and, beside it, national name and motto, each above its rule."""
    left = (
        _lines(StyleId.SUPERIOR_AGENCY, header.superior)
        + _lines(StyleId.AGENCY, header.agency)
        + _rule(rules.agency)
    )
    right = (
        _lines(StyleId.NATIONAL_NAME, (header.national_name,))
        + _lines(StyleId.MOTTO, (header.motto,))
        + _rule(rules.motto)
    )
    return left, right


def _stamp(stamp: Stamp, frame: Frame) -> str:
    """Return a word in a box."""
    style = frame.styles[StyleId.URGENCY]
    look = (
        f"margin-left:{stamp.indent:.2f}pt;margin-right:{stamp.indent:.2f}pt;"
        f"padding:{STAMP_SPACE}pt 0;border:{STAMP_LINE}pt solid #{style.color}"
    )
    return f'<p class="{StyleId.URGENCY}" style="{look}">{html_of_text(stamp.text)}</p>'


def _signature(document: Document, frame: Frame) -> str:
    recipients = _lines(StyleId.RECIPIENTS_HEAD, (document.recipients_head,)) + _lines(
        StyleId.RECIPIENT, document.recipients
    )
    other = document.countersignature
    *first, own = signing_spaces(document)
    left = _signing(other, first[0]) if first else recipients
    right = _signing(document.signature, own)
    table = _layout_table(frame.signature_widths, ((left, right),))
    if other.capacity:
        table += recipients
    return table


def _signing(signature: Signature, space: SigningSpace) -> str:
    lines = _lines(StyleId.SIGNATURE_SPACE, ("\u00a0",) * SIGNATURE_LINES)
    return (
        _lines(StyleId.SIGNING_CAPACITY, signature.capacity)
        + _with_space(lines, space)
        + _lines(StyleId.SIGNER, (signature.name,))
    )


def _with_space(lines: str, space: SigningSpace) -> str:
    """Return HTML whose first line says that ``space`` begins there."""
    who = escape(json.dumps(asdict(space)))
    return lines.replace(" ", f' data-space="{who}" ', 1)


def _annex(annex: Annex, number: int, layout: Layout, agency: str) -> str:
    page = layout.frame.page.turned() if annex.landscape else layout.frame.page
    head, names = annex.heading, ""
    if annex.signing_note:
        line = _lines(StyleId.SIGNING_NOTE, (annex.signing_note,))
        names = _with_space(line, SigningSpace(agency=agency, lines=1))
    if annex.head is not None:
        names += _layout_table(layout.frame.header_widths, (_names(annex.head, layout.rules),))
    return (
        f'<div class="annex{number}">{names}'
        + _heading("h1", head.style, html_of_runs(head.runs), annex.anchor, annex.outline_text, 1)
        + _blocks((*annex.head_blocks(), *annex.blocks), layout, page)
        + "</div>"
    )


def _blocks(blocks: tuple[Block, ...], layout: Layout, page: PageSetup | None = None) -> str:
    """Return the blocks as HTML, on the frame's own page or another ``page``."""
    return "".join(_block(block, layout, page or layout.frame.page) for block in blocks)


def _block(block: Block, layout: Layout, page: PageSetup) -> str:
    match block:
        case Paragraph():
            aside = layout.aside(block, page)
            fitted = layout.fitted(block.runs, block.style, page.text_width - aside)
            left = layout.frame.styles[block.style].left + aside
            breaks = (
                f"margin-left:{left:g}pt;" if aside else "",
                "break-before:page;" if block.new_page else "",
                "break-after:avoid;" if block.keep_with_next else "",
                "break-inside:avoid;" if block.keep_with_next or block.keep_together else "",
                _nudge(layout, fitted, block.style),
            )
            style = f' style="{"".join(breaks)}"' if any(breaks) else ""
            anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
            content = html_of_runs(fitted.with_line_ends(LINE_END))
            name = _name(block.style, block.text)
            above = "" if block.picture is None else _picture(block.picture, layout.frame)
            return f'{above}<{name}{anchor} class="{block.style}"{style}>{content}</{name}>'
        case Heading():
            outline = layout.frame.styles[block.style].outline
            level = block.level if outline is None else outline + 1
            fit = layout.unfitted if block.stacked else layout.fitted
            lines = [fit(line, block.style, page.text_width) for line in heading_lines(block)]
            content = "<br/>".join(html_of_runs(line.with_line_ends(LINE_END)) for line in lines)
            name = f"h{min(level, 6)}"
            style = _nudge(layout, lines[0], block.style)
            return _heading(
                name, block.style, content, block.anchor, block.outline_text, level, style
            )
        case Table():
            return _table(block, layout, page)


def _picture(picture: Picture, frame: Frame) -> str:
    """Return a picture in the middle of the page, with the spaces of a paragraph."""
    style = frame.styles[StyleId.BODY]
    look = (
        f"margin:{style.before:g}pt auto {style.after + PICTURE_FOOT:g}pt;"
        f"width:{picture.width:g}mm;height:{picture.height:g}mm"
    )
    return f'<img alt="{escape(picture.description)}" src="{picture.url}" style="{look}"/>'


def _heading(
    name: str,
    style: StyleId,
    content: str,
    anchor: str,
    outline_text: str,
    level: int,
    extra: str = "",
) -> str:
    attributes = f'id="{escape(anchor)}" class="{style} level{level}"'
    if extra:
        attributes += f' style="{extra}"'
    return f'<{name} {attributes} data-bookmark="{escape(outline_text)}">{content}</{name}>'


def _lines(style: StyleId, texts: tuple[str, ...]) -> str:
    lines = ""
    for text in texts:
        name = _name(style, text)
        lines += f'<{name} class="{style}">{html_of_text(text)}</{name}>'
    return lines


def _name(style: StyleId, text: str) -> str:
    """Return the element of a paragraph; room that is left free is nothing to be read."""
    return "div" if not text.strip() else "li" if style in ITEMS else "p"


def _rule(rule: Rule) -> str:
    indent = f"{rule.indent:.2f}pt"
    return f'<div class="{StyleId.RULE}" style="margin-left:{indent};margin-right:{indent}"></div>'


def _layout_table(widths: tuple[float, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    return (
        f'<table class="layout" style="width:{sum(widths):g}pt">{_columns(widths)}<tbody>'
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</tbody></table>"
    )


def _columns(widths: tuple[float, ...]) -> str:
    columns = "".join(f'<col style="width:{width:g}pt"/>' for width in widths)
    return f"<colgroup>{columns}</colgroup>"


def _table(table: Table, layout: Layout, page: PageSetup) -> str:
    widths = tuple(width * PT_PER_MM for width in table.widths)
    head = "".join(
        f"<tr>{_cells(row, 'th', StyleId.TABLE_HEAD, widths, layout)}</tr>" for row in table.head
    )
    label = f' aria-label="{escape(table.description)}"' if table.description else ""
    rows = "".join(
        _row(row, widths, layout, page, keep_next) for row, keep_next in with_keeping(table)
    )
    look = WHOLE if layout.is_whole(table, widths, page) else "grid"
    return (
        f'<table class="{look}"{label} style="width:{sum(widths):g}pt">{_columns(widths)}'
        f"<thead>{head}</thead><tbody>{rows}</tbody></table>"
    )


def _row(
    row: Row, widths: tuple[float, ...], layout: Layout, page: PageSetup, keep_next: bool
) -> str:
    look = ' style="break-after:avoid"' if keep_next else ""
    if layout.may_split(row, widths, page):
        look = ' class="tall"'
    return f"<tr{look}>{_cells(row, 'td', StyleId.TABLE_CELL, widths, layout)}</tr>"


def _cells(row: Row, name: str, style: StyleId, widths: tuple[float, ...], layout: Layout) -> str:
    cells = ""
    for cell, width in row.placed(widths):
        fitted = layout.fitted_cell(cell.runs, style, width)
        nudge = fitted.nudge
        align = Align.CENTER if style is StyleId.TABLE_HEAD else cell.align
        styles = [f"background:#{cell.fill}"] if cell.fill else []
        if nudge:
            _, right = cell_sides(layout.frame.table, align)
            styles.append(f"padding-right:{right + nudge:g}pt")
        attributes = f' style="{";".join(styles)}"' if styles else ""
        if cell.columns > 1:
            attributes += f' colspan="{cell.columns}"'
        look = f"{style}{_alignment(cell.align, style)}"
        content = html_of_runs(fitted.with_line_ends(LINE_END))
        cells += f'<{name} class="{look}"{attributes}>{content}</{name}>'
    return cells


def _nudge(layout: Layout, fitted: Fitted, style_id: StyleId) -> str:
    """Return the declaration that nudges a paragraph, "" for none."""
    right = layout.frame.styles[style_id].right + fitted.nudge
    return f"margin-right:{right:g}pt" if fitted.nudge else ""


def _alignment(align: Align, style: StyleId) -> str:
    """Return the class of an alignment that differs from the style's."""
    if style is StyleId.TABLE_HEAD or align is Align.LEFT:
        return ""
    return f" {align}"
