"""The year's dossier from the project's own content: register in, PDF, folder and ZIP out."""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from conftest import ROOT, TEMPLATES
from support import compose_all, load_checked
from vanban.app.catalogue import find_kind
from vanban.app.dossier import build_dossier
from vanban.cli import main
from vanban.document import Table
from vanban.errors import ContentError
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import Criterion, DossierPlan, Field, plan_dossier

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
        build_dossier(workspace, TEMPLATES, tmp_path / "out", None)
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").rglob("dossier*"))


def test_a_name_that_the_disk_takes_apart_is_the_same_file(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    register = content / "2025" / "minh-chung.yaml"
    old = next((content / "2025" / "minh-chung").glob("1.1.1-01*.pdf"))
    name = "Kế hoạch số 12 của phường.pdf"
    register.write_text(register.read_text("utf-8").replace(old.name, name), "utf-8")
    disk = old.rename(old.with_name(unicodedata.normalize("NFD", name)))
    workspace = load_checked(content, 2025)
    assert workspace.criteria is not None and workspace.evidence is not None
    plan = plan_dossier(workspace, workspace.criteria, workspace.evidence, "")
    files = [i.file for field in plan.fields for each in field.criteria for i in each.items]
    assert disk in files


@pytest.mark.slow
@pytest.mark.parametrize("two_sided", [False, True])
def test_the_archive_s_list_has_the_numbers_of_the_dossier(tmp_path: Path, two_sided: bool) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    register = content / "2025" / "minh-chung.yaml"
    text = register.read_text("utf-8")
    register.write_text(
        text.replace("ho_so:\n", f"ho_so:\n  in_hai_mat: {two_sided}\n".lower()), "utf-8"
    )
    workspace = load_checked(content, 2025)
    facts = build_dossier(workspace, TEMPLATES, tmp_path / "out", None).facts
    (composed,) = compose_all([find_kind("evidence-index")], workspace, TEMPLATES)
    listing, closing = composed.document.annexes
    (table,) = (block for block in listing.blocks if isinstance(block, Table))
    expected = []
    for place in facts.placements.values():
        spans = [(place.first, place.last)]
        if two_sided:
            assert place.first % 2 == 1
            spans.insert(0, ((place.first + 1) // 2, (place.last + 1) // 2))
        expected.append("/".join(str(a) if a == b else f"{a}-{b}" for a, b in spans))
    assert [row.cells[5].text for row in table.rows] == expected
    words = "\n".join(block.text for block in closing.blocks)
    assert f"đánh số từ 1 đến {facts.page_count} kể cả bìa" in words
    assert (f"trên {(facts.page_count + 1) // 2} tờ in hai mặt" in words) is two_sided


def test_an_empty_register_gives_no_dossier_but_an_index_that_says_so(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    register = content / "2025" / "minh-chung.yaml"
    head, _, _ = register.read_text("utf-8").partition("tai_lieu:")
    register.write_text(f"{head}tai_lieu: []\n", "utf-8")
    workspace = load_checked(content, 2025)
    with pytest.raises(ContentError, match="sổ chưa có tài liệu nào — ") as caught:
        build_dossier(workspace, TEMPLATES, tmp_path / "out", None)
    (problem,) = caught.value.problems
    assert problem.place.line == head.count("\n") + 1
    assert not (tmp_path / "out").exists()
    (composed,) = compose_all([find_kind("evidence-index")], workspace, TEMPLATES)
    closing = composed.document.annexes[-1]
    assert any("chưa có tài liệu nào" in block.text for block in closing.blocks)


def test_a_shared_document_is_filed_under_its_own_criterion() -> None:
    def item(code: str) -> EvidenceDocument:
        return EvidenceDocument(code, Path(f"{code}.pdf"), "Kế hoạch")

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
