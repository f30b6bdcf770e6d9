"""Bytes of an Office file ↔ its parts, found by relations and by what they are, not by names.

In: the bytes of a package (ISO/IEC 29500-2). Out: :class:`Package`, whose parts are unpacked and
parsed when they are asked for, so that damage elsewhere does no harm, and :meth:`Package.packed`,
the bytes of the changed copy. Sizes are bounded before anything is unpacked; entities and DTDs,
which Office never writes, are refused. python-docx is no help here: it raises KeyError and the like
for names in capitals or with backslashes, for Strict Open XML, and where any part is missing.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from vanban.errors import VanbanError
from vanban.ooxml.markup import OFFICE, RELATIONS, Element

MAX_PART = 60_000_000
"""Bytes of one part: a workbook of half a million filled cells or 5,000 pages of text have less."""
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

TYPES = "[Content_Types].xml"
SVG = "{http://www.w3.org/2000/svg}svg"

STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMES = tuple(
    (STRICT + kind + b"/", b"http://schemas.openxmlformats.org/" + kind + b"/2006/")
    for kind in (b"officeDocument", b"wordprocessingml", b"spreadsheetml", b"drawingml")
)
"""How names of "Strict Open XML" files begin, and those that every other file uses."""

_NAMES, _XML = (".xml", ".rels", ".vml"), ("+xml", "/xml")
"""How names and types of parts end that must be XML."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a compound file: a .doc or .xls, or a newer file of Office with a password."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamp of every part that is written: the earliest that a ZIP file can hold."""


class UnreadableOffice(VanbanError):
    """An office file that is damaged, hostile, or no office file at all; one line in Vietnamese."""


def has_password(data: bytes) -> bool:
    """Say whether this is a file of Office that opens with a password only."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


class Relation(Struct, frozen=True, eq=False):
    """One relation of the part ``source``: ``kind`` is the last word of its type.

    ``target`` is as written, ``part`` the name of the part that an inner target means.
    """

    element: Element
    source: str
    part: str

    @property
    def id(self) -> str:
        return self.element.get("Id", "")

    @property
    def kind(self) -> str:
        return self.element.get("Type", "").rsplit("/", 1)[-1]

    @property
    def target(self) -> str:
        return self.element.get("Target", "")

    @property
    def external(self) -> bool:
        """Whether it leads to an address or a path of a machine, whatever its mode claims."""
        leads_out = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}", self.target.strip())
        return self.element.get("TargetMode") == "External" or leads_out is not None

    def remove(self) -> None:
        parent = self.element.getparent()
        assert parent is not None
        parent.remove(self.element)


class Package:
    """The parts of an Office file; raises UnreadableOffice wherever it turns out to be damaged.

    ``roots`` are the XML parts by name and ``rest`` the bytes of the others, as far as they were
    asked for; both may be changed.
    """

    def __init__(self, data: bytes) -> None:
        self.roots: dict[str, Element] = {}
        self.rest: dict[str, bytes] = {}
        self._naming: dict[str, dict[str, list[Element]]] = {}
        with _damage_in_words():
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in self._archive.infolist() if not info.is_dir()]
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableOffice("tệp có mật khẩu — mở tệp, bỏ mật khẩu rồi lưu lại")
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise _too_large()
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}
        self._names = {_compared(name): name for name in self._infos}

    @property
    def names(self) -> Iterable[str]:
        return self._infos.keys()

    @property
    def size(self) -> int:
        """Bytes of all parts, as the file states them."""
        return sum(info.file_size for info in self._infos.values())

    def root(self, name: str) -> Element | None:
        """Return the tree of a part, None where there is no such part."""
        name = self._names.get(_compared(name), name)
        if name not in self.roots and name in self._infos:
            self.roots[name] = parse_part(self._unpacked(name))
        return self.roots.get(name)

    def read_all(self) -> Package:
        """Unpack and parse every part; what lies in a file by another name is XML as well."""
        for name in self._infos:
            if name in self.roots:
                continue
            data = self._unpacked(name)
            root = _tree_of(name, data, self.content_type(name))
            if root is not None:
                self.roots[name] = root
            else:
                self.rest[name] = data
        return self

    def _unpacked(self, name: str) -> bytes:
        """Return a part; its stated size may lie, so no more than the limit is unpacked."""
        with _damage_in_words(), self._archive.open(self._infos[name]) as stream:
            data = stream.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise _too_large()
        return data

    def relations(self, source: str | None = None) -> Iterator[Relation]:
        """Yield the relations of a part, or those of all trees; they may be removed meanwhile."""
        if source is None:
            names = [name for name in self.roots if name.endswith(".rels")]
        else:
            folder, file = posixpath.split(source)
            names = [posixpath.join(folder, "_rels", f"{file}.rels")]
        for name in names:
            root = self.root(name)
            folder, file = posixpath.split(name)
            folder = posixpath.dirname(folder)
            found = () if root is None else root.iter(f"{{{RELATIONS}}}Relationship")
            for element in list(found):
                target = posixpath.join("/", folder, element.get("Target", "").replace("\\", "/"))
                part = posixpath.normpath(target).lstrip("/")
                part = self._names.get(_compared(part), part)
                yield Relation(element, posixpath.join(folder, file.removesuffix(".rels")), part)

    def related(self, source: str, *kinds: str) -> Iterator[Element]:
        """Yield the roots of the parts that ``source`` relates to as these ``kinds``, each once."""
        wanted = {kind.lower() for kind in kinds}
        parts = (
            each.part
            for each in self.relations(source)
            if each.kind.lower() in wanted and not each.external
        )
        for part in dict.fromkeys(parts):
            root = self.root(part)
            if root is not None:
                yield root

    @cached_property
    def main(self) -> str:
        """The name of the part that the package calls its document, "" without one."""
        relations = self.relations("")
        mains = (each for each in relations if each.kind.lower() == "officedocument")
        return next((each.part for each in mains if not each.external), "")

    def content_type(self, name: str) -> str:
        """Return the content type of a part, "" where none is given."""
        ending = f".{name.rpartition('.')[2].lower()}"
        return self.types.get(_compared(name)) or self.types.get(ending, "")

    @cached_property
    def types(self) -> dict[str, str]:
        """The content types by names of parts and by their endings."""
        types = self.root(TYPES)
        found: dict[str, str] = {}
        for entry in types if types is not None else ():
            part, ending = entry.get("PartName"), entry.get("Extension", "?").lower()
            name = f".{ending}" if part is None else _compared(part)
            found.setdefault(name, entry.get("ContentType", ""))
        return found

    def elements_of(self, relation: Relation) -> list[Element]:
        """Return the elements that name a relation of their part, or did when first asked."""
        if relation.source not in self._naming:
            naming = self._naming.setdefault(relation.source, defaultdict(list))
            root = self.roots.get(relation.source)
            for element in root.iter() if root is not None else ():
                for name, stated in element.attrib.items():
                    if str(name).startswith(f"{{{OFFICE}}}"):
                        naming[str(stated)].append(element)
        return self._naming[relation.source][relation.id]

    def packed(self) -> bytes:
        """Return the bytes of what was read, as it now is; the same parts give the same bytes."""
        trees = (
            (name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
            for name, root in self.roots.items()
        )
        return _zipped((*trees, *self.rest.items()))


def rewrite(
    data: bytes,
    change: Callable[[str, bytes], bytes],
    order: Callable[[str], tuple[bool, str]] | None = None,
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return the package ``data`` with every part put through ``change`` (name, content).

    Parts keep their order, or stand in ``order``, behind them those that are ``added``; all carry
    :data:`EPOCH`.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        names = source.namelist()
        names = sorted(names, key=order) if order is not None else names
        changed = ((name, change(name, source.read(name))) for name in names)
        return _zipped((*changed, *added.items()))


def _zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@contextmanager
def _damage_in_words() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise UnreadableOffice("tệp bị hỏng hoặc thiếu phần cuối — chép lại từ bản gốc") from error


def _too_large() -> UnreadableOffice:
    return UnreadableOffice(
        "tệp giải nén ra quá lớn, có thể là tệp độc hại — không mở; tệp của mình thì lưu lại"
    )


def _compared(name: str) -> str:
    """Return the name of a part as names are compared."""
    return posixpath.normpath(unquote(name).replace("\\", "/").lower()).lstrip("/")


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
        if etree.DocInfo(root.getroottree()).internalDTD is not None:
            raise UnreadableOffice("tệp có khai báo DTD mà Office không bao giờ ghi — không mở")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = etree.tostring(root, encoding="UTF-8")
        if STRICT in data:
            for strict, usual in STRICT_NAMES:
                data = data.replace(strict, usual)
            root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableOffice(
            "tệp bị hỏng bên trong — mở bằng Word hoặc Excel rồi lưu lại, hoặc chép bản khác"
        ) from error
    return root
