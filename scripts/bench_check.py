"""Measure the check: the command on the plan and on a Word file, each rule, growth with length.

Run by ``make bench``. Seconds are CPU of whole processes, or of one call in a warm process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench import CONTENT, ROOT, TEMPLATES, repeated, run, table

from vanban.app.catalogue import compose_all, find_kind
from vanban.app.load import load_content
from vanban.checks.registry import all_rules
from vanban.checks.review import read_project
from vanban.checks.rules import NotEvaluated, Project, hits_of
from vanban.checks.run import run_rules
from vanban.checks.writing import Passage, Writing
from vanban.document import Composed, Document
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.measures import Layout
from vanban.render.docx import render_docx

RUNS = 5
PASSAGES_A_PAGE = 16
"""Of the plan: 180 passages on 11 pages."""

LENGTHS = (20, 200, 1000)
SLOWEST = 8


def lengthened(writing: Writing, pages: int) -> Writing:
    """Return a writing of about ``pages`` pages: its passages over and over, each one new text."""

    def passages() -> Iterator[Passage]:
        factor = pages * PASSAGES_A_PAGE / len(writing.passages)
        for number, (turn, passage) in enumerate(repeated(writing.passages, factor), 1):
            text = f"{passage.text} ({turn})" if turn else passage.text
            yield replace(passage, text=text, number=number)

    return replace(writing, passages=tuple(passages()))


def cpu(project: Project) -> float:
    start = time.process_time()
    run_rules(project)
    return time.process_time() - start


def slowest(project: Project) -> list[tuple[str, str]]:
    """Return the rules that take longest, with their milliseconds."""
    times = []
    for rule in all_rules():
        start = time.process_time()
        try:
            list(hits_of(rule, project))
        except NotEvaluated:
            continue
        times.append(((time.process_time() - start) * 1000, rule.id))
    return [(rule, f"{spent:.0f}") for spent, rule in sorted(times, reverse=True)[:SLOWEST]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Đo tốc độ soát lỗi.")
    parser.add_argument("--quick", action="store_true", help="ít lượt, không đo 1.000 trang")
    quick = parser.parse_args(arguments).quick
    runs, lengths = (2, LENGTHS[:2]) if quick else (RUNS, LENGTHS)

    workspace = load_content(CONTENT, None).workspace
    (composed,) = compose_all([find_kind("plan")], workspace, TEMPLATES)
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "20-trang.docx"
        word.write_bytes(_word_file(composed))
        rows = []
        for name, target in (("vanban check plan", "plan"), ("vanban check 20-trang.docx", word)):
            command = (sys.executable, "-m", "vanban.cli", "check", target, "--content", CONTENT)
            costs = [_allowing_findings(command) for _ in range(runs)]
            rows.append((name, f"{median(costs):.2f}"))
    print("\nSoát lỗi: tiến trình mới (s CPU, trung vị)")
    print(table(("", "CPU"), rows), flush=True)

    project = read_project(workspace, [composed])
    (writing,) = project.writings
    growth = []
    for pages in lengths:
        longer = replace(project, writings=(lengthened(writing, pages),))
        spent = cpu(longer)
        growth.append((f"{pages} trang", f"{spent:.2f}", f"{spent / pages * 1000:.1f}"))
    print("\nVăn bản dài dần, mọi quy tắc (CPU)")
    print(table(("", "giây", "ms mỗi trang"), growth))
    print("\nQuy tắc chậm nhất trên kế hoạch (ms)")
    print(table(("", "ms"), slowest(project)))


def _allowing_findings(command: Sequence[str | Path]) -> float:
    """Return the CPU of a check; that it exits with 1 for errors is no failure."""
    shell = 'status=0; "$@" || status=$?; [ "$status" -le 1 ]'
    return run(("sh", "-c", shell, "sh", *command)).cpu


def _word_file(composed: Composed) -> bytes:
    document: Document = replace(composed.document, body=composed.document.body * 2)
    layout = Layout(document, read_frame(TEMPLATES / "frame.docx"), find_times())
    return render_docx(document, layout, None)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "scripts"))
    main()
