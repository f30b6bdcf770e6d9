"""Every document of the project by both engines: PDF/UA-1 and PDF/A-2a, as far as parts can say.

ISO 14289-1 and ISO 19005-2, by clause; the same tags whichever engine sets the pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise, product
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from pikepdf import Pdf

from conftest import ROOT, TEMPLATES
from documents import ENGINES, paragraph, pdf_of, sample, table, with_pictures
from support import compose_all
from tags import Element, tag_tree
from vanban.app.catalogue import buildable, find_kind
from vanban.compose.annex_files import separated
from vanban.compose.composed import Composed
from vanban.document import Block, Cell, Document, Heading, Paragraph, Row, Run, StyleId, Table
from vanban.workspace.load import load_workspace
from words import GOOD


@cache
def documents() -> dict[str, Document]:
    workspace = load_workspace(ROOT / "content", 2025)
    scores = find_kind("scores-qd766-quy-3", ROOT / "content")
    kinds = (*buildable(workspace), find_kind("brief-q3"), scores)
    composed = [each.document for each in compose_all(kinds, workspace, TEMPLATES)]
    long = table(("ĐẦU", "CỘT"), *((f"số {n}", "ba dòng chữ " * 9) for n in range(40)), width=60)
    deep = tuple(
        Heading(style, level, f"{level}.", (Run(f"Mức {level}"),), False, f"muc-{level}")
        for style, level in ((StyleId.SECTION, 2), (StyleId.POINT, 4), (StyleId.PART, 1))
    )
    made = (
        *composed,
        sample(),
        replace(GOOD, id="good"),
        sample(id="long-table", body=(long, paragraph("Hết.")), annexes=()),
        replace(separated(Composed(sample(), TEMPLATES))[1].document, id="annex-file"),
        sample(id="gaps", body=deep, annexes=()),
        with_pictures(),
        sample(id="links", body=_links(), annexes=()),
        sample(id="chart", body=(replace(long, rows=long.rows[:3], description="3 cột"),)),
    )
    return {each.id: each for each in made}


def _links() -> tuple[Block, ...]:
    """Return links in bold and italics, wider than a line, and in a head that is repeated."""
    title = Heading(StyleId.PART, 1, "Phần I", (Run("MỘT"),), True, "muc")
    looks = product((False, True), repeat=2)
    short = (Run(f"{bold:d}{italic:d} ", bold, italic, "muc") for bold, italic in looks)
    cells = (Cell((Run("Đầu", target="muc"),)), Cell((Run("Chữ " * 40 + "dài" * 40, True),)))
    rows = tuple(Row((Cell((Run("dài" * 40, target="muc"),)), cells[1])) for _ in range(4))
    return (
        title,
        Paragraph(StyleId.BODY, (Run("Xem "), *short, Run("dài" * 60, True, target="muc"))),
        Table((30, 40), (Row(cells),), rows),
    )


IDS = (
    *("plan", "report-q3", "brief-q3", "self-assessment", "evidence-index", "dossier-front"),
    "scores-qd766-quy-3",
    *("sample", "good", "long-table", "annex-file", "gaps", "chart", "pictures", "links"),
)
MANY_CELLS = ("report-q3", "self-assessment", "evidence-index", "dossier-front")
"""Tried by ``make test-long`` alone; a long table, a chart and annexes are tried by all."""
TRIED = [pytest.param(each, marks=pytest.mark.long if each in MANY_CELLS else ()) for each in IDS]


def test_every_document_is_tried() -> None:
    assert set(documents()) == set(IDS)


@cache
def file_of(document_id: str, engine: str) -> bytes:
    return pdf_of(documents()[document_id], engine=engine)


@cache
def tree_of(document_id: str, engine: str) -> Element:
    with pikepdf.open(io.BytesIO(file_of(document_id, engine))) as pdf:
        return tag_tree(pdf)


@pytest.mark.parametrize("document_id", TRIED)
def test_both_engines_tag_alike(document_id: str) -> None:
    one, other = (list(tree_of(document_id, engine).outline()) for engine in ENGINES)
    assert one == other


# --- the file ----------------------------------------------------------------------------------


def claims(pdf: Pdf) -> bool:
    """5: PDF/UA-1, explained for PDF/A (ISO 19005-2, 6.6.2.3), which is claimed too."""
    with pdf.open_metadata() as metadata:
        claimed = [metadata[f"{key}"] for key in ("pdfuaid:part", "pdfaid:part")]
        level = metadata["pdfaid:conformance"]
    explained = "PDF/UA identification schema" in pdf.Root.Metadata.read_bytes().decode()
    return claimed == ["1", "2"] and level == "A" and explained


def has_title_and_language(pdf: Pdf) -> bool:
    """7.1, 7.2: the title is shown in place of the file's name, the language is told."""
    shown = pdf.Root.ViewerPreferences.DisplayDocTitle
    return bool(shown) and bool(str(pdf.docinfo.Title)) and str(pdf.Root.Lang) == "vi-VN"


def is_marked(pdf: Pdf) -> bool:
    """6.2, 7.1: marked, and not by guess; tags of our own would need a map of roles."""
    kinds = {each.kind for each in tag_tree(pdf).walk()}
    marks = pdf.Root.MarkInfo
    return bool(marks.Marked) and "/Suspects" not in marks and kinds <= STANDARD


STANDARD = {
    "Document",
    "P",
    "L",
    "LI",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "Figure",
    "Link",
    "Form",
}
STANDARD |= {"Form"} | {f"H{level}" for level in range(1, 7)}


def pages_are_in_order_of_tags(pdf: Pdf) -> bool:
    """7.18.3: the tabulator key follows the tags; each page leads back to its tags."""
    keys = [int(page.obj.StructParents) for page in pdf.pages]
    return keys == list(range(len(keys))) and all(page.obj.Tabs == "/S" for page in pdf.pages)


def parents_agree(pdf: Pdf) -> bool:
    """ISO 32000-1, 14.7.4.4: from each piece of content and each link back to its element."""
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    for page in pdf.pages:
        for number, parent in enumerate(parents[int(page.obj.StructParents)]):
            assert any(refers(kid, parent, page.obj, number) for kid in parent.K)
        for annotation in page.obj.get("/Annots", []):
            element = parents[int(annotation.StructParent)]
            assert ("/Form" if annotation.Subtype == "/Widget" else "/Link") == element.S
            assert any(kid.Obj.objgen == annotation.objgen for kid in objects(element))
    return list(parents) == list(range(len(parents)))


def refers(kid: Any, parent: Any, page: Any, number: int) -> bool:
    if isinstance(kid, int):
        return kid == number and bool(parent.Pg.objgen == page.objgen)
    return kid.get("/MCID") == number and bool(kid.Pg.objgen == page.objgen)


def objects(element: Any) -> Iterator[Any]:
    for kid in [element.K] if isinstance(element.K, pikepdf.Dictionary) else element.K:
        if not isinstance(kid, int) and kid.get("/Type") == "/OBJR":
            yield kid


def links_say_where(pdf: Pdf) -> bool:
    """7.18.1, 7.18.5: in words, not by the name of an anchor; printed (ISO 19005-2, 6.3.2)."""
    names = list(pdf.Root.Names.Dests.Names) if "/Names" in pdf.Root else []
    anchors = [str(name) for name in names[::2]]
    assert anchors == sorted(anchors)
    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            if link.Subtype == "/Widget":
                continue
            assert link.Subtype == "/Link" and str(link.Dest) in anchors and int(link.F) == 4
            assert str(link.Contents) not in (*anchors, "")
    return True


def fields_are_told(pdf: Pdf) -> bool:
    """7.18.1, 7.18.4: in words; printed and with an appearance (ISO 19005-2, 6.3.2, 6.3.3)."""
    fields = list(pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", []))
    widgets = [
        each
        for page in pdf.pages
        for each in page.obj.get("/Annots", [])
        if each.Subtype == "/Widget"
    ]
    assert [each.objgen for each in widgets] == [each.objgen for each in fields]
    for field in fields:
        assert field.FT == "/Sig" and "/V" not in field and str(field.TU)
        assert int(field.F) & 0b100111 == 4
        *_, width, height = map(float, field.AP.N.BBox)
        assert (width, height) == pytest.approx(sizes(field.Rect), abs=0.02)
    return True


def sizes(rect: Any) -> tuple[float, float]:
    left, bottom, right, top = map(float, rect)
    return right - left, top - bottom


def has_bookmarks(pdf: Pdf) -> bool:
    """7.17 asks for them where they help: every document with headings."""
    headings = [each for each in tag_tree(pdf).walk() if re.fullmatch(r"H\d", each.kind)]
    with pdf.open_outline() as outline:
        count = len(list(bookmarks(outline.root)))
    return count == len(headings)


def bookmarks(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from bookmarks(item.children)


def is_archival(pdf: Pdf) -> bool:
    """ISO 19005-2: nothing active, attached, encrypted or transparent; colours are meant."""
    (intent,) = list(pdf.Root.OutputIntents)
    assert intent.S == "/GTS_PDFA1" and len(intent.DestOutputProfile.read_bytes()) > 1000
    forbidden = {"/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles", "/AF"}
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    assert not forbidden & {*pdf.Root.keys(), *names.keys()}
    assert not {"/XFA", "/NeedAppearances"} & pdf.Root.get("/AcroForm", pikepdf.Dictionary()).keys()
    for page in pdf.pages:
        assert not {"/Group", "/AA"} & set(page.obj.keys())
        for state in page.resources.get("/ExtGState", pikepdf.Dictionary()).values():
            assert all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))
        for font in page.resources.Font.values():
            (descendant,) = list(font.DescendantFonts)
            assert {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys())
            assert "/ToUnicode" in font
    return not pdf.is_encrypted and "/ID" in pdf.trailer


FILE_RULES: tuple[Callable[[Pdf], bool], ...] = (
    claims,
    has_title_and_language,
    is_marked,
    pages_are_in_order_of_tags,
    parents_agree,
    links_say_where,
    fields_are_told,
    has_bookmarks,
    is_archival,
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("document_id", TRIED)
@pytest.mark.parametrize("rule", FILE_RULES, ids=lambda rule: rule.__name__)
def test_the_file(rule: Callable[[Pdf], bool], document_id: str, engine: str) -> None:
    with pikepdf.open(io.BytesIO(file_of(document_id, engine))) as pdf:
        assert rule(pdf), rule.__doc__


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("document_id", TRIED)
def test_another_program_finds_nothing(document_id: str, engine: str, tmp_path: Any) -> None:
    import pdfua

    path = tmp_path / "a.pdf"
    path.write_bytes(file_of(document_id, engine))
    assert [str(finding) for finding in pdfua.validate(path).findings] == []


# --- the tags ----------------------------------------------------------------------------------


def headings_leave_none_out(tree: Element) -> bool:
    """7.4.2: the first is H1, each other at most one level deeper than the one before."""
    levels = [int(each.kind[1]) for each in tree.walk() if re.fullmatch(r"H\d", each.kind)]
    assert all(level <= above + 1 for above, level in pairwise(levels))
    return levels[:1] in ([], [1])


def tables_are_regular(tree: Element) -> bool:
    """7.5: rows of cells alone, each as wide as the first, head cells with a scope."""
    for found in tree.walk():
        if found.kind == "Table":
            assert {row.kind for row in found.children} == {"TR"}
            cells = [row.children for row in found.children]
            assert {cell.kind for row in cells for cell in row} <= {"TH", "TD"}
            assert {cell.kind for cell in cells[0]} == {"TH"}
            widths = {
                sum(int(str(cell.attributes.get("/ColSpan", 1))) for cell in row) for row in cells
            }
            assert len(widths) == 1
        assert found.kind != "TH" or found.attributes["/Scope"] == "/Column"
    return True


def figures_are_told(tree: Element) -> bool:
    """7.3: a chart has a text in its place, and says where it stands."""
    figures = [each for each in tree.walk() if each.kind == "Figure"]
    for figure in figures:
        left, bottom, right, top = figure.box
        assert figure.alt and not figure.children
        assert 0 < left < right < 850 and 0 < bottom < top < 850
    return True


def lists_have_items(tree: Element) -> bool:
    """7.6: L holds LI, LI holds LBody, and what a dash begins is an item."""
    for each in tree.walk():
        inside = {"L": ["LI"] * len(each.children), "LI": ["LBody"]}.get(each.kind)
        assert inside is None or [child.kind for child in each.children] == inside
        assert each.kind != "LBody" or "".join(each.texts).startswith(("-", "+", "•"))
    return True


def nothing_is_empty(tree: Element) -> bool:
    """7.1: no paragraph or heading without a text; cells may be."""
    kinds = {"P", "LBody", "Link", *(f"H{level}" for level in range(1, 7))}
    return not [
        each.kind
        for each in tree.walk()
        if each.kind in kinds and not "".join(each.texts + each.links).strip()
    ]


def links_hold_their_words(tree: Element) -> bool:
    """7.18.5: each link holds the annotation, whose words are printed, on one line or more."""
    for link in tree.walk():
        if link.kind == "Link":
            (words,) = link.links
            printed = "".join(link.texts).split()
            assert printed and " ".join(printed) in " ".join(words.split())
    return True


TAG_RULES: tuple[Callable[[Element], bool], ...] = (
    headings_leave_none_out,
    tables_are_regular,
    figures_are_told,
    lists_have_items,
    nothing_is_empty,
    links_hold_their_words,
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("document_id", TRIED)
@pytest.mark.parametrize("rule", TAG_RULES, ids=lambda rule: rule.__name__)
def test_the_tags(rule: Callable[[Element], bool], document_id: str, engine: str) -> None:
    assert rule(tree_of(document_id, engine)), rule.__doc__


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_over_pages_is_one_and_its_head_is_read_once(engine: str) -> None:
    tree = tree_of("long-table", engine)
    (only,) = [each for each in tree.walk() if each.kind == "Table"]
    heads = [each for each in only.walk() if each.kind == "TH"]
    assert ["".join(each.texts) for each in heads] == ["ĐẦU", "CỘT"]
    assert len(only.children) == 41


@pytest.mark.parametrize("engine", ENGINES)
def test_page_numbers_and_banner_are_not_read(engine: str) -> None:
    tree = tree_of("long-table", engine)
    texts = "".join("".join(each.texts) for each in tree.walk())
    assert documents()["long-table"].banner not in texts
    assert isinstance(documents()["long-table"].body[0], Table)


@pytest.mark.parametrize("engine", ENGINES)
def test_levels_of_headings_close_up(engine: str) -> None:
    kinds = [each.kind for each in tree_of("gaps", engine).walk()]
    assert [kind for kind in kinds if re.fullmatch(r"H\d", kind)] == ["H1", "H2", "H1"]
