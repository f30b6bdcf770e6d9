from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from vanban.evidence.file_errors import FileError, MissingFile, WrongPath
from vanban.evidence.place import files_in, locate, on_disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "minh-chung"
    (home / "con").mkdir(parents=True)
    (home / "a.pdf").write_text("a")
    (home / "con" / "b.pdf").write_text("b")
    (tmp_path / "ngoai.pdf").write_text("x")
    (home / "lien-ket.pdf").symlink_to(home / "a.pdf")
    (home / "ra-ngoai.pdf").symlink_to(tmp_path / "ngoai.pdf")
    (home / "ngoai").symlink_to(tmp_path)
    (home / "vong.pdf").symlink_to(home / "vong.pdf")
    (home / "dut.pdf").symlink_to(home / "khong-co.pdf")
    return home


@pytest.mark.parametrize("name", ["a.pdf", "con/b.pdf", "./a.pdf", "lien-ket.pdf"])
def test_files_in_the_folder(name: str, folder: Path) -> None:
    assert locate(folder, name).read_text() in ("a", "b")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("../ngoai.pdf", WrongPath),
        ("con/../a.pdf", WrongPath),
        ("con/../../ngoai.pdf", WrongPath),
        ("/etc/passwd", WrongPath),
        ("C:/a.pdf", WrongPath),
        ("con\\b.pdf", WrongPath),
        (".", WrongPath),
        ("con", WrongPath),
        ("ra-ngoai.pdf", WrongPath),
        ("ngoai/ngoai.pdf", WrongPath),
        ("vong.pdf", WrongPath),
        ("dut.pdf", MissingFile),
        ("khong-co.pdf", MissingFile),
        ("khong/co.pdf", MissingFile),
    ],
)
def test_paths_that_are_refused(name: str, error: type[FileError], folder: Path) -> None:
    with pytest.raises(FileError) as caught:
        locate(folder, name)
    assert type(caught.value) is error
    assert " — " in str(caught.value)


def test_letters_taken_apart_by_the_disk(folder: Path) -> None:
    name = "Kế hoạch.pdf"
    (folder / unicodedata.normalize("NFD", name)).write_text("k")
    assert locate(folder, name).read_text() == "k"
    assert name in files_in(folder)


def test_a_folder_taken_apart_and_a_name_that_is_nowhere(folder: Path) -> None:
    name = "Quý I/Kế hoạch.pdf"
    path = folder / unicodedata.normalize("NFD", name)
    path.parent.mkdir()
    path.write_text("k")
    assert on_disk(folder, name) == path == locate(folder, name)
    assert on_disk(folder, "không có/a.pdf") == folder / "không có/a.pdf"


def test_only_evidence_is_listed(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.txt", ".an", "~$a.docx", "Thumbs.db", "con/c.pdf", ".git/d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert files_in(tmp_path) == ("a.txt", "b.pdf", "con/c.pdf")
    assert files_in(tmp_path / "khong-co") == ()
