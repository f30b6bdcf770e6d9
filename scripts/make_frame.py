"""Build templates/frame.docx anew from the rules of form, so that they can be reviewed as text.

Run with ``.venv/bin/python scripts/make_frame.py [PATH]``. The frame is an ordinary Word file:
after this, an official may open it in Word and change a style; the PDF follows. Running the
script again takes such changes back.

Sizes follow the pair 13/14 of Decree 30/2020/NĐ-CP, Annex I, Mục V; lengths below are points
(pt) in the table of styles and millimetres (mm) for the page.
"""

from __future__ import annotations

import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

FONT = "Times New Roman"
TWIPS_PER_MM = 1440 / 25.4

# Annex I, Mục I: A4; top and bottom 20-25 mm, left 30-35 mm, right 15-20 mm.
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
HEADER_DISTANCE = FOOTER_DISTANCE = 10.0
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT

# The motto's 14 pt line needs 95 mm; the agency's name on two lines 47 mm.
HEADER_WIDTHS = (65.0, 100.0)
SIGNATURE_WIDTHS = (75.0, 90.0)

LINE = 18.0
"""Fixed pitch: between single (16.1 pt at 14 pt) and 1.5 lines; the same in Word and in CSS."""

INDENT = 36.0
"""First line 1.27 cm (Annex I, II.6.e)."""

CELL_PADDING = 5.0
"""Left and right padding of table cells, pt."""


@dataclass(frozen=True)
class Style:
    """One named paragraph style; sizes, indents and spaces in points, ``line`` 0 for single."""

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    first_line: float = 0
    left: float = 0
    right: float = 0
    after: float = 0
    line: float = LINE
    keep_next: bool = False
    outline: int | None = None
    rule: bool = False
    color: str = ""


STYLES = (
    Style("QuocHieu", "VB Quốc hiệu", 13, bold=True, align="center"),
    Style("TieuNgu", "VB Tiêu ngữ", 14, bold=True, align="center"),
    Style("CoQuanChuQuan", "VB Cơ quan chủ quản", 13, align="center"),
    Style("CoQuanBanHanh", "VB Cơ quan ban hành", 13, bold=True, align="center"),
    Style("DuongKe", "VB Đường kẻ", 2, align="center", line=4, after=6, rule=True),
    # 6 pt above the abstract of a letter (II.5); the row is as high as the line of place and date.
    Style("SoKyHieu", "VB Số, ký hiệu", 13, align="center", after=6),
    Style("TrichYeuCongVan", "VB Trích yếu công văn", 13, align="center", after=12),
    Style("DiaDanhThoiGian", "VB Địa danh, thời gian", 14, italic=True, align="center", after=12),
    # Annex I, III.2: a box 8 mm high in bright red; its lines come with the word.
    Style("DoKhan", "VB Độ khẩn", 13, bold=True, align="center", after=12, line=19, color="FF0000"),
    Style("TenLoai", "VB Tên loại", 14, bold=True, align="center", keep_next=True),
    Style("TrichYeu", "VB Trích yếu", 14, bold=True, align="center", left=14, right=14),
    Style("KinhGui", "VB Kính gửi", 14, left=85, after=6),
    Style("KinhGuiTen", "VB Kính gửi, từng nơi", 14, left=134, after=6),
    Style("ThamQuyen", "VB Thẩm quyền", 14, bold=True, align="center", after=6, keep_next=True),
    Style("CanCu", "VB Căn cứ", 14, italic=True, align="both", first_line=INDENT, after=6),
    Style("NoiDung", "VB Nội dung", 14, align="both", first_line=INDENT, after=6),
    Style("GachDau", "VB Gạch đầu dòng", 14, align="both", first_line=INDENT, after=6),
    Style("DoanSo", "VB Đoạn có số", 14, align="both", first_line=INDENT, after=6),
    Style("Phan", "VB Phần", 14, bold=True, align="center", after=6, keep_next=True, outline=0),
    Style(
        "MucTieuMuc",
        "VB Mục, tiểu mục của chương",
        14,
        bold=True,
        align="center",
        after=6,
        keep_next=True,
        outline=1,
    ),
    Style(
        "Dieu",
        "VB Điều",
        14,
        bold=True,
        align="both",
        first_line=INDENT,
        after=6,
        keep_next=True,
        outline=1,
    ),
    Style(
        "Muc",
        "VB Mục",
        14,
        bold=True,
        align="left",
        first_line=INDENT,
        after=6,
        keep_next=True,
        outline=1,
    ),
    Style(
        "Khoan",
        "VB Khoản",
        14,
        bold=True,
        align="left",
        first_line=INDENT,
        after=6,
        keep_next=True,
        outline=2,
    ),
    Style(
        "Diem",
        "VB Điểm",
        14,
        bold=True,
        align="left",
        first_line=INDENT,
        after=6,
        keep_next=True,
        outline=3,
    ),
    Style(
        "Tiet",
        "VB Tiết",
        14,
        bold=True,
        italic=True,
        align="left",
        first_line=INDENT,
        after=6,
        keep_next=True,
        outline=4,
    ),
    Style("NoiNhan", "VB Nơi nhận", 12, bold=True, italic=True),
    Style("NoiNhanTen", "VB Nơi nhận, từng nơi", 11, line=14),
    Style("QuyenHan", "VB Quyền hạn, chức vụ", 14, bold=True, align="center"),
    Style("ChoKy", "VB Chỗ ký", 14, align="center"),
    Style("NguoiKy", "VB Họ tên người ký", 14, bold=True, align="center"),
    Style("KyPhuLuc", "VB Ký phụ lục", 10, align="right", line=14, after=6, keep_next=True),
    Style("SoPhuLuc", "VB Số phụ lục", 14, bold=True, align="center", keep_next=True, outline=0),
    Style("TenPhuLuc", "VB Tên phụ lục", 14, bold=True, align="center", keep_next=True),
    Style("KemTheo", "VB Kèm theo", 14, italic=True, align="center", after=12, keep_next=True),
    Style("TenBang", "VB Tên bảng", 14, bold=True, align="left", after=6, keep_next=True),
    Style("DauBang", "VB Đầu bảng", 12, bold=True, align="center", line=0),
    Style("OBang", "VB Ô bảng", 12, line=0),
    Style("SauBang", "VB Sau bảng", 14, align="right"),
    Style("TenHinh", "VB Tên hình", 14, italic=True, align="center", after=6),
    Style("SoTrang", "VB Số trang", 14, align="center", line=0),
    Style("CanhBao", "VB Cảnh báo", 12, bold=True, align="center", line=0),
    Style("CuoiMuc", "VB Ngắt mục", 1, line=1),
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def twips(points: float) -> int:
    return round(points * 20)


def mm(length: float) -> int:
    return round(length * TWIPS_PER_MM)


def style_xml(style: Style) -> str:
    """Return the w:style of one paragraph style, children in the order of the schema."""
    spacing = f'<w:spacing w:before="0" w:after="{twips(style.after)}"'
    if style.line:
        spacing += f' w:line="{twips(style.line)}" w:lineRule="exact"/>'
    else:
        spacing += ' w:line="240" w:lineRule="auto"/>'
    properties = [
        "<w:keepNext/>" if style.keep_next else "",
        "<w:widowControl/>",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        if style.rule
        else "",
        spacing,
        f'<w:ind w:left="{twips(style.left)}" w:right="{twips(style.right)}"'
        f' w:firstLine="{twips(style.first_line)}"/>',
        f'<w:jc w:val="{style.align}"/>',
        f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "",
    ]
    size = round(style.size * 2)
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{''.join(properties)}</w:pPr>"
        f"<w:rPr>{'<w:b/><w:bCs/>' if style.bold else ''}{'<w:i/><w:iCs/>' if style.italic else ''}"
        f"{color}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def styles_xml() -> str:
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    padding = twips(CELL_PADDING)
    return (
        f'{XML}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts {fonts}/><w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="BangKe"><w:name w:val="VB Bảng kẻ"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        f'<w:left w:w="{padding}" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        f'<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(style_xml(style) for style in STYLES)
        + "</w:styles>"
    )


def paragraph(style: str, text: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def layout_table(widths: tuple[float, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """Return a table without borders or padding that only places its cells."""
    grid = "".join(f'<w:gridCol w:w="{mm(width)}"/>' for width in widths)
    body = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{mm(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{mm(sum(widths))}" w:type="dxa"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def each(name: str, source: str, style: str) -> str:
    """Return a paragraph repeated for every line of ``source``."""
    return (
        paragraph(style, f"{{%p for {name} in {source} %}}")
        + paragraph(style, f"{{{{ {name} }}}}")
        + paragraph(style, "{%p endfor %}")
    )


def signing(capacity: str, name: str) -> str:
    """Return the lines of ``capacity``, room to sign, and the ``name``."""
    return (
        each("line", capacity, "QuyenHan")
        + paragraph("ChoKy", "{%p for line in signature_space %}")
        + paragraph("ChoKy", "")
        + paragraph("ChoKy", "{%p endfor %}")
        + paragraph("NguoiKy", f"{{{{ {name} }}}}")
    )


def document_xml() -> str:
    """Return the body: only places to fill, no wording; wording comes from the outlines."""
    header = layout_table(
        HEADER_WIDTHS,
        (
            (
                each("line", "superior", "CoQuanChuQuan")
                + each("line", "agency", "CoQuanBanHanh")
                + paragraph("DuongKe", "{{p agency_rule }}"),
                paragraph("QuocHieu", "{{ national_name }}")
                + paragraph("TieuNgu", "{{ motto }}")
                + paragraph("DuongKe", "{{p motto_rule }}"),
            ),
            (
                paragraph("SoKyHieu", "{{ number }}")
                + each("line", "subject", "TrichYeuCongVan")
                + paragraph("DoKhan", "{{p urgency }}"),
                paragraph("DiaDanhThoiGian", "{{ place_date }}"),
            ),
        ),
    )
    recipients = paragraph("NoiNhan", "{{ recipients_head }}") + each(
        "line", "recipients", "NoiNhanTen"
    )
    signature = layout_table(
        SIGNATURE_WIDTHS,
        (
            (
                paragraph("NoiNhan", "{%p if countersigned %}")
                + signing("countersigned", "countersigner")
                + paragraph("NoiNhan", "{%p else %}")
                + recipients
                + paragraph("NoiNhan", "{%p endif %}"),
                signing("capacity", "signer"),
            ),
        ),
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId10"/>'
        '<w:headerReference w:type="first" r:id="rId11"/>'
        '<w:footerReference w:type="default" r:id="rId12"/>'
        '<w:footerReference w:type="first" r:id="rId13"/>'
        f'<w:pgSz w:w="{mm(PAGE_WIDTH)}" w:h="{mm(PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{mm(TOP)}" w:right="{mm(RIGHT)}" w:bottom="{mm(BOTTOM)}"'
        f' w:left="{mm(LEFT)}" w:header="{mm(HEADER_DISTANCE)}"'
        f' w:footer="{mm(FOOTER_DISTANCE)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )
    return (
        f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{header}'
        + each("line", "document_type", "TenLoai")
        + paragraph("TrichYeu", "{{p abstract }}")
        + paragraph("DuongKe", "{{p abstract_rule }}")
        + paragraph("KinhGui", "{{p addressees }}")
        + paragraph("NoiDung", "{{p body }}")
        + signature
        + paragraph("NoiNhan", "{%p if countersigned %}")
        + recipients
        + paragraph("NoiNhan", "{%p endif %}")
        + paragraph("CuoiMuc", "{{p annexes }}")
        + f"{section}</w:body></w:document>"
    )


def margin_part(kind: str, content: str) -> str:
    return f'{XML}<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{kind}>'


PAGE_NUMBER = (
    '<w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
EMPTY_HEADER = '<w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr></w:p>'

SETTINGS = (
    f'{XML}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="14"/></w:compat>'
    '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    "</w:settings>"
)
FONT_TABLE = (
    f'{XML}<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:panose1 w:val="02020603050405020304"/>'
    '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def theme_xml() -> str:
    """Return a plain theme: Word asks for one; no style of the frame refers to it."""
    colors = {
        "dk1": "000000",
        "lt1": "FFFFFF",
        "dk2": "000000",
        "lt2": "FFFFFF",
        **{f"accent{number}": "000000" for number in range(1, 7)},
        "hlink": "000000",
        "folHlink": "000000",
    }
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>' for name, color in colors.items()
    )
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' name="vanban"><a:themeElements><a:clrScheme name="vanban">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="vanban"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="vanban"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


CORE = (
    f"{XML}<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title></dc:title></cp:coreProperties>'
)
APP = (
    f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>vanban</Application></Properties>'
)


def relationships(entries: tuple[tuple[str, str, str], ...]) -> str:
    items = "".join(
        f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/>'
        for id_, type_, target in entries
    )
    return f'{XML}<Relationships xmlns="{PACKAGE_REL}">{items}</Relationships>'


def parts() -> dict[str, str]:
    """Return every part of the package by name."""
    word = f"{CONTENT_TYPE}.wordprocessingml"
    types = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/word/theme/theme1.xml": f"{CONTENT_TYPE}.theme+xml",
        "/word/header1.xml": f"{word}.header+xml",
        "/word/header2.xml": f"{word}.header+xml",
        "/word/footer1.xml": f"{word}.footer+xml",
        "/word/footer2.xml": f"{word}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{CONTENT_TYPE}.extended-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in types.items()
    )
    banner = paragraph("CanhBao", "{{ banner }}")
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships(
            (
                ("rId1", f"{OFFICE_REL}/officeDocument", "word/document.xml"),
                ("rId2", f"{PACKAGE_REL}/metadata/core-properties", "docProps/core.xml"),
                ("rId3", f"{OFFICE_REL}/extended-properties", "docProps/app.xml"),
            )
        ),
        "word/_rels/document.xml.rels": relationships(
            (
                ("rId1", f"{OFFICE_REL}/styles", "styles.xml"),
                ("rId2", f"{OFFICE_REL}/settings", "settings.xml"),
                ("rId3", f"{OFFICE_REL}/fontTable", "fontTable.xml"),
                ("rId4", f"{OFFICE_REL}/theme", "theme/theme1.xml"),
                ("rId10", f"{OFFICE_REL}/header", "header1.xml"),
                ("rId11", f"{OFFICE_REL}/header", "header2.xml"),
                ("rId12", f"{OFFICE_REL}/footer", "footer1.xml"),
                ("rId13", f"{OFFICE_REL}/footer", "footer2.xml"),
            )
        ),
        "word/document.xml": document_xml(),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONT_TABLE,
        "word/theme/theme1.xml": theme_xml(),
        "word/header1.xml": margin_part("hdr", PAGE_NUMBER),
        "word/header2.xml": margin_part("hdr", EMPTY_HEADER),
        "word/footer1.xml": margin_part("ftr", banner),
        "word/footer2.xml": margin_part("ftr", banner),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
    }


def make_frame(path: Path) -> None:
    """Write the frame to ``path``; the same bytes at every run."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts().items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)


if __name__ == "__main__":
    default = Path(__file__).parent.parent / "templates" / "frame.docx"
    make_frame(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
