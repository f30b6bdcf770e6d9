"""The way back to the index: a link in the strip of a page, and the words that say so.

The words are seen on the screen and not printed, so they are an annotation. PDF/A knows none that
is not printed (ISO 19005-2, 6.3.2): a dossier that declares it has the link alone.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from vanban.dossier.stamp import BASELINE, FOOT, STAMP_SIZE, STRIP, DrawnFont, Rect, Room, Text
from vanban.dossier.tags import Tags

BACK = "Về mục lục"
PRINTED = 4
"""The flag of a link that PDF/A asks for."""
ON_SCREEN = 64 | 128
"""Flags of words that nobody edits or moves, and that are not printed."""


class WayBack:
    """Adds the links of one dossier, and in the end their words."""

    def __init__(self, pdf: Pdf, tags: Tags) -> None:
        self._pdf, self._tags = pdf, tags
        self._words: list[tuple[Object, Rect]] = []

    def add_link(self, page: Object, room: Room, destination: Array) -> None:
        """Let ``room`` of ``page`` lead to ``destination``."""
        link = self._annotation(
            room.link,
            Subtype=Name.Link,
            F=PRINTED,
            Border=Array([0, 0, 0]),
            Dest=destination,
            Contents=String(BACK),
        )
        page.Annots = Array([*page.get("/Annots", ()), link])
        self._tags.link(page, link)
        self._words.append((page, room.words))

    def show_words(self, font: DrawnFont, fonts: Object) -> None:
        """Put the words into their rooms; ``fonts`` are the resources that hold ``font``.

        They have no tag: the link says the same aloud.
        """
        look = self._pdf.make_stream(
            font.draw(Text(0, BASELINE - FOOT, BACK, STAMP_SIZE)),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(font.width(BACK, STAMP_SIZE), 2), STRIP - 2 * FOOT]),
            Resources=Dictionary(Font=fonts),
        )
        for page, rect in self._words:
            words = self._annotation(rect, Subtype=Name.Stamp, F=ON_SCREEN, AP=Dictionary(N=look))
            page.Annots.insert(0, words)  # below the link

    def _annotation(self, rect: Rect, **keys: Any) -> Object:
        edges = Array([round(edge, 2) for edge in rect])
        return self._pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=edges, **keys))
