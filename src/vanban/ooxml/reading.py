"""Bytes of any .docx → the Word file: body, notes, sections with headers and footers.

A file may come from anywhere: damage is told in one line. Changes that nobody accepted yet are
counted and read as accepted, or as refused. The header of the first page is read as the begin of
the body where it holds the letterhead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from msgspec.structs import asdict

from vanban.ooxml.markup import (
    OFFICE,
    Element,
    attribute,
    child,
    is_set,
    number,
    text_of,
    value,
    w,
    whole,
)
from vanban.ooxml.numbering import read_numbering
from vanban.ooxml.package import OLE, Package, UnreadableOffice, has_password
from vanban.ooxml.paragraphs import RUN_NUMBER, BlockReader
from vanban.ooxml.parts_read import (
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
from vanban.ooxml.revisions import count_revisions, refuse_revisions, settle_revisions
from vanban.ooxml.styles import Styles
from vanban.ooxml.word_file import Comment, PageSetup, Section, WordFile, WordParagraph

OTHER_KINDS = (
    (b"%PDF", "là tệp PDF"),
    (b"{\\rtf", "là tệp RTF — mở bằng Word, lưu lại thành .docx"),
    (b"<", "là trang web hoặc XML — mở bằng Word, lưu lại thành .docx"),
)
"""How files begin that only bear the name of a Word file."""

OTHER_TYPES = ("spreadsheetml", "presentationml", "ms-excel", "ms-powerpoint")
"""Content types of the other programs of Office."""

NOTES = (("footnotes", "footnote", FOOTNOTE), ("endnotes", "endnote", ENDNOTE))
"""Parts of notes: kind of the relation, element, name."""

STORIES = ("header", "footer", "footnotes", "endnotes")
"""Kinds of parts beside the body that hold text."""

_Margins = dict[str, tuple[WordParagraph, ...]]
"""Headers or footers by kind: default, first, even."""


MAX_PARAGRAPHS = 50_000
"""Of a document of more than a thousand pages; comparing two such takes minutes."""


def read_word_file(
    data: bytes, is_letterhead: Callable[[str], bool], accept: bool = True
) -> WordFile:
    """Read a Word file; raises UnreadableOffice where it is damaged, hostile or no .docx at all.

    ``is_letterhead`` says whether a line of the first page's header belongs to the document;
    without ``accept`` the changes that nobody accepted yet are refused.
    """
    _refuse_other_kinds(data)
    package = Package(data)
    settle = settle_revisions if accept else refuse_revisions
    return _Reading(package, main_part(package), is_letterhead, settle).read()


def read_custom_parts(data: bytes) -> Iterator[Element]:
    """Yield the custom XML parts of a Word file, as far as they can be read."""
    package = Package(data)
    main = main_part(package)
    for relation in package.relations(main):
        if relation.kind == "customXml" and not relation.external:
            with suppress(UnreadableOffice):
                root = package.root(relation.part)
                if root is not None:
                    yield root


def read_identifier(data: bytes) -> str:
    """Return the identifier in the properties of an Office file, "" where it has none."""
    return _identifier(Package(data))


def _identifier(package: Package) -> str:
    core = next(package.related("", "core-properties"), None)
    return (core.findtext("{*}identifier") if core is not None else "") or ""


def refuse_shut(data: bytes) -> None:
    """Raise UnreadableOffice where there is nothing in a file, or a password before it."""
    if not data.strip():
        raise UnreadableOffice("tệp rỗng — chép lại từ bản gốc")
    if has_password(data):
        raise UnreadableOffice("tệp có mật khẩu — mở bằng Word, bỏ mật khẩu rồi lưu lại")


def _refuse_other_kinds(data: bytes) -> None:
    refuse_shut(data)
    if data.startswith(OLE):
        raise UnreadableOffice("tệp là định dạng .doc cũ — mở bằng Word, lưu lại thành .docx")
    for start, kind in OTHER_KINDS:
        if data.lstrip().startswith(start):
            raise UnreadableOffice(f"tệp {kind}, không phải .docx")


def runs_of(document: Element) -> Iterator[Element]:
    """Yield the runs of a main part in the order of their numbers."""
    return document.iter(w("r"))


def main_part(package: Package) -> str:
    """Return the name of the document, whatever the part's name."""
    typed = (name for name, kind in package.types.items() if kind.lower().endswith("main+xml"))
    for name in (package.main, *typed, "word/document.xml"):
        kind = package.content_type(name).lower()
        if not any(other in kind for other in OTHER_TYPES) and package.root(name) is not None:
            return name
    raise UnreadableOffice(
        "tệp không phải văn bản Word (.docx) — mở bằng Word, lưu lại thành .docx"
    )


class _Reading:
    def __init__(
        self,
        package: Package,
        main: str,
        is_letterhead: Callable[[str], bool],
        settle: Callable[[Element], None],
    ) -> None:
        self.package, self.main, self.is_letterhead = package, main, is_letterhead
        document = package.root(main)
        body = child(document, "body")
        if document is None or body is None:
            raise UnreadableOffice("tệp không có thân văn bản — mở bằng Word rồi lưu lại")
        if sum(1 for _ in body.iter(w("p"))) > MAX_PARAGRAPHS:
            raise UnreadableOffice(
                f"tệp dài quá {MAX_PARAGRAPHS} đoạn — chia thành nhiều tệp rồi làm từng tệp"
            )
        self.body = body
        for count, run in enumerate(runs_of(document)):  # before settling takes some away
            run.set(RUN_NUMBER, str(count))
        self.stories = (document, *package.related(main, *STORIES))
        self.tracked = sum(
            map(count_revisions, (*self.stories, *package.related(main, "styles", "numbering")))
        )
        if self.tracked:
            for story in self.stories:
                settle(story)
        styles, self.settings = self.part("styles"), self.part("settings")
        self.reader = BlockReader(
            Styles(styles, self.part("theme"), self.settings),
            read_numbering(self.part("numbering"), styles),
        )
        self.parts_by_id = {each.id: each.part for each in package.relations(main)}
        self.margins: _Margins = {}
        """Headers and footers by their relations."""

    def part(self, kind: str) -> Element | None:
        return next(self.package.related(self.main, kind), None)

    def read(self) -> WordFile:
        reader = self.reader
        letterhead = self.letterhead()
        paragraphs = (*letterhead, *reader.read(self.body))
        properties = [*reader.section_ends, child(self.body, "sectPr")]
        notes: list[WordParagraph] = []
        read = {BODY: 1}
        for kind, name, where in NOTES:
            for count, note in self.notes(kind, name):
                notes += reader.read(note, f"{where} {count}")
                read[where] = count
        sections = self.sections(properties)
        read[HEADER] = int(bool(letterhead) or any(any(each.headers.values()) for each in sections))
        read[FOOTER] = int(any(any(each.footers.values()) for each in sections))
        read[BOX] = reader.boxes
        unread = unread_parts(self.stories)
        comments = self.part("comments")
        unread[COMMENT] = 0 if comments is None else len(comments)
        unread[HIDDEN] = reader.hidden
        unread[GLOSSARY] = len([*self.package.related(self.main, "glossaryDocument")])
        remarks = dict(map(_comment, () if comments is None else comments.iter(w("comment"))))
        return WordFile(
            paragraphs,
            sections,
            self.tracked,
            _identifier(self.package),
            tuple(notes),
            read,
            unread,
            remarks,
        )

    def letterhead(self) -> tuple[WordParagraph, ...]:
        """Read the header of the first page where it holds the letterhead."""
        first = next(self.body.iter(w("sectPr")), None)
        kind = "first" if is_set(first, "titlePg") else "default"
        for reference in () if first is None else first.findall(w("headerReference")):
            relation = reference.get(f"{{{OFFICE}}}id", "")
            root = self.package.root(self.parts_by_id.get(relation, ""))
            if (attribute(reference, "type") or "default") != kind or root is None:
                continue
            if any(self.is_letterhead(text_of(each)) for each in root.iter(w("p"))):
                return self.margin(relation, HEADER)
        return ()

    def margin(self, relation: str, where: str) -> tuple[WordParagraph, ...]:
        if relation not in self.margins:
            root = self.package.root(self.parts_by_id.get(relation, ""))
            self.margins[relation] = () if root is None else self.reader.read(root, where)
        return self.margins[relation]

    def notes(self, kind: str, name: str) -> Iterator[tuple[int, Element]]:
        """Yield the notes with their numbers, without the lines that Word draws above them."""
        root = self.part(kind)
        found = () if root is None else root.iter(w(name))
        usual = (note for note in found if attribute(note, "type") in (None, "normal"))
        return enumerate(usual, 1)

    def sections(self, properties: list[Element | None]) -> tuple[Section, ...]:
        """Read the sections; a header that one does not name is that of the section before."""
        sections: list[Section] = []
        for element in properties:
            before = sections[-1] if sections else Section()
            if element is None:
                sections.append(before)
                continue
            start = whole(attribute(child(element, "pgNumType"), "start"))
            sections.append(
                Section(
                    **asdict(read_page(element)),
                    title_page=is_set(element, "titlePg"),
                    continuous=value(element, "type") == "continuous",
                    start=start,
                    headers={**before.headers, **self.references(element, "header", HEADER)},
                    footers={**before.footers, **self.references(element, "footer", FOOTER)},
                )
            )
        return tuple(sections)

    def references(self, element: Element, name: str, where: str) -> _Margins:
        found = {
            attribute(each, "type") or "default": self.margin(
                each.get(f"{{{OFFICE}}}id", ""), where
            )
            for each in element.findall(w(f"{name}Reference"))
        }
        if not is_set(self.settings, "evenAndOddHeaders"):
            found.pop("even", None)
        return found


def _comment(element: Element) -> tuple[str, Comment]:
    author, date = attribute(element, "author") or "", attribute(element, "date") or ""
    lines = (text_of(each).strip() for each in element.iter(w("p")))
    return attribute(element, "id") or "", Comment(author, date, " ".join(filter(None, lines)))


def read_page(section: Element) -> PageSetup:
    """Read the page of a section from its w:sectPr; what is not stated is as in Word."""

    def length(name: str, side: str, default: float = 0.0) -> float:
        found = number(attribute(child(section, name), side), 20)
        return default if found is None else abs(found)

    usual = PageSetup()
    return PageSetup(
        width=length("pgSz", "w", usual.width),
        height=length("pgSz", "h", usual.height),
        top=length("pgMar", "top", usual.top),
        right=length("pgMar", "right", usual.right),
        bottom=length("pgMar", "bottom", usual.bottom),
        left=length("pgMar", "left", usual.left) + length("pgMar", "gutter"),
        header=length("pgMar", "header", usual.header),
        footer=length("pgMar", "footer", usual.footer),
    )
