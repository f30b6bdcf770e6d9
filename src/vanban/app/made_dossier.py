"""The dossier of a year as a page shows it: made there, and what stands in the build folder.

In: loaded content and the build folder. Out: the files of a dossier, the page of each document in
it, and whether it is older than what it was made from.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from vanban.app.dossier import Dossier, build_dossier, dossier_paths, keep_signed
from vanban.app.load import Loaded
from vanban.app.manifest import read_manifest
from vanban.dossier.originals import COLUMNS, CSV_NAME
from vanban.evidence.place import evidence_folder
from vanban.workspace.files import CRITERIA, EVIDENCE
from vanban.workspace.folder import Reads

_ORDINAL, _CODE, _COUNT, _PAGE = (
    [name for name, _ in COLUMNS].index(name)
    for name in ("STT", "Mã tài liệu", "Số trang", "Trang trong hồ sơ")
)


class MadeDossier(Struct, frozen=True):
    """A dossier that is there: its PDF and ZIP, when it was made, its pages, where documents are.

    It ``is_older`` than the register or a file of evidence: it may lack what came since.
    """

    pdf: Path
    package: Path
    time: datetime
    page_count: int
    pages: Mapping[str, int]
    is_older: bool


def make_here(loaded: Loaded, templates: Path, out: Path) -> Dossier:
    """Make the dossier as ``vanban dossier`` does, and let that command know of its files.

    Raises what :func:`vanban.app.dossier.build_dossier` does.
    """
    root, year = loaded.workspace.root, loaded.workspace.year
    workspace = loaded.require(Reads.of(root, year, (CRITERIA, EVIDENCE)))
    paths = dossier_paths(out / str(year))
    manifest = read_manifest(out)
    keep_signed(manifest.strangers(paths[1]), evidence_folder(root, year))
    return build_dossier(workspace, templates, out, None, manifest.announce)


def made_dossier(content: Path, year: int, out: Path) -> MadeDossier | None:
    """Return the dossier that is in the build folder; None where there is none that is whole."""
    pdf, folder, package = dossier_paths(out / str(year))
    try:
        moment = pdf.stat().st_mtime
        total, pages = _pages(folder / CSV_NAME, (folder / CSV_NAME).stat().st_mtime_ns)
        package.stat()
    except (OSError, ValueError, IndexError, csv.Error):
        return None
    sources = (EVIDENCE.path(content, year), *evidence_folder(content, year).rglob("*"))
    newest = max((path.stat().st_mtime for path in sources if path.is_file()), default=moment)
    return MadeDossier(pdf, package, datetime.fromtimestamp(moment), total, pages, newest > moment)


@lru_cache(maxsize=4)
def _pages(index: Path, moment: int) -> tuple[int, Mapping[str, int]]:
    """Return the last page of a document, and the first of each, as the dossier's list has them."""
    with index.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    own = [row for row in rows if row[_ORDINAL]]
    pages = {row[_CODE]: int(row[_PAGE]) for row in own}
    return max(int(row[_PAGE]) + int(row[_COUNT]) - 1 for row in own), pages
