"""What the desk shows of one content folder: loaded anew when a file has changed, and kept else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from vanban.app.catalogue import Kind, find_kind, kinds_in
from vanban.app.load import Loaded, load_content
from vanban.app.preview import Preview, preview
from vanban.errors import ContentError, Problem
from vanban.workspace.folder import chosen_year, input_folders, templates_of


@dataclass(frozen=True)
class Shown:
    """A document as it is shown: its last good pages, and what keeps newer ones from being made."""

    kind: Kind
    preview: Preview | None
    problems: tuple[Problem, ...]


LACKING = "chưa có nội dung"


@dataclass(frozen=True)
class Overview:
    """A document on the page of the year."""

    id: str
    name: str
    state: str
    problems: int


@dataclass
class Desk:
    """One content folder at work; called from many threads, one of which composes at a time."""

    content: Path
    year: int
    _lock: Lock = field(default_factory=Lock)
    _loaded: tuple[object, Loaded] | None = None
    _shown: dict[str, tuple[object, Shown]] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Path, year: int | None) -> Desk:
        return cls(content, chosen_year(content, year))

    @property
    def templates(self) -> Path:
        return templates_of(self.content)

    def kinds(self) -> tuple[Kind, ...]:
        return kinds_in(self.content, self.year)

    def loaded(self) -> Loaded:
        """Return the content; raises ContentError where a register of all years has mistakes."""
        with self._lock:
            return self._load()

    def _load(self) -> Loaded:
        state = self._state()
        if self._loaded is None or self._loaded[0] != state:
            self._loaded = (state, load_content(self.content, self.year))
        return self._loaded[1]

    def _state(self) -> object:
        """Return what changes with any file that is read."""
        files = (
            path
            for folder in (*input_folders(self.content), self.templates)
            for path in sorted(folder.rglob("*"))
            if path.suffix in (".yaml", ".md", ".docx") and ".vanban" not in path.parts
        )
        found = []
        for path in files:
            try:
                state = path.stat()
            except OSError:  # gone at this moment
                continue
            found.append((path, state.st_size, state.st_mtime_ns))
        return tuple(found)

    def show(self, document_id: str) -> Shown:
        """Return a document's pages; those of before where its content has mistakes now.

        Raises UsageError where there is no such document.
        """
        kind = find_kind(document_id, self.content)
        with self._lock:
            state = self._state()
            known = self._shown.get(document_id)
            if known is not None and known[0] == state:
                return known[1]
            try:
                shown = Shown(kind, preview(kind, self._load(), self.templates), ())
            except ContentError as error:
                before = known[1].preview if known is not None else None
                shown = Shown(kind, before, error.problems)
            self._shown[document_id] = (state, shown)
            return shown

    def overview(self) -> tuple[Overview, ...]:
        """Return every document of the year, those that can be made first."""
        with self._lock:
            loaded = self._load()
        found = (self._line(kind, loaded) for kind in self.kinds())
        return tuple(sorted(found, key=lambda each: each.state == LACKING))

    def _line(self, kind: Kind, loaded: Loaded) -> Overview:
        if kind.lacking(self.content, self.year) is not None:
            return Overview(kind.id, kind.name, LACKING, 0)
        problems = loaded.problems_in(kind.reads(self.content, self.year))
        return Overview(kind.id, kind.name, "có lỗi" if problems else "dựng được", len(problems))
