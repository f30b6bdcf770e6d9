"""Building for many wards: as a build in each ward, one after another, whatever becomes of some."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kills import tree
from support import changed, write_content
from vanban.cli import main
from vanban.io.lock import locked
from vanban.layout.fonts import FONT_DIR_VARIABLE
from vanban.workspace.folder import shown_path
from warm import ROOT

pytestmark = pytest.mark.slow
NAMES = {"an-sinh": "An Sinh", "binh-minh": "Bình Minh"}
FIVE = {**NAMES, "cam-tu": "Cẩm Tú", "dong-hai": "Đông Hải", "ha-nam": "Hà Nam"}
KEPT = ("manifest.jsonl", ".manifest.json")


def write_wards(folder: Path, names: Mapping[str, str] = NAMES) -> None:
    for name, words in names.items():
        change = changed("co-quan.yaml", "dia_danh: Phường Trần Liễu", f"dia_danh: Phường {words}")
        (folder / name).mkdir(parents=True)
        write_content(folder / name, change)
        shutil.copytree(ROOT / "templates", folder / name / "templates")


def batch(*arguments: str | Path, engine: str = "pages") -> tuple[int, str]:
    result = CliRunner().invoke(main, ["batch", "--engine", engine, *map(str, arguments)])
    return result.exit_code, result.output


def lines(out: Path) -> list[dict[str, Any]]:
    text = (out / "manifest.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("engine", ["pages", pytest.param("weasyprint", marks=pytest.mark.long)])
def test_a_batch_makes_what_builds_make_and_goes_on(engine: str, tmp_path: Path) -> None:
    write_wards(tmp_path / "wards")
    out = tmp_path / "out"
    status, told = batch(tmp_path / "wards", "plan", "--out", out, "--jobs", "2", engine=engine)
    assert status == 0
    assert [(each["ward"], each["document"], each["engine"]) for each in lines(out)] == [
        (name, "plan", engine) for name in NAMES
    ]
    for name in NAMES:
        alone = tmp_path / "alone" / name
        content = tmp_path / "wards" / name / "content"
        command = ["build", "plan", "--engine", engine, "--content", content, "--out", alone]
        assert CliRunner().invoke(main, list(map(str, command))).exit_code == 0
        assert tree(out / name / "2025") == tree(alone / "2025")
    before = tree(out)
    status, told = batch(tmp_path / "wards", "plan", "--out", out, engine=engine)
    assert status == 0
    assert told.count("không đổi") == len(NAMES)
    assert tree(out) == before


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    """Begin a batch of one process at a time; return it once the first ward is done."""
    command = [sys.executable, "-m", "vanban.cli", "batch", "--engine", "pages", "--jobs", "1"]
    run = subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline().startswith(f"1/{len(FIVE)} ")
    return run


@pytest.fixture
def five(tmp_path: Path) -> tuple[Path, Path]:
    """Return five wards and where their results go."""
    write_wards(tmp_path / "wards", FIVE)
    return tmp_path / "wards", tmp_path / "out"


def whole(out: Path) -> bool:
    """Say whether nothing half written or meant for later lies below ``out``."""
    files = {path.name for path in out.rglob("*") if path.is_file()}
    return files <= {*(f"plan.{each}" for each in ("docx", "pdf", "json")), *KEPT}


@pytest.mark.long
def test_ctrl_c_leaves_whole_files_and_the_next_call_goes_on(five: tuple[Path, Path]) -> None:
    wards, out = five
    run = started(wards, "plan", "--out", out)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all of them
    _, err = run.communicate(timeout=300)
    assert run.returncode == 1
    assert "Đang dừng" in err and "Traceback" not in err
    assert "Chạy lại đúng lệnh này" in err
    assert whole(out)
    done = {each["ward"] for each in lines(out)}
    assert 1 <= len(done) < len(FIVE)
    status, told = batch(wards, "plan", "--out", out, "--jobs", "1")
    assert status == 0
    assert told.count(": không đổi") == len(done)
    assert [each["ward"] for each in lines(out)] == list(FIVE)


@pytest.mark.long
def test_a_batch_that_was_killed_is_gone_on_with(five: tuple[Path, Path]) -> None:
    wards, out = five
    run = started(wards, "plan", "--out", out)
    run.kill()
    run.communicate(timeout=300)
    status, told = batch(wards, "plan", "--out", out)
    assert status == 0
    assert told.count(": không đổi") >= 1
    assert whole(out)
    assert batch(wards, "plan", "--out", out / "anew")[0] == 0
    for ward in NAMES:
        assert tree(out / ward / "2025") == tree(out / "anew" / ward / "2025")


@pytest.mark.long
def test_a_machine_without_fonts_and_a_full_disk_are_told_of_each_ward(
    five: tuple[Path, Path], tmp_path: Path
) -> None:
    wards, out = five
    (tmp_path / "no-fonts").mkdir()
    command = [sys.executable, "-m", "vanban.cli", "batch", str(wards), "plan", "--engine", "pages"]
    run = subprocess.run(
        [*command, "--out", str(out)],
        env={**os.environ, FONT_DIR_VARIABLE: str(tmp_path / "no-fonts")},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert [each["error"].partition(": ")[0] for each in lines(out)] == [
        f"{shown_path(wards / name)}/content" for name in FIVE
    ]
    assert "Chưa dựng được hết văn bản của 5 đơn vị" in run.stderr
    script = f"mount -t tmpfs -o size=150k none {out} && exec {' '.join(command)} --out {out}"
    run = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True)
    if "đơn vị" not in run.stderr:
        pytest.skip(f"no mounting here: {run.stderr}")
    assert run.returncode == 1
    assert "đĩa đã đầy" in run.stderr and "Traceback" not in run.stderr


class _Lost(ThreadPoolExecutor):
    """Does the first unit only, as a cluster that nobody is left of."""

    def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if not self._threads:
            return super().submit(work, *args, **kwargs)
        future: Future[Any] = Future()
        future.cancel()
        return future


def test_units_never_begun_are_told_and_are_no_success(
    five: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vanban.cli.batch._executor", lambda *_: _Lost(1))
    status, told = batch(five[0], "plan", "--out", five[1])
    assert status == 1
    assert "còn 4 đơn vị chưa làm" in told
    assert "chưa dựng được hết" not in told.lower()


INSIDE = "kết quả sẽ nằm trong"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ((), 2, "chưa ghi thư mục đơn vị nào"),
        (("plan",), 2, "“plan” không phải thư mục nào ở đây"),
        (("wards", "plann"), 2, "không có văn bản “plann” — có phải “plan”?"),
        (("wards", "--out", "wards/an-sinh/content"), 2, f"{INSIDE} wards/an-sinh/content, là"),
        (("wards", "--out", "wards/binh-minh/templates/x"), 2, f"{INSIDE} wards/binh-minh/templ"),
        (("wards", "--out", "to-templates"), 2, f"{INSIDE} wards/an-sinh/templates, là"),
        (("wards", "--out", "as-one"), 2, "as-one/an-sinh và as-one/binh-minh là cùng một thư mục"),
        (("wards", "--jobs", "0"), 2, "--jobs"),
        (("wards/", "nowhere/", "--year", "2031"), 1, "nowhere: không có thư mục này"),
        (("nowhere/",), 1, "nowhere: không có thư mục này"),
    ],
)
def test_what_cannot_be_asked(
    arguments: tuple[str, ...],
    status: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_wards(tmp_path / "wards")
    for name in NAMES:
        (tmp_path / "as-one").mkdir(exist_ok=True)
        (tmp_path / "as-one" / name).symlink_to(tmp_path / "as-one")
    (tmp_path / "to-templates").symlink_to(tmp_path / "wards/an-sinh/templates")
    monkeypatch.chdir(tmp_path)
    found, output = batch(*arguments)
    assert found == status
    assert told in output
    assert "Traceback" not in output


def test_a_second_batch_to_the_same_folder_waits_for_none(tmp_path: Path) -> None:
    write_wards(tmp_path / "wards", {"an-sinh": "An Sinh"})
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out"):
        status, told = batch(tmp_path / "wards", "--out", tmp_path / "out")
    assert status == 1
    assert "đợi lệnh ấy xong rồi chạy lại" in told
