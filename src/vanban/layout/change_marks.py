"""What shows on paper that words have gone or come: lines through and under them, bars beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vanban.layout.lines import Measure
from vanban.layout.pages import Box, Text
from vanban.provenance import Step, changes_in

GONE, COME, MOVED = "C00000", "1F4E9E", "2E7D32"
"""Colours (RRGGBB) beside the form of the line, which also tells them apart in black and white."""
THICK = 0.6
"""Of all lines, pt."""
BAR_GAP = 9.0
"""Of a bar from the text, pt."""

_OVER = {Step.OUT: (-0.26,), Step.MOVED_OUT: (-0.32, -0.2)}
_UNDER = {Step.IN: (0.11,), Step.MOVED_IN: (0.09, 0.17)}
_LINES = {**_OVER, **_UNDER}
"""How far below the baseline each line is drawn, in em; two lines for what has moved."""


def change_marks(texts: Iterable[Text], measure: Measure, margin: float) -> Iterator[Box]:
    """Yield the lines of all that is changed of a page's ``texts``.

    A bar stands left of ``margin`` (pt) beside every line of text with a change.
    """
    bars: dict[float, Box] = {}
    for text in texts:
        if text.run is None:
            continue
        end = text.start + len(text.text)
        for start, stop, change in changes_in(text.run.text[text.start : end]):
            if change is None:
                continue
            before, inside = text.text[:start], text.text[start:stop]
            left, width = _width(before, text, measure), _width(inside, text, measure)
            for down in _LINES[change.step]:
                top = text.baseline + down * text.size
                yield Box(text.left + left, top, width, THICK, _color(change.step))
            top = text.baseline - 0.95 * text.size
            bars[text.baseline] = Box(margin - BAR_GAP, top, THICK, 1.3 * text.size)
    yield from bars.values()


def _width(words: str, text: Text, measure: Measure) -> float:
    grown = words.count(" ") * text.spread
    return measure.width(words, text.bold, text.italic) * text.size + grown


def _color(step: Step) -> str:
    if step in (Step.MOVED_IN, Step.MOVED_OUT):
        return MOVED
    return GONE if step.is_gone else COME
