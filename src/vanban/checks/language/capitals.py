"""Capitals by Annex II of Decree 30/2020/NĐ-CP, where the decree leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vanban.checks.finding import Hit, Standing, Stretch
from vanban.checks.language.names import national_names, registered_names
from vanban.checks.rules import text_rule
from vanban.checks.writing import PROSE, Passage, Writing
from vanban.nd30.document_types import ABBREVIATIONS

ANNEX = "Nghị định số 30/2020/NĐ-CP, Phụ lục II"

_AFTER_SEMICOLON = re.compile(r";\s+([^\W\d_]\w*(?:\s+[\w-]+){0,3})")
_SENTENCE = re.compile(r"(\w{2,}|\))\.\s+([^\W\d_]\w*(?:\s+\w+){0,2})")
_NOT_AN_END = frozenset({"tp", "tx", "tt", "st", "tr", "vd", "nxb", "ths", "gs", "pgs", "tw"})
_CLAUSE = re.compile(r"(?<=[\w,;(] )(Khoản|Điểm)\s+(?:\d+|[a-zđ])\b(?=\s|,|;)")
_ARTICLE = re.compile(
    r"(?<!\w)điều\s+\d+\s+(?:của\s+)?(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Nghị quyết)\b"
    r"|khoản\s+\d+\s+điều\s+\d+"
)
_PLACE = re.compile(r"(?<=[\w,;] )(Thành phố|Tỉnh|Xã|Huyện|Quận|Thị xã)\s+([^\W\d_]\w+)")
_PLACE_ALONE = re.compile(r"(?<=[\w,;] )(Thành phố|Tỉnh|Phường|Xã)(?:\s*[,;.)]|\s+(\w)|\s*$)")

COMMON_STARTS = frozenset(
    {
        *("chủ tịch", "phó chủ", "bí thư", "phó bí", "giám đốc", "trưởng phòng", "chánh văn"),
        *("ủy ban", "hội đồng", "văn phòng", "trung tâm", "thường trực", "ban thường", "nhà nước"),
        *("nhân dân", "đảng ủy", "đảng bộ", "chính phủ", "quốc hội", "thủ tướng", "mặt trận"),
        *("hệ thống", "cơ sở", "trang thông", "cổng dịch", "cổng thông", "chỉ số", "ban chỉ"),
        *("luật", "bộ luật", "hiến pháp", "nghị định", "thông tư", "công văn"),
    }
)
"""How names and titles begin that keep their capital anywhere in a sentence."""


@lru_cache(maxsize=8)
def _name_starts(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(name.lower().split()[:2]) for name in names)


def _is_name(words: str, writing: Writing) -> bool:
    """Say whether words begin as a name, a title or the type of a cited document does."""
    lower = words.lower().split()
    starts = {" ".join(lower[:count]) for count in (1, 2)}
    if starts & COMMON_STARTS or starts & _name_starts(registered_names(writing)):
        return True
    if starts & _name_starts(national_names()):
        return True
    second = words.split()[1:2]
    if second and second[0][0].isupper():
        return True  # Nguyễn Văn A, Hải Phòng
    types = {name.lower() for name in ABBREVIATIONS}
    return bool(starts & types) and ("số" in lower or "này" in lower)


@text_rule(
    id="viet-hoa/sau-cham-phay",
    title="Viết hoa sau dấu chấm phẩy",
    standing=Standing.LAW,
    clause=f"{ANNEX}, mục I (viết hoa vì phép đặt câu)",
    fails="- Kịp thời ban hành kế hoạch; Đẩy mạnh ứng dụng công nghệ thông tin.",
    passes="- Theo Luật; Ủy ban nhân dân phường; Quyết định số 12/QĐ-UBND; đẩy mạnh ứng dụng.",
)
def after_semicolon(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE:
            continue
        for found in _AFTER_SEMICOLON.finditer(passage.text):
            words = found[1]
            first = words.split()[0]
            if not first.istitle() or _is_name(words, writing):
                continue
            before = passage.text.rfind(" ", 0, max(found.start() - 1, 0)) + 1
            yield Hit(
                Stretch(passage, before, found.end(1)),
                f"“{words}” viết hoa sau dấu chấm phẩy",
                f"viết “{words[0].lower()}{words[1:]}”, hoặc kết thúc câu trước bằng dấu chấm",
            )


@text_rule(
    id="viet-hoa/dau-cau",
    title="Câu mới không viết hoa",
    standing=Standing.LAW,
    clause=f"{ANNEX}, mục I (viết hoa vì phép đặt câu)",
    fails="- Rà soát văn bản. kịp thời báo cáo.",
    passes="- Rà soát văn bản. Kịp thời báo cáo; tại TP. Hải Phòng.",
)
def sentence_start(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE:
            continue
        for found in _SENTENCE.finditer(passage.text):
            if not found[2][0].islower() or found[1].lower() in _NOT_AN_END or found[1].isdigit():
                continue
            yield Hit(
                Stretch(passage, found.start(), found.end()),
                f"sau dấu chấm, “{found[2]}” không viết hoa",
                f"viết “{found[2][0].upper()}{found[2][1:]}”, hoặc thay dấu chấm bằng dấu phẩy",
            )


@text_rule(
    id="viet-hoa/khoan-diem",
    title="Khoản, điểm viết hoa; Điều không viết hoa",
    standing=Standing.LAW,
    clause=f"{ANNEX}, mục V (viện dẫn phần, chương, mục, điều, khoản, điểm)",
    fails="- Theo quy định tại Khoản 2 Điều 5 Luật Tổ chức chính quyền địa phương.",
    passes="- Theo quy định tại điểm a khoản 2 Điều 5 Luật Tổ chức chính quyền địa phương.",
)
def clauses(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _CLAUSE.finditer(passage.text):
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}”: khoản, điểm không viết hoa",
                f"viết “{found[0][0].lower()}{found[0][1:]}”",
            )
        for found in _ARTICLE.finditer(passage.text):
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}”: Điều của một văn bản cụ thể viết hoa",
                f"viết “{found[0].replace('điều', 'Điều')}”",
            )


@text_rule(
    id="viet-hoa/dia-danh",
    title="Danh từ chung chỉ đơn vị hành chính viết hoa",
    standing=Standing.LAW,
    clause=f"{ANNEX}, mục III.1 (tên địa lý Việt Nam)",
    fails="- Theo hướng dẫn của Tỉnh Hải Dương và Thành phố Hải Phòng.",
    passes="- Tại Thành phố Hồ Chí Minh, thành phố Hải Phòng, Phường Điện Biên Phủ.",
)
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


@text_rule(
    id="viet-hoa/danh-tu-chung",
    title="Viết hoa “Thành phố”, “Tỉnh” đứng một mình",
    standing=Standing.CONSISTENCY,
    clause=f"{ANNEX}, mục III.1 (tên địa lý Việt Nam)",
    fails="- Duy trì các chỉ số đã thực hiện tốt tại Thành phố, phường xác định nhiệm vụ.",
    passes="- Duy trì các chỉ số đã thực hiện tốt tại thành phố, phường xác định nhiệm vụ.",
)
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


@text_rule(
    id="viet-hoa/ten-don-vi-hanh-chinh",
    title="Tên của đơn vị hành chính viết hai cách",
    standing=Standing.CONSISTENCY,
    clause=f"{ANNEX}, mục III.1.b (đơn vị mang tên người viết hoa cả danh từ chung); phường quyết "
    "định một cách",
    fails="Phường Trần Liễu, ngày 01 tháng 8 năm 2025.\nỦy ban nhân dân phường Trần Liễu.",
    passes="Ủy ban nhân dân phường Trần Liễu.\nĐảng ủy phường Trần Liễu.",
)
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
            "phường chọn một cách viết rồi dùng thống nhất",
            matter=place.lower(),
        )
