"""Tests of vanban.io.text: what Notepad and others save is read alike, or refused at a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.io.text import NotText, read_text

TEXT = "---\nloai: Kế hoạch\n---\nMột đoạn.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_every_way_to_save_reads_the_same(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert read_text(path) == TEXT


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"m\xe9\n", 1, 2),
        ("Một\nhai ".encode() + b"\xff", 2, 5),
        (b"\xff\xfea\x00\n\x00b", 2, 1),
        (TEXT.encode("utf-16-le"), 2, 16),
    ],
)
def test_other_bytes_are_refused_at_their_place(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(NotText) as raised:
        read_text(path)
    assert (raised.value.line, raised.value.column) == (line, column)
