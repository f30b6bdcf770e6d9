"""Measures of addressees, recipients and signing block (Annex I, II.7 and II.9)."""

from __future__ import annotations

import re

from vanban.checks.form.measure import Form, Found, Result, Subject, Unmeasured, measure, shown
from vanban.checks.form.parts import Part
from vanban.checks.form.printed_pages import Box, Page
from vanban.nd30.paper_forms import AS_ABOVE, SIGNED_BY_TWO

NO_ADDRESSEE = frozenset(("Kế hoạch", "Quyết định", "Nghị quyết", "Chương trình", "Quy chế"))
"""Types that are not addressed to one reader (samples 1.1, 1.2, 1.4)."""

TO_GUESTS = AS_ABOVE | {"Giấy mời"}
"""Types whose recipients may be those of the text: an invitation says there who is invited."""

LEVEL = 10.0
"""pt that two lines of one row may differ in height: their sizes differ."""


_DEPUTY = ("PHO ", "THU TRUONG")
"""How the office of a deputy begins, folded."""
_FOR_OTHERS = ("KT.", "KT ", "K/T", "TL", "TUQ", "T/L", "Q.")
_COUNCIL_AS_ONE = re.compile(r"TM\W.*\b(THUONG TRUC|DOAN|HOI DONG|(?<!UY )BAN)\b")
"""Bodies whose deputies sign in the name of all: the decree names no chairman to stand for."""


@measure("kinh-gui-theo-loai")
def addressees_of_type(subject: Subject) -> Result:
    """Addressees where the type has none, or none where it has; nothing where that is right."""
    form, addressees = subject.form, subject.of("kinh-gui")
    kind = form.components.kind
    if addressees and kind in NO_ADDRESSEE:
        text, allowed = f"{kind} có “Kính gửi”", f"{kind} không có “Kính gửi”"
        return Found(text, addressees[:1], allowed=allowed, advice="bỏ dòng “Kính gửi”")
    if form.unread and not (addressees and subject.of("danh-sach-noi-nhan")):
        return Unmeasured(form.unread)
    if form.official_letter and not addressees:
        text = "công văn không có “Kính gửi”"
        return Found(text, wrong=True, allowed="công văn có “Kính gửi”")
    return None


@measure("nhu-tren")
def as_above(subject: Subject) -> Result:
    """Whether recipients begin with "Như trên" where there are addressees."""
    if addressees_of_type(subject) is not None:
        return None
    addressees, recipients = subject.of("kinh-gui"), subject.of("danh-sach-noi-nhan")
    if not recipients:
        return ()
    same = any("NHU TREN" in part.folded or "NHU KINH GUI" in part.folded for part in recipients)
    has = {True: "có", False: "không có"}
    text = f"{has[bool(addressees)]} “Kính gửi”, {has[same]} “Như trên”"
    line = "“- Như trên;”"
    advice = f"thêm dòng {line} vào đầu nơi nhận" if addressees else f"bỏ dòng {line}"
    may = same == bool(addressees) or (same and subject.form.components.kind in TO_GUESTS)
    at = () if may else recipients[:1]
    return Found(text, at, advice=advice)


@measure("ngang-chu-ky")
def level(subject: Subject) -> Result:
    """Whether recipients and signature stand on one height of the page, or in one row.

    Where two sign, side by side, the recipients stand below them.
    """
    if subject.form.components.kind in SIGNED_BY_TWO:
        return ()
    head, signing = subject.of("noi-nhan")[0], subject.of("quyen-han")[0]
    first, second = _box(subject.form, head), _box(subject.form, signing)
    one, other = head.paragraph.cell, signing.paragraph.cell
    if first is not None and second is not None:
        difference = abs(first.top - second.top)
        same_page = first.page == second.page
        text = f"lệch {shown(difference)} pt" if same_page else "khác trang"
        fits = same_page and difference <= LEVEL
    elif one is not None and other is not None:
        fits = (one.table, one.row) == (other.table, other.row)
        text = "cùng hàng của bảng" if fits else "khác hàng của bảng"
    else:
        return Unmeasured(subject.form.unmeasured)
    return Found(text, () if fits else (head,))


@measure("khoi-chu-ky")
def signing_block(subject: Subject) -> Result:
    """Whether the signing block stands on one page, and some content with it."""
    form = subject.form
    signing, name = subject.of("quyen-han")[0], subject.of("ho-ten")[-1]
    first = _box(form, signing)
    last = None if first is None else _box(form, name, first.page)
    if form.pages is None or first is None or last is None:
        return Unmeasured(form.unmeasured or "không thấy khối chữ ký trên trang đo")
    if first.page != last.page:
        text = f"chức vụ ở trang {first.page + 1}, họ tên ở trang {last.page + 1}"
        return Found(text, (signing,))
    if not _has_content_above(form.pages.pages[first.page], first):
        return Found(f"đứng một mình ở trang {first.page + 1}", (signing,))
    return Found()


def _box(form: Form, part: Part, first: int = 0) -> Box | None:
    """Return the box of a line of the signing table.

    Its words may stand earlier as well ("CHỦ TỊCH"), so the last place is taken, from the page
    before that of the recipients on.
    """
    if form.pages is None:
        return None
    anchors = form.components.get("noi-nhan")
    if not first and anchors and part is not anchors[0]:
        found = form.pages.find(anchors[0].text)
        first = max(found[0].page - 1, 0) if found else 0
    boxes = form.pages.find(part.text, first, last=True)
    return boxes[0] if boxes else None


def _has_content_above(page: Page, signing: Box) -> bool:
    return page.index == 0 or any(
        box.bottom > signing.top and not text.strip().isdigit() and text.strip()
        for text, box in page.lines
    )


@measure("ky-thay")
def deputy_signs(subject: Subject) -> Result:
    """Lines of a deputy's office with nobody above them in whose place the deputy signs."""
    wrong, above = [], ""
    for part in subject.of("quyen-han"):
        text = part.folded.strip()
        alone = not any(each in above for each in _FOR_OTHERS)
        if text.startswith(_DEPUTY) and alone and not _COUNCIL_AS_ONE.search(above):
            wrong.append(part)
        above += f"{text}\n"
    return Found(at=tuple(wrong))
