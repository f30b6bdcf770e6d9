"""Filled forms as they come back: moved about, half wrong, foreign, damaged, at odds."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filled_forms import FIGURES, UNIT, filled, forms_in
from office import require_soffice
from packages import zipped
from support import load_checked, write_content
from vanban.cli import main
from vanban.errors import ContentError
from vanban.exchange.filled_form import read_filled_form
from vanban.exchange.form_layout import NAMES, SheetKind
from vanban.exchange.forms import Form
from vanban.workspace.files import FORM_ANSWERS

CONTENT = Path("content")
REPORT = CONTENT / "2025/bao-cao/q3.yaml"
GOOD = {"hs-truc-tuyen": 1300, "hs-truc-tiep": 400}
HERE = f"back/a.xlsx!{FIGURES}"


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Form:
    """Return the form of the unit, in a project of its own."""
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path)
    Path("back").mkdir()
    return forms_in(load_checked(CONTENT, 2025))[UNIT]


def collect(*options: str, today: str = "12/9/2025") -> tuple[int, str, list[str]]:
    arguments = ("collect", "back", "--today", today, *options)
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr.splitlines()


def put(data: bytes, name: str = "a.xlsx") -> None:
    (Path("back") / name).write_bytes(data)


def snapshot() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in CONTENT.rglob("*") if path.is_file()}


# --- moved about, and found all the same ------------------------------------------------------


def _row_of(page: Any, name: str) -> int:
    return next(int(cell.row) for cell in page["A"] if cell.value == name)


def _swap_rows(book: Any) -> None:
    page = book[FIGURES]
    one, other = _row_of(page, "hs-truc-tuyen"), _row_of(page, "hs-truc-tiep")
    for column in range(1, 11):
        first, second = page.cell(one, column), page.cell(other, column)
        first.value, second.value = second.value, first.value


def _rename(book: Any) -> None:
    book[FIGURES].title = "Sheet1 (2)"


def _widen(book: Any) -> None:
    book[FIGURES].column_dimensions["H"].width = 60
    book[FIGURES].column_dimensions["A"].hidden = False


def _add_a_sheet(book: Any) -> None:
    book.create_sheet("Nháp", 0)["A1"] = "=1+1"


def _shift(book: Any) -> None:
    page = book[FIGURES]
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    page.insert_rows(1, 3)
    page.insert_cols(3)


def _without_codes(book: Any) -> None:
    page = book[FIGURES]
    for row in range(8, page.max_row + 1):
        page.cell(row, 1).value = None


def _move_value_column(book: Any) -> None:
    page = book[FIGURES]
    for row in range(7, page.max_row + 1):
        page.cell(row, 13).value = page.cell(row, 8).value
        if not isinstance(page.cell(row, 8), openpyxl.cell.cell.MergedCell):
            page.cell(row, 8).value = None


def _whole_form_twice(book: Any) -> None:
    page = book[FIGURES]
    one = _row_of(page, "hs-truc-tuyen")
    for column in range(1, 11):
        page.cell(page.max_row + (column == 1), column).value = page.cell(one, column).value


@pytest.mark.parametrize(
    "change",
    [
        _swap_rows,
        _rename,
        _widen,
        _add_a_sheet,
        _shift,
        _without_codes,
        _move_value_column,
        _whole_form_twice,
    ],
)
def test_what_was_moved_is_found(form: Form, change: Callable[[Any], object]) -> None:
    put(filled(form, GOOD, change), "bản sao (1).XLSX")
    status, out, err = collect("--apply")
    assert (status, err) == (0, [])
    assert "Cộng: 2 đổi." in out
    text = REPORT.read_text("utf-8")
    assert "  hs-truc-tuyen: 1300\n  hs-truc-tiep: 400\n" in text


def test_the_same_file_twice_is_one(form: Form) -> None:
    put(filled(form, GOOD))
    put(filled(form, GOOD), "a (1).xlsx")
    put(b"junk", "~$a.xlsx")
    put(b"junk", "ghi chu.txt")
    status, out, err = collect("--apply")
    assert (status, err) == (0, [])
    assert "Trung tâm Phục vụ hành chính công (a (1).xlsx, a.xlsx)" in out


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["ods", "xls", "xlsx"])
def test_files_of_libreoffice_are_read(form: Form, suffix: str, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(filled(form, GOOD))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [require_soffice(), profile, "--headless", "--convert-to", suffix]
    subprocess.run(
        [*command, "--outdir", "back", str(source)], check=True, capture_output=True, timeout=180
    )
    status, out, err = collect()
    assert (status, err) == (0, []) and "Cộng: 2 đổi." in out
    assert ("được LibreOffice chuyển sang .xlsx" in out) is (suffix != "xlsx")


@pytest.mark.slow
def test_sums_and_checks_are_computed_by_libreoffice(form: Form, tmp_path: Path) -> None:
    from msgspec.structs import replace

    from vanban.exchange.forms import FormCheck

    (check,) = form.checks
    wrong = FormCheck("Trái nhau", check.left, ("hs-truc-tiep",), at_most=False)
    source = tmp_path / "a.xlsx"
    source.write_bytes(filled(replace(form, checks=(check, wrong)), GOOD))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [require_soffice(), profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", "back", str(source)], check=True, capture_output=True, timeout=180
    )
    page = openpyxl.load_workbook("back/a.xlsx", data_only=True)[FIGURES]
    values = [cell.value for cell in page["H"] if cell.row > 8 and cell.value is not None]
    assert values[:3] == [1300, 400, 1700]
    assert values[3] == pytest.approx(1300 / 1700)
    assert values[4:6] == ["khớp", "KHÔNG KHỚP: 1300 và 400"]


# --- refused, each at its cell ----------------------------------------------------------------


def _merge(book: Any) -> None:
    book[FIGURES].merge_cells("H10:H11")


def _delete_row(book: Any) -> None:
    page = book[FIGURES]
    page.delete_rows(_row_of(page, "hs-truc-tiep"))


def _sorted_names_only(book: Any) -> None:
    page = book[FIGURES]
    one, other = page.cell(10, 3), page.cell(11, 3)
    one.value, other.value = other.value, one.value


def _formula(book: Any) -> None:
    book[FIGURES]["H10"] = "=1000+300"


def _another_row(book: Any) -> None:
    page = book[FIGURES]
    page.cell(40, 3).value, page.cell(40, 8).value = "Hồ sơ nhận trực tiếpp", 5


def _code_of_another(book: Any) -> None:
    book[FIGURES].cell(11, 1).value = "so-ky-luat"
    book[FIGURES].cell(11, 3).value = "Số người bị kỷ luật"


def _twice(book: Any) -> None:
    page = book[FIGURES]
    for column in (1, 3):
        page.cell(40, column).value = page.cell(10, column).value
    page.cell(40, 8).value = 7


def _wrong_sum(book: Any) -> None:
    book[FIGURES]["H12"] = 1800


def _wrong_ratio(book: Any) -> None:
    book[FIGURES]["H13"] = "98,7%"


@pytest.mark.parametrize(
    ("values", "change", "line", "counts"),
    [
        (
            {**GOOD, "hs-truc-tuyen": 1.3},
            None,
            "H10: hs-truc-tuyen: 1,3 có phần lẻ, chỉ tiêu này là số đếm; có phải 1300?",
            "1 đổi, 1 bị từ chối",
        ),
        (GOOD, _merge, "H10: hs-truc-tuyen: ô bị gộp với dòng khác (H10:H11)", "2 bị từ chối"),
        (
            GOOD,
            _sorted_names_only,
            "H10: hs-truc-tuyen: dòng ghi “Hồ sơ nhận trực tiếp” nhưng mã ẩn là của “Hồ sơ nhận",
            "2 bị từ chối",
        ),
        (
            GOOD,
            _formula,
            "H10: hs-truc-tuyen: công thức chưa có kết quả lưu trong tệp",
            "1 đổi, 1 bị từ chối",
        ),
        (
            GOOD,
            _another_row,
            "H40: dòng “Hồ sơ nhận trực tiếpp” không có trong biểu mẫu — có phải “Hồ sơ nhận trực",
            "2 đổi, 1 bị từ chối",
        ),
        (
            GOOD,
            _code_of_another,
            "H11: “Số người bị kỷ luật” nay không thuộc số liệu của đơn vị này",
            "1 đổi, 1 thiếu, 1 bị từ chối",
        ),
        (GOOD, _twice, "H40: hs-truc-tuyen: ghi hai lần, ô H10 là 1300", "2 đổi, 1 bị từ chối"),
        (
            GOOD,
            _wrong_sum,
            "H12: hs-tiep-nhan: ô này do máy tính, các số của đơn vị cho 1700",
            "2 đổi, 1 bị từ chối",
        ),
        (
            GOOD,
            _wrong_ratio,
            "H13: hs-tl-truc-tuyen: ô này do máy tính, các số của đơn vị cho 76,5%",
            "2 đổi, 1 bị từ chối",
        ),
        (
            {**GOOD, "hs-truc-tuyen": "=cmd|'/C calc'!A0"},
            None,
            "H10: hs-truc-tuyen: công thức chưa có kết quả",
            "1 đổi, 1 bị từ chối",
        ),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told(
    form: Form,
    values: dict[str, object],
    change: Callable[[Any], object] | None,
    line: str,
    counts: str,
) -> None:
    put(filled(form, values, change or (lambda book: None)))
    status, out, err = collect()
    assert status == 1
    assert any(each.startswith(f"{HERE}!{line}") and " — " in each for each in err), err
    assert f"Cộng: {counts}." in out, out


def test_a_deleted_row_is_missing_and_stays_in_the_report(form: Form) -> None:
    put(filled(form, GOOD, _delete_row))
    status, out, _ = collect("--apply")
    assert status == 0 and "  thiếu: Hồ sơ nhận trực tiếp: 311\n" in out
    assert "  hs-truc-tuyen: 1300\n  hs-truc-tiep: 311\n" in REPORT.read_text("utf-8")


def test_values_of_others_comments_and_order_stay(form: Form) -> None:
    text = REPORT.read_text("utf-8")
    typed = text.replace("  hs-truc-tuyen: 1204\n", "  # theo Cổng\n  hs-truc-tuyen:   '1204'\n")
    REPORT.write_text(typed.replace("  hs-truc-tiep: 311\n", ""), "utf-8")
    put(filled(form, GOOD))
    assert collect("--apply")[0] == 0
    assert REPORT.read_text("utf-8") == typed.replace("1204", "1300").replace(
        "  hs-truc-tiep: 311\n", ""
    ).replace("ghi_chu: Không có}\n", "ghi_chu: Không có}\n  hs-truc-tiep: 400\n")


def test_a_figure_that_contradicts_others_is_refused_at_its_cell(form: Form) -> None:
    register = CONTENT / "chi-tieu.yaml"
    text = register.read_text("utf-8")
    register.write_text(text.replace("ve_phai: [hs-tiep-nhan]", "ve_phai: [so-ky-luat]"), "utf-8")
    report = REPORT.read_text("utf-8").replace("gia_tri: 0", "gia_tri: 1250")
    REPORT.write_text(report, "utf-8")
    put(filled(form, GOOD))
    status, out, err = collect("--apply")
    assert status == 1 and "Cộng: 1 đổi, 1 bị từ chối." in out
    assert err[0].startswith(f"{HERE}!H10: hs-truc-tuyen: không khớp: ")
    assert REPORT.read_text("utf-8") == report.replace("311", "400")


def test_figures_of_two_periods_are_checked_with_each_other(form: Form) -> None:
    text = REPORT.read_text("utf-8")
    for period, before in (("q1", "10"), ("h1", "50")):
        report = text.replace("1204", before).replace("311", "10")
        REPORT.with_stem(period).write_text(report, "utf-8")
    workspace = load_checked(CONTENT, 2025)
    for period, online in (("h1", 30), ("q1", 40)):  # each alone would do
        values = {"hs-truc-tuyen": online, "hs-truc-tiep": 10}
        put(filled(forms_in(workspace, period)[UNIT], values), f"{period}.xlsx")
    status, _, err = collect("--apply")
    assert status == 1 and len(err) == 1, err
    assert err[0].startswith(f"back/h1.xlsx!{FIGURES}!H10: hs-truc-tuyen: ")
    load_checked(CONTENT, 2025)
    taken = [": 40\n" in REPORT.with_stem(each).read_text("utf-8") for each in ("q1", "h1")]
    assert taken == [True, False]


# --- two that differ --------------------------------------------------------------------------


def test_two_files_that_differ_are_shown_and_none_is_chosen(form: Form) -> None:
    put(filled(form, GOOD))
    put(filled(form, {**GOOD, "hs-truc-tuyen": 1301}), "b.xlsx")
    status, out, err = collect("--apply")
    assert status == 1 and "1 đổi, 2 bị từ chối" in out
    assert len(err) == 2
    for line in err:
        assert f"ghi 1300 ({HERE}!H10)" in line and f"ghi 1301 (back/b.xlsx!{FIGURES}!H10)" in line
    assert "  hs-truc-tuyen: 1204\n  hs-truc-tiep: 400\n" in REPORT.read_text("utf-8")


def test_two_units_that_differ_are_seen_in_two_runs(form: Form) -> None:
    register = CONTENT / "chi-tieu.yaml"
    text = register.read_text("utf-8")
    shared = ", don_vi_tinh: người, don_vi_cung_cap: [van-hoa-xa-hoi, trung-tam-hcc]"
    register.write_text(text.replace(", don_vi_tinh: người", shared), "utf-8")
    forms = forms_in(load_checked(CONTENT, 2025))
    put(filled(forms[UNIT], {"so-ky-luat": 2}))
    assert collect("--apply")[0] == 0
    assert "gia_tri: 2, ghi_chu: Không có" in REPORT.read_text("utf-8")
    put(filled(forms["van-hoa-xa-hoi"], {"so-ky-luat": 3}))
    before = snapshot()
    status, _, err = collect("--apply")
    assert status == 1 and len(err) == 1
    assert "Phòng Văn hóa - Xã hội ghi 3" in err[0]
    assert "Trung tâm Phục vụ hành chính công ghi 2 (a.xlsx)" in err[0]
    assert snapshot() == before


# --- narrative and evidence -------------------------------------------------------------------


def test_narrative_and_notes_are_kept_by_unit(form: Form) -> None:
    name = NAMES[SheetKind.NARRATIVE]

    def write(book: Any) -> None:
        page = book[name]
        page.cell(_row_of(page, "ket_qua.thu_tuc.mot_cua"), 4).value = "Một.\nHai."
        page.cell(_row_of(page, "kien_nghi"), 4).value = "=cmd|x"
        book[FIGURES].cell(10, 9).value = "Theo Cổng: tạm tính"
        book[FIGURES].cell(10, 10).value = "Cổng Dịch vụ công"

    put(filled(form, GOOD, write))
    status, out, err = collect("--apply")
    assert status == 1 and len(err) == 1
    assert err[0].startswith(f"back/a.xlsx!{name}!D") and "công thức chưa có kết quả" in err[0]
    assert "  lời văn, ket_qua.thu_tuc.mot_cua: Một.\n" in out
    (answer,) = load_checked(CONTENT, 2025).all_of(FORM_ANSWERS)
    assert [(each.section, each.text) for each in answer.texts] == [
        ("ket_qua.thu_tuc.mot_cua", "Một."),
        ("ket_qua.thu_tuc.mot_cua", "Hai."),
    ]
    assert answer.figures[0].note == "Theo Cổng: tạm tính"
    assert answer.figures[0].source == "Cổng Dịch vụ công"
    Path("back/a.xlsx").unlink()
    put(filled(form, {"hs-truc-tiep": 401}))
    assert collect("--apply")[0] == 0  # what is not said anew stays
    (answer,) = load_checked(CONTENT, 2025).all_of(FORM_ANSWERS)
    assert [each.value for each in answer.figures] == ["1300", "401"]
    assert len(answer.texts) == 2


def test_a_unit_keeps_the_day_of_its_answer_when_its_file_is_read_again(form: Form) -> None:
    """A folder is read again whenever another unit has sent its file into it."""

    def write(book: Any) -> None:
        page = book[NAMES[SheetKind.NARRATIVE]]
        page.cell(_row_of(page, "ket_qua.thu_tuc.mot_cua"), 4).value = "Một.\nHai."

    put(filled(form, GOOD, write))
    assert collect("--apply", today="10/9/2025")[0] == 0
    before = snapshot()
    status, out, _ = collect("--apply", today="20/9/2025")
    assert (status, out.splitlines()[-1]) == (0, "Không có gì phải ghi.")
    assert snapshot() == before
    put(filled(form, {**GOOD, "hs-truc-tiep": 401}, write))
    assert collect("--apply", today="20/9/2025")[0] == 0
    (answer,) = load_checked(CONTENT, 2025).all_of(FORM_ANSWERS)
    assert answer.received == date(2025, 9, 20)


def test_a_new_report_is_filled_in_the_place_of_its_instructions(form: Form) -> None:
    text = REPORT.read_text("utf-8")
    marked = text.replace("1204", '"HƯỚNG DẪN: ghi số; không phát sinh thì ghi 0"')
    REPORT.write_text(marked, "utf-8")
    put(filled(form, GOOD))
    status, out, _ = collect("--apply")
    assert status == 0 and "Cộng: 1 mới, 1 đổi." in out
    assert REPORT.read_text("utf-8") == text.replace("1204", '"1300"').replace("311", "400")


# --- files that are not taken -----------------------------------------------------------------


def _with_mark(old: str, new: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for page in book.worksheets:
            page["A1"].value = str(page["A1"].value).replace(old, new)

    return change


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with_dtd(data: bytes) -> bytes:
    parts = _parts(data)
    name = "xl/worksheets/sheet1.xml"
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet'
    return zipped({**parts, name: parts[name].replace(b"<worksheet", bomb, 1)})


def _joined(data: bytes, count: int) -> bytes:
    parts = _parts(data)
    name = "xl/worksheets/sheet1.xml"
    found = re.search(rb"<mergeCells[^>]*>", parts[name])
    assert found is not None
    more = b'<mergeCell ref="A1000:BH3000"/>' * count
    return zipped({**parts, name: parts[name].replace(found[0], found[0] + more)})


def _bomb(data: bytes) -> bytes:
    return zipped({**_parts(data), "xl/media/a.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})


@cache
def _whole(form: Form) -> bytes:
    return filled(form, GOOD)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda form: b"", "tệp bị hỏng hoặc thiếu phần cuối"),
        (lambda form: b"PK\x03\x04 junk", "tệp bị hỏng hoặc thiếu phần cuối"),
        (lambda form: filled(form, GOOD)[:9000], "tệp bị hỏng hoặc thiếu phần cuối"),
        (lambda form: b"<html><table>", "tệp bị hỏng hoặc thiếu phần cuối"),
        (lambda form: OLE + "EncryptedPackage".encode("utf-16-le"), "tệp có mật khẩu"),
        (lambda form: _with_dtd(filled(form, GOOD)), "tệp có khai báo DTD"),
        (lambda form: _bomb(filled(form, GOOD)), "tệp giải nén ra quá lớn"),
        (lambda form: _joined(filled(form, GOOD), 9), "tệp bị hỏng bên trong"),
        (
            lambda form: zipped({"a.txt": b"x"}),
            "không phải tệp Excel — mở bằng Excel, lưu lại thành .xlsx",
        ),
        (
            lambda form: filled(form, GOOD, lambda book: book.remove(book[FIGURES])),
            "không phải biểu mẫu của chương trình, hoặc trang số liệu đã mất",
        ),
        (
            lambda form: filled(form, GOOD, _with_mark("UBND phường Trần Liễu", "UBND xã Lộc An")),
            "biểu mẫu của “UBND xã Lộc An”, đây là “UBND phường Trần Liễu”",
        ),
        (
            lambda form: filled(form, GOOD, _with_mark("|2025|", "|2024|")),
            "biểu mẫu năm 2024, đang thu thập năm 2025 — chọn năm bằng --year 2024",
        ),
        (
            lambda form: filled(form, GOOD, _with_mark("mau|1|", "mau|9|")),
            "biểu mẫu phiên bản 9, chương trình này đọc phiên bản 1",
        ),
        (
            lambda form: filled(form, GOOD, _with_mark(f"|{UNIT}|", "|phong-la|")),
            "đơn vị “phong-la” không có số liệu phải cung cấp",
        ),
        (
            lambda form: filled(form, GOOD, _with_mark("|q3|", "|q9|")),
            "không có kỳ “q9”",
        ),
    ],
)
def test_a_file_that_is_not_taken_is_one_line_and_nothing_is_written(
    form: Form, spoil: Callable[[Form], bytes], line: str
) -> None:
    put(filled(form, GOOD), "good.xlsx")
    put(spoil(form))
    before = snapshot()
    status, _, err = collect("--apply")
    assert status == 1
    assert len(err) == 2 and err[0].startswith(f"back/a.xlsx: {line}"), err
    assert err[1] == ("Chưa ghi gì: có tệp không nhận được — sửa hoặc bỏ tệp ấy ra rồi chạy lại.")
    assert snapshot() == before


SPOILT = ("", "-1", "x", "99999999999", "ZZZZ9", "../../x", "1e400", "nan", "#REF!")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_any_damage_is_one_line(form: Form, random: Random) -> None:
    data = _whole(form)
    if random.random() < 0.3:
        at = random.randrange(len(data))
        data = data[:at] + bytes([random.randrange(256)]) + data[at + random.randrange(1, 400) :]
    else:
        parts = _parts(data)
        name = random.choice(sorted(parts))
        found = list(re.finditer(rb'"[^"]*"|(?<=>)[^<]+(?=<)', parts[name]))
        hit = random.choice(found)
        new = random.choice(SPOILT).encode()
        new = b'"' + new + b'"' if hit[0].startswith(b'"') else new
        parts[name] = parts[name][: hit.start()] + new + parts[name][hit.end() :]
        data = zipped(parts)
    try:
        read_filled_form(data, "back/a.xlsx")
    except ContentError as error:
        (problem,) = error.problems
        assert str(problem).startswith("back/a.xlsx") and " — " in str(problem)


def test_a_lost_column_is_told_at_its_sheet(form: Form) -> None:
    def change(book: Any) -> None:
        book[FIGURES].cell(7, 8).value = "Q3"

    put(filled(form, GOOD, change))
    status, _, err = collect()
    assert status == 1 and err[0].startswith(f"{HERE}: không thấy cột “Số liệu kỳ này” — ")


def test_without_libreoffice_other_formats_are_told(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    put(OLE, "a.xls")
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    put(ods.getvalue(), "b.ods")
    status, _, err = collect("--apply")
    assert status == 1
    assert [line.split(" — ")[0] for line in err[:2]] == [
        "back/a.xls: tệp .xls: máy này không có LibreOffice",
        "back/b.ods: tệp .ods: máy này không có LibreOffice",
    ]


def test_others_may_write_while_files_are_converted(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is compared with the content as it is when it is written, not when it was read."""
    (tmp_path / "whole.xlsx").write_bytes(filled(form, GOOD))
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ $1 = --outdir ] && mkdir -p $2 && "
        f"cp {tmp_path}/whole.xlsx $2/tai-lieu.xlsx; shift; done\n"
        f"cd {tmp_path}; [ -e content/.lock ] || sed -i s/311/400/ {REPORT}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    put(OLE, "a.xls")
    status, out, err = collect("--apply")
    assert (status, err) == (0, []), err
    assert "  giữ nguyên: 1 chỉ tiêu\n" in out and "Cộng: 1 đổi" in out
    assert "  hs-truc-tuyen: 1300\n  hs-truc-tiep: 400\n" in REPORT.read_text("utf-8")


def test_the_saved_value_of_a_formula_is_taken(form: Form) -> None:
    parts = _parts(filled(form, GOOD))
    name = "xl/worksheets/sheet1.xml"
    saved = re.sub(rb"(<c r=.H10.[^>]*>)<v>1300</v>", rb"\1<f>1000+300</f><v>1300</v>", parts[name])
    assert b"1000+300" in saved
    put(zipped({**parts, name: saved}))
    status, out, err = collect()
    assert (status, err) == (0, []) and "1204 → 1300 (ô H10)" in out


def test_cells_joined_below_the_form_do_no_harm(form: Form) -> None:
    put(_joined(filled(form, GOOD), 1))
    assert collect()[0] == 0


def test_macros_are_told_and_not_run(form: Form) -> None:
    parts = _parts(filled(form, GOOD))
    put(zipped({**parts, "xl/vbaProject.bin": OLE}), "a.xlsm")
    status, out, err = collect()
    assert (status, err) == (0, [])
    assert "lưu ý: back/a.xlsm: tệp có macro — chỉ lấy giá trị các ô, không chạy macro" in out


def test_without_the_report_the_command_is_named(form: Form) -> None:
    put(filled(form, GOOD, _with_mark("|q3|", "|year|")))
    status, _, err = collect("--apply")
    assert status == 1
    assert err[0].startswith("content/2025/bao-cao/year.yaml: chưa có báo cáo của kỳ này")
    assert "new report year" in err[0]


def test_usage_is_told(form: Form) -> None:
    status, _, err = collect()
    assert status == 2 and err[0].startswith("Lỗi: không thấy biểu mẫu nào (.xlsx")
    status, _, err = collect(today="hôm nay")
    assert status == 2 and err == ["Lỗi: --today: “hôm nay” không phải là ngày — ghi như 12/9/2025"]
    result = CliRunner().invoke(main, ["collect", "khong-co.xlsx"])
    assert result.exit_code == 1
    assert result.stderr.startswith("khong-co.xlsx: không đọc được: ")
