"""``templates/frame.docx`` → the look of a document: styles, page, tables, in points (pt).

The frame is the only place where sizes stand. An official may change a style in Word; this
module reads what Word wrote, through style, base style and document defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from vanban.document import StyleId
from vanban.errors import Place, Problem, TemplateError
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.ooxml.markup import Element, W
from vanban.render.frame_parts import BODY, RESTORE, STYLES, read_parts

TABLE_STYLE = "BangKe"
SECTION_END_STYLE = "CuoiMuc"
FONT = "Times New Roman"

LEAST_ROOM = 200.0
"""pt that a page must leave for text, in both directions."""

_MARGIN = re.compile(r"word/(header|footer)")

SINGLE_LINE = 1.149
"""Line height of Times New Roman and its metric twins, as a factor of the size."""


@dataclass(frozen=True)
class ParagraphStyle:
    """A paragraph style; lengths in pt.

    ``line`` is an exact pitch, or None where ``line_factor`` times the font's own line is meant.
    ``rule`` is the width of a border below and its distance from the text.
    """

    font: str = FONT
    size: float = 10
    bold: bool = False
    italic: bool = False
    color: str = "000000"
    align: str = "left"
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float | None = None
    line_factor: float = 1
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    rule: tuple[float, float] | None = None

    @property
    def pitch(self) -> float:
        """From one baseline to the next."""
        return self.line if self.line is not None else self.size * self.line_factor * SINGLE_LINE


@dataclass(frozen=True)
class TableLook:
    """Borders and cell padding (top, right, bottom, left) of bordered tables, pt."""

    border: float
    padding: tuple[float, float, float, float]


@dataclass(frozen=True)
class Page:
    """Page size, margins and distance of header and footer from the edge, pt."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom

    def turned(self) -> Page:
        """Return the landscape page: the sheet is turned, the margins stay."""
        return replace(self, width=self.height, height=self.width)


@dataclass(frozen=True)
class Frame:
    """The Word frame: its bytes and the look read from it.

    ``header_widths`` and ``signature_widths`` are the columns of its two tables, pt.
    """

    path: Path
    data: bytes
    styles: dict[str, ParagraphStyle]
    table: TableLook
    page: Page
    header_widths: tuple[float, ...]
    signature_widths: tuple[float, ...]

    @cached_property
    def section_xml(self) -> str:
        """The section properties of page set-up as XML text."""
        body = read_parts(self.path, self.data)[BODY].find(f"{{{W}}}body")
        return etree.tostring(body.find(f"{{{W}}}sectPr"), encoding="unicode")


MAX_BYTES = 50_000_000
"""Of a frame; pictures in its margins are the most that it may hold."""


def read_frame(path: Path) -> Frame:
    """Read the frame at ``path``.

    Raises TemplateError where the file is not a Word file, lacks a named style, has a font other
    than Times New Roman, or has wording of its own that the PDF would not show.
    """
    try:
        data = read_file(path, MAX_BYTES)
    except OSError as error:
        message = f"không đọc được khung Word ({reason_of(error)}) — lấy lại bản gốc"
        raise TemplateError([Problem(Place(path), "", message)]) from error
    parts = read_parts(path, data)
    styles_root, body = parts[STYLES], parts[BODY].find(f"{{{W}}}body")
    if body is None:
        raise TemplateError(
            [Problem(Place(path), BODY, f"không có phần thân (w:body) — {RESTORE}")]
        )
    styles = _read_styles(styles_root)
    margins = [part for name, part in sorted(parts.items()) if _MARGIN.match(name)]
    problems = [
        *_missing_styles(path, styles),
        *_unknown_looks(path, styles_root),
        *_own_words(path, [body, *margins]),
    ]
    tables = body.findall(f"{{{W}}}tbl")
    if len(tables) != 2:
        problems.append(
            Problem(Place(path), "", "khung phải có đúng hai bảng: đầu trang và chữ ký")
        )
    elif any(len(_grid(table)) != 2 for table in tables):
        message = f"mỗi bảng của khung phải có hai cột (w:tblGrid) — {RESTORE}"
        problems.append(Problem(Place(path), BODY, message))
    section = body.find(f"{{{W}}}sectPr")
    if section is None:
        problems.append(Problem(Place(path), "", "khung không có thiết lập trang"))
    elif min(_room(_read_page(section))) < LEAST_ROOM:
        message = f"khổ giấy và lề của khung không để lại chỗ cho chữ — {RESTORE}"
        problems.append(Problem(Place(path), BODY, message))
    if problems:
        raise TemplateError(problems)
    return Frame(
        path,
        data,
        styles,
        _read_table_look(path, styles_root),
        _read_page(section),
        _grid(tables[0]),
        _grid(tables[1]),
    )


def _missing_styles(path: Path, styles: dict[str, ParagraphStyle]) -> list[Problem]:
    problems = []
    for style_id in (*StyleId, SECTION_END_STYLE):
        style = styles.get(style_id)
        if style is None:
            message = f"khung thiếu kiểu chữ “{style_id}” — lấy lại bản gốc của khung"
            problems.append(Problem(Place(path), "", message))
        elif min(style.size, style.pitch) < 1:
            message = f"kiểu chữ “{style_id}” có cỡ chữ hoặc giãn dòng bằng 0 — {RESTORE}"
            problems.append(Problem(Place(path), "", message))
        elif style.font != FONT:
            problems.append(
                Problem(
                    Place(path),
                    "",
                    f"kiểu chữ “{style_id}” dùng phông {style.font} — Nghị định 30/2020/NĐ-CP quy "
                    f"định phông {FONT}",
                )
            )
    return problems


UNKNOWN_LOOKS = {
    "caps": "chữ in hoa tự động",
    "smallCaps": "chữ hoa nhỏ",
    "u": "gạch chân",
    "strike": "gạch ngang chữ",
    "vanish": "chữ ẩn",
    "position": "chữ nâng, hạ",
    "contextualSpacing": "bỏ khoảng cách giữa các đoạn cùng kiểu",
    "shd": "màu nền",
}
"""Properties of a style that the PDF would not follow, and their names in Word."""


def _unknown_looks(path: Path, root: Element) -> list[Problem]:
    """Name what a style of the frame asks for and the PDF cannot show."""
    problems = []
    for element in root.findall(f"{{{W}}}style"):
        style_id = element.get(f"{{{W}}}styleId")
        if style_id not in {*StyleId, SECTION_END_STYLE}:
            continue
        looks = [
            name
            for tag, name in UNKNOWN_LOOKS.items()
            if _flag(element, "rPr", tag) or _flag(element, "pPr", tag)
        ]
        if _value(element, "pPr", "spacing", attribute="lineRule") == "atLeast":
            looks.append("giãn dòng “At least”")
        if _value(element, "rPr", "spacing") not in (None, "0"):
            looks.append("giãn chữ")
        problems += [
            Problem(
                Place(path),
                "",
                f"kiểu chữ “{style_id}” có {look} mà bản PDF không làm theo được — bỏ thuộc tính "
                "này trong Word",
            )
            for look in looks
        ]
    return problems


def _own_words(path: Path, roots: Iterable[Element]) -> list[Problem]:
    """Name words that stand in the frame itself, except the page number's field."""
    text = "\n".join(
        "".join(paragraph.itertext(f"{{{W}}}t"))
        for root in roots
        for paragraph in root.iter(f"{{{W}}}p")
        if paragraph.find(f".//{{{W}}}fldChar") is None
    )
    words = re.sub(r"\{[{%].*?[%}]\}", "", text).split()
    if not words:
        return []
    message = (
        f"khung có chữ riêng “{' '.join(words)[:60]}” mà bản PDF sẽ không có — bỏ chữ đó khỏi "
        "khung; lời văn đặt ở các tệp mẫu .md"
    )
    return [Problem(Place(path), "", message)]


def _value(parent: Element, *names: str, attribute: str = "val") -> str | None:
    """Return an attribute of the element at ``names`` below ``parent``, None if absent."""
    element = parent
    for name in names:
        if element is None:
            return None
        element = element.find(f"{{{W}}}{name}")
    if element is None:
        return None
    value = element.get(f"{{{W}}}{attribute}")
    return None if value is None else str(value)


def _points(parent: Element, *names: str, attribute: str) -> float | None:
    value = _value(parent, *names, attribute=attribute)
    return None if value is None else int(value) / 20


def _flag(parent: Element, *names: str) -> bool | None:
    element = parent
    for name in names:
        if element is None:
            return None
        element = element.find(f"{{{W}}}{name}")
    if element is None:
        return None
    return element.get(f"{{{W}}}val") not in ("0", "false", "off")


def _read_styles(root: Element) -> dict[str, ParagraphStyle]:
    defaults = root.find(f"{{{W}}}docDefaults")
    base = ParagraphStyle()
    if defaults is not None:
        for wrapper in ("rPrDefault", "pPrDefault"):
            element = defaults.find(f"{{{W}}}{wrapper}")
            if element is not None:
                base = _apply(base, element)
    elements = {
        element.get(f"{{{W}}}styleId"): element
        for element in root.findall(f"{{{W}}}style")
        if element.get(f"{{{W}}}type") == "paragraph"
    }
    resolved: dict[str, ParagraphStyle] = {}

    def resolve(style_id: str) -> ParagraphStyle:
        if style_id not in resolved:
            element = elements[style_id]
            parent = _value(element, "basedOn")
            below = resolve(parent) if parent is not None and parent in elements else base
            resolved[style_id] = _apply(below, element)
        return resolved[style_id]

    for style_id in elements:
        resolve(style_id)
    return resolved


def _apply(style: ParagraphStyle, element: Element) -> ParagraphStyle:
    """Return ``style`` overridden by what the w:pPr and w:rPr of ``element`` state."""
    size = _value(element, "rPr", "sz")
    line = _value(element, "pPr", "spacing", attribute="line")
    line_rule = _value(element, "pPr", "spacing", attribute="lineRule") or "auto"
    outline = _value(element, "pPr", "outlineLvl")
    border = _value(element, "pPr", "pBdr", "bottom", attribute="sz")
    border_space = _value(element, "pPr", "pBdr", "bottom", attribute="space")
    changes: dict[str, Any] = {
        "font": _value(element, "rPr", "rFonts", attribute="ascii"),
        "size": int(size) / 2 if size else None,
        "bold": _flag(element, "rPr", "b"),
        "italic": _flag(element, "rPr", "i"),
        "color": (_value(element, "rPr", "color") or "").replace("auto", "000000") or None,
        "align": _value(element, "pPr", "jc"),
        "first_line": _points(element, "pPr", "ind", attribute="firstLine"),
        "left": _points(element, "pPr", "ind", attribute="left"),
        "right": _points(element, "pPr", "ind", attribute="right"),
        "before": _points(element, "pPr", "spacing", attribute="before"),
        "after": _points(element, "pPr", "spacing", attribute="after"),
        "keep_next": _flag(element, "pPr", "keepNext"),
        "keep_lines": _flag(element, "pPr", "keepLines"),
        "outline": int(outline) if outline else None,
        "rule": (int(border) / 8, float(border_space or 0)) if border else None,
    }
    hanging = _points(element, "pPr", "ind", attribute="hanging")
    if hanging is not None:
        changes["first_line"] = -hanging
    changes = {name: value for name, value in changes.items() if value is not None}
    if line:
        changes["line"] = int(line) / 20 if line_rule == "exact" else None
        changes["line_factor"] = int(line) / 240 if line_rule == "auto" else 1.0
    return replace(style, **changes)


def _read_table_look(path: Path, root: Element) -> TableLook:
    element = next(
        (
            style
            for style in root.findall(f"{{{W}}}style")
            if style.get(f"{{{W}}}styleId") == TABLE_STYLE
        ),
        None,
    )
    if element is None:
        message = f"khung thiếu kiểu bảng “{TABLE_STYLE}” — lấy lại bản gốc của khung"
        raise TemplateError([Problem(Place(path), "", message)])
    border = _value(element, "tblPr", "tblBorders", "insideH", attribute="sz")
    top, right, bottom, left = (
        _points(element, "tblPr", "tblCellMar", side, attribute="w") or 0
        for side in ("top", "right", "bottom", "left")
    )
    return TableLook(int(border) / 8 if border else 0.5, (top, right, bottom, left))


def _read_page(section: Element) -> Page:
    def length(element: str, attribute: str) -> float:
        return _points(section, element, attribute=attribute) or 0

    return Page(
        width=length("pgSz", "w"),
        height=length("pgSz", "h"),
        top=length("pgMar", "top"),
        right=length("pgMar", "right"),
        bottom=length("pgMar", "bottom"),
        left=length("pgMar", "left"),
        header=length("pgMar", "header"),
        footer=length("pgMar", "footer"),
    )


def _room(page: Page) -> tuple[float, float]:
    return page.text_width, page.text_height


def _grid(table: Element) -> tuple[float, ...]:
    columns = table.findall(f"{{{W}}}tblGrid/{{{W}}}gridCol")
    return tuple(int(column.get(f"{{{W}}}w", "0")) / 20 for column in columns)
