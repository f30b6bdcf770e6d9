"""What a Word file says besides its words: comments of reviewers, and another look.

Neither changes the content: comments are told with the places that they are about, a look with the
place where all documents have it, the Word frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from vanban.errors import Place
from vanban.exchange.marks import BaseParagraph, Piece
from vanban.exchange.pull import NOWHERE, Comparison
from vanban.layout.frame import Frame, ParagraphStyle
from vanban.ooxml.word_file import Comment, PageSetup, WordParagraph

LEAST = 0.6
"""pt; less is the rounding of another program."""
MOST_EXCERPT = 60


class Remark(Struct, frozen=True):
    """A comment, the place in content or outline that it is about, and the words there."""

    comment: Comment
    place: Place
    excerpt: str


def remarks(comparison: Comparison) -> Iterator[Remark]:
    """Yield the comments in the order of the text."""
    for number, paragraph in enumerate(comparison.file):
        for comment_id, at in paragraph.comments:
            comment = comparison.word.remarks.get(comment_id)
            if comment is None:
                continue
            place = place_at(comparison, number, at)
            yield Remark(comment, place, excerpt_of(paragraph.text[at:]))


def place_at(comparison: Comparison, number: int, at: int) -> Place:
    """Return where to change what stands at the letter ``at`` of a paragraph of the file."""
    base = comparison.matching.of_file.get(number)
    if base is None:
        return NOWHERE
    return comparison.place_of(base, _piece_at(comparison.base.paragraphs[base], at))


def _piece_at(paragraph: BaseParagraph, at: int) -> Piece:
    """Return the first words of content behind a character of a paragraph, else what is there."""
    ends = accumulate(len(piece.text) for piece in paragraph.pieces)
    behind = [piece for piece, end in zip(paragraph.pieces, ends, strict=True) if at < end]
    typed = (piece for piece in behind if piece.value)
    return next(typed, None) or next(iter(behind), paragraph.pieces[-1])


def excerpt_of(text: str) -> str:
    """Return the words that a text begins with, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= MOST_EXCERPT else words[:MOST_EXCERPT].rsplit(" ", 1)[0] + "…"


# --- look -------------------------------------------------------------------------------------


class OtherLook(Struct, frozen=True):
    """A property of one style that paragraphs of the file have otherwise: "cỡ chữ", "14", "13"."""

    style: str
    name: str
    frame: str
    file: str
    excerpts: tuple[str, ...]


def other_looks(comparison: Comparison, frame: Frame) -> Iterator[OtherLook]:
    """Yield where the file looks otherwise than the frame says, a line a property and style."""
    found: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for at, number in sorted(comparison.matching.pairs.items()):
        base, paragraph = comparison.base.paragraphs[at], comparison.file[number]
        style = frame.styles.get(base.style)
        if not base.mark or style is None:
            continue
        for name, expected, given in _differences(style, paragraph, base.emphasised):
            found[base.style, name, expected, given].append(excerpt_of(paragraph.text))
    yield from (OtherLook(*key, tuple(excerpts)) for key, excerpts in found.items())
    for name, expected, given in _page(frame.page, comparison.word.sections):
        yield OtherLook("", name, expected, given, ())


def _differences(
    style: ParagraphStyle, paragraph: WordParagraph, emphasised: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield the properties that differ: name, in the frame, in the file."""
    for name, attribute in _LETTERS.items():
        if emphasised and attribute in ("bold", "italic"):
            continue
        expected = getattr(style, attribute)
        for given in dict.fromkeys(getattr(each, attribute) for each, _ in paragraph.formatted()):
            if _differ(expected, given):
                yield name, _words(expected), _words(given)
    for name, attribute in _PARAGRAPHS.items():
        if paragraph.cell is not None:
            continue  # columns of tables are aligned each for itself
        expected, given = getattr(style, attribute), getattr(paragraph.format, attribute)
        if _differ(expected, given):
            yield name, _words(expected), _words(given)


_LETTERS = {
    "phông chữ": "ascii",
    "cỡ chữ": "size",
    "đậm": "bold",
    "nghiêng": "italic",
    "gạch chân": "underline",
    "màu chữ": "color",
    "tô nền": "highlight",
}
_PARAGRAPHS = {
    "căn lề": "align",
    "lùi đầu dòng": "first_line",
    "cách đoạn trên": "before",
    "cách đoạn dưới": "after",
}
_MARGINS = {"trên": "top", "dưới": "bottom", "trái": "left", "phải": "right"}
_ALIGNED = {"both": "đều hai bên", "left": "trái", "right": "phải", "center": "giữa"}


def _differ(expected: object, given: object) -> bool:
    if isinstance(expected, float) and isinstance(given, float):
        return abs(expected - given) > LEAST
    return expected != given


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return _ALIGNED.get(str(value), str(value))


def _page(page: PageSetup, sections: tuple[PageSetup, ...]) -> Iterator[tuple[str, str, str]]:
    first = next(iter(sections), page)
    for name, attribute in _MARGINS.items():
        expected, given = getattr(page, attribute), getattr(first, attribute)
        if _differ(expected, given):
            yield f"lề {name}", _words(expected), _words(given)
