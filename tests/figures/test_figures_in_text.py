"""References to figures in the typed texts of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import CONTENT, write_content
from vanban.figures.figures_in_text import (
    check_references_to_figures,
    missing_references,
    with_figures,
)
from vanban.figures.values import read_figures
from vanban.nd30.numbers import format_typed
from vanban.workspace.load import load_workspace
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.workspace import Workspace

TYPED = "Số liệu từ ngày 15/6/2025 đến ngày 14/9/2025."


def typed(root: Path, text: str) -> Workspace:
    """Return a workspace whose report of q3 says ``text`` of its scope."""
    report = CONTENT["2025/bao-cao/q3.yaml"].replace(TYPED, f"'{text}'")
    return load_workspace(write_content(root, {"2025/bao-cao/q3.yaml": report}), 2025)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Có {hs-truc-tuyen} hồ sơ", None),
        ("Có {xa hoi} và {khac} và {} hồ sơ", None),
        ("Có {1 + 2} hồ sơ, {hs-truc-tuyen + 1}", None),
        ("Có {hs-truc-tuyem} hồ sơ", "có phải “{hs-truc-tuyen}”?"),
        ("Có {hs_truc_tuyen} hồ sơ", "có phải “{hs-truc-tuyen}”?"),
        ("Có { hs-truc-tuyen } hồ sơ", "có phải “{hs-truc-tuyen}”?"),
        ("Có {Hồ-sơ-gì-đó-lạ} hồ sơ", "xem mã trong chi-tieu.yaml"),
    ],
)
def test_what_looks_like_an_id_must_be_one(text: str, near: str | None, tmp_path: Path) -> None:
    problems = check_references_to_figures(typed(tmp_path, text))
    assert len(problems) == (near is not None)
    for problem in problems:
        assert str(problem.place).endswith("q3.yaml:6:14")
        assert problem.key == "pham_vi"
        assert near is not None
        assert near in problem.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có {hs-truc-tuyen} hồ sơ.", "Có 1204 hồ sơ."),
        ("Có {hs-truc-tuyen} trường hợp.", "Có 1204 trường hợp."),
        ("Có {hs-truc-tuyen}, tăng.", "Có 1204 hồ sơ, tăng."),
        ("Có {hs-truc-tuyen}/{hs-tiep-nhan}.", "Có 1204:/1515: hồ sơ."),
        ("Có {ky-gi} và {hs truc tuyen}.", "Có {ky-gi} và {hs truc tuyen}."),
    ],
)
def test_a_figure_prints_with_its_unit_once(text: str, expected: str, tmp_path: Path) -> None:
    workspace = typed(tmp_path, text)
    report, figures = workspace.reports["q3"], read_figures(workspace, "q3")

    def printed(indicator: Indicator, in_fraction: bool) -> str:
        return format_typed(figures[indicator.id].number or 0) + (":" if in_fraction else "")

    assert with_figures(report.scope, figures.values, report, printed) == expected
    assert (
        with_figures(str(report.scope), figures.values, report, printed) == text
    )  # not typed there


@pytest.mark.parametrize("line", ["", "  hs-truc-tiep: 311\n"])
def test_a_reference_without_a_figure_is_missing(line: str, tmp_path: Path) -> None:
    report = CONTENT["2025/bao-cao/q3.yaml"].replace(line, "")
    report = report.replace(TYPED, "Nhận trực tuyến {hs-truc-tuyen}, cả thảy {hs-tiep-nhan}.")
    workspace = load_workspace(write_content(tmp_path, {"2025/bao-cao/q3.yaml": report}), 2025)
    figures = read_figures(workspace, "q3")
    found = list(missing_references(figures.values, figures.report))
    expected = [("pham_vi", "hs-tiep-nhan")] if line else []
    assert [(text.path[0], value.indicator.id) for text, _, value in found] == expected
    assert all(text[position:].startswith("{hs-tiep-nhan}") for text, position, _ in found)
