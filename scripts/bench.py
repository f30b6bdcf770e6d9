"""Measure speed: this program against the common way, each stage, and the growth with pages.

Run by ``make bench``. The common way is docxtpl filling a Word template, then
``soffice --headless --convert-to pdf``; its template is the .docx that this program has made, so
that both set the same pages. Both ways run as new processes, in turn, so that a busy machine slows
both alike; ratios are medians of pairs. Seconds of wall clock and of CPU (user and system, with
all children). Nothing is written outside a temporary folder.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TypeVar

import pikepdf

from vanban.app.catalogue import compose_all, find_kind
from vanban.app.load import load_content
from vanban.document import Block, Document, Heading, Paragraph, Run, Table
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.measures import Layout
from vanban.render.docx import render_docx
from vanban.render.pdf import PdfEngine

ROOT = Path(__file__).resolve().parent.parent
CONTENT, TEMPLATES = ROOT / "content", ROOT / "templates"
DOCUMENTS = ("report-q3", "plan")
RUNS, QUICK_RUNS = 7, 2
WARM_RUNS = 5
PAGES, QUICK_PAGES = (10, 100, 1000), (10, 100)

COMMON_WAY = """
import sys
from docxtpl import DocxTemplate
template = DocxTemplate(sys.argv[1])
template.render({})
template.save(sys.argv[2])
"""
"""The whole script of the common way; soffice does the rest."""

Result = TypeVar("Result")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of CPU that a run took."""

    wall: float
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


def run(command: Sequence[str | Path]) -> Cost:
    """Run ``command`` to its end and return what it took; raises CalledProcessError."""
    start = time.perf_counter()
    # Python may keep its compiled modules, as on any machine where both ways are at home.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the seconds that ``work`` took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def alternate(
    first: Callable[[], Cost], second: Callable[[], Cost], runs: int
) -> list[tuple[Cost, Cost]]:
    """Run both in turn, ``runs`` times after one warm-up that does not count."""
    return [(first(), second()) for _ in range(runs + 1)][1:]


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """Return the median of first / second over the pairs."""
    return median(first / second for first, second in pairs)


def repeated(items: Sequence[Item], factor: float) -> Iterator[tuple[int, Item]]:
    """Yield ``items`` over and over, ``factor`` times their number, each with its round from 0."""
    for number in range(round(len(items) * factor)):
        turn, index = divmod(number, len(items))
        yield turn, items[index]


def scaled(document: Document, factor: float) -> Document:
    """Return ``document`` with a body and annex tables ``factor`` times as long.

    Anchors stay unique; each round of paragraphs begins with a line of its own, so that no text
    is laid out from a cache of equal lines.
    """
    body: list[Block] = []
    for turn, block in repeated(document.body, factor):
        if isinstance(block, Heading) and turn:
            block = replace(block, anchor=f"{block.anchor}-{turn}")
        elif isinstance(block, Paragraph) and turn:
            block = replace(block, runs=(Run(f"({turn}) "), *block.runs))
        body.append(block)
    annexes = tuple(
        replace(annex, blocks=tuple(_scaled_table(block, factor) for block in annex.blocks))
        for annex in document.annexes
    )
    return replace(document, body=tuple(body), annexes=annexes)


def _scaled_table(block: Block, factor: float) -> Block:
    if not isinstance(block, Table):
        return block
    return replace(block, rows=tuple(row for _, row in repeated(block.rows, factor)))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, ["-" * width for width in widths], *rows)
    ]
    return "\n".join(f"  {line.rstrip()}" for line in lines)


def page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


# --- the three measurements ----------------------------------------------------------------


def compare(document_id: str, soffice: str | None, folder: Path, runs: int) -> str:
    """Measure cold builds of both ways in turn; without soffice only ours."""
    ours_out, common_out = folder / "ours", folder / "common"
    common_out.mkdir(exist_ok=True)

    def ours() -> Cost:
        arguments = ("build", document_id, "--content", CONTENT, "--out", ours_out)
        return run((sys.executable, "-m", "vanban.cli", *arguments))

    head = ("", "thời gian (s)", "CPU (s)")
    if soffice is None:
        costs = [ours() for _ in range(runs + 1)][1:]
        return table(head, [_cost_row("vanban build", costs)])
    ours()  # makes the .docx that the common way takes for its template
    (template,) = ours_out.glob(f"*/{document_id}.docx")
    filled = common_out / f"{document_id}.docx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = (soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", common_out)

    def common() -> Cost:
        fill = run((sys.executable, "-c", COMMON_WAY, template, filled))
        return fill + run((*convert, filled))

    pairs = alternate(ours, common, runs)
    ratios = (
        median_ratio([(one.wall, two.wall) for one, two in pairs]),
        median_ratio([(one.cpu, two.cpu) for one, two in pairs]),
    )
    rows = (
        _cost_row("vanban build", [one for one, _ in pairs]),
        _cost_row("docxtpl + soffice", [two for _, two in pairs]),
        ("tỷ lệ vanban / thông thường", *(f"{ratio:.2f}" for ratio in ratios)),
    )
    return table(head, rows)


def _cost_row(name: str, costs: Sequence[Cost]) -> tuple[str, str, str]:
    wall, cpu = median(cost.wall for cost in costs), median(cost.cpu for cost in costs)
    return name, f"{wall:.2f}", f"{cpu:.2f}"


def stages(document_id: str, engine: PdfEngine) -> tuple[str, ...]:
    """Return the median milliseconds of each stage in a process that is warm."""
    times: list[tuple[float, ...]] = []
    for _ in range(WARM_RUNS + 1):
        load, workspace = timed(lambda: load_content(CONTENT, None).workspace)
        compose, (composed,) = timed(
            lambda workspace=workspace: compose_all(  # type: ignore[misc]
                [find_kind(document_id)], workspace, TEMPLATES
            )
        )
        times.append((load, compose, *_render_times(composed.document, engine)[:3]))
    medians = (median(column) for column in zip(*times[1:], strict=True))
    return document_id, *(f"{seconds * 1000:.0f}" for seconds in medians)


def _render_times(document: Document, engine: PdfEngine) -> tuple[float, float, float, bytes]:
    """Return the seconds of measuring, of the .docx and of the PDF; and the PDF."""
    measure, layout = timed(
        lambda: Layout(document, read_frame(TEMPLATES / "frame.docx"), find_times())
    )
    word, _ = timed(lambda: render_docx(document, layout, None))
    pdf, data = timed(lambda: engine.render(document, layout, None))
    return measure, word, pdf, data


def growth(document: Document, engine: PdfEngine, sizes: Sequence[int]) -> list[tuple[str, ...]]:
    """Return a row for each size: pages, then milliseconds, in all and a page, of each file."""
    pages = page_count(_render_times(document, engine)[3])
    rows = []
    for size in sizes:
        _, word, pdf, data = _render_times(scaled(document, size / pages), engine)
        count = page_count(data)
        each = (word * 1000, word * 1000 / count, pdf * 1000, pdf * 1000 / count)
        rows.append(
            (f"{document.id} × {size / pages:.1f}", str(count), *map("{:.1f}".format, each))
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Đo tốc độ so với cách làm thông thường.")
    parser.add_argument(
        "--quick", action="store_true", help="đo nhanh: 2 lượt, không đo văn bản 1.000 trang"
    )
    quick = parser.parse_args(arguments).quick
    runs, sizes = (QUICK_RUNS, QUICK_PAGES) if quick else (RUNS, PAGES)
    soffice = shutil.which("soffice")
    if soffice is None:
        print("KHÔNG CÓ soffice: KHÔNG SO SÁNH với cách thông thường — cài libreoffice-writer.")
    with tempfile.TemporaryDirectory() as folder:
        for document_id in DOCUMENTS:
            print(f"\n{document_id}: tiến trình mới, trung vị {runs} lượt xen kẽ", flush=True)
            print(compare(document_id, soffice, Path(folder), runs), flush=True)
    help_cpu = [run((sys.executable, "-m", "vanban.cli", "--help")).cpu for _ in range(runs)]
    print(f"\nvanban --help: {median(help_cpu):.2f} s CPU", flush=True)

    engine = PdfEngine()
    head = ("", "đọc", "soạn", "đo chữ", ".docx", "PDF")
    print(f"\nTừng khâu trong một tiến trình đã chạy (ms, trung vị {WARM_RUNS} lượt)")
    print(table(head, [stages(document_id, engine) for document_id in DOCUMENTS]), flush=True)

    workspace = load_content(CONTENT, None).workspace
    kinds = [find_kind(document_id) for document_id in DOCUMENTS]
    rows = [
        row
        for composed in compose_all(kinds, workspace, TEMPLATES)
        for row in growth(composed.document, engine, sizes)
    ]
    print("\nVăn bản dài dần (ms)")
    print(table(("", "số trang", ".docx", "mỗi trang", "PDF", "mỗi trang"), rows))


if __name__ == "__main__":
    main()
