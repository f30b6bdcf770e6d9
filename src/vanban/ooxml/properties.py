"""Formatting as it is stated in a Word file: w:rPr and w:pPr → flat properties, their values."""

from __future__ import annotations

from collections.abc import Mapping

from vanban.ooxml.markup import Element, W

_W = f"{{{W}}}"

TOGGLES = ("b", "i", "caps", "vanish")
"""Properties that a paragraph style and a character style switch against each other (17.7.3)."""

Properties = Mapping[str, str]
"""Flat properties of one level of formatting: "sz" → "28", "ind.left" → "720"."""

_COMPOUND = {"rFonts", "color", "u", "spacing", "ind"}
_KNOWN = frozenset(
    (*TOGGLES, "sz", "highlight", "jc", "contextualSpacing", "outlineLvl", "pageBreakBefore")
)


def flat(parent: Element | None) -> dict[str, str]:
    """Return the properties that a w:rPr or w:pPr states, theme fonts under their own names."""
    found: dict[str, str] = {}
    if parent is None:
        return found
    for element in parent:
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rsplit("}", 1)[-1]
        if name in _COMPOUND:
            for key, value in element.attrib.items():
                found[f"{name}.{key.rsplit('}', 1)[-1]}"] = value
        elif name in _KNOWN:
            found[name] = element.get(f"{_W}val", "1")
        elif name == "pBdr":
            for side, key in (("bottom", "border"), ("top", "border.above")):
                line = element.find(f"{_W}{side}")
                if line is not None:
                    found[key] = "0" if line.get(f"{_W}val") in ("none", "nil") else "1"
        elif name == "framePr":
            found["frame"] = element.get(f"{_W}xAlign", "")
        elif name == "tabs":
            for tab in element.iter(f"{_W}tab"):
                if tab.get(f"{_W}leader", "none") != "none":
                    found["leader"] = "1"
                found[f"tab.{tab.get(f'{_W}pos', '')}"] = tab.get(f"{_W}val", "left")
    return _one_way(found)


def _one_way(found: dict[str, str]) -> dict[str, str]:
    """Say each thing in one way: a theme beats a plain value of its level and the other way."""
    for name in ("ascii", "hAnsi"):
        theme = found.pop(f"rFonts.{name}Theme", None)
        if theme is not None:
            found[f"rFonts.{name}"] = f"theme:{theme}"
    theme = found.pop("color.themeColor", None)
    if theme is not None and theme != "none":
        found["color.val"] = theme
    for old, new in (("ind.start", "ind.left"), ("ind.end", "ind.right")):
        if old in found:
            found[new] = found.pop(old)
    if "ind.hanging" in found:
        found["ind.firstLine"] = f"-{found.pop('ind.hanging')}"
    return found
