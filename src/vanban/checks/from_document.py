"""Composed document → Writing: what is printed, with the place where each word was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct, field

from vanban.checks.writing import Passage, Role, Writing
from vanban.compose.composed import Composed
from vanban.document import Block, Heading, Runs, StyleId, Table
from vanban.errors import Place
from vanban.io.memory import recall
from vanban.provenance import Kind, Origin, Source, TracedText, sources_of, traced
from vanban.workspace.source import Scalar
from vanban.workspace.workspace import Workspace

_ROLES = {
    StyleId.BULLET: Role.BULLET,
    StyleId.NUMBERED: Role.NUMBERED,
    StyleId.TABLE_TITLE: Role.HEADING,
}
"""Roles by styles that are no component of the decree."""


def _role(style: StyleId) -> Role:
    """Return the role of a paragraph by its style; what nothing is said of is body."""
    return _ROLES.get(style) or _component_roles().get(style, Role.BODY)


@cache
def _component_roles() -> Mapping[StyleId, Role]:
    """Return the roles of components, without the specification where a memory has them."""
    roles = recall("roles", _found_roles, lambda value: isinstance(value, dict))
    return {style: Role(roles[style]) for style in StyleId if roles.get(style) in tuple(Role)}


def _found_roles() -> dict[str, str]:
    from vanban.checks.form.specification import roles_by_style

    return {style.value: role.value for style, role in roles_by_style().items()}


def writing_of(item: Composed, workspace: Workspace) -> Writing:
    """Return a document as passages in reading order."""
    document = item.document
    reader = _Reader(document.id, item.outline)
    header = document.header
    reader.lines(
        Role.HEADER,
        *header.superior,
        *header.agency,
        header.national_name,
        header.motto,
        header.number,
        header.urgency,
        header.place_date,
        header.document_type,
    )
    reader.line(Role.ABSTRACT, header.abstract or header.subject)
    reader.blocks(header.addressee_blocks())
    reader.blocks(document.body)
    reader.lines(Role.RECIPIENT, document.recipients_head, *document.recipients)
    reader.lines(Role.SIGNATURE, *document.signature.capacity, document.signature.name)
    for annex in document.annexes:
        if annex.head is not None:
            reader.lines(Role.HEADER, *annex.head.names())
        reader.runs(Role.ANNEX, annex.heading.runs)
        reader.blocks(annex.head_blocks())
        reader.blocks(annex.blocks)
    kind = header.document_type
    return Writing(
        document.id,
        tuple(reader.passages),
        f"{kind[:1]}{kind[1:].lower()}",
        document.issued,
        workspace,
        workspace.year,
    )


class _Reader(Struct):
    """Collects the passages of a document."""

    id: str
    outline: Path
    before: int = 0
    """How many passages of the document stand before the first."""
    passages: list[Passage] = field(default_factory=list)

    def lines(self, role: Role, *texts: str) -> None:
        for text in texts:
            self.line(role, text)

    def line(self, role: Role, text: str, level: int = 0) -> None:
        if not text or text.isspace():
            return
        text = as_typed(text)
        sources, number = sources_of(text), self.before + len(self.passages) + 1
        place = _place(sources) or Place(self.outline)
        self.passages.append(Passage(str(text), role, number, place, level, sources))

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            found = _Block(block, self.id, self.outline, len(self.passages))
            is_long = isinstance(block, Table) and len(block.rows) > MOST_ROWS
            self.passages += found.passages() if is_long else _of_block(found)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                title = (run.text for run in block.title)
                self.line(Role.HEADING, traced(block.label, " ", *title), block.level)
            case Table():
                for row in (*block.head, *block.rows):
                    for cell in row.cells:
                        self.runs(Role.CELL, cell.runs)
            case _:
                self.runs(_role(block.style), block.runs)

    def runs(self, role: Role, runs: Runs) -> None:
        self.line(role, traced(*(run.text for run in runs)))


class _Block(Struct, frozen=True, eq=False):
    """A block, and what it follows; equal to the very same, where an edit left it alone."""

    block: Block
    id: str
    outline: Path
    before: int

    def __hash__(self) -> int:
        return hash((id(self.block), self.before))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Block)
            and self.block is other.block
            and (self.id, self.outline, self.before) == (other.id, other.outline, other.before)
        )

    def passages(self) -> tuple[Passage, ...]:
        reader = _Reader(self.id, self.outline, self.before)
        reader.block(self.block)
        return tuple(reader.passages)


MOST_ROWS = 200
"""Of a table whose passages are kept; a list of 1,000 rows would hold 20 MB."""


@lru_cache(maxsize=1024)
def _of_block(block: _Block) -> tuple[Passage, ...]:
    """Return the passages of a block, which know what was found out about them before."""
    return block.passages()


def _place(sources: tuple[Source, ...]) -> Place | None:
    """Return where the longest stretch that somebody wrote stands, else the first that was made."""
    written = [each for each in sources if each.kind in (Kind.TYPED, Kind.WORDED)]
    made = [each for each in sources if each.origins]
    longest = max(written, key=lambda each: each.end - each.start, default=None)
    return longest.place if longest is not None else made[0].place if made else None


def as_typed(text: str) -> str:
    """Return ``text`` with the blanks and tabs of its typed values as they stand in the files."""
    pieces: list[str] = []
    end = 0
    sources = sources_of(text)
    if not any(isinstance(each, Scalar) and each.blanks for each in map(_value, sources)):
        return text
    for source in sources:
        pieces += [text[end : source.start], _respaced(text[source.start : source.end])]
        end = source.end
    return traced(*pieces, text[end:])


def _value(source: Source) -> Origin | None:
    """Return the value of content that a source was typed in."""
    return source.origins[0] if source.is_typed else None


def _respaced(piece: str) -> str:
    (source,) = sources_of(piece)
    value = _value(source)
    if not isinstance(value, Scalar) or not value.blanks:
        return piece
    blanks, first = value.blanks, source.at
    text = "".join(blanks.get(first + n, sign) for n, sign in enumerate(piece))
    grown = sum(len(typed) - 1 for n, typed in blanks.items() if n < first)
    return TracedText(text, [Source(0, len(text), Kind.TYPED, (value.as_typed,), first + grown)])
