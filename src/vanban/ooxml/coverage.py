"""Which parts of a Word file were read, and which were not: told with every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vanban.ooxml.markup import Element, local_name, shown

BODY = "thân văn bản"
HEADER = "đầu trang"
FOOTER = "chân trang"
FOOTNOTE = "cước chú"
ENDNOTE = "chú thích cuối"
BOX = "khung chữ"
COMMENT = "ghi chú bên lề (comment)"
HIDDEN = "chữ ẩn"
GLOSSARY = "kho đoạn mẫu (glossary)"
ALT_CHUNK = "nội dung chèn từ tệp khác (altChunk)"
SUBDOCUMENT = "văn bản con"
_OBJECT = "đối tượng nhúng"

UNREAD: Mapping[str, str] = {
    "altChunk": ALT_CHUNK,
    "subDoc": SUBDOCUMENT,
    "object": _OBJECT,
    "control": _OBJECT,
    "pic": "ảnh",
    "imagedata": "ảnh",
    "chart": "biểu đồ",
    "relIds": "sơ đồ (SmartArt)",
    "oMath": "công thức",
    "textpath": "chữ nghệ thuật (WordArt)",
}
"""Elements that hold what is not read, by their local names."""

HOLD_TEXT = (ALT_CHUNK, SUBDOCUMENT)
"""What may hold any component of the document: without it nobody can say that one is missing."""


def unread_parts(roots: Iterable[Element]) -> Counter[str]:
    """Count in these parts what is not read."""
    found: Counter[str] = Counter()
    for root in roots:
        for element in shown(root):
            kind = UNREAD.get(local_name(element))
            if kind is None or (kind == "ảnh" and _is_preview(element)):
                continue
            found[kind] += 1
    return found


def _is_preview(picture: Element) -> bool:
    """Say whether a picture only shows an embedded object."""
    return next(picture.iterancestors("{*}object"), None) is not None


def coverage_text(read: Mapping[str, int], unread: Mapping[str, int]) -> str:
    """Return "đã đọc thân văn bản, cước chú (2); không đọc ảnh (1)"."""
    text = f"đã đọc {_list(read)}"
    return f"{text}; không đọc {_list(unread)}" if any(unread.values()) else text


def _list(parts: Mapping[str, int]) -> str:
    """Name the parts; how many of them where it is more than the one there can be."""
    single = (BODY, HEADER, FOOTER, GLOSSARY)
    return ", ".join(
        name if name in single else f"{name} ({count})" for name, count in parts.items() if count
    )
