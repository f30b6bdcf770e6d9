"""Rules about page numbers (Annex I, Mục II.7 of the page): where they stand, how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.pages import Pages
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, between, shown, unknown
from vanban.nd30.components import BY_ID
from vanban.ooxml.word_file import Section, WordParagraph

CENTER_TOLERANCE = 8.0
"""pt that a page number may stand beside the middle."""

_ROMAN = re.compile(r"\W*[ivxlc]+\W*", re.IGNORECASE)

SHORT_TEXT = 1_500
"""Letters that surely fit on one page."""

LONG_TEXT = 6_000
"""Letters that surely need more than one page."""


@form_rule(
    id="hinh-thuc/so-trang",
    title="Số trang: giữa lề trên, không hiện ở trang đầu",
    standing=Standing.LAW,
    clause=BY_ID["so-trang"].full_clause,
    component="so-trang",
    fails="Số trang đặt ở cuối trang",
    passes="Số trang ở giữa lề trên, trang 1 không có số",
)
def page_number(form: Form) -> Iterator[Judgement]:
    section = form.section
    place, paragraph = _number_place(form)
    if paragraph is None:
        yield _no_number(form, section)
        return
    yield Judgement(
        "vị trí",
        place == "đầu trang",
        place,
        "trong lề trên (đầu trang)",
        advice="chèn số trang ở đầu trang (Insert, Page Number, Top of Page)",
    )
    centered = _is_centered(paragraph, section)
    if centered is None:
        yield unknown("canh giữa", "canh giữa", f"{OTHERWISE_PLACED} — xem mục đo trên trang")
    else:
        yield Judgement(
            "canh giữa",
            centered,
            "canh giữa" if centered else "không canh giữa",
            "canh giữa",
            advice="canh giữa số trang",
        )
    first = any(_is_number(p) for p in _first_page(section))
    yield Judgement(
        "trang đầu",
        not first,
        "hiện số trang" if first else "không hiện",
        "không hiện số trang thứ nhất",
        advice="chọn Different First Page và để trống đầu trang của trang đầu",
    )
    least, most = BY_ID["so-trang"].sizes
    looks = [look for look, _ in paragraph.formatted()]
    if not looks:
        yield unknown("cỡ chữ", between(least, most), "trường số trang chưa có chữ nào")
        return
    yield Judgement(
        "cỡ chữ",
        all(least <= look.size <= most for look in looks),
        shown(looks[0].size),
        between(least, most),
        advice=f"đặt cỡ chữ {between(least, most)} cho số trang",
    )
    if _ROMAN.fullmatch(paragraph.plain):
        yield Judgement(
            "chữ số",
            False,
            f"“{paragraph.plain}”",
            "chữ số Ả Rập",
            advice="chọn dạng 1, 2, 3, … (Format Page Numbers, Number format)",
        )
    upright = not any(look.italic or look.bold for look in looks)
    yield Judgement(
        "kiểu chữ",
        upright,
        "đứng" if upright else "đậm hoặc nghiêng",
        "đứng",
        advice="bỏ chữ đậm, chữ nghiêng ở số trang",
    )


def _no_number(form: Form, section: Section) -> Judgement:
    """Judge a file without a page field: one page needs none."""
    typed = any(p.plain.isdigit() for p in section.headers.get("default", ()))
    length = sum(len(paragraph.text) for paragraph in form.word.filled)
    pages = len(form.pages.pages) if form.pages is not None else 0
    several = pages > 1 or (not pages and length > LONG_TEXT)
    if typed or several:
        return Judgement(
            "đánh số trang",
            False,
            "số gõ tay" if typed else "không có",
            "số trang tự động",
            advice="chèn số trang bằng Insert, Page Number, Top of Page",
        )
    if pages == 1 or length < SHORT_TEXT:
        return Judgement("đánh số trang", True, "văn bản một trang", "từ trang thứ hai")
    return unknown("đánh số trang", "số trang tự động", form.unmeasured)


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


OTHERWISE_PLACED = "số trang đặt bằng khung, bảng hoặc dấu tab nên tệp không cho biết"


def _is_centered(paragraph: WordParagraph, section: Section) -> bool | None:
    """Say whether a page number stands in the middle, None where only the page can show it."""
    look = paragraph.format
    if paragraph.box or paragraph.cell is not None:
        return None
    if look.frame is not None:
        return look.frame == "center" if look.frame else None
    if paragraph.margin_tab:
        return paragraph.margin_tab == "center"
    before = paragraph.text[: len(paragraph.text) - len(paragraph.text.lstrip())]
    count = before.count("\t")
    if not count:
        return look.align == "center"
    middle = (section.width - section.left - section.right) / 2
    stops = look.tabs[count - 1 : count]
    is_middle = any(
        kind == "center" and abs(place - middle) <= CENTER_TOLERANCE for place, kind in stops
    )
    return True if is_middle else None


def _first_page(section: Section) -> tuple[WordParagraph, ...]:
    kind = "first" if section.title_page else "default"
    return (*section.headers.get(kind, ()), *section.footers.get(kind, ()))


def _is_number(paragraph: WordParagraph) -> bool:
    return "PAGE" in paragraph.fields


@form_rule(
    id="hinh-thuc/so-trang-tren-trang",
    title="Số trang đo trên trang",
    standing=Standing.LAW,
    clause=BY_ID["so-trang"].full_clause,
    component="so-trang",
    fails="Trang 2 không có số ở giữa lề trên",
    passes="Trang 2 có số 2 ở giữa lề trên",
)
def page_number_as_printed(form: Form) -> Iterator[Judgement]:
    allowed = "trang 1 không có số; các trang sau có số ở giữa lề trên"
    if form.pages is None:
        yield unknown("đo trên trang", allowed, form.unmeasured)
        return
    _, paragraph = _number_place(form)
    if paragraph is not None and paragraph.margin_tab:
        reason = "số trang đặt bằng tab theo lề (Alignment Tab) mà LibreOffice không đặt đúng chỗ"
        yield unknown("đo trên trang", allowed, reason)
        return
    if paragraph is not None and any(sign.isalpha() or sign == "/" for sign in paragraph.plain):
        reason = f"số trang đứng cùng chữ khác (“{paragraph.plain}”)"
        yield unknown("đo trên trang", allowed, reason)
        return
    wrong = _first_wrong_number(form.pages, form)
    yield Judgement(
        "đo trên trang",
        not wrong,
        wrong or "đúng trên mọi trang",
        allowed,
        advice="xem lại đầu trang của trang này",
    )


def _first_wrong_number(pages: Pages, form: Form) -> str:
    """Return what is wrong on the first page whose number does not fit, "" where all do.

    The first page of an annex may show its number or not, and so may the pages up to that of the
    head: the decree does not say.
    """
    section = form.section
    has_annexes = bool(form.components.annexes)
    for page in pages.pages:
        found = [
            (text.strip(), box)
            for text, box in page.lines
            if text.strip().isdigit() and box.bottom > page.height - section.top - 2
        ]
        name = f"trang {page.index + 1}"
        if page.index == 0:
            if found:
                return f"{name} hiện số {found[0][0]}"
            continue
        if not found:
            if has_annexes and page.letters[:6].upper() == "PHỤLỤC":
                continue
            if page.index <= form.head_page:
                continue
            if any(text.strip() for text, _ in page.lines):
                return f"{name} không có số ở lề trên"
            continue
        middle = (section.left + page.width - section.right) / 2
        low, high = sorted((middle, page.width / 2))
        if not low - CENTER_TOLERANCE <= found[0][1].center <= high + CENTER_TOLERANCE:
            return f"{name} có số không ở giữa"
    return ""
