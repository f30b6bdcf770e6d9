"""Damaged PDFs: what `evidence add` accepts makes a dossier, or problems that name their file."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from dossiers import PICTURE, Maker, item, plan
from vanban.errors import ContentError
from vanban.evidence.file_errors import FileError
from vanban.evidence.file_facts import read_facts

BATCH = 40
"""Damaged files that one dossier takes."""

TOKENS = [
    *(b"null", b"true", b"-1", b"0", b"99999999", b"1e9", b".", b"(a)", b"<41>", b"/A", b"[", b"]"),
    *(b"<<", b">>", b"<< >>", b"[ ]", b"1 0 R", b"3 0 R", b"5 0 R", b"99 0 R", b"obj", b"stream"),
]


def sample(pdf: Pdf) -> None:
    """Fill two pages with what a page may hold."""
    look = pdf.make_stream(
        b"1 0 0 rg 0 0 9 9 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 9, 9]),
        Matrix=Array([1, 0, 0, 1, 0, 0]),
        Resources=Dictionary(),
    )
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    member = pdf.make_indirect(
        Dictionary(Type=Name.OCMD, OCGs=Array([layer]), VE=Array([Name.Not, layer]))
    )
    image = pdf.make_stream(
        b"\x00\x80\xc0\xff",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2,
        Height=2,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
        OC=member,
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Btn,
            T=String("a"),
            F=4,
            V=Name.Yes,
            Rect=Array([10, 10, 99, 99]),
            AP=Dictionary(N=Dictionary(Yes=look)),
            A=Dictionary(S=Name.JavaScript, JS=String("a")),
        )
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(), NeedAppearances=False)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    for number in range(2):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 300, 400]),
            CropBox=Array([5, 5, 290, 390]),
            Rotate=90 * number,
            UserUnit=1,
            Annots=Array([field]),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB),
            Resources=Dictionary(
                XObject=Dictionary(X=look, Y=image),
                Properties=Dictionary(L=member),
                ExtGState=Dictionary(G=Dictionary(ca=0.5)),
                ColorSpace=Dictionary(C=Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])),
            ),
            Contents=Array([pdf.make_stream(PICTURE), pdf.make_stream(b"/X Do /Y Do")]),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same PDF as text, packed, and with streams of objects."""
    folder = tmp_path_factory.mktemp("sound")
    kinds: dict[str, dict[str, Any]] = {
        "text": {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable},
        "packed": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        "objects": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    }
    found = {}
    for name, options in kinds.items():
        with pikepdf.new() as pdf:
            sample(pdf)
            pdf.save(folder / name, static_id=True, **options)
        found[name] = (folder / name).read_bytes()
    return found


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with one to three places overwritten, put in, taken away or swapped."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.randint(1, 12))
        junk = chance.choice([*TOKENS, chance.randbytes(end - start)])
        new = {
            "over": junk.ljust(end - start)[: end - start],
            "in": data[start:end] + b" " + junk + b" ",
            "out": b"",
        }[chance.choice(["over", "over", "in", "out"])]
        data = data[:start] + new + data[end:]
    return data


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    ["text", *(pytest.param(kind, marks=pytest.mark.long) for kind in ("packed", "objects"))],
)
def test_what_add_accepts_the_dossier_can_use(
    maker: Maker, tmp_path: Path, sound: dict[str, bytes], kind: str
) -> None:
    chance = random.Random(kind)
    items = []
    for number in range(1, 6 * BATCH):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(damaged(sound[kind], chance))
        try:
            read_facts(file)
        except FileError:
            continue
        items.append(item(f"1.1.1-{number:03}", file))
        if len(items) == BATCH:
            break
    assert len(items) > BATCH // 4
    try:
        facts = maker.pdf(plan(*items), tmp_path / "dossier.pdf")
    except ContentError as error:
        names = {each.code: each.file.name for each in items}
        for problem in error.problems:
            assert problem.message.startswith(f"tệp {names[problem.key]}: ")
    else:
        with pikepdf.open(tmp_path / "dossier.pdf") as pdf:
            assert len(pdf.pages) == facts.page_count
