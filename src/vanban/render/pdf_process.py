"""A PDF engine in a process of its own.

Loading WeasyPrint takes as long as reading and composing the content; started first, it is ready
when the first document is, and sets the PDF while the .docx is being written. On two free cores a
cold build takes a sixth less time; on one it takes as long as before.
"""

from __future__ import annotations

import io
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from typing import Any, Self

from vanban.document import Document
from vanban.errors import MachineError
from vanban.invocation import command_here
from vanban.io.child import Child, ChildGone, Questions
from vanban.io.scratch import scratch
from vanban.layout.measures import Layout
from vanban.provenance import TracedText
from vanban.render.pdf_file import PdfFile


class PdfProcess:
    """Does what PdfEngine does, elsewhere; a context manager that ends the process.

    Start it before other threads: on Linux the process is a copy (fork) of this one.
    """

    def __init__(self, start_method: str | None = None) -> None:
        """Start the process the usual way of this system, or by ``start_method`` ("spawn")."""
        self._child = Child(_serve, start_method=start_method, gently=True)
        self._child.start()

    def start(
        self, document: Document, layout: Layout, stamp: date | None
    ) -> Callable[[], PdfFile]:
        """Begin the PDF of ``document``; return a call that waits for it.

        One document at a time. Waiting raises MachineError where the process ended; it has then
        said why, or written it to the standard error.
        """
        self._child.ask(_plain((document, layout, stamp)))
        return self._receive

    def _receive(self) -> PdfFile:
        try:
            file: PdfFile = self._child.answer()
        except ChildGone:
            raise _ended() from None
        return file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.stop()


class _PlainPickler(pickle.Pickler):
    """Leaves out where texts come from, most of a document: no page needs that."""

    def reducer_override(self, value: object) -> Any:
        return (str, (str(value),)) if isinstance(value, TracedText) else NotImplemented


def _plain(value: object) -> bytes:
    stream = io.BytesIO()
    _PlainPickler(stream).dump(value)
    return stream.getvalue()


def _serve(questions: Questions) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # unwind, so that the folder goes
    # WeasyPrint leaves 2 MB of fonts in the temporary folder of a process that is ended.
    try:
        with scratch() as folder:
            tempfile.tempdir = str(folder)
            from vanban.render.pdf import PdfEngine

            engine = PdfEngine()
            questions.answer(lambda plain: engine.render(*pickle.loads(plain)), errors=MachineError)
    except MachineError as error:
        questions.refuse(error)


def _ended() -> MachineError:
    return MachineError(
        f"Tiến trình tạo PDF đã dừng giữa chừng — chạy {command_here('doctor')} để xem máy thiếu gì"
    )
