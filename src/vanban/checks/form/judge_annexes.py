"""Rules about annexes (Annex I, III.1): number, mention in the text, page numbers of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent
from vanban.nd30.components import BY_ID, DECREE
from vanban.nd30.letters import fold
from vanban.nd30.numbering import roman

CLAUSE = BY_ID["so-phu-luc"].full_clause
ALL = "PHU LUC *"


@form_rule(
    id="hinh-thuc/phu-luc-danh-so",
    title="“Phụ lục” viết thường, từ hai phụ lục đánh số La Mã",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="so-phu-luc",
    fails="PHỤ LỤC 1",
    passes="Phụ lục I",
)
def annex_numbers(form: Form) -> Iterator[Judgement]:
    annexes = form.components.annexes
    if not annexes:
        yield absent("cách viết", "Phụ lục I, Phụ lục II …")
        return
    several = len(annexes) > 1
    wrong = []
    for place, annex in enumerate(annexes, 1):
        text = annex.number.text.strip()
        names = {f"Phụ lục {roman(place)}"} if several else {"Phụ lục", "Phụ lục I"}
        if text not in names:
            wrong.append(annex.number)
    yield Judgement(
        "cách viết",
        not wrong,
        "; ".join(part.text.strip() for part in wrong)
        or "; ".join(annex.number.text.strip() for annex in annexes),
        "Phụ lục I, Phụ lục II … theo thứ tự" if several else "Phụ lục",
        tuple(wrong),
        "viết “Phụ lục” chữ thường, số La Mã theo thứ tự",
    )


@form_rule(
    id="hinh-thuc/phu-luc-chi-dan",
    title="Văn bản có chỉ dẫn về phụ lục",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="so-phu-luc",
    fails="Có Phụ lục II nhưng nội dung không nhắc đến",
    passes="Nội dung có “(chi tiết tại Phụ lục II)”",
)
def annexes_are_named(form: Form) -> Iterator[Judgement]:
    annexes = form.components.annexes
    if not annexes:
        yield absent("chỉ dẫn trong nội dung", "có")
        return
    text = fold(" ".join(item.paragraph.text for item in form.components.body))
    named = set(_named(text))
    wrong = []
    for place, annex in enumerate(annexes, 1):
        own = annex.number.folded.rstrip(".: ")
        if not ({own, f"PHU LUC {roman(place)}", ALL} & named):
            wrong.append(annex.number)
    yield Judgement(
        "chỉ dẫn trong nội dung",
        not wrong,
        "không nhắc " + "; ".join(part.text.strip() for part in wrong) if wrong else "có",
        "có",
        tuple(wrong),
        "thêm chỉ dẫn, như “(chi tiết tại Phụ lục I)”",
    )


def _named(text: str) -> Iterator[str]:
    """Yield the annexes that folded text names: "PHU LUC II", or ALL for all of them."""
    if re.search(r"\b(CAC|NHUNG|\d+) PHU LUC\b|PHU LUC KEM THEO|KEM THEO .{0,30}PHU LUC", text):
        yield ALL
    for found in re.finditer(r"PHU LUC((?:\s*(?:,|VA|DEN|-)?\s*(?:[IVX]+|\d+)\b)*)", text):
        if re.search(r"DEN|-", found[1]):
            yield ALL
        names = re.findall(r"[IVX]+\b|\d+", found[1].replace("VA", ","))
        yield from (f"PHU LUC {name}" for name in names)
        if not names:
            yield "PHU LUC"


@form_rule(
    id="hinh-thuc/phu-luc-so-trang",
    title="Số trang của từng phụ lục đánh riêng",
    standing=Standing.LAW,
    clause=f"{DECREE}, Phụ lục I, Mục III.1",
    component="so-phu-luc",
    fails="Trang phụ lục đánh số tiếp theo văn bản",
    passes="Mỗi phụ lục là một phần (section), số trang bắt đầu từ 1",
)
def annex_pages(form: Form) -> Iterator[Judgement]:
    annexes = form.components.annexes
    if not annexes:
        yield absent("đánh số trang", "riêng từng phụ lục, từ 1")
        return
    sections = form.word.sections
    wrong = []
    before = 0
    for annex in annexes:
        number = annex.number.paragraph.section
        own = number > before
        before = number
        section = sections[min(number, len(sections) - 1)]
        if not own or section.start != 1:
            wrong.append(annex.number)
    yield Judgement(
        "đánh số trang",
        not wrong,
        f"{len(wrong)} phụ lục đánh số tiếp" if wrong else "riêng từng phụ lục",
        "riêng từng phụ lục, từ 1",
        tuple(wrong),
        "ngắt phần trước phụ lục (Section Break), đặt Start at 1 cho số trang",
    )


@form_rule(
    id="hinh-thuc/phu-luc-kem-theo",
    title="Phụ lục có dòng “(Kèm theo …)”",
    standing=Standing.SAMPLE,
    clause=f"{DECREE}, Phụ lục III, Mẫu 2.1 và 2.2",
    component="kem-theo",
    fails="Dưới tên phụ lục không có dòng kèm theo",
    passes="(Kèm theo Kế hoạch số …/KH-UBND ngày … của …)",
)
def attached_note(form: Form) -> Iterator[Judgement]:
    """Number and date may be blank: electronic documents need not fill them in."""
    annexes = form.components.annexes
    if not annexes:
        yield absent("dòng kèm theo", "có")
        return
    wrong = tuple(annex.number for annex in annexes if not annex.note)
    yield Judgement(
        "dòng kèm theo",
        not wrong,
        "không có" if wrong else "có",
        "có",
        wrong,
        "thêm “(Kèm theo … số … ngày … của …)” dưới tên phụ lục",
    )
