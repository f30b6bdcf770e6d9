"""Measures of annexes (Annex I, III.1): number, mention in the text, page numbers of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.form.measure import Found, Result, Subject, measure
from vanban.nd30.heading_numbers import roman
from vanban.nd30.letters import fold

ALL = "PHU LUC *"


@measure("so-phu-luc")
def annex_numbers(subject: Subject) -> Result:
    """The annexes that are not numbered in their order, from two on in Roman numerals."""
    parts = subject.of("so-phu-luc")
    several = len(parts) > 1
    wrong = []
    for place, part in enumerate(parts, 1):
        names = {f"Phụ lục {roman(place)}"} if several else {"Phụ lục", "Phụ lục I"}
        if part.text.strip() not in names:
            wrong.append(part)
    right = "; ".join(part.text.strip() for part in parts)
    allowed = "Phụ lục I, Phụ lục II … theo thứ tự" if several else "Phụ lục"
    return Found("" if wrong else right, tuple(wrong), allowed=allowed)


@measure("chi-dan-phu-luc")
def mentions(subject: Subject) -> Result:
    """The annexes that the content does not mention."""
    text = fold(" ".join(item.paragraph.text for item in subject.form.components.body))
    named = set(_named(text))
    wrong = []
    for place, part in enumerate(subject.of("so-phu-luc"), 1):
        own = part.folded.rstrip(".: ")
        if not ({own, f"PHU LUC {roman(place)}", ALL} & named):
            wrong.append(part)
    return Found(at=tuple(wrong))


def _named(text: str) -> Iterator[str]:
    """Yield the annexes that folded text names: "PHU LUC II", or ALL for all of them."""
    if re.search(r"\b(CAC|NHUNG|\d+) PHU LUC\b|PHU LUC KEM THEO|KEM THEO .{0,30}PHU LUC", text):
        yield ALL
    for found in re.finditer(r"PHU LUC((?:\s*(?:,|VA|DEN|-)?\s*(?:[IVX]+|\d+)\b)*)", text):
        if re.search(r"DEN|-", found[1]):
            yield ALL
        names = re.findall(r"[IVX]+\b|\d+", found[1].replace("VA", ","))
        yield from (f"PHU LUC {name}" for name in names)
        if not names:
            yield "PHU LUC"


@measure("so-trang-phu-luc")
def annex_pages(subject: Subject) -> Result:
    """The annexes whose pages are not numbered by themselves, from 1."""
    sections = subject.form.word.sections
    wrong = []
    before = 0
    for part in subject.of("so-phu-luc"):
        number = part.paragraph.section
        if number <= before or sections[min(number, len(sections) - 1)].start != 1:
            wrong.append(part)
        before = number
    return Found(at=tuple(wrong))


@measure("dong-kem-theo")
def attached_notes(subject: Subject) -> Result:
    """The annexes without "(Kèm theo …)"; number and date in it may be blank."""
    annexes = subject.form.components.annexes
    return Found(at=tuple(annex.number for annex in annexes if not annex.note))
