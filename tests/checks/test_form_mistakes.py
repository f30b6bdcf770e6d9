"""One thing changed in a good document turns exactly the rows that judge it, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from documents import paragraph, sample
from letters import LETTERS, decision, letter, of_a_unit
from mistakes import PROPERTIES, TEXTS, head, signed, with_headings
from printed import LINES, PAGES
from support import write_content
from vanban.checks.form.engine import Verdict, form_rules
from vanban.checks.given import RULE
from vanban.document import Document, StyleId
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace
from words import (
    GOOD,
    LONG,
    Edit,
    Expected,
    edited,
    judged,
    places,
    rendered,
    saved,
    word_file,
    wrong_rows,
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return load_workspace(write_content(tmp_path_factory.mktemp("content")))


@pytest.mark.parametrize(
    ("edits", "expected"),
    [pytest.param(edits, expected, id=name) for name, edits, expected in PROPERTIES],
)
def test_changed_property_turns_its_rows(edits: Mapping[str, Edit], expected: Expected) -> None:
    docx = word_file(GOOD)
    assert places(judged(edited(docx, edits))) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [pytest.param(document, expected, id=name) for name, document, expected in TEXTS],
)
def test_changed_words_turn_their_rows(
    document: Document, expected: Expected, workspace: Workspace
) -> None:
    docx = word_file(document)
    assert places(judged(docx, workspace=workspace)) == expected


RIGHT = [
    ("blank number", head(number="Số:        /BC-UBND")),
    ("blank date", head(place_date="Phường Trần Liễu, ngày     tháng     năm 2025")),
    ("January", head(place_date="Phường Trần Liễu, ngày 31 tháng 01 năm 2026")),
    ("deputy", signed("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ("unit below its committee", head(superior=("UBND PHƯỜNG TRẦN LIỄU",),
                                      agency=("PHÒNG VĂN HÓA - XÃ HỘI",))),
    ("letters to đ and g", with_headings("a)", "b)", "c)", "d)", "đ)", "e)", "g)")),
    ("annexes named together", replace(GOOD, body=(
        *GOOD.body[:7], paragraph(f"- {LONG} (các phụ lục kèm theo).", StyleId.BULLET),
        *GOOD.body[10:]))),
    ("one annex without number", sample(
        body=GOOD.body, annexes=(replace(GOOD.annexes[1], number="Phụ lục"),))),
    ("several addressees", head(addressees=("Sở Nội vụ", "Sở Tài chính"))),
]  # fmt: skip


@pytest.mark.parametrize("document", [pytest.param(each, id=name) for name, each in RIGHT])
def test_right_variant_turns_nothing(document: Document) -> None:
    docx, pdf = rendered(document)
    assert wrong_rows(judged(docx, pdf)) == set()


def test_good_document_passes_with_its_pages() -> None:
    report = judged(*rendered(GOOD))
    assert wrong_rows(report) == set()
    assert report.findings == ()
    assert report.counts[Verdict.PASS] > 130


def test_every_rule_judges_at_least_one_row() -> None:
    judged_rules = {row.rule.id for row in judged(*rendered(GOOD)).rows}
    assert judged_rules == {rule.id for rule in form_rules()}


def test_every_rule_has_a_mistake_that_it_finds() -> None:
    tables: Iterable[Sequence[Any]] = (*PROPERTIES, *TEXTS, *LETTERS, *LINES, *PAGES)
    found = {f"hinh-thuc/{rule}" for case in tables for rule, _, _ in case[-1]}
    # What cannot be opened has no rows: tests of given files try that rule.
    assert {rule.id for rule in form_rules()} - found == {RULE}


def test_every_rule_has_a_document_that_it_passes(workspace: Workspace) -> None:
    right = [judged(*rendered(GOOD), workspace)]
    for make, change, expected in LETTERS:
        if not expected:
            word = make()
            change(word)
            right.append(judged(saved(word)))
    right += [judged(saved(make())) for make in (letter, decision, of_a_unit)]
    passed = {row.rule.id for report in right for row in report.rows if row.verdict == Verdict.PASS}
    assert {rule.id for rule in form_rules()} - passed == set()


def test_without_pages_measures_are_not_evaluated_and_not_passed() -> None:
    docx = word_file(GOOD)
    rows = [row for row in judged(docx).rows if "trên trang" in row.aspect]
    assert len(rows) >= 4
    assert {row.verdict for row in rows} == {Verdict.UNKNOWN}
    assert all(row.reason for row in rows)
