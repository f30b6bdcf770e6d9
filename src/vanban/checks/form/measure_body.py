"""Measures of the content: letters, alignment, indents, gaps, pitch, its end (Annex I, II.6)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from vanban.checks.form.body import BodyKind, BodyParagraph
from vanban.checks.form.measure import (
    POINTS_PER_MM,
    Found,
    Result,
    Subject,
    Unmeasured,
    Value,
    measure,
    shown,
)
from vanban.checks.form.parts import Part

ONE_LINE = 75
"""Letters that may still stand on one line, where alignment does not show."""

_END = "./."


@measure("co-chu-doan")
def paragraph_sizes(subject: Subject) -> Result:
    """The size of most letters of each paragraph, pt."""
    return [Value(part.paragraph.size, part) for part in subject.parts]


@measure("kieu-chu-doan")
def slant(subject: Subject) -> Result:
    """Whether most letters of a paragraph are upright."""
    return [Value("nghiêng" if _is_italic(part) else "đứng", part) for part in subject.parts]


def _is_italic(part: Part) -> bool:
    letters = Counter[bool]()
    for format_, text in part.paragraph.formatted(part.start):
        letters[format_.italic] += len(text)
    return letters[True] > letters[False]


@measure("mot-co-chu")
def one_size(subject: Subject) -> Result:
    """The size of most letters and what has another, where the size itself is allowed."""
    allowed = subject.component.sizes
    paragraphs = [
        part.paragraph
        for part in subject.parts
        if allowed is None or allowed.holds(part.paragraph.size)
    ]
    letters: Counter[float] = Counter()
    for paragraph in paragraphs:
        for format_, text in paragraph.formatted():
            letters[format_.size] += len(text)
    if not letters:
        return ()
    size = letters.most_common(1)[0][0]
    wrong = tuple(
        Part(paragraph, run.start, run.end)
        for paragraph in paragraphs
        for run in paragraph.runs
        if run.format.size != size
        and any(sign.isalnum() for sign in paragraph.text[run.start : run.end])
    )
    text = "; ".join(shown(each) for each, _ in letters.most_common())
    told = f"một cỡ chữ ({shown(size)})"
    return Found(text, wrong, allowed=told, words={"co": shown(size)})


@measure("canh-deu")
def justification(subject: Subject) -> Result:
    """Whether paragraphs of several lines are justified."""
    return [
        Value("đều cả hai lề" if part.paragraph.format.align == "both" else "không canh đều", part)
        for part in subject.parts
        if len(part.paragraph.text) > ONE_LINE
    ]


@measure("lui-dau-dong")
def first_lines(subject: Subject) -> Result:
    """Where the first letter of a paragraph stands, mm from the margin."""
    return [Value(_indent(part), part) for part in subject.parts]


def _indent(part: Part) -> float:
    format_ = part.paragraph.format
    return (format_.left + format_.first_line) / POINTS_PER_MM


@measure("lui-dau-dong-deu")
def even_first_lines(subject: Subject) -> Result:
    """The first lines that are right by themselves, and which differ from most of them."""
    allowed = [part for part in subject.parts if subject.allows(_indent(part))]
    indents = [round(_indent(part), 1) for part in allowed]
    if not indents:
        return ()
    common = Counter(indents).most_common(1)[0][0]
    wrong = tuple(
        part
        for part, indent in zip(allowed, indents, strict=True)
        if abs(indent - common) > subject.aspect.tolerance
    )
    text = "; ".join(f"{shown(indent)} mm" for indent in sorted(set(indents)))
    told = f"như nhau ({shown(common)} mm)"
    return Found(text, wrong, allowed=told, words={"lui": shown(common)})


@measure("khoang-cach-doan")
def gaps(subject: Subject) -> Result:
    """The space above each paragraph, pt; tables have spaces of their own."""
    parts = {part.paragraph: part for part in subject.parts}
    return [
        Value(_gap(above, below), parts[below.paragraph])
        for above, below in pairwise(subject.form.components.body)
        if above.kind is not BodyKind.CELL and below.paragraph in parts
    ]


def _gap(above: BodyParagraph, below: BodyParagraph) -> float:
    """Return the space between two paragraphs; styles may drop it among their own."""
    first, second = above.paragraph, below.paragraph
    same = first.style == second.style
    after = 0.0 if same and first.format.contextual else first.format.after
    before = 0.0 if same and second.format.contextual else second.format.before
    return after + before


@measure("gian-dong")
def line_pitch(subject: Subject) -> Result:
    """The pitch of lines as a factor of single spacing."""
    paragraphs = ((part.paragraph, part) for part in subject.parts)
    return [Value(each.format.line_factor(each.size), part) for each, part in paragraphs]


@measure("dau-ket-thuc")
def end_sign(subject: Subject) -> Result:
    """The sign that ends the content, once and in its last paragraph."""
    parts = [item.whole for item in subject.form.content]
    if not parts:
        return ()
    ends = [part for part in parts if part.text.endswith(_END)]
    if subject.form.unread and not ends:
        return Unmeasured(subject.form.unread)
    if ends == parts[-1:]:
        return Found()
    early = tuple(part for part in ends if part is not parts[-1])
    text = f"{len(ends)} chỗ" if len(ends) > 1 else "đoạn trước đoạn cuối" if ends else "không có"
    advice = f"bỏ “{_END}” ở giữa văn bản" if early else f"kết thúc đoạn cuối bằng “{_END}”"
    return Found(text, early or (parts[-1],), advice=advice)
