"""Changes of a Word file that nobody accepted or refused yet (ECMA-376, Part 1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterable

from vanban.ooxml.markup import Element, W, shown

CONFLICTS = frozenset(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}"
    for name in ("conflictIns", "conflictDel")
)
"""What two people changed at once, in the newer names of Word 2010."""

REVISIONS = frozenset(
    f"{{{W}}}{name}"
    for name in (
        # Text, paragraph marks, rows and formulas that come, go and move.
        "ins", "del", "moveFrom", "moveTo",
        # Formatting: what it was before.
        "rPrChange", "pPrChange", "sectPrChange", "numberingChange",
        "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange",
        # Cells that come, go and are merged.
        "cellIns", "cellDel", "cellMerge",
        # Content controls and other wrappers around what stays.
        "customXmlInsRangeStart", "customXmlDelRangeStart",
        "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart",
    )
)  # fmt: skip


def count_revisions(roots: Iterable[Element]) -> int:
    """Return how many changes are open in these parts, each mark of Word as one place."""
    return sum(element.tag in REVISIONS | CONFLICTS for root in roots for element in shown(root))
