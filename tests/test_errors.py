"""Every error of the program comes back from another process as it was."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import vanban
from vanban.app.content_file import ChangedMeanwhile
from vanban.app.undo import ChangedSince
from vanban.errors import ContentError, Place, Problem
from vanban.evidence.new_entry import Mistyped
from vanban.io.child import ChildGone
from vanban.io.text import NotText
from vanban.sandbox import TooMuchWork

PROBLEM = Problem(Place(Path("a.yaml"), 1, 2), "ten", "sai")

MADE_OF: dict[type[BaseException], tuple[Any, ...]] = {
    ChangedMeanwhile: (PROBLEM.place, "nay là thế này", "f00"),
    ChangedSince: ("đã đổi", ("a: khác",)),
    ChildGone: (-9,),
    ContentError: ([PROBLEM], ["thêm"], "đã ghi"),
    Mistyped: ("ky_hieu", "không đúng dạng"),
    NotText: (3, 4),
    TooMuchWork: (),
}
"""What they are raised with that take something else than a text; so do those below them."""


def errors(above: type[BaseException] = BaseException) -> Iterator[type[BaseException]]:
    for kind in type.__subclasses__(above):
        if kind.__module__.startswith("vanban."):
            yield kind
        yield from errors(kind)


def made(kind: type[BaseException]) -> BaseException:
    values = next((MADE_OF[each] for each in kind.__mro__ if each in MADE_OF), ("a", "b", "c"))
    return kind(*values)


def test_every_error_pickles() -> None:
    for module in walk_packages(vanban.__path__, "vanban."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    kinds = {*errors()}
    assert kinds >= {*MADE_OF}
    assert [kind.__name__ for kind in kinds if not comes_back(made(kind))] == []


def comes_back(error: BaseException) -> bool:
    try:
        copy = pickle.loads(pickle.dumps(error))
    except Exception:
        return False
    return all(of(copy) == of(error) for of in (type, str, vars, _args, _lines))


def _args(error: BaseException) -> tuple[Any, ...]:
    return error.args


def _lines(error: BaseException) -> object:
    return getattr(error, "lines", None)
