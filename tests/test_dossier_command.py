"""The year's dossier from the project's own content: register in, PDF, folder and ZIP out."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from conftest import ROOT, TEMPLATES
from vanban.build import build_dossier, load_checked
from vanban.cli import main
from vanban.dossier.plan import Criterion, DossierPlan, Field, Item
from vanban.errors import ContentError

CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dossier")
    result = CliRunner().invoke(main, ["dossier", "--content", str(CONTENT), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out / "2025"


def test_every_document_of_the_register_is_in_the_dossier(folder: Path) -> None:
    workspace = load_checked(CONTENT, 2025)
    assert workspace.evidence is not None
    files = [path for path in (folder / "dossier").rglob("*") if path.is_file()]
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    for evidence in workspace.evidence.evidence:
        assert evidence.sha256 in hashes, evidence.code
        assert evidence.sha256_original is None or evidence.sha256_original in hashes
    with zipfile.ZipFile(folder / "dossier.zip") as package:
        assert len(package.namelist()) == len(files)
    with pikepdf.open(folder / "dossier.pdf") as pdf, pdf.open_outline() as outline:
        assert len(pdf.pages) > len(workspace.evidence.evidence)
        assert len(outline.root) >= 7


def test_a_file_that_changed_stops_the_dossier(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    victim = next((content / "2025" / "minh-chung").glob("1.1.1-01*.pdf"))
    victim.write_bytes(b"")
    workspace = load_checked(content, 2025)
    with pytest.raises(ContentError, match=victim.name):
        build_dossier(workspace, content, TEMPLATES, tmp_path / "out", None)
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").rglob("dossier*"))


def test_a_shared_document_is_filed_under_its_own_criterion() -> None:
    def item(code: str) -> Item:
        return Item(code, "Kế hoạch", Path(f"{code}.pdf"))

    own, shared = item("1.1.1-01"), item("4.2.2-01")
    plan = DossierPlan(
        "Hồ sơ",
        ("UBND",),
        "01",
        "10 năm",
        2025,
        (
            Field("1", "Một", (Criterion("1.1.1", "A", (own, shared)),)),
            Field("4", "Bốn", (Criterion("4.2.2", "B", (shared,)),)),
        ),
    )
    rows = [(criterion.code, each.code, here) for _, criterion, each, here in plan.rows()]
    assert rows == [
        ("1.1.1", "1.1.1-01", True),
        ("1.1.1", "4.2.2-01", False),
        ("4.2.2", "4.2.2-01", True),
    ]
    assert plan.placed() == (own, shared)
