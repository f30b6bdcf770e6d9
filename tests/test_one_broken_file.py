"""A mistake in one file stops only what is made from that file, and is told everywhere else."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from evidences import write_evidence
from support import CONTENT, changed, compose_all, write_content
from test_cli import edit, make_project, run
from vanban.app.catalogue import CATALOGUE, find_kind
from vanban.app.composing import compose_sound
from vanban.app.load import load_content
from vanban.compose.composed import Composed
from vanban.errors import ContentError

TEMPLATES = Path(__file__).parent.parent / "templates"
AREA, PLAN, REPORT = "2025/linh-vuc/03-thu-tuc.yaml", "2025/ke-hoach.yaml", "2025/bao-cao/q3.yaml"
BROKEN = {
    "syntax": "a: [b\n",
    "not UTF-8": None,
    "a wrong key": CONTENT[REPORT] + "xyz: 1\n",
    "a wrong reference": CONTENT[REPORT].replace("noi_nhan: [dang-uy]", "noi_nhan: [dang-uyy]"),
    "a wrong figure": CONTENT[REPORT].replace("hs-truc-tiep: 311", "hs-truc-tiep: -3"),
}


def composed(content: Path, *ids: str) -> tuple[list[Composed], dict[str, list[str]]]:
    """Return what can be made of the small content, and the problems of what cannot, by id."""
    kinds = [find_kind(each) for each in ids]
    made, unmade = compose_sound(kinds, load_content(content, 2025), TEMPLATES)
    return made, {each.kind.id: [str(problem) for problem in each.problems] for each in unmade}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_report_does_not_stop_the_plan(tmp_path: Path, text: str | None) -> None:
    whole = write_content(tmp_path / "whole")
    content = write_content(tmp_path, {REPORT: text or ""})
    if text is None:
        (content / REPORT).write_bytes("a: b\n".encode("utf-16"))
    (plan,), unmade = composed(content, "plan", "report-q3")
    assert list(unmade) == ["report-q3"]
    assert all("q3.yaml" in line for line in unmade["report-q3"])
    workspace = load_content(whole, 2025).workspace
    assert plan.document == compose_all([find_kind("plan")], workspace, TEMPLATES)[0].document


@pytest.mark.parametrize(
    ("changes", "stopped"),
    [
        ({AREA: "a: [b\n"}, ["plan", "report-q3"]),
        ({"2025/linh-vuc/04-x.txt": "x"}, ["plan", "report-q3"]),
        ({AREA: None, "2025/linhvuc/03-thu-tuc.yaml": CONTENT[AREA]}, ["plan", "report-q3"]),
        ({PLAN: CONTENT[PLAN] + "xyz: 1\n"}, ["plan", "report-q3"]),
        ({"2025/bao-cao/quy4.yaml": "a: b\n"}, []),
        ({"2025/bao-cao/h1.yaml": "a: b\n"}, []),
        ({"2025/tieu-chi.yaml": "a: b\n", "2025/minh-chung.yaml": "a: [\n"}, []),
        ({"2024/bao-cao/q3.yaml": "a: b\n"}, ["report-q3"]),
        ({"2024/bao-cao/q1.yaml": "a: b\n"}, []),
        ({"2024/ke-hoach.yaml": "a: b\n"}, []),
        ({"2026/ke-hoach.yaml": "\tx"}, []),
    ],
)
def test_each_kind_is_stopped_by_what_it_reads(
    tmp_path: Path, changes: dict[str, str | None], stopped: list[str]
) -> None:
    content = write_content(tmp_path, changes)
    loaded = load_content(content, 2025)
    kinds = (find_kind("plan"), find_kind("report-q3"))
    assert [kind.id for kind in kinds if loaded.problems_in(kind.reads(content, 2025))] == stopped
    assert loaded.problems


@pytest.mark.parametrize("name", ["co-quan.yaml", "van-ban.yaml", "chi-tieu.yaml", "soat-loi.yaml"])
def test_a_broken_register_stops_everything(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match=name):
        load_content(write_content(tmp_path, {name: "- a\n"}), 2025)


def citing_plan(year: str, broken: str) -> dict[str, str | None]:
    report = "can_cu: [{van_ban: kh-nam}]\n" + CONTENT[REPORT]
    changes: dict[str, str | None] = {REPORT: report, f"{year}/ke-hoach.yaml": broken}
    return changes


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("ma: kh-nam\n" + CONTENT[PLAN] + "xyz: 1\n", "“kh-nam” là văn bản ở "),
        ("ma: [kh-nam\n", "nếu là mã của kế hoạch ở "),
    ],
)
def test_what_cites_a_broken_plan_of_another_year_says_so(
    tmp_path: Path, broken: str, words: str
) -> None:
    content = write_content(tmp_path, citing_plan("2024", broken))
    (plan,), unmade = composed(content, "plan", "report-q3")
    assert plan.document.id == "plan"
    (line,) = unmade["report-q3"]
    assert f"q3.yaml:1:20: van_ban: {words}" in line or words in line
    assert "2024/ke-hoach.yaml" in line


def test_every_kind_reads_its_own_file_and_the_registers() -> None:
    for kind in CATALOGUE:
        reads = kind.reads(Path("content"), 2025)
        for path in kind.needs(Path("content"), 2025):
            assert path in reads
        assert Path("content/co-quan.yaml") in reads
        assert Path("content/2025/ghi-chu.yaml") not in reads


# --- the commands ------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project with an old report of a build before, and a mistake in its content."""
    make_project(tmp_path, monkeypatch, changed(REPORT, "hs-truc-tiep: 311", "hs-truc-tiep: 1,486"))
    Path("build/2025").mkdir(parents=True)
    Path("build/2025/report-q3.pdf").write_bytes(b"old")
    return tmp_path


def test_build_makes_what_it_can_and_says_what_it_cannot(project: Path) -> None:
    result = run("build")
    assert result.exit_code == 1
    assert Path("build/2025/plan.docx").is_file()
    assert Path("build/2025/report-q3.pdf").read_bytes() == b"old"
    assert "content/2025/bao-cao/q3.yaml:9:17: hs-truc-tiep: “1,486”" in result.stderr
    assert "Chưa dựng được report-q3: 1 lỗi ở content/2025/bao-cao/q3.yaml." in result.stderr
    assert "build/2025/report-q3.pdf: vẫn còn là bản của lần dựng trước" in result.stderr


def test_build_of_one_document_is_not_stopped_and_tells_of_the_other(project: Path) -> None:
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    assert "content/2025/bao-cao/q3.yaml:9:17: tệp này đang có 1 lỗi" in result.stdout
    assert "Chưa đối chiếu được với report-q3" in result.stdout


@pytest.mark.parametrize("arguments", [("report-q3",), ("--final",)])
def test_a_build_that_makes_nothing_says_that_the_old_files_are_there(
    project: Path, arguments: tuple[str, ...]
) -> None:
    result = run("build", *arguments)
    assert result.exit_code == 1
    assert "chưa tạo hay thay đổi tệp nào" in result.stderr
    assert "build/2025/report-q3.pdf: vẫn còn là bản của lần dựng trước" in result.stderr
    assert not Path("build/2025/plan.docx").exists()


def test_an_outline_that_cannot_be_used_stops_its_own_document(project: Path) -> None:
    # The small register of indicators lacks what its sentences name.
    edit(f"content/{REPORT}", "hs-truc-tiep: 1,486", "hs-truc-tiep: 311")
    result = run("build")
    assert result.exit_code == 1
    assert Path("build/2025/plan.docx").is_file()
    assert re.search(
        r"Chưa dựng được report-q3: \d+ lỗi ở templates/report-sentences\.yaml\.", result.stderr
    )


def test_check_looks_at_what_is_sound_and_tells_the_rest(project: Path) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "content/2025/bao-cao/q3.yaml:9:17: hs-truc-tiep: “1,486”" in result.stderr
    assert "Kế hoạch (plan): " in result.stdout
    assert run("check", "plan").exit_code == 0
    assert "hs-truc-tiep" in run("check", "report-q3").stderr
    assert json.loads(run("check", "--format", "json").stdout) is not None


@pytest.mark.parametrize("file", [PLAN, AREA])
def test_what_follows_from_a_mistake_is_not_told_beside_it(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report cites the plan; alone it says so, beside the plan's own mistake it does not."""
    cites = "can_cu: [{van_ban: kh-2025}]\n" + CONTENT[REPORT]
    plan = "ma: kh-2025\n" + CONTENT[PLAN]
    make_project(tmp_path, monkeypatch, {REPORT: cites, PLAN: plan} | {file: "a: [b\n"})
    for command in (["check"], ["build"], ["build", "report-q3"]):
        told = [line for line in run(*command).stderr.splitlines() if line.startswith("content/")]
        assert [line.partition(":")[0] for line in told] == [f"content/{file}"], command


def test_evidence_status_looks_at_what_is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_evidence(tmp_path)
    monkeypatch.chdir(tmp_path)
    edit(str(content / REPORT), "nguoi_ky: chu-tich", "nguoi_ky: chu-tichh")
    (content / PLAN).write_text("a: [b\n")
    result = run("evidence", "status")
    assert result.exit_code == 0, result.output
    told = [line for line in result.stderr.splitlines() if "nên để ngoài" in line]
    assert [line.partition(":")[0] for line in told] == [f"content/{REPORT}", f"content/{PLAN}"]
    (content / "2025/minh-chung.yaml").write_text("a: [b\n")
    assert run("evidence", "status").exit_code == 1


def test_a_mistake_in_the_folder_of_another_year_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(
        tmp_path, monkeypatch, {"2024/ke-hoach.yaml": "a: [b\n", "2024/bao-cao/q1.yaml": ""}
    )
    lines = run("build", "plan", "--year", "2025").stdout.splitlines()
    for file in ("content/2024/ke-hoach.yaml:1:4", "content/2024/bao-cao/q1.yaml:1:1"):
        assert any(line.startswith(f"{file}: tệp này của năm 2024 đang có 1 lỗi") for line in lines)


def test_list_names_the_documents_that_cannot_be_built(project: Path) -> None:
    lines = run("list").stdout.splitlines()
    assert lines[lines.index("plan: Kế hoạch") + 1] == "  dựng được"
    at = next(number for number, line in enumerate(lines) if line.startswith("report-q3: "))
    assert lines[at + 1].startswith(
        "  chưa dựng được: nội dung đang có 1 lỗi (content/2025/bao-cao"
    )


def test_copies_and_strays_are_noted_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    for name in ("q3 (1).yaml", "desktop.ini", "Thumbs.db", "Icon\r", "~$q3.yaml", "q3.yaml.tmp"):
        Path("content/2025/bao-cao", name).write_bytes(b"\xff\xfe\x00")
        Path("content/2025/linh-vuc", name).write_bytes(b"\xff\xfe\x00")
    shutil.copy("content/2025/bao-cao/q3.yaml", "content/2025/bao-cao/q3-conflict-20250912.yaml")
    Path("content/2025/linh-vuc/q3 (1).yaml").unlink()
    Path("content/2025/bao-cao/bản ký.docx").write_bytes(b"PK")
    Path("content/linh-vuc (1)").mkdir()
    Path("content/2025/linh-vuc (1)").mkdir()
    Path("content/2025/ghi-chu.yaml").write_bytes("a: b\n".encode("utf-16"))
    Path("content/cũ.yaml").write_bytes(b"\xe9")
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    notes = [line for line in result.stdout.splitlines() if "không được đọc" in line]
    assert [line.partition(": ")[0] for line in notes] == [
        "content/2025/bao-cao/bản ký.docx",
        "content/2025/bao-cao/q3 (1).yaml",
        "content/2025/bao-cao/q3-conflict-20250912.yaml",
        "content/2025/ghi-chu.yaml",
        "content/2025/linh-vuc (1)",
        "content/cũ.yaml",
    ]
    assert "bản sao của “q3.yaml”" in notes[1]
    assert run("check", "plan").exit_code == 0
    assert run("check", "plan", "--fix").exit_code == 0


@pytest.mark.parametrize(
    "data", ["\ufeffa: b\n".encode("utf-16"), b"ten: M\xe9 \n", b"\xff" * 30], ids=repr
)
@pytest.mark.parametrize("command", [("check",), ("build", "report-q3"), ("check", "--fix")])
def test_a_file_that_is_not_utf_8_is_a_located_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, command: tuple[str, ...]
) -> None:
    make_project(tmp_path, monkeypatch)
    Path(f"content/{REPORT}").write_bytes(data)
    result = run(*command)
    assert result.exit_code == 1
    assert "content/2025/bao-cao/q3.yaml:1:" in result.stderr
    assert "tệp không ở bảng mã UTF-8" in result.stderr
    assert Path(f"content/{REPORT}").read_bytes() == data


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_outline_saved_by_notepad_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    make_project(tmp_path, monkeypatch)
    outline = Path("templates/plan.md")
    expected = composed(Path("content"), "plan")[0][0].document
    outline.write_bytes(outline.read_text("utf-8").replace("\n", "\r\n").encode(encoding))
    (plan,), _ = composed(Path("content"), "plan")
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    assert plan.document == expected


def test_an_outline_that_is_no_text_is_a_located_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    Path("templates/plan.md").write_bytes(b"---\nloai: K\xea\n")
    result = run("build", "plan")
    assert result.exit_code == 1
    assert "templates/plan.md:2:8: mẫu không phải chữ Unicode" in result.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        (PLAN, "trich_yeu: Nâng cao", "trich_yeu: Nâng漢 cao", "content/2025/ke-hoach.yaml:2:16"),
        (AREA, "được nhận", "được ✔nhận", "content/2025/linh-vuc/03-thu-tuc.yaml:8:41"),
        ("co-quan.yaml", "PHƯỜNG TRẦN LIỄU", "PHƯỜNG 漢 TRẦN LIỄU", "content/co-quan.yaml:3:"),
    ],
)
def test_a_letter_that_the_font_lacks_has_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, place: str
) -> None:
    make_project(tmp_path, monkeypatch, changed(name, old, new))
    result = run("build", "plan")
    assert result.exit_code == 1
    assert f"{place}" in result.stderr
    assert "phông chữ không có ký tự" in result.stderr


def test_more_than_200_problems_are_cut_with_a_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = "".join(f"  khong-co-{number}: 1\n" for number in range(250))
    make_project(tmp_path, monkeypatch, changed(REPORT, "so_lieu:\n", f"so_lieu:\n{figures}"))
    lines = run("build", "report-q3").stderr.splitlines()
    assert sum("không có chỉ tiêu" in line for line in lines) == 200
    assert "… và 50 lỗi nữa — sửa các lỗi trên rồi chạy lại" in lines
    assert any("Có 250 lỗi cần sửa" in line for line in lines)
