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
from pathlib import Path

from vanban.checks.form.body import BodyKind, BodyParagraph, is_bold_line
from vanban.checks.form.components import Components
from vanban.checks.form.gaps import without_gaps
from vanban.checks.form.pages import Pages
from vanban.checks.form.parts import Part
from vanban.checks.form.report import OpenedWord, open_word
from vanban.checks.writing import Passage, Role, Writing
from vanban.errors import Place
from vanban.nd30.dates import long_date_in
from vanban.ooxml.word_file import WordFile, WordParagraph
from vanban.workspace.workspace import Workspace

ROLES: dict[str, Role] = {
    **dict.fromkeys(
        (
            "quoc-hieu",
            "tieu-ngu",
            "co-quan-chu-quan",
            "co-quan-ban-hanh",
            "so-ky-hieu",
            "dia-danh-thoi-gian",
            "ten-loai",
            "do-mat",
            "do-khan",
            "pham-vi-luu-hanh",
        ),
        Role.HEADER,
    ),
    "trich-yeu": Role.ABSTRACT,
    "trich-yeu-cong-van": Role.ABSTRACT,
    "can-cu": Role.BASIS,
    "kinh-gui": Role.RECIPIENT,
    "noi-nhan": Role.RECIPIENT,
    "danh-sach-noi-nhan": Role.RECIPIENT,
    "nguoi-soan-thao": Role.RECIPIENT,
    "quyen-han": Role.SIGNATURE,
    "ho-ten": Role.SIGNATURE,
    "so-phu-luc": Role.ANNEX,
    "ten-phu-luc": Role.ANNEX,
    "kem-theo": Role.ANNEX,
}
"""Roles of paragraphs by the component that they are."""

HEADINGS = frozenset((BodyKind.PART, BodyKind.PART_TITLE, BodyKind.SECTION, BodyKind.SECTION_TITLE))
_NUMBERED = (BodyKind.ROMAN, BodyKind.ARTICLE, BodyKind.CLAUSE, BodyKind.SUBCLAUSE, BodyKind.POINT)
_TYPED_RULE = "_-–—─━ "
"""Signs of a rule that is typed; centred, it is layout and no words."""

_BLANKS = re.compile(r"\s+")


def read_writing(docx: bytes, file: Path, workspace: Workspace | None = None) -> Writing:
    """Read the bytes of a Word file; raises ContentError with one line where that fails."""
    return writing_of_word(open_word(docx, file), workspace)


def writing_of_word(
    opened: OpenedWord, workspace: Workspace | None = None, pages: Pages | None = None
) -> Writing:
    """Return an opened Word file as passages; ``pages`` tell the page of each."""
    filled = opened.word.filled
    numbers = (0,) * len(filled)
    if pages is not None:
        numbers = pages.page_numbers(_literal(paragraph.text) for paragraph in filled)
    roles = _roles(opened.word, opened.components)
    body = {item.paragraph.number: item for item in opened.components.body}
    passages: list[Passage] = []
    for paragraph, page in zip(filled, numbers, strict=True):
        text = _literal(without_gaps(paragraph))
        if paragraph.format.align == "center" and not text.strip(_TYPED_RULE):
            continue
        role = roles[paragraph.number]
        passages.append(
            Passage(
                text,
                role,
                paragraph.number,
                Place(opened.file),
                _level(body.get(paragraph.number), paragraph) if role is Role.HEADING else 0,
                page=page,
                part=paragraph.where,
            )
        )
    passages += _beside(opened)
    return Writing(
        opened.file.name,
        tuple(passages),
        opened.components.kind,
        _issued(opened.components.get("dia-danh-thoi-gian")),
        workspace,
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
    """Return the text of a paragraph with line breaks and tabs as single blanks."""
    return _BLANKS.sub(lambda found: " " if set(found[0]) & set("\n\t") else found[0], text.strip())


def _roles(word: WordFile, components: Components) -> dict[int, Role]:
    """Return the role of every paragraph by its number; a cover and contents are no text."""
    flow = {paragraph.number for paragraph in components.flow}
    body = {item.paragraph.number: item for item in components.body}
    roles: dict[int, Role] = {}
    for paragraph in word.filled:
        component = components.component_of.get(paragraph, "")
        item = body.get(paragraph.number)
        if paragraph.number not in flow:
            role = Role.HEADER
        elif component in ROLES:
            role = ROLES[component]
        elif item is not None:
            role = _body_role(item)
        elif paragraph.cell is not None:
            role = Role.CELL
        else:
            role = _outside_role(paragraph)
        roles[paragraph.number] = role
    return roles


def _body_role(item: BodyParagraph) -> Role:
    if item.kind in HEADINGS or item.title or item.paragraph.format.outline is not None:
        return Role.HEADING
    if item.kind in _NUMBERED:
        return Role.NUMBERED
    if item.kind is BodyKind.CELL:
        return Role.CELL
    return Role.BULLET if item.kind is BodyKind.BULLET else Role.BODY


def _outside_role(paragraph: WordParagraph) -> Role:
    """Guess the role of what stands before the title or in an annex."""
    if paragraph.format.outline is not None or is_bold_line(paragraph):
        return Role.HEADING
    return Role.BULLET if re.match(r"\s*[-–+•]\s", paragraph.text) else Role.BODY


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
