"""Parts of the package of a .docx besides its text: settings, properties, what a frame holds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lxml import etree

from vanban.document import Document
from vanban.identifier import Mark, shared_words
from vanban.layout.frame_parts import BODY
from vanban.ooxml.markup import Element, attribute, child, tags, w
from vanban.ooxml.package import TYPES, rewrite
from vanban.ooxml.xml_text import escape

COMPATIBILITY_MODE = "14"
"""Mode 15 lets Word 2013+ shrink spaces in justified lines, which changes line breaks."""

AFTER_COMPAT = tags("rsids themeFontLang clrSchemeMapping decimalSymbol")
"""Settings that Word writes after w:compat, as far as there are any."""

MAX_PROPERTY = 255

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
HIDDEN_PART = "customXml/item77.xml"
"""A number that Word would not reach for parts that a frame may have."""
_PROPERTIES = "customXml/itemProps77.xml"
"""LibreOffice keeps a custom XML part only beside one of its properties."""
_STORE = "{6E7A6C1B-52F4-4E0B-9B0A-7662616E6261}"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


class Hidden(NamedTuple):
    """What a reader does not see: the bookmark that names the document, and its base as XML."""

    mark: Mark
    part: bytes


def hidden_parts(hidden: Hidden) -> dict[str, bytes]:
    """Return the parts that hold ``hidden``, by name."""
    return {
        HIDDEN_PART: hidden.part,
        "customXml/_rels/item77.xml.rels": (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://'
            'schemas.openxmlformats.org/package/2006/relationships">'
            f"{_relation('rId1', f'{RELATION}Props', 'itemProps77.xml')}</Relationships>"
        ).encode(),
        _PROPERTIES: (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
            f'<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="http://schemas.openxmlformats.org/'
            'officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
        ).encode(),
    }


def with_hidden_names(name: str, content: bytes) -> bytes:
    """Return a part with the names of the hidden ones, if it lists parts."""
    if name == TYPES:
        added = f'<Override PartName="/{_PROPERTIES}" ContentType="{_PROPERTIES_TYPE}"/>'
        return content.replace(b"</Types>", f"{added}</Types>".encode())
    if name == "word/_rels/document.xml.rels":
        added = _relation("vanban", RELATION, f"../{HIDDEN_PART}")
        return content.replace(b"</Relationships>", f"{added}</Relationships>".encode())
    return content


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def without_head(data: bytes) -> bytes:
    """Return the frame ``data`` without head, signature and page numbers."""

    def change(name: str, content: bytes) -> bytes:
        if name != BODY:
            return content
        root = etree.fromstring(content)
        for body in root.iterchildren(w("body")):
            for element in body.iterchildren():
                words = "".join(text.text or "" for text in element.iter(w("t")))
                if element.tag == w("sectPr"):
                    for reference in element.findall(w("headerReference")):
                        element.remove(reference)
                elif words.replace(" ", "") not in ("{{pbody}}", "{{pannexes}}"):
                    body.remove(element)
        return etree.tostring(root, encoding="UTF-8", standalone=True)

    return rewrite(data, change)


def set_compatibility(settings: Element) -> None:
    """Set mode 14 again, which Word 2013+ turns to 15 when an official saves the frame."""
    compat = child(settings, "compat")
    if compat is None:
        compat = settings.makeelement(w("compat"))
        following = next(settings.iterchildren(*AFTER_COMPAT), None)
        if following is None:
            settings.append(compat)
        else:
            following.addprevious(compat)
    for setting in list(compat):
        if attribute(setting, "name") == "compatibilityMode":
            compat.remove(setting)
    mode = compat.makeelement(w("compatSetting"))
    mode.set(w("name"), "compatibilityMode")
    mode.set(w("uri"), "http://schemas.microsoft.com/office/word")
    mode.set(w("val"), COMPATIBILITY_MODE)
    compat.insert(0, mode)


def core_properties(document: Document, stamp: date | None) -> str:
    """Return docProps/core.xml; dates only where content gives one."""
    dates = ""
    if stamp is not None:
        time = f"{stamp.isoformat()}T00:00:00Z"
        dates = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{time}</dcterms:{name}>'
            for name in ("created", "modified")
        )
    shared = shared_words(document.shared_version)
    keywords = f"<cp:keywords>{shared}</cp:keywords>" if shared else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_shortened(document.title))}</dc:title>"
        f"<dc:creator>{escape(document.author)}</dc:creator>"
        f"<dc:identifier>{document.identifier}</dc:identifier>"
        f"{keywords}<dc:language>vi-VN</dc:language>{dates}</cp:coreProperties>"
    )


def _shortened(title: str) -> str:
    """Word and python-docx take at most 255 characters in a property."""
    if len(title) <= MAX_PROPERTY:
        return title
    return title[: MAX_PROPERTY - 1].rsplit(" ", 1)[0] + "…"
