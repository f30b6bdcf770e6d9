"""Rules about capacity, post and name of who signs, and the signing block (Annex I, II.7, II.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.pages import Box, Page
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, quoted, shown, unknown
from vanban.nd30.components import BY_ID, DECREE

CLAUSE = BY_ID["quyen-han"].full_clause
LEVEL = 10.0
"""pt that two lines of one row may differ in height: their sizes differ."""

_CAPACITY = re.compile(r"(TM|KT|TL|TUQ|Q)\. (?=\S)")
_WRONG_CAPACITY = re.compile(r"(TM|KT|TL|TUQ|Q|T/M|K/T|T/L|Q/)(?![A-ZĐ])[\s./]*", re.IGNORECASE)
_DEPUTY = re.compile(r"(KT|TL|TUQ|Q)\.\s*(PHÓ|THỨ)\b")
_TITLES = re.compile(
    r"(GS|PGS|TS|TSKH|ThS|Ths|BS|BSCK\w*|KS|CN|LS|DS|NGƯT|NGND|NSƯT|NSND|Giáo sư|Phó Giáo sư"
    r"|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Cử nhân|Luật sư)\b\.?"
)


@form_rule(
    id="hinh-thuc/quyen-han-cach-viet",
    title="Quyền hạn của người ký: TM., KT., TL., TUQ., Q.",
    standing=Standing.LAW,
    clause=CLAUSE,
    component="quyen-han",
    fails="K/T CHỦ TỊCH; KT. PHÓ CHỦ TỊCH",
    passes="KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
)
def capacity(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("quyen-han")
    allowed = "TM., Q., KT., TL., TUQ. rồi cách chữ; sau KT. là chức vụ của người đứng đầu"
    if not parts:
        yield absent("cách viết", allowed)
        return
    wrong: dict[Part, str] = {}
    for part in parts:
        text = part.text.strip()
        if _WRONG_CAPACITY.match(text) and not _CAPACITY.match(text):
            wrong[part] = "sau chữ viết tắt có dấu chấm và dấu cách, như “TM. ỦY BAN NHÂN DÂN”"
        elif _DEPUTY.match(text):
            wrong[part] = "sau KT., TL., TUQ. ghi chức vụ của người đứng đầu, dòng dưới ghi cấp phó"
    by_deputy = [part for part in parts if re.match(r"KT[.\s]", part.text.strip())]
    if by_deputy and by_deputy[-1] is parts[-1] and not wrong:
        wrong[by_deputy[-1]] = "thêm dòng chức vụ của người ký thay dưới dòng KT."
    yield Judgement(
        "cách viết",
        not wrong,
        quoted(wrong or parts),
        allowed,
        tuple(wrong),
        "; ".join(dict.fromkeys(wrong.values())),
    )


@form_rule(
    id="hinh-thuc/ho-ten-hoc-vi",
    title="Trước họ tên người ký không ghi học hàm, học vị, danh hiệu",
    standing=Standing.LAW,
    clause=BY_ID["ho-ten"].full_clause,
    component="ho-ten",
    fails="ThS. Trần Thị Tình",
    passes="Trần Thị Tình",
)
def bare_name(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("ho-ten")
    allowed = "chỉ họ và tên"
    if not parts:
        yield absent("học hàm, học vị", allowed)
        return
    titled = tuple(part for part in parts if _TITLES.match(part.text.strip()))
    yield Judgement(
        "học hàm, học vị",
        not titled,
        parts[-1].text.strip(),
        allowed,
        titled,
        "bỏ học hàm, học vị, danh hiệu",
    )


@form_rule(
    id="hinh-thuc/chu-ky",
    title="Chữ ký của người có thẩm quyền",
    standing=Standing.LAW,
    clause=BY_ID["chu-ky"].full_clause,
    component="chu-ky",
    fails="Ảnh chữ ký số nằm dưới họ và tên, màu đen",
    passes="Ảnh chữ ký số nằm giữa chức vụ và họ tên, màu xanh",
)
def signature(form: Form) -> Iterator[Judgement]:
    yield absent("chữ ký", "giữa chức vụ và họ tên, màu xanh", "chỉ có sau khi ký")


@form_rule(
    id="hinh-thuc/dau",
    title="Dấu, chữ ký số của cơ quan",
    standing=Standing.LAW,
    clause=BY_ID["dau"].full_clause,
    component="dau",
    fails="Dấu đóng bên phải chữ ký",
    passes="Dấu trùm khoảng 1/3 chữ ký về bên trái, màu đỏ",
)
def seal(form: Form) -> Iterator[Judgement]:
    yield absent("dấu", "trùm 1/3 chữ ký về bên trái, màu đỏ", "chỉ có sau khi đóng dấu")


@form_rule(
    id="hinh-thuc/noi-nhan-ngang-chu-ky",
    title="“Nơi nhận” ngang hàng với quyền hạn, chức vụ người ký",
    standing=Standing.LAW,
    clause=BY_ID["noi-nhan"].full_clause,
    component="noi-nhan",
    fails="“Nơi nhận” đứng dưới khối chữ ký",
    passes="“Nơi nhận” cùng hàng với “TM. ỦY BAN NHÂN DÂN”",
)
def level(form: Form) -> Iterator[Judgement]:
    head, signing = form.components.get("noi-nhan"), form.components.get("quyen-han")
    allowed = "cùng hàng với dòng quyền hạn, chức vụ"
    if not head or not signing:
        yield absent("vị trí so với chữ ký", allowed)
        return
    first, second = _box(form, head[0]), _box(form, signing[0])
    if first is not None and second is not None:
        difference = abs(first.top - second.top) if first.page == second.page else None
        measured = "khác trang" if difference is None else f"lệch {shown(difference)} pt"
        fits = difference is not None and difference <= LEVEL
    else:
        one, other = head[0].paragraph.cell, signing[0].paragraph.cell
        if one is None or other is None:
            yield unknown("vị trí so với chữ ký", allowed, form.unmeasured)
            return
        fits = (one.table, one.row) == (other.table, other.row)
        measured = "cùng hàng của bảng" if fits else "khác hàng của bảng"
    yield Judgement(
        "vị trí so với chữ ký",
        fits,
        measured,
        allowed,
        () if fits else head[:1],
        "đặt “Nơi nhận” và chữ ký vào hai ô cùng hàng của một bảng",
    )


@form_rule(
    id="hinh-thuc/khoi-chu-ky",
    title="Khối chữ ký không tách trang, không đứng một mình trên trang",
    standing=Standing.SAMPLE,
    clause=f"{DECREE}, Phụ lục I, Mục IV (sơ đồ bố trí)",
    component="quyen-han",
    fails="Chức vụ cuối trang 2, họ tên đầu trang 3",
    passes="Đoạn cuối, chức vụ và họ tên trên cùng một trang",
)
def signing_block(form: Form) -> Iterator[Judgement]:
    allowed = "liền một trang, cùng ít nhất một dòng nội dung"
    signing, name = form.components.get("quyen-han"), form.components.get("ho-ten")
    if not signing or not name:
        yield absent("khối chữ ký trên trang", allowed)
        return
    first = _box(form, signing[0])
    last = None if first is None else _box(form, name[-1], first.page)
    if form.pages is None or first is None or last is None:
        reason = form.unmeasured or "không thấy khối chữ ký trên trang đo"
        yield unknown("khối chữ ký trên trang", allowed, reason)
        return
    if first.page != last.page:
        measured = f"chức vụ ở trang {first.page + 1}, họ tên ở trang {last.page + 1}"
    elif not _has_content_above(form.pages.pages[first.page], first):
        measured = f"đứng một mình ở trang {first.page + 1}"
    else:
        measured = ""
    yield Judgement(
        "khối chữ ký trên trang",
        not measured,
        measured or "liền một trang với nội dung",
        allowed,
        signing[:1] if measured else (),
        "giữ bảng chữ ký cùng trang với đoạn cuối (Paragraph, Keep with next)",
    )


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
