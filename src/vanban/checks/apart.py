"""Stretches of a passage that are no words of the language: names, formulas, symbols.

They are known by what stands around them, never by a list of such names: "ông Y Krơng Byă" by the
word before it, "Wqư ≥ 1,2" by the sign in it, "Công ty TNHH MTV Phú Long" by how companies
are named. All rules of text ask here; none has exemptions of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vanban.checks.data import expression
from vanban.nd30.citation_words import UPPER

LONGEST = 8
"""Letters of a symbol on one side of a sign of a formula."""

_UPPER = f"[{UPPER}]"
_NAME = rf"{_UPPER}[\w'’&-]*(?:[ \u00a0](?:{_UPPER}[\w'’.&-]*|[-–](?=[ \u00a0]{_UPPER}))){{0,7}}"
_SIGN = r"[=<>≤≥≈≠±×÷√∑∆Σ]+"
_SIDE = rf"(?:\S{{1,{LONGEST}}}[ \u00a0]?)"


@cache
def _named() -> re.Pattern[str]:
    """Return what goes before a name, and the name: of persons, companies, places."""
    before = expression("apart", "persons", "places").pattern
    degree = expression("apart", "degrees").pattern
    company = expression("apart", "companies").pattern
    shouted = expression("apart", "shouted").pattern
    return re.compile(
        rf"(?<!\w)(?i:{before})[ \u00a0]*(?P<name>(?<=\W)(?!{_UPPER}{{2}}){_NAME})"
        rf"|(?<!\w)(?:{shouted}) (?P<shouted>{_UPPER}+(?: {_UPPER}+){{0,3}})(?!\w)"
        rf"|(?<!\w)(?P<degree>(?:{degree})[ \u00a0]*{_NAME})"
        rf"|(?<!\w)(?P<company>(?:{company})(?:[ \u00a0]{_NAME})?)"
    )


_FORMULA = re.compile(
    rf"(?<!\S){_SIDE}?{_SIGN}[ \u00a0]?{_SIDE}(?:[-+*/×.]?[ \u00a0]?[\w./²³]*\d\S*|\b\w{{1,4}}\b)*"
)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names and formulas of a text start and end; they may overlap."""
    for found in _named().finditer(text):
        yield found.span(str(found.lastgroup))
    if re.search(_SIGN, text):
        for found in _FORMULA.finditer(text):
            yield found.span()
