"""Several years: which one a command takes, and where it stops instead of taking an old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidences import write_evidence
from support import CONTENT, write_content
from test_cli import make_project, run
from vanban.errors import UsageError
from vanban.workspace.folder import chosen_year, is_in_use, year_with

REPORT = "2025/bao-cao/q3.yaml"


@pytest.mark.parametrize(
    ("names", "in_use"),
    [
        ([], False),
        (["minh-chung/1.1.1-01.pdf"], False),
        (["README.md", "desktop.ini", "ghi-chu.docx"], False),
        (["bao-cao/Thumbs.db", "linh-vuc/.DS_Store"], False),
        (["bao-cao/q1.yaml"], True),
        (["linh-vuc/01.yaml"], True),
        (["minh-chung.yaml"], True),
        (["tieu-chi.yaml"], True),
    ],
)
def test_a_year_is_in_use_once_it_has_content(
    tmp_path: Path, names: list[str], in_use: bool
) -> None:
    content = write_content(tmp_path)
    (content / "2026").mkdir()
    for name in names:
        path = content / "2026" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("a: b\n")
    assert is_in_use(content, 2026) is in_use
    assert chosen_year(content, None) == (2026 if in_use else 2025)


def test_the_old_year_is_never_taken_by_mistake(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"2026/bao-cao/q1.yaml": CONTENT[REPORT]})

    def take(*needs: str, year: int | None = None) -> int:
        def paths(each: int) -> list[Path]:
            return [content / str(each) / name for name in needs]

        return year_with(content, year, paths, "make x YEAR={year}".format)

    assert take("bao-cao/q1.yaml") == 2026
    assert take("bao-cao/q3.yaml", year=2025) == 2025
    assert take("tieu-chi.yaml") == 2026  # no year has it: told by the command itself
    with pytest.raises(UsageError) as raised:
        take("bao-cao/q3.yaml")
    for words in ("2026/bao-cao/q3.yaml", "make x YEAR=2025", "make x YEAR=2026"):
        assert words in str(raised.value)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    report = CONTENT[REPORT].replace("/2025", "/2026")
    return make_project(tmp_path, monkeypatch, {"2026/bao-cao/q1.yaml": report})


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("ids", [("plan",), ("report-q3",), ("report-q1", "plan")])
def test_commands_stop_and_name_both_commands(
    project: Path, command: str, ids: tuple[str, ...]
) -> None:
    result = run(command, *ids)
    assert result.exit_code == 2
    assert "--year 2025" in result.stderr
    assert "--year 2026" in result.stderr
    assert command in result.stderr
    assert not Path("build").exists()
    if ids == ("plan",):  # the small content has no report that can be built
        assert run(command, "plan", "--year", "2025").exit_code == 0


@pytest.mark.parametrize("command", [("list",), ("check",), ("build", "report-q1")])
def test_the_year_taken_is_said(project: Path, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert "Lấy nội dung năm 2026. Năm khác (2025): thêm YEAR=2025" in result.output
    assert "Lấy nội dung" not in run(*command, "--year", "2026").output


def test_a_year_that_is_only_begun_is_passed_over_and_that_is_said(project: Path) -> None:
    Path("content/2026/bao-cao/q1.yaml").unlink()
    result = run("build", "plan")
    assert result.exit_code == 0, result.output
    assert "Lấy nội dung năm 2025." in result.stdout


@pytest.mark.parametrize(
    "command",
    [("evidence", "status"), ("dossier",), ("evidence", "add", "x.pdf", "--criterion", "1.1.1")],
)
def test_evidence_of_an_old_year_is_not_taken_by_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    content = write_evidence(tmp_path)
    (content / "2026").mkdir()
    (content / "2026/ke-hoach.yaml").write_text("a: b\n")
    monkeypatch.chdir(tmp_path)
    result = run(*command)
    assert result.exit_code == 2
    assert "--year 2025" in result.stderr
    assert "--year 2026" in result.stderr
