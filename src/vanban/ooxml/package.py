"""Bytes of a .docx or .xlsx ↔ its parts, found by relations and by what they are, not by names.

In: the bytes of a package (ISO/IEC 29500-2). Out: :class:`Package`, whose XML parts are trees to
change, and :meth:`Package.packed`, the bytes of the changed copy. Sizes are bounded before anything
is unpacked; entities and DTDs, which Office never writes, are refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from vanban.errors import VanbanError

Element = etree._Element

MAX_PART = 60_000_000
"""Bytes of one part: a workbook of half a million filled cells has less."""
MAX_UNPACKED = 500_000_000
MAX_PARTS = 5_000

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What damage of a package shows as; a packing that Office never writes as the last two."""

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
SVG = "{http://www.w3.org/2000/svg}svg"

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_NAMES, _XML = (".xml", ".rels", ".vml"), ("+xml", "/xml")
"""How names and types of parts end that must be XML."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamp of every part that is written: the earliest that a ZIP file can hold."""


class UnreadableOffice(VanbanError):
    """An office file that is damaged, hostile, or no office file at all; one line in Vietnamese."""


@dataclass(frozen=True, eq=False)
class Relation:
    """One relation of a part: ``kind`` is the last word of its type, ``target`` as written."""

    element: Element
    source: str
    kind: str
    target: str
    external: bool

    @property
    def id(self) -> str:
        return self.element.get("Id", "")

    @property
    def part(self) -> str:
        """The name of the part that an inner target means."""
        folder = posixpath.dirname(self.source)
        path = posixpath.join("/", folder, self.target.replace("\\", "/"))
        return posixpath.normpath(path).lstrip("/")

    def remove(self) -> None:
        parent = self.element.getparent()
        assert parent is not None
        parent.remove(self.element)


@dataclass(frozen=True, eq=False)
class Package:
    """``roots`` are the XML parts by name, ``rest`` the bytes of the others; both are changed."""

    roots: dict[str, Element]
    rest: dict[str, bytes]

    def relations(self) -> Iterator[Relation]:
        """Yield the relations of every part; they may be removed meanwhile."""
        for name, root in list(self.roots.items()):
            if not name.endswith(".rels"):
                continue
            folder, file = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            for element in list(root.iter(f"{{{RELATIONS}}}Relationship")):
                target = element.get("Target", "")
                outside = element.get("TargetMode") == "External" or _leads_out(target)
                kind = element.get("Type", "").rsplit("/", 1)[-1]
                yield Relation(element, source, kind, target, outside)

    def content_type(self, name: str) -> str:
        """Return the content type of a part, "" where none is given."""
        types = self.roots.get(TYPES)
        found = ""
        for entry in types if types is not None else ():
            if entry.get("PartName", "").lstrip("/").casefold() == name.casefold():
                return entry.get("ContentType", "")
            if entry.get("Extension", "?").casefold() == name.rpartition(".")[2].casefold():
                found = entry.get("ContentType", "")
        return found

    def packed(self) -> bytes:
        """Return the bytes of the package as it now is; the same parts give the same bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, root in self.roots.items():
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                package.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
            for name, data in self.rest.items():
                package.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
        return target.getvalue()


def rewrite(
    data: bytes,
    change: Callable[[str, bytes], bytes],
    order: Callable[[str], tuple[bool, str]] | None = None,
) -> bytes:
    """Return the package ``data`` with every part put through ``change`` (name, content).

    Parts keep their order, or stand in ``order``; all carry :data:`EPOCH`.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package,
    ):
        names = source.namelist()
        for name in sorted(names, key=order) if order is not None else names:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, change(name, source.read(name)))
    return target.getvalue()


def open_package(data: bytes) -> Package:
    """Unpack and parse an office file; raises UnreadableOffice."""
    return _parsed(_unpacked_parts(data, lambda _: True))


def _unpacked_parts(data: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            named = {
                name: info
                for info in package.infolist()
                if not info.is_dir()
                and wanted(name := info.filename.replace("\\", "/").lstrip("/"))
            }
            if any(info.flag_bits & 1 for info in named.values()):
                raise UnreadableOffice("tệp có mật khẩu — mở tệp, bỏ mật khẩu rồi lưu lại")
            size = sum(info.file_size for info in named.values())
            if len(named) > MAX_PARTS or size > MAX_UNPACKED:
                raise _too_large()
            return {name: _unpacked(package, info) for name, info in named.items()}
    except DAMAGE as error:
        raise UnreadableOffice("tệp bị hỏng hoặc thiếu phần cuối — chép lại từ bản gốc") from error


def main_type(data: bytes) -> str:
    """Return the content type of the part that a package calls its document, "" without one.

    Only the two parts that tell it are unpacked. Raises UnreadableOffice.
    """
    package = _parsed(_unpacked_parts(data, lambda name: name in (TYPES, "_rels/.rels")))
    for relation in package.relations():
        if not relation.source and relation.kind == "officeDocument":
            return package.content_type(relation.part)
    return ""


def _parsed(parts: dict[str, bytes]) -> Package:
    package = Package({}, {})
    if TYPES in parts:
        package.roots[TYPES] = parse_part(parts.pop(TYPES))
    for name, data in parts.items():
        root = _tree_of(name, data, package.content_type(name))
        if root is not None:
            package.roots[name] = root
        else:
            package.rest[name] = data
    return package


def _tree_of(name: str, data: bytes, stated: str) -> Element | None:
    """Return the tree of a part, None for pictures and files in the file.

    Programs open a part by the relation to it, so that name and type may say what they like.
    """
    if data.startswith(b"PK"):
        return None
    try:
        root = parse_part(data, mend=name.endswith(".vml"))
    except UnreadableOffice:
        if "svg" not in stated and (name.endswith(_NAMES) or stated.endswith(_XML)):
            raise
        return None
    return None if root.tag == SVG else root


def parse_part(data: bytes, mend: bool = False) -> Element:
    """Parse one part; names of "Strict Open XML" become those that every other file uses.

    With ``mend``, what is not well-formed is read as far as it goes: Excel writes such VML.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        recover=mend,
    )
    try:
        root = etree.fromstring(data, parser)
        if root is None:
            raise ValueError("no element")
        tree: Any = root.getroottree()  # the stubs know no doctype
        if tree.docinfo.doctype:
            raise UnreadableOffice("tệp có khai báo DTD mà Office không bao giờ ghi — không mở")
        text = etree.tostring(root, encoding="UTF-8")  # a part may come in UTF-16
        if _STRICT.search(text):
            usual = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", text)
            root = etree.fromstring(usual, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableOffice(
            "tệp bị hỏng bên trong — mở bằng Word hoặc Excel, lưu lại rồi thêm"
        ) from error
    return root


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a part; its stated size may lie, so no more than the limit is unpacked."""
    with package.open(info) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise _too_large()
    return data


def _too_large() -> UnreadableOffice:
    return UnreadableOffice("tệp giải nén ra quá lớn — lưu lại thành PDF")


def _leads_out(target: str) -> bool:
    """Say whether a target is an address or a path of a machine, whatever its mode claims."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}", target.strip()))
