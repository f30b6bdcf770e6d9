"""The sheet on top of a redline: which figures, dates and levels changed, and where."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from vanban.document import (
    NO_HEADER,
    NO_SIGNATURE,
    Align,
    Cell,
    Document,
    Paragraph,
    Row,
    Run,
    StyleId,
    Table,
)
from vanban.exchange.figure_changes import FigureChange
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import Frame
from vanban.layout.lay_out import lay_out
from vanban.layout.measures import Layout
from vanban.layout.pages import NO_ELEMENT, Pages
from vanban.layout.preparation import prepared

TITLE = "Số liệu, mức chỉ tiêu, ngày tháng đã thay đổi"
KEY = (
    "Trong các trang sau: chữ gạch ngang là chữ cũ, chữ gạch dưới là chữ mới, gạch đôi là đoạn đã "
    "chuyển chỗ; vạch đứng bên lề chỉ những dòng có thay đổi."
)
_WIDTHS = (10.0, 0.0, 0.0, 0.0)
"""mm; the others follow from their content."""


def with_change_list(
    figures: Sequence[FigureChange], pages: Pages, frame: Frame, times: TimesFamily
) -> Pages:
    """Return ``pages`` with those of the list of ``figures`` before them, which bear no number."""
    document = prepared(_list(figures), frame, times)
    return _joined(lay_out(document, Layout(document, frame, times)), pages)


def _list(figures: Sequence[FigureChange]) -> Document:
    title = Paragraph(StyleId.ANNEX_TITLE, (Run(TITLE),))
    key = Paragraph(StyleId.BODY, (Run(KEY),))
    none = Paragraph(StyleId.BODY, (Run("Không có số liệu nào thay đổi."),))
    return Document(
        id="redline",
        title=TITLE,
        author="",
        header=NO_HEADER,
        body=(title, key, _table(figures) if figures else none),
        recipients_head="",
        recipients=(),
        signature=NO_SIGNATURE,
        is_handout=True,
    )


def _table(figures: Sequence[FigureChange]) -> Table:
    def cell(text: str, align: Align = Align.LEFT) -> Cell:
        return Cell((Run(text),), align)

    head = Row(tuple(map(cell, ("TT", "Ở mục", "Trước", "Nay"))))
    rows = (
        Row((cell(str(number), Align.CENTER), *map(cell, (each.where, each.old, each.new))))
        for number, each in enumerate(figures, 1)
    )
    return Table(_WIDTHS, (head,), tuple(rows))


def _joined(first: Pages, second: Pages) -> Pages:
    """Return both as one file; the elements of the second are numbered after those of the first."""
    moved = len(first.elements)

    def number(element: int) -> int:
        return element if element == NO_ELEMENT else element + moved

    elements = tuple(replace(each, parent=number(each.parent)) for each in second.elements)
    pages = (
        replace(
            page, texts=tuple(replace(each, element=number(each.element)) for each in page.texts)
        )
        for page in second.pages
    )
    return Pages((*first.pages, *pages), (*first.elements, *elements))
