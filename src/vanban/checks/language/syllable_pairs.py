"""How often one syllable follows another in public legal and administrative texts.

``words/pairs.bin`` holds the counts of 50.6 million syllables of such texts, of pairs that came ten
times and more in five texts; none crosses a punctuation mark or a number. Packed by
``scripts/syllable_pairs.py``, little-endian: how many syllables there are and how many bytes
their text has (two numbers of 4 bytes); the syllables in order, parted by blanks; the weight of
each; where the followers of each begin (4 bytes each, and the end); how many syllables each
follows, and the followers themselves by number (2 bytes each); the weights of the followers. A
weight is a count as its logarithm, in one byte.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from math import log2

from msgspec import Struct

ALL = 50.6e6
"""Syllables of the texts that were counted."""

STEPS = 13
"""Weights to a doubling of the count: 255 is 800 thousand, one step 5 %."""

_HEAD = struct.Struct("<II")


class Pairs(Struct, frozen=True):
    """The table; ``numbers`` gives each syllable, as :func:`vanban.nd30.letters.plain` spells it,
    its place in the others."""

    numbers: Mapping[str, int]
    singles: bytes
    begins: array[int]
    leaders: array[int]
    followers: array[int]
    weights: bytes

    def count(self, syllable: str) -> float:
        """Return how often a syllable came, 0 where it is not in the table."""
        number = self.numbers.get(syllable)
        return COUNTS[self.singles[number]] if number is not None else 0.0

    def after(self, syllable: str) -> int:
        """Return how many syllables follow this one, at least one."""
        number = self.numbers.get(syllable)
        return 1 + (self.begins[number + 1] - self.begins[number] if number is not None else 0)

    def before(self, syllable: str) -> int:
        """Return how many syllables this one follows, at least one."""
        number = self.numbers.get(syllable)
        return 1 + (self.leaders[number] if number is not None else 0)

    def pair(self, first: str, second: str) -> int:
        """Return the weight of a pair, 0 of one that is not in the table."""
        one, two = self.numbers.get(first), self.numbers.get(second)
        if one is None or two is None:
            return 0
        end = self.begins[one + 1]
        place = bisect_left(self.followers, two, self.begins[one], end)
        found = place < end and self.followers[place] == two
        return self.weights[place] if found else 0


COUNTS = tuple(0.0 if weight == 0 else 2 ** (weight / STEPS) for weight in range(256))
"""Weight → count."""


def packed(singles: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> bytes:
    """Return the bytes of the table of these counts."""
    syllables = sorted(singles)
    numbers = {syllable: number for number, syllable in enumerate(syllables)}
    rows: list[dict[int, int]] = [{} for _ in syllables]
    for (first, second), count in pairs.items():
        rows[numbers[first]][numbers[second]] = count
    begins = [0]
    followers: list[int] = []
    weights: list[int] = []
    for row in rows:
        followers += sorted(row)
        weights += (_weight(row[each]) for each in sorted(row))
        begins.append(len(followers))
    leaders = Counter(followers)
    text = " ".join(syllables).encode()
    return b"".join(
        (
            _HEAD.pack(len(syllables), len(text)),
            text,
            bytes(_weight(singles[each]) for each in syllables),
            _little("I", begins).tobytes(),
            _little("H", (leaders[each] for each in range(len(syllables)))).tobytes(),
            _little("H", followers).tobytes(),
            bytes(weights),
        )
    )


def unpacked(data: bytes) -> Pairs:
    """Return the table of such bytes."""
    count, length = _HEAD.unpack_from(data)
    singles = _HEAD.size + length
    begins = singles + count
    leaders = begins + 4 * (count + 1)
    followers = leaders + 2 * count
    read = _little("I", data[begins:leaders])
    weights = followers + 2 * read[-1]
    syllables = data[_HEAD.size : singles].decode().split(" ")
    return Pairs(
        {syllable: number for number, syllable in enumerate(syllables)},
        data[singles:begins],
        read,
        _little("H", data[leaders:followers]),
        _little("H", data[followers:weights]),
        data[weights:],
    )


def _weight(count: int) -> int:
    return min(255, max(1, round(log2(count) * STEPS)))


def _little(kind: str, values: Iterable[int] | bytes) -> array[int]:
    numbers = array(kind, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@cache
def load() -> Pairs:
    """Return the table of the program, read when first asked for."""
    return unpacked(resources.files("vanban.checks").joinpath("words", "pairs.bin").read_bytes())


def association(first: str, second: str) -> float:
    """Return how much more often two syllables stand together than by chance, in bits; 0: never."""
    pairs = load()
    together = COUNTS[pairs.pair(first, second)]
    apart = pairs.count(first) * pairs.count(second)
    return log2(together * ALL / apart) if together and apart else 0.0
