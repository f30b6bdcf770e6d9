"""Tracked changes of a part of a Word file: counted, and settled as accepted or refused.

ISO/IEC 29500-1, 17.13.5. Accepted, insertions stay, deletions go, with paragraph marks, rows, cells
and formatting; refused, it is the other way round. The tree is changed in place.
"""

from __future__ import annotations

from itertools import islice

from vanban.ooxml.markup import Element, attribute, child, is_shown, remove, tags, unwrap, w

INSERTED = tags("ins moveTo")
DELETED = tags("del moveFrom")
FORMER = tags(
    "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange trPrChange "
    "tcPrChange numberingChange"
)
"""The formatting before a change."""

CELLS = tags("cellIns cellDel cellMerge")
WRAPPED = tags(
    "customXmlInsRangeStart customXmlDelRangeStart customXmlMoveFromRangeStart "
    "customXmlMoveToRangeStart"
)
"""Where content controls and other wrappers around what stays came or went."""

CONFLICTS = tags("conflictIns conflictDel", "http://schemas.microsoft.com/office/word/2010/wordml")
"""What two people changed at once, in the newer names of Word 2010."""

_LEFT = (
    *WRAPPED,
    *tags(
        "customXmlInsRangeEnd customXmlDelRangeEnd customXmlMoveFromRangeEnd "
        "customXmlMoveToRangeEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart "
        "moveToRangeEnd delText delInstrText"
    ),
)
_TURNED = (
    *(("ins", "del"), ("del", "ins"), ("moveTo", "moveFrom"), ("moveFrom", "moveTo")),
    *(("cellIns", "cellDel"), ("cellDel", "cellIns")),
    *(("delText", "t"), ("delInstrText", "instrText")),
)
"""What refusing makes of the marks of a change."""

_PROPERTIES = tags("rPr trPr tcPr pPr numPr")
_MARKS = tags("bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd proofErr")
"""What may stand between two paragraphs without being text."""


def count_revisions(root: Element) -> int:
    """Return how many changes are open in a part, each mark of Word as one place."""
    found = root.iter(*INSERTED, *DELETED, *FORMER, *CELLS, *WRAPPED, *CONFLICTS)
    return sum(map(is_shown, found))


def refuse_revisions(root: Element) -> None:
    """Refuse every tracked change of a part, but for those of formatting: only words matter here.

    What came in is taken for deleted, what was deleted for inserted, and that is accepted.
    """
    turned = {w(name): w(other) for name, other in _TURNED}
    for element in list(root.iter(*turned)):
        element.tag = turned[element.tag]
    settle_revisions(root)


def settle_revisions(root: Element) -> None:
    """Accept every tracked change of a part."""
    joined: list[Element] = []
    rows: list[Element] = []
    for element in list(root.iter(*DELETED, *INSERTED)):
        parent = element.getparent()
        if parent is None or root not in element.iterancestors():
            continue  # it went with what is around it
        marks = parent.tag in _PROPERTIES or parent.tag.endswith("}ctrlPr")
        if element.tag in INSERTED and not marks:
            unwrap(element)
            continue
        remove(element)
        if element.tag in DELETED and marks:
            _delete_marked(parent, joined, rows)
    for element in list(root.iter(*FORMER)):
        remove(element)
    for element in list(root.iter(*CELLS)):
        _settle_cell(element)
    for row in rows:
        _remove_row(row)
    for element in list(root.iter(*_LEFT)):
        remove(element)
    for paragraph in reversed(joined):  # so that each word moves once
        _join(paragraph)


def _delete_marked(properties: Element, joined: list[Element], rows: list[Element]) -> None:
    """Delete what ``properties`` call deleted; paragraphs and rows wait for the end."""
    owner = properties.getparent()
    holder = owner.getparent() if owner is not None else None
    if owner is None or holder is None:
        return
    if owner.tag == w("tr"):
        rows.append(owner)
    elif owner.tag == w("pPr") and holder.tag == w("p"):
        joined.append(holder)
    elif owner.tag.endswith("}r"):
        remove(owner)
    elif properties.tag.endswith("}ctrlPr"):  # of a fraction, a root
        remove(holder)


def _settle_cell(element: Element) -> None:
    properties = element.getparent()
    cell = properties.getparent() if properties is not None else None
    row = cell.getparent() if cell is not None else None
    merge = attribute(element, "vMerge")
    if properties is not None and element.tag == w("cellMerge") and merge is not None:
        element.tag = w("vMerge")
        element.attrib.clear()
        element.set(w("val"), "restart" if merge == "rest" else "continue")
        return
    remove(element)
    if element.tag != w("cellDel") or cell is None or row is None:
        return
    if _has_two(row, "tc"):
        remove(cell)
    elif row.tag == w("tr"):
        _remove_row(row)


def _remove_row(row: Element) -> None:
    """Remove a row; a table without rows goes with it, and a cell keeps one paragraph."""
    table = row.getparent()
    if table is None:
        return  # it went with the row or the cell around it
    remove(row)
    holder = table.getparent()
    if holder is None or next(table.iter(w("tr")), None) is not None:
        return
    if holder.tag == w("tc") and child(holder, "p") is None:
        holder.append(holder.makeelement(w("p")))
    remove(table)


def _join(paragraph: Element) -> None:
    """Let a paragraph whose mark was deleted run on into the next, which gives the formatting."""
    holder = paragraph.getparent()
    if holder is None:
        return  # it went with a row
    following = paragraph.getnext()
    while following is not None and following.tag in _MARKS:
        following = following.getnext()
    content = [each for each in paragraph if each.tag not in (w("pPr"), *_MARKS)]
    if following is None or following.tag != w("p"):
        alone = holder.tag == w("tc") and not _has_two(holder, "p")
        if not content and following is not None and not alone:
            remove(paragraph)
        return
    position = 1 if child(following, "pPr") is not None else 0
    for each in reversed(content):
        following.insert(position, each)
    remove(paragraph)


def _has_two(parent: Element, name: str) -> bool:
    return len([*islice(parent.iterchildren(w(name)), 2)]) == 2
