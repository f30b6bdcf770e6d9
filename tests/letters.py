"""Word files as people of other offices type them: an official letter, a decision, a notice."""

from __future__ import annotations

from typing import Any

from docx import Document as new_word
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from words import LONG

NAMES = nsdecls("w")
LINE = (
    f'<w:r {NAMES} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:line from="0,2pt"'
    ' to="100pt,2pt"/></w:pict></w:r>'
)
FIELD = (
    f'<w:fldSimple {NAMES} w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>2</w:t>'
    "</w:r></w:fldSimple>"
)


def blank_word() -> WordDocument:
    """Return a Word file with the page, font and page number of the decree."""
    word = new_word()
    (section,) = word.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = ALIGN.CENTER
    head._p.append(parse_xml(FIELD))
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    return word


def line(
    place: Any,
    text: str,
    size: float = 14,
    look: str = "",
    align: ALIGN | None = ALIGN.CENTER,
) -> Paragraph:
    """Add a line; ``look`` is any of "b" and "i"."""
    paragraph: Paragraph = place.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = "b" in look, "i" in look
    if align is not None:
        paragraph.alignment = align
    return paragraph


def content(word: WordDocument, text: str, look: str = "", bold: str = "") -> Paragraph:
    paragraph = line(word, bold, 14, "b", ALIGN.JUSTIFY) if bold else word.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    run = paragraph.add_run(text)
    run.font.size, run.italic = Pt(14), "i" in look
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.space_after = Pt(6)
    return paragraph


def cells(word: WordDocument, rows: int) -> list[Any]:
    """Return the cells of a table of two columns, emptied."""
    found = []
    for row in word.add_table(rows=rows, cols=2).rows:
        for cell in row.cells:
            cell._tc.remove(cell.paragraphs[0]._p)
            found.append(cell)
    return found


def head(word: WordDocument, number: str, about: str = "", superior: str = "") -> None:
    agency, nation, left, right = cells(word, 2)
    if superior:
        line(agency, superior, 13)
        line(agency, "PHÒNG VĂN HÓA - XÃ HỘI", 13, "b")
    else:
        line(agency, "ỦY BAN NHÂN DÂN", 13, "b")
        line(agency, "PHƯỜNG TRẦN LIỄU", 13, "b")
    line(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "b")
    line(nation, "Độc lập - Tự do - Hạnh phúc", 14, "b")
    for cell in (agency, nation):
        line(cell, "")._p.append(parse_xml(LINE))
    line(left, number, 13)
    if about:
        line(left, about, 12)
    line(right, "Phường Trần Liễu, ngày 05 tháng 3 năm 2026", 14, "i")


def foot(word: WordDocument, recipients: tuple[str, ...], capacity: tuple[str, ...]) -> None:
    left, right = cells(word, 1)
    line(left, "Nơi nhận:", 12, "bi", None)
    for recipient in recipients:
        line(left, recipient, 11, "", None)
    for text in capacity:
        line(right, text, 14, "b")
    line(right, "")
    line(right, "Trần Thị Tình", 14, "b")


def letter() -> WordDocument:
    word = blank_word()
    head(word, "Số: 05/UBND-VHXH", "V/v tăng cường cải cách hành chính")
    line(word, "Kính gửi:", align=None)
    line(word, "- Các phòng chuyên môn;", align=None)
    line(word, "- Các đơn vị sự nghiệp.", align=None)
    content(word, f"{LONG} như sau:")
    content(word, f"1. {LONG}.")
    content(word, f"2. {LONG}.")
    content(word, f"{LONG}./.")
    recipients = ("- Như trên;", "- Lưu: VT, VHXH. PL.(30)")
    foot(word, recipients, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    return word


def decision() -> WordDocument:
    word = blank_word()
    head(word, "Số:        /QĐ-UBND")
    line(word, "QUYẾT ĐỊNH", 14, "b")
    line(word, "Về việc ban hành Quy chế làm việc", 14, "b")
    line(word, "")._p.append(parse_xml(LINE))
    line(word, "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG TRẦN LIỄU", 14, "b")
    content(word, "Căn cứ Luật Tổ chức chính quyền địa phương;", "i")
    content(word, "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.", "i")
    line(word, "QUYẾT ĐỊNH:", 14, "b").paragraph_format.space_after = Pt(6)
    content(word, f"{LONG}.", bold="Điều 1. ")
    content(word, f"{LONG}./.", bold="Điều 2. ")
    foot(word, ("- Như Điều 2;", "- Lưu: VT, VHXH."), ("CHỦ TỊCH",))
    return word


def of_a_unit() -> WordDocument:
    word = blank_word()
    head(word, "Số: 12/TB-VHXH", superior="UBND PHƯỜNG TRẦN LIỄU")
    line(word, "THÔNG BÁO", 14, "b")
    line(word, "Lịch họp tháng 3", 14, "b")
    line(word, "")._p.append(parse_xml(LINE))
    for number in ("1.1.", "1.2.", "1.3."):
        content(word, "", bold=f"{number} Việc chung")
        content(word, f"{LONG}.")
    content(word, "Mục này kết thúc./.")
    foot(word, ("- Các phòng;", "- Lưu: VT."), ("TRƯỞNG PHÒNG",))
    return word


def everywhere(word: WordDocument) -> list[Paragraph]:
    inside = [
        paragraph
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    return [*word.paragraphs, *inside]


def find(word: WordDocument, text: str) -> Paragraph:
    return next(each for each in everywhere(word) if text in each.text)
