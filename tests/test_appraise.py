"""Appraising wards: the table out and back, what is refused at its cell, rounds, the letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from appraisals import (
    CITY,
    ID,
    TABLE,
    TITLE,
    appraise,
    cell,
    fill,
    run,
    take,
    write_city,
    write_table,
    write_ward,
)
from assessments import CRITERIA
from packages import audit
from support import compose_all, load_checked
from vanban.app.catalogue import find_kind
from vanban.app.manifest import REPLACED
from vanban.document import Table
from vanban.exchange.appraisal_workbook import ASKED, AT, ENTRY, GIVEN, REASON
from vanban.workspace.files import APPRAISALS

FILE = CITY / "2025/tham-dinh/a.yaml"
WHY = "Chưa có tài liệu kiểm chứng."


@pytest.fixture(autouse=True)
def wards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_city()
    write_ward("a")
    write_ward("b", {"1.1.1": "{chon: khong}", "1.1.2": "{khong_ap_dung: Không có việc này}"})


def test_points_of_wards_in_a_workbook() -> None:
    status, told = appraise()
    assert status == 0
    assert "1. UBND phường A: 14,07/17,00 điểm (82,8%); nguy cơ 14,07" in told
    assert "2. UBND phường B: 11,57/15,00 điểm (77,1%); nguy cơ 11,57" in told
    book = openpyxl.load_workbook(TABLE)
    assert book.sheetnames == ["Tổng hợp", "Điểm tự chấm", "Điểm có nguy cơ", ENTRY]
    page = book[ENTRY]
    assert page.protection.sheet
    assert cell(page, "a", "1.1.2", "Mức được cho").value == "0; 0,5; 2"
    assert cell(page, "b", "1.1.2", "Điểm tự chấm").value == "không áp dụng"
    unlocked = {(each.column or 0) - 1 for each in page[6] if not each.protection.locked}
    assert unlocked == {AT[GIVEN], AT[REASON], AT["Cần bổ sung"]}
    assert audit(TABLE) == []
    before = TABLE.read_bytes()
    assert REPLACED not in appraise()[1]
    assert TABLE.read_bytes() == before, "equal points give equal bytes"
    fill({}, lambda page: page.parent["Tổng hợp"].cell(1, 26, "Ghi chú"))
    assert f"{TABLE}: {REPLACED}" in appraise()[1]


def test_points_come_back_and_become_a_letter() -> None:
    appraise()
    fill({("a", "1.1.1"): (0, WHY), ("a", "1.2.1"): (1.5, WHY), ("b", "1.1.1"): (0, "")})
    status, told = take()
    assert (status, FILE.exists()) == (0, False)
    assert "Chưa ghi gì. Muốn ghi điểm của 2 đơn vị" in told
    status, told = take("--empty-as-own", "--deadline", "27/12/2025", "--apply")
    assert status == 0, told
    assert "Ủy ban nhân dân phường A: 14,07 → 11,77 điểm, 2 tiêu chí khác" in told
    file = load_checked(CITY, 2025).entries(APPRAISALS)["a"]
    assert file.left_out == ()
    assert [each.criterion for each in file.changed] == ["1.1.1", "1.2.1"]
    assert load_checked(CITY, 2025).entries(APPRAISALS)["b"].left_out == ("1.1.2",)
    assert "không có điểm nào mới" in take("--empty-as-own")[1]
    assert "được thẩm định 11,77" in appraise()[1]
    assert last_of("Điểm thẩm định", "Chênh lệch", "Xếp hạng thẩm định") == [11.77, -2.3, 2]
    built = run("build", "appraisal-a", "--engine", "pages")
    assert (built.exit_code, "lỗi chưa sửa" in built.output) == (0, False), built.output
    assert Path("city/build/2025/appraisal-a.pdf").exists()
    run("undo")
    assert not FILE.parent.exists()


def test_what_a_ward_left_out_and_what_it_did_not_score_are_told_apart() -> None:
    answers = Path("wards/b/content/2025/tu-danh-gia.yaml")
    said = answers.read_text().splitlines(keepends=True)
    answers.write_text("".join(line for line in said if "1.2.1:" not in line))
    appraise()
    fill({("b", "1.1.2"): (2, ""), ("b", "1.2.1"): (2, "")})
    told = take()[1]
    assert "1.1.2: điểm thẩm định 2 khác điểm tự chấm (không áp dụng)" in told
    assert "1.2.1: điểm thẩm định 2 khác điểm tự chấm (chưa chấm)" in told
    fill({("b", "1.1.2"): (2, WHY), ("b", "1.2.1"): (2, WHY)})
    take("--apply")
    changed = load_checked(CITY, 2025).entries(APPRAISALS)["b"].changed
    assert [(each.own, each.left_out) for each in changed] == [(None, True), (None, False)]


def test_a_ward_is_appraised_again_and_earlier_points_stay() -> None:
    appraise()
    fill({("a", "1.1.1"): (0, WHY), ("a", "1.2.1"): (1.5, WHY)})
    take("--empty-as-own", "--apply")
    first = FILE.read_text()
    run("issue", "appraisal-a", "--so", "12", "--ngay", "21/12/2025")
    assert "không có điểm nào mới" in take("--empty-as-own")[1], "the same table again"
    fill({("a", "1.1.1"): (2, "")})
    status, told = take("--apply")
    assert status == 1
    assert "công văn lần 1 của Ủy ban nhân dân phường A đã có số hoặc ngày" in told
    appraise("wards", "--force")
    assert "không có điểm nào mới" in take("--empty-as-own")[1], "a new round needs other points"
    fill({("a", "1.1.1"): (2, "")})
    status, told = take("--apply")
    assert "phường A (lần 2): 14,07 → 13,77 điểm, 1 tiêu chí khác" in told
    assert FILE.read_text() == first + "so: 12\nngay: 21/12/2025\n"
    files = load_checked(CITY, 2025).entries(APPRAISALS)
    assert {name: file.round for name, file in files.items()} == {"a": 1, "a-lan-2": 2, "b": 1}
    check = run("check", "appraisal-a-lan-2")
    assert "0 lỗi" in check.output, check.output


def test_a_round_is_not_written_over_the_file_of_another_ward() -> None:
    write_ward("a-lan-2")
    appraise()
    fill({("a", "1.1.1"): (0, WHY), ("a-lan-2", "1.1.1"): (0, WHY)})
    take("--apply")
    run("issue", "appraisal-a", "--so", "12", "--ngay", "21/12/2025")
    before = (FILE.parent / "a-lan-2.yaml").read_bytes()
    appraise("wards", "--force")
    fill({("a", "1.1.1"): (2, "")})
    status, told = take("--apply")
    assert (status, "a-lan-2.yaml đã là của đơn vị khác" in told) == (1, True), told
    assert (FILE.parent / "a-lan-2.yaml").read_bytes() == before


def test_what_was_entered_is_not_written_over() -> None:
    appraise()
    fill({("a", "1.1.1"): (0, WHY)})
    before = TABLE.read_bytes()
    assert "đã nhập điểm, giữ nguyên" in appraise()[1]
    assert TABLE.read_bytes() == before
    take("--apply")
    appraise()
    page = openpyxl.load_workbook(TABLE)[ENTRY]
    assert (cell(page, "a", "1.1.1").value, cell(page, "a", "1.1.1", REASON).value) == (0, WHY)
    assert last_of("Điểm thẩm định", "Chênh lệch", "Xếp hạng thẩm định") == [0, None, None]


def last_of(*names: str) -> list[object]:
    """Return what the summary says of ward A in the columns of these names."""
    page = openpyxl.load_workbook(TABLE, data_only=True)["Tổng hợp"]
    rows = [[each.value for each in row] for row in page.iter_rows(min_row=5, max_row=6)]
    heads, values = rows
    return [values[heads.index(name)] for name in names]


@pytest.mark.slow
@pytest.mark.parametrize(
    "why",
    [
        "Thiếu: 'a', \"b\" # {c} - [d]; đạt 50%.",
        "{{ agency.name }} *nghiêng* | cột <b>",
        "- gạch đầu dòng\nhai dòng",
        "null",
        "1,5",
    ],
)
def test_a_reason_is_kept_word_by_word(why: str) -> None:
    appraise()
    fill({("a", "1.1.1"): (0, why)})
    status, told = take("--apply")
    assert status == 0, told
    (changed,) = load_checked(CITY, 2025).entries(APPRAISALS)["a"].changed
    assert changed.reason == " ".join(why.split())
    (composed,) = compose_all(
        [find_kind("appraisal-a", CITY)], load_checked(CITY, 2025), Path("city/templates")
    )
    (annex,) = composed.document.annexes
    (table,) = (block for block in annex.blocks if isinstance(block, Table))
    assert "".join(run.text for run in table.rows[0].cells[6].runs) == changed.reason


def _moved(page: Any) -> None:
    """Rows in another order, as by a sort."""
    rows = [[each.value for each in row] for row in page.iter_rows(min_row=6)]
    for number, row in enumerate(reversed(rows), 6):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value


def test_rows_are_known_by_their_ids_wherever_they_stand() -> None:
    appraise()
    fill({("a", "1.1.1"): (0, WHY)}, _moved)
    assert "phường A: 2,00 → 0,00 điểm" in take()[1]


Change = Callable[[Any], object]


def _set(code: str, column: str, value: object) -> Change:
    def change(page: Any) -> None:
        cell(page, "a", code, column).value = value

    return change


@pytest.mark.slow
@pytest.mark.parametrize(
    ("points", "why", "change", "told"),
    [
        (1, WHY, None, "1.1.2: 1 không phải một mức của tiêu chí — ghi một trong: 0; 0,5; 2"),
        (9, WHY, None, "1.1.2: 9 vượt điểm tối đa 2"),
        (-1, WHY, None, "số âm"),
        ("hai", WHY, None, "“hai”"),
        (True, WHY, None, "TRUE/FALSE"),
        ("=1+", WHY, None, "chưa có kết quả lưu"),
        (2, "", None, "điểm thẩm định 2 khác điểm tự chấm (0,5) — ghi lý do"),
        (None, WHY, None, "có lý do mà chưa có điểm thẩm định"),
        (0.5, WHY, None, "điểm giữ như tự chấm thì công văn không in"),
        (0.5, "", _set("1.1.2", ASKED, "Bản chụp"), "điểm giữ như tự chấm thì công văn không in"),
        (2, "=HYPERLINK", None, "công thức chưa có kết quả"),
        (2, "x" * 6000, None, "rút gọn"),
        (2, WHY, _set("1.1.2", TITLE, "Ủy ban nhân dân phường Khác"), "đã bị sửa"),
        (2, WHY, _set("1.1.2", ID, "a|1|1.1.2|2||00000000"), "đã bị sửa"),
        (2, WHY, lambda page: page.merge_cells("N6:N8"), "bị gộp với dòng khác"),
        (2, WHY, lambda page: page.delete_cols(2), "không thấy cột “Tên đầy đủ”"),
        (2, WHY, _set("1.1.1", GIVEN, 3), "1.1.1: 3 vượt điểm tối đa 2"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_cell(
    points: object, why: str, change: Change | None, told: str
) -> None:
    appraise()
    fill({("a", "1.1.2"): (points, why)}, change or (lambda page: None))
    status, output = take("--apply")
    assert (status, FILE.exists()) == (1, False)
    assert f"tham-dinh.xlsx!{ENTRY}" in output
    assert told in output
    assert "Chưa ghi gì" in output


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: write_city(CRITERIA.replace("san: 80%", "san: 85%")), "bộ tiêu chí đã đổi"),
        (lambda: TABLE.write_bytes(b"PK nothing"), "tham-dinh.xlsx:"),
        (lambda: TABLE.unlink(), "tham-dinh.xlsx: không đọc được"),
        (lambda: openpyxl.Workbook().save(TABLE), "không phải bảng thẩm định"),
    ],
)
def test_tables_that_are_not_of_this_city(make: Callable[[], object], told: str) -> None:
    appraise()
    make()
    status, output = take("--apply")
    assert (status, told in output) == (1, True), output


def test_wards_that_cannot_be_compared_are_told_and_the_rest_goes_on() -> None:
    write_ward(
        "c",
        criteria=CRITERIA.replace("tong_diem: 20", "tong_diem: 20").replace(
            '{loai: dem, moi: "0,5"}', "{loai: dem, moi: 1}"
        ),
    )
    (write_ward("d") / "2025/tu-danh-gia.yaml").unlink()
    broken = write_ward("e") / "2025/tu-danh-gia.yaml"
    broken.write_text(broken.read_text().replace("{chon: co}", "{chon: có lẽ}"))
    status, told = appraise(*(f"wards/{name}" for name in "acde"))  # so few are read at once
    assert status == 1
    assert "Tính được điểm của 1/4 đơn vị" in told
    assert "Chưa tính được: c, d, e — lý do" in told
    assert "wards/c/content/2025/tieu-chi.yaml: khác bộ tiêu chí của cơ quan thẩm định" in told
    assert "wards/d/content/2025/tu-danh-gia.yaml: đơn vị chưa có bản tự đánh giá năm 2025" in told
    assert "wards/e/content/2025/tu-danh-gia.yaml:6:" in told
    page = openpyxl.load_workbook(TABLE)["Tổng hợp"]
    assert [page.cell(row, 2).value for row in range(7, 10)] == ["c", "d", "e"]


def test_a_ward_of_which_only_a_file_came_stands_beside_the_others(tmp_path: Path) -> None:
    sent = write_table(tmp_path, title="# UBND xã Lộc An\n")
    status, told = appraise("wards/a", str(sent))
    assert status == 0
    assert "1. UBND xã Lộc An: 14,07/17,00 điểm (82,8%)" in told
    fill({("xa-loc-an", "1.1.1"): (0, WHY)})
    assert "Ủy ban nhân dân xã Lộc An: 2,00 → 0,00 điểm" in take("--apply")[1]
    write_table(tmp_path, title="# UBND phường A\n")
    assert "đơn vị này đã tính rồi" in appraise("wards/a", str(sent), "--force")[1]
    assert "1. UBND phường A" in appraise(str(sent), "--force")[1]
    write_table(tmp_path, {"1.1.1": "Có\t2\tCó\t9\t\t"}, "# UBND xã Lộc An\n")
    status, told = appraise("wards/a", str(sent))
    assert (status, "1.1.1: điểm tự chấm 9 vượt điểm tối đa 2" in told) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "chưa ghi đơn vị nào"),
        (("wards", "--take", "x.xlsx"), "bỏ bớt một trong hai"),
        (("wards", "--apply"), "chỉ dùng cùng --take"),
        (("--take", "wards"), "không thấy bảng thẩm định nào"),
        (("--take", "x.xlsx", "--deadline", "1/12/2025"), "đã qua"),
        (("wards", "--split", "quan"), "phuong, linh-vuc"),
    ],
)
def test_wrong_use(words: tuple[str, ...], told: str) -> None:
    result = run("appraise", *words, "--today", "20/12/2025")
    assert (result.exit_code, told in result.output) == (2, True), result.output


@pytest.mark.slow
def test_a_table_for_each_ward_or_field_and_back_from_a_folder() -> None:
    appraise("wards", "--split", "phuong")
    folder = TABLE.parent / "tham-dinh"
    assert sorted(path.name for path in folder.iterdir()) == ["a.xlsx", "b.xlsx"]
    assert ENTRY not in openpyxl.load_workbook(TABLE).sheetnames
    appraise("wards", "--split", "linh-vuc")
    assert {"linh-vuc-1.xlsx", "linh-vuc-2.xlsx"} <= {path.name for path in folder.iterdir()}
    for name, points in (("a.xlsx", 0), ("linh-vuc-1.xlsx", 2)):
        book = openpyxl.load_workbook(folder / name)
        cell(book[ENTRY], "a", "1.1.2").value = points
        cell(book[ENTRY], "a", "1.1.2", REASON).value = WHY
        book.save(folder / name)
    status, told = appraise("--take", str(folder))
    assert status == 1
    assert "đã nhập khác ở" in told
    (folder / "linh-vuc-1.xlsx").unlink()
    assert "phường A: 0,50 → 0,00 điểm" in appraise("--take", str(folder))[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "tham_dinh: 0",
            "tham_dinh: 1,7",
            "a.yaml:17:16: tham_dinh: tiêu chí 1.1.1: 1,7 không phải",
        ),
        ("nhu_tu_cham:\n", "nhu_tu_cham:\n  1.1.1: 2\n", "ghi hai lần"),
        ("tham_dinh: 0", "tham_dinh: 0\n    khong_ap_dung: true", "đã có điểm tự chấm"),
        ("tham_dinh: 0", "tham_dinh: 2", "tiêu chí 1.1.1: bằng điểm tự chấm"),
        ("lan: 1", "lan: 2", "phải tên a-lan-2.yaml"),
        ("lan: 1", "lan: 1\nngay: 30/12/2025", "hạn giải trình trước ngày công văn"),
        ("1.1.1", "9.1.1", "9.1.1"),
    ],
)
def test_mistakes_in_the_file_are_told_at_their_place(old: str, new: str, told: str) -> None:
    appraise()
    fill({("a", "1.1.1"): (0, WHY), ("a", "1.1.2"): (0.5, "")})
    take("--deadline", "27/12/2025", "--apply")
    text = FILE.read_text()
    assert old in text
    FILE.write_text(text.replace(old, new))
    result = run("build", "appraisal-a", "--engine", "pages")
    assert result.exit_code == 1
    assert told in result.output, result.output


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ("", "city/content/2025/tieu-chi.yaml: chưa có bộ tiêu chí của năm này"),
        ("dung_chung: ../chung\n", "chung/2025/tieu-chi.yaml: bộ dùng chung chưa có bộ tiêu chí"),
    ],
)
def test_a_city_without_criteria_is_told_once(shared: str, told: str) -> None:
    appraise()
    fill({("a", "1.1.1"): (0, WHY)})
    take("--apply")
    Path("chung").mkdir()
    Path("chung/dung-chung.yaml").write_text("ten: Bộ dùng chung\nphien_ban_noi_dung: 2\n")
    agency = CITY / "co-quan.yaml"
    agency.write_text(f"{agency.read_text()}{shared}")
    (CITY / "2025/tieu-chi.yaml").unlink()
    status, output = appraise()
    assert (status, output.count("tieu-chi.yaml")) == (1, 1), output
    assert told in output
