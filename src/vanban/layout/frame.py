"""``templates/frame.docx`` → the formatting of a document: styles, page, tables, in points (pt).

The frame is the only place where sizes stand. An official may change a style in Word; this
module asks the same cascade as the check what Word would make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree
from msgspec import Struct

from vanban.document import StyleId
from vanban.errors import Place, Problem, TemplateError
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.layout.frame_parts import BODY, RESTORE, STYLES, read_parts
from vanban.ooxml.markup import Element, attribute, child, number, on, text_of, w
from vanban.ooxml.package import rewrite
from vanban.ooxml.reading import read_page
from vanban.ooxml.styles import FONT, SINGLE, CharacterFormat, ParagraphFormat, Styles
from vanban.ooxml.word_file import PageSetup

TABLE_STYLE = "BangKe"
SECTION_END_STYLE = "CuoiMuc"
STYLE_IDS = (*StyleId, SECTION_END_STYLE)

YOUNGER: dict[StyleId, StyleId] = {
    StyleId.SUBJECT: StyleId.NUMBER,
    StyleId.AUTHORITY: StyleId.DOCUMENT_TYPE,
    StyleId.DIVISION: StyleId.PART,
    StyleId.URGENCY: StyleId.DOCUMENT_TYPE,
    StyleId.CAPTION: StyleId.ANNEX_NOTE,
    StyleId.ARTICLE: StyleId.CLAUSE,
    StyleId.SIGNING_NOTE: StyleId.AFTER_TABLE,
}
"""Styles that a frame which an office has edited may lack: each is based on one that it has."""

SIZES = {StyleId.SIGNING_NOTE: 10}
"""Sizes (pt) of younger styles that differ from the ones that they are based on."""

MAX_BYTES = 50_000_000
"""Of a frame; pictures in its margins are the most that it may hold."""

LEAST_ROOM = 200.0
"""pt that a page must leave for text, in both directions."""

_MARGIN = re.compile(r"word/(header|footer)")
_PLACE_HOLDER = re.compile(r"\{[{%].*?[%}]\}")


@dataclass(frozen=True)
class ParagraphStyle(CharacterFormat, ParagraphFormat):
    """A paragraph style: the formatting of its letters and of the paragraph; lengths in pt."""

    @property
    def pitch(self) -> float:
        """From one baseline to the next; Word and LibreOffice count in twips, a twentieth pt."""
        if self.line_rule == "exact":
            return self.line
        return round(self.size * self.line * SINGLE * 20) / 20


class TableFormat(Struct, frozen=True):
    """Borders and cell padding (top, right, bottom, left) of bordered tables, pt."""

    border: float
    padding: tuple[float, float, float, float]


class Frame(Struct, frozen=True):
    """The Word frame: its bytes and the formatting read from it.

    ``header_widths`` and ``signature_widths`` are the columns of its two tables, pt;
    ``holders`` is the text of its
    place-holders; ``section_xml`` are the properties of a section as XML text, upright and turned.
    """

    path: Path
    data: bytes
    styles: dict[str, ParagraphStyle]
    table: TableFormat
    page: PageSetup
    header_widths: tuple[float, ...]
    signature_widths: tuple[float, ...]
    holders: str
    section_xml: tuple[str, str]


def read_frame(path: Path) -> Frame:
    """Read the frame at ``path``.

    Raises TemplateError where the file is not a Word file, lacks a named style, has a font other
    than Times New Roman, or has wording of its own that the PDF would not show.
    """
    try:
        data = read_file(path, MAX_BYTES)
    except OSError as error:
        message = f"không đọc được khung Word ({reason_of(error)}) — lấy lại bản gốc"
        raise TemplateError.at(path, message) from error
    return _frame(path, data)


@lru_cache(maxsize=8)
def _frame(path: Path, data: bytes) -> Frame:
    parts = read_parts(path, data)
    body = child(parts[BODY], "body")
    if body is None:
        raise _refused(path, [(BODY, f"không có phần thân (w:body) — {RESTORE}")])
    data = _with_younger_styles(data, parts[STYLES])
    styles = Styles(parts[STYLES])
    tables, section = body.findall(w("tbl")), child(body, "sectPr")
    margins = [part for name, part in sorted(parts.items()) if _MARGIN.match(name)]
    faults = [
        *_faulty_styles(styles),
        *_own_words([body, *margins]),
        *_faulty_tables(tables),
        *_faulty_section(section),
    ]
    if faults:
        raise _refused(path, faults)
    assert section is not None
    return Frame(
        path,
        data,
        {style_id: _paragraph_style(styles, style_id) for style_id in STYLE_IDS},
        _table_format(styles),
        read_page(section),
        _grid(tables[0]),
        _grid(tables[1]),
        text_of(body),
        (_section_xml(section, False), _section_xml(section, True)),
    )


def _with_younger_styles(data: bytes, styles: Element) -> bytes:
    """Add to ``styles`` those of :data:`YOUNGER` that it lacks; return the package with them."""
    there = {attribute(style, "styleId") for style in styles.iterchildren(w("style"))}
    lacking = [new for new, old in YOUNGER.items() if new not in there and old in there]
    if not lacking:
        return data
    for style_id in lacking:
        style = etree.SubElement(styles, w("style"))
        style.set(w("type"), "paragraph")
        style.set(w("customStyle"), "1")
        style.set(w("styleId"), style_id)
        for name, value in (("name", f"VB {style_id}"), ("basedOn", YOUNGER[style_id])):
            etree.SubElement(style, w(name)).set(w("val"), value)
        if style_id in SIZES:
            look = etree.SubElement(style, w("rPr"))
            etree.SubElement(look, w("sz")).set(w("val"), str(2 * SIZES[style_id]))
    text = etree.tostring(styles, encoding="UTF-8", standalone=True)
    return rewrite(data, lambda name, content: text if name == STYLES else content)


_Faults = Iterator[tuple[str, str]]
"""What cannot be used: part, or "" for the whole frame, and what about it."""


def _refused(path: Path, faults: Iterable[tuple[str, str]]) -> TemplateError:
    return TemplateError([Problem(Place(path), part, fault) for part, fault in faults])


UNSUPPORTED = {
    "caps": "chữ in hoa tự động",
    "smallCaps": "chữ hoa nhỏ",
    "u.val": "gạch chân",
    "strike": "gạch ngang chữ",
    "vanish": "chữ ẩn",
    "position": "chữ nâng, hạ",
    "spacing.val": "giãn chữ",
    "contextualSpacing": "bỏ khoảng cách giữa các đoạn cùng kiểu",
    "shd": "màu nền",
}
"""Properties of a style that the PDF would not follow, and their names in Word."""


def _faulty_styles(styles: Styles) -> _Faults:
    """Name the styles that are missing, or ask for what the PDF cannot show."""
    for style_id in STYLE_IDS:
        if style_id not in styles:
            yield "", f"khung thiếu kiểu chữ “{style_id}” — lấy lại bản gốc của khung"
            continue
        style = _paragraph_style(styles, style_id)
        stated = {**styles.stated(style_id, "pPr"), **styles.stated(style_id, "rPr")}
        if min(number(stated.get("sz", "20")) or 0, style.pitch) < 1:
            yield "", f"kiểu chữ “{style_id}” có cỡ chữ hoặc giãn dòng bằng 0 — {RESTORE}"
        elif style.ascii != FONT:
            yield (
                "",
                f"kiểu chữ “{style_id}” dùng phông {style.ascii} — Nghị định 30/2020/NĐ-CP quy "
                f"định phông {FONT}",
            )
        asked = [name for key, name in UNSUPPORTED.items() if on(stated.get(key))]
        if style.line_rule == "atLeast":
            asked.append("giãn dòng “At least”")
        for what in asked:
            yield (
                "",
                f"kiểu chữ “{style_id}” có {what} mà bản PDF không làm theo được — bỏ thuộc tính "
                "này trong Word",
            )
    if TABLE_STYLE not in styles:
        yield "", f"khung thiếu kiểu bảng “{TABLE_STYLE}” — lấy lại bản gốc của khung"


def _own_words(roots: Iterable[Element]) -> _Faults:
    """Name words that stand in the frame itself, except the page number's field."""
    text = "\n".join(
        text_of(paragraph)
        for root in roots
        for paragraph in root.iter(w("p"))
        if next(paragraph.iter(w("fldChar")), None) is None
    )
    words = " ".join(_PLACE_HOLDER.sub("", text).split())
    if words:
        yield (
            "",
            f"khung có chữ riêng “{words[:60]}” mà bản PDF sẽ không có — bỏ chữ đó khỏi khung; lời "
            "văn đặt ở các tệp mẫu .md",
        )


def _faulty_tables(tables: list[Element]) -> _Faults:
    if len(tables) != 2:
        yield "", "khung phải có đúng hai bảng: đầu trang và chữ ký"
    elif any(len(_grid(table)) != 2 for table in tables):
        yield BODY, f"mỗi bảng của khung phải có hai cột (w:tblGrid) — {RESTORE}"


def _faulty_section(section: Element | None) -> _Faults:
    if section is None:
        yield "", "khung không có thiết lập trang"
        return
    page = read_page(section)
    if child(section, "pgSz") is None or min(page.text_width, page.text_height) < LEAST_ROOM:
        yield BODY, f"khổ giấy và lề của khung không để lại chỗ cho chữ — {RESTORE}"


def _paragraph_style(styles: Styles, style_id: str) -> ParagraphStyle:
    return ParagraphStyle(**vars(styles.paragraph(style_id)), **vars(styles.text(style_id)))


def _table_format(styles: Styles) -> TableFormat:
    properties = child(styles[TABLE_STYLE], "tblPr")
    border = number(attribute(child(properties, "tblBorders", "insideH"), "sz"), 8)
    top, right, bottom, left = (
        number(attribute(child(properties, "tblCellMar", side), "w"), 20) or 0.0
        for side in ("top", "right", "bottom", "left")
    )
    return TableFormat(border or 0.5, (top, right, bottom, left))


def _grid(table: Element) -> tuple[float, ...]:
    columns = table.findall(w("tblGrid", "gridCol"))
    return tuple(number(attribute(column, "w"), 20) or 0.0 for column in columns)


def _section_xml(section: Element, landscape: bool) -> str:
    section = deepcopy(section)
    size = child(section, "pgSz")
    if landscape and size is not None:
        page = read_page(section).turned()
        size.attrib.clear()
        size.set(w("w"), str(round(page.width * 20)))
        size.set(w("h"), str(round(page.height * 20)))
        size.set(w("orient"), "landscape")
    return etree.tostring(section, encoding="unicode")
