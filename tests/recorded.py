"""What the check says of known documents, as lines to compare with what was recorded.

The documents are the project's content, the ward's plan as issued (as text and as a Word file) and
Word files with mistakes in them. After a change that means to change findings:

    .venv/bin/python tests/recorded.py

and every line that `git diff tests/data/findings.tsv` shows is told in the commit, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from issued import issued_docx, issued_paragraphs
from letters import decision, letter, of_a_unit
from mistakes import PROPERTIES, TEXTS
from vanban.app.catalogue import buildable, find_kind
from vanban.app.composing import compose_others, compose_sound
from vanban.app.load import load_content
from vanban.checks.finding import Finding
from vanban.checks.form.check_form import FormReport, check_opened, open_word
from vanban.checks.form.engine import Verdict
from vanban.checks.from_word import writing_of_word
from vanban.checks.review import review
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.checks.writing import Writing, plain_writing
from vanban.workspace.workspace import Workspace
from words import GOOD, edited, saved, word_file

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "data" / "findings.tsv"
HEAD = "source\trule\tplace\texcerpt or measured\tseverity or verdict\n"
EVERY = 4
"""Of the tables of mistakes of form, every so many is recorded."""


def recorded_lines() -> Iterator[str]:
    """Yield a line for each finding of text and each row of form that is not right."""
    yield from _content()
    loaded = load_content(ROOT / "content", 2025)
    writing = plain_writing(
        "\n".join(issued_paragraphs()), Path("plan.txt"), loaded.workspace, date(2025, 8, 1)
    )
    yield from _texts("issued text", replace(writing, document_type="Kế hoạch"))
    for name, data in word_files():
        yield from _word_file(name, data, loaded.workspace)


def word_files() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the Word files, the issued plan first."""
    yield "issued plan.docx", issued_docx()
    for make in (letter, decision, of_a_unit):
        yield f"{make.__name__}.docx", saved(make())
    good = word_file(GOOD)
    for name, edits, _ in PROPERTIES[::EVERY]:
        yield f"{name}.docx", edited(good, edits)
    for name, document, _ in TEXTS[::EVERY]:
        yield f"{name}.docx", word_file(document)


def _content() -> Iterator[str]:
    content, templates = ROOT / "content", ROOT / "templates"
    loaded = load_content(content, 2025)
    on_request = (find_kind(each, content) for each in ("brief-q3", "scores-qd766-quy-3"))
    kinds = (*buildable(loaded.workspace), *on_request)
    composed, unmade = compose_sound(kinds, loaded, templates)
    others, left_out = compose_others(kinds, loaded, templates)
    assert composed and not (unmade or left_out)
    yield from _lines("content", review(loaded.workspace, composed, others).findings)


def _word_file(name: str, data: bytes, workspace: Workspace) -> Iterator[str]:
    opened = open_word(data, Path(name), workspace)
    report = check_opened(opened, None, "không đo trang")
    yield from _form(name, report)
    if opened.declined is None:
        yield from _texts(name, writing_of_word(opened))


def _form(name: str, report: FormReport) -> Iterator[str]:
    if report.declined is not None:
        yield "\t".join((name, "hinh-thuc", "", report.declined.reason, "declined"))
        return
    for row in report.rows:
        if row.verdict in (Verdict.FAIL, Verdict.WARN):
            told = row
            place = " | ".join(part.text[:40] for part in told.at)
            yield _line(name, row.rule.id, f"{told.aspect}: {place}", told.measured, row.verdict)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items())
    yield _line(name, "hinh-thuc", "", counts, "counts")


def _texts(name: str, writing: Writing) -> Iterator[str]:
    yield from _lines(name, run_rules(Project(None, (writing,))).findings)


def _lines(source: str, findings: Iterable[Finding]) -> Iterator[str]:
    for each in findings:
        for spot in each.spots:
            place = spot.place
            file = place.file.relative_to(ROOT) if place.file.is_absolute() else place.file
            at = f"{file}:{place.line}:{place.column}"
            yield _line(source, each.rule, at, spot.excerpt, each.severity.value)


def _line(*fields: object) -> str:
    return "\t".join(" ".join(str(each).split()) for each in fields)


def text_of(lines: Iterable[str]) -> str:
    """Return the file of these lines: in order, so that a difference is a line of its own."""
    return "".join(chain([HEAD], (f"{line}\n" for line in sorted(lines))))


if __name__ == "__main__":
    FILE.write_text(text_of(recorded_lines()), encoding="utf-8")
