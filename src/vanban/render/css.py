"""The Word frame's styles → CSS for the PDF; no size is written here.

Measured against LibreOffice's rendering of the same styles: kerning, ligatures and hyphenation
off as in Word; single spacing is 1.149 of a Times-metric font; ``white-space`` stays normal, since
other values switch justification off.
"""

from __future__ import annotations

from vanban.document import Align, Annex, Document, StyleId
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import Frame, ParagraphStyle, TableFormat
from vanban.ooxml.word_file import PageSetup

_ALIGN = {"both": "justify"}

WHOLE = "grid whole"
"""The class of tables that are never parted."""

OUTLINE_LEVELS = range(1, 10)
"""Of Word, and so of the bookmarks."""

_BASE = """
@page { orphans: 2; widows: 2;
        @top-center { text-align: center }
        @bottom-center { text-align: center } }
html, body, div, p, li, h1, h2, h3, h4, h5, h6 { display: block }
head { display: none }
br::before { content: "\\A"; white-space: pre-line }
b { font-weight: bold }
i { font-style: italic }
table { display: table; text-indent: 0; box-sizing: border-box }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group }
tbody { display: table-row-group }
tr { display: table-row }
td, th { display: table-cell }
[data-bookmark] { bookmark-label: attr(data-bookmark) }
html { font-family: %(family)s; font-kerning: none; font-variant-ligatures: none;
       hyphens: none; color: #000; orphans: 2; widows: 2 }
body, p, li, h1, h2, h3, h4, h5, h6 { margin: 0; font-size: inherit; font-weight: inherit;
                                      break-before: auto; break-after: auto; break-inside: auto }
a { color: inherit; text-decoration: none }
table { border-collapse: collapse; table-layout: fixed; border-spacing: 0 }
td, th, p, li { overflow-wrap: break-word }
td, th { padding: 0; vertical-align: top; text-align: inherit; font-weight: inherit }
table.layout { break-inside: avoid; orphans: 1; widows: 1 }
img { display: block; break-inside: avoid; break-after: avoid; image-rendering: pixelated }
"""


def stylesheet(document: Document, frame: Frame, times: TimesFamily) -> str:
    """Return the whole style sheet of ``document``."""
    family = _quoted(times.name)
    return "\n".join(
        (
            shared_rules(frame, times),
            _page_rules("body", frame.page, frame, family, document.banner),
            "@page body { @top-center { content: none } }" if document.is_bare else "",
            *(
                _annex_rules(f"annex{number}", annex, frame, family, document.banner)
                for number, annex in enumerate(document.annexes, 1)
            ),
        )
    )


def shared_rules(frame: Frame, times: TimesFamily) -> str:
    """Return what every kind of pages shares: fonts, elements, named styles, tables."""
    return "\n".join(
        (
            *(
                _font_face(times, bold, italic)
                for bold in (False, True)
                for italic in (False, True)
            ),
            _BASE % {"family": _quoted(times.name)},
            *(_rule(f".{name}", style) for name, style in frame.styles.items()),
            *(f".level{level} {{ bookmark-level: {level} }}" for level in OUTLINE_LEVELS),
            _table_rules(frame),
        )
    )


def _font_face(times: TimesFamily, bold: bool, italic: bool) -> str:
    """Bind the family to font files, so that no other face can slip in."""
    file = times.face(bold, italic).path.as_uri()
    return (
        f"@font-face {{ font-family: {_quoted(times.name)}; src: url({file});"
        f" font-weight: {'bold' if bold else 'normal'};"
        f" font-style: {'italic' if italic else 'normal'} }}"
    )


def _rule(selector: str, style: ParagraphStyle) -> str:
    declarations = {
        **_text_declarations(style),
        "text-align": _ALIGN.get(style.align, style.align),
        "text-indent": _pt(style.first_line),
        # Word adds the space after one paragraph and before the next; CSS margins collapse.
        "padding-top": _pt(style.before),
        "margin": f"0 {_pt(style.right)} {_pt(style.after)} {_pt(style.left)}",
    }
    if style.keep_next:
        declarations["break-after"] = "avoid"
    if style.keep_next or style.keep_lines:  # Word parts no paragraph that is kept with the next
        declarations["break-inside"] = "avoid"
    if style.border is not None:
        width, space = style.border
        declarations["border-bottom"] = f"{_pt(width)} solid #{style.color}"
        declarations["height"] = _pt((style.line if style.line_rule == "exact" else 0) + space)
    return f"{selector} {{ {_text(declarations)} }}"


def _text_declarations(style: ParagraphStyle) -> dict[str, str]:
    return {
        "font-size": _pt(style.size),
        "font-weight": "bold" if style.bold else "normal",
        "font-style": "italic" if style.italic else "normal",
        "line-height": _pt(style.pitch),
        "color": f"#{style.color}",
    }


def _table_rules(frame: Frame) -> str:
    top, _, bottom, _ = frame.table.padding

    def sides(align: Align) -> str:
        left, right = cell_sides(frame.table, align)
        return f"padding-left: {_pt(left)}; padding-right: {_pt(right)}"

    return (
        "table.grid tr { break-inside: avoid }\n"
        f"table.grid td, table.grid th {{ border: {_pt(frame.table.border)} solid #000;"
        f" padding-top: {_pt(top)}; padding-bottom: {_pt(bottom)}; {sides(Align.LEFT)} }}\n"
        f"table.whole {{ margin-bottom: {_pt(frame.table.border)} }}\n"
        f"table.grid td.center {{ text-align: center; {sides(Align.CENTER)} }}\n"
        f"table.grid td.right {{ text-align: right; {sides(Align.RIGHT)} }}\n"
        f"table.grid th {{ vertical-align: middle; {sides(Align.CENTER)} }}\n"
        # LibreOffice leaves single lines of a cell on either side of the break.
        "table.grid tr.tall { break-inside: auto }\n"
        "table.grid tr.tall td { box-decoration-break: clone; orphans: 1; widows: 1 }"
    )


def cell_sides(table: TableFormat, align: Align) -> tuple[float, float]:
    """Return the left and right padding of a cell of a bordered table, pt.

    A collapsed border takes its width from the text of a cell here, and nothing in Word: that much
    less padding, on the side where it does not move the text.
    """
    _, right, _, left = table.padding
    spared_left = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}[align] * table.border
    return left - spared_left, right - table.border + spared_left


def _page_rules(name: str, page: PageSetup, frame: Frame, family: str, banner: str) -> str:
    number = _text(_text_declarations(frame.styles[StyleId.PAGE_NUMBER]))
    warning = _text(_text_declarations(frame.styles[StyleId.BANNER]))
    return (
        f"@page {name} {{ size: {_pt(page.width)} {_pt(page.height)};"
        f" margin: {_pt(page.top)} {_pt(page.right)} {_pt(page.bottom)} {_pt(page.left)};\n"
        f"  @top-center {{ content: counter(page); font-family: {family}; {number};"
        f" vertical-align: top; padding-top: {_pt(page.header)} }}\n"
        f"  @bottom-center {{ content: {_quoted(banner)}; font-family: {family}; {warning};"
        f" white-space: nowrap; vertical-align: bottom; padding-bottom: {_pt(page.footer)} }} }}\n"
        f"@page {name}:first {{ @top-center {{ content: none }} }}\n"
        f".{name} {{ page: {name} }}"
    )


def _annex_rules(name: str, annex: Annex, frame: Frame, family: str, banner: str) -> str:
    """Return the pages of an annex: numbered from 1, the number hidden on its first page."""
    page = frame.page.turned() if annex.landscape else frame.page
    return (
        _page_rules(name, page, frame, family, banner)
        + f"\n@page {name}:nth(1 of {name}) {{ counter-reset: page; counter-increment: page;"
        " @top-center { content: none } }"
    )


def _text(declarations: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in declarations.items())


def _pt(length: float) -> str:
    return f"{length:g}pt"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
