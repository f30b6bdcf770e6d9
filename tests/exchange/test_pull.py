"""Edits made in a Word file, taken back into the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulls import STAMP, built, changed, project, pulled, replaced, texts
from vanban.app.pull import apply
from vanban.exchange.pull import Verdict

TASKS = "2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture(scope="session")
def plan_docx() -> bytes:
    return built(Path(__file__).parent.parent.parent / "content")


def test_an_untouched_file_has_nothing_to_take(content: Path, plan_docx: bytes) -> None:
    assert pulled(content, plan_docx).edits == ()


def test_an_edit_goes_into_its_value_and_comments_stay(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced("kế hoạch rà soát, đánh giá", "kế hoạch đánh giá"))
    found = pulled(content, docx)
    (edit,) = found.edits
    assert (edit.verdict, edit.keys) == (Verdict.TAKEN, ("nhiem_vu", 0, "noi_dung"))
    before = (content / TASKS).read_text()
    applied = apply(found, found.edits, STAMP)
    assert applied.differing == ()
    assert (content / TASKS).read_text() == before.replace(
        "kế hoạch rà soát, đánh giá", "kế hoạch đánh giá"
    )
    assert texts(built(content)) == texts(docx)
