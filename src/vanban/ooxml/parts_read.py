"""Which parts of a Word file were read, and which were not: told with every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vanban.ooxml.markup import Element, is_shown, local_name

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
PICTURE = "ảnh"
_OBJECT = "đối tượng nhúng"

UNREAD: Mapping[str, str] = {
    "altChunk": ALT_CHUNK,
    "subDoc": SUBDOCUMENT,
    "object": _OBJECT,
    "control": _OBJECT,
    "pic": PICTURE,
    "imagedata": PICTURE,
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
    names = [f"{{*}}{name}" for name in UNREAD]
    found = (element for root in roots for element in root.iter(*names) if is_shown(element))
    kinds = (UNREAD[local_name(each)] for each in found if not _is_preview(each))
    return Counter(kinds)


def _is_preview(element: Element) -> bool:
    """Say whether this is a picture that only shows an embedded object."""
    is_picture = UNREAD[local_name(element)] == PICTURE
    return is_picture and next(element.iterancestors("{*}object"), None) is not None


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
