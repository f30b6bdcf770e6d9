"""Any Word file → what is found in it, told for itself: one that cannot be read hides no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vanban.checks.excuses import excuse
from vanban.checks.finding import Finding
from vanban.checks.given import partly_read, passed_over, read_given, unreadable
from vanban.checks.identity import Identity
from vanban.checks.registry import text_rules
from vanban.checks.rules import Project
from vanban.checks.run import in_order, run_rules
from vanban.checks.word_report import WordReport, sections_of
from vanban.errors import ContentError
from vanban.workspace.workspace import Workspace


def check_word(file: Path, workspace: Workspace | None, alone: bool) -> WordReport:
    """Check one Word file; ``workspace`` is the content that it is compared with, if any.

    A file that a program left behind is an error only where it is given ``alone``.
    """
    left = passed_over(file, alone)
    if left is not None:
        return WordReport(file, findings=(left,), declined=left.message)
    try:
        report = _checked(file, workspace)
    except ContentError as error:
        why = "; ".join(problem.message for problem in error.problems)
        report = WordReport(file, findings=tuple(unreadable(error.problems)), unreadable=why)
    if workspace is None:
        return report
    findings, _ = excuse(report.findings, workspace.review)
    return replace(report, findings=findings)


def _checked(file: Path, workspace: Workspace | None) -> WordReport:
    from vanban.checks.form.check_form import check_opened, measured_pages, open_word
    from vanban.checks.from_word import writing_of_word

    data = read_given(file)
    opened = open_word(data, file, workspace)
    about = f"{opened.identity}{_not_applied(opened.identity, workspace)}"
    if opened.declined is not None:
        form = check_opened(opened, None)
        return WordReport(file, about, form=form, declined=opened.declined.reason)
    pages, unmeasured = measured_pages(data, None)
    form = check_opened(opened, pages, unmeasured)
    writing = writing_of_word(opened, pages)
    run = run_rules(Project(None, (writing,)))
    findings: list[Finding] = [*form.findings, *run.findings]
    if opened.word.unread_text:
        findings.append(partly_read(file, opened.word.unread_text))
    notes = [f"thể thức {form.told} (xem từng mục: --html)", opened.coverage]
    if unmeasured:
        notes.append(f"thể thức trên trang không đo được — {unmeasured}")
    notes += (
        f"không đánh giá được {', '.join(rules)}: {reason}"
        for reason, rules in run.not_evaluated.items()
    )
    return WordReport(
        file,
        about,
        in_order(findings),
        tuple(notes),
        sections=sections_of(writing),
        form=form,
        pages=pages,
    )


def _not_applied(identity: Identity, workspace: Workspace | None) -> str:
    """Return which rules say nothing of a Word file, and why; "" where all speak."""
    count = sum(rule.own_documents for rule in text_rules())
    if workspace is None:
        return f"; không áp dụng {count} quy tắc riêng của cơ quan soạn thảo vì không có nội dung"
    if identity.own:
        return ""
    why = "văn bản của cơ quan khác" if identity.issuer else "không đọc được cơ quan ban hành"
    return f"; không áp dụng {count} quy tắc riêng của {workspace.agency.short_name} vì {why}"
