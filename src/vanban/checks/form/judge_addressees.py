"""Rules about who receives the document: boxes 9a, 9b and 12 (Annex I, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, quoted, unknown
from vanban.nd30.components import BY_ID

NO_ADDRESSEE = frozenset(("Kế hoạch", "Quyết định", "Nghị quyết", "Chương trình", "Quy chế"))
"""Types that are not addressed to one reader (samples 1.1, 1.2, 1.4)."""


@form_rule(
    id="hinh-thuc/kinh-gui-theo-loai",
    title="“Kính gửi” và “Như trên” đi cùng nhau, đúng loại văn bản",
    standing=Standing.LAW,
    clause=BY_ID["kinh-gui"].full_clause,
    component="kinh-gui",
    fails="Báo cáo có “Kính gửi” nhưng nơi nhận không có “- Như trên;”",
    passes="Báo cáo có “Kính gửi”, nơi nhận bắt đầu bằng “- Như trên;”",
)
def addressee_and_recipients(form: Form) -> Iterator[Judgement]:
    addressees = form.components.get("kinh-gui")
    recipients = form.components.get("danh-sach-noi-nhan")
    kind = form.components.kind
    if addressees and kind in NO_ADDRESSEE:
        yield Judgement(
            "theo loại văn bản",
            False,
            f"{kind} có “Kính gửi”",
            f"{kind} không có “Kính gửi”",
            addressees[:1],
            "bỏ dòng “Kính gửi”",
        )
        return
    if form.unread and not (addressees and recipients):
        yield unknown("theo loại văn bản", "“Kính gửi” theo loại văn bản", form.unread)
        return
    if form.official_letter and not addressees:
        yield Judgement(
            "theo loại văn bản", False, "công văn không có “Kính gửi”", "công văn có “Kính gửi”"
        )
        return
    if not recipients:
        yield absent("“Như trên”", "đi cùng “Kính gửi”", "văn bản không có danh sách nơi nhận")
        return
    same = any("NHU TREN" in part.folded or "NHU KINH GUI" in part.folded for part in recipients)
    fits = same == bool(addressees)
    yield Judgement(
        "“Như trên”",
        fits,
        f"{_has(bool(addressees))} “Kính gửi”, {_has(same)} “Như trên”",
        "cùng có hoặc cùng không có",
        () if fits else recipients[:1],
        "thêm dòng “- Như trên;” vào đầu nơi nhận" if addressees else "bỏ dòng “- Như trên;”",
    )


@form_rule(
    id="hinh-thuc/kinh-gui-cach-viet",
    title="Kính gửi nhiều nơi: mỗi nơi một dòng, dấu câu đúng",
    standing=Standing.LAW,
    clause=BY_ID["kinh-gui"].full_clause,
    component="kinh-gui",
    fails="Kính gửi: / - Sở Nội vụ / - Sở Tài chính",
    passes="Kính gửi: / - Sở Nội vụ; / - Sở Tài chính.",
)
def addressee_lines(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("kinh-gui")
    allowed = "một nơi: cùng dòng; nhiều nơi: đầu dòng “-”, cuối dòng “;”, dòng cuối “.”"
    if not parts:
        yield absent("cách viết", allowed)
        return
    items = [part for part in parts[1:] if part.text.strip()]
    wrong = [
        part
        for part in items
        if not part.text.strip().startswith("- ")
        or not part.text.rstrip().endswith("." if part is items[-1] else ";")
    ]
    if not re.match(r"\s*Kính gửi\s*:", parts[0].text):
        wrong.insert(0, parts[0])
    yield Judgement(
        "cách viết",
        not wrong,
        quoted(wrong) or "đúng mẫu",
        allowed,
        tuple(wrong),
        "sửa gạch đầu dòng và dấu cuối dòng",
    )


def _has(found: bool) -> str:
    return "có" if found else "không có"


@form_rule(
    id="hinh-thuc/noi-nhan-cach-viet",
    title="Nơi nhận: gạch đầu dòng, dấu câu, dòng Lưu",
    standing=Standing.LAW,
    clause=BY_ID["danh-sach-noi-nhan"].full_clause,
    component="danh-sach-noi-nhan",
    fails="- Như trên / - Lưu VT",
    passes="- Như trên; / - Lưu: VT, VHXH.",
)
def recipients(form: Form) -> Iterator[Judgement]:
    items = form.components.get("danh-sach-noi-nhan")
    head = form.components.get("noi-nhan")
    allowed = "“- …;” mỗi nơi một dòng, dòng cuối “- Lưu: VT, ….”"
    if not items or not head:
        yield absent("cách viết", allowed)
        return
    wrong: dict[Part, str] = {}
    if not re.fullmatch(r"Nơi nhận\s*:", head[0].text.strip()):
        wrong[head[0]] = "viết “Nơi nhận:” có dấu hai chấm"
    for part in items:
        advice = _wrong_recipient(part, part is items[-1])
        if advice:
            wrong[part] = advice
    yield Judgement(
        "cách viết",
        not wrong,
        quoted(wrong) or "đúng mẫu",
        allowed,
        tuple(wrong),
        "; ".join(dict.fromkeys(wrong.values())),
    )


def _wrong_recipient(part: Part, last: bool) -> str:
    """Return what to do about one line, "" where it is right.

    The line may run on: what begins with no dash belongs to the line above and needs none.
    """
    text = part.text.strip()
    if last:
        if not re.search(r"Lưu\s*:\s*VT\b", text):
            return "dòng cuối ghi “- Lưu: VT, đơn vị soạn thảo.”"
        return "" if text.endswith((".", ")")) else "dòng cuối kết thúc bằng dấu chấm"
    if re.match(r"[-–]\s*[-–]", text):
        return "bỏ gạch đầu dòng thừa"
    if not text.startswith("-"):
        return "bắt đầu dòng bằng dấu “-”"
    return "" if text.endswith(";") else "kết thúc dòng bằng dấu “;”"
