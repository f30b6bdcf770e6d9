"""What goes to the screen, and whether it can.

Every line of text goes through :func:`say`, so that a name or value with a line break, a colour
code or a mark of writing direction in it shows these as ``\\n``, ``\\x1b``, ``\\u202e`` and cannot
break, paint or turn the line.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

import click

from vanban.errors import MachineError
from vanban.io.reasons import reason_of

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls, ends of lines and paragraphs, marks of direction, and bytes that are no letters."""

_PAINT = "\x00"
"""Stands around what is painted; no file name and no YAML can hold it."""


class Unprintable(Exception):
    """The screen, or the file that takes its text, has no Vietnamese letters."""


def visible(text: str) -> str:
    """Return ``text`` on one line, with what would not show written out."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


_recorded: ContextVar[list[tuple[str, bool]] | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[list[tuple[str, bool]]]:
    """Yield what is said meanwhile, text and whether it goes to the standard error."""
    said: list[tuple[str, bool]] = []
    token = _recorded.set(said)
    try:
        yield said
    finally:
        _recorded.reset(token)


def say(line: str = "", err: bool = False, once: bool = False) -> None:
    """Print one line; raises MachineError where what stands for the screen does not take it.

    What is said ``once``, as progress, is no part of a recording.
    """
    _echo(visible(line), err, once)


def say_again(said: Iterable[tuple[str, bool]]) -> None:
    """Print what was recorded."""
    for text, err in said:
        _echo(text, err)


def painted(text: str, colour: str | None) -> str:
    """Return a word of a line for :func:`say_painted`."""
    return f"{_PAINT}{colour or ''}{_PAINT}{text}{_PAINT}"


def say_painted(line: str) -> None:
    """Print one line, with colours where the screen has them."""
    parts = line.split(_PAINT)
    for number in range(2, len(parts), 3):
        parts[number] = click.style(visible(parts[number]), fg=parts[number - 1] or None)
        parts[number - 1] = ""
        parts[number - 2] = visible(parts[number - 2])
    parts[-1] = visible(parts[-1])
    _echo("".join(parts))


def say_data(text: str) -> None:
    """Print what another program reads; it has its own ways to write such characters."""
    _echo(text)


@contextmanager
def showing_progress() -> Iterator[None]:
    """Show a bar of work that tells how far it is, where there is a screen."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from vanban.io.progress import telling

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=None)

        def tell(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total)

        with telling(tell):
            yield


def _echo(text: str, err: bool = False, once: bool = False) -> None:
    said = _recorded.get()
    if said is not None and not once:
        said.append((text, err))
    # The interpreter has no stream for what was closed before it began.
    if not err and sys.stdout is None:
        raise MachineError("không in được kết quả: đầu ra đã đóng")
    try:
        click.echo(text, err=err)
    except OSError as error:
        is_closed = isinstance(error, BrokenPipeError)
        reason = "nơi nhận đã đóng" if is_closed else reason_of(error)
        if not err:  # what is left is not to be written there when the program ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise MachineError(f"không in hết được kết quả: {reason}") from error


def prepare() -> None:
    """Make sure that the screen takes Vietnamese; raises Unprintable before anything is done.

    What was closed before the interpreter began, and is not for results, reads and takes nothing.
    """
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() in ("utf-8", "utf8"):
            stream.reconfigure(errors="backslashreplace")  # bytes of names that are no letters
    if not _takes_vietnamese(sys.stdout):
        # Plain letters: the other stream need not have more.
        raise Unprintable(
            f"Loi: noi nhan ket qua dung bang ma {sys.stdout.encoding}, khong ghi duoc tieng Viet "
            "- dat bien PYTHONIOENCODING=utf-8 roi chay lai"
        )


def _takes_vietnamese(stream: TextIO | None) -> bool:
    try:
        "ờ “–”".encode(
            (stream and stream.encoding) or "utf-8", (stream and stream.errors) or "strict"
        )
    except UnicodeEncodeError:
        return False
    return True


def refusal(error: OSError) -> str:
    """Return what the machine refused, as one line for the user."""
    where = error.filename2 or error.filename
    if where is None:
        return f"máy không làm được: {reason_of(error)} — xem chỗ trống trên đĩa và bộ nhớ"
    what = "xem lại đường dẫn, quyền và chỗ trống trên đĩa"
    return f"{os.fsdecode(where)}: {reason_of(error)} — {what}"
