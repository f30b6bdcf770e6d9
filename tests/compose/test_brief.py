"""The handout of a report: what the report says, on one sheet of two sides, and told where not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import TEMPLATES
from reports import make_workspace
from support import load_checked
from vanban.app.brief import SIDES, compose_on_one_sheet, count_pages
from vanban.app.catalogue import CATALOGUE, buildable
from vanban.compose.composed import Composed
from vanban.document import Heading, Table
from vanban.figures.targets import tasks_due
from vanban.workspace.load import load_workspace
from vanban.workspace.models.plan import Task

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def brief() -> Composed:
    return compose_on_one_sheet(load_checked(ROOT / "content", 2025), "q3", TEMPLATES)


def tables(composed: Composed) -> list[Table]:
    return [block for block in composed.document.body if isinstance(block, Table)]


def test_the_wards_handout_is_one_sheet(brief: Composed) -> None:
    assert count_pages(brief.document, TEMPLATES) == SIDES
    assert (brief.warnings, brief.missing, brief.blanks) == ((), (), ())
    document = brief.document
    assert document.is_bare and document.identifier.startswith("tai-lieu-sha256:")
    assert (document.header.number, document.recipients, document.signature.name) == ("", (), "")
    assert document.banner  # the figures are a sample
    titles = [block.text for block in document.body if isinstance(block, Heading)]
    assert [title.split(".")[0] for title in titles] == ["1", "2", "3", "4"]


def test_figures_verdicts_and_shortfalls_are_those_of_the_report(brief: Composed) -> None:
    figures, chart, short = tables(brief)
    assert ["Tổng số hồ sơ tiếp nhận mới", "1.925 hồ sơ"] in [
        [cell.text for cell in row.cells] for row in figures.rows
    ]
    counts = {row.cells[0].text: row.cells[-1].text for row in chart.rows}
    heading, *rows = short.rows
    assert heading.is_heading and heading.cells[0].text == "Nguy cơ không đạt"
    assert counts["Nguy cơ không đạt"].startswith(f"{len(rows)} (")
    assert sum(int(count.split(" ")[0]) for count in counts.values()) == 34
    assert "Nguy cơ không đạt: " in chart.description
    widths = {sum(cell.columns for cell in row.cells) for row in (*chart.head, *chart.rows)}
    assert widths == {len(chart.widths)}
    assert sum(chart.widths) == pytest.approx(165), "as wide as the text, like the tables"
    named = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in rows}
    assert named["Tỷ lệ TTHC có phát sinh hồ sơ qua dịch vụ bưu chính công ích"] == [
        "từ 85% trở lên",
        "12,4%",
        "Thấp hơn mức cần có đến nay (38,7%) 26,3 điểm %",
        "Phòng Văn hóa - Xã hội",
    ]


def with_steps(*steps: str) -> Composed:
    """Return the ward's handout with other next steps, each as typed."""
    workspace = load_checked(ROOT / "content", 2025)
    report = workspace.reports["q3"]
    items = tuple(report.next_steps[0].model_copy(update={"text": step}) for step in steps)
    other = report.model_copy(update={"next_steps": items})
    held = (replace(each, entry=other) if each.entry is report else each for each in workspace.held)
    return compose_on_one_sheet(replace(workspace, held=tuple(held)), "q3", TEMPLATES)


def test_what_grows_over_the_sheet_is_told() -> None:
    grown = with_steps(*("Rà soát tiến độ từng dự án, đẩy nhanh giải ngân vốn. " * 2,) * 40)
    (warning,) = grown.warnings
    assert f"dài {count_pages(grown.document, TEMPLATES)} trang, quá một tờ hai mặt" in warning


def test_a_figure_is_referred_to_as_in_the_report(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung"))
    file = content / "2025/bao-cao/q3.yaml"
    text = file.read_text(encoding="utf-8")
    assert "Rà soát tiến độ từng dự án" in text
    text = text.replace("Rà soát tiến độ từng dự án", "Giữ tỷ lệ {ty-le-ho-so-dung-han}")
    file.write_text(text, encoding="utf-8")
    made = compose_on_one_sheet(load_workspace(content, 2025), "q3", TEMPLATES)
    assert any(line.startswith("- Giữ tỷ lệ 99,9%, ") for line in made.document.texts())


@pytest.mark.parametrize(
    ("deadline", "periods"),
    [
        ("14/3/2025", []),
        ("15/3/2025", ["q1"]),
        ("15/6/2025", ["q1", "h1"]),
        ("30/9/2025", ["h1", "q3"]),
        ("31/12/2025", ["h1", "q3", "year"]),
        ("01/6/2026", ["year"]),
    ],
)
def test_tasks_due(tmp_path: Path, deadline: str, periods: list[str]) -> None:
    made = make_workspace(tmp_path, {}, targets=("{ma: xong, muc: tăng}\n    han: " + deadline,))
    due: dict[str, tuple[Task, ...]] = {
        each: tasks_due(made, each) for each in ("q1", "h1", "q3", "year")
    }
    assert [each for each, tasks in due.items() if tasks] == periods
    assert {task.id for tasks in due.values() for task in tasks} <= {"tthc-01"}


def test_it_is_made_where_it_is_named() -> None:
    workspace = load_checked(ROOT / "content", 2025)
    briefs = [kind for kind in CATALOGUE if kind.id.startswith("brief-")]
    assert len(briefs) == 4
    assert not set(briefs) & set(buildable(workspace))
