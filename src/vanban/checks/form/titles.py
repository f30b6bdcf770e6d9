"""The line that names the type of a document, as offices type it, and the marks of a draft."""

from __future__ import annotations

import re

from vanban.checks.form.parts import LEGAL_TYPES, TYPES, Part
from vanban.nd30.letters import fold

OTHER_TYPES = (
    *("Công văn", "Giấy phép", "Giấy xác nhận", "Giấy chứng nhận", "Phiếu trình", "Kết luận"),
    *("Thông báo kết luận", "Thư mời", "Thư công", "Nội quy", "Công bố"),
)
"""Types that offices use besides those of the decree; the symbol of none is prescribed."""

_KINDS = {**TYPES, **{fold(name): name for name in OTHER_TYPES}}
_SPACED = {name.replace(" ", ""): kind for name, kind in _KINDS.items()}
"""Types whose letters are set apart by blanks: "B Á O  C Á O"."""

_STARTS = sorted(_KINDS.keys() - {fold(name) for name in LEGAL_TYPES}, key=len, reverse=True)
"""What begins a title in capitals, the longest first; "LUẬT SƯ …" is no law."""

_DRAFT = re.compile(r"\(?\s*(bản\s+)?dự thảo\b[\s:]*", re.IGNORECASE)
_BRACKET = re.compile(r"\s*(\([^()]*\)\s*|[:.]\s*)$")
"""What may close the line: "TỜ TRÌNH (lần 2)"."""

LONGEST_DRAFT_MARK = 50
"""Letters of "(Dự thảo lần 2, trình ngày 05/3/2026)"; what is longer is a sentence."""


def read_type(part: Part) -> tuple[str, Part] | None:
    """Return the type that a line names, and the title without "DỰ THẢO" and closing brackets.

    "BÁO CÁO", "Báo cáo", "DỰ THẢO BÁO CÁO", "GIẤY MỜI HỌP", "KẾ HOẠCH PHỐI HỢP"; None for others.
    """
    draft = _DRAFT.match(part.text)
    start = part.start + (draft.end() if draft else 0)
    words = _BRACKET.sub("", part.paragraph.text[start : part.end])
    title = Part(part.paragraph, start, start + len(words))
    kind = _KINDS.get(title.folded)
    letters = title.folded.split()
    if kind is None and len(letters) > 4 and all(len(each) == 1 for each in letters):
        kind = _SPACED.get("".join(letters))
    if kind is None and title.upper:
        begin = next((name for name in _STARTS if title.folded.startswith(f"{name} ")), "")
        kind = _KINDS.get(begin)
    return None if kind is None else (kind, title)


def is_draft_mark(part: Part) -> bool:
    """Say whether a line only tells that this is a draft: "DỰ THẢO", "(Dự thảo lần 2)"."""
    short = len(part.text) <= LONGEST_DRAFT_MARK
    return short and _DRAFT.match(part.text) is not None and read_type(part) is None


def parted_title(kind: str, title: Part) -> tuple[Part, Part] | None:
    """Return type and abstract of a title on one line, None where it is the type alone."""
    pattern = r"\s*" + r"\s+".join(r"\S+" for _ in kind.split()) + r"(?=\s+\S)"
    found = re.match(pattern, title.text)
    if found is None or fold(found[0]) != fold(kind):
        return None
    middle = title.start + found.end()
    rest = title.text[found.end() :]
    behind = middle + len(rest) - len(rest.lstrip())
    return Part(title.paragraph, title.start, middle), Part(title.paragraph, behind, title.end)
