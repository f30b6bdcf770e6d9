"""A dossier is stopped between any two steps, and the one of before stays whole."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from dossiers import TEMPLATES
from evidences import entry, pdf_bytes, picture_bytes, write_evidence
from vanban.app.dossier import dossier_paths
from vanban.app.load import load_content
from vanban.app.made_dossier import made_dossier, make_here
from vanban.app.manifest import read_manifest
from vanban.dossier.originals import CSV_NAME
from vanban.errors import ContentError, VanbanError
from vanban.io.progress import telling

FILES = {"a.pdf": pdf_bytes(2), "b.png": picture_bytes("PNG")}


class Enough(VanbanError):
    pass


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content whose dossier was made in ``build`` beside it."""
    folder = tmp_path_factory.mktemp("dossier")
    listed = (entry("1.1.1-01", "a.pdf"), entry("1.1.2-01", "b.png"))
    content = write_evidence(folder, listed, FILES)
    made(content)
    return content


def made(content: Path) -> None:
    make_here(load_content(content, 2025), TEMPLATES, content.parent / "build")


def snapshot(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(
    "where", ["Đọc tệp", "Dàn bìa và mục lục", "Ghép trang", "Ghi hồ sơ", "Đóng gói"]
)
def test_what_was_made_before_stays(content: Path, where: str) -> None:
    before = snapshot(content.parent / "build")
    heard = []

    def told(step: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        heard.append(step)
        if step == where and done >= total // 2:
            raise Enough(step)

    with telling(told), pytest.raises(Enough):
        made(content)
    assert heard[-1] == where
    assert snapshot(content.parent / "build") == before


def test_the_list_of_the_dossier_tells_the_pages(content: Path) -> None:
    found = made_dossier(content, 2025, content.parent / "build")
    assert found is not None and not found.is_older
    with pypdfium2.PdfDocument(found.pdf) as pdf:
        assert len(pdf) == found.page_count
        leaves = [each for each in pdf.get_toc() if each.level == 2]
        at = {each.get_title().split()[0]: each.get_dest().get_index() + 1 for each in leaves}
    assert at == found.pages


def test_a_dossier_that_is_older_than_the_register_says_so(content: Path) -> None:
    register = content / "2025/minh-chung.yaml"
    state = register.stat()
    later = state.st_mtime + 3600
    os.utime(register, (later, later))
    found = made_dossier(content, 2025, content.parent / "build")
    assert found is not None and found.is_older
    os.utime(register, (state.st_atime, state.st_mtime))


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_half_a_dossier_is_none(tmp_path: Path, gone: int) -> None:
    for number, path in enumerate(dossier_paths(tmp_path / "2025")):
        path.parent.mkdir(exist_ok=True)
        if number != gone:
            path.mkdir() if number == 1 else path.write_bytes(b"")
    assert made_dossier(tmp_path / "content", 2025, tmp_path) is None


@pytest.mark.parametrize(
    "damaged",
    ["", "STT\n", "STT\n1;2\n", "STT\n1;a;b;c;d;e;f;g;h;i;j;k\n", "STT\n" + "x" * 200_000, "\0"],
    ids=["empty", "head", "short", "words", "endless", "nul"],
)
def test_a_dossier_whose_list_is_damaged_is_none(tmp_path: Path, damaged: str) -> None:
    pdf, folder, package = dossier_paths(tmp_path / "2025")
    folder.mkdir(parents=True)
    for path in (pdf, package):
        path.write_bytes(b"")
    (folder / CSV_NAME).write_text(damaged, encoding="utf-8")
    assert made_dossier(tmp_path / "content", 2025, tmp_path) is None


def test_the_command_knows_the_files_that_were_made_here(content: Path) -> None:
    manifest = read_manifest(content.parent / "build")
    paths = dossier_paths(content.parent / "build/2025")
    assert list(manifest.edited_below(*paths)) == []
    assert list(manifest.strangers(paths[1])) == []


def test_content_that_lacks_a_file_makes_no_dossier(tmp_path: Path) -> None:
    content = write_evidence(tmp_path, (entry("1.1.1-01", "a.pdf"),))
    with pytest.raises(ContentError, match="không có tệp này"):
        made(content)
    assert not (tmp_path / "build/2025").exists()
