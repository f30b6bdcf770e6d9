"""References of an office file to the outside: removed from the copy, and told.

Pictures, templates, objects and data that a program would fetch from an address or a path, macros
and data connections. Links that a reader may click are no such thing and stay, if they lead to the
web; a link to a file of some machine loses its target.
"""

from __future__ import annotations

import re

from lxml import etree

from vanban.ooxml.markup import OFFICE, OLD_OFFICE, Element, local_name, remove, w
from vanban.ooxml.package import Package, Relation, UnreadableOffice, parse_part

VML = "urn:schemas-microsoft-com:vml"
LEFT_OUT = (
    f"{{{OLD_OFFICE}}}OLEObject",
    w("control"),
    "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip",
)
"""Objects of other programs, of which the picture stays that was saved with them, and SVG, which
always has a plain picture beside it that cannot fetch anything."""

_WEB = re.compile(r"(https?|mailto):", re.IGNORECASE)
_OWN = re.compile(r"#|data:image/(png|jpe?g|gif);", re.IGNORECASE)
"""What an SVG picture may refer to: itself, and pictures that lie in it."""

_LOST = (
    "tệp dẫn đến {} nằm ngoài tệp: không lấy về, bản PDF không có phần đó — nếu cần thì nhúng hẳn "
    "vào tệp rồi thêm lại"
)
_PICTURED = (
    "tệp có đối tượng liên kết đến tệp khác: không lấy về, bản PDF giữ hình đã lưu của đối tượng đó"
)
_KEPT = "tệp lấy số từ sổ tính khác: bản PDF giữ giá trị đã lưu, không cập nhật"
FETCHED = {
    "image": "hình ảnh",
    "attachedTemplate": "mẫu văn bản",
    "aFChunk": "phần chèn",
    "subDocument": "văn bản con",
    "frame": "khung",
    "mailMergeSource": "nguồn trộn thư",
    "mailMergeHeaderSource": "nguồn trộn thư",
    "video": "phim, âm thanh",
    "audio": "phim, âm thanh",
    "media": "phim, âm thanh",
}
"""Kinds of relations, in words; others are told as "dữ liệu"."""

STAYING = {
    "oleObject": _PICTURED,
    "package": _PICTURED,
    "externalLinkPath": _KEPT,
    "externalLinkLongPath": _KEPT,
}
"""Kinds of which the copy keeps what was saved, and how that is told."""

CLICKED = ("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver")
"""Elements of text, cells and drawings whose relation is followed when a reader clicks."""

NEVER = frozenset((
    "vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars", "activeXControlBinary",
    "connections", "queryTable", "externalLink", "xmlMaps",
))  # fmt: skip
"""Inner parts that only run, or only fetch; a copy is as good without them."""


def cut_off(package: Package) -> list[str]:
    """Remove every reference to the outside; returns a note for each kind of them."""
    found: list[str] = []
    for relation in package.relations():
        if relation.kind == "hyperlink":
            if relation.external and _loosen(package, relation):
                found.append(_LOST.format(FETCHED["image"]))
            if relation.external and not _WEB.match(relation.target.strip()):
                remove_references(package, relation)
        elif relation.external:
            what = _LOST.format(FETCHED.get(relation.kind, "dữ liệu"))
            found.append(STAYING.get(relation.kind, what))
            remove_references(package, relation)
        elif relation.kind in NEVER:
            remove_references(package, relation)
    for root in package.roots.values():
        found += _cut_vml(root)
        for element in list(root.iter(*LEFT_OUT)):
            remove(element)
    found += _cut_svg(package)
    return list(dict.fromkeys(found))


def remove_references(package: Package, relation: Relation) -> None:
    """Remove a relation and what names it; the text of a link stays."""
    relation.remove()
    for element in package.elements_of(relation):
        if _forget(element, relation) and local_name(element) not in ("hyperlink", "blip"):
            remove(element)


def _loosen(package: Package, relation: Relation) -> bool:
    """Let only what is clicked name a link; say whether something else did."""
    others = [x for x in package.elements_of(relation) if local_name(x) not in CLICKED]
    return any([_forget(element, relation) for element in others])


def _forget(element: Element, relation: Relation) -> bool:
    """Take the id of a relation out of an element; say whether it was there."""
    names = [name for name, stated in element.attrib.items() if stated == relation.id]
    names = [name for name in names if str(name).startswith(f"{{{OFFICE}}}")]
    for name in names:
        del element.attrib[name]
    return bool(names)


def _cut_vml(root: Element) -> list[str]:
    """Old drawings name pictures by address as well; a picture of the file has a relation."""
    found = []
    for element in root.iter(f"{{{VML}}}*"):
        for name in ("src", f"{{{OLD_OFFICE}}}href", f"{{{OLD_OFFICE}}}althref"):
            if name in element.attrib:
                del element.attrib[name]
                found.append(_LOST.format(FETCHED["image"]))
    return found


def _cut_svg(package: Package) -> list[str]:
    """SVG pictures that are drawn themselves must not refer to files; packed ones are left out."""
    found = []
    for name, data in list(package.rest.items()):
        if data.startswith(b"\x1f\x8b"):
            del package.rest[name]
            found.append(_LOST.format(FETCHED["image"]))
            continue
        try:
            root = parse_part(data)
        except UnreadableOffice:
            if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
                del package.rest[name]
            continue
        if _cut_hrefs(root):
            found.append(_LOST.format(FETCHED["image"]))
        package.rest[name] = etree.tostring(root, encoding="UTF-8")
    return found


def _cut_hrefs(root: Element) -> bool:
    cut = False
    for element in list(root.iter(etree.Element)):
        if local_name(element) == "style" and element is not root:
            remove(element)  # style sheets may import others
            continue
        for name in list(element.attrib):
            if etree.QName(name).localname == "href" and not _OWN.match(str(element.attrib[name])):
                del element.attrib[name]
                cut = True
    return cut
