"""Who has answered, what is due on a day, and the calendar of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import icalendar
import pytest

from evidences import write_evidence
from filled_forms import UNIT, filled, forms_in
from support import changed, load_checked, vanban
from vanban.exchange.form_layout import NAMES, SheetKind
from vanban.workspace.files import FORM_ANSWERS

CONTENT = Path("content")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    q3 = "  - {ky: q3, ngay_chot_so_lieu: 14/9, han_gui: 20/9}\n"
    block = "  - ky: q3\n    ngay_chot_so_lieu: 14/9\n    han_gui: 20/9\n"
    h1 = "  - {ky: h1, ngay_chot_so_lieu: 14/6, han_gui: 16/6}\n"
    write_evidence(tmp_path, changes=changed("co-quan.yaml", q3, block + h1))
    (CONTENT / "2025/tu-danh-gia.yaml").unlink()
    Path("back").mkdir()
    return tmp_path


def answer(today: str, values: dict[str, object], unit: str = UNIT) -> None:
    form = forms_in(load_checked(CONTENT, 2025))[unit]
    Path("back/a.xlsx").write_bytes(filled(form, values))
    assert vanban("collect", "back", "--apply", "--today", today)[0] == 0


def without_figures() -> None:
    report = CONTENT / "2025/bao-cao/q3.yaml"
    text = report.read_text("utf-8")
    report.write_text(re.sub(r"so_lieu:\n(  .*\n)+", "so_lieu: {}\n", text), "utf-8")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("14/9/2025", "chưa gửi (hạn 14/9/2025); có 0/2 chỉ tiêu"),
        ("15/9/2025", "quá hạn, chưa gửi (hạn 14/9/2025); có 0/2 chỉ tiêu"),
    ],
)
def test_units_that_have_not_answered_are_told(project: Path, today: str, words: str) -> None:
    without_figures()
    status, out, err = vanban("status", "q3", "--today", today)
    assert (status, err) == (0, "")
    assert f"  Trung tâm Phục vụ hành chính công: {words}\n" in out
    assert "    thiếu: Hồ sơ nhận trực tiếp\n" in out
    assert out.endswith("\n0/2 đơn vị đã gửi; còn thiếu 3 chỉ tiêu.\n")


def test_nobody_is_late_where_no_day_is_known(project: Path) -> None:
    agency = CONTENT / "co-quan.yaml"
    agency.write_text(agency.read_text("utf-8").partition("lich_bao_cao:\n")[0], "utf-8")
    without_figures()
    _, out, _ = vanban("status", "q3", "--today", "30/12/2025")
    told = "Trung tâm Phục vụ hành chính công: chưa gửi (chưa khai hạn); có 0/2 chỉ tiêu"
    assert told in out and "quá hạn" not in out
    _, out, _ = vanban("status", "q3", ".", "--today", "30/12/2025", "--format", "json")
    assert {row["due"] for row in json.loads(out)} == {None}


@pytest.mark.parametrize(("day", "word"), [("14/9/2025", "đã gửi"), ("16/9/2025", "gửi muộn")])
def test_units_that_answered_are_told_with_the_day(project: Path, day: str, word: str) -> None:
    answer(day, {"hs-truc-tuyen": 1300})
    _, out, _ = vanban("status", "q3", "--today", "20/9/2025")
    assert f"  Trung tâm Phục vụ hành chính công: {word} ngày {day} (hạn 14/9/2025); có 2/2" in out
    assert "Phòng Văn hóa - Xã hội: báo cáo đã có đủ số liệu" in out
    assert "1/2 đơn vị đã gửi; còn thiếu 0 chỉ tiêu." in out


def test_a_figure_that_was_changed_since_is_told(project: Path) -> None:
    answer("12/9/2025", {"hs-truc-tuyen": 1300})
    report = CONTENT / "2025/bao-cao/q3.yaml"
    report.write_text(report.read_text("utf-8").replace("1300", "1310"), "utf-8")
    _, out, _ = vanban("status", "q3", "--today", "13/9/2025")
    assert "    khác: Hồ sơ nhận trực tuyến: đơn vị gửi 1300, báo cáo ghi 1310\n" in out


def test_a_deadline_of_one_run_is_kept_in_the_calendar(project: Path) -> None:
    status, out, _ = vanban("forms", "q3", "--no-letter", "--deadline", "12/9/2025")
    assert status == 0 and "hạn 12/9/2025" in out
    assert load_checked(CONTENT, 2025).agency.calendar[0].units_due == "12/9"
    without_figures()
    assert "quá hạn" in vanban("status", "q3", "--today", "13/9/2025")[1]
    _, out, _ = vanban("forms", "q3", "--no-letter", "--deadline", "21/9/2025")
    assert "lưu ý: hạn của đơn vị sau hạn gửi báo cáo (20/9)" in out
    status, out, _ = vanban("forms", "h1", "--no-letter", "--deadline", "12/6/2025")
    assert status == 0 and "chưa biết" not in out
    assert [row.units_due for row in load_checked(CONTENT, 2025).agency.calendar] == [
        "21/9",
        "12/6",
    ]
    assert "lưu ý: kỳ này kết thúc trước ngày cơ quan hoạt động (01/7/2025)\n" in out


def test_what_is_due_is_told_from_a_day(project: Path) -> None:
    without_figures()
    status, out, err = vanban("due", "--today", "10/9/2025")
    assert (status, err) == (0, "")
    lines = " ".join(out.split())
    assert "Đến hạn trong 14 ngày tới (3): 14/9/2025 (còn 4 ngày) số liệu:" in lines
    assert "Báo cáo cải cách hành chính quý III năm 2025 (đang soạn) — Phòng Văn hóa" in lines
    assert "6 tháng" not in lines  # the ward was not there yet
    _, out, _ = vanban("due", "--today", "22/9/2025", "--days", "0")
    assert out.startswith("Quá hạn (3):\n  14/9/2025 (chậm 8 ngày) số liệu: ")
    _, out, _ = vanban("due", "--today", "25/12/2025")
    assert "31/12/2025 (còn 6 ngày) tài liệu kiểm chứng: Tài liệu tiêu chí 1.1.1: " in out
    assert vanban("due", "--today", "1/1/2025") == (
        0,
        "Không có việc quá hạn hay đến hạn trong 14 ngày tới.\n",
        "",
    )


def test_what_was_issued_is_no_longer_due(project: Path) -> None:
    report = CONTENT / "2025/bao-cao/q3.yaml"
    text = report.read_text("utf-8").replace("nguoi_ky", "so: 12\nngay: 15/9/2025\nnguoi_ky")
    report.write_text(text, "utf-8")
    assert "quý III" not in vanban("due", "--today", "22/9/2025")[1]


def test_tasks_of_the_plan_are_told_around_their_day(project: Path) -> None:
    area = CONTENT / "2025/linh-vuc/03-thu-tuc.yaml"
    text = area.read_text("utf-8")
    area.write_text(text.replace("noi_dung", "han: 30/10/2025\n    noi_dung", 1), "utf-8")
    task = "30/10/2025 (còn 1 ngày) nhiệm vụ: tthc-01: Từ 60%"
    assert task in vanban("due", "--today", "29/10/2025")[1]
    assert "tthc-01" in vanban("due", "--today", "5/11/2025")[1]
    assert "tthc-01" not in vanban("due", "--today", "30/11/2025")[1]


def test_the_calendar_file_is_read_by_others(project: Path) -> None:
    without_figures()
    status, out, _ = vanban("due", "--today", "10/9/2025", "--ics", "han.ics")
    assert status == 0 and out.endswith("đã ghi han.ics: 3 việc\n")
    data = Path("han.ics").read_bytes()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(events[0]["SUMMARY"]).startswith("Hạn: Số liệu quý III")
    uids = {str(each["UID"]) for each in events}
    assert len(uids) == 3
    answer("11/9/2025", {"hs-truc-tuyen": 1300}, UNIT)  # what is left keeps its event
    vanban("due", "--today", "12/9/2025", "--ics", "han.ics")
    again = icalendar.Calendar.from_ical(Path("han.ics").read_bytes()).walk("VEVENT")
    assert {str(each["UID"]) for each in again} < uids


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("status", "q2"), "không có kỳ “q2” — chọn trong: q1, h1, q3, year"),
        (("forms", "q2"), "không có kỳ “q2” — chọn trong: q1, h1, q3, year"),
        (("forms", "q3", "--deadline", "12/9"), "“12/9” không phải là ngày"),
        (("forms", "q3", "--deadline", "1/1/2020"), "không hợp với quý III năm 2025"),
        (("forms", "q3", "--deadline", "12/9/2026"), "không hợp với quý III năm 2025"),
        (("forms", "q1"), "chưa rõ hạn gửi — khai kỳ này ở lich_bao_cao"),
        (("due", "--days", "-1"), "--days"),
    ],
)
def test_mistakes_of_usage_are_told(project: Path, arguments: tuple[str, ...], words: str) -> None:
    status, _, err = vanban(*arguments)
    assert status == 2 and words in err and len(err.splitlines()) <= 2


def test_evidence_that_is_owed_is_asked_and_told(project: Path) -> None:
    form = forms_in(load_checked(CONTENT, 2025))["van-hoa-xa-hoi"]
    assert [each.criterion for each in form.evidence][:1] == ["1.1.1"]
    name = NAMES[SheetKind.EVIDENCE]

    def write(book: Any) -> None:
        page = book[name]
        row = next(cell.row for cell in page["A"] if cell.value == "1.1.1")
        page.cell(row, 8).value = " Đã có và  gửi kèm"
        page.cell(row, 9).value, page.cell(row, 10).value = "12/KH-UBND", "14/7/2025"
        page.cell(row + 1, 9).value = "5/BC"

    Path("back/a.xlsx").write_bytes(filled(form, {}, write))
    status, out, err = vanban("collect", "back", "--apply")
    assert "  tài liệu 1.1.1: đã có và gửi kèm; 12/KH-UBND 14/7/2025\n" in out
    assert status == 1 and f"back/a.xlsx!{name}!H9: chưa chọn tình trạng — chọn một" in err
    (sent,) = load_checked(CONTENT, 2025).all_of(FORM_ANSWERS)
    assert [each.criterion for each in sent.evidence] == ["1.1.1"]


def test_a_deadline_in_the_calendar_of_a_shared_folder_becomes_the_ward_s_own(
    project: Path,
) -> None:
    agency = CONTENT / "co-quan.yaml"
    text = agency.read_text("utf-8")
    own, _, calendar = text.partition("lich_bao_cao:\n")
    agency.write_text("dung_chung: chung\n" + own, "utf-8")
    Path("chung").mkdir()
    Path("chung/dung-chung.yaml").write_text(f"ten: Dùng chung\nlich_bao_cao:\n{calendar}", "utf-8")
    status, _, err = vanban("forms", "q3", "--no-letter", "--deadline", "12/9/2025")
    assert (status, err) == (0, ""), err
    assert agency.read_text("utf-8") == (
        f"dung_chung: chung\n{own}lich_bao_cao:\n"
        "  - ky: q3\n    ngay_chot_so_lieu: 14/9\n    han_gui: 20/9\n    han_don_vi: 12/9\n"
    )
    assert "(hạn 12/9/2025)" in vanban("status", "q3", "--today", "1/9/2025")[1]
