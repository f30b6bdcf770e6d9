"""Word files as people of other offices type them: an official letter, a decision, a notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx import Document as new_word
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from words import LONG, Expected

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


def foot(
    word: WordDocument,
    recipients: tuple[str, ...],
    capacity: tuple[str, ...],
    signer: str = "Trần Thị Tình",
) -> None:
    left, right = cells(word, 1)
    line(left, "Nơi nhận:", 12, "bi", None)
    for recipient in recipients:
        line(left, recipient, 11, "", None)
    for text in capacity:
        line(right, text, 14, "b")
    line(right, "")
    line(right, signer, 14, "b")


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


# --- mistakes ----------------------------------------------------------------------------------

Change = Callable[[WordDocument], Any]


def sized(text: str, size: float) -> Change:
    return lambda word: setattr(find(word, text).runs[0].font, "size", Pt(size))


def bold(text: str, value: bool) -> Change:
    return lambda word: setattr(find(word, text).runs[0], "bold", value)


def retyped(old: str, new: str) -> Change:
    def change(word: WordDocument) -> None:
        run = find(word, old).runs[0]
        run.text = run.text.replace(old, new)

    return change


def before(
    text: str, *texts: str, look: str = "", size: float = 14, align: ALIGN | None = None
) -> Change:
    """Add lines before the paragraph with ``text``."""

    def change(word: WordDocument) -> None:
        place = find(word, text)
        for each in texts:
            added = place.insert_paragraph_before()
            if align is not None:
                added.alignment = align
            run = added.add_run(each)
            run.bold, run.font.size = "b" in look, Pt(size)

    return change


def footer_of(text: str, size: float) -> Change:
    def change(word: WordDocument) -> None:
        place = word.sections[0].first_page_footer.paragraphs[0]
        place.add_run(text).font.size = Pt(size)

    return change


def without_rules(word: WordDocument) -> None:
    for pict in list(word.element.iter(qn("w:pict"))):
        pict.getparent().remove(pict)


def underline_about(word: WordDocument) -> None:
    border = f'<w:pBdr {NAMES}><w:bottom w:val="single" w:sz="6"/></w:pBdr>'
    find(word, "V/v")._p.get_or_add_pPr().insert(0, parse_xml(border))


def typed_rule(word: WordDocument) -> None:
    without_rules(word)
    for each in everywhere(word):
        if not each.text and each.runs and each.alignment == ALIGN.CENTER:
            each.runs[0].text = "________"


def tracked(word: WordDocument) -> None:
    find(word, "như sau")._p.append(parse_xml(f"<w:ins {NAMES}><w:r><w:t> </w:t></w:r></w:ins>"))


def landscape(word: WordDocument) -> None:
    (section,) = word.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def empty_lines(word: WordDocument) -> None:
    for _ in range(3):
        find(word, "2. ").insert_paragraph_before()


NO_RULES = {
    ("duong-ke-tieu-ngu", "đường kẻ", "Độc lập - Tự do - Hạnh phúc"),
    ("duong-ke-co-quan", "đường kẻ", "PHƯỜNG TRẦN LIỄU"),
}


def table_of(height: float = 0.0, width: float = 300.0) -> Change:
    """Add a table of two rows below the content; ``height`` of the second, in pt, is exact."""

    def change(word: WordDocument) -> None:
        table = word.add_table(rows=2, cols=1)
        for column in table.columns:
            column.width = Pt(width)
        for row, text in zip(table.rows, ("Nội dung", LONG), strict=True):
            row.cells[0].width = Pt(min(width, 300.0))
            run = row.cells[0].paragraphs[0].add_run(text)
            run.font.size = Pt(13)
        if height:
            table.rows[1].height, table.rows[1].height_rule = Pt(height), WD_ROW_HEIGHT_RULE.EXACTLY
        find(word, LONG[:20])._p.addnext(table._tbl)

    return change


def enclosed(title: str) -> Change:
    """Add a list behind the signature, on a page of its own."""

    def change(word: WordDocument) -> None:
        head = line(word, title, 14, "b")
        head.paragraph_format.page_break_before = True
        for text in ("Hồ sơ thứ nhất", "Hồ sơ thứ hai", "Hồ sơ thứ ba", "Hồ sơ thứ tư"):
            content(word, text)

    return change


LETTERS: list[tuple[Callable[[], WordDocument], Change, Expected]] = [
    (letter, enclosed("DANH MỤC HỒ SƠ"),
     {("phu-luc-khong-ten", "phần sau chữ ký", "DANH MỤC HỒ SƠ")}),
    (letter, enclosed("MẪU SỐ 01"), set()),
    (letter, table_of(height=12.0), {("bang", "hàng của bảng có độ cao cố định", LONG[:30])}),
    (letter, table_of(width=600.0), {("bang", "bề rộng của bảng", "Nội dung")}),
    (letter, table_of(), set()),
    (decision, before("Điều 1. ", "Quyết định này có hiệu lực kể từ ngày ký."),
     {("hieu-luc", "câu về hiệu lực", "Quyết định này có hiệu lực kể"),
      ("lui-dau-dong", "lùi đầu dòng", "Quyết định này có hiệu lực kể"),
      ("khoang-cach-doan", "khoảng cách giữa các đoạn", "Điều 1. Các phòng, ban chuyên")}),
    (letter, sized("V/v", 14),
     {("trich-yeu-cong-van", "cỡ chữ", "V/v tăng cường cải cách hành c")}),
    (letter, bold("V/v", True),
     {("trich-yeu-cong-van", "kiểu chữ", "V/v tăng cường cải cách hành c")}),
    (letter, retyped("05/UBND-VHXH", "05/CV-UBND"),
     {("so-ky-hieu-cach-viet", "cách viết", "Số: 05/CV-UBND")}),
    (letter, retyped("05/UBND-VHXH", "05/KH-UBND"),
     {("ky-hieu-ten-loai", "chữ viết tắt tên loại", "Số: 05/KH-UBND")}),
    (letter, retyped("- Các đơn vị sự nghiệp.", "- Các đơn vị sự nghiệp"),
     {("kinh-gui-cach-viet", "cách viết", "- Các đơn vị sự nghiệp")}),
    (letter, without_rules, NO_RULES),
    (letter, underline_about,
     {("cong-van-khong-ke", "đường kẻ", "V/v tăng cường cải cách hành c")}),
    (letter, typed_rule,
     {("duong-ke-go-tay", "cách vẽ đường kẻ", "Độc lập - Tự do - Hạnh phúc +1")}),
    (letter, before("Phường Trần Liễu, ngày", "KHẨN", size=14), {("do-khan", "kiểu chữ", "KHẨN")}),
    (letter, before("Phường Trần Liễu, ngày", "MẬT", look="b", size=16),
     {("do-mat", "cỡ chữ", "MẬT")}),
    (letter, before("Phường Trần Liễu, ngày", "LƯU HÀNH NỘI BỘ"),
     {("pham-vi-luu-hanh", "kiểu chữ", "LƯU HÀNH NỘI BỘ")}),
    (letter, footer_of("Địa chỉ: số 1 đường Trần Liễu; email: a@b.vn", 14),
     {("dia-chi", "cỡ chữ", "Địa chỉ: số 1 đường Trần Liễu;")}),
    (letter, footer_of("Địa chỉ: số 1 đường Trần Liễu; email: a@b.vn", 11), set()),
    (letter, before("ỦY BAN NHÂN DÂN", "Số: 5; 05/3/2026; 10:20:30", size=12),
     {("ky-so-phu-luc", "cỡ chữ", "Số: 5; 05/3/2026; 10:20:30"),
      ("ky-so-phu-luc", "vị trí", "Số: 5; 05/3/2026; 10:20:30")}),
    (letter, tracked, {("con-sot", "theo dõi sửa đổi", "")}),
    (letter, empty_lines, {("cach-go", "dòng trống liền nhau", "2. Các phòng, ban chuyên môn t")}),
    (letter, before("2. ", f"   {LONG}."),
     {("cach-go", "lùi đầu dòng bằng dấu cách, phím Tab", "C"),
      ("lui-dau-dong", "lùi đầu dòng", "Các phòng, ban chuyên môn tổ c"),
      ("canh-deu", "canh lề", "Các phòng, ban chuyên môn tổ c"),
      ("khoang-cach-doan", "khoảng cách giữa các đoạn", "2. Các phòng, ban chuyên môn t")}),
    (letter, landscape, {("kho-giay", "hướng giấy", "")}),
    (letter, sized("- Lưu: VT", 12),
     {("danh-sach-noi-nhan", "cỡ chữ", "- Lưu: VT, VHXH."),
      ("nguoi-soan-thao", "cỡ chữ", "PL.(30)")}),
    (decision, bold("Điều 1.", False), {("dieu", "kiểu chữ", "Điều 1.")}),
    (decision, retyped("Điều 2.", "Điều 3."), {("so-thu-tu", "số thứ tự", "Điều 3.")}),
    (decision, retyped("Điều 2. ", "Điều 2: "), {("de-muc-cach-viet", "cách viết", "Điều 2:")}),
    (decision, retyped("Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.", "Theo đề nghị;"),
     {("can-cu-dau-cau", "dấu câu", "Theo đề nghị;")}),
    (decision, without_rules, {*NO_RULES, ("duong-ke-trich-yeu", "đường kẻ",
       "Về việc ban hành Quy chế làm v")}),
    (of_a_unit, bold("UBND PHƯỜNG", True),
     {("co-quan-chu-quan", "kiểu chữ", "UBND PHƯỜNG TRẦN LIỄU")}),
    (of_a_unit, bold("PHÒNG VĂN HÓA", False),
     {("co-quan-ban-hanh", "kiểu chữ", "PHÒNG VĂN HÓA - XÃ HỘI")}),
    (of_a_unit, before("PHÒNG VĂN HÓA", ""),
     {("ten-co-quan-lien-dong", "khoảng cách", "PHÒNG VĂN HÓA - XÃ HỘI")}),
    (of_a_unit, bold("1.3. Việc", False),
     {("de-muc-cung-kieu", "kiểu chữ đề mục cùng cấp", "1.3. Việc chung")}),
    (of_a_unit, retyped("UBND PHƯỜNG TRẦN LIỄU", "Ubnd Phường Trần Liễu"),
     {("co-quan-chu-quan", "chữ hoa, chữ thường", "Ubnd Phường Trần Liễu")}),
    (of_a_unit, before("1.1.", "Mục 1", "VIỆC CHUNG"),
     {("muc", "kiểu chữ", "Mục 1"),
      ("muc", "vị trí", "Mục 1"), ("tieu-de-muc", "kiểu chữ", "VIỆC CHUNG"),
      ("tieu-de-muc", "vị trí", "VIỆC CHUNG")}),
    (of_a_unit, before("1.1.", "Phần I. VIỆC CHUNG", look="b"),
     {("phan-chuong", "vị trí", "Phần I."),
      ("phan-chuong-tieu-de", "tiêu đề ở dòng dưới", "Phần I. VIỆC CHUNG")}),
    (letter, before("Phường Trần Liễu, ngày", "MẬT", "KHẨN", "LƯU HÀNH NỘI BỘ", look="b"), set()),
    (letter, before("ỦY BAN NHÂN DÂN", "Số: 5; 05/3/2026; 10:20:30", size=10, align=ALIGN.RIGHT),
     set()),
    (of_a_unit, before("1.3.", "Mục 1", "VIỆC CHUNG", look="b", align=ALIGN.CENTER), set()),
]  # fmt: skip
"""File, what is changed, rows that turn with their places; none where it is right."""
