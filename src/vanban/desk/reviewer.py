"""The review of the year in a process of its own: nobody at the desk waits for its computing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from vanban.app.catalogue import find_kind
from vanban.app.load import load_content
from vanban.app.year_review import YearReview, review_year
from vanban.errors import MachineError, VanbanError
from vanban.io.child import Child, ChildGone, Questions
from vanban.workspace.folder import templates_of

BEHIND = 5
"""How far it stands back, on a busy machine, behind those who type (nice)."""


def review_content(content: Path, year: int, also: str) -> YearReview:
    """Review the documents of a year here and now, and one that is made on request ("": none).

    Raises ContentError where a register of all years has mistakes.
    """
    more = (find_kind(also, content),) if also else ()
    return review_year(load_content(content, year), templates_of(content), more)


class ReviewProcess:
    """Does what :func:`review_content` does, elsewhere, one at a time; begun when first asked.

    A context manager that ends the process; that also ends with the one that began it.
    """

    def __init__(self) -> None:
        self._child = Child(_serve, start_method="spawn")  # a copy of threads may wait for ever

    def review(self, content: Path, year: int, also: str) -> YearReview:
        """Raises what the review raises, MachineError where its process has ended."""
        try:
            if not self._child.running:
                self._child.start()
            self._child.ask(content, year, also)
            found: YearReview = self._child.answer()
        except ChildGone as error:
            raise MachineError("tiến trình soát lỗi đã dừng giữa chừng — thử lại") from error
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.stop()


def _serve(questions: Questions) -> None:
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    questions.answer(review_content, errors=VanbanError)
