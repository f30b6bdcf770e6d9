"""Comments and tracked changes put into any Word file; its other words and its form stay.

Places are those of a file as it was read (:class:`WordParagraph`): characters of the text of a
paragraph, with the changes that nobody accepted yet accepted. Those changes stay open.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count, pairwise

from lxml import etree
from msgspec import Struct

from vanban.ooxml.markup import RELATIONS, Element, W, attribute, child, local_name, w
from vanban.ooxml.package import TYPES, Package
from vanban.ooxml.reading import main_part, read_word_file, runs_of
from vanban.ooxml.signs import shown_text
from vanban.ooxml.word_file import WordParagraph
from vanban.provenance import Revision

_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Mark(Struct, frozen=True):
    """What is put at the characters ``start`` to ``end`` of a paragraph of the body.

    ``lines`` are the paragraphs of a comment, none for no comment; ``new`` takes the place of the
    characters as a tracked change, None for no change.
    """

    paragraph: WordParagraph
    start: int
    end: int
    lines: tuple[str, ...] = ()
    new: str | None = None


def can_be_marked(paragraph: WordParagraph) -> bool:
    """Say whether a paragraph stands in the body and has words of its own."""
    return bool(paragraph.elements)


def with_marks(docx: bytes, marks: Sequence[Mark], revision: Revision) -> bytes:
    """Return the file with ``marks``, which ``revision`` signs.

    Changes must not overlap. Raises UnreadableOffice where the file cannot be read.
    """
    package = Package(docx).read_all()
    name = main_part(package)
    root = package.root(name)
    assert root is not None  # read before
    runs = _Runs(root, marks)
    commented = [mark for mark in marks if mark.lines]
    if commented:
        comments = _comments_of(package, name)
        numbers = count(1 + max(map(_number, comments), default=-1))
        for number, mark in zip(numbers, commented, strict=False):
            comments.append(_comment(number, mark.lines, revision))
            runs.comment(mark, number)
    numbers = count(1 + max(map(_number, root.iter(w("ins"), w("del"))), default=0))
    for mark in marks:
        if mark.new is not None:
            runs.change(mark, mark.new, numbers, revision)
    return package.packed()


def with_comment(docx: bytes, lines: Sequence[str], revision: Revision) -> bytes:
    """Return the file with ``lines`` as a comment at its first words."""
    word = read_word_file(docx, is_letterhead=lambda line: False)
    first = next(each for each in word.filled if can_be_marked(each))
    return with_marks(docx, [Mark(first, 0, len(first.text), tuple(lines))], revision)


class _Runs:
    """The runs of a document, split where marks begin and end."""

    def __init__(self, root: Element, marks: Iterable[Mark]) -> None:
        self._runs = list(runs_of(root))
        cuts: dict[int, set[int]] = defaultdict(set)
        for mark in marks:
            for at in (mark.start, mark.end):
                number, offset = _within(mark.paragraph, at)
                cuts[number].add(offset)
        self._parts = {
            number: list(_split(self._runs[number], sorted(offsets)))
            for number, offsets in cuts.items()
        }

    def covering(self, paragraph: WordParagraph, start: int, end: int) -> list[Element]:
        """Return the parts of runs between two places; where they are one, the part before it."""
        first, last = _within(paragraph, start), _within(paragraph, max(end - 1, start))
        found = []
        for _, number in paragraph.elements:
            if first[0] <= number <= last[0]:
                found += [
                    part
                    for at, length, part in self._parts_of(number)
                    if (number > first[0] or at + length > first[1])
                    and (number < last[0] or at <= last[1])
                ]
        return found

    def _parts_of(self, number: int) -> list[tuple[int, int, Element]]:
        run = self._runs[number]
        return self._parts.get(number) or [(0, _length(run), run)]

    def comment(self, mark: Mark, number: int) -> None:
        parts = self.covering(mark.paragraph, mark.start, mark.end)
        parts[0].addprevious(etree.Element(w("commentRangeStart"), {w("id"): str(number)}))
        run = etree.Element(w("r"))
        etree.SubElement(run, w("commentReference"), {w("id"): str(number)})
        end = etree.Element(w("commentRangeEnd"), {w("id"): str(number)})
        parts[-1].addnext(run)
        parts[-1].addnext(end)

    def change(self, mark: Mark, new: str, numbers: Iterator[int], revision: Revision) -> None:
        who = {w("author"): revision.author, w("date"): f"{revision.day:%Y-%m-%d}T00:00:00Z"}
        inside = self.covering(mark.paragraph, mark.start, mark.end)
        after = inside[-1]
        if mark.start < mark.end:
            for part in inside:
                after = etree.Element(w("del"), {w("id"): str(next(numbers)), **who})
                part.addprevious(after)
                after.append(part)
                for text in part.iter(w("t")):
                    text.tag = w("delText")
        if new:
            inserted = etree.Element(w("ins"), {w("id"): str(next(numbers)), **who})
            run = etree.SubElement(inserted, w("r"))
            properties = child(inside[0], "rPr")
            if properties is not None:
                run.append(deepcopy(properties))
            run.append(_text(new))
            if mark.start == mark.end == _start(mark.paragraph):
                inside[0].addprevious(inserted)
            else:
                after.addnext(inserted)


def _start(paragraph: WordParagraph) -> int:
    return paragraph.elements[0][0]


def _within(paragraph: WordParagraph, at: int) -> tuple[int, int]:
    """Return the number of the run that holds the character ``at``, and the character in it.

    A place behind a run is told as its end; one in the label is the begin of the words.
    """
    at = max(at, _start(paragraph))
    start, number = [each for each in paragraph.elements if each[0] <= at][-1]
    return number, at - start


def _length(run: Element) -> int:
    return sum(len(shown_text(each)) for each in run)


def _split(run: Element, offsets: Sequence[int]) -> Iterator[tuple[int, int, Element]]:
    """Split a run before the characters ``offsets``; yield each part with its place and length."""
    position, start = 0, 0
    part = run
    properties = child(run, "rPr")
    for each in list(run):
        if each is properties:
            continue
        length = len(shown_text(each))
        inner = [at - position for at in offsets if position < at < position + length]
        for piece in _pieces(each, inner):
            if position in offsets and position > start:
                yield start, position - start, part
                start, after = position, part
                part = etree.Element(
                    run.tag, {str(name): str(value) for name, value in run.attrib.items()}
                )
                if properties is not None:
                    part.append(deepcopy(properties))
                after.addnext(part)
            if piece.getparent() is not part:
                part.append(piece)
            position += len(shown_text(piece))
    yield start, position - start, part


def _pieces(element: Element, offsets: Sequence[int]) -> list[Element]:
    """Return a text split before the characters ``offsets``; the element itself for any other."""
    if not offsets or local_name(element) != "t":
        return [element]
    text = element.text or ""
    bounds = [0, *offsets, len(text)]
    element.text = text[: bounds[1]]
    element.set(_SPACE, "preserve")
    return [element, *(_text(text[a:b]) for a, b in pairwise(bounds[1:]))]


def _text(words: str) -> Element:
    element = etree.Element(w("t"), {_SPACE: "preserve"})
    element.text = words
    return element


def _number(element: Element) -> int:
    number = attribute(element, "id") or ""
    return int(number) if number.isascii() and number.isdigit() else 0


def _comments_of(package: Package, main: str) -> Element:
    """Return the part of comments of the document, made where there is none."""
    found = next(package.related(main, "comments"), None)
    if found is not None:
        return found
    folder, file = posixpath.split(main)
    name = next(
        each
        for number in count()
        if (each := posixpath.join(folder, f"comments{number or ''}.xml")) not in package.names
    )
    package.roots[name] = comments = etree.Element(w("comments"), nsmap={"w": W})
    types = package.root(TYPES)
    if types is not None:
        stated = {"PartName": f"/{name}", "ContentType": _TYPE}
        etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Override", stated)
    relations_name = posixpath.join(folder, "_rels", f"{file}.rels")
    relations = package.root(relations_name)
    if relations is None:
        relations = etree.fromstring(f'<Relationships xmlns="{RELATIONS}"/>')
        package.roots[relations_name] = relations
    relation = {"Id": "vanbanComments", "Type": _COMMENTS, "Target": posixpath.basename(name)}
    etree.SubElement(relations, f"{{{RELATIONS}}}Relationship", relation)
    return comments


def _comment(number: int, lines: Iterable[str], revision: Revision) -> Element:
    comment = etree.Element(
        w("comment"),
        {
            w("id"): str(number),
            w("author"): revision.author,
            w("date"): f"{revision.day:%Y-%m-%d}T00:00:00Z",
            w("initials"): "",
        },
    )
    for line in lines:
        run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
        run.append(_text(line))
    return comment
