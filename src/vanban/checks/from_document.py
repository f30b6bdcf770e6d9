"""Composed document → Writing: what is printed, with the place where each word was typed.

Values that the outline prints as they are bring their place along. Lines that are put together
(recipients, units, citations) are traced by the names of the registers that they contain; what
the outline itself words is traced to its line there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from vanban.checks.form.specification import roles_by_style
from vanban.checks.writing import Passage, Role, Writing
from vanban.document import Block, Document, Heading, Runs, StyleId, Table
from vanban.errors import Place
from vanban.io.text import read_text
from vanban.nd30.abstracts import continued
from vanban.provenance import Kind, Source, TracedText, sources_of, traced
from vanban.workspace.models.base import Entry
from vanban.workspace.source import Scalar
from vanban.workspace.workspace import Workspace

_ROLES = {
    StyleId.BULLET: Role.BULLET,
    StyleId.NUMBERED: Role.NUMBERED,
    StyleId.TABLE_TITLE: Role.HEADING,
}
"""Roles by styles that are no component of the decree."""

MIN_NAME = 20
"""Letters of a value that is looked for inside a line; shorter ones stand anywhere."""

MIN_TITLE = 40
"""Letters of a value that also stands inside a line with its first letter made small."""


def _role(style: StyleId) -> Role:
    """Return the role of a paragraph by its style; what nothing is said of is body."""
    return _ROLES.get(style) or roles_by_style().get(style, Role.BODY)


@dataclass(frozen=True)
class Origins:
    """Where words come from: ``typed`` values of content, and the lines of the ``outline``."""

    typed: tuple[tuple[str, Scalar], ...]
    """Longest first."""
    outline: Path
    outline_lines: tuple[str, ...]

    def trace(self, text: str) -> tuple[Source, ...]:
        """Return the typed values that ``text`` contains, the longest first where they overlap."""
        found: list[Source] = []
        first = bisect_left(self.typed, -len(text), key=lambda item: -len(item[0]))
        for value, scalar in self.typed[first:]:
            start = text.find(value)
            end = start + len(value)
            if start >= 0 and all(end <= other.start or other.end <= start for other in found):
                found.append(Source(start, end, Kind.TYPED, (scalar,)))
        return tuple(sorted(found, key=lambda source: source.start))

    def place_of_rest(self, text: str, sources: tuple[Source, ...]) -> Place:
        """Return where the words come from that no source covers: a line of the outline.

        Where there are none, or the program puts them there itself, the place of the first source.
        """
        edges = (0, *(edge for source in sources for edge in (source.start, source.end)), len(text))
        rests = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        place = self.outline_place(max(rests, key=len))
        return sources[0].place if sources and not place.line else place

    def outline_place(self, text: str) -> Place:
        """Return the line of the outline with these words, line 0 where there is none."""
        wanted = text.removeprefix("- ").strip()
        for number, line in enumerate(self.outline_lines, 1):
            if wanted and wanted in line:
                return Place(self.outline, number, line.index(wanted) + 1)
        return Place(self.outline)


def origins(workspace: Workspace, roots: Iterable[Entry | None], outline: Path) -> Origins:
    """Return the values of the registers and ``roots`` that may stand inside composed lines."""
    entries = (workspace.agency, workspace.documents, *roots)
    typed: dict[str, Scalar] = {}
    for root in entries:
        for text in _texts_of(root) if root is not None else ():
            if len(text) >= MIN_NAME:
                typed.setdefault(str(text), text)
            if len(text) >= MIN_TITLE:
                typed.setdefault(str(continued(text)), text)
    longest_first = tuple(sorted(typed.items(), key=lambda item: -len(item[0])))
    lines = read_text(outline).splitlines() if outline.is_file() else []
    return Origins(longest_first, outline, tuple(lines))


def _texts_of(root: Entry) -> Iterator[Scalar]:
    for entry in root.entries():
        for name in type(entry).model_fields:
            value = getattr(entry, name)
            values = value if isinstance(value, tuple) else (value,)
            yield from (each for each in values if isinstance(each, Scalar))


def writing_of(document: Document, workspace: Workspace, found: Origins) -> Writing:
    """Return ``document`` as passages in reading order."""
    reader = _Reader(found)
    header = document.header
    reader.lines(
        Role.HEADER,
        *header.superior,
        *header.agency,
        header.national_name,
        header.motto,
        header.number,
        header.place_date,
        header.document_type,
    )
    reader.line(Role.ABSTRACT, header.abstract)
    reader.blocks(header.addressee_blocks())
    reader.blocks(document.body)
    reader.lines(Role.RECIPIENT, document.recipients_head, *document.recipients)
    reader.lines(Role.SIGNATURE, *document.signature.capacity, document.signature.name)
    for annex in document.annexes:
        reader.line(Role.ANNEX, annex.number)
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


@dataclass
class _Reader:
    """Collects passages."""

    origins: Origins
    passages: list[Passage] = field(default_factory=list)

    def lines(self, role: Role, *texts: str) -> None:
        for text in texts:
            self.line(role, text)

    def line(self, role: Role, text: str, level: int = 0) -> Passage | None:
        if not text.strip():
            return None
        if not any(source.is_typed for source in sources_of(text)):
            text = TracedText(text, self.origins.trace(text))
        text = as_typed(text)
        sources = tuple(source for source in sources_of(text) if source.is_typed)
        passage = Passage(
            str(text),
            role,
            len(self.passages) + 1,
            self.origins.place_of_rest(text, sources),
            level,
            sources,
        )
        self.passages.append(passage)
        return passage

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self.heading(block)
                case Table():
                    for row in (*block.head, *block.rows):
                        for cell in row.cells:
                            self.runs(Role.CELL, cell.runs)
                case _:
                    self.runs(_role(block.style), block.runs)

    def runs(self, role: Role, runs: Runs) -> None:
        self.line(role, traced(*(run.text for run in runs)))

    def heading(self, heading: Heading) -> None:
        title = traced(*(run.text for run in heading.title))
        passage = self.line(Role.HEADING, traced(heading.label, " ", title), heading.level)
        if passage is not None and not any(source.is_typed for source in title.sources):
            self.passages[-1] = replace(passage, place=self.origins.outline_place(title))


def as_typed(text: str) -> str:
    """Return ``text`` with the blanks and tabs of its typed values as they stand in the files."""
    pieces: list[str] = []
    end = 0
    for source in sources_of(text):
        pieces += [text[end : source.start], _respaced(text[source.start : source.end])]
        end = source.end
    return traced(*pieces, text[end:])


def _respaced(piece: str) -> str:
    (source,) = sources_of(piece)
    value = source.origins[0] if source.is_typed else None
    if not isinstance(value, Scalar) or not value.blanks:
        return piece
    blanks, first = value.blanks, source.at
    text = "".join(blanks.get(first + n, sign) for n, sign in enumerate(piece))
    grown = sum(len(typed) - 1 for n, typed in blanks.items() if n < first)
    return TracedText(text, [Source(0, len(text), Kind.TYPED, (value.as_typed,), first + grown)])
