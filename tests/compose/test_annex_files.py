"""Annexes in files of their own: what each file holds, its note on top, its "(Kèm theo …)".

Decree 30/2020/NĐ-CP, Annex I, II.8 and III.1; Annex III, Mẫu 2.2.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from conftest import ROOT
from documents import ENGINES, docx_of, opened, paragraph, pdf_of, sample, word_texts
from pages import read_words
from vanban.cli import main
from vanban.compose.annex_files import separated
from vanban.compose.composed import Composed
from vanban.document import Annex, Document, Heading, Paragraph, Run, StyleId
from vanban.exchange.sidecar import number_and_symbol_of, type_of

pytestmark = pytest.mark.slow

ROOM = "\u00a0"


def files(document: Document) -> tuple[Document, ...]:
    return tuple(each.document for each in separated(Composed(document, Path("a.md"))))


def single(note: str = "(Kèm theo Báo cáo)", number: str = "Số: 15/BC-UBND") -> Document:
    annex = Annex("Phụ lục", "DANH MỤC", note, False, "pl", (paragraph("C."),))
    return sample({"number": number}, annexes=(annex,))


def test_each_annex_is_a_file_and_the_document_keeps_none() -> None:
    main_file, *others = files(sample())
    assert main_file == replace(
        sample(), body=main_file.body, annexes=()
    )  # but for references, below
    assert [each.id for each in others] == ["sample-phu-luc-1", "sample-phu-luc-2"]
    assert [each.annexes[0].title for each in others] == ["BẢNG THỬ", "DANH MỤC"]
    assert others[0].title == "Phụ lục I. BẢNG THỬ (Báo cáo thử)"
    assert all(each.is_signed and each.banner == sample().banner for each in others)


@pytest.mark.parametrize(
    "document",
    [
        sample(annexes=()),
        sample(is_list=True),
        sample(is_handout=True),
        sample(annexes=(Annex("", "MỘT BIỂU", "", False, "b", (paragraph("C."),)),)),
    ],
)
def test_what_stays_whole(document: Document) -> None:
    assert files(document) == (document,)


def test_a_text_issued_with_a_decision_is_a_file_too() -> None:
    text = Annex("", "Quy chế thử", "(Kèm theo)", False, "q", (), head=sample().header)
    _, file = files(sample(annexes=(text,)))
    assert file.annexes[0].head is not None and file.annexes[0].signing_note


@pytest.mark.parametrize(
    ("note", "blank"),
    [
        (
            "(Kèm theo Báo cáo số 15/BC-UBND ngày 01 tháng 8 năm 2025 của UBND)",
            "(Kèm theo Báo cáo số _/BC-UBND ngày_tháng_năm_ của UBND)",
        ),
        (
            f"(Kèm theo Báo cáo số {ROOM * 7}/BC-UBND ngày{ROOM * 5}tháng{ROOM * 5}năm 2025 của A)",
            "(Kèm theo Báo cáo số _/BC-UBND ngày_tháng_năm_ của A)",
        ),
        (
            "(Kèm theo Công văn số 02/UBND-VHXH ngày 05 tháng 01 năm 2026 của A)",
            "(Kèm theo Công văn số _/UBND-VHXH ngày_tháng_năm_ của A)",
        ),
        (
            "(Kèm theo Giấy mời ngày 05 tháng 01 năm 2026 của A)",
            "(Kèm theo Giấy mời ngày_tháng_năm_ của A)",
        ),
        ("(Kèm theo Báo cáo)", "(Kèm theo Báo cáo)"),
    ],
)
def test_number_and_date_of_the_note_are_blank(note: str, blank: str) -> None:
    _, file = files(single(note))
    printed = file.annexes[0].note
    while ROOM * 2 in printed:
        printed = printed.replace(ROOM * 2, ROOM)
    assert printed.replace(ROOM, "_") == blank


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("Số: 15/BC-UBND", ("15", "BC-UBND")),
        (f"Số: {ROOM * 7}/BC-UBND", ("", "BC-UBND")),
        ("", ("", "")),
    ],
)
def test_the_note_on_top_says_number_and_symbol(number: str, known: tuple[str, str]) -> None:
    _, file = files(single(number=number))
    assert file.annexes[0].signing_note.startswith(f"{number or 'Số:'}; {ROOM}")
    assert number_and_symbol_of(file) == known
    assert type_of(file) == "Phụ lục"


def test_references_into_another_file_are_words() -> None:
    link = Paragraph(StyleId.BODY, (Run("Xem "), Run("Phụ lục", target="pl")))
    back = Paragraph(StyleId.BODY, (Run("Xem "), Run("mục 1", target="m"), Run("I", target="pl")))
    heading = Heading(StyleId.SECTION, 1, "1.", (Run("MỤC"),), False, "m")
    annex = replace(single().annexes[0], blocks=(back,))
    main_file, file = files(sample(body=(heading, link), annexes=(annex,)))
    (_, sentence) = main_file.body
    assert isinstance(sentence, Paragraph)
    assert [run.target for run in sentence.runs] == [None, None]
    (sentence,) = file.annexes[0].blocks
    assert isinstance(sentence, Paragraph)
    assert [run.target for run in sentence.runs] == [None, None, "pl"]


# --- the files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("number", [1, 2], ids=["landscape", "upright"])
def test_the_note_and_its_field_stand_top_right(engine: str, number: int, tmp_path: Path) -> None:
    file = files(sample())[number]
    data = pdf_of(file, engine=engine)
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    (first, *_) = read_words(path)
    assert [word.text for word in first[:2]] == ["Số:", "15/BC-UBND;"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
        (field,) = list(pdf.Root.AcroForm.Fields)
        assert str(field.T) == "CoQuan"
        left, bottom, right, top = map(float, field.Rect)
    title = next(word for word in first if word.text == "Phụ")
    assert title.baseline < bottom < first[1].baseline < top
    assert first[1].right < left < right < width - 40
    assert left > width / 2


def test_the_word_file_begins_with_the_note_and_has_one_section() -> None:
    file = files(sample())[1]
    word = opened(docx_of(file))
    texts = [text for text in word_texts(word) if text.strip()]
    assert texts[0].startswith("Số: 15/BC-UBND;")
    assert texts[1:3] == ["Phụ lục I", "BẢNG THỬ"]
    (section,) = word.sections
    assert (section.page_width or 0) > (section.page_height or 0)
    assert section.header.paragraphs


def test_the_size_of_the_note_is_ten() -> None:
    style = opened(docx_of(files(sample())[1])).styles["VB Ký phụ lục"]
    assert style.font.size.pt == 10


def test_a_build_writes_and_describes_each(tmp_path: Path) -> None:
    content = str(ROOT / "content")
    words = ("build", "report-q3", "--separate-annexes", "--content", content, "--engine", "pages")
    result = CliRunner().invoke(main, [*words, "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "2025").iterdir()}
    annexes = {
        f"report-q3-phu-luc-{number}.{ending}"
        for number in (1, 2)
        for ending in ("docx", "pdf", "json")
    }
    assert names == {*annexes, *(f"report-q3.{each}" for each in ("docx", "pdf", "xlsx", "json"))}
    for name in annexes:
        assert f"đã tạo: {tmp_path / '2025' / name}" in result.output
    result = CliRunner().invoke(main, ["build", "report-q3", *words[3:], "--out", str(tmp_path)])
    assert "phụ lục riêng của lần dựng trước" in result.output
