"""Building for many wards: as a build in each ward, one after another, whatever becomes of some."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kills import tree
from support import changed, write_content
from vanban.cli import main
from warm import ROOT

pytestmark = pytest.mark.slow
NAMES = {"an-sinh": "An Sinh", "binh-minh": "Bình Minh"}


def write_wards(folder: Path) -> None:
    for name, words in NAMES.items():
        change = changed("co-quan.yaml", "dia_danh: Phường Trần Liễu", f"dia_danh: Phường {words}")
        (folder / name).mkdir(parents=True)
        write_content(folder / name, change)
        (folder / name / "templates").symlink_to(ROOT / "templates")


def batch(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["batch", "--engine", "pages", *map(str, arguments)])
    return result.exit_code, result.output


def lines(out: Path) -> list[dict[str, Any]]:
    text = (out / "manifest.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_batch_makes_what_builds_make_and_goes_on(tmp_path: Path) -> None:
    write_wards(tmp_path / "wards")
    out = tmp_path / "out"
    status, told = batch(tmp_path / "wards", "plan", "--out", out, "--jobs", "2")
    assert status == 0
    assert [(each["ward"], each["document"]) for each in lines(out)] == [
        (name, "plan") for name in NAMES
    ]
    for name in NAMES:
        alone = tmp_path / "alone" / name
        content = tmp_path / "wards" / name / "content"
        command = ["build", "plan", "--engine", "pages", "--content", content, "--out", alone]
        assert CliRunner().invoke(main, list(map(str, command))).exit_code == 0
        assert tree(out / name / "2025") == tree(alone / "2025")
    before = tree(out)
    status, told = batch(tmp_path / "wards", "plan", "--out", out)
    assert status == 0
    assert told.count("không đổi") == len(NAMES)
    assert tree(out) == before
