"""Styles, theme and defaults of a Word file → the formatting that a run or paragraph really has.

Order of ECMA-376, Part 1, 17.7.2: document defaults, table style, numbering, paragraph style,
character style, direct formatting; each style through those it is based on. Conditional formatting
of table styles (first row, banding) is not followed. Lengths are points (pt). Values that Word
itself would not accept count as absent, so that a damaged file is judged by the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vanban.ooxml.markup import Element, W, is_bordered, number, on
from vanban.ooxml.opening import Package
from vanban.ooxml.properties import TOGGLES, Properties, flat

_W = f"{{{W}}}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

SINGLE = 1.149
"""Height of a line of Times New Roman in single spacing, as a factor of the size."""

AUTOMATIC_SPACE = 14.0
"""Space before or after, pt, where Word is told to choose it."""


@dataclass(frozen=True)
class CharacterFormat:
    """Formatting of the letters of a run; ``color`` is RRGGBB, or the name of a theme colour.

    ``ascii`` is the font of plain Latin letters, ``other`` that of letters such as ư and ễ.
    """

    ascii: str = "Times New Roman"
    other: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    underline: bool = False
    color: str = "000000"
    highlight: bool = False

    @property
    def black(self) -> bool:
        return self.color in ("000000", "auto", "text1", "dark1", "tx1", "dk1")


@dataclass(frozen=True)
class ParagraphFormat:
    """Formatting of a paragraph; ``line`` is a factor of single spacing for ``line_rule`` "auto".

    ``border`` says whether a line is drawn below, ``border_above`` above. ``tabs`` are the tab
    stops by their places (pt), with a ``leader`` if a tab draws one; ``frame`` is the alignment of
    the frame that the paragraph is in.
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
    border: bool = False
    border_above: bool = False
    tabs: tuple[tuple[float, str], ...] = ()
    leader: bool = False
    frame: str | None = None
    outline: int | None = None
    page_break: bool = False

    def pitch(self, size: float) -> float:
        """Return the line pitch as a factor of single spacing for letters of ``size``."""
        if self.line_rule == "auto" or size <= 0:
            return self.line
        factor = self.line / (size * SINGLE)
        return max(factor, 1.0) if self.line_rule == "atLeast" else factor


class Styles:
    """The styles of a file, resolved; each is joined with those it is based on once."""

    def __init__(self, package: Package) -> None:
        self._theme = package.related("theme")
        self._settings = package.related("settings")
        root = package.related("styles")
        self._styles: dict[str, Element] = {}
        self._default_style = ""
        run_defaults: Element | None = None
        paragraph_defaults: Element | None = None
        if root is not None:
            run_defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
            paragraph_defaults = root.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr")
            for style in root.iter(f"{_W}style"):
                name = style.get(f"{_W}styleId", "")
                self._styles[name] = style
                if style.get(f"{_W}type") == "paragraph" and on(style.get(f"{_W}default")):
                    self._default_style = name
        self._run_defaults = flat(run_defaults)
        self._paragraph_defaults = flat(paragraph_defaults)
        self._numberings: dict[str, Element | None] = {}
        self._joined: dict[tuple[str, str], dict[str, str]] = {}
        self._texts: dict[tuple[tuple[str, str], ...], CharacterFormat] = {}
        self._paragraphs: dict[tuple[tuple[str, str], ...], ParagraphFormat] = {}

    def style_name(self, style_id: str) -> str:
        """Return the name of a style as Word shows it, lower case."""
        style = self._styles.get(style_id)
        name = None if style is None else style.find(f"{_W}name")
        return "" if name is None else name.get(f"{_W}val", "").lower()

    def style_of(self, properties: Element | None) -> str:
        """Return the id of the style of a paragraph with these w:pPr."""
        element = None if properties is None else properties.find(f"{_W}pStyle")
        stated = "" if element is None else element.get(f"{_W}val", "")
        return stated if stated in self._styles else self._default_style

    def numbering_of(self, style_id: str) -> Element | None:
        """Return the w:numPr that a paragraph style brings along."""
        if style_id not in self._numberings:
            found = (style.find(f"{_W}pPr/{_W}numPr") for style in self._chain(style_id))
            self._numberings[style_id] = next((each for each in found if each is not None), None)
        return self._numberings[style_id]

    def has_borders(self, table: str) -> bool:
        """Say whether a table style draws lines across."""
        borders = (style.find(f"{_W}tblPr/{_W}tblBorders") for style in self._chain(table))
        return is_bordered(next((each for each in borders if each is not None), None))

    def paragraph(
        self, style_id: str, table: str, levels: Iterable[Mapping[str, str]]
    ) -> ParagraphFormat:
        """Return the formatting of a paragraph.

        ``table`` is the id of the table's style, "" outside; ``levels`` are the numbering's and
        the direct properties.
        """
        numbering, direct = levels
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
        self, style_id: str, table: str, character: str, direct: Mapping[str, str]
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

    def _chain(self, style_id: str) -> list[Element]:
        """Return a style and those it is based on, nearest first; circles end."""
        chain: list[Element] = []
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            chain.append(style)
            base = style.find(f"{_W}basedOn")
            style_id = "" if base is None else base.get(f"{_W}val", "")
        return chain

    def _style(self, style_id: str, part: str) -> dict[str, str]:
        key = (style_id, part)
        if key not in self._joined:
            merged: dict[str, str] = {}
            for style in reversed(self._chain(style_id)):
                merged |= flat(style.find(f"{_W}{part}"))
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
            color=merged.get("color.val", "000000"),
            highlight=on(merged.get("highlight")),
        )

    def _font(self, stated: str | None) -> str:
        """Return the name of a font; without any, Word takes Times New Roman."""
        if stated is None:
            return CharacterFormat.ascii
        if not stated.startswith("theme:"):
            return stated
        return self._theme_fonts.get(
            stated.removeprefix("theme:")[:5].lower(), CharacterFormat.ascii
        )

    @cached_property
    def _theme_fonts(self) -> dict[str, str]:
        """Return the fonts "major" and "minor": the Vietnamese one where that is the language."""
        fonts: dict[str, str] = {}
        vietnamese = self._language.startswith("vi")
        for kind in ("major", "minor"):
            family = None if self._theme is None else self._theme.find(f".//{_A}{kind}Font")
            if family is None:
                continue
            latin = family.find(f"{_A}latin")
            script = family.find(f"{_A}font[@script='Viet']") if vietnamese else None
            for element in (latin, script):
                if element is not None and element.get("typeface"):
                    fonts[kind] = element.get("typeface")
        return fonts

    @cached_property
    def _language(self) -> str:
        found = None if self._settings is None else self._settings.find(f"{_W}themeFontLang")
        return "" if found is None else found.get(f"{_W}val", "").lower()


_ALIGN = {"start": "left", "end": "right", "distribute": "both", "mediumKashida": "both"}


def _paragraph_format(merged: Properties) -> ParagraphFormat:
    def points(name: str) -> float:
        return number(merged.get(name), 20) or 0.0

    rule = merged.get("spacing.lineRule", "auto")
    line = number(merged.get("spacing.line"))
    exact = rule in ("exact", "atLeast")
    align = merged.get("jc", "left")
    spaces = [
        AUTOMATIC_SPACE
        if on(merged.get(f"spacing.{side}Autospacing"))
        else points(f"spacing.{side}")
        for side in ("before", "after")
    ]
    outline = number(merged.get("outlineLvl"))
    return ParagraphFormat(
        align=_ALIGN.get(align, align),
        left=points("ind.left"),
        right=points("ind.right"),
        first_line=points("ind.firstLine"),
        before=spaces[0],
        after=spaces[1],
        line=1.0 if line is None else line / (20 if exact else 240),
        line_rule=rule if exact and line is not None else "auto",
        contextual=on(merged.get("contextualSpacing")),
        border=on(merged.get("border")),
        border_above=on(merged.get("border.above")),
        tabs=tuple(sorted(_tabs(merged))),
        leader=on(merged.get("leader")),
        frame=merged.get("frame"),
        outline=None if outline is None or outline > 8 else int(outline),
        page_break=on(merged.get("pageBreakBefore")),
    )


def _tabs(merged: Properties) -> Iterator[tuple[float, str]]:
    """Yield place (pt) and kind of the tab stops that hold a text."""
    for name, kind in merged.items():
        place = number(name.removeprefix("tab."), 20) if name.startswith("tab.") else None
        if place is not None and kind not in ("clear", "bar", "num"):
            yield place, _ALIGN.get(kind, kind)
