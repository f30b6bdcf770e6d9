"""Bytes of any .docx → its parts as XML, or a ContentError of one line.

A file may come from anywhere: sizes are bounded before anything is unpacked, entities and DTDs are
refused (Office never writes them), and damage is told in words.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from vanban.errors import ContentError, Place, Problem
from vanban.ooxml.markup import Element, W
from vanban.ooxml.package import DAMAGE

MAX_PART = 40_000_000
"""Bytes of XML in one part: a document of 5,000 pages has less."""

MAX_UNPACKED = 500_000_000
MAX_PARTS = 5_000

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = b"http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": OFFICE.encode(),
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": (
        b"http://schemas.openxmlformats.org/drawingml/2006/main"
    ),
}
"""Names of "Strict Open XML" files and those that every other file uses."""

KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "là tệp PDF"),
    (b"{\\rtf", "là tệp RTF — mở bằng Word, lưu lại thành .docx"),
    (b"<", "là trang web hoặc XML — mở bằng Word, lưu lại thành .docx"),
)
"""How files begin that only bear the name of a Word file."""

MAIN_TYPE = re.compile(r"(wordprocessingml|ms-word)\.[\w.]*main\+xml")
"""Content types of a document, with macros or without, and of a template."""

OTHER_TYPE = re.compile(r"spreadsheetml|presentationml|ms-excel|ms-powerpoint")
"""Content types of the other programs of Office."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of the old binary format, which encrypted .docx files use as well."""


@dataclass(frozen=True, eq=False)
class Package:
    """The parts of a Word file that were asked for, parsed.

    ``texts`` maps the names of XML parts, in small letters, to their bytes; ``main`` is the name
    of the document. Parts are found by relations: their names say nothing.
    """

    file: Path
    texts: dict[str, bytes]
    main: str
    _roots: dict[str, Element] = field(default_factory=dict)

    @cached_property
    def document(self) -> Element:
        """The root of the main part, which has a body."""
        root = self._root(self.main)
        if root is None or root.find(f"{{{W}}}body") is None:
            raise refused(self.file, "không có thân văn bản — mở bằng Word rồi lưu lại")
        return root

    @cached_property
    def relations(self) -> dict[str, tuple[str, str]]:
        """Of the main part: id → kind (last word of its address) and name of the part."""
        folder, name = posixpath.split(self.main)
        root = self._root(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else _targets(root, folder)

    def related(self, kind: str) -> Element | None:
        """Return the root of the first part of ``kind`` (styles, numbering, settings, theme)."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, *kinds: str) -> tuple[Element, ...]:
        """Return the roots of all parts of these kinds, each part once."""
        kinds = tuple(kind.lower() for kind in kinds)
        names = dict.fromkeys(name for kind, name in self.relations.values() if kind in kinds)
        roots = (self._root(name) for name in names)
        return tuple(root for root in roots if root is not None)

    def by_id(self, relation: str) -> Element | None:
        """Return the root of the part that a relation of the main part names."""
        found = self.relations.get(relation)
        return None if found is None else self._root(found[1])

    @cached_property
    def properties(self) -> Element | None:
        """The root of the part with author, title and identifier."""
        root = self._root("_rels/.rels")
        targets = {} if root is None else _targets(root, "")
        names = (name for kind, name in targets.values() if kind == "core-properties")
        return self._root(next(names, ""))

    def _root(self, name: str) -> Element | None:
        if name not in self._roots and name in self.texts:
            self._roots[name] = _parse(self.texts[name], self.file)
        return self._roots.get(name)


def open_package(data: bytes, file: Path) -> Package:
    """Open a Word file; raises ContentError where it is damaged, hostile or no .docx at all."""
    _refuse_other_kinds(data, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise refused(file, "có mật khẩu — mở tệp, bỏ mật khẩu rồi lưu lại")
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise refused(file, "giải nén ra quá lớn — có thể là tệp độc hại, không mở")
            named = {_part_name(info.filename): info for info in infos}
            types = _content_types(named, package, file)
            texts = {
                name: _unpacked(package, info, file)
                for name, info in named.items()
                if name.endswith((".xml", ".rels")) or _type_of(name, types).endswith("xml")
            }
    except DAMAGE as error:
        raise refused(file, "bị hỏng hoặc thiếu phần cuối — chép lại từ bản gốc") from error
    return Package(file, texts, _main_part(texts, types, file))


def refused(file: Path, reason: str) -> ContentError:
    """Return the error of a file that cannot be read as a Word file."""
    return ContentError([Problem(Place(file), "", f"tệp {reason}")])


def _refuse_other_kinds(data: bytes, file: Path) -> None:
    if not data.strip():
        raise refused(file, "rỗng — chép lại từ bản gốc")
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refused(file, "có mật khẩu — mở bằng Word, bỏ mật khẩu rồi lưu lại")
        raise refused(file, "là định dạng .doc cũ — mở bằng Word, lưu lại thành .docx")
    for start, kind in KINDS:
        if data.lstrip().startswith(start):
            raise refused(file, f"{kind}, không phải .docx")


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, file: Path) -> bytes:
    """Return a part; its stated size may lie, so no more than the limit is unpacked."""
    with package.open(info) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise refused(file, "giải nén ra quá lớn — có thể là tệp độc hại, không mở")
    return data


def _part_name(name: str) -> str:
    """Return the name of a part as relations are compared with it: small letters, no "/" before.

    Some programs write "\\" between folders.
    """
    return posixpath.normpath(unquote(name).replace("\\", "/").lower()).lstrip("/")


def _content_types(
    named: Mapping[str, zipfile.ZipInfo], package: zipfile.ZipFile, file: Path
) -> dict[str, str]:
    """Return the content types by names of parts and by ".extension"."""
    info = named.get("[content_types].xml")
    if info is None:
        return {}
    types: dict[str, str] = {}
    for element in _parse(_unpacked(package, info, file), file):
        kind = element.get("ContentType", "").lower()
        if element.get("PartName") is not None:
            types[_part_name(element.get("PartName"))] = kind
        elif element.get("Extension") is not None:
            types[f".{element.get('Extension').lower()}"] = kind
    return types


def _type_of(name: str, types: Mapping[str, str]) -> str:
    return types.get(name) or types.get(posixpath.splitext(name)[1], "")


def _main_part(texts: Mapping[str, bytes], types: Mapping[str, str], file: Path) -> str:
    root = _parse(texts["_rels/.rels"], file) if "_rels/.rels" in texts else None
    targets = {} if root is None else _targets(root, "")
    named = [name for kind, name in targets.values() if kind == "officedocument"]
    typed = [name for name, kind in types.items() if MAIN_TYPE.search(kind)]
    for name in (*named, *typed, "word/document.xml"):
        if name in texts and not OTHER_TYPE.search(_type_of(name, types)):
            return name
    raise refused(file, "không phải văn bản Word (.docx) — mở bằng Word, lưu lại thành .docx")


def _targets(root: Element, folder: str) -> dict[str, tuple[str, str]]:
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rsplit("/", 1)[-1].lower(),
            _part_name(posixpath.join("/", folder, relation.get("Target", ""))),
        )
        for relation in root.iter(f"{{{RELATIONS}}}Relationship")
        if relation.get("TargetMode") != "External"
    }


def _parse(data: bytes, file: Path) -> Element:
    """Parse one part; deep nesting is refused by the parser itself."""
    if STRICT in data:
        for strict, usual in TRANSITIONAL.items():
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(
            file, "bị hỏng bên trong — mở bằng Word, lưu lại hoặc chép bản khác"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise refused(file, "có khai báo DTD mà Word không bao giờ ghi — không mở")
    return root
