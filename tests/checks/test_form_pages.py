"""What is measured on the page: rules, national name, page numbers, margins, signing block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Files
from documents import engine, layout, pdf_of
from office import convert_to_pdf, require_soffice
from vanban.checks.form.engine import Row, Verdict, form_rules, judge
from vanban.checks.form.measure import Form
from vanban.checks.form.pages import Box, Page, Pages, PagesUnread, read_pages
from vanban.checks.form.report import check_form, open_word
from vanban.layout.measures import Rule, Rules
from words import GOOD, judged, rendered, wrong_rows

A4 = (595.3, 841.9)
Line = tuple[str, float, float]
"""Text, left end and height of its baseline."""


def page_of(index: int, lines: Sequence[Line], width: float = 200) -> Page:
    boxes = tuple((text, Box(index, x, y, x + width, y + 12)) for text, x, y in lines)
    return Page(index, *A4, boxes, ())


def form_of(*pages: Sequence[Line]) -> Form:
    opened = open_word(rendered(GOOD)[0], Path("vanban.docx"))
    measured = Pages(tuple(page_of(index, lines) for index, lines in enumerate(pages)))
    return Form(opened.word, opened.components, measured)


def rows_of(rule_id: str, form: Form) -> list[Row]:
    (rule,) = (rule for rule in form_rules() if rule.id == f"hinh-thuc/{rule_id}")
    return list(judge(rule, form))


# --- the first page ---------------------------------------------------------------------------


def pdf_with(**lengths: float) -> bytes:
    """Return the PDF of the good document with rules of other lengths, pt."""
    look = layout(GOOD)
    changed = {
        name: Rule(getattr(look.rules, name).width, length) for name, length in lengths.items()
    }
    look.rules = Rules(**{"agency": look.rules.agency, "motto": look.rules.motto,
                          "abstract": look.rules.abstract, **changed})  # fmt: skip
    return engine().render(GOOD, look, None)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ({"motto": 100.0}, {("duong-ke-tieu-ngu", "độ dài đường kẻ")}),
        ({"motto": 230.0}, {("duong-ke-tieu-ngu", "độ dài đường kẻ")}),
        ({"agency": 120.0}, {("duong-ke-co-quan", "độ dài đường kẻ")}),
        ({"agency": 30.0}, {("duong-ke-co-quan", "độ dài đường kẻ")}),
        ({"abstract": 20.0}, {("duong-ke-trich-yeu", "độ dài đường kẻ")}),
        ({"agency": 60.0}, set()),
    ],
)
def test_length_of_rules(lengths: dict[str, float], expected: set[tuple[str, str]]) -> None:
    assert wrong_rows(judged(rendered(GOOD)[0], pdf_with(**lengths))) == expected


def test_national_name_on_two_lines() -> None:
    wide = replace(GOOD, header=replace(GOOD.header, national_name=f"{'X' * 24} CỘNG HÒA XÃ HỘI"))
    pages = read_pages(pdf_of(wide))
    assert len(pages.find(wide.header.national_name)) == 2
    assert len(read_pages(rendered(GOOD)[1]).find(GOOD.header.national_name)) == 1


# --- further pages ----------------------------------------------------------------------------

BODY: Line = ("Nội dung của trang này", 90, 400)


@pytest.mark.parametrize(
    ("second", "measured"),
    [
        ([("2", 219.0, 800.0), BODY], ""),
        ([BODY], "trang 2 không có số ở lề trên"),
        ([("2", 20.0, 800.0), BODY], "trang 2 có số không ở giữa"),
        ([("2", 219.0, 20.0), BODY], "trang 2 không có số ở lề trên"),
        ([("Phụ lục I", 219.0, 700.0)], ""),
        ([], ""),
    ],
    ids=["right", "none", "left", "foot", "annex", "empty"],
)
def test_page_number(second: list[Line], measured: str) -> None:
    (row,) = rows_of("so-trang-tren-trang", form_of([BODY], second))
    assert (row.verdict is Verdict.PASS) is (not measured)
    assert row.measured == (measured or "đúng trên mọi trang")


def test_page_number_on_the_first_page() -> None:
    (row,) = rows_of("so-trang-tren-trang", form_of([("1", 219.0, 800.0), BODY]))
    assert row.measured == "trang 1 hiện số 1"


@pytest.mark.parametrize(("x", "ok"), [(85.1, True), (60.0, False)])
def test_margin_as_used(x: float, ok: bool) -> None:
    left, _ = rows_of("le-tren-trang", form_of([BODY], [("Chữ", x, 400.0)]))
    assert (left.verdict is Verdict.PASS) is ok


SIGNING = [("Nơi nhận:", 90.0, 300.0), ("TM. ỦY BAN NHÂN DÂN", 330.0, 300.0)]
NAME: Line = ("Trần Thị Tình", 330, 200)


@pytest.mark.parametrize(
    ("pages", "measured"),
    [
        ([[BODY], [BODY, *SIGNING, NAME]], "liền một trang với nội dung"),
        ([[BODY], [BODY, *SIGNING], [NAME]], "chức vụ ở trang 2, họ tên ở trang 3"),
        ([[BODY], [("2", 219.0, 800.0), *SIGNING, NAME]], "đứng một mình ở trang 2"),
    ],
    ids=["together", "split", "alone"],
)
def test_signing_block(pages: list[list[Line]], measured: str) -> None:
    (row,) = rows_of("khoi-chu-ky", form_of(*pages))
    assert row.measured == measured
    assert (row.verdict is Verdict.PASS) is (measured == "liền một trang với nội dung")


@pytest.mark.parametrize(("height", "ok"), [(302.0, True), (260.0, False)])
def test_recipients_stand_level_with_the_signature(height: float, ok: bool) -> None:
    lines = [BODY, ("Nơi nhận:", 90.0, height), SIGNING[1], NAME]
    (row,) = rows_of("noi-nhan-ngang-chu-ky", form_of([BODY], lines))
    assert (row.verdict is Verdict.PASS) is ok


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
    report = judged(rendered(GOOD)[0], data)
    assert wrong_rows(report) == set()
    assert report.counts[Verdict.UNKNOWN] > 8


# --- whole documents --------------------------------------------------------------------------


def test_own_documents_pass_every_row(files: Files) -> None:
    report = check_form(files.docx.read_bytes(), files.pdf.read_bytes(), files.docx)
    assert [finding.message for finding in report.findings] == []


@pytest.mark.soffice
def test_libreoffice_sets_the_same_pages(tmp_path: Path) -> None:
    docx = tmp_path / "good.docx"
    docx.write_bytes(rendered(GOOD)[0])
    (pdf,) = convert_to_pdf([docx], tmp_path)
    assert wrong_rows(judged(docx.read_bytes(), pdf.read_bytes())) == set()


@pytest.mark.soffice
def test_a_foreign_file_is_measured_by_libreoffice() -> None:
    require_soffice()
    report = check_form(rendered(GOOD)[0], None, Path("ngoai.docx"))
    measured = {row.verdict for row in report.rows if "độ dài" in row.aspect}
    assert measured == {Verdict.PASS}
