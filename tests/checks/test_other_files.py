"""Files that are no .docx: a PDF by its text and pages, the cells of a workbook, older texts."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from test_cli import run
from vanban.app.check_word import check_word
from vanban.checks.word_report import WordReport, place_words
from words import GOOD, rendered, saved, word_of

WRONG = "Báo cáo các các nội dung gửi về phường."


def found(path: Path, data: bytes) -> WordReport:
    path.write_bytes(data)
    return check_word(path, None, alone=True)


def rules(report: WordReport) -> dict[str, str]:
    return {each.rule: place_words(each.spot) for each in report.findings}


def test_a_pdf_is_read_and_its_pages_are_measured(tmp_path: Path) -> None:
    report = found(tmp_path / "tot.pdf", rendered(GOOD)[1])
    assert report.about.startswith("Báo cáo của ")
    assert not {each for each in rules(report) if each.startswith("hinh-thuc/")}
    assert report.form is not None
    assert {row.rule.id for row in report.form.rows} == {
        "hinh-thuc/kho-giay",
        "hinh-thuc/le-tren-trang",
        "hinh-thuc/so-trang-tren-trang",
    }
    assert "kiểu chữ thì soát tệp Word" in report.notes[-1]


def test_a_pdf_of_another_size_is_told(tmp_path: Path) -> None:
    from weasyprint import HTML

    look = "@page { size: letter } head { display: none }"
    data = HTML(string=f"<style>{look}</style><p>{WRONG}</p>").write_pdf()
    told = rules(found(tmp_path / "thu.pdf", data))
    assert {"hinh-thuc/kho-giay", "chinh-ta/lap-tu"} <= told.keys()


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    book, target = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Phụ lục I"
    for row in rows:
        sheet.append(row)
    book.save(target)
    return target.getvalue()


def test_cells_of_a_workbook_are_read(tmp_path: Path) -> None:
    report = found(tmp_path / "a.xlsx", workbook(("TT", "Nội dung", 12), (1, WRONG, "98,7%")))
    assert rules(report) == {"chinh-ta/lap-tu": "trang tính Phụ lục I, ô B2"}
    assert report.about == "bảng tính"


@pytest.mark.soffice
@pytest.mark.slow
def test_an_older_text_is_converted_first(tmp_path: Path) -> None:
    rtf = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0\fs28 %s}"
    written = "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in WRONG)
    report = found(tmp_path / "a.rtf", (rtf % written).encode())
    assert "chinh-ta/lap-tu" in rules(report)
    assert "chuyển từ .rtf" in report.notes[-1]


BAD = {
    "rong.pdf": (b"", "rỗng hoặc không phải PDF"),
    "hong.pdf": (b"%PDF-1.7 hong", "PDF"),
    "rong.xlsx": (b"", "hỏng"),
    "la-word.xlsx": (saved(word_of(WRONG)), "không phải tệp Excel"),
    "rong.odt": (b"", "rỗng"),
    "a.txt": (b"abc", "không phải tệp Word, Excel, PDF"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_such_file_is_told(name: str, tmp_path: Path) -> None:
    data, words = BAD[name]
    report = found(tmp_path / name, data)
    assert words in report.unreadable


def test_only_word_files_are_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_bytes(workbook((WRONG,)))
    assert run("check", "a.xlsx", "--docx", "soat").exit_code == 1
    assert not Path("soat").exists()
