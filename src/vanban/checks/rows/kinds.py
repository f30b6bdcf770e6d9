"""The kinds of match that a row may have: a row → a function from a document to hits.

existence (khong_dung), substitution (thay), punctuation (thieu_dau), pattern (mau), casing
(viet_dung), consistency (thong_nhat), presence (phai_co), sequence (di_lien), measure (cau_toi_da);
what none of them can find a function does that the row names (thuat_toan). A further kind is a key
of :class:`RuleRow` and a function here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from inspect import signature
from typing import Any

from msgspec.structs import replace

from vanban.checks.finding import Hit, Stretch, filled
from vanban.checks.language.change import Change, whole_words, words_back
from vanban.checks.language.names import Found, Names, recased, unlike
from vanban.checks.language.whole_sentences import sentences, words_of_its_own
from vanban.checks.rows import wordings
from vanban.checks.rows.built_in import BuiltInRow, Pattern
from vanban.checks.rows.remembered import InPassage
from vanban.checks.rules import Algorithm, algorithms
from vanban.checks.writing import PROSE, Passage, Role, Writing
from vanban.errors import ContentError
from vanban.nd30.citations import citations
from vanban.workspace.models.rule_rows import First, RuleRow, Scope, Spellings

ROLES: Mapping[Scope, frozenset[Role]] = {
    Scope.ALL: frozenset(Role),
    Scope.PROSE: PROSE,
    Scope.HEADINGS: frozenset({Role.HEADING, Role.ABSTRACT, Role.ANNEX}),
    Scope.TABLES: frozenset({Role.CELL}),
    Scope.RECIPIENTS: frozenset({Role.RECIPIENT}),
}

Find = Callable[[Writing], Iterator[Hit]]


def compile_row(row: RuleRow) -> Find:
    """Return what finds the hits of a row that reads whole documents."""
    return _IN_WRITING[row.kinds()[0]](row)


def reads_passages(row: RuleRow) -> bool:
    """Say whether a row looks at one passage at a time."""
    if isinstance(row, BuiltInRow) and row.algorithm is not None:
        return algorithm_of(row).reads is Passage
    return row.kinds()[0] in _IN_PASSAGE


def compile_for_passages(row: RuleRow) -> InPassage:
    """Return what finds the hits of a row in a passage, whatever its role."""
    kind = row.kinds()[0]
    find, words = _wordings(row) if kind == "algorithm" else _IN_PASSAGE[kind](row)
    wanted = _roles(row)
    return InPassage(lambda passage: find(passage) if passage.role in wanted else (), words)


def function_of(row: BuiltInRow) -> Callable[..., Any]:
    """Return the function that a row names, given what the row says."""
    return partial(algorithm_of(row).find, **row.parameters)


def algorithm_of(row: BuiltInRow) -> Algorithm:
    """Return the function that a row names.

    Raises ContentError where there is none, and where it takes other parameters.
    """
    found = algorithms().get(str(row.algorithm))
    if found is None:
        message = f"không có hàm “{row.algorithm}” — đăng ký hàm (xem vanban.checks.rules)"
        raise ContentError([row.problem(message, "algorithm")])
    taken = signature(found.find)
    try:
        taken.bind(None, **row.parameters)
    except TypeError:
        names = ", ".join([*taken.parameters][1:]) or "không tham số nào"
        message = f"{row.algorithm} nhận {names} — sửa tên cho đúng"
        raise ContentError([row.problem(message, "parameters")]) from None
    return found


def worded(row: RuleRow, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield hits with message and advice of the row where their function left them to that."""
    for hit in hits:
        if not (hit.message and hit.suggestion):
            right = hit.right or hit.replacement
            message, advice = _texts(row, hit.at.excerpt, right, None, **hit.given)
            advice = hit.suggestion or (advice if row.advice or not hit.message else "")
            hit = replace(hit, message=hit.message or message, suggestion=advice)
        yield hit


WRONG = ("không dùng “{sai}”", "viết cách khác")
REPLACED = ("“{sai}” nên thay bằng “{dung}”", "sửa thành “{dung}”")


def _texts(
    row: RuleRow,
    wrong: str,
    right: str | None,
    usual: tuple[str, str] | None = None,
    **given: object,
) -> tuple[str, str]:
    """Return message and advice of a row, by default the ``usual`` ones, with words filled in.

    {sai} stands for what is wrong, {dung} for what is right, others for what is ``given``.
    """
    message, advice = usual or (REPLACED if right else WRONG)
    if given.get("vi"):
        message += ": {vi}"
    given |= {"sai": " ".join(wrong.split()), "dung": right or ""}
    return filled(row.message or message, given), filled(row.advice or advice, given)


def _algorithm(row: RuleRow) -> Find:
    assert isinstance(row, BuiltInRow)
    find = function_of(row)
    return lambda writing: worded(row, find(writing))


def _wordings(row: RuleRow) -> InPassage:
    """Find listed wordings, and what an algorithm over passages finds besides, or by itself."""
    own = row if isinstance(row, BuiltInRow) else None
    listed = wordings.index(
        (
            *(*row.absent, *row.replaced, *map(wordings.without_marks, row.punctuated)),
            *(map(wordings.pair, own.pairs) if own is not None else ()),
        ),
        own is not None and own.patterns,
    )
    more = function_of(own) if own is not None and own.algorithm else None

    def hits(passage: Passage) -> Iterator[Hit]:
        changes = more(passage) if more is not None else ()
        for found in wordings.find(passage, listed, changes):
            if not (row.no_names and _may_be_name(passage, found.start)) and (
                row.titles_too or found.wording is None or not _is_cited(passage, found.start)
            ):
                reason = found.wording.reason if found.wording is not None else None
                at = Stretch(passage, found.start, found.end)
                yield _hit(row, at, found.right, vi=str(reason or ""))

    return InPassage(hits, wordings.needed(listed) if more is None else None)


def _hit(row: RuleRow, at: Stretch, right: str | None, **given: str) -> Hit:
    message, advice = _texts(row, at.excerpt, right, None, **given)
    words = " ".join(at.excerpt.lower().split())
    as_one = isinstance(row, BuiltInRow) and row.as_one
    replacement = right if row.certain else None
    matter = message if as_one else words
    return Hit(at, message, advice, matter=matter, replacement=replacement)


def _may_be_name(passage: Passage, start: int) -> bool:
    """Say whether a word within a passage has a capital."""
    return passage.text[start].isupper() and start != passage.words[0].start


def _is_cited(passage: Passage, start: int) -> bool:
    """Say whether what stands there belongs to a citation, which keeps its issuer's words."""
    return any(each.head.start <= start < each.head.end for each in citations(passage.text))


_GROUP = re.compile(r"\\([lc]?)(\d)")


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S+@\S+")


def _matched(row: RuleRow) -> InPassage:
    assert isinstance(row, BuiltInRow)
    told = []
    for pattern in row.matched:
        own = {name: getattr(pattern, name) for name in ("message", "advice", "scope")}
        as_told = row.model_copy(update={name: value for name, value in own.items() if value})
        told.append((as_told, _roles(as_told), pattern))

    def find(passage: Passage) -> Iterator[Hit]:
        for as_told, wanted, pattern in told:
            if passage.role in wanted:
                yield from _matches(as_told, pattern, passage)

    return InPassage(find)


def _matches(row: BuiltInRow, pattern: Pattern, passage: Passage) -> Iterator[Hit]:
    text = passage.text
    matches = list(wordings.compiled(str(pattern.wrong)).finditer(text))
    if matches and row.no_addresses:
        inside = {place for each in _ADDRESS.finditer(text) for place in range(*each.span())}
        matches = [each for each in matches if each.start() not in inside]
    changes: Iterable[Change] = (
        Change(*each.span(), _right(each, pattern.right)) for each in matches
    )
    starts = [each.start() for each in matches]
    for change in whole_words(text, changes) if pattern.whole_words else changes:
        match = matches[bisect_left(starts, change.start)]
        given = {str(n): words or "" for n, words in enumerate(match.groups(), 1)}
        right = change.right if pattern.right is not None else None
        start = words_back(text, change.start, pattern.words_before)
        at = Stretch(passage, start, change.end)
        if right is not None:
            right = text[start : change.start] + right
        yield _hit(row, at, right, ma=f"U+{ord(match[0][0]):04X}", **given)


def _right(match: re.Match[str], right: str | None) -> str:
    """Return what stands for a match: \\1 is its group, \\l1 in lower case, \\c1 with a capital."""
    if right is None:
        return match[0]

    def group(number: re.Match[str]) -> str:
        text = match[int(number[2])] or ""
        cased = {"l": text.lower(), "c": text[:1].upper() + text[1:]}
        return cased.get(number[1], text)

    return _GROUP.sub(group, str(right))


def _spelled(row: RuleRow) -> Find:
    wanted = _roles(row)

    def find(writing: Writing) -> Iterator[Hit]:
        for found in unlike(writing, row.spelled, ()):
            if found.at.passage.role in wanted:
                right = recased(found)
                usual = ("“{sai}” viết chưa đúng", "viết “{dung}”")
                message, advice = _texts(row, found.at.excerpt, right, usual)
                replacement = right if row.certain else None
                yield Hit(found.at, message, advice, matter=found.name, replacement=replacement)

    return find


def _same(row: RuleRow) -> Find:
    groups = [(Names(each.forms, 1), each) for each in row.same]
    wanted = _roles(row)

    def find(writing: Writing) -> Iterator[Hit]:
        for names, group in groups:
            places = [
                found
                for passage in names.may_stand_in(writing)
                if passage.role in wanted
                for found in names.find(passage)
                if row.titles_too or not found.quoted
            ]
            counts = Counter(found.name for found in places)
            if len(counts) < (1 if group.first is First.ALWAYS else 2):
                continue
            usual = max(counts, key=lambda form: counts[form])
            if group.first is First.ALWAYS or (group.first and group.forms[0] in counts):
                usual = group.forms[0]
            shown = "; ".join(f"“{name}” ({count} chỗ)" for name, count in counts.items())
            for found in places:
                if found.name != usual:
                    yield _differing(row, group, found, usual, shown)

    return find


def _differing(row: RuleRow, group: Spellings, found: Found, usual: str, shown: str) -> Hit:
    texts = (
        "“{sai}”: chỗ khác trong văn bản viết “{dung}”",
        "thống nhất một cách viết, ví dụ “{dung}”",
    )
    if group.first is First.ALWAYS:
        row = row.model_copy(update={"message": None, "advice": None})
        texts = ("“{sai}” không đúng tên", "viết “{dung}”")
    message, advice = _texts(row, found.at.excerpt, usual, texts, cac_cach=shown)
    return Hit(found.at, message, advice, matter=found.name)


def _present(row: RuleRow) -> Find:
    wanted = [(words, wordings.pattern_of(words)) for words in row.present]

    def find(writing: Writing) -> Iterator[Hit]:
        passages = tuple(_passages(row, writing))
        for words, pattern in wanted:
            if passages and not any(pattern.search(passage.lower) for passage in passages):
                at = Stretch(passages[0], 0, len(passages[0].text))
                usual = ("văn bản chưa có “{dung}”", "bổ sung “{dung}”")
                yield Hit(at, *_texts(row, at.excerpt, words, usual), matter=words)

    return find


def _followed(row: RuleRow) -> InPassage:
    rows = [
        (
            wordings.pattern_of(each.first),
            re.compile(rf"[\s,]*(?:{'|'.join(map(wordings.spaced, each.then))})(?!\w)"),
            " hoặc ".join(f"“{words}”" for words in each.then),
        )
        for each in row.followed
    ]

    def find(passage: Passage) -> Iterator[Hit]:
        for first, then, right in rows:
            for found in first.finditer(passage.lower):
                if not then.match(passage.lower, found.end()):
                    at = Stretch(passage, *found.span())
                    usual = ("sau “{sai}” phải có {dung}", "thêm {dung} vào sau")
                    texts = _texts(row, at.excerpt, right, usual)
                    yield Hit(at, *texts, matter=at.excerpt.lower())

    return InPassage(find)


def _longest(row: RuleRow) -> InPassage:
    limit = row.longest or 0

    def find(passage: Passage) -> Iterator[Hit]:
        for sentence in sentences(passage):
            count = words_of_its_own(sentence) if len(sentence.words) > limit else 0
            if count > limit:
                usual = (
                    "câu dài {so} chữ mà không có dấu chấm, chấm phẩy",
                    "tách thành các câu ngắn, hoặc ngăn các ý bằng dấu chấm phẩy",
                )
                at = sentence.stretch
                yield Hit(at, *_texts(row, at.excerpt, None, usual, so=str(count)))

    return InPassage(find)


def _roles(row: RuleRow) -> frozenset[Role]:
    return frozenset[Role]().union(*(ROLES[scope] for scope in row.scope))


def _passages(row: RuleRow, writing: Writing) -> Iterator[Passage]:
    wanted = _roles(row)
    return (passage for passage in writing.passages if passage.role in wanted)


_IN_PASSAGE: Mapping[str, Callable[[RuleRow], InPassage]] = {
    "absent": _wordings,
    "replaced": _wordings,
    "punctuated": _wordings,
    "matched": _matched,
    "followed": _followed,
    "longest": _longest,
}
_IN_WRITING: Mapping[str, Callable[[RuleRow], Find]] = {
    "spelled": _spelled,
    "same": _same,
    "present": _present,
    "algorithm": _algorithm,
}
