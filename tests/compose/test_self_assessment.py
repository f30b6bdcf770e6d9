"""The self-assessment and the index of evidence, composed from the project's own content."""

from __future__ import annotations

from fractions import Fraction

import pytest

from conftest import ROOT, TEMPLATES
from support import load_checked
from vanban.app.catalogue import compose_all, find_kind
from vanban.compose.self_assessment import BAR_FILL, BAR_UNITS, chart, points_text
from vanban.document import Document, Paragraph, Table
from vanban.evidence.descriptions import documents_of
from vanban.scoring.scores import Scores, score
from vanban.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return load_checked(ROOT / "content", 2025)


@pytest.fixture(scope="module")
def scores(workspace: Workspace) -> Scores:
    return score(workspace)


def document(workspace: Workspace, document_id: str) -> Document:
    (composed,) = compose_all([find_kind(document_id)], workspace, TEMPLATES)
    return composed.document


def tables(blocks: tuple[object, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_bars_are_as_long_as_the_shares(scores: Scores) -> None:
    for field, row in zip(scores.fields, chart(scores).rows, strict=True):
        filled = sum(cell.columns for cell in row.cells if cell.fill == BAR_FILL)
        assert filled == round((field.tally.share or Fraction(0)) * BAR_UNITS)
        assert sum(cell.columns for cell in row.cells) == BAR_UNITS + 2


def test_the_summary_adds_up(workspace: Workspace, scores: Scores) -> None:
    summary, bars = tables(document(workspace, "self-assessment").body)
    rows = texts(summary)
    codes = [field.field.code for field in scores.fields]
    assert [row[0] for row in rows] == [*codes, "", ""]
    total, survey = rows[-2:]
    assert total[2:5] == [
        points_text(scores.tally.self_maximum),
        points_text(scores.tally.self_applicable),
        points_text(scores.tally.points),
    ]
    assert survey[1:5] == ["Điều tra xã hội học", "10,00", "10,00", "–"]
    assert len(bars.rows) == len(scores.fields)
    assert points_text(scores.fields[0].tally.points) in bars.description


def test_the_full_table_has_a_row_for_each_code(workspace: Workspace, scores: Scores) -> None:
    full, listed, explained = document(workspace, "self-assessment").annexes
    assert full.landscape
    rows = {row[0]: row for row in texts(tables(full.blocks)[0])}
    for leaf in scores.leaves:
        assert rows[leaf.code][1] == leaf.part.name
        proofs = documents_of(workspace)[leaf.code]
        assert rows[leaf.code][8] == ", ".join(evidence.code for evidence in proofs)
        assert rows[leaf.code][7] == "", "điểm thẩm định stays empty"
    answers = [leaf.answer for leaf in scores.leaves if leaf.answer is not None]
    reasons = [answer.explanation for answer in answers if answer.explanation is not None]
    assert [row[4] for row in texts(tables(explained.blocks)[0])] == reasons
    assert texts(tables(listed.blocks)[0])


def test_a_document_stands_once_in_the_index(workspace: Workspace) -> None:
    index = document(workspace, "evidence-index")
    assert index.header.number == ""
    listed, archive, closing = index.annexes
    codes = [row[1] for row in texts(tables(listed.blocks)[0]) if row[1]]
    assert workspace.evidence is not None
    assert sorted(codes) == sorted(evidence.code for evidence in workspace.evidence.evidence)
    order = [
        tuple(int(part) for part in row[2].split(".")) for row in texts(tables(listed.blocks)[0])
    ]
    assert order == sorted(order)
    last = texts(tables(archive.blocks)[0])[-1][5].split("-")[-1]
    stated = [block.text for block in closing.blocks if isinstance(block, Paragraph)]
    assert any(f"{last} trang, đánh số từ 1 đến {last} kể cả bìa" in text for text in stated)


def test_rows_that_refer_elsewhere_have_no_number(workspace: Workspace) -> None:
    listed, *_ = document(workspace, "evidence-index").annexes
    _, same, _ = document(workspace, "self-assessment").annexes
    for annex in (listed, same):
        rows = texts(tables(annex.blocks)[0])
        numbered = [row for row in rows if row[0]]
        assert [row[0] for row in numbered] == [str(n) for n in range(1, len(numbered) + 1)]
        assert all(row[5].startswith("xem ") for row in rows if not row[0])
        assert 0 < len(numbered) < len(rows)


def test_sample_points_carry_the_banner(workspace: Workspace) -> None:
    for document_id in ("self-assessment", "evidence-index"):
        assert document(workspace, document_id).banner.startswith("SỐ LIỆU MẪU")
