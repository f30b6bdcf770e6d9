"""One casing a name: names that nobody registered, told where one document spells them in two ways.

Names are those that the rule's row lists, and what a document itself writes as a name: a word for a
body, system or index (a head) with capitals that no sentence asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache

from vanban.checks.finding import Hit
from vanban.checks.language.names import (
    Found,
    casing,
    finder,
    keys_of,
    national_names,
    registered_names,
)
from vanban.checks.language.words import begins_sentence
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Writing

LONGEST = 8
"""Words of a name that a document writes by itself, at most; longer ones are known by these."""

SHORTEST = 3
"""Words of a name that a document writes by itself, at least."""

JOINTS = frozenset(
    ("của", "cho", "tại", "do", "là", "với", "đã", "để", "theo", "trong", "từ", "đến", "về", "và")
)
"""Words that no name ends with; of them only "và" stands within one."""

INDEFINITE = frozenset(("các", "những", "một", "mỗi", "từng", "mọi", "nhiều", "lập", "toàn"))
"""Before these stands no name: các ban chỉ đạo, thành lập tổ công tác."""


@text_algorithm
def several_casings(
    writing: Writing, compared: tuple[str, ...], heads: tuple[str, ...], no_heads: tuple[str, ...]
) -> Iterator[Hit]:
    """Compare the names ``compared`` and the document's own, which begin as ``heads`` do.

    Words that begin as ``no_heads`` are no name although they begin so.
    """
    told = (*registered_names(writing), *national_names())
    own = _own_names(writing, _heads(heads, no_heads), set(map(keys_of, compared)))
    counts = Counter(found.name for found in _find(writing, (*own, *told)))
    repeated = [name for name, count in counts.items() if count > 1]
    by_name: dict[str, list[Found]] = {}
    for found in _find(writing, (*compared, *repeated, *told)):
        if found.name not in told:
            by_name.setdefault(found.name, []).append(found)
    for name, places in by_name.items():
        yield from _differing(name, places)


def _find(writing: Writing, names: Iterable[str]) -> Iterator[Found]:
    """Yield where the names stand but for headings in capitals and common words."""
    sought = finder(tuple(names))
    for passage in sought.may_stand_in(writing):
        if passage.text.isupper():
            continue
        for found in sought.find(passage):
            shouted = found.at.excerpt.isupper() and not found.name.isupper()
            if not (shouted or _is_common(found)):
                yield found


def _differing(name: str, places: list[Found]) -> Iterator[Hit]:
    forms = _forms(places)
    if len(forms) < 2:
        return
    own = {form: [each for each in same if not each.quoted] for form, same in forms.items()}
    usual = max(own, key=lambda form: (len(own[form]), sum(map(str.isupper, form))))
    shown = ", ".join(f"“{same[0].at.excerpt}” ({len(same)} chỗ)" for same in forms.values())
    message = f"cùng một tên viết nhiều cách: {shown}"
    odd = [each for form, same in own.items() if form != usual for each in same]
    for each in odd:
        yield Hit(each.at, message, "chọn một cách viết cho cả văn bản", matter=name)
    if not odd and name.isupper() and own[usual]:
        yield Hit(
            own[usual][0].at,
            message,
            "chỗ khác nằm trong trích yếu của văn bản viện dẫn; xem có cần viết như vậy không",
            matter=name,
        )


def _forms(places: list[Found]) -> dict[str, list[Found]]:
    """Return the places of a name by its casing there.

    Where it begins a sentence its first letter says nothing; all in lower case it may be no name
    and is no form of its own.
    """
    forms: dict[str, list[Found]] = {}
    open_places: list[Found] = []
    for found in places:
        form = casing(found.words)
        begins = begins_sentence(found.at.passage.text, found.at.start)
        if form[1:2].islower() and (begins or form.islower()):
            open_places.append(found)
        else:
            forms.setdefault(form, []).append(found)
    for found in open_places:
        form = casing(found.words)
        same = [each for each in forms if each[1:] == form[1:]]
        forms.setdefault(same[0] if same else form[0].upper() + form[1:], []).append(found)
    return forms


def _is_common(found: Found) -> bool:
    """Say whether the words are none of one body: các ban chỉ đạo."""
    if any(word[0].isupper() for word in found.words):
        return False
    before = found.at.passage.lower[: found.at.start].split()[-1:]
    return bool(before) and before[0] in INDEFINITE


Heads = Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
"""The beginnings of names by their first word, the longest first, and how many words they have.

Words that are no name although they begin so have none.
"""


@cache
def _heads(listed: tuple[str, ...], no_heads: tuple[str, ...]) -> Heads:
    by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for name in (*listed, *no_heads):
        words = keys_of(name)
        by_first.setdefault(words[0], []).append((words, 0 if name in no_heads else len(words)))
    return {
        first: tuple(sorted(heads, key=lambda head: -len(head[0])))
        for first, heads in by_first.items()
    }


def _own_names(writing: Writing, heads: Heads, compared: Set[tuple[str, ...]]) -> Iterator[str]:
    """Yield what the document writes as names of its own, in every casing it has."""
    for passage in writing.with_any(heads):
        if passage.text.isupper():
            continue
        words = passage.words
        keys = passage.keys
        for start in range(len(words)):
            length = _length_of_head(heads, keys, start)
            end = _end_of_name(passage, heads, keys, start, length) if length else start
            if end - start >= SHORTEST and keys[start + length : end] not in compared:
                yield passage.text[words[start].start : words[end - 1].end]


def _length_of_head(heads: Heads, keys: tuple[str, ...], start: int) -> int:
    """Return how many words from ``start`` on are the beginning of a name, 0 for none."""
    same = heads.get(keys[start], ())
    return next((size for head, size in same if keys[start : start + len(head)] == head), 0)


def _end_of_name(
    passage: Passage, heads: Heads, keys: tuple[str, ...], start: int, length: int
) -> int:
    """Return where a name ends whose head is ``length`` words from ``start``; there if none does.

    It goes on to its last capital and, as names have words of two syllables, one further.
    """
    words = passage.words
    last, place = start, start + 1
    while place < min(start + LONGEST, len(words)):
        between = passage.text[words[place - 1].end : words[place].start]
        word = words[place].text
        if (
            between.strip(" -")
            or word[0].isdigit()
            or word.lower() in JOINTS - {"và"}
            or (place >= start + length and _length_of_head(heads, keys, place))
        ):
            break
        if word[0].isupper():
            last = place
            if word.isupper() and len(word) > 1:
                return place + 1
        place += 1
    if last == start:
        return start
    beyond = max(last + 1, start + length)
    return beyond + (beyond < place and words[beyond].lower not in JOINTS)
