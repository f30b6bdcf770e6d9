"""How sure the check must be before it tells a word as typed for another: the curve.

    .venv/bin/python scripts/pair_curve.py [--seed N] [--rounds N] [--show]

Clean texts, none of which was counted for the table: the documents of ``content/``, sentences of
other offices and trades (``tests/data/cau-sach.txt``, silent cases of the review), and the pages of
``docs/`` for officials, which speak of programs. What is told of them is wrong. Then, round by
round, one word of each passage is replaced by a syllable that a hasty hand may type for it (the
slips of ``plant_mistakes.py``). Precision is that of a text with one slip in so many words.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time

import yaml
from plant_mistakes import slipped

from vanban.app.catalogue import buildable
from vanban.app.composing import compose_sound
from vanban.app.load import load_content
from vanban.checks.from_document import writing_of
from vanban.checks.language import dictionary, doubtful
from vanban.checks.writing import Passage, Role
from vanban.errors import Place

ROOT = Path(__file__).parent.parent
THRESHOLDS = (4, 6, 8, 10, 12, 14)
ENGLISH = {"architecture.md", "speed.md", "neighbours.md", "quy-tac.md", "dinh-chinh.md"}
"""Pages that are in English, or made of mistakes."""


def passage(text: str) -> Passage:
    return Passage(text, Role.BODY, 1, Place(Path("sach.txt"), 1, 1))


def documents() -> Iterator[str]:
    """Yield what the documents of the content say, each passage once."""
    loaded = load_content(ROOT / "content", 2025)
    composed, _ = compose_sound(buildable(loaded.workspace), loaded, ROOT / "templates")
    writings = (writing_of(each, loaded.workspace) for each in composed)
    yield from dict.fromkeys(each.text for writing in writings for each in writing.passages)


def other_offices() -> Iterator[str]:
    yield from (ROOT / "tests" / "data" / "cau-sach.txt").read_text(encoding="utf-8").splitlines()
    for file in sorted((ROOT / "tests" / "review" / "cases").glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
            if case["finds"] == "none" and "text" in case:
                yield from case["text"].splitlines()


def explanations() -> Iterator[str]:
    for file in sorted((ROOT / "docs").glob("*.md")):
        if file.name not in ENGLISH:
            for line in file.read_text(encoding="utf-8").splitlines():
                yield re.sub(r"`[^`]*`|[|*#]", " ; ", line)


def measured(name: str, texts: Iterable[str], seed: int, rounds: int, show: bool) -> None:
    """Print the curve of one set of texts."""
    known, chance = dictionary.load(), random.Random(seed)
    clean = [passage(text) for text in texts if text.strip()]
    words = sum(len(each.words) for each in clean)
    started = process_time()
    wrong = [(each, doubt) for each in clean for doubt in doubtful.doubts(each)]
    spent = 1000 * (process_time() - started) / len(clean)
    planted, found, mended = 0, list[float](), list[float]()
    for each in clean * rounds:
        places = [
            number
            for number, word in enumerate(each.words)
            if len(word.text) > 2 and word.text.islower() and known.knows(word.text)
        ]
        if len(places) < 5:
            continue
        number = chance.choice(places)
        word = each.words[number]
        slips = (slipped(word.text, chance) for _ in range(40))
        typed = next((slip for slip in slips if slip != word.text and known.knows(slip)), None)
        if typed is None:
            continue
        planted += 1
        spoilt = passage(each.text[: word.start] + typed + each.text[word.end :])
        told = [doubt for doubt in doubtful.doubts(spoilt) if doubt.place == number]
        found += (doubt.sure for doubt in told)
        mended += (doubt.sure for doubt in told if doubt.right == each.keys[number])
    print(f"\n{name}: {words} words, {planted} slips, {spent:.2f} ms of CPU a passage\n")
    print(
        "| bits | told of 1,000 clean words | slips found | rightly mended | 1 in 100 | 1 in 500 |"
    )
    print("|---|---|---|---|---|---|")
    for bits in THRESHOLDS:
        false = sum(doubt.sure >= bits for _, doubt in wrong) / words
        share = sum(sure >= bits for sure in found) / planted
        right = sum(sure >= bits for sure in mended) / max(1, sum(sure >= bits for sure in found))
        rates = " | ".join(f"{_precision(share, false, each):.1%}" for each in (100, 500))
        print(f"| {bits} | {1000 * false:.2f} | {share:.1%} | {right:.1%} | {rates} |")
    for each, doubt in sorted(wrong, key=lambda pair: -pair[1].sure) if show else ():
        print(
            f"  {doubt.sure:5.1f} {each.words[doubt.place].text} → {doubt.right}: {each.text[:90]}"
        )


def _precision(found: float, false: float, every: int) -> float:
    """Return the share of what is told that is right, with one slip in ``every`` words."""
    return found / every / (found / every + false) if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print what is told of clean texts")
    given = parser.parse_args()
    doubtful.SURE = min(THRESHOLDS)
    for name, texts in (
        ("documents of the project", documents()),
        ("sentences of other offices and trades", other_offices()),
        ("explanations of programs", explanations()),
    ):
        measured(name, texts, given.seed, given.rounds, given.show)


if __name__ == "__main__":
    main()
