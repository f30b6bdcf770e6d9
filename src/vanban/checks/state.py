"""The state of a document: may it go to the Chairwoman, or what stands against it.

Data errors stop a build before this; what the check finds never stops one, but the line in the
bottom margin says what the document is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from vanban.checks.finding import Finding, Severity
from vanban.checks.rules import Rule
from vanban.compose.composed import Composed
from vanban.errors import VanbanError


class NotReady(VanbanError):
    """A document that is to be signed has something against it: each on a line of its own."""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(str(self).split("\n"))


DRAFT_BANNER = "DỰ THẢO"


class State(Struct, frozen=True):
    """What stands against signing; nothing where the document is ready (trình ký).

    ``errors`` counts open errors of the check, ``missing`` data that is not there yet.
    """

    errors: int = 0
    missing: int = 0
    sample: bool = False

    @property
    def draft(self) -> bool:
        return self.errors > 0 or self.missing > 0

    @property
    def ready(self) -> bool:
        return not self.draft and not self.sample

    @property
    def name(self) -> str:
        """The state in words: bản nháp, mẫu, both, or trình ký."""
        names = (*(("bản nháp",) if self.draft else ()), *(("mẫu",) if self.sample else ()))
        return ", ".join(names) or "trình ký"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the document is not ready, one line each."""
        lines = []
        if self.errors:
            lines.append(f"còn {self.errors} lỗi chưa sửa hoặc chưa chấp nhận")
        if self.missing:
            lines.append(f"còn thiếu {self.missing} dữ liệu")
        if self.sample:
            lines.append("có dữ liệu mẫu")
        return tuple(lines)


def decides_state(each: Rule | Finding) -> bool:
    """Say whether a finding, or what a rule finds, stands against signing unless excused."""
    return each.severity is Severity.ERROR


def state_of(composed: Composed, findings: Iterable[Finding]) -> State:
    """Return the state of a document, given the findings of the check."""
    document = composed.document
    errors = sum(
        decides_state(finding) and not finding.excused and document.id in finding.documents
        for finding in findings
    )
    return State(errors, len(composed.missing), bool(document.banner))


def require_ready(states: Mapping[str, State], see: str) -> None:
    """Raise NotReady unless every document may go to be signed; ``see`` is the command to type."""
    reasons = [
        f"{document_id}: {state.name} — {'; '.join(state.reasons)}"
        for document_id, state in states.items()
        if not state.ready
    ]
    if reasons:
        raise NotReady(
            "chưa dựng bản để ký, vì có văn bản chưa ở trạng thái trình ký:\n  "
            + "\n  ".join(reasons)
            + f"\nXem từng chỗ: {see} — sửa rồi chạy lại."
        )


def marked(composed: Composed, state: State) -> Composed:
    """Return the document with its state in the banner of every page."""
    document = composed.document
    names = (DRAFT_BANNER if state.draft else "", document.banner)
    banner = " – ".join(name for name in names if name)
    return replace(composed, document=replace(document, banner=banner))
