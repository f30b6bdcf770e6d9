"""Any Word file → Writing: its paragraphs as passages, roles guessed from wording and place.

Numbers count the paragraphs that are not empty, from 1, table cells and text boxes included; notes,
headers and footers follow the body. Line breaks and tabs inside a paragraph become blanks, and
blanks around it are dropped: they are layout of Word, which the rules of form judge. What numbers a
list automatically is part of the text; for a place that nobody filled in stands a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.checks.form.body import BodyKind, BodyParagraph, is_bold_line
from vanban.checks.form.check_form import OpenedWord
from vanban.checks.form.gaps import without_gaps
from vanban.checks.form.parts import Part
from vanban.checks.form.printed_pages import Pages
from vanban.checks.form.specification import components
from vanban.checks.writing import Passage, Role, Writing
from vanban.errors import Place
from vanban.line_ends import plain
from vanban.nd30.dates import long_date_in
from vanban.ooxml.word_file import WordParagraph

_TYPED_RULE = "_-–—─━ "
"""Signs of a rule that is typed; centred, it is layout and no words."""

_BLANKS = re.compile(r"\s+")


def writing_of_word(opened: OpenedWord, pages: Pages | None = None) -> Writing:
    """Return an opened Word file as passages; ``pages`` tell the page of each."""
    filled = opened.word.filled
    numbers = (0,) * len(filled)
    if pages is not None:
        numbers = pages.page_numbers(_literal(paragraph.text) for paragraph in filled)
    flow = {paragraph.number for paragraph in opened.components.flow}
    body = {item.paragraph.number: item for item in opened.components.body}
    passages: list[Passage] = []
    for paragraph, page in zip(filled, numbers, strict=True):
        text = _literal(without_gaps(paragraph))
        if paragraph.format.align == "center" and not text.strip(_TYPED_RULE):
            continue
        role, item = Role.HEADER, body.get(paragraph.number)  # a cover and contents are no text
        if paragraph.number in flow:
            role = _role(paragraph, opened.components.component_of.get(paragraph, ""), item)
        level = _level(item, paragraph) if role is Role.HEADING else 0
        place, where = Place(opened.file), paragraph.where
        columns = re.split(r"\s*\t\s*", paragraph.text) if role is Role.HEADER else ()
        for words in map(_literal, columns) if len(columns) > 1 else (text,):
            if words:
                passages.append(
                    Passage(words, role, paragraph.number, place, level, page=page, part=where)
                )
    passages += _beside(opened)
    return Writing(
        opened.file.name,
        tuple(passages),
        opened.components.kind,
        _issued(opened.components.get("dia-danh-thoi-gian")),
        opened.workspace,
        own=opened.identity.own,
    )


def _beside(opened: OpenedWord) -> Iterator[Passage]:
    """Yield what stands in notes, headers and footers; a page number alone has no words."""
    word = opened.word
    for role, paragraphs in ((Role.NOTE, word.notes), (Role.HEADER, word.margins)):
        for each in paragraphs:
            text = _literal(without_gaps(each))
            if any(sign.isalpha() for sign in text):
                yield Passage(text, role, each.number, Place(opened.file), part=each.where)


def _literal(text: str) -> str:
    """Return the text of a paragraph with line breaks and tabs as single blanks.

    What only guides the ends of lines is gone: our own files have it.
    """
    blanks = _BLANKS.sub(lambda found: " " if set(found[0]) & set("\n\t") else found[0], text)
    return plain(blanks.strip())


def _role(paragraph: WordParagraph, component: str, item: BodyParagraph | None) -> Role:
    """Return the role of a paragraph; outside the content, as in an annex, it is guessed."""
    styled = paragraph.format.outline is not None
    known = components().get(component)
    if known is not None and known.role is not None:
        return known.role
    if item is None:
        if paragraph.cell is not None:
            return Role.CELL
        if styled or is_bold_line(paragraph):
            return Role.HEADING
        return Role.BULLET if re.match(r"\s*[-–+•]\s", paragraph.text) else Role.BODY
    if styled or item.title:
        return Role.HEADING
    if item.level:
        return Role.NUMBERED
    return {BodyKind.CELL: Role.CELL, BodyKind.BULLET: Role.BULLET}.get(item.kind, Role.BODY)


def _level(item: BodyParagraph | None, paragraph: WordParagraph) -> int:
    """Return the level of a heading: that of its number, or of its style.

    0 for a caption, which has nothing below it.
    """
    if item is not None and item.level:
        return 10 * item.level
    outline = paragraph.format.outline
    return 0 if outline is None else 10 + outline


def _issued(parts: tuple[Part, ...]) -> date | None:
    """Return the document's own date, None where it is blank or impossible."""
    return long_date_in(parts[0].text) if parts else None
