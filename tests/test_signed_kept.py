"""No command alters a signed PDF: builds, dossiers, lists, evidence, whatever writes files."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT, TEMPLATES
from documents import pdf_of, plain
from evidences import write_evidence
from signing import AGENCY, signed
from support import write_content
from vanban.cli import main
from vanban.errors import MachineError
from vanban.io import signed as signed_files
from vanban.io.signed import is_signed
from vanban.io.swap import replacing, write_files


@cache
def other() -> bytes:
    return signed(pdf_of(plain("Một đoạn.")), "CoQuan", AGENCY)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_content(tmp_path)
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "build" / "2025"


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_build_keeps_what_was_signed_in_its_place(project: Path) -> None:
    assert run("build", "plan", "--engine", "pages").exit_code == 0
    path = project / "plan.pdf"
    path.write_bytes(signed(path.read_bytes()))
    before = state(project)
    for options in ((), ("--force",), ("--engine", "pages"), ("--final",), ("--separate-annexes",)):
        result = run("build", "plan", *options)
        assert result.exit_code == 1
        assert "build/2025/plan.pdf: tệp này đã ký số nên được giữ nguyên" in result.output
        assert "bị sửa sau khi dựng" not in result.output
        assert state(project) == before


def test_an_annex_that_was_signed_keeps_its_document_too(project: Path) -> None:
    project.mkdir(parents=True)
    (project / "plan-phu-luc-2.pdf").write_bytes(other())
    result = run("build", "plan")
    assert result.exit_code == 1
    assert "build/2025/plan-phu-luc-2.pdf: tệp này đã ký số" in result.output
    assert state(project) == {"plan-phu-luc-2.pdf": other()}


@pytest.mark.slow
def test_other_documents_are_built_and_the_signed_one_when_it_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "build" / "2025"
    folder.mkdir(parents=True)
    (folder / "plan.pdf").write_bytes(other())
    for _ in range(2):  # said again, without work
        result = run("build", "plan", "brief-q3", "--engine", "pages")
        assert result.exit_code == 1
        assert "build/2025/plan.pdf: tệp này đã ký số" in result.output
        assert set(state(folder)) == {"plan.pdf", "brief-q3.docx", "brief-q3.pdf"}
    (folder / "plan.pdf").rename(folder / "da-ky.pdf")
    assert run("build", "plan", "brief-q3", "--engine", "pages").exit_code == 0
    assert (folder / "plan.docx").exists()
    assert (folder / "da-ky.pdf").read_bytes() == other()


def test_nothing_that_writes_files_writes_over_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(other())
    for data in (b"", b"%PDF-1.7", other() + b"\n"):
        with pytest.raises(MachineError, match=r"a\.pdf đã ký số nên được giữ nguyên"):
            write_files([(tmp_path / "b", b"b"), (path, data)])
        with pytest.raises(MachineError, match="đã ký số"), replacing(path) as (new,):
            new.write_bytes(data)
    write_files([(path, other())])
    assert state(tmp_path) == {"a.pdf": other()}


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"", False),
        (b"/ByteRange", False),
        (b"%PDF-1.7 /Sig", False),
        (b"PK\x03\x04 a.pdf %PDF-1.7 /ByteRange", False),
    ],
)
def test_what_is_no_signed_pdf(data: bytes, answer: bool, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert is_signed(path) is answer
    assert not is_signed(tmp_path)
    assert not is_signed(tmp_path / "none")


def test_a_signature_is_found_wherever_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed_files, "BLOCK", 16)
    path = tmp_path / "a.pdf"
    for start in range(5, 50):
        data = b"%PDF-".ljust(start, b"/") + b"/ByteRange"
        path.write_bytes(data + b" [0")
        assert is_signed(path)
        path.write_bytes(data[:-1])
        assert not is_signed(path)


def test_fields_that_nobody_signed_are_no_signature(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(plain("Một đoạn.")))
    assert not is_signed(path)
    path.write_bytes(signed(path.read_bytes()))
    assert is_signed(path)


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with evidence, one file of it signed; its folder of results."""
    write_evidence(tmp_path)
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "signed.pdf").write_bytes(other())
    result = run(
        *("evidence", "add", "signed.pdf", "--criterion", "1.1.1", "--type", "Báo cáo"),
        *("--number", "15/BC-UBND", "--date", "01/08/2025", "--abstract", "Kết quả thử"),
        *("--issuer", "UBND phường Trần Liễu"),
    )
    assert result.exit_code == 0, result.output
    return tmp_path / "build" / "2025"


def test_evidence_keeps_its_bytes_and_is_known_as_signed(dossier: Path) -> None:
    content = dossier.parents[1] / "content" / "2025"
    (copy,) = [path for path in (content / "minh-chung").iterdir() if is_signed(path)]
    assert copy.read_bytes() == other()
    assert "ban_ky_so: true" in (content / "minh-chung.yaml").read_text(encoding="utf-8")


def test_a_dossier_says_that_pages_bear_no_signature_and_keeps_the_file(dossier: Path) -> None:
    result = run("dossier")
    assert result.exit_code == 0, result.output
    assert "không đưa vào hồ sơ: chữ ký số (chỉ còn hình; bản ký số nguyên vẹn" in result.output
    (kept,) = [path for path in (dossier / "dossier").rglob("*.pdf") if is_signed(path)]
    assert kept.read_bytes() == other()
    with zipfile.ZipFile(dossier / "dossier.zip") as package:
        assert package.read(f"dossier/{kept.relative_to(dossier / 'dossier')}") == other()
    listed = (dossier / "dossier" / "index.csv").read_text(encoding="utf-8-sig")
    assert "bản ký số: xem chữ ký ở tệp này" in listed
    assert not is_signed(dossier / "dossier.pdf")
    assert run("dossier", "--force").exit_code == 0  # its own copy is no file of somebody


def test_a_package_that_begins_with_signed_evidence_is_made_anew(dossier: Path) -> None:
    assert run("dossier").exit_code == 0
    with zipfile.ZipFile(dossier / "dossier.zip", "w") as package:
        package.writestr("a.pdf", other())
    result = run("dossier", "--force")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(dossier / "dossier.zip") as package:
        assert "a.pdf" not in package.namelist()


@pytest.mark.parametrize("name", ["dossier.pdf", "dossier/da-ky.pdf"])
def test_a_dossier_is_not_made_over_a_signed_file(name: str, dossier: Path) -> None:
    assert run("dossier").exit_code == 0
    data = signed(pdf_of(plain("Đoạn khác.")), "CoQuan", AGENCY)
    (dossier / name).write_bytes(data)
    result = run("dossier", "--force")
    assert result.exit_code == 1
    assert name in result.output
    assert "đã ký số nên được giữ nguyên" in result.output
    assert (dossier / name).read_bytes() == data


def test_clean_leaves_signed_files(tmp_path: Path) -> None:
    for name in ("src", "tests", "scripts", "build/2025"):
        (tmp_path / name).mkdir(parents=True)
    path = tmp_path / "build" / "2025" / "plan.pdf"
    path.write_bytes(other())
    command = ["make", "-f", str(ROOT / "Makefile"), "clean"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode != 0
    assert "build/2025/plan.pdf" in made.stderr
    assert path.read_bytes() == other()
    path.unlink()
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert not (tmp_path / "build").exists()
