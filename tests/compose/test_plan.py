"""The plan by the outline that it names, with or without the annex of its tasks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, TEMPLATES
from support import compose_all, load_checked
from vanban.app.catalogue import find_kind
from vanban.compose.plan import task_places
from vanban.document import Annex, Document, Heading, Table
from vanban.errors import ContentError
from vanban.workspace.models.plan import Task
from vanban.workspace.workspace import Workspace

OTHER = "cải cách hành chính năm"


def workspace_with(folder: Path, line: str = "") -> Workspace:
    """Return this project's content with another ``line`` in the plan of 2025."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung"))
    plan = content / "2025" / "ke-hoach.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("trich_yeu: >-", f"{line}\ntrich_yeu: >-", 1), encoding="utf-8")
    return load_checked(content, 2025)


def document(workspace: Workspace, templates: Path = TEMPLATES) -> Document:
    (composed,) = compose_all([find_kind("plan")], workspace, templates)
    return composed.document


def test_what_a_task_states_besides_its_text_is_upright(tmp_path: Path) -> None:
    """So it is with all content of a document (Decree 30/2020, Annex I, II.6)."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung"))
    area = content / "2025" / "linh-vuc" / "02-the-che.yaml"
    text = area.read_text(encoding="utf-8")
    area.write_text(text.replace("  - ma:", "  - han: 31/3/2025\n    ma:", 1), encoding="utf-8")
    made = document(load_checked(content, 2025))
    runs = [run for block in made.body for run in getattr(block, "runs", ())]
    (deadline,) = [run for run in runs if "Thời hạn: 31/3/2025." in run.text]
    assert not deadline.italic


def headings(made: Document) -> list[str]:
    return [
        block.outline_text for block in made.body if isinstance(block, Heading) if block.level == 1
    ]


def test_the_default_has_a_name_of_its_own(tmp_path: Path) -> None:
    named = document(workspace_with(tmp_path, "dan_bai: nâng cao các chỉ số"))
    plain = document(load_checked(ROOT / "content", 2025))
    assert list(named.texts()) == list(plain.texts())
    assert headings(plain)[0] == "Phần I. MỤC ĐÍCH, YÊU CẦU"
    assert plain.annexes == ()


def test_another_outline_has_its_own_parts_and_opening(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, f"dan_bai: {OTHER}")
    made = document(workspace)
    assert headings(made)[:2] == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH",
    ]
    assert any("Kế hoạch cải cách hành chính năm 2025" in block.text for block in made.body)
    text = "\n".join(made.texts())
    assert all(task.text in text for task in tasks(workspace))
    assert workspace.plan is not None
    assert task_places(workspace, TEMPLATES)["tthc-03"] == "mục II.3, ý 3"


def test_an_outline_of_the_office_is_found_by_its_name(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    text = (templates / "plan-year.md").read_text(encoding="utf-8")
    own = text.replace(OTHER, "chuyển đổi số").replace("MỤC ĐÍCH, YÊU CẦU", "MỤC TIÊU")
    (templates / "plan-so.md").write_text(own, encoding="utf-8")
    made = document(workspace_with(tmp_path, "dan_bai: chuyển đổi số"), templates)
    assert headings(made)[0] == "I. MỤC TIÊU"


def test_a_file_that_no_outline_uses_need_not_be_readable(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    unreadable = templates / "ghi-chu.txt"
    unreadable.symlink_to("/proc/self/mem")
    with pytest.raises(OSError):
        unreadable.read_bytes()
    workspace = workspace_with(tmp_path, "")
    assert headings(document(workspace, templates)) == headings(document(workspace))


def test_a_change_beside_the_outline_is_seen_by_the_next_document(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    workspace = workspace_with(tmp_path, "phu_luc_nhiem_vu: true\n")
    document(workspace, templates)
    (templates / "task-annex.md").rename(templates / "task-annex-2.md")
    with pytest.raises(ContentError, match="không có mẫu “task-annex"):
        document(workspace, templates)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("cải cách hành chính nam", f"có phải “{OTHER}”?"), ("chuyên đề", "nâng cao các chỉ số")],
)
def test_an_unknown_outline_is_told_at_its_key(tmp_path: Path, name: str, hint: str) -> None:
    workspace = workspace_with(tmp_path, f"dan_bai: {name}")
    with pytest.raises(ContentError) as caught:
        document(workspace)
    (problem,) = caught.value.problems
    assert (problem.place.file.name, problem.place.column) == ("ke-hoach.yaml", 10)
    assert f"không có dàn bài “{name}”" in problem.message
    assert hint in problem.message
    assert f"{OTHER}; nâng cao các chỉ số" in problem.message


def tasks(workspace: Workspace) -> list[Task]:
    return [each for area in workspace.areas for each in area.entries() if isinstance(each, Task)]


@pytest.mark.parametrize("outline", ["", f"dan_bai: {OTHER}"])
def test_the_annex_has_every_task_of_the_areas(tmp_path: Path, outline: str) -> None:
    workspace = workspace_with(tmp_path, f"phu_luc_nhiem_vu: true\n{outline}")
    made = document(workspace)
    (annex,) = made.annexes
    assert annex.landscape
    assert any("nêu tại Phụ lục" in block.text for block in made.body)
    rows = cells(annex)
    assert "Không in cột chưa có nội dung: “Sản phẩm”, “Thời hạn”" in annex.blocks[-1].text
    assert sorted(row[2] for row in rows) == sorted(task.id for task in tasks(workspace))
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    by_id = {row[2]: row for row in rows}
    row = by_id["tthc-04"]
    assert row[3] == "Trung tâm Phục vụ hành chính công"
    assert row[-1].startswith("Tỷ lệ hồ sơ giải quyết đúng hạn: từ 95% trở lên; Tỷ lệ vấn đề")
    plain = document(load_checked(ROOT / "content", 2025))
    if not outline:
        told = [block.text for block in made.body if "nêu tại Phụ lục" not in block.text]
        assert told == [block.text for block in plain.body]


def cells(annex: Annex) -> list[list[str]]:
    (table,) = [block for block in annex.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row.cells] for row in table.rows if not row.is_heading]


def test_a_task_may_have_units_and_a_term_of_its_own(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, "phu_luc_nhiem_vu: true")
    file = workspace.root / "2025" / "linh-vuc" / "03-thu-tuc-hanh-chinh.yaml"
    text = file.read_text(encoding="utf-8")
    own = "  - ma: tthc-01\n    chu_tri: [van-phong]\n    han: 30/9/2025\n    san_pham: Kế hoạch\n"
    file.write_text(text.replace("  - ma: tthc-01\n", own), encoding="utf-8")
    (annex,) = document(load_checked(workspace.root, 2025)).annexes
    (row,) = [row for row in cells(annex) if row[2] == "tthc-01"]
    assert row[3] == "Văn phòng HĐND và UBND phường"
    assert row[5:7] == ["Kế hoạch", "30/9/2025"]
