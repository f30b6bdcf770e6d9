"""Sentences made from figures bring no findings of their own, whatever the figures are."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from vanban.checks.review import review
from vanban.compose.report import compose_report
from vanban.workspace.load import load_workspace

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"^(  [a-z0-9-]+): *[0-9][0-9.,]*$", re.MULTILINE)


def findings(content: Path) -> set[tuple[str, str]]:
    """Return rule and excerpt of each finding at the texts of quarter III."""
    workspace = load_workspace(content, 2025)
    composed = [
        compose_report(workspace, period, ROOT / "templates") for period in workspace.reports
    ]
    told = review(workspace, composed, ()).findings
    files = ("q3.yaml", "report-sentences.yaml")
    return {
        (each.rule, spot.excerpt)
        for each in told
        for spot in each.spots
        if spot.place.file.name in files
    }


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("minh-chung"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "typed"), [("", set()), ("0", {("so-lieu/lech-phu-luc", "Hồ sơ quá hạn")})]
)
def test_no_finding_comes_from_figures(
    number: str, typed: set[tuple[str, str]], tmp_path: Path
) -> None:
    """Without any figure, and with nothing that arose, which what is typed contradicts."""
    content = copied(tmp_path / "content")
    path = content / "2025/bao-cao/q3.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("so_lieu:\n"), text.index("# Mục I của báo cáo")
    figures = FIGURE.sub(rf"\1: {number}" if number else "", text[start:end])
    figures = re.sub(r"  ho-so-ky-truoc:\n.*\n.*\n", "", figures)
    figures = figures if number else "so_lieu: {}\n"
    path.write_text(text[:start] + figures + text[end:], "utf-8")
    assert findings(content) - findings(ROOT / "content") == typed


@pytest.mark.slow
def test_no_finding_comes_from_changes(tmp_path: Path) -> None:
    content = copied(tmp_path / "content")
    text = (content / "2025/bao-cao/q3.yaml").read_text("utf-8")
    before = text.replace("ho-so-truc-tuyen: 1486", "ho-so-truc-tuyen: 1300")
    before = before.replace("nhiem-vu-cchc-hoan-thanh: 21", "nhiem-vu-cchc-hoan-thanh: 25")
    before = before.replace("von-dau-tu-giai-ngan: 11.236,8", "von-dau-tu-giai-ngan: 9000,5")
    before = before.replace("gia_tri: 84", "gia_tri: 270")
    for name in ("2024/bao-cao/q3.yaml", "2025/bao-cao/q1.yaml"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(before, "utf-8")
    beyond = text.replace("bien-che-co-mat: 58", "bien-che-co-mat: 63")  # 101,6% of 62
    (content / "2025/bao-cao/q3.yaml").write_text(beyond, "utf-8")
    assert findings(content) <= findings(ROOT / "content")
