"""Signs of a text that only guide where lines end: no-break blanks, breaks without width."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
"""A blank where no line ends."""

MAY_BREAK = "\u200b"
"""No blank, but a line may end here."""

_SINGLE = re.compile(rf"(?<=\S){NO_BREAK}(?=\S)")


def plain(text: str) -> str:
    """Return ``text`` without these signs, with plain blanks.

    Several no-break blanks side by side are room to write in, and stay.
    """
    return _SINGLE.sub(" ", text).replace(MAY_BREAK, "")
