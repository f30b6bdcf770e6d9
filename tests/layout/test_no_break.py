"""Where a line may not end; "~" stands for the no-break blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from documents import sample
from vanban.document import Cell, Heading, Paragraph, Row, Run, StyleId, Table, text_of
from vanban.errors import Place
from vanban.layout.no_break import held_together
from vanban.line_ends import MAY_BREAK, NO_BREAK, plain
from vanban.provenance import Kind, Source, TracedText


def shown(text: str) -> str:
    return text.replace(NO_BREAK, "~")


TEXTS = [
    "nêu tại Phụ~lục~II của Kế hoạch",
    "quý~IV năm~2025",
    "đạt 2,50~điểm, giảm 0,5~điểm phần trăm",
    "Kế hoạch số~12/KH-UBND ngày~05 tháng~3 năm~2025",
    "theo khoản~2 Điều~5 và điểm~a khoản~3",
    "Chỉ số hiệu quả quản trị hành chính công~(PAPI)",
    "1.922~/~1.923 và 16.512,3~/ 18.450,5",
    "21/38~nhiệm vụ, 1.925~hồ sơ, 9~tháng đầu năm",
    "mục~I.3.1 Phần~II; tiêu~chí~2.1.2",
    "số của năm trước (có ghi chú); điểm tự chấm",
    "trong 5 năm~2021-2025",
    "Nội dung~: thôn~/ xã~; xem (~kèm theo~) và [~1~]~, hết~!",
    "kết thúc~./. “ngoặc kép ” - 5",
    f"số {NO_BREAK * 3}/KH-UBND ngày {NO_BREAK * 3} tháng~3",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_group_is_held_together(text: str) -> None:
    typed = text.replace("~", " ")
    block = Paragraph(StyleId.BODY, (Run(typed),))
    (held,) = held_together(sample(body=(block,))).body
    assert shown(held.text) == shown(text)
    assert plain(held.text) == typed


def test_names_of_files_break_behind_their_signs() -> None:
    text = "tệp 1.1.1-01_KH-12_2025.pdf, a/b_c.x.docx; UBND.VX _ x"
    (held,) = held_together(sample(body=(Paragraph(StyleId.BODY, (Run(text),)),))).body
    shown_breaks = held.text.replace(MAY_BREAK, "|")
    assert shown_breaks == "tệp 1.1.1-01_|KH-12_|2025.pdf, a/b_|c.|x.docx; UBND.VX _ x"
    assert plain(held.text) == text


def test_addresses_of_pages_break_behind_a_slash() -> None:
    text = "xem https://a.vn/tin-tuc/2025/?a=b/c_d, 4009/SNV"
    (held,) = held_together(sample(body=(Paragraph(StyleId.BODY, (Run(text),)),))).body
    assert held.text.replace(MAY_BREAK, "|") == (
        "xem https://|a.vn/|tin-tuc/|2025/?a=b/|c_|d, 4009/SNV"
    )
    assert plain(held.text) == text


@pytest.mark.parametrize("text", ["Cổng https://a.vn/tin-tuc/2025 của xã", "Tệp a_b.pdf của xã"])
def test_titles_break_there_too(text: str) -> None:
    heading = Heading(StyleId.SECTION, 1, "I.", (Run(text),), False, "a")
    title = Paragraph(StyleId.TABLE_TITLE, (Run(text),))
    annexes = (replace(sample().annexes[0], title=text),)
    document = held_together(sample({"abstract": text}, body=(heading, title), annexes=annexes))
    made, name = document.body
    assert isinstance(made, Heading) and isinstance(name, Paragraph)
    others = (document.header.abstract, document.annexes[0].title)
    for each in (*others, name.text, text_of(made.title)):
        assert MAY_BREAK in each
        assert plain(each) == text
    assert made.outline_text == f"I. {text}"
    assert MAY_BREAK not in document.annexes[0].outline_text


TITLES = [
    ("MỤC ĐÍCH", "MỤC ĐÍCH"),
    ("TỔ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC~HIỆN"),
    ("KẾT QUẢ CỦA CẢ TỔ", "KẾT QUẢ CỦA~CẢ~TỔ"),
    ("Kết quả quý I năm 2025", "Kết quả quý~I năm~2025"),
]


@pytest.mark.parametrize("text, expected", TITLES)
def test_a_title_does_not_end_with_a_lone_word(text: str, expected: str) -> None:
    heading = Heading(StyleId.SECTION, 1, "I.", (Run(text),), False, "a")
    document = held_together(sample({"abstract": text}, body=(heading,)))
    (held,) = document.body
    assert isinstance(held, Heading)
    assert shown(held.title[0].text) == shown(document.header.abstract) == expected
    assert held.outline_text == f"I. {text}"


def test_lines_of_head_and_recipients_hold_their_signs() -> None:
    text = "- Sở Nội vụ ( để báo cáo ) ;"
    held = held_together(
        sample({"subject": text, "addressees": (text,)}, body=(), recipients=(text,))
    )
    for each in (held.header.subject, *held.header.addressees, *held.recipients):
        assert shown(each) == "- Sở Nội vụ (~để báo cáo~)~;"


def test_number_and_date_of_the_head_stay_as_they_are() -> None:
    header = sample().header
    held = held_together(sample()).header
    assert (held.number, held.place_date) == (header.number, header.place_date)


def test_a_run_keeps_its_places_over_the_end_of_another() -> None:
    class Typed:
        place, path = Place(Path("a.yaml"), 3, 5), ("x",)

        def place_at(self, position: int) -> Place:
            return self.place

    source = Source(0, 5, Kind.TYPED, (Typed(),))
    cell = Cell((Run(TracedText("khoản", [source])), Run(" "), Run("2", bold=True)))
    table = Table((10.0,), (), (Row((cell,)),))
    (held,) = held_together(sample(body=(table,))).body
    assert isinstance(held, Table)
    one, blank, _ = held.rows[0].cells[0].runs
    assert blank.text == NO_BREAK
    assert isinstance(one.text, TracedText) and one.text.sources == (source,)
