"""Measures of the page (Annex I, Mục I): paper, margins, font, colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from vanban.checks.form.measure import (
    HEAD_LINES,
    POINTS_PER_MM,
    Form,
    Found,
    Result,
    Subject,
    Unmeasured,
    Value,
    measure,
    shown,
)
from vanban.checks.form.parts import Part
from vanban.checks.form.printed_pages import Page
from vanban.ooxml.styles import CharacterFormat
from vanban.ooxml.word_file import WordParagraph

SYMBOL_FONTS = ("symbol", "wingdings", "webdings")
"""Fonts of the signs that Word itself puts before list items."""

OLD_FONTS = (".vn", "vni-")
"""Fonts of codes before Unicode begin so."""

STAMPS = ("do-mat", "do-khan", "pham-vi-luu-hanh")
"""Components that stand in red."""


@measure("kho-giay")
def paper(subject: Subject) -> Result:
    """Width and height of the pages, mm, the wrong ones first."""
    sizes = [
        (section.width / POINTS_PER_MM, section.height / POINTS_PER_MM)
        for section in subject.form.word.sections
    ]
    wrong = [size for size in sizes if not _fits(subject, size)]
    text = " × ".join(shown(length) for length in (wrong or sizes)[0])
    return Found(f"{text} mm", wrong=bool(wrong))


def _fits(subject: Subject, size: tuple[float, float]) -> bool:
    right, tolerance = subject.aspect.numbers, subject.aspect.tolerance
    return all(
        abs(one - other) <= tolerance for one, other in zip(sorted(size), right, strict=True)
    )


@measure("huong-giay")
def orientation(subject: Subject) -> Result:
    """Whether the first page stands upright; one with a table in its content may lie."""
    landscape = subject.form.word.sections[0].landscape
    has_table = any(item.paragraph.cell for item in subject.form.components.body)
    return Found("ngang" if landscape else "dọc", wrong=landscape and not has_table)


def _margins(side: str, subject: Subject) -> Result:
    """Return the margins of upright pages on one side, mm."""
    return [
        Value(round(getattr(section, side) / POINTS_PER_MM, 1))
        for section in subject.form.word.sections
        if not section.landscape
    ]


def _margins_as_used(side: str, subject: Subject) -> Result:
    """Return the least margin that lines leave free, mm, from the page after that of the head on.

    The head may reach into the margins, as in the samples. Where a cover stands before its page,
    what is below the head on it counts as well.
    """
    form = subject.form
    if form.pages is None:
        return Unmeasured(form.unmeasured)
    pages = [page for page in form.pages.pages[1:] if page.height > page.width]
    used = (_used(page, side, form) for page in pages if page.lines)
    least = (subject.aspect.least or 0) * POINTS_PER_MM
    return [Value(min(used, default=least) / POINTS_PER_MM)] if pages else ()


for _name, _side in (("tren", "top"), ("duoi", "bottom"), ("trai", "left"), ("phai", "right")):
    measure(f"le-{_name}")(partial(_margins, _side))
for _name, _side in (("trai", "left"), ("phai", "right")):
    measure(f"le-{_name}-tren-trang")(partial(_margins_as_used, _side))


def _used(page: Page, side: str, form: Form) -> float:
    """Return the margin, pt, that the lines of a page leave free."""
    head = [
        box.bottom
        for component in HEAD_LINES
        for part in form.components.get(component)
        for box in page.find(part.text)
    ]
    limit = min(head) if head and page.index == form.head_page else None
    boxes = [
        box for text, box in page.lines if text.strip() and (limit is None or box.top <= limit)
    ]
    if not boxes:
        return page.width / 2
    if side == "left":
        return min(box.left for box in boxes)
    return page.width - max(box.right for box in boxes)


@measure("phong-chu")
def fonts(subject: Subject) -> Result:
    """Each font other than Times New Roman, and where it is used."""
    places: dict[str, list[Part]] = defaultdict(list)
    for paragraph in subject.form.word.everywhere:
        for name, start, end in _other_fonts(paragraph):
            places[name].append(Part(paragraph, start, end))
    return [_found_font(name, parts) for name, parts in places.items()] or Found()


def _found_font(name: str, parts: list[Part]) -> Found:
    old = "đây là phông mã cũ: chuyển mã sang Unicode rồi chọn phông {quy_dinh}"
    return Found(name, tuple(parts), advice=old if name.lower().startswith(OLD_FONTS) else "")


def _other_fonts(paragraph: WordParagraph) -> Iterator[tuple[str, int, int]]:
    for run in paragraph.runs:
        text = paragraph.text[run.start : run.end]
        plain = any(sign.isalnum() and sign.isascii() for sign in text)
        marked = any(sign.isalpha() and not sign.isascii() for sign in text)
        for name, used in ((run.format.ascii, plain), (run.format.other, marked)):
            if used and not _is_times(name) and not name.lower().startswith(SYMBOL_FONTS):
                yield name, run.start, run.end
                break


def _is_times(name: str) -> bool:
    """Accept the font under its name in Word and under that in its file."""
    squeezed = name.lower().replace(" ", "")
    return squeezed == "timesnewroman" or squeezed.startswith("timesnewromanps")


@measure("mau-chu")
def colors(subject: Subject) -> Result:
    """Each colour of letters other than black, and where it is used."""
    components = subject.form.components.component_of
    places: dict[str, list[Part]] = defaultdict(list)
    for paragraph in subject.form.word.everywhere:
        if components.get(paragraph) in STAMPS:
            continue
        for run in paragraph.runs:
            if not run.format.black and paragraph.text[run.start : run.end].strip():
                places[_color_name(run.format)].append(Part(paragraph, run.start, run.end))
    return [Found(name, tuple(parts)) for name, parts in places.items()] or Found()


def _color_name(format_: CharacterFormat) -> str:
    is_code = len(format_.color) == 6
    return f"màu #{format_.color.upper()}" if is_code else f"màu “{format_.color}” của bộ màu"
