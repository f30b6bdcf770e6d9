"""The report of form: other regimes, edits after building, findings, the page of HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from documents import docx_of, plain, sample
from vanban.checks.finding import Severity
from vanban.checks.form.check_form import FormReport, check_form, open_word
from vanban.checks.form.engine import Verdict, form_rules
from vanban.checks.form.html import html_page
from vanban.checks.form.regime import Regime
from vanban.checks.form.specification import components
from vanban.checks.registry import all_rules
from vanban.compose.annex_files import separated
from vanban.compose.composed import Composed
from vanban.document import Document
from vanban.errors import ContentError
from words import (
    FILE,
    GOOD,
    edited,
    judged,
    rendered,
    saved,
    swapped,
    word_file,
    word_of,
    wrong_rows,
)

EDITED = ("sua-sau-khi-tao", "lời văn so với khi tạo")


def test_rows_stand_in_the_order_of_the_table() -> None:
    places = [list(components()).index(row.rule.component) for row in judged(*rendered(GOOD)).rows]
    assert places == sorted(places)
    looked_at_by_people = {each.id for each in components().values() if each.note}
    assert {rule.component for rule in form_rules()} == set(components()) - looked_at_by_people


def test_what_no_file_shows_is_a_note_and_no_rule() -> None:
    report = judged(*rendered(GOOD))
    page = page_of(report)
    for component in ("chu-ky", "dau"):
        assert f"hinh-thuc/{component}" not in {rule.id for rule in all_rules()}
        note = components()[component].note
        assert note is not None
        assert f'người ký tự xem</span> <span class="quiet">({note})' in page
    assert sum(report.counts.values()) == len(report.rows)


# --- other regimes ------------------------------------------------------------------------------

PARTY = ("ĐẢNG BỘ PHƯỜNG TRẦN LIỄU\tĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số 05-NQ/ĐU", "NGHỊ QUYẾT")


def head(number: str, kind: str) -> tuple[str, ...]:
    return (
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"{number}\tPhường Trần Liễu, ngày 03 tháng 9 năm 2026",
        kind,
        "Về việc ban hành quy chế",
    )


@pytest.mark.parametrize(
    ("lines", "regime"),
    [
        (PARTY, Regime.PARTY),
        (head("Số: 12/2026/QĐ-UBND", "QUYẾT ĐỊNH"), Regime.LEGAL),
        (head("Số:     /2026/NQ-HĐND", "NGHỊ QUYẾT"), Regime.LEGAL),
        (head("Luật số: 64/2025/QH15", "LUẬT"), Regime.LEGAL),
        (head("Số: 30/2020/NĐ-CP", "NGHỊ ĐỊNH"), Regime.LEGAL),
        (head("Số: 05/2025/TT-BNV", "THÔNG TƯ"), Regime.LEGAL),
        (head("Số: 12/QĐ-UBND", "QUYẾT ĐỊNH"), None),
        (head("Số: 12/2026/KH-UBND", "KẾ HOẠCH"), None),
    ],
)
def test_other_regimes_are_declined(lines: tuple[str, ...], regime: Regime | None) -> None:
    report = judged(saved(word_of(*lines)))
    assert (report.declined.regime if report.declined else None) == regime
    assert bool(report.rows) is (regime is None)
    if report.declined is not None:
        assert "\n" not in report.declined.reason
        assert "Nghị định 30/2020/NĐ-CP" in report.declined.reason


@pytest.mark.parametrize(
    ("document", "regime"),
    [
        (replace(GOOD, is_bound=True), Regime.BOUND),
        (replace(GOOD, is_handout=True), Regime.HANDOUT),
        (separated(Composed(sample(), Path("a.md")))[1].document, Regime.ANNEX),
    ],
)
def test_what_is_no_administrative_document_is_declined(document: Document, regime: Regime) -> None:
    report = judged(*rendered(document))
    assert report.declined is not None and report.declined.regime is regime
    assert report.rows == ()


# --- edited afterwards --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [GOOD, plain("Một."), plain("Hai  dấu cách.", "\u00a0", "Ba"), replace(GOOD, annexes=())],
    ids=["whole", "one line", "blanks", "no annex"],
)
def test_untouched_file_is_as_built(document: Document) -> None:
    assert open_word(docx_of(document), FILE).text_changed is False


def test_changed_words_are_told() -> None:
    changed = edited(word_file(GOOD), {"word/document.xml": swapped("nghiêm túc", "nhanh")})
    assert wrong_rows(judged(changed)) == {EDITED}


def test_changed_look_is_no_change_of_words() -> None:
    split = swapped("Căn cứ Luật", 'Căn </w:t></w:r><w:r><w:t xml:space="preserve">cứ Luật')
    assert (
        open_word(edited(word_file(GOOD), {"word/document.xml": split}), FILE).text_changed is False
    )


def test_file_of_others_has_no_text_to_compare() -> None:
    assert open_word(saved(word_of("Một")), FILE).text_changed is None


# --- findings -----------------------------------------------------------------------------------


def bad_file() -> bytes:
    word = word_of(
        "ỦY BAN NHÂN DÂN <b>\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHƯỜNG TRẦN LIỄU\tĐộc lập – Tự do – Hạnh phúc",
        "Số: 5/KH-UBND\tTrần Liễu, ngày 3 tháng 09 năm 2026",
        "KẾ HOẠCH",
        "Nội dung " * 30 + "này.",
    )
    word.paragraphs[-1].runs[0].font.size = Pt(12)
    return saved(word)


def test_findings_say_where_what_and_why() -> None:
    report = judged(bad_file())
    finding = next(each for each in report.findings if each.rule == "hinh-thuc/noi-dung")
    assert finding.severity is Severity.ERROR
    assert finding.message == "Nội dung, cỡ chữ: 12 (1 đoạn); quy định: 13–14"
    assert finding.suggestion == "đặt cỡ chữ 13–14"
    assert finding.clause == "Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.6"
    assert finding.spot.paragraph == 5
    assert finding.spot.excerpt.startswith("Nội dung Nội dung")
    assert len(finding.spot.excerpt) <= 100


def test_findings_and_rows_say_the_same() -> None:
    report = judged(bad_file())
    wrong = [row for row in report.rows if row.verdict in (Verdict.FAIL, Verdict.WARN)]
    assert len(report.findings) == len(wrong) > 10
    severities = [each.severity for each in report.findings]
    assert severities == sorted(severities, key=list(Severity).index)


def test_python_docx_default_is_letter_and_calibri() -> None:
    wrong = wrong_rows(judged(saved(word_of("Một đoạn văn."))))
    assert {("kho-giay", "khổ giấy"), ("phong-chu", "phông chữ"), ("quoc-hieu", "có mặt")} <= wrong


# --- the page -----------------------------------------------------------------------------------


class Links(HTMLParser):
    """Collects what a page would load, and its open elements."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [tag for name, _ in attrs if name in ("src", "href")]
        self.loads += [tag] * (tag in ("script", "link", "img", "iframe"))
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(*reports: FormReport) -> str:
    return html_page("Báo cáo kiểm tra <thể thức>", reports)


def test_page_is_whole_and_loads_nothing() -> None:
    page = page_of(judged(bad_file()), judged(*rendered(GOOD)), judged(saved(word_of(*PARTY))))
    links = Links()
    links.feed(page)
    assert links.loads == []
    assert links.open == []
    assert "url(" not in page
    assert "@import" not in page


def test_page_shows_verdicts_and_escapes_words() -> None:
    page = page_of(judged(bad_file()))
    assert "Báo cáo kiểm tra &lt;thể thức&gt;" in page
    assert "<b>" not in page
    assert "không đạt" in page
    assert "Độc lập – Tự do – Hạnh phúc" in page
    assert "chỉ có sau khi ký" in page


# --- whatever the file holds --------------------------------------------------------------------

VALUES = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters='"<&'), max_size=8
)
ATTRIBUTES = [
    'w:val="28"', 'w:line="360"', 'w:after="120"', 'w:firstLine="720"', 'w:lineRule="exact"',
    'w:val="both"', 'w:val="Normal"', 'w:val="0"',
]  # fmt: skip


@given(st.sampled_from(ATTRIBUTES), VALUES | st.sampled_from(["-1", "1e9", "nan", "inf", "²"]))
def test_any_value_of_a_style_is_judged(attribute: str, value: str) -> None:
    name = attribute.split("=")[0]
    changed = {"word/styles.xml": swapped(attribute, f'{name}="{value}" x="y"', -1)}
    try:
        assert check_form(edited(word_file(GOOD), changed), None, FILE, measure=False).rows
    except ContentError as error:
        assert len(error.problems) == 1


@pytest.mark.slow
@given(
    st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40), max_size=12)
)
def test_any_text_is_judged(lines: list[str]) -> None:
    report = check_form(saved(word_of(*lines)), None, Path("a.docx"), measure=False)
    assert report.rows or report.declined
    assert html_page("a", [report])
