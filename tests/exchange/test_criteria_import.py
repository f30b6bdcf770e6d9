# ruff: noqa: E501 - tables of cases read best one case a line
"""Tests of vanban.exchange.criteria_import: tables of criteria become sets, mistakes are told."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from support import CONTENT
from vanban.app.load import Loaded, load_content
from vanban.errors import ContentError
from vanban.exchange.criteria_columns import HEAD
from vanban.exchange.criteria_import import import_criteria
from vanban.exchange.rule_texts import Tiers, Words, understood
from vanban.exchange.table_file import read_table
from vanban.scoring.monitoring import RowOutcome, SetScore, score_set
from vanban.workspace.files import MONITORED, SCORED

DATA = Path(__file__).parent.parent / "data"
QD766 = DATA / "tieu-chi-qd766-2026.tsv"
YEAR57 = DATA / "tieu-chi-nq57-khanhhoa-nam-2026.tsv"
MONTH57 = DATA / "tieu-chi-nq57-khanhhoa-thang-2026.tsv"


def loaded_with(folder: Path, text: str, figures: str | None = None) -> Loaded:
    files = {
        **CONTENT,
        "2025/bo-chi-so/bo.yaml": text,
        **({} if figures is None else {"2025/cham-diem/bo-ky.yaml": figures}),
    }
    for name, data in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8")
    return load_content(folder / "content", 2025)


def scored(folder: Path, table: Path, period: str, answers: Mapping[str, str]) -> SetScore:
    """Score figures made up here by the set that ``table`` gives."""
    imported = import_criteria(table)
    assert imported.mistakes == ()
    lines = "".join(f"  {code}: {answer}\n" for code, answer in answers.items())
    loaded = loaded_with(folder, imported.text, f"bo: bo\nky: {period}\ntra_loi:\n{lines}")
    assert loaded.problems == ()
    (figures,) = loaded.workspace.all_of(SCORED)
    return score_set(loaded.workspace, figures)


@pytest.mark.parametrize(
    ("table", "rows", "points", "unclear", "periods"),
    [
        (QD766, 24, 100, [":16:6"], []),
        (YEAR57, 28, 85, [":26:6"], ["nam"]),
        (MONTH57, 13, 100, [], ["thang"]),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else None,
)
def test_the_known_tables_load(
    tmp_path: Path, table: Path, rows: int, points: int, unclear: list[str], periods: list[str]
) -> None:
    imported = import_criteria(table)
    assert imported.mistakes == ()
    assert [str(each.place).partition(".tsv")[2] for each in imported.unclear] == unclear
    loaded = loaded_with(tmp_path, imported.text)
    assert loaded.problems == ()
    (monitored,) = loaded.workspace.all_of(MONITORED)
    assert (len(monitored.rows), monitored.total) == (rows, Decimal(points))
    assert [each.value for each in monitored.periods] == periods
    assert "chưa đối chiếu văn bản gốc" in monitored.status
    assert len(monitored.sources) == len(
        [line for line in table.read_text().splitlines() if line.startswith("#")]
    )


FULL766 = {
    **dict.fromkeys(
        ("1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "3.2", "3.3", "3.6", "4.1", "4.2b", "4.4", "5.2", "5.3"),
        "{da_dat: 10, tong_so: 10}",
    ),
    "3.5": "{da_dat: 8, tong_so: 10}",
    "4.2": "{da_dat: 80, tong_so: 100}",
    "4.3": "{ty_le: 95%}",
    "5.4": "{ty_le: 90%}",
}  # fmt: skip


def test_the_index_of_766_is_scored_but_has_no_total(tmp_path: Path) -> None:
    score = scored(tmp_path, QD766, "quy-3", FULL766)
    # 100 without 12 points online, 2 of payments without a formula, 4 that a province is scored on
    assert (score.points, score.maximum, score.total) == (Decimal(82), Fraction(82), None)
    assert [row.row.code for row in score.open] == [
        "3.0",
        "3.1",
        "3.2",
        "3.3",
        "3.5b",
        "4.5b",
        "4.5a",
    ]
    assert {row.row.code for row in score.rows if row.outcome is RowOutcome.WATCHED} == {
        "2.2",
        "5.1",
    }


@pytest.mark.parametrize(
    ("code", "answer", "points"),
    [
        ("3.5", "{da_dat: 4, tong_so: 10}", "1.00"),
        ("4.2", "{da_dat: 79, tong_so: 100}", "3.95"),
        ("5.4", "{ty_le: 45%}", "3.00"),
        ("1.4", "{da_dat: 5, tong_so: 0, nam_truoc: 40}", "3.00"),  # 5 of 40/4, of 6 points
        ("2.1", "{da_dat: 97, tong_so: 100}", "19.40"),
    ],
)
def test_rows_of_766(tmp_path: Path, code: str, answer: str, points: str) -> None:
    score = scored(tmp_path, QD766, "quy-3", {code: answer})
    assert str(next(row for row in score.rows if row.row.code == code).points) == points


def test_without_petitions_their_points_move(tmp_path: Path) -> None:
    nothing = {"5.3": "{da_dat: 0, tong_so: 0}"}
    score = scored(tmp_path, QD766, "quy-3", {**FULL766, **nothing})
    rows, nine = {row.row.code: row for row in score.rows}, Fraction(9)
    assert (rows["5.2"].maximum, rows["5.3"].maximum, rows["5.4"].maximum) == (
        nine,
        Fraction(0),
        nine,
    )
    assert score.points == Decimal(82)


def test_doubtful_rows_of_766_are_marked(tmp_path: Path) -> None:
    loaded = loaded_with(tmp_path, import_criteria(QD766).text)
    (monitored,) = loaded.workspace.all_of(MONITORED)
    rows = {row.code: row for row in monitored.rows}
    assert {code for code, row in rows.items() if row.province_only} == {"3.0", "4.5a", "4.5b"}
    marked = {code for code, row in rows.items() if row.doubts}
    assert {"1.1", "1.2", "2.1", "3.0", "3.1", "3.5", "3.5b", "3.6"} <= marked
    assert not {"2.2", "5.4", "4.2"} & marked
    assert any("2 + 2 + 6" in doubt for doubt in rows["3.6"].doubts)


FULL_YEAR = {
    "I.1": "{chon: muc-1}",
    "I.2.1": "{da_dat: 3, tong_so: 10}",
    "I.2.2": "{chon: co}",
    "I.3": "{chon: co}",
    "I.4": "{so_luong: 2}",
    "II.1.1": "{da_dat: 9, tong_so: 9}",
    "II.1.2": "{da_dat: 9, tong_so: 9}",
    "II.1.3": "{chon: muc-1}",
    "II.2": "{chon: co}",
    "II.3.1": "{chon: co}",
    "II.3.2": "{chon: co}",
    "II.4.1": "{chon: co}",
    "II.4.2": "{dieu_kien: true, da_dat: 2, tong_so: 2}",
    "II.5.1": "{so_luong: 100}",
    "II.5.2": "{so_luong: 100}",
    "II.6": "{da_dat: 85, tong_so: 100}",
    "II.7": "{ngay: 15/12/2025}",
    "IV.1": "{so_luong: 0}",
    "IV.2": "{chon: khong}",
    "IV.3.2": "{so_luong: 0}",
    "IV.3.3": "{chon: khong}",
    "IV.3.4": "{chon: khong}",
    "IV.3.5": "{chon: khong}",
    "V.1": "{ngay: 15/12/2025}",
    "V.2": "{so_luong: 0}",
    "V.3": "{so_luong: 0}",
    "V.4": "{so_luong: 0}",
}


@pytest.mark.parametrize(
    ("changes", "points", "bonus", "penalty"),
    [
        ({}, "85.00", "0.00", "0.00"),
        ({"II.6": "{da_dat: 70, tong_so: 100}"}, "83.24", "0.00", "0.00"),
        ({"II.6": "{da_dat: 59, tong_so: 100}"}, "75.00", "0.00", "0.00"),
        ({"II.7": "{ngay: 16/12/2025}"}, "82.00", "0.00", "0.00"),
        ({"II.4.2": "{dieu_kien: false, chon: co}"}, "82.00", "0.00", "0.00"),
        ({"II.5.1": "{so_luong: 49}"}, "83.00", "0.00", "0.00"),
        ({"IV.1": "{so_luong: 2}", "IV.3.3": "{chon: muc-2}"}, "85.00", "2.50", "0.00"),
        ({"V.1": "{ngay: 17/12/2025}"}, "85.00", "0.00", "1.00"),
        ({"V.1": "{ngay: 20/12/2025}", "V.3": "{so_luong: 1}"}, "85.00", "0.00", "4.50"),
    ],
)
def test_the_year_of_resolution_57(
    tmp_path: Path, changes: dict[str, str], points: str, bonus: str, penalty: str
) -> None:
    score = scored(tmp_path, YEAR57, "nam", {**FULL_YEAR, **changes})
    assert (str(score.points), str(score.bonus), str(score.penalty)) == (points, bonus, penalty)
    assert [row.row.code for row in score.open] == ["IV.3.1"]  # "cải tiến: ≤3" is no number


def test_too_late_is_not_taken(tmp_path: Path) -> None:
    score = scored(tmp_path, YEAR57, "nam", {**FULL_YEAR, "V.1": "{ngay: 21/12/2025}"})
    assert [row.outcome for row in score.open] == [RowOutcome.UNKNOWN, RowOutcome.REFUSED]


@pytest.mark.parametrize(
    ("day", "late", "penalty"),
    [("22/9/2025", False, "0.00"), ("23/9/2025", False, "2.00"), ("24/9/2025", True, "0.00")],
)
def test_the_month_of_resolution_57(tmp_path: Path, day: str, late: bool, penalty: str) -> None:
    answers = {"III.1": f"{{ngay: {day}}}", "II.5": f"{{ngay: {day}}}"}
    score = scored(tmp_path, MONTH57, "thang-9", answers)
    assert str(score.penalty) == penalty
    assert (RowOutcome.REFUSED in {row.outcome for row in score.rows}) is late
    report = next(row for row in score.rows if row.row.code == "II.5")
    assert report.points == (8 if day.startswith("22") else 0)


# --- the words of rules -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "method", "points", "expected"),
    [
        ("bac_ty_le", "100%: 10; 90–<100: 8; <90: 0", "10", {"loai": "bac_ty_le", "muc": [("tu", "100%"), ("tu", "90%")]}),
        ("bac_ty_le", "≥30%: 1; <30: 0,5; không: 0", "1", {"loai": "bac_ty_le", "muc": [("tu", "30%"), ("tren", "0%")]}),
        ("bac_ty_le", "≥30%: 1; <30: 0,5", "1", {"loai": "bac_ty_le", "muc": [("tu", "30%"), ("tu", "0%")]}),
        ("bac_ty_le", "≥85%: 10; 60–<85%: tỷ lệ/85% × 10 (2 số lẻ); <60%: 0", "10", {"loai": "ty_le", "san": "60%", "muc_tieu": "85%"}),
        ("bac_ty_le", "≥85%: 10; 60–<85%: tỷ lệ/80% × 10; <60%: 0", "10", None),
        ("bac_ty_le", "100%: 9; <100: 0", "10", None),
        ("bac_ty_le", "tốt: 10; khá: 5", "10", None),
        ("bac", "≥2: 2; 1: 1; 0: 0", "2", {"loai": "bac_so", "muc": [("tu_so", "2"), ("tu_so", "1")]}),
        ("bac", "đủ: 2; thiếu: 0", "2", {"loai": "bac", "muc": [("ma", "muc-1"), ("ma", "muc-2")]}),
        ("bac", "tiên phong: 6; cải tiến: ≤3", "6", None),
        ("bac", "", "6", None),
        ("co_khong", "có: 3; không: 0", "3", {"loai": "co_khong"}),
        ("co_khong", "có: 2; không: 0", "3", None),
        ("co_khong", "có: 3; không: 1", "3", None),
        ("co_khong", "", "3", {"loai": "co_khong"}),
        ("ty_le", "b/a × 2; b/a < 0,80: 0", "2", {"loai": "ty_le", "san": "80%"}),
        ("ty_le", "b/a ÷ 0,70 × 4, tối đa 4", "4", {"loai": "ty_le", "muc_tieu": "70%"}),
        ("ty_le", "b/a × 1,5; không phát sinh: điểm tối đa", "1.5", {"loai": "ty_le", "khong_phat_sinh": "điểm tối đa"}),
        ("ty_le", "theo quyết định", "2", None),
        ("dem", "mỗi mô hình: 0,5 điểm", "2", {"loai": "dem", "moi": "0,5"}),
        ("tru", "mỗi trường hợp: −1", "3", {"loai": "tru", "moi": "1"}),
        ("", "100%: 10; 90–<100: 8; <90: 0", "10", {"loai": "bac_ty_le", "muc": [("tu", "100%"), ("tu", "90%")]}),
        ("", "có: 3; không: 0", "3", {"loai": "co_khong"}),
        ("khac", "có: 3; không: 0", "3", None),
    ],
)  # fmt: skip
def test_words_of_rules(
    kind: str, method: str, points: str, expected: dict[str, object] | None
) -> None:
    keys = understood(Words(kind, method, points=Decimal(points))).keys
    if keys is None:
        assert expected is None
        return
    found: dict[str, object] = {
        key: [tier[0] for tier in value.levels] if isinstance(value, Tiers) else value
        for key, value in keys.items()
        if value != "chưa xác định"
    }
    assert found == expected


def examples() -> list[tuple[str, str]]:
    """Return kind and example of each row of the guide that has both."""
    guide = (DATA.parents[1] / "docs" / "bo-chi-so.md").read_text(encoding="utf-8")
    found = []
    for line in guide.partition("## Cách tính")[2].splitlines():
        cells = [each.strip() for each in line.strip("|").split("|")]
        kind = cells[0].partition("`, có")[0].strip("`")
        if (
            len(cells) == 4
            and ":" in cells[1]
            and kind in ("co_khong", "bac", "bac_so", "bac_ty_le", "ty_le", "tre_han", "tru")
        ):
            found.append((kind, cells[1]))
    return found


def test_the_guide_has_examples() -> None:
    assert len(examples()) == 7


@pytest.mark.parametrize(("kind", "method"), examples())
def test_examples_of_the_guide(kind: str, method: str) -> None:
    as_typed = {"bac_so": "bac", "tre_han": "tru"}.get(kind, kind)
    if "tỷ lệ/" in method:
        as_typed = "bac_ty_le"
    first = method.partition(":")[2].partition(";")[0].strip(" −")
    words = Words(
        as_typed, method, points=Decimal(first), head="hạn 15/12", is_penalty=kind == "tre_han"
    )
    keys = understood(words).keys
    assert keys is not None and keys["loai"] == kind


# --- bad tables -------------------------------------------------------------------------------

HEADS = "ma\tnhom\tten\tdiem_toi_da\tloai\tcach_tinh\n"
GOOD = "1\t\tNhóm\t3\t\t\n1.1\t1\tMột\t1,5\tco_khong\t\n1.2\t1\tHai\t1,5\tco_khong\t\n"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", "", "tệp trống"),
        ("\n \n", "", "tệp trống"),
        ("ma;ten;diem_toi_da;loai\n1;a;2;co_khong\n", "", "cách nhau bằng phím Tab"),
        ("ma\tten\tloai\n1\ta\tco_khong\n", "", "không thấy dòng tên cột"),
        ("ma\tten\tdiem\n1\ta\t2\n", "", "không thấy dòng tên cột"),
        (HEADS, ":1:1", "không có dòng tiêu chí nào"),
        (HEADS + GOOD.replace("1.2\t", "1.1\t"), ":4:1", "mã “1.1” đã dùng ở"),
        (HEADS + GOOD.replace("1.2\t", "\t"), ":4:1", "chưa có mã"),
        (HEADS + GOOD.replace("1.2\t", "1,2\t"), ":4:1", "viết 1.2"),
        (HEADS + GOOD.replace("1.2\t", "mục hai\t"), ":4:1", "không hợp lệ"),
        (HEADS + GOOD.replace("Hai", ""), ":4:3", "chưa có tên"),
        (HEADS + GOOD.replace("Hai\t1,5", "Hai\t1.5"), ":4:4", "dùng dấu chấm cho phần lẻ — viết 1,5"),
        (HEADS + GOOD.replace("Hai\t1,5", "Hai\tmột"), ":4:4", "không phải là số"),
        (HEADS + GOOD.replace("Hai\t1,5", "Hai\t2"), ":2:4", "nhóm “Nhóm” ghi 3 điểm nhưng các dòng bên dưới cộng lại là 3,5"),
        (HEADS + GOOD.replace("Hai\t1,5", "Hai\t-1,5"), ":4:4", "số âm ở nhóm không phải điểm trừ"),
        (HEADS + GOOD.replace("Hai\t1,5", "Hai\t1,505"), ":4:4", "nhiều nhất 2 chữ số"),
        (HEADS + GOOD.replace("Hai\t1,5", "Hai\t0"), ":4:4", "phải lớn hơn 0"),
        (HEADS + GOOD.replace("Hai", "H\ufeffai"), ":4:3", "ký tự ẩn U+FEFF"),
        (HEADS + GOOD.replace("1.2\t1\t", "1.2\t9\t"), ":4:2", "không có nhóm “9”"),
        (HEADS + GOOD + "1.3\t1\tBa\t1\tco_khong\t\tthừa\n", ":5:7", "nhiều ô hơn dòng tên cột"),
        (HEADS + GOOD.replace("Hai", '"Hai'), ":4:1", "không thành cặp"),
        (HEADS + GOOD.replace("Hai", '"Hai" ba'), ":4:1", "không thành cặp"),
        (HEADS + "1\t\tNhóm\t3\t\t\n1.5\t1\tMục\t\t\t\n1.6\t1.5\tMục nhỏ\t\t\t\n" + GOOD.partition("\n")[2], ":4:2", "là mục trong nhóm"),
        ("\t" + HEADS + "thừa\n", ":2:1", "“thừa” ở cột không có tên"),
        ("\t" + HEADS + "thừa\t\t\n", ":2:1", "“thừa” ở cột không có tên"),
        (HEADS.replace("cach_tinh", "loai") + GOOD, ":1:6", "cột “loai” có hai lần"),
        ("ma\tnhom\tten\tdiem_chuan\tloai\n1\tA (4)\tMột\t3\tco_khong\n", ":2:2", "nhóm “A” ghi 4 điểm"),
    ],
)  # fmt: skip
def test_bad_tables(tmp_path: Path, text: str, place: str, message: str) -> None:
    path = tmp_path / "bang.tsv"
    path.write_text(text, encoding="utf-8")
    try:
        problems = import_criteria(path).mistakes
    except ContentError as error:
        problems = error.problems
    found = [each for each in problems if message in each.message]
    assert [str(each.place) for each in found] == [f"{path.name}{place}"], problems
    assert " — " in found[0].message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("bang.xls", b"\xd0\xcf\x11\xe0", "lưu lại thành .xlsx"),
        ("bang.csv", b"ma,ten", "chỉ đọc được .xlsx và .tsv"),
        ("bang.docx", b"PK", "chỉ đọc được .xlsx và .tsv"),
        ("bang", b"ma\tten", "chỉ đọc được .xlsx và .tsv"),
        ("bang.tsv", "Mã\tTên".encode("utf-16-le"), "không phải"),
        ("bang.tsv", b"ma\tten\tM\xf4t\xfd", "bảng mã UTF-8"),
        ("bang.xlsx", b"PK\x03\x04 hong", "hỏng"),
        ("bang.xlsx", b"", "hỏng"),
        ("bang.xlsx", b"0" * 20_000_001, "tệp quá lớn"),
    ],
)  # fmt: skip
def test_other_files(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ContentError, match=message) as caught:
        import_criteria(path)
    assert path.name in str(caught.value.problems[0].place)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_editors(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "bang.tsv"
    path.write_bytes((HEADS + GOOD).replace("\n", "\r\n").encode(encoding))
    imported = import_criteria(path)
    assert (imported.mistakes, imported.row_count) == ((), 2)


def test_quotes_as_a_sheet_saves_them(tmp_path: Path) -> None:
    path = tmp_path / "bang.tsv"
    path.write_text(
        HEADS + GOOD.replace("Hai", '"Hai\n""ba"""').replace("Một", 'Một "hai"'), "utf-8"
    )
    imported = import_criteria(path)
    assert imported.mistakes == ()
    assert any('Hai "ba"' in line for line in imported.summary)


def test_heads_as_officials_write_them(tmp_path: Path) -> None:
    path = tmp_path / "bang.tsv"
    path.write_text("Mã\tNhóm\tTên chỉ tiêu\tĐiểm tối đa\tLoại\tCột lạ\n" + GOOD, encoding="utf-8")
    imported = import_criteria(path)
    assert (imported.mistakes, imported.row_count) == ((), 2)
    assert any("“Cột lạ” không dùng đến" in note.message for note in imported.notes)


# --- sheets -----------------------------------------------------------------------------------


def workbook(path: Path, rows: list[list[object]], **others: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bảng điểm"
    for row in rows:
        sheet.append(row)
    for title, lines in others.items():
        other = book.create_sheet(title)
        for line in lines:
            other.append(line)
    book.save(path)
    return path


SHEET: list[list[object]] = [
    ["# Bộ thử (QĐ 1/QĐ-UBND). Nguồn: bảng gõ tay"],
    ["Mã", "Nhóm", "Tên", "Điểm tối đa", "Loại", "Cách tính"],
    ["A", None, "Nhóm", 4.5, None, None],
    [1.1, "A", "Một", 1.5, "co_khong", None],
    [1.2, "A", "Hai", 3, "bac_ty_le", "100%: 3; 90–<100: 1; <90: 0"],
]


def test_a_sheet(tmp_path: Path) -> None:
    imported = import_criteria(workbook(tmp_path / "b.xlsx", SHEET, Khác=[["ghi chú"]]))
    assert imported.mistakes == () and imported.name == "Bộ thử (QĐ 1/QĐ-UBND)"
    assert loaded_with(tmp_path, imported.text).problems == ()
    assert "diem_toi_da: 1,5" in imported.text


def cell(row: int, column: int, value: object) -> list[list[object]]:
    rows = [[*line] for line in SHEET]
    rows[row - 1][column - 1] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "place", "message"),
    [
        (cell(5, 1, 1.1), "A5", "1.10 thành 1.1 khi ô là số"),
        (cell(5, 4, "3.0"), "D5", "dùng dấu chấm"),
        (cell(5, 4, 4), "D3", "ghi 4,5 điểm nhưng các dòng bên dưới cộng lại là 5,5"),
        (cell(5, 1, "1.2 "), "", ""),
        (cell(2, 1, "Số"), "", "không thấy dòng tên cột"),
    ],
)
def test_mistakes_of_a_sheet(
    tmp_path: Path, rows: list[list[object]], place: str, message: str
) -> None:
    path = workbook(tmp_path / "b.xlsx", rows)
    try:
        problems = import_criteria(path).mistakes
    except ContentError as error:
        problems = error.problems
    if not message:
        assert problems == ()
        return
    (problem,) = problems
    where = f"{path.name}!Bảng điểm!{place}" if place else path.name
    assert (str(problem.place), message in problem.message) == (where, True), problem


def test_formulas_are_not_run(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", cell(5, 4, "=1+2"))
    imported = import_criteria(path)
    (note,) = [each for each in imported.notes if "công thức" in each.message]
    assert str(note.place).endswith("!Bảng điểm!D5") and "gõ lại giá trị" in note.message


def test_a_saved_value_of_a_formula_is_taken(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", cell(5, 4, "=1+2"))
    saved = tmp_path / "c.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name,
                data.replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>").replace(
                    b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>"
                ),
            )
    imported = import_criteria(saved)
    assert imported.mistakes == ()
    assert any("lấy giá trị đã lưu “3”" in each.message for each in imported.notes)


def with_other_xml(path: Path, part: str, old: str, new: str) -> Path:
    """Return the workbook ``path`` with other words in one of its parts."""
    made = path.with_stem("other")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w") as target:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert name != part or old in text
            target.writestr(name, text.replace(old, new) if name == part else text)
    return made


SHEET_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<c r="D4" t="n">', '<c r="D4" s="77" t="n">', ""),
        ('<c r="D4" t="n"><v>1.5</v>', '<c r="D4" t="s"><v>999</v>', "hỏng"),
        ('<c r="D4" t="n"><v>1.5</v>', '<c r="D4" t="n"><v>1e999</v>', "hỏng"),
        ('<c r="D4" t="n"><v>1.5</v>', '<c r="D4" t="n"><v>NaN</v>', "hỏng"),
        ('<c r="D4" t="n"><v>1.5</v>', '<c r="D4" t="n"><v>một</v>', "hỏng"),
        ('<c r="D4" t="n"><v>1.5</v>', '<c r="D4" t="d"><v>2025</v>', "hỏng"),
        ('<c r="D4" t="n"><v>1.5</v>', '<c r="D4" t="e"><v>#REF!</v>', "ô báo lỗi #REF!"),
        ('<row r="4">', '<row r="bốn">', "hỏng"),
    ],
)
def test_damaged_cells(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = with_other_xml(workbook(tmp_path / "b.xlsx", SHEET), SHEET_PART, old, new)
    try:
        imported = import_criteria(path)
        problems = (*imported.mistakes, *imported.notes)
    except ContentError as error:
        problems = tuple(error.problems)
    assert any(message in each.message for each in problems), problems


def test_looks_of_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", [*SHEET[:1], [*SHEET[1], "Dưới ngưỡng"], *SHEET[2:]])
    book = openpyxl.load_workbook(path)
    sheet = book["Bảng điểm"]
    for number, (name, value, look) in enumerate(
        [("B7", 0.85, "0%"), ("C7", 0.125, "0.0%"), ("D7", datetime(2026, 12, 15), "d/m/yy")]
    ):
        assert sheet.cell(7, number + 2).coordinate == name
        sheet[name].value, sheet[name].number_format = value, look
    book.save(path)
    (row,) = [each for each in read_table(path, HEAD).rows if each["ten"].text == "12,5%"]
    assert (row["nhom"].text, row["diem_toi_da"].text) == ("85%", "15/12/2026")
    assert row["nhom"].is_number


@pytest.mark.parametrize("row", [5_001, 60_000, 1_048_576])
def test_a_stray_cell_far_below(tmp_path: Path, row: int) -> None:
    path = with_other_xml(
        workbook(tmp_path / "b.xlsx", SHEET),
        SHEET_PART,
        "</sheetData>",
        f'<row r="{row - 1}"><c r="A{row - 1}" s="0"/></row>'
        f'<row r="{row}"><c r="A{row}" s="0"/><c r="C{row}"><v>1</v></c></row></sheetData>',
    )
    with pytest.raises(ContentError, match="xóa") as caught:
        import_criteria(path)
    assert str(caught.value.problems[0].place) == f"{path.name}!Bảng điểm!C{row}"


def test_blank_rows_far_below_are_nothing(tmp_path: Path) -> None:
    path = with_other_xml(
        workbook(tmp_path / "b.xlsx", SHEET),
        SHEET_PART,
        "</sheetData>",
        '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>',
    )
    assert import_criteria(path).mistakes == ()


def test_a_sheet_that_unpacks_too_large(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", SHEET)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(50_000_001))
    with pytest.raises(ContentError, match="quá lớn"):
        import_criteria(path)


def test_macros_are_told(tmp_path: Path) -> None:
    path, other = workbook(tmp_path / "b.xlsx", SHEET), tmp_path / "b.xlsm"
    other.write_bytes(path.read_bytes())
    with zipfile.ZipFile(other, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Auto_Open")
    imported = import_criteria(other)
    assert imported.mistakes == ()
    assert any("có macro: không chạy" in note.message for note in imported.notes)


def test_two_sheets_with_tables(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", SHEET, Hai=SHEET)
    with pytest.raises(ContentError, match="“Bảng điểm”, “Hai” đều có bảng"):
        import_criteria(path)
