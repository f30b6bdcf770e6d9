"""Items of lists and headings: how they end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing

_SIGN = re.compile(r"\s*([-–+•*])\s")
_NUMBER = re.compile(r"((?:\d+\.){2,})(\d{1,9})\.\s")

SHORT = 30
"""Words of a numbered line that may be a heading."""


class _List(Struct):
    """Items with one sign; ``inner`` where it stands below an item of another list."""

    sign: str
    inner: bool
    items: list[Passage] = field(default_factory=list)


@text_algorithm
def ends_of_items(writing: Writing) -> Iterator[Hit]:
    for each in _lists(writing):
        ends = [_end(item) for item in each.items]
        counted = Counter(end for end in ends[:-1] if end in (".", ";"))
        usual = counted.most_common(1)[0][0] if counted else "."
        for number, (item, end) in enumerate(zip(each.items, ends, strict=True)):
            last = number == len(ends) - 1
            right = "." if last else usual
            if end in (right, ":") or (last and (end == "/" or (each.inner and end == usual))):
                continue
            odd = "ý cuối của mục không kết thúc bằng dấu chấm"
            given = {"sao": odd if last else "ý này kết thúc khác các ý cùng mục"}
            matter = f"{each.items[0].number} {right}"
            yield Hit(_tail(item), matter=matter, right=right, given=given)


def _lists(writing: Writing) -> Iterator[_List]:
    """Yield the lists of two items or more: those with one sign, under one heading, in a row.

    A list with another sign below an item does not break the list of that item.
    """
    found: list[_List] = []
    open_lists: list[_List] = []
    for passage in writing.passages:
        sign = _sign(passage)
        if sign is None:
            open_lists = []
            continue
        while open_lists and sign not in (each.sign for each in open_lists[-1:]):
            if all(each.sign != sign for each in open_lists):
                break
            open_lists.pop()
        if not open_lists or open_lists[-1].sign != sign:
            open_lists.append(_List(sign, bool(open_lists)))
            found.append(open_lists[-1])
        open_lists[-1].items.append(passage)
    yield from (each for each in found if len(each.items) > 1)


def _sign(passage: Passage) -> str | None:
    """Return the sign of an item, None for what is none."""
    sign = _SIGN.match(passage.text)
    if passage.role is Role.BULLET:
        return sign[1] if sign is not None else "-"
    return sign[1] if passage.role is Role.BODY and sign is not None else None


def _end(item: Passage) -> str:
    text = item.text.rstrip().rstrip('”)"')
    if text.endswith("./."):
        return "/"
    return text[-1] if text and text[-1] in ".;:,…" else ""


def _tail(passage: Passage) -> Stretch:
    """Return the last words of a passage."""
    text = passage.text.rstrip()
    return Stretch(passage, text.rfind(" ", 0, max(len(text) - 24, 0)) + 1, len(text))


@text_algorithm
def end_of_heading(writing: Writing) -> Iterator[Hit]:
    headings = [passage for passage in writing.passages if passage.role is Role.HEADING]
    for passage in (*headings, *_unlike_siblings(writing)):
        text = passage.text.rstrip()
        if len(text) > 5 and text[-1] in ".;,":
            yield Hit(_tail(passage), given={"dau": text[-1]})


def _unlike_siblings(writing: Writing) -> Iterator[Passage]:
    """Yield numbered lines with a stop among siblings (7.1.1, 7.1.2) that are headings without."""
    siblings: dict[str, list[tuple[int, Passage]]] = {}
    for passage in writing.passages:
        number = _NUMBER.match(passage.text)
        if number is None or passage.role not in (Role.BODY, Role.NUMBERED):
            continue
        same = siblings.setdefault(number[1], [])
        if same and int(number[2]) != same[-1][0] + 1:
            yield from _odd(same)
            same.clear()
        same.append((int(number[2]), passage))
    for same in siblings.values():
        yield from _odd(same)


def _odd(siblings: list[tuple[int, Passage]]) -> Iterator[Passage]:
    passages = [passage for _, passage in siblings]
    stopped = [each for each in passages if _end(each)]
    if len(stopped) * 2 < len(passages):
        yield from (each for each in stopped if len(each.words) <= SHORT)
