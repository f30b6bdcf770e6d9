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
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from vanban.document import Document
from vanban.errors import MachineError
from vanban.invocation import command_here
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
        context: Any = get_context(start_method)
        self._pipe, other_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(other_end, self._pipe), daemon=True)
        self._process.start()
        other_end.close()

    def start(
        self, document: Document, layout: Layout, stamp: date | None
    ) -> Callable[[], PdfFile]:
        """Begin the PDF of ``document``; return a call that waits for it.

        One document at a time. Starting and waiting raise MachineError where the process ended;
        it has then said why, or written it to the standard error.
        """
        try:
            self._pipe.send_bytes(_plain((document, layout, stamp)))
        except (BrokenPipeError, ConnectionResetError):
            self._receive()
        return self._receive

    def _receive(self) -> PdfFile:
        try:
            result: PdfFile | MachineError = self._pipe.recv()
        except (EOFError, ConnectionResetError):
            raise _ended() from None
        if isinstance(result, MachineError):
            raise result
        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # The signal first: while it unwinds at the end of the pipe, it would hit a destructor, and
        # Python tell of an ignored exception. One that was ignored is made good by that end.
        self._process.terminate()
        self._pipe.close()
        self._process.join()


class _PlainPickler(pickle.Pickler):
    """Leaves out where texts come from, most of a document: no page needs that."""

    def reducer_override(self, value: object) -> Any:
        return (str, (str(value),)) if isinstance(value, TracedText) else NotImplemented


def _plain(value: object) -> bytes:
    stream = io.BytesIO()
    _PlainPickler(stream).dump(value)
    return stream.getvalue()


def _serve(pipe: Connection, other_end: Connection) -> None:
    """Render what comes through ``pipe`` until the other side closes it."""
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first process to answer
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # unwind, so that the folder goes
    # WeasyPrint leaves 2 MB of fonts in the temporary folder of a process that is ended.
    try:
        with scratch() as folder:
            tempfile.tempdir = str(folder)
            _render_all(pipe)
    except MachineError as error:
        pipe.send(error)


def _render_all(pipe: Connection) -> None:
    from vanban.render.pdf import PdfEngine

    engine = PdfEngine()
    while True:
        try:
            document, layout, stamp = pipe.recv()
        except EOFError:
            return
        pipe.send(engine.render(document, layout, stamp))


def _ended() -> MachineError:
    return MachineError(
        f"Tiến trình tạo PDF đã dừng giữa chừng — chạy {command_here('doctor')} để xem máy thiếu gì"
    )
