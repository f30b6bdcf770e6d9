"""Bytes of any .docx → its parts as XML, or a ContentError of one line.

A file may come from anywhere: sizes are bounded before anything is unpacked, entities and DTDs are
refused (Office never writes them), and damage is told in words.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from vanban.errors import ContentError, Place, Problem
from vanban.render.frame import Element

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

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of the old binary format, which encrypted .docx files use as well."""


@dataclass(frozen=True, eq=False)
class Package:
    """The parts of a Word file that were asked for, parsed.

    ``texts`` maps the names of XML parts to their bytes; ``main`` is the name of the document.
    """

    file: Path
    texts: dict[str, bytes]
    main: str

    @cached_property
    def document(self) -> Element:
        """The root of the main part, which has a body."""
        root = _parse(self.texts[self.main], self.file)
        if root.find("{*}body") is None:
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
        for found, name in self.relations.values():
            if found == kind:
                return self._root(name)
        return None

    def by_id(self, relation: str) -> Element | None:
        """Return the root of the part that a relation of the main part names."""
        found = self.relations.get(relation)
        return None if found is None else self._root(found[1])

    @cached_property
    def properties(self) -> Element | None:
        """The root of docProps/core.xml."""
        return self._root("docProps/core.xml")

    @cached_property
    def has_comments(self) -> bool:
        root = self.related("comments")
        return root is not None and len(root) > 0

    def _root(self, name: str) -> Element | None:
        data = self.texts.get(name)
        return None if data is None else _parse(data, self.file)


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
            texts = {
                info.filename: _unpacked(package, info, file)
                for info in infos
                if info.filename.endswith((".xml", ".rels"))
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        OverflowError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        # Damage shows as any of these; a packing that Office never writes as the last two.
        raise refused(file, "bị hỏng hoặc thiếu phần cuối — chép lại từ bản gốc") from error
    return Package(file, texts, _main_part(texts, file))


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


def _main_part(texts: dict[str, bytes], file: Path) -> str:
    root = _parse(texts["_rels/.rels"], file) if "_rels/.rels" in texts else None
    targets = {} if root is None else _targets(root, "")
    names = [name for kind, name in targets.values() if kind == "officeDocument"]
    for name in (*names, "word/document.xml"):
        if name in texts and not name.startswith(("xl/", "ppt/")):
            return name
    raise refused(file, "không phải văn bản Word (.docx) — mở bằng Word, lưu lại thành .docx")


def _targets(root: Element, folder: str) -> dict[str, tuple[str, str]]:
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
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
