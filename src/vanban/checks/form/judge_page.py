"""Rules about the page (Annex I, Mục I): paper, margins, font, colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.pages import Page
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import (
    POINTS_PER_MM,
    Form,
    Judgement,
    absent,
    between,
    shown,
    unknown,
)
from vanban.nd30.components import A4, BY_ID, FONT, MARGINS
from vanban.ooxml.styles import CharacterFormat
from vanban.ooxml.word_file import WordParagraph

CLAUSE = BY_ID["trang"].full_clause
TOLERANCE = 0.5
"""mm: Word rounds to twips, people to tenths of a centimetre."""

PAGE_TOLERANCE = 2.0
"""mm that letters may reach beyond a margin: hanging signs, rounding of the two programs."""

SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "courier new", "cambria math")
"""Fonts of the signs that Word itself puts before list items, and of formulas."""

HEAD = ("co-quan-ban-hanh", "quoc-hieu", "tieu-ngu", "so-ky-hieu", "dia-danh-thoi-gian")
"""Components of the head, which may reach into the margins."""

STAMPS = ("do-mat", "do-khan", "pham-vi-luu-hanh")
"""Components that stand in red."""


@form_rule(
    id="hinh-thuc/kho-giay",
    title="Khổ giấy A4, trình bày theo chiều dài",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="trang",
    fails="Khổ giấy Letter 215,9 × 279,4 mm",
    passes="Khổ giấy A4 210 × 297 mm",
)
def paper(form: Form) -> Iterator[Judgement]:
    sizes = {(section.width, section.height) for section in form.word.sections}
    wrong = [size for size in sizes if not _is_a4(*size)]
    shown_size = wrong[0] if wrong else next(iter(sizes))
    yield Judgement(
        "khổ giấy",
        not wrong,
        " × ".join(shown(length / POINTS_PER_MM) for length in shown_size) + " mm",
        "A4 (210 × 297 mm)",
        advice="chọn khổ giấy A4 (Layout, Size) cho mọi phần của văn bản",
    )
    landscape = form.word.sections[0].landscape
    has_table = any(item.paragraph.cell for item in form.components.body)
    yield Judgement(
        "hướng giấy",
        not landscape or has_table,
        "ngang" if landscape else "dọc",
        "dọc (ngang khi có bảng biểu không làm thành phụ lục riêng)",
        advice="chọn hướng giấy dọc (Layout, Orientation, Portrait)",
    )


def _is_a4(width: float, height: float) -> bool:
    sides = sorted((width / POINTS_PER_MM, height / POINTS_PER_MM))
    return all(abs(side - right) <= 1 for side, right in zip(sides, A4, strict=True))


@form_rule(
    id="hinh-thuc/le-trang",
    title="Lề trang",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="trang",
    fails="Lề trái 25 mm",
    passes="Lề trái 30 mm",
)
def margins(form: Form) -> Iterator[Judgement]:
    portrait = [section for section in form.word.sections if not section.landscape]
    for side, (name, least, most) in MARGINS.items():
        allowed = between(least, most, "mm")
        if not portrait:
            yield absent(f"lề {name}", allowed, "văn bản chỉ có trang ngang")
            continue
        values = {round(getattr(section, side) / POINTS_PER_MM, 1) for section in portrait}
        wrong = [v for v in values if not least - TOLERANCE <= v <= most + TOLERANCE]
        yield Judgement(
            f"lề {name}",
            not wrong,
            "; ".join(f"{shown(value)} mm" for value in sorted(wrong or values)),
            allowed,
            advice=f"đặt lề {name} từ {shown(least)} đến {shown(most)} mm (Layout, Margins)",
        )


@form_rule(
    id="hinh-thuc/le-tren-trang",
    title="Chữ không lấn ra lề trang",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="trang",
    fails="Đoạn văn thụt lề âm, chữ cách mép trái 22 mm",
    passes="Chữ cách mép trái 30 mm",
)
def margins_as_used(form: Form) -> Iterator[Judgement]:
    """Measure after the page of the head, which may reach into the margins, as in the samples.

    Where a cover stands before that page, what is below the head on it counts as well.
    """
    allowed = {side: MARGINS[side][1] for side in ("left", "right")}
    pages = [] if form.pages is None else [p for p in form.pages.pages[1:] if p.height > p.width]
    for side, least in allowed.items():
        name = MARGINS[side][0]
        aspect, limit = f"lề {name} đo trên trang", f"từ {shown(least)} mm trở lên"
        if not pages:
            if form.pages is None:
                yield unknown(aspect, limit, form.unmeasured)
            else:
                yield absent(aspect, limit, "văn bản chỉ có một trang dọc")
            continue
        used = min(
            (_used(page, side, form) for page in pages if page.lines),
            default=least * POINTS_PER_MM,
        )
        yield Judgement(
            aspect,
            used / POINTS_PER_MM >= least - PAGE_TOLERANCE,
            f"{shown(used / POINTS_PER_MM)} mm",
            limit,
            advice="xem lại thụt lề của đoạn và bề rộng của bảng",
        )


def _used(page: Page, side: str, form: Form) -> float:
    """Return the margin, pt, that the lines of a page leave free."""
    head = [
        box.bottom
        for component in HEAD
        for part in form.components.get(component)
        for box in page.find(part.text)
    ]
    limit = min(head) if head and form.pages is not None and page.index == form.head_page else None
    boxes = [
        box for text, box in page.lines if text.strip() and (limit is None or box.top <= limit)
    ]
    if not boxes:
        return page.width / 2
    if side == "left":
        return min(box.left for box in boxes)
    return page.width - max(box.right for box in boxes)


@form_rule(
    id="hinh-thuc/phong-chu",
    title="Phông chữ Times New Roman",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="trang",
    fails="Một đoạn dùng phông Calibri",
    passes="Toàn văn dùng phông Times New Roman",
)
def font(form: Form) -> Iterator[Judgement]:
    places: dict[str, list[Part]] = defaultdict(list)
    for paragraph in form.word.everywhere:
        for name, start, end in _other_fonts(paragraph):
            places[name].append(Part(paragraph, start, end))
    if not places:
        yield Judgement("phông chữ", True, FONT, FONT)
    for name, parts in places.items():
        advice = f"chọn phông {FONT}"
        if name.lower().startswith((".vn", "vni-")):
            advice = f"đây là phông mã cũ: chuyển mã sang Unicode rồi chọn phông {FONT}"
        yield Judgement("phông chữ", False, name, FONT, tuple(parts), advice)


def _other_fonts(paragraph: WordParagraph) -> Iterator[tuple[str, int, int]]:
    for run in paragraph.runs:
        text = paragraph.text[run.start : run.end]
        plain = any(sign.isalnum() and sign.isascii() for sign in text)
        marked = any(sign.isalpha() and not sign.isascii() for sign in text)
        for name, used in ((run.format.ascii, plain), (run.format.other, marked)):
            if used and not _is_times(name) and not name.lower().startswith(SYMBOL_FONTS[:3]):
                yield name, run.start, run.end
                break


def _is_times(name: str) -> bool:
    """Accept the font under its name in Word and under that in its file."""
    squeezed = name.lower().replace(" ", "")
    return squeezed == "timesnewroman" or squeezed.startswith("timesnewromanps")


@form_rule(
    id="hinh-thuc/mau-chu",
    title="Chữ màu đen",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="trang",
    fails="Một cụm từ màu đỏ",
    passes="Toàn văn chữ màu đen",
)
def color(form: Form) -> Iterator[Judgement]:
    places: dict[str, list[Part]] = defaultdict(list)
    for paragraph in form.word.everywhere:
        if form.components.component_of.get(paragraph) in STAMPS:
            continue
        for run in paragraph.runs:
            if not run.format.black and paragraph.text[run.start : run.end].strip():
                places[_color_name(run.format)].append(Part(paragraph, run.start, run.end))
    if not places:
        yield Judgement("màu chữ", True, "đen", "đen")
    for name, parts in places.items():
        yield Judgement("màu chữ", False, name, "đen", tuple(parts), "chọn màu chữ đen")


def _color_name(look: CharacterFormat) -> str:
    is_code = len(look.color) == 6
    return f"màu #{look.color.upper()}" if is_code else f"màu “{look.color}” của bộ màu"
