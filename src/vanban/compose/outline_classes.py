"""The classes that an outline gives its blocks, and what stands in its tables by itself."""

from __future__ import annotations

from vanban.document import Paragraph, Run, StyleId
from vanban.provenance import fixed

PARAGRAPH_CLASSES: dict[str, StyleId] = {
    "can-cu": StyleId.LEGAL_BASIS,
    "chuc-danh": StyleId.SIGNING_CAPACITY,
    "co-quan": StyleId.AGENCY,
    "dia-danh": StyleId.PLACE_DATE,
    "ho-ten": StyleId.SIGNER,
    "ten-bang": StyleId.TABLE_TITLE,
    "ten-loai": StyleId.DOCUMENT_TYPE,
    "trich-yeu": StyleId.ABSTRACT,
}
SIGNING_STYLES = (StyleId.PLACE_DATE, StyleId.SIGNING_CAPACITY, StyleId.SIGNER)
"""Of who made a form: they stand in the right half, on one page."""

NEW_PAGE_CLASS = "trang-moi"
BY_CONTENT = "*"
"""The width of a column that follows from what stands in it."""
EMPTY_LINE = Paragraph(StyleId.AFTER_TABLE, (Run(fixed("\u00a0")),))
ANNEX_CLASS = "phu-luc"
FORM_CLASS = "bieu-mau"
"""A form that goes with the document and is no annex: it has neither number nor note."""
LANDSCAPE_CLASS = "ngang"
