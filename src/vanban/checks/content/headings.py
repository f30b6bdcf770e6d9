"""Headings of one level that are worded by different patterns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from vanban.checks.content.sections import Section, families, sections
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Writing

MIN_SIBLINGS = 3
"""Headings side by side that make a pattern."""

ALIKE = 0.5
"""Share of common words, of all, above which two headings are meant to be the same."""

_FORMS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("gạch nối “ - ” giữa hai phần", lambda title: " - " in title),
    ("tên đặt trong ngoặc kép", lambda title: "“" in title or '"' in title),
    ("tên viết trong ngoặc đơn", lambda title: title.endswith(")")),
)
"""What a heading can look like besides its words."""

_OPENINGS = ("về", "công tác", "tình hình", "kết quả", "việc", "lĩnh vực")
"""Words that frame a heading and say nothing of it: all of one level have them, or none."""


@text_algorithm
def odd_siblings(writing: Writing) -> Iterator[Hit]:
    for siblings in families(writing).values():
        for section, others, form in (*_odd_forms(siblings), *_odd_openings(siblings)):
            at, matter = Stretch.whole(section.passage), str(section.passage.number)
            yield Hit(at, matter=matter, given={"cac_muc": others, "khac": form})


@text_algorithm
def odd_cousins(writing: Writing) -> Iterator[Hit]:
    cousins: dict[tuple[int, str, Section | None], list[Section]] = defaultdict(list)
    for section in sections(writing):
        parent = section.parent
        if parent is not None:
            place = re.split(r"[. ]", section.label)[-1]
            cousins[section.depth, place, parent.parent].append(section)
    for same in cousins.values():
        counts = Counter(_plain(section) for section in same)
        (most, times), *others = counts.most_common() or [("", 0)]
        for title, count in others:
            if times + count < MIN_SIBLINGS or not _are_alike(most, title):
                continue
            found = [section for section in same if _plain(section) == title]
            usual = next(section.title for section in same if _plain(section) == most)
            first, *rest = (Stretch.whole(section.passage) for section in found)
            names = {"mot": f"“{found[0].title}” ({count} mục)", "hai": f"“{usual}” ({times} mục)"}
            yield Hit(first, matter=title, others=tuple(rest), given=names)


_Odd = tuple[Section, str, str]


def _odd_forms(siblings: tuple[Section, ...]) -> Iterator[_Odd]:
    """Yield the one heading that looks unlike all others that begin with its words."""
    groups: dict[tuple[str, ...], list[Section]] = defaultdict(list)
    for section in siblings:
        groups[tuple(_plain(section).split(" ")[:3])].append(section)
    for group in groups.values():
        for name, has in _FORMS:
            parted = {each: [s for s in group if has(s.title) is each] for each in (True, False)}
            for odd, form in (
                (False, f"các đề mục kia có {name}"),
                (True, f"chỉ đề mục này có {name}"),
            ):
                if len(group) >= MIN_SIBLINGS and len(parted[odd]) == 1:
                    yield parted[odd][0], _labels(parted[not odd]), form


def _odd_openings(siblings: tuple[Section, ...]) -> Iterator[_Odd]:
    """Yield the one heading that does not begin with the opening of all its siblings."""
    for opening in _OPENINGS:
        others = [section for section in siblings if _plain(section).startswith(f"{opening} ")]
        if len(others) == len(siblings) - 1 >= MIN_SIBLINGS:
            (odd,) = (section for section in siblings if section not in others)
            yield odd, _labels(others), f"các đề mục kia bắt đầu bằng “{opening.capitalize()}”"


def _are_alike(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= ALIKE * len(first | second)


def _plain(section: Section) -> str:
    return " ".join(section.title.lower().rstrip(".:").split())


def _labels(found: list[Section]) -> str:
    return ", ".join(section.label or f"“{section.title[:30]}”" for section in found)
