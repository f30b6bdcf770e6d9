"""Reading what a user names: no pipe is waited for, no device read without end."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from vanban.io.read import read_file
from vanban.io.reasons import reason_of


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize(
    ("make", "number", "words"),
    [
        (lambda path: None, errno.ENOENT, "không có tệp hay thư mục này"),
        (Path.mkdir, errno.EISDIR, "đây là một thư mục"),
        (os.mkfifo, errno.ENXIO, "thiết bị hoặc ống dẫn"),
        (_socket, errno.ENXIO, "thiết bị hoặc ống dẫn"),
        (lambda path: path.symlink_to("/dev/zero"), errno.ENXIO, "thiết bị hoặc ống dẫn"),
        (_circle, errno.ELOOP, "liên kết đi vòng"),
        (lambda path: path.write_bytes(b"x" * 11), errno.EFBIG, "tệp quá lớn"),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, make: Callable[[Path], None], number: int, words: str
) -> None:
    path = tmp_path / "x"
    make(path)
    with pytest.raises(OSError) as raised:
        read_file(path, 10)
    assert raised.value.errno == number
    assert Path(raised.value.filename) == path
    assert words in reason_of(raised.value)


def test_a_file_is_read_whole_up_to_its_limit_and_through_links(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x" * 10)
    (tmp_path / "y").symlink_to("x")
    assert read_file(tmp_path / "y", 10) == b"x" * 10
