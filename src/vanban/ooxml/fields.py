"""Fields of WordprocessingML (ISO/IEC 29500-1, 17.16): their names, and results not filled in."""

from __future__ import annotations

import re

from msgspec import Struct

from vanban.ooxml.word_file import Gap

_NAME = re.compile(r'[\s"“”]*(=|[A-Za-z]+)')
_ERROR = re.compile(r"^[^\W\d]+\s?[!！]")
"""How an error of Word begins, in whichever language it runs."""

CONTENTS = frozenset(("TOC", "TOA"))
"""Fields that print a table of contents or of authorities."""

DEEPEST = 50
"""Fields inside of fields; Word itself allows 20, and what is deeper is left out."""


def field_name(instruction: str) -> str:
    r"""Return the name of a field in capitals: "DATE" of ``Date\@ "dd/MM/yyyy"`` and ``"date"``."""
    found = _NAME.match(instruction)
    return found[1].upper() if found else ""


class OpenField(Struct, eq=False):
    """A field that is being read: its instruction, then its result.

    The result begins in the paragraph ``place``, at its letter ``start`` and its ``first`` text.
    """

    instruction: str = ""
    begun: bool = False
    place: object = None
    start: int = 0
    first: int = 0

    @property
    def name(self) -> str:
        return field_name(self.instruction)

    @property
    def is_contents(self) -> bool:
        return self.begun and self.name in CONTENTS

    def gap(self, result: str, end: int) -> Gap | None:
        """Return the gap of a ``result`` that waits to be filled in, None of any other."""
        words = " ".join(self.instruction.split())
        name = None
        match self.name:
            case "MERGEFIELD" if not result or (result[0] == "«" and result[-1] == "»"):
                name = words
            case "REF" | "PAGEREF" | "NOTEREF" | "STYLEREF" if _ERROR.search(result):
                name = words
            case "FORMTEXT" if not result:
                name = "ô biểu mẫu còn trống"
            case "MACROBUTTON":
                name = (words.split(" ", 2)[2:] or [words])[0]
        return None if name is None else Gap(self.start, end, name)
