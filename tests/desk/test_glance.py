"""What a document needs next, and what the list of the year says of its days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support import changed, write_content
from vanban.app.load import load_content
from vanban.app.year_glance import Step, glances, next_step
from vanban.checks.state import State

CONTENT = Path(__file__).parents[2] / "content"


@pytest.mark.parametrize(
    ("state", "changed", "step"),
    [
        (None, None, Step.MEND),
        (None, False, Step.MEND),
        (State(errors=2, missing=1, sample=True), False, Step.DATA),
        (State(errors=2, sample=True), False, Step.ERRORS),
        (State(missing=1, sample=True), None, Step.DATA),
        (State(sample=True), True, Step.SAMPLE),
        (State(), None, Step.BUILD),
        (State(), True, Step.BUILD_AGAIN),
        (State(), False, Step.SIGN),
    ],
)
def test_what_is_done_first(state: State | None, changed: bool | None, step: Step) -> None:
    assert next_step(state, changed) is step


def test_days_and_files_of_the_year(tmp_path: Path) -> None:
    (tmp_path / "2025").mkdir()
    (tmp_path / "2025/plan.pdf").write_bytes(b"%PDF-")
    found = {each.id: each for each in glances(load_content(CONTENT, 2025), tmp_path)}
    assert found["report-q3"].due == date(2025, 9, 16)
    assert found["report-q3"].period == "q3"
    assert found["plan"].files == ("plan.pdf",) and found["plan"].built is not None
    assert found["plan"].due is None and found["report-q3"].built is None
    assert found["report-year"].lacking is not None
    assert found["report-year"].due == date(2025, 12, 16)
    assert found["report-q1"].due is None  # the ward was not there yet
    assert found["evidence-index"].is_dossier and found["brief-q3"].on_request
    assert [each.lacking for each in found.values()][-1] is not None


def test_what_has_number_and_date_is_issued_and_due_no_more(tmp_path: Path) -> None:
    content = write_content(tmp_path, changed("2025/ke-hoach.yaml", "ngay: ", "so: 15\nngay: "))
    found = {each.id: each for each in glances(load_content(content, 2025), tmp_path)}
    assert found["plan"].issued == date(2025, 8, 1)
    assert found["report-q3"].issued is None
