"""The smallest pieces of a Word file's body as XML: paragraphs, runs, drawn lines, the head."""

from __future__ import annotations

import re
from hashlib import sha256

from vanban.block_words import runs_of
from vanban.document import Document, Header, Run, Runs, StyleId
from vanban.identifier import Mark
from vanban.layout.frame import Frame
from vanban.layout.measures import STAMP_LINE, STAMP_SPACE, Layout, Rule, Stamp
from vanban.ooxml.xml_text import escape, quoted
from vanban.render.revisions import with_signs

LONGEST_NAME = 40
"""Letters that Word takes in the name of a bookmark."""


def paragraph(style: str, content: str, properties: str = "", *marks: Mark | None) -> str:
    for mark in filter(None, marks):
        content = marked(mark, content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def marked(mark: Mark, content: str = "") -> str:
    """Return ``content`` within a bookmark; Word does not show those that begin with "_"."""
    start = f'<w:bookmarkStart w:id="{mark.number}" w:name="{mark.name}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{mark.number}"/>'


def text_runs(runs: Runs) -> str:
    before = ("", *(run.text[-1:] for run in runs))
    return "".join(map(_text_run, runs, before))


def _text_run(run: Run, before: str) -> str:
    look = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    words = escape(with_signs(run.text, before))
    xml = f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'
    if run.target is not None:
        return f"<w:hyperlink w:anchor={quoted(bookmark(run.target))}>{xml}</w:hyperlink>"
    return xml


def bookmark(anchor: str) -> str:
    """Word allows letters, digits and underscores in the name of a bookmark."""
    name = re.sub(r"\W", "_", anchor)
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 9]}_{sha256(anchor.encode()).hexdigest()[:8]}"
    return name


def places_of(document: Document) -> dict[str, Mark]:
    """Return by anchor the bookmarks of annexes and of what else references lead to."""
    blocks = (*document.body, *(block for annex in document.annexes for block in annex.blocks))
    targets = (run.target for block in blocks for run in runs_of(block) if run.target)
    anchors = dict.fromkeys((*(annex.anchor for annex in document.annexes), *targets))
    return {anchor: Mark(number, bookmark(anchor)) for number, anchor in enumerate(anchors, 1)}


def rule_line(rule: Rule) -> str:
    indent = round(rule.indent * 20)
    return paragraph(
        StyleId.RULE, "", f'<w:ind w:left="{indent}" w:right="{indent}" w:firstLine="0"/>'
    )


def stamp_box(stamp: Stamp, frame: Frame) -> str:
    """Return a word in a box; its lines have the colour of the word."""
    color = frame.styles[StyleId.URGENCY].color
    line = f'w:val="single" w:sz="{round(STAMP_LINE * 8)}" w:color="{color}"'
    sides = (("top", STAMP_SPACE), ("left", 0), ("bottom", STAMP_SPACE), ("right", 0))
    borders = "".join(f'<w:{side} {line} w:space="{space:g}"/>' for side, space in sides)
    indent = round(stamp.indent * 20)
    return paragraph(
        StyleId.URGENCY,
        text_runs((Run(stamp.text),)),
        f'<w:pBdr>{borders}</w:pBdr><w:ind w:left="{indent}" w:right="{indent}" w:firstLine="0"/>',
    )


def names_table(header: Header, layout: Layout) -> str:
    """Return the agency and, beside it, national name and motto, each above its rule."""
    rules = layout.rules
    left = ((StyleId.SUPERIOR_AGENCY, header.superior), (StyleId.AGENCY, header.agency))
    right = ((StyleId.NATIONAL_NAME, (header.national_name,)), (StyleId.MOTTO, (header.motto,)))
    widths = [round(width * 20) for width in layout.frame.header_widths]
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + "".join(
            paragraph(style, text_runs((Run(text),))) for style, texts in column for text in texts
        )
        + f"{rule_line(rule)}</w:tc>"
        for width, column, rule in zip(
            widths, (left, right), (rules.agency, rules.motto), strict=True
        )
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )
