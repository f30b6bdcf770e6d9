"""What rows find in single paragraphs: looked for together, and remembered by hash.

Most of a text stays from check to check as it is. What rows find in a paragraph is kept in the
process and, where a command keeps one, in the memory of the build folder, by the text of the
paragraph and the rows: only what is new is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from vanban.checks.alike import once_for_alike
from vanban.checks.finding import Hit, Stretch
from vanban.checks.writing import Passage, Writing
from vanban.io.memory import remembered
from vanban.kept import kept

FindIn = Callable[[Passage], Iterable[Hit]]


class InPassage(NamedTuple):
    """What a row finds in a passage, one of whose ``words`` must be there; None if no word must."""

    find: FindIn
    words: Iterable[str] | None = None


class _Found(NamedTuple):
    """A hit on the characters ``start`` to ``end`` of any paragraph that reads the same."""

    start: int
    end: int
    message: str
    suggestion: str
    matter: str
    replacement: str | None

    def on(self, passage: Passage) -> Hit:
        at = Stretch(passage, self.start, self.end)
        return Hit(at, self.message, self.suggestion, self.matter, replacement=self.replacement)


_Table = Mapping[str, tuple[_Found, ...]]
"""Id of a row → what it found in a paragraph; rows that found nothing are left out."""


class Together:
    """Rows that read one paragraph at a time, by id; ``words`` tell them from others of these ids.

    What they find follows from what the ``digest`` of the paragraph tells, alone.
    """

    def __init__(self, rows: Mapping[str, InPassage], words: str) -> None:
        self._rows = rows
        self._always = [each for each, row in rows.items() if row.words is None]
        self._by_word: dict[str, list[str]] = {}
        for each, row in rows.items():
            for word in row.words or ():
                self._by_word.setdefault(word, []).append(each)
        self._name = blake2b(f"{[*rows]} {words}".encode(), digest_size=8).hexdigest()
        self._found_in = once_for_alike(self._look_through)
        self._hits = kept(self._all_hits)

    def find(self, row_id: str, writing: Writing) -> Iterator[Hit]:
        """Yield what one of the rows finds in a document, in the order of its paragraphs."""
        yield from self._hits(writing).get(row_id, ())

    def _all_hits(self, writing: Writing) -> Mapping[str, Iterable[Hit]]:
        hits: dict[str, list[Hit]] = {}
        for passage in writing.passages:
            for each, found in self._found_in(passage):
                hits.setdefault(each, []).extend(one.on(passage) for one in found)
        return hits

    def _look_through(self, passage: Passage) -> Iterable[tuple[str, tuple[_Found, ...]]]:
        memory, key = remembered(), f"findings:{self._name}:{passage.digest.hex()}"
        table = self._read(memory.get(key), passage) if memory is not None else None
        if table is None:
            rows = self._that_may_find(passage)
            table = {each: found for each in rows if (found := self._look(each, passage))}
            if memory is not None:
                memory.put(key, table)
        return table.items()

    def _that_may_find(self, passage: Passage) -> Iterable[str]:
        """Return the rows whose words the passage has, and those that ask for none."""
        met = self._by_word.keys() & passage.keys
        return dict.fromkeys((*self._always, *(each for key in met for each in self._by_word[key])))

    def _look(self, row_id: str, passage: Passage) -> tuple[_Found, ...]:
        return tuple(
            _Found(at.start, at.end, hit.message, hit.suggestion, hit.matter, hit.replacement)
            for hit in self._rows[row_id].find(passage)
            if isinstance(at := hit.at, Stretch)
        )

    def _read(self, value: Any, passage: Passage) -> _Table | None:
        """Return what a memory holds of a paragraph, None where it holds nothing of sense."""
        if not isinstance(value, dict) or not self._rows.keys() >= value.keys():
            return None
        try:
            table = {each: tuple(_Found(*one) for one in found) for each, found in value.items()}
        except TypeError:
            return None
        length = len(passage.text)
        every = (one for found in table.values() for one in found)
        return table if all(_is_sound(one, length) for one in every) else None


def _is_sound(found: _Found, length: int) -> bool:
    start, end, *texts, replacement = found
    if not (type(start) is type(end) is int and 0 <= start <= end <= length):
        return False
    return all(isinstance(text, str) for text in (*texts, replacement or ""))
