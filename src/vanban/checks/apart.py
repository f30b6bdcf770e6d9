"""Stretches of a passage that are no words of the language: names, formulas, symbols.

They are known by what stands around them, never by a list of such names: "ông Y Krơng Byă" by the
word before it, "Wqư ≥ 1,2" by the sign in it, "Công ty TNHH MTV Phú Long" by how companies
are named. All rules of text ask here; none has exemptions of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vanban.checks.data import expression, word_list
from vanban.nd30.letters import CAPITALS

LONGEST = 8
"""Letters of a symbol on one side of a sign of a formula."""

BEFORE = 24
"""Letters before a name in which the words that announce it stand."""

_UPPER = f"[{CAPITALS}]"
_NAME = rf"{_UPPER}[\w'’&-]*(?:[ \u00a0](?:{_UPPER}[\w'’.&-]*|[-–](?=[ \u00a0]{_UPPER}))){{0,7}}"
_RUN = re.compile(rf"(?<!\w){_NAME}")
_SIGN = re.compile(r"[=<>≤≥≈≠±×÷√∑∆Σ]+")
_SIDE = rf"(?:\S{{1,{LONGEST}}}[ \u00a0]?)"
_FORMULA = re.compile(
    rf"(?<!\S){_SIDE}?{_SIGN.pattern}[ \u00a0]?{_SIDE}"
    r"(?:[-+*/×.]?[ \u00a0]?[\w./²³]*\d\S*|\b\w{1,4}\b)*"
)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names and formulas of a text start and end; they may overlap."""
    for run in _RUN.finditer(text):
        yield from _named(text, run)
    if any(sign in text for sign in word_list("companies")):
        yield from (found.span() for found in _company().finditer(text))
    if _SIGN.search(text):
        yield from (found.span() for found in _FORMULA.finditer(text))


def _named(text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield a run of capitals that is a name: of a person, or of a place."""
    start, end = run.span()
    if text[start + 1 : start + 2].isupper():
        place = expression("apart", "shouted").search(run[0])
        if place is not None:
            yield start + place.end(), end
        return
    announced, shunned = _announcing()
    first, _, rest = run[0].partition(" ")
    if rest and first.lower() in announced:  # a sentence begins with it: "Bà Lò Thị Ún"
        yield end - len(rest), end
        return
    before = text[max(0, start - BEFORE) : start].lower().replace(":", " : ").split()[-2:]
    if not before or not text[start - 1].isspace():
        return
    if " ".join(before) not in shunned and not announced.isdisjoint((" ".join(before), before[-1])):
        degree = len(before[-1]) + 1 if before[-1].endswith(".") else 0
        yield start - degree, end


@cache
def _announcing() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words before a name, and words that end like one of them but are others."""
    return frozenset(word_list("announcing")), frozenset(word_list("not-announcing"))


@cache
def _company() -> re.Pattern[str]:
    company = expression("apart", "companies").pattern
    return re.compile(rf"(?<!\w)(?:{company})(?:[ \u00a0]{_NAME})?")
