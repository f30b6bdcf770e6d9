"""What goes into a dossier and in which order; independent of where it was read from.

Fields (lĩnh vực) hold criteria (tiêu chí), criteria hold items. A document that serves several
criteria is listed under each of them with its one code; it is placed under the one its code
belongs to, and elsewhere
the index refers to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vanban.errors import Place


@dataclass(frozen=True)
class Item:
    """One piece of evidence.

    ``code`` is unique to the document ("1.1.1-01"); ``title`` is type and abstract; ``where``
    says which section and pages prove the point. ``original`` is the office file that ``file``
    was made from. With ``stand_in`` a page takes the place of ``file``, which is then not opened.
    ``sha256`` and ``original_sha256`` (hex) are checked where given; ``place`` is the entry in
    the register, for messages.
    """

    code: str
    title: str
    file: Path
    type: str = ""
    number: str = ""
    issued: date | None = None
    issuer: str = ""
    where: str = ""
    note: str = ""
    signed: bool = False
    stand_in: bool = False
    original: Path | None = None
    sha256: str | None = None
    original_sha256: str | None = None
    place: Place | None = None

    @property
    def label(self) -> str:
        """Code with number, or with title where the document has no number."""
        return f"{self.code} {self.number or self.title}"

    @property
    def reported_at(self) -> Place:
        """The place that a message about this item names."""
        return self.place or Place(self.file)


@dataclass(frozen=True)
class Criterion:
    """A criterion with its evidence; criteria without any need not be listed."""

    code: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Field:
    """A field of the assessment; it gets a divider, and a folder of its own."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class DossierPlan:
    """The whole dossier (hồ sơ).

    ``agency`` are the lines that name the agency, ``file_code`` the number of the dossier in the
    agency's list of files; ``banner`` is the warning of every page, "" for none. With
    ``two_sided`` every divider and document starts on the front of a sheet.
    """

    title: str
    agency: tuple[str, ...]
    file_code: str
    retention: str
    year: int
    fields: tuple[Field, ...]
    keeper: str = ""
    start: date | None = None
    end: date | None = None
    two_sided: bool = False
    banner: str = ""

    def rows(self) -> Iterator[tuple[Field, Criterion, Item, bool]]:
        """Yield every entry in order; the last value says whether its document stands here."""
        homes = self._homes()
        for field in self.fields:
            for criterion in field.criteria:
                for item in criterion.items:
                    yield field, criterion, item, homes[item.code] == criterion.code

    def _homes(self) -> dict[str, str]:
        """Return the criterion each document is filed under: its code's own, else the first."""
        homes: dict[str, str] = {}
        for field in self.fields:
            for criterion in field.criteria:
                for item in criterion.items:
                    homes.setdefault(item.code, criterion.code)
                    if item.code.rpartition("-")[0] == criterion.code:
                        homes[item.code] = criterion.code
        return homes

    def placed_in(self, field: Field) -> tuple[Item, ...]:
        """Return the documents that stand behind the divider of ``field``."""
        return tuple(item for other, _, item, here in self.rows() if here and other is field)

    def placed(self) -> tuple[Item, ...]:
        """Return the documents in the order of their pages, each once."""
        return tuple(item for _, _, item, here in self.rows() if here)
