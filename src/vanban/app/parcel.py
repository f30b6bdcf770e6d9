"""What a ward reads, in one piece that another machine builds it from as if it stood there.

In: a unit of a batch. Out: a :class:`Parcel`: content, templates and earlier results, and where
they are to stand. What wards share is packed once for all of them, and put beside.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from vanban.app.inputs import FREELY_NAMED
from vanban.app.unit import Unit
from vanban.io import bundle
from vanban.io.bundle import Bundle, bundled
from vanban.workspace.edit import set_value
from vanban.workspace.files import AGENCY, TEMPLATES
from vanban.workspace.folder import shown_path
from vanban.workspace.models.sharing import SHARED_KEY

WARD, OUT, COMMON = "don-vi", "~ket-qua", "chung"
"""Folders of bundles: a ward's, its results; the only one in the bundle of what wards share."""

Names = Mapping[str, str]
"""Folders here → what messages call them where the work is given."""


class Parcel(Struct, frozen=True):
    """What a ward reads, and where of it ``content`` is, by its way in the bundle.

    What the ward shares with others is to stand at ``common``, as far from the content as where it
    was packed: marks in Word files say how far that is.
    """

    bundle: Bundle
    content: str
    common: str
    names: Names


def packed(unit: Unit, common: Path | None) -> Parcel:
    """Return what the ward of ``unit`` reads, but for the folder ``common`` that it shares.

    Raises OSError where something of it cannot be read, or is too much to be sent.
    """
    content = unit.ward.content.absolute()
    ward = Path(WARD)
    shared = ""
    instead = {}
    if common is not None:
        way = Path(os.path.relpath(common, content.parent))
        ups = way.parts.count("..")
        ward = Path(*["~"] * ups, WARD)  # from so deep as many steps up stay in the bundle
        shared = os.path.normpath(ward / way)
        agency = content / AGENCY.name
        named = set_value(agency.read_bytes(), agency, (SHARED_KEY,), way.as_posix())
        instead[str(ward / content.name / AGENCY.name)] = named
    folders = {
        str(ward / content.name): unit.ward.content,
        str(ward / TEMPLATES): content.parent / TEMPLATES,
        OUT: unit.out,
    }
    names = {name: str(shown_path(path)) for name, path in folders.items()}
    if common is not None:
        names[shared] = str(shown_path(common))
    there = {name: folder for name, folder in folders.items() if folder.is_dir()}
    held = bundled(there, instead, FREELY_NAMED | {OUT})
    return Parcel(held, str(ward / content.name), shared, names)


def packed_common(folder: Path) -> Bundle:
    """Return what wards share; raises OSError where something of it cannot be read."""
    return bundled({COMMON: folder})


def unpacked(parcel: Parcel, home: Path, common: Path | None) -> tuple[Path, Path]:
    """Lay a ward out below ``home``, which is empty; return its content and its results.

    ``common`` is where the bundle of what it shares was unpacked. Raises MachineError for a damaged
    bundle, OSError where this machine cannot hold it.
    """
    bundle.unpacked(parcel.bundle, home)
    if common is not None:
        link = home / parcel.common
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(common / COMMON, target_is_directory=True)
    out = home / OUT
    out.mkdir(exist_ok=True)
    return home / parcel.content, out
