"""What the command line says by itself: Vietnamese only, and commands that work where it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from test_cli import run
from vanban.cli import main
from vanban.cli.help import Command
from vanban.invocation import command_here


def library_words() -> frozenset[str]:
    """Return the words of every sentence that the command line's library can say."""
    found: set[str] = set()
    for source in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                found.update(*(re.findall(r"[A-Za-z]{4,}", str(text).lower()) for text in texts))
    return frozenset(found) | {"required", "options", "args", "text", "integer"}


SAID = library_words() - {"content", "file", "version", "help"}
"""Without the words that our options and files are named by."""

NAMES = re.compile(r"--[a-z-]+|text: |json|\btext(?=[,;\]])|[\w/.-]+\.[a-z]+|\w+/")
"""Options, values and files, which keep their English names."""


def english(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", NAMES.sub(" ", text).lower())) & SAID


def commands(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


EVERY = list(commands(main))


@pytest.mark.parametrize(("path", "command"), EVERY, ids=lambda value: str(value))
def test_help_of_every_command_is_vietnamese(path: tuple[str, ...], command: Command) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Cách dùng: ")
    assert "Xem hướng dẫn này." in result.stdout
    assert english(result.stdout) == set()
    assert command.get_short_help_str()


@pytest.mark.parametrize("path", [(), ("evidence",)])
def test_a_group_alone_prints_its_help(path: tuple[str, ...]) -> None:
    result = run(*path)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == run(*path, "--help").stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("evidence add", "thiếu TỆP"),
        ("evidence add a.pdf", "thiếu --criterion"),
        ("evidence add a.pdf b.pdf --criterion 1.1.1", "thừa “b.pdf”"),
        ("evidence stat", "không có lệnh “stat” — có phải “status”?"),
        ("list nay mai", "thừa “nay mai”"),
        ("buil", "có phải “build”?"),
        ("xyz", "không có lệnh “xyz”"),
        ("build --fina", "không có tùy chọn “--fina” — có phải “--final”?"),
        ("-x", "không có tùy chọn “-x”"),
        ("build --year", "“--year” thiếu giá trị"),
        ("build --year nay", "--year không hợp lệ — phải là một số"),
        ("build --final=yes", "“--final” không nhận giá trị"),
        ("check --format xml", "chọn một trong: text, json, sarif"),
        ("evidence status --format=", "chọn một trong: text, json"),
    ],
)
def test_mistakes_of_usage_are_told_in_vietnamese(line: str, words: str) -> None:
    result = run(*line.split())
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.startswith("Lỗi: ")
    assert english(result.stderr.replace("“--final”", "")) == set()


def test_the_test_knows_english() -> None:
    assert english("[required]") and english("Usage: vanban") and english("Show this message.")


MAKEFILE = "check: .venv\n\t@vanban check $(ID)\ndocument:\n\t@vanban build $(ID)\n"


@pytest.mark.parametrize(
    ("makefile", "program", "called", "given", "shown"),
    [
        (MAKEFILE, True, "x", {}, "make check ID=plan"),
        (MAKEFILE, True, "x", {"year": 2025}, "make check ID=plan YEAR=2025"),
        (MAKEFILE, True, "x", {"content": Path("a")}, ".venv/bin/vanban check plan --content a"),
        (
            MAKEFILE,
            True,
            "x",
            {"content": Path("a b")},
            '.venv/bin/vanban check plan --content "a b"',
        ),
        (
            MAKEFILE,
            True,
            "x",
            {"options": "--all --fix"},
            'make check ID=plan OPTIONS="--all --fix"',
        ),
        ("check:\n\tvanban check\n", True, "x", {}, ".venv/bin/vanban check plan"),
        ("clean:\n", True, "x", {"year": 2025}, ".venv/bin/vanban check plan --year 2025"),
        (None, True, "x", {}, ".venv/bin/vanban check plan"),
        (None, False, "/opt/x/bin/vanban", {}, "/opt/x/bin/vanban check plan"),
        (None, False, "/a/vanban/cli/__main__.py", {}, "-m vanban.cli check plan"),
    ],
)
def test_the_command_shown_is_one_that_works_here(
    makefile: str | None,
    program: bool,
    called: str,
    given: dict[str, object],
    shown: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [called])
    monkeypatch.setenv("PATH", "/nowhere")
    if makefile is not None:
        Path("Makefile").write_text(makefile)
    if program:
        Path(".venv/bin").mkdir(parents=True)
        Path(".venv/bin/vanban").touch()
    assert command_here("check", "plan", **given).endswith(shown)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (Path("content"), "make desk"),
        (Path("../loc-an/content"), 'make desk OPTIONS="--content ../loc-an/content"'),
        (Path("../lộc an/content"), '.venv/bin/vanban desk --content "../lộc an/content"'),
    ],
)
def test_the_desk_of_a_ward_is_opened_by_make_which_installs_it(
    content: Path, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Makefile").write_text("desk:\n\tvanban desk $(OPTIONS)\n")
    Path(".venv/bin").mkdir(parents=True)
    Path(".venv/bin/vanban").touch()
    assert command_here("desk", content=content) == shown
