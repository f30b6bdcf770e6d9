"""The form report and the findings as one printable page of HTML, without outside resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from vanban.checks.finding import Finding, Severity
from vanban.checks.form.check_form import FormReport
from vanban.checks.form.engine import Row, Verdict
from vanban.checks.form.specification import Component, components
from vanban.checks.output import NAMES, place_text, summary
from vanban.checks.word_report import WordReport
from vanban.checks.word_report_html import STYLE as WORD_STYLE
from vanban.checks.word_report_html import report_html

CLASSES: dict[Verdict, str] = {
    Verdict.PASS: "pass",
    Verdict.FAIL: "fail",
    Verdict.WARN: "warn",
    Verdict.ABSENT: "unknown",
    Verdict.UNKNOWN: "unknown",
}
WORST = (Verdict.FAIL, Verdict.WARN, Verdict.PASS, Verdict.UNKNOWN, Verdict.ABSENT)
"""A component is as its worst row; it passed only where at least one row did."""

NOT_JUDGED = (Verdict.ABSENT, Verdict.UNKNOWN)

LOOK = "người ký tự xem"
"""What is said of a component that no file shows."""

MAX_PLACES = 20
"""Places of one finding that the page lists."""

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 20mm }
body { font: 11pt/1.4 "Times New Roman", Tinos, "Liberation Serif", serif; color: #111;
       max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem }
h1 { font-size: 1.4em; margin: 0 0 .3em } h2 { font-size: 1.15em; margin: 1.4em 0 .4em }
h3 { font-size: 1em; margin: 1em 0 .3em }
p { margin: .3em 0 } .quiet { color: #555 }
table { border-collapse: collapse; width: 100%; margin: .5em 0 }
th, td { border: 1px solid #999; padding: .25em .45em; text-align: left; vertical-align: top }
thead { display: table-header-group } thead th { background: #eee }
tr { break-inside: avoid }
tr.component th { background: #f6f6f6 }
tr.component { break-after: avoid } tr.component .quiet { font-weight: normal }
table { table-layout: fixed; overflow-wrap: anywhere }
td.verdict { font-weight: bold }
.pass { color: #14632b } .fail { color: #a40000 } .warn { color: #8a5200 }
.unknown { color: #555; font-weight: normal }
.error { border-left: 4px solid #a40000 } .warning { border-left: 4px solid #b86e00 }
.info { border-left: 4px solid #777 }
.finding { padding: .1em .7em; margin: .5em 0; break-inside: avoid }
q { quotes: "“" "”" }
@media print { body { margin: 0; max-width: none; padding: 0 } }
"""


def html_page(
    title: str,
    reports: Sequence[FormReport],
    findings: Iterable[Finding] = (),
    verdicts: Iterable[str] = (),
    missing: Sequence[str] = (),
    words: Sequence[WordReport] = (),
) -> str:
    """Return the page: what was found in content and form, then the verdicts of each file.

    ``findings`` are those of the whole check, open and accepted; with none the page lists those
    of the reports. ``verdicts`` say the state of each document, ``missing`` what it lacks;
    ``words`` are Word files, each told for itself.
    """
    findings = tuple(findings) or tuple(each for report in reports for each in report.findings)
    parts = [
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{STYLE}{WORD_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in verdicts),
        *([f"<p>{escape(summary(findings))}</p>"] if findings or not words else []),
        *_missing(missing),
        *_findings(findings),
        *(part for each in words for part in report_html(each)),
        *(part for report in (*reports, *_forms(words)) for part in _report(report)),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _forms(words: Iterable[WordReport]) -> Iterator[FormReport]:
    yield from (each.form for each in words if each.form is not None)


def _missing(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"<h2>Còn thiếu ({len(lines)})</h2>"
        yield from (f'<div class="finding error">{escape(line)}</div>' for line in lines)


def _report(report: FormReport) -> Iterator[str]:
    yield f"<h2>Thể thức: {escape(str(report.file))}</h2>"
    if report.coverage:
        yield f"<p>{escape(_sentence(report.coverage))}</p>"
    if report.declined is not None:
        yield f"<p>{escape(_sentence(report.declined.reason))}</p>"
        return
    kind = f"Loại văn bản: {escape(report.kind)}. " if report.kind else ""
    yield f"<p>{kind}Số mục đã xét: {escape(report.told)}.</p>"
    yield (
        '<table><colgroup><col style="width:34%"><col style="width:14%"><col style="width:26%">'
        '<col style="width:26%"></colgroup><thead><tr><th>Nội dung xét</th><th>Kết luận</th>'
        "<th>Đo được</th><th>Quy định</th></tr></thead><tbody>"
    )
    for component in components().values():
        rows = [row for row in report.rows if row.rule.component == component.id]
        yield from _component(component, rows)
    yield "</tbody></table>"


def _component(component: Component, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows of one component; where none could be evaluated, one line says why.

    What only a person can look at is noted.
    """
    if not rows and component.note is None:
        return
    verdict = next((each for each in WORST if any(row.verdict is each for row in rows)), None)
    judged = verdict is not None and verdict not in NOT_JUDGED
    reasons = dict.fromkeys(row.reason for row in rows if row.reason)
    note = component.clause if judged else "; ".join(reasons) or str(component.note)
    box = f"Ô {component.box}. " if component.box else ""
    css, told = (CLASSES[verdict], verdict) if verdict else ("unknown", LOOK)
    yield (
        f'<tr class="component"><th colspan="4">{escape(box + component.name)}: '
        f'<span class="{css}">{escape(told)}</span> '
        f'<span class="quiet">({escape(note)})</span></th></tr>'
    )
    if not judged:
        return
    for row in rows:
        advice = ""
        if row.advice:
            advice = f'<br><span class="quiet">{escape(_sentence(row.advice))}</span>'
        if row.rule.clause != component.clause:
            advice += f'<br><span class="quiet">Căn cứ: {escape(row.rule.clause)}</span>'
        yield (
            f"<tr><td>{escape(_sentence(row.aspect, ''))}{advice}</td>"
            f'<td class="verdict {CLASSES[row.verdict]}">{escape(row.verdict)}</td>'
            f"<td>{escape(row.measured or row.reason)}</td><td>{escape(row.allowed)}</td></tr>"
        )


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield "<h2>Các phát hiện</h2>"
    for severity, name in NAMES.items():
        chosen = [each for each in findings if each.severity is severity and not each.excused]
        if chosen:
            yield f"<h3>{escape(name.capitalize())} ({len(chosen)})</h3>"
        for finding in chosen:
            yield _finding(finding, severity)
    excused = [each for each in findings if each.excused]
    if excused:
        yield f"<h3>Đã chấp nhận ({len(excused)})</h3>"
    for finding in excused:
        yield _finding(finding, Severity.INFO)


def _finding(finding: Finding, severity: Severity) -> str:
    words = " ".join(finding.spot.excerpt.split())
    quoted = f"<p><q>{escape(words)}</q></p>" if words else ""
    advice = f"<p>Cách sửa: {escape(finding.suggestion)}.</p>" if finding.suggestion else ""
    reason = f"<p>Lý do chấp nhận: {escape(finding.excused)}.</p>" if finding.excused else ""
    places = "; ".join(place_text(spot) for spot in finding.spots[:MAX_PLACES])
    more = len(finding.spots) - MAX_PLACES
    rest = f" và {more} chỗ nữa" if more > 0 else ""
    return (
        f'<div class="finding {severity}"><p><strong>{escape(_sentence(finding.message))}</strong>'
        f"</p>{quoted}{advice}{reason}"
        f'<p class="quiet">{escape(places + rest)}. {escape(finding.clause)} '
        f"[{escape(finding.rule)}]</p></div>"
    )


def _sentence(text: str, end: str = ".") -> str:
    """Return ``text`` with a capital and a closing sign."""
    closing = "" if text.endswith((".", "!", "?")) else end
    return text[:1].upper() + text[1:] + closing
