"""The command line: exit status, words, and a build folder that mistakes never touch."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT, TEMPLATES
from documents import part
from support import CONTENT, changed, write_content
from vanban.app.catalogue import CATALOGUE
from vanban.cli import main
from vanban.workspace.files import CITY_REPORTS

PLAN = "2025/ke-hoach.yaml"
AREA = "2025/linh-vuc/03-thu-tuc.yaml"
REPORT = "2025/bao-cao/q3.yaml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with tiny content and the real templates; the working folder of the test."""
    return make_project(tmp_path, monkeypatch)


def make_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch, changes: Mapping[str, str | None] | None = None
) -> Path:
    write_content(folder, changes)
    shutil.copytree(TEMPLATES, folder / "templates")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    """Run ``vanban`` in this process; anything but an exit status is a failure of the test."""
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


def edit(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def built() -> list[str]:
    """Return the files of documents."""
    return sorted(str(path) for path in Path("build").glob("*/**/*") if path.is_file())


# --- building ----------------------------------------------------------------------------------


def test_build_writes_both_files_and_says_what_is_missing(project: Path) -> None:
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    assert built() == [f"build/2025/plan.{ending}" for ending in ("docx", "json", "pdf")]
    assert result.stdout.splitlines()[:8] == [
        "Đang dựng plan …",
        "",
        "plan: trình ký",
        "  để trống 1 mục:",
        "    - số văn bản (khóa so) — văn thư ghi sau khi ký",
        "  đã tạo: build/2025/plan.docx",
        "  đã tạo: build/2025/plan.pdf",
        "  đã tạo: build/2025/plan.json",
    ]


def test_a_build_says_each_thing_once_counts_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instructions = "".join(f'  - "HƯỚNG DẪN: ý {number}"\n' for number in range(7))
    old = "  - Các đơn vị tổ chức thực hiện Kế hoạch này.\n"
    make_project(tmp_path, monkeypatch, changed(PLAN, old, f"{old}{instructions}"))
    lines = run("build", "plan").stdout.splitlines()
    start = lines.index("plan: bản nháp")
    assert lines[start + 1 : start + 4] == [
        "  còn 7 lỗi chưa sửa hoặc chưa chấp nhận",
        "  còn thiếu 7 dữ liệu",
        "  dữ liệu còn thiếu:",
    ]
    items = [line for line in lines if line.startswith("    - content/")]
    assert len(items) == 5
    assert "    … và 2 mục nữa" in lines
    assert "  xem từng chỗ: vanban check plan" in lines
    assert len(lines) == len({line for line in lines if line}) + lines.count("")
    listed = run("check", "plan").stdout
    assert sum(f"“ý {number}”" in listed for number in range(7)) == 7


def test_a_build_says_which_face_the_pdf_carries(project: Path) -> None:
    from vanban.layout.fonts import find_times, stand_in

    said = stand_in(find_times().name)
    assert (f"Chữ trong PDF: {said}." in run("build", "plan").stdout) is bool(said)
    assert stand_in("Times New Roman") == ""


def test_year_content_and_out_may_be_given(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "elsewhere").mkdir()
    monkeypatch.chdir(project / "elsewhere")
    result = run("build", "plan", "plan", "--year", "2025", "--content", "../content", "--out", "o")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("Đang dựng plan") == 1
    names = sorted(path.name for path in Path("o/2025").iterdir())
    assert names == ["plan.docx", "plan.json", "plan.pdf"]


@pytest.mark.parametrize(("epoch", "status"), [("1735689600", 0), ("nay", 2), ("", 2)])
def test_the_date_of_the_environment(
    epoch: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch, changed(PLAN, "ngay: 01/8/2025\n", ""))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run("build", "plan")
    assert result.exit_code == status, result.output
    assert bool(built()) is (status == 0)
    if status == 0:
        assert "2025-01-01" in part(Path("build/2025/plan.docx"), "docProps/core.xml")


def test_sample_data_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = changed("2025/ke-hoach.yaml", "ngay: 01/8/2025\n", "so: 7\nso_lieu_mau: true\n")
    make_project(tmp_path, monkeypatch, change)
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    assert "\nplan: mẫu\n  có dữ liệu mẫu\n" in result.stdout
    assert "    - ngày ban hành" in result.stdout
    assert "- số văn bản" not in result.stdout


# --- mistakes of content -----------------------------------------------------------------------

MISTAKES = [
    (AREA, "chu_tri: [trung-tam-hcc]", "chu_tri: [trung-tam-hc]", "“trung-tam-hcc”?"),
    (AREA, "phoi_hop: [", "phoihop: [", "phoi_hop"),
    (PLAN, "ngay: 01/8/2025", "ngay: 31/6/2025", "31/6/2025"),
    (PLAN, "nguoi_ky: chu-tich\n", "", "nguoi_ky"),
    (PLAN, "trich_yeu: Nâng", "trich_yeu: đảm bảo: Nâng", ">-"),
    (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep: 1.311", "1311"),
    (REPORT, "hs-truc-tuyen: 1204", "hs-truc-tuyen: -4", "-4"),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), MISTAKES)
def test_a_mistake_is_told_and_nothing_is_touched(
    name: str, old: str, new: str, words: str, project: Path
) -> None:
    Path("build/2025").mkdir(parents=True)
    Path("build/2025/plan.pdf").write_bytes(b"old")
    edit(f"content/{name}", old, new)
    for arguments in [("report-q3",)] if name == REPORT else [(), ("plan",)]:
        result = run("build", *arguments)
        assert result.exit_code == 1
        assert re.search(rf"^content/{re.escape(name)}:\d+:\d+: .* — ", result.stderr, re.M)
        assert words in result.stderr
        assert "chưa tạo hay thay đổi tệp nào" in result.stderr
        assert built() == ["build/2025/plan.pdf"]
        assert Path("build/2025/plan.pdf").read_bytes() == b"old"


def test_all_mistakes_are_told_at_once_and_sorted(project: Path) -> None:
    edit(f"content/{AREA}", "chu_tri: [trung-tam-hcc]", "chu_tri: [trung-tam-hc]")
    edit(f"content/{AREA}", "phoi_hop: [van-hoa-xa-hoi]", "phoi_hop: [van-hoa]")
    edit(f"content/{PLAN}", "cv-1747", "cv-1748")
    edit(f"content/{REPORT}", "noi_nhan: [dang-uy]", "noi_nhan: [dang-uyy]")
    result = run("build")
    *problems, last = result.stderr.splitlines()
    assert result.exit_code == 1
    assert last == "Có 4 lỗi cần sửa; chưa tạo hay thay đổi tệp nào."
    places = [problem.split(": ")[0] for problem in problems]
    assert places == [
        *(f"content/{name}" for name in (f"{REPORT}:3:12", f"{PLAN}:4:34")),
        *(f"content/{name}" for name in (f"{AREA}:4:11", f"{AREA}:5:12")),
    ]


def test_content_is_mended_after_reading_the_message(project: Path) -> None:
    edit(f"content/{AREA}", "chu_tri: [trung-tam-hcc]", "chu_tri: [trung-tam-hc]")
    message = run("build", "plan").stderr
    suggestion = re.search(r"có phải “([^”]*)”\?", message)
    assert suggestion is not None
    edit(f"content/{AREA}", "trung-tam-hc]", f"{suggestion[1]}]")
    assert run("build", "plan").exit_code == 0


def test_a_document_without_content_names_file_and_example(project: Path) -> None:
    result = run("build", "report-q1")
    assert result.exit_code == 1
    assert "content/2025/bao-cao/q1.yaml: chưa có tệp này" in result.stderr
    assert built() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{{ plan.closing }}", "{{ plan.ending }}", "mẫu dùng tên không có"),
        ("{% for basis in bases %}", "{% for basis in bases %", "sai cú pháp của mẫu"),
        ("{{ plan.closing }}", "![a](b.png) [](#nowhere)", "dẫn chiếu"),
        ("loai: Kế hoạch", "loai: Kế hoach", "Kế hoach"),
        ("de_muc: Phần I", "de_muc: Chương I", "Chương I"),
    ],
)
def test_a_faulty_outline_is_told(old: str, new: str, words: str, project: Path) -> None:
    edit("templates/plan.md", old, new)
    result = run("build", "plan")
    assert result.exit_code == 1
    assert re.search(r"^templates/plan\.md(:\d+)?: ", result.stderr, re.M)
    assert words in result.stderr
    assert built() == []


def test_an_indicator_that_an_outline_asks_for_in_vain_is_told(project: Path) -> None:
    """The tiny register has none of the indicators of the real outline."""
    result = run("build", "report-q3")
    assert result.exit_code == 1
    assert re.search(r"templates/report-sentences\.yaml:\d+:\d+: .*chi-tieu\.yaml", result.stderr)


@pytest.mark.parametrize("name", ["plan.md", "frame.docx"])
def test_a_missing_template_is_told(name: str, project: Path) -> None:
    Path("templates", name).unlink()
    result = run("build", "plan")
    assert result.exit_code == 1
    assert name in result.stderr
    assert built() == []


def test_a_frame_that_is_no_word_file_is_told(project: Path) -> None:
    Path("templates/frame.docx").write_text("not a Word file")
    result = run("build", "plan")
    assert result.exit_code == 1
    assert "templates/frame.docx: không đọc được khung Word" in result.stderr


def test_a_machine_without_the_font_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "no-fonts").mkdir()
    monkeypatch.setenv("VANBAN_FONT_DIR", str(project / "no-fonts"))
    result = run("build", "plan")
    assert result.exit_code == 1
    assert "fonts-croscore" in result.stderr
    assert built() == []


# --- mistakes of usage -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "report-q"), "có phải “report-q"),
        (("build", "plan", "zzz"), "chọn trong: plan, "),
        (("build", "--year", "nay"), "--year"),
        (("biuld",), "không có lệnh “biuld”"),
        (("build", "--nowhere"), "--nowhere"),
    ],
)
def test_usage_errors(arguments: tuple[str, ...], words: str, project: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert built() == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--year", "1999"), "1999"),
        (("build", "--content", "nowhere"), "nowhere"),
        (("list", "--content", "nowhere"), "nowhere"),
        (("list", "--year", "1999"), "1999"),
    ],
)
def test_content_that_is_not_there(arguments: tuple[str, ...], words: str, project: Path) -> None:
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert words in result.stderr
    assert " — " in result.stderr


def test_templates_stand_beside_the_content(project: Path) -> None:
    shutil.rmtree("templates")
    result = run("build", "plan")
    assert result.exit_code == 2
    assert "templates" in result.stderr


def test_an_output_folder_that_cannot_be_written_is_told(project: Path) -> None:
    Path("build").write_text("a file")
    result = run("build", "plan")
    assert result.exit_code == 1
    assert "không ghi được" in result.stderr
    assert Path("build").read_text() == "a file"


# --- the other commands ------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["list"], ["build", "report-h1"], ["check", "--all"]])
def test_places_are_told_alike_however_the_content_is_named(
    project: Path, command: list[str]
) -> None:
    named = [
        run(*command, "--content", str(each)) for each in ("content", Path("content").resolve())
    ]
    told = [each.output.replace(str(Path.cwd()) + "/", "") for each in named]
    assert told[0] == told[1].replace(" --content content", "")  # of commands that it tells
    assert named[1].output.count(str(Path.cwd())) == named[1].output.count("--content ")


def test_list(project: Path) -> None:
    result = run("list")
    assert result.exit_code == 0
    entries = {
        lines[0].split(":")[0]: "\n".join(lines)
        for lines in (entry.splitlines() for entry in result.stdout.split("\n\n")[1:])
    }
    offered = (kind for kind in CATALOGUE if kind.source is not CITY_REPORTS)  # not to a ward
    assert list(entries) == [kind.id for kind in offered]
    assert "dựng được" in entries["plan"]
    assert "dựng được" in entries["report-q3"]
    assert "ngày chốt số liệu: 14/9; hạn gửi: 20/9" in entries["report-q3"]
    assert "dựng được" in entries["brief-q3"] and "hạn gửi" not in entries["brief-q3"]
    assert re.search(r"kỳ số liệu: từ \d+/\d+/2025 đến \d+/\d+/2025", entries["report-q3"])
    assert "hãy tạo content/2025/bao-cao/q1.yaml" in entries["report-q1"]
    assert "lich_bao_cao" in entries["report-year"]


def test_doctor(project: Path) -> None:
    result = run("doctor")
    assert result.exit_code == 0, result.output
    for word in ("Python", "Pango", "HarfBuzz", "134"):
        assert word in result.stdout


def test_doctor_tells_what_is_missing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANBAN_FONT_DIR", str(project / "content"))
    result = run("doctor")
    assert result.exit_code == 1
    assert "[thiếu]" in result.stdout
    assert "cách khắc phục: " in result.stdout


def test_schema(project: Path) -> None:
    result = run("schema", "--glossary", "tu-dien.md")
    assert result.exit_code == 0, result.output
    assert Path("tu-dien.md").is_file()
    written = [Path(line) for line in result.stdout.splitlines()]
    assert len(written) > 3
    assert all(path.is_file() for path in written)
    assert {path.name for path in written} >= {"ke-hoach.schema.json", "bao-cao.schema.json"}


@pytest.mark.parametrize("arguments", [(), ("--help",), ("build", "--help"), ("list", "-h")])
def test_help_is_vietnamese(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert "văn bản" in result.output


# --- whatever is done to content, an error is words, not a traceback ---------------------------

DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, chance: text[: chance.randrange(len(text))],
    lambda text, chance: _without(text, chance.randrange(len(text))),
    lambda text, chance: _with(
        text, chance.randrange(len(text)), chance.choice("\t:#-{[&*!|>\"'%@")
    ),
    lambda text, chance: _with(
        text, chance.randrange(len(text)), chance.choice("\x00\ue000\u0301￿")
    ),
    lambda text, chance: _line_moved(text, chance),
    lambda text, chance: re.sub(r": .*", ": []", text, count=chance.randrange(1, 4)),
    lambda text, chance: re.sub(r": .*", ":", text, count=chance.randrange(1, 4)),
)


def _without(text: str, position: int) -> str:
    return text[:position] + text[position + 1 :]


def _with(text: str, position: int, character: str) -> str:
    return text[:position] + character + text[position:]


def _line_moved(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return "".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CONTENT))
def test_no_damage_of_content_ends_in_a_traceback(name: str, project: Path) -> None:
    chance = random.Random(name)
    path = Path("content", name)
    Path("templates/frame.docx").unlink()
    for _ in range(5):
        damage = chance.choice(DAMAGES)
        path.write_text(damage(CONTENT[name], chance), encoding="utf-8")
        result = run("build", "plan")
        assert result.exit_code == 1
        assert "lỗi cần sửa" in result.stderr
        assert built() == []


# --- real processes ----------------------------------------------------------------------------


def vanban(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vanban.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("list",), 0), (("build", "report-q1"), 1), (("build", "plam"), 2), (("--version",), 0)],
)
def test_exit_status_of_a_real_process(
    arguments: tuple[str, ...], status: int, project: Path
) -> None:
    result = vanban(project, *arguments)
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    assert bool(result.stderr) is (status != 0)


READS_CONTENT = {"pydantic", "yaml"}
READS_FILES = READS_CONTENT | {"lxml", "pikepdf", "PIL"}
COMPOSES = READS_CONTENT | {"jinja2", "markdown_it"}
HEAVY = READS_FILES | COMPOSES | {"spylls", "docx", "docxtpl", "weasyprint", "fontTools"}
HEAVY |= {"pypdfium2", "uharfbuzz"}


@pytest.mark.parametrize(
    ("arguments", "before", "needed"),
    [
        ("--help", 0, set()),
        ("list", 0, READS_CONTENT),
        ("list", 1, set()),
        ("evidence status", 0, READS_FILES),
        ("status q3", 0, READS_CONTENT),
        ("due", 0, READS_CONTENT),
        ("check plan", 0, COMPOSES | {"lxml"}),
        ("build plan --engine pages", 0, HEAVY - {"weasyprint"}),
    ],
)
def test_a_command_imports_only_the_heavy_libraries_it_needs(
    arguments: str, before: int, needed: set[str], project: Path
) -> None:
    """``before``: how often the same was asked before, with nothing changed since."""
    code = (
        "import atexit, sys, vanban.cli\n"
        "atexit.register(lambda: print(*{name.split('.')[0] for name in sys.modules}))\n"
        f"vanban.cli.main({arguments.split()})"
    )
    for _ in range(before + 1):
        result = subprocess.run(
            [sys.executable, "-c", code],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
    imported = HEAVY & set(result.stdout.splitlines()[-1].split())
    assert imported <= needed, result.stderr
