"""An opened package → the Word file: body, notes, sections with headers and footers.

The header of the first page is read as the begin of the body where it holds the letterhead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vanban.ooxml.blocks import BlockReader
from vanban.ooxml.coverage import (
    BODY,
    BOX,
    COMMENT,
    ENDNOTE,
    FOOTER,
    FOOTNOTE,
    GLOSSARY,
    HEADER,
    HIDDEN,
    unread_parts,
)
from vanban.ooxml.markup import Element, W, number, on
from vanban.ooxml.numbering import read_numbering
from vanban.ooxml.opening import OFFICE, Package
from vanban.ooxml.revisions import count_revisions
from vanban.ooxml.styles import Styles
from vanban.ooxml.word_file import Section, WordFile, WordParagraph

_W = f"{{{W}}}"

NOTES = (("footnotes", "footnote", FOOTNOTE), ("endnotes", "endnote", ENDNOTE))
"""Parts of notes: kind of the relation, element, name."""

REVISED = ("header", "footer", "footnotes", "endnotes", "styles", "numbering")
"""Parts beside the body that may hold open changes."""

_Margins = dict[str, tuple[WordParagraph, ...]]


def read_word_file(package: Package, is_letterhead: Callable[[str], bool]) -> WordFile:
    """Read an opened package; raises ContentError where a part is damaged.

    ``is_letterhead`` says whether a line of the first page's header belongs to the document.
    """
    return _Reading(package, is_letterhead).read()


class _Reading:
    def __init__(self, package: Package, is_letterhead: Callable[[str], bool]) -> None:
        self.package = package
        self.is_letterhead = is_letterhead
        self.styles = Styles(package)
        self.numbering = read_numbering(package)
        self.reader = BlockReader(self.styles, self.numbering)
        self.margins: _Margins = {}
        """Headers and footers by their relations."""

    def read(self) -> WordFile:
        package, reader = self.package, self.reader
        body = package.document.find(f"{_W}body")
        letterhead = self._letterhead(body)
        paragraphs = (*letterhead, *reader.read(body, numbering=self.numbering.anew()))
        properties = [*reader.section_ends, body.find(f"{_W}sectPr")]
        read = {BODY: 1}
        notes: list[WordParagraph] = []
        for kind, name, where in NOTES:
            for count, note in self._notes(kind, name):
                notes += self._part(note, f"{where} {count}")
                read[where] = count
        sections = self._sections(properties)
        read[HEADER] = int(any(self._printed(sections, "headers")) or bool(letterhead))
        read[FOOTER] = int(any(self._printed(sections, "footers")))
        read[BOX] = reader.boxes
        parts = [package.document, *package.all_related(*REVISED[:4])]
        comments = package.related("comments")
        unread = unread_parts(parts)
        unread[COMMENT] = 0 if comments is None else len(comments)
        unread[HIDDEN] = reader.hidden
        unread[GLOSSARY] = len(package.all_related("glossaryDocument"))
        properties_part = package.properties
        identifier = "" if properties_part is None else properties_part.findtext("{*}identifier")
        return WordFile(
            paragraphs,
            sections,
            count_revisions((package.document, *package.all_related(*REVISED))),
            unread[COMMENT] > 0,
            identifier or "",
            tuple(notes),
            read,
            unread,
        )

    def _letterhead(self, body: Element) -> tuple[WordParagraph, ...]:
        """Read the header of the first page where it holds the letterhead."""
        first = next((each for each in body.iter(f"{_W}sectPr") if not _was(each)), None)
        if first is None:
            return ()
        kind = "first" if _is_set(first, "titlePg") else "default"
        for reference in first.findall(f"{_W}headerReference"):
            relation = reference.get(f"{{{OFFICE}}}id", "")
            root = self.package.by_id(relation)
            if reference.get(f"{_W}type", "default") != kind or root is None:
                continue
            if any(self.is_letterhead(_words(each)) for each in root.iter(f"{_W}p")):
                return self._margin(relation, HEADER)
        return ()

    def _margin(self, relation: str, where: str) -> tuple[WordParagraph, ...]:
        if relation not in self.margins:
            root = self.package.by_id(relation)
            self.margins[relation] = () if root is None else self._part(root, where)
        return self.margins[relation]

    def _part(self, root: Element, where: str) -> tuple[WordParagraph, ...]:
        return self.reader.read(root, where, self.numbering.anew())

    def _notes(self, kind: str, name: str) -> Iterator[tuple[int, Element]]:
        """Yield the notes with their numbers, without the lines that Word draws above them."""
        root = self.package.related(kind)
        found = () if root is None else root.iter(f"{_W}{name}")
        usual = (note for note in found if note.get(f"{_W}type", "normal") == "normal")
        return enumerate(usual, 1)

    def _printed(self, sections: tuple[Section, ...], kind: str) -> Iterator[WordParagraph]:
        for section in sections:
            parts: Mapping[str, tuple[WordParagraph, ...]] = getattr(section, kind)
            for paragraphs in parts.values():
                yield from paragraphs

    def _sections(self, properties: list[Element | None]) -> tuple[Section, ...]:
        """Read the sections; a header that one does not name is that of the section before."""
        settings = self.package.related("settings")
        even = settings is not None and _is_set(settings, "evenAndOddHeaders")
        sections: list[Section] = []
        for element in properties:
            before = sections[-1] if sections else Section()
            if element is None:
                sections.append(before)
                continue
            headers = {**before.headers, **self._references(element, "header", HEADER, even)}
            footers = {**before.footers, **self._references(element, "footer", FOOTER, even)}
            sections.append(_section(element, headers, footers))
        return tuple(sections)

    def _references(self, element: Element, name: str, where: str, even: bool) -> _Margins:
        found = {
            reference.get(f"{_W}type", "default"): self._margin(
                reference.get(f"{{{OFFICE}}}id", ""), where
            )
            for reference in element.findall(f"{_W}{name}Reference")
        }
        if not even:
            found.pop("even", None)
        return found


def _words(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))


def _was(section: Element) -> bool:
    """Say whether these are the properties of a section before a tracked change."""
    parent = section.getparent()
    return parent is not None and bool(parent.tag == f"{_W}sectPrChange")


def _is_set(parent: Element, name: str) -> bool:
    found = parent.find(f"{_W}{name}")
    return found is not None and on(found.get(f"{_W}val", "1"))


def _section(element: Element, headers: _Margins, footers: _Margins) -> Section:
    def length(name: str, attribute: str, default: float) -> float:
        found = element.find(f"{_W}{name}")
        value = None if found is None else number(found.get(f"{_W}{attribute}"), 20)
        return default if value is None else abs(value)

    numbers = element.find(f"{_W}pgNumType")
    start = None if numbers is None else number(numbers.get(f"{_W}start"))
    kind = element.find(f"{_W}type")
    return Section(
        width=length("pgSz", "w", Section.width),
        height=length("pgSz", "h", Section.height),
        top=length("pgMar", "top", Section.top),
        right=length("pgMar", "right", Section.right),
        bottom=length("pgMar", "bottom", Section.bottom),
        left=length("pgMar", "left", Section.left) + length("pgMar", "gutter", 0),
        title_page=_is_set(element, "titlePg"),
        continuous=kind is not None and kind.get(f"{_W}val") == "continuous",
        start=None if start is None else int(start),
        headers=headers,
        footers=footers,
    )
