"""Annexes in files of their own: a composed document → the document without them, and each annex.

Decree 30/2020/NĐ-CP, Annex I, II.8 and III.1, Annex III, Mẫu 2.2: the agency signs each file of an
annex too, on top right of its first page, where number, symbol and the time of signing stand; the
number and date in "(Kèm theo …)" are left blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace

from vanban.block_words import with_runs
from vanban.compose.composed import Composed
from vanban.compose.furniture import BLANK_NUMBER
from vanban.document import (
    NO_HEADER,
    NO_SIGNATURE,
    Annex,
    Block,
    Document,
    Heading,
    Paragraph,
    Runs,
)
from vanban.line_ends import plain
from vanban.nd30.dates import BLANK

SUFFIX = "phu-luc"
"""Between the id of a document and the number of its annex, in the names of files."""

TIME_ROOM = "\u00a0" * 52
"""As wide as the field at the end of the line (46 mm at 10 pt), where signing writes the time."""

_NUMBER = re.compile(r"(?<= số )[^\s/]*[^/]*?(?=/)")
_DATE = re.compile(r"ngày\s.*?\stháng\s.*?\snăm\s+\d{4}")


def separated(composed: Composed) -> tuple[Composed, ...]:
    """Return the document without its annexes and each annex by itself; one without as it is.

    A document that nobody signs digitally keeps what it has, and so does a form that only goes
    with one. References into another file stay as words.
    """
    document = composed.document
    away = [annex for annex in document.annexes if annex.number or annex.head is not None]
    if not away or not document.is_signed:
        return (composed,)
    stay = tuple(annex for annex in document.annexes if annex not in away)
    main = replace(document, annexes=stay)
    files = (_file(document, annex, number) for number, annex in enumerate(away, 1))
    return (
        replace(composed, document=_without_dead_links(main)),
        *(Composed(_without_dead_links(file), composed.outline) for file in files),
    )


def _file(document: Document, annex: Annex, number: int) -> Document:
    signed = replace(
        annex,
        signing_note=f"{document.header.number or 'Số:'}; {TIME_ROOM}",
        note=_blank(annex.note),
    )
    return replace(
        document,
        id=f"{document.id}-{SUFFIX}-{number}",
        title=f"{plain(annex.outline_text)} ({plain(document.title)})",
        header=NO_HEADER,
        body=(),
        recipients_head="",
        recipients=(),
        signature=NO_SIGNATURE,
        countersignature=NO_SIGNATURE,
        annexes=(signed,),
        is_annex=True,
    )


def _blank(note: str) -> str:
    """Return "(Kèm theo …)" with room for number and date (III.1; Mẫu 2.2, note 3)."""
    return _DATE.sub(f"ngày{BLANK}tháng{BLANK}năm{BLANK}", _NUMBER.sub(BLANK_NUMBER, note, 1), 1)


# --- references ---------------------------------------------------------------------------------


def _without_dead_links(document: Document) -> Document:
    """Return ``document`` without links to what is not in it."""
    blocks = (*document.body, *(block for annex in document.annexes for block in annex.blocks))
    anchors = {annex.anchor for annex in document.annexes}
    anchors |= {block.anchor for block in blocks if isinstance(block, Heading | Paragraph)}
    return replace(
        document,
        body=_blocks(document.body, anchors),
        annexes=tuple(
            replace(annex, blocks=_blocks(annex.blocks, anchors)) for annex in document.annexes
        ),
    )


def _blocks(blocks: Iterable[Block], anchors: set[str]) -> tuple[Block, ...]:
    return tuple(with_runs(block, partial(_runs, anchors=anchors)) for block in blocks)


def _runs(runs: Runs, anchors: set[str]) -> Runs:
    return tuple(
        run if run.target is None or run.target in anchors else replace(run, target=None)
        for run in runs
    )
