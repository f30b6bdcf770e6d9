"""The PDF of both engines: properties, fonts, bookmarks, page numbers, banner, and its text."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from msgspec.structs import replace

from conftest import Files
from documents import (
    ENGINES,
    MARKUP,
    docx_of,
    engine_of,
    frame,
    layout,
    opened,
    paragraph,
    pdf_of,
    plain,
    sample,
    table,
    word_texts,
)
from pages import Word, read_words
from vanban.compose.furniture import hold_last_lines
from vanban.document import Document, Heading, Run, StyleId, Table

TIMES_METRIC = re.compile(
    r"[A-Z]{6}\+(Tinos|TimesNewRoman|LiberationSerif)(PSMT|PS)?(-(Bold|Italic|Bold-?Italic)(MT)?)?"
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def files(files: Files, engine: str) -> Files:
    return files.by(engine)


def test_an_engine_tells_how_many_pages_it_made(engine: str) -> None:
    text = [paragraph("Căn cứ Luật Tổ chức chính quyền địa phương. " * 9)] * 30
    for document in (plain("A."), sample(), replace(sample(), body=tuple(text))):
        made = engine_of(engine).render(document, layout(document), None)
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            assert made.page_count == len(pdf.pages)


# --- claims ------------------------------------------------------------------------------------


def test_title_author_and_text_are_told(files: Files) -> None:
    with pikepdf.open(files.pdf) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == files.document.title
            assert metadata["dc:creator"] == [files.document.author]
        assert str(pdf.docinfo.Title) == files.document.title
        assert f"sha256:{files.document.content_hash}" in str(pdf.docinfo.Keywords)


def test_all_fonts_are_embedded_in_times_metrics_with_unicode(files: Files) -> None:
    with pikepdf.open(files.pdf) as pdf:
        fonts = {
            str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()
        }
        assert fonts
        for name, font in fonts.items():
            assert TIMES_METRIC.fullmatch(name.removeprefix("/")), name
            assert "/ToUnicode" in font
            (descendant,) = list(font.DescendantFonts)
            descriptor = descendant.FontDescriptor
            file = descriptor.get("/FontFile2") or descriptor.FontFile3
            assert len(file.read_bytes()) < 80_000, f"{name} is no subset"


@pytest.mark.parametrize("stamp", [None, date(2025, 8, 1)])
def test_the_only_date_is_the_one_that_is_given(stamp: date | None, engine: str) -> None:
    data = pdf_of(plain("A."), stamp=stamp, engine=engine)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        metadata = pdf.Root.Metadata.read_bytes().decode()
    assert ("/CreationDate" in info) is (stamp is not None)
    assert re.findall(r"\d{4}-\d\d-\d\d", metadata) == (["2025-08-01"] * 2 if stamp else [])
    if stamp is not None:
        assert info["/CreationDate"].startswith("D:20250801")


def test_equal_documents_give_equal_bytes(engine: str) -> None:
    assert pdf_of(sample(), engine=engine) == pdf_of(sample(), engine=engine)


# --- bookmarks and links -----------------------------------------------------------------------


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    def walk(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, str(item.title)
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        return list(walk(outline.root, 0))


@pytest.fixture
def rare_garbage() -> Iterator[None]:
    """Look often, and at the youngest objects alone: what was alive at one look stays."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.set_threshold(700, 1_000_000, 1_000_000)
    yield
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("rare_garbage")
def test_the_pages_of_a_document_are_let_go_at_the_next_look_for_garbage() -> None:
    pdf_of(sample())
    gc.collect(0)
    assert not [thing for thing in gc.get_objects() if type(thing).__name__.endswith("Box")]


def test_the_bookmarks_are_the_headings_and_the_annexes(files: Files) -> None:
    document = files.document
    expected = [block.outline_text for block in document.body if isinstance(block, Heading)]
    expected += [annex.outline_text for annex in document.annexes]
    with pikepdf.open(files.pdf) as pdf:
        found = bookmarks(pdf)
    assert [title for _, title in found] == expected


def test_a_part_is_one_bookmark(plan_files: Files, engine: str) -> None:
    with pikepdf.open(plan_files.by(engine).pdf) as pdf:
        top = [title for level, title in bookmarks(pdf) if level == 0]
    assert top == [
        "Phần I. MỤC ĐÍCH, YÊU CẦU",
        "Phần II. NHIỆM VỤ, GIẢI PHÁP THỰC HIỆN",
        "Phần III. TỔ CHỨC THỰC HIỆN",
    ]


@pytest.mark.parametrize("title", ['A "B" \\ C', "A; } x: y", "<b>&amp;</b>", "A\u00a0B", "a'b"])
def test_any_heading_is_a_bookmark_as_it_is(title: str, engine: str) -> None:
    heading = Heading(StyleId.SECTION, 1, "I.", (Run(title),), False, "muc-1")
    document = replace(plain(), body=(heading, paragraph("A.")))
    with pikepdf.open(io.BytesIO(pdf_of(document, engine=engine))) as pdf:
        assert bookmarks(pdf) == [(0, f"I. {title}".replace("\u00a0", " "))]


def test_links_lead_to_the_annexes(report_files: Files, engine: str) -> None:
    with pikepdf.open(report_files.by(engine).pdf) as pdf:
        names = set(pikepdf.NameTree(pdf.Root.Names.Dests))
        links = {
            str(note.A.D if "/A" in note else note.Dest)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if note.Subtype == "/Link"
        }
    assert links == {annex.anchor for annex in report_files.document.annexes}
    assert links <= names


# --- pages -------------------------------------------------------------------------------------


def margins(words: list[Word], height: float) -> tuple[list[Word], list[Word], list[Word]]:
    """Split the words of a page: top margin, text, bottom margin."""
    page = frame().page
    top = [word for word in words if word.baseline > height - page.top]
    bottom = [word for word in words if word.baseline < page.bottom]
    return top, [word for word in words if word not in (*top, *bottom)], bottom


def sizes(path: Path) -> list[tuple[float, float]]:
    with pikepdf.open(path) as pdf:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]


def parts_of_pages(files: Files) -> list[int]:
    """Return for each page 0 for the body, 1 for the first annex …"""
    starts = [squeezed(annex.number + annex.title) for annex in files.document.annexes]
    current = 0
    parts = []
    for words, (_, height) in zip(read_words(files.pdf), sizes(files.pdf), strict=True):
        _, text, _ = margins(words, height)
        joined = "".join(word.text for word in text)
        if current < len(starts) and joined.startswith(starts[current]):
            current += 1
        parts.append(current)
    assert current == len(starts)
    return parts


def test_page_sizes(files: Files) -> None:
    page = frame().page
    turned = [False, *(annex.landscape for annex in files.document.annexes)]
    for part, size in zip(parts_of_pages(files), sizes(files.pdf), strict=True):
        expected = page.turned() if turned[part] else page
        assert size == pytest.approx((expected.width, expected.height), abs=0.1)


def test_page_numbers(files: Files) -> None:
    """Centred in the top margin from page 2; each annex counts from 1 and hides its first."""
    page = frame().page
    count: dict[int, int] = {}
    for part, words, (width, height) in zip(
        parts_of_pages(files), read_words(files.pdf), sizes(files.pdf), strict=True
    ):
        count[part] = count.get(part, 0) + 1
        top, _, _ = margins(words, height)
        assert [word.text for word in top] == ([str(count[part])] if count[part] > 1 else [])
        for word in top:
            middle = (page.left + width - page.right) / 2
            assert (word.left + word.right) / 2 == pytest.approx(middle, abs=1)
    assert max(count.values()) > 1


def test_the_banner_is_in_the_bottom_margin_of_every_page(files: Files) -> None:
    page = frame().page
    for words, (width, height) in zip(read_words(files.pdf), sizes(files.pdf), strict=True):
        _, _, bottom = margins(words, height)
        assert " ".join(word.text for word in bottom) == files.document.banner
        assert len({round(word.baseline) for word in bottom}) <= 1
        if bottom:
            middle = (page.left + width - page.right) / 2
            assert (bottom[0].left + bottom[-1].right) / 2 == pytest.approx(middle, abs=2)


def test_the_banner_is_bold_and_the_page_number_is_not(engine: str) -> None:
    document = plain(*(f"Đoạn {number}." for number in range(60)))
    with pdfplumber.open(io.BytesIO(pdf_of(document, engine=engine))) as pdf:
        page = pdf.pages[1]
        looks = {
            name: {letter["fontname"].endswith("Bold") for letter in letters}
            for name, letters in (
                ("number", [c for c in page.chars if c["bottom"] < frame().page.top]),
                ("banner", [c for c in page.chars if c["top"] > page.height - frame().page.bottom]),
            )
        }
    assert looks == {"number": {False}, "banner": {True}}


def test_the_signature_stands_on_one_page_with_two_lines_before_it(
    tmp_path: Path, engine: str
) -> None:
    """Wherever the page ends: the block is never torn, nor alone on its page."""
    path = tmp_path / "a.pdf"
    counts = set()
    for lines in range(10, 26):
        document = plain(*(f"Đoạn {number}." for number in range(lines)), "Kế cuối.", "Cuối./.")
        path.write_bytes(
            pdf_of(replace(document, body=hold_last_lines(document.body)), engine=engine)
        )
        pages = ["".join(word.text for word in words) for words in read_words(path)]
        counts.add(len(pages))
        for text in ("Kếcuối.", "Cuối./.", "Nơinhận:", "TM.ỦYBANNHÂNDÂN", "TrầnThịTình"):
            assert text in pages[-1], lines
    assert counts == {1, 2}


# --- text --------------------------------------------------------------------------------------


def pdf_text(path: Path, heads: set[str]) -> str:
    """Return the text of the pages without white space, margins, and repeated table heads."""
    text = ""
    for words, (_, height) in zip(read_words(path), sizes(path), strict=True):
        _, inside, _ = margins(words, height)
        # pdfium reports a hyphen at the end of a line as U+0002.
        joined = "".join(word.text for word in inside).replace("\x02", "-")
        for head in heads:
            if text and joined.startswith(head) and head in text:
                joined = joined.removeprefix(head)
        text += joined
    return text


def test_the_pdf_has_the_text_of_the_word_file_block_for_block(files: Files) -> None:
    heads = {
        squeezed("".join(cell.text for row in block.head for cell in row.cells))
        for annex in files.document.annexes
        for block in annex.blocks
        if isinstance(block, Table)
    }
    rest = pdf_text(files.pdf, heads)
    for text in word_texts(opened(files.docx)):
        block = squeezed(text)
        assert rest.startswith(block), (text, rest[: len(block) + 40])
        rest = rest.removeprefix(block)
    assert rest == ""


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_literally_everywhere(text: str, tmp_path: Path, engine: str) -> None:
    document = sample(
        header={"agency": (text,), "number": text, "abstract": text, "addressees": (text,)},
        body=(paragraph(text), paragraph(text, StyleId.BULLET), table((text,), (text,), width=60)),
        recipients=(text,),
        annexes=(),
        banner=text,
        title=text,
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(document, engine=engine))
    found = pdf_text(path, set())
    word = "".join(squeezed(line) for line in word_texts(opened(docx_of(document))))
    assert found == word
    assert found.count(squeezed(text)) >= 8
    (page,) = read_words(path)
    _, _, bottom = margins(page, frame().page.height)
    assert "".join(one.text for one in bottom) == squeezed(text)
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == text


def test_a_long_table_repeats_its_head_and_keeps_rows_whole(engine: str) -> None:
    rows = tuple((f"số {number}", "một dòng chữ dài để ô có ba dòng " * 3) for number in range(40))
    document = sample(body=(table(("ĐẦU", "CỘT"), *rows, width=60), paragraph("Hết.")), annexes=())
    with pdfplumber.open(io.BytesIO(pdf_of(document, engine=engine))) as pdf:
        pages = [squeezed(page.extract_text()) for page in pdf.pages]
    assert len(pages) > 2
    for page in pages[:-1]:
        assert "ĐẦUCỘT" in page
    for number in range(40):
        holders = [page for page in pages if re.search(rf"số{number}(?!\d)", page)]
        assert len(holders) == 1
    for page in pages:
        labels = len(re.findall(r"số\d+", page))
        assert page.count("một") == labels * 3


@pytest.mark.parametrize(("document", "count"), [(sample(), 3), (plain("A."), 1)])
def test_the_sample_fills_the_pages_it_should(document: Document, count: int, engine: str) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(document, engine=engine))) as pdf:
        assert len(pdf.pages) == count
