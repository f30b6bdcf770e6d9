"""The PDF written from pages: the same lines as by the other engine, equal bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import layout, pdf_of, sample, times
from pages import compare
from vanban.document import Document
from vanban.layout.lay_out import lay_out
from vanban.render.font_subset import subset
from vanban.render.placed_pdf import write_pdf
from words import GOOD


@pytest.mark.parametrize("document", [sample(), GOOD], ids=["sample", "good"])
def test_both_engines_set_the_same_lines(document: Document, tmp_path: Path) -> None:
    one, two = tmp_path / "placed.pdf", tmp_path / "weasyprint.pdf"
    one.write_bytes(pdf_of(document, engine="pages"))
    two.write_bytes(pdf_of(document))
    assert compare(one, two) == []


def test_equal_pages_give_equal_bytes_with_fonts_cut_anew() -> None:
    document = sample()
    pages = lay_out(document, layout(document))
    one = write_pdf(document, pages, times(), None)
    subset.cache_clear()
    assert one == write_pdf(document, pages, times(), None)
