"""Rules about the page (Annex I, Mục I): paper, margins, font, colour, page numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.looks import TextLook
from vanban.checks.form.pages import Page, Pages
from vanban.checks.form.parts import Part
from vanban.checks.form.verdict import POINTS_PER_MM, Form, Judgement, between, shown, unknown
from vanban.checks.form.word_file import Section, WordParagraph
from vanban.checks.rules import form_rule
from vanban.nd30.components import A4, BY_ID, FONT, MARGINS

CLAUSE = BY_ID["trang"].full_clause
TOLERANCE = 0.5
"""mm: Word rounds to twips, people to tenths of a centimetre."""

PAGE_TOLERANCE = 2.0
"""mm that letters may reach beyond a margin: hanging signs, rounding of the two programs."""

CENTER_TOLERANCE = 8.0
"""pt that a page number may stand beside the middle."""

SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "courier new", "cambria math")
"""Fonts of the signs that Word itself puts before list items, and of formulas."""

STAMPS = ("do-mat", "do-khan", "pham-vi-luu-hanh")
"""Components that stand in red."""

SHORT_TEXT = 1_500
"""Letters that surely fit on one page."""

LONG_TEXT = 6_000
"""Letters that surely need more than one page."""


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
            yield unknown(f"lề {name}", allowed, "văn bản chỉ có trang ngang")
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
    """Measure from page 2 on: the head may reach into the margins, as in the official samples."""
    allowed = {side: MARGINS[side][1] for side in ("left", "right")}
    pages = [] if form.pages is None else [p for p in form.pages.pages[1:] if p.height > p.width]
    for side, least in allowed.items():
        name = MARGINS[side][0]
        aspect, limit = f"lề {name} đo trên trang", f"từ {shown(least)} mm trở lên"
        if not pages:
            reason = form.unmeasured or "văn bản chỉ có một trang dọc"
            yield unknown(aspect, limit, reason)
            continue
        used = min(
            (_used(page, side) for page in pages if page.lines), default=least * POINTS_PER_MM
        )
        yield Judgement(
            aspect,
            used / POINTS_PER_MM >= least - PAGE_TOLERANCE,
            f"{shown(used / POINTS_PER_MM)} mm",
            limit,
            advice="xem lại thụt lề của đoạn và bề rộng của bảng",
        )


def _used(page: Page, side: str) -> float:
    boxes = [box for text, box in page.lines if text.strip()]
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
    for paragraph in (*form.word.filled, *form.word.margins):
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
    for piece in paragraph.pieces:
        text = paragraph.text[piece.start : piece.end]
        plain = any(sign.isalnum() and sign.isascii() for sign in text)
        marked = any(sign.isalpha() and not sign.isascii() for sign in text)
        for name, used in ((piece.look.ascii, plain), (piece.look.other, marked)):
            if used and not _is_times(name) and not name.lower().startswith(SYMBOL_FONTS[:3]):
                yield name, piece.start, piece.end
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
    for paragraph in (*form.word.filled, *form.word.margins):
        if form.components.component_of.get(paragraph) in STAMPS:
            continue
        for piece in paragraph.pieces:
            if not piece.look.black and paragraph.text[piece.start : piece.end].strip():
                places[_color_name(piece.look)].append(Part(paragraph, piece.start, piece.end))
    if not places:
        yield Judgement("màu chữ", True, "đen", "đen")
    for name, parts in places.items():
        yield Judgement("màu chữ", False, name, "đen", tuple(parts), "chọn màu chữ đen")


def _color_name(look: TextLook) -> str:
    is_code = len(look.color) == 6
    return f"màu #{look.color.upper()}" if is_code else f"màu “{look.color}” của bộ màu"


# --- page numbers -------------------------------------------------------------------------------


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
    section = form.word.sections[0]
    place, paragraph = _number_place(section)
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
    centered = paragraph.look.align == "center"
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
    looks = [look for look, _ in paragraph.looks()]
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


def _number_place(section: Section) -> tuple[str, WordParagraph | None]:
    for place, parts in (("đầu trang", section.headers), ("cuối trang", section.footers)):
        for kind in ("default", "even"):
            for paragraph in parts.get(kind, ()):
                if _is_number(paragraph):
                    return place, paragraph
    return "", None


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

    The first page of an annex may show its number or not: the decree does not say.
    """
    section = form.word.sections[0]
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
            if any(text.strip() for text, _ in page.lines):
                return f"{name} không có số ở lề trên"
            continue
        middle = (section.left + page.width - section.right) / 2
        low, high = sorted((middle, page.width / 2))
        if not low - CENTER_TOLERANCE <= found[0][1].center <= high + CENTER_TOLERANCE:
            return f"{name} có số không ở giữa"
    return ""
