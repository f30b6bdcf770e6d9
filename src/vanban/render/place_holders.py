"""Place-holders of a Word file that docxtpl has filled, and what takes their place at the end."""

from __future__ import annotations

from vanban.ooxml.xml_text import escape
from vanban.render.revisions import with_signs

_OPEN, _CLOSE = "\ue000", "\ue001"


class Holders:
    """Place-holders and the XML that takes their place."""

    def __init__(self) -> None:
        self._contents: list[str] = []

    def xml(self, content: str) -> str:
        self._contents.append(content)
        return f"{_OPEN}{len(self._contents) - 1}{_CLOSE}"

    def text(self, content: str) -> str:
        return self.xml(escape(with_signs(content)))

    def texts(self, contents: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.text, contents))

    def fill(self, xml: str) -> str:
        before, *pieces = xml.split(_OPEN)
        for piece in pieces:
            number, _, after = piece.partition(_CLOSE)
            before += self._contents[int(number)] + after
        return before
