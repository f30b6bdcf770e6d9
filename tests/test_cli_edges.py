"""Where the machine refuses: odd names, screens and folders end in one line, never a traceback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidences import pdf_bytes, write_evidence
from support import changed, write_content
from vanban.cli import main
from vanban.cli.screen import painted, say, say_painted, visible

COMMAND = [sys.executable, "-m", "vanban.cli"]


def vanban(
    *arguments: str | bytes,
    cwd: Path,
    stdout: int = subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run in a process of its own; return its status and what it wrote to the standard error."""
    run = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=120,
    )
    return run.returncode, run.stderr.decode()


# --- Ctrl+C at any moment ---------------------------------------------------------------------

STOPPED_AT = """
import os, signal, sys
module = sys.argv.pop()

class Finder:
    def find_spec(self, name, path, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
from vanban.start import main
sys.argv.append("list")
main()
"""


@pytest.mark.parametrize(
    ("module", "ignored", "status", "said"),
    [
        ("vanban.cli", False, -signal.SIGINT, ""),
        ("vanban.cli.screen", False, -signal.SIGINT, ""),
        ("vanban.app.load", False, 1, "Đã dừng.\n"),
        ("vanban.cli.screen", True, 1, "không có thư mục nội dung này"),
    ],
)
def test_ctrl_c_while_modules_are_loaded_ends_quietly(
    module: str, ignored: bool, status: int, said: str, tmp_path: Path
) -> None:
    answer = signal.SIG_IGN if ignored else signal.SIG_DFL
    run = subprocess.run(
        [sys.executable, "-c", STOPPED_AT, module],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, answer),
        timeout=60,
    )
    assert run.returncode == status
    assert "Traceback" not in run.stderr
    assert said in run.stderr if said else not run.stderr


def _named() -> None:
    """Raise what Python makes of Ctrl+C where a class is made."""

    class Name:
        def __set_name__(self, owner: object, name: str) -> None:
            raise KeyboardInterrupt

    type("Owner", (), {"name": Name()})


def _built() -> None:
    """Raise what the library of models makes of it."""
    raise ValueError("Error building model:\n  KeyboardInterrupt: ")


def _wrong() -> None:
    raise ValueError("wrong")


@pytest.mark.parametrize(("work", "told"), [(_named, True), (_built, True), (_wrong, False)])
def test_ctrl_c_that_a_library_made_another_error_of_is_a_stop(
    work: Callable[[], None], told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vanban.app.catalogue.kinds_in", lambda *_: work())
    content = str(write_content(tmp_path))
    result = CliRunner().invoke(main, ["list", "--content", content])
    assert ("Đã dừng." in result.output) is told
    assert isinstance(result.exception, SystemExit if told else ValueError)


# --- what is printed stays on its line --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kế hoạch “2025”.docx", "Kế hoạch “2025”.docx"),
        ("a\nLỗi: b", r"a\nLỗi: b"),
        ("a\r\tb", r"a\r\tb"),
        ("\x1b[31mđỏ\x1b[0m", r"\x1b[31mđỏ\x1b[0m"),
        ("a\u202efdp.exe", r"a\u202efdp.exe"),
        ("a\u2066b\u2069", r"a\u2066b\u2069"),
        ("a\u2028b\x85c\x7f", r"a\u2028b\x85c\x7f"),
        ("a\udcffb", r"a\udcffb"),
    ],
)
def test_what_would_not_show_is_written_out(
    text: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert visible(text) == shown
    say(text)
    assert capsys.readouterr().out == f"{shown}\n"
    say_painted(f"{text} {painted(text, 'red')} {text}")
    assert capsys.readouterr().out == f"{shown} {shown} {shown}\n"


def test_every_command_prints_by_the_one_way() -> None:
    folder = Path(__file__).parent.parent / "src" / "vanban"
    for path in folder.rglob("*.py"):
        if path.name not in ("screen.py", "help.py"):
            direct = re.findall(r"click\.s?echo\(|[^_.]print\(", path.read_text("utf-8"))
            # One is of what cannot be printed at all.
            assert len(direct) == (path.relative_to(folder) == Path("cli/base.py")), path


NAMES = ("a\nb", "\x1b[31ma", "a\u202eb", "a\tb", b"a\xffb")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "command",
    [
        ("evidence", "add", "{}.pdf", "--criterion", "1.1.1"),
        ("evidence", "add", "{}.txt", "--criterion", "1.1.1"),
        ("check", "{}.docx"),
        ("list", "--content", "{}"),
        ("list", "--year", "{}"),
        ("{}",),
        ("build", "{}"),
        ("rules", "--catalogue", "there/{}"),
    ],
)
def test_no_name_breaks_or_paints_a_line(
    tmp_path: Path,
    command: tuple[str, ...],
    name: str | bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = name if isinstance(name, bytes) else name.encode()
    write_evidence(tmp_path)
    (tmp_path / "there").write_bytes(b"")
    (tmp_path / os.fsdecode(raw + b".txt")).write_bytes(b"chu")
    arguments = [each.encode().replace(b"{}", raw) for each in command]
    # What is no text comes from the system only; one command takes the others from there, too.
    if isinstance(name, bytes) or command[0] == "check":
        run = subprocess.run([*COMMAND, *arguments], cwd=tmp_path, capture_output=True, timeout=120)
        status, shown = run.returncode, (run.stdout + run.stderr).decode()
    else:
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(main, [each.decode() for each in arguments])
        status, shown = result.exit_code, result.output_bytes.decode()
    assert status in (1, 2, 3), shown
    lines = shown.splitlines()
    assert shown.count("\n") == len(lines)  # no other end of a line either
    assert len(lines) <= 7 and "Traceback" not in shown  # a check opens with its verdict
    assert all(line == visible(line) for line in lines)
    assert any("\\" in line for line in lines) or "--year" in command, shown


def test_a_name_in_the_folder_of_evidence_stays_on_its_line(tmp_path: Path) -> None:
    content = write_evidence(tmp_path)
    (content / "2025" / "minh-chung" / "\x1b[31mla\nLỗi: b.pdf").write_bytes(pdf_bytes())
    result = CliRunner().invoke(main, ["evidence", "status", "--content", str(content)])
    assert result.exit_code == 0, result.output
    assert r"  - \x1b[31mla Lỗi: b.pdf" in result.output.splitlines()


# --- the screen -------------------------------------------------------------------------------


def test_a_screen_without_vietnamese_is_told_before_anything_is_done(tmp_path: Path) -> None:
    content = write_evidence(tmp_path)
    (tmp_path / "a.pdf").write_bytes(pdf_bytes())
    before = (content / "2025" / "minh-chung.yaml").read_bytes()
    status, err = vanban(
        *("evidence", "add", "a.pdf", "--criterion", "1.1.1"),
        cwd=tmp_path,
        environment={"PYTHONIOENCODING": "ascii"},
    )
    assert status == 1
    assert err.startswith("Loi: noi nhan ket qua dung bang ma ascii") and err.isascii()
    assert err.count("\n") == 1
    assert (content / "2025" / "minh-chung.yaml").read_bytes() == before


def test_a_reader_that_went_away_is_told_in_one_line(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    status, err = vanban("rules", cwd=tmp_path, stdout=writing)
    os.close(writing)
    assert (status, err) == (1, "Lỗi: không in hết được kết quả: nơi nhận đã đóng\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_the_output_is_told_in_one_line(unbuffered: str, tmp_path: Path) -> None:
    buffering = {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        status, err = vanban("rules", cwd=tmp_path, stdout=full.fileno(), environment=buffering)
    assert (status, err) == (1, "Lỗi: không in hết được kết quả: đĩa đã đầy\n")


def test_an_output_that_was_closed_is_told_in_one_line(tmp_path: Path) -> None:
    run = subprocess.run(
        ["sh", "-c", 'exec "$0" -m vanban.cli rules >&-', sys.executable],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, "Lỗi: không in được kết quả: đầu ra đã đóng\n")


@pytest.mark.parametrize(
    ("words", "closed", "status"),
    [("status q3 .", "2>&-", 0), ("new ward moi --content an-sinh/content", "<&-", 2)],
)
def test_what_is_closed_and_not_for_results_is_not_missed(
    words: str, closed: str, status: int, tmp_path: Path
) -> None:
    (tmp_path / "an-sinh").mkdir()
    write_content(tmp_path / "an-sinh")
    run = subprocess.run(
        ["sh", "-c", f'exec "$0" -m vanban.cli {words} {closed}', sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == status, run.stderr


# --- folders ----------------------------------------------------------------------------------


def test_a_working_folder_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    run = subprocess.run(
        ["sh", "-c", 'cd gone && rmdir ../gone && exec "$0" -m vanban.cli list', sys.executable],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent / "src")},
    )
    assert run.returncode == 1
    assert run.stderr.decode().startswith("Lỗi: thư mục đang đứng đã bị xóa")
    assert run.stderr.count(b"\n") == 1


def _folder(path: Path) -> None:
    path.mkdir()


def _file(path: Path) -> None:
    path.write_bytes(b"")


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


OUTPUTS = (
    ("check", "--html", "{}"),
    ("rules", "--catalogue", "{}"),
    ("schema", "--glossary", "{}"),
)


@pytest.mark.parametrize("command", OUTPUTS)
@pytest.mark.parametrize(
    ("make", "path"),
    [
        (_folder, "x"),
        (_file, "x/y.html"),
        (_circle, "x"),
        (_circle, "x/y.html"),
        (None, "/proc/khong/co.html"),
        (None, "/dev/null"),
        (None, "x" * 256),
    ],
)
def test_what_cannot_be_written_is_told_by_its_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    make: object,
    path: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write_evidence(tmp_path)
    (tmp_path / "templates").symlink_to(Path(__file__).parent.parent / "templates")
    if callable(make):
        make(Path("x"))
    arguments = [each.replace("{}", path) for each in command]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 1
    *_, line = result.stderr.splitlines()
    assert line.startswith(f"Lỗi: không ghi được {path}: ")
    assert not (tmp_path / "content" / ".schema").exists()
    assert not list(tmp_path.rglob(".vanban*"))


# --- rights -----------------------------------------------------------------------------------

PLAIN_USER = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""What takes from the administrator the right to read and write everything."""


@pytest.fixture
def limited() -> list[str]:
    """Return a command whose rights are those that the modes of files give."""
    if os.geteuid():
        return COMMAND
    if subprocess.run([*PLAIN_USER, "true"], capture_output=True).returncode:
        pytest.skip("this administrator cannot give up rights")
    return [*PLAIN_USER, *COMMAND]


@pytest.mark.parametrize(
    ("command", "path", "mode"),
    [
        (("list",), "content", 0o000),
        (("list",), "content/2025", 0o000),
        (("build", "plan"), "content/2025/linh-vuc", 0o000),
        (("build", "plan"), "content/2025/ke-hoach.yaml", 0o000),
        (("build", "plan"), "content/co-quan.yaml", 0o000),
        (("build", "plan"), "templates", 0o000),
        (("evidence", "add", "a.pdf", "--criterion", "1.1.1"), "a.pdf", 0o000),
        (("evidence", "add", "a.pdf", "--criterion", "1.1.1"), "content", 0o555),
        (("evidence", "add", "a.pdf", "--criterion", "1.1.1"), "content/2025", 0o555),
        (("evidence", "add", "a.pdf", "--criterion", "1.1.1"), "content/2025/minh-chung", 0o000),
        (("schema",), "content", 0o555),
        (("check", "--fix"), "content", 0o555),
        (("rules", "--catalogue", "content/rules.md"), "content", 0o555),
    ],
)
def test_what_is_not_allowed_is_told_by_its_name(
    tmp_path: Path, limited: list[str], command: tuple[str, ...], path: str, mode: int
) -> None:
    content = write_evidence(tmp_path)
    shutil.copytree(Path(__file__).parent.parent / "templates", tmp_path / "templates")
    (tmp_path / "a.pdf").write_bytes(pdf_bytes())
    register = (content / "2025" / "minh-chung.yaml").read_bytes()
    usual = (tmp_path / path).stat().st_mode
    (tmp_path / path).chmod(mode)
    try:
        run = subprocess.run([*limited, *command], cwd=tmp_path, capture_output=True, text=True)
    finally:
        (tmp_path / path).chmod(usual)
    assert run.returncode == 1, run.stderr
    assert "Traceback" not in run.stderr
    line = run.stderr.splitlines()[0]
    assert path in line and "không có quyền" in line
    assert (content / "2025" / "minh-chung.yaml").read_bytes() == register
    assert not list(tmp_path.rglob(".vanban*")) and not (content / ".lock").exists()


def test_a_ward_that_nobody_may_read_stops_no_other(tmp_path: Path, limited: list[str]) -> None:
    for name in "abcd":
        (tmp_path / name).mkdir()
        write_content(
            tmp_path / name, changed("co-quan.yaml", "dia_danh: Phường", f"dia_danh: {name}")
        )
    closed = [tmp_path / path for path in ("b", "c/content", "d/content/co-quan.yaml")]
    for path in closed:
        path.chmod(0)
    (tmp_path / "tep").mkdir()
    try:
        command = [*limited, "status", "q3", "."]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    finally:
        for path in closed:
            path.chmod(0o755)
    assert run.returncode == 1
    assert "1 đơn vị" in run.stdout
    for place in ("b", "c", "d/content/co-quan.yaml"):
        assert f"{place}: không có quyền — " in run.stderr
    assert "lưu ý: tep: không có content" in run.stderr


@pytest.mark.parametrize("command", [("list",), ("evidence", "status"), ("build", "plan")])
def test_content_that_may_only_be_read_is_read(
    tmp_path: Path, limited: list[str], command: tuple[str, ...]
) -> None:
    content = write_evidence(tmp_path)
    shutil.copytree(Path(__file__).parent.parent / "templates", tmp_path / "templates")
    folders = [content, content / "2025", content / "2025" / "minh-chung"]
    for folder in folders:
        folder.chmod(0o555)
    try:
        run = subprocess.run([*limited, *command], cwd=tmp_path, capture_output=True, text=True)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert run.returncode == 0, run.stderr


# --- killed in the middle ---------------------------------------------------------------------


@pytest.mark.slow
def test_builds_killed_at_any_moment_leave_whole_files_and_nothing_else(tmp_path: Path) -> None:
    """The next build removes what the killed ones left, here and in the temporary folder."""
    write_evidence(tmp_path)
    shutil.copytree(Path(__file__).parent.parent / "templates", tmp_path / "templates")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [*COMMAND, "build", "plan"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    built = tmp_path / "build" / "2025"
    whole = {path.name: path.read_bytes() for path in built.iterdir()}
    assert set(whole) == {"plan.docx", "plan.json", "plan.pdf"}
    for tenths in range(2, 40, 9):
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(tenths / 10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert {path.name: path.read_bytes() for path in built.glob("[!.]*")} == whole
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert {path.name: path.read_bytes() for path in built.iterdir()} == whole
    assert not any(temporary.glob("vanban-*"))
