"""Heads and titles as offices type them: what is read of each, and what is no document of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml

from letters import NAMES, blank_word, cells, content, foot, line
from vanban.checks.form.check_form import OpenedWord, open_word
from vanban.checks.form.regime import Regime
from words import saved

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
AGENCY = ("ỦY BAN NHÂN DÂN", "XÃ MINH TÂN")
NUMBER, DATE = "Số: 12/BC-UBND", "Minh Tân, ngày 05 tháng 3 năm 2026"
ABOUT = "Kết quả công tác tháng 02"
BODY = ("Ủy ban nhân dân xã báo cáo kết quả như sau:", "1. Công tác chỉ đạo.")


def opened(word: WordDocument) -> OpenedWord:
    return open_word(saved(word), Path("van-ban.docx"))


def read(word: WordDocument, component: str) -> list[str]:
    return [part.text for part in opened(word).components.get(component)]


def table(word: WordDocument, *rows: tuple[Sequence[str], Sequence[str]]) -> None:
    places = cells(word, len(rows))
    for index, row in enumerate(rows):
        for place, texts in zip(places[2 * index : 2 * index + 2], row, strict=True):
            for text in texts or ("",):
                line(place, text)


def lettered(number: str = NUMBER, date: str = DATE) -> WordDocument:
    word = blank_word()
    table(word, (AGENCY, NATION), ((number,), (date,)))
    return word


def ended(word: WordDocument) -> WordDocument:
    for text in BODY:
        content(word, text)
    foot(word, ("- Như trên;", "- Lưu: VT."), ("CHỦ TỊCH",), "Trần Văn An")
    return word


def titled(*lines: str, align: ALIGN | None = ALIGN.CENTER) -> WordDocument:
    word = lettered()
    for text in lines:
        line(word, text, look="b", align=align)
    return ended(word)


def boxed(*texts: str) -> Any:
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return parse_xml(
        f'<w:r {NAMES} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


# --- titles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "kind", "title", "abstract"),
    [
        (("BÁO CÁO", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("Báo cáo", ABOUT), "Báo cáo", "Báo cáo", ABOUT),
        (("B Á O  C Á O", ABOUT), "Báo cáo", "B Á O  C Á O", ABOUT),
        (("DỰ THẢO", "BÁO CÁO", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("(Dự thảo lần 2)", "BÁO CÁO", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("Dự thảo ngày 05/3/2026", "BÁO CÁO", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("BÁO CÁO", "(Dự thảo)", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("DỰ THẢO BÁO CÁO", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("BÁO CÁO (DỰ THẢO)", ABOUT), "Báo cáo", "BÁO CÁO", ABOUT),
        (("TỜ TRÌNH (lần 2)", ABOUT), "Tờ trình", "TỜ TRÌNH", ABOUT),
        (("BÁO CÁO KẾT QUẢ CÔNG TÁC",), "Báo cáo", "BÁO CÁO", "KẾT QUẢ CÔNG TÁC"),
        (("GIẤY MỜI HỌP", "Về việc giao ban"), "Giấy mời", "GIẤY MỜI HỌP", "Về việc giao ban"),
        (("KẾ HOẠCH PHỐI HỢP", ABOUT), "Kế hoạch", "KẾ HOẠCH PHỐI HỢP", ABOUT),
        (("BIÊN BẢN HỌP", "Về việc xét khen"), "Biên bản", "BIÊN BẢN HỌP", "Về việc xét khen"),
        (("PHIẾU TRÌNH", ABOUT), "Phiếu trình", "PHIẾU TRÌNH", ABOUT),
        (("GIẤY PHÉP", "Khai thác nước"), "Giấy phép", "GIẤY PHÉP", "Khai thác nước"),
        (("GIẤY PHÉP XÂY DỰNG",), "Giấy phép", "GIẤY PHÉP", "XÂY DỰNG"),
        (("KẾT LUẬN THANH TRA", ABOUT), "Kết luận", "KẾT LUẬN THANH TRA", ABOUT),
        (("THÔNG BÁO KẾT LUẬN", ABOUT), "Thông báo kết luận", "THÔNG BÁO KẾT LUẬN", ABOUT),
        (("ĐỘI LUẬT SƯ", ABOUT), "", "ĐỘI LUẬT SƯ", ABOUT),
    ],
)  # fmt: skip
@pytest.mark.parametrize("align", [ALIGN.CENTER, None], ids=["centred", "left"])
def test_title(
    lines: tuple[str, ...], kind: str, title: str, abstract: str, align: ALIGN | None
) -> None:
    if align is None and not kind:
        return  # without a known type only the middle of the line tells a title
    word = titled(*lines, align=align)
    assert opened(word).components.kind == kind
    assert read(word, "ten-loai") == [title]
    assert read(word, "trich-yeu") == [abstract]


def test_draft_keeps_type_abstract_and_bases() -> None:
    word = lettered("Số:      /QĐ-UBND")
    line(word, "DỰ THẢO", look="b", align=None)
    for text in ("QUYẾT ĐỊNH", "Về việc ban hành Quy chế"):
        line(word, text, look="b")
    content(word, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "i")
    content(word, "Theo đề nghị của Chánh Văn phòng.", "i")
    found = opened(ended(word)).components
    assert (found.kind, len(found.get("can-cu"))) == ("Quyết định", 2)
    assert [part.text for part in found.get("trich-yeu")] == ["Về việc ban hành Quy chế"]


# --- heads ----------------------------------------------------------------------------------------


def in_boxes(word: WordDocument) -> None:
    place = line(word, "")
    place._p.append(boxed(*AGENCY, NUMBER))
    place._p.append(boxed(*NATION, DATE))


def typed(between: str) -> Any:
    rows = (*zip(AGENCY, NATION, strict=True), (NUMBER, DATE))
    return lambda word: [line(word, f"{one}{between}{two}", align=None) for one, two in rows]


HEADS = {
    "table": lambda word: table(word, (AGENCY, NATION), ((NUMBER,), (DATE,))),
    "draft in its row": lambda word: table(
        word, (AGENCY, NATION), ((NUMBER,), (DATE,)), (("DỰ THẢO",), ())
    ),
    "telephone": lambda word: table(
        word, ((*AGENCY, "Điện thoại: 0225 3866 123", NUMBER, "Số điện thoại: 1022"), NATION),
        ((), (DATE,)),
    ),
    "date left": lambda word: table(word, (AGENCY, NATION), ((DATE,), (NUMBER,))),
    "tabs": typed("\t"),
    "blanks": typed("          "),
    "boxes": in_boxes,
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_head(head: str) -> None:
    word = blank_word()
    HEADS[head](word)
    for text in ("BÁO CÁO", ABOUT):
        line(word, text, look="b")
    ended(word)
    assert read(word, "so-ky-hieu") == [NUMBER]
    assert read(word, "dia-danh-thoi-gian") == [DATE]
    assert (read(word, "quoc-hieu"), read(word, "co-quan-ban-hanh")) == ([NATION[0]], [*AGENCY])
    assert (read(word, "ten-loai"), read(word, "trich-yeu")) == (["BÁO CÁO"], [ABOUT])


@pytest.mark.parametrize(
    ("lines", "kind", "about"),
    [
        (("Kính gửi: Các thôn.",), "Công văn", []),
        (("(Về việc họp giao ban)", "Kính gửi: Các thôn."), "Công văn", ["(Về việc họp giao ban)"]),
        (("CÔNG VĂN", "Về việc họp", "Kính gửi: Các thôn."), "Công văn", ["Về việc họp"]),
    ],
)
def test_letter(lines: tuple[str, ...], kind: str, about: list[str]) -> None:
    word = titled(*lines)
    assert opened(word).components.kind == kind
    assert read(word, "trich-yeu-cong-van") == about


def test_nation_inside_a_sentence_is_no_national_name() -> None:
    word = titled("BÁO CÁO", ABOUT)
    content(word, "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam; Số lượng: 5.")
    assert read(word, "quoc-hieu") == [NATION[0]]
    assert read(word, "so-ky-hieu") == [NUMBER]


def test_contract_has_its_number_below_the_title() -> None:
    word = blank_word()
    for text in (*NATION, "HỢP ĐỒNG LAO ĐỘNG", "Số: 12/HĐLĐ"):
        line(word, text, look="b")
    content(word, "Căn cứ Bộ luật Lao động ngày 20 tháng 11 năm 2019;", "i")
    assert opened(ended(word)).components.kind == "Hợp đồng"
    assert (read(word, "so-ky-hieu"), read(word, "dia-danh-thoi-gian")) == (["Số: 12/HĐLĐ"], [])
    assert len(read(word, "can-cu")) == 1


def test_date_at_the_end_and_two_who_sign() -> None:
    word = blank_word()
    table(word, ((*AGENCY, NUMBER), NATION))
    line(word, "KẾ HOẠCH PHỐI HỢP", look="b")
    for text in BODY:
        content(word, text)
    line(word, DATE, look="i", align=ALIGN.RIGHT)
    table(
        word,
        (
            ("TM. BAN CHẤP HÀNH", "BÍ THƯ", "Lê Văn Bình"),
            ("TRƯỞNG CÔNG AN XÃ", "", "Trần Văn Công"),
        ),
    )
    for text in ("Nơi nhận:", "- Lưu: VT."):
        line(word, text, align=None)
    assert read(word, "dia-danh-thoi-gian") == [DATE]
    assert read(word, "ho-ten") == ["Lê Văn Bình", "Trần Văn Công"]


# --- what no agency issues with a number ----------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "regime"),
    [
        ((*NATION, "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", "Kính gửi: UBND xã Minh Tân"), "FORM"),
        (("Mẫu số 01", *NATION, "TỜ KHAI ĐĂNG KÝ KHAI SINH"), "FORM"),
        (("Mẫu số 05", "TÊN CƠ QUAN", *NATION, "Số: .../QĐ-...", "QUYẾT ĐỊNH"), "FORM"),
        ((*NATION, "SƠ YẾU LÝ LỊCH"), "FORM"),
        ((*NATION, "BẢN CAM KẾT", "Kính gửi: UBND xã Minh Tân"), "FORM"),
        (("GIẤY ĐỀ NGHỊ THANH TOÁN",), "FORM"),
        ((*NATION, "ĐIỀU LỆ", "HỘI CỰU GIÁO CHỨC XÃ MINH TÂN"), "STATUTE"),
        (("TCVN 7957:2023", "THOÁT NƯỚC - MẠNG LƯỚI VÀ CÔNG TRÌNH BÊN NGOÀI"), "STATUTE"),
        (("DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ",), "OTHER"),
        (("BÀI PHÁT BIỂU", "Của đồng chí Chủ tịch UBND xã"), "OTHER"),
        (("QUY CHẾ", "Làm việc", "(Ban hành kèm theo Quyết định số 12/QĐ-UBND)"), "ANNEX"),
        ((*AGENCY, NUMBER, *NATION, DATE, "BÁO CÁO", ABOUT), None),
        ((*AGENCY, "Số:      /BC-UBND", *NATION, DATE, "DỰ THẢO", "BÁO CÁO", ABOUT), None),
        ((*AGENCY, *NATION, "BIÊN BẢN HỌP"), None),
        ((*AGENCY, "Số: 12/GP-UBND", *NATION, DATE, "GIẤY PHÉP XÂY DỰNG"), None),
    ],
)  # fmt: skip
def test_regime(lines: tuple[str, ...], regime: str | None) -> None:
    word = blank_word()
    for text in lines:
        line(word, text, look="b")
    for text in BODY:
        content(word, text)
    declined = opened(word).declined
    assert (declined.regime if declined else None) == (Regime[regime] if regime else None)
    assert declined is None or "thể thức" in declined.reason
