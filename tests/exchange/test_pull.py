"""Edits made in a Word file, taken back into the content."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pulls import built, changed, project, replaced, texts
from vanban.app.pull import Pulled, apply, pull
from vanban.cli.base import templates_beside
from vanban.exchange.pull import Verdict
from vanban.io.journal import Stamp

STAMP = Stamp(datetime(2025, 11, 27, tzinfo=UTC), "pull")
TASKS = "2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture(scope="session")
def plan_docx() -> bytes:
    return built(Path(__file__).parent.parent.parent / "content")


def pulled(content: Path, docx: bytes, name: str = "sua.docx") -> Pulled:
    file = content.parent / name
    file.write_bytes(docx)
    return pull(file, content, templates_beside)


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
