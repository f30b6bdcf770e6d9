"""The sample evidence that stands in content/2025."""

from __future__ import annotations

import pytest

from conftest import ROOT
from vanban.app.coverage import load_coverage
from vanban.evidence.coverage import Coverage
from vanban.evidence.file_facts import FileKind
from vanban.evidence.first_page import first_page_lines
from vanban.evidence.inspection import Inspected, check_evidence, inspect
from vanban.workspace.workspace import Workspace

MARK = "TÀI LIỆU MẪU"


@pytest.fixture(scope="module")
def loaded() -> tuple[Workspace, Coverage]:
    workspace, covered, _ = load_coverage(ROOT / "content", 2025)
    return workspace, covered


@pytest.fixture(scope="module")
def inspected(loaded: tuple[Workspace, Coverage]) -> dict[str, Inspected]:
    return inspect(loaded[0])


def test_every_file_is_there_and_as_registered(loaded: tuple[Workspace, Coverage]) -> None:
    workspace, covered = loaded
    assert check_evidence(workspace) == []
    assert covered.faults == ()
    assert covered.unregistered == ()
    assert covered.outside_year == ()
    assert covered.duplicates == ()
    assert covered.without_page == ()


def test_all_of_it_is_flagged_as_sample(loaded: tuple[Workspace, Coverage]) -> None:
    workspace, _ = loaded
    assert workspace.evidence is not None
    assert all(workspace.uses_sample(each) for each in workspace.evidence.evidence)


def test_it_serves_twenty_sub_criteria_and_leaves_some_to_do(
    loaded: tuple[Workspace, Coverage],
) -> None:
    _, covered = loaded
    assert sum(row.readable > 0 for row in covered.rows) >= 20
    assert covered.at_risk > 0


def test_it_holds_every_kind_of_page(inspected: dict[str, Inspected]) -> None:
    facts = [each.facts for each in inspected.values() if each.facts is not None]
    pages = [page for each in facts for page in each.pages]
    assert {each.kind for each in facts} == {
        FileKind.PDF,
        FileKind.JPEG,
        FileKind.PNG,
        FileKind.TIFF,
    }
    assert {each.original.kind for each in inspected.values() if each.original is not None} == {
        FileKind.DOCX,
        FileKind.XLSX,
    }
    assert any(each.signed for each in facts)
    assert any(page.landscape for page in pages)
    assert any(round(page.width) == 420 and round(page.height) == 297 for page in pages)
    assert all(each.size < 150_000 for each in facts)


@pytest.mark.slow
def test_every_pdf_with_text_shows_the_mark(inspected: dict[str, Inspected]) -> None:
    scans = []
    for code, each in inspected.items():
        if each.path is None or each.facts is None or each.facts.kind is not FileKind.PDF:
            continue
        text = " ".join(line.text for line in first_page_lines(each.path.read_bytes()))
        if text:
            assert MARK in text, code
        else:
            scans.append(code)
    assert scans == ["1.3.1-02"]
