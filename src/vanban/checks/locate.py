"""From a stretch of a passage to file:line:column: where the words were typed.

A value of YAML is printed with its line breaks and repeated blanks made single; its words stand
in the file in the same order, so they are found there one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path

from vanban.checks.finding import Datum, Spot, Stretch
from vanban.document import Source
from vanban.errors import Place

_PIECE = re.compile(r"\S+")


class Locator:
    """Finds places in YAML files; reads each file once.

    ``texts`` maps the paths that messages show to the text of the files.
    """

    def __init__(self, texts: dict[Path, str]) -> None:
        self._texts = texts
        self._starts = {path: _line_starts(text) for path, text in texts.items()}
        self._aligned: dict[Place, list[tuple[int, int]]] = {}

    def spot(self, at: Stretch | Datum, replacement: str | None = None) -> Spot:
        """Return the spot of a stretch or value; the nearest known place where it was not typed.

        With a ``replacement`` it is the spot of the first word that is to change.
        """
        if isinstance(at, Datum):
            return Spot(at.place, excerpt=at.excerpt)
        passage = at.passage
        source = source_at(at)
        start = at.start
        if replacement is not None:
            start += next(iter(pieces(at.excerpt, replacement)), (0, 0, ""))[0]
        if source is None:
            place = passage.place
            if place.file.suffix != ".md":  # the words of an outline are not those that are printed
                place = Place(place.file, place.line, max(place.column, 1) + start)
            return Spot(place, passage.number, passage.page, at.excerpt, passage.part)
        offset = self.offset(source, passage.text, max(start, source.start))
        if offset is None:
            return Spot(source.place, excerpt=at.excerpt)
        return Spot(self._place(source.place.file, offset), excerpt=at.excerpt)

    def exact_place(self, source: Source, text: str, start: int, words: str) -> Place | None:
        """Return where ``words``, at ``start`` of ``text``, stand on one line as they are.

        None where the file spells them otherwise.
        """
        offset = self.offset(source, text, start)
        raw = self._texts.get(source.place.file, "")
        if offset is None or raw[offset : offset + len(words)] != words:
            return None
        return self._place(source.place.file, offset)

    def offset(self, source: Source, text: str, position: int) -> int | None:
        """Return where the character ``position`` of ``text`` stands in the file of ``source``.

        None where the file spells it otherwise (escapes in quotes) or was not read.
        """
        raw = self._texts.get(source.place.file)
        if raw is None:
            return None
        if source.place not in self._aligned:
            value = text[source.start : source.end]
            self._aligned[source.place] = _align(value, raw, self._offset_of(source.place))
        pairs = self._aligned[source.place]
        within = position - source.start
        index = bisect_right(pairs, (within, len(raw))) - 1
        if index < 0:
            return None
        start, offset = pairs[index]
        end = _PIECE.match(text, source.start + start)
        if end is None or position > end.end() + 1:
            return None
        return offset + within - start

    def as_typed(self, text: str, sources: tuple[Source, ...]) -> tuple[str, tuple[Source, ...]]:
        """Return ``text`` with the blanks and tabs of its sources as they stand in the files."""
        typed: list[Source] = []
        grown = 0
        for source in sources:
            start, end = source.start + grown, source.end + grown
            value = self._with_blanks(source, text[start:end])
            text = text[:start] + value + text[end:]
            grown += len(value) - (end - start)
            typed.append(Source(start, start + len(value), source.place))
        return text, tuple(typed)

    def _with_blanks(self, source: Source, value: str) -> str:
        raw = self._texts.get(source.place.file)
        if raw is None:
            return value
        pairs = _align(value, raw, self._offset_of(source.place))
        words = value.split()
        if len(pairs) != len(words):
            return value
        pieces = []
        for (_, offset), (_, following), word in zip(pairs, pairs[1:], words, strict=False):
            blank = raw[offset + len(word) : following]
            pieces.append(word + (blank if blank.strip(" \t") == "" else " "))
        return "".join([*pieces, words[-1]]) if words else value

    def _offset_of(self, place: Place) -> int:
        starts = self._starts[place.file]
        line = min(max(place.line, 1), len(starts))
        return starts[line - 1] + max(place.column, 1) - 1

    def _place(self, file: Path, offset: int) -> Place:
        starts = self._starts[file]
        line = bisect_right(starts, offset)
        return Place(file, line, offset - starts[line - 1] + 1)


def pieces(old: str, new: str) -> tuple[tuple[int, int, str], ...]:
    """Return the smallest stretches of ``old`` that differ, each with what takes its place.

    Where the words are as many, they are compared one by one.
    """
    before, after = list(_PIECE.finditer(old)), _PIECE.findall(new)
    changed = tuple(
        (found.start(), found.end(), word)
        for found, word in zip(before, after, strict=False)
        if found[0] != word
    )
    if len(before) == len(after) and changed:
        return changed
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if len(old) == len(new) == start:
        return ()
    return ((start, len(old) - end, new[start : len(new) - end]),)


def source_at(at: Stretch) -> Source | None:
    """Return the source that a stretch starts in, else the first that it touches, else None."""
    sources = at.passage.sources
    for source in sources:
        if source.start <= at.start < source.end:
            return source
    for source in sources:
        if source.start < at.end and at.start < source.end:
            return source
    return None


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _align(value: str, raw: str, start: int) -> list[tuple[int, int]]:
    """Pair the start of each word of ``value`` with its offset in ``raw``, from ``start`` on.

    Stops at a word that does not follow: between two words only blanks and, before the first,
    a block or quotation sign may stand.
    """
    pairs: list[tuple[int, int]] = []
    position = start
    for found in _PIECE.finditer(value):
        limit = position + 400 if not pairs else position + len(found[0]) + 200
        offset = raw.find(found[0], position, limit)
        if offset < 0 or (pairs and raw[position:offset].strip()):
            break
        pairs.append((found.start(), offset))
        position = offset + len(found[0])
    return pairs
