"""Names: one casing and one wording of each unit, agency, system and index.

A name is found by its words, whatever their casing and tone placement. The registers say how the
agency's own are spelled, names.txt how those of the whole country are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.language.data import lines_of
from vanban.checks.language.words import plain
from vanban.checks.rules import text_rule
from vanban.checks.writing import Passage, Writing

CAPITALS = "Nghị định số 30/2020/NĐ-CP, Phụ lục II"
_BETWEEN = re.compile(r"[\s,–-]*")
_SYLLABLE = re.compile(r"[^\W_]+")

COMPARED = (
    "PAR INDEX",
    "Ban Chỉ đạo",
    "Bộ phận Tiếp nhận và Trả kết quả",
    "Bộ phận Một cửa",
    "Chỉ số cải cách hành chính",
    "Chỉ số hài lòng đối với sự phục vụ hành chính",
    "Chỉ số hiệu quả quản trị hành chính công",
    "Quy chế dân chủ",
)
"""Names that nobody registered but that one document should spell in one way."""


@dataclass(frozen=True)
class Found:
    """A name in a passage: ``words`` are its words there, as typed."""

    at: Stretch
    name: str
    words: tuple[str, ...]


class Names:
    """Names by their first word, the longest first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in sorted(set(names), key=lambda name: -len(name)):
            keys = tuple(plain(word) for word in _SYLLABLE.findall(name))
            if len(keys) > 1:
                self._by_first.setdefault(keys[0], []).append((keys, name))

    def find(self, passage: Passage) -> Iterator[Found]:
        """Yield the names of a passage in order; of those that start at a word, the longest."""
        words = passage.words
        keys = [plain(word.text) for word in words]
        position = 0
        while position < len(words):
            taken = 1
            for wanted, name in self._by_first.get(keys[position], ()):
                end = position + len(wanted)
                if tuple(keys[position:end]) == wanted and all(
                    _BETWEEN.fullmatch(passage.text, one.end, two.start)
                    for one, two in zip(
                        words[position:end], words[position + 1 : end], strict=False
                    )
                ):
                    at = Stretch(passage, words[position].start, words[end - 1].end)
                    yield Found(at, name, tuple(word.text for word in words[position:end]))
                    taken = len(wanted)
                    break
            position += taken


def _spelled(name: str) -> tuple[str, ...]:
    return tuple(_SYLLABLE.findall(name))


def _casing(words: Iterable[str]) -> str:
    """Return the words with their casing but without tones, which other rules look at."""
    return " ".join(
        "".join(
            sign.upper() if letter.isupper() else sign
            for sign, letter in zip(plain(word), word, strict=False)
        )
        for word in words
    )


@cache
def national_names() -> tuple[str, ...]:
    return lines_of("names.txt")


def registered_names(writing: Writing) -> tuple[str, ...]:
    """Return the names that the agency's registers spell; groups of units are no names."""
    workspace = writing.workspace
    if workspace is None:
        return ()
    agency = workspace.agency
    names = [
        agency.name,
        agency.short_name,
        *(unit.name for unit in agency.units),
        *(recipient.name for recipient in agency.recipients),
        *(item.text for item in workspace.review.names),
    ]
    return tuple(name for name in names if name[0].isupper() and name.split()[0].lower() != "các")


@text_rule(
    id="viet-hoa/ten-da-khai",
    title="Tên viết hoa khác tên đã khai",
    standing=Standing.DATA,
    clause=f"Sổ đơn vị (co-quan.yaml, soat-loi.yaml); {CAPITALS}",
    fails="- Gửi về phòng Văn hóa - Xã hội; Trung tâm phục vụ Hành chính công.",
    passes="- Gửi về Phòng Văn hóa - Xã hội; TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG.",
)
def registered_casing(writing: Writing) -> Iterator[Hit]:
    return _unlike(writing, registered_names(writing), ())


@text_rule(
    id="viet-hoa/ten-co-quan",
    title="Tên cơ quan, hệ thống viết hoa chưa đúng",
    standing=Standing.LAW,
    clause=f"{CAPITALS}, mục III",
    fails="Theo Uỷ ban Nhân dân thành phố và sở Nội vụ.",
    passes="Theo Ủy ban nhân dân thành phố và Sở Nội vụ.",
)
def national_casing(writing: Writing) -> Iterator[Hit]:
    return _unlike(writing, national_names(), registered_names(writing))


def _unlike(writing: Writing, spelled: Iterable[str], others: Iterable[str]) -> Iterator[Hit]:
    """Yield the names of ``spelled`` that are typed in another casing.

    A longer name of ``others`` goes first, and so does the same name: it is told there.
    """
    others = tuple(others)
    known = {tuple(map(plain, _spelled(name))) for name in others}
    wanted = {name for name in spelled if tuple(map(plain, _spelled(name))) not in known}
    names = Names((*wanted, *others))
    for passage in writing.passages:
        if passage.text.isupper():
            continue
        for found in names.find(passage):
            official = _spelled(found.name)
            if found.name not in wanted or found.at.excerpt.isupper():
                continue
            if _casing(found.words) == _casing(official):
                continue
            right = _recased(found, official)
            yield Hit(
                found.at,
                f"“{found.at.excerpt}” viết hoa khác tên đúng",
                f"viết “{right}”",
                replacement=right,
            )


def _recased(found: Found, official: tuple[str, ...]) -> str:
    """Return the text of the name with the casing of ``official``; what stands between stays."""
    text = found.at.excerpt
    pieces, position = [], 0
    for typed, right in zip(found.words, official, strict=True):
        start = text.index(typed, position)
        pieces.append(text[position:start])
        same = plain(typed) == plain(right) and len(typed) == len(right)
        recased = (
            "".join(
                sign.upper() if like.isupper() else sign.lower()
                for sign, like in zip(typed, right, strict=True)
            )
            if same
            else right
        )
        pieces.append(recased)
        position = start + len(typed)
    return "".join(pieces)


@text_rule(
    id="viet-hoa/khong-thong-nhat",
    title="Một tên viết hoa nhiều cách",
    standing=Standing.CONSISTENCY,
    clause="Một cách viết trong một văn bản",
    fails="Chỉ số PAR INDEX của phường tăng.\nDuy trì chỉ số PAR Index.\nPAR INDEX là chỉ số.",
    passes="Chỉ số PAR INDEX của phường tăng.\nDuy trì chỉ số PAR INDEX.",
)
def several_casings(writing: Writing) -> Iterator[Hit]:
    names = Names(COMPARED)
    forms: dict[str, dict[str, list[Found]]] = {}
    for passage in writing.passages:
        if passage.text.isupper():
            continue
        for found in names.find(passage):
            form = _casing(found.words)
            form = form[0].lower() + form[1:] if form[1:2].islower() else form
            forms.setdefault(found.name, {}).setdefault(form, []).append(found)
    for name, kinds in forms.items():
        own = {
            form: [each for each in places if not _quoted(each)] for form, places in kinds.items()
        }
        if len(kinds) < 2:
            continue
        usual = max(own, key=lambda form: len(own[form]))
        shown = ", ".join(
            f"“{places[0].at.excerpt}” ({len(places)} chỗ)" for places in kinds.values()
        )
        for form, places in own.items():
            for found in places if form != usual else ():
                yield Hit(
                    found.at,
                    f"cùng một tên viết nhiều cách: {shown}",
                    "chọn một cách viết cho cả văn bản",
                    matter=found.name,
                )
        others_quoted = all(not places for form, places in own.items() if form != usual)
        if name.isupper() and others_quoted and own[usual]:
            found = own[usual][0]  # the others stand in titles of cited documents
            yield Hit(
                found.at,
                f"cùng một tên viết nhiều cách: {shown}",
                "chỗ khác nằm trong trích yếu của văn bản viện dẫn; xem có cần viết như vậy không",
                matter=found.name,
            )


def _quoted(found: Found) -> bool:
    return found.at.passage.is_quoted(found.at.start, found.at.end)


@cache
def _groups() -> tuple[tuple[bool, tuple[str, ...]], ...]:
    groups = []
    for line in lines_of("name_groups.txt"):
        names = tuple(name.strip() for name in line.removeprefix("=").split("|"))
        groups.append((line.startswith("="), names))
    return tuple(groups)


@text_rule(
    id="thuat-ngu/ten-khong-thong-nhat",
    title="Một tên gọi bằng nhiều lời khác nhau",
    standing=Standing.CONSISTENCY,
    clause="Một tên gọi trong một văn bản",
    fails="Dùng hệ thống quản lý văn bản điều hành.",
    passes="Dùng hệ thống quản lý văn bản và điều hành.",
)
def several_wordings(writing: Writing) -> Iterator[Hit]:
    by_name: Mapping[str, int] = {
        name: number for number, (_, names) in enumerate(_groups()) for name in names
    }
    found: dict[int, list[Found]] = {}
    finder = Names(by_name)
    for passage in writing.passages:
        for each in finder.find(passage):
            if not _quoted(each):
                found.setdefault(by_name[each.name], []).append(each)
    for number, places in found.items():
        always, names = _groups()[number]
        counts = Counter(each.name for each in places)
        usual = names[0] if always or names[0] in counts else counts.most_common(1)[0][0]
        shown = "; ".join(f"“{name}” ({count} chỗ)" for name, count in counts.items())
        for each in places:
            if each.name == usual:
                continue
            yield Hit(
                each.at,
                f"“{each.at.excerpt}” không đúng tên"
                if always
                else f"cùng một tên gọi bằng nhiều lời: {shown}",
                f"viết “{usual}”" if always else "dùng một tên cho cả văn bản",
                matter=each.name,
            )
