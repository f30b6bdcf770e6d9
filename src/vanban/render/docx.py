"""Document + frame → bytes of a .docx.

docxtpl fills the frame with place-holders; the literal texts and the XML of the blocks are put
in afterwards, so that nothing in the data is ever read as a template or as markup, and the time
grows with the text alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from vanban.document import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    StyleId,
    Table,
)
from vanban.errors import TemplateError
from vanban.identifier import Mark
from vanban.layout.frame import SECTION_END_STYLE, TABLE_STYLE, Frame, ParagraphStyle
from vanban.layout.frame_parts import frame_errors
from vanban.layout.measures import (
    PT_PER_MM,
    SIGNATURE_LINES,
    Layout,
    heading_lines,
    stamps_of,
    with_keeping,
)
from vanban.ooxml.package import rewrite
from vanban.ooxml.word_file import PageSetup
from vanban.ooxml.xml_text import quoted
from vanban.render.docx_package import (
    Hidden,
    core_properties,
    hidden_parts,
    set_compatibility,
    with_hidden_names,
    without_head,
)
from vanban.render.docx_pictures import PICTURE_LISTS, parts_of, picture_line, with_numbers
from vanban.render.docx_xml import (
    marked,
    names_table,
    paragraph,
    places_of,
    rule_line,
    stamp_box,
    text_runs,
)
from vanban.render.place_holders import Holders
from vanban.render.revisions import with_hyphens, with_revisions
from vanban.sandbox import Sandbox


def render_docx(
    document: Document, layout: Layout, stamp: date | None, hidden: Hidden | None = None
) -> bytes:
    """Return the .docx of ``document``; equal arguments give equal bytes.

    ``stamp`` is the date in the file's properties, None for none. ``hidden`` is what leads edits
    back to the content, besides the marks of paragraphs.
    """
    header, rules, frame = document.header, layout.rules, layout.frame
    _check_holders(document, frame)
    abstract = (header.abstract_block(),) if header.abstract else ()
    places = places_of(document)
    holders = Holders()
    context = {
        "superior": holders.texts(header.superior),
        "agency": holders.texts(header.agency),
        "national_name": holders.text(header.national_name),
        "motto": holders.text(header.motto),
        "number": holders.text(header.number),
        "place_date": holders.text(header.place_date),
        "subject": holders.texts((header.subject,) if header.subject else ()),
        "urgency": holders.xml(
            "".join(stamp_box(each, frame) for each in stamps_of(header, frame))
        ),
        "document_type": holders.texts((header.document_type,) if header.document_type else ()),
        "agency_rule": holders.xml(rule_line(rules.agency)),
        "motto_rule": holders.xml(rule_line(rules.motto)),
        "abstract": holders.xml(_blocks(abstract, layout, places)),
        "abstract_rule": holders.xml(rule_line(rules.abstract) if header.document_type else ""),
        "addressees": holders.xml(_blocks(header.addressee_blocks(), layout, places)),
        "body": holders.xml(_file_mark(hidden) + _blocks(document.body, layout, places)),
        "recipients_head": holders.text(document.recipients_head),
        "recipients": holders.texts(document.recipients),
        "countersigned": holders.texts(document.countersignature.capacity),
        "countersigner": holders.text(document.countersignature.name),
        "capacity": holders.texts(document.signature.capacity),
        "signature_space": range(SIGNATURE_LINES),
        "signer": holders.text(document.signature.name),
        "annexes": holders.xml(_annexes(document, layout, places)),
        "banner": holders.text(document.banner),
    }

    data = without_head(frame.data) if document.is_bare else frame.data
    with frame_errors(frame.path):
        filled = _filled(data, tuple(context.items()))
    return _finish(filled, document, frame, holders, stamp, hidden)


@lru_cache(maxsize=32)
def _filled(data: bytes, context: tuple[tuple[str, object], ...]) -> bytes:
    """Return the frame filled with place-holders: the same for documents with as many lines each.

    Raises what docxtpl does.
    """
    from docxtpl import DocxTemplate

    target = io.BytesIO()
    template = DocxTemplate(io.BytesIO(data))
    template.render(dict(context), Sandbox())
    set_compatibility(template.docx.settings.element)
    template.save(target)
    return target.getvalue()


def _check_holders(document: Document, frame: Frame) -> None:
    """Refuse an older frame that an office has edited, where it has no place for what is printed.

    Raises TemplateError.
    """
    needed = {
        "subject": (document.header.subject, "trích yếu công văn"),
        "urgency": (document.header.urgency, "mức độ khẩn"),
        "countersigned": ("".join(document.countersignature.capacity), "người ký thứ hai"),
    }
    for holder, (text, what) in needed.items():
        if text and holder not in frame.holders:
            message = (
                f"khung này của bản cũ, chưa có chỗ cho {what} — lấy bản gốc mới của khung rồi sửa "
                "lại kiểu chữ như đã sửa"
            )
            raise TemplateError.at(frame.path, message)


# --- blocks to WordprocessingML -----------------------------------------------------------


Places = Mapping[str, Mark]
"""The bookmarks that references lead to, by anchor."""


def _blocks(
    blocks: tuple[Block, ...], layout: Layout, places: Places, page: PageSetup | None = None
) -> str:
    """Return the blocks as XML, on the frame's own page or another ``page``."""
    return "".join(_block(block, layout, places, page or layout.frame.page) for block in blocks)


def _block(block: Block, layout: Layout, places: Places, page: PageSetup) -> str:
    match block:
        case Paragraph():
            properties = (
                "<w:keepNext/>" if block.keep_with_next else "",
                "<w:keepLines/>" if block.keep_together else "",
                "<w:pageBreakBefore/>" if block.new_page else "",
                _nudge(layout, block.runs, block.style, page, layout.aside(block, page)),
            )
            above = "" if block.picture is None else picture_line(block.picture, StyleId.BODY)
            marks = (places.get(block.anchor), block.mark)
            xml = paragraph(block.style, text_runs(block.runs), "".join(properties), *marks)
            return above + xml
        case Heading():
            lines = heading_lines(block)
            indent = "" if block.stacked else _nudge(layout, lines[0], block.style, page)
            content = "<w:r><w:br/></w:r>".join(text_runs(line) for line in lines)
            return paragraph(block.style, content, indent, places.get(block.anchor), block.mark)
        case Table():
            return _table(block, layout, page)


def _file_mark(hidden: Hidden | None) -> str:
    return "" if hidden is None else marked(hidden.mark)


def _table(table: Table, layout: Layout, page: PageSetup) -> str:
    widths = [round(width * PT_PER_MM * 20) for width in table.widths]
    indent = round(layout.frame.table.padding[3] * 20)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    description = (
        f"<w:tblDescription w:val={quoted(table.description)}/>" if table.description else ""
    )
    head = "".join(_row(row, widths, StyleId.TABLE_HEAD, layout, page) for row in table.head)
    rows = "".join(
        _row(row, widths, StyleId.TABLE_CELL, layout, page, keep_next)
        for row, keep_next in with_keeping(table)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{indent}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{description}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _row(
    row: Row,
    widths: list[int],
    style: StyleId,
    layout: Layout,
    page: PageSetup,
    keep_next: bool = False,
) -> str:
    head = style is StyleId.TABLE_HEAD
    tall = not head and layout.may_split(row, [width / 20 for width in widths], page)
    whole = '<w:cantSplit w:val="off"/>' if tall else "<w:cantSplit/>"
    repeat = "<w:tblHeader/>" if head else ""
    keep = "<w:keepNext/>" if keep_next and not tall else ""
    # Only in the head: LibreOffice 7.4 does not centre the first row after a page break.
    middle = '<w:vAlign w:val="center"/>' if head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_span_and_fill(cell)}'
        f"{middle}</w:tcPr>"
        + paragraph(
            style,
            text_runs(cell.runs),
            keep
            + _indent(
                layout.fitted_cell(cell.runs, style, width / 20).nudge, layout.frame.styles[style]
            )
            + _alignment(cell.align, style),
            cell.mark,
        )
        + "</w:tc>"
        for cell, width in row.placed(widths)
    )
    return f"<w:tr><w:trPr>{whole}{repeat}</w:trPr>{cells}</w:tr>"


def _span_and_fill(cell: Cell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    return span + fill


def _nudge(
    layout: Layout, runs: Runs, style_id: StyleId, page: PageSetup, aside: float = 0.0
) -> str:
    nudge = layout.fitted(runs, style_id, page.text_width - aside).nudge
    return _indent(nudge, layout.frame.styles[style_id], aside)


def _indent(nudge: float, style: ParagraphStyle, aside: float = 0.0) -> str:
    if not nudge and not aside:
        return ""
    left, right = style.left + aside, style.right + nudge
    return (
        f'<w:ind w:left="{round(left * 20)}" w:right="{round(right * 20)}"'
        f' w:firstLine="{round(style.first_line * 20)}"/>'
    )


def _alignment(align: Align, style: StyleId) -> str:
    if style is StyleId.TABLE_HEAD or align is Align.LEFT:
        return ""
    return f'<w:jc w:val="{align}"/>'


# --- annexes and sections -----------------------------------------------------------------


def _annexes(document: Document, layout: Layout, places: Places) -> str:
    """Return what follows the signature: each annex in a section of its own.

    A section's properties stand in its last paragraph, so every annex is preceded by the
    properties of what came before it; those of the last section close the body.
    """
    if not document.annexes:
        return _section_end()
    xml = ""
    landscape = False
    for annex in document.annexes:
        if not document.is_annex:
            xml += _section_end(layout.frame.section_xml[landscape])
        landscape = annex.landscape
        if annex.signing_note:
            xml += paragraph(StyleId.SIGNING_NOTE, text_runs((Run(annex.signing_note),)))
        if annex.head is not None:
            xml += names_table(annex.head, layout)
        heading = annex.heading
        xml += paragraph(heading.style, text_runs(heading.runs), "", places[annex.anchor])
        page = layout.frame.page.turned() if landscape else layout.frame.page
        xml += _blocks((*annex.head_blocks(), *annex.blocks), layout, places, page)
    return xml


def _section_end(section: str = "") -> str:
    """Return the paragraph that ends a section, and the text behind its last table.

    No page counts it, so it has no height: of 1 pt it took a page alone where the text fills one.
    """
    height = '<w:spacing w:line="1" w:lineRule="exact"/>'
    return paragraph(SECTION_END_STYLE, "", f"{height}{section}")


# --- package ------------------------------------------------------------------------------


def _finish(
    data: bytes,
    document: Document,
    frame: Frame,
    holders: Holders,
    stamp: date | None,
    hidden: Hidden | None,
) -> bytes:
    """Fill the place-holders and write the package anew with fixed order and time stamps."""
    pictures = document.pictures()

    def change(name: str, content: bytes) -> bytes:
        if name == "word/document.xml":
            body = with_numbers(
                _finish_body(holders.fill(content.decode()), document, frame)
            ).encode()
            if document.revision:
                body = with_revisions(body, document.revision)
            return with_hyphens(body.decode()).encode()
        if pictures and name in PICTURE_LISTS:
            content = PICTURE_LISTS[name](content.decode(), pictures).encode()
        if name == "docProps/core.xml":
            return core_properties(document, stamp).encode()
        if name.startswith("word/") and name.endswith(".xml"):
            return with_hyphens(holders.fill(content.decode())).encode()
        return content if hidden is None else with_hidden_names(name, content)

    added = {} if hidden is None else hidden_parts(hidden)
    return rewrite(data, change, _part_order, parts_of(pictures) | added)


def _part_order(name: str) -> tuple[bool, str]:
    """[Content_Types].xml comes first, as Word itself writes it."""
    return (name != "[Content_Types].xml", name)


def _finish_body(xml: str, document: Document, frame: Frame) -> str:
    """Give the last section its properties."""
    landscape = bool(document.annexes) and document.annexes[-1].landscape
    if not landscape and not document.is_annex:
        return xml
    start = xml.rindex("<w:sectPr")
    return f"{xml[:start]}{frame.section_xml[landscape]}</w:body></w:document>"
