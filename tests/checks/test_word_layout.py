"""Covers, contents, letterheads, page numbers, lines and numbering as other offices set them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from letters import decision, find, letter, of_a_unit
from vanban.checks.form.check_form import FormReport, check_form
from vanban.checks.form.engine import Verdict
from vanban.checks.writing import Role
from words import (
    FILE,
    GOOD,
    p,
    r,
    read_writing,
    rendered,
    saved,
    with_body,
    word_of,
    wrong_rows,
    xml,
)


def judged(word: WordDocument) -> FormReport:
    return check_form(saved(word), None, FILE, measure=False)


def verdict(report: FormReport, rule: str, aspect: str) -> Verdict:
    """Return the verdict of one row."""
    rows = [each for each in report.rows if each.rule.id == f"hinh-thuc/{rule}"]
    (found,) = [each.verdict for each in rows if each.aspect == aspect]
    return found


def first(word: WordDocument, *blocks: str) -> WordDocument:
    """Put blocks before everything else."""
    for block in reversed(blocks):
        word.element.body.insert(0, xml(block))
    return word


# --- what stands before the document ------------------------------------------------------------

BREAK = p('<w:r><w:br w:type="page"/></w:r>')
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
TOC = '<w:r><w:instrText> toc \\o "1-3" \\h </w:instrText></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
ENTRIES = ("I. MỤC ĐÍCH", "1. Mục đích", "Căn cứ Luật", "II. TỔ CHỨC THỰC HIỆN")


def entry(text: str) -> str:
    return f"{r(text)}<w:r><w:tab/></w:r>{r('12')}"


def by_field() -> list[str]:
    head, *rest = (entry(text) for text in ENTRIES)
    return [p(BEGIN + TOC + SEPARATE + head), *map(p, rest), p(END), BREAK]


def by_simple_field() -> list[str]:
    return [p(f'<w:fldSimple w:instr="TOC">{entry(ENTRIES[0])}</w:fldSimple>'), BREAK]


def by_style() -> list[str]:
    style = '<w:pStyle w:val="TOC1"/>'
    return [p(r("MỤC LỤC")), *(p(entry(text), style) for text in ENTRIES), BREAK]


def by_gallery() -> list[str]:
    inside = "".join(p(r(text)) for text in ("MỤC LỤC", *ENTRIES))
    return [control("Table of Contents", inside), BREAK]


def by_hand() -> list[str]:
    center = '<w:jc w:val="center"/>'
    return [p(r("MỤC LỤC"), center), *(p(r(f"{text} ...... 3")) for text in ENTRIES)]


def control(gallery: str, inside: str) -> str:
    """Return a content control of a gallery of Word."""
    name = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{name}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


CONTENTS = (by_field, by_simple_field, by_style, by_gallery, by_hand)


def with_toc_style(word: WordDocument) -> WordDocument:
    style = '<w:name w:val="toc 1"/><w:basedOn w:val="Normal"/>'
    word.styles.element.append(
        xml(f'<w:style w:type="paragraph" w:styleId="TOC1">{style}</w:style>')
    )
    return word


@pytest.mark.parametrize("contents", CONTENTS)
@pytest.mark.parametrize("make", [letter, decision, of_a_unit])
def test_contents_before_the_head_are_left_alone(
    make: Callable[[], WordDocument], contents: Callable[[], list[str]]
) -> None:
    word = first(with_toc_style(make()), *contents())
    assert wrong_rows(judged(word)) == set()


@pytest.mark.parametrize("contents", CONTENTS)
def test_contents_below_the_title_are_left_alone(contents: Callable[[], list[str]]) -> None:
    word = with_toc_style(decision())
    place = find(word, "Căn cứ Luật")._p
    for block in contents():
        place.addprevious(xml(block))
    assert wrong_rows(judged(word)) == set()
    writing = read_writing(saved(word), FILE)
    roles = {passage.role for passage in writing.passages if passage.text.startswith("1. Mục đích")}
    assert roles <= {Role.HEADER}


COVER = tuple(
    p(r(text, "<w:b/>"), '<w:jc w:val="center"/>')
    for text in ("ỦY BAN NHÂN DÂN PHƯỜNG TRẦN LIỄU", "ĐỀ ÁN", "Chuyển đổi số", "tháng 3 năm 2026")
)
COVERS = {
    "page break": (*COVER, BREAK),
    "break in the last line": (*COVER[:-1], p(r("tháng 3") + '<w:r><w:br w:type="page"/></w:r>')),
    "gallery": (control("Cover Pages", "".join(COVER)), BREAK),
    "contents behind it": (*COVER, BREAK, *by_field()),
    "date on it": (*COVER[:-1], p(r("Trần Liễu, ngày 05 tháng 3 năm 2026")), BREAK),
    "national name on it": (p(r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), *COVER, BREAK),
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
@pytest.mark.parametrize("make", [letter, decision])
def test_a_cover_is_left_alone(make: Callable[[], WordDocument], cover: tuple[str, ...]) -> None:
    report = judged(first(make(), *cover))
    assert wrong_rows(report) == set()
    assert report.kind == judged(make()).kind


def test_a_cover_in_its_own_section() -> None:
    word = letter()
    end = deepcopy(word.sections[0]._sectPr)
    for reference in end.findall(qn("w:headerReference")):
        end.remove(reference)
    last: Any = xml("<w:p><w:pPr/></w:p>")
    last[0].append(end)
    word.element.body.insert(0, last)
    assert wrong_rows(judged(first(word, *COVER))) == set()


def test_a_page_with_marks_of_a_document_is_no_cover() -> None:
    word = letter()
    name: Any = find(word, "CỘNG HÒA")._p
    name.getparent().remove(name)
    form = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 01/ĐĐN", "ĐƠN")
    for block in (BREAK, *(p(r(text)) for text in form)):
        word.element.body.insert(len(word.element.body) - 1, xml(block))
    report = judged(word)
    assert report.kind == "Công văn"
    assert verdict(report, "kinh-gui", "cỡ chữ") is Verdict.PASS


@pytest.mark.parametrize("first_page", [True, False])
def test_a_letterhead_in_the_page_header_is_read(first_page: bool) -> None:
    word = letter()
    section = word.sections[0]
    table = word.tables[0]._tbl
    if first_page:
        section.first_page_header._element.insert(0, table)
    else:
        section.different_first_page_header_footer = False
        section.header._element.insert(0, table)
        number: Any = next(iter(section.header._element.iter(qn("w:fldSimple"))))
        number.getparent().remove(number)
    assert wrong_rows(judged(word)) == set()
    texts = [passage.text for passage in read_writing(saved(word), FILE).passages]
    assert texts.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 1
    assert texts[0] == "ỦY BAN NHÂN DÂN"


PICTURE = '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/>'
HEAD_BY_TABS = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("PHƯỜNG TRẦN LIỄU", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 05/UBND-VHXH", "Phường Trần Liễu, ngày 05 tháng 3 năm 2026"),
    ("V/v tăng cường", ""),
    ("cải cách hành chính", ""),
)


def test_a_head_set_by_tabs_is_read() -> None:
    word = letter()
    table: Any = word.tables[0]._tbl
    for left, right in HEAD_BY_TABS:
        table.addprevious(xml(p(TAB + r(left) + TAB + r(right), tabs(("center", 1500)))))
    table.getparent().remove(table)
    report = judged(word)
    assert report.kind == "Công văn"
    assert not wrong_rows(report) & {("ten-loai", "có mặt"), ("trich-yeu-cong-van", "vị trí")}
    assert verdict(report, "kinh-gui", "cỡ chữ") is Verdict.PASS


@pytest.mark.parametrize("in_header", [True, False])
def test_of_a_head_that_is_a_picture_nothing_is_judged(in_header: bool) -> None:
    word = letter()
    word.element.body.remove(word.tables[0]._tbl)
    picture = xml(p(f"<w:r><w:drawing>{PICTURE}</w:drawing></w:r>"))
    place = word.sections[0].first_page_header._element if in_header else word.element.body
    place.insert(0, picture)
    assert wrong_rows(judged(word)) == set()


# --- page numbers -------------------------------------------------------------------------------


def number(instruction: str, before: str = "") -> str:
    code = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return before + BEGIN + code + SEPARATE + r("2", '<w:sz w:val="28"/>') + END


def tabs(*stops: tuple[str, int]) -> str:
    inside = (f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in stops)
    return f"<w:tabs>{''.join(inside)}</w:tabs>"


TAB = "<w:r><w:tab/></w:r>"
CENTER = '<w:jc w:val="center"/>'
MIDDLE = 4535
NUMBERS = {
    "plain": (number(" PAGE "), CENTER, True),
    "small letters": (number(" page "), CENTER, True),
    "no blank": (number("PAGE\\* MERGEFORMAT"), CENTER, True),
    "mixed": (number("Page   \\* Arabic"), CENTER, True),
    "simple": (f'<w:fldSimple w:instr="page\\*MERGEFORMAT">{r("2")}</w:fldSimple>', CENTER, True),
    "dashes": (number("PAGE", r("- ")) + r(" -"), CENTER, True),
    "old number": ("<w:r><w:pgNum/></w:r>" + r("2"), CENTER, True),
    "frame": (number("PAGE"), '<w:framePr w:hAnchor="margin" w:xAlign="center"/>', True),
    "frame at the right": (number("PAGE"), '<w:framePr w:xAlign="right"/>', False),
    "frame anywhere": (number("PAGE"), '<w:framePr w:x="4000"/>', None),
    "centre tab": (number("PAGE", TAB), tabs(("center", MIDDLE), ("right", 2 * MIDDLE)), True),
    "Word's own stops": (number("PAGE", TAB), tabs(("center", 4680), ("right", 9360)), True),
    "second tab": (number("PAGE", TAB + TAB), tabs(("left", 900), ("center", MIDDLE)), True),
    "right tab": (number("PAGE", TAB + TAB), tabs(("center", MIDDLE), ("right", 9070)), None),
    "tab relative to the margins": (
        number("PAGE", '<w:r><w:ptab w:alignment="center"/></w:r>'), "", True),
    "left": (number("PAGE"), "", False),
}  # fmt: skip


@pytest.mark.parametrize(("inline", "look", "centred"), NUMBERS.values(), ids=NUMBERS)
def test_page_numbers_of_any_spelling_and_place(
    inline: str, look: str, centred: bool | None
) -> None:
    word = letter()
    header: Any = word.sections[0].header
    header._element.replace(header.paragraphs[0]._p, xml(p(inline, look)))
    report = judged(word)
    expected = {True: Verdict.PASS, False: Verdict.FAIL, None: Verdict.UNKNOWN}[centred]
    assert verdict(report, "so-trang", "canh giữa") is expected
    wrong = {aspect for rule, aspect in wrong_rows(report) if rule == "so-trang"} - {"cỡ chữ"}
    assert wrong == (set() if centred is not False else {"canh giữa"})


def test_a_page_number_in_a_gallery_control_or_box() -> None:
    gallery = control("Page Numbers (Top of Page)", p(number("PAGE"), CENTER))
    box = p(f"<w:r><w:pict><w:txbxContent>{p(number('PAGE'))}</w:txbxContent></w:pict></w:r>")
    for block, expected in ((gallery, Verdict.PASS), (box, Verdict.UNKNOWN)):
        word = letter()
        header: Any = word.sections[0].header
        header._element.replace(header.paragraphs[0]._p, xml(block))
        assert verdict(judged(word), "so-trang", "canh giữa") is expected


def with_number(*runs: str) -> WordDocument:
    word = letter()
    header: Any = word.sections[0].header
    header._element.replace(header.paragraphs[0]._p, xml(p("".join(runs), CENTER)))
    return word


def test_a_page_number_in_roman_numerals_is_told_as_such() -> None:
    word = with_number(number("PAGE \\* roman").replace(">2<", ">ii<"))
    assert ("so-trang", "chữ số") in wrong_rows(judged(word))


def test_a_page_number_among_words_is_not_measured() -> None:
    word = with_number(r("Trang "), number("PAGE"), r("/"), number("NUMPAGES"))
    report = check_form(saved(word), rendered(GOOD)[1], FILE, measure=False)
    assert verdict(report, "so-trang-tren-trang", "đo trên trang") is Verdict.UNKNOWN
    assert ("so-trang", "chữ số") not in wrong_rows(report)


# --- lines that only the page can show -----------------------------------------------------------

VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
BORDER = '<w:top w:val="single" w:sz="6"/>'
LINES = {
    "free form": p('<w:r><w:drawing><x:custGeom xmlns:x="urn:x"/></w:drawing></w:r>'),
    "thin box": p('<w:r><w:drawing><x:prstGeom xmlns:x="urn:x" prst="rect"/></w:drawing></w:r>'),
    "VML path": p(f'<w:r><w:pict><v:shape {VML} path="m0,0l100,0e"/></w:pict></w:r>'),
    "border above": p("", f"<w:pBdr>{BORDER}</w:pBdr>"),
    "nested table": f"<w:tbl><w:tblPr><w:tblBorders>{BORDER}</w:tblBorders></w:tblPr><w:tr><w:tc>"
    "<w:p/></w:tc></w:tr></w:tbl>",
    "nested cell": f"<w:tbl><w:tr><w:tc><w:tcPr><w:tcBorders>{BORDER}</w:tcBorders></w:tcPr><w:p/>"
    "</w:tc></w:tr></w:tbl>",
    "leader of a tab": p(
        "<w:r><w:tab/></w:r>",
        '<w:tabs><w:tab w:val="right" w:pos="4000" w:leader="underscore"/></w:tabs>',
    ),
    "underlined blanks": p(r("          ", '<w:u w:val="single"/>')),
    "nested table of a style": '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tr>'
    "<w:tc><w:p/></w:tc></w:tr></w:tbl>",
}


def without_line() -> WordDocument:
    """Return a letter without the line below its motto."""
    word = letter()
    place: Any = find(word, "Độc lập")._p
    place.getparent().remove(place.getnext())
    return word


@pytest.mark.parametrize("block", LINES.values(), ids=LINES)
def test_what_may_be_a_line_is_not_called_missing(block: str) -> None:
    word = without_line()
    find(word, "Độc lập")._p.addnext(xml(block))
    report = judged(word)
    assert wrong_rows(report) == set()
    assert verdict(report, "duong-ke-tieu-ngu", "đường kẻ") is Verdict.UNKNOWN


def test_a_line_anchored_elsewhere_is_not_called_missing() -> None:
    word = without_line()
    line = deepcopy(next(iter(word.element.iter(qn("w:pict")))))
    run: Any = find(word, "Kính gửi").add_run()._r
    run.append(line)
    assert verdict(judged(word), "duong-ke-tieu-ngu", "đường kẻ") is Verdict.UNKNOWN


def test_a_missing_line_stays_a_mistake() -> None:
    assert wrong_rows(judged(without_line())) == {("duong-ke-tieu-ngu", "đường kẻ")}


# --- numbering ----------------------------------------------------------------------------------


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def defined(name: int, inside: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{inside}</w:abstractNum>'


def listed(of: int, inside: str = "") -> str:
    return f'<w:num w:numId="91"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


ROMAN = level(0, "upperRoman", "%1.")
STYLE = '<w:styleLink w:val="L"/>'
LINK = '<w:numStyleLink w:val="L"/>'
START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'
LISTS = {
    "style": (defined(80, STYLE + ROMAN) + defined(81, LINK), listed(81), ["I. x", "II. x"]),
    "level in its place": (
        defined(80, level(0, "decimal", "%1)")),
        listed(80, f'<w:lvlOverride w:ilvl="0">{ROMAN}</w:lvlOverride>'),
        ["I. x", "II. x"],
    ),
    "style and start": (
        defined(80, STYLE + ROMAN) + defined(81, LINK), listed(81, START), ["IV. x", "V. x"]),
    "circle": (defined(80, STYLE + LINK), listed(80), ["x", "x"]),
}  # fmt: skip


def item(depth: int = 0) -> str:
    return p(r("x"), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')


def numbered(definitions: str, lists: str, *blocks: str) -> list[str]:
    """Return the texts of paragraphs with these definitions of lists in their file."""
    word = word_of()
    numbering: Any = word.part.numbering_part.element
    for element in reversed(list(xml(f"<w:numbering>{definitions}</w:numbering>"))):
        numbering.insert(0, element)
    numbering.extend(list(xml(f"<w:numbering>{lists}</w:numbering>")))
    for block in blocks:
        word.element.body.insert(len(word.element.body) - 1, xml(block))
    return [passage.text for passage in read_writing(saved(word), FILE).passages]


@pytest.mark.parametrize(("definitions", "lists", "expected"), LISTS.values(), ids=LISTS)
def test_numbering_styles_and_levels_in_place_number(
    definitions: str, lists: str, expected: list[str]
) -> None:
    assert numbered(definitions, lists, item(), item()) == expected


@pytest.mark.parametrize(
    ("legal", "expected"), [("<w:isLgl/>", "1.1 x"), ('<w:isLgl w:val="0"/>', "I.1 x")]
)
def test_numbers_in_arabic_numerals_throughout(legal: str, expected: str) -> None:
    definitions = defined(80, ROMAN + level(1, "decimal", "%1.%2", legal))
    assert numbered(definitions, listed(80), item(), item(1)) == ["I. x", expected]


def test_a_level_counts_on_through_the_levels_above_it() -> None:
    article = level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')
    point = level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>')
    found = numbered(
        defined(80, ROMAN + article + point),
        listed(80),
        *map(item, (0, 1, 2, 1, 2, 0, 1, 2)),
    )
    expected = ["I.", "Điều 1.", "a)", "Điều 2.", "b)", "II.", "Điều 3.", "a)"]
    assert found == [f"{label} x" for label in expected]


@pytest.mark.parametrize(
    ("start", "override", "expected"),
    [(0, None, ["0. x", "1. x", "2. x"]), (5, 1, ["1. x", "2. x", "3. x"]),
     (1, 0, ["0. x", "1. x", "2. x"]), (5, None, ["5. x", "6. x", "7. x"])],
)  # fmt: skip
def test_a_list_begins_where_it_is_told_to(
    start: int, override: int | None, expected: list[str]
) -> None:
    begin = f'<w:startOverride w:val="{override}"/>' if override is not None else ""
    inside = f'<w:lvlOverride w:ilvl="0">{begin}</w:lvlOverride>'
    definitions = defined(80, level(0, "decimal", "%1.", start=start))
    assert numbered(definitions, listed(80, inside), item(), item(), item()) == expected


def test_an_empty_paragraph_of_a_list_is_counted() -> None:
    empty = item().replace(r("x"), "")
    definitions = defined(80, level(0, "decimal", "%1."))
    assert numbered(definitions, listed(80), item(), empty, item()) == ["1. x", "3. x"]


def test_a_list_of_a_style_without_a_link_back_is_followed() -> None:
    word = word_of()
    numbering: Any = word.part.numbering_part.element
    others = '<w:num w:numId="92"><w:abstractNumId w:val="80"/></w:num>'
    inside = f"{defined(80, ROMAN)}{defined(81, LINK)}{listed(81)}{others}"
    for element in list(numbering):
        numbering.remove(element)
    numbering.extend(list(xml(f"<w:numbering>{inside}</w:numbering>")))
    word.styles.element.append(
        xml(
            '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>'
            '<w:numId w:val="92"/></w:numPr></w:pPr></w:style>'
        )
    )
    word.element.body.insert(0, xml(item()))
    (passage,) = read_writing(saved(word), FILE).passages
    assert passage.text == "I. x"


# --- odd values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ('<w:r><w:sym w:char="D800"/></w:r>', "•"),
        ('<w:r><w:sym w:char="DFFF"/></w:r>', "•"),
        ('<w:r><w:sym w:char="-5"/></w:r>', "•"),
        ('<w:r><w:sym w:char="FFFFFFFF"/></w:r>', "•"),
        ('<w:r><w:sym w:char="xyz"/></w:r>', ""),
        ("<w:r><w:sym/></w:r>", ""),
        ('<w:r><w:sym w:char="00E2"/></w:r>', "â"),
        ('<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
         'compatibility/2006"/></w:r>', ""),
    ],
)  # fmt: skip
def test_odd_signs_are_read(run: str, expected: str) -> None:
    (passage,) = read_writing(with_body(p(r("a ") + run + r(" b"))), FILE).passages
    assert passage.text.encode().decode() == f"a {expected} b"


def test_lengths_with_units_are_lengths() -> None:
    word = letter()
    size: Any = word.sections[0]._sectPr.find(qn("w:pgSz"))
    size.set(qn("w:w"), "210mm")
    size.set(qn("w:h"), "29.7cm")
    assert wrong_rows(judged(word)) == set()
    size.set(qn("w:w"), "200mm")
    assert ("kho-giay", "khổ giấy") in wrong_rows(judged(word))
