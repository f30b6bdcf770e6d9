"""Plan → the pages of our own: cover, index, dividers, pages in place of files.

Set by WeasyPrint in the look of the frame, once, with empty slots of fixed size where page numbers
go: numbers can never move a line, however many documents there are. A slot is a link to an address
of our own (``vanban:page/1.1.1-01``); the PDF then tells where it stands.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Object, Pdf

from vanban.document import StyleId
from vanban.evidence.documents import EvidenceDocument
from vanban.evidence.dossier_plan import DossierPlan, Field
from vanban.layout.frame import Frame
from vanban.layout.measures import PT_PER_MM
from vanban.nd30.dates import short_date
from vanban.render.css import shared_rules

if TYPE_CHECKING:
    from vanban.layout.fonts import TimesFamily
    from vanban.render.typesetter import Typesetter

SCHEME = "vanban:"
DOCUMENT, REFERENCE, PAGE, SHEET, TOTAL, DIVIDER, STAND_IN = (
    "document",
    "reference",
    "page",
    "sheet",
    "total",
    "divider",
    "stand-in",
)
"""Kinds of slots: links to a document from its row and from others; room for its page, its sheet,
the sum; starts of pages."""
LINKS = (DOCUMENT, REFERENCE, PAGE, SHEET)
"""Slots that lead to a document."""

VARIANT = "pdf/a-2b"
"""Without tags: what evidence shows could not be tagged."""

TITLE = "HỒ SƠ TÀI LIỆU KIỂM CHỨNG"
INDEX_TITLE = "MỤC LỤC TÀI LIỆU KIỂM CHỨNG"
SIGNED = "bản ký số"
STAND_IN_NOTE = "xem tệp trong thư mục kèm theo"

NUMBER_WIDTH = 16.0
"""Of a column of page numbers, mm: its bold head, and up to five digits, on one line."""

COLUMNS = (
    ("STT", 13.0),
    ("Mã tài liệu", 25.0),
    ("Số, ký hiệu; ngày", 28.0),
    ("Tên loại và trích yếu nội dung; cơ quan ban hành", 0.0),
    ("Ghi chú", 20.0),
)
"""Columns of the index before the numbers, and their widths in mm; 0 takes what is left."""

LONG_TITLE, LONG_NOTE = 800, 200
"""Letters that might fill half of a page in their columns: such a row may be split."""


@dataclass(frozen=True)
class Slot:
    """A place on the front pages, and the annotation that marks it; ``page`` counts from 0."""

    kind: str
    key: str
    page: int
    rect: tuple[float, float, float, float]
    annotation: Object


@dataclass(frozen=True)
class Front:
    """The pages of our own; ``slots`` in the order of the pages."""

    pdf: Pdf
    slots: tuple[Slot, ...]

    @cached_property
    def sections(self) -> Mapping[tuple[str, str], range]:
        """The pages (from 0) of each divider and page in place, by kind and key of its slot.

        Cover and index, which come before them, have the kind "" and the key "".
        """
        starts = {("", ""): 0}
        for slot in self.slots:
            if slot.kind in (DIVIDER, STAND_IN):
                starts.setdefault((slot.kind, slot.key), slot.page)
        ends = [*list(starts.values())[1:], len(self.pdf.pages)]
        return {
            key: range(start, end) for (key, start), end in zip(starts.items(), ends, strict=True)
        }

    def lengths(self, kind: str) -> dict[str, int]:
        """Return how many pages each divider or page in place has, by the key of its slot."""
        return {key: len(pages) for (own, key), pages in self.sections.items() if own == kind}

    @cached_property
    def slots_of_pages(self) -> Mapping[int, list[Slot]]:
        pages: dict[int, list[Slot]] = {}
        for slot in self.slots:
            pages.setdefault(slot.page, []).append(slot)
        return pages


def set_front(
    plan: DossierPlan,
    typesetter: Typesetter,
    frame: Frame,
    times: TimesFamily,
    stamp: date | None,
) -> Front:
    """Set the pages; ``stamp`` is the date in the file's properties, None for none."""
    data = typesetter.set_pages(_html(plan, frame, stamp), _css(frame, times), VARIANT)
    pdf = pikepdf.open(io.BytesIO(data))
    return Front(pdf, tuple(_slots(pdf)))


def _slots(pdf: Pdf) -> Iterator[Slot]:
    for number, page in enumerate(pdf.pages):
        for annotation in list(page.obj.get("/Annots", [])):
            address = str(annotation.A.URI)
            kind, _, key = address.removeprefix(SCHEME).partition("/")
            x0, y0, x1, y1 = (float(value) for value in annotation.Rect)
            rect = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            yield Slot(kind, key, number, rect, annotation)


def _css(frame: Frame, times: TimesFamily) -> str:
    page = frame.page
    return (
        shared_rules(frame, times)
        + f"""
@page {{ size: {page.width:g}pt {page.height:g}pt;
         margin: {page.top:g}pt {page.right:g}pt {page.bottom:g}pt {page.left:g}pt }}
.start {{ break-before: page }}
.slot {{ display: block; white-space: nowrap }}
.cover {{ padding-top: {page.height / 6:g}pt }}
.lower {{ padding-top: {page.height / 12:g}pt }}
.divider {{ padding-top: {page.height / 4:g}pt }}
tr.group {{ break-after: avoid }}
td.field, td.criterion {{ font-weight: bold }}
table.facts {{ margin-left: auto; margin-right: auto }}
table.facts td {{ padding: 3pt }}
"""
    )


def _html(plan: DossierPlan, frame: Frame, stamp: date | None) -> str:
    meta = {"author": " ".join(plan.agency), "generator": "vanban"}
    if stamp is not None:
        meta["dcterms.created"] = meta["dcterms.modified"] = stamp.isoformat()
    head = "".join(
        f'<meta name="{name}" content="{escape(content)}"/>' for name, content in meta.items()
    )
    numbers = {item.code: number for number, item in enumerate(plan.placed(), 1)}
    return (
        '<!DOCTYPE html><html lang="vi-VN"><head><meta charset="utf-8"/>'
        f"<title>{escape(plan.title)}</title>{head}</head><body>"
        f"{_cover(plan)}{_index(plan, frame, numbers)}"
        + "".join(_divider(field) for field in plan.fields)
        + "".join(_stand_in(item) for item in plan.placed() if item.needs_stand_in)
        + "</body></html>"
    )


def _cover(plan: DossierPlan) -> str:
    period = "".join(
        f" {word} ngày {short_date(day)}"
        for word, day in (("từ", plan.start), ("đến", plan.end))
        if day is not None
    )
    facts = [
        ("Năm đánh giá:", escape(str(plan.year))),
        ("Số, ký hiệu hồ sơ:", escape(plan.file_code)),
        ("Thời hạn bảo quản:", escape(plan.retention)),
        ("Đơn vị lập hồ sơ:", escape(plan.keeper)),
        ("Thời gian:", escape(period.strip())),
        ("Số tài liệu:", str(len(plan.placed()))),
        ("Số trang:", _slot(TOTAL, "pages")),
        *((("Số tờ:", _slot(TOTAL, "sheets")),) if plan.two_sided else ()),
    ]
    rows = "".join(
        f'<tr><td class="{StyleId.TABLE_CELL}">{name}</td>'
        f'<td class="{StyleId.TABLE_CELL}">{value}</td></tr>'
        for name, value in facts
        if value
    )
    return (
        f"{_lines(StyleId.AGENCY, plan.agency)}"
        f'<div class="cover">{_lines(StyleId.DOCUMENT_TYPE, (TITLE,))}'
        f"{_lines(StyleId.ABSTRACT, (plan.title,))}</div>"
        f'<div class="lower"><table class="facts" style="width:{110 * PT_PER_MM:g}pt">'
        f"{_columns((45 * PT_PER_MM, 65 * PT_PER_MM))}<tbody>{rows}</tbody></table></div>"
    )


def _index(plan: DossierPlan, frame: Frame, numbers: Mapping[str, int]) -> str:
    names = [name for name, _ in COLUMNS]
    widths = [width * PT_PER_MM for _, width in COLUMNS]
    room = NUMBER_WIDTH * PT_PER_MM
    extra = ["Trang", "Tờ"] if plan.two_sided else ["Trang"]
    names += extra
    widths += [room] * len(extra)
    widths[widths.index(0)] = frame.page.text_width - sum(widths)
    head = "".join(f'<th class="{StyleId.TABLE_HEAD}">{escape(name)}</th>' for name in names)
    rows: list[str] = []
    field = criterion = None
    for field_now, criterion_now, item, here in plan.rows():
        if field_now is not field:
            field = field_now
            rows.append(_group("field", field.code, field.title, len(names)))
        if criterion_now is not criterion:
            criterion = criterion_now
            rows.append(_group("criterion", criterion.code, criterion.title, len(names)))
        rows.append(_entry(item, numbers[item.code] if here else None, plan.two_sided))
    return (
        f'<div class="start">{_lines(StyleId.DOCUMENT_TYPE, (INDEX_TITLE,))}'
        f"{_lines(StyleId.ABSTRACT, (plan.title,))}"
        f'<p class="{StyleId.AFTER_TABLE}">&#160;</p>'
        f'<table class="grid" style="width:{sum(widths):g}pt">{_columns(widths)}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _group(look: str, code: str, title: str, columns: int) -> str:
    text = escape(f"{code}. {title}" if look == "field" else f"{code} {title}")
    cell = f'<td class="{StyleId.TABLE_CELL} {look}" colspan="{columns}">{text}</td>'
    return f'<tr class="group">{cell}</tr>'


def _entry(item: EvidenceDocument, number: int | None, two_sided: bool) -> str:
    """Return a row of the index; ``number`` is None where the document stands elsewhere."""
    kind = DOCUMENT if number is not None else REFERENCE
    link = f'<a class="whole" href="{SCHEME}{kind}/{escape(item.code)}">'
    day = short_date(item.date) if item.date else ""
    if number is None:
        texts = ["", link + escape(item.code) + "</a>", "", escape(f"xem {item.code}"), ""]
    else:
        notes = (
            SIGNED if item.signed else "",
            STAND_IN_NOTE if item.needs_stand_in else "",
            item.position,
            item.remark,
        )
        texts = [
            str(number),
            link + escape(item.code) + "</a>",
            escape("; ".join(filter(None, (item.number, day)))),
            link.replace(' class="whole"', "")
            + escape("; ".join(filter(None, (item.title, item.issuer))))
            + "</a>",
            escape("; ".join(filter(None, notes))),
        ]
    cells = [
        f'<td class="{StyleId.TABLE_CELL}{" center" if place == 0 else ""}">{text}</td>'
        for place, text in enumerate(texts)
    ]
    for kind in (PAGE, SHEET) if two_sided else (PAGE,):
        cells.append(f'<td class="{StyleId.TABLE_CELL} center">{_slot(kind, item.code)}</td>')
    tall = len(item.title) > LONG_TITLE or len(item.remark) > LONG_NOTE
    look = ' class="tall"' if tall else ""
    return f"<tr{look}>{''.join(cells)}</tr>"


def _divider(field: Field) -> str:
    title = f'<a href="{SCHEME}{DIVIDER}/{escape(field.code)}">Lĩnh vực {escape(field.code)}</a>'
    rows = "".join(
        f'<p class="{StyleId.BODY}">{escape(f"{criterion.code} {criterion.title}")}</p>'
        for criterion in field.criteria
    )
    return (
        f'<div class="start divider"><p class="{StyleId.DOCUMENT_TYPE}">{title}</p>'
        f'{_lines(StyleId.ABSTRACT, (field.title,))}<div class="lower">{rows}</div></div>'
    )


def _stand_in(item: EvidenceDocument) -> str:
    title = f'<a href="{SCHEME}{STAND_IN}/{escape(item.code)}">TRANG THAY CHO TÀI LIỆU</a>'
    original = item.original or item.file
    facts = (
        f"Mã tài liệu: {item.code}",
        f"Tên loại và trích yếu: {item.title}",
        f"Số, ký hiệu: {item.number}" if item.number else "",
        f"Ngày: {short_date(item.date)}" if item.date else "",
        f"Cơ quan ban hành: {item.issuer}" if item.issuer else "",
        f"Tệp: {original.name}",
        "Tài liệu không in được ở đây; tệp gốc nằm trong thư mục kèm theo hồ sơ.",
    )
    rows = "".join(f'<p class="{StyleId.BODY}">{escape(fact)}</p>' for fact in facts if fact)
    return (
        f'<div class="start divider"><p class="{StyleId.DOCUMENT_TYPE}">{title}</p>'
        f'<div class="lower">{rows}</div></div>'
    )


def _slot(kind: str, key: str) -> str:
    return f'<a class="slot" href="{SCHEME}{kind}/{escape(key)}">&#160;</a>'


def _lines(style: StyleId, texts: Iterable[str]) -> str:
    return "".join(f'<p class="{style}">{escape(text)}</p>' for text in texts)


def _columns(widths: Iterable[float]) -> str:
    columns = "".join(f'<col style="width:{width:g}pt"/>' for width in widths)
    return f"<colgroup>{columns}</colgroup>"
