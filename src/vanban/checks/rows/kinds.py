"""The kinds of match that a row may have: a row → a function from a document to hits.

existence (khong_dung), substitution (thay), casing (viet_dung), consistency (thong_nhat), presence
(phai_co), sequence (di_lien). A further kind is a key of :class:`RuleRow` and a function here. What
no kind can find, a function does that the row names (thuat_toan).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.names import unlike
from vanban.checks.rows import wordings
from vanban.checks.rules import algorithm
from vanban.checks.writing import PROSE, Passage, Role, Writing
from vanban.nd30.citations import citations
from vanban.workspace.models.rule_rows import BuiltInRow, RuleRow, Scope

ROLES: Mapping[Scope, frozenset[Role]] = {
    Scope.ALL: frozenset(Role),
    Scope.PROSE: PROSE,
    Scope.HEADINGS: frozenset({Role.HEADING, Role.ABSTRACT, Role.ANNEX}),
    Scope.TABLES: frozenset({Role.CELL}),
    Scope.RECIPIENTS: frozenset({Role.RECIPIENT}),
}

Find = Callable[[Writing], Iterator[Hit]]


def compile_row(row: RuleRow) -> Find:
    """Return what finds the hits of a row in a document."""
    return _COMPILE[row.kinds()[0]](row)


def function_of(row: BuiltInRow) -> Callable[..., Any]:
    """Return the function that a row names, given what the row says."""
    return partial(algorithm(str(row.algorithm)).find, **row.parameters)


def worded(row: RuleRow, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield hits with the message of the row where their function left it to that."""
    for hit in hits:
        if not hit.message:
            right = hit.right or hit.replacement or ""
            message, advice = _texts(row, " ".join(hit.at.excerpt.split()), right, "")
            hit = replace(hit, message=message, suggestion=hit.suggestion or advice)
        yield hit


def _texts(row: RuleRow, wrong: str, right: str, reason: str) -> tuple[str, str]:
    """Return message and advice with what is wrong, right and why filled in."""
    default = "không dùng “{sai}”" if not right else "“{sai}” nên thay bằng “{dung}”"
    message = str(row.message or default + (": {vi}" if reason else ""))
    advice = str(row.advice or ("sửa thành “{dung}”" if right else "viết cách khác"))
    filled = (
        text.replace("{sai}", wrong).replace("{dung}", right).replace("{vi}", reason)
        for text in (message, advice)
    )
    return next(filled), next(filled)


def _algorithm(row: RuleRow) -> Find:
    assert isinstance(row, BuiltInRow)
    if algorithm(str(row.algorithm)).reads is Passage:
        return _wordings(row)
    find = function_of(row)
    return lambda writing: worded(row, find(writing))


def _wordings(row: RuleRow) -> Find:
    """Find listed wordings, and what an algorithm over passages finds besides, or by itself."""
    own = row if isinstance(row, BuiltInRow) else None
    listed = wordings.index(row.absent or row.replaced, own is not None and own.patterns)
    more = function_of(own) if own is not None and own.algorithm else None

    def find(writing: Writing) -> Iterator[Hit]:
        for passage in _passages(row, writing):
            changes = more(passage) if more is not None else ()
            for found in wordings.find(passage, listed, changes):
                if row.titles_too or not listed or not _is_cited(passage, found.start):
                    yield _wording_hit(row, passage, found)

    return find


def _wording_hit(row: RuleRow, passage: Passage, found: wordings.Found) -> Hit:
    at = Stretch(passage, found.start, found.end)
    words = " ".join(at.excerpt.split())
    reason = "" if found.wording is None else str(found.wording.reason or "")
    return Hit(
        at,
        *_texts(row, words, found.right, reason),
        matter=words.lower(),
        replacement=found.right if row.certain and found.right else None,
    )


def _is_cited(passage: Passage, start: int) -> bool:
    """Say whether what stands there belongs to a citation, which keeps its issuer's words."""
    return any(each.head.start <= start < each.head.end for each in citations(passage.text))


def _spelled(row: RuleRow) -> Find:
    names = tuple(str(name) for name in row.spelled)
    wanted = _roles(row)

    def find(writing: Writing) -> Iterator[Hit]:
        for found in unlike(writing, names, ()):
            if found.at.passage.role in wanted:
                yield Hit(
                    found.at,
                    str(row.message or "“{sai}” viết chưa đúng").replace("{sai}", found.at.excerpt),
                    str(row.advice or f"viết “{found.name}”"),
                    matter=found.name,
                    replacement=found.name if row.certain else None,
                )

    return find


def _same(row: RuleRow) -> Find:
    groups = [[(str(form), _words_pattern(str(form))) for form in each.forms] for each in row.same]

    def find(writing: Writing) -> Iterator[Hit]:
        for group in groups:
            places = [
                (form, Stretch(passage, *found.span()))
                for passage in _passages(row, writing)
                for form, found in _longest(group, passage.lower)
            ]
            counts = Counter(form for form, _ in places)
            if len(counts) < 2:
                continue
            usual = max(counts, key=lambda form: counts[form])
            for form, at in places:
                if form != usual:
                    yield Hit(
                        at,
                        str(row.message or "“{sai}”: chỗ khác trong văn bản viết “{dung}”")
                        .replace("{sai}", at.excerpt)
                        .replace("{dung}", usual),
                        str(row.advice or f"thống nhất một cách viết, ví dụ “{usual}”"),
                        matter=form,
                    )

    return find


def _longest(
    group: Iterable[tuple[str, re.Pattern[str]]], text: str
) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield where forms stand; a form within a longer one is not told."""
    found = sorted(
        (
            (match.start(), -match.end(), form, match)
            for form, pattern in group
            for match in pattern.finditer(text)
        ),
        key=lambda each: each[:2],
    )
    end = 0
    for start, _, form, match in found:
        if start >= end:
            yield form, match
            end = match.end()


def _present(row: RuleRow) -> Find:
    wanted = [(str(words), _words_pattern(str(words))) for words in row.present]

    def find(writing: Writing) -> Iterator[Hit]:
        passages = tuple(_passages(row, writing))
        for words, pattern in wanted:
            if passages and not any(pattern.search(passage.lower) for passage in passages):
                at = passages[0]
                yield Hit(
                    Stretch(at, 0, len(at.text)),
                    str(row.message or "văn bản chưa có “{dung}”").replace("{dung}", words),
                    str(row.advice or f"bổ sung “{words}”"),
                    matter=words,
                )

    return find


def _followed(row: RuleRow) -> Find:
    rows = [
        (
            _words_pattern(str(each.first)),
            re.compile(
                r"[\s,]*(?:" + "|".join(_spaced(str(then)) for then in each.then) + r")(?!\w)"
            ),
            each,
        )
        for each in row.followed
    ]

    def find(writing: Writing) -> Iterator[Hit]:
        for passage in _passages(row, writing):
            for first, then, each in rows:
                for found in first.finditer(passage.lower):
                    if then.match(passage.lower, found.end()):
                        continue
                    at = Stretch(passage, *found.span())
                    right = " hoặc ".join(f"“{words}”" for words in each.then)
                    yield Hit(
                        at,
                        str(row.message or "sau “{sai}” phải có {dung}")
                        .replace("{sai}", at.excerpt)
                        .replace("{dung}", right),
                        str(row.advice or f"thêm {right} vào sau"),
                        matter=at.excerpt.lower(),
                    )

    return find


def _words_pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_spaced(words)}(?!\w)")


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.lower().split())


def _roles(row: RuleRow) -> frozenset[Role]:
    return frozenset[Role]().union(*(ROLES[scope] for scope in row.scope))


def _passages(row: RuleRow, writing: Writing) -> Iterator[Passage]:
    wanted = _roles(row)
    return (passage for passage in writing.passages if passage.role in wanted)


_COMPILE: Mapping[str, Callable[[RuleRow], Find]] = {
    "absent": _wordings,
    "replaced": _wordings,
    "spelled": _spelled,
    "same": _same,
    "present": _present,
    "followed": _followed,
    "algorithm": _algorithm,
}
