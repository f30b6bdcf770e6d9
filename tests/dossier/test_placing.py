"""Pages of every kind: upright, whole, legible, above a free strip; compared with a viewer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops

from dossiers import A4, PICTURE, Maker, difference, dossier_page, item, picture_of, plan, write_pdf
from vanban.dossier.placing import Spot, find_spot
from vanban.dossier.stamp import STRIP

PAGES: dict[str, dict[str, object]] = {
    "A4": {},
    "turned 90": {"Rotate": 90},
    "turned 180": {"Rotate": 180},
    "turned 270": {"Rotate": 270},
    "turned -90": {"Rotate": -90},
    "landscape": {"box": (0, 0, 841.89, 595.276)},
    "landscape by turning": {"box": (0, 0, 595.276, 841.89), "Rotate": 90},
    "A3": {"box": (0, 0, 841.89, 1190.55)},
    "A2 landscape": {"box": (0, 0, 1683.8, 1190.55)},
    "small": {"box": (0, 0, 450, 300)},
    "long receipt": {"box": (0, 0, 450, 1900)},
    "origin elsewhere": {"box": (50, 40, 645, 882)},
    "corners swapped": {"box": (595, 842, 0, 0)},
    "crop box": {"CropBox": Array([60, 50, 500, 700])},
    "crop box turned": {"CropBox": Array([60, 50, 500, 700]), "Rotate": 90},
    "crop box too large": {"CropBox": Array([-100, -100, 5000, 5000])},
    "user unit": {"box": (0, 0, 450, 600), "UserUnit": 2},
    "unbalanced": {"content": b"q q 2 0 0 2 0 0 cm " + PICTURE},
    "too many Q": {"content": PICTURE + b" Q Q Q 0 0 1 rg 0 0 900 900 re f"},
}


@pytest.mark.parametrize("kind", PAGES)
def test_looks_like_the_original(maker: Maker, tmp_path: Path, kind: str) -> None:
    file = write_pdf(tmp_path / "a.pdf", **PAGES[kind])  # type: ignore[arg-type]
    assert difference(maker, tmp_path, file) < 3


@pytest.mark.parametrize("kind", PAGES)
def test_strip_holds_nothing_but_the_stamp(maker: Maker, tmp_path: Path, kind: str) -> None:
    file = write_pdf(tmp_path / "a.pdf", **PAGES[kind])  # type: ignore[arg-type]
    target, number = dossier_page(maker, tmp_path, file, banner="SỐ LIỆU MẪU")
    page = picture_of(target, number, 144)
    strip = page.crop((0, page.height - int(STRIP * 2) + 1, page.width, page.height))
    red, green, blue = strip.split()
    assert ImageChops.difference(red, blue).getbbox() is None  # grey only: no colour of content
    assert ImageChops.difference(red, green).getbbox() is None
    words = Image.eval(red, lambda value: 255 - value).getbbox()
    assert words is not None
    assert words[1] > 4 and words[3] < strip.height - 15  # clear of content and of the edge


@pytest.mark.parametrize(
    ("box", "rotation", "unit", "sheet", "scale"),
    [
        ((0, 0, 595.276, 841.89), 0, 1, (595, 842), 0.966),
        ((0, 0, 595.276, 841.89), 90, 1, (842, 595), 0.952),
        ((0, 0, 400, 600), 0, 1, (595, 842), 1),
        ((0, 0, 841.89, 1190.55), 0, 1, (595, 842), 0.683),
        ((0, 0, 1190.55, 1683.78), 0, 1, (842, 1191), 0.690),
        ((0, 0, 300, 400), 0, 2, (595, 842), 0.992),
        ((0, 0, 3000, 3000), 0, 1, (842, 1191), 0.281),
    ],
)
def test_sheet_and_scale(
    box: tuple[float, float, float, float],
    rotation: int,
    unit: float,
    sheet: tuple[int, int],
    scale: float,
) -> None:
    spot = find_spot(box, rotation, unit)
    assert isinstance(spot, Spot)
    assert (round(spot.width), round(spot.height)) == sheet
    assert spot.scale == pytest.approx(scale, abs=0.001)


def test_tiny_print_is_a_warning(maker: Maker, tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", box=(0, 0, 3000, 3000))
    facts = maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf")
    assert ["thu nhỏ còn 28%" in warning.message for warning in facts.warnings] == [True]


def add_stamp(pdf: Pdf, **keys: Any) -> None:
    """Put an annotation with a picture of its own on the first page."""
    look = pdf.make_stream(b"1 0 1 rg 0 0 10 10 re f 0 g 0 0 5 5 re f")
    look.BBox = Array([0, 0, 10, 10])
    look.Matrix = Array([0, 1, -1, 0, 0, 0])
    values: dict[str, Any] = {
        "Type": Name.Annot,
        "Subtype": Name.Stamp,
        "Rect": Array([200, 300, 320, 380]),
        "AP": Dictionary(N=look),
        "F": 4,
    }
    mark = pdf.make_indirect(Dictionary(**(values | keys)))
    pdf.pages[0].obj.Annots = Array([mark])


def add_widget(pdf: Pdf) -> None:
    add_stamp(pdf, Subtype=Name.Widget, FT=Name.Sig, T="Signature1", V=Dictionary(Type=Name.Sig))
    field = pdf.pages[0].obj.Annots[0]
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def add_box(pdf: Pdf) -> None:
    on, off = pdf.make_stream(b"0 1 1 rg 0 0 9 9 re f"), pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f")
    for look in (on, off):
        look.Subtype = Name.Form
        look.BBox = Array([0, 0, 9, 9])
    add_stamp(pdf, AP=Dictionary(N=Dictionary(Yes=on, Off=off)), AS=Name.Yes)


def add_layer(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Nháp"))
    shown = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Hiện"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer, shown]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(Properties=Dictionary(L=layer, S=shown))
    page.contents_add(
        b"/OC /L BDC 1 0 0 rg 0 0 400 400 re f EMC /OC /S BDC 0 1 1 rg 99 500 99 99 re f EMC"
    )


LOOKS = {
    "stamp": add_stamp,
    "signature": add_widget,
    "state": add_box,
    "layer": add_layer,
    "hidden": lambda pdf: add_stamp(pdf, F=2),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("rotation", [0, 90])
def test_annotations_and_layers_look_the_same(
    maker: Maker, tmp_path: Path, look: str, rotation: int
) -> None:
    file = write_pdf(tmp_path / "a.pdf", change=LOOKS[look], Rotate=rotation)
    before = file.read_bytes()
    assert difference(maker, tmp_path, file, 144) < 1
    assert file.read_bytes() == before
    with pikepdf.open(tmp_path / "dossier.pdf") as pdf:
        assert "/AcroForm" not in pdf.Root
        kinds = {str(mark.Subtype) for page in pdf.pages for mark in page.obj.get("/Annots", [])}
        assert kinds == {"/Link", "/Stamp"}  # of our own, for the way back


def test_pages_that_share_their_content(maker: Maker, tmp_path: Path) -> None:
    def share(pdf: Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.pages[0].obj.Contents
        pdf.pages[1].obj.MediaBox = Array([0, 0, 842, 1191])

    file = write_pdf(tmp_path / "a.pdf", 2, change=share)
    facts = maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf")
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        first = facts.placements["1.1.1-01"].first
        boxes = [
            [round(float(v)) for v in pdf.pages[number].resources.XObject.P.BBox]
            for number in (first - 1, first)
        ]
    assert boxes == [[0, 0, 595, 842], [0, 0, 842, 1191]]


def test_contents_in_pieces(maker: Maker, tmp_path: Path) -> None:
    def cut(pdf: Pdf) -> None:
        pieces = PICTURE.split(b"\n")
        pdf.pages[0].obj.Contents = Array([pdf.make_stream(piece) for piece in pieces])

    file = write_pdf(tmp_path / "a.pdf", change=cut)
    assert difference(maker, tmp_path, file) < 3


def test_a_page_without_content(maker: Maker, tmp_path: Path) -> None:
    def empty(pdf: Pdf) -> None:
        del pdf.pages[0].obj["/Contents"]

    file = write_pdf(tmp_path / "a.pdf", change=empty, box=A4)
    assert difference(maker, tmp_path, file) < 1
