from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from packages import (
    LINKED_OBJECT,
    NAMES,
    OLD_PICTURE,
    PICTURE,
    WORD_TYPE,
    W,
    complex_field,
    paragraph,
    relations,
    row,
    run,
    simple_field,
    table,
    tracked,
    types,
    word,
    workbook_of,
    zipped,
)
from vanban.office import UnreadableOffice, prepare

DATE = 'DATE \\@ "dd/MM/yyyy"'


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """Return what each paragraph shows; what is left of a field shows as its instruction in {}."""
    found = []
    for each in part(data, name).iter("{*}p"):
        shown = ""
        for element in each.iter("{*}t", "{*}instrText", "{*}delText", "{*}fldSimple"):
            if etree.QName(element).localname == "instrText":
                shown += f"{{{(element.text or '').strip()}}}"
            elif etree.QName(element).localname == "fldSimple":
                shown += f"{{{element.get(f'{{{W}}}instr', '').strip()}}}"
            else:
                shown += element.text or ""
        found.append(shown)
    return found


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (complex_field(DATE, run("05/03/2025")), "05/03/2025"),
        (simple_field("TIME", run("08:30")), "08:30"),
        (complex_field("savedate \\* MERGEFORMAT", run("04/03")), "04/03"),
        (complex_field('Date\\@ "dd"', run("05")), "05"),
        (complex_field("FILENAME", run("goc"), run(".docx")), "goc.docx"),
        (complex_field("NUMPAGES", run("7")), "7"),
        (complex_field("REF _Ref1 \\h", run("Điều 5")), "Điều 5"),
        (complex_field(f"IF {complex_field(DATE, run('x'))} = 1 a b", run("đúng")), "đúng"),
        (complex_field("TOC", run("Mục "), complex_field("PAGEREF _1", run("3"))), "Mục 3"),
        (complex_field("DOCPROPERTY a", simple_field("AUTHOR", run("Lan"))), "Lan"),
        (complex_field("INCLUDETEXT http://a/b.docx", run("cũ")), "cũ"),
        (complex_field("PAGE", run("1")), "{PAGE}1"),
        (simple_field("PAGE", run("1")), "{PAGE}1"),
        (complex_field("FORMCHECKBOX"), "{FORMCHECKBOX}"),
        (complex_field("SYMBOL 74"), "{SYMBOL 74}"),
        (complex_field("DDEAUTO excel a b"), ""),
    ],
)
@pytest.mark.parametrize("place", ["body", "header", "box", "cell"])
def test_fields_show_what_was_saved(content: str, shown: str, place: str) -> None:
    line = paragraph(content)
    if place == "header":
        data = prepare(word(paragraph(), line)).data
        assert texts(data, "word/header1.xml") == [shown]
        return
    if place == "box":
        box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{line}</w:txbxContent>"
        line = paragraph(f"{box}</v:textbox></v:shape></w:pict></w:r>")
    if place == "cell":
        line = table(f"<w:tr><w:tc><w:tcPr/>{line}</w:tc></w:tr>")
    assert texts(prepare(word(line)).data)[-1] == shown


def test_a_field_around_a_text_box_is_told_from_one_in_it() -> None:
    inner = paragraph(complex_field("PAGE", run("1")))
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent>"
    box += "</v:textbox></v:shape></w:pict></w:r>"
    data = prepare(word(paragraph(complex_field("DATE", box)))).data
    assert texts(data)[-1] == "{PAGE}1"


def test_a_field_that_never_ends_is_locked_too() -> None:
    cut = complex_field("DATE", run("05/03/2025")).rpartition("<w:r>")[0]
    assert texts(prepare(word(paragraph(cut))).data) == ["05/03/2025"]


def test_a_field_over_several_paragraphs() -> None:
    whole = complex_field("TOC", run("Một"), "</w:p><w:p>", run("Hai"))
    assert texts(prepare(word(paragraph(whole))).data) == ["Một", "Hai"]


@pytest.mark.parametrize(
    "content",
    [
        complex_field(DATE),
        simple_field("DATE"),
        complex_field('"date"'),
        complex_field("DATE", ""),
        "<w:r><w:dayShort/></w:r>",
    ],
)
def test_a_field_without_a_result_is_told(content: str) -> None:
    prepared = prepare(word(paragraph(run("Ngày "), content)))
    assert texts(prepared.data) == ["Ngày "]
    (note,) = prepared.notes
    assert "DATE" in note and "không có kết quả đã lưu" in note


@pytest.mark.parametrize(
    ("body", "shown", "count"),
    [
        (paragraph(tracked("del", run("50%")), tracked("ins", run("95%"))), ["95%"], 2),
        (paragraph(tracked("moveFrom", run("a")), tracked("moveTo", run("b"))), ["b"], 2),
        (
            paragraph(run("Một, "), mark='<w:del w:id="1" w:author="A"/>') + paragraph(run("hai")),
            ["Một, hai"],
            1,
        ),
        (
            paragraph(run("a"), mark='<w:del w:id="1"/>')
            + paragraph(run("b"), mark='<w:del w:id="1"/>')
            + paragraph(run("c")),
            ["abc"],
            2,
        ),
        (paragraph(run("a"), mark='<w:ins w:id="1"/>') + paragraph(run("b")), ["a", "b"], 1),
        (
            paragraph(tracked("del", run("x")), mark='<w:del w:id="1"/>') + table(row("a")),
            ["a"],
            2,
        ),
        (table(row("a", "ins"), row("b", "del"), row("c")), ["a", "c"], 2),
        (table(row("a", "del")) + paragraph(run("b")), ["b"], 1),
        (
            paragraph(
                '<w:r><w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr>'
                "<w:t>đậm</w:t></w:r>"
            ),
            ["đậm"],
            1,
        ),
        (paragraph(tracked("ins", tracked("del", run("a")), run("b"))), ["b"], 2),
        (paragraph(tracked("del", complex_field("DATE", run("1"))), run("a")), ["a"], 1),
    ],
)
def test_revisions_are_settled_as_accepted(body: str, shown: list[str], count: int) -> None:
    prepared = prepare(word(body))
    assert texts(prepared.data) == shown
    assert prepared.revisions == count
    assert f"theo dõi sửa đổi ({count} chỗ)" in prepared.notes[0]
    left = {etree.QName(each).localname for each in part(prepared.data).iter(etree.Element)}
    assert left.isdisjoint({"ins", "del", "moveFrom", "moveTo", "rPrChange", "delText"})


def test_revisions_in_headers_count_too() -> None:
    prepared = prepare(word(paragraph(), paragraph(tracked("ins", run("a")))))
    assert prepared.revisions == 1


def test_a_deleted_and_an_inserted_cell() -> None:
    cells = "".join(
        f'<w:tc><w:tcPr><w:{change} w:id="1"/></w:tcPr>{paragraph(run(change))}</w:tc>'
        for change in ("cellIns", "cellDel")
    )
    assert texts(prepare(word(table(f"<w:tr>{cells}</w:tr>"))).data) == ["cellIns"]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/a.png", "file:///tmp/a.png", r"\\may\a.png"]
)
@pytest.mark.parametrize(
    ("content", "kind", "what"),
    [
        (PICTURE.format("link"), "image", "hình ảnh"),
        (PICTURE.format("embed"), "image", "hình ảnh"),
        (OLD_PICTURE.format('r:id="rId9"'), "image", "hình ảnh"),
        (OLD_PICTURE.format('src="{target}"'), "", "hình ảnh"),
        (OLD_PICTURE.format('o:href="{target}"'), "", "hình ảnh"),
        (LINKED_OBJECT, "oleObject", "giữ hình đã lưu"),
        ('</w:p><w:altChunk r:id="rId9"/><w:p>', "aFChunk", "phần chèn"),
        ('</w:p><w:subDoc r:id="rId9"/><w:p>', "subDocument", "văn bản con"),
        (complex_field('INCLUDEPICTURE "{target}" \\d'), "", "INCLUDEPICTURE"),
        ("", "attachedTemplate", "mẫu văn bản"),
        ("", "khac", "dữ liệu"),
    ],
)
@pytest.mark.parametrize("external", [True, False])
def test_nothing_leads_outside(
    content: str, kind: str, what: str, target: str, external: bool
) -> None:
    relate = [("rId9", kind, target, external)] if kind else []
    body = paragraph(run("còn"), content.replace("{target}", target), run(" lại"))
    prepared = prepare(word(body, relate=relate))
    with zipfile.ZipFile(io.BytesIO(prepared.data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    assert target.encode() not in everything
    assert b"rId9" not in everything
    assert "".join(texts(prepared.data)) == "còn lại"
    (note,) = prepared.notes
    assert what in note


def test_links_to_click_stay_if_they_lead_to_the_web() -> None:
    link = '<w:hyperlink r:id="rId9"><w:r><w:t>xem</w:t></w:r></w:hyperlink>'
    for target, kept in (("https://haiphong.gov.vn", True), ("file:///c:/a.docx", False)):
        relate = [("rId9", "hyperlink", target, True)]
        prepared = prepare(word(paragraph(link), relate=relate))
        assert texts(prepared.data) == ["xem"]
        rels = etree.tostring(part(prepared.data, "word/_rels/document.xml.rels"))
        assert (target.encode() in rels) is kept
        assert prepared.notes == ()


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/a.png", "file:///tmp/a.png"])
def test_a_picture_does_not_hide_behind_a_link(target: str) -> None:
    relate = [("rId9", "hyperlink", target, True)]
    prepared = prepare(word(paragraph(PICTURE.format("link")), relate=relate))
    assert b"rId9" not in etree.tostring(part(prepared.data))
    (note,) = prepared.notes
    assert "hình ảnh" in note


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("header1.bin", "application/octet-stream"),
        ("header1", ""),
        ("header1.xml", "image/svg+xml"),
        ("header1.png", "image/png"),
    ],
)
def test_no_name_or_type_keeps_a_part_from_being_prepared(name: str, stated: str) -> None:
    address = "http://127.0.0.1:9/a.png"
    field = complex_field("DATE", run("5"))
    header = paragraph(field, OLD_PICTURE.format(f'src="{address}"'))
    data = word(
        paragraph(),
        relate=[("rIdH", "header", name, False)],
        parts={
            f"word/{name}": f"<w:hdr {NAMES}>{header}</w:hdr>",
            "[Content_Types].xml": types(
                "word/document.xml", f"{WORD_TYPE}.document.main+xml", {f"word/{name}": stated}
            ),
        },
    )
    prepared = prepare(data)
    assert texts(prepared.data, f"word/{name}") == ["5"]
    assert address.encode() not in etree.tostring(part(prepared.data, f"word/{name}"))


def test_an_svg_refers_to_nothing_outside() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<style>@import url(http://a/b.css);</style><image xlink:href="file:///tmp/a.png"/>'
        '<image href="http://a/b.png"/><use href="#b"/></svg>'
    )
    for data in (svg, svg.encode("utf-16")):
        prepared = prepare(word(paragraph(), parts={"word/media/a.png": data}))
        with zipfile.ZipFile(io.BytesIO(prepared.data)) as package:
            left = package.read("word/media/a.png")
        assert b"#b" in left and b"http://a" not in left and b"file:" not in left
        assert len(prepared.notes) == 1


def test_chunks_are_prepared_or_left_out() -> None:
    inner = word(paragraph(complex_field("DATE", run("5")), tracked("ins", run("!"))))
    chunk = '<w:altChunk r:id="rId9"/>'
    relate = [("rId9", "aFChunk", "a.docx", False)]
    prepared = prepare(word(chunk, relate=relate, parts={"word/a.docx": inner}))
    with zipfile.ZipFile(io.BytesIO(prepared.data)) as package:
        assert texts(package.read("word/a.docx")) == ["5!"]
    assert prepared.revisions == 1
    for other in (
        b"<html/>",
        b"<!DOCTYPE html><p>",
        rb"{\rtf1 a}",
        zipped({"content.xml": "<a/>"}),
    ):
        prepared = prepare(word(chunk, relate=relate, parts={"word/a.docx": other}))
        assert "altChunk" in prepared.notes[0]
        assert b"altChunk" not in etree.tostring(part(prepared.data))


def test_a_chunk_of_the_type_that_word_gives_it() -> None:
    main = f"{WORD_TYPE}.document.main+xml"
    stated = types("word/document.xml", main, {"word/a.docx": main})
    data = word(
        '<w:altChunk r:id="rId9"/>',
        relate=[("rId9", "aFChunk", "a.docx", False)],
        parts={"word/a.docx": word(paragraph(run("5"))), "[Content_Types].xml": stated},
    )
    with zipfile.ZipFile(io.BytesIO(prepare(data).data)) as package:
        assert texts(package.read("word/a.docx")) == ["5"]


def test_objects_show_the_picture_that_was_saved() -> None:
    """LibreOffice would draw the workbook anew, with the date of today."""
    inner = workbook_of('<c r="A1"><f>TODAY()</f><v>1</v></c>')
    relate = [("rId9", "package", "embeddings/a.xlsx", False)]
    data = word(paragraph(LINKED_OBJECT), relate=relate, parts={"word/embeddings/a.xlsx": inner})
    prepared = prepare(data)
    assert part(prepared.data).find(".//{*}OLEObject") is None
    assert part(prepared.data).find(".//{*}shape") is not None
    with zipfile.ZipFile(io.BytesIO(prepared.data)) as package:
        assert cells(package.read("word/embeddings/a.xlsx")) == [("1", False)]
    assert prepared.notes == ()


def test_the_old_twin_of_a_drawing_counts_once() -> None:
    name = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph(tracked('ins', run('a')))}</w:txbxContent>"
    both = f'<w:r><mc:AlternateContent xmlns:mc="{name}"><mc:Choice>{box}</mc:Choice>'
    both += f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    assert prepare(word(paragraph(both))).revisions == 1


@pytest.mark.parametrize(
    "main", ["word/document.xml", "word/document2.xml", "van-ban/noi-dung.xml"]
)
def test_parts_are_found_by_what_they_are(main: str) -> None:
    data = prepare(word(paragraph(complex_field("DATE", run("5"))), main=main)).data
    assert texts(data, main) == ["5"]


def test_strict_files() -> None:
    data = word(paragraph(complex_field("DATE", run("5"))))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    usual, other = "schemas.openxmlformats.org/{}/2006/", "purl.oclc.org/ooxml/{}/"
    name = "wordprocessingml"
    strict = {
        part: text.replace(usual.format(name), other.format(name)) for part, text in parts.items()
    }
    assert strict != parts
    assert texts(prepare(zipped(strict)).data) == ["5"]


def cells(data: bytes) -> list[tuple[str | None, bool]]:
    """Return saved value and whether there is a formula, of each cell."""
    return [
        (cell.findtext("{*}v"), cell.find("{*}f") is not None)
        for cell in part(data, "xl/worksheets/sheet1.xml").iter("{*}c")
    ]


@pytest.mark.parametrize(
    "formula",
    ["TODAY()", "RAND()", "NOW()", "[1]A!A1", "SUM(B1:C1)", 'OFFSET(A1,0,INDIRECT("A1"))'],
)
def test_cells_keep_their_values(formula: str) -> None:
    prepared = prepare(workbook_of(f'<c r="A1"><f>{formula}</f><v>0.5</v></c>'))
    assert cells(prepared.data) == [("0.5", False)]
    assert prepared.notes == ()


def test_shared_and_array_formulas() -> None:
    data = workbook_of(
        '<c r="A1"><f t="shared" ref="A1:B1" si="0">NOW()</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c>'
        '<c r="C1" t="str"><f t="array">x</f><v></v></c>'
    )
    assert cells(prepare(data).data) == [("1", False), ("2", False), ("", False)]


def test_a_cell_without_a_value_is_told() -> None:
    prepared = prepare(workbook_of('<c r="A1"><f>A2+1</f></c><c r="B1"><v>1</v></c>'))
    assert cells(prepared.data) == [(None, False), ("1", False)]
    (note,) = prepared.notes
    assert note.startswith("1 ô có công thức")


@pytest.mark.parametrize(("formula", "told"), [("<f>A2</f>", True), ("", False)])
def test_a_workbook_that_waits_to_be_calculated_is_told(formula: str, told: bool) -> None:
    cells = f'<c r="A1">{formula}<v>0</v></c>'
    prepared = prepare(workbook_of(cells, calculation='<calcPr fullCalcOnLoad="1"/>'))
    assert bool(prepared.notes) is told
    assert part(prepared.data, "xl/workbook.xml").find("{*}calcPr") is None


@pytest.mark.parametrize(
    ("header", "left"),
    [
        ("&amp;LIn ngày &amp;D &amp;T&amp;RTrang &amp;P/&amp;N", "&LIn ngày  &RTrang &P/&N"),
        ("&amp;C&amp;&quot;Deja,Bold&quot;&amp;F &amp;&amp;D", '&C&"Deja,Bold" &&D'),
        ("&amp;C&amp;A", "&C&A"),
    ],
)
def test_page_headers_without_clock_and_file_name(header: str, left: str) -> None:
    after = f"<headerFooter><oddHeader>{header}</oddHeader></headerFooter>"
    prepared = prepare(workbook_of("", after))
    assert part(prepared.data, "xl/worksheets/sheet1.xml").findtext(".//{*}oddHeader") == left
    assert len(prepared.notes) == (0 if header == "&amp;C&amp;A" else 1)


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ('<cfRule type="expression" dxfId="0"><formula>A1&lt;TODAY()</formula></cfRule>', False),
        ('<cfRule type="timePeriod" timePeriod="today"><formula>1</formula></cfRule>', False),
        ('<cfRule type="expression" dxfId="0"><formula>A1&gt;5</formula></cfRule>', True),
    ],
)
def test_colours_by_the_day(rule: str, stays: bool) -> None:
    after = f'<conditionalFormatting sqref="A1">{rule}</conditionalFormatting>'
    prepared = prepare(workbook_of("", after))
    sheet = part(prepared.data, "xl/worksheets/sheet1.xml")
    assert (sheet.find(".//{*}cfRule") is not None) is stays
    assert len(prepared.notes) == (0 if stays else 1)


def test_other_workbooks_are_not_asked() -> None:
    data = workbook_of(
        '<c r="A1"><f>[1]A!A1</f><v>7</v></c>',
        relate=[("rId5", "externalLink", "externalLinks/e1.xml", False)],
        names='<externalReferences><externalReference r:id="rId5"/></externalReferences>'
        "<definedNames><definedName name='a'>[1]A!$A$1</definedName></definedNames>",
    )
    target = "file:///C:/so-lieu.xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, str | bytes] = {each: package.read(each) for each in package.namelist()}
    parts["xl/externalLinks/e1.xml"] = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'{NAMES}><externalBook r:id="rId1"/></externalLink>'
    )
    parts["xl/externalLinks/_rels/e1.xml.rels"] = relations(
        [("rId1", "externalLinkPath", target, True)]
    )
    prepared = prepare(zipped(parts))
    assert cells(prepared.data) == [("7", False)]
    assert part(prepared.data, "xl/workbook.xml").find(".//{*}externalReference") is None
    (note,) = prepared.notes
    assert "giữ giá trị đã lưu" in note


def test_numbers_wider_than_their_column_shrink() -> None:
    data = workbook_of('<c r="A1" s="1"><v>45000</v></c><c r="B1" t="str"><v>chữ</v></c>')
    prepared = prepare(data)
    number, text = part(prepared.data, "xl/worksheets/sheet1.xml").iter("{*}c")
    formats = part(prepared.data, "xl/styles.xml").findall(".//{*}cellXfs/{*}xf")
    changed = formats[int(number.get("s", "0"))]
    assert changed.get("numFmtId") == "164"
    assert changed.find("{*}alignment[@shrinkToFit='1']") is not None
    assert text.get("s") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        word(paragraph())[:-30],
        zipped({"[Content_Types].xml": "<a>"}),
        zipped({"[Content_Types].xml": "<Types/>", "a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
    ],
)
def test_damaged_and_hostile_files(data: bytes) -> None:
    with pytest.raises(UnreadableOffice, match=" — "):
        prepare(data)


def test_the_same_bytes_give_the_same_copy() -> None:
    data = word(paragraph(complex_field("DATE", run("5"))), paragraph(run("a")))
    assert prepare(data) == prepare(data)


TAGS = [
    "document",
    "body",
    "p",
    "r",
    "t",
    "rPr",
    "pPr",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "delText",
    "rPrChange",
    "tbl",
    "tr",
    "tc",
    "trPr",
    "tcPr",
    "cellIns",
    "cellDel",
    "cellMerge",
    "fldSimple",
    "fldChar",
    "instrText",
    "sdt",
    "dataBinding",
    "txbxContent",
    "hyperlink",
    "altChunk",
    "bookmarkStart",
    "dayShort",
    "numPr",
    "ctrlPr",
    "hdr",
    "moveFromRangeStart",
]
TREES = st.recursive(
    st.sampled_from(TAGS).map(lambda tag: f"<w:{tag}/>"),
    lambda inner: st.builds(
        lambda tag, kind, parts: (
            f'<w:{tag} w:fldCharType="{kind}" w:vMerge="{kind}" r:id="rId9" w:instr="{kind}">'
            f"{''.join(parts)}</w:{tag}>"
        ),
        st.sampled_from(TAGS),
        st.sampled_from(["begin", "separate", "end", "rest", "DATE", "PAGE"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(body=TREES, root=TREES)
def test_any_tree_of_parts_is_prepared(body: str, root: str) -> None:
    root = root.replace(" ", f" {NAMES} ", 1) if " " in root else f"<a>{''}</a>"
    data = word(
        body,
        relate=[("rId9", "image", "http://a/b", True), ("rId9", "aFChunk", "a.html", False)],
        parts={"word/other.xml": root},
    )
    prepared = prepare(data)
    left = {str(element.tag).rpartition("}")[2] for element in part(prepared.data).iter()}
    assert left.isdisjoint({"ins", "del", "moveFrom", "moveTo", "delText", "rPrChange", "cellDel"})


@settings(max_examples=300, deadline=None)
@given(where=st.floats(0, 1), junk=st.binary(max_size=6), book=st.booleans())
def test_any_damage_is_told(where: float, junk: bytes, book: bool) -> None:
    data = workbook_of('<c r="A1"><f>NOW()</f><v>1</v></c>') if book else word(paragraph(run("a")))
    position = int(where * len(data))
    try:
        prepare(data[:position] + junk + data[position + len(junk) :])
    except UnreadableOffice as error:
        assert " — " in str(error)
