"""A document as its true pages, with the places that its words come from: what the desk shows."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from vanban.app.catalogue import Kind
from vanban.app.composing import compose_one
from vanban.app.load import Loaded
from vanban.compose.composed import Composed
from vanban.errors import Place
from vanban.layout.pages import Pages
from vanban.provenance import Keys, Origin, Source
from vanban.provenance import Kind as SourceKind
from vanban.render.page_svg import page_svg


class Spot(Struct, frozen=True):
    """A value: its ``keys`` in ``file``, relative to the content folder, None of other files.

    ``shown``, ``line`` and ``column`` are where it stands as messages tell it; keys are empty for
    the words of an outline.
    """

    file: Path | None
    keys: Keys
    shown: Path
    line: int
    column: int = 0

    @property
    def place(self) -> Place:
        return Place(self.shown, self.line, self.column)


class Word(Struct, frozen=True):
    """Where a stretch of a page comes from: how it came to be, and the values it is made of."""

    kind: SourceKind
    spots: tuple[Spot, ...]


class _Words(Struct):
    """Numbers the places of a document's words, from 0."""

    content: Path
    numbers: dict[tuple[SourceKind, tuple[int, ...]], int] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)

    def number_of(self, source: Source) -> int:
        key = (source.kind, tuple(map(id, source.origins)))
        if key not in self.numbers:
            self.numbers[key] = len(self.words)
            self.words.append(Word(source.kind, tuple(map(self.spot, source.origins))))
        return self.numbers[key]

    def spot(self, origin: Origin) -> Spot:
        place = origin.place
        whole, content = place.file.absolute(), self.content.absolute()
        inside = whole.relative_to(content) if whole.is_relative_to(content) else None
        return Spot(inside, origin.path, place.file, place.line, place.column)


class Preview(Struct, frozen=True):
    """A document's pages as SVG, and where its words come from, by the number in the pages."""

    composed: Composed
    pages: tuple[str, ...]
    words: tuple[Word, ...]


def preview(kind: Kind, loaded: Loaded, templates: Path) -> Preview:
    """Return the pages of a document; raises ContentError where its content has mistakes."""
    composed = compose_one(kind, loaded, templates)
    words = _Words(loaded.workspace.root)
    pages = tuple(page_svg(page, words.number_of) for page in _laid_out(composed, templates).pages)
    return Preview(composed, pages, tuple(words.words))


def _laid_out(composed: Composed, templates: Path) -> Pages:
    from vanban.layout.fonts import find_times
    from vanban.layout.frame import read_frame
    from vanban.layout.lay_out import lay_out
    from vanban.layout.measures import Layout
    from vanban.layout.preparation import prepared

    frame, times = read_frame(templates / "frame.docx"), find_times()
    document = prepared(composed.document, frame, times)
    return lay_out(document, Layout(document, frame, times))
