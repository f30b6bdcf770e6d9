"""Parts of a Word file as they were saved: fields locked to their results.

In: the root of any part (body, header, footer, notes, comments, styles); it is changed in place.
ISO/IEC 29500-1, 17.16. A field becomes the text that it showed when it was saved, unless it only
depends on the page that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban.ooxml.fields import field_name
from vanban.ooxml.markup import Element, attribute, remove, tags, unwrap, w

PAGE_DEPENDENT = frozenset({"PAGE"})
"""Their result is another on every page; LibreOffice sets it."""
FORMS = frozenset({"FORMCHECKBOX", "FORMDROPDOWN"})
"""Their look lies in their data, not in a result."""
VOLATILE = frozenset((
    "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "FILENAME", "FILESIZE",
    "TEMPLATE", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "REVNUM",
))  # fmt: skip
"""Depend on the clock, the machine or the file's name: without a stored result there is none."""
FETCHING = frozenset((
    "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "EMBED", "DDE", "DDEAUTO",
    "DATABASE", "RD", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY",
))  # fmt: skip
"""Take their result from elsewhere; only what was stored of it stays."""

_STORIES = tags("body hdr ftr footnote endnote comment txbxContent docPartBody")
_TODAY = tags("dayLong dayShort monthLong monthShort yearLong yearShort")
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
    for element in list(root.iter(w("fldSimple"))):
        code = field_name(attribute(element, "instr") or "")
        if _stays(code, _shows(element)):
            continue
        if not _shows(element):
            _tell_missing(code, notes)
        unwrap(element)
    for element in list(root.iter(*_TODAY)):
        _tell_missing("DATE", notes)
        remove(element)
    return notes


def _lock_complex(story: Element, notes: list[str]) -> None:
    open_fields: list[_Field] = []
    for child in _run_content(story):
        kind = attribute(child, "fldCharType") if child.tag == w("fldChar") else None
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
            if child.tag == w("instrText") and open_fields and not open_fields[-1].separated:
                open_fields[-1].code += child.text or ""
            for each in open_fields:
                _note_content(each, child)
    for each in open_fields:
        _lock(each, notes)


def _note_content(each: _Field, child: Element) -> None:
    """Sort what stands inside a field to its instruction or to its result."""
    if not each.separated:
        each.instruction.append(child)
    elif child.tag not in (w("instrText"), w("fldChar"), w("lastRenderedPageBreak")):
        each.has_result = True


def _lock(ended: _Field, notes: list[str]) -> None:
    code = field_name(ended.code)
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
    return any(child.tag not in (w("rPr"), w("instrText")) for child in _run_content(element))


def _run_content(story: Element) -> Iterator[Element]:
    """Yield what stands in the runs of a story, in reading order, without text boxes in it."""
    found: list[Element] = []
    waiting = [iter(story)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == w("r"):
            found.extend(each for each in child if each.tag != w("rPr"))
        elif child.tag not in _STORIES and isinstance(child.tag, str):
            waiting.append(iter(child))
    return iter(found)


def unbind(root: Element) -> None:
    """Loose content from data that would replace it, and settings that fetch or compute."""
    for element in list(root.iter(*tags("dataBinding mailMerge updateFields attachedTemplate"))):
        remove(element)
