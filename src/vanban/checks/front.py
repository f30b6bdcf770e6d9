"""The one front of the check: documents of the content by id, and any Word file by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from vanban.build import CATALOGUE, buildable, compose_all, find_kind, load_checked
from vanban.checks.finding import Finding, Severity
from vanban.checks.review import Reviewed, review
from vanban.checks.run import in_order
from vanban.workspace.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """What a check found, worst first, and lines about what was looked at."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """Whether an error is open."""
        return any(each.severity is Severity.ERROR and not each.excused for each in self.findings)


def check(
    targets: Iterable[str],
    content: Path,
    year: int | None,
    templates_of: Callable[[Path], Path],
    out: Path,
) -> Checked:
    """Check the documents with these ids and the Word files at these paths; all documents if none.

    Raises ContentError where the content or a file cannot be read, UsageError for an unknown id.
    """
    targets = tuple(targets)
    files = tuple(Path(target) for target in targets if target.endswith(".docx"))
    kinds = [find_kind(target) for target in targets if not target.endswith(".docx")]
    findings: list[Finding] = []
    notes: list[str] = []
    if kinds or not files:
        workspace = load_checked(content, year)
        reviewed = review_content(workspace, content, templates_of(content))
        ids = [kind.id for kind in kinds] or list(reviewed.states)
        findings.extend(reviewed.findings if not kinds else reviewed.of(ids))
        notes.extend(_notes(reviewed, ids))
    return Checked(in_order(findings), tuple(notes))


def review_content(workspace: Workspace, content: Path, templates: Path) -> Reviewed:
    """Review every document that the content makes."""
    kinds = buildable(workspace, content)
    return review(workspace, compose_all(kinds, workspace, content, templates))


def _notes(reviewed: Reviewed, ids: Iterable[str]) -> list[str]:
    names = {kind.id: kind.name for kind in CATALOGUE}
    lines = [
        f"không đánh giá được {', '.join(rules)}: {reason}"
        for reason, rules in reviewed.not_evaluated.items()
    ]
    lines += [
        f"{each.at('rule')}: chấp nhận {each.rule} không còn ứng với phát hiện nào — xóa mục này"
        for each in reviewed.unused
    ]
    for document_id in ids:
        state = reviewed.states[document_id]
        reasons = f" ({'; '.join(state.reasons)})" if state.reasons else ""
        lines.append(f"{names[document_id]} ({document_id}): {state.name}{reasons}")
    return lines
