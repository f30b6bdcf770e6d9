"""Plan → ``dossier.pdf``, ``dossier/`` and ``dossier.zip``: all three, or those of before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.dossier.assemble import DossierFacts, make_dossier_pdf
from vanban.dossier.front import FrontMaker
from vanban.dossier.originals import make_dossier_folder, zip_folder
from vanban.evidence.dossier_plan import DossierPlan
from vanban.io.swap import replacing

if TYPE_CHECKING:
    from vanban.layout.fonts import TimesFamily

NAME = "dossier"


@dataclass(frozen=True)
class Dossier:
    """A dossier that was made: its facts, and its three paths."""

    facts: DossierFacts
    paths: tuple[Path, ...]


def make_dossier(
    plan: DossierPlan, out: Path, maker: FrontMaker, times: TimesFamily, stamp: date | None
) -> Dossier:
    """Make the dossier in the folder ``out``; ``stamp`` dates the properties of its workbook.

    Raises ContentError for files that cannot be used, MachineError where nothing can be written.
    """
    paths = (out / f"{NAME}.pdf", out / NAME, out / f"{NAME}.zip")
    with replacing(*paths) as (pdf, folder, package):
        facts = make_dossier_pdf(plan, pdf, maker, times)
        front = maker.word_file(facts.numbering)
        make_dossier_folder(plan, folder, facts.placements, front, stamp)
        zip_folder(folder, package, NAME)
    return Dossier(facts, paths)
