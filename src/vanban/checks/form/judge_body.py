"""Rules about the content: letters, alignment, indents, gaps, pitch (Annex I, II.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from vanban.checks.finding import Standing
from vanban.checks.form.body import BodyKind, BodyParagraph
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import (
    POINTS_PER_MM,
    Form,
    Judgement,
    absent,
    between,
    missing,
    shown,
)
from vanban.nd30.components import BY_ID, DECREE, FIRST_LINES, LEAST_GAP, LINE_PITCHES

CONTENT = BY_ID["noi-dung"]
CLAUSE = CONTENT.full_clause
PROSE = (
    *(BodyKind.PROSE, BodyKind.BULLET, BodyKind.ARTICLE),
    *(BodyKind.CLAUSE, BodyKind.SUBCLAUSE, BodyKind.POINT),
)
"""Kinds whose paragraphs run over lines; titles among them are left out."""

ONE_LINE = 75
"""Letters that may still stand on one line, where alignment does not show."""

INDENT_TOLERANCE = 0.6
"""mm: Word shows tenths of a centimetre."""

GAP_TOLERANCE = 0.5
PITCH_TOLERANCE = 0.02


def prose(form: Form) -> list[BodyParagraph]:
    """Return the running text of the content."""
    return [item for item in form.components.body if item.kind in PROSE and not item.title]


def part_of(item: BodyParagraph) -> Part:
    return Part(item.paragraph, item.start, len(item.paragraph.text.rstrip()))


def _judge(
    items: Iterable[BodyParagraph],
    aspect: str,
    measure: Callable[[BodyParagraph], float],
    fits: Callable[[float], bool],
    show: Callable[[float], str],
    allowed: str,
    advice: str,
) -> Judgement:
    """Judge a length of every paragraph: what most paragraphs have, or what does not fit."""
    values = [(measure(item), item) for item in items]
    if not values:
        return absent(aspect, allowed)
    wrong = [(value, item) for value, item in values if not fits(value)]
    common = Counter(show(value) for value, _ in wrong or values).most_common(3)
    return Judgement(
        aspect,
        not wrong,
        "; ".join(text for text, _ in common) + (f" ({len(wrong)} đoạn)" if wrong else ""),
        allowed,
        tuple(part_of(item) for _, item in wrong),
        advice,
    )


@form_rule(
    id="hinh-thuc/noi-dung",
    title="Nội dung: cỡ chữ 13 đến 14, chữ đứng",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="noi-dung",
    fails="Nội dung cỡ chữ 12",
    passes="Nội dung cỡ chữ 14, chữ đứng",
)
def content(form: Form) -> Iterator[Judgement]:
    items = prose(form)
    least, most = CONTENT.sizes
    if not items:
        yield missing(form, "noi-dung", "bổ sung nội dung")
        return
    yield _judge(
        items,
        "cỡ chữ",
        lambda item: item.paragraph.size,
        lambda size: least <= size <= most,
        shown,
        between(least, most),
        f"đặt cỡ chữ {between(least, most)}",
    )
    slanted = tuple(part_of(item) for item in items if _mostly_italic(item))
    yield Judgement(
        "kiểu chữ",
        not slanted,
        f"nghiêng ({len(slanted)} đoạn)" if slanted else "đứng",
        "đứng",
        slanted,
        "bỏ chữ nghiêng của cả đoạn",
    )


def _mostly_italic(item: BodyParagraph) -> bool:
    lengths = Counter[bool]()
    for look, text in item.paragraph.formatted(item.label):
        lengths[look.italic] += len(text)
    return lengths[True] > lengths[False]


@form_rule(
    id="hinh-thuc/noi-dung-mot-co-chu",
    title="Nội dung cùng một cỡ chữ",
    standing=Standing.CONSISTENCY,
    clause=f"{DECREE}, Phụ lục I, Mục V (chú thích)",
    component="noi-dung",
    fails="Phần lớn nội dung cỡ 14, hai đoạn cỡ 13",
    passes="Mọi đoạn nội dung cỡ 14",
)
def one_size(form: Form) -> Iterator[Judgement]:
    """Compare with the size of most letters, word by word, where the size itself is allowed."""
    least, most = CONTENT.sizes
    items = [item for item in prose(form) if least <= item.paragraph.size <= most]
    letters: Counter[float] = Counter()
    for item in items:
        for look, text in item.paragraph.formatted():
            letters[look.size] += len(text)
    if not letters:
        yield absent("cỡ chữ thống nhất", "một cỡ chữ", "không có đoạn nào đúng cỡ chữ")
        return
    size = letters.most_common(1)[0][0]
    wrong = tuple(
        Part(item.paragraph, run.start, run.end)
        for item in items
        for run in item.paragraph.runs
        if run.format.size != size
        and any(sign.isalnum() for sign in item.paragraph.text[run.start : run.end])
    )
    yield Judgement(
        "cỡ chữ thống nhất",
        not wrong,
        "; ".join(shown(each) for each, _ in letters.most_common()),
        f"một cỡ chữ ({shown(size)})",
        wrong,
        f"đặt cỡ chữ {shown(size)} như các đoạn khác",
    )


@form_rule(
    id="hinh-thuc/canh-deu",
    title="Nội dung canh đều cả hai lề",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="noi-dung",
    fails="Đoạn văn nhiều dòng canh trái",
    passes="Đoạn văn canh đều hai lề (Justify)",
)
def justified(form: Form) -> Iterator[Judgement]:
    items = [item for item in prose(form) if len(item.paragraph.text) > ONE_LINE]
    if not items:
        yield absent("canh lề", "đều cả hai lề", "không có đoạn nào dài quá một dòng")
        return
    wrong = tuple(part_of(item) for item in items if item.paragraph.format.align != "both")
    yield Judgement(
        "canh lề",
        not wrong,
        f"không canh đều ({len(wrong)} đoạn)" if wrong else "đều cả hai lề",
        "đều cả hai lề",
        wrong,
        "chọn các đoạn này rồi bấm Justify (Ctrl + J)",
    )


@form_rule(
    id="hinh-thuc/lui-dau-dong",
    title="Chữ đầu đoạn lùi vào 1 cm hoặc 1,27 cm",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="noi-dung",
    fails="Đoạn văn không lùi đầu dòng",
    passes="Đoạn văn lùi đầu dòng 1,27 cm",
)
def first_line(form: Form) -> Iterator[Judgement]:
    yield _judge(
        prose(form),
        "lùi đầu dòng",
        _indent,
        _is_allowed,
        lambda value: f"{shown(value)} mm",
        "10 hoặc 12,7 mm",
        "đặt First line 1,27 cm (Paragraph, Special), không gõ dấu cách hay phím Tab",
    )


def _is_allowed(indent: float) -> bool:
    return any(abs(indent - right) <= INDENT_TOLERANCE for right in FIRST_LINES)


def _indent(item: BodyParagraph) -> float:
    """Return where the first letter stands, mm from the margin."""
    look = item.paragraph.format
    return (look.left + look.first_line) / POINTS_PER_MM


@form_rule(
    id="hinh-thuc/lui-dau-dong-deu",
    title="Các đoạn lùi đầu dòng bằng nhau",
    standing=Standing.CONSISTENCY,
    clause=CLAUSE,
    component="noi-dung",
    fails="Đoạn này lùi 1 cm, đoạn kia lùi 1,27 cm",
    passes="Mọi đoạn lùi 1,27 cm",
)
def even_first_lines(form: Form) -> Iterator[Judgement]:
    """Compare the indents that are right by themselves; the others are told already."""
    items = [(round(_indent(item), 1), item) for item in prose(form) if _is_allowed(_indent(item))]
    if not items:
        yield absent("lùi đầu dòng đều nhau", "như nhau", "không có đoạn nào lùi đúng quy định")
        return
    common = Counter(value for value, _ in items).most_common(1)[0][0]
    wrong = [item for value, item in items if abs(value - common) > INDENT_TOLERANCE]
    yield Judgement(
        "lùi đầu dòng đều nhau",
        not wrong,
        "; ".join(f"{shown(value)} mm" for value in sorted({value for value, _ in items})),
        f"như nhau ({shown(common)} mm)",
        tuple(part_of(item) for item in wrong),
        f"đặt First line {shown(common)} mm như các đoạn khác",
    )


@form_rule(
    id="hinh-thuc/khoang-cach-doan",
    title="Khoảng cách giữa các đoạn tối thiểu 6 pt",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="noi-dung",
    fails="Hai đoạn cách nhau 0 pt",
    passes="Hai đoạn cách nhau 6 pt",
)
def gaps(form: Form) -> Iterator[Judgement]:
    body = form.components.body
    running = frozenset(prose(form))
    measured: dict[int, float] = {}
    items = []
    for above, below in pairwise(body):
        if above.kind is BodyKind.CELL or below not in running:
            continue
        measured[id(below)] = _gap(above, below)
        items.append(below)
    yield _judge(
        items,
        "khoảng cách giữa các đoạn",
        lambda item: measured[id(item)],
        lambda gap: gap >= LEAST_GAP - GAP_TOLERANCE,
        lambda gap: f"{shown(gap)} pt",
        f"từ {shown(LEAST_GAP)} pt trở lên",
        "đặt khoảng cách sau đoạn (Spacing, After) 6 pt",
    )


def _gap(above: BodyParagraph, below: BodyParagraph) -> float:
    """Return the space between two paragraphs; styles may drop it among their own."""
    first, second = above.paragraph, below.paragraph
    same = first.style == second.style
    after = 0.0 if same and first.format.contextual else first.format.after
    before = 0.0 if same and second.format.contextual else second.format.before
    return after + before


@form_rule(
    id="hinh-thuc/gian-dong",
    title="Khoảng cách dòng từ dòng đơn đến 1,5 dòng",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="noi-dung",
    fails="Giãn dòng 2,0",
    passes="Giãn dòng 1,0 đến 1,5",
)
def line_pitch(form: Form) -> Iterator[Judgement]:
    least, most = LINE_PITCHES
    yield _judge(
        prose(form),
        "giãn dòng",
        lambda item: item.paragraph.format.line_factor(item.paragraph.size),
        lambda pitch: least - PITCH_TOLERANCE <= pitch <= most + PITCH_TOLERANCE,
        lambda pitch: f"{pitch:.2f} dòng".replace(".", ","),
        "1,0 đến 1,5 dòng",
        "đặt Line spacing từ Single đến 1.5 lines",
    )
