"""Parts of a Word file as they were saved: fields locked to their results.

In: the root of any part (body, header, footer, notes, comments, styles); it is changed in place.
ISO/IEC 29500-1, 17.16. A field becomes the text that it showed when it was saved, unless it only
depends on the page that it stands on.
"""

from __future__ import annotations

from msgspec import field

from vanban.ooxml.fields import DEEPEST, OpenField, field_name
from vanban.ooxml.markup import Element, attribute, remove, tags, unwrap, w

PAGE_DEPENDENT = frozenset({"PAGE"})
"""Their result is another on every page; LibreOffice sets it."""
FORMS = frozenset({"FORMCHECKBOX", "FORMDROPDOWN"})
"""What they show lies in their data, not in a result."""
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
_NO_RESULT = tags("instrText fldChar lastRenderedPageBreak")
_TODAY = tags("dayLong dayShort monthLong monthShort yearLong yearShort")
"""Old elements that stand for a part of today's date; nothing is stored with them."""


class _Field(OpenField, eq=False):
    """A field of several runs: its signs, and what stands in its instruction."""

    signs: list[Element] = field(default_factory=list)
    instructions: list[Element] = field(default_factory=list)
    has_result: bool = False

    def hold(self, element: Element) -> None:
        """Sort what stands inside the field to its instruction or to its result."""
        if not self.begun:
            self.instructions.append(element)
        elif element.tag not in _NO_RESULT:
            self.has_result = True


def lock_fields(root: Element) -> list[str]:
    """Replace the fields of a part by their stored results; returns notes on those without."""
    notes: list[str] = []
    for story in list(root.iter(*_STORIES)):
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
    opened: list[_Field] = []
    too_deep = 0
    for element in _run_content(story):
        kind = attribute(element, "fldCharType") if element.tag == w("fldChar") else None
        deeper = kind == "begin" and len(opened) == DEEPEST
        if deeper or (too_deep and kind is not None):
            too_deep += {"begin": 1, "end": -1}.get(kind or "", 0)
            remove(element)
            continue
        if kind in ("separate", "end") and opened:
            own = opened.pop()
            own.signs.append(element)
            for each in opened:
                each.hold(element)
            if kind == "end":
                _lock(own, notes)
            else:
                own.begun = True
                opened.append(own)
            continue
        if kind not in (None, "begin"):
            remove(element)  # an end without a beginning
            continue
        if element.tag == w("instrText") and opened and not opened[-1].begun:
            opened[-1].instruction += element.text or ""
        for each in opened:
            each.hold(element)
        if kind == "begin":
            opened.append(_Field(signs=[element]))
    for each in opened:
        _lock(each, notes)


def _lock(ended: _Field, notes: list[str]) -> None:
    if _stays(ended.name, ended.has_result):
        return
    if not ended.has_result:
        _tell_missing(ended.name, notes)
    for element in (*ended.signs, *ended.instructions):
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


def _run_content(story: Element) -> list[Element]:
    """Return what stands in the runs of a story, in reading order, without text boxes in it."""
    found: list[Element] = []
    for element in story:
        if element.tag == w("r"):
            found += (each for each in element if each.tag != w("rPr"))
        elif element.tag not in _STORIES:
            found += _run_content(element)
    return found


def unbind(root: Element) -> None:
    """Loose content from data that would replace it, and settings that fetch or compute."""
    for element in list(root.iter(*tags("dataBinding mailMerge updateFields attachedTemplate"))):
        remove(element)
