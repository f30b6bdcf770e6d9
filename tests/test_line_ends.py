"""Where lines and pages end, case by case: what LibreOffice does, and both PDFs after it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from msgspec.structs import replace

from documents import (
    docx_of,
    frame,
    part,
    pdf_of,
    plain,
    sample,
    table,
    times,
)
from line_end_cases import ENDS
from office import convert_to_pdf
from pages import compare
from test_equality import differing
from vanban.document import (
    Paragraph,
    Run,
    StyleId,
)
from vanban.exchange.redline import redlined
from vanban.layout.lines import Measure, pieces_of
from vanban.layout.preparation import prepared
from vanban.line_ends import PLACE
from vanban.ooxml.markup import child, w
from vanban.ooxml.xml_text import escape
from vanban.provenance import Revision

SIGNS = "aĐ1!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—…“”‘’«»‐‑−×÷±≤≥§°²½№€•·₫→′″‰™©®†‡¶"
BESIDE = (("aa", "bb"), ("11", "55"))
"""What stands before and behind each pair of signs."""
BEGIN = "xxxxxxxxxxxxxxxxxxx "


def lines_of_word(cases: Iterable[tuple[str, str]], folder: Path) -> Iterator[str]:
    """Yield how LibreOffice begins a line that is wide enough for the first of two texts only."""
    body = ""
    for first, second in cases:
        width = times().advance(BEGIN + first, bold=False, italic=False) * 14 + 1.3
        body += (
            f'<w:p><w:pPr><w:ind w:right="{round((460 - width) * 20)}"/></w:pPr><w:r><w:rPr>'
            '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>'
            f'<w:lang w:val="vi-VN"/></w:rPr><w:t>{escape(BEGIN + first + second)}</w:t></w:r>'
            "</w:p>"
        )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org"
    word = folder / "pairs.docx"
    with zipfile.ZipFile(word, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{office}/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r" '
            f'Type="{office}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body>{body}<w:sectPr>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="1353" w:bottom="1000"'
            ' w:left="1353" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr></w:body>'
            "</w:document>",
        )
    (pdf,) = convert_to_pdf([word], folder)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage().get_text_range().replace("\ufffe", "-\n")
            for line in re.split(r"[\r\n]+", text):
                if line.startswith(BEGIN.strip()):
                    yield line[len(BEGIN) :].strip()


@pytest.mark.soffice
def test_lines_end_between_the_same_signs_as_in_libreoffice(tmp_path: Path) -> None:
    """Each pair of signs, between letters and between digits."""
    cases = [
        (before + one, other + behind)
        for before, behind in BESIDE
        for one in SIGNS
        for other in SIGNS
    ]
    place = re.compile(PLACE)
    shown = list(lines_of_word(cases, tmp_path))
    assert len(shown) == len(cases)
    differ = [
        (first, second)
        for (first, second), line in zip(cases, shown, strict=True)
        if (line.rstrip() == first) is not bool(place.match(first + second, len(first)))
    ]
    assert differ == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("giảm -5% so", "giảm |-5% |so"),
        ("(-5,2%) và –5", "(-5,2%) |và |–|5"),
        ("-5 hồ sơ", "-5 |hồ |sơ"),
        ("UBND-VHXH 2021-2026", "UBND-|VHXH |2021-|2026"),
        ("- Như trên; a -b", "- |Như |trên; |a |-|b"),
        ("2020—2025", "2020|—|2025"),
        ("/?id=5&x", "/?|id=5&x"),
        ("mục a|b. Hết!!", "mục |a||b. |Hết!!"),
        ("3…a ……", "3…|a |……"),
        ("[1]-[2] (x)-(y) (a)(b)", "[1]-|[2] |(x)-|(y) |(a)|(b)"),
        ("C:\\a\\b 5\\6", "C:\\|a\\|b |5\\6"),
        ("a%b 5%", "a|%b |5%"),
        ("142/UBND-VP/2025 15-16/9/2025 a-b/c-d", "142/UBND-VP/2025 |15-|16/9/2025 |a-b/c-|d"),
        ("4009/SNV I.1.1 a.5 “a”-b", "4009/SNV |I.1.1 |a.5 |“a”-|b"),
    ],
)
def test_a_line_may_end(text: str, pieces: str) -> None:
    style = frame().styles[StyleId.BODY]
    found = pieces_of((Run(text),), style, Measure(times()))
    shown = [
        "".join(words for *_, words, _ in piece.parts) + (piece.blanks[2] if piece.blanks else "")
        for piece in found
    ]
    assert "|".join(shown) == pieces


def test_a_piece_goes_over_runs() -> None:
    style = frame().styles[StyleId.BODY]
    runs = (Run("Từ 20"), Run("21-", bold=True), Run("2026", italic=True), Run(" "), Run("  là -"))
    found = [
        [words for *_, words, _ in piece.parts]
        for piece in pieces_of((*runs, Run("5")), style, Measure(times()))
    ]
    assert found == [["Từ"], ["20", "21-"], ["2026"], [], ["là"], ["-", "5"]]


# --- hyphens that end no line ---------------------------------------------------------------------


def test_a_number_keeps_its_sign_in_word() -> None:
    document = sample(
        recipients=("- Tăng -5;",),
        body=(
            Paragraph(StyleId.BODY, (Run("Giảm -5%, 2021-2026, "), Run("-7", bold=True))),
            table(("A", "B"), ("-1,5", "- 3"), ("12/UBND-VP/2025-KH", "15-16/9/2025")),
        ),
        annexes=(),
    )
    xml = part(docx_of(document), "word/document.xml")
    assert xml.count("<w:noBreakHyphen/>") == 5
    assert '<w:noBreakHyphen/><w:t xml:space="preserve">5%, 2021-2026, </w:t>' in xml


@pytest.mark.parametrize(("name", "text"), [("del", "delText"), ("ins", "t")])
def test_a_changed_number_keeps_its_sign_in_word(name: str, text: str) -> None:
    with_number, without = plain("Tỷ lệ giảm -5% so với."), plain("Tỷ lệ giảm so với.")
    both = (with_number, without) if name == "del" else (without, with_number)
    made = redlined(*both, Revision("Nguyễn Văn A", date(2025, 9, 16)))
    root = etree.fromstring(part(docx_of(made), "word/document.xml").encode())
    (holder,) = root.iter(w(name))
    (run,) = holder
    assert child(run, "noBreakHyphen") is not None
    assert "".join(each.text or "" for each in run.iter(w(text))).strip() == "5%"


# --- lines and pages of both engines -------------------------------------------------------------


@pytest.mark.parametrize("name", ENDS)
def test_both_engines_end_lines_and_pages_alike(name: str, tmp_path: Path) -> None:
    files, document = [], prepared(ENDS[name], frame(), times())
    for engine in ("weasyprint", "pages"):
        files.append(tmp_path / f"{engine}.pdf")
        files[-1].write_bytes(pdf_of(document, engine=engine))
    assert [str(each) for each in compare(files[0], files[1])] == []


@pytest.mark.slow
@pytest.mark.soffice
def test_libreoffice_ends_lines_and_pages_alike(tmp_path: Path) -> None:
    documents = [replace(document, id=name) for name, document in ENDS.items()]
    assert differing((prepared(each, frame(), times()) for each in documents), tmp_path) == {}
