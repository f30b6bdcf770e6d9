"""The review of the year in a process of its own: nobody at the desk waits for its computing."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from vanban.app.catalogue import find_kind
from vanban.app.load import load_content
from vanban.app.year_review import YearReview, review_year
from vanban.errors import MachineError, VanbanError
from vanban.io.process import start_child
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
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def review(self, content: Path, year: int, also: str) -> YearReview:
        """Raises what the review raises, MachineError where its process has ended."""
        pipe = self._pipe or self._begin()
        try:
            pipe.send((content, year, also))
            found: YearReview | VanbanError = pipe.recv()
        except (EOFError, OSError) as error:
            self._end()
            raise MachineError("tiến trình soát lỗi đã dừng giữa chừng — thử lại") from error
        if isinstance(found, VanbanError):
            raise found
        return found

    def _begin(self) -> Connection:
        context = get_context("spawn")  # a copy of a process with threads may wait for ever
        self._pipe, other_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(other_end,), daemon=True)
        start_child(self._process)
        other_end.close()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()
        self._pipe = self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()


def _serve(pipe: Connection) -> None:
    """Review what comes through ``pipe`` until the other side is closed, or gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process to answer
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    while True:
        try:
            asked = pipe.recv()
            pipe.send(_reviewed(*asked))
        except (EOFError, ConnectionError):
            return


def _reviewed(content: Path, year: int, also: str) -> YearReview | VanbanError:
    try:
        return review_content(content, year, also)
    except VanbanError as error:
        return error
