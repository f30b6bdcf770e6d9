"""Measures of the lines drawn below motto, agency and abstract (Annex I, II.1, II.2 and II.5)."""

from __future__ import annotations

from vanban.checks.form.measure import Form, Found, Result, Subject, Unmeasured, Value, measure
from vanban.checks.form.parts import Part
from vanban.checks.form.printed_pages import Box
from vanban.checks.form.specification import components
from vanban.ooxml.word_file import WordParagraph

BELOW = 18.0
"""How far below the text, pt, its rule may stand."""

OVERLAP = 6.0
"""A border is drawn as a box that begins up to so far above the lower edge of the text."""

NEAR = 60.0
"""How far the middles of a text and its rule may be apart, pt, to belong together."""

LONELY = 0.15
"""Share of the first line that one word at most takes."""

RULED = ("tieu-ngu", "co-quan-ban-hanh", "trich-yeu")
"""Components with a line below."""


@measure("duong-ke")
def line(subject: Subject) -> Result:
    """Whether a line is drawn below a component, and its letters are not underlined instead."""
    form, parts = subject.form, subject.parts
    underlined = tuple(
        part for part in parts if any(format_.underline for format_, _ in part.formatted)
    )
    advice = "vẽ đường kẻ bằng Insert, Shapes, Line"
    if underlined:
        return Found("gạch chân chữ", underlined, advice=f"bỏ gạch chân, {advice}")
    typed = subject.component.id in form.components.typed_lines
    if typed or _is_drawn(form, parts) or _measured(form, parts)[0] is not None:
        return Found()
    if form.pages is None and _may_be_drawn(form, parts):
        return Unmeasured(form.unmeasured)
    return Found("không có", parts[-1:], advice=advice)


@measure("do-dai-duong-ke")
def length(subject: Subject) -> Result:
    """The length of the line, % of the text above: of its longest or of its last line."""
    rule, texts = _measured(subject.form, subject.parts)
    if rule is None:
        return _unmeasured(subject)
    shares = [100 * rule.width / text.width for text in texts if text.width > 0]
    share = next(filter(subject.allows, shares), min(shares))
    return [Value(share, subject.parts[-1])]


@measure("lech-duong-ke")
def balance(subject: Subject) -> Result:
    """How far the middle of the line is from that of the text, pt."""
    rule, texts = _measured(subject.form, subject.parts)
    if rule is None:
        return _unmeasured(subject)
    return [Value(_offset(rule, texts), subject.parts[-1])]


@measure("duong-ke-cong-van")
def line_of_letter(subject: Subject) -> Result:
    """A line drawn below the abstract of an official letter."""
    drawn = subject.component.id in subject.form.components.typed_lines or any(
        part.paragraph.format.border for part in subject.parts
    )
    return Found(at=subject.parts if drawn else ())


@measure("duong-ke-go-tay")
def typed_lines(subject: Subject) -> Result:
    """The components whose lines are typed as dashes."""
    typed = [each for each in RULED if each in subject.form.components.typed_lines]
    names = ", ".join(str(components()[each].name) for each in typed)
    at = tuple(part for each in typed for part in subject.of(each)[-1:])
    return Found(f"gõ bằng dấu gạch dưới {names}" if typed else "", at, bool(typed))


def _unmeasured(subject: Subject) -> Unmeasured:
    return Unmeasured(subject.form.unmeasured or "không thấy đường kẻ trên trang để đo")


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
    place = paragraphs.index(last)
    if last.format.border:
        return True
    for paragraph in paragraphs[place + 1 : place + 4]:
        if paragraph.format.border:
            return True
        if paragraph.number:
            break
    around = paragraphs[max(place - 6, 0) : place + 7]
    return any(paragraph.line and _near(paragraph, last) for paragraph in around)


def _may_be_drawn(form: Form, parts: tuple[Part, ...]) -> bool:
    """Say whether something near that only the page can show may be the line.

    Shapes, pictures, borders of tables and of the paragraph below, and lines that are anchored
    elsewhere; what stands in another column of the same table belongs there.
    """
    last = parts[-1].paragraph
    paragraphs = form.word.paragraphs
    place = paragraphs.index(last)
    for paragraph in (*paragraphs[: place + 10], *form.word.margins):
        if paragraph.maybe_line or paragraph.line:
            one, two = paragraph.cell, last.cell
            if one is None or two is None or one.table != two.table or one.column == two.column:
                return True
    return False


def _near(paragraph: WordParagraph, last: WordParagraph) -> bool:
    if last.cell is None or paragraph.cell is None:
        return paragraph.cell is last.cell
    same_table = paragraph.cell.table == last.cell.table
    return same_table and paragraph.cell.column == last.cell.column


@measure("chu-le-loi")
def lonely_word(subject: Subject) -> Result:
    """The lines of the page on which one word of a title of several lines stands alone."""
    form, wrong = subject.form, []
    if form.pages is None:
        return Unmeasured(form.unmeasured)
    for part in subject.parts:
        boxes = form.pages.find(part.text, form.head_page)
        if len(boxes) > 1 and boxes[-1].width < LONELY * boxes[0].width:
            wrong.append(part)
    return Found(at=tuple(wrong))
