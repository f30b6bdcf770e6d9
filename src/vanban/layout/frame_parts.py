"""The package of the Word frame: its parts tried one by one before anything is read from them.

What is damaged is told by the name of the part and, in the styles, of the style.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from vanban.errors import Place, Problem, TemplateError
from vanban.io.process import PROCESS
from vanban.ooxml.markup import Element, attribute, local_name, w
from vanban.ooxml.package import Package, UnreadableOffice

BODY, STYLES = "word/document.xml", "word/styles.xml"
NEEDED = ("[Content_Types].xml", "_rels/.rels", BODY, STYLES, "word/_rels/document.xml.rels")
RESTORE = "lấy lại bản gốc của khung, hoặc mở và lưu lại bằng Word"

UTF_8 = ("UTF-8", "utf-8", "ASCII", "US-ASCII", None)
"""Encodings of a part that docxtpl can fill."""

_NUMBER = re.compile(r"-?\d{1,5}")
LARGEST = 31_680
"""Twentieths of a point: 22 inches, Word's own bound of a page."""

NUMBERS: Mapping[str, tuple[str, ...]] = {
    w(name): attributes
    for names, attributes in (
        ("sz outlineLvl", ("val",)),
        ("spacing", ("line", "before", "after", "val")),
        ("ind", ("left", "right", "firstLine", "hanging")),
        ("pgSz", ("w", "h")),
        ("pgMar", ("top", "right", "bottom", "left", "header", "footer")),
        ("gridCol", ("w",)),
        ("top right bottom left insideH", ("w", "sz", "space")),
    )
    for name in names.split()
}
"""Attributes of elements that hold a whole number."""


def read_parts(path: Path, data: bytes) -> dict[str, Element]:
    """Return the XML parts of the package by name.

    Raises TemplateError that names every part that is missing, damaged, no XML or holds words
    where a number belongs.
    """
    try:
        package = Package(data)
    except UnreadableOffice as error:
        message = f"không đọc được khung Word ({error}) — {RESTORE}"
        raise TemplateError.at(path, message) from error
    missing = [name for name in NEEDED if name not in package.names]
    problems = [(name, "thiếu phần này, không đọc được khung Word") for name in missing]
    parts: dict[str, Element] = {}
    for name in package.names:
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            root = package.root(name)
        except UnreadableOffice:
            root = None
        if root is None or etree.DocInfo(root.getroottree()).encoding not in UTF_8:
            problems.append((name, "phần này hỏng, không đọc được khung Word"))
        else:
            parts[name] = root
            problems += ((name, fault) for fault in _wrong_numbers(root))
    if problems:
        raise TemplateError(
            [Problem(Place(path), name, f"{fault} — {RESTORE}") for name, fault in problems]
        )
    return parts


def _wrong_numbers(root: Element) -> Iterator[str]:
    for element in root.iter(*NUMBERS):
        for name in NUMBERS[element.tag]:
            stated = attribute(element, name)
            if stated is None or (_NUMBER.fullmatch(stated) and abs(int(stated)) <= LARGEST):
                continue
            style = next(element.iterancestors(w("style")), None)
            where = "" if style is None else f"kiểu chữ “{attribute(style, 'styleId')}”: "
            tag = local_name(element)
            yield f"{where}w:{tag} có w:{name}=“{stated[:20]}”, cần một số hợp lệ"


FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    SyntaxError,
    UserWarning,  # two parts of one name
    zipfile.BadZipFile,
    etree.LxmlError,
)
"""What python-docx and docxtpl raise for a frame whose parts do not fit together."""


@contextmanager
def frame_errors(path: Path) -> Iterator[None]:
    """Tell as TemplateError what the frame alone makes impossible."""
    from docx.opc.exceptions import OpcError
    from jinja2 import TemplateError as JinjaError

    try:
        with PROCESS, warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            yield
    except JinjaError as error:
        message = f"chỗ điền {{{{ … }}}} của khung bị sai ({error}) — {RESTORE}"
        raise TemplateError.at(path, message) from error
    except (*FAULTS, OpcError) as error:
        message = f"các phần của khung không khớp nhau ({error}) — {RESTORE}"
        raise TemplateError.at(path, message) from error
