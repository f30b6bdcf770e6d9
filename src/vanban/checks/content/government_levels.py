"""Words of other levels of government in a document of a ward: copied from a department's text.

Guiding bodies are allowed: "hướng dẫn của các sở, ngành", "Sở Nội vụ", "các bộ, ngành trung ương",
"cấp tỉnh", "các tỉnh, thành phố".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile

from vanban.checks.data import expression
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Passage, Role, Writing

_PEOPLES_COMMITTEE = r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)"
_COMMUNE = re.compile(rf"\b{_PEOPLES_COMMITTEE} (phường|xã|đặc khu)\b")
_CITY = re.compile(rf"\b{_PEOPLES_COMMITTEE} (?:thành phố|tp)\b")
_PROVINCE = re.compile(rf"\b{_PEOPLES_COMMITTEE} tỉnh\b")
_OWN = re.compile(rf"^{_PEOPLES_COMMITTEE}\b")


_BEFORE_MERGER = expression("places", "before_merger")


@dataclass(frozen=True)
class Level:
    """``commune`` where a ward or commune issues; ``city`` where its superior is a city."""

    word: str
    """What the agency is called in running text; "cơ quan" where nobody can say."""
    commune: bool
    city: bool
    committee: bool
    """Whether the committee itself issues it, and not one of its units."""


@lru_cache(maxsize=16)
def level_of(writing: Writing) -> Level:
    """Return the level of the agency that issues a document."""
    workspace = writing.workspace
    text = "\n".join(" ".join(passage.lower.split()) for passage in writing.passages)
    name, province = text, ""
    if workspace is not None:
        name = f"{workspace.agency.name.lower()} "
        province = (workspace.agency.province or "").lower()
    city = (
        province.startswith("thành phố")
        if province
        else len(_CITY.findall(text)) > len(_PROVINCE.findall(text))
    )
    committee = name if workspace is not None else _signed(writing)
    commune = _COMMUNE.search(name)
    word = commune[1] if commune else "cơ quan"
    if workspace is not None:
        word = workspace.agency.common_noun
    return Level(word, commune is not None, city, _OWN.search(committee) is not None)


def _signed(writing: Writing) -> str:
    """Return the line of the signature that names the committee, "" where there is none."""
    lines = (passage.lower.strip() for passage in writing.passages)
    return next((line.removeprefix("tm. ") for line in lines if line.startswith("tm. ")), "")


def is_past(passage: Passage, start: int, end: int) -> bool:
    """Say whether the words are about the time before the mergers of 2025."""
    return _BEFORE_MERGER.search(passage.lower[max(0, start - 50) : end + 40]) is not None


TWO_TIERS = date(2025, 7, 1)
"""Since this day there is no district level (Luật Tổ chức chính quyền địa phương 2025)."""

MAX_NAME = 4
"""Syllables of a place name at most."""

CONTEXT = 6
"""Words before the wrong ones that a reader needs to recognise the place."""

_DEPARTMENTS = (
    r"nội vụ|tài chính|tư pháp|y tế|xây dựng|công thương|nông nghiệp|giáo dục|khoa học|văn hóa|"
    r"dân tộc|ngoại vụ|du lịch|quy hoạch|an toàn thực phẩm"
)
_TRADES = (
    r"y tế|giáo dục|nông nghiệp|công an|quân đội|quân sự|thuế|điện|bưu điện|ngân hàng|tư pháp|"
    r"nội vụ|tài chính|công thương|xây dựng|văn hóa|thanh tra|kiểm sát|tòa án|dọc|du lịch|nghề|"
    r"hàng|kinh tế|công nghiệp|dịch vụ|chuyên môn cấp trên|cấp trên|trung ương|thành phố|tỉnh"
)
_COMMITTEE = r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)"


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form.replace(" ", r"\s+") + r"(?!\w)")


DEPARTMENT_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        _pattern(
            r"\bdo sở(?: này)? (?:tiếp nhận|giải quyết|ban hành|quản lý|thực hiện|chủ trì|tổ chức|"
            r"phê duyệt|cung cấp|triển khai|tham mưu|xây dựng)(?! và phát triển)"
        ),
        "do {} …",
    ),
    (
        _pattern(
            rf"\b(?:của|thuộc|tại|trong|toàn) sở(?!,? (?:và )?(?:ban|ngành)| (?:{_DEPARTMENTS})\b|"
            r" (?:hữu|tại|chỉ huy|trường|thích))"
        ),
        "“của {}”, hoặc ghi đủ tên sở",
    ),
    (
        _pattern(
            rf"\b(?:phó giám đốc|giám đốc|lãnh đạo|chánh văn phòng|văn phòng) sở"
            rf"(?!,? (?:và )?(?:ban|ngành)| (?:{_DEPARTMENTS})\b)"
        ),
        "người đứng đầu, phòng, đơn vị của {}",
    ),
    (
        _pattern(
            rf"\b(?:của|toàn|trong|thuộc) ngành(?! (?:{_TRADES})\b|, (?:lĩnh vực|địa phương|cấp)|"
            r", đoàn thể| và địa phương)(?: quản lý| phụ trách| mình)?"
        ),
        "“của {0}”, “thuộc thẩm quyền quản lý của {0}”",
    ),
)
"""Words that only a department (sở) or its trade (ngành) says of itself, and what fits."""

PROVINCE_WORDS = _pattern(
    rf"\b(?:của|toàn|trên địa bàn|trong|phạm vi|do|{_COMMITTEE}|lãnh đạo|cho|với) tỉnh"
    r"(?!,? (?:và )?thành phố|,? (?:bạn|khác|lân cận))"
)

DISTRICT_WORDS = _pattern(
    r"\b(?:của|toàn|trên địa bàn|lãnh đạo|cấp|ban thường vụ)"
    r" (?:huyện(?! ủy)|quận|thị xã)|\bcấp huyện|\b(?:huyện|quận|thị) ủy"
)


@text_algorithm
def department_words(writing: Writing) -> Iterator[Hit]:
    level = level_of(writing)
    if not level.commune:
        return
    for passage in _prose(writing):
        for pattern, advice in DEPARTMENT_WORDS:
            for found in pattern.finditer(passage.lower):
                at = Stretch(passage, *_with_context(passage, found))
                yield Hit(
                    at,
                    f"“{_words(passage, found)}” là lời của sở, ngành, không phải của {level.word}",
                    f"viết lại: {advice.format(level.word)}",
                    matter=at.excerpt.casefold(),
                )


@text_algorithm
def province_words(writing: Writing) -> Iterator[Hit]:
    level = level_of(writing)
    if not (level.commune and level.city):
        return
    for passage in _prose(writing):
        for found in PROVINCE_WORDS.finditer(passage.lower):
            if _name_at(passage, found.end()) or is_past(passage, *found.span()):
                continue  # "tỉnh Quảng Ninh" is some province, not the superior
            yield Hit(
                Stretch(passage, *_with_context(passage, found)),
                f"“{_words(passage, found)}”: cấp trên trực tiếp của {level.word} là thành "
                "phố, không phải tỉnh",
                "sửa thành “thành phố”, hoặc bỏ nếu là lời chép từ văn bản của nơi khác",
            )


@text_algorithm
def district_words(writing: Writing) -> Iterator[Hit]:
    if writing.issued is not None and writing.issued < TWO_TIERS:
        return
    for passage in _prose(writing):
        for found in DISTRICT_WORDS.finditer(passage.lower):
            if is_past(passage, *found.span()):
                continue
            yield Hit(
                Stretch(passage, *_with_context(passage, found)),
                f"“{_words(passage, found)}”: từ ngày 01/7/2025 không còn cấp huyện",
                "sửa theo cơ quan đang làm nhiệm vụ đó; nếu nói về trước sắp xếp thì ghi rõ “cũ”, "
                "“trước đây”",
            )


def _prose(writing: Writing) -> Iterator[Passage]:
    """Yield what the agency says itself: sentences and headings, without legal bases."""
    roles = (PROSE | {Role.HEADING}) - {Role.BASIS}
    return (passage for passage in writing.passages if passage.role in roles)


def _name_at(passage: Passage, position: int) -> str:
    """Return the proper name that starts at ``position``, "" where the next word is no name."""
    words = [word for word in passage.words if word.start >= position]
    named = list(takewhile(lambda word: word.text[0].isupper(), words[:MAX_NAME]))
    if not named or passage.text[position : named[0].start].strip():
        return ""
    return passage.text[named[0].start : named[-1].end]


def _words(passage: Passage, found: re.Match[str]) -> str:
    return " ".join(passage.text[found.start() : found.end()].split())


def _with_context(passage: Passage, found: re.Match[str]) -> tuple[int, int]:
    """Return the stretch with some words before, within its clause, to be recognised by."""
    before = passage.text[: found.start()]
    clause = max(before.rfind(sign) for sign in ",;.:(") + 1
    words = [word for word in passage.words if clause <= word.start and word.end <= found.start()]
    return (words[-CONTEXT:][0].start if words else found.start()), found.end()
