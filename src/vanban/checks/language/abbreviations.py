"""Abbreviations: explained before they are used, one form of each, not run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from vanban.checks.alike import once_for_alike
from vanban.checks.data import word_list
from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import Change
from vanban.checks.language.names import keys_of
from vanban.checks.rules import passage_algorithm, text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.kept import kept
from vanban.nd30.citations import citations

_SHORT = re.compile(r"(?<![\w/&-])[A-ZĐ]{2,}(?:&[A-ZĐ]{2,})?(?![\w/&-])")
_EXPLAINED = re.compile(
    r"\(\s*(?:sau đây )?(?:gọi tắt|viết tắt|gọi chung)?(?: là)?:?\s*"
    r"[“\"]?([A-ZĐ][A-ZĐ& ]*[A-ZĐ])[”\"]?\s*\)"
    r"|(?:viết tắt|gọi tắt)(?: là)?:?\s*[“\"]?([A-ZĐ]{2,})"
)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_FILED = re.compile(r"[\s–-]*Lưu\s*:")
_ROAD = re.compile(r"\.\d")
_SHOUTED = re.compile(r"[^\W\d_]*[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ][^\W\d_]*")

_MEASURE = re.compile(r"\d[ \u00a0]?$")
"""Before a unit: 126 MVA."""

_CODE = re.compile(r"[ \u00a0-]?\d{3}")
"""After the letters of a code: BH 123456."""

_SHORT_BY_NATURE = frozenset({Role.RECIPIENT, Role.CELL})
"""Where other agencies abbreviate, and explain nothing."""

Families = Mapping[str, Sequence[str]]
"""Full words → abbreviations that stand for them."""


@once_for_alike
def _used(passage: Passage) -> Iterator[re.Match[str]]:
    """Yield the abbreviations of a passage that are no part of a number and symbol.

    Words beside Vietnamese words in capitals are no abbreviations but a heading; after "Lưu:"
    stand the signs of units; QL.5, ĐT.391 are roads.
    """
    if passage.text.isupper() or passage.role in (Role.HEADER, Role.SIGNATURE):
        return
    shorts = [each for each in _SHORT.finditer(passage.text) if not _ROMAN.fullmatch(each[0])]
    if not shorts or _FILED.match(passage.text):
        return
    symbols = [each.number_span for each in citations(passage.text)]
    shouted = {
        side
        for number, word in enumerate(passage.words)
        if word.text.isupper() and _SHOUTED.fullmatch(word.text)
        for side in (number - 1, number + 1)
    }
    starts = {word.start: number for number, word in enumerate(passage.words)}
    for found in shorts:
        if starts.get(found.start()) in shouted or passage.is_apart(*found.span()):
            continue
        if _MEASURE.search(passage.text, max(0, found.start() - 3), found.start()):
            continue
        if _CODE.match(passage.text, found.end()):
            continue
        if _ROAD.match(passage.text, found.end()):
            continue
        if not any(span.start <= found.start() < span.end for span in symbols):
            yield found


@text_algorithm
def unexplained(writing: Writing, families: Families, joined: Mapping[str, str]) -> Iterator[Hit]:
    known = {*_known(writing), *joined}  # those run together are told as such,
    for full, family in families.items():
        known.update(_mixed(writing, full, family))  # these as written in several ways
    for passage in writing.passages:
        explained = {
            (found[1] or found[2], found.start()) for found in _EXPLAINED.finditer(passage.text)
        }
        here = {name for name, _ in explained}
        by_nature = passage.role in _SHORT_BY_NATURE and not writing.is_of_agency
        for found in () if by_nature else _used(passage):
            if found[0] not in known | here and not passage.is_quoted(*found.span()):
                at = _with_word_before(passage, found)
                given = {"chu": found[0], "khai": writing.declared_in("viet_tat")}
                yield Hit(at, matter=found[0], given=given)
        known |= here | {part for name in here for part in name.split()}


def _known(writing: Writing) -> set[str]:
    """Return the abbreviations that need no explanation in this document."""
    known = set(word_list("abbreviations"))
    if writing.workspace is not None:
        known |= set(writing.workspace.abbreviations)
        known |= {unit.code for unit in writing.workspace.agency.units if unit.code}
    return known


@text_algorithm
def several_forms(writing: Writing, families: Families) -> Iterator[Hit]:
    for full, family in families.items():
        forms = _mixed(writing, full, family)
        given = {"cac_cach": ", ".join(f"“{form}”" for form in sorted(forms))}
        for stretches in forms.values():
            yield from (Hit(at, matter=full, right=full, given=given) for at in stretches)


def _mixed(writing: Writing, full: str, family: Sequence[str]) -> dict[str, list[Stretch]]:
    """Return the unexplained abbreviations of ``full`` where it is written in several ways."""
    forms: dict[str, list[Stretch]] = {}
    for passage in writing.with_any(key for form in family for key in keys_of(form)[:1]):
        for found in _used(passage):
            if found[0] in family:
                forms.setdefault(found[0], []).append(_with_word_before(passage, found))
    if not forms:
        return {}
    several = len(forms) > 1 or any(full in passage.lower for passage in writing.passages)
    explained = _explained(writing)
    return {form: at for form, at in forms.items() if form not in explained} if several else {}


@kept
def _explained(writing: Writing) -> frozenset[str | None]:
    """Return the abbreviations that the document explains somewhere, or the content declares."""
    explained: set[str | None] = set()
    if writing.workspace is not None:
        explained.update(writing.workspace.abbreviations)
    for passage in writing.passages:
        explained.update(*(found.groups() for found in _EXPLAINED.finditer(passage.text)))
    return frozenset(explained)


def _with_word_before(passage: Passage, found: re.Match[str]) -> Stretch:
    """An abbreviation alone is hard to find again."""
    before = passage.text.rfind(" ", 0, max(found.start() - 1, 0)) + 1
    return Stretch(passage, before, found.end())


@text_algorithm
def full_and_short(writing: Writing, meanings: Mapping[str, str]) -> Iterator[Hit]:
    """Compare common words with their abbreviations; names of agencies are not meant."""
    uses = {short: _Use(full) for short, full in meanings.items()}
    for passage in writing.prose:
        for use in uses.values():
            use.fulls += passage.lower.count(use.full)
        for found in _used(passage):
            this = uses.get(found[0])
            if this is not None and not passage.is_quoted(*found.span()):
                if passage.text[: found.start()].rstrip().endswith("("):
                    this.explained, this.shorts = True, []
                    this.fulls = passage.lower.count(this.full, found.start())
                else:
                    this.shorts.append(_with_word_before(passage, found))
    told = _known(writing)
    for short, use in uses.items():
        if use.fulls and (use.explained or short in told):
            first = (
                "đã giải thích thì" if use.explained else f"ở lần đầu viết “{use.full} ({short})”,"
            )
            given = {"tat": short, "day_du": use.full, "lan_dau": first}
            given |= {"so_tat": str(len(use.shorts)), "so_day_du": str(use.fulls)}
            yield from (Hit(at, matter=f"{short} {writing.id}", given=given) for at in use.shorts)


class _Use(Struct):
    """How often words stand in full, and where they are abbreviated, since they are explained."""

    full: str
    fulls: int = 0
    shorts: list[Stretch] = field(default_factory=list)
    explained: bool = False


@passage_algorithm
def run_together(passage: Passage, joined: Mapping[str, str]) -> Iterator[Change]:
    """Yield the abbreviations that are several run together, with how they are written."""
    for found in _used(passage):
        if found[0] in joined:
            yield Change(*found.span(), joined[found[0]])
