"""Counts of syllables and of neighbours → the packed table that the check reads.

    .venv/bin/python scripts/syllable_pairs.py pairs.tsv.xz syllables.tsv.xz

In: two lists of UTF-8 lines, compressed: "quy định<TAB>276044<TAB>…" and "quy<TAB>…". Out:
``src/vanban/checks/words/pairs.bin`` (:mod:`vanban.checks.language.syllable_pairs` tells its form).
Words that the dictionary of the machine does not know are left out: foreign words and noise.
"""

from __future__ import annotations

import lzma
import sys
from collections import Counter
from pathlib import Path

from vanban.checks.language import dictionary
from vanban.checks.language.syllable_pairs import packed
from vanban.nd30.letters import plain

OUT = Path(__file__).parents[1] / "src" / "vanban" / "checks" / "words" / "pairs.bin"


def main(pairs_file: Path, syllables_file: Path) -> None:
    known = dictionary.load()
    singles: Counter[str] = Counter()
    for syllable, count in _rows(syllables_file):
        if known.knows(syllable):
            singles[plain(syllable)] += count
    pairs: Counter[tuple[str, str]] = Counter()
    for both, count in _rows(pairs_file):
        first, second = map(plain, both.split(" "))
        if first in singles and second in singles:
            pairs[first, second] += count
    _know_wards(pairs)
    OUT.write_bytes(packed(singles, pairs))
    print(f"{len(singles)} syllables, {len(pairs)} pairs, {OUT.stat().st_size} bytes")


def _know_wards(pairs: Counter[tuple[str, str]]) -> None:
    """Let "phường" stand where "xã" does: most texts are older than wards that do its work."""
    for (first, second), count in [*pairs.items()]:
        ward = tuple("phường" if each == "xã" else each for each in (first, second))
        if ward != (first, second):
            pairs[ward[0], ward[1]] = max(pairs[ward[0], ward[1]], count // 4)


def _rows(file: Path) -> list[tuple[str, int]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        fields = (line.rstrip("\n").split("\t") for line in lines)
        return [(each[0], int(each[1])) for each in fields]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
