"""Text as XML writes it.

``xml.sax.saxutils`` has the same, and loads the web client of the standard library for it.
"""

from __future__ import annotations

import html

_IN_QUOTES = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"})


def escape(text: str) -> str:
    """Return ``text`` as the content of an element."""
    return html.escape(text, quote=False)


def quoted(text: str) -> str:
    """Return ``text`` as the value of an attribute, in its quotes; blanks stay what they are."""
    return f'"{escape(text).translate(_IN_QUOTES)}"'
