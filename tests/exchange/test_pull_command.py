"""``vanban pull``: what is said, asked and written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pulls import ROOT, built, changed, project, replaced, with_other_signs
from vanban.cli import main

TASKS = Path("content/2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml")
OLD, NEW = "kế hoạch rà soát, đánh giá, cập nhật TTHC", "kế hoạch tổng rà soát TTHC"
SHARED_OLD, SHARED_NEW = "Trung tâm Phục vụ hành chính công", "Bộ phận Một cửa"


@pytest.fixture(scope="module")
def plan_docx() -> bytes:
    return built(ROOT / "content")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    project(tmp_path)
    return tmp_path


def vanban(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=answers, catch_exceptions=False)


def write(docx: bytes) -> None:
    Path("sua.docx").write_bytes(docx)


def test_it_shows_first_and_writes_when_asked(folder: Path, plan_docx: bytes) -> None:
    write(changed(plan_docx, replaced(OLD, NEW)))
    before = TASKS.read_bytes()
    shown = vanban("pull", "sua.docx")
    assert shown.exit_code == 0
    assert f"{TASKS}:15:15: noi_dung: Ban hành kịp thời kế hoạch {{+tổng +}}rà soát" in shown.stdout
    assert "đúng từng chữ như tệp" in shown.stdout
    assert "pull sua.docx --apply" in shown.stdout
    assert TASKS.read_bytes() == before
    assert f"Đã sửa {TASKS}" in vanban("pull", "sua.docx", "--apply").stdout
    assert NEW in TASKS.read_text("utf-8")
    assert "không có chỗ nào khác nội dung" in vanban("pull", "sua.docx").stdout
    assert vanban("undo").exit_code == 0
    assert TASKS.read_bytes() == before


def test_pick_asks_for_each_and_takes_what_is_wanted(folder: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced(OLD, NEW))
    write(changed(docx, replaced(SHARED_OLD, SHARED_NEW)))
    shown = vanban("pull", "sua.docx", "--pick", answers="n\ny\n")
    assert "lấy từ sổ dùng chung" in shown.stdout
    agency = Path("content/co-quan.yaml").read_text("utf-8")
    taken = (SHARED_NEW in agency, NEW in TASKS.read_text("utf-8"))
    assert sorted(taken) == [False, True]


def test_refusals_of_one_kind_are_told_together(folder: Path, plan_docx: bytes) -> None:
    write(changed(plan_docx, with_other_signs))
    shown = vanban("pull", "sua.docx").stdout
    assert all(shown.count(reason) == 1 for reason in ("chữ theo Nghị định", "phần này do máy lập"))
    lines = shown.partition("Không lấy: ")[2].partition("\n\n")[0].splitlines()
    assert len(lines) < 40
    heads = [line.strip() for line in lines if " chỗ: phần này do máy lập" in line]
    assert [int(head.split()[0]) > 100 for head in heads] == [True]
    assert "    - templates/task-lists.md:5:1: [---]{+–+} Nghiêm túc tổ chức …" in lines
    assert re.search(r"… và [0-9]+ chỗ nữa \(xem hết: --all\)", shown)
    total = int(lines[0].split()[0])
    full = vanban("pull", "sua.docx", "--all").stdout
    refused = full.partition("Không lấy: ")[2].partition("\n\n")[0].splitlines()
    assert sum("{+" in line and not line.endswith("chỗ") for line in refused) == total
    assert "xem hết" not in full


def test_nothing_picked_writes_nothing(folder: Path, plan_docx: bytes) -> None:
    write(changed(plan_docx, replaced(OLD, NEW)))
    before = TASKS.read_bytes()
    assert vanban("pull", "sua.docx", "--pick", answers="n\n").exit_code == 0
    assert TASKS.read_bytes() == before
    assert not Path("content/.vanban").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("khong-co.docx",), 1, "khong-co.docx: không đọc được"),
        (("content",), 1, "content: không đọc được"),
        (("sua.docx", "--id", "plann"), 2, "có phải “plan”?"),
        (("sua.docx", "--id", "report-q3"), 1, "tệp là plan, không phải report-q3"),
        (("sua.docx", "--year", "2024"), 1, "tệp của năm 2025, không phải năm 2024"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    folder: Path, plan_docx: bytes, arguments: tuple[str, ...], status: int, message: str
) -> None:
    write(plan_docx)
    shown = vanban("pull", *arguments)
    assert (shown.exit_code, message in shown.stderr) == (status, True)
    assert not Path("content/.vanban").exists()


def test_mistakes_of_the_content_are_told_first(folder: Path, plan_docx: bytes) -> None:
    write(plan_docx)
    TASKS.write_text(TASKS.read_text("utf-8").replace("chi_so:", "chi_so_:", 1), "utf-8")
    shown = vanban("pull", "sua.docx")
    assert shown.exit_code == 1
    assert f"{TASKS}:9:1" in shown.stderr


def test_an_edit_that_the_content_does_not_take_is_refused(folder: Path) -> None:
    report = Path("content/2025/bao-cao/q3.yaml")
    before = report.read_bytes()
    docx = built(folder / "content", "report-q3")
    write(changed(docx, replaced("sớm ban hành hướng dẫn", "sớm có {khong-co} hướng dẫn")))
    shown = vanban("pull", "sua.docx", "--apply")
    assert (shown.exit_code, "nội dung không nhận: " in shown.stdout) == (0, True)
    assert report.read_bytes() == before
