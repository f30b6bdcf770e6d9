"""The package of the Word frame: its parts tried one by one before anything is read from them.

What is damaged is told by the name of the part and, in the styles, of the style.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from vanban.errors import Place, Problem, TemplateError
from vanban.ooxml.markup import W

BODY, STYLES = "word/document.xml", "word/styles.xml"
NEEDED = ("[Content_Types].xml", "_rels/.rels", BODY, STYLES, "word/_rels/document.xml.rels")
RESTORE = "lấy lại bản gốc của khung, hoặc mở và lưu lại bằng Word"

MOST_BYTES = 50_000_000
"""Of all parts unpacked; the frame of the project has 60,000."""

LARGEST = 31_680
"""Twentieths of a point: 22 inches, Word's own bound of a page."""

LENGTHS = ("w", "h", "top", "right", "bottom", "left", "header", "footer")
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "sz": ("val",),
    "outlineLvl": ("val",),
    "spacing": ("line", "before", "after", "val"),
    "ind": ("left", "right", "firstLine", "hanging"),
    "pgSz": ("w", "h"),
    "pgMar": ("top", "right", "bottom", "left", "header", "footer"),
    "gridCol": ("w",),
    **{side: ("w", "sz", "space") for side in ("top", "right", "bottom", "left", "insideH")},
}
"""Attributes of elements that hold a whole number."""


def read_parts(path: Path, data: bytes) -> dict[str, Any]:
    """Return the XML parts of the package by name, as lxml elements.

    Raises TemplateError that names every part that is missing, damaged, no XML or holds words
    where a number belongs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            size = sum(info.file_size for info in package.infolist())
            if size > MOST_BYTES:
                raise TemplateError([_problem(path, "", f"khung quá lớn ({size} byte)")])
            contents = {name: _content(package, name) for name in names if _is_xml(name)}
    except (zipfile.BadZipFile, ValueError) as error:
        message = f"không đọc được khung Word ({error}) — {RESTORE}"
        raise TemplateError([Problem(Place(path), "", message)]) from error
    problems = [
        _problem(path, name, "thiếu phần này, không đọc được khung Word")
        for name in NEEDED
        if name not in names
    ]
    parts: dict[str, Any] = {}
    for name, content in contents.items():
        try:
            parts[name] = etree.fromstring(content, _parser()) if content is not None else None
        except etree.XMLSyntaxError:
            parts[name] = None
        if parts[name] is None:
            problems.append(_problem(path, name, "phần này hỏng, không đọc được khung Word"))
        else:
            problems += [_problem(path, name, fault) for fault in _wrong_numbers(parts[name])]
    if problems:
        raise TemplateError(problems)
    return parts


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _content(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of a part, None where they cannot be unpacked or are no UTF-8."""
    try:
        content = package.read(name)
        content.decode()
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        return None
    return content


def _wrong_numbers(root: Any) -> Iterator[str]:
    for element in root.iter(f"{{{W}}}*"):
        tag = etree.QName(element).localname
        for attribute in NUMBERS.get(tag, ()):
            value = element.get(f"{{{W}}}{attribute}")
            if value is None or (re.fullmatch(r"-?\d{1,5}", value) and abs(int(value)) <= LARGEST):
                continue
            yield f"{_style(element)}w:{tag} có w:{attribute}=“{value[:20]}”, cần một số hợp lệ"


def _style(element: Any) -> str:
    for above in element.iterancestors(f"{{{W}}}style"):
        return f"kiểu chữ “{above.get(f'{{{W}}}styleId')}”: "
    return ""


def _problem(path: Path, name: str, fault: str) -> Problem:
    return Problem(Place(path), name, f"{fault} — {RESTORE}")


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


def told(path: Path, use: Callable[[], bytes]) -> bytes:
    """Return what ``use`` makes of the frame alone; raises TemplateError where it cannot."""
    from docx.opc.exceptions import OpcError
    from jinja2 import TemplateError as JinjaError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            return use()
    except JinjaError as error:
        message = f"chỗ điền {{{{ … }}}} của khung bị sai ({error}) — {RESTORE}"
        raise TemplateError([Problem(Place(path), "", message)]) from error
    except (*FAULTS, OpcError) as error:
        message = f"các phần của khung không khớp nhau ({error}) — {RESTORE}"
        raise TemplateError([Problem(Place(path), "", message)]) from error
