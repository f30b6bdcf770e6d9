"""The pages before the documents of a dossier: the index."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from dossiers import Maker, item, plan, write_pdf


@pytest.mark.parametrize(
    "long", [{"note": "Ghi chú dài. " * 60}, {"title": "Quyết định dài. " * 300}]
)
def test_a_row_taller_than_a_page_keeps_the_head_of_the_index(
    long: dict[str, str], maker: Maker, tmp_path: Path
) -> None:
    file = write_pdf(tmp_path / "a.pdf")
    target = tmp_path / "dossier.pdf"
    maker.pdf(plan(item("1.1.1-01", file, **long), item("1.1.1-02", file)), target)
    with pdfplumber.open(target) as pdf:
        pages = [page for page in pdf.pages if page.search("dài")]
        assert len(pages) >= 2
        for page in pages:
            assert page.search("Mã tài liệu"), "the head stands on every page"
            level = [line for line in page.lines if line["height"] < 0.1]
            foot = max(line["bottom"] for line in level)
            last = max(word["bottom"] for word in page.search("dài"))
            assert foot > last - 1, "the cells are closed"
