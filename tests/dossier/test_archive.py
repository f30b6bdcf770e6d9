"""The dossier for an archive and for reading aloud: what it declares, its tags, its links."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from documents import pdf_of, plain
from dossiers import Maker, item, plan, write_pdf
from tags import Element, tag_tree
from vanban.dossier import archival

Change = Callable[[Pdf], None]


def as_it_is(pdf: Pdf) -> None:
    """A file of this program, which claims to be PDF/A-2a."""


def without_claim(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def of_other_colours(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 4


def without_font(pdf: Pdf) -> None:
    for font in pdf.pages[0].resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def image(pdf: Pdf, **keys: Any) -> None:
    settings: dict[str, Any] = {"ColorSpace": Name.DeviceGray, **keys}
    size = 4 if settings["ColorSpace"] == Name.DeviceCMYK else 1
    made = pdf.make_stream(
        b"\0" * size,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        BitsPerComponent=8,
        **settings,
    )
    pdf.pages[0].resources.XObject = Dictionary(I=made)


def with_state(pdf: Pdf, **keys: Any) -> None:
    pdf.pages[0].resources.ExtGState = Dictionary(G=Dictionary(Type=Name.ExtGState, **keys))


CASES: list[tuple[Change, set[str]]] = [
    (as_it_is, set()),
    (without_claim, {archival.UNCLAIMED}),
    (of_other_colours, {archival.OTHER_COLOURS}),
    (without_font, {archival.UNEMBEDDED}),
    (lambda pdf: image(pdf), set()),
    (lambda pdf: image(pdf, Interpolate=True), {archival.INTERPOLATED}),
    (lambda pdf: image(pdf, ColorSpace=Name.DeviceCMYK), {archival.CMYK}),
    (lambda pdf: with_state(pdf, TR=Name.Identity), {archival.TRANSFER}),
    (lambda pdf: with_state(pdf, TR2=Name.Default), set()),
]


@pytest.mark.parametrize(("change", "reasons"), CASES)
def test_pdf_a_is_declared_where_every_piece_allows_it(
    maker: Maker, tmp_path: Path, change: Change, reasons: set[str]
) -> None:
    sound, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    sound.write_bytes(pdf_of(plain("A."), engine="pages"))
    with pikepdf.open(io.BytesIO(sound.read_bytes())) as pdf:
        change(pdf)
        pdf.save(other)
    facts = maker.pdf(plan(item("1.1.1-01", sound), item("1.1.1-02", other)), tmp_path / "d.pdf")
    assert facts.unfit == ({"1.1.1-02": ", ".join(reasons)} if reasons else {})
    assert declared(tmp_path / "d.pdf") == ("" if reasons else "2B")


def declared(path: Path) -> str:
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert not [key for key in metadata if "pdfua" in key]
        return str(metadata.pdfa_status)


@pytest.mark.parametrize(("mode", "reasons"), [("RGB", ""), ("L", ""), ("CMYK", archival.CMYK)])
def test_a_picture_is_judged_by_its_colours(
    maker: Maker, tmp_path: Path, mode: str, reasons: str
) -> None:
    Image.new(mode, (60, 40)).save(tmp_path / "a.jpg")
    facts = maker.pdf(plan(item("1.1.1-01", tmp_path / "a.jpg")), tmp_path / "d.pdf")
    assert facts.unfit == ({"1.1.1-01": reasons} if reasons else {})
    assert declared(tmp_path / "d.pdf") == ("" if reasons else "2B")


def test_the_list_in_the_folder_says_what_keeps_it_from_being_pdf_a(
    maker: Maker, tmp_path: Path
) -> None:
    maker.all(plan(item("1.1.1-01", write_pdf(tmp_path / "a.pdf"))), tmp_path / "out")
    listed = (tmp_path / "out" / "dossier" / "index.csv").read_text("utf-8-sig")
    assert f"chưa bảo đảm PDF/A: {archival.UNCLAIMED}" in listed


@pytest.fixture
def dossier(maker: Maker, tmp_path: Path) -> Path:
    office = tmp_path / "bảng.docx"
    office.write_bytes(b"PK")
    wanted = plan(
        item("1.1.1-01", write_pdf(tmp_path / "a.pdf", 2)),
        item("1.2.1-01", office),
        item("2.1.1-01", write_pdf(tmp_path / "b.pdf")),
        two_sided=True,
        banner="MẪU",
    )
    maker.pdf(wanted, tmp_path / "d.pdf")
    return tmp_path / "d.pdf"


def test_pages_of_evidence_are_figures_with_a_text(dossier: Path) -> None:
    with pikepdf.open(dossier) as pdf:
        figures = [each for each in tag_tree(pdf).walk() if each.kind == "Figure"]
    assert [each.alt for each in figures] == [
        "Tài liệu 1.1.1-01, trang 1/2: Quyết định về việc 1.1.1-01",
        "Tài liệu 1.1.1-01, trang 2/2: Quyết định về việc 1.1.1-01",
        "Tài liệu 2.1.1-01, trang 1/1: Quyết định về việc 2.1.1-01",
    ]


def test_it_is_read_in_the_order_of_its_pages(dossier: Path) -> None:
    """Cover, index, then each divider before what it divides; strips and banner are not read."""
    with pikepdf.open(dossier) as pdf:
        tree = tag_tree(pdf)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        (whole,) = list(pdf.Root.StructTreeRoot.K)
        begins = [first_page(element, numbers) for element in whole.K]
    known = [number for number in begins if number is not None]
    assert known == sorted(known)
    read = [word for word in map(heard, tree.walk()) if word]
    marks = ("HỒ SƠ", "MỤC LỤC", "1.1.1-01, trang 1/", "TRANG THAY", "2.1.1-01, trang 1/1: ")
    places = [
        next((at for at, word in enumerate(read) if mark.upper() in word.upper()), -1)
        for mark in marks
    ]
    assert -1 not in places and places == sorted(places)
    assert not [word for word in read if "MẪU" in word or re.search(r"trang \d+/1\d", word)]


def first_page(element: Any, numbers: dict[Any, int]) -> int | None:
    if "/Pg" in element:
        return numbers[element.Pg.objgen]
    for kid in element.get("/K", []):
        if isinstance(kid, Dictionary) and "/S" in kid:
            return first_page(kid, numbers)
    return None


def heard(element: Element) -> str:
    return element.alt or "".join(element.texts)


def test_links_are_tagged_and_every_page_follows_its_tags(dossier: Path) -> None:
    with pikepdf.open(dossier) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in nums[::2]]
        parents = dict(zip(keys, nums[1::2], strict=True))
        assert keys == sorted(set(keys))
        count = 0
        for page in pdf.pages:
            assert page.obj.Tabs == "/S"
            for link in page.obj.get("/Annots", []):
                if link.Subtype == "/Stamp":
                    continue
                element = parents[int(link.StructParent)]
                assert str(link.Contents)
                assert any(kid.Obj.objgen == link.objgen for kid in objects(element))
                assert ("/Link" if link.Subtype == "/Link" else "/Annot") == element.S
                assert link.Subtype != "/Link" or isinstance(link.Dest, Array)
                count += 1
        assert count > 6
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "vi-VN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle and str(pdf.docinfo.Title)


def objects(element: Any) -> list[Any]:
    kids = [kid for kid in element.K if isinstance(kid, Dictionary)]
    return [kid for kid in kids if kid.get("/Type") == "/OBJR"]


@pytest.mark.parametrize("archival_", [True, False])
def test_the_way_back_is_seen_and_not_printed(
    maker: Maker, tmp_path: Path, archival_: bool
) -> None:
    """PDF/A knows nothing that is not printed: there the link is alone."""
    file = write_pdf(tmp_path / "a.pdf")
    if archival_:
        file.write_bytes(pdf_of(plain("A."), engine="pages"))
    maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf")
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        notes = [(str(note.Subtype), int(note.F) & 4) for note in pdf.pages[-1].obj.Annots]
    assert notes == ([("/Link", 4)] if archival_ else [("/Stamp", 0), ("/Link", 4)])
    document = pypdfium2.PdfDocument(tmp_path / "d.pdf")
    page = document[len(document) - 1]
    bare = shown(page, draw_annots=False)
    assert shown(page, extra_flags=pypdfium2.raw.FPDF_PRINTING) == bare
    assert (shown(page) == bare) is archival_


def shown(page: pypdfium2.PdfPage, **options: Any) -> bytes:
    return bytes(page.render(**options).to_pil().tobytes())
