"""The one front of the check: documents of the content by id, and any Word file by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from vanban.build import (
    Kind,
    buildable,
    compose_all,
    compose_others,
    find_kind,
    load_checked,
    write_files,
)
from vanban.checks.finding import Finding, Severity
from vanban.checks.fix import find_edits, fixed_files, nfc_edits
from vanban.checks.review import Reviewed, content_files, read_project, review
from vanban.checks.run import in_order
from vanban.workspace.load import chosen_year

MAX_PASSES = 5
"""Mending a place can bring up another; two passes are the rule."""


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
        templates = templates_of(content)
        wanted = tuple(kinds) or buildable(workspace, content)
        composed = compose_all(wanted, workspace, content, templates)
        others, left_out = compose_others(wanted, workspace, content, templates)
        reviewed = review(workspace, (*composed, *others))
        findings.extend(reviewed.of(kind.id for kind in wanted) if kinds else reviewed.findings)
        notes.extend(_notes(reviewed, wanted, left_out))
    return Checked(in_order(findings), tuple(notes))


def mend(
    content: Path, year: int | None, templates: Path, dry_run: bool
) -> tuple[dict[Path, tuple[bytes, bytes]], ...]:
    """Mend what is certain in the YAML files; return the files before and after, pass by pass.

    One mended place may show another, so passes follow until nothing changes; with ``dry_run``
    only the first is made and nothing is written. Raises ContentError where the content cannot
    be read.
    """
    passes: list[dict[Path, tuple[bytes, bytes]]] = []
    chosen = chosen_year(content, year)
    texts = {path: path.read_text("utf-8-sig") for path in content_files(content, chosen)}
    files = fixed_files(nfc_edits(texts))
    for _ in range(MAX_PASSES):
        if files:
            passes.append(files)
            if dry_run:
                break
            write_files((path, after) for path, (_, after) in files.items())
        workspace = load_checked(content, chosen)
        composed, _ = compose_others((), workspace, content, templates)
        project, locator = read_project(workspace, composed)
        files = fixed_files(find_edits(project, locator, workspace.review))
        if not files:
            break
    return tuple(passes)


def _notes(reviewed: Reviewed, kinds: Iterable[Kind], left_out: tuple[str, ...]) -> list[str]:
    lines = []
    if left_out:
        lines.append(f"chưa đối chiếu được với {', '.join(left_out)}: nội dung ở đó đang có lỗi")
    lines += [
        f"không đánh giá được {', '.join(rules)}: {reason}"
        for reason, rules in reviewed.not_evaluated.items()
    ]
    lines += [
        f"{each.at('rule')}: chấp nhận {each.rule} không còn ứng với phát hiện nào — xóa mục này"
        for each in reviewed.unused
    ]
    for kind in kinds:
        state = reviewed.states[kind.id]
        reasons = f" ({'; '.join(state.reasons)})" if state.reasons else ""
        lines.append(f"{kind.name} ({kind.id}): {state.name}{reasons}")
    return lines
