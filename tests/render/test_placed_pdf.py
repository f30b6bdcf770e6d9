"""The PDF written from pages: its claims, that every letter is tagged, equal bytes, links."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from documents import layout, pdf_of, sample, times
from pages import compare
from vanban.document import Document
from vanban.layout.document import lay_out
from vanban.render.font_subset import subset
from vanban.render.placed_pdf import write_pdf
from words import GOOD

STAMP = date(2025, 8, 1)


@cache
def written(document: Document, stamp: date | None = STAMP) -> bytes:
    return write_pdf(document, lay_out(document, layout(document)), times(), stamp)


@pytest.fixture(params=[sample(), GOOD], ids=["sample", "good"])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(written(request.param))) as opened:
        yield opened


@pytest.mark.parametrize("document", [sample(), GOOD], ids=["sample", "good"])
def test_both_engines_set_the_same_lines(document: Document, tmp_path: Path) -> None:
    one, two = tmp_path / "placed.pdf", tmp_path / "weasyprint.pdf"
    one.write_bytes(written(document))
    two.write_bytes(pdf_of(document, stamp=STAMP))
    assert compare(one, two) == []


def test_it_claims_pdf_a_2a_and_ua_1(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
    assert "PDF/UA identification schema" in pdf.Root.Metadata.read_bytes().decode()
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.Root.Lang) == "vi-VN"
    (intent,) = list(pdf.Root.OutputIntents)
    assert intent.S == "/GTS_PDFA1"


def test_every_letter_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    parents = dict(pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    for page in pdf.pages:
        depth: list[str] = []
        tagged: list[int] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name == "BDC":
                depth.append(str(operands[0]))
                if "/MCID" in operands[1]:
                    tagged.append(int(operands[1].MCID))
            elif name == "BMC":
                depth.append(str(operands[0]))
            elif name == "EMC":
                depth.pop()
            elif name in ("Tj", "TJ", "re"):
                assert depth, "something is drawn that no tag says anything about"
        assert not depth
        assert tagged == list(range(len(parents[int(page.StructParents)])))


def pairs(nums: Any) -> Iterator[tuple[int, Any]]:
    values = list(nums)
    yield from zip((int(number) for number in values[::2]), values[1::2], strict=True)


def elements(node: Any) -> Iterator[Any]:
    for child in node.get("/K", []):
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/StructElem":
            yield child
            yield from elements(child)


def test_headings_begin_at_one_and_leave_none_out(pdf: pikepdf.Pdf) -> None:
    kinds = [str(each.S) for each in elements(pdf.Root.StructTreeRoot.K[0])]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    for above, level in pairwise(levels):
        assert level <= above + 1


def test_head_cells_say_of_what_and_links_say_where(pdf: pikepdf.Pdf) -> None:
    found = list(elements(pdf.Root.StructTreeRoot.K[0]))
    heads = [each for each in found if str(each.S) == "/TH"]
    assert heads
    assert all(str(each.A.Scope) == "/Column" for each in heads)
    names = [str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]]
    assert names == sorted(names)
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            assert str(link.Dest) in names
            assert str(link.Contents)
            assert int(link.F) == 4


def test_fonts_are_subsets_with_the_widths_of_the_face(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        assert re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))
        assert "/ToUnicode" in font
        (descendant,) = list(font.DescendantFonts)
        assert len(descendant.FontDescriptor.FontFile2.read_bytes()) < 60_000


@pytest.mark.parametrize("stamp", [None, STAMP])
def test_equal_pages_give_equal_bytes_and_no_other_date(stamp: date | None) -> None:
    document = sample()
    pages = lay_out(document, layout(document))
    one = write_pdf(document, pages, times(), stamp)
    subset.cache_clear()
    assert one == write_pdf(document, pages, times(), stamp)
    with pikepdf.open(io.BytesIO(one)) as opened:
        assert ("/CreationDate" in opened.docinfo) is (stamp is not None)
        metadata = opened.Root.Metadata.read_bytes().decode()
    assert re.findall(r"\d{4}-\d\d-\d\d", metadata) == (["2025-08-01"] * 2 if stamp else [])
