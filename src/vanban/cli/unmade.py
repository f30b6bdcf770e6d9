"""What a build says of the documents that it could not make, and of their old files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from vanban.app.catalogue import Unmade
from vanban.cli.base import problem_lines
from vanban.errors import ContentError


def unmade_error(unmade: Iterable[Unmade], folder: Path) -> ContentError:
    """Return the error of a build that makes nothing; ``folder`` is where the files would go."""
    unmade = tuple(unmade)
    problems = [problem for each in unmade for problem in each.problems]
    return ContentError(problems, [line for each in unmade for line in _old_files(each, folder)])


def unmade_lines(unmade: Iterable[Unmade], folder: Path) -> Iterator[str]:
    """Yield the problems of all, then a line for each document, with what became of its files."""
    unmade = tuple(unmade)
    if unmade:
        yield ""
    yield from problem_lines(sorted({problem for each in unmade for problem in each.problems}))
    for each in unmade:
        files = dict.fromkeys(str(problem.place.file) for problem in each.problems)
        yield f"Chưa dựng được {each.kind.id}: {len(each.problems)} lỗi ở {', '.join(files)}."
        yield from _old_files(each, folder)


def _old_files(unmade: Unmade, folder: Path) -> Iterator[str]:
    old = [path for path in sorted(folder.glob(f"{unmade.kind.id}.*")) if path.is_file()]
    if old:
        names = ", ".join(str(path) for path in old)
        yield f"{names}: vẫn còn là bản của lần dựng trước, chưa theo nội dung mới."
