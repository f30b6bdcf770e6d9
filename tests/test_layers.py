"""The house stands: no import climbs, none goes in a circle, and none is hidden by TYPE_CHECKING.

Imports are read from the source, those inside functions and of types alike.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"

FLOORS: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            ["start"],
            ["cli"],
            ["desk"],
            ["app"],
            ["exchange"],
            ["checks"],
            ["dossier"],
            ["render", "compose"],
            ["layout"],
            ["city"],
            ["evidence"],
            ["scoring"],
            ["figures"],
            ["workspace"],
            ["block_words", "nd30"],
            ["document", "office"],
            ["ooxml"],
            ["identifier", "invocation", "io", "picture", "sandbox", "sheet", "style_ids"],
            ["kept", "line_ends", "provenance"],
            ["errors", "__version__"],
        ),
    )
)
"""Rooms of src/vanban from the top down. What stands on one floor does not know each other."""


@cache
def modules() -> dict[str, frozenset[str]]:
    """Return each module of the program with the modules that it imports."""
    paths = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in files()}
    names = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    return {name: frozenset(imported(path, names)) for name, path in names.items()}


def files() -> Iterator[Path]:
    yield from SOURCE.glob("vanban/**/*.py")


def imported(path: Path, names: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "vanban":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in names or node.module == "vanban" else str(node.module)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__version__"


def floor(module: str) -> int:
    (number,) = (number for number, rooms in enumerate(FLOORS) if room(module) in rooms)
    return number


def test_every_room_has_a_floor() -> None:
    assert {room(name) for name in modules()} == frozenset().union(*FLOORS)


def test_no_import_climbs() -> None:
    climbing = [
        f"{name} → {other}"
        for name, others in modules().items()
        for other in others
        if room(name) != room(other) and floor(name) >= floor(other)
    ]
    assert climbing == []


def test_no_import_goes_in_a_circle() -> None:
    known = modules()
    left = {name: {each for each in others if each in known} for name, others in known.items()}
    while free := [name for name, others in left.items() if not others & left.keys() - {name}]:
        for name in free:
            del left[name]
    assert sorted(left) == []


def test_stages_start_without_the_heavy_libraries_of_others() -> None:
    """Composing knows no layout engine, rendering no checks."""
    for stage, unknown in (("compose", {"render", "dossier", "checks"}), ("render", {"checks"})):
        for name, others in modules().items():
            if room(name) == stage:
                assert not {room(other) for other in others} & unknown, name


MOST_LINES = 400
"""Of a module, so that a person can read it in one sitting."""


def test_a_module_can_be_read_in_one_sitting() -> None:
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text().splitlines()) for path in files()
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
