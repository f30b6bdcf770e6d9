"""One plan typed into Word in the ways of different offices: what each habit makes of its lines."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from docx import Document as new_word
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from vanban.document import Annex, Document, Heading, Paragraph, StyleId, Table

NAMES = nsdecls("w")


@dataclass(frozen=True)
class Typed:
    """A line of the body: ``level`` of a heading from 1, 0 for others; ``label`` "1.", "-", ""."""

    level: int
    label: str
    text: str
    stacked: bool = False

    @property
    def whole(self) -> str:
        separator = "\n" if self.stacked else " "
        return f"{self.label}{separator}{self.text}" if self.label else self.text


@dataclass(frozen=True)
class TypedDocument:
    """A document as it is typed: pairs of lines beside each other, and lines below each other."""

    head: tuple[tuple[str, str], ...]
    title: tuple[str, ...]
    body: tuple[Typed, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    after: tuple[Typed, ...] = ()
    """What stands behind the signature; heads of annexes are ``stacked``."""


def typed_document(document: Document) -> TypedDocument:
    """Return a composed document as somebody would type it."""
    header = document.header
    lines = [line for block in document.body for line in _typed(block)]
    number = header.number.replace("\u00a0", " ")
    return TypedDocument(
        (
            ("\n".join(header.agency), f"{header.national_name}\n{header.motto}"),
            (
                "\n".join(filter(None, (number, header.subject, header.urgency))),
                header.place_date,
            ),
        ),
        tuple(filter(None, (header.document_type, header.abstract))),
        tuple(lines),
        (document.recipients_head, *document.recipients),
        (*document.signature.capacity, "", document.signature.name),
        tuple(block.text for block in header.addressee_blocks()),
        tuple(line for annex in document.annexes for line in _annex(annex)),
    )


def _annex(annex: Annex) -> Iterable[Typed]:
    head = annex.head
    titles = (head.document_type, head.abstract) if head else (annex.number, annex.title)
    for text in filter(None, (*titles, annex.note)):
        yield Typed(0, "", text, stacked=True)
    for block in annex.blocks:
        yield from _typed(block)


def _typed(block: Heading | Paragraph | Table) -> Iterable[Typed]:
    if isinstance(block, Heading):
        title = "".join(run.text for run in block.title)
        yield Typed(block.level, block.label, title, block.stacked)
    elif isinstance(block, Paragraph):
        label = re.match(r"(-|\d+\.|[a-zđ]\))\s+", block.text)
        listed = block.style in (StyleId.BULLET, StyleId.NUMBERED) and label is not None
        if listed and label is not None:
            yield Typed(0, label[1], block.text[label.end() :])
        else:
            yield Typed(0, "", block.text)


# --- pieces ------------------------------------------------------------------------------------


def _saved(word: WordDocument) -> bytes:
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def _line(place: Any, text: str, *, bold: bool = False, centred: bool = False) -> Any:
    paragraph = place.add_paragraph()
    for number, part in enumerate(text.split("\n")):
        run = paragraph.add_run(part)
        run.bold = bold or None
        if number < text.count("\n"):
            run.add_break()
    if centred:
        paragraph.alignment = ALIGN.CENTER
    return paragraph


def _beside(word: WordDocument, rows: Iterable[tuple[str, str]], *, bold: bool) -> None:
    """Put texts beside each other in a table; lines of a cell are paragraphs."""
    rows = tuple(rows)
    table = word.add_table(rows=len(rows), cols=2)
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            first = cell.paragraphs[0]
            first._p.getparent().remove(first._p)
            for line in text.split("\n"):
                _line(cell, line, bold=bold, centred=bold)


def _head(word: WordDocument, typed: TypedDocument) -> None:
    _beside(word, typed.head, bold=True)
    for text in typed.title:
        _line(word, text, bold=True, centred=True)
    for text in typed.addressees:
        _line(word, text)


def _after(word: WordDocument, typed: TypedDocument) -> None:
    for line in typed.after:
        bold = line.stacked or line.level > 0
        _line(word, line.whole, bold=bold, centred=line.stacked)


def _tail(word: WordDocument, typed: TypedDocument) -> None:
    table = word.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (typed.recipients, typed.signature), strict=True):
        cell._tc.remove(cell.paragraphs[0]._p)
        for text in lines:
            _line(cell, text)
    _after(word, typed)


# --- habits ------------------------------------------------------------------------------------

_LEVELS = (
    ("upperRoman", "Phần %1"),
    ("upperRoman", "%2."),
    ("decimal", "%3."),
    ("decimal", "%3.%4."),
    ("decimal", "%3.%4.%5."),
)


def automatic_lists(typed: TypedDocument) -> bytes:
    """Head and signature in tables, all numbers and dashes of automatic lists."""
    word = new_word()
    levels = "".join(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for number, (form, text) in enumerate(_LEVELS)
    )
    dash = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    plain = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )
    numbering = word.part.numbering_part.element
    definitions = {90: levels, 91: dash}
    lists = {90: 90, 91: 91}
    made = 0
    _head(word, typed)
    before = Typed(0, "", "")
    paragraphs = []
    for line in typed.body:
        paragraph = _line(word, line.text, bold=line.level > 0, centred=line.stacked)
        if line.level:
            _number(paragraph, 90, line.level - 1)
        elif line.label == "-":
            _number(paragraph, 91, 0)
        elif line.label:
            if line.label == "1.":
                made += 1
                definitions[100 + made] = plain
                lists[100 + made] = 100 + made
            _number(paragraph, 100 + made, 0)
        before = line
        paragraphs.append((paragraph, before))
    for number in sorted(definitions, reverse=True):
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {NAMES} w:abstractNumId="{number}">{definitions[number]}'
                "</w:abstractNum>"
            ),
        )
    for number, definition in lists.items():
        numbering.append(
            parse_xml(
                f'<w:num {NAMES} w:numId="{number}"><w:abstractNumId w:val="{definition}"/></w:num>'
            )
        )
    _tail(word, typed)
    return _saved(word)


def _number(paragraph: Any, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {NAMES}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        )
    )


def typed_numbers(typed: TypedDocument) -> bytes:
    """Numbers typed, head and signature parted by tabs, no bold at all."""
    word = new_word()
    left, right = typed.head
    for one, other in zip(left[0].split("\n"), left[1].split("\n"), strict=False):
        _line(word, f"{one}\t\t{other}")
    number, *about = right[0].split("\n")
    _line(word, f"{number}\t\t{right[1]}")
    for text in about:
        _line(word, text)
    for text in typed.title:
        _line(word, text, centred=True)
    for text in typed.addressees:
        _line(word, text)
    for line in typed.body:
        _line(word, line.whole, centred=line.stacked)
    for one, other in zip_longest(typed.recipients, typed.signature, fillvalue=""):
        _line(word, f"{one}\t\t{other}")
    _after(word, typed)
    return _saved(word)


def manual_bold(typed: TypedDocument) -> bytes:
    """All in "Normal", numbers typed, headings made bold by hand, dashes of other kinds."""
    word = new_word()
    _head(word, typed)
    for line in typed.body:
        line = replace(line, label="–") if line.label == "-" else line
        _line(word, line.whole, bold=line.level > 0, centred=line.stacked)
    _tail(word, typed)
    return _saved(word)


def soft_breaks(typed: TypedDocument) -> bytes:
    """Whole lists in one paragraph, their lines parted by Shift+Enter."""
    word = new_word()
    _head(word, typed)
    waiting: list[str] = []
    for line in typed.body:
        if line.level:
            if waiting:
                _line(word, "\n".join(waiting))
            waiting = []
            _line(word, line.whole, bold=True, centred=line.stacked)
        else:
            waiting.append(line.whole)
    _line(word, "\n".join(waiting))
    _tail(word, typed)
    return _saved(word)


def framed(typed: TypedDocument) -> bytes:
    """Everything between head and signature inside one big table of one column."""
    word = new_word()
    _head(word, typed)
    table = word.add_table(rows=len(typed.body), cols=1)
    for row, line in zip(table.rows, typed.body, strict=True):
        cell = row.cells[0]
        cell._tc.remove(cell.paragraphs[0]._p)
        _line(cell, line.whole, bold=line.level > 0, centred=line.stacked)
    _tail(word, typed)
    return _saved(word)


def heading_styles(typed: TypedDocument) -> bytes:
    """Headings in the styles of Word, numbers typed."""
    word = new_word()
    _head(word, typed)
    for line in typed.body:
        paragraph = _line(word, line.whole)
        if line.level:
            paragraph.style = word.styles[f"Heading {line.level}"]
    _tail(word, typed)
    return _saved(word)


def text_boxes(typed: TypedDocument) -> bytes:
    """The title and the headings of parts in text boxes."""
    word = new_word()
    _beside(word, typed.head, bold=True)
    for text in typed.title:
        _box(word, text)
    for text in typed.addressees:
        _line(word, text)
    for line in typed.body:
        if line.stacked:
            _box(word, line.label)
            _box(word, line.text)
        else:
            _line(word, line.whole, bold=line.level > 0)
    _tail(word, typed)
    return _saved(word)


def _box(word: WordDocument, text: str) -> None:
    paragraph = word.add_paragraph()
    paragraph._p.append(
        parse_xml(
            f'<w:r {NAMES} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
            f'<v:shape style="width:400pt;height:30pt"><v:textbox><w:txbxContent><w:p><w:pPr>'
            f'<w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )


DELETED, INSERTED = "sớm trước kia", "vào dịp mới"


def tracked(typed: TypedDocument) -> bytes:
    """As typed by hand, each third dash with words that somebody put in and others taken out."""
    word = new_word()
    _head(word, typed)
    for number, line in enumerate(typed.body):
        paragraph = _line(word, line.whole, bold=line.level > 0, centred=line.stacked)
        if not line.level and number % 3 == 0:
            for mark, kind, text in (("ins", "t", INSERTED), ("del", "delText", DELETED)):
                paragraph._p.append(
                    parse_xml(
                        f'<w:{mark} {NAMES} w:id="{number}" w:author="A" '
                        f'w:date="2025-01-01T00:00:00Z"><w:r><w:{kind} xml:space="preserve"> {text}'
                        f"</w:{kind}></w:r></w:{mark}>"
                    )
                )
    _tail(word, typed)
    return _saved(word)


HABITS: dict[str, Callable[[TypedDocument], bytes]] = {
    habit.__name__: habit
    for habit in (
        automatic_lists,
        typed_numbers,
        manual_bold,
        soft_breaks,
        framed,
        heading_styles,
        text_boxes,
        tracked,
    )
}


# --- another office ----------------------------------------------------------------------------

_OTHER_HEAD = (
    (
        "UBND HUYỆN BẢO LÂM\nỦY BAN NHÂN DÂN\nXÃ LỘC AN\n_______",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n_____________",
    ),
    ("Số: 07/KH-UBND", "Lộc An, ngày 15 tháng 01 năm 2024"),
)
_OTHER_BODY = Path(__file__).parent / "data" / "ke-hoach-xa-khac.txt"
"""A paragraph a line, after "b" for bold, "i" for italic, "." for neither."""
_OTHER_RECIPIENTS = ("Nơi nhận:", "- UBND huyện (b/c);", "- Các thôn;", "- Lưu: VT.")
_OTHER_SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Lê Thị Hoa")
_OTHER_TABLE = (
    ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm"),
    ("I", "Cải cách thể chế", "", "", "", ""),
    (
        "1",
        "Ban hành kế hoạch rà soát văn bản",
        "Công chức Tư pháp - Hộ tịch",
        "Công chức Văn phòng - Thống kê",
        "30/3/2024",
        "Kế hoạch",
    ),
    (
        "2",
        "Rà soát, hệ thống hóa văn bản do HĐND, UBND xã ban hành",
        "Công chức Tư pháp - Hộ tịch",
        "",
        "Quý IV/2024",
        "Báo cáo",
    ),
)


def another_office() -> bytes:
    """A plan of an invented commune: other headings, units unknown here, a table of tasks."""
    word = new_word()
    _beside(word, _OTHER_HEAD, bold=True)
    for text in ("KẾ HOẠCH", "Cải cách hành chính năm 2024 trên địa bàn xã Lộc An"):
        _line(word, text, bold=True, centred=True)
    for line in _OTHER_BODY.read_text(encoding="utf-8").splitlines():
        look, _, text = line.partition(" ")
        paragraph = _line(word, text, bold=look == "b")
        paragraph.runs[0].italic = look == "i" or None
    table = word.add_table(rows=1, cols=2)
    sides = (_OTHER_RECIPIENTS, _OTHER_SIGNATURE)
    for cell, lines in zip(table.rows[0].cells, sides, strict=True):
        for text in lines:
            _line(cell, text)
    for text in ("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"):
        _line(word, text, bold=True, centred=True)
    table = word.add_table(rows=len(_OTHER_TABLE), cols=6)
    for row, texts in zip(table.rows, _OTHER_TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return _saved(word)
