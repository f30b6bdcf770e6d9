"""Capitals of administrative units by Annex II of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Passage, Writing

_PLACE = re.compile(r"(?<=[\w,;] )(Thành phố|Tỉnh|Xã|Huyện|Quận|Thị xã)\s+([^\W\d_]\w+)")
_PLACE_ALONE = re.compile(r"(?<=[\w,;] )(Thành phố|Tỉnh|Phường|Xã)(?:\s*[,;.)]|\s+(\w)|\s*$)")
_NUMBERED = re.compile(
    r"(?<!các )(?<!mỗi )(?<!\w)(phường|quận)\s+(\d{1,2})"
    r"(?=\s*(?:[,;.)]|$)|\s+(?:thành phố|tỉnh|quận))"
)


@text_algorithm
def common_noun_of_places(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE:
            continue
        for found in _PLACE.finditer(passage.text):
            after = passage.text[found.start() : found.start() + 24]
            if after.startswith("Thành phố Hồ Chí Minh") or not found[2].istitle():
                continue
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}”: “{found[1]}” là danh từ chung, không viết hoa",
                f"viết “{found[1].lower()} {found[2]}”",
            )


@text_algorithm
def common_noun_alone(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE:
            continue
        for found in _PLACE_ALONE.finditer(passage.text):
            if found[2] and not found[2].islower():
                continue
            before = passage.text.rfind(" ", 0, found.start() - 1) + 1
            yield Hit(
                Stretch(passage, before, found.end(1)),
                f"“{found[1]}” đứng một mình là danh từ chung",
                f"viết “{found[1].lower()}”",
                matter=found[1],
            )


@text_algorithm
def own_name(writing: Writing) -> Iterator[Hit]:
    if writing.workspace is None:
        return
    place = writing.workspace.agency.place_name
    common, _, proper = place.partition(" ")
    if not proper or not common[0].isalpha():
        return
    pattern = re.compile(
        rf"(?<!\w)({re.escape(common)})\s+{re.escape(proper)}(?!\w)", re.IGNORECASE
    )
    forms: dict[bool, list[tuple[Passage, int, int]]] = {True: [], False: []}
    for passage in writing.passages:
        for found in pattern.finditer(passage.text):
            if not found[0].isupper():
                forms[found[0][0].isupper()].append((passage, *found.span()))
    if not forms[True] or not forms[False]:
        return
    for passage, start, end in (*forms[False], *forms[True]):
        yield Hit(
            Stretch(passage, start, end),
            f"tên đơn vị viết “{common.lower()} {proper}” ({len(forms[False])} chỗ) và "
            f"“{common.capitalize()} {proper}” ({len(forms[True])} chỗ)",
            "chọn một cách viết rồi dùng thống nhất",
            matter=place.lower(),
        )


@text_algorithm
def units_with_numbers(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _NUMBERED.finditer(passage.text):
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}”: đơn vị hành chính mang số viết hoa cả danh từ chung",
                f"viết “{found[1].capitalize()} {found[2]}”",
            )
