"""The text of a PDF → paragraphs as a Word file has them: lines joined, page numbers known.

A line ends a paragraph where it does not reach the right edge, where the next begins with a number
or a dash, or where the next is indented. Two texts on one height stand as with a tab between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from vanban.evidence.file_errors import TooLarge
from vanban.evidence.first_page import rows_of
from vanban.evidence.limited import read_limited
from vanban.exchange.word_import.healed import begins_anew
from vanban.ooxml.package import UnreadableOffice
from vanban.ooxml.parts_read import BODY, FOOTER
from vanban.ooxml.styles import CharacterFormat, ParagraphFormat
from vanban.ooxml.word_file import Run, Section, WordFile, WordParagraph

SHORT = 0.05
"""Share of the page's width that a line stays away from the right edge where it ends early."""
INDENT = 0.03
"""Share of the page's width by which a first line stands in."""
CENTRED = 0.03
"""How far the middle of a centred line is from that of the text."""
MAX_PAGES = 400


class PageLine(Struct, frozen=True):
    """A line of a page: its text with a tab between columns; edges are shares of the width."""

    page: int
    text: str
    bold: bool
    left: float
    right: float
    height: float
    columns: int = 1


def read_pdf_text(data: bytes) -> WordFile:
    """Read the text of a PDF; raises UnreadableOffice where there is none or it is locked."""
    import pypdfium2  # noqa: F401 - loaded once, not in each process

    if not data.startswith(b"%PDF"):
        raise UnreadableOffice("tệp rỗng hoặc không phải PDF — xuất lại PDF từ tệp gốc")
    try:
        lines = read_limited(_page_lines, data)
    except TooLarge as error:
        raise UnreadableOffice("tệp PDF quá lớn hoặc quá phức tạp — đưa tệp Word") from error
    if not lines:
        raise UnreadableOffice(
            "tệp PDF không có chữ (bản chụp) — cần tệp Word, hoặc PDF xuất từ Word"
        )
    return as_word(lines)


def _page_lines(data: bytes) -> tuple[PageLine, ...]:
    import pypdfium2

    found: list[PageLine] = []
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > MAX_PAGES:
                raise UnreadableOffice(
                    f"tệp PDF có {len(pdf)} trang, nhận tối đa {MAX_PAGES} trang — tách tệp"
                )
            for number in range(len(pdf)):
                page = pdf[number]
                for row in rows_of(page.get_textpage(), page.get_width() or 1):
                    left, right = row[0].left or 0, row[-1].right or 0
                    text = "\t".join(line.text for line in row)
                    bold = all(line.bold for line in row)
                    height = row[0].height or 0
                    found.append(PageLine(number, text, bold, left, right, height, len(row)))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableOffice("tệp PDF có mật khẩu — bỏ mật khẩu rồi đưa lại") from error
        raise UnreadableOffice("tệp PDF hỏng, không mở được — xuất lại từ tệp gốc") from error
    return tuple(found)


def as_word(lines: tuple[PageLine, ...]) -> WordFile:
    """Join lines to paragraphs."""
    margins = set(_margins(lines))
    numbers = set(_page_numbers(line for line in lines if line not in margins))
    text = [line for line in lines if line not in numbers and line not in margins]
    edges = Counter(round(line.left, 2) for line in text if line.columns == 1)
    left = min((edge for edge, count in edges.items() if count > 2), default=0.1)
    right = max((line.right for line in text), default=0.9)
    paragraphs: list[WordParagraph] = []
    for count, group in enumerate(_grouped(text, left, right), 1):
        paragraphs.append(_paragraph(group, count, (left + right) / 2))
    once = {line.text: line for line in margins}
    notes = tuple(
        replace(_paragraph([line], len(paragraphs) + count, 0.5), where=FOOTER)
        for count, line in enumerate(once.values(), 1)
    )
    return WordFile(tuple(paragraphs), (Section(),), 0, "", notes, {BODY: 1}, Counter())


def _page_numbers(lines: Iterable[PageLine]) -> Iterator[PageLine]:
    """Yield the lines at the top or foot of a page that are its number; others are text."""
    pages: dict[int, list[PageLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    for found in pages.values():
        edges = {max(found, key=lambda line: line.height), min(found, key=lambda line: line.height)}
        yield from (line for line in edges if re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", line.text))


def _margins(lines: tuple[PageLine, ...]) -> Iterator[PageLine]:
    """Yield the lines that stand at the same height of most pages: headers and footers."""
    pages = len({line.page for line in lines})
    same: dict[tuple[str, int], list[PageLine]] = {}
    for line in lines:
        same.setdefault((line.text, round(line.height / 4)), []).append(line)
    for found in same.values():
        if pages > 2 and len(found) > pages / 2:
            yield from found


def _grouped(lines: list[PageLine], left: float, right: float) -> Iterator[list[PageLine]]:
    """Yield the lines of each paragraph."""
    group: list[PageLine] = []
    for line in lines:
        if group and _ends(group, line, left, right):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _ends(group: list[PageLine], line: PageLine, left: float, right: float) -> bool:
    """Say whether a paragraph ends before ``line``."""
    last = group[-1]
    if last.columns > 1 or line.columns > 1 or last.bold != line.bold:
        return True
    middle = (left + right) / 2
    centred = [
        abs((each.left + each.right) / 2 - middle) < CENTRED and each.left - left > INDENT
        for each in (last, line)
    ]
    if any(centred) and line.left - left > INDENT:
        return not all(centred) or last.text.isupper() != line.text.isupper()
    if right - last.right > SHORT and last.text.rstrip().endswith((".", ";", ":")):
        return True
    if line.left - left > INDENT and line.left - last.left > INDENT / 2:
        return True
    return begins_anew(last.text, line.text) and (
        right - last.right > SHORT or not last.text.rstrip().endswith((".", ";", ":"))
    )


def _paragraph(group: list[PageLine], number: int, middle: float) -> WordParagraph:
    text = " ".join(line.text for line in group)
    text = re.sub(r"(?<=\w)- (?=[A-ZĐ]{2})", "-", text)
    centred = all(abs((line.left + line.right) / 2 - middle) < CENTRED for line in group)
    short = group[0].right - group[0].left < 0.9 * 2 * (middle - 0.1)
    look = CharacterFormat(bold=group[0].bold)
    return WordParagraph(
        text,
        "",
        (Run(0, len(text), look),),
        ParagraphFormat(align="center" if centred and short and group[0].columns == 1 else "both"),
        "",
        0,
        number,
    )
