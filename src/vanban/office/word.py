"""Parts of a Word file as they were saved: revisions settled, fields locked to their results.

In: the root of any part (body, header, footer, notes, comments, styles); it is changed in place.
ISO/IEC 29500-1, 17.13.5 (revisions) and 17.16 (fields). Revisions are settled as accepted:
insertions stay, deletions go, with paragraph marks, rows, cells and formatting. A field becomes the
text that it showed when it was saved, unless it only depends on the page that it stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban.office.outside import remove
from vanban.ooxml.package import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{W}}}"

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# --- revisions --------------------------------------------------------------------------------

_INSERTED = tuple(f"{_W}{name}" for name in ("ins", "moveTo"))
_DELETED = tuple(f"{_W}{name}" for name in ("del", "moveFrom"))
_LEFT = tuple(f"{_W}{name}" for name in ("delText", "delInstrText"))
_FORMER = tuple(
    f"{_W}{name}"
    for name in (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "numberingChange",
    )
)
"""The look before a change of formatting."""
_RANGES = tuple(
    f"{_W}{name}{end}"
    for name in (
        "moveFromRange",
        "moveToRange",
        "customXmlInsRange",
        "customXmlDelRange",
        "customXmlMoveFromRange",
        "customXmlMoveToRange",
    )
    for end in ("Start", "End")
)
_PROPERTIES = tuple(f"{_W}{name}" for name in ("rPr", "trPr", "tcPr", "pPr", "numPr"))
_MARKS = tuple(
    f"{_W}{name}"
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
)
"""What may stand between two paragraphs without being text."""


def settle_revisions(root: Element) -> int:
    """Accept every tracked change of a part; returns how many there were."""
    count = 0
    joined: list[Element] = []
    rows: list[Element] = []
    for element in list(root.iter(*_DELETED, *_INSERTED)):
        parent = element.getparent()
        if parent is None or not _is_in(element, root):
            continue
        count += not _is_twin(element)
        marks = parent.tag in _PROPERTIES or parent.tag.endswith("}ctrlPr")
        if element.tag in _INSERTED and not marks:
            unwrap(element)
            continue
        remove(element)
        if element.tag in _DELETED and marks:
            _delete_marked(parent, joined, rows)
    for element in list(root.iter(*_FORMER)):
        count += not _is_twin(element)
        remove(element)
    count += _settle_cells(root)
    for row in rows:
        _remove_row(row)
    for element in list(root.iter(*_RANGES, *_LEFT)):
        remove(element)
    for paragraph in joined:
        _join(paragraph)
    return count


def _delete_marked(properties: Element, joined: list[Element], rows: list[Element]) -> None:
    """Delete what ``properties`` call deleted; paragraphs and rows wait for the end."""
    owner = properties.getparent()
    holder = owner.getparent() if owner is not None else None
    if owner is None or holder is None:
        return
    if owner.tag == f"{_W}tr":
        rows.append(owner)
    elif owner.tag == f"{_W}pPr" and holder.tag == f"{_W}p":
        joined.append(holder)
    elif owner.tag.endswith("}r"):
        remove(owner)
    elif properties.tag.endswith("}ctrlPr"):  # of a fraction, a root
        remove(holder)


def unwrap(element: Element) -> None:
    """Put the children of an element in its place; a root stays."""
    parent = element.getparent()
    if parent is None:
        return
    position = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(position, child)
    remove(element)


def _settle_cells(root: Element) -> int:
    count = 0
    for element in list(root.iter(f"{_W}cellIns", f"{_W}cellDel", f"{_W}cellMerge")):
        count += 1
        properties = element.getparent()
        if properties is None:
            continue
        merge = element.get(f"{_W}vMerge")
        if element.tag == f"{_W}cellMerge" and merge is not None:
            element.tag = f"{_W}vMerge"
            element.attrib.clear()
            element.set(f"{_W}val", "restart" if merge == "rest" else "continue")
            continue
        remove(element)
        cell = properties.getparent()
        row = cell.getparent() if cell is not None else None
        if element.tag != f"{_W}cellDel" or cell is None or row is None:
            continue
        if len(row.findall(f"{_W}tc")) > 1:
            remove(cell)
        elif row.tag == f"{_W}tr":
            _remove_row(row)
    return count


def _remove_row(row: Element) -> None:
    """Remove a row; a table without rows goes with it, and a cell keeps one paragraph."""
    table = row.getparent()
    if table is None:
        return  # it went with the row or the cell around it
    remove(row)
    if next(table.iter(f"{_W}tr"), None) is not None or table.getparent() is None:
        return
    holder = table.getparent()
    assert holder is not None
    if holder.tag == f"{_W}tc" and holder.find(f"{_W}p") is None:
        holder.append(holder.makeelement(f"{_W}p"))
    remove(table)


def _join(paragraph: Element) -> None:
    """Let a paragraph whose mark was deleted run on into the next, which gives the look."""
    following = paragraph.getnext()
    while following is not None and following.tag in _MARKS:
        following = following.getnext()
    content = [child for child in paragraph if child.tag not in (f"{_W}pPr", *_MARKS)]
    holder = paragraph.getparent()
    if holder is None:
        return  # it went with a row
    if following is None or following.tag != f"{_W}p":
        alone = holder.tag == f"{_W}tc" and len(holder.findall(f"{_W}p")) < 2
        if not content and following is not None and not alone:
            remove(paragraph)
        return
    position = 1 if following.find(f"{_W}pPr") is not None else 0
    for child in reversed(content):
        following.insert(position, child)
    remove(paragraph)


def _is_in(element: Element, root: Element) -> bool:
    return element is root or any(above is root for above in element.iterancestors())


def _is_twin(element: Element) -> bool:
    """Say whether it is of the old drawing that is kept beside a new one with the same text."""
    return next(element.iterancestors(_FALLBACK), None) is not None


# --- fields -----------------------------------------------------------------------------------

PAGE_DEPENDENT = frozenset({"PAGE"})
"""Their result is another on every page; LibreOffice sets it."""
FORMS = frozenset({"FORMCHECKBOX", "FORMDROPDOWN"})
"""Their look lies in their data, not in a result."""
VOLATILE = frozenset(
    {
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "EDITTIME",
        "FILENAME",
        "FILESIZE",
        "TEMPLATE",
        "LASTSAVEDBY",
        "USERNAME",
        "USERINITIALS",
        "USERADDRESS",
        "REVNUM",
    }
)
"""Depend on the clock, the machine or the file's name: without a stored result there is none."""
FETCHING = frozenset(
    {
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "INCLUDE",
        "IMPORT",
        "LINK",
        "EMBED",
        "DDE",
        "DDEAUTO",
        "DATABASE",
        "RD",
        "AUTOTEXT",
        "AUTOTEXTLIST",
        "GLOSSARY",
    }
)
"""Take their result from elsewhere; only what was stored of it stays."""

_STORIES = tuple(
    f"{_W}{name}"
    for name in (
        "body",
        "hdr",
        "ftr",
        "footnote",
        "endnote",
        "comment",
        "txbxContent",
        "docPartBody",
    )
)


_TODAY = tuple(
    f"{_W}{name}{form}" for name in ("day", "month", "year") for form in ("Long", "Short")
)
"""Old elements that stand for a part of today's date; nothing is stored with them."""


@dataclass(eq=False)
class _Field:
    """A field of several runs while it is read: its instruction, and what it is made of."""

    code: str = ""
    separated: bool = False
    frame: list[Element] = field(default_factory=list)
    instruction: list[Element] = field(default_factory=list)
    has_result: bool = False


def lock_fields(root: Element) -> list[str]:
    """Replace the fields of a part by their stored results; returns notes on those without."""
    notes: list[str] = []
    stories = list(root.iter(*_STORIES))
    for story in stories:
        _lock_complex(story, notes)
    for element in list(root.iter(f"{_W}fldSimple")):
        code = name_of(element.get(f"{_W}instr", ""))
        if _stays(code, _shows(element)):
            continue
        if not _shows(element):
            _tell_missing(code, notes)
        unwrap(element)
    for element in list(root.iter(*_TODAY)):
        _tell_missing("DATE", notes)
        remove(element)
    return notes


def name_of(instruction: str) -> str:
    r"""Return the name of a field in capitals: "DATE" of ``Date\@ "dd/MM/yyyy"`` and ``"date"``."""
    words = re.sub(r'[\\"“”]', " ", instruction).split()
    return words[0].upper() if words else ""


def _lock_complex(story: Element, notes: list[str]) -> None:
    open_fields: list[_Field] = []
    for child in _run_content(story):
        kind = child.get(f"{_W}fldCharType") if child.tag == f"{_W}fldChar" else None
        if kind == "begin":
            for each in open_fields:
                _note_content(each, child)
            open_fields.append(_Field(frame=[child]))
        elif kind == "separate" and open_fields:
            open_fields[-1].separated = True
            open_fields[-1].frame.append(child)
            for each in open_fields[:-1]:
                _note_content(each, child)
        elif kind == "end" and open_fields:
            ended = open_fields.pop()
            ended.frame.append(child)
            for each in open_fields:
                _note_content(each, child)
            _lock(ended, notes)
        elif kind is not None:
            remove(child)  # an end without a beginning
        else:
            if child.tag == f"{_W}instrText" and open_fields and not open_fields[-1].separated:
                open_fields[-1].code += child.text or ""
            for each in open_fields:
                _note_content(each, child)
    for each in open_fields:
        _lock(each, notes)


def _note_content(each: _Field, child: Element) -> None:
    """Sort what stands inside a field to its instruction or to its result."""
    if not each.separated:
        each.instruction.append(child)
    elif child.tag not in (f"{_W}instrText", f"{_W}fldChar", f"{_W}lastRenderedPageBreak"):
        each.has_result = True


def _lock(ended: _Field, notes: list[str]) -> None:
    code = name_of(ended.code)
    if _stays(code, ended.has_result):
        return
    if not ended.has_result:
        _tell_missing(code, notes)
    for element in (*ended.frame, *ended.instruction):
        remove(element)


def _stays(code: str, has_result: bool) -> bool:
    """Say whether a field is left to the layout program."""
    if code in PAGE_DEPENDENT or code in FORMS:
        return True
    return not has_result and code not in VOLATILE and code not in FETCHING


def _tell_missing(code: str, notes: list[str]) -> None:
    if code in VOLATILE:
        notes.append(
            f"trường {code} không có kết quả đã lưu: bản PDF để trống — mở bằng Word, cập nhật "
            "trường, lưu lại rồi thêm"
        )
    elif code in FETCHING:
        notes.append(f"trường {code} lấy nội dung ngoài tệp: không lấy về, bản PDF để trống chỗ đó")


def _shows(element: Element) -> bool:
    return any(child.tag not in (f"{_W}rPr", f"{_W}instrText") for child in _run_content(element))


def _run_content(story: Element) -> Iterator[Element]:
    """Yield what stands in the runs of a story, in reading order, without text boxes in it."""
    found: list[Element] = []
    waiting = [iter(story)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == f"{_W}r":
            found.extend(each for each in child if each.tag != f"{_W}rPr")
        elif child.tag not in _STORIES and isinstance(child.tag, str):
            waiting.append(iter(child))
    return iter(found)


def unbind(root: Element) -> None:
    """Loose content from data that would replace it, and settings that fetch or compute."""
    for element in list(
        root.iter(
            f"{_W}dataBinding", f"{_W}mailMerge", f"{_W}updateFields", f"{_W}attachedTemplate"
        )
    ):
        remove(element)
