"""Measures of headings, numbers and annexes (Annex I, II.6 and III.1)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vanban.checks.form.body import BodyKind, BodyParagraph
from vanban.checks.form.measure import Form, Found, Result, Subject, Value, measure
from vanban.checks.form.measure_appearance import is_bold
from vanban.checks.form.parts import whole
from vanban.line_ends import plain
from vanban.nd30.heading_numbers import letter, roman
from vanban.nd30.letters import fold

MAX_NUMBER = 60
"""Further numbers are written out by no document."""

_ROMANS = {roman(number): number for number in range(1, MAX_NUMBER)}
_LETTERS = {letter(number): number for number in range(1, MAX_NUMBER)}
_FOREIGN = frozenset("fjwz")
_NUMBERED = (BodyKind.PART, BodyKind.ROMAN, BodyKind.ARTICLE, BodyKind.CLAUSE)


@measure("so-de-muc")
def heading_numbers(subject: Subject) -> Result:
    """The words and numbers of parts, sections and articles: "Phần I", "Điều 5."."""
    kinds = (BodyKind.PART, BodyKind.SECTION, BodyKind.ARTICLE)
    items = (item for item in subject.form.components.body if item.kind in kinds)
    return [Value(plain(item.number), item.numbered) for item in items]


@measure("tieu-de-dong-duoi")
def titles_below(subject: Subject) -> Result:
    """The parts and chapters without a title on the line below."""
    body = subject.form.components.body
    wrong = []
    for item, below in zip(body, (*body[1:], None), strict=True):
        title = item.paragraph.text[item.label :]
        on_next_line = title.lstrip(" \t.:").startswith("\n")
        follows = below is not None and below.kind is BodyKind.PART_TITLE
        if item.kind is BodyKind.PART and not (on_next_line if title.strip() else follows):
            wrong.append(item.whole)
    return Found(at=tuple(wrong))


@measure("tieu-de-khoan")
def clause_titles(subject: Subject) -> Result:
    """Whether titles of clauses are bold: what has content of its own and is no sentence."""
    return [
        Value("đậm" if is_bold(item.whole) else "không đậm", item.whole)
        for item, below in pairwise(subject.form.components.body)
        if item.kind is BodyKind.CLAUSE and item.title and below.kind is not BodyKind.CLAUSE
    ]


@measure("de-muc-cung-cap")
def sibling_titles(subject: Subject) -> Result:
    """The titles that are not bold where most of their level are."""
    levels: dict[tuple[BodyKind, int], list[BodyParagraph]] = defaultdict(list)
    for item in subject.form.components.body:
        if item.kind in (BodyKind.SUBCLAUSE, BodyKind.POINT) and item.title:
            levels[item.kind, item.number.count(".")].append(item)
    if not levels:
        return ()
    wrong = []
    for items in levels.values():
        light = [item.whole for item in items if not is_bold(item.whole)]
        wrong += light if len(light) * 2 < len(items) else []
    return Found(at=tuple(wrong))


@measure("thu-tu-chu-cai")
def letters(subject: Subject) -> Result:
    """The points out of the order of the Vietnamese alphabet."""
    wrong = []
    for run in _runs(subject.form, BodyKind.POINT):
        expected = 1
        for item in run:
            name = item.number.rstrip(")")
            place = _LETTERS.get(name)
            skips = place is not None and expected > 1 and place == expected + 1
            if (place is None and set(name) & _FOREIGN) or skips:
                wrong.append(item.numbered)
            expected = (place or expected) + 1
    return Found(at=tuple(wrong))


@measure("so-thu-tu")
def numbers(subject: Subject) -> Result:
    """The numbers that do not follow those before them; articles go on through all parts."""
    runs = [
        run
        for kind in _NUMBERED
        for run in _runs(subject.form, kind, restart=kind is not BodyKind.ARTICLE)
    ]
    wrong = tuple(item.numbered for run in runs for item in _jumps(run))
    return Found(at=wrong) if any(runs) else ()


def _jumps(run: Sequence[BodyParagraph]) -> Iterator[BodyParagraph]:
    """Yield what does not follow the number before it; 1 begins a new list."""
    before: int | None = None
    for item in run:
        value = _value(item)
        if value is None:
            continue
        restarts = value == 1 and not item.title
        if before is not None and value != before + 1 and not restarts:
            yield item
        before = value


def _value(item: BodyParagraph) -> int | None:
    words = re.findall(r"\w+", item.number)
    if not words:
        return None
    word = words[-1]
    return int(word) if re.fullmatch("[0-9]{1,9}", word) else _ROMANS.get(word.upper())


def _runs(form: Form, kind: BodyKind, restart: bool = True) -> list[list[BodyParagraph]]:
    """Return the numbered paragraphs of a kind; what stands higher begins a new run."""
    runs: list[list[BodyParagraph]] = [[]]
    for item in form.components.body:
        if item.kind is kind:
            runs[-1].append(item)
        elif restart and runs[-1] and 0 < item.level < runs[-1][0].level:
            runs.append([])
    return runs


ALL = "PHU LUC *"

MOST_ASIDE = 4
"""Paragraphs behind a signature that are no annex yet: a note, a receipt."""


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
        own = _plainly(part.folded.rstrip(".: "))
        if not ({own, f"PHU LUC {roman(place)}", f"PHU LUC {place}", ALL} & named):
            wrong.append(part)
    return Found(at=tuple(wrong))


def _plainly(text: str) -> str:
    """Return folded text that writes "PHU LUC SO 01" as "PHU LUC 1"."""
    return re.sub(r"PHU LUC(?: SO)?\s+0*(?=\w)", "PHU LUC ", text)


def _named(text: str) -> Iterator[str]:
    """Yield the annexes that folded text names: "PHU LUC II", or ALL for all of them."""
    text = re.sub(r"(?<!\d)0+(?=\d)", "", text.replace("PHU LUC SO ", "PHU LUC "))
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


@measure("phu-luc-thieu")
def annexes_missing(subject: Subject) -> Result:
    """Places that send to an annex by number where the file has others, but not this one.

    A file with none has its annexes apart.
    """
    count = len(subject.of("so-phu-luc"))
    present = {f"PHU LUC {name(place)}" for place in range(1, count + 1) for name in (roman, str)}
    if count < 2:
        return ()
    wrong = [
        whole(item.paragraph)
        for item in subject.form.components.body
        if not re.search(r"CUA|BAN HANH KEM", fold(item.paragraph.text))
        and any(
            re.search(r"\w$", name.removeprefix("PHU LUC")) and _plain(name) not in present
            for name in _named(fold(item.paragraph.text))
        )
    ]
    return Found(at=tuple(wrong))


@measure("phu-luc-khong-ten")
def unnamed_annex(subject: Subject) -> Result:
    """The title of what follows the signature on a page of its own without being named an annex.

    Forms that a document encloses bear names of their own ("Mẫu số 01").
    """
    components = subject.form.components
    signed = [part.paragraph.number for part in components.get("ho-ten")]
    annexes = [part.paragraph.number for part in components.get("so-phu-luc")]
    after = [
        each
        for each in components.flow
        if signed and max(signed) < each.number and not (annexes and each.number >= min(annexes))
    ]
    title = next((each for each in after if each.cell is None), None)
    if title is None or len(after) < MOST_ASIDE or title.format.align != "center":
        return Found()
    words = fold(title.text)
    named = re.match(r"(MAU|BIEU|PHIEU|DON|TO KHAI|HOP DONG|GIAY)\b", words.strip())
    return Found(at=() if named or not title.is_bold() else (whole(title),))


def _plain(annex: str) -> str:
    """Return "PHU LUC 1" for "PHU LUC 01"."""
    return re.sub(r" 0+(?=\d)", " ", annex)


@measure("hieu-luc")
def effect_clause(subject: Subject) -> Result:
    """The paragraph that says since when a decision is in force, where no article holds it."""
    articles = subject.of("dieu")
    first = articles[0].paragraph.number if articles else 0
    wrong = [
        whole(item.paragraph)
        for item in subject.form.content
        if item.paragraph.number < first
        and re.search(r"(QUYET DINH|NGHI QUYET) NAY CO HIEU LUC", fold(item.paragraph.text))
    ]
    return Found(at=tuple(wrong))
