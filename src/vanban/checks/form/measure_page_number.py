"""Measures of page numbers (Annex I, Mục I): where they stand, how they look."""

from __future__ import annotations

import re

from vanban.checks.form.measure import Form, Found, Result, Subject, Unmeasured, Value, measure
from vanban.checks.form.parts import NATIONAL
from vanban.checks.form.printed_pages import Page
from vanban.nd30.letters import fold
from vanban.ooxml.word_file import Section, WordParagraph

CENTER_TOLERANCE = 8.0
"""pt that a page number may stand beside the middle."""

ANNEX_HEAD = 120
"""Letters on top of a page among which the head of an annex begins."""

SHORT_TEXT = 1_500
"""Letters that surely fit on one page."""

LONG_TEXT = 6_000
"""Letters that surely need more than one page."""

_ROMAN = re.compile(r"\W*[ivxlc]+\W*", re.IGNORECASE)


@measure("danh-so-trang")
def numbering(subject: Subject) -> Result:
    """Whether pages are numbered where there is no page field; one page needs none."""
    form = subject.form
    if _number_of(form) is not None:
        return None
    if any(each.plain.isdigit() for each in form.section.headers.get("default", ())):
        return Found("số gõ tay", wrong=True)
    length = sum(len(paragraph.text) for paragraph in form.word.filled)
    pages = len(form.pages.pages) if form.pages is not None else 0
    if pages > 1 or (not pages and length > LONG_TEXT):
        return Found("không có", wrong=True)
    if pages == 1 or length < SHORT_TEXT:
        return Found("văn bản một trang", allowed="từ trang thứ hai")
    return Unmeasured(form.unmeasured)


@measure("vi-tri-so-trang")
def place(subject: Subject) -> Result:
    """In which part of the page the number stands."""
    where, found = _number_place(subject.form)
    return None if found is None else [Value(where)]


@measure("giua-so-trang")
def centering(subject: Subject) -> Result:
    """Whether the number stands in the middle."""
    found = _number_of(subject.form)
    if found is None:
        return None
    centered = _is_centered(found, subject.form.section)
    if centered is None:
        reason = "số trang đặt bằng khung, bảng hoặc dấu tab nên tệp không cho biết"
        return Unmeasured(f"{reason} — xem mục đo trên trang")
    return [Value("canh giữa" if centered else "không canh giữa")]


@measure("so-o-trang-dau")
def first_page(subject: Subject) -> Result:
    """Whether the first page shows a number."""
    if _number_of(subject.form) is None:
        return None
    section = subject.form.section
    kind = "first" if section.title_page else "default"
    first = (*section.headers.get(kind, ()), *section.footers.get(kind, ()))
    return [Value("hiện số trang" if any(map(_is_number, first)) else "không hiện")]


@measure("co-chu-so-trang")
def size(subject: Subject) -> Result:
    """The sizes of the number, pt."""
    found = _number_of(subject.form)
    if found is None:
        return None
    sizes = [Value(format_.size) for format_, _ in found.formatted()]
    return sizes or Unmeasured("trường số trang chưa có chữ nào")


@measure("chu-so-la-ma")
def numerals(subject: Subject) -> Result:
    """Roman numerals; nothing where there are none."""
    found = _number_of(subject.form)
    if found is None or not _ROMAN.fullmatch(found.plain):
        return None
    return Found(f"“{found.plain}”", wrong=True)


@measure("kieu-chu-so-trang")
def style(subject: Subject) -> Result:
    """Whether the number is upright and not bold."""
    found = _number_of(subject.form)
    formats = [] if found is None else [format_ for format_, _ in found.formatted()]
    if not formats:
        return None
    slanted = any(format_.italic or format_.bold for format_ in formats)
    return [Value("đậm hoặc nghiêng" if slanted else "đứng")]


@measure("so-trang-tren-trang")
def as_printed(subject: Subject) -> Result:
    """What is wrong on the first page whose number does not fit."""
    form = subject.form
    if form.pages is None:
        return Unmeasured(form.unmeasured)
    found = _number_of(form)
    if found is not None and found.margin_tab:
        reason = "số trang đặt bằng tab theo lề (Alignment Tab) mà LibreOffice không đặt đúng chỗ"
        return Unmeasured(reason)
    if found is not None and any(sign.isalpha() or sign == "/" for sign in found.plain):
        return Unmeasured(f"số trang đứng cùng chữ khác (“{found.plain}”)")
    wrong = next(filter(None, (_wrong_number(page, form) for page in form.pages.pages)), "")
    return Found(wrong, wrong=bool(wrong))


def _wrong_number(page: Page, form: Form) -> str:
    """Return what is wrong about the number of a page, "" where it is right.

    The first page of an annex may show its number or not, and so may the pages up to that of the
    head: the decree does not say.
    """
    section = form.section
    found = [
        (text.strip(), box)
        for text, box in page.lines
        if text.strip().isdigit() and box.bottom > page.height - section.top - 2
    ]
    name = f"trang {page.index + 1}"
    if page.index == 0:
        return f"{name} hiện số {found[0][0]}" if found else ""
    if not found:
        top = fold(page.letters[:ANNEX_HEAD])
        begins = top.startswith("PHULUC") or NATIONAL.replace(" ", "") in top
        is_annex = form.components.annexes and begins
        may_lack = is_annex or page.index <= form.head_page
        has_words = any(text.strip() for text, _ in page.lines)
        return f"{name} không có số ở lề trên" if has_words and not may_lack else ""
    middle = (section.left + page.width - section.right) / 2
    low, high = sorted((middle, page.width / 2))
    if not low - CENTER_TOLERANCE <= found[0][1].center <= high + CENTER_TOLERANCE:
        return f"{name} có số không ở giữa"
    return ""


def _number_of(form: Form) -> WordParagraph | None:
    return _number_place(form)[1]


def _is_centered(paragraph: WordParagraph, section: Section) -> bool | None:
    """Say whether a page number stands in the middle, None where only the page can show it."""
    format_ = paragraph.format
    if paragraph.box or paragraph.cell is not None:
        return None
    if format_.frame is not None:
        return format_.frame == "center" if format_.frame else None
    if paragraph.margin_tab:
        return paragraph.margin_tab == "center"
    before = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip())]
    count = before.count("\t")
    if not count:
        return format_.align == "center"
    middle = (section.width - section.left - section.right) / 2
    stops = format_.tabs[count - 1 : count]
    is_middle = any(
        kind == "center" and abs(place - middle) <= CENTER_TOLERANCE for place, kind in stops
    )
    return True if is_middle else None


def _is_number(paragraph: WordParagraph) -> bool:
    return "PAGE" in paragraph.fields


def _number_place(form: Form) -> tuple[str, WordParagraph | None]:
    """Return where the page number stands, from the section on in which the document begins."""
    sections = form.word.sections
    for section in sections[sections.index(form.section) :]:
        for place, parts in (("đầu trang", section.headers), ("cuối trang", section.footers)):
            for kind in ("default", "even"):
                for paragraph in parts.get(kind, ()):
                    if _is_number(paragraph):
                        return place, paragraph
    return "", None
