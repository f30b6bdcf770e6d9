"""What `evidence add` accepts, the dossier can use: odd pages and annotations of sound files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from dossiers import PICTURE, Maker, difference_of, item, plan, show, write_pdf
from vanban.errors import ContentError
from vanban.evidence.file_facts import read_facts

pytestmark = pytest.mark.slow

LETTER = (0, 0, 612, 792)
BOXES: dict[str, tuple[dict[str, Any], str]] = {
    "turned by 45": ({"Rotate": 45}, "Rotate"),
    "turned by 1": ({"Rotate": 1}, "Rotate"),
    "turned by a word": ({"Rotate": String("90")}, "Rotate"),
    "turned by 90.5": ({"Rotate": 90.5}, "Rotate"),
    "turned by 450": ({"Rotate": 450}, ""),
    "media box of words": ({"MediaBox": Array([String("a"), 0, 612, 792])}, ""),
    "media box of three": ({"MediaBox": Array([0, 0, 612])}, ""),
    "media box without area": ({"MediaBox": Array([0, 0, 0, 792])}, "MediaBox"),
    "media box without end": ({"MediaBox": Array([0, 0, 10**12, 792])}, "MediaBox"),
    "crop box without area": ({"CropBox": Array([5, 5, 5, 700])}, "CropBox"),
    "crop box elsewhere": ({"CropBox": Array([5000, 5000, 6000, 6000])}, "CropBox"),
    "empty crop box": ({"CropBox": Array()}, ""),
    "crop box of names": ({"CropBox": Array([Name.A, Name.B, Name.C, Name.D])}, ""),
    "unit 0": ({"UserUnit": 0}, "UserUnit"),
    "unit below 0": ({"UserUnit": -1}, "UserUnit"),
    "unit of a word": ({"UserUnit": String("2")}, "UserUnit"),
}


def with_keys(keys: dict[str, Any]) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for key, value in keys.items():
            pdf.pages[0].obj[f"/{key}"] = value

    return change


@pytest.mark.slow
def test_odd_boxes_are_seen_as_by_viewers(maker: Maker, tmp_path: Path) -> None:
    changes = {name: with_keys(keys) for name, (keys, _) in BOXES.items()}
    looks = show(maker, tmp_path, {"plain": with_keys({}), **changes}, box=LETTER)
    expected = looks.pop("plain").page
    middle = (20, 20, expected.width - 20, expected.height - 60)
    for name, (_, told) in BOXES.items():
        if name != "turned by 450":
            assert looks[name].page.crop(middle).tobytes() == expected.crop(middle).tobytes(), name
        if told:
            assert looks[name].says(f"trang 1: {told} không đúng"), name


def sized(side: float, unit: float) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox, page.UserUnit = Array([0, 0, side, side]), unit
        page.Contents = pdf.make_stream(b"1 0 0 rg 0 0 %f %f re f" % (side, side))

    return change


def test_pages_of_any_size(maker: Maker, tmp_path: Path) -> None:
    sizes = [(side, unit) for side in (0.001, 5_000, 900_000) for unit in (1, 75_000)]
    looks = show(maker, tmp_path, {f"{s} {u}": sized(s, u) for s, u in sizes})
    for side, unit in sizes:
        page = looks[f"{side} {unit}"].page
        if side * unit > 1:
            assert page.getpixel((page.width // 2, page.height // 2)) == (255, 0, 0)


def lend(pdf: Pdf) -> None:
    """Let the tree lend box, turn and resources to the page."""
    page, tree = pdf.pages[0].obj, pdf.Root.Pages
    look = pdf.make_stream(PICTURE, Type=Name.XObject, Subtype=Name.Form, BBox=page.MediaBox)
    tree.MediaBox, tree.Rotate = page.MediaBox, 90
    tree.Resources = Dictionary(XObject=Dictionary(X=look))
    del page["/MediaBox"], page["/Resources"]
    page.Contents = pdf.make_stream(b"/X Do")


def pieces(*entries: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        made = [pdf.make_stream(each) if isinstance(each, bytes) else each for each in entries]
        pdf.pages[0].obj.Contents = Array(made)

    return change


PAGES: dict[str, Callable[[Pdf], None]] = {
    "lent by the tree": lend,
    "nulls among the pieces": pieces(None, PICTURE, None),
    "numbers among the pieces": pieces(5, PICTURE, Dictionary(), Name.A, String("a")),
    "no pieces": pieces(),
    "pieces that cut a word": pieces(b"0 0 1 rg 0 0 50", b"50 re f"),
    "content is a dictionary": lambda pdf: setattr(pdf.pages[0].obj, "Contents", Dictionary()),
    "resources are a number": lambda pdf: setattr(pdf.pages[0].obj, "Resources", 5),
    "annotations are a name": lambda pdf: setattr(pdf.pages[0].obj, "Annots", Name.A),
    "annotations are nulls": lambda pdf: setattr(
        pdf.pages[0].obj, "Annots", Array([None, 5, Name.A])
    ),
    "group is a number": lambda pdf: setattr(pdf.pages[0].obj, "Group", 5),
}


def test_odd_pages_look_the_same(maker: Maker, tmp_path: Path) -> None:
    for name, found in show(maker, tmp_path, PAGES).items():
        assert difference_of(found.page, found.file) < 3, name


def stamp(pdf: Pdf, look: dict[str, Any], **keys: Any) -> None:
    form = pdf.make_stream(b"1 0 1 rg 0 0 10 10 re f")
    for key, value in ({"BBox": Array([0, 0, 10, 10])} | look).items():
        form[f"/{key}"] = value
    values: dict[str, Any] = {
        "Type": Name.Annot,
        "Subtype": Name.Stamp,
        "Rect": Array([200, 300, 320, 380]),
        "AP": Dictionary(N=form),
        "F": 4,
    }
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(**(values | keys)))])


WORDS = Array([Name.A, String("b"), 0, 0])
HUGE = Array([0, 0, 10**12, 10**12])
ANNOTATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "box of words": ({"BBox": WORDS}, {}, True),
    "box of two": ({"BBox": Array([0, 0])}, {}, True),
    "box is a number": ({"BBox": 5}, {}, True),
    "box without end": ({"BBox": HUGE}, {}, True),
    "box without area": ({"BBox": Array([0, 0, 0, 0])}, {}, False),
    "matrix of words": ({"Matrix": Array([1, 0, 0, 1, Name.A, 0])}, {}, True),
    "matrix of four": ({"Matrix": Array([1, 0, 0, 1])}, {}, True),
    "matrix is a name": ({"Matrix": Name.Identity}, {}, True),
    "matrix of zeros": ({"Matrix": Array([0] * 6)}, {}, False),
    "rectangle of words": ({}, {"Rect": WORDS}, True),
    "rectangle of three": ({}, {"Rect": Array([0, 0, 5])}, True),
    "rectangle is missing": ({}, {"Rect": None}, True),
    "rectangle without area": ({}, {"Rect": Array([9, 9, 9, 9])}, False),
    "flags are a word": ({}, {"F": String("2")}, False),
    "state is a number": ({}, {"AS": 5}, False),
    "resources are a number": ({"Resources": 5}, {}, False),
    "layer is a number": ({"OC": 5}, {"OC": 5}, False),
    "appearance is a number": ({}, {"AP": 5}, True),
}


def stamped(look: dict[str, Any], keys: dict[str, Any]) -> Callable[[Pdf], None]:
    return lambda pdf: stamp(pdf, look, **keys)


@pytest.mark.slow
def test_odd_annotations_are_left_out_with_a_warning(maker: Maker, tmp_path: Path) -> None:
    changes = {name: stamped(look, keys) for name, (look, keys, _) in ANNOTATIONS.items()}
    for name, found in show(maker, tmp_path, changes).items():
        told = found.says("ghi sai quy cách") or found.says("không có hình hiển thị")
        assert told is ANNOTATIONS[name][2], (name, found.warnings)


MISSING = "tệp d.pdf: không có tệp này — chép tệp vào thư mục minh chứng hoặc sửa tên tệp"


def test_a_page_that_fails_hides_no_other(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of every file is tried; problems name the file, its code and the page."""
    from vanban.dossier import assemble
    from vanban.evidence.pdf_pages import view_of as good

    broken = {2: ValueError("x"), 3: IndexError("y"), 5: RecursionError("z")}
    seen: list[int] = []

    def view_of(page: Any) -> Any:
        seen.append(1)
        if len(seen) in broken:
            raise broken[len(seen)]
        return good(page)

    monkeypatch.setattr(assemble, "view_of", view_of)
    files = [write_pdf(tmp_path / f"{name}.pdf", 2) for name in "abc"]
    files.append(tmp_path / "d.pdf")  # which is not there
    wanted = plan(*(item(f"1.1.1-{n:02}", file) for n, file in enumerate(files, 1)))
    with pytest.raises(ContentError) as caught:
        maker.pdf(wanted, tmp_path / "dossier.pdf")
    found = [(one.key, one.message.split(" (")[0]) for one in caught.value.problems]
    assert found == [
        ("1.1.1-01", "tệp a.pdf: không đọc được nội dung trang 2"),
        ("1.1.1-02", "tệp b.pdf: không đọc được nội dung trang 1"),
        ("1.1.1-03", "tệp c.pdf: không đọc được nội dung trang 1"),
        ("1.1.1-04", MISSING),
    ]
    assert len(seen) == 6 and not (tmp_path / "dossier.pdf").exists()


def test_nothing_in_english_reaches_the_screen(
    maker: Maker, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """qpdf writes a line of its own about what is no page in the tree of pages."""

    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([String("a"), *pdf.Root.Pages.Kids])

    file = write_pdf(tmp_path / "a.pdf", change=change)
    capfd.readouterr()
    read_facts(file)
    facts = maker.pdf(plan(item("1.1.1-01", file)), tmp_path / "d.pdf")
    assert "cấu trúc tệp PDF có lỗi nhỏ" in facts.warnings[0].message
    assert capfd.readouterr().err == ""
