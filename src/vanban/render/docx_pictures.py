"""Pictures in a Word file: the drawing that shows one, and its parts of the package."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from vanban.ooxml.xml_text import quoted
from vanban.picture import Picture
from vanban.render.docx_xml import paragraph

EMU_PER_MM = 36_000
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_UNNUMBERED = '<wp:docPr id="0"'
"""Stands where drawings are numbered once all are there."""


def picture_line(picture: Picture, style: str) -> str:
    """Return the paragraph that shows ``picture``, with the spaces of ``style``.

    Its line is as high as the picture: letters of 1 pt leave next to nothing below it. One of them,
    a hyphen that nobody sees, stands before it: LibreOffice 7.4 takes a line with a picture alone
    for one of 14 pt, and leaves nothing below a higher one.
    """
    size = '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
    line = (
        '<w:keepNext/><w:spacing w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/>{size}'
    )
    return paragraph(style, f"<w:r>{size}<w:softHyphen/></w:r>{_drawing(picture)}", line)


def with_numbers(xml: str) -> str:
    """Return the body with its drawings numbered, as each must be."""
    numbers = itertools.count(1)
    return re.sub(re.escape(_UNNUMBERED), lambda _: f'<wp:docPr id="{next(numbers)}"', xml)


def _drawing(picture: Picture) -> str:
    """Return the run that shows ``picture``."""
    across, down = (round(each * EMU_PER_MM) for each in (picture.width, picture.height))
    words = quoted(picture.description)
    size = f'cx="{across}" cy="{down}"'
    return (
        f'<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0"'
        f' distB="0" distL="0" distR="0"><wp:extent {size}/>{_UNNUMBERED} name="Hình"'
        f' descr={words}/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}">'
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="0" name="Hình" descr={words}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_R}"'
        f' r:embed="{_id(picture)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r>"
    )


def parts_of(pictures: Iterable[Picture]) -> dict[str, bytes]:
    """Return the parts that hold ``pictures``, each once."""
    return {f"word/{_target(each)}": each.data for each in pictures}


def with_relations(xml: str, pictures: Iterable[Picture]) -> str:
    """Return the relations of the body with those to ``pictures``."""
    relations = (
        f'<Relationship Id="{_id(each)}" Type="{_R}/image" Target="{_target(each)}"/>'
        for each in _each_once(pictures)
    )
    return xml.replace("</Relationships>", f"{''.join(relations)}</Relationships>")


def with_types(xml: str, pictures: Iterable[Picture]) -> str:
    """Return the content types of the package with those of ``pictures``."""
    types = {each.suffix: each.media_type for each in pictures}
    defaults = "".join(
        f'<Default Extension="{suffix}" ContentType="{media}"/>'
        for suffix, media in sorted(types.items())
        if f'Extension="{suffix}"' not in xml
    )
    at = xml.index("<Default")
    return f"{xml[:at]}{defaults}{xml[at:]}"


PICTURE_LISTS = {
    "word/_rels/document.xml.rels": with_relations,
    "[Content_Types].xml": with_types,
}
"""The parts that list pictures, and what adds them there."""


def _each_once(pictures: Iterable[Picture]) -> Iterable[Picture]:
    known: Mapping[str, Picture] = {each.digest: each for each in pictures}
    return known.values()


def _id(picture: Picture) -> str:
    return f"rIdHinh{picture.digest[:16]}"


def _target(picture: Picture) -> str:
    return f"media/hinh-{picture.digest[:16]}.{picture.suffix}"
