"""Bad input to every command over many wards: told at its place, and the others are done.

One row a mistake, one column a command; ``batch`` has its own table in tests/test_batch.py.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from appraisals import CITY, write_city, write_ward
from vanban.cli import main


def _written(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _agency(change: Callable[[Path], None]) -> Callable[[Path], None]:
    return lambda content: change(content / "co-quan.yaml")


def _add(line: str) -> Callable[[Path], None]:
    return _agency(lambda path: _written(path, "ten_ngan:", f"{line}\nten_ngan:"))


def _in_utf16(path: Path) -> None:
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))


def _half(path: Path) -> None:
    _written(path, "[ỦY", "[[ỦY")


def _bytes(path: Path) -> None:
    path.write_bytes(b"\0\xff" * 99)


def _without_year(content: Path) -> None:
    shutil.rmtree(content / "2025")


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _endless(content: Path) -> None:
    shutil.rmtree(content / "2025")
    (content / "2025").symlink_to("2025")


def _twice(content: Path) -> None:
    shutil.copy(Path("wards/a/content/co-quan.yaml"), content / "co-quan.yaml")


MISTAKES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "khong-co-quan": (_agency(Path.unlink), "co-quan.yaml: ", "chưa có tệp này"),
    "hai-lan": (_twice, "co-quan.yaml: ", "giống hệt tệp của wards/a/content"),
    "phien-ban-moi": (_add("phien_ban_noi_dung: 99"), "co-quan.yaml:2:21: ", "phiên bản 99"),
    "mat-bo-chung": (_add("dung_chung: ../khong-co"), "co-quan.yaml:2:13: ", "khong-co"),
    "dang-do": (_agency(_half), "co-quan.yaml:3:16: ", "chưa được đóng đúng"),
    "utf-16": (_agency(_in_utf16), "co-quan.yaml:1:1: ", "tệp không ở bảng mã UTF-8"),
    "byte": (_agency(_bytes), "co-quan.yaml:1:2: ", "tệp không ở bảng mã UTF-8"),
    "thu-muc": (_agency(_folder_instead), "co-quan.yaml: ", "chưa có tệp này"),
    "vong": (_endless, "", "năm"),
    "khong-nam": (_without_year, "", "năm"),
}
"""What is done to the content of a ward, where in it that is told, and in which words."""
COMMANDS = {
    "gather": (("gather", "--period", "q3", "--content", str(CITY)), r"2/\d+ đơn vị có số liệu"),
    "appraise": (("appraise", "--content", str(CITY)), r"Tính được điểm của 2/\d+ đơn vị"),
    "due": (("due", "--today", "10/9/2025"), r"đọc được 2/\d+ đơn vị"),
    "status": (("status", "q3"), r"đọc được 2/\d+ đơn vị"),
}
"""The words of each command before the folders, and how it says that the good wards are done."""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Return what runs a command over two good wards and what is given beside them."""
    monkeypatch.chdir(tmp_path)
    write_city()
    for name in ("a", "b"):
        write_ward(name)

    def run(command: str, *folders: str) -> tuple[int, str]:
        words = [*COMMANDS[command][0], "wards", *folders]
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        return result.exit_code, " ".join(result.output.split())

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_each_mistake_is_told_and_the_other_wards_are_done(
    command: str, told: Callable[..., tuple[int, str]]
) -> None:
    for name, (spoil, _, _) in MISTAKES.items():
        spoil(write_ward(name))
    status, output = told(command)
    assert status == 1
    assert re.search(COMMANDS[command][1], output), output
    for name, (_, place, words) in MISTAKES.items():
        at = re.escape(f"wards/{name}/content{'/' if place else ''}{place}")
        assert re.search(rf"{at}[^—]*{re.escape(words)}", output), (name, output)


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("folders", "words"),
    [
        (("wards/khong-co",), "wards/khong-co: không có thư mục này"),
        (("wards/a",), "wards/a/content: đã tính ở"),
        (("wards/a/content/co-quan.yaml",), "wards/a/content/co-quan.yaml: "),
    ],
)
def test_folders_that_are_no_wards(
    command: str, folders: tuple[str, ...], words: str, told: Callable[..., tuple[int, str]]
) -> None:
    status, output = told(command, *folders)
    assert (status, words in output) == (1, True), output


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_lost_its_content_is_noted(
    command: str, told: Callable[..., tuple[int, str]]
) -> None:
    status, before = told(command)
    Path("wards/mat/build").mkdir(parents=True)
    note = "lưu ý: wards/mat: không có content hay co-quan.yaml nên không tính"
    assert note not in before
    again, output = told(command)
    assert (again, note in output) == (status, True), output


@pytest.mark.long
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_to_read(command: str, told: Callable[..., tuple[int, str]]) -> None:
    shutil.rmtree("wards")
    Path("wards").mkdir()
    status, output = told(command)
    assert status != 0
    assert "wards" in output


@pytest.mark.long
@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare")
@pytest.mark.parametrize(
    ("command", "given", "file"),
    [
        ("gather", ("--out", "full"), "full/2025/tong-hop-q3.xlsx"),
        ("appraise", ("--out", "full"), "full/2025/tham-dinh.xlsx"),
        ("due", ("--ics", "full/han.ics"), "full/han.ics"),
    ],
)
def test_a_full_disk(
    command: str, given: tuple[str, ...], file: str, told: Callable[..., tuple[int, str]]
) -> None:
    """A file system without room, mounted in a name space of its own; nothing half is left."""
    Path("full").mkdir()
    vanban = Path(sys.executable).with_name("vanban")
    words = shlex.join([str(vanban), *COMMANDS[command][0], "wards", *given])
    mount = "mount -t tmpfs -o size=8k tmpfs full || exit 77; head -c 9000 /dev/zero >full/.full"
    script = f"{mount}; {words}; status=$?; find full -type f -not -name .full; exit $status"
    ran = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True)
    if ran.returncode == 77 or "unshare" in ran.stderr:
        pytest.skip("no file system may be mounted here")
    assert ran.returncode == 1
    assert f"không ghi được {file}: đĩa đã đầy" in ran.stderr
    assert not re.search(r"^full/", ran.stdout, re.MULTILINE)
