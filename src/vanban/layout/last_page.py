"""What is kept with the signature, as far as a page holds it: the Document → the same or looser.

The last lines of the text stand on the page of the signature (Annex I, II.5). With many recipients
beside it no page holds both; each engine then parts them in its own way, one leaves "./." alone on
a page. So the text ends where it ends, and the signature begins a page.
"""

from __future__ import annotations

from msgspec.structs import replace

from vanban.document import Block, Document, Heading, Paragraph, Table
from vanban.layout.frame import Frame
from vanban.layout.lay_out import Setter
from vanban.layout.measures import Layout


def loosened(document: Document, layout: Layout) -> Document:
    """Return ``document`` with its last blocks not kept with what no page holds beside them."""
    if document.is_annex or document.is_bare:
        return document
    frame, body, first = layout.frame, document.body, len(document.body)
    while first and _is_kept(body[first - 1], frame):
        first -= 1
    end = list(body[first:])
    if not end:
        return document
    setter = Setter(document, layout)
    needed = [
        sum(made.height for made in setter.blocks((_foot(block),), frame.page)) for block in end
    ]
    rest = next(setter.signature()).height
    begin = 0
    for place, block in enumerate(end):
        if sum(needed[begin:]) + rest <= frame.page.text_height:
            break
        if not isinstance(block, Heading) and block.keep_with_next:
            end[place], begin = _loose(block), place + 1
    return replace(document, body=(*body[:first], *end)) if begin else document


def _is_kept(block: Block, frame: Frame) -> bool:
    if isinstance(block, Table):
        return block.keep_with_next
    return frame.styles[block.style].keep_next or (
        not isinstance(block, Heading) and block.keep_with_next
    )


def _foot(block: Block) -> Block:
    """Return what of a block stands on the page of the next: of a table its last two rows."""
    if not isinstance(block, Table) or block.description:
        return block
    return replace(block, rows=block.rows[-2:])


def _loose(block: Paragraph | Table) -> Block:
    if isinstance(block, Table):
        return replace(block, keep_with_next=False)
    return replace(block, keep_with_next=False, keep_together=False)
