"""What the desk shows of one content folder: loaded anew when a file has changed, and kept else."""

from __future__ import annotations

import os
from contextlib import suppress
from contextvars import ContextVar
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock

from msgspec import Struct, field

from vanban.app.catalogue import Kind, find_kind, kinds_in
from vanban.app.due import owed
from vanban.app.load import Loaded, load_content
from vanban.app.preview import Preview, preview
from vanban.app.year_glance import SUFFIXES, Glance, glances
from vanban.errors import ContentError, Problem, UsageError
from vanban.exchange.due import DueItem
from vanban.io.progress import tell
from vanban.workspace.files import AnyFile
from vanban.workspace.folder import (
    chosen_year,
    find_years,
    input_folders,
    shown_path,
    standing,
    templates_of,
)
from vanban.workspace.periods import PERIODS


class Shown(Struct, frozen=True):
    """A document as it is shown: its last good pages, and what keeps newer ones from being made."""

    kind: Kind
    preview: Preview | None
    problems: tuple[Problem, ...]


WATCHED = (".yaml", ".md", ".docx", ".png", ".jpg", ".jpeg")
"""Of files that documents are made from."""
YEAR: ContextVar[int | None] = ContextVar("YEAR", default=None)
"""The year that a request is about, while it is answered; None where none is."""
DAYS = 30
"""How far ahead the page of the year looks."""


class Made(Struct, frozen=True):
    """What a build made: the names of the files, the state in words, what was missing."""

    files: tuple[str, ...]
    state: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


class Desk(Struct):
    """One content folder at work; called from many threads, one of which composes at a time.

    Who asks for what has not changed waits for nobody.
    """

    content: Path
    turned: int
    """The year that pages are opened on from now on."""
    out: Path
    _composing: Lock = field(default_factory=Lock)
    _loading: Lock = field(default_factory=Lock)
    _building: Lock = field(default_factory=Lock)
    _loaded: dict[int, tuple[object, Loaded]] = field(default_factory=dict)
    _shown: dict[tuple[int, str], tuple[object, Shown]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Path, year: int | None, out: Path) -> Desk:
        return cls(shown_path(content), chosen_year(content, year), out)

    @property
    def year(self) -> int:
        """The year that is asked about: the same for the whole of a request."""
        return YEAR.get() or self.turned

    @property
    def templates(self) -> Path:
        return templates_of(self.content)

    def kinds(self) -> tuple[Kind, ...]:
        return kinds_in(self.content, self.year)

    def loaded(self) -> Loaded:
        """Return the content; raises ContentError where a register of all years has mistakes."""
        year = self.year
        known = self._loaded.get(year)
        if known is not None and known[0] == self.files_state():
            return known[1]
        with self._loading:
            state = self.files_state()  # before it is read: what changes meanwhile is read again
            known = self._loaded.get(year)
            if known is None or known[0] != state:
                known = self._loaded[year] = (state, load_content(self.content, year))
            return known[1]

    def turn_to(self, year: int) -> None:
        """Open pages on another year from now on; raises UsageError where there is none."""
        if year not in find_years(self.content):
            raise UsageError(f"chưa có năm {year} — lập năm mới trước")
        self.turned = year

    def files_state(self) -> object:
        """Return what changes with any file that is read, and with the year."""
        folders = (*input_folders(self.content), self.templates)
        return self.year, tuple(found for folder in folders for found in _states(str(folder)))

    def state_word(self) -> str:
        """Return a word that changes with any file that is read."""
        return sha256(repr(self.files_state()).encode()).hexdigest()[:16]

    def show(self, document_id: str) -> Shown:
        """Return a document's pages; those of before where its content has mistakes now.

        Raises UsageError where there is no such document.
        """
        kind = find_kind(document_id, self.content)
        key = (self.year, document_id)
        known = self._shown.get(key)
        if known is not None and known[0] == self.files_state():
            return known[1]
        with self._composing:
            state = self.files_state()
            known = self._shown.get(key)
            if known is not None and known[0] == state:
                return known[1]
            try:
                shown = Shown(kind, preview(kind, self.loaded(), self.templates), ())
            except ContentError as error:
                before = known[1].preview if known is not None else None
                shown = Shown(kind, before, error.problems)
            self._shown[key] = (state, shown)
            return shown

    # --- the year -----------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where built files are."""
        return self.out / str(self.year)

    def glances(self) -> tuple[Glance, ...]:
        """Return every document of the year, those that can be made first."""
        return glances(self.loaded(), self.out)

    def periods(self) -> dict[str, str]:
        """Return what the periods of the year are called, by id."""
        return {each.id: each.title(self.year) for each in PERIODS.values()}

    def made_here(self) -> dict[str, str]:
        """Return the names of the documents of the year that have content, by id."""
        found = (each for each in self.kinds() if each.lacking(self.content, self.year) is None)
        return {each.id: each.name for each in found}

    def due(self, today: date) -> tuple[DueItem, ...]:
        """Return what is late or due soon."""
        return owed(self.loaded(), today, DAYS)

    def lacks(self, file: AnyFile) -> bool:
        """Say whether the year has no such file, its own or shared; one with mistakes is there."""
        return not standing(file, self.content, self.year).exists()

    def has_calendar(self) -> bool:
        """Say whether days are known by which reports are due."""
        return bool(self.loaded().workspace.agency.calendar)

    # --- work on a document -------------------------------------------------------------------

    def build(self, document_id: str) -> Made:
        """Build a document, one after the other; raises what the build does.

        A PDF that was signed is kept, and that is told as an error.
        """
        from vanban.app.build import build_documents, compose_documents, keep_signed, started

        kind = find_kind(document_id, self.content)
        with self._building:
            loaded = self.loaded()
            composed, unmade = compose_documents((kind,), loaded, self.templates)
            composed, signed = keep_signed(composed, self.folder, self.content)
            if unmade or signed:
                raise ContentError(
                    [problem for each in (*unmade, *signed) for problem in each.problems]
                )
            with started("weasyprint") as engine:
                outcome = build_documents(
                    (kind,),
                    loaded,
                    self.templates,
                    self.out,
                    composed=composed,
                    final=False,
                    see="",
                    progress=lambda name: tell(f"Dựng {name}", 0, 1),
                    engine=engine,
                )
        files = [path.name for built in outcome.built for path in built.paths]
        missing = tuple(gap.text for item in composed for gap in item.missing)
        state = outcome.states[document_id]
        given = tuple(name for name in files if name.endswith(SUFFIXES))
        return Made(given, state.name, state.reasons, missing, (*outcome.notes, *outcome.left))


def _states(folder: str) -> list[tuple[str, int, int]]:
    """Return path, size and moment of the last change of each file that is watched, sorted.

    What is hidden is no content, and may be gone at any moment: others write.
    """
    found = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    for entry in entries:
        with suppress(OSError):
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                found += _states(entry.path)
            elif entry.name.lower().endswith(WATCHED):
                state = entry.stat()
                found.append((entry.path, state.st_size, state.st_mtime_ns))
    return found
