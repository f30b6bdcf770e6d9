"""Cross-references of an outline: blocks with empty links → blocks with literal text.

A link ``[](#anchor)`` has no text until the annexes are numbered; then it reads "Phụ lục II".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from vanban.block_words import with_runs
from vanban.document import Block, Runs
from vanban.nd30.heading_numbers import roman


class UnknownAnchor(LookupError):
    """A reference to an anchor that no annex has; its text is the anchor."""


def number_annexes(count: int) -> list[str]:
    """Number annexes; a single one has no numeral (Decree 30/2020, Annex I, III.1)."""
    if count == 1:
        return ["Phụ lục"]
    return [f"Phụ lục {roman(number)}" for number in range(1, count + 1)]


def resolve(block: Block, labels: Mapping[str, str]) -> Block:
    """Give every reference in ``block`` its text; ``labels`` maps anchors to numbers of annexes.

    Raises UnknownAnchor for a reference to nothing.
    """
    return with_runs(block, partial(_runs, labels=labels))


def _runs(runs: Runs, labels: Mapping[str, str]) -> Runs:
    if not any(run.target for run in runs):
        return runs
    resolved = []
    for run in runs:
        if run.target is not None and run.target not in labels:
            raise UnknownAnchor(run.target)
        if run.target is not None and not run.text:
            run = replace(run, text=labels[run.target])
        resolved.append(run)
    return tuple(resolved)


def place_name(labels: Sequence[str], item: int) -> str:
    """Name a place by the labels of its headings and its item of a list, 0 for none.

    "Phần II, mục I.3.1, ý 4" of "Phần II", "I.", "3.", "3.1." and 4.
    """
    names = [label for label in labels if label.startswith("Phần")]
    numbers = [label.rstrip(".)") for label in labels if label and not label.startswith("Phần")]
    # A label such as 3.1. repeats its parent's 3.
    kept = [
        number
        for number, following in zip(numbers, [*numbers, ""][1:], strict=True)
        if not following.startswith(f"{number}.")
    ]
    if kept:
        names.append("mục " + ".".join(kept))
    if item:
        names.append(f"ý {item}")
    return ", ".join(names)
