"""Runs of text put together from the pieces of an outline."""

from __future__ import annotations

from dataclasses import replace

from vanban.document import Run, Runs
from vanban.provenance import traced


def joined(runs: Runs) -> Runs:
    """Join neighbouring runs of one look; empty ones go, but for references without a text."""
    kept: list[Run] = []
    for run in runs:
        if not run.text and run.target is None:
            continue
        last = kept[-1] if kept else None
        if last is not None and run.text and _look(last) == _look(run):
            kept[-1] = replace(last, text=traced(last.text, run.text))
        else:
            kept.append(run)
    return tuple(kept)


def _look(run: Run) -> tuple[bool, bool, str | None]:
    return run.bold, run.italic, run.target
