"""Measures of letters: size, style, capitals and alignment of a component (Annex I, Mục V)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

from vanban.checks.form.measure import Found, Result, Subject, Unmeasured, Value, measure
from vanban.checks.form.parts import Part
from vanban.checks.form.specification import Case
from vanban.ooxml.styles import CharacterFormat

LONG = frozenset(("khoan", "diem", "kinh-gui", "danh-sach-noi-nhan"))
"""Components of running text, where single words may stand out: most letters count."""

ALIGNS = {
    "center": "canh giữa",
    "left": "canh trái",
    "right": "canh phải",
    "both": "canh đều hai lề",
}

Seen = TypeVar("Seen", bound=Hashable)


def written(part: Part) -> Iterator[tuple[CharacterFormat, str]]:
    """Yield format and letters of the runs of ``part`` that hold a letter or digit."""
    for format_, text in part.formatted:
        if any(sign.isalnum() for sign in text):
            yield format_, text


def is_bold(part: Part) -> bool:
    """Say whether all letters and digits of a part are bold."""
    return all(format_.bold for format_, _ in written(part))


def _values(subject: Subject, of: Callable[[CharacterFormat], Seen]) -> Iterator[tuple[Seen, Part]]:
    """Yield what the letters of each part have; of running text what most of them have."""
    most = 1 if subject.component.id in LONG else None
    for part in subject.parts:
        letters: Counter[Seen] = Counter()
        for format_, text in written(part):
            letters[of(format_)] += len(text)
        yield from ((seen, part) for seen, _ in letters.most_common(most))


@measure("co-chu")
def sizes(subject: Subject) -> Result:
    """Sizes in pt."""
    return [Value(size, part) for size, part in _values(subject, lambda format_: format_.size)]


@measure("kieu-chu")
def style(subject: Subject) -> Result:
    """Upright or italic, bold or not, as far as the component says so."""
    wanted = str(subject.component.style)
    return [
        Value(words, part)
        for words, part in _values(subject, lambda format_: _style_name(format_, wanted))
    ]


def _style_name(format_: CharacterFormat, wanted: str) -> str:
    names = ("nghiêng" if format_.italic else "đứng", "đậm" if format_.bold else "không đậm")
    told = ("đứng" in wanted or "nghiêng" in wanted, "đậm" in wanted)
    return ", ".join(name for name, is_told in zip(names, told, strict=True) if is_told)


@measure("chu-hoa")
def case(subject: Subject) -> Result:
    """Whether all words stand in capitals, or not all."""
    right = subject.component.case
    wrong = tuple(part for part in subject.parts if case_of(part) not in (right, None))
    other = Case.LOWER if right is Case.UPPER else Case.UPPER
    return Found(str(other if wrong else right), wrong)


def case_of(part: Part) -> Case | None:
    """Return how a part is printed, None where it has hardly a letter."""
    letters = [sign for sign in part.text if sign.isalpha()]
    if len(letters) < 2:
        return None
    formats = [format_ for format_, _ in written(part)]
    if formats and all(format_.caps for format_ in formats):
        return Case.UPPER
    return Case.LOWER if any(sign.islower() for sign in letters) else Case.UPPER


@measure("vi-tri")
def alignment(subject: Subject) -> Result:
    """How the paragraphs of a component are aligned."""
    if not all(map(_stands_alone, subject.parts)):
        return Unmeasured(
            "đứng chung dòng với thành phần khác hoặc sau dấu tab nên tệp không cho biết"
        )
    aligns = ((part.paragraph.format.align, part) for part in subject.parts)
    return [Value(ALIGNS.get(align, align), part) for align, part in aligns]


def _stands_alone(part: Part) -> bool:
    """Say whether nothing else stands on the line of ``part``, nor a tab that moves it."""
    text = part.paragraph.text
    before = text[: part.start].rsplit("\n", 1)[-1]
    after = text[part.end :].split("\n", 1)[0]
    return part.paragraph.cell is not None or not (
        before.strip() or "\t" in before + after.rstrip()
    )
