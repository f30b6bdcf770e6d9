"""Each document stands in one place: what is made here needs no entry in ``van-ban.yaml``.

In: the workspace. Out: problems at the entries that say again what a plan, report or paper says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanban.errors import Problem
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

_Key = tuple[str, date]
"""Number and symbol, and the day: no two documents of an agency share them."""


def check_entered_once(workspace: Workspace) -> list[Problem]:
    """Return the registered documents of the agency that the content itself holds."""
    typed = {document.id for document in workspace.documents.documents}
    made = {
        known: document
        for document in workspace.documents_by_id.values()
        if document.id not in typed
        for known in _key(document)
    }
    return [
        document.problem(
            f"văn bản này là {made[known].id} ở {made[known].at('number').file} — xóa mục này, dẫn "
            f"bằng mã “{made[known].id}”",
            "id",
        )
        for document in workspace.documents.documents
        for known in _key(document)
        if known in made
    ]


def _key(document: CitedDocument) -> Iterator[_Key]:
    if document.own and document.has_number and document.number and document.date is not None:
        yield document.number.lstrip("0"), document.date
