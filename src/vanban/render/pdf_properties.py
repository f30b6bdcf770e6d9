"""The properties of a PDF: what it is called, what it claims to be, and the colours it means."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pydyf  # type: ignore[import-untyped]

from vanban.document import Document
from vanban.identifier import shared_words
from vanban.ooxml.xml_text import escape

PRODUCER = "vanban"
LANGUAGE = "vi-VN"


def add_properties(pdf: pydyf.PDF, document: Document, stamp: date | None) -> None:
    """Add title, author, dates, the claims of the file and its colour space to ``pdf``.

    ``stamp`` is the date in the properties, None for none.
    """
    pdf.info["Title"] = pydyf.String(document.title)
    pdf.info["Author"] = pydyf.String(document.author)
    pdf.info["Creator"] = pdf.info["Producer"] = pydyf.String(PRODUCER)
    pdf.info["Keywords"] = pydyf.String(_keywords(document))
    if stamp is not None:
        time = pydyf.String(f"D:{stamp:%Y%m%d}000000Z")
        pdf.info["CreationDate"] = pdf.info["ModDate"] = time
    metadata = pydyf.Stream(
        [_metadata(document, stamp)], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False
    )
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference
    profile = pydyf.Stream([_profile()], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    pdf.catalog["OutputIntents"] = pydyf.Array(
        [
            pydyf.Dictionary(
                {
                    "Type": "/OutputIntent",
                    "S": "/GTS_PDFA1",
                    "OutputConditionIdentifier": pydyf.String("sRGB IEC61966-2.1"),
                    "DestOutputProfile": profile.reference,
                }
            )
        ]
    )


def _keywords(document: Document) -> str:
    return ", ".join(filter(None, (document.identifier, shared_words(document.shared_version))))


def _profile() -> bytes:
    """Return the profile of sRGB that comes with WeasyPrint, which is not imported for that."""
    package = find_spec("weasyprint")
    assert package is not None and package.origin is not None  # a dependency of this program
    return Path(package.origin).with_name("pdf").joinpath("sRGB2014.icc").read_bytes()


UA_SCHEMA = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    "</rdf:Description>"
)
"""PDF/A knows no claim of PDF/UA, and asks that it be explained (ISO 19005-2, 6.6.2.3)."""


def _metadata(document: Document, stamp: date | None) -> bytes:
    """Return the properties as XMP, with the claims of PDF/A-2a and PDF/UA-1."""
    times = ""
    if stamp is not None:
        times = f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
        "<pdfuaid:part>1</pdfuaid:part>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(document.title)}</rdf:li>'
        "</rdf:Alt></dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(document.author)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Keywords>{_keywords(document)}</pdf:Keywords><pdf:Producer>{PRODUCER}</pdf:Producer>"
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>{times}"
        f'</rdf:Description>{UA_SCHEMA}</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()
