"""The letter that tells a ward its appraised points (điểm thẩm định) → Document, by its outline.

One letter a round: sums by field, and in an annex every sub-criterion whose points are not those
that the ward gave itself, with the reason and what it may still send (Decree 30/2020, Mẫu 1.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.city.appraisal import without_points
from vanban.city.appraised import Appraised, AppraisedSum, appraised, rounds_of
from vanban.compose.abbreviations import used_abbreviations
from vanban.compose.composed import Composed, Gap
from vanban.compose.furniture import make_document, registry_blanks, year_of
from vanban.compose.needs import gaps
from vanban.compose.outline import fill_outline
from vanban.compose.score_texts import change_text, code_of, points_text
from vanban.nd30.dates import long_date
from vanban.nd30.numbers import format_number
from vanban.provenance import Origin, TracedNumber, computed, traced_list
from vanban.workspace.files import APPRAISALS, CRITERIA
from vanban.workspace.models.appraisal import Appraisal, ChangedPoints
from vanban.workspace.models.criteria import SubCriterion
from vanban.workspace.workspace import Workspace

MOST_NAMED = 5
"""Codes that a gap names; how many more there are is said."""


class SumRow(Struct, frozen=True):
    """Sums of a field or of all; texts as printed."""

    code: str
    name: str
    maximum: str
    own: str
    appraised: str
    difference: str


class DifferenceRow(Struct, frozen=True):
    """A sub-criterion that was given other points; ``before`` is what the last round gave."""

    code: str
    name: str
    maximum: str
    own: str
    before: str
    appraised: str
    difference: str
    reason: str
    asked: str


class Counts(Struct, frozen=True):
    """How many sub-criteria were appraised, kept and changed."""

    all: TracedNumber
    kept: TracedNumber
    changed: TracedNumber


class Earlier(Struct, frozen=True):
    """A round before this one, its day and the points that it gave."""

    round: TracedNumber
    day: str
    points: str


def compose_appraisal(workspace: Workspace, name: str, templates: Path) -> Composed:
    """Compose the letter of ``tham-dinh/<name>.yaml``, which must have been checked.

    Raises TemplateError where the outline cannot be used.
    """
    file, criteria = workspace.entries(APPRAISALS)[name], workspace.need(CRITERIA)
    found = appraised(file, criteria)
    before = tuple(
        appraised(each, criteria)
        for each in rounds_of(workspace).get(file.ward, ())
        if each.round < file.round
    )
    own, total = file.origin(), found.sum()
    changed = tuple(_differences(found, before))
    fields = tuple(
        _sum_row(code_of(field), field.name, found.sum(field.code), own)
        for field in criteria.fields
        if found.sum(field.code).maximum
    )
    outlined = fill_outline(
        templates / "appraisal.md",
        {
            "agency": workspace.agency,
            "year": year_of(workspace),
            "ward": file.name,
            "round": TracedNumber(file.round, file.origin("round")),
            "criteria_name": criteria.name,
            "abbreviations": used_abbreviations(workspace, fields, changed),
            "total": _sum_row("", "", total, own),
            "change": _change_of(total, own),
            "counts": Counts(
                TracedNumber(len(found.points), own),
                TracedNumber(len(found.points) - len(found.changed), own),
                TracedNumber(len(found.changed), own),
            ),
            "left_out": traced_list(", ", map(str, file.left_out)),
            "earlier": tuple(map(_earlier, before)),
            "fields": fields,
            "changed": changed,
            "differing": _sum_row("", "", found.differing, own),
            "due": "" if file.due is None else computed(long_date(file.due), file.origin("due")),
        },
    )
    document = make_document(f"appraisal-{name}", outlined, file, workspace, (file, criteria))
    document = replace(
        document,
        header=replace(document.header, addressees=(file.name, *document.header.addressees)),
        recipients=document.recipients
        if file.addressees
        else (computed("- Như trên;", file.origin("name")), *document.recipients),
    )
    missing = gaps("appraisal", document, (file,), workspace, _lacking(found))
    return Composed(document, outlined.path, missing=missing, blanks=registry_blanks(file))


def _sum_row(code: str, name: str, total: AppraisedSum, origin: Origin) -> SumRow:
    points = (total.maximum, total.own, total.appraised)
    texts = (*map(points_text, points), change_text(total.difference))
    return SumRow(code, name, *(computed(text, origin) for text in texts))


def _change_of(total: AppraisedSum, origin: Origin) -> str:
    if not total.difference:
        return ""
    word = "tăng" if total.difference > 0 else "giảm"
    return computed(f", {word} {format_number(abs(total.difference), 2)} điểm", origin)


def _earlier(before: Appraised) -> Earlier:
    file = before.file
    day = file.appraised_on
    return Earlier(
        TracedNumber(file.round, file.origin("round")),
        "" if day is None else computed(long_date(day), file.origin("appraised_on")),
        computed(points_text(before.sum().appraised), file.origin()),
    )


def _differences(found: Appraised, before: tuple[Appraised, ...]) -> Iterator[DifferenceRow]:
    parts = {part.code: part for part in found.parts}
    last = before[-1] if before else None
    for each in found.changed:
        yield _difference(each, parts[each.criterion], last)


def _difference(each: ChangedPoints, part: SubCriterion, last: Appraised | None) -> DifferenceRow:
    given = last.points.get(part.code) if last is not None else None
    made = each.origin()
    own = without_points(each.left_out) if each.own is None else points_text(each.own)
    difference = change_text(each.appraised - (each.own or 0))
    return DifferenceRow(
        code_of(part),
        part.name,
        computed(points_text(part.maximum), part.origin("maximum")),
        computed(own, made),
        computed(points_text(given), made if last is None else last.file.origin()),
        computed(points_text(each.appraised), made),
        computed(difference, made),
        each.reason,
        each.asked or part.required or "",
    )


def _lacking(found: Appraised) -> Iterator[Gap]:
    """Yield what keeps the letter from being signed: criteria without points, no day to answer."""
    file: Appraisal = found.file
    pending = found.pending
    if pending:
        more = f" … và {len(pending) - MOST_NAMED} nữa" if len(pending) > MOST_NAMED else ""
        named = f"{', '.join(pending[:MOST_NAMED])}{more}"
        text = f"chưa có điểm thẩm định của {len(pending)} tiêu chí: {named}"
        yield Gap(text, file.at("kept"), "nhu_tu_cham")
    if found.changed and file.due is None:
        yield Gap("chưa ghi hạn giải trình (han_giai_trinh)", file.at("due"), "han_giai_trinh")
