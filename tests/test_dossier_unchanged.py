"""A dossier is made again only where something changed, and is then that of a clean folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import TEMPLATES
from evidences import entry, office_bytes, pdf_bytes, picture_bytes, write_evidence
from vanban.cli import main

pytestmark = pytest.mark.slow

UNCHANGED = "Không đổi từ lần lập trước"
EDITED = "đã bị sửa sau khi lập"
FILES = {
    "a.pdf": pdf_bytes(2),
    "b.png": picture_bytes("PNG"),
    "c.docx": office_bytes("word/document.xml"),
}
ENTRIES = [entry(f"1.1.1-0{number}", name) for number, name in enumerate(FILES, 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").symlink_to(TEMPLATES)
    write_evidence(tmp_path, ENTRIES, FILES)
    return tmp_path


def make(folder: Path, *more: str, out: str = "build") -> Result:
    places = ("--content", str(folder / "content"), "--out", str(folder / out))
    return CliRunner().invoke(main, ["dossier", *more, *places])


def made(folder: Path, out: str = "build") -> dict[str, bytes]:
    root = folder / out / "2025"
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def stamps(folder: Path) -> dict[str, int]:
    paths = sorted((folder / "build" / "2025").rglob("*"))
    return {str(path): path.stat().st_mtime_ns for path in paths}


def test_an_unchanged_dossier_says_the_same_and_touches_nothing(folder: Path) -> None:
    first, before = make(folder), stamps(folder)
    assert first.exit_code == 0
    second = make(folder)
    assert second.output.startswith(UNCHANGED)
    told = [line for line in first.output.splitlines() if not line.startswith("Đang lập")]
    assert second.output.splitlines()[1:] == told
    assert (second.exit_code, stamps(folder)) == (0, before)
    third = make(folder, "--force")
    assert UNCHANGED not in third.output and EDITED not in third.output
    assert stamps(folder) != before


def one_more(path: Path) -> None:
    (path / "dossier" / "notes.txt").write_text("x")


def one_less(path: Path) -> None:
    next(path.rglob("*.png")).unlink()


def other_bytes(name: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        file = next(path.rglob(name))
        state, data = file.stat(), file.read_bytes()
        file.write_bytes(data[:-1] + b"?")
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (other_bytes("dossier.pdf"), True),
        (other_bytes("dossier.zip"), True),
        (other_bytes("index.csv"), True),
        (other_bytes("*.png"), True),
        (one_more, True),
        (one_less, True),
        (lambda path: shutil.rmtree(path / "dossier"), False),
        (lambda path: (path / "dossier.zip").unlink(), False),
    ],
)
def test_what_somebody_changed_is_told_and_made_anew(
    change: Callable[[Path], None], told: bool, folder: Path
) -> None:
    make(folder)
    before = made(folder)
    change(folder / "build" / "2025")
    again = make(folder)
    assert UNCHANGED not in again.output
    assert (EDITED in again.output) == told
    assert made(folder) == before
    assert make(folder).output.startswith(UNCHANGED)


@pytest.mark.parametrize("name", [".memory.json", ".manifest.json"])
def test_a_damaged_memory_changes_nothing(name: str, folder: Path) -> None:
    make(folder)
    before = made(folder)
    (folder / "build" / name).write_bytes(b"\x80\x04}\x94.")
    make(folder)
    assert made(folder) == before


def test_a_changed_file_is_noticed_whatever_its_times_say(folder: Path) -> None:
    make(folder)
    before = made(folder)
    evidence = folder / "content" / "2025"
    other_bytes("a.pdf")(evidence)
    failed = make(folder)
    assert failed.exit_code == 1 and "a.pdf" in failed.output
    assert made(folder) == before
    assert make(folder).exit_code == 1
    (evidence / "minh-chung" / "a.pdf").write_bytes(FILES["a.pdf"])
    assert make(folder).exit_code == 0
    assert made(folder) == before


def test_after_a_change_it_is_that_of_a_clean_folder(folder: Path) -> None:
    register = folder / "content" / "2025" / "minh-chung.yaml"
    make(folder)
    for number in range(2):
        text = register.read_text(encoding="utf-8")
        register.write_text(text.replace("Niêm yết", f"Niêm yết {number}", 1), encoding="utf-8")
        assert UNCHANGED not in make(folder).output
        make(folder, out=f"clean{number}")
        assert made(folder) == made(folder, f"clean{number}")
