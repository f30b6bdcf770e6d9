"""Looking at the files of the register: each file read once, every fault kept beside its entry.

In: the workspace. Out: :class:`Inspected`, one an entry. Nothing is raised for a file's fault;
coverage tells it in a list, the dossier refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vanban.evidence.file_errors import ChangedFile, FileError
from vanban.evidence.files import FileFacts, read_facts
from vanban.evidence.place import evidence_folder, locate
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

Fault = tuple[str, str, FileError]
"""Attribute of the entry (file, original), the name typed there, and what is wrong with it."""


@dataclass(frozen=True)
class Inspected:
    """One entry, the path and facts of its file where it can be read, and the faults found.

    A file that changed since it was registered has facts as well as a fault.
    """

    evidence: Evidence
    path: Path | None
    facts: FileFacts | None
    original: FileFacts | None
    errors: tuple[Fault, ...]

    @property
    def readable(self) -> bool:
        return self.facts is not None

    @property
    def page_count(self) -> int | None:
        """Pages of the file; as registered where it cannot be read or has no pages of its own."""
        counted = self.facts.page_count if self.facts is not None else None
        return counted if counted is not None else self.evidence.page_count


def inspect(workspace: Workspace) -> dict[str, Inspected]:
    """Look at the files of every entry; returns code → what was found, in the register's order."""
    if workspace.evidence is None:
        return {}
    folder = evidence_folder(workspace.root, workspace.year)
    return {each.code: inspect_one(each, folder) for each in workspace.evidence.evidence}


def inspect_one(evidence: Evidence, folder: Path) -> Inspected:
    """Look at the file of one entry and, where it has one, at its original."""
    errors: list[Fault] = []
    path, facts = _look(evidence, "file", evidence.sha256, folder, errors)
    original = None
    if evidence.original is not None:
        _, original = _look(evidence, "original", evidence.sha256_original, folder, errors)
    return Inspected(evidence, path, facts, original, tuple(errors))


def _look(
    evidence: Evidence, attribute: str, sha256: str | None, folder: Path, errors: list[Fault]
) -> tuple[Path | None, FileFacts | None]:
    name = getattr(evidence, attribute)
    try:
        path = locate(folder, name)
        facts = read_facts(path)
    except FileError as error:
        errors.append((attribute, name, error))
        return None, None
    if sha256 is not None and facts.sha256 != sha256:
        errors.append((attribute, name, ChangedFile()))
    return path, facts
