"""Signs of a text that only guide where lines end: no-break blanks, breaks without width."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
"""A blank where no line ends."""

MAY_BREAK = "\u200b"
"""No blank, but a line may end here."""

WITHOUT_WIDTH = dict.fromkeys(map(ord, f"{MAY_BREAK}\u00ad\u200c\u200d\u2060\ufeff"))
"""Signs without width, as pasted texts have them: ``text.translate`` drops them."""

_OPENING = r"\"'(/\[{“”‘’«»‑"
"""Behind these no line ends, nor before those of :data:`_CLOSING`."""
_CLOSING = r"\s!\"'),\-./:;?\\\]|}–“”‘’«»‐‑"
_COUNTING = r"$%+−±№€₫′″‰"
"""What stands beside a number."""
_NEGATIVE = r"(?<![^\s(\[{“\"'«])-(?=\d)"
BEFORE_SLASH = rf"(?=[^\s{MAY_BREAK}]{{0,66}}(?:(?<!\d)/|/(?!\d))[^\s{MAY_BREAK}])"
"""Holds where a slash follows in the same word, but in a date. In "142/UBND-VP/2025" LibreOffice
takes the slash for the end of a line, and goes back from it to a blank within 66 signs, over "-".
"""

KEPT_HYPHEN = re.compile(f"{_NEGATIVE}|-{BEFORE_SLASH}")
"""A hyphen that ends no line: the sign of a number below 0, and one before a slash."""

PLACE = "|".join(
    (
        rf"(?:(?<=[!?|–…‐])|(?<=[^\s(\[{{“\"'«]-)(?!{BEFORE_SLASH})|(?<=-)(?!\d|{BEFORE_SLASH}))"
        rf"(?=[^{_CLOSING}])(?!(?<=…)…)",
        rf"(?<=\\)(?=[^{_CLOSING}])(?!(?<=\d\\)[\d°{_COUNTING}])",
        rf"(?<=—)(?=[^{_CLOSING}—])|(?<=[^\s{_OPENING}—])(?=—)",
        r"(?<=[),.:;\]}])(?=[(\[{…])",
        rf"(?<=[),.:;\]}}])(?<!\d[),.:;\]}}])(?=[{_COUNTING}])",
        rf"(?<=[{_COUNTING}])(?=[{_COUNTING}…]|[(\[{{](?!\d))",
        rf"(?<=[^\d{_COUNTING}{_OPENING}{_CLOSING}—…])(?=[%′″‰])",
    )
)
"""An expression that holds between two signs where a line may end."""

_SINGLE = re.compile(rf"(?<=\S){NO_BREAK}(?=\S)")


def plain(text: str) -> str:
    """Return ``text`` without these signs, with plain blanks.

    Several no-break blanks side by side are room to write in, and stay.
    """
    return _SINGLE.sub(" ", text).replace(MAY_BREAK, "")
