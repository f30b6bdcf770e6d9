"""What pages draw enters the dossier and looks the same; what they only carry stays outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from dossiers import Maker, difference, item, plan, show, write_pdf
from vanban.dossier.way_back import ON_SCREEN

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
FORBIDDEN = {
    *("/AF", "/EF", "/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/PS", "/Subtype2", "/AA"),
    *("/PieceInfo", "/Metadata", "/Alternates", "/Thumb", "/JS", "/Private", "/Measure"),
}
DRAWS = b"q 300 0 0 300 50 50 cm /X Do Q "


def attached(pdf: Pdf) -> Object:
    data = pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F="a.exe", EF=Dictionary(F=data)))


def image(pdf: Pdf, **keys: Any) -> Stream:
    values = {"Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    return pdf.make_stream(
        b"\x00\x40\x80\xc0", Type=Name.XObject, Subtype=Name.Image, **(values | keys)
    )


def form(pdf: Pdf, content: bytes = b"0 1 0 rg 0 0 1 1 re f", **keys: Any) -> Stream:
    values = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 1, 1])}
    return pdf.make_stream(content, **(values | keys))


def draw(pdf: Pdf, look: Object, **resources: Any) -> None:
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(XObject=Dictionary(X=look), **resources)
    page.contents_add(DRAWS)


def nested(pdf: Pdf, look: Object) -> None:
    draw(pdf, form(pdf, b"/Y Do", Resources=Dictionary(XObject=Dictionary(Y=look))))


def carried_by_font(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.PieceInfo = Dictionary(A=SCRIPT)
    font.Widths = Array([Dictionary(JS=String("a"))])
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))


def carried_by_colour(pdf: Pdf) -> None:
    profile = pdf.make_stream(b"", N=1, Alternate=Name.DeviceGray)
    profile.Metadata = pdf.make_stream(b"<x/>")
    draw(pdf, image(pdf, ColorSpace=Array([Name.ICCBased, profile])))


def carried_by_properties(pdf: Pdf) -> None:
    properties = Dictionary(P=Dictionary(Metadata=pdf.make_stream(b"a"), AF=attached(pdf)))
    pdf.pages[0].obj.Resources = Dictionary(Properties=properties)


def carried_by_annotation(pdf: Pdf) -> None:
    look = form(pdf, AF=attached(pdf), PieceInfo=Dictionary(A=Dictionary(Private=SCRIPT)))
    mark = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([9, 9, 99, 99]), AP=Dictionary(N=look)
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])


def outside(pdf: Pdf, **keys: Any) -> None:
    draw(pdf, image(pdf, F=String("/etc/passwd"), **keys))


def outside_content(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"", F=String("/etc/passwd"))


def reference(pdf: Pdf) -> None:
    target = Dictionary(F=String("other.pdf"), Page=0)
    draw(pdf, form(pdf, Ref=target))


PAGES_CARRY: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "outside picture": (outside, "tệp khác"),
    "outside picture with a filter": (
        lambda pdf: outside(pdf, FFilter=Name.DCTDecode, FDecodeParms=Dictionary()),
        "tệp khác",
    ),
    "outside content": (outside_content, "tệp khác"),
    "reference": (reference, "tệp khác"),
    "reference below": (
        lambda pdf: nested(pdf, form(pdf, Ref=Dictionary(F=String("o.pdf"), Page=0))),
        "tệp khác",
    ),
    "OPI": (lambda pdf: draw(pdf, image(pdf, OPI=Dictionary())), "tệp khác"),
    "PostScript object": (
        lambda pdf: draw(pdf, pdf.make_stream(b"showpage", Subtype=Name.PS)),
        "PostScript",
    ),
    "PostScript in a form": (
        lambda pdf: draw(pdf, form(pdf, Subtype2=Name.PS, PS=pdf.make_stream(b"showpage"))),
        "PostScript",
    ),
    "unknown object": (
        lambda pdf: draw(pdf, pdf.make_stream(b"a", Subtype=Name.Movie)),
        "không rõ loại",
    ),
    "object without a kind": (lambda pdf: draw(pdf, pdf.make_stream(b"a")), "không rõ loại"),
    "attached to a picture": (
        lambda pdf: draw(pdf, image(pdf, AF=Array([attached(pdf)]))),
        "tệp đính kèm",
    ),
    "attached below": (
        lambda pdf: nested(pdf, image(pdf, AF=Array([attached(pdf)]))),
        "tệp đính kèm",
    ),
    "attached to marked content": (carried_by_properties, "tệp đính kèm"),
    "attached to an annotation's picture": (carried_by_annotation, "tệp đính kèm"),
    "actions": (lambda pdf: draw(pdf, form(pdf, AA=Dictionary(O=SCRIPT))), "mã hoặc lệnh"),
    "private data": (
        lambda pdf: draw(pdf, form(pdf, PieceInfo=Dictionary(A=Dictionary(Private=SCRIPT)))),
        "PieceInfo",
    ),
    "private data of the page": (
        lambda pdf: setattr(pdf.pages[0].obj, "PieceInfo", Dictionary(A=SCRIPT)),
        "PieceInfo",
    ),
    "thumbnail": (lambda pdf: setattr(pdf.pages[0].obj, "Thumb", image(pdf)), "Thumb"),
    "other pictures": (
        lambda pdf: draw(pdf, image(pdf, Alternates=Array([Dictionary(Image=image(pdf))]))),
        "Alternates",
    ),
    "metadata": (
        lambda pdf: draw(pdf, image(pdf, Metadata=pdf.make_stream(b"<x/>"))),
        "Metadata",
    ),
    "metadata of a profile": (carried_by_colour, "Metadata"),
    "data of a font": (carried_by_font, "PieceInfo"),
    "unknown category": (
        lambda pdf: draw(pdf, image(pdf), Virus=Dictionary(A=SCRIPT)),
        "Virus",
    ),
}


@pytest.mark.slow
def test_what_pages_only_carry_stays_outside(maker: Maker, tmp_path: Path) -> None:
    looks = show(maker, tmp_path, {name: change for name, (change, _) in PAGES_CARRY.items()})
    for name, (_, words) in PAGES_CARRY.items():
        assert looks[name].says(words), (name, looks[name].warnings)
    with pikepdf.open(tmp_path / "dossier.pdf") as pdf:
        # Our own links, words on the screen and catalogue have keys of the same names.
        found = [one for one in pdf.objects if isinstance(one, Dictionary | Stream)]
        others = [
            one for one in found if one.get("/Subtype") != Name.Link and one.get("/F") != ON_SCREEN
        ]
        keys: set[str] = set()
        for one in others:
            if one.get("/Type") != Name.Catalog:
                keys |= one.keys()
        data = [one.read_raw_bytes() for one in found if isinstance(one, Stream)]
    assert not keys & FORBIDDEN
    assert not any(b"MZ" in each[:2] or b"showpage" in each for each in data)


def everything(pdf: Pdf) -> None:
    """Draw with every kind of resource."""
    ramp = Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Bounds=Array([0.5]),
        Encode=Array([0, 1, 0, 1]),
        Functions=Array(
            [
                Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array(a), C1=Array(b))
                for a, b in (((1, 0, 0), (0, 1, 0)), ((0, 1, 0), (0, 0, 1)))
            ]
        ),
    )
    tint = pdf.make_stream(
        b"{0 exch dup 0}", FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 4)
    )
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 200, 0]), Function=ramp
    )
    tiling = pdf.make_stream(
        b"1 0 0 rg 0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 10, 10]),
        XStep=10,
        YStep=10,
        Resources=Dictionary(),
    )
    glyph = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    indexed = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xff\x00\x00\x00\x00\xff")])
    type3 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 750, 750]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FirstChar=97,
        LastChar=97,
        Widths=Array([1000]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
    )
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    soft = form(pdf, b"0.5 g 0 0 600 900 re f", BBox=Array([0, 0, 600, 900]), Group=group)
    page = pdf.pages[0]
    page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    page.obj.Resources = Dictionary(
        ProcSet=Array([Name.PDF]),
        ExtGState=Dictionary(
            S=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=soft)),
            N=Dictionary(SMask=Name("/None"), ca=0.5, BM=Name.Multiply),
            D=Dictionary(D=Array([Array([5, 3]), 0]), LW=4),
        ),
        ColorSpace=Dictionary(
            C=Array([Name.Separation, Name.Dau, Name.DeviceCMYK, tint]),
            I=indexed,
        ),
        Pattern=Dictionary(T=tiling, P=Dictionary(PatternType=2, Shading=shading)),
        Shading=Dictionary(S=shading),
        Font=Dictionary(
            F=type3,
            H=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Bold")),
        ),
        XObject=Dictionary(
            M=image(pdf, SMask=image(pdf)),
            K=image(pdf, ColorSpace=Name.DeviceGray, Mask=Array([0, 70])),
            I=image(pdf, ColorSpace=indexed, BitsPerComponent=1),
        ),
    )
    page.contents_add(
        b"q /S gs 0 0 1 rg 50 50 100 100 re f Q q /N gs 1 0 0 rg 80 80 100 100 re f Q "
        b"q /D gs 50 200 m 300 200 l S Q /C cs 0.8 scn 200 50 100 100 re f "
        b"/Pattern cs /T scn 320 50 100 100 re f /P scn 50 300 200 100 re f "
        b"q 1 0 0 1 50 420 cm 0 0 200 50 re W n /S sh Q "
        b"0 g BT /F 40 Tf 1 0 0 1 50 500 Tm (aa) Tj /H 40 Tf 1 0 0 1 200 500 Tm (Phu luc) Tj ET "
        b"q 100 0 0 100 50 600 cm /M Do Q q 100 0 0 100 200 600 cm /K Do Q "
        b"q 100 0 0 100 350 600 cm /I Do Q "
        b"q 99 0 0 99 450 600 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x10\xd0 EI Q"
    )


def test_every_kind_of_drawing_looks_the_same(maker: Maker, tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", content=b"", change=everything)
    assert difference(maker, tmp_path, file, 144) < 3
    facts = maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf")
    assert facts.warnings == ()


def test_forms_that_draw_themselves_end(maker: Maker, tmp_path: Path) -> None:
    def circle(pdf: Pdf) -> None:
        look = form(pdf, b"/X Do", Resources=Dictionary(XObject=Dictionary()))
        look.Resources.XObject.X = look
        draw(pdf, look)

    file = write_pdf(tmp_path / "a.pdf", change=circle)
    assert maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf").warnings == ()
