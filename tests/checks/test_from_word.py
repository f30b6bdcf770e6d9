"""Any Word file becomes passages; whatever cannot be read is told in one line."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from random import Random

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from conftest import Files
from documents import docx_of, plain
from letters import letter
from packages import zipped
from vanban.checks.content.sections import section_of
from vanban.checks.form.check_form import check_opened, open_word
from vanban.checks.from_word import writing_of_word
from vanban.checks.writing import Role, Writing
from vanban.errors import ContentError
from words import (
    FILE,
    GOOD,
    W,
    cell,
    edited,
    p,
    r,
    read_writing,
    saved,
    swapped,
    with_body,
    word_file,
    word_of,
)


def read(data: bytes) -> Writing:
    return read_writing(data, FILE)


def texts(writing: Writing) -> list[str]:
    return [passage.text for passage in writing.passages]


BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    f"{p(r('Trong khung'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
CHOICE = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
    '2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
    f"{p(r('Mới'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
    f"{p(r('Cũ'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ dd</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("05")}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ((p(r("Một ") + r("hai")), p("")), ["Một hai"]),
        ((p(r("Một") + "<w:r><w:br/></w:r>" + r("hai")),), ["Một hai"]),
        ((p(r("-") + "<w:r><w:tab/></w:r>" + r("Hai")),), ["- Hai"]),
        ((p(r("hai  cách\u00a0chữ")),), ["hai  cách chữ"]),
        ((p(r("số \u00a0\u00a0/KH, tệp a_\u200bb")),), ["số \u00a0\u00a0/KH, tệp a_b"]),
        ((p(r("kinh tế") + "<w:r><w:noBreakHyphen/></w:r>" + r("xã hội")),), ["kinh tế-xã hội"]),
        ((p(r("trực") + "<w:r><w:softHyphen/></w:r>" + r("tuyến")),), ["trựctuyến"]),
        ((p(f"<w:ins>{r('thêm ')}</w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del>"
            + r("giữ")),), ["thêm giữ"]),
        ((p(f"<w:moveFrom>{r('đi')}</w:moveFrom><w:moveTo>{r('đến')}</w:moveTo>"),), ["đến"]),
        ((p(r("ngày ") + FIELD + r(" tháng")),), ["ngày 05 tháng"]),
        ((p(f'<w:fldSimple w:instr="PAGE">{r("2")}</w:fldSimple>'),), ["2"]),
        ((p(f'<w:hyperlink>{r("liên kết")}</w:hyperlink>'),), ["liên kết"]),
        ((p(r("hiện") + r("ẩn", "<w:vanish/>")),), ["hiện"]),
        ((p(r("Neo") + BOX), p(r("Sau"))), ["Neo", "Trong khung", "Sau"]),
        ((p(r("Neo") + CHOICE),), ["Neo", "Mới"]),
        ((p(f'<w:sdt><w:sdtContent>{r("ô")}</w:sdtContent></w:sdt>'),), ["ô"]),
        ((f"<w:tbl><w:tr>{cell(p(r('A')), p(r('B')))}{cell(p(r('C')))}</w:tr>"
          f"<w:tr>{cell('<w:tbl><w:tr>' + cell(p(r('D'))) + '</w:tr></w:tbl>', p(r('E')))}</w:tr>"
          "</w:tbl>", p(r("F"))), list("ABCDEF")),
        (('<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>',), ["•"]),
    ],
)  # fmt: skip
def test_text_in_reading_order(xml: tuple[str, ...], expected: list[str]) -> None:
    writing = read(with_body(*xml))
    assert texts(writing) == expected
    assert [passage.number for passage in writing.passages] == [*range(1, len(expected) + 1)]


NUMBERING = (
    f"<w:abstractNum {W} w:abstractNumId='90'>"
    "<w:lvl w:ilvl='0'><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%3)'/></w:lvl>"
    "<w:lvl w:ilvl='3'><w:numFmt w:val='bullet'/><w:lvlText w:val='\uf0b7'/></w:lvl>"
    "</w:abstractNum>"
)


def test_automatic_numbers_are_typed_out() -> None:
    word = word_of()
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(f"<w:num {W} w:numId='91'><w:abstractNumId w:val='90'/></w:num>"))
    for level in (0, 1, 1, 2, 2, 3, 0, 1):
        content = p(r("x"), f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='91'/></w:numPr>")
        element = parse_xml(content.replace("<w:p>", f"<w:p {W}>", 1))
        word.element.body.insert(len(word.element.body) - 1, element)
    labels = ["I.", "I.1", "I.2", "a)", "b)", "-", "II.", "II.1"]
    assert texts(read(saved(word))) == [f"{label} x" for label in labels]


def test_roles_of_a_document_of_our_own() -> None:
    writing = read(word_file(GOOD))
    roles = {passage.text: passage.role for passage in writing.passages}
    assert writing.document_type == "Báo cáo"
    assert writing.issued == date(2025, 8, 1)
    assert roles["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] is Role.HEADER
    assert roles["Kết quả thử"] is Role.ABSTRACT
    assert roles["Kính gửi: Ủy ban nhân dân thành phố Hải Phòng"] is Role.RECIPIENT
    assert roles["Căn cứ Luật Tổ chức chính quyền địa phương;"] is Role.BASIS
    assert roles["Phần I MỤC ĐÍCH"] is Role.HEADING
    assert roles["a) Kế hoạch"] is Role.HEADING
    assert roles["- Lưu: VT."] is Role.RECIPIENT
    assert roles["TM. ỦY BAN NHÂN DÂN"] is Role.SIGNATURE
    assert roles["Phụ lục I"] is Role.ANNEX
    assert roles["2"] is Role.CELL


def test_bullets_know_their_headings() -> None:
    writing = read(word_file(GOOD))
    bullet = next(each for each in writing.passages if each.role is Role.BULLET)
    section = section_of(writing)[bullet.number]
    above = [each.passage.text for each in (*section.above, section)]
    assert above == ["Phần I MỤC ĐÍCH", "I. YÊU CẦU", "1. Công tác chỉ đạo", "a) Kế hoạch"]


def test_word_file_holds_the_texts_of_the_document(files: Files) -> None:
    writing = read(files.docx.read_bytes())
    expected = [" ".join(line.split()) for text in files.document.texts() for line in [text]]
    body = [passage.text for passage in writing.passages if not passage.part]
    assert " ".join(" ".join(body).split()) == " ".join(" ".join(expected).split())


HEAD_WITH_TABS = (
    "UBND PHƯỜNG TRẦN LIỄU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "PHÒNG VĂN HÓA - XÃ HỘI\tĐộc lập - Tự do - Hạnh phúc",
    "Số: 12/TB-VHXH\tPhường Trần Liễu, ngày 03 tháng 9 năm 2025",
    "THÔNG BÁO",
)


def test_head_without_a_table() -> None:
    writing = read(saved(word_of(*HEAD_WITH_TABS, "Phòng thông báo lịch họp.", "Nơi nhận:")))
    assert (writing.document_type, writing.issued) == ("Thông báo", date(2025, 9, 3))
    columns = [words for line in HEAD_WITH_TABS for words in line.split("\t")]
    assert [each.text for each in writing.passages if each.role is Role.HEADER] == columns
    assert writing.passages[len(columns)].role is Role.BODY


def test_typed_rule_is_no_text_but_counts() -> None:
    word = word_of("Một", "______", "Hai", "______")
    word.paragraphs[1].alignment = ALIGN.CENTER
    found = [(passage.number, passage.text) for passage in read(saved(word)).passages]
    assert found == [(1, "Một"), (3, "Hai"), (4, "______")]


def test_strict_open_xml_is_read() -> None:
    strict = swapped(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        -1,
    )
    data = edited(docx_of(plain("Một câu.")), {"word/document.xml": strict})
    assert "Một câu." in texts(read(data))


# --- what cannot be read ------------------------------------------------------------------------


def document(body: str, before: str = "") -> bytes:
    return zipped({"word/document.xml": f"{before}<w:document {W}>{body}</w:document>"})


def encrypted() -> bytes:
    data = bytearray(document("<w:body/>"))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rỗng"),
        (b"\n \n", "rỗng"),
        (OLE, ".doc cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (encrypted(), "mật khẩu"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"<html></html>", "trang web"),
        (b"just words", "hỏng"),
        (zipped({"a.txt": "a"}), "không phải văn bản Word"),
        (zipped({"xl/workbook.xml": "<x/>"}), "không phải văn bản Word"),
        (zipped({"word/document.xml": "<w:document"}), "hỏng bên trong"),
        (document("<w:p/>"), "không có thân"),
        (document("<w:body>&b;</w:body>", BOMB), "DTD"),
        (document("<w:body/>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "DTD"),
        (document(f"<w:body>{'<w:ins>' * 5000}{'</w:ins>' * 5000}</w:body>"), "hỏng bên trong"),
        (zipped({"word/document.xml": " " * 65_000_000}), "quá lớn"),
        (word_file(GOOD)[:-200], "hỏng"),
    ],
)
def test_unreadable_file_is_told_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(ContentError) as error:
        read(data)
    (problem,) = error.value.problems
    assert words in problem.message
    assert "\n" not in str(problem)
    assert problem.place.file == FILE


def damaged(data: bytes, changes: Iterable[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for place, value in changes:
        changed[place % len(changed)] = value
    return bytes(changed)


PLACES = st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=20)


@given(PLACES)
def test_damaged_bytes_never_crash(changes: list[tuple[int, int]]) -> None:
    try:
        read(damaged(word_file(GOOD), changes))
    except ContentError as error:
        assert len(error.problems) == 1


@given(PLACES, st.sampled_from(["word/document.xml", "word/styles.xml", "word/header1.xml"]))
def test_damaged_parts_never_crash(changes: list[tuple[int, int]], name: str) -> None:
    def damage(text: str) -> str:
        return damaged(text.encode(), changes).decode("latin-1") + " "

    try:
        read(edited(word_file(GOOD), {name: damage}))
    except ContentError as error:
        assert len(error.problems) == 1


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    str.strip
)


@pytest.mark.slow
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_any_unicode_is_read_as_it_stands(lines: list[str]) -> None:
    found = texts(read(saved(word_of(*lines))))
    assert ["".join(text.split()) for text in found] == ["".join(line.split()) for line in lines]


# --- parts under any name -----------------------------------------------------------------------


def renamed(data: bytes, names: Mapping[str, str], more: Mapping[str, str]) -> bytes:
    """Return a package with parts renamed, and their names in all XML by ``more``."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith((".xml", ".rels")):
                for old, new in more.items():
                    text = text.replace(old.encode(), new.encode())
            changed.writestr(names.get(name, name), text)
    return target.getvalue()


RENAMED = {
    "other folder": (
        {"word/document.xml": "van-ban/chinh.dat",
         "word/_rels/document.xml.rels": "van-ban/_rels/chinh.dat.rels"},
        {"word/document.xml": "van-ban/chinh.dat", 'Target="': 'Target="../word/',
         "../word/van-ban/chinh.dat": "van-ban/chinh.dat", "../word/docProps": "docProps"},
    ),
    "capitals": (
        {"word/document.xml": "WORD/Document.XML", "word/styles.xml": "word/STYLES.xml"}, {}),
    "backslashes": (
        {name: name.replace("/", "\\") for name in ("word/document.xml", "word/styles.xml")}, {}),
}  # fmt: skip


@pytest.mark.parametrize(("names", "more"), RENAMED.values(), ids=RENAMED)
def test_parts_are_found_by_relations(names: Mapping[str, str], more: Mapping[str, str]) -> None:
    docx = word_file(GOOD)
    found, expected = open_word(renamed(docx, names, more), FILE), open_word(docx, FILE)
    texts_of = [[each.text for each in opened.word.everywhere] for opened in (found, expected)]
    assert texts_of[0] == texts_of[1]
    assert found.components.kind == "Báo cáo"
    assert found.word.identifier == expected.word.identifier != ""


def test_the_main_part_is_known_by_its_content_type() -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/a/b.bin" ContentType="{main}"/></Types>'
    )
    body = f"<w:document {W}><w:body>{p(r('chữ'))}</w:body></w:document>"
    assert texts(read(zipped({"[Content_Types].xml": types, "a/b.bin": body}))) == ["chữ"]


# --- seeded damage ------------------------------------------------------------------------------

VALUES = ("", "-1", "99999999999999999999", "NaN", "1e999", "D800", "%9", "x" * 500, "٣", "-7mm")
BITS = (
    "<w:p/>", "<w:tbl/>", "<w:tr/>", "<w:tc/>", "<w:sdt/>", "<w:body/>", "<w:sectPr/>",
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>', '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:sym w:char="DC00"/></w:r>',
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>", "<w:altChunk/>", "<w:fldSimple/>",
)  # fmt: skip


def mutated(text: str, chance: Random) -> str:
    """Return XML with one thing changed: a value, an element taken, repeated, renamed or put in."""
    tags = list(re.finditer(r"<[\w:]+[^>]*/>|<([\w:]+)[^>]*>[^<]*</\1>", text))
    values = list(re.finditer(r'="[^"]*"', text))
    opened = list(re.finditer(r"<w:[^/>]*>", text))
    if not (tags and values and opened):
        return ""
    match chance.randrange(5):
        case 0:
            found = chance.choice(values)
            return f'{text[: found.start()]}="{chance.choice(VALUES)}"{text[found.end() :]}'
        case 1:
            found = chance.choice(tags)
            return text[: found.start()] + text[found.end() :]
        case 2:
            found, place = chance.choice(tags), chance.choice(tags).end()
            return text[:place] + found[0] * 3 + text[place:]
        case 3:
            old, new = (chance.choice(re.findall(r"<w:(\w+)", text) or ["p"]) for _ in range(2))
            return re.sub(rf"(</?w:){old}(?=[\s/>])", rf"\g<1>{new}", text)
    place = chance.choice(opened).end()
    return text[:place] + chance.choice(BITS) + text[place:]


@pytest.mark.slow
def test_a_damaged_file_is_read_or_refused_in_words() -> None:
    chance = Random(20260115)
    source = saved(letter())
    with zipfile.ZipFile(io.BytesIO(source)) as packed:
        whole = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    names = [name for name in whole if name.endswith((".xml", ".rels")) and "docProps" not in name]
    was_read = 0
    for _ in range(150):
        parts = dict(whole)
        for _ in range(chance.randint(1, 3)):
            name = chance.choice(names)
            parts[name] = mutated(parts[name], chance)
        if chance.random() < 0.1:
            del parts[chance.choice(names)]
        try:
            opened = open_word(zipped(parts), FILE)
        except ContentError as error:
            assert len(error.problems) == 1
            continue
        report = check_opened(opened, None, "")
        writing = writing_of_word(opened)
        "".join((*(passage.text for passage in writing.passages), opened.coverage)).encode()
        "\n".join(each.message for each in report.findings).encode()
        was_read += 1
    assert was_read > 50
