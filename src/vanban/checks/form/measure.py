"""What measures of form take and give; the engine alone compares and words it.

A measure is a pure function of a :class:`Subject`. It gives values with their places, or what it
found by itself (several give a line of the report each), or why nothing can be measured; an empty
sequence where there is nothing to measure, None where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from vanban.checks.form.body import BodyKind, BodyParagraph
from vanban.checks.form.components import Components
from vanban.checks.form.parts import Part
from vanban.checks.form.printed_pages import Pages
from vanban.checks.form.specification import Aspect, Component, Range
from vanban.ooxml.word_file import Section, WordFile
from vanban.workspace.workspace import Workspace

HEAD_LINES = ("so-ky-hieu", "dia-danh-thoi-gian", "quoc-hieu", "tieu-ngu", "co-quan-ban-hanh")
"""Components of the head that every document has; those first that no cover shows."""

TOP = 6
"""Paragraphs at the start in which a picture may be the head."""

POINTS_PER_MM = 72 / 25.4


class Form(Struct, frozen=True, eq=False, dict=True):
    """All that is judged: the file, its components, its pages.

    ``unmeasured`` says why there are no pages, "" where there are; ``text_changed`` is None for
    a file that this program did not build.
    """

    word: WordFile
    components: Components
    pages: Pages | None
    unmeasured: str = ""
    text_changed: bool | None = None
    workspace: Workspace | None = None

    @property
    def official_letter(self) -> bool:
        return self.components.kind == "Công văn"

    @property
    def unread(self) -> str:
        """Why nobody can say that a component is missing, "" where all of the body was read."""
        return self.word.unread_text

    @cached_property
    def head_page(self) -> int:
        """The index of the page with the head; pages before are covers and contents."""
        parts = (part for name in HEAD_LINES for part in self.components.get(name)[:1])
        pages = self.pages.pages if self.pages is not None else ()
        for part in parts:
            found = next((page.index for page in pages if page.find(part.text)), None)
            if found is not None:
                return found
        return 0

    @property
    def head_is_picture(self) -> bool:
        """Whether a picture stands where nothing of the head was found in the text."""
        if any(self.components.get(component) for component in HEAD_LINES):
            return False
        return any(each.picture for each in (*self.word.paragraphs[:TOP], *self.word.margins))

    @property
    def section(self) -> Section:
        """The section in which the document begins."""
        sections, flow = self.word.sections, self.components.flow
        return sections[flow[0].section if flow else 0]

    @property
    def content(self) -> tuple[BodyParagraph, ...]:
        """The paragraphs of the content outside tables."""
        return tuple(each for each in self.components.body if each.kind is not BodyKind.CELL)


class Subject(Struct, frozen=True):
    """What one aspect is measured on: the form, and the parts of the components looked at."""

    form: Form
    component: Component
    aspect: Aspect
    looked_at: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the components looked at."""
        return tuple(part for each in self.looked_at for part in self.of(each))

    def of(self, component: str) -> tuple[Part, ...]:
        """Return the parts of a component."""
        return self.form.components.get(component)

    def allows(self, value: float | str) -> bool:
        """Say whether a value is one of those allowed, within the tolerance."""
        return any(
            each.holds(value, self.aspect.tolerance)
            if isinstance(each, Range) and isinstance(value, float)
            else each == value
            for each in self.aspect.right(self.component)
        )


class Value(Struct, frozen=True):
    """A number or words as measured, and the part that has them, None for the whole file."""

    value: float | str
    part: Part | None = None


class Found(Struct, frozen=True):
    """What a measure judged by itself: ``text`` was found, and ``at`` what places it is wrong.

    ``wrong`` is given where there is no place to show; ``allowed`` and ``advice`` where they
    depend on what was found, else ``words`` fill in those of the aspect.
    """

    text: str = ""
    at: tuple[Part, ...] = ()
    wrong: bool | None = None
    allowed: str = ""
    advice: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


class Unmeasured(Struct, frozen=True):
    """Why something could not be measured or read, in Vietnamese; never a pass."""

    reason: str


Result = Sequence[Value] | Sequence[Found] | Found | Unmeasured | None
Measure = Callable[[Subject], Result]

MEASURES: dict[str, Measure] = {}
"""The measures by the names that ``do`` gives them."""


def measure(name: str) -> Callable[[Measure], Measure]:
    """Register a measure."""

    def register(function: Measure) -> Measure:
        assert name not in MEASURES, f"measure {name} is registered twice"
        MEASURES[name] = function
        return function

    return register


def shown(value: float) -> str:
    """Return a number with at most one decimal, as Vietnamese prints it: 12,7."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


MAX_QUOTED = 3
MAX_EXCERPT = 100
"""Letters of a paragraph that are repeated, to recognise the place."""


def excerpt(text: str) -> str:
    """Return the first words of a place as they stand."""
    return text if len(text) <= MAX_EXCERPT else text[:MAX_EXCERPT].rsplit(" ", 1)[0]


def quoted(words: Iterable[str]) -> str:
    """Return the first few of ``words`` in quotation marks, and how many more there are."""
    texts = [" ".join(excerpt(text).split()) for text in words]
    told = ", ".join(f"“{text}”" for text in texts[:MAX_QUOTED])
    more = len(texts) - MAX_QUOTED
    return f"{told} và {more} chỗ nữa" if more > 0 else told
