"""Changes of a redline as revisions of WordprocessingML (ISO/IEC 29500-1, 17.13.5).

Text is written with signs around what is changed; when the body is whole they become insertions,
deletions and moves, of whole paragraphs and rows too, which a word processor accepts or refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import count

from lxml import etree

from vanban.line_ends import KEPT_HYPHEN
from vanban.ooxml.markup import Element, child, w
from vanban.provenance import Change, Revision, Step, changes_in

_OPEN, _WITHIN, _CLOSE = "\ue010", "\ue011", "\ue012"
_CHANGED = re.compile(f"{_OPEN}([a-z-]+)([0-9]+){_WITHIN}([^{_CLOSE}]*){_CLOSE}")
_HYPHEN = "\ue013"
_WORDS = re.compile(r"<w:(t|delText)\b([^>]*)>[^<]*</w:\1>")
_NAMES = {
    Step.IN: "ins",
    Step.OUT: "del",
    Step.MOVED_IN: "moveTo",
    Step.MOVED_OUT: "moveFrom",
}
FIRST_ID = 10_000
"""Of revisions; the bookmarks of a document have lower ones."""
_HOLDERS = {w(name): name for name in _NAMES.values()}


def with_signs(text: str, before: str = "") -> str:
    """Return ``text``, which stands behind ``before``, with signs around what is changed of it.

    A hyphen that ends no line is one that becomes a no-break hyphen.
    """
    found, shown = changes_in(text), str(text)
    if "-" in text:
        shown = KEPT_HYPHEN.sub(_HYPHEN, before + text)[len(before) :]
    if not found:
        return shown
    return "".join(
        f"{_OPEN}{change.step}{change.number}{_WITHIN}{shown[start:end]}{_CLOSE}"
        if change is not None
        else shown[start:end]
        for start, end, change in found
    )


def with_hyphens(part: str) -> str:
    """Return a part of a Word file with no-break hyphens where their signs stand."""
    if _HYPHEN not in part:
        return part

    def parted(found: re.Match[str]) -> str:
        name, look = found.groups()
        return found[0].replace(_HYPHEN, f"</w:{name}><w:noBreakHyphen/><w:{name}{look}>")

    return _WORDS.sub(parted, part)


def with_revisions(body: bytes, revision: Revision) -> bytes:
    """Return the main part of a Word file with its signs made into revisions of ``revision``."""
    root = etree.fromstring(body)
    _Marker(root, revision).mark()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class _Marker:
    def __init__(self, root: Element, revision: Revision) -> None:
        self.root = root
        self.numbers = count(FIRST_ID)
        self.ends: dict[Change, Element] = {}
        """Of moves: one range around all that moved, for its name is read once in a file."""
        self.who = {w("author"): revision.author, w("date"): f"{revision.day:%Y-%m-%d}T00:00:00Z"}

    def mark(self) -> None:
        for text in list(self.root.iter(w("t"))):
            if _OPEN in (text.text or ""):
                self.part(text)
        for paragraph in self.root.iter(w("p")):
            name = _whole_change(paragraph)
            if name and _may_go(paragraph):
                self.mark_of(paragraph, name)
        for row in self.root.iter(w("tr")):
            name = _whole_change(row)
            if name:
                _below(row, "trPr").append(self.element(name))

    def element(self, name: str) -> Element:
        return etree.Element(w(name), {w("id"): str(next(self.numbers)), **self.who})

    def part(self, text: Element) -> None:
        """Put runs in the place of one, those that are changed inside their revision."""
        run = _above(text)
        for words, change in _parts(text.text or ""):
            made = deepcopy(run)
            _below(made, "t").text = words
            for each in self.revised(made, change):
                run.addprevious(each)
        _above(run).remove(run)

    def revised(self, run: Element, change: Change | None) -> Iterator[Element]:
        if change is None:
            yield run
            return
        name = _NAMES[change.step]
        if name == "del":
            _below(run, "t").tag = w("delText")
        holder = self.element(name)
        holder.append(run)
        if change.number and change not in self.ends:
            start = self.element(f"{name}RangeStart")
            start.set(w("name"), f"move{change.number}")
            yield start
            self.ends[change] = etree.Element(w(f"{name}RangeEnd"))
            self.ends[change].set(w("id"), start.attrib[w("id")])
        yield holder
        if change.number:
            yield self.ends[change]

    def mark_of(self, paragraph: Element, name: str) -> None:
        """Let the mark at the end of a paragraph come or go with its words."""
        properties = _below(paragraph, "pPr")
        look = child(properties, "rPr")
        if look is None:
            look = etree.Element(w("rPr"))
            section = child(properties, "sectPr")
            at = len(properties) if section is None else properties.index(section)
            properties.insert(at, look)
        look.insert(0, self.element(name))


def _above(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None  # no sign stands in the root
    return parent


def _below(element: Element, name: str) -> Element:
    found = child(element, name)
    assert found is not None  # the frame and this program write it
    return found


def _parts(text: str) -> Iterator[tuple[str, Change | None]]:
    at = 0
    for found in _CHANGED.finditer(text):
        if at < found.start():
            yield text[at : found.start()], None
        yield found[3], Change(Step(found[1]), int(found[2]))
        at = found.end()
    if at < len(text):
        yield text[at:], None


def _whole_change(element: Element) -> str:
    """Return the name of the revision that holds all text of a paragraph or row, else ""."""
    names = set()
    for text in element.iter(w("t"), w("delText")):
        if not text.text:
            continue
        holder = _above(_above(text))
        names.add(holder.tag if holder.tag in _HOLDERS else "")
    return _HOLDERS[names.pop()] if len(names) == 1 and "" not in names else ""


def _may_go(paragraph: Element) -> bool:
    """Say whether a paragraph may go as a whole; the last one of a cell never does."""
    parent, behind = _above(paragraph), paragraph.getnext()
    return parent.tag != w("tc") or (behind is not None and behind.tag == w("p"))
