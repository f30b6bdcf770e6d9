"""Random edits of a built Word file, as an official makes them; each says what must come of it."""

from __future__ import annotations

from copy import deepcopy
from random import Random

from lxml import etree

from pulls import set_text, text_of
from vanban.ooxml.markup import Element, w

WORDS = ["kịp thời", "đúng quy định", "(bổ sung) 1.204 hồ sơ", "98,7%", "“một cửa”: #1 - tốt hơn"]
MOST = 6
"""Edits in one file."""


def paragraphs(root: Element, words: int = 8) -> list[Element]:
    """Return the paragraphs of the body, outside of tables, that have a mark and enough words."""
    body = root.find(w("body"))
    assert body is not None
    return [
        each
        for each in body.iterchildren(w("p"))
        if len(text_of(each).split()) >= words
        and next(each.iter(w("br")), None) is None
        and any("_vb" in (mark.get(w("name")) or "") for mark in each.iter(w("bookmarkStart")))
    ]


def edit_randomly(root: Element, random: Random, items: bool = True) -> None:
    """Make up to :data:`MOST` edits, each in a paragraph of its own; ``items`` come and go, too."""
    there = paragraphs(root)
    for paragraph in random.sample(there, min(len(there), random.randint(1, MOST))):
        if items and text_of(paragraph).startswith("- ") and random.random() < 0.25:
            random.choice((_add, _delete))(paragraph, random)
        else:
            random.choice((_change, _change, _tracked, _rewrite))(paragraph, random)


def _change(paragraph: Element, random: Random) -> None:
    """Put other words for some, or none, or more, behind what a paragraph begins with."""
    set_text(paragraph, _edited(text_of(paragraph), random))


def _edited(text: str, random: Random) -> str:
    words = text.split(" ")
    start = random.randint(2, len(words) - 3)
    end = random.randint(start, min(start + 3, len(words) - 2))
    return " ".join(
        [*words[:start], *([random.choice(WORDS)] if random.random() < 0.7 else []), *words[end:]]
    )


def _rewrite(paragraph: Element, random: Random) -> None:
    words = text_of(paragraph).split(" ")
    middle = words[2:-1]
    random.shuffle(middle)
    set_text(paragraph, " ".join([*words[:2], *middle, words[-1]]))


def _tracked(paragraph: Element, random: Random) -> None:
    """Change words with revisions: the old ones deleted, the new ones inserted."""
    (run, *others) = paragraph.findall(w("r"))
    if others:
        _change(paragraph, random)
        return
    old = text_of(run)
    new = _edited(old, random)
    start = next((n for n in range(len(old)) if old[n] != new[n : n + 1]), len(old))
    pieces = ((old[:start], ""), (old[start:], "del"), (new[start:], "ins"))
    for text, revision in pieces:
        copy = deepcopy(run)
        (letters,) = copy.findall(w("t"))
        letters.text = text
        if revision == "del":
            letters.tag = w("delText")
        run.addprevious(_in_revision(copy, revision) if revision else copy)
    paragraph.remove(run)


def _in_revision(run: Element, name: str) -> Element:
    revision = etree.Element(w(name))
    for key, text in (("id", "9001"), ("author", "Phó Chủ tịch"), ("date", "2025-11-27T08:00:00Z")):
        revision.set(w(key), text)
    revision.append(run)
    return revision


def _add(paragraph: Element, random: Random) -> None:
    """Put a new item behind a paragraph."""
    new = deepcopy(paragraph)
    for mark in new.findall(w("bookmarkStart")) + new.findall(w("bookmarkEnd")):
        new.remove(mark)
    set_text(new, f"- Việc mới {random.randint(1, 999)}: {random.choice(WORDS)}, báo cáo quý.")
    paragraph.addnext(new)


def _delete(paragraph: Element, random: Random) -> None:
    parent = paragraph.getparent()
    assert parent is not None
    parent.remove(paragraph)
