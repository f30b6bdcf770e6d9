"""What the desk shows of one content folder: loaded anew when a file has changed, and kept else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from vanban.app.catalogue import Kind, find_kind, kinds_in
from vanban.app.load import Loaded, load_content
from vanban.app.preview import Preview, preview
from vanban.errors import ContentError, Problem, UsageError
from vanban.exchange.due import DueItem, due_items
from vanban.workspace.folder import chosen_year, find_years, input_folders, templates_of


@dataclass(frozen=True)
class Shown:
    """A document as it is shown: its last good pages, and what keeps newer ones from being made."""

    kind: Kind
    preview: Preview | None
    problems: tuple[Problem, ...]


LACKING = "chưa có nội dung"
SUFFIXES = (".docx", ".pdf", ".xlsx")
"""Of the files of a document that are given out."""
WATCHED = (".yaml", ".md", ".docx", ".png", ".jpg", ".jpeg")
"""Of files that documents are made from."""
DAYS = 30
"""How far ahead the page of the year looks."""


@dataclass(frozen=True)
class Overview:
    """A document on the page of the year; ``files`` are the names of those that were built."""

    id: str
    name: str
    state: str
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    period: str = ""
    """Of a report, whose figures have a sheet."""

    @property
    def can_be_shown(self) -> bool:
        return self.state != LACKING


@dataclass
class Desk:
    """One content folder at work; called from many threads, one of which composes at a time.

    Who asks for what has not changed waits for nobody.
    """

    content: Path
    year: int
    out: Path
    _composing: Lock = field(default_factory=Lock)
    _loading: Lock = field(default_factory=Lock)
    _building: Lock = field(default_factory=Lock)
    _loaded: tuple[object, Loaded] | None = None
    _shown: dict[str, tuple[object, Shown]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Path, year: int | None, out: Path) -> Desk:
        return cls(content, chosen_year(content, year), out)

    @property
    def templates(self) -> Path:
        return templates_of(self.content)

    def kinds(self) -> tuple[Kind, ...]:
        return kinds_in(self.content, self.year)

    def loaded(self) -> Loaded:
        """Return the content; raises ContentError where a register of all years has mistakes."""
        known = self._loaded
        if known is not None and known[0] == self.files_state():
            return known[1]
        with self._loading:
            state = self.files_state()  # before it is read: what changes meanwhile is read again
            if self._loaded is None or self._loaded[0] != state:
                self._loaded = (state, load_content(self.content, self.year))
            return self._loaded[1]

    def let_typing_go_first(self) -> None:
        """Return when no document is being composed to be shown."""
        with self._composing:
            pass

    def turn_to(self, year: int) -> None:
        """Work on another year from now on; raises UsageError where there is none."""
        if year not in find_years(self.content):
            raise UsageError(f"chưa có năm {year} — lập năm mới trước")
        with self._composing:
            self.year = year
            self._shown.clear()

    def files_state(self) -> object:
        """Return what changes with any file that is read, and with the year."""
        files = (
            path
            for folder in (*input_folders(self.content), self.templates)
            for path in sorted(folder.rglob("*"))
            if path.suffix.lower() in WATCHED and ".vanban" not in path.parts
        )
        found = []
        for path in files:
            try:
                state = path.stat()
            except OSError:  # gone at this moment
                continue
            found.append((path, state.st_size, state.st_mtime_ns))
        return self.year, tuple(found)

    def show(self, document_id: str) -> Shown:
        """Return a document's pages; those of before where its content has mistakes now.

        Raises UsageError where there is no such document.
        """
        kind = find_kind(document_id, self.content)
        known = self._shown.get(document_id)
        if known is not None and known[0] == self.files_state():
            return known[1]
        with self._composing:
            state = self.files_state()
            known = self._shown.get(document_id)
            if known is not None and known[0] == state:
                return known[1]
            try:
                shown = Shown(kind, preview(kind, self.loaded(), self.templates), ())
            except ContentError as error:
                before = known[1].preview if known is not None else None
                shown = Shown(kind, before, error.problems)
            self._shown[document_id] = (state, shown)
            return shown

    # --- the year -----------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where built files are."""
        return self.out / str(self.year)

    def overview(self) -> tuple[Overview, ...]:
        """Return every document of the year, those that can be made first."""
        loaded = self.loaded()
        found = (self._line(kind, loaded) for kind in self.kinds())
        return tuple(sorted(found, key=lambda each: not each.can_be_shown))

    def _line(self, kind: Kind, loaded: Loaded) -> Overview:
        if kind.lacking(self.content, self.year) is not None:
            return Overview(kind.id, kind.name, LACKING, (), ())
        problems = loaded.problems_in(kind.reads(self.content, self.year))
        files = tuple(
            f"{kind.id}{suffix}"
            for suffix in SUFFIXES
            if (self.folder / f"{kind.id}{suffix}").is_file()
        )
        state = f"có {len(problems)} lỗi, chưa dựng được" if problems else "dựng được"
        period = kind.period if kind.period is not None and not kind.on_request else ""
        return Overview(kind.id, kind.name, state, problems, files, period)

    def made_here(self) -> dict[str, str]:
        """Return the names of the documents of the year that have content, by id."""
        found = (each for each in self.kinds() if each.lacking(self.content, self.year) is None)
        return {each.id: each.name for each in found}

    def due(self, today: date) -> tuple[DueItem, ...]:
        """Return what is late or due soon."""
        return due_items(self.loaded().workspace, today, DAYS)

    # --- work on a document -------------------------------------------------------------------

    def build(self, document_id: str) -> tuple[str, ...]:
        """Build a document; return the names of its files. Raises what the build does."""
        from vanban.app.build import build_documents, compose_documents, started

        kind = find_kind(document_id, self.content)
        with self._building:
            loaded = self.loaded()
            composed, unmade = compose_documents((kind,), loaded, self.templates)
            if unmade:
                raise ContentError([problem for each in unmade for problem in each.problems])
            with started("weasyprint") as engine:
                outcome = build_documents(
                    (kind,),
                    loaded,
                    self.templates,
                    self.out,
                    composed=composed,
                    final=False,
                    see="",
                    progress=lambda _: None,
                    engine=engine,
                )
        return tuple(path.name for built in outcome.built for path in built.paths)
