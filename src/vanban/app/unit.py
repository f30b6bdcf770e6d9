"""A ward as a unit of work: what is asked, what became of it, and whether that still holds."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.batch_manifest import DocumentRecord
from vanban.app.inputs import Inputs, file_hash, program_key, read_inputs
from vanban.app.left_annexes import left_annexes, told_left
from vanban.io.signed import is_signed
from vanban.workspace.folder import working_folder
from vanban.workspace.shared_version import version_name
from vanban.workspace.wards import Ward


class Unit(Struct, frozen=True):
    """A ward to build, and how: all that a process needs to be told.

    Files go to ``out``, the folder of this ward's results, in its year. ``ids`` are of documents,
    all where none; ``year`` is None for the newest in use; ``stamp`` dates files without a day of
    their own; with ``dossier`` the evidence is assembled, too. Nothing is done where ``known``,
    what became of the ward before, still holds, but with ``force``.
    """

    ward: Ward
    out: Path
    ids: tuple[str, ...] = ()
    year: int | None = None
    engine: str = "weasyprint"
    stamp: date | None = None
    dossier: bool = False
    force: bool = False
    known: tuple[DocumentRecord, ...] = ()


class Done(Struct, frozen=True):
    """What became of a unit: its records, whether they are those of before, lines to be told."""

    unit: Unit
    records: tuple[DocumentRecord, ...]
    unchanged: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_built(self) -> bool:
        """Say whether any document is there."""
        return any(each.state for each in self.records)


def version_of(done: Done) -> str:
    """Return the version of the shared folder that a ward is on, "" for none.

    What was kept may be made from an earlier one, of which nothing that it reads has changed.
    """
    if done.unchanged:
        return version_name(done.unit.ward.content)
    return next((each.shared for each in done.records if each.shared), "")


def unit_inputs(unit: Unit) -> Inputs:
    """Return what tells all that a unit reads and is asked: content, program, fonts …"""
    asked = (unit.ids, unit.year, unit.engine, unit.stamp, unit.dossier)
    inputs = read_inputs(program(), unit.ward.content)
    return Inputs(sha256(f"{inputs.key} {asked!r}".encode()).hexdigest(), inputs.stamp)


@cache
def program() -> str:
    """Return the key of the program as it was when this process first asked."""
    return program_key()


def unchanged(unit: Unit, key: str) -> Done | None:
    """Return what is known of a ward where it was made of the same and its files are intact.

    Its notes are told again, and what stands beside its files now.
    """
    known = tuple(each for each in unit.known if each.key == key)
    if unit.force or not known or len(known) != known[0].of or any(each.error for each in known):
        return None
    files = ((unit.out / name, digest) for each in known for name, digest in each.files.items())
    if any(file_hash(path) != digest for path, digest in files):
        return None
    if any(each.notes and each.noted_from != _noted_from(unit) for each in known):
        return None
    left = [paths for each in known if (paths := _left_beside(unit, each))]
    if any(is_signed(path) for paths in left for path in paths):
        return None
    notes = (note for each in known for note in each.notes)
    return Done(unit, known, unchanged=True, notes=(*notes, *map(told_left, left)))


def _left_beside(unit: Unit, known: DocumentRecord) -> tuple[Path, ...]:
    """Return the annexes of another build that stand beside a document that was made."""
    if not known.is_made:
        return ()
    own = tuple(unit.out / name for name in known.files)
    return left_annexes(unit.out / str(known.year), known.document, own)


def known_by(done: Done, key: str) -> Done:
    """Return ``done`` with records that hold for what has this ``key``, "" for nothing."""
    noted_from = _noted_from(done.unit)
    records = (
        replace(each, key=key, noted_from=noted_from if each.notes else "") for each in done.records
    )
    return replace(done, records=tuple(records))


def _noted_from(unit: Unit) -> str:
    """Return the hash (hex) of the folders by which notes of a ward name its files."""
    named = f"{working_folder()}\n{unit.ward.content}"
    return sha256(named.encode("utf-8", "surrogateescape")).hexdigest()
