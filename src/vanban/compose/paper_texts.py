"""Words of a paper with what their references stand for, and the names of its numbered pieces.

``{q3.ty-le}`` prints the figure of that report, ``{van-ban.ma}`` cites a document (in full where
it is named first, Annex I, II.6.b), ``{muc.ma}`` names a piece and leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from vanban.compose.composed import Gap
from vanban.compose.furniture import citation
from vanban.document import Run, Runs, joined
from vanban.figures.figures_in_text import in_fraction, needs_unit
from vanban.figures.levels import Level
from vanban.figures.notation import format_in_sentence, format_value
from vanban.figures.targets import levels_by_indicator
from vanban.figures.values import Figures, read_figures, typed_for
from vanban.nd30.paper_forms import Level as FormLevel
from vanban.provenance import computed, traced
from vanban.workspace.models.entry import SampleEntry
from vanban.workspace.paper_references import DOCUMENT, PIECE, Reference, references_in
from vanban.workspace.source import Scalar
from vanban.workspace.workspace import Workspace


class Piece(Struct, frozen=True):
    """What a reference to a piece prints, and the anchor that it leads to, "" for none."""

    name: str
    anchor: str


def name_of(above: Iterable[tuple[FormLevel, int]]) -> str:
    """Return "điểm a khoản 2 Điều 3" of the levels around a piece, the outermost first.

    Articles are numbered through, so that nothing above them is named. Annex II, IV.2.
    """
    names: list[str] = []
    for level, count in reversed(list(above)):
        label = level.number(count).rstrip(".)")
        word = "Mục" if level.name == "mục" else level.name
        names.append(label if level.stacked or level.through else f"{word} {label}")
        if level.through:
            break
    return " ".join(names)


class Texts(Struct, dict=True):
    """Makes runs of the texts of one paper, in their order; ``pieces`` are its own by their id.

    ``cited`` are the documents that were named before; ``used`` gathers what the texts refer to.
    """

    workspace: Workspace
    pieces: Mapping[str, Piece]
    cited: set[str]
    used: list[SampleEntry] = field(default_factory=list)
    missing: list[Gap] = field(default_factory=list)
    _figures: dict[str, Figures] = field(default_factory=dict)

    def runs(self, text: str) -> Runs:
        """Return ``text`` with what its references stand for."""
        if "{" not in text:
            return (Run(text),)
        runs: list[Run] = []
        end = 0
        for reference in references_in(text):
            runs.append(Run(text[end : reference.start]))
            runs += self._printed(reference, text)
            end = reference.end
        return joined((*runs, Run(text[end:])))

    def _printed(self, reference: Reference, text: str) -> Iterator[Run]:
        if reference.source == PIECE:
            piece = self.pieces[reference.name]
            yield Run(piece.name, target=piece.anchor or None)
        elif reference.source == DOCUMENT:
            yield Run(self._document(reference.name))
        else:
            yield Run(self._figure(reference, text))

    def _document(self, name: str) -> str:
        document = self.workspace.documents_by_id[name]
        self.used.append(document)
        whole = citation(document, self.workspace.agency)
        if name not in self.cited or document.printed_number is None:
            self.cited.add(name)
            return whole
        return traced(document.type, " số ", document.printed_number)

    def _figure(self, reference: Reference, text: str) -> str:
        period = reference.source
        if period not in self._figures:
            self._figures[period] = read_figures(self.workspace, period)
            self.used += [self._figures[period].report, self.workspace.indicators]
        figures = self._figures[period]
        value = figures[reference.name]
        indicator = value.indicator
        if value.exact is None:
            told = f"lời văn dẫn {{{period}.{indicator.id}}}, {value.status}: {indicator.name}"
            place = text.place_at(reference.start) if isinstance(text, Scalar) else None
            self.missing.append(Gap(f"{told} — nhập số liệu hoặc viết lại câu", place))
        fraction = in_fraction(text, reference.start, reference.end)
        words = format_value if fraction else format_in_sentence
        levels = self._levels.get(indicator.id, ())
        origins = typed_for(self.workspace, figures, indicator.id)
        printed = computed(words(value, levels), *origins)
        if value.number is not None and needs_unit(indicator, text[reference.end :]):
            return traced(printed, " ", indicator.unit)
        return printed

    @cached_property
    def _levels(self) -> Mapping[str, tuple[Level, ...]]:
        return levels_by_indicator(self.workspace)
