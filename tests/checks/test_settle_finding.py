"""Findings that a person settles: accepted with a reason, taken back, mended; each one change."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from support import changed, write_content
from vanban.app.load import load_content
from vanban.app.settle_finding import accept, entries_for, excuses_of, mend_finding, withdraw
from vanban.app.undo import undo
from vanban.app.year_review import YearReview, review_year
from vanban.checks.finding import Finding
from vanban.errors import ContentError, UsageError
from vanban.io.journal import Stamp

STAMP = Stamp(datetime(2025, 9, 16, tzinfo=UTC), "thử")
YEAR = 2025
PLAN = "2025/ke-hoach.yaml"
RULE = "dau-cau/khoang-trang-kep"
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A plan with one blank too many, and no report."""
    changes = changed(PLAN, "phải bám sát kế hoạch", "phải  bám sát kế hoạch")
    return write_content(tmp_path, {**changes, "2025/bao-cao/q3.yaml": None})


def reviewed(content: Path) -> YearReview:
    return review_year(load_content(content, YEAR), TEMPLATES)


def found(content: Path) -> Finding:
    (finding,) = (each for each in reviewed(content).findings if each.rule == RULE)
    return finding


def test_a_spot_knows_its_letters_as_they_are_printed(content: Path) -> None:
    (spot,) = found(content).spots
    assert spot.span is not None
    value = "Việc thực hiện phải bám sát kế hoạch."
    assert value[spot.span.start : spot.span.end] == " ".join(spot.excerpt.split())
    assert spot.span.place.line == 11


def test_accepted_with_a_reason_and_taken_back(content: Path) -> None:
    finding = found(content)
    accept(content, YEAR, finding, " bản in\nđã ký ", everywhere=False, stamp=STAMP)
    after = found(content)
    assert after.excused == "bản in đã ký"
    (excuse,) = excuses_of(after, load_content(content, YEAR).workspace.review.excuses)
    assert (excuse.rule, excuse.file) == (RULE, PLAN)
    with pytest.raises(ContentError, match="không còn"):
        withdraw(content, YEAR, [excuse.model_copy(update={"reason": "khác"})], STAMP)
    withdraw(content, YEAR, [excuse], STAMP)
    assert found(content).excused == ""
    undo(content)
    assert found(content).excused == "bản in đã ký"
    undo(content)
    assert not (content / "soat-loi.yaml").exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_finding_is_accepted_without_a_reason(content: Path, reason: str) -> None:
    with pytest.raises(UsageError, match="lý do"):
        accept(content, YEAR, found(content), reason, everywhere=False, stamp=STAMP)
    assert not (content / "soat-loi.yaml").exists()


def test_what_is_pressed_twice_is_accepted_once(content: Path) -> None:
    """Both presses know the finding as it was before the first."""
    finding = found(content)
    accept(content, YEAR, finding, "bản in đã ký", everywhere=False, stamp=STAMP)
    before = (content / "soat-loi.yaml").read_bytes()
    with pytest.raises(ContentError, match="vừa được chấp nhận"):
        accept(content, YEAR, finding, "lý do khác", everywhere=False, stamp=STAMP)
    assert (content / "soat-loi.yaml").read_bytes() == before
    undo(content)
    assert found(content).excused == ""


def test_a_reason_that_no_file_may_hold_is_refused(content: Path) -> None:
    with pytest.raises(ContentError):
        accept(content, YEAR, found(content), "có \u200b ký tự ẩn\u0007", False, STAMP)
    assert not (content / "soat-loi.yaml").exists()


def test_what_is_accepted_everywhere_names_no_file(content: Path) -> None:
    (entry,) = entries_for(found(content), content, everywhere=True)
    assert "tep" not in entry and entry["quy_tac"] == RULE


def test_mended_in_its_place_and_undone(content: Path) -> None:
    path = content / PLAN
    before = path.read_bytes()
    finding = found(content)
    shown = mend_finding(content, YEAR, finding, None)
    assert path.read_bytes() == before
    assert mend_finding(content, YEAR, finding, STAMP) == shown
    assert path.read_bytes() == before.replace("phải  bám".encode(), "phải bám".encode())
    undo(content)
    assert path.read_bytes() == before


def test_words_that_stand_there_no_longer_are_not_mended(content: Path) -> None:
    finding = found(content)
    path = content / PLAN
    path.write_text(f"# mới\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(ContentError, match="không còn là"):
        mend_finding(content, YEAR, finding, STAMP)
