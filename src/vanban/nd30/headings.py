"""Numbers that headings begin with, in any document (Decree 30/2020, Annex I, II.6.đ)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = tuple(
    (kind, level, re.compile(pattern, re.IGNORECASE if words else 0))
    for kind, level, words, pattern in (
        ("phần, chương", 1, True, r"(?:phần|chương)\s+(?:thứ\s+\w+|[ivxlc]+|\d+)\b[.:]?"),
        ("mục, tiểu mục", 2, True, r"(?:mục|tiểu mục)\s+(?:[ivxlc]+|\d+)\b[.:]?"),
        ("điều", 3, True, r"điều\s+\d+[a-zđ]?\b\s*[.:]?"),
        ("mục có số La Mã", 2, False, r"[IVXL]+\s*[./)-](?=\s)"),
        ("khoản nhiều cấp", 4, False, r"\d{1,2}(?:\.\d{1,2})+\.?(?=\s)"),
        ("khoản", 4, False, r"\d{1,3}[.)](?=\s)"),
        ("điểm", 9, False, r"[a-zđ]{1,2}\)(?=\s)"),
    )
)
"""Kind, level (1 is the outermost), whether it is written in words, and how it begins."""


@dataclass(frozen=True)
class HeadingNumber:
    """The number at the start of a line: its kind, level and end. "1.1.1." lies below "1.1."."""

    kind: str
    level: int
    end: int

    @property
    def plain(self) -> bool:
        """Whether it is "1.", which is also how numbered paragraphs begin."""
        return self.kind == "khoản"


def heading_number(text: str, start: int = 0) -> HeadingNumber | None:
    """Return the number that ``text`` has at ``start``, None where a line begins otherwise."""
    for kind, level, pattern in _FORMS:
        found = pattern.match(text, start)
        if found is not None:
            deeper = found[0].strip().rstrip(".").count(".") if kind == "khoản nhiều cấp" else 0
            return HeadingNumber(kind, level + deeper, found.end())
    return None
