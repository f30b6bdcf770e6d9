"""What is measured on the page: rules, national name, page numbers, margins, signing block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import Files
from documents import pdf_of
from office import convert_to_pdf, require_soffice
from printed import LINES, PAGES, Line, page_of, pages_of, pdf_with
from vanban.checks.form.check_form import check_form, check_opened, open_word
from vanban.checks.form.engine import Verdict
from vanban.checks.form.printed_pages import Pages, PagesUnread, read_pages
from words import FILE, GOOD, Expected, judged, places, rendered, word_file, wrong_rows

# --- the first page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lengths", "expected"), [pytest.param(*case, id=name) for name, *case in LINES]
)
def test_length_of_lines(lengths: Mapping[str, float], expected: Expected) -> None:
    assert places(judged(word_file(GOOD), pdf_with(**lengths))) == expected


def test_national_name_on_two_lines() -> None:
    wide = replace(GOOD, header=replace(GOOD.header, national_name=f"{'X' * 24} CỘNG HÒA XÃ HỘI"))
    pages = read_pages(pdf_of(wide))
    assert len(pages.find(wide.header.national_name)) == 2
    assert len(read_pages(rendered(GOOD)[1]).find(GOOD.header.national_name)) == 1


# --- further pages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "measured", "expected"),
    [pytest.param(*case, id=name) for name, *case in PAGES],
)
def test_pages_turn_their_rows(
    pages: Sequence[Sequence[Line]], measured: str, expected: Expected
) -> None:
    report = check_opened(open_word(word_file(GOOD), FILE), pages_of(*pages))
    assert places(report) == expected
    assert {row.measured for row in report.rows if row.at or row.advice} == {measured} - {""}


def test_text_is_found_over_blanks_and_lines() -> None:
    page = page_of(0, [("Cộng hòa xã", 90, 500), ("hội chủ nghĩa", 90, 480)])
    assert [box.bottom for box in page.find("hòa xã  hội chủ")] == [500, 480]
    assert page.find("Việt Nam") == ()
    assert page.find("") == ()


def test_pages_of_paragraphs() -> None:
    pages = Pages((page_of(0, [("Một", 90, 500)]), page_of(1, [("Hai", 90, 500)])))
    assert pages.page_numbers(["Một", "Không có", "Hai", ""]) == (1, 0, 2, 0)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a file at all"])
def test_damaged_pdf_is_told_in_words(data: bytes) -> None:
    with pytest.raises(PagesUnread, match="PDF"):
        read_pages(data)
    report = judged(word_file(GOOD), data)
    assert wrong_rows(report) == set()
    assert report.counts[Verdict.UNKNOWN] > 8


# --- whole documents --------------------------------------------------------------------------


def test_own_documents_pass_every_row(files: Files) -> None:
    report = check_form(files.docx.read_bytes(), files.pdf.read_bytes(), files.docx)
    assert [finding.message for finding in report.findings] == []


@pytest.mark.soffice
def test_libreoffice_sets_the_same_pages(tmp_path: Path) -> None:
    docx = tmp_path / "good.docx"
    docx.write_bytes(word_file(GOOD))
    (pdf,) = convert_to_pdf([docx], tmp_path)
    assert wrong_rows(judged(docx.read_bytes(), pdf.read_bytes())) == set()


@pytest.mark.soffice
def test_a_foreign_file_is_measured_by_libreoffice() -> None:
    require_soffice()
    report = check_form(word_file(GOOD), None, Path("ngoai.docx"))
    measured = {row.verdict for row in report.rows if "độ dài" in row.aspect}
    assert measured == {Verdict.PASS}
