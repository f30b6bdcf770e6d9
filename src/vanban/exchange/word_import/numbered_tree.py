"""Paragraphs of a body → a tree: what stands under which heading, number or dash.

Depth follows from the kinds of numbers, not from styles, which every office sets otherwise. A
heading without a number stands by its style's level, else by its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from vanban.checks.form.body import BodyKind, BodyParagraph
from vanban.checks.form.parts import Part
from vanban.nd30.letters import fold
from vanban.ooxml.word_file import WordParagraph

RANKS = {
    BodyKind.PART: 10,
    BodyKind.SECTION: 14,
    BodyKind.ROMAN: 20,
    BodyKind.ARTICLE: 30,
    BodyKind.CLAUSE: 40,
    BodyKind.SUBCLAUSE: 44,
    BodyKind.POINT: 60,
    BodyKind.BULLET: 70,
}
"""Depth by the kind of a number; one of more levels ("1.1.1.") lies deeper by one a level."""

CAPITALS, BOLD, STYLED = 16, 48, 16
"""Depth of headings without a number: in capitals, bold, and of the outermost level of styles."""

PROSE = 100
_TITLES = (BodyKind.PART_TITLE, BodyKind.SECTION_TITLE)
_SIGNS = {"-": 0, "–": 0, "—": 0, "•": 1, "*": 2, "+": 3}
"""Dashes stand above plus signs."""


class Branch(Struct, eq=False):
    """A paragraph with what stands below it; ``title`` are the lines of its title or text.

    ``label`` is the stretch of its number, None without one. ``rows`` are the cells of a
    ``table``, each of paragraphs.
    """

    rank: int
    item: BodyParagraph | None = None
    label: Part | None = None
    title: tuple[Part, ...] = ()
    below: list[Branch] = field(default_factory=list)
    table: int = -1
    rows: list[list[list[WordParagraph]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(part.text.split()) for part in self.title)

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def is_prose(self) -> bool:
        return self.rank == PROSE and not self.rows

    @property
    def is_bullet(self) -> bool:
        return self.item is not None and self.item.kind is BodyKind.BULLET

    @property
    def is_heading(self) -> bool:
        """Whether it is a title, or has a number and something besides prose below it."""
        if self.item is None or self.is_prose or self.is_bullet or self.rows:
            return False
        holds = any(not branch.is_prose for branch in self.below)
        return holds or (self.item.title and bool(self.below)) or self.rank < RANKS[BodyKind.CLAUSE]

    @property
    def whole(self) -> tuple[Part, ...]:
        """Its label and its words."""
        return (*((self.label,) if self.label is not None else ()), *self.title)

    def walk(self) -> Iterator[Branch]:
        """Yield all that is below it, in order."""
        for branch in self.below:
            yield branch
            yield from branch.walk()


def numbered_tree(items: Iterable[BodyParagraph]) -> Branch:
    """Return the root, which has no paragraph of its own."""
    root = Branch(0)
    open_branches = [root]
    for item in items:
        last = open_branches[-1]
        if item.kind in _TITLES and last.item is not None:
            last.title += (item.whole,)
            continue
        if item.kind is BodyKind.CELL:
            _add_cell(last, item.paragraph)
            continue
        branch = _branch(item)
        opens_list = branch.rank == PROSE and branch.text.endswith(":")
        while open_branches[-1].rank >= branch.rank or (opens_list and open_branches[-1].is_bullet):
            open_branches.pop()
        open_branches[-1].below.append(branch)
        if branch.rank != PROSE:
            open_branches.append(branch)
    return root


def _branch(item: BodyParagraph) -> Branch:
    whole = item.whole
    label = Part(item.paragraph, item.start, item.label) if item.label > item.start else None
    start = (
        item.label
        + len(item.paragraph.text[item.label :])
        - len(item.paragraph.text[item.label :].lstrip())
    )
    title = (Part(item.paragraph, start, whole.end),) if start < whole.end else ()
    return Branch(_rank(item), item, label, title)


def _rank(item: BodyParagraph) -> int:
    if item.kind is BodyKind.BULLET:
        return RANKS[item.kind] + _SIGNS.get(item.number[:1], 0)
    if item.kind is BodyKind.SUBCLAUSE:
        return RANKS[item.kind] + item.number.strip(".").count(".")
    if item.kind in RANKS:
        return RANKS[item.kind]
    if item.paragraph.format.outline is not None:
        return STYLED + 12 * item.paragraph.format.outline
    if not item.title:
        return PROSE
    letters = re.sub(r"[^\w]|\d", "", item.rest)
    return CAPITALS if letters.isupper() else BOLD


def _add_cell(branch: Branch, paragraph: WordParagraph) -> None:
    """Put a paragraph of a table into the table that ends ``branch``, or a new one."""
    place = paragraph.cell
    if place is None:
        return
    if not branch.below or branch.below[-1].table != place.table:
        branch.below.append(Branch(PROSE, table=place.table))
    rows = branch.below[-1].rows
    while len(rows) <= place.row:
        rows.append([])
    while len(rows[place.row]) <= place.column:
        rows[place.row].append([])
    rows[place.row][place.column].append(paragraph)
