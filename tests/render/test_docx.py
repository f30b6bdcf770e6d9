"""The Word file: page, margins, language, styles, sections, links, properties, literal text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree
from msgspec.structs import replace

from conftest import Files
from documents import (
    MARKUP,
    docx_of,
    opened,
    paragraph,
    part,
    plain,
    sample,
    table,
    with_pictures,
    word_texts,
)
from packages import audit
from vanban.document import (
    NO_HEADER,
    NO_SIGNATURE,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    StyleId,
    Table,
)
from vanban.identifier import BOUND_MARK

ALL_HEADER_FIELDS = (
    "national_name",
    "motto",
    "number",
    "place_date",
    "document_type",
    "abstract",
)


def expected_texts(document: Document) -> Iterator[str]:
    """Yield the texts of ``document`` in the order in which a Word file holds them."""
    head = document.header
    yield from (*head.superior, *head.agency, head.national_name, head.motto)
    yield from (head.number, head.place_date, head.document_type, head.abstract)
    for block in (*head.addressee_blocks(), *document.body):
        yield from block.text.split("\n")
    yield from (document.recipients_head, *document.recipients)
    yield from (*document.signature.capacity, document.signature.name)
    for annex in document.annexes:
        yield from (annex.number, annex.title, annex.note)
        for block in annex.blocks:
            yield from block.text.split("\n")


def filled(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if text]


def style_of(word: WordDocument, style_id: StyleId) -> list[WordParagraph]:
    return [
        found
        for found in word.paragraphs
        if found.style is not None and found.style.style_id == style_id
    ]


# --- the whole text ----------------------------------------------------------------------------


def test_the_word_file_has_every_text_block_for_block(files: Files) -> None:
    found = filled(word_texts(opened(files.docx)))
    assert found == filled(expected_texts(files.document))


def test_no_text_of_the_document_is_forgotten(files: Files) -> None:
    """The order above and :meth:`Document.texts` name the same texts."""
    texts = [line for text in files.document.texts() for line in text.split("\n") if line]
    assert sorted(filled(expected_texts(files.document))) == sorted(texts)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_literally_everywhere(text: str) -> None:
    document = sample(
        header={
            **{name: text for name in ALL_HEADER_FIELDS},
            "agency": (text, text),
            "superior": (text,),
            "addressees": (text,),
        },
        body=(paragraph(text), paragraph(text, StyleId.BULLET), table((text,), (text,))),
        recipients_head=text,
        recipients=(text,),
        banner=text,
        title=text,
        author=text,
    )
    word = opened(docx_of(document))
    assert filled(word_texts(word)) == filled(expected_texts(document))
    assert word.sections[0].footer.paragraphs[0].text == text
    assert word.core_properties.title == text
    assert word.core_properties.author == text


def test_emphasis_and_links_of_runs() -> None:
    word = opened(docx_of(sample()))
    (found,) = (p for p in word.paragraphs if p.text.startswith("Chữ thường"))
    looks = [(run.text, bool(run.bold), bool(run.italic)) for run in found.runs]
    assert looks == [
        ("Chữ thường, ", False, False),
        ("đậm", True, False),
        (" và ", False, False),
        ("nghiêng", False, True),
        (", xem ", False, False),
        (".", False, False),
    ]
    assert [link.text for link in found.hyperlinks] == ["Phụ lục I"]


# --- the page ----------------------------------------------------------------------------------


def test_every_section_is_a4_with_the_margins_of_the_decree(files: Files) -> None:
    """Decree 30/2020/NĐ-CP, Annex I, I.4; a turned sheet keeps its margins."""
    sections = opened(files.docx).sections
    assert len(sections) == 1 + len(files.document.annexes)
    turned = [False, *(annex.landscape for annex in files.document.annexes)]
    for section, landscape in zip(sections, turned, strict=True):
        size = (section.page_width, section.page_height)
        short, long = sorted(length or 0 for length in size)
        assert abs(short - Mm(210)) < Mm(0.1)
        assert abs(long - Mm(297)) < Mm(0.1)
        assert (size[0] == long) is landscape
        assert (section.orientation is WD_ORIENT.LANDSCAPE) is landscape
        for margin, low, high in (
            (section.top_margin, 20, 25),
            (section.bottom_margin, 20, 25),
            (section.left_margin, 30, 35),
            (section.right_margin, 15, 20),
        ):
            assert Mm(low) - Mm(0.1) <= (margin or 0) <= Mm(high) + Mm(0.1)


def test_pages_are_numbered_from_1_in_body_and_annexes_but_not_on_first_pages(
    files: Files,
) -> None:
    word = opened(files.docx)
    for section in word.sections:
        assert section.different_first_page_header_footer
        (number,) = section._sectPr.findall(qn("w:pgNumType"))
        assert number.get(qn("w:start")) == "1"
        field = "".join(section.header._element.itertext(qn("w:instrText")))
        assert field.split() == ["PAGE"]
        assert not "".join(section.first_page_header._element.itertext()).strip()
        (paragraph_,) = section.header.paragraphs
        assert paragraph_.style is not None
        assert paragraph_.style.style_id == StyleId.PAGE_NUMBER
        assert not "".join(section.footer._element.itertext(qn("w:instrText")))


def test_the_banner_stands_in_both_footers_alone(files: Files) -> None:
    banner = files.document.banner
    for section in opened(files.docx).sections:
        for footer in (section.footer, section.first_page_footer):
            (line,) = footer.paragraphs
            assert line.text == banner
            assert line.style is not None
            assert line.style.style_id == StyleId.BANNER
            assert line.style.font.bold


def test_only_the_report_is_a_sample(plan_files: Files, report_files: Files) -> None:
    assert plan_files.document.banner == ""
    assert report_files.document.banner == "SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH"


@pytest.mark.parametrize("landscape", [(), (False,), (True,), (True, False), (False, True)])
def test_each_annex_has_a_section_of_its_own(landscape: tuple[bool, ...]) -> None:
    (annex, *_) = sample().annexes
    annexes = tuple(
        replace(annex, landscape=turned, anchor=f"pl-{number}")
        for number, turned in enumerate(landscape)
    )
    body = tuple(block for block in sample().body if "Phụ lục" not in block.text)
    sections = opened(docx_of(sample(body=body, annexes=annexes))).sections
    assert [section.orientation is WD_ORIENT.LANDSCAPE for section in sections] == [
        False,
        *landscape,
    ]


# --- settings and styles -----------------------------------------------------------------------


def test_language_and_compatibility(files: Files) -> None:
    styles = part(files.docx, "word/styles.xml")
    assert re.search(r'<w:rPrDefault>.*<w:lang w:val="vi-VN"', styles)
    settings = part(files.docx, "word/settings.xml")
    assert re.findall(r'w:name="compatibilityMode"[^>]*w:val="(\d+)"', settings) == ["14"]
    assert part(files.docx, "docProps/core.xml").count("<dc:language>vi-VN<") == 1


LEVELS = {
    StyleId.PART: 0,
    StyleId.SECTION: 1,
    StyleId.CLAUSE: 2,
    StyleId.POINT: 3,
    StyleId.SUBPOINT: 4,
    StyleId.ANNEX_NUMBER: 0,
}


def test_headings_have_styles_with_outline_levels(files: Files) -> None:
    """The navigation pane of Word shows the headings of the document."""
    word = opened(files.docx)
    for style_id, level in LEVELS.items():
        style = next(s for s in word.styles if s.style_id == style_id)
        (outline,) = style.element.iter(qn("w:outlineLvl"))
        assert outline.get(qn("w:val")) == str(level)
    headings = [block for block in files.document.body if isinstance(block, Heading)]
    found = [
        (p.style.style_id, p.text)
        for p in word.paragraphs
        if p.style is not None and p.style.style_id in set(LEVELS) - {StyleId.ANNEX_NUMBER}
    ]
    assert found == [(str(block.style), block.text) for block in headings]
    assert len(style_of(word, StyleId.ANNEX_NUMBER)) == len(files.document.annexes)


def test_every_paragraph_has_a_named_style_of_the_frame(files: Files) -> None:
    known = {*StyleId, "CuoiMuc"}
    xml = part(files.docx, "word/document.xml")
    assert set(re.findall(r'<w:pStyle w:val="([^"]*)"', xml)) <= known
    assert xml.count("<w:pStyle ") == len(re.findall(r"<w:p[ >]", xml))
    assert "<w:sz " not in xml
    assert "<w:rFonts" not in xml


def test_the_last_lines_stay_with_the_signature(files: Files) -> None:
    word = opened(files.docx)
    text = files.document.body[-1].text
    (last,) = (p for p in word.paragraphs if p.text == text)
    assert last.paragraph_format.keep_with_next
    assert last.paragraph_format.keep_together
    signature = word.tables[
        -1 - sum(isinstance(b, Table) for a in files.document.annexes for b in a.blocks)
    ]
    for row in signature.rows:
        assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_rows_are_whole_and_heads_repeat(report_files: Files) -> None:
    tables = [
        block
        for annex in report_files.document.annexes
        for block in annex.blocks
        if isinstance(block, Table)
    ]
    found = opened(report_files.docx).tables[-len(tables) :]
    assert tables
    for block, word_table in zip(tables, found, strict=True):
        for number, row in enumerate(word_table.rows):
            properties = row._tr.find(qn("w:trPr"))
            assert properties is not None
            assert properties.find(qn("w:cantSplit")) is not None
            repeats = properties.find(qn("w:tblHeader")) is not None
            assert repeats is (number < len(block.head))
        widths = [column.width or 0 for column in word_table.columns]
        assert [round(width / Mm(1), 1) for width in widths] == pytest.approx(
            list(block.widths), abs=0.1
        )


def test_links_resolve_and_bookmarks_are_unique(report_files: Files) -> None:
    xml = part(report_files.docx, "word/document.xml")
    names = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', xml)
    ids = re.findall(r'<w:bookmarkStart w:id="([^"]*)"', xml)
    links = re.findall(r'<w:hyperlink w:anchor="([^"]*)"', xml)
    marks = {name for name in names if name.startswith("_")}
    assert len(set(names)) == len(names) == len(report_files.document.annexes) + len(marks)
    assert len(set(ids)) == len(ids)
    assert set(links) <= set(names)
    assert set(links) == set(names) - marks, "the body points to each annex"
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)


def test_a_reference_leads_to_its_heading() -> None:
    """By a name of at most 40 letters, as many as Word takes."""
    anchors = ["ma-" + "dai-" * 20 + end for end in "ab"]
    headings = (
        Heading(StyleId.SECTION, 2, f"{number}.", (Run("Mục"),), False, anchor)
        for number, anchor in enumerate((*anchors, "muc-3"), 1)
    )
    links = (Run(f"mục {number}", target=anchor) for number, anchor in enumerate(anchors, 1))
    body = (*headings, Paragraph(StyleId.BODY, tuple(links)))
    paragraphs = opened(docx_of(sample(body=body, annexes=()))).paragraphs
    marks = {
        str(mark.get(qn("w:name"))): each.text
        for each in paragraphs
        for mark in each._p.iter(qn("w:bookmarkStart"))
    }
    found = [link.fragment for each in paragraphs for link in each.hyperlinks]
    assert marks == dict(zip(found, ("1. Mục", "2. Mục"), strict=True))
    assert max(map(len, marks)) == 40


# --- properties --------------------------------------------------------------------------------


def test_properties(files: Files) -> None:
    properties = opened(files.docx).core_properties
    assert properties.identifier == f"sha256:{files.document.content_hash}"
    assert properties.author == files.document.author
    assert len(properties.title) <= 255
    assert files.document.title.startswith(properties.title.removesuffix("…"))
    issued = files.document.issued
    xml = part(files.docx, "docProps/core.xml")
    assert re.findall(r"<dcterms:\w+ [^>]*>([^<]*)<", xml) == (
        [f"{issued}T00:00:00Z"] * 2 if issued is not None else []
    )


@pytest.mark.parametrize(
    ("title", "length"),
    [("A", 1), ("A" * 255, 255), ("từ " * 85 + "x", 255), ("từ " * 200, 255), ("từ" * 200, 255)],
)
def test_long_titles_are_cut_for_word(title: str, length: int) -> None:
    found = opened(docx_of(sample(title=title))).core_properties.title
    assert len(found) <= length
    assert found == title or found.endswith("…")
    assert title.startswith(found.removesuffix("…"))


@pytest.mark.parametrize("stamp", [None, date(2025, 8, 1)])
def test_the_only_date_is_the_one_that_is_given(stamp: date | None) -> None:
    data = docx_of(plain("A."), stamp=stamp)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        years = {info.date_time[0] for info in package.infolist()}
        core = package.read("docProps/core.xml").decode()
    assert years == {1980}
    assert ("dcterms:created" in core) is (stamp is not None)
    assert ("2025-08-01" in core) is (stamp is not None)


def test_the_hash_notices_any_change_of_the_text() -> None:
    texts = {plain(text).content_hash for text in ("A.", "B.", "A. ", "a.")}
    assert len(texts) == 4
    assert plain("A.").content_hash == plain("A.").content_hash


# --- the package -------------------------------------------------------------------------------


def test_openxml_audit_finds_no_error(files: Files) -> None:
    assert audit(files.docx) == []


def test_openxml_audit_finds_no_error_in_any_block(tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(docx_of(sample()))
    assert audit(path) == []


def test_pictures_stand_in_the_package_once_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "pictures.docx"
    path.write_bytes(docx_of(with_pictures()))
    assert audit(path) == []
    word = opened(path.read_bytes())
    media = [each.partname for each in word.part.package.iter_parts() if "media" in each.partname]
    assert len(media) == 2
    shown = word.element.body.findall(f".//{qn('wp:docPr')}")
    assert [each.get("descr") for each in shown] == ["Nửa trái màu xanh"] * 3
    assert len({each.get("id") for each in shown}) == 3


def test_openxml_audit_would_find_one(report_files: Files, tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    with zipfile.ZipFile(report_files.docx) as source, zipfile.ZipFile(path, "w") as package:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:cantSplit/>", b"<w:cannotSplit/>", 1)
            package.writestr(name, data)
    assert audit(path)


def test_every_part_is_well_formed_and_free_of_place_holders(files: Files) -> None:
    with zipfile.ZipFile(files.docx) as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        for name in package.namelist():
            text = package.read(name).decode()
            etree.fromstring(text.encode())
            assert not set("\ue000\ue001") & set(text)
            assert "{{" not in text
            assert "{%" not in text


def test_equal_documents_give_equal_bytes() -> None:
    assert docx_of(sample()) == docx_of(sample())


# --- sheets of a dossier ------------------------------------------------------------------------


def test_bound_sheets_have_no_head_signature_and_page_number() -> None:
    merged = Row((Cell((Run("I. Nhóm"),), columns=2),))
    grid = table(("A", "B"), ("x", "y"))
    grid = replace(grid, rows=(merged, *grid.rows))
    second = replace(paragraph("Tờ hai"), new_page=True, anchor="to-hai")
    sheets = replace(
        sample(recipients_head="", recipients=(), annexes=(), banner="MẪU"),
        header=NO_HEADER,
        signature=NO_SIGNATURE,
        body=(paragraph("Tờ một"), second, grid),
        is_bound=True,
    )
    word = opened(docx_of(sheets))
    assert [text for text in word_texts(word) if text] == [
        *("Tờ một", "Tờ hai", "A", "B", "I. Nhóm", "I. Nhóm", "x", "y")
    ]
    assert len(word.tables) == 1
    (section,) = word.sections
    assert section._sectPr.findall(qn("w:headerReference")) == []
    assert section.footer.paragraphs[0].text == "MẪU"
    breaks = [found.paragraph_format.page_break_before for found in word.paragraphs]
    assert breaks[:2] == [None, True]
    assert word.tables[0].rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert sheets.identifier.startswith(BOUND_MARK)
