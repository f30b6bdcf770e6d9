"""Rules about headings and numbers of the content, its end and what should not be left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vanban.checks.finding import Standing
from vanban.checks.form.body import BodyKind, BodyParagraph
from vanban.checks.form.judge_body import part_of
from vanban.checks.form.measure_appearance import written
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, quoted, unknown
from vanban.nd30.components import BY_ID, DECREE
from vanban.nd30.numbering import letter, roman

CLAUSE = BY_ID["dieu"].full_clause
MAX_NUMBER = 60
"""Further numbers are written out by no document."""

_ROMANS = {roman(number): number for number in range(1, MAX_NUMBER)}
_LETTERS = {letter(number): number for number in range(1, MAX_NUMBER)}
_FOREIGN = frozenset("fjwz")
_END = "./."


@form_rule(
    id="hinh-thuc/can-cu-dau-cau",
    title="Mỗi căn cứ một dòng, cuối dòng “;”, dòng cuối “.”",
    standing=Standing.LAW,
    clause=BY_ID["can-cu"].full_clause,
    component="can-cu",
    fails="Căn cứ Luật Tổ chức chính quyền địa phương, / Căn cứ Nghị định số …",
    passes="Căn cứ Luật Tổ chức chính quyền địa phương; / Căn cứ Nghị định số ….",
)
def legal_bases(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("can-cu")
    allowed = "mỗi căn cứ một dòng, kết thúc bằng “;”, dòng cuối bằng “.”"
    if not parts:
        yield absent("dấu câu", allowed)
        return
    wrong = tuple(
        part
        for part in parts
        if not part.text.rstrip().endswith("." if part is parts[-1] else ";")
        or re.search(r";\s*Căn cứ\b", part.text)
    )
    yield Judgement(
        "dấu câu",
        not wrong,
        quoted(wrong) or "đúng mẫu",
        allowed,
        wrong,
        "sửa dấu cuối dòng của các căn cứ",
    )


@form_rule(
    id="hinh-thuc/de-muc-cach-viet",
    title="Phần, Chương, Mục, Điều viết đúng mẫu",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="dieu",
    fails="PHẦN I; Điều 1: Phạm vi",
    passes="Phần I; Điều 1. Phạm vi",
)
def heading_words(form: Form) -> Iterator[Judgement]:
    allowed = "“Phần I”, “Chương II” in thường; “Điều 1.” có dấu chấm"
    kinds = (BodyKind.PART, BodyKind.SECTION, BodyKind.ARTICLE)
    items = [item for item in form.components.body if item.kind in kinds]
    if not items:
        yield absent("cách viết", allowed)
        return
    wrong = [item for item in items if not _well_written(item)]
    yield Judgement(
        "cách viết",
        not wrong,
        "; ".join(dict.fromkeys(item.number for item in wrong)) or "đúng mẫu",
        allowed,
        tuple(Part(item.paragraph, item.start, item.label) for item in wrong),
        "sửa chữ hoa, dấu câu của đề mục",
    )


def _well_written(item: BodyParagraph) -> bool:
    if item.kind is BodyKind.ARTICLE:
        return re.fullmatch(r"Điều \d+[a-zđ]?\.", item.number) is not None
    words = re.match(r"[^\W\d]+(?:\s+mục)?", item.number, re.IGNORECASE)
    return words is not None and words[0] in ("Phần", "Chương", "Mục", "Tiểu mục")


@form_rule(
    id="hinh-thuc/phan-chuong-tieu-de",
    title="Phần, Chương có tiêu đề ở dòng dưới",
    standing=Standing.LAW,
    clause=BY_ID["phan-chuong"].full_clause,
    component="tieu-de-phan-chuong",
    fails="Phần I. MỤC ĐÍCH trên một dòng",
    passes="Phần I, dòng dưới: MỤC ĐÍCH",
)
def part_titles(form: Form) -> Iterator[Judgement]:
    body = form.components.body
    wrong = []
    found = False
    for index, item in enumerate(body):
        if item.kind is not BodyKind.PART:
            continue
        found = True
        title = item.paragraph.text[item.label :]
        below = body[index + 1].kind if index + 1 < len(body) else None
        on_next_line = title.lstrip(" \t.:").startswith("\n")
        if not (on_next_line if title.strip() else below is BodyKind.PART_TITLE):
            wrong.append(item)
    if not found:
        yield absent("tiêu đề ở dòng dưới", "tiêu đề ở dòng dưới")
        return
    yield Judgement(
        "tiêu đề ở dòng dưới",
        not wrong,
        "cùng dòng hoặc thiếu tiêu đề" if wrong else "ở dòng dưới",
        "tiêu đề ở dòng dưới",
        tuple(part_of(item) for item in wrong),
        "xuống dòng sau “Phần …”, “Chương …” rồi ghi tiêu đề",
    )


@form_rule(
    id="hinh-thuc/khoan-tieu-de-dam",
    title="Khoản có tiêu đề thì số và tiêu đề in đậm",
    standing=Standing.LAW,
    clause=BY_ID["khoan"].full_clause,
    component="khoan",
    fails="“1. Phạm vi áp dụng” là tiêu đề nhưng không đậm",
    passes="“1. Phạm vi áp dụng” in đậm",
)
def clause_titles(form: Form) -> Iterator[Judgement]:
    """Take for titles what is followed by content of its own and is no sentence."""
    body = form.components.body
    titles = [
        item
        for item, below in pairwise(body)
        if item.kind is BodyKind.CLAUSE and item.title and below.kind is not BodyKind.CLAUSE
    ]
    if not titles:
        yield absent("kiểu chữ của tiêu đề", "đứng, đậm", "không có khoản nào có tiêu đề")
        return
    wrong = tuple(part_of(item) for item in titles if not _is_bold(item))
    yield Judgement(
        "kiểu chữ của tiêu đề",
        not wrong,
        f"không đậm ({len(wrong)} khoản)" if wrong else "đậm",
        "đậm",
        wrong,
        "in đậm số thứ tự và tiêu đề của khoản",
    )


@form_rule(
    id="hinh-thuc/de-muc-cung-kieu",
    title="Đề mục cùng cấp cùng kiểu chữ",
    standing=Standing.CONSISTENCY,
    clause=CLAUSE,
    component="diem",
    fails="1.1 và 1.2 in đậm, 1.3 không đậm",
    passes="1.1, 1.2 và 1.3 đều in đậm",
)
def sibling_titles(form: Form) -> Iterator[Judgement]:
    titles: dict[BodyKind, list[BodyParagraph]] = {}
    for item in form.components.body:
        if item.kind in (BodyKind.SUBCLAUSE, BodyKind.POINT) and item.title:
            titles.setdefault(item.kind, []).append(item)
    wrong: list[BodyParagraph] = []
    for items in titles.values():
        for depth in {item.number.count(".") for item in items}:
            level = [item for item in items if item.number.count(".") == depth]
            bold = [item for item in level if _is_bold(item)]
            if bold and len(bold) * 2 > len(level):
                wrong += [item for item in level if item not in bold]
    if not titles:
        yield absent("kiểu chữ đề mục cùng cấp", "như nhau")
        return
    yield Judgement(
        "kiểu chữ đề mục cùng cấp",
        not wrong,
        f"{len(wrong)} đề mục không đậm" if wrong else "như nhau",
        "như nhau",
        tuple(part_of(item) for item in wrong),
        "in đậm như các đề mục cùng cấp",
    )


def _is_bold(item: BodyParagraph) -> bool:
    return all(look.bold for look, _ in written(part_of(item)))


# --- sequences ----------------------------------------------------------------------------------


@form_rule(
    id="hinh-thuc/diem-thu-tu-chu-cai",
    title="Điểm xếp theo bảng chữ cái tiếng Việt",
    standing=Standing.LAW,
    clause=BY_ID["diem"].full_clause,
    component="diem",
    fails="a) b) c) d) e)",
    passes="a) b) c) d) đ) e)",
)
def points(form: Form) -> Iterator[Judgement]:
    allowed = "a, b, c, d, đ, e, g, h, i, k, l, m …"
    runs = _runs(form, BodyKind.POINT)
    if not any(runs):
        yield absent("thứ tự chữ cái", allowed)
        return
    wrong = []
    for run in runs:
        expected = 1
        for item in run:
            name = item.number.rstrip(")")
            place = _LETTERS.get(name)
            skips = place is not None and expected > 1 and place == expected + 1
            if (place is None and set(name) & _FOREIGN) or skips:
                wrong.append(item)
            expected = (place or expected) + 1
    yield Judgement(
        "thứ tự chữ cái",
        not wrong,
        "; ".join(item.number for item in wrong) or "đúng thứ tự",
        allowed,
        tuple(Part(item.paragraph, item.start, item.label) for item in wrong),
        "đánh lại: sau “d)” là “đ)”, sau “e)” là “g)”, không dùng f, j, w, z",
    )


@form_rule(
    id="hinh-thuc/so-thu-tu",
    title="Số thứ tự liên tục, không nhảy, không trùng",
    standing=Standing.CONSISTENCY,
    clause=CLAUSE,
    component="khoan",
    fails="1. 2. 4.",
    passes="1. 2. 3.",
)
def numbers(form: Form) -> Iterator[Judgement]:
    wrong: list[BodyParagraph] = []
    numbered = False
    for kind in (BodyKind.PART, BodyKind.ROMAN, BodyKind.ARTICLE, BodyKind.CLAUSE):
        for run in _runs(form, kind, restart=kind is not BodyKind.ARTICLE):
            numbered = numbered or bool(run)
            wrong += _jumps(run)
    if not numbered:
        yield absent("số thứ tự", "liên tục")
        return
    yield Judgement(
        "số thứ tự",
        not wrong,
        "; ".join(item.number for item in wrong) or "liên tục",
        "liên tục, không trùng",
        tuple(Part(item.paragraph, item.start, item.label) for item in wrong),
        "đánh lại số thứ tự",
    )


def _jumps(run: Sequence[BodyParagraph]) -> Iterator[BodyParagraph]:
    """Yield what does not follow the number before it; 1 begins a new list."""
    before: int | None = None
    for item in run:
        value = _value(item)
        if value is None:
            continue
        restarts = value == 1 and not item.title
        if before is not None and value != before + 1 and not restarts:
            yield item
        before = value


def _value(item: BodyParagraph) -> int | None:
    words = re.findall(r"\w+", item.number)
    if not words:
        return None
    word = words[-1]
    return int(word) if word.isascii() and word.isdigit() else _ROMANS.get(word.upper())


def _runs(form: Form, kind: BodyKind, restart: bool = True) -> list[list[BodyParagraph]]:
    """Return the numbered paragraphs of a kind; what stands higher begins a new run."""
    runs: list[list[BodyParagraph]] = [[]]
    for item in form.components.body:
        if item.kind is kind:
            runs[-1].append(item)
        elif restart and runs[-1] and 0 < item.level < runs[-1][0].level:
            runs.append([])
    return runs


# --- the end and leftovers ----------------------------------------------------------------------


@form_rule(
    id="hinh-thuc/ket-thuc",
    title="Nội dung kết thúc bằng “./.”",
    standing=Standing.SAMPLE,
    clause=f"{DECREE}, Phụ lục III (mọi mẫu)",
    component="noi-dung",
    fails="Đoạn cuối kết thúc bằng dấu chấm",
    passes="Đoạn cuối kết thúc bằng “./.”",
)
def end_sign(form: Form) -> Iterator[Judgement]:
    items = [item for item in form.components.body if item.kind is not BodyKind.CELL]
    if not items:
        yield absent("dấu kết thúc", f"“{_END}”")
        return
    ends = [item for item in items if item.paragraph.text.rstrip().endswith(_END)]
    if form.unread and not ends:
        yield unknown("dấu kết thúc", f"“{_END}”", form.unread)
        return
    early = tuple(part_of(item) for item in ends if item is not items[-1])
    fits = ends == items[-1:]
    measured = f"{len(ends)} chỗ" if len(ends) != 1 else "đoạn trước đoạn cuối"
    yield Judgement(
        "dấu kết thúc",
        fits,
        f"“{_END}” ở đoạn cuối" if fits else measured if ends else "không có",
        f"một lần “{_END}”, ở cuối đoạn cuối",
        () if fits else early or (part_of(items[-1]),),
        f"bỏ “{_END}” ở giữa văn bản" if early else f"kết thúc đoạn cuối bằng “{_END}”",
    )
