"""The errors of the whole program; only the command line turns them into words and exit codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

_LONG = re.compile(r"“([^“”]{200,})”")
"""A quotation of a whole paragraph; nobody reads that in a message."""
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def printable(text: str) -> str:
    """Return ``text`` as a message shows it: on one line, long quotations cut with their length."""
    shown = "".join("\ufffd" if unicodedata.category(sign) in _HIDDEN else sign for sign in text)
    return _LONG.sub(lambda quoted: f"“{quoted[1][:60]}…” ({len(quoted[1])} ký tự)", shown)


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a text file; line and column count from 1, 0 means unknown."""

    file: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [str(self.file)]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of content, in Vietnamese, on one line.

    ``key`` is the YAML key (or list position) that the mistake stands under, "" where there is
    none; ``message`` says what is wrong and, after a dash, what to do. It ``follows`` from the
    mistakes in other files: mended there, it is gone.
    """

    place: Place
    key: str
    message: str
    follows: tuple[Path, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        head = f"{self.place}: {self.key}: " if self.key else f"{self.place}: "
        return head + printable(self.message)


class VanbanError(Exception):
    """Base of every error that a user can mend; never shown as a traceback. Exit status 1."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle text and attributes: no class has to be made again by its own initializer."""
        return _made_again, (type(self), self.args), vars(self)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines to print: one, unless a class says that it has more."""
        return (str(self),)


def _made_again(kind: type[VanbanError], texts: tuple[Any, ...]) -> VanbanError:
    return kind.__new__(kind, *texts)


class ContentError(VanbanError):
    """Content cannot be used; raised by loading, checking figures and composing.

    Carries every problem found in one run, sorted by place and without repeats, nor what follows
    from another of them; ``remarks`` are lines to print after them, ``outcome`` says what became
    of the files.
    """

    def __init__(
        self,
        problems: Iterable[Problem],
        remarks: Iterable[str] = (),
        outcome: str = "chưa tạo hay thay đổi tệp nào",
    ) -> None:
        found = sorted(set(problems))
        causes = {each.place.file for each in found if not each.follows}
        self.problems = tuple(each for each in found if causes.isdisjoint(each.follows))
        self.remarks = tuple(remarks)
        self.outcome = outcome
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def at(cls, place: Place | Path, message: str, key: str = "") -> Self:
        """Return the error that has one problem; a path stands for a file as a whole."""
        where = place if isinstance(place, Place) else Place(place)
        return cls([Problem(where, key, message)])


class TemplateError(ContentError):
    """An outline or the Word frame in templates/ cannot be used; raised by compose and render."""


class MachineError(VanbanError):
    """This machine lacks something a build needs (font, Pango); raised by render and doctor."""


class UsageError(VanbanError):
    """The command line asks for what does not exist. Exit status 2."""
