"""Several Word files given to ``vanban check``: each is told for itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from letters import letter
from test_cli import make_project, run
from words import saved, word_of, xml

RULE = "hinh-thuc/tep-doc-duoc"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, without LibreOffice and without content."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nobin"))
    Path("tot.docx").write_bytes(saved(letter()))
    Path("sai.docx").write_bytes(saved(word_of("Báo cáo các các nội dung.")))
    return tmp_path


def told(*targets: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return file → rule, severity and message of what the check found."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for file in json.loads(run("check", *targets, "--format", "json").stdout):
        for each in file["findings"]:
            finding = (each["rule"], each["severity"], each["message"])
            found.setdefault(file["file"], []).append(finding)
    return found


UNREADABLE = {
    "hong.docx": (b"PK\x03\x04 hong", "hỏng"),
    "rong.docx": (b"", "rỗng"),
    "cu.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "tệp .doc cần LibreOffice"),
    "pdf.docx": (b"%PDF-1.7", "PDF"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_hides_no_other(folder: Path, name: str) -> None:
    data, words = UNREADABLE[name]
    Path(name).write_bytes(data)
    found = told("tot.docx", name, "sai.docx", "thieu.docx")
    assert [(rule, severity) for rule, severity, _ in found[name]] == [(RULE, "error")]
    assert words in found[name][0][2]
    assert "không có tệp này" in found["thieu.docx"][0][2]
    assert "chinh-ta/lap-tu" in {rule for rule, _, _ in found["sai.docx"]}
    assert RULE not in {rule for rule, _, _ in found.get("tot.docx", [])}
    result = run("check", "tot.docx", name, "sai.docx")
    assert result.exit_code == 3
    assert f"{name}\n  chưa soát: tệp " in result.stdout
    assert "thể thức " in result.stdout


def test_a_file_given_twice_is_told_once(folder: Path) -> None:
    once = told("sai.docx")
    assert told("sai.docx", "./sai.docx", str(folder / "sai.docx"), "sai.docx") == once


def test_a_path_without_an_ending_is_a_file(folder: Path) -> None:
    Path("ho-so").mkdir()
    found = told("sai.docx", "./ho-so/", "ho-so/cong-van")
    assert "sai.docx" in found
    assert "không có tệp này" in found["ho-so/cong-van"][0][2]


def test_lock_files_are_passed_over(folder: Path) -> None:
    Path("~$tot.docx").write_bytes(b"\x05admin" + bytes(157))
    Path("._tot.docx").write_bytes(b"\x00\x05\x16\x07")
    Path(".~lock.tot.docx#").write_bytes(b",admin,may")
    found = told("tot.docx", "~$tot.docx", "._tot.docx", ".~lock.tot.docx#")
    assert "tệp khóa tạm của LibreOffice" in found[".~lock.tot.docx#"][0][2]
    assert "tệp khóa tạm của Word" in found["~$tot.docx"][0][2]
    assert "tệp phụ của macOS" in found["._tot.docx"][0][2]
    assert {
        severity for name in ("~$tot.docx", "._tot.docx") for _, severity, _ in found[name]
    } == {"warning"}
    assert run("check", "~$tot.docx").exit_code == 3  # nothing was checked


def test_odd_paths_are_told_in_one_line(folder: Path) -> None:
    Path("thu-muc.docx").mkdir()
    Path("vong.docx").symlink_to("vong.docx")
    long = "x" * 300 + ".docx"
    found = told("thu-muc.docx", "vong.docx", long, "tot.docx")
    assert "thư mục" in found["thu-muc.docx"][0][2]
    assert "liên kết" in found["vong.docx"][0][2]
    assert "quá dài" in found[long][0][2]


def test_a_damaged_file_of_the_build_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch)
    assert run("build", "plan").exit_code == 0
    Path("build/2025/plan.docx").write_bytes(b"PK\x03\x04")
    found = told("plan")
    assert found["build/2025/plan.docx"][0][:2] == (RULE, "error")
    assert len(found) > 1


def test_a_chunk_that_is_not_read_is_a_warning(folder: Path) -> None:
    word = letter()
    part = Part(PackURI("/word/chunk.html"), "text/html", b"<html/>", word.part.package)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    relation = word.part.relate_to(part, f"{office}aFChunk")
    word.element.body.insert(1, xml(f'<w:altChunk r:id="{relation}"/>'))
    Path("chen.docx").write_bytes(saved(word))
    (finding,) = [each for each in told("chen.docx")["chen.docx"] if each[0] == RULE]
    assert finding[1] == "warning"
    assert "altChunk" in finding[2]


def test_broken_content_hides_no_word_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch)
    Path("content/2025/ke-hoach.yaml").write_text("ma: [", encoding="utf-8")
    Path("sai.docx").write_bytes(saved(word_of("Báo cáo các các nội dung.")))
    result = run("check", "plan", "sai.docx")
    assert result.exit_code == 1
    assert "lặp từ “các”" in result.stdout
    assert "ke-hoach.yaml:1" in result.stderr
