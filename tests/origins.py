"""Where the characters of composed texts stand, compared with the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from vanban.document import Block, Document, Heading, Table
from vanban.errors import Place
from vanban.provenance import Kind, Source, sources_of


def texts_of(document: Document) -> Iterator[str]:
    """Yield the text of every line, heading and run that a document prints."""
    header = document.header
    yield from (*header.superior, *header.agency, header.national_name, header.motto)
    yield from (header.number, header.place_date, header.document_type)
    yield from run_texts((header.abstract_block(), *header.addressee_blocks(), *document.body))
    yield from (document.recipients_head, *document.recipients)
    yield from (*document.signature.capacity, document.signature.name)
    for annex in document.annexes:
        yield annex.number
        yield from run_texts((*annex.head_blocks(), *annex.blocks))


def run_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                yield block.description
                cells = [cell for row in (*block.head, *block.rows) for cell in row.cells]
                yield from (run.text for cell in cells for run in cell.runs)
            case Heading():
                yield block.label
                yield from (run.text for run in block.title)
            case _:
                yield from (run.text for run in block.runs)


def uncovered(text: str) -> bool:
    """Say whether some character has no source, or two."""
    end = 0
    for source in sources_of(text):
        if source.start != end:
            return True
        end = source.end
    return end != len(text)


def misplaced(text: str) -> list[tuple[str, Place]]:
    """Return the typed and worded characters that are not those of the file at their place.

    A letter may have another case or be escaped, a blank may be a tab or the end of a line.
    """
    return [
        (text[position], source.place_at(position))
        for source in sources_of(text)
        if source.kind in (Kind.TYPED, Kind.WORDED)
        for position in range(source.start, source.end)
        if not _is_same(text[position], sign_at(source.place_at(position)))
    ]


def _is_same(printed: str, typed: str) -> bool:
    if typed == "\\":  # an escape
        return True
    return printed.casefold() == typed.casefold() or (printed == " " and not typed.strip())


def sign_at(place: Place) -> str:
    line = lines_of(place.file)[place.line - 1]
    return line[place.column - 1 : place.column]


@cache
def lines_of(file: Path) -> list[str]:
    return file.read_text("utf-8-sig").split("\n")


def stretches(text: str) -> list[str]:
    """Return each stretch of a text behind how it came to be and where: "worded 7:3 Một"."""
    return [f"{_told(each)} {text[each.start : each.end]}" for each in sources_of(text)]


def _told(source: Source) -> str:
    if not source.origins:
        return source.kind
    place = source.place_at(source.start)
    return f"{source.kind} {place.line}:{place.column}"
