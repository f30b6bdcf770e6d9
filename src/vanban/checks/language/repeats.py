"""Words typed twice in a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.rules import text_rule
from vanban.checks.writing import Writing

LEGITIMATE = frozenset(("ngày", "năm", "người", "nơi", "luôn", "dần", "thường", "chung"))
"""Syllables that Vietnamese doubles on purpose: ngày ngày, luôn luôn, dần dần."""


@text_rule(
    id="chinh-ta/lap-tu",
    title="Từ bị gõ lặp liền nhau",
    standing=Standing.SPELLING,
    clause="Chính tả tiếng Việt",
    fails="- Tổng hợp báo cáo các các nội dung.",
    passes="- Luôn luôn kịp thời.",
)
def doubled_words(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for first, second in pairwise(passage.words):
            between = passage.text[first.end : second.start]
            if (
                first.lower != second.lower
                or between.strip()
                or not first.text.isalpha()
                or first.lower in LEGITIMATE
                or second.text[0].isupper() > first.text[0].isupper()
            ):
                continue
            yield Hit(
                Stretch(passage, first.start, second.end),
                f"lặp từ “{first.text}”",
                f"bỏ một từ “{second.text}”",
            )
