"""Small Word files and workbooks, written part by part as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Relation = tuple[str, str, str, bool]
"""Id, kind (last word of the type), target, and whether it is called external."""


def audit(path: Path) -> list[str]:
    """Return what is wrong with a file by the schemas of Office Open XML."""
    from openxml_audit import OpenXmlValidator  # takes a second, in each process of the tests

    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def relations(entries: Iterable[Relation]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for name, kind, target, external in entries
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def types(main: str, content_type: str, others: Mapping[str, str] | None = None) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in {main: content_type, **(others or {})}.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="svg" ContentType="image/svg+xml"/>{overrides}</Types>'
    )


def word(
    body: str,
    header: str | None = None,
    relate: Iterable[Relation] = (),
    parts: Mapping[str, str | bytes] | None = None,
    main: str = "word/document.xml",
) -> bytes:
    """Return a Word file; ``body`` and ``header`` are paragraphs in WordprocessingML."""
    folder, _, name = main.rpartition("/")
    given = [("rIdH", "header", "header1.xml", False)] if header is not None else []
    reference = '<w:headerReference w:type="default" r:id="rIdH"/>' if given else ""
    section = (
        f'<w:sectPr>{reference}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    others: dict[str, str | bytes] = dict(parts or {})
    stated = {}
    if header is not None:
        others[f"{folder}/header1.xml"] = f"<w:hdr {NAMES}>{header}</w:hdr>"
        stated[f"{folder}/header1.xml"] = f"{WORD_TYPE}.header+xml"
    return zipped(
        {
            "[Content_Types].xml": types(main, f"{WORD_TYPE}.document.main+xml", stated),
            "_rels/.rels": relations([("rId1", "officeDocument", main, False)]),
            f"{folder}/_rels/{name}.rels": relations([*given, *relate]),
            main: f"<w:document {NAMES}><w:body>{body}{section}</w:body></w:document>",
            **others,
        }
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, mark: str = "") -> str:
    """Return a paragraph; ``mark`` are properties of its mark (w:rPr)."""
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


def complex_field(instruction: str, *result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    shown = char("separate") + "".join(result) if result else ""
    return char("begin") + code + shown + char("end")


def simple_field(instruction: str, *result: str) -> str:
    return f"<w:fldSimple w:instr=' {instruction} '>{''.join(result)}</w:fldSimple>"


def tracked(name: str, *content: str) -> str:
    """Return content inside a tracked change, "ins", "del", "moveFrom" or "moveTo"."""
    text = "".join(content)
    if name in ("del", "moveFrom"):
        text = text.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:{name} w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">{text}</w:{name}>'


def table(*rows: str) -> str:
    grid = '<w:tblPr><w:tblW w:w="5000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="5000"/>'
    return f"<w:tbl>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(text: str, change: str = "") -> str:
    properties = f'<w:trPr><w:{change} w:id="2" w:author="A"/></w:trPr>' if change else ""
    return f"<w:tr>{properties}<w:tc><w:tcPr/>{paragraph(run(text))}</w:tc></w:tr>"


def workbook_of(
    cells: str,
    after: str = "",
    relate: Iterable[Relation] = (),
    names: str = "",
    sheet: str = "xl/worksheets/sheet1.xml",
    main: str = "xl/workbook.xml",
    calculation: str = "",
) -> bytes:
    """Return a workbook of one sheet; ``cells`` are those of its first row, in SpreadsheetML.

    ``after`` follows the cells. Format 1 is dd/mm/yyyy, 0 is the default.
    """
    folder, _, own = main.rpartition("/")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped(
        {
            "[Content_Types].xml": types(
                main,
                f"{SHEET_TYPE}.sheet.main+xml",
                {
                    sheet: f"{SHEET_TYPE}.worksheet+xml",
                    f"{folder}/styles.xml": f"{SHEET_TYPE}.styles+xml",
                },
            ),
            "_rels/.rels": relations([("rId1", "officeDocument", main, False)]),
            f"{folder}/_rels/{own}.rels": relations(
                [
                    ("rId1", "worksheet", f"/{sheet}", False),
                    ("rId2", "styles", "styles.xml", False),
                    *relate,
                ]
            ),
            main: f'<workbook xmlns="{space}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="A" sheetId="1" r:id="rId1"/></sheets>{names}'
            f"{calculation}</workbook>",
            f"{folder}/styles.xml": f'<styleSheet xmlns="{space}"><numFmts count="1"><numFmt '
            'numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font>'
            '<sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill/></fills>'
            '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="2"><xf xfId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>'
            "</styleSheet>",
            sheet: f'<worksheet xmlns="{space}" xmlns:r="{OFFICE}"><sheetData><row r="1">{cells}'
            f"</row></sheetData>{after}</worksheet>",
        }
    )


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="a"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="a"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:{0}="rId9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)
OLD_PICTURE = (
    '<w:r><w:pict><v:shape style="width:70pt;height:70pt"><v:imagedata {}/></v:shape></w:pict>'
    "</w:r>"
)
LINKED_OBJECT = (
    '<w:r><w:object><v:shape/><o:OLEObject Type="Link" ProgID="Excel" r:id="rId9"/></w:object>'
    "</w:r>"
)
