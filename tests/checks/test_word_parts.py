"""Parts of a Word file: what is read of each, what is told as unread, open changes, gaps."""

from __future__ import annotations

from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from letters import find, letter
from office import require_soffice
from vanban.checks.form.check_form import FormReport, check_form, open_word
from vanban.checks.form.engine import Verdict
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.checks.writing import Role
from words import FILE, named, p, r, read_writing, saved, with_body, word_of, wrong_rows, xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WHO = 'w:id="7" w:author="A" w:date="2026-01-01T00:00:00Z"'


def add(word: WordDocument, *blocks: str) -> WordDocument:
    """Put blocks before the second numbered paragraph of a letter."""
    place = find(word, "2. ")._p
    for block in blocks:
        place.addprevious(xml(block))
    return word


def add_part(word: WordDocument, kind: str, name: str, text: str, of: str = "xml") -> str:
    """Add a part and return the id of its relation."""
    data = named(text).encode()
    part = Part(PackURI(name), f"application/{of}", data, word.part.package)
    return word.part.relate_to(part, OFFICE + kind)


def judged(word: WordDocument, measure: bool = False) -> FormReport:
    """Judge a Word file, on pages that LibreOffice sets where ``measure`` is True."""
    return check_form(saved(word), None, FILE, measure=measure)


def tracked(word: WordDocument) -> int:
    return open_word(saved(word), FILE).word.tracked


# --- open changes -------------------------------------------------------------------------------

TEXT = r("chữ")
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
DELETED = "<w:r><w:delText>bỏ</w:delText></w:r>"
TABLE = "<w:tbl><w:tr>{row}<w:tc>{cell}<w:p/></w:tc></w:tr></w:tbl>"
REVISIONS = {
    "inserted": p(f"<w:ins {WHO}>{TEXT}</w:ins>"),
    "deleted": p(f"<w:del {WHO}>{DELETED}</w:del>"),
    "moved from": p(f"<w:moveFrom {WHO}>{TEXT}</w:moveFrom>"),
    "moved to": p(f"<w:moveTo {WHO}>{TEXT}</w:moveTo>"),
    "mark inserted": p(TEXT, f"<w:rPr><w:ins {WHO}/></w:rPr>"),
    "mark deleted": p(TEXT, f"<w:rPr><w:del {WHO}/></w:rPr>"),
    "letters": p(r("chữ", f"<w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange>")),
    "paragraph": p(TEXT, f"<w:pPrChange {WHO}><w:pPr/></w:pPrChange>"),
    "numbering": p(TEXT, f'<w:numPr><w:numberingChange {WHO} w:original="1."/></w:numPr>'),
    "row inserted": TABLE.format(row=f"<w:trPr><w:ins {WHO}/></w:trPr>", cell=""),
    "row deleted": TABLE.format(row=f"<w:trPr><w:del {WHO}/></w:trPr>", cell=""),
    "row": TABLE.format(
        row=f"<w:trPr><w:trPrChange {WHO}><w:trPr/></w:trPrChange></w:trPr>", cell=""),
    "cell inserted": TABLE.format(row="", cell=f"<w:tcPr><w:cellIns {WHO}/></w:tcPr>"),
    "cell deleted": TABLE.format(row="", cell=f"<w:tcPr><w:cellDel {WHO}/></w:tcPr>"),
    "cell merged": TABLE.format(row="", cell=f"<w:tcPr><w:cellMerge {WHO}/></w:tcPr>"),
    "table": f"<w:tbl><w:tblPr><w:tblPrChange {WHO}><w:tblPr/></w:tblPrChange></w:tblPr><w:tr>"
    "<w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "two people at once": p(
        f'<w14:conflictIns xmlns:w14="{W14}" {WHO}>{TEXT}</w14:conflictIns>'
    ),
    "in a text box": p(
        f"<w:r><w:pict><w:txbxContent>{p(f'<w:ins {WHO}>{TEXT}</w:ins>')}</w:txbxContent></w:pict>"
        "</w:r>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("block", REVISIONS.values(), ids=REVISIONS)
def test_every_open_change_of_the_body_counts(block: str) -> None:
    word = add(letter(), block)
    assert tracked(word) == 1
    assert ("con-sot", "theo dõi sửa đổi") in wrong_rows(judged(word))


def test_open_changes_of_sections_and_other_parts_count() -> None:
    change = f"<w:ins {WHO}>{TEXT}</w:ins>"
    word = letter()
    word.sections[0]._sectPr.append(xml(f"<w:sectPrChange {WHO}><w:sectPr/></w:sectPrChange>"))
    word.sections[0].header.paragraphs[0]._p.append(xml(change))
    for kind, root, note in (
        ("footnotes", "footnotes", "footnote"),
        ("endnotes", "endnotes", "endnote"),
    ):
        text = f'<w:{root}><w:{note} w:id="2">{p(change)}</w:{note}></w:{root}>'
        add_part(word, kind, f"/word/{kind}.xml", text)
    assert tracked(word) == 4


def test_an_older_alternative_is_no_second_change() -> None:
    box = f"<w:txbxContent>{p(f'<w:ins {WHO}>{TEXT}</w:ins>')}</w:txbxContent>"
    choice = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>'
        f"<w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert tracked(add(letter(), p(choice))) == 1


@pytest.mark.parametrize(
    "inline",
    [
        f'<w14:conflictIns xmlns:w14="{W14}" {WHO}>{r("chữ")}</w14:conflictIns>',
        f"<w:r><w:ruby><w:rt>{r('trên')}</w:rt><w:rubyBase>{r('chữ')}</w:rubyBase></w:ruby></w:r>",
    ],
)
def test_words_in_rare_wrappers_are_read(inline: str) -> None:
    (passage,) = read_writing(with_body(p(inline)), FILE).passages
    assert passage.text == "chữ"


GONE = f"<w:rPr><w:del {WHO}/></w:rPr>"


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((p(r("một "), GONE), p(r("hai"))), ["một hai"]),
        ((p(r("một "), GONE), p(r("hai "), GONE), p(r("ba"))), ["một hai ba"]),
        ((p(r("một "), f"<w:rPr><w:moveFrom {WHO}/></w:rPr>"), p(r("hai"))), ["một hai"]),
        ((p(f"<w:del {WHO}>{DELETED}</w:del>", GONE), p(r("hai"))), ["hai"]),
        ((p(r("một"), GONE), "<w:tbl><w:tr><w:tc>" + p(r("ô")) + "</w:tc></w:tr></w:tbl>"),
         ["một", "ô"]),
        ((p(r("một"), GONE),), ["một"]),
        ((p(r("một ")), p(r("hai"))), ["một", "hai"]),
        ((p(r("một ") + r("bỏ", f"<w:del {WHO}/>")),), ["một"]),
        (("<w:tbl><w:tr><w:tc>" + p(r("ô")) + f"</w:tc><w:tc><w:tcPr><w:cellDel {WHO}/></w:tcPr>"
          + p(r("bỏ")) + "</w:tc></w:tr></w:tbl>",), ["ô"]),
    ],
)  # fmt: skip
def test_what_is_deleted_is_not_read_and_a_deleted_mark_joins(
    blocks: tuple[str, ...], expected: list[str]
) -> None:
    assert [each.text for each in read_writing(with_body(*blocks), FILE).passages] == expected


def test_pages_are_measured_without_what_is_deleted() -> None:
    require_soffice()
    word = letter()
    for field in list(word.sections[0].header._element.iter(qn("w:fldSimple"))):
        field.getparent().remove(field)
    pages = "<w:r><w:delText>Đoạn bỏ đi. </w:delText></w:r>" * 400
    deleted = p(f"<w:del {WHO}>{pages}</w:del>")
    whole = judged(word, measure=True)
    report = judged(add(word, deleted), measure=True)
    assert wrong_rows(report) == wrong_rows(whole) | {("con-sot", "theo dõi sửa đổi")}
    assert ("so-trang", "đánh số trang") not in wrong_rows(report)


# --- what is not filled in ----------------------------------------------------------------------


def field(instruction: str, result: str = "", ended: bool = True) -> str:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        sign.format("begin")
        + f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        + (sign.format("separate") + result if result else "")
        + sign.format("end")
    )


def control(words: str, prompt: bool = True) -> str:
    return (
        f"<w:sdt><w:sdtPr>{'<w:showingPlcHdr/>' if prompt else ''}</w:sdtPr><w:sdtContent>"
        f"{r(words)}</w:sdtContent></w:sdt>"
    )


PROMPT = "Bấm hoặc gõ nhẹ vào đây để nhập văn bản."
GAPS = {
    "reference": (r("theo Mục ") + field("REF a", r("Error! Reference source not found."))
                  + r(" của Kế hoạch"), "Error! Reference source not found."),
    "typed": (r("tại Error! Bookmark not defined. và đã"), "Error! Bookmark not defined."),
    "style": (r("Error! No text of specified style in document."), "Error! No text of specified"),
    "Vietnamese": (r("theo Lỗi! Không tìm thấy nguồn tham chiếu. của phường"),
                   "Lỗi! Không tìm thấy nguồn tham chiếu."),
    "LibreOffice": (r("theo Lỗi: Không tìm thấy nguồn tham chiếu của phường"),
                    "Lỗi: Không tìm thấy nguồn tham chiếu"),
    "German": (r("theo Fehler! Textmarke nicht definiert. của"),
               "Fehler! Textmarke nicht definiert."),
    "French": (r("theo Erreur ! Source du renvoi introuvable. của"),
               "Erreur ! Source du renvoi introuvable."),
    "Italian": (r("theo Errore. Il segnalibro non è definito. của"),
                "Errore. Il segnalibro non è definito."),
    "Chinese": (r("theo 错误!未找到引用源。 của"), "错误!未找到引用源。"),
    "Japanese": (r("theo エラー! 参照元が見つかりません。"), "エラー! 参照元が見つかりません。"),
    "any language in a field": (
        field("PAGEREF _Toc1", r("Pogreška! Knjižna oznaka nije definirana.")), "Pogreška!"),
    "typed choice": (r("chọn Choose an item. cho"), "Choose an item."),
    "Excel": (r("đạt #DIV/0! trong quý"), "#DIV/0!"),
    "merge field": (r("gửi ") + field("MERGEFIELD ho_ten", r("«ho_ten»")), "«ho_ten»"),
    "merge field with blanks": (field('MERGEFIELD "Họ tên"', r("«Họ tên»")), "«Họ tên»"),
    "empty merge field": (r("gửi ") + field("MERGEFIELD ho_ten"), "MERGEFIELD ho_ten"),
    "simple merge field": (
        f'<w:fldSimple w:instr="MERGEFIELD so">{r("«so»")}</w:fldSimple>', "«so»"),
    "typed merge field with marks": (r("gửi «Họ_và_tên» để biết"), "«Họ_và_tên»"),
    "typed merge field": (r("gửi «ho_ten» để biết"), "«ho_ten»"),
    "form field": (field("FORMTEXT", r("\u2002\u2002\u2002")), "ô biểu mẫu còn trống"),
    "macro button": (field("MACROBUTTON NoMacro [Nhập tên]"), "[Nhập tên]"),
    "control": (r("đạt ") + control(PROMPT) + r(" trong năm 2026."), PROMPT),
    "typed prompt": (r("đạt Click or tap here to enter text. trong năm"),
                     "Click or tap here to enter text."),
    "template": (r("gửi {{ ho_ten }} để biết"), "{{ ho_ten }}"),
}  # fmt: skip


@pytest.mark.parametrize(("inline", "words"), GAPS.values(), ids=GAPS)
def test_what_is_not_filled_in_is_an_error(inline: str, words: str) -> None:
    report = judged(add(letter(), p(inline)))
    (finding,) = [each for each in report.findings if each.rule == "hinh-thuc/chua-dien"]
    assert "chỗ chưa điền / lỗi tham chiếu" in finding.message
    assert words in finding.message
    assert report.counts[Verdict.FAIL] >= 1


@pytest.mark.parametrize(
    "block",
    [
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(r(PROMPT))}</w:sdtContent></w:sdt>",
        "<w:tbl><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tr><w:tc>"
        f"{p(r(PROMPT))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        "<w:tbl><w:tr><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc>"
        f"{p(r(PROMPT))}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
    ],
    ids=["paragraph", "row", "cell"],
)
def test_controls_around_blocks_show_their_prompt(block: str) -> None:
    assert ("chua-dien", "chỗ chưa điền / lỗi tham chiếu") in wrong_rows(
        judged(add(letter(), block))
    )


@pytest.mark.parametrize(
    "inline",
    [
        r("phong trào «Dân vận khéo» và «Cải cách»"),
        field("MERGEFIELD ho_ten", r("Nguyễn Văn A")),
        field("REF a", r("II")),
        control("đã điền", prompt=False),
        r("Lỗi tham chiếu thì sửa; Error trong phần mềm; hộp thư #1"),
        field("FORMTEXT", r("đã điền")),
    ],
)
def test_what_is_filled_in_is_no_gap(inline: str) -> None:
    assert ("chua-dien", "chỗ chưa điền / lỗi tham chiếu") not in wrong_rows(
        judged(add(letter(), p(inline)))
    )


@pytest.mark.parametrize("name", GAPS)
def test_rules_of_language_do_not_read_a_gap(name: str) -> None:
    before = p(r("Các phòng chuyên môn thực hiện ") + GAPS[name][0] + r(" và báo cáo kết quả."))
    writing = read_writing(with_body(before), FILE)
    assert run_rules(Project(None, (writing,))).findings == ()


# --- parts beside the body ----------------------------------------------------------------------

WRONG = "Theo báo cáo của nghành nội vụ."


def with_notes(word: WordDocument, kind: str = "footnote") -> WordDocument:
    notes = (
        ('w:id="-1" w:type="separator"', "<w:r><w:separator/></w:r>"),
        ('w:id="2"', "<w:r><w:footnoteRef/></w:r>" + r(" Chú thích thứ nhất.")),
        ('w:id="3"', r(WRONG)),
    )
    inside = "".join(f"<w:{kind} {names}>{p(text)}</w:{kind}>" for names, text in notes)
    text = f"<w:{kind}s>{inside}</w:{kind}s>"
    add_part(word, f"{kind}s", "/word/odd.xml", text)
    return word


def with_margin(word: WordDocument, place: str) -> WordDocument:
    getattr(word.sections[0], place).add_paragraph(WRONG)
    return word


def in_a_box(word: WordDocument) -> WordDocument:
    box = f"<w:r><w:pict><w:txbxContent>{p(r(WRONG))}</w:txbxContent></w:pict></w:r>"
    return add(word, p(box))


PARTS = {
    "footnote": (lambda: with_notes(letter()), "cước chú 2", "cước chú (2)"),
    "endnote": (lambda: with_notes(letter(), "endnote"), "chú thích cuối 2", "chú thích cuối (2)"),
    "header": (lambda: with_margin(letter(), "header"), "đầu trang", "đầu trang"),
    "first header": (lambda: with_margin(letter(), "first_page_header"), "đầu trang", "đầu trang"),
    "footer": (lambda: with_margin(letter(), "footer"), "chân trang", "chân trang"),
    "box": (lambda: in_a_box(letter()), "", "khung chữ (1)"),
}


@pytest.mark.parametrize(("make", "part", "told"), PARTS.values(), ids=PARTS)
def test_words_of_every_part_are_checked(make: Any, part: str, told: str) -> None:
    opened = open_word(saved(make()), FILE)
    writing = read_writing(saved(make()), FILE)
    run = run_rules(Project(None, (writing,)))
    (finding,) = [each for each in run.findings if "nghành" in each.message]
    assert finding.spot.part == part
    assert told in opened.coverage
    numbers = [passage.number for passage in writing.passages]
    assert len(numbers) == len(set(numbers))


def test_a_header_that_does_not_print_is_not_read() -> None:
    word = with_margin(letter(), "even_page_header")
    word.settings.odd_and_even_pages_header_footer = False
    other = with_margin(letter(), "first_page_header")
    other.sections[0].different_first_page_header_footer = False
    for each in (word, other):
        assert WRONG not in [passage.text for passage in read_writing(saved(each), FILE).passages]


def test_notes_are_sentences() -> None:
    writing = read_writing(saved(with_notes(letter())), FILE)
    notes = [passage for passage in writing.prose if passage.role is Role.NOTE]
    assert [passage.text for passage in notes] == ["Chú thích thứ nhất.", WRONG]


def nested(names: str) -> str:
    """Return elements of these names, one in the other, in a namespace that nobody reads."""
    first, *rest = names.split()
    inside = nested(" ".join(rest)) if rest else ""
    return f'<x:{first} xmlns:x="urn:x">{inside}</x:{first}>'


@pytest.mark.parametrize(
    ("inline", "told"),
    [
        (f"<w:r><w:drawing>{nested('inline graphic pic')}</w:drawing></w:r>", "ảnh (1)"),
        (f"<w:r><w:pict>{nested('shape imagedata')}</w:pict></w:r>", "ảnh (1)"),
        (f"<w:r><w:object>{nested('shape imagedata')}</w:object></w:r>", "đối tượng nhúng (1)"),
        (f"<w:r><w:drawing>{nested('graphicData chart')}</w:drawing></w:r>", "biểu đồ (1)"),
        (
            f"<w:r><w:drawing>{nested('graphicData relIds')}</w:drawing></w:r>",
            "sơ đồ (SmartArt) (1)",
        ),
        (nested("oMath r t"), "công thức (1)"),
        (r("bí mật", "<w:vanish/>"), "chữ ẩn (1)"),
        (f"<w:r><w:pict>{nested('shape textpath')}</w:pict></w:r>", "chữ nghệ thuật (WordArt) (1)"),
    ],
)
def test_what_is_not_read_is_told(inline: str, told: str) -> None:
    coverage = open_word(saved(add(letter(), p(inline))), FILE).coverage
    assert coverage.startswith("đã đọc thân văn bản")
    assert coverage.endswith(f"; không đọc {told}")


def test_a_file_that_was_read_as_a_whole_has_nothing_unread() -> None:
    assert "không đọc" not in open_word(saved(letter()), FILE).coverage


@pytest.mark.parametrize(("name", "kind"), [("altChunk", "aFChunk"), ("subDoc", "subDocument")])
def test_nothing_is_missing_where_text_was_not_read(name: str, kind: str) -> None:
    word = word_of("Kế hoạch ở phần chèn.")
    relation = add_part(word, kind, "/word/chunk.html", "<w:html/>", "html")
    word.element.body.insert(0, xml(f'<w:{name} r:id="{relation}"/>'))
    report = judged(word)
    assert report.counts[Verdict.ABSENT] == 0
    assert not [rule for rule, aspect in wrong_rows(report) if aspect == "có mặt"]
    assert "không đọc" in report.coverage


PICTURE = f"<w:r><w:drawing>{nested('inline graphic pic')}</w:drawing></w:r>"


@pytest.mark.parametrize("place", ["body", "header"])
def test_a_head_that_is_a_picture_is_not_called_missing(place: str) -> None:
    word = letter()
    table: Any = word.tables[0]._tbl
    table.getparent().remove(table)
    assert ("quoc-hieu", "có mặt") in wrong_rows(judged(word))
    if place == "body":
        word.element.body.insert(0, xml(p(PICTURE)))
    else:
        word.sections[0].first_page_header.paragraphs[0]._p.append(xml(PICTURE))
    missing = {rule for rule, aspect in wrong_rows(judged(word)) if aspect == "có mặt"}
    assert not missing & {"quoc-hieu", "tieu-ngu", "so-ky-hieu", "co-quan-ban-hanh"}


def test_what_is_not_there_is_told_apart_from_what_was_not_measured() -> None:
    counts = judged(letter()).counts
    assert [str(verdict) for verdict in counts] == [
        "đạt", "không đạt", "cảnh báo", "không có thành phần này", "không đo được",
    ]  # fmt: skip
    assert counts[Verdict.ABSENT] > 20
    assert counts[Verdict.UNKNOWN] > 5
