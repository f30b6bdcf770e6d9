"""A Word file → the document that it is, as far as a redline needs it: texts in their roles.

Roles are those that the check of form recognises by wording and place, so the file may come from
any office. Looks are not read: what is gone is printed in the look of this program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from vanban.checks.form.check_form import OpenedWord
from vanban.document import (
    NO_HEADER,
    NO_SIGNATURE,
    Annex,
    Block,
    Cell,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    Signature,
    StyleId,
    Table,
)
from vanban.line_ends import plain
from vanban.ooxml.word_file import WordParagraph

_HEADINGS = {
    "phan-chuong": StyleId.PART,
    "tieu-de-phan-chuong": StyleId.PART,
    "muc-la-ma": StyleId.SECTION,
    "dieu": StyleId.ARTICLE,
    "khoan": StyleId.CLAUSE,
    "diem": StyleId.POINT,
}
_TITLE = "tieu-de-phan-chuong"
LONGEST_HEAD = 200
"""Letters in a cell of a head."""
NOTHING = "\ufeff"
"""No blank and no letter: a mark that some programs leave, which no PDF/A may hold."""
_OF_THE_BODY = frozenset({"", "can-cu", "noi-dung", *_HEADINGS})


def document_of(opened: OpenedWord) -> Document:
    """Return an opened Word file as a document; annexes begin where the check sees them begin."""
    found = opened.components
    starts = [annex.index for annex in found.annexes]
    ends = [*starts[1:], len(found.flow)] if starts else []
    main = found.flow[: starts[0]] if starts else found.flow
    capacity, name = _texts(opened, "quyen-han"), _texts(opened, "ho-ten")
    recipients_head = _texts(opened, "noi-nhan")
    return Document(
        id=opened.file.stem,
        title=opened.file.stem,
        author="",
        header=_header(opened),
        body=tuple(_blocks(opened, [each for each in main if _is_body(opened, each)])),
        recipients_head=" ".join(recipients_head),
        recipients=_texts(opened, "danh-sach-noi-nhan"),
        signature=Signature(capacity, " ".join(name)) if capacity or name else NO_SIGNATURE,
        annexes=tuple(
            _annex(opened, found.flow[start:end], number)
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        ),
    )


def _texts(opened: OpenedWord, component: str) -> tuple[str, ...]:
    return tuple(_line(part.text) for part in opened.components.get(component))


def _header(opened: OpenedWord) -> Header:
    def text(component: str) -> str:
        return " ".join(_texts(opened, component))

    return Header(
        national_name=text("quoc-hieu") or NO_HEADER.national_name,
        motto=text("tieu-ngu"),
        superior=_texts(opened, "co-quan-chu-quan"),
        agency=_texts(opened, "co-quan-ban-hanh"),
        number=text("so-ky-hieu"),
        place_date=text("dia-danh-thoi-gian"),
        document_type=text("ten-loai"),
        abstract=text("trich-yeu"),
    )


def _is_body(opened: OpenedWord, paragraph: WordParagraph) -> bool:
    component = opened.components.component_of.get(paragraph, "")
    return component in _OF_THE_BODY or component == "kinh-gui"


def _blocks(opened: OpenedWord, paragraphs: Iterable[WordParagraph]) -> Iterator[Block]:
    def table_of(paragraph: WordParagraph) -> int | None:
        return paragraph.cell.table if paragraph.cell is not None else None

    for table, group in groupby(paragraphs, key=table_of):
        if table is not None:
            cells = (each for each in opened.word.paragraphs if each.cell is not None)
            yield _table([each for each in cells if table_of(each) == table])
            continue
        held = ""
        for paragraph in group:
            component = opened.components.component_of.get(paragraph, "")
            if held and component == _TITLE:
                held += f"\n{paragraph.text}"
                continue
            yield from _part(held)
            held = ""
            if component == "phan-chuong":  # its title may stand in the next paragraph
                held = paragraph.text
            else:
                yield Paragraph(_style(paragraph, component), _runs(paragraph.text))
        yield from _part(held)


def _part(text: str) -> Iterator[Block]:
    """Yield the heading that ``text`` is: its number and, on a line of its own, its title."""
    label, _, title = text.strip().partition("\n")
    if title:
        yield Heading(StyleId.PART, 1, _line(label), _runs(title), True, "")
    elif label:
        yield Paragraph(StyleId.PART, _runs(label))


def _style(paragraph: WordParagraph, component: str) -> StyleId:
    if component == "can-cu":
        return StyleId.LEGAL_BASIS
    if component == "kinh-gui":
        return StyleId.ADDRESSEE
    bullet = StyleId.BULLET if paragraph.text.startswith("- ") else StyleId.BODY
    return _HEADINGS.get(component, bullet)


def _runs(text: str) -> Runs:
    return (Run(_line(text)),)


def _line(text: str) -> str:
    """Return ``text`` in one line: a line that was ended by hand ends where it has to."""
    words = text.replace(NOTHING, "").strip(" \t\n")
    return plain(re.sub("[ \t\n]+", " ", words))  # no-break blanks are room


def _table(paragraphs: Sequence[WordParagraph]) -> Table:
    """Return a table of the paragraphs of its cells; a cell goes to where the next one begins.

    Its first row is its head, unless it holds a text; the content says how wide its columns are.
    """
    places: dict[tuple[int, int], list[str]] = {}
    for each in paragraphs:
        assert each.cell is not None
        places.setdefault((each.cell.row, each.cell.column), []).append(each.text)
    width = max(column for _, column in places) + 1
    rows = []
    for _, group in groupby(sorted(places), key=lambda place: place[0]):
        row = list(group)
        begins = [0, *(column for _, column in row[1:]), width]
        rows.append(
            Row(
                tuple(
                    Cell(_runs(" ".join(places[place])), columns=begins[at + 1] - begins[at])
                    for at, place in enumerate(row)
                )
            )
        )
    heads = int(all(len(cell.text) <= LONGEST_HEAD for cell in rows[0].cells))
    return Table((0.0,) * width, tuple(rows[:heads]), tuple(rows[heads:]))


def _annex(opened: OpenedWord, paragraphs: Sequence[WordParagraph], number: int) -> Annex:
    """Return an annex: its number, the lines of its title up to the note, the rest as blocks."""
    first, *rest = paragraphs
    head = [each for each in rest[:4] if each.cell is None]
    note = next((each for each in head if each.text.lstrip().startswith("(Kèm theo")), None)
    title = head[: head.index(note)] if note is not None else head[:1]
    left = [each for each in rest if each not in title and each is not note]
    return Annex(
        number=_line(first.text),
        title=_line(" ".join(each.text for each in title)),
        note=_line(note.text) if note is not None else "",
        landscape=False,
        anchor=f"phu-luc-{number}",
        blocks=tuple(_blocks(opened, left)),
    )
