"""Several people add evidence to one register at the same moment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from evidences import pdf_bytes, picture_bytes, write_evidence
from vanban.evidence.inspection import check_evidence
from vanban.io.lock import locked
from vanban.workspace.load import load_workspace

pytestmark = pytest.mark.slow

VANBAN = [sys.executable, "-m", "vanban.cli"]


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*VANBAN, *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def outcomes(processes: Iterable[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    ended = []
    for process in processes:
        text, _ = process.communicate(timeout=120)
        ended.append((process.returncode, text))
    return ended


def test_four_at_once_get_four_codes_and_register_and_folder_agree(tmp_path: Path) -> None:
    content = write_evidence(tmp_path)
    data = [pdf_bytes(pages) for pages in (1, 2, 3)] + [picture_bytes("PNG")]
    names = ["a.pdf", "b.pdf", "c.pdf", "d.png"]
    for name, each in zip(names, data, strict=True):
        (tmp_path / name).write_bytes(each)
    running = [start(tmp_path, "evidence", "add", name, "--criterion", "1.1.1") for name in names]
    ended = outcomes(running)
    assert [status for status, _ in ended] == [0] * 4, ended
    workspace = load_workspace(content, 2025)
    assert workspace.evidence is not None
    assert check_evidence(workspace) == []
    codes = [each.code for each in workspace.evidence.evidence]
    assert sorted(codes) == ["1.1.1-01", "1.1.1-02", "1.1.1-03", "1.1.1-04"]
    folder = content / "2025" / "minh-chung"
    held = {each.file: (folder / each.file).read_bytes() for each in workspace.evidence.evidence}
    assert sorted(held.values()) == sorted(data)
    assert {path.name for path in folder.iterdir()} == set(held)
    for code in codes:
        assert sum(f"Đã thêm {code}" in text for _, text in ended) == 1


def test_the_same_file_twice_at_once_is_added_once(tmp_path: Path) -> None:
    content = write_evidence(tmp_path)
    (tmp_path / "a.pdf").write_bytes(pdf_bytes())
    command = ("evidence", "add", "a.pdf", "--criterion", "1.1.1")
    ended = outcomes([start(tmp_path, *command) for _ in range(2)])
    assert sorted(status for status, _ in ended) == [0, 1], ended
    assert any("đã đăng ký với mã 1.1.1-01" in text for _, text in ended)
    workspace = load_workspace(content, 2025)
    assert workspace.evidence is not None and len(workspace.evidence.evidence) == 1


@pytest.mark.long  # writers wait half a minute
def test_reading_does_not_wait_and_writing_says_who_writes(tmp_path: Path) -> None:
    content = write_evidence(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "a.pdf").write_bytes(pdf_bytes())
    with locked(content):
        writers = [
            start(tmp_path, "evidence", "add", "a.pdf", "--criterion", "1.1.1"),
            start(tmp_path, "check", "--fix"),
            start(tmp_path, "schema"),
        ]
        ((status, text),) = outcomes([start(tmp_path, "evidence", "status")])
        assert status == 0, text
        assert all(writer.poll() is None for writer in writers)  # these wait
        for status, text in outcomes(writers):
            assert status == 1
            assert "thư mục content đang được sửa bởi " in text
            assert len(text.splitlines()) == 1
    assert not (content / ".schema").exists()
