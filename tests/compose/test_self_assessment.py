"""The self-assessment and the index of evidence, composed from the project's own content."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from conftest import ROOT, TEMPLATES
from support import compose_all, load_checked
from vanban.app.catalogue import find_kind
from vanban.compose.bars import BAR_FILL, BAR_UNITS
from vanban.compose.score_summary import chart
from vanban.compose.score_texts import points_text
from vanban.document import Document, Paragraph, Table
from vanban.evidence.descriptions import documents_of
from vanban.figures.notation import format_ratio
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
    shares = [field.tally.share for field in scores.fields if field.tally.share is not None]
    bars = chart(scores)
    for share, row in zip(sorted(shares, reverse=True), bars.rows, strict=True):
        filled = sum(cell.columns for cell in row.cells if cell.fill == BAR_FILL)
        assert filled == round(share * BAR_UNITS)
        assert sum(cell.columns for cell in row.cells) == BAR_UNITS + 2
        assert row.cells[-1].text == format_ratio(share)


def test_every_bar_is_one_line_high(scores: Scores) -> None:
    assert all(len(row.cells[0].text) < 15 for row in chart(scores).rows)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_the_summary_adds_up(workspace: Workspace, scores: Scores) -> None:
    summary, bars = tables(document(workspace, "self-assessment").body)
    rows = texts(summary)
    codes = [field.field.code for field in scores.fields]
    assert [row[0] for row in rows] == [*codes[:-1], "", codes[-1], ""]
    *fields, own, survey, total = rows
    for column in (2, 3):
        assert sum(number(row[column]) for row in fields) == number(own[column])
        assert number(own[column]) + number(survey[column]) == number(total[column])
    assert sum(number(row[4]) for row in fields) == number(own[4]) == scores.tally.points
    assert (survey[4], total[4]) == ("chưa công bố", "–")
    assert "98,5%" in bars.description
    assert sum(bars.widths) == pytest.approx(165), "as wide as the text, like the tables"
    assert points_text(scores.tally.points) not in bars.text


def test_full_marks_are_told_in_one_paragraph(workspace: Workspace, scores: Scores) -> None:
    body = document(workspace, "self-assessment").body
    (told,) = [block.text for block in body if "đạt điểm tối đa, được" in block.text]
    full = scores.at_maximum
    assert told.startswith(f"Có {len(full)}/{len(full) + len(scores.reduced)} tiêu chí")
    assert re.findall(r"\d\.\d\.\d+", told) == [leaf.code for leaf in full]
    by_field = [number(points) for points in re.findall(r", ([\d,]+) điểm\)", told)]
    total = sum(leaf.points or 0 for leaf in full)
    assert sum(by_field) == total == number(re.findall(r"được ([\d,]+) điểm", told)[0])


def test_what_is_abbreviated_is_explained(workspace: Workspace) -> None:
    made = document(workspace, "self-assessment")
    (told,) = [block.text for block in made.body if "các chữ viết tắt sau" in block.text]
    assert "; văn bản quy phạm pháp luật (VBQPPL)" in told
    used = "\n".join(made.texts())
    for file in workspace.house_rules:
        for each in file.abbreviations:
            others = used.replace(told, "")
            assert (f"{each.meaning} ({each.short})" in told) == (
                re.search(rf"\b{each.short}\b", others) is not None
            ), each.short


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
    archive, closing = index.annexes
    rows = listed(index)
    codes = [row[1] for row in rows if len(row) > 1 and row[1]]
    assert workspace.evidence is not None
    assert sorted(codes) == sorted(evidence.code for evidence in workspace.evidence.evidence)
    criteria = [row[0].partition(" ")[0] for row in rows if len(row) == 1]
    order = [tuple(int(part) for part in code.rstrip(".").split(".")) for code in criteria]
    assert order == sorted(set(order))
    last = texts(tables(archive.blocks)[0])[-1][5].split("-")[-1]
    stated = [block.text for block in closing.blocks if isinstance(block, Paragraph)]
    assert any(f"{last} trang, đánh số từ 1 đến {last} kể cả bìa" in text for text in stated)


def listed(index: Document) -> list[list[str]]:
    (table,) = tables(index.body)
    return texts(table)


def test_rows_that_refer_elsewhere_have_no_number(workspace: Workspace) -> None:
    _, same, _ = document(workspace, "self-assessment").annexes
    index = [row for row in listed(document(workspace, "evidence-index")) if len(row) > 1]
    for rows, title in ((index, 3), (texts(tables(same.blocks)[0]), 5)):
        numbered = [row for row in rows if row[0]]
        assert [row[0] for row in numbered] == [str(n) for n in range(1, len(numbered) + 1)]
        assert all(row[title].startswith("xem ") for row in rows if not row[0])
        assert 0 < len(numbered) < len(rows)


def test_the_list_is_signed_by_who_makes_it(workspace: Workspace) -> None:
    index = document(workspace, "evidence-index")
    assert (index.header.number, index.header.addressees) == ("", ())
    assert (index.recipients_head, index.recipients) == ("", ())
    assert index.signature.capacity == ("NGƯỜI LẬP",)
    assert set(index.signature.name) == {"…"}, "a line to sign"
    assert "./." not in "\n".join(index.texts())
    for form in index.annexes:
        assert (form.number, form.note) == ("", "")
        signed = [block for block in form.blocks if isinstance(block, Paragraph) and block.right]
        assert all(block.keep_with_next for block in signed)
        words = [block.text.strip("\u00a0") for block in signed]
        place, title, name = filter(None, words)
        assert place.startswith("Phường Trần Liễu, ngày")
        assert (title, set(name)) == ("NGƯỜI LẬP HỒ SƠ", {"…"})


def test_forms_have_the_columns_of_the_archive(workspace: Workspace) -> None:
    archive, closing = document(workspace, "evidence-index").annexes
    (table,) = tables(archive.blocks)
    assert [cell.text for cell in table.head[0].cells] == [
        "STT",
        "Số, ký hiệu văn bản",
        "Ngày, tháng, năm văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Tác giả văn bản",
        "Tờ số/Trang số",
        "Ghi chú",
    ]
    assert archive.outline_text == archive.heading.text == "MỤC LỤC VĂN BẢN TRONG HỒ SƠ"
    assert closing.title == "CHỨNG TỪ KẾT THÚC"


def test_sample_points_carry_the_banner(workspace: Workspace) -> None:
    for document_id in ("self-assessment", "evidence-index"):
        assert document(workspace, document_id).banner.startswith("SỐ LIỆU MẪU")
