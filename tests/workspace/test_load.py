"""Tests of vanban.workspace.load: files to a workspace, all problems of all files together."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

from pathlib import Path

import pytest

from support import CONTENT, changed, write_content
from vanban.errors import ContentError
from vanban.workspace.folder import find_years
from vanban.workspace.load import load_workspace

AREA, PLAN, REPORT = "2025/linh-vuc/03-thu-tuc.yaml", "2025/ke-hoach.yaml", "2025/bao-cao/q3.yaml"


def test_the_whole_content_is_loaded(tmp_path: Path) -> None:
    workspace = load_workspace(write_content(tmp_path))
    assert workspace.year == 2025
    assert workspace.plan is not None
    assert [area.id for area in workspace.areas] == ["tthc"]
    assert list(workspace.reports) == ["q3"]
    assert workspace.reports["q3"].figures["so-ky-luat"].note == "Không có"
    assert list(workspace.indicators_by_id) == [
        "hs-truc-tuyen", "hs-truc-tiep", "hs-tiep-nhan", "hs-tl-truc-tuyen", "so-ky-luat",
    ]  # fmt: skip


def test_plan_areas_and_reports_are_optional(tmp_path: Path) -> None:
    content = write_content(tmp_path, {AREA: None, PLAN: None, REPORT: None})
    (content / "2025").mkdir()
    (content / "2026").mkdir()
    (content / "mau").mkdir()
    assert find_years(content) == (2025, 2026)
    workspace = load_workspace(content)
    assert (workspace.year, workspace.plan, workspace.areas) == (2026, None, ())


def test_areas_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    other = CONTENT[AREA].replace("ma: tthc", "ma: the-che").replace("the-che-01", "tc-01")
    workspace = load_workspace(write_content(tmp_path, {"2025/linh-vuc/02-the-che.yaml": other}))
    assert [area.id for area in workspace.areas] == ["the-che", "tthc"]


def test_reports_of_the_year_before_are_kept_apart(tmp_path: Path) -> None:
    changes = {"2024/bao-cao/year.yaml": CONTENT[REPORT]}
    workspace = load_workspace(write_content(tmp_path, changes))
    assert list(workspace.reports) == ["q3"]
    assert list(workspace.last_year_reports) == ["year"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"co-quan.yaml": None}, "co-quan.yaml: không có tệp này"),
        ({"chi-tieu.yaml": None, "chi_tieu.yaml": "a"}, "chi_tieu.yaml: tên này không được đọc — có phải “chi-tieu.yaml”?"),
        ({PLAN: None, "2025/kehoach.yml": "a"}, "kehoach.yml: tên này không được đọc — có phải “ke-hoach.yaml”?"),
        ({AREA: None, "2025/linh_vuc/01.yaml": "a"}, "linh_vuc: tên này không được đọc — có phải “linh-vuc”?"),
        ({"2025/bao-cao/Q1.yaml": "a"}, "Q1.yaml: tên tệp phải là một trong q1.yaml, h1.yaml, q3.yaml, year.yaml — có phải “q1.yaml”?"),
        ({"2025/bao-cao/q1.yml": "a"}, "q1.yml: tệp này không được đọc — đổi đuôi thành .yaml"),
        ({"2025/linh-vuc/x.yaml.txt": "a"}, "x.yaml.txt: tệp này không được đọc"),
        ({"2025/linh-vuc/.x.yaml.swp": "a", REPORT: "\t"}, "q3.yaml:1:1: tệp chưa có nội dung"),
    ],
)  # fmt: skip
def test_mistakes_of_files(tmp_path: Path, changes: dict[str, str | None], expected: str) -> None:
    with pytest.raises(ContentError) as error:
        load_workspace(write_content(tmp_path, changes))
    assert any(expected in str(problem) for problem in error.value.problems), str(error.value)


@pytest.mark.parametrize(
    ("folder", "year", "expected"),
    [
        ("không-có", None, "không có thư mục nội dung này"),
        ("content/2025", None, "chưa có thư mục năm nào"),
        ("content", 2031, "2031: chưa có thư mục của năm này — tạo thư mục, hoặc chọn năm: 2025"),
    ],
)
def test_missing_folders(tmp_path: Path, folder: str, year: int | None, expected: str) -> None:
    write_content(tmp_path)
    with pytest.raises(ContentError, match=expected):
        load_workspace(tmp_path / folder, year)


def test_all_mistakes_of_all_files_are_told_at_once_and_sorted(tmp_path: Path) -> None:
    changes = {
        **changed("co-quan.yaml", "dia_danh: Phường Trần Liễu", "dia_danh: Phường: Trần Liễu #2"),
        **changed(AREA, "chu_tri: [trung-tam-hcc]", "chu_tri: [trung-tam-hc]\nxyz: 1"),
        **changed(PLAN, "ngay: 01/8/2025", "ngay: 31/6/2025"),
        **changed(REPORT, "kien_nghi:\n", "kien_nghi:\n\t"),
        "2025/bao-cao/q4.yaml": "a: b\n",
    }
    with pytest.raises(ContentError) as error:
        load_workspace(write_content(tmp_path, changes))
    told = [f"{problem.place.file.name}:{problem.place.line}" for problem in error.value.problems]
    assert told == [
        "q3.yaml:29", "q4.yaml:0", "ke-hoach.yaml:1", "03-thu-tuc.yaml:4", "03-thu-tuc.yaml:5",
        "co-quan.yaml:4", "co-quan.yaml:4",
    ]  # fmt: skip


def test_messages_show_paths_as_the_user_types_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_content(tmp_path, {"van-ban.yaml": "- a\n"})
    monkeypatch.chdir(tmp_path)
    for given in (Path("content"), content):
        with pytest.raises(ContentError) as error:
            load_workspace(given)
        assert str(error.value.problems[0]).startswith("content/van-ban.yaml:1:1: ")
