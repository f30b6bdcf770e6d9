"""``vanban check`` on a small project: findings with their places, formats, fixes, the gate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

import pytest
from docx import Document as open_docx
from docx.shared import Mm

from support import changed, write_content
from test_cli import edit, make_project, run
from vanban.app.check import sound_files
from vanban.checks.finding import Finding, Severity, Spot
from vanban.checks.output import text_lines
from vanban.errors import Place
from vanban.workspace.folder import shown_path

PLAN = "content/2025/ke-hoach.yaml"
AREA = "content/2025/linh-vuc/03-thu-tuc.yaml"
WRONG = changed(
    "2025/linh-vuc/03-thu-tuc.yaml",
    "noi_dung: Từ 60%",
    "noi_dung: Báo cáo các các nội dung. Từ 60%",
)
EXCUSE = (
    "chap_nhan:\n  - {quy_tac: chinh-ta/lap-tu, cum_tu: các các, ly_do: Đã xem với lãnh đạo.}\n"
)


def found(output: str, rule: str) -> list[Mapping[str, object]]:
    files = json.loads(output)
    return [each for file in files for each in file["findings"] if each["rule"] == rule]


def test_a_finding_says_where_what_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, WRONG)
    result = run("check", "plan", "--format", "json")
    assert result.exit_code == 1
    (finding,) = found(result.stdout, "chinh-ta/lap-tu")
    keys = "file line column rule severity message suggestion clause excerpt"
    assert {key: finding[key] for key in keys.split()} == {
        "file": AREA,
        "line": 8,
        "column": 23,
        "rule": "chinh-ta/lap-tu",
        "severity": "error",
        "message": "lặp từ “các”",
        "suggestion": "bỏ một lần “các”",
        "clause": "Chính tả tiếng Việt",
        "excerpt": "các các",
    }
    text = run("check", "plan").stdout
    assert f"{AREA}:8:23: lặp từ “các” — bỏ một lần “các”" in text
    assert "Kế hoạch (plan): bản nháp (còn 1 lỗi chưa sửa hoặc chưa chấp nhận)" in text


def test_one_line_of_an_outline_is_named_once() -> None:
    spots = [Spot(Place(Path("plan.md"), line, 6), number) for number, line in enumerate([3, 9, 9])]
    one = Finding("a/b", Severity.ERROR, "lỗi", "", "", tuple(spots))
    assert "    còn ở: plan.md:9:6" in list(text_lines([one]))


def test_check_opens_with_the_verdict_and_hides_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch, WRONG)
    lines = run("check", "plan").stdout.splitlines()
    assert lines[0].startswith("Kế hoạch (plan): bản nháp (còn 1 lỗi")
    assert " — 1 lỗi, " in lines[0]
    assert lines[1:3] == ["", "LỖI (1)"]
    assert not any(line.startswith("LƯU Ý") for line in lines)
    assert lines[-1].endswith("(xem lưu ý: thêm --all)")
    every = run("check", "plan", "--all").stdout
    assert "LƯU Ý (" in every
    assert "--all" not in every


def test_check_lists_what_is_missing_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_basis = "can_cu:\n  - {mo_dau: Thực hiện, van_ban: cv-1747}\n"
    make_project(tmp_path, monkeypatch, changed("2025/ke-hoach.yaml", no_basis, ""))
    result = run("check", "plan")
    assert (
        "CÒN THIẾU (1)\ncontent/2025/ke-hoach.yaml:1:1: chưa có “Căn cứ” (can_cu)" in result.stdout
    )
    assert "bản nháp (còn thiếu 1 dữ liệu)" in result.stdout
    run("check", "plan", "--html", "a.html")
    page = Path("a.html").read_text("utf-8")
    assert page.count("chưa có “Căn cứ” (can_cu)") == page.count("bản nháp (còn thiếu 1") == 1
    assert run("build", "plan", "--final").exit_code == 1


def test_sarif_names_rules_and_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, {**WRONG, "soat-loi.yaml": EXCUSE})
    (log,) = json.loads(run("check", "plan", "--format", "sarif").stdout)["runs"]
    (result,) = [each for each in log["results"] if each["ruleId"] == "chinh-ta/lap-tu"]
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == AREA
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (8, 23)
    assert result["suppressions"][0]["justification"] == "Đã xem với lãnh đạo."
    assert result["ruleId"] in {rule["id"] for rule in log["tool"]["driver"]["rules"]}


def test_an_excuse_closes_a_finding_and_stays_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch, {**WRONG, "soat-loi.yaml": EXCUSE})
    result = run("check", "plan")
    assert "ĐÃ CHẤP NHẬN (1)" in result.stdout
    assert "lý do: Đã xem với lãnh đạo." in result.stdout
    assert "trình ký" in result.stdout
    edit(AREA, "các các", "các")
    stale = "không còn phát hiện nào — xóa mục này"
    assert stale not in run("check", "plan").stdout  # it may be for another document
    Path("content/2025/bao-cao/q3.yaml").unlink()
    assert stale in run("check").stdout


def test_an_excuse_for_a_rule_that_does_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "chap_nhan:\n  - {quy_tac: chinh-ta/lap-tuu, ly_do: Đã xem.}\n"
    make_project(tmp_path, monkeypatch, {"soat-loi.yaml": wrong})
    result = run("check", "plan")
    assert "content/soat-loi.yaml:2:15: không có quy tắc" in result.stdout
    assert "có phải “chinh-ta/lap-tu”?" in result.stdout


def test_findings_make_a_draft_and_never_stop_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch, WRONG)
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    assert "plan: bản nháp\n  còn 1 lỗi chưa sửa hoặc chưa chấp nhận" in result.stdout
    before = Path("build/2025/plan.pdf").read_bytes()
    result = run("build", "plan", "--final")
    assert result.exit_code == 1
    assert "plan: bản nháp — còn 1 lỗi" in result.stderr
    assert Path("build/2025/plan.pdf").read_bytes() == before
    edit(AREA, "các các", "các")
    assert run("build", "plan", "--final").exit_code == 0
    assert Path("build/2025/plan.pdf").read_bytes() != before


def test_text_that_is_not_nfc_is_mended_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    path = Path(PLAN)
    sound = path.read_text("utf-8").replace("\n", "\r\n")
    broken = sound.replace("Nâng cao chất lượng", normalize("NFD", "Nâng cao chất lượng"))
    path.write_bytes(f"# ghi chú\r\n{broken}".encode())
    assert run("check", "plan").exit_code == 1
    shown = run("check", "--fix", "--diff")
    assert "+  - {ma: md-01, noi_dung: Nâng cao chất lượng" in shown.stdout
    assert path.read_bytes() == f"# ghi chú\r\n{broken}".encode()
    run("check", "--fix")
    assert path.read_bytes() == f"# ghi chú\r\n{sound}".encode()
    assert "không có chỗ nào sửa chắc chắn" in run("check", "--fix").stdout


@pytest.mark.slow
def test_findings_of_form_may_be_excused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    excuse = "chap_nhan:\n  - {quy_tac: hinh-thuc/le-trang, ly_do: Mẫu của thành phố.}\n"
    make_project(tmp_path, monkeypatch, {"soat-loi.yaml": excuse})
    run("build", "plan")
    path = Path("build/2025/plan.docx")
    document = open_docx(str(path))
    document.sections[0].right_margin = Mm(30)
    document.save("sua.docx")
    found_there = found(run("check", "sua.docx", "--format", "json").stdout, "hinh-thuc/le-trang")
    assert [each["excused"] for each in found_there] == ["Mẫu của thành phố."]


def test_a_final_build_is_refused_where_its_form_breaks_the_law(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    frame = Path("templates/frame.docx")
    document = open_docx(str(frame))
    document.sections[0].right_margin = Mm(30)
    document.save(str(frame))
    assert run("build", "plan").exit_code == 0
    result = run("build", "plan", "--final", "--out", "final")
    assert result.exit_code == 1
    assert "thể thức của plan còn lỗi" in result.stderr
    assert "lề phải" in result.stderr
    assert not Path("final").exists()


def test_what_pasting_leaves_is_mended_in_one_go_though_the_file_does_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    report = Path("content/2025/bao-cao/q3.yaml")
    whole = report.read_bytes()
    text = whole.decode()
    text = text.replace("    - Ban hành Kế", normalize("NFD", "    - Ban hành Kế"))
    text = text.replace("  hs-truc-tuyen: 1204\n", "\u00a0\u00a0hs-truc-tuyen:\u00a01204\u00a0\n")
    text = text.replace("  - Đề nghị", "  •\u00a0Đề nghị")
    report.write_bytes(text.encode())
    told = run("build", "report-q3").stderr.splitlines()
    assert len([line for line in told if "sửa một lượt bằng lệnh" in line]) == 4
    assert run("check", "--diff").exit_code == 0
    assert report.read_bytes() == text.encode()
    fixed = run("check", "plan", "--fix")
    assert fixed.exit_code == 0, fixed.output
    assert "đã sửa 1 tệp" in fixed.stdout
    assert report.read_bytes() == whole
    assert "không có chỗ nào sửa chắc chắn" in run("check", "plan", "--fix").stdout


def test_what_is_certain_is_mended_beside_a_mistake_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    agency = Path("content/co-quan.yaml")
    edit(str(agency), "ky_hieu: UBND\n", "ky_hieu:\u00a0UBND\nxyz: a: b\n")
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert "ky_hieu: UBND\nxyz: a: b\n" in agency.read_text("utf-8")
    assert "Có 1 lỗi cần sửa; những chỗ chắc chắn đã được sửa như trên." in result.stderr


def test_a_fix_that_would_break_a_file_is_left_out(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    year = shown_path(content) / "2025"
    plan, broken = year / "ke-hoach.yaml", year / "linh-vuc/03-thu-tuc.yaml"
    good = (plan.read_bytes(), plan.read_bytes().replace(b"2025\n", b"2026\n"))
    bad = (broken.read_bytes(), broken.read_bytes().replace(b"chu_tri: [", b"chu_tri: [khong-co, "))
    assert sound_files(content, 2025, {plan: good, broken: bad}) == {plan: good}
    assert sound_files(content, 2025, {broken: bad}) == {}
    assert sound_files(content, 2025, {plan: good}) == {plan: good}
