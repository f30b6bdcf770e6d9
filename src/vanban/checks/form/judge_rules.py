"""Rules about the lines drawn below motto, agency and abstract (Annex I, II.1, II.2 and II.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanban.checks.finding import Standing
from vanban.checks.form.pages import Box
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, shown, unknown
from vanban.nd30.components import BY_ID, SHORT_RULE
from vanban.ooxml.word_file import WordParagraph

BELOW = 18.0
"""How far below the text, pt, its rule may stand."""

OVERLAP = 6.0
"""A border is drawn as a box that begins up to so far above the lower edge of the text."""

NEAR = 60.0
"""How far the middles of a text and its rule may be apart, pt, to belong together."""

CENTER = 8.0
"""How far they may be apart to look centred."""

EQUAL = (0.93, 1.07)
"""Lengths that the eye takes for that of the text."""

SHARE_TOLERANCE = 0.02


@dataclass(frozen=True)
class RuleLine:
    """A rule below a component, its length as shares of the line of text."""

    component: str
    least: float
    most: float
    allowed: str


LINES: dict[str, RuleLine] = {
    "tieu-ngu": RuleLine("tieu-ngu", *EQUAL, "bằng độ dài dòng chữ"),
    "co-quan-ban-hanh": RuleLine("co-quan-ban-hanh", *SHORT_RULE, "1/3 đến 1/2 độ dài dòng chữ"),
    "trich-yeu": RuleLine("trich-yeu", *SHORT_RULE, "1/3 đến 1/2 độ dài dòng chữ"),
}


@form_rule(
    id="hinh-thuc/duong-ke-tieu-ngu",
    title="Đường kẻ dưới Tiêu ngữ, dài bằng dòng chữ",
    standing=Standing.LAW,
    clause=BY_ID["tieu-ngu"].full_clause,
    component="tieu-ngu",
    fails="Không có đường kẻ dưới Tiêu ngữ",
    passes="Đường kẻ nét liền dài bằng dòng Tiêu ngữ",
)
def motto_rule(form: Form) -> Iterator[Judgement]:
    yield from _judge(form, LINES["tieu-ngu"])


@form_rule(
    id="hinh-thuc/duong-ke-co-quan",
    title="Đường kẻ dưới tên cơ quan ban hành, dài 1/3 đến 1/2 dòng chữ",
    standing=Standing.LAW,
    clause=BY_ID["co-quan-ban-hanh"].full_clause,
    component="co-quan-ban-hanh",
    fails="Không có đường kẻ dưới tên cơ quan ban hành",
    passes="Đường kẻ nét liền dài 2/5 dòng chữ, đặt cân đối",
)
def agency_rule(form: Form) -> Iterator[Judgement]:
    yield from _judge(form, LINES["co-quan-ban-hanh"])


@form_rule(
    id="hinh-thuc/duong-ke-trich-yeu",
    title="Đường kẻ dưới trích yếu, dài 1/3 đến 1/2 dòng chữ",
    standing=Standing.LAW,
    clause=BY_ID["trich-yeu"].full_clause,
    component="trich-yeu",
    fails="Không có đường kẻ dưới trích yếu",
    passes="Đường kẻ nét liền dài 2/5 dòng chữ, đặt cân đối",
)
def abstract_rule(form: Form) -> Iterator[Judgement]:
    yield from _judge(form, LINES["trich-yeu"])


@form_rule(
    id="hinh-thuc/cong-van-khong-ke",
    title="Không kẻ đường dưới trích yếu công văn",
    standing=Standing.LAW,
    clause=BY_ID["trich-yeu-cong-van"].full_clause,
    component="trich-yeu-cong-van",
    fails="Có đường kẻ dưới dòng V/v",
    passes="Dưới dòng V/v không có đường kẻ",
)
def letter_rule(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("trich-yeu-cong-van")
    if not parts:
        yield absent("đường kẻ", "không có")
        return
    drawn = "trich-yeu-cong-van" in form.components.typed_rules or any(
        part.paragraph.format.border for part in parts
    )
    yield Judgement(
        "đường kẻ",
        not drawn,
        "có" if drawn else "không có",
        "không có",
        parts if drawn else (),
        "bỏ đường kẻ dưới dòng V/v",
    )


@form_rule(
    id="hinh-thuc/duong-ke-go-tay",
    title="Đường kẻ gõ bằng dấu gạch",
    standing=Standing.HABIT,
    clause="Thông lệ: Nghị định 30/2020/NĐ-CP không quy định cách vẽ đường kẻ",
    component="trang",
    fails="Dưới Tiêu ngữ gõ ________",
    passes="Dưới Tiêu ngữ vẽ đường kẻ bằng Insert, Shapes, Line",
)
def typed_rules(form: Form) -> Iterator[Judgement]:
    typed = [BY_ID[name].name for name in LINES if name in form.components.typed_rules]
    parts = tuple(
        form.components.get(name)[-1]
        for name in LINES
        if name in form.components.typed_rules and form.components.get(name)
    )
    yield Judgement(
        "cách vẽ đường kẻ",
        not typed,
        "gõ bằng dấu gạch dưới " + ", ".join(typed) if typed else "không gõ bằng dấu gạch",
        "vẽ bằng đường kẻ",
        parts,
        "vẽ bằng Insert, Shapes, Line để không xô lệch khi sửa",
    )


def _judge(form: Form, line: RuleLine) -> Iterator[Judgement]:
    parts = form.components.get(line.component)
    if not parts:
        yield absent("đường kẻ", line.allowed)
        return
    underlined = tuple(
        part
        for part in parts
        if any(look.underline for look, _ in part.paragraph.formatted(part.start, part.end))
    )
    drawn = line.component in form.components.typed_rules or _is_drawn(form, parts)
    rule, texts = _measured(form, parts)
    found = drawn or rule is not None
    if form.pages is None and not found and not underlined and _may_be_drawn(form, parts):
        for aspect in ("đường kẻ", "độ dài đường kẻ", "đường kẻ cân đối"):
            yield unknown(aspect, line.allowed, form.unmeasured)
        return
    yield Judgement(
        "đường kẻ",
        found and not underlined,
        "gạch chân chữ" if underlined else "có" if found else "không có",
        "có đường kẻ ngang, nét liền",
        underlined or (() if found else parts[-1:]),
        "bỏ gạch chân, vẽ đường kẻ bằng Insert, Shapes, Line"
        if underlined
        else "vẽ đường kẻ bằng Insert, Shapes, Line",
    )
    if form.pages is None or rule is None:
        reason = form.unmeasured or "không thấy đường kẻ trên trang để đo"
        yield unknown("độ dài đường kẻ", line.allowed, reason)
        yield unknown("đường kẻ cân đối", "cân đối so với dòng chữ", reason)
        return
    shares = [rule.width / text.width for text in texts if text.width > 0]
    least, most = line.least - SHARE_TOLERANCE, line.most + SHARE_TOLERANCE
    fitting = [share for share in shares if least <= share <= most]
    share = (fitting or [min(shares)])[0]
    yield Judgement(
        "độ dài đường kẻ",
        bool(fitting),
        f"{share:.0%} dòng chữ",
        line.allowed,
        () if fitting else parts[-1:],
        "kéo đường kẻ cho đúng độ dài",
    )
    offset = _offset(rule, texts)
    yield Judgement(
        "đường kẻ cân đối",
        offset <= CENTER,
        f"lệch {shown(offset)} pt" if offset > CENTER else "cân đối",
        "cân đối so với dòng chữ",
        () if offset <= CENTER else parts[-1:],
        "đặt đường kẻ vào giữa, dưới dòng chữ",
    )


def _offset(rule: Box, texts: list[Box]) -> float:
    """Return how far the middle of a rule is from that of the nearest text, pt."""
    return min(abs(rule.center - text.center) for text in texts)


def _measured(form: Form, parts: tuple[Part, ...]) -> tuple[Box | None, list[Box]]:
    """Return the rule below ``parts`` on page 1 and the lines of text it may be measured by.

    Those are the longest and the last line: the decree speaks of one line only.
    """
    if form.pages is None or not form.pages.pages:
        return None, []
    page = form.pages.pages[form.head_page]
    lines = [box for part in parts for box in page.find(part.text)]
    if not lines:
        return None, []
    longest, last = max(lines, key=lambda box: box.width), min(lines, key=lambda box: box.bottom)
    near = [
        rule
        for rule in page.rules
        if -OVERLAP <= last.bottom - rule.top + OVERLAP / 2 <= BELOW + OVERLAP
        and _offset(rule, [longest, last]) <= NEAR
    ]
    return min(near, key=lambda rule: last.bottom - rule.top, default=None), [longest, last]


def _is_drawn(form: Form, parts: tuple[Part, ...]) -> bool:
    """Say whether the file draws a line at the component.

    That is a border below it or below the next, empty paragraphs, or a drawn line in its cell,
    or outside tables anywhere near.
    """
    paragraphs = form.word.paragraphs
    last = parts[-1].paragraph
    place = next(index for index, paragraph in enumerate(paragraphs) if paragraph is last)
    if last.format.border:
        return True
    for paragraph in paragraphs[place + 1 : place + 4]:
        if paragraph.format.border:
            return True
        if paragraph.number:
            break
    return any(paragraph.line and _near(paragraph, last) for paragraph in _around(form, place))


def _may_be_drawn(form: Form, parts: tuple[Part, ...]) -> bool:
    """Say whether something near that only the page can show may be the line.

    Shapes, pictures, borders of tables and of the paragraph below, and lines that are anchored
    elsewhere; what stands in another column of the same table belongs there.
    """
    last = parts[-1].paragraph
    paragraphs = form.word.paragraphs
    place = next(index for index, paragraph in enumerate(paragraphs) if paragraph is last)
    for paragraph in (*paragraphs[: place + 10], *form.word.margins):
        if paragraph.maybe_line or paragraph.line:
            one, two = paragraph.cell, last.cell
            if one is None or two is None or one.table != two.table or one.column == two.column:
                return True
    return False


def _around(form: Form, place: int) -> tuple[WordParagraph, ...]:
    return form.word.paragraphs[max(place - 6, 0) : place + 7]


def _near(paragraph: WordParagraph, last: WordParagraph) -> bool:
    if last.cell is None or paragraph.cell is None:
        return paragraph.cell is last.cell
    same_table = paragraph.cell.table == last.cell.table
    return same_table and paragraph.cell.column == last.cell.column
