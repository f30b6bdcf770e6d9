"""A page → SVG: the same lines at the same places, each word numbered by where it comes from.

Equal pages give equal text. Coordinates are points (pt) from the top left, as those of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vanban.layout.pages import Box, Page, Shown, Text
from vanban.line_ends import MAY_BREAK, NO_BREAK
from vanban.ooxml.xml_text import escape, quoted
from vanban.provenance import Source, sources_of

NumberOf = Callable[[Source], int]
"""Returns the number by which the place of a stretch of text is called."""


def page_svg(page: Page, number_of: NumberOf) -> str:
    """Return a page as one ``<svg>``.

    A stretch with a known origin is a ``tspan`` with ``data-o`` (the number of its place) and
    ``data-at`` (which character of that value its first one is), of the class ``typed`` where it
    is the text of a value.
    """
    size = f"0 0 {_number(page.width)} {_number(page.height)}"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">']
    parts += map(_box, page.boxes)
    parts += map(_shown, page.pictures)
    for text in page.texts:
        parts.append(_text(text, number_of))
    parts.append("</svg>")
    return "".join(parts)


def _box(box: Box) -> str:
    return (
        f'<rect x="{_number(box.left)}" y="{_number(box.top)}" width="{_number(box.width)}"'
        f' height="{_number(box.height)}" fill="#{box.color}"/>'
    )


def _shown(shown: Shown) -> str:
    words = quoted(shown.picture.description)
    return (
        f'<image x="{_number(shown.left)}" y="{_number(shown.top)}" width="{_number(shown.width)}"'
        f' height="{_number(shown.height)}" href="{shown.picture.url}" aria-label={words}/>'
    )


def _text(text: Text, number_of: NumberOf) -> str:
    look = (' font-weight="bold"' if text.bold else "") + (
        ' font-style="italic"' if text.italic else ""
    )
    spread = f' word-spacing="{_number(text.spread)}"' if text.spread else ""
    color = f' fill="#{text.color}"' if text.color != "000000" else ""
    return (
        f'<text x="{_number(text.left)}" y="{_number(text.baseline)}"'
        f' font-size="{_number(text.size)}"{look}{spread}{color}>'
        + "".join(_stretches(text, number_of))
        + "</text>"
    )


def _stretches(text: Text, number_of: NumberOf) -> Iterator[str]:
    words = text.text
    sources: tuple[Source, ...] = ()
    if text.run is not None:
        sources = sources_of(text.run.text[text.start : text.start + len(words)])
    at = 0
    for source in sources:
        if not source.origins:
            continue
        if at < source.start:
            yield _printed(words[at : source.start], text)
        inside = _printed(words[source.start : source.end], text)
        typed = ' class="typed"' if source.is_typed and source.origins[0].path else ""
        yield f'<tspan data-o="{number_of(source)}" data-at="{source.at}"{typed}>{inside}</tspan>'
        at = source.end
    if at < len(words):
        yield _printed(words[at:], text)


def _printed(words: str, text: Text) -> str:
    printed = escape(words.replace(MAY_BREAK, ""))
    if text.spread:  # only blanks where a line may end grow
        printed = printed.replace(NO_BREAK, f'<tspan word-spacing="0">{NO_BREAK}</tspan>')
    return printed


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
