"""Reads what a tagged PDF says it holds: elements in reading order, their texts and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf, String


@dataclass
class Element:
    """An element of the structure tree, with what it holds in the order of reading.

    ``texts`` are its own, ``links`` what annotations say.
    """

    kind: str
    alt: str
    attributes: dict[str, object]
    content: list[str | Element] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [each for each in self.content if isinstance(each, str)]

    @property
    def children(self) -> list[Element]:
        return [each for each in self.content if isinstance(each, Element)]

    @property
    def read(self) -> str:
        """What is read aloud of it, breaks of lines apart."""
        parts = (each if isinstance(each, str) else each.read for each in self.content)
        return re.sub(r"[\s\u2060\u200b]", "", "".join(parts))

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def box(self) -> list[float]:
        """Where a figure stands, pt."""
        box = self.attributes["/BBox"]
        assert isinstance(box, list)
        return box

    def outline(self, depth: int = 0) -> Iterator[tuple[object, ...]]:
        """Yield what is the same whoever wrote it: breaks of lines leave no trace."""
        scope, columns = self.attributes.get("/Scope"), self.attributes.get("/ColSpan", 1)
        yield depth, self.kind, self.read, self.alt, scope, columns, tuple(self.links)
        for child in self.children:
            yield from child.outline(depth + 1)


def tag_tree(pdf: Pdf) -> Element:
    """Return the element that holds the whole document."""
    texts = {page.obj.objgen: _marked_texts(page) for page in pdf.pages}
    (whole,) = list(pdf.Root.StructTreeRoot.K)
    return _read(whole, texts, None)


def _read(node: Any, texts: dict[Any, dict[int, str]], page: Any) -> Element:
    page = node.get("/Pg", page)
    attributes = {key: _plain(value) for key, value in node.get("/A", Dictionary()).items()}
    element = Element(str(node.S)[1:], str(node.get("/Alt", "")), attributes)
    kids = node.get("/K", [])
    for kid in [kids] if isinstance(kids, Dictionary) else kids:
        if isinstance(kid, int):
            element.content.append(texts[page.objgen][kid])
        elif kid.get("/Type") == "/MCR":
            element.content.append(texts[kid.Pg.objgen][int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            words = kid.Obj.TU if kid.Obj.Subtype == "/Widget" else kid.Obj.Contents
            element.links.append(str(words))
        else:
            element.content.append(_read(kid, texts, page))
    return element


def _plain(value: Any) -> object:
    if isinstance(value, Array):
        return [float(each) for each in value]
    return int(value) if isinstance(value, int) else str(value)


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """Return what is written under each number of marked content of a page."""
    fonts = {name: _letters(font) for name, font in page.resources.Font.items()}
    found: dict[int, str] = {}
    current: list[int | None] = []
    letters: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                number = operands[1].get("/MCID") if isinstance(operands[1], Dictionary) else None
                current.append(None if number is None else int(number))
                if number is not None:
                    assert number not in found, "one number for two pieces of content"
                    found[int(number)] = ""
            case "BMC":
                current.append(None)
            case "EMC":
                current.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                assert current, "a text that no tag says anything about"
                if current[-1] is not None:
                    found[current[-1]] += "".join(_shown(operands[0], letters))
            case "f" | "f*" | "S" | "B" | "sh" | "Do":
                assert current, "something is drawn that no tag says anything about"
    assert not current
    return found


def _letters(font: Any) -> dict[int, str]:
    rows = re.findall(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", font.ToUnicode.read_bytes().decode())
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}


def _shown(operand: Any, letters: dict[int, str]) -> Iterator[str]:
    for part in operand if isinstance(operand, Array) else [operand]:
        if isinstance(part, String):
            data = bytes(part)
            for at in range(0, len(data), 2):
                yield letters[int.from_bytes(data[at : at + 2], "big")]
