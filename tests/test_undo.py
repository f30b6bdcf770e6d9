"""``vanban undo``: the last change goes back whole, in a new process too, or nothing is touched."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidences import pdf_bytes, picture_bytes, write_evidence
from support import vanban
from vanban.io.journal import record_files

CONTENT = Path("content")
REGISTER = CONTENT / "2025" / "minh-chung.yaml"
AREA = CONTENT / "2025" / "linh-vuc" / "03-thu-tuc.yaml"
Shown = tuple[int, str, str]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_evidence(tmp_path)
    (tmp_path / "templates").symlink_to(Path(__file__).parents[1] / "templates")
    text = AREA.read_text("utf-8")
    AREA.write_text(text.replace("Từ 60%", "Uỷ ban từ  60%"), "utf-8")
    return tmp_path


def after_restart(*arguments: str) -> Shown:
    """Run in a process of its own."""
    command = [sys.executable, "-m", "vanban.cli", *arguments]
    run = subprocess.run(command, capture_output=True, timeout=120)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def add(name: str = "a.pdf", data: bytes = b"") -> Shown:
    Path(name).write_bytes(data or pdf_bytes())
    return vanban("evidence", "add", name, "--criterion", "1.1.1")


def snapshot() -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in CONTENT.rglob("*")}


def test_an_added_file_is_taken_back(project: Path) -> None:
    before = snapshot()
    status, out, _ = add()
    assert status == 0
    assert re.search(r"^Muốn lấy lại thay đổi này: .* undo$", out, re.MULTILINE)
    status, out, err = after_restart("undo")
    assert (status, err) == (0, "")
    assert out.startswith("Đã lấy lại thay đổi 1 (")
    assert "evidence add a.pdf --criterion 1.1.1" in out
    assert "  trả về như trước content/2025/minh-chung.yaml\n" in out
    assert "  bỏ content/2025/minh-chung/1.1.1-01_a.pdf\n" in out
    assert out.endswith("Không còn thay đổi nào trước đó.\n")
    assert snapshot() == before


def test_the_first_file_of_a_year_leaves_neither_register_nor_folder(project: Path) -> None:
    REGISTER.unlink()
    for path in (CONTENT / "2025" / "minh-chung").glob("*"):
        path.unlink()
    (CONTENT / "2025" / "minh-chung").rmdir()
    before = snapshot()
    assert add()[0] == 0
    assert vanban("undo")[0] == 0
    assert snapshot() == before


def test_a_file_that_lay_in_the_folder_gets_its_old_name_back(project: Path) -> None:
    before_adding = CONTENT / "2025" / "minh-chung" / "Bản quét.png"
    before_adding.write_bytes(picture_bytes("PNG"))
    before = snapshot()
    status, out, _ = vanban("evidence", "add", str(before_adding), "--criterion", "1.1.1")
    assert status == 0 and "đổi tên từ Bản quét.png" in out
    assert not before_adding.exists()
    assert vanban("undo")[0] == 0
    assert snapshot() == before


def test_what_check_mended_is_taken_back(project: Path) -> None:
    before = snapshot()
    _, out, _ = vanban("check", "--fix")
    assert re.search(r"^đã sửa 1 tệp\nMuốn lấy lại thay đổi này: .* undo$", out, re.MULTILINE)
    assert "Ủy ban từ 60%" in AREA.read_text("utf-8")
    assert len(record_files(CONTENT)) == 1
    status, out, _ = vanban("undo")
    assert status == 0 and "check --fix" in out
    assert snapshot() == before


@pytest.mark.parametrize("arguments", [("check", "--diff"), ("check", "plan")])
def test_what_only_shows_is_no_change(project: Path, arguments: tuple[str, ...]) -> None:
    _, out, _ = vanban(*arguments)
    assert "undo" not in out
    assert record_files(CONTENT) == ()


def test_changes_go_back_one_by_one_and_each_names_the_next(project: Path) -> None:
    first = snapshot()
    add()
    after_adding = {name: data for name, data in snapshot().items() if ".vanban" not in name}
    vanban("check", "--fix")
    status, out, _ = vanban("undo", "--list")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "Mới nhất ở trên:"
    assert [line.split(" (")[0] for line in lines[1:] if line[0] != " "] == ["2", "1"]
    assert "  sửa content/2025/linh-vuc/03-thu-tuc.yaml" in lines
    assert "  thêm content/2025/minh-chung/1.1.1-01_a.pdf" in lines
    _, out, _ = vanban("undo")
    assert "Trước đó là 1 (" in out and "evidence add a.pdf" in out
    assert {
        name: data for name, data in snapshot().items() if ".vanban" not in name
    } == after_adding
    assert vanban("undo")[0] == 0
    assert snapshot() == first


def test_nothing_to_take_back_is_told(project: Path) -> None:
    status, out, err = vanban("undo")
    assert (status, out) == (1, "")
    assert err.startswith("Lỗi: không có thay đổi nào để lấy lại trong content — ")
    assert err.count("\n") == 1
    assert vanban("undo", "--list") == (0, "Chưa có thay đổi nào lấy lại được.\n", "")
    status, _, err = vanban("undo", "--content", "khong-co")
    assert status == 1 and err.startswith("Lỗi: ") and err.count("\n") == 1


def append(path: Path, data: bytes) -> None:
    path.write_bytes(path.read_bytes() + data)


FILE = CONTENT / "2025" / "minh-chung" / "1.1.1-01_a.pdf"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            lambda: append(REGISTER, b"# ghi th\xc3\xaam\n"),
            ["content/2025/minh-chung.yaml: đã bị sửa", "  +# ghi thêm"],
        ),
        (
            lambda: REGISTER.write_text(
                REGISTER.read_text("utf-8").replace("trich_yeu: a", "trich_yeu: b"), "utf-8"
            ),
            ["\n  dòng 9:\n  -    trich_yeu: a\n  +    trich_yeu: b\n"],
        ),
        (
            lambda: REGISTER.write_bytes(REGISTER.read_bytes().replace(b"\n", b"\r\n")),
            ["khác nhau ở dấu xuống dòng"],
        ),
        (lambda: REGISTER.write_bytes(b"x\n" * 500), [" dòng nữa"]),
        (FILE.unlink, [f"{FILE}: đã bị xóa"]),
        (lambda: append(FILE, b"x"), [f"{FILE}: đã bị thay"]),
        (REGISTER.unlink, ["content/2025/minh-chung.yaml: đã bị xóa"]),
    ],
)
def test_what_was_changed_since_is_shown_and_left(
    project: Path, spoil: Callable[[], object], words: list[str]
) -> None:
    add()
    spoil()
    before = snapshot()
    status, out, err = vanban("undo")
    assert (status, out) == (1, "")
    assert err.startswith("Lỗi: không lấy lại thay đổi 1 (evidence add a.pdf --criterion 1.1.1): ")
    assert all(each in err for each in words), err
    assert len(err.splitlines()) < 30
    assert snapshot() == before


def test_what_became_a_folder_is_told(project: Path) -> None:
    add()
    FILE.unlink()
    FILE.mkdir()
    status, _, err = vanban("undo")
    assert status == 1 and err.startswith(f"Lỗi: không đọc được {FILE}: ")
    assert "Traceback" not in err


def test_a_damaged_record_is_told_and_stops_only_its_own_change(project: Path) -> None:
    first = snapshot()
    add()
    vanban("check", "--fix")
    path = record_files(CONTENT)[-1]
    path.write_bytes(b'{"time":\n 3')
    before = snapshot()
    status, out, err = vanban("undo")
    assert (status, out) == (1, "")
    assert err.splitlines()[0].startswith(f"{path}:2:3: bản ghi thay đổi này bị hỏng")
    assert snapshot() == before
    assert f"{path}:2:3: " in vanban("undo", "--list")[1]
    path.unlink()  # as the message says
    vanban("undo")
    AREA.write_bytes(first[str(AREA)])
    assert snapshot() == first


def test_another_content_folder_has_its_own_journal(project: Path) -> None:
    CONTENT.rename("noi dung")
    before = Path("noi dung/2025/minh-chung.yaml").read_bytes()
    Path("a.pdf").write_bytes(pdf_bytes())
    where = ("--content", "noi dung")
    _, out, err = vanban("evidence", "add", "a.pdf", "--criterion", "1.1.1", *where)
    assert out.endswith('undo --content "noi dung"\n'), err
    assert vanban("undo", *where)[0] == 0
    assert Path("noi dung/2025/minh-chung.yaml").read_bytes() == before
