"""Styles, theme and defaults of a Word file → the formatting that a run or paragraph really has.

Order of ECMA-376, Part 1, 17.7.2: document defaults, table style, paragraph style, numbering,
character style, direct formatting; each style through those it is based on. Conditional formatting
of table styles (first row, banding) is not followed. Lengths are points (pt). The check reads files
of others by it and the PDF the frame, so that both see one formatting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vanban.ooxml.markup import (
    Element,
    attribute,
    child,
    is_bordered,
    local_name,
    number,
    on,
    value,
    w,
)

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

FONT = "Times New Roman"
"""What Word takes where no font is stated."""

SINGLE = 1.149
"""Height of a line of Times New Roman in single spacing, as a factor of the size."""

AUTOMATIC_SPACE = 14.0
"""Space before or after, pt, where Word is told to choose it."""


TOGGLES = ("b", "i", "caps", "vanish")
"""Properties that a paragraph style and a character style switch against each other (17.7.3)."""

Properties = Mapping[str, str]
"""Flat properties of one level of formatting: "sz" → "28", "ind.left" → "720"."""

_NONE: Properties = {}
_COMPOUND = frozenset(("rFonts", "color", "u", "spacing", "ind"))
_SINGLE = frozenset((
    *TOGGLES,
    "sz", "smallCaps", "strike", "position", "shd", "highlight", "jc", "contextualSpacing",
    "outlineLvl", "pageBreakBefore", "keepNext", "keepLines",
))  # fmt: skip
_ALIGN = {"start": "left", "end": "right", "distribute": "both", "mediumKashida": "both"}


@dataclass(frozen=True)
class CharacterFormat:
    """Formatting of the letters of a run; ``color`` is RRGGBB, or the name of a theme colour.

    ``ascii`` is the font of plain Latin letters, ``other`` that of letters such as ư and ễ.
    """

    ascii: str = FONT
    other: str = FONT
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    underline: bool = False
    color: str = "000000"
    highlight: bool = False
    strike: bool = False

    @property
    def black(self) -> bool:
        return self.color in ("000000", "text1", "dark1", "tx1", "dk1")


@dataclass(frozen=True)
class ParagraphFormat:
    """Formatting of a paragraph; ``line`` is a factor of single spacing for ``line_rule`` "auto".

    ``border`` is the width of a line below and its distance from the text; ``border_above`` says
    whether there is one above. ``tabs`` are the tab stops by their places, with a ``leader`` if a
    tab draws one; ``frame`` is the alignment of the frame that the paragraph is in.
    """

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    contextual: bool = False
    border: tuple[float, float] | None = None
    border_above: bool = False
    tabs: tuple[tuple[float, str], ...] = ()
    leader: bool = False
    frame: str | None = None
    outline: int | None = None
    page_break: bool = False
    keep_next: bool = False
    keep_lines: bool = False

    def line_factor(self, size: float) -> float:
        """Return the line pitch as a factor of single spacing for letters of ``size``."""
        if self.line_rule == "auto" or size <= 0:
            return self.line
        factor = self.line / (size * SINGLE)
        return max(factor, 1.0) if self.line_rule == "atLeast" else factor


class Styles:
    """The styles of a file, resolved; each is joined with those it is based on once.

    In: the roots of the parts of styles, theme and settings, as far as there are any.
    """

    def __init__(
        self, root: Element | None, theme: Element | None = None, settings: Element | None = None
    ) -> None:
        self._theme = theme
        self._language = (attribute(child(settings, "themeFontLang")) or "").lower()
        self._styles: dict[str, Element] = {}
        self._default_style = ""
        for style in () if root is None else root.iter(w("style")):
            name = attribute(style, "styleId") or ""
            self._styles[name] = style
            if attribute(style, "type") == "paragraph" and on(attribute(style, "default")):
                self._default_style = name
        self._run_defaults = flat(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._paragraph_defaults = flat(child(root, "docDefaults", "pPrDefault", "pPr"))
        self._numberings: dict[str, Element | None] = {}
        self._joined: dict[tuple[str, str], Properties] = {}
        self._texts: dict[tuple[tuple[str, str], ...], CharacterFormat] = {}
        self._paragraphs: dict[tuple[tuple[str, str], ...], ParagraphFormat] = {}

    def __contains__(self, style_id: str) -> bool:
        return style_id in self._styles

    def __getitem__(self, style_id: str) -> Element:
        return self._styles[style_id]

    def name(self, style_id: str) -> str:
        """Return the name of a style as Word shows it, lower case."""
        return value(self._styles.get(style_id), "name").lower()

    def style_of(self, properties: Element | None) -> str:
        """Return the id of the style of a paragraph with these w:pPr."""
        stated = value(properties, "pStyle")
        return stated if stated in self._styles else self._default_style

    def numbering_of(self, style_id: str) -> Element | None:
        """Return the w:numPr that a paragraph style brings along."""
        if style_id not in self._numberings:
            self._numberings[style_id] = self._first(style_id, "pPr", "numPr")
        return self._numberings[style_id]

    def has_borders(self, table: str) -> bool:
        """Say whether a table style draws lines across."""
        return is_bordered(self._first(table, "tblPr", "tblBorders"))

    def paragraph(
        self,
        style_id: str,
        table: str = "",
        numbering: Properties = _NONE,
        direct: Properties = _NONE,
    ) -> ParagraphFormat:
        """Return the formatting of a paragraph of a style.

        ``table`` is the id of the table's style, "" outside; ``numbering`` and ``direct`` are the
        properties that its list and the paragraph itself state.
        """
        merged = {
            **self._paragraph_defaults,
            **self._style(table, "pPr"),
            **self._style(style_id, "pPr"),
            **numbering,
            **direct,
        }
        key = tuple(sorted(merged.items()))
        if key not in self._paragraphs:
            self._paragraphs[key] = _paragraph_format(merged)
        return self._paragraphs[key]

    def text(
        self, style_id: str, table: str = "", character: str = "", direct: Properties = _NONE
    ) -> CharacterFormat:
        """Return the formatting of a run of style ``character`` in a paragraph of ``style_id``."""
        paragraph_style = self._style(style_id, "rPr")
        character_style = self._style(character, "rPr")
        merged = {
            **self._run_defaults,
            **self._style(table, "rPr"),
            **paragraph_style,
            **character_style,
        }
        for name in TOGGLES:
            if on(paragraph_style.get(name)) and on(character_style.get(name)):
                merged[name] = "0"
        merged |= direct
        key = tuple(sorted(merged.items()))
        if key not in self._texts:
            self._texts[key] = self._character_format(merged)
        return self._texts[key]

    def stated(self, style_id: str, part: str) -> Properties:
        """Return what w:rPr or w:pPr of a style, those below it and the defaults state."""
        defaults = self._run_defaults if part == "rPr" else self._paragraph_defaults
        return {**defaults, **self._style(style_id, part)}

    def _chain(self, style_id: str) -> Iterator[Element]:
        """Yield a style and those it is based on, nearest first; circles end."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = value(self._styles[style_id], "basedOn")

    def _first(self, style_id: str, *names: str) -> Element | None:
        found = (child(style, *names) for style in self._chain(style_id))
        return next((each for each in found if each is not None), None)

    def _style(self, style_id: str, part: str) -> Properties:
        key = (style_id, part)
        if key not in self._joined:
            merged: dict[str, str] = {}
            for style in reversed([*self._chain(style_id)]):
                merged |= flat(child(style, part))
            self._joined[key] = merged
        return self._joined[key]

    def _character_format(self, merged: Properties) -> CharacterFormat:
        return CharacterFormat(
            ascii=self._font(merged.get("rFonts.ascii")),
            other=self._font(merged.get("rFonts.hAnsi", merged.get("rFonts.ascii"))),
            size=number(merged.get("sz"), 2) or 10.0,
            bold=on(merged.get("b")),
            italic=on(merged.get("i")),
            caps=on(merged.get("caps")),
            hidden=on(merged.get("vanish")),
            underline=on(merged.get("u.val")),
            color=merged.get("color.val", "auto").replace("auto", "000000"),
            highlight=on(merged.get("highlight")),
            strike=on(merged.get("strike")) or on(merged.get("dstrike")),
        )

    def _font(self, stated: str | None) -> str:
        """Return the name of a font, that of the theme where it is stated as one of its two."""
        if stated is None:
            return FONT
        if not stated.startswith("theme:"):
            return stated
        return self._theme_fonts.get(stated.removeprefix("theme:")[:5].lower(), FONT)

    @cached_property
    def _theme_fonts(self) -> dict[str, str]:
        """Return the fonts "major" and "minor": the Vietnamese one where that is the language."""
        fonts: dict[str, str] = {}
        paths = [f"{_A}latin"]
        if self._language.startswith("vi"):
            paths.append(f"{_A}font[@script='Viet']")
        for kind in ("major", "minor"):
            family = None if self._theme is None else self._theme.find(f".//{_A}{kind}Font")
            for path in paths:
                found = None if family is None else family.find(path)
                if found is not None and found.get("typeface"):
                    fonts[kind] = found.get("typeface", "")
        return fonts


def _paragraph_format(merged: Properties) -> ParagraphFormat:
    def points(name: str) -> float:
        return number(merged.get(name), 20) or 0.0

    def space(side: str) -> float:
        automatic = on(merged.get(f"spacing.{side}Autospacing"))
        return AUTOMATIC_SPACE if automatic else points(f"spacing.{side}")

    rule = merged.get("spacing.lineRule", "auto")
    line = number(merged.get("spacing.line"))
    exact = rule in ("exact", "atLeast")
    align = merged.get("jc", "left")
    outline = number(merged.get("outlineLvl"))
    border = number(merged.get("border.sz"), 8) or 0.0, number(merged.get("border.space")) or 0.0
    return ParagraphFormat(
        align=_ALIGN.get(align, align),
        left=points("ind.left"),
        right=points("ind.right"),
        first_line=points("ind.firstLine"),
        before=space("before"),
        after=space("after"),
        line=1.0 if line is None else line / (20 if exact else 240),
        line_rule=rule if exact and line is not None else "auto",
        contextual=on(merged.get("contextualSpacing")),
        border=border if on(merged.get("border.val")) else None,
        border_above=on(merged.get("border.above")),
        tabs=tuple(sorted(_tabs(merged))),
        leader=on(merged.get("leader")),
        frame=merged.get("frame"),
        outline=None if outline is None or outline > 8 else int(outline),
        page_break=on(merged.get("pageBreakBefore")),
        keep_next=on(merged.get("keepNext")),
        keep_lines=on(merged.get("keepLines")),
    )


def _tabs(merged: Properties) -> Iterator[tuple[float, str]]:
    """Yield place (pt) and kind of the tab stops that hold a text."""
    for name, kind in merged.items():
        place = number(name.removeprefix("tab."), 20) if name.startswith("tab.") else None
        if place is not None and kind not in ("clear", "bar", "num"):
            yield place, _ALIGN.get(kind, kind)


# --- what is stated -----------------------------------------------------------------------------


def flat(parent: Element | None) -> Properties:
    """Return the properties that a w:rPr or w:pPr states, theme fonts under their own names."""
    if parent is None:
        return _NONE
    found: dict[str, str] = {}
    for element in parent:
        name = local_name(element)
        if name in _COMPOUND:
            for key, stated in element.attrib.items():
                found[f"{name}.{str(key).rpartition('}')[2]}"] = str(stated)
        elif name in _SINGLE:
            found[name] = element.get(w("val"), "1")
        elif name == "pBdr":
            found |= _borders(element)
        elif name == "framePr":
            found["frame"] = element.get(w("xAlign"), "")
        elif name == "tabs":
            for tab in element.iter(w("tab")):
                if tab.get(w("leader"), "none") != "none":
                    found["leader"] = "1"
                found[f"tab.{tab.get(w('pos'), '')}"] = tab.get(w("val"), "left")
    return _one_way(found)


def _borders(element: Element) -> Iterator[tuple[str, str]]:
    below, above = child(element, "bottom"), child(element, "top")
    if below is not None:
        for name, default in (("val", "single"), ("sz", "0"), ("space", "0")):
            yield f"border.{name}", below.get(w(name), default)
    if above is not None:
        yield "border.above", above.get(w("val"), "single")


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
