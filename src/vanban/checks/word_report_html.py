"""The report of a Word file as HTML: as its text, the place on the page beside each cause."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from vanban.checks.output import NAMES
from vanban.checks.page_pictures import picture_of
from vanban.checks.word_report import (
    Cause,
    Section,
    WordReport,
    around,
    place_words,
)
from vanban.errors import Place

MOST_PICTURES = 60
"""Of one file: a page with more would be too large to send."""

STYLE = """
.cause { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); gap: 0 1rem }
.cause img { width: 100%; height: auto; border: 1px solid #999; align-self: start }
mark { background: #ffec96 }
@media (max-width: 50rem) { .cause { grid-template-columns: minmax(0, 1fr) } }
"""


def report_html(report: WordReport) -> Iterator[str]:
    """Yield the elements of the report."""
    yield f"<h2>{escape(str(Place(report.file)))}</h2>"
    if report.about:
        yield f"<p>{escape(report.about)}</p>"
    yield f"<p><strong>{escape(report.verdict)}</strong></p>"
    if report.unreadable:
        return
    left = MOST_PICTURES
    groups = [("Nên sửa trước", report.first)] if report.first else []
    groups += [(str(section), causes) for section, causes in report.rest()]
    for title, causes in groups:
        yield f"<h3>{escape(title)} ({len(causes)})</h3>"
        for cause in causes:
            picture = b""
            if report.pages is not None and left:
                picture = picture_of(report.pages, cause.findings[0].spot)
            left -= bool(picture)
            yield from _cause(cause, picture)
    excused = [each for each in report.findings if each.excused]
    if excused:
        yield f"<h3>Đã chấp nhận ({len(excused)})</h3>"
    for finding in excused:
        place = place_words(finding.spot) or Section.WHOLE
        yield (
            f'<div class="finding info"><p>{escape(place)}: {escape(finding.message)}</p>'
            f'<p class="quiet">Lý do: {escape(finding.excused)} [{escape(finding.rule)}]</p></div>'
        )
    yield from (f'<p class="quiet">{escape(note)}</p>' for note in report.notes)


def _cause(cause: Cause, picture: bytes) -> Iterator[str]:
    spot = cause.findings[0].spot
    place = place_words(spot) or Section.WHOLE.lower()
    left, marked, right = map(escape, around(spot))
    words = f"{left}<mark>{marked}</mark>{right}" if left or right else marked
    yield f'<div class="finding {cause.severity} cause"><div>'
    yield f'<p class="quiet">{escape(place)}</p>' + (f"<p>“{words}”</p>" if words else "")
    for finding in cause.findings:
        name = NAMES[finding.severity].capitalize()
        yield f"<p><strong>{name}:</strong> {escape(finding.message)}.</p>"
        if finding.suggestion:
            yield f"<p>Cách sửa: {escape(finding.suggestion)}.</p>"
    clauses = dict.fromkeys((each.clause, each.rule) for each in cause.findings)
    yield "".join(f'<p class="quiet">{escape(a)} [{escape(rule)}]</p>' for a, rule in clauses)
    if cause.elsewhere:
        yield f'<p class="quiet">Còn ở: {escape(cause.elsewhere)}.</p>'
    yield "</div>"
    if picture:
        source = f"data:image/png;base64,{b64encode(picture).decode()}"
        yield f'<img src="{source}" alt="Chỗ này trên {escape(place)}">'
    yield "</div>"
