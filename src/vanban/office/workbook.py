"""Sheets of a workbook as they were saved: every cell keeps the value that it showed.

In: an opened .xlsx, changed in place (ISO/IEC 29500-1, 18). Formulas give way to their saved
values; what would be computed anew at print (dates in page headers, colours by today's date, pivot
tables) is removed and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from vanban.office.outside import remove_references
from vanban.ooxml.markup import Element, remove
from vanban.ooxml.package import Package

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_S = f"{{{SHEET}}}"

VOLATILE = re.compile(r"\b(TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|INFO|CELL)\s*\(", re.IGNORECASE)
_CODE = re.compile(r'&("[^"]*"|.)', re.DOTALL)
"""One code of a page header (18.3.1.46); a font's name in quotes is none."""
_CLOCK_OR_NAME = ("D", "T", "F", "Z")
"""Date, time, file name and path: of the moment and the machine that print."""
_COMPUTED = frozenset({"pivotTable", "pivotCacheDefinition", "calcChain", "revisionHeaders"})
"""Parts that would rewrite cells, or tell how to; the cells themselves hold what was saved."""


def keep_cells(package: Package) -> list[str]:
    """Settle the cells of every sheet; returns notes on what could not be kept."""
    notes: list[str] = []
    for relation in package.relations():
        if relation.kind in _COMPUTED:
            remove_references(package, relation)
    empty, formulas, asks = 0, 0, False
    for root in package.roots.values():
        if root.tag not in (f"{_S}worksheet", f"{_S}workbook", f"{_S}chartsheet"):
            continue
        formulas += sum(1 for _ in root.iter(f"{_S}f"))
        empty += _keep_values(root)
        notes += _settle_headers(root)
        notes += _settle_conditions(root)
        for element in list(root.iter(f"{_S}calcPr")):
            asks = asks or element.get("fullCalcOnLoad", "0") in ("1", "true")
            remove(element)
    _shrink_numbers(package)
    if asks and formulas:
        notes.append(
            "tệp do chương trình khác ghi, đợi Excel tính lại khi mở: bản PDF giữ giá trị đã lưu, "
            "có thể chưa đúng — mở bằng Excel, lưu lại rồi thêm"
        )
    if empty:
        notes.append(
            f"{empty} ô có công thức mà tệp không lưu kết quả: bản PDF để trống — mở bằng Excel, "
            "lưu lại rồi thêm"
        )
    return list(dict.fromkeys(notes))


def _keep_values(root: Element) -> int:
    """Take the formulas out of the cells; returns how many have no saved value."""
    empty = 0
    for formula in list(root.iter(f"{_S}f")):
        cell = formula.getparent()
        if cell is None or cell.tag != f"{_S}c":
            continue
        remove(formula)
        if cell.find(f"{_S}v") is None and cell.find(f"{_S}is") is None:
            empty += 1
    for name in list(root.iter(f"{_S}definedName")):
        if "[" in (name.text or "") or VOLATILE.search(name.text or ""):
            remove(name)
    return empty


def _shrink_numbers(package: Package) -> None:
    """Let numbers that are wider than their columns be set smaller, where "###" would hide them.

    The fonts here are not those of the machine that made the file, and often wider.
    """
    styles = next((r for r in package.roots.values() if r.tag == f"{_S}styleSheet"), None)
    formats = styles.find(f"{_S}cellXfs") if styles is not None else None
    if formats is None:
        return
    known, smaller = list(formats), dict[str, str]()
    for root in package.roots.values():
        if root.tag != f"{_S}worksheet":
            continue
        for cell in root.iter(f"{_S}c"):
            style = cell.get("s", "0")
            if cell.get("t", "n") not in ("n", "d") or cell.find(f"{_S}v") is None:
                continue
            if style not in smaller:
                smaller[style] = _shrunk(known, style)
            cell.set("s", smaller[style])
    formats[:] = known
    formats.set("count", str(len(known)))


def _shrunk(known: list[Element], style: str) -> str:
    """Return the number of a format like ``style`` that shrinks; of itself where it wraps."""
    if not style.isdigit() or int(style) >= len(known):
        return style
    changed = deepcopy(known[int(style)])
    alignment = changed.find(f"{_S}alignment")
    if alignment is None:
        alignment = changed.makeelement(f"{_S}alignment")
        changed.insert(0, alignment)
    if alignment.get("wrapText", "0") not in ("0", "false"):
        return style
    alignment.set("shrinkToFit", "1")
    changed.set("applyAlignment", "1")
    known.append(changed)
    return str(len(known) - 1)


def _settle_headers(root: Element) -> Iterator[str]:
    for holder in root.iter(f"{_S}headerFooter"):
        for line in holder:
            text = line.text or ""
            line.text = _CODE.sub(_without_clock, text)
            if line.text != text:
                yield (
                    "đầu trang, chân trang của bảng tính có ngày giờ hoặc tên tệp tự động, tệp "
                    "không lưu kết quả: bản PDF để trống chỗ đó"
                )


def _without_clock(code: re.Match[str]) -> str:
    return "" if code[1].upper() in _CLOCK_OR_NAME else code[0]


def _settle_conditions(root: Element) -> Iterator[str]:
    """Remove conditional formats that depend on the day; they are not stored with the cells."""
    for rule in list(root.iter(f"{_S}cfRule", "{*}cfRule")):
        texts = " ".join(str(text) for text in rule.itertext())
        if rule.get("type") == "timePeriod" or VOLATILE.search(texts):
            remove(rule)
            yield (
                "màu ô theo ngày hiện tại (định dạng có điều kiện) không lưu trong tệp: bản PDF "
                "không có màu đó"
            )
    for holder in list(root.iter(f"{_S}conditionalFormatting")):
        if len(holder) == 0:
            remove(holder)
