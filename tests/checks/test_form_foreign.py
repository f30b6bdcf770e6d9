"""Word files of others: an official letter and a decision as people type them, then mistakes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument

from letters import LETTERS, Change, decision, letter, of_a_unit
from vanban.checks.form.check_form import FormReport
from vanban.checks.form.engine import Verdict
from words import Expected, judged, places, saved, word_of, wrong_rows


def unmeasured(word: WordDocument) -> FormReport:
    return judged(saved(word))


@pytest.mark.parametrize("make", [letter, decision, of_a_unit])
def test_good_file_of_others_has_no_mistake(make: Callable[[], WordDocument]) -> None:
    report = unmeasured(make())
    assert wrong_rows(report) == set()
    assert report.counts[Verdict.PASS] > 60


@pytest.mark.parametrize(
    ("make", "kind"),
    [(letter, "Công văn"), (decision, "Quyết định"), (of_a_unit, "Thông báo")],
)
def test_kind_of_document(make: Callable[[], WordDocument], kind: str) -> None:
    assert unmeasured(make()).kind == kind


@pytest.mark.parametrize(
    ("make", "change", "expected"),
    [
        pytest.param(*case, id=f"{case[0].__name__}-{'+'.join(sorted(row[0] for row in case[2]))}")
        for case in LETTERS
    ],
)
def test_mistake_turns_exactly_its_rows(
    make: Callable[[], WordDocument], change: Change, expected: Expected
) -> None:
    word = make()
    change(word)
    assert places(unmeasured(word)) == expected


def test_plain_text_is_no_administrative_document() -> None:
    wrong = wrong_rows(unmeasured(word_of("Một bài viết.", "Đoạn thứ hai.")))
    missing = {rule for rule, aspect in wrong if aspect == "có mặt"}
    assert {"quoc-hieu", "tieu-ngu", "co-quan-ban-hanh", "so-ky-hieu", "noi-nhan"} <= missing
