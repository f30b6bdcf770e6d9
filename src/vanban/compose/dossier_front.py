"""The pages of a dossier that are our own (cover, index, dividers, stand-ins), by their outline.

In: the plan of the dossier and its numbering. Out: one document whose sheets are bound into the
dossier; each of its parts but the first begins at an anchor.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.block_words import with_runs
from vanban.compose.outline import fill_outline
from vanban.document import (
    NO_HEADER,
    NO_SIGNATURE,
    Document,
    Runs,
)
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import REFERENCE, Criterion, DossierPlan, Field
from vanban.evidence.page_numbers import Numbering
from vanban.evidence.rows import EvidenceRow
from vanban.provenance import TracedNumber, computed, listed, traced

DOCUMENT_ID = "dossier-front"


class FrontRow(Struct, frozen=True):
    """A row of the index; one that only refers to a document has no ordinal (STT)."""

    code: str
    link: str
    title: str
    page: str
    sheet: str
    ordinal: str = ""
    number: str = ""
    title_link: str = ""
    note: str = ""


class FrontGroup(Struct, frozen=True):
    """A criterion with its rows, or a field with its criteria and the anchor of its divider."""

    code: str
    title: str
    rows: tuple[FrontRow, ...] = ()
    criteria: tuple[FrontGroup, ...] = ()
    anchor: str = ""


class StandIn(Struct, frozen=True):
    """A document that cannot be printed in the dossier, as its stand-in tells it."""

    code: str
    title: str
    number: str
    date: str
    issuer: str
    file: str


def outline_in(templates: Path) -> Path:
    """Return the outline of the front."""
    return templates / f"{DOCUMENT_ID}.md"


def compose_dossier_front(
    plan: DossierPlan, numbering: Numbering | None, templates: Path, links: bool = False
) -> Document:
    """Compose the front of the dossier.

    Without ``numbering`` every number is 0: numbers have a column, and cannot move a line. With
    ``links`` rows lead to the codes of documents, of which only the dossier has the pages. Raises
    TemplateError where the outline cannot be used.
    """
    composer = _Composer(plan, numbering, links)
    placed = plan.placed()
    outlined = fill_outline(
        outline_in(templates),
        {
            "dossier": plan,
            "year": "" if str(plan.year) in plan.title else str(plan.year),  # said once
            "start": plan.start,
            "end": plan.end,
            "count": TracedNumber(len(placed), *plan.origins),
            "pages": TracedNumber(numbering.page_total if numbering else 0, *plan.origins),
            "sheets": TracedNumber(numbering.sheet_total if numbering else 0, *plan.origins),
            "fields": tuple(map(composer.field, plan.fields)),
            "awaited": tuple(map(_awaited, plan.awaited)),
            "stand_ins": tuple(_stand_in(each) for each in placed if each.needs_stand_in),
        },
    )
    return Document(
        id=DOCUMENT_ID,
        title=f"{outlined.front.get('loai', '')} {outlined.front.get('trich_yeu', '')}",
        author=" ".join(plan.agency),
        header=NO_HEADER,
        body=outlined.body,
        recipients_head="",
        recipients=(),
        signature=NO_SIGNATURE,
        banner=plan.banner,
        is_bound=True,
        shared_version=plan.shared_version,
    )


def without_links(front: Document, plan: DossierPlan) -> Document:
    """Return the front as a file of its own, in which rows lead to no document."""
    codes = {item.code for item in plan.placed()}
    targets = {*codes, *(f"{REFERENCE}{code}" for code in codes)}

    def unlinked(runs: Runs) -> Runs:
        if not any(run.target in targets for run in runs):
            return runs
        return tuple(replace(run, target=None) if run.target in targets else run for run in runs)

    return replace(front, body=tuple(with_runs(block, unlinked) for block in front.body))


class _Composer:
    """Makes the rows of the index; counts the documents that stand in it."""

    def __init__(self, plan: DossierPlan, numbering: Numbering | None, links: bool) -> None:
        self._numbering = numbering
        self._links = links
        self._homes = {item.code: criterion for _, criterion, item, here in plan.rows() if here}
        self._count = 0

    def field(self, field: Field) -> FrontGroup:
        criteria = tuple(map(self._criterion, field.criteria))
        return FrontGroup(field.code, field.title, criteria=criteria, anchor=field.anchor)

    def _criterion(self, criterion: Criterion) -> FrontGroup:
        rows = tuple(self._row(item, criterion) for item in criterion.items)
        return FrontGroup(criterion.code, criterion.title, rows)

    def _row(self, item: EvidenceDocument, criterion: Criterion) -> FrontRow:
        made = partial(_made, item)
        page = self._numbering.places[item.code].first if self._numbering is not None else 0
        sheet = self._numbering.sheet_of(page) if self._numbering is not None else 0
        numbers = made(str(page)), made(str(sheet))
        if self._homes[item.code] is not criterion:
            link = f"{REFERENCE}{item.code}" if self._links else ""
            return FrontRow(item.code, link, traced("xem ", item.code), *numbers)
        self._count += 1
        stand_in = "xem tệp trong thư mục kèm theo" if item.needs_stand_in else ""
        signed = "bản ký số" if item.signed else ""
        return FrontRow(
            item.code,
            item.code if self._links else "",
            listed(item.title, item.issuer),
            *numbers,
            ordinal=made(str(self._count)),
            number=listed(item.number, item.day),
            title_link=item.code if self._links else "",
            note=listed(made(signed), made(stand_in), item.position, item.remark),
        )


def _awaited(row: EvidenceRow) -> EvidenceRow:
    return replace(row, number=listed(row.number, row.date), title=listed(row.title, row.issuer))


def _made(item: EvidenceDocument, text: str) -> str:
    return computed(text, *item.origins)


def _stand_in(item: EvidenceDocument) -> StandIn:
    file = _made(item, (item.original or item.file).name)
    return StandIn(item.code, item.title, item.number, item.day, item.issuer, file)
