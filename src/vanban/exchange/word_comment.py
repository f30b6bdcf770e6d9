"""A comment at the beginning of a Word file: what its reader should know first."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from vanban.ooxml.markup import W, w
from vanban.ooxml.package import TYPES, rewrite
from vanban.provenance import Revision

PART = "word/comments.xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def with_comment(docx: bytes, lines: Sequence[str], revision: Revision) -> bytes:
    """Return the file, which has no comments yet, with ``lines`` as one at its first words."""

    def change(name: str, content: bytes) -> bytes:
        if name == TYPES:
            added = f'<Override PartName="/{PART}" ContentType="{_TYPE}"/></Types>'
            return content.replace(b"</Types>", added.encode())
        if name == "word/_rels/document.xml.rels":
            added = f'<Relationship Id="vanbanComments" Type="{_RELATION}" Target="comments.xml"/>'
            return content.replace(b"</Relationships>", f"{added}</Relationships>".encode())
        return _marked(content) if name == "word/document.xml" else content

    return rewrite(docx, change, added={PART: _comments(lines, revision).encode()})


def _marked(body: bytes) -> bytes:
    root = etree.fromstring(body)
    paragraph = next(each for each in root.iter(w("p")) if "".join(map(str, each.itertext())))
    properties = paragraph.find(w("pPr"))
    number = {w("id"): "0"}
    paragraph.insert(0 if properties is None else 1, etree.Element(w("commentRangeStart"), number))
    paragraph.append(etree.Element(w("commentRangeEnd"), number))
    run = etree.SubElement(paragraph, w("r"))
    etree.SubElement(run, w("commentReference"), number)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _comments(lines: Sequence[str], revision: Revision) -> str:
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author={quoteattr(revision.author)}'
        f' w:date="{revision.day:%Y-%m-%d}T00:00:00Z" w:initials="">{paragraphs}</w:comment>'
        "</w:comments>"
    )
