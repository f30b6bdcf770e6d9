"""The PDF written from pages: what only it claims, that every letter is tagged, equal bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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


@pytest.fixture(params=[sample(), GOOD], ids=["sample", "good"])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf_of(request.param, engine="pages"))) as opened:
        yield opened


@pytest.mark.parametrize("document", [sample(), GOOD], ids=["sample", "good"])
def test_both_engines_set_the_same_lines(document: Document, tmp_path: Path) -> None:
    one, two = tmp_path / "placed.pdf", tmp_path / "weasyprint.pdf"
    one.write_bytes(pdf_of(document, engine="pages"))
    two.write_bytes(pdf_of(document))
    assert compare(one, two) == []


def test_it_claims_pdf_ua_1(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert "PDF/UA identification schema" in pdf.Root.Metadata.read_bytes().decode()


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


def test_equal_pages_give_equal_bytes_with_fonts_cut_anew() -> None:
    document = sample()
    pages = lay_out(document, layout(document))
    one = write_pdf(document, pages, times(), None)
    subset.cache_clear()
    assert one == write_pdf(document, pages, times(), None)
