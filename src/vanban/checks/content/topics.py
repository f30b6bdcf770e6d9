"""What stands under an index against the index: lacking fields, names, tasks out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from vanban.checks.clauses import any_of
from vanban.checks.content.sections import Section, families, is_plan
from vanban.checks.data import row_of
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Role, Writing

PAR_INDEX, PAPI = "PAR INDEX", "PAPI"
_FULL_NAMES = {
    PAR_INDEX: "chỉ số cải cách hành chính",
    PAPI: "chỉ số hiệu quả quản trị",
}
WEAK = "~"
"""Marks words that stand under many topics: they show a task to belong, not where else it does."""

ENOUGH_FIELDS = 4
"""Fields among the headings that show a plan to go through the index field by field."""

ENOUGH_WORDS = 2
"""Words of another index, with none of its own, that show a task to be out of place."""

_AROUND = re.compile(r"(?:(?:chỉ số nội dung|nội dung|lĩnh vực|chỉ số|về|công tác)\s+)+")


class Topic(Struct, frozen=True):
    """One field of PAR INDEX or one index of PAPI."""

    index: str
    number: int
    name: str
    titles: tuple[str, ...]
    words: re.Pattern[str]
    weak: re.Pattern[str]

    @property
    def title(self) -> str:
        return f"“{self.name}” ({self.index})"

    def owns(self, text: str) -> bool:
        """Say whether ``text`` (lower case) has any word of its content."""
        return self.count(text) > 0 or self.weak.search(text) is not None

    def count(self, text: str) -> int:
        """Return how many different words, of those found under no other topic, it has."""
        return len(set(self.words.findall(text)))


@cache
def topics() -> tuple[Topic, ...]:
    """Return the topics in the order of their row."""
    indices = row_of("ke-hoach/noi-dung-lac").parameters["indices"]
    return tuple(
        Topic(
            index,
            number,
            field["name"],
            field["titles"],
            any_of(tuple(word for word in field["words"] if not word.startswith(WEAK))),
            any_of(tuple(word[1:] for word in field["words"] if word.startswith(WEAK))),
        )
        for index, fields in indices.items()
        for number, field in enumerate(fields, 1)
    )


def topic_of(section: Section, index: str) -> Topic | None:
    """Return the topic of ``index`` that the title of a section names."""
    for topic in topics():
        if topic.index == index and section.titled(*topic.titles):
            return topic
    return None


@text_algorithm
def missing_fields(writing: Writing) -> Iterator[Hit]:
    for above, below in _groups(writing, PAR_INDEX):
        found = {topic_of(section, PAR_INDEX) for section in below} - {None}
        lacking = [topic for topic in topics() if topic.index == PAR_INDEX and topic not in found]
        if len(found) < ENOUGH_FIELDS or not lacking:
            continue
        names = "; ".join(f"{topic.number}. {topic.name}" for topic in lacking)
        at = Stretch.whole((above or below[0]).passage)
        yield Hit(at, given={"thieu": len(lacking), "linh_vuc": names})


@text_algorithm
def other_names(writing: Writing) -> Iterator[Hit]:
    for _, below in _groups(writing, PAR_INDEX):
        for each in below:
            topic = topic_of(each, PAR_INDEX)
            if topic is None or _bare(each.name) in _bare(topic.name):
                continue
            at = Stretch.whole(each.passage)
            yield Hit(at, right=topic.name, given={"so": topic.number})


@text_algorithm
def misplaced_tasks(writing: Writing, indices: object) -> Iterator[Hit]:
    """Read the fields of all ``indices``, as the rules about their names do."""
    placed = (
        (section, own)
        for index in (PAPI, PAR_INDEX)
        for _, below in _groups(writing, index)
        for section in below
        if (own := topic_of(section, index)) is not None
    )
    for section, own in placed:
        for task in section.tasks:
            text = task.lower
            best = max(topics(), key=lambda each: (each.count(text), each.index == own.index))
            if not own.owns(text) and best.count(text) >= ENOUGH_WORDS:
                given = {"dat_o": own.title, "noi_ve": best.title}
                yield Hit(Stretch.whole(task), matter=str(task.number), given=given)


def _groups(writing: Writing, index: str) -> Iterator[tuple[Section | None, tuple[Section, ...]]]:
    """Yield the sections that go through an index, with the one above them.

    That one, or the document's abstract, names the index.
    """
    if not is_plan(writing):
        return
    names = (index.lower(), _FULL_NAMES[index])
    abstract = " ".join(
        passage.lower for passage in writing.passages if passage.role is Role.ABSTRACT
    )
    for above, below in families(writing).items():
        if above is not None and above.titled(*names):
            yield above, below
        elif any(name in abstract for name in names):
            known = {topic_of(section, index) for section in below} - {None}
            if len(known) >= ENOUGH_FIELDS:
                yield above, below


def _bare(name: str) -> str:
    """Return a name in lower case without what stands around it in headings."""
    name = " ".join(name.lower().split())
    around = _AROUND.match(name)
    return name[around.end() :] if around else name
