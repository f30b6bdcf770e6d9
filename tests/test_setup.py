"""Set-up: exact and agreeing pins, the list of targets, and what happens without rights."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENTS = ["plan", "report-q1", "report-h1", "report-q3", "report-year", "brief-q3"]
TARGETS = [*DOCUMENTS, "all", "test", "lint", "bench", "clean"]


def pins(text: str) -> dict[str, str]:
    """Return name → version of the lines of a requirements file; each must pin one version."""
    found = {}
    for line in text.splitlines():
        if line and not line.startswith(("#", "-r ")):
            name, version = re.fullmatch(r"([\w.-]+)==([\w.]+)", line).groups()  # type: ignore[union-attr]
            found[re.sub(r"[-_.]+", "-", name).lower()] = version
    return found


def locked(name: str) -> dict[str, str]:
    return pins((ROOT / "requirements" / name).read_text(encoding="utf-8"))


def test_direct_pins_are_the_locked_ones() -> None:
    run = pins("\n".join(PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]))
    assert run.items() <= locked("run.txt").items()
    for name, group in PROJECT["project"]["optional-dependencies"].items():
        assert pins("\n".join(group)).items() <= (locked("run.txt") | locked(f"{name}.txt")).items()


@pytest.mark.parametrize("name", PROJECT["project"]["optional-dependencies"])
def test_no_package_is_locked_twice(name: str) -> None:
    assert not locked("run.txt").keys() & locked(f"{name}.txt").keys()


def test_no_address_of_a_registry() -> None:
    files = [ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci" / "run"]
    for file in [*files, *(ROOT / "requirements").iterdir(), *(ROOT / "scripts").glob("*.sh")]:
        assert not re.search(r"https?://|index-url|find-links", file.read_text(encoding="utf-8"))


def make(
    *arguments: str, folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_the_targets_with_a_line_each() -> None:
    listed = re.findall(r"^  make (\S+) +\S", make().stdout, flags=re.MULTILINE)
    assert set(TARGETS) <= set(listed)
    assert len(listed) == len(set(listed))


def copy_project(folder: Path) -> Path:
    """Copy what set-up reads to ``folder``, whose name has a space in it."""
    project = folder / "van ban"
    project.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    for name in ("scripts", "requirements"):
        shutil.copytree(ROOT / name, project / name)
    return project


def pretend_ready(project: Path) -> None:
    """Lay out a .venv that make takes for set up, with a vanban that prints its arguments."""
    programs = project / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "vanban"):
        (programs / name).write_text('#!/bin/sh\necho "$0 $*"\n')
        (programs / name).chmod(0o755)
    (project / ".venv" / ".place").write_text(f"{project.resolve()}\n")
    (project / ".venv" / ".ready-run").touch()


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["plan"], "build plan"),
        (["report-q3", "YEAR=2025"], "build --year 2025 report-q3"),
        (["report-h1", "OPTIONS=--out elsewhere"], "build --out elsewhere report-h1"),
        (["all"], "build"),
        (["doctor"], "doctor"),
        (["check"], "check"),
        (["check", "ID=plan"], "check plan"),
        (["check", "ID=plan", "YEAR=2025"], "check --year 2025 plan"),
        (["document", "ID=report-q3", "OPTIONS=--final"], "build --final report-q3"),
    ],
)
def test_targets_of_a_project_that_is_set_up(
    tmp_path: Path, arguments: list[str], command: str
) -> None:
    project = copy_project(tmp_path)
    pretend_ready(project)
    assert make(*arguments, folder=project).stdout.strip() == f".venv/bin/vanban {command}"


def change_later(project: Path, name: str) -> None:
    """Make a file look as if it had changed a minute after the set-up."""
    later = (project / ".venv" / ".ready-run").stat().st_mtime + 60
    os.utime(project / name, (later, later))


@pytest.mark.parametrize(
    "change",
    [
        lambda project: change_later(project, "requirements/run.txt"),
        lambda project: change_later(project, "pyproject.toml"),
        lambda project: (project / ".venv" / ".place").write_text("/elsewhere\n"),
        lambda project: (project / ".venv" / "bin" / "python").unlink(),
        lambda project: (project / ".venv" / ".ready-run").unlink(),
    ],
    ids=["requirements", "pyproject", "moved", "python gone", "never finished"],
)
def test_what_calls_for_a_new_set_up(tmp_path: Path, change: Callable[[Path], object]) -> None:
    project = copy_project(tmp_path)
    pretend_ready(project)
    change(project)
    assert "scripts/setup.sh run" in make("--dry-run", "plan", folder=project).stdout


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("target", "missing", "package"),
    [
        ("plan", "*fonts-croscore", "fonts-croscore"),
        ("test", "*libreoffice-calc*", "libreoffice-calc-nogui"),
        ("test", "*libreoffice-writer*", "libreoffice-writer-nogui"),
        ("bench", "*python3-uno*", "python3-uno"),
    ],
)
def test_without_rights_the_one_command_is_printed(
    target: str, missing: str, package: str, tmp_path: Path
) -> None:
    """A machine of a plain user that lacks a package, made of stand-ins for its programs."""
    project = copy_project(tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    stub(programs, "id", "echo 1000")
    stub(programs, "sudo", "exit 1")
    stub(programs, "fc-list", "exit 0")
    stub(programs, "apt-get", f"touch '{tmp_path}/apt-get-was-called'")
    stub(programs, "dpkg-query", f'case "$*" in {missing}) exit 1;; *) printf installed;; esac')
    path = f"{programs}:{os.environ['PATH']}"
    outcome = make(target, folder=project, PATH=path, VANBAN_REQUIRE_SOFFICE="1")
    assert outcome.returncode != 0
    commands = [line for line in outcome.stderr.splitlines() if "apt-get install" in line]
    assert len(commands) == 1
    assert commands[0].rstrip("'").endswith(f"--no-install-recommends {package}")
    assert not (project / ".venv").exists()
    assert not (tmp_path / "apt-get-was-called").exists()


def test_a_package_that_only_the_check_needs_stops_nothing(tmp_path: Path) -> None:
    """The dictionary is asked for; then set-up goes on to the Python packages."""
    project = copy_project(tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    (project / "scripts" / "setup.sh").write_text(
        (ROOT / "scripts" / "setup.sh")
        .read_text(encoding="utf-8")
        .replace("/usr/share/hunspell", f"{tmp_path}/absent")
    )
    stub(programs, "id", "echo 1000")
    stub(programs, "sudo", "exit 1")
    stub(programs, "python", 'echo "$*" >&2; [ "$1" = -c ]')
    stub(programs, "dpkg-query", 'case "$*" in *hunspell-vi) exit 1;; *) echo installed;; esac')
    outcome = make(
        "plan",
        folder=project,
        PATH=f"{programs}:{os.environ['PATH']}",
        PYTHON=f"{programs}/python",
        VANBAN_REQUIRE_SOFFICE="0",
    )
    assert "apt-get install -y --no-install-recommends hunspell-vi" in outcome.stderr
    assert "-m venv --clear .venv" in outcome.stderr


def test_a_python_that_will_not_do_is_refused(tmp_path: Path) -> None:
    outcome = make("setup", "PYTHON=/nowhere/python3", folder=copy_project(tmp_path))
    assert outcome.returncode != 0
    assert "Python 3.11 trở lên" in outcome.stderr
