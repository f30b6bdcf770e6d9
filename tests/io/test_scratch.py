"""The folder of temporary files: gone at the end, swept after the dead, told when it is full."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from vanban.errors import MachineError
from vanban.io.scratch import scratch
from vanban.layout.fonts import find_times

FACE = find_times().regular.path.as_uri()
FONT = f"@font-face {{ font-family: A; src: url({FACE}) }} html {{ display: block }}"
LETTER = "<html style='font-family: A'>A</html>"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_it_is_gone_at_the_end(root: Path) -> None:
    with scratch() as folder:
        assert folder.parent == root
        (folder / "a").mkdir()
    assert not any(root.iterdir())


def test_what_the_dead_left_goes_and_what_the_live_use_stays(root: Path) -> None:
    child = os.fork()
    if child == 0:
        with scratch():
            os._exit(9)
    os.waitpid(child, 0)
    (left,) = root.iterdir()
    (root / "vanban-cua-toi").mkdir()
    with scratch() as first, scratch() as second:
        assert not left.exists()
        assert first.exists() and second.exists()
    assert [path.name for path in root.iterdir()] == ["vanban-cua-toi"]


@pytest.mark.parametrize("named", [True, False])
def test_a_full_folder_is_told_by_its_name(root: Path, named: bool) -> None:
    with pytest.raises(MachineError) as raised, scratch() as folder:
        raise OSError(28, "No space left", *([str(folder / "a")] if named else []))
    assert str(raised.value).startswith(f"không ghi được tệp tạm ở {root}: đĩa đã đầy — ")
    assert "TMPDIR" in str(raised.value)


def test_fonts_of_the_dead_go_too(root: Path) -> None:
    from vanban.render.typesetter import Typesetter

    child = os.fork()
    if child == 0:
        typesetter = Typesetter()
        typesetter.pdf("<html/>", FONT)
        os._exit(9)
    os.waitpid(child, 0)
    (left,) = root.iterdir()
    with scratch():
        assert not left.exists()


def test_fonts_that_were_swept_away_are_made_anew(root: Path) -> None:
    from vanban.render.typesetter import Typesetter

    typesetter = Typesetter()
    first = typesetter.pdf(LETTER, FONT)
    (folder,) = root.iterdir()
    shutil.rmtree(folder)
    assert typesetter.pdf(LETTER, FONT) == first
    assert len([*root.iterdir()]) == 1


@pytest.mark.parametrize("sets", [True, False])
def test_a_copy_of_the_process_leaves_its_fonts(root: Path, sets: bool) -> None:
    from vanban.render.typesetter import Typesetter

    typesetter = Typesetter()
    first = typesetter.pdf(LETTER, FONT)
    (folder,) = root.iterdir()
    child = os.fork()
    if child == 0:
        same = not sets or typesetter.pdf(LETTER, FONT) == first
        del typesetter
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert any(folder.iterdir())
    assert typesetter.pdf(LETTER, FONT) == first


def test_a_folder_without_room_for_fonts_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vanban.render.typesetter import Typesetter

    def full(*_: object) -> None:
        raise OSError(28, "No space left")

    typesetter = Typesetter()
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(MachineError, match=f"không ghi được tệp tạm ở {root}: "):
        typesetter.pdf("<html/>", FONT)


def test_another_error_passes(root: Path) -> None:
    with pytest.raises(FileNotFoundError), scratch():
        (root / "source").read_bytes()


def test_a_machine_without_one_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    with pytest.raises(MachineError, match=f"không ghi được tệp tạm ở {root}: "), scratch():
        pass
