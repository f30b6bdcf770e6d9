"""A heading with nothing below opens what is written there; another tells of its outline alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from vanban.desk.state import Desk
from vanban.desk.words import Panel, panel_of

ROOT = Path(__file__).parents[2]
PLAN, REPORT = "2025/ke-hoach.yaml", "2025/bao-cao/q3.yaml"
EMPTY = "Dưới đề mục này chưa có nội dung"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns(".vanban", "minh-chung")
    shutil.copytree(ROOT / "content", tmp_path / "content", ignore=ignored)
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    return tmp_path / "content"


def without(name: str, key: str) -> Callable[[Path], None]:
    """Return what empties the list of a key in a file."""

    def empty(content: Path) -> None:
        path = content / name
        text, found = re.subn(
            rf"^{key}:\n( .*\n|\n)+", f"{key}: []\n", path.read_text(encoding="utf-8"), flags=re.M
        )
        assert found == 1
        path.write_text(text, encoding="utf-8")

    return empty


def without_areas(content: Path) -> None:
    shutil.rmtree(content / "2025/linh-vuc")


def headings(content: Path, document: str) -> dict[str, Panel]:
    """Return the panels of the headings of the outline by their titles."""
    desk = Desk.of(content, 2025, content.parent / "build")
    shown = desk.show(document)
    assert shown.preview is not None, shown.problems
    panels = [panel_of(desk, shown, number) for number in range(len(shown.preview.words))]
    return {each.wording.lstrip("# "): each for each in panels if each.wording.startswith("#")}


@pytest.mark.parametrize(
    ("document", "empty", "heading", "keys"),
    [
        ("report-q3", without(REPORT, "kien_nghi"), "KIẾN NGHỊ, ĐỀ XUẤT", ("kien_nghi",)),
        ("plan", without(PLAN, "muc_dich"), "MỤC ĐÍCH", ("muc_dich",)),
        ("plan", without(PLAN, "muc_dich"), "MỤC ĐÍCH, YÊU CẦU", None),  # requirements are there
        ("plan", without(PLAN, "muc_dich"), "YÊU CẦU", None),
        ("report-q3", without(REPORT, "kien_nghi"), "Cải cách thể chế", None),
    ],
)
def test_an_empty_heading_opens_what_is_written_below_it(
    content: Path,
    document: str,
    empty: Callable[[Path], None],
    heading: str,
    keys: tuple[str, ...] | None,
) -> None:
    empty(content)
    panel = headings(content, document)[heading]
    assert "Lời văn của mẫu, viết ở" in panel.note
    assert (EMPTY in panel.note) is (keys is not None)
    assert [(each.keys, each.count) for each in panel.lists] == ([(keys, 0)] if keys else [])
    assert all(each.blanks for each in panel.lists)


@pytest.mark.parametrize("document", ["plan", "report-q3"])
def test_no_heading_with_something_below_is_told_as_empty(content: Path, document: str) -> None:
    panels = headings(content, document)
    assert panels
    assert not [title for title, each in panels.items() if EMPTY in each.note]


def test_what_is_written_in_no_field_is_told_with_its_place(content: Path) -> None:
    without_areas(content)
    panel = headings(content, "plan")["NHIỆM VỤ, GIẢI PHÁP THỰC HIỆN"]
    assert f"{EMPTY}: chưa có lĩnh vực nào của kế hoạch – viết ở 2025/linh-vuc" in panel.note
