"""Tracked changes of a Word file accepted, and refused: what is read either way."""

from __future__ import annotations

import pytest

from packages import paragraph, row, run, table, tracked, word
from vanban.ooxml.reading import read_word_file

CAME, GONE = (f'<w:{name} w:id="3" w:author="A"/>' for name in ("ins", "del"))

CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "words": (
        paragraph(run("Rà soát "), tracked("del", run("cũ")), tracked("ins", run("mới"))),
        ["Rà soát mới"],
        ["Rà soát cũ"],
    ),
    "a new paragraph": (
        paragraph(run("Một"))
        + paragraph(tracked("ins", run("Hai")), mark=CAME)
        + paragraph(run("Ba")),
        ["Một", "Hai", "Ba"],
        ["Một", "Ba"],
    ),
    "a deleted paragraph": (
        paragraph(run("Một"))
        + paragraph(tracked("del", run("Hai")), mark=GONE)
        + paragraph(run("Ba")),
        ["Một", "Ba"],
        ["Một", "Hai", "Ba"],
    ),
    "a moved text": (
        paragraph(tracked("moveFrom", run("đi")), run(" đứng "), tracked("moveTo", run("đi"))),
        ["đứng đi"],
        ["đi đứng"],
    ),
    "rows": (
        table(row("giữ"), row("thêm", "ins"), row("bỏ", "del")) + paragraph(),
        ["giữ", "thêm"],
        ["giữ", "bỏ"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_open_changes_are_read_as_accepted_or_refused(case: str) -> None:
    body, accepted, refused = CASES[case]
    for accept, expected in ((True, accepted), (False, refused)):
        read = read_word_file(word(body), lambda _: False, accept)
        assert [" ".join(each.text.split()) for each in read.filled] == expected
        assert read.tracked > 0
