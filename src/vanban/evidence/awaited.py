"""Documents of the content itself that are to prove criteria (``minh_chung_cho``).

The register of evidence takes type, number, date and abstract of one from its own file. One whose
signed copy is not attached yet is awaited: lists name it, no page or point rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from vanban.errors import Place
from vanban.provenance import Origin, computed
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

NOT_ATTACHED = "chưa đính kèm bản ký"


class Awaited(Struct, frozen=True):
    """A document without its signed copy, the sub-criteria that it is for, and where it stands."""

    document: CitedDocument
    criteria: tuple[str, ...]
    is_sample: bool
    place: Place
    origins: tuple[Origin, ...]

    @property
    def note(self) -> str:
        """What a list notes."""
        sample = "; Mẫu" if self.is_sample else ""
        return computed(f"{NOT_ATTACHED}{sample}", *self.origins)


def awaited(workspace: Workspace) -> Iterator[Awaited]:
    """Yield the documents of the year that wait for their signed copy, in the order of the files.

    Each says only sub-criteria that the year's set has.
    """
    registered = workspace.evidence.evidence if workspace.evidence is not None else ()
    attached = {each.document for each in registered}
    for name, issue in workspace.own_issues.items():
        criteria = tuple(code for code in issue.evidence_for if code in workspace.sub_criteria)
        if criteria and name not in attached:
            document = workspace.documents_by_id[name]
            sample = workspace.uses_sample(issue)
            origins = (issue.origin("evidence_for"),)
            yield Awaited(document, criteria, sample, issue.at("evidence_for"), origins)


def criteria_of(evidence: Evidence, workspace: Workspace) -> tuple[str, ...]:
    """Return the sub-criteria that an entry serves: its own, those named there, its document's."""
    own = evidence.code.rpartition("-")[0]
    issue = workspace.own_issues.get(evidence.document or "")
    further = issue.evidence_for if issue is not None else ()
    return tuple(dict.fromkeys((own, *evidence.also_for, *further)))
