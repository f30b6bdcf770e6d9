"""Building: the catalogue, dates, writing files all or none, and the same bytes every time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import ROOT, TEMPLATES, Files
from documents import part, plain
from support import write_content
from vanban.app.build import _key, build, epoch_date
from vanban.app.catalogue import buildable, find_kind
from vanban.app.composing import compose
from vanban.app.manifest import MANIFEST
from vanban.compose.composed import Composed
from vanban.errors import ContentError, UsageError
from vanban.workspace.load import load_workspace

# --- the catalogue -----------------------------------------------------------------------------


@pytest.mark.parametrize("document_id", ["plan", "report-q1", "report-h1", "report-q3"])
def test_every_kind_is_found_by_its_id(document_id: str) -> None:
    assert find_kind(document_id).id == document_id


@pytest.mark.parametrize(
    ("document_id", "words"),
    [
        ("plam", "có phải “plan”?"),
        ("report-q4", "có phải “report-q"),
        ("reportq3", "có phải “report-q3”?"),
        ("report_year", "có phải “report-year”?"),
        ("", "chọn trong: plan, report-q1"),
        ("zzz", "chọn trong: plan, report-q1"),
        ("PLAN", "plan"),
    ],
)
def test_an_unknown_id_is_told_with_a_near_miss(document_id: str, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        find_kind(document_id)
    assert f"không có văn bản “{document_id}”" in str(raised.value)
    assert words in str(raised.value)


def test_what_has_content_can_be_built(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    workspace = load_workspace(content, 2025)
    assert [kind.id for kind in buildable(workspace)] == ["plan", "report-q3"]


def test_missing_content_names_the_file_and_the_command(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    workspace = load_workspace(content, 2025)
    with pytest.raises(ContentError) as raised:
        compose(find_kind("report-q1"), workspace, TEMPLATES)
    (told,) = map(str, raised.value.problems)
    assert told.startswith("content/2025/bao-cao/q1.yaml: chưa có tệp này để dựng report-q1")
    assert "new report q1" in told


def test_an_example_is_that_of_another_year_where_there_is_one(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    (content / "2026").mkdir()
    with pytest.raises(ContentError, match=r"có thể chép từ ví dụ content/2025/ke-hoach\.yaml"):
        compose(find_kind("plan"), load_workspace(content, 2026), TEMPLATES)


# --- dates -------------------------------------------------------------------------------------

DAY, OTHER = date(2025, 8, 1), date(2024, 2, 29)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (None, None),
        ("1735689600", date(2025, 1, 1)),
        ("1735689599", date(2024, 12, 31)),
        ("0", date(1970, 1, 1)),
    ],
)
def test_the_day_of_an_epoch(seconds: str | None, expected: date | None) -> None:
    assert epoch_date(seconds) == expected


@pytest.mark.parametrize("seconds", ["", "hôm nay", "1.5", "²", "9" * 30])
def test_an_epoch_that_is_no_number_of_seconds_is_told(seconds: str) -> None:
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        epoch_date(seconds)


@pytest.mark.parametrize(
    ("issued", "fallback", "stamp"),
    [(None, None, None), (None, DAY, DAY), (OTHER, None, OTHER), (OTHER, DAY, OTHER)],
)
def test_the_date_of_content_goes_before_that_of_the_environment(
    issued: date | None, fallback: date | None, stamp: date | None, tmp_path: Path
) -> None:
    composed = Composed(replace(plain("A."), issued=issued), Path("plan.md"))
    (built,) = build([composed], 2025, TEMPLATES, tmp_path, lambda _: None, fallback_date=fallback)
    core = part(built.paths[0], "docProps/core.xml")
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == ({str(stamp)} if stamp else set())


def test_the_clock_is_in_no_file(files: Files) -> None:
    issued = files.document.issued
    core = part(files.docx, "docProps/core.xml")
    assert ("dcterms:created" in core) is (issued is not None)
    for path in files.folder.iterdir():
        assert str(date.today()).encode() not in path.read_bytes()


# --- writing files -----------------------------------------------------------------------------


def entries(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_document_that_cannot_be_set_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    """Nothing is written before all is rendered: the last document has a sign without a glyph."""
    content = write_content(tmp_path)
    workspace = load_workspace(content, 2025)
    plan = compose(find_kind("plan"), workspace, TEMPLATES)
    faulty = replace(plan, document=replace(plan.document, id="faulty", recipients=("漢",)))
    out = tmp_path / "build"
    (out / "2025").mkdir(parents=True)
    (out / "2025" / "plan.docx").write_bytes(b"old")
    shown: list[str] = []
    with pytest.raises(ContentError, match=r"U\+6F22"):
        build([plan, faulty], 2025, TEMPLATES, out, shown.append)
    assert entries(out) == {"2025/plan.docx": b"old"}
    assert shown == ["plan"]


# --- the same bytes ----------------------------------------------------------------------------

SURROUNDINGS = (
    ({"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8"}, 0o022),
    ({"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C", "HOME": "/"}, 0o077),
)
"""Variables of the environment and umask."""


@pytest.mark.long
def test_two_builds_in_different_places_give_the_same_bytes(tmp_path: Path) -> None:
    """Other folders, working folders, homes, hash seeds, time zones, locales, umasks."""
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    runs = []
    for number, (surroundings, umask) in enumerate(SURROUNDINGS):
        project = tmp_path / ("xa " * number + "dự án")
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, project / name)
        inside = number == 0
        runs.append(
            (
                project / "build",
                subprocess.Popen(
                    [sys.executable, "-m", "vanban.cli", "build"]
                    + ([] if inside else ["--content", str(project / "content")])
                    + ([] if inside else ["--out", str(project / "build")]),
                    cwd=project if inside else tmp_path,
                    env={**environment, **surroundings, "PYTHONPATH": str(ROOT / "src")},
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    umask=umask,
                ),
            )
        )
    hashes = []
    for folder, run in runs:
        output, _ = run.communicate(timeout=300)
        assert run.returncode == 0, output.decode()
        made = entries(folder)
        del made[MANIFEST]  # of this folder on this machine
        hashes.append({name: sha256(data).hexdigest() for name, data in made.items()})
    assert set(hashes[0]) >= {
        *("2025/plan.docx", "2025/plan.pdf"),
        *("2025/report-q3.docx", "2025/report-q3.pdf", "2025/report-q3.xlsx"),
    }
    assert hashes[0] == hashes[1]


def test_another_version_of_the_shared_folder_alone_makes_nothing_anew() -> None:
    def key(version: str, title: str = "A.") -> str:
        document = replace(plain(title), shared_version=version)
        return _key(Composed(document, TEMPLATES / "plan.md"), None, "", "", None)

    assert key("2026.1-3f9a2c1b") == key("") != key("", "B.")
