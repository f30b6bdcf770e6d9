"""Plan → ``dossier.pdf``, ``dossier/`` and ``dossier.zip``: all three, or those of before."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.dossier.assemble import DossierFacts, make_dossier_pdf
from vanban.dossier.folder import make_dossier_folder, zip_folder
from vanban.dossier.plan import DossierPlan
from vanban.errors import MachineError
from vanban.render.frame import Frame

if TYPE_CHECKING:
    from vanban.render.fonts import TimesFamily
    from vanban.render.typesetter import Typesetter

NAME = "dossier"


@dataclass(frozen=True)
class Dossier:
    """A dossier that was made: its facts, and its three paths."""

    facts: DossierFacts
    paths: tuple[Path, ...]


def make_dossier(
    plan: DossierPlan,
    out: Path,
    typesetter: Typesetter,
    frame: Frame,
    times: TimesFamily,
    stamp: date | None,
) -> Dossier:
    """Make the dossier in the folder ``out``; ``stamp`` dates the files' properties.

    Raises ContentError for files that cannot be used, MachineError where nothing can be written.
    Everything is made beside its place and then swapped in.
    """
    names = (f"{NAME}.pdf", NAME, f"{NAME}.zip")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=f".{NAME}.") as place:
            fresh, old = Path(place, "new"), Path(place, "old")
            fresh.mkdir()
            old.mkdir()
            facts = make_dossier_pdf(plan, fresh / names[0], typesetter, frame, times, stamp)
            make_dossier_folder(plan, fresh / NAME, facts.placements, stamp)
            zip_folder(fresh / NAME, fresh / names[2], NAME)
            _swap(fresh, old, out, names)
    except (OSError, shutil.Error) as error:
        where = getattr(error, "filename", None) or out
        reason = getattr(error, "strerror", None) or str(error)
        raise MachineError(
            f"không ghi được {where}: {reason} — đóng tệp nếu đang mở, kiểm tra quyền ghi và chỗ "
            "trống trên đĩa rồi chạy lại"
        ) from error
    return Dossier(facts, tuple(out / name for name in names))


def _swap(fresh: Path, old: Path, out: Path, names: tuple[str, ...]) -> None:
    """Move what stands in ``out`` to ``old`` and what is in ``fresh`` to ``out``, or nothing."""
    done: list[tuple[Path, Path]] = []
    try:
        for name in names:
            steps = [(fresh / name, out / name)]
            if (out / name).exists():
                steps.insert(0, (out / name, old / name))
            for source, target in steps:
                source.rename(target)
                done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        raise
