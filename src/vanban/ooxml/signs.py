"""What one child of a run adds to the text of its paragraph."""

from __future__ import annotations

from vanban.ooxml.markup import Element, attribute, local_name

_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}

BULLET = "\u2022"
"""In place of the letters of symbol fonts, which have no meaning of their own."""


def shown_text(element: Element) -> str:
    """Return what a child of a run adds to the text of its paragraph."""
    name = local_name(element)
    if name == "br" and attribute(element, "type") in ("page", "column"):
        return ""
    return sign_text(element, name)


def sign_text(element: Element, name: str) -> str:
    """Return the text of one child of a run."""
    if name == "t":
        return element.text or ""
    if name == "sym":
        try:
            code = int(attribute(element, "char") or "", 16)
        except ValueError:
            return ""
        return chr(code) if 0x20 <= code < 0xD800 else BULLET
    return _SIGNS.get(name, "")
