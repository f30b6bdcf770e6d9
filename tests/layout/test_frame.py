"""The Word frame: what is read from it, what is refused, and that both files follow its styles."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document as open_docx
from docx.shared import Pt
from msgspec.structs import replace

from documents import (
    FRAME,
    docx_of,
    edited_frame,
    frame,
    in_style,
    part,
    pdf_of,
    plain,
    replaced,
    sample,
)
from vanban.document import Document, Paragraph, Run, Signature, StyleId
from vanban.errors import TemplateError
from vanban.layout.frame import read_frame

STYLES = "word/styles.xml"
BODY = "word/document.xml"
SETTINGS = "word/settings.xml"
MM = 72 / 25.4


# --- the frame of the project ------------------------------------------------------------------


@pytest.mark.parametrize("style_id", list(StyleId))
def test_every_style_has_a_size_of_the_rules(style_id: StyleId) -> None:
    """Decree 30/2020/NĐ-CP, Annex I, Mục V: 11 to 14 pt; the rule line is no text.

    The note of signing on top of an annex has 10 (II.8).
    """
    style = frame().styles[style_id]
    assert style.ascii == "Times New Roman"
    assert style.color == ("FF0000" if style_id is StyleId.URGENCY else "000000")  # III.2
    least = 10 if style_id is StyleId.SIGNING_NOTE else 11
    assert style_id is StyleId.RULE or least <= style.size <= 14


@pytest.mark.parametrize(
    ("style_id", "expected"),
    [
        (StyleId.NATIONAL_NAME, {"size": 13, "bold": True, "align": "center"}),
        (StyleId.MOTTO, {"size": 14, "bold": True, "align": "center"}),
        (StyleId.AGENCY, {"size": 13, "bold": True, "italic": False, "align": "center"}),
        (StyleId.NUMBER, {"size": 13, "bold": False, "align": "center"}),
        (StyleId.PLACE_DATE, {"size": 14, "italic": True, "bold": False}),
        (StyleId.ABSTRACT, {"size": 14, "bold": True, "align": "center"}),
        (StyleId.LEGAL_BASIS, {"italic": True, "bold": False, "align": "both"}),
        (StyleId.BODY, {"size": 14, "bold": False, "align": "both"}),
        (StyleId.PART, {"bold": True, "align": "center", "outline": 0, "keep_next": True}),
        (StyleId.SECTION, {"bold": True, "outline": 1, "keep_next": True}),
        (StyleId.RECIPIENTS_HEAD, {"size": 12, "bold": True, "italic": True}),
        (StyleId.RECIPIENT, {"size": 11, "bold": False, "italic": False}),
        (StyleId.SIGNING_CAPACITY, {"bold": True, "align": "center"}),
        (StyleId.ANNEX_NUMBER, {"bold": True, "align": "center", "outline": 0}),
        (StyleId.ANNEX_NOTE, {"italic": True, "bold": False, "align": "center"}),
        (StyleId.BANNER, {"bold": True, "align": "center"}),
    ],
)
def test_looks(style_id: StyleId, expected: dict[str, Any]) -> None:
    style = frame().styles[style_id]
    assert {name: getattr(style, name) for name in expected} == expected


@pytest.mark.parametrize("style_id", [StyleId.BODY, StyleId.BULLET, StyleId.NUMBERED])
def test_paragraphs_of_the_body(style_id: StyleId) -> None:
    """Annex I, II.6.e: first line 1 or 1.27 cm, at least 6 pt between paragraphs, line pitch
    from single to one and a half."""
    style = frame().styles[style_id]
    assert 28 <= style.first_line <= 36.1
    assert style.after + style.before >= 6
    assert style.line_rule == "exact"
    assert 1.149 * style.size <= style.line <= 1.5 * 1.149 * style.size


def test_the_page() -> None:
    """Annex I, I.4: A4; top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm."""
    page = frame().page
    assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.1)
    assert 20 * MM - 0.1 <= page.top <= 25 * MM
    assert 20 * MM - 0.1 <= page.bottom <= 25 * MM
    assert 30 * MM - 0.1 <= page.left <= 35 * MM
    assert 15 * MM - 0.1 <= page.right <= 20 * MM
    assert page.header < page.top
    assert page.footer < page.bottom
    assert (page.turned().width, page.turned().height) == (page.height, page.width)


def test_the_tables_of_the_frame_fill_the_text_width() -> None:
    for widths in (frame().header_widths, frame().signature_widths):
        assert len(widths) == 2
        assert sum(widths) == pytest.approx(frame().page.text_width, abs=0.2)


def test_the_script_makes_the_frame_that_stands_in_templates(tmp_path: Path) -> None:
    """Where the frame was changed on purpose in Word, this names what differs from the rules."""
    import runpy

    script = runpy.run_path(str(FRAME.parent.parent / "scripts" / "make_frame.py"))
    script["make_frame"](tmp_path / "frame.docx")
    made = read_frame(tmp_path / "frame.docx")
    assert made.styles == frame().styles
    assert made.page == frame().page


# --- reading what Word may write ---------------------------------------------------------------


def styled(target: Path, *edits: Callable[[str], str]) -> Any:
    """Return the styles of the frame after ``edits`` of styles.xml."""

    def all_edits(text: str) -> str:
        for edit in edits:
            text = edit(text)
        return text

    return read_frame(edited_frame(target / "frame.docx", {STYLES: all_edits})).styles


def test_a_style_inherits_from_its_base_and_the_defaults(tmp_path: Path) -> None:
    body = StyleId.BODY
    styles = styled(
        tmp_path,
        in_style(StyleId.BULLET, 'w:basedOn w:val="Normal"', f'w:basedOn w:val="{body}"'),
        in_style(StyleId.BULLET, '<w:sz w:val="28"/><w:szCs w:val="28"/>', ""),
        in_style(body, '<w:sz w:val="28"/>', '<w:sz w:val="27"/><w:b/>'),
        in_style(StyleId.NUMBERED, '<w:sz w:val="28"/><w:szCs w:val="28"/>', ""),
        replaced('<w:color w:val="000000"/><w:sz w:val="28"/>', '<w:sz w:val="30"/>'),
    )
    assert (styles[body].size, styles[body].bold) == (13.5, True)
    assert (styles[StyleId.BULLET].size, styles[StyleId.BULLET].bold) == (13.5, True)
    assert (styles[StyleId.NUMBERED].size, styles[StyleId.NUMBERED].bold) == (15, False)


@pytest.mark.parametrize(
    ("old", "new", "name", "value"),
    [
        ("<w:b/>", '<w:b w:val="0"/>', "bold", False),
        ("<w:b/>", '<w:b w:val="false"/>', "bold", False),
        ("<w:b/>", '<w:b w:val="1"/>', "bold", True),
        ("<w:keepNext/>", '<w:keepNext w:val="0"/>', "keep_next", False),
        ('w:line="360" w:lineRule="exact"', 'w:line="360" w:lineRule="auto"', "line", 1.5),
        ('w:line="360" w:lineRule="exact"', 'w:line="360" w:lineRule="auto"', "line_rule", "auto"),
        ('w:line="360" w:lineRule="exact"', 'w:line="320" w:lineRule="exact"', "line", 16),
        ('w:firstLine="720"', 'w:hanging="360"', "first_line", -18),
        ('w:after="120"', 'w:after="60"', "after", 3),
        ('w:before="0"', 'w:before="120"', "before", 6),
        ('<w:jc w:val="left"/>', '<w:jc w:val="right"/>', "align", "right"),
        ('<w:sz w:val="28"/>', '<w:color w:val="auto"/><w:sz w:val="28"/>', "color", "000000"),
    ],
)
def test_what_word_may_write_in_a_style(
    old: str, new: str, name: str, value: object, tmp_path: Path
) -> None:
    styles = styled(tmp_path, in_style(StyleId.SECTION, old, new))
    assert getattr(styles[StyleId.SECTION], name) == value


# --- what is refused ---------------------------------------------------------------------------


def problems(path: Path) -> list[str]:
    with pytest.raises(TemplateError) as raised:
        read_frame(path)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("part_name", "edit", "words"),
    [
        (STYLES, replaced('w:styleId="NoiDung"', 'w:styleId="Khac"'), "thiếu kiểu chữ “NoiDung”"),
        (
            STYLES,
            in_style(StyleId.BODY, "<w:rPr>", '<w:rPr><w:rFonts w:ascii="Arial"/>'),
            "“NoiDung” dùng phông Arial",
        ),
        (BODY, replaced("{{ number }}", "Số {{ number }}"), "chữ riêng “Số”"),
        (
            BODY,
            replaced("<w:body>", "<w:body><w:p><w:r><w:t>MẬT</w:t></w:r></w:p>"),
            "chữ riêng “MẬT”",
        ),
        (BODY, lambda text: re.sub(r"<w:tbl>.*?</w:tbl>", "", text, count=1), "đúng hai bảng"),
        (BODY, lambda text: re.sub(r"<w:sectPr>.*?</w:sectPr>", "", text), "thiết lập trang"),
        (STYLES, lambda text: text[:500], "không đọc được khung Word"),
    ],
)
def test_a_frame_that_cannot_be_used(
    part_name: str, edit: Callable[[str], str], words: str, tmp_path: Path
) -> None:
    path = edited_frame(tmp_path / "frame.docx", {part_name: edit})
    (message,) = problems(path)
    assert message.startswith(f"{path}: ")
    assert words in message


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (in_style(StyleId.BODY, "<w:rPr>", "<w:rPr><w:caps/>"), ["chữ in hoa tự động"]),
        (in_style(StyleId.BODY, "<w:rPr>", '<w:rPr><w:u w:val="single"/>'), ["gạch chân"]),
        (in_style(StyleId.BODY, "<w:rPr>", '<w:rPr><w:spacing w:val="20"/>'), ["giãn chữ"]),
        (in_style(StyleId.BODY, 'w:lineRule="exact"', 'w:lineRule="atLeast"'), ["“At least”"]),
        # what a style inherits shows as well
        (replaced("<w:pPrDefault><w:pPr/>", "<w:pPrDefault><w:pPr><w:contextualSpacing/></w:pPr>"),
         ["bỏ khoảng cách"] * len([*StyleId, "CuoiMuc"])),
        (in_style(StyleId.BODY, "<w:rPr>", '<w:rPr><w:u w:val="none"/><w:caps w:val="0"/>'), []),
    ],
)  # fmt: skip
def test_what_the_pdf_cannot_show_is_refused(
    edit: Callable[[str], str], words: list[str], tmp_path: Path
) -> None:
    path = edited_frame(tmp_path / "frame.docx", {STYLES: edit})
    told = problems(path) if words else []
    assert [word in message for word, message in zip(words, told, strict=True)] == [True] * len(
        words
    )
    if not words:
        assert read_frame(path)


def test_a_frame_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "frame.docx"
    for data in (b"", b"A", b"PK\x03\x04 damaged"):
        path.write_bytes(data)
        assert "không đọc được khung Word" in problems(path)[0]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "A")
    assert "không đọc được khung Word" in problems(path)[0]
    path.unlink()
    assert "không đọc được khung Word" in problems(path)[0]


def test_all_missing_styles_are_told_at_once(tmp_path: Path) -> None:
    def rename(text: str) -> str:
        return text.replace('w:styleId="Phan"', 'w:styleId="P"').replace(
            'w:styleId="Muc"', 'w:styleId="M"'
        )

    assert len(problems(edited_frame(tmp_path / "frame.docx", {STYLES: rename}))) == 2


# --- a style changed in Word changes both files ------------------------------------------------


def body_sizes(pdf: bytes, words: str) -> set[float]:
    """Return the sizes of the letters of the line that holds ``words``."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        (found,) = file.pages[0].search(re.escape(words))
        return {round(letter["size"], 2) for letter in found["chars"] if letter["text"] != " "}


@pytest.mark.parametrize(("half_points", "size"), [("26", 13.0), ("27", 13.5), ("28", 14.0)])
def test_both_files_follow_the_body_size_of_the_frame(
    half_points: str, size: float, tmp_path: Path
) -> None:
    document = plain("Một đoạn văn của phần nội dung.")
    path = FRAME
    if half_points != "28":
        edit = in_style(
            StyleId.BODY,
            '<w:sz w:val="28"/><w:szCs w:val="28"/>',
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>',
        )
        path = edited_frame(tmp_path / "frame.docx", {STYLES: edit})
    look = read_frame(path)
    pdf = pdf_of(document, look)
    assert body_sizes(pdf, "Một đoạn văn của phần nội dung.") == {size}
    assert body_sizes(pdf, "Kính gửi") == {14.0}
    word = open_docx(io.BytesIO(docx_of(document, look)))
    (body,) = (found for found in word.paragraphs if found.text.startswith("Một đoạn"))
    assert body.style is not None
    assert body.style.font.size == Pt(size)
    assert [run.font.size for run in body.runs] == [None]


def test_both_files_follow_the_margins_of_the_frame(tmp_path: Path) -> None:
    document = plain("Một đoạn.")
    edit = replaced('w:left="1701"', 'w:left="1985"')
    look = read_frame(edited_frame(tmp_path / "frame.docx", {BODY: edit}))
    assert look.page.left == pytest.approx(35 * MM, abs=0.1)
    assert 'w:left="1985"' in part(docx_of(document, look), BODY)
    with pdfplumber.open(io.BytesIO(pdf_of(document, look))) as file:
        (found,) = file.pages[0].search("Một đoạn")
    assert found["x0"] == pytest.approx(35 * MM + look.styles[StyleId.BODY].first_line, abs=1)


# --- compatibility mode ------------------------------------------------------------------------

COMPAT = re.compile(r"<w:compat>.*?</w:compat>")
OTHER = '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="x" w:val="1"/>'


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace('w:val="14"', 'w:val="15"'),
        lambda text: re.sub(
            r"<w:compatSetting [^>]*/>",
            '<w:compatSetting w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
            f' w:name="compatibilityMode"/>{OTHER}',
            text,
        ),
        lambda text: COMPAT.sub("", text),
        lambda text: COMPAT.sub("<w:compat/>", text),
        lambda text: COMPAT.sub(f"<w:compat>{OTHER}</w:compat>", text),
        lambda text: re.sub(r"(<w:settings [^>]*)>.*</w:settings>", r"\1></w:settings>", text),
    ],
    ids=["15", "15 among others", "none", "empty", "only others", "no settings at all"],
)
def test_the_docx_says_mode_14_whatever_the_frame_says(
    edit: Callable[[str], str], tmp_path: Path
) -> None:
    look = read_frame(edited_frame(tmp_path / "frame.docx", {SETTINGS: edit}))
    settings = part(docx_of(plain("A."), look), SETTINGS)
    modes = [
        setting
        for setting in re.findall(r"<w:compatSetting [^>]*/>", settings)
        if 'w:name="compatibilityMode"' in setting
    ]
    assert len(modes) == 1
    assert 'w:val="14"' in modes[0]
    assert ("overrideTable" in settings) == ("overrideTable" in part(look.data, SETTINGS))


def test_a_frame_with_split_place_holders_still_fills(tmp_path: Path) -> None:
    """Word splits the text of a run where spelling or the cursor stood."""
    split = '{{ num</w:t></w:r><w:r><w:t xml:space="preserve">ber }}'
    look = read_frame(edited_frame(tmp_path / "f.docx", {BODY: replaced("{{ number }}", split)}))
    assert "Số: 15/BC-UBND" in part(docx_of(sample(), look), BODY)


def frame_of_before(target: Path) -> Path:
    """Write the frame as offices had it before letters and minutes could be written."""
    young = "TrichYeuCongVan|ThamQuyen|MucTieuMuc|DoKhan|Dieu"

    paragraph = r"<w:p>(?:(?!</w:p>).)*{}(?:(?!</w:p>).)*</w:p>"
    loop = paragraph.format("in subject") + ".*?" + paragraph.format("endfor")
    second = paragraph.format("if countersigned") + ".*?" + paragraph.format("(?:else|endif)")
    end = paragraph.format("(?:endif|urgency)")

    def without(*patterns: str) -> Callable[[str], str]:
        return lambda text: re.sub("|".join(patterns), "", text)

    styles = rf'<w:style [^>]*w:styleId="(?:{young})".*?</w:style>'
    return edited_frame(target, {STYLES: without(styles), BODY: without(loop, second, end)})


def test_an_older_frame_has_its_younger_styles_from_older_ones(tmp_path: Path) -> None:
    look = read_frame(frame_of_before(tmp_path / "frame.docx"))
    assert look.styles[StyleId.ARTICLE] == look.styles[StyleId.CLAUSE]
    document = replace(sample(), body=(Paragraph(StyleId.AUTHORITY, (Run("QUYẾT ĐỊNH:"),)),))
    styles = part(docx_of(document, look), STYLES)
    assert (
        'w:styleId="ThamQuyen"><w:name w:val="VB ThamQuyen"/><w:basedOn w:val="TenLoai"/>' in styles
    )


@pytest.mark.parametrize(
    ("document", "lacking"),
    [
        (replace(sample(), header=replace(sample().header, subject="V/v a")), "trích yếu công văn"),
        (replace(sample(), header=replace(sample().header, urgency="KHẨN")), "mức độ khẩn"),
        (replace(sample(), countersignature=Signature(("THƯ KÝ",), "A")), "người ký thứ hai"),
    ],
)
def test_an_older_frame_says_what_it_has_no_place_for(
    document: Document, lacking: str, tmp_path: Path
) -> None:
    look = read_frame(frame_of_before(tmp_path / "frame.docx"))
    with pytest.raises(TemplateError, match=f"chưa có chỗ cho {lacking}"):
        docx_of(document, look)
