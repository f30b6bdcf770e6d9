"""Word files of others: an official letter and a decision as people type them, then mistakes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from letters import (
    NAMES,
    decision,
    everywhere,
    find,
    letter,
    of_a_unit,
)
from vanban.checks.form.engine import Verdict
from vanban.checks.form.report import FormReport
from words import LONG, judged, saved, word_of, wrong_rows


def unmeasured(word: WordDocument) -> FormReport:
    return judged(saved(word))


@pytest.mark.parametrize("make", [letter, decision, of_a_unit])
def test_good_file_of_others_has_no_mistake(make: Callable[[], WordDocument]) -> None:
    report = unmeasured(make())
    assert wrong_rows(report) == set()
    assert report.counts[Verdict.PASS] > 60


@pytest.mark.parametrize(
    ("make", "kind"),
    [(letter, "Công văn"), (decision, "Quyết định"), (of_a_unit, "Thông báo")],
)
def test_kind_of_document(make: Callable[[], WordDocument], kind: str) -> None:
    assert unmeasured(make()).kind == kind


Change = Callable[[WordDocument], Any]


def sized(text: str, size: float) -> Change:
    return lambda word: setattr(find(word, text).runs[0].font, "size", Pt(size))


def bold(text: str, value: bool) -> Change:
    return lambda word: setattr(find(word, text).runs[0], "bold", value)


def retyped(old: str, new: str) -> Change:
    def change(word: WordDocument) -> None:
        run = find(word, old).runs[0]
        run.text = run.text.replace(old, new)

    return change


def before(text: str, *texts: str, look: str = "", size: float = 14) -> Change:
    """Add lines before the paragraph with ``text``."""

    def change(word: WordDocument) -> None:
        place = find(word, text)
        for each in texts:
            run = place.insert_paragraph_before().add_run(each)
            run.bold, run.font.size = "b" in look, Pt(size)

    return change


def footer_of(text: str, size: float) -> Change:
    def change(word: WordDocument) -> None:
        place = word.sections[0].first_page_footer.paragraphs[0]
        place.add_run(text).font.size = Pt(size)

    return change


def without_rules(word: WordDocument) -> None:
    for pict in list(word.element.iter(qn("w:pict"))):
        pict.getparent().remove(pict)


def underline_about(word: WordDocument) -> None:
    border = f'<w:pBdr {NAMES}><w:bottom w:val="single" w:sz="6"/></w:pBdr>'
    find(word, "V/v")._p.get_or_add_pPr().insert(0, parse_xml(border))


def typed_rule(word: WordDocument) -> None:
    without_rules(word)
    for paragraph in everywhere(word):
        if not paragraph.text and paragraph.runs and paragraph.alignment == ALIGN.CENTER:
            paragraph.runs[0].text = "________"


def tracked(word: WordDocument) -> None:
    find(word, "như sau")._p.append(parse_xml(f"<w:ins {NAMES}><w:r><w:t> </w:t></w:r></w:ins>"))


def landscape(word: WordDocument) -> None:
    (section,) = word.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def empty_lines(word: WordDocument) -> None:
    for _ in range(3):
        find(word, "2. ").insert_paragraph_before()


NO_RULES = {("duong-ke-tieu-ngu", "đường kẻ"), ("duong-ke-co-quan", "đường kẻ")}

MISTAKES: list[tuple[Callable[[], WordDocument], Change, set[tuple[str, str]]]] = [
    (letter, sized("V/v", 14), {("trich-yeu-cong-van", "cỡ chữ")}),
    (letter, bold("V/v", True), {("trich-yeu-cong-van", "kiểu chữ")}),
    (letter, retyped("05/UBND-VHXH", "05/CV-UBND"), {("so-ky-hieu-cach-viet", "cách viết")}),
    (letter, retyped("05/UBND-VHXH", "05/KH-UBND"),
     {("ky-hieu-ten-loai", "chữ viết tắt tên loại")}),
    (letter, retyped("- Các đơn vị sự nghiệp.", "- Các đơn vị sự nghiệp"),
     {("kinh-gui-cach-viet", "cách viết")}),
    (letter, without_rules, NO_RULES),
    (letter, underline_about, {("cong-van-khong-ke", "đường kẻ")}),
    (letter, typed_rule, {("duong-ke-go-tay", "cách vẽ đường kẻ")}),
    (letter, before("Phường Trần Liễu, ngày", "KHẨN", size=14), {("do-khan", "kiểu chữ")}),
    (letter, before("Phường Trần Liễu, ngày", "MẬT", look="b", size=16), {("do-mat", "cỡ chữ")}),
    (letter, before("Phường Trần Liễu, ngày", "LƯU HÀNH NỘI BỘ"),
     {("pham-vi-luu-hanh", "kiểu chữ")}),
    (letter, footer_of("Địa chỉ: số 1 đường Trần Liễu; email: a@b.vn", 14),
     {("dia-chi", "cỡ chữ")}),
    (letter, footer_of("Địa chỉ: số 1 đường Trần Liễu; email: a@b.vn", 11), set()),
    (letter, before("ỦY BAN NHÂN DÂN", "Số: 5; 05/3/2026; 10:20:30", size=12),
     {("ky-so-phu-luc", "cỡ chữ"), ("ky-so-phu-luc", "vị trí")}),
    (letter, tracked, {("con-sot", "theo dõi sửa đổi")}),
    (letter, empty_lines, {("cach-go", "dòng trống liền nhau")}),
    (letter, before("2. ", f"   {LONG}."),
     {("cach-go", "lùi đầu dòng bằng dấu cách, phím Tab"), ("lui-dau-dong", "lùi đầu dòng"),
      ("canh-deu", "canh lề"), ("khoang-cach-doan", "khoảng cách giữa các đoạn")}),
    (letter, landscape, {("kho-giay", "hướng giấy")}),
    (letter, sized("- Lưu: VT", 12),
     {("danh-sach-noi-nhan", "cỡ chữ"), ("nguoi-soan-thao", "cỡ chữ")}),
    (decision, bold("Điều 1.", False), {("dieu", "kiểu chữ")}),
    (decision, retyped("Điều 2.", "Điều 3."), {("so-thu-tu", "số thứ tự")}),
    (decision, retyped("Điều 2. ", "Điều 2: "), {("de-muc-cach-viet", "cách viết")}),
    (decision, retyped("Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.", "Theo đề nghị;"),
     {("can-cu-dau-cau", "dấu câu")}),
    (decision, without_rules, {*NO_RULES, ("duong-ke-trich-yeu", "đường kẻ")}),
    (of_a_unit, bold("UBND PHƯỜNG", True), {("co-quan-chu-quan", "kiểu chữ")}),
    (of_a_unit, bold("PHÒNG VĂN HÓA", False), {("co-quan-ban-hanh", "kiểu chữ")}),
    (of_a_unit, before("PHÒNG VĂN HÓA", ""), {("ten-co-quan-lien-dong", "khoảng cách")}),
    (of_a_unit, bold("1.3. Việc", False), {("de-muc-cung-kieu", "kiểu chữ đề mục cùng cấp")}),
    (of_a_unit, retyped("UBND PHƯỜNG TRẦN LIỄU", "Ubnd Phường Trần Liễu"),
     {("co-quan-chu-quan", "chữ hoa, chữ thường")}),
    (of_a_unit, before("1.1.", "Mục 1", "VIỆC CHUNG"),
     {("muc", "kiểu chữ"), ("muc", "vị trí"), ("tieu-de-muc", "kiểu chữ"),
      ("tieu-de-muc", "vị trí")}),
    (of_a_unit, before("1.1.", "Phần I. VIỆC CHUNG", look="b"),
     {("phan-chuong", "vị trí"), ("phan-chuong-tieu-de", "tiêu đề ở dòng dưới")}),
]  # fmt: skip
"""File, what is changed, rows that turn."""


@pytest.mark.parametrize(
    ("make", "change", "expected"),
    [
        pytest.param(*case, id=f"{case[0].__name__}-{'+'.join(sorted(row[0] for row in case[2]))}")
        for case in MISTAKES
    ],
)
def test_mistake_turns_exactly_its_rows(
    make: Callable[[], WordDocument], change: Change, expected: set[tuple[str, str]]
) -> None:
    word = make()
    change(word)
    assert wrong_rows(unmeasured(word)) == expected


def test_plain_text_is_no_administrative_document() -> None:
    wrong = wrong_rows(unmeasured(word_of("Một bài viết.", "Đoạn thứ hai.")))
    missing = {rule for rule, aspect in wrong if aspect == "có mặt"}
    assert {"quoc-hieu", "tieu-ngu", "co-quan-ban-hanh", "so-ky-hieu", "noi-nhan"} <= missing
