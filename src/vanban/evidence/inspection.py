"""Looking at the files of the register: each file read once, every fault kept beside its entry.

In: the workspace. Out: :class:`Inspected`, one an entry. A fault is whatever keeps an entry out of
a dossier: its file, and what the register says of it (hash, pages). Nothing is raised; coverage
tells faults in a list, index and dossier refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from vanban.errors import Problem
from vanban.evidence.checks import check_register
from vanban.evidence.file_errors import (
    ChangedFile,
    FileError,
    NoSuchPage,
    Unhashed,
    WrongPageCount,
)
from vanban.evidence.file_facts import FileFacts, read_facts
from vanban.evidence.limited import one_process
from vanban.evidence.place import evidence_folder, locate
from vanban.io.progress import tell
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

ReadFacts = Callable[[Path], FileFacts]

Fault = tuple[str, str, FileError]
"""Attribute of the entry (file, original), the name typed there, and what is wrong with it."""


class Inspected(Struct, frozen=True):
    """One entry, the path and facts of its file where it can be read, and the faults found.

    A file that can be read has facts even where it changed or the register says wrong of it.
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
    def changed(self) -> bool:
        """Say whether its file or original is not the one that was registered."""
        return any(isinstance(error, ChangedFile) for _, _, error in self.errors)

    @property
    def page_count(self) -> int | None:
        """Pages of the file; as registered where it cannot be read or has no pages of its own."""
        counted = self.facts.page_count if self.facts is not None else None
        return counted if counted is not None else self.evidence.page_count


def inspect(workspace: Workspace, read: ReadFacts = read_facts) -> dict[str, Inspected]:
    """Look at the files of every entry by ``read``.

    Returns code → what was found, in the register's order.
    """
    if workspace.evidence is None:
        return {}
    folder = evidence_folder(workspace.root, workspace.year)
    found, every = {}, workspace.evidence.evidence
    with one_process():
        for number, each in enumerate(every):
            tell("Đọc tệp", number, len(every))
            found[each.code] = inspect_one(each, folder, read)
    return found


def inspect_one(evidence: Evidence, folder: Path, read: ReadFacts = read_facts) -> Inspected:
    """Look at the file of one entry and, where it has one, at its original."""
    errors: list[Fault] = []
    path, facts = _look(evidence, "file", "sha256", folder, read, errors)
    original = None
    if evidence.original is not None:
        _, original = _look(evidence, "original", "sha256_original", folder, read, errors)
    if not any(isinstance(error, ChangedFile) for _, _, error in errors):
        errors.extend(_faults_of_pages(evidence, facts))
    return Inspected(evidence, path, facts, original, tuple(errors))


def check_evidence(workspace: Workspace, read: ReadFacts = read_facts) -> list[Problem]:
    """Return every mistake of the register and of its files, which ``read`` looks at, sorted."""
    of_files = {
        each.evidence.problem(f"{name}: {error}", attribute)
        for each in inspect(workspace, read).values()
        for attribute, name, error in each.errors
    }
    return sorted({*check_register(workspace), *of_files})


def cites_pages_within(cited: str | None, count: int | None) -> bool:
    """Say whether every page number in ``cited`` exists; words ("toàn văn") are not judged."""
    if cited is None or count is None:
        return True
    return all(1 <= int(number) <= count for number in re.findall(r"\d+", cited))


def _faults_of_pages(evidence: Evidence, facts: FileFacts | None) -> Iterator[Fault]:
    """Yield what the register says wrong of the file's pages."""
    counted = facts.page_count if facts is not None else None
    if counted is not None and counted != evidence.page_count:
        yield "page_count", evidence.file, WrongPageCount(counted)
    count = counted if counted is not None else evidence.page_count
    cited = evidence.pages
    if cited is not None and count is not None and not cites_pages_within(cited, count):
        yield "pages", evidence.file, NoSuchPage(cited, count)


def _look(
    evidence: Evidence,
    attribute: str,
    hashed: str,
    folder: Path,
    read: ReadFacts,
    errors: list[Fault],
) -> tuple[Path | None, FileFacts | None]:
    name = getattr(evidence, attribute)
    try:
        path = locate(folder, name)
        facts = read(path)
    except FileError as error:
        errors.append((attribute, name, error))
        return None, None
    registered = getattr(evidence, hashed)
    if registered is None:
        key = type(evidence).model_fields[hashed].alias or hashed
        errors.append((hashed, name, Unhashed(key, facts.sha256)))
    elif facts.sha256 != registered:
        errors.append((attribute, name, ChangedFile()))
    return path, facts
