"""A PDF that is about to be written says once what it holds, and says the same."""

from __future__ import annotations

from io import BytesIO

import pydyf  # type: ignore[import-untyped]

from vanban.render.pdf_settled import settle


def made() -> pydyf.PDF:
    pdf = pydyf.PDF()
    page = pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference})
    pdf.add_page(page)
    text = pydyf.Stream(["BT", 12, "ET"] * 50, compress=True)
    pdf.add_object(text)
    page["Contents"] = text.reference
    return pdf


def written(pdf: pydyf.PDF, compress: bool) -> bytes:
    target = BytesIO()
    pdf.write(target, version=b"1.7", identifier=True, compress=compress)
    return target.getvalue()


def test_a_settled_file_has_the_same_bytes_and_says_them_once() -> None:
    for compress in (True, False):
        plain, settled = made(), made()
        settle(settled)
        assert written(settled, compress) == written(plain, compress)
        assert all(each.data is each.data for each in settled.objects[1:])
