"""Documents with one mistake of form each, made from a good one, and the rows that must turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from documents import in_style, paragraph, table
from vanban.document import Document, Heading, Run, Signature, StyleId
from words import GOOD, LONG, Edit, Expected, swapped

STYLES, BODY, HEADER = "word/styles.xml", "word/document.xml", "word/header1.xml"
BOLD, CENTER, ITALIC = "<w:b/><w:bCs/>", '<w:jc w:val="center"/>', "<w:i/><w:iCs/>"
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'


def style(style_id: StyleId, old: str, new: str) -> Mapping[str, Edit]:
    return {STYLES: in_style(style_id, old, new)}


def body(old: str, new: str, count: int = 1) -> Mapping[str, Edit]:
    return {BODY: swapped(old, new, count)}


def size(style_id: StyleId, right: int, wrong: int) -> Mapping[str, Edit]:
    """Return the edit of a size, in half points."""
    return style(style_id, f'<w:sz w:val="{right}"/>', f'<w:sz w:val="{wrong}"/>')


def run_in(text: str, look: str) -> Mapping[str, Edit]:
    """Return the edit that gives the run ``text`` a look of its own."""
    old = f'<w:r><w:t xml:space="preserve">{text}'
    return body(old, old.replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>"))


PROPERTIES: list[tuple[str, Mapping[str, Edit], Expected]] = [
    (
        "paper",
        body('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="12240" w:h="15840"/>', -1),
        {("kho-giay", "khổ giấy", "")},
    ),
    ("left margin", body('w:left="1701"', 'w:left="1417"', -1), {("le-trang", "lề trái", "")}),
    ("right margin", body('w:right="850"', 'w:right="1417"', -1), {("le-trang", "lề phải", "")}),
    ("top margin", body('w:top="1134"', 'w:top="850"', -1), {("le-trang", "lề trên", "")}),
    ("font of a run", run_in("Căn cứ Luật", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'),
     {("phong-chu", "phông chữ", "Căn cứ Luật Tổ chức chính quyề")}),
    ("font of Vietnamese letters only", run_in("Căn cứ Luật", '<w:rFonts w:hAnsi="Calibri"/>'),
     {("phong-chu", "phông chữ", "Căn cứ Luật Tổ chức chính quyề")}),
    ("font of a table",
     style(StyleId.TABLE_CELL, "<w:rPr>", '<w:rPr><w:rFonts w:ascii=".VnTime"/>'),
     {("phong-chu", "phông chữ", "1 +2")}),
    ("theme font", run_in("Căn cứ Luật", '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsi="Arial"/>'),
     {("phong-chu", "phông chữ", "Căn cứ Luật Tổ chức chính quyề")}),
    ("colour", run_in("Căn cứ Luật", '<w:color w:val="FF0000"/>'),
     {("mau-chu", "màu chữ", "Căn cứ Luật Tổ chức chính quyề")}),
    ("theme colour", run_in("Căn cứ Luật", '<w:color w:val="auto" w:themeColor="accent1"/>'),
     {("mau-chu", "màu chữ", "Căn cứ Luật Tổ chức chính quyề")}),
    ("national name, size", size(StyleId.NATIONAL_NAME, 26, 28),
     {("quoc-hieu", "cỡ chữ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT")}),
    ("national name, weight", style(StyleId.NATIONAL_NAME, BOLD, ""),
     {("quoc-hieu", "kiểu chữ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT")}),
    ("national name, place", style(StyleId.NATIONAL_NAME, CENTER, ""),
     {("quoc-hieu", "vị trí", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT")}),
    ("uneven sizes", size(StyleId.NATIONAL_NAME, 26, 24),
     {("co-chu-thong-nhat", "cỡ chữ phần đầu", "")}),
    ("motto, italic", style(StyleId.MOTTO, BOLD, BOLD + ITALIC),
     {("tieu-ngu", "kiểu chữ", "Độc lập - Tự do - Hạnh phúc")}),
    ("motto, underlined", style(StyleId.MOTTO, "<w:rPr>", '<w:rPr><w:u w:val="single"/>'),
     {("duong-ke-tieu-ngu", "đường kẻ", "Độc lập - Tự do - Hạnh phúc")}),
    ("motto, far below", style(StyleId.MOTTO, 'w:before="0"', 'w:before="240"'),
     {("quoc-hieu-tieu-ngu-lien-dong", "khoảng cách", "Độc lập - Tự do - Hạnh phúc")}),
    ("no rules at all", style(StyleId.RULE, RULE, ""),
     {("duong-ke-tieu-ngu", "đường kẻ", "Độc lập - Tự do - Hạnh phúc"),
      ("duong-ke-co-quan", "đường kẻ", "PHƯỜNG TRẦN LIỄU"),
      ("duong-ke-trich-yeu", "đường kẻ", "Kết quả thử")}),
    ("agency, weight", style(StyleId.AGENCY, BOLD, ""),
     {("co-quan-ban-hanh", "kiểu chữ", "ỦY BAN NHÂN DÂN +1")}),
    ("number, size", size(StyleId.NUMBER, 26, 28), {("so-ky-hieu", "cỡ chữ", "Số: 15/BC-UBND")}),
    ("number, bold", style(StyleId.NUMBER, "<w:rPr>", f"<w:rPr>{BOLD}"),
     {("so-ky-hieu", "kiểu chữ", "Số: 15/BC-UBND")}),
    ("date, upright", style(StyleId.PLACE_DATE, ITALIC, ""),
     {("dia-danh-thoi-gian", "kiểu chữ", "Phường Trần Liễu, ngày 01 thán")}),
    ("type, size", size(StyleId.DOCUMENT_TYPE, 28, 32), {("ten-loai", "cỡ chữ", "BÁO CÁO")}),
    ("abstract, weight", style(StyleId.ABSTRACT, BOLD, ""),
     {("trich-yeu", "kiểu chữ", "Kết quả thử")}),
    ("addressee, bold", style(StyleId.ADDRESSEE, "<w:rPr>", f"<w:rPr>{BOLD}"),
     {("kinh-gui", "kiểu chữ", "Kính gửi: Ủy ban nhân dân thàn")}),
    ("legal basis, upright", style(StyleId.LEGAL_BASIS, ITALIC, ""),
     {("can-cu", "kiểu chữ", "Căn cứ Luật Tổ chức chính quyề +1")}),
    ("content, size", size(StyleId.BODY, 28, 24),
     {("noi-dung", "cỡ chữ", "Các phòng, ban chuyên môn tổ c +1")}),
    ("content, two sizes", size(StyleId.BODY, 28, 26),
     {("noi-dung-mot-co-chu", "cỡ chữ thống nhất", "Các phòng, ban chuyên môn tổ c +1")}),
    ("content, italic", style(StyleId.BODY, "<w:rPr>", f"<w:rPr>{ITALIC}"),
     {("noi-dung", "kiểu chữ", "Các phòng, ban chuyên môn tổ c +1")}),
    ("content, ragged", style(StyleId.BODY, 'w:jc w:val="both"', 'w:jc w:val="left"'),
     {("canh-deu", "canh lề", "Các phòng, ban chuyên môn tổ c +1")}),
    ("content, no indent",
     {STYLES: lambda text: in_style(StyleId.BULLET, 'w:firstLine="720"', 'w:firstLine="0"')(
         in_style(StyleId.BODY, 'w:firstLine="720"', 'w:firstLine="0"')(text))},
     {("lui-dau-dong", "lùi đầu dòng", "Các phòng, ban chuyên môn tổ c +3")}),
    ("content, uneven indents", style(StyleId.BULLET, 'w:firstLine="720"', 'w:firstLine="567"'),
     {("lui-dau-dong-deu", "lùi đầu dòng đều nhau", "- Các phòng, ban chuyên môn tổ +1")}),
    ("content, tight", style(StyleId.POINT, 'w:after="120"', 'w:after="60"'),
     {("khoang-cach-doan", "khoảng cách giữa các đoạn", "- Các phòng, ban chuyên môn tổ +1")}),
    ("content, wide lines",
     style(StyleId.BODY, 'w:line="360" w:lineRule="exact"', 'w:line="480" w:lineRule="auto"'),
     {("gian-dong", "giãn dòng", "Các phòng, ban chuyên môn tổ c +1")}),
    ("content, narrow lines", style(StyleId.BODY, 'w:line="360"', 'w:line="280"'),
     {("gian-dong", "giãn dòng", "Các phòng, ban chuyên môn tổ c +1")}),
    ("part, upright",
     style(StyleId.PART, BOLD, ""),
     {("phan-chuong", "kiểu chữ", "Phần I"), ("tieu-de-phan-chuong", "kiểu chữ", "MỤC ĐÍCH")}),
    ("section, light", style(StyleId.SECTION, BOLD, ""), {("muc-la-ma", "kiểu chữ", "I. YÊU CẦU")}),
    ("clause title, light", style(StyleId.CLAUSE, BOLD, ""),
     {("khoan-tieu-de-dam", "kiểu chữ của tiêu đề", "1. Công tác chỉ đạo")}),
    ("clause, size", size(StyleId.CLAUSE, 28, 24), {("khoan", "cỡ chữ", "1. Công tác chỉ đạo")}),
    ("point, italic", style(StyleId.POINT, BOLD, BOLD + ITALIC),
     {("diem", "kiểu chữ", "a) Kế hoạch +1")}),
    ("capacity, light", style(StyleId.SIGNING_CAPACITY, BOLD, ""),
     {("quyen-han", "kiểu chữ", "TM. ỦY BAN NHÂN DÂN +1")}),
    ("name, italic", style(StyleId.SIGNER, BOLD, BOLD + ITALIC),
     {("ho-ten", "kiểu chữ", "Trần Thị Tình")}),
    ("recipients, upright", style(StyleId.RECIPIENTS_HEAD, ITALIC, ""),
     {("noi-nhan", "kiểu chữ", "Nơi nhận:")}),
    ("recipients, size", size(StyleId.RECIPIENTS_HEAD, 24, 26),
     {("noi-nhan", "cỡ chữ", "Nơi nhận:")}),
    ("list of recipients, size", size(StyleId.RECIPIENT, 22, 24),
     {("danh-sach-noi-nhan", "cỡ chữ", "- Như trên; +1")}),
    ("annex number, size", size(StyleId.ANNEX_NUMBER, 28, 26),
     {("so-phu-luc", "cỡ chữ", "Phụ lục I +1")}),
    ("annex title, light", style(StyleId.ANNEX_TITLE, BOLD, ""),
     {("ten-phu-luc", "kiểu chữ", "BẢNG +1")}),
    ("annex note, upright", style(StyleId.ANNEX_NOTE, ITALIC, ""),
     {("kem-theo", "kiểu chữ", "(Kèm theo Báo cáo) +1")}),
    ("annex pages go on", body('<w:pgNumType w:start="1"/>', "", -1),
     {("phu-luc-so-trang", "đánh số trang", "Phụ lục I +1")}),
    ("page number on page 1", body("<w:titlePg/>", "", -1), {("so-trang", "trang đầu", "")}),
    ("page number, left", style(StyleId.PAGE_NUMBER, CENTER, ""), {("so-trang", "canh giữa", "")}),
    ("page number, size", size(StyleId.PAGE_NUMBER, 28, 22), {("so-trang", "cỡ chữ", "")}),
    ("page number, italic", style(StyleId.PAGE_NUMBER, "<w:rPr>", f"<w:rPr>{ITALIC}"),
     {("so-trang", "kiểu chữ", "")}),
    ("page number at the foot",
     {HEADER: swapped(" PAGE ", " TITLE "), "word/footer1.xml": swapped(
         "</w:p>", '<w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>')},
     {("so-trang", "vị trí", ""), ("so-trang", "cỡ chữ", ""), ("so-trang", "kiểu chữ", "")}),
    ("highlight", run_in("Căn cứ Luật", '<w:highlight w:val="yellow"/>'),
     {("con-sot", "chữ tô nền", "Căn cứ Luật Tổ chức chính quyề")}),
    ("words changed afterwards", body("nghiêm túc", "nhanh"),
     {("sua-sau-khi-tao", "lời văn so với khi tạo", "")}),
]  # fmt: skip
"""Name, what is changed in the package, rows that turn with their places."""


def head(**changes: Any) -> Document:
    return replace(GOOD, header=replace(GOOD.header, **changes))


def ending(text: str) -> Document:
    return replace(GOOD, body=(*GOOD.body[:-1], paragraph(text)))


def with_headings(*labels: str, style_id: StyleId = StyleId.POINT) -> Document:
    headings = tuple(
        Heading(style_id, 4, label, (Run("Việc chung"),), False, f"them-{index}")
        for index, label in enumerate(labels)
    )
    middle = tuple(part for heading in headings for part in (heading, paragraph(f"{LONG}.")))
    return replace(GOOD, body=(*GOOD.body[:3], *middle, GOOD.body[7], *GOOD.body[9:]))


def signed(*capacity: str, name: str = "Trần Thị Tình") -> Document:
    return replace(GOOD, signature=Signature(capacity, name))


def sent_to(*recipients: str) -> Document:
    return replace(GOOD, recipients=recipients)


TEXTS: list[tuple[str, Document, Expected]] = [
    ("national name", head(national_name="CỘNG HÒA XÃ HỘI CHỦ NGHĨA  VIỆT NAM"),
     {("quoc-hieu-loi-van", "lời văn", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT")}),
    ("motto with dashes", head(motto="Độc lập – Tự do – Hạnh phúc"),
     {("tieu-ngu-loi-van", "lời văn", "Độc lập – Tự do – Hạnh phúc")}),
    ("superior of a committee", head(superior=("UBND THÀNH PHỐ HẢI PHÒNG",)),
     {("chu-quan-tren-uy-ban", "cơ quan chủ quản", "UBND THÀNH PHỐ HẢI PHÒNG")}),
    ("agency in small letters", head(agency=("Ủy ban nhân dân", "Phường Trần Liễu")),
     {("co-quan-ban-hanh", "chữ hoa, chữ thường", "Ủy ban nhân dân +1")}),
    ("number without zero", head(number="Số: 5/BC-UBND"),
     {("so-ky-hieu-cach-viet", "cách viết", "Số: 5/BC-UBND")}),
    ("spaces in the symbol", head(number="Số: 15/BC - UBND"),
     {("so-ky-hieu-cach-viet", "cách viết", "Số: 15/BC - UBND")}),
    ("no colon", head(number="Số 15/BC-UBND"),
     {("so-ky-hieu-cach-viet", "cách viết", "Số 15/BC-UBND")}),
    ("year in the number", head(number="Số: 15/2026/BC-UBND"),
     {("so-ky-hieu-cach-viet", "cách viết", "Số: 15/2026/BC-UBND"),
      ("ky-hieu-ten-loai", "chữ viết tắt tên loại", "Số: 15/2026/BC-UBND")}),
    ("symbol of another type", head(number="Số: 15/KH-UBND"),
     {("ky-hieu-ten-loai", "chữ viết tắt tên loại", "Số: 15/KH-UBND")}),
    ("code of another agency", head(number="Số: 15/BC-HĐND"),
     {("ky-hieu-co-quan", "chữ viết tắt cơ quan", "Số: 15/BC-HĐND")}),
    ("drafter in another size", sent_to("- Như trên;", "- Lưu: VT. TT.(30)"), set()),
    ("day without zero", head(place_date="Phường Trần Liễu, ngày 5 tháng 8 năm 2025"),
     {("ngay-thang-cach-viet", "cách viết", "Phường Trần Liễu, ngày 5 tháng")}),
    ("month with zero", head(place_date="Phường Trần Liễu, ngày 05 tháng 08 năm 2025"),
     {("ngay-thang-cach-viet", "cách viết", "Phường Trần Liễu, ngày 05 thán")}),
    ("no comma", head(place_date="Phường Trần Liễu ngày 05 tháng 8 năm 2025"),
     {("ngay-thang-cach-viet", "cách viết", "Phường Trần Liễu ngày 05 tháng")}),
    ("abstract in capitals", head(abstract="KẾT QUẢ THỬ"),
     {("trich-yeu", "chữ hoa, chữ thường", "KẾT QUẢ THỬ")}),
    ("plan with an addressee", head(document_type="KẾ HOẠCH", number="Số: 15/KH-UBND"),
     {("kinh-gui-theo-loai", "theo loại văn bản", "Kính gửi: Ủy ban nhân dân thàn")}),
    ("no such reader", head(addressees=()), {("kinh-gui-theo-loai", "“Như trên”", "- Như trên;")}),
    ("bases with commas", replace(GOOD, body=(
        paragraph("Căn cứ Luật Tổ chức chính quyền địa phương,", StyleId.LEGAL_BASIS),
        *GOOD.body[1:])), {("can-cu-dau-cau", "dấu câu", "Căn cứ Luật Tổ chức chính quyề")}),
    ("last basis open", replace(GOOD, body=(GOOD.body[0], paragraph(
        "Căn cứ Nghị quyết số 76/NQ-CP;", StyleId.LEGAL_BASIS), *GOOD.body[2:])),
     {("can-cu-dau-cau", "dấu câu", "Căn cứ Nghị quyết số 76/NQ-CP;")}),
    ("annex without note", replace(GOOD, annexes=(
        replace(GOOD.annexes[0], note="Bảng này"), GOOD.annexes[1])),
     {("phu-luc-kem-theo", "dòng kèm theo", "Phụ lục I"), ("ten-phu-luc", "kiểu chữ", "Bảng này"),
      ("ten-phu-luc", "chữ hoa, chữ thường", "Bảng này")}),
    ("no end sign", ending(f"{LONG}."),
     {("ket-thuc", "dấu kết thúc", "Các phòng, ban chuyên môn tổ c")}),
    ("two end signs", replace(GOOD, body=(*GOOD.body[:2], paragraph(f"{LONG}./."), *GOOD.body[3:])),
     {("ket-thuc", "dấu kết thúc", "Các phòng, ban chuyên môn tổ c")}),
    ("point e after d", with_headings("a)", "b)", "c)", "d)", "e)"),
     {("diem-thu-tu-chu-cai", "thứ tự chữ cái", "e)")}),
    ("point f", with_headings("a)", "b)", "c)", "d)", "đ)", "e)", "f)"),
     {("diem-thu-tu-chu-cai", "thứ tự chữ cái", "f)")}),
    ("clause left out", with_headings("1.", "2.", "4.", style_id=StyleId.CLAUSE),
     {("so-thu-tu", "số thứ tự", "4.")}),
    ("clause twice", with_headings("1.", "2.", "2.", style_id=StyleId.CLAUSE),
     {("so-thu-tu", "số thứ tự", "2.")}),
    ("article with a colon", with_headings("Điều 1:", style_id=StyleId.CLAUSE),
     {("de-muc-cach-viet", "cách viết", "Điều 1:")}),
    ("gap to fill", ending(f"{LONG}, đạt ………% [bổ sung]./."),
     {("con-sot", "chỗ chưa điền", "……… +1")}),
    ("slash in the capacity", signed("T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
     {("quyen-han-cach-viet", "cách viết", "T/M ỦY BAN NHÂN DÂN")}),
    ("no dot", signed("TM ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
     {("quyen-han-cach-viet", "cách viết", "TM ỦY BAN NHÂN DÂN")}),
    ("in place of a deputy", signed("TM. ỦY BAN NHÂN DÂN", "KT. PHÓ CHỦ TỊCH", "CHỦ TỊCH"),
     {("quyen-han-cach-viet", "cách viết", "KT. PHÓ CHỦ TỊCH")}),
    ("degree before the name", signed("CHỦ TỊCH", name="ThS. Trần Thị Tình"),
     {("ho-ten-hoc-vi", "học hàm, học vị", "ThS. Trần Thị Tình")}),
    ("no file copy", sent_to("- Như trên;", "- Đảng ủy phường."),
     {("noi-nhan-cach-viet", "cách viết", "- Đảng ủy phường.")}),
    ("no semicolon", sent_to("- Như trên", "- Lưu: VT."),
     {("noi-nhan-cach-viet", "cách viết", "- Như trên")}),
    ("two dashes", sent_to("- Như trên;", "- - Đảng ủy phường;", "- Lưu: VT."),
     {("noi-nhan-cach-viet", "cách viết", "- - Đảng ủy phường;")}),
    ("Như trên left out", sent_to("- Đảng ủy phường;", "- Lưu: VT."),
     {("kinh-gui-theo-loai", "“Như trên”", "- Đảng ủy phường;")}),
    ("annex in capitals",
     replace(GOOD, annexes=(replace(GOOD.annexes[0], number="PHỤ LỤC I"), GOOD.annexes[1])),
     {("phu-luc-danh-so", "cách viết", "PHỤ LỤC I")}),
    ("annex in Arabic numerals",
     replace(GOOD, annexes=(GOOD.annexes[0], replace(GOOD.annexes[1], number="Phụ lục 2"))),
     {("phu-luc-danh-so", "cách viết", "Phụ lục 2")}),
    ("annex title in small letters",
     replace(GOOD, annexes=(replace(GOOD.annexes[0], title="Bảng"), GOOD.annexes[1])),
     {("ten-phu-luc", "chữ hoa, chữ thường", "Bảng")}),
    ("deputy without KT.", signed("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"),
     {("ky-thay", "ký thay", "PHÓ CHỦ TỊCH")}),
    ("annex that is not there",
     replace(GOOD, body=(*GOOD.body[:9], paragraph(f"- {LONG} tại Phụ lục III.", StyleId.BULLET),
                         *GOOD.body[9:])),
     {("phu-luc-thieu", "phụ lục được dẫn", f"- {LONG} tại Phụ lục III."[:30])}),
    ("total that adds up to something else",
     replace(GOOD, body=(*GOOD.body[:9], table(
         ("TT", "Lĩnh vực", "Hồ sơ"), ("1", "Đất đai", "1.120"), ("2", "Hộ tịch", "80"),
         ("", "Tổng cộng", "1.210")), *GOOD.body[9:])),
     {("bang", "dòng tổng của bảng", "1.210")}),
    ("total that adds up",
     replace(GOOD, body=(*GOOD.body[:9], table(
         ("TT", "Lĩnh vực", "Hồ sơ"), ("1", "Đất đai", "1.120"), ("2", "Hộ tịch", "80"),
         ("", "Tổng cộng", "1.200")), *GOOD.body[9:])), set()),
    ("head of a sample", head(agency=("ỦY BAN NHÂN DÂN (nếu có)", "PHƯỜNG TRẦN LIỄU")),
     {("con-sot", "“(nếu có)” của mẫu", "ỦY BAN NHÂN DÂN (nếu có)"),
      ("co-quan-ban-hanh", "chữ hoa, chữ thường", "ỦY BAN NHÂN DÂN (nếu có)")}),
    ("annex that nobody mentions",
     replace(GOOD, body=(*GOOD.body[:9], *GOOD.body[10:])),
     {("phu-luc-chi-dan", "chỉ dẫn trong nội dung", "Phụ lục II")}),
    ("field to fill in", ending(f"{LONG} của «ho_ten»./."),
     {("chua-dien", "chỗ chưa điền / lỗi tham chiếu", "«ho_ten»")}),
    ("place of another agency",
     head(place_date="Hải Phòng, ngày 05 tháng 8 năm 2025"),
     {("dia-danh", "địa danh", "Hải Phòng, ngày 05 tháng 8 năm")}),
]  # fmt: skip
"""Name, document, rows that turn with their places."""
