"""Nothing unchanged is built again, and what is built is what a clean build makes."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT, TEMPLATES
from support import write_content
from vanban.app.manifest import MANIFEST
from vanban.cli import main

IDS = ("plan", "report-q3")
UNCHANGED = "Không đổi từ lần dựng trước"
UNCHECKED = "Không đổi từ lần soát trước"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    write_content(tmp_path)
    return tmp_path


@pytest.fixture
def whole(folder: Path) -> Path:
    """A folder with all of the content."""
    shutil.rmtree(folder / "content")
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


def build(folder: Path, *more: str, out: str = "build") -> Result:
    arguments = ["build", *IDS, "--engine", "pages", *more]
    places = ["--content", str(folder / "content"), "--out", str(folder / out)]
    result = CliRunner().invoke(main, [*arguments, *places])
    assert result.exit_code in (0, 1), result.output
    return result


ASKED = (
    ("list",),
    ("evidence", "status"),
    ("evidence", "status", "--format", "json"),
    ("check", "plan"),
    ("check", "--format", "json", "--all"),
)
"""Commands that only tell."""


def ask(folder: Path, *arguments: str, out: str = "build") -> Result:
    """Run a command that tells something; what says that nothing changed is left out."""
    places = ["--content", str(folder / "content"), "--out", str(folder / out)]
    return CliRunner().invoke(main, [*arguments, *places])


def told(result: Result) -> tuple[int, list[str]]:
    lines = [line for line in result.output.splitlines() if not line.startswith("Không đổi từ")]
    return result.exit_code, lines


def files(folder: Path, out: str = "build") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / out / "2025").iterdir())}


def stamps(folder: Path) -> dict[str, int]:
    made = sorted((folder / "build" / "2025").iterdir())
    return {path.name: path.stat().st_mtime_ns for path in made}


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_unchanged_build_says_the_same_and_touches_nothing(folder: Path) -> None:
    first, before = build(folder), stamps(folder)
    second = build(folder)
    assert second.output.startswith(UNCHANGED)
    told = [line for line in first.output.splitlines() if not line.startswith("Đang dựng")]
    assert second.output.splitlines()[1:] == told
    assert second.exit_code == first.exit_code
    assert stamps(folder) == before


def test_force_builds_anew(folder: Path) -> None:
    build(folder)
    assert "Đang dựng plan" in build(folder, "--force").output


def test_force_tells_what_was_edited_and_leaves_other_documents_alone(folder: Path) -> None:
    build(folder)
    plan = folder / "build/2025/plan.docx"
    plan.write_bytes(plan.read_bytes() + b"x")
    places = ["--content", str(folder / "content"), "--out", str(folder / "build")]
    one = ["build", "plan", "--engine", "pages", "--force", *places]
    output = CliRunner().invoke(main, one).output
    assert "plan.docx: đã bị sửa sau khi dựng" in output
    assert "Đang dựng" not in build(folder).output


@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_a_command_that_is_asked_again_tells_the_same(
    whole: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(whole, *arguments)
    assert first.exit_code in (0, 1) and first.stdout, first.output
    with monkeypatch.context() as patch:
        patch.setattr("vanban.app.load.read_content", None)  # would be called where it is read
        patch.setattr("vanban.app.check.load_content", None)
        again = ask(whole, *arguments)
    assert told(again) == told(first)
    assert (UNCHECKED in again.output) is (arguments[0] == "check")
    plan = whole / "content/2025/ke-hoach.yaml"
    plan.write_text(plan.read_text(encoding="utf-8") + "# ghi chú\n", encoding="utf-8")
    assert UNCHECKED not in ask(whole, *arguments).output


@pytest.mark.slow
def test_a_check_is_made_again_where_it_is_asked_for_or_a_file_changed(folder: Path) -> None:
    word = folder / "build/2025/plan.docx"
    build(folder)
    ask(folder, "check", str(word))
    assert UNCHECKED in ask(folder, "check", str(word)).output
    assert UNCHECKED not in ask(folder, "check", str(word), "--force").output
    word.write_bytes(word.read_bytes() + b"x")
    assert UNCHECKED not in ask(folder, "check", str(word)).output


def test_what_cannot_be_remembered_is_told_all_the_same(folder: Path) -> None:
    (folder / "taken").write_text("", encoding="utf-8")
    assert told(ask(folder, "list", out="taken")) == told(ask(folder, "list"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--out", "content"),
        ("build", "plan", "--out", "content/2025/x"),
        ("build", "plan", "--out", "templates"),
        ("check", "--out", "to-content", "--content", "content"),
    ],
)
def test_what_is_read_is_no_place_for_results(
    arguments: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "to-content").symlink_to(folder / "content/2025")
    before = sorted(folder.rglob("*"))
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert f"--out {arguments[arguments.index('--out') + 1]}: kết quả sẽ nằm trong" in result.output
    assert sorted(folder.rglob("*")) == before


def test_only_documents_that_read_a_changed_file_are_rendered(folder: Path) -> None:
    build(folder)
    before = stamps(folder)
    report = folder / "content/2025/bao-cao/q3.yaml"
    report.write_text(report.read_text(encoding="utf-8") + "# ghi chú\n", encoding="utf-8")
    assert "Đang dựng" not in build(folder).output
    assert stamps(folder) == before
    plan = folder / "content/2025/ke-hoach.yaml"
    shown = next(
        line
        for line in plan.read_text(encoding="utf-8").splitlines()
        if "  - " in line and ":" not in line
    )
    replace_in(plan, shown, f"{shown} Thêm.")
    output = build(folder).output
    assert "Đang dựng plan" in output
    after = stamps(folder)
    assert after["plan.pdf"] != before["plan.pdf"]


@pytest.mark.parametrize("damage", ["edited", "cut", "gone"])
def test_an_output_that_is_not_as_it_was_is_made_again(folder: Path, damage: str) -> None:
    build(folder)
    good = files(folder)
    path = folder / "build/2025/plan.docx"
    match damage:
        case "edited":
            path.write_bytes(path.read_bytes() + b"x")
        case "cut":
            path.write_bytes(b"")
        case _:
            path.unlink()
    output = build(folder).output
    assert UNCHANGED not in output
    assert ("plan.docx: đã bị sửa sau khi dựng" in output) is (damage != "gone")
    assert files(folder) == good


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"runs": {"a": 1}}',
        '{"renderings": []}',
        "\udc80".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_a_damaged_memory_is_no_memory(folder: Path, text: str) -> None:
    build(folder)
    (folder / "build" / MANIFEST).write_text(text, encoding="latin-1")
    assert "Đang dựng plan" in build(folder).output


def test_what_a_build_is_asked_is_part_of_what_it_remembers(folder: Path) -> None:
    build(folder)
    assert UNCHANGED not in build(folder, "--year", "2025").output
    assert UNCHANGED in build(folder).output
    os.environ["SOURCE_DATE_EPOCH"] = "1735689600"
    try:
        assert UNCHANGED not in build(folder).output
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]


def test_a_changed_template_builds_anew(folder: Path) -> None:
    build(folder)
    replace_in(folder / "templates/plan.md", "# ", "#  ")
    assert UNCHANGED not in build(folder).output


def edits(folder: Path, count: int) -> Iterator[int]:
    """Make ``count`` edits by chance in texts of the content, yielding after each."""
    chance = random.Random(11)
    texts = [
        path
        for path in sorted((folder / "content").rglob("*.yaml"))
        if "noi_dung:" in path.read_text(encoding="utf-8")
    ]
    for number in range(count):
        path = chance.choice(texts)
        lines = path.read_text(encoding="utf-8").splitlines()
        places = [at for at, line in enumerate(lines) if "noi_dung:" in line and line[-1].isalpha()]
        if places:
            lines[chance.choice(places)] += f" thêm {number}, thêm  {number} ."
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield number


@pytest.mark.slow
def test_what_is_told_after_random_edits_is_what_is_told_without_a_memory(whole: Path) -> None:
    for number in edits(whole, 3):
        for arguments in ASKED:
            known = told(ask(whole, *arguments))
            assert known == told(ask(whole, *arguments, out=f"clean{number}"))
            assert known == told(ask(whole, *arguments))


@pytest.mark.slow
def test_builds_after_random_edits_give_the_bytes_of_clean_builds(folder: Path) -> None:
    for _ in edits(folder, 8):
        build(folder)
        shutil.rmtree(folder / "clean", ignore_errors=True)
        build(folder, out="clean")
        assert files(folder) == files(folder, "clean")


@pytest.mark.parametrize(
    ("level", "option"), [(None, "lại: --force)"), ("1", "lại: OPTIONS=--force)")]
)
def test_how_it_is_done_all_the_same_is_told_as_it_is_typed(
    folder: Path, level: str | None, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)
    if level is not None:
        monkeypatch.setenv("MAKELEVEL", level)
    for arguments in (("build", "plan", "--engine", "pages"), ("check", "plan")):
        ask(folder, *arguments)
        assert option in ask(folder, *arguments).output
