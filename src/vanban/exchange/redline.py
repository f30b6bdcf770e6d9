"""Two documents → one that shows what differs: old words struck, new ones underlined.

Word by word inside paragraphs and cells, row by row in tables, moved paragraphs as moved. Without
what is gone the text is that of the new document, without what has come that of the old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from vanban.document import (
    Annex,
    Block,
    Cell,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    Signature,
    Table,
    joined,
    text_of,
)
from vanban.exchange.alignment import LABEL, align
from vanban.exchange.word_diff import Kind, diff_words
from vanban.layout.measures import heading_lines
from vanban.provenance import Change, Revision, Step, changed, traced

IN, OUT = Change(Step.IN), Change(Step.OUT)

Part = TypeVar("Part")


def redlined(old: Document, new: Document, revision: Revision) -> Document:
    """Return ``new`` with what is gone from ``old`` and what has come to it marked as changed."""
    return _Redline().document(old, new, revision)


class _Redline:
    """Numbers the moves of one redline on its way."""

    def __init__(self) -> None:
        self.moves: dict[tuple[int, int], int] = {}

    def document(self, old: Document, new: Document, revision: Revision) -> Document:
        bodies = ((*each.header.addressee_blocks(), *each.body) for each in (old, new))
        return replace(
            new,
            header=_header(old.header, new.header),
            body=self.blocks(*bodies),
            recipients_head=_text(old.recipients_head, new.recipients_head),
            recipients=_texts(old.recipients, new.recipients),
            signature=_signature(old.signature, new.signature),
            countersignature=_signature(old.countersignature, new.countersignature),
            annexes=tuple(self.annexes(old.annexes, new.annexes)),
            revision=revision,
        )

    def annexes(self, old: Sequence[Annex], new: Sequence[Annex]) -> Iterator[Annex]:
        for pair in align([each.title for each in old], [each.title for each in new]):
            before, after = pair.of(old, new)
            whole = after or before
            assert whole is not None
            yield replace(
                whole,
                number=_text(before.number if before else "", after.number if after else ""),
                title=_text(before.title if before else "", after.title if after else ""),
                note=_text(before.note if before else "", after.note if after else ""),
                anchor=whole.anchor if after else f"{whole.anchor}-cu",
                blocks=self.blocks(before.blocks if before else (), after.blocks if after else ()),
            )

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(self._blocks(old, new))

    def _blocks(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
        for pair in align([each.text for each in old], [each.text for each in new]):
            before, after = pair.of(old, new)
            if before is not None and after is not None:
                edited = _edited(before, after)
                yield from edited or (*_gone(before, OUT), _come(after, IN))
            elif before is not None and before.text.strip():
                yield from _gone(before, self.move(pair.old, pair.moved, Step.MOVED_OUT) or OUT)
            elif after is not None and not after.text.strip():  # only room
                yield after
            elif after is not None:
                yield _come(after, self.move(pair.moved, pair.new, Step.MOVED_IN) or IN)

    def move(self, old: int | None, new: int | None, step: Step) -> Change | None:
        """Return the change of one end of a move, None of what was not moved."""
        if old is None or new is None:
            return None
        return Change(step, self.moves.setdefault((old, new), len(self.moves) + 1))


# --- texts ------------------------------------------------------------------------------------


def _text(old: str, new: str) -> str:
    """Return both texts as one, what differs marked."""
    return traced(*(run.text for run in _runs((Run(old),), (Run(new),))))


def _texts(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return lines that stand below each other in both."""
    pairs = (pair.of(old, new) for pair in align(old, new))
    return tuple(_text(before or "", after or "") for before, after in pairs)


def _runs(old: Runs, new: Runs) -> Runs:
    """Return both as one: looks and places of what stays are those of ``new``."""
    made: list[Run] = []
    before = after = 0
    for piece in diff_words(text_of(old), text_of(new)):
        length = len(piece.text)
        if piece.kind is Kind.OUT:
            made += _marked(_cut(old, before, before + length), OUT)
        else:
            stays = _cut(new, after, after + length)
            made += stays if piece.kind is Kind.SAME else _marked(stays, IN)
        before += length if piece.kind is not Kind.IN else 0
        after += length if piece.kind is not Kind.OUT else 0
    return joined(tuple(made))


def _cut(runs: Runs, start: int, end: int) -> Iterator[Run]:
    """Yield the characters ``start`` to ``end`` of the joined text of ``runs``."""
    offset = 0
    for run in runs:
        text = run.text[max(start - offset, 0) : max(end - offset, 0)]
        offset += len(run.text)
        if text:
            yield replace(run, text=text)


def _marked(runs: Iterable[Run], change: Change) -> Iterator[Run]:
    for run in runs:
        target = None if change.step.is_gone else run.target  # the place is perhaps gone, too
        yield replace(run, text=changed(run.text, change), target=target)


# --- head, signature --------------------------------------------------------------------------


def _header(old: Header, new: Header) -> Header:
    """Addressees are paragraphs of the body: how they are set depends on how many there are."""
    return replace(
        new,
        national_name=_text(old.national_name, new.national_name),
        motto=_text(old.motto, new.motto),
        superior=_texts(old.superior, new.superior),
        agency=_texts(old.agency, new.agency),
        number=_text(old.number, new.number),
        place_date=_text(old.place_date, new.place_date),
        document_type=_text(old.document_type, new.document_type),
        abstract=_text(old.abstract, new.abstract),
        subject=_text(old.subject, new.subject),
        addressees=(),
    )


def _signature(old: Signature, new: Signature) -> Signature:
    return Signature(_texts(old.capacity, new.capacity), _text(old.name, new.name))


# --- blocks -----------------------------------------------------------------------------------


def _edited(old: Block, new: Block) -> tuple[Block, ...]:
    """Return both as one; nothing where one is no edited form of the other."""
    match old, new:
        case Paragraph(), Paragraph():
            return (replace(new, runs=_runs(old.runs, new.runs)),)
        case Heading(), Heading() if old.stacked == new.stacked:
            label, title = _text(old.label, new.label), _runs(old.title, new.title)
            return (replace(new, label=label, title=title),)
        case Paragraph(), Heading():  # what a Word file does not tell
            return _edited(_as_heading(old, new), new)
        case Table(), Table() if len(old.widths) == len(new.widths):
            return (_edited_table(old, new),)
        case _:
            return ()


def _as_heading(paragraph: Paragraph, like: Heading) -> Heading:
    """Return a paragraph as a heading: the label ends where that of ``like`` would."""
    text = paragraph.text
    label, separator, title = text.partition(" ")
    if not separator or like.stacked or not LABEL.match(text):
        label, title = "", text
    return replace(like, label=label, title=(Run(title),))


def _edited_table(old: Table, new: Table) -> Table:
    """Return both as one; its head ends where that of ``new`` does."""
    rows: list[Row] = []
    heads = 0
    for row, number in _rows((*old.head, *old.rows), (*new.head, *new.rows)):
        rows.append(row)
        if number is not None and number < len(new.head):
            heads = len(rows)
    return replace(new, head=tuple(rows[:heads]), rows=tuple(rows[heads:]))


def _rows(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row, int | None]]:
    """Yield each row with its position in ``new``, None for one that is gone."""
    for pair in align(*([_row_text(row) for row in rows] for rows in (old, new))):
        before, after = pair.of(old, new)
        if before is not None and after is not None and _spans(before) == _spans(after):
            cells = zip(before.cells, after.cells, strict=True)
            both = (replace(two, runs=_runs(one.runs, two.runs)) for one, two in cells)
            yield Row(tuple(both)), pair.new
            continue
        if before is not None:
            yield _whole_row(before, OUT), None
        if after is not None:
            yield _whole_row(after, IN), pair.new


def _row_text(row: Row) -> str:
    return "\n".join(cell.text for cell in row.cells)


def _spans(row: Row) -> list[int]:
    return [cell.columns for cell in row.cells]


def _whole_row(row: Row, change: Change) -> Row:
    def marked(cell: Cell) -> Cell:
        return replace(cell, runs=tuple(_marked(cell.runs, change)))

    return Row(tuple(map(marked, row.cells)))


def _gone(block: Block, change: Change) -> Iterator[Block]:
    """Yield what shows that a block is gone: no heading, which bookmarks would list."""
    match block:
        case Heading():
            for line in heading_lines(block):
                yield Paragraph(block.style, tuple(_marked(line, change)), keep_with_next=True)
        case Paragraph():
            runs = tuple(_marked(block.runs, change))
            yield replace(block, runs=runs, new_page=False, anchor="")
        case Table():
            yield _table(block, change)


def _come(block: Block, change: Change) -> Block:
    match block:
        case Heading():
            title = tuple(_marked(block.title, change))
            return replace(block, label=changed(block.label, change), title=title)
        case Paragraph():
            return replace(block, runs=tuple(_marked(block.runs, change)))
        case Table():
            return _table(block, change)


def _table(table: Table, change: Change) -> Table:
    def marked(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        plain = Change(Step.OUT if change.step.is_gone else Step.IN)  # no row is told as moved
        return tuple(_whole_row(row, plain) for row in rows)

    return replace(table, head=marked(table.head), rows=marked(table.rows))
