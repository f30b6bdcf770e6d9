"""What many wards owe: by thing, by ward, for other programs, in one calendar; with bad wards."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import icalendar
import pytest
from msgspec.structs import replace

from conftest import ROOT
from test_cli import run
from test_shared_content import PROVINCE, WARDS, new_ward, on
from vanban.exchange.due import DueItem, Owed, calendar_file
from vanban.exchange.due_of_wards import by_thing, by_ward, due_rows
from vanban.io.csv_text import csv_text

TODAY = date(2026, 3, 20)
REPORT, FIGURES = "Báo cáo quý I", "Số liệu quý I"


def item(ward: str, day: int, what: str = REPORT, who: str = "Phòng A") -> DueItem:
    kind = Owed.DOCUMENT if what == REPORT else Owed.FIGURES
    return DueItem(date(2026, 3, day), kind, what, who, "", ward, f"xã {ward.upper()}")


ITEMS = (
    item("b", 16),
    item("a", 16),
    item("a", 14, FIGURES, "Phòng A"),
    item("a", 14, FIGURES, "Phòng B"),
    item("c", 25),
    item("b", 30, FIGURES),
)


def test_things_are_told_once_with_the_wards_that_owe_them() -> None:
    told = [(thing.day.day, thing.what, thing.wards) for thing in by_thing(ITEMS)]
    assert told == [
        (14, FIGURES, ("xã A",)),
        (16, REPORT, ("xã A", "xã B")),
        (25, REPORT, ("xã C",)),
        (30, FIGURES, ("xã B",)),
    ]


def test_wards_of_one_name_are_two() -> None:
    items = (item("a", 16), replace(item("b", 16), agency="xã A"), item("c", 16))
    (thing,) = by_thing(items)
    assert thing.wards == ("xã A (a)", "xã A (b)", "xã C")


def test_wards_that_are_late_with_most_come_first() -> None:
    told = [(each.ward, each.all_late, each.to_come, each.next) for each in by_ward(ITEMS, TODAY)]
    assert told == [
        ("a", 3, 0, None),
        ("b", 1, 1, date(2026, 3, 30)),
        ("c", 0, 1, date(2026, 3, 25)),
    ]
    assert dict(by_ward(ITEMS, TODAY)[0].late) == {Owed.FIGURES: 2, Owed.DOCUMENT: 1}


def test_rows_are_what_each_ward_owes_by_day() -> None:
    rows = list(due_rows(ITEMS, TODAY))
    assert len(rows) == len(ITEMS)
    assert rows[0] == ("a", "xã A", "2026-03-14", -6, "số liệu", FIGURES, "Phòng A", "")


@pytest.mark.parametrize(
    ("cell", "written"),
    [("a", "a"), ("=1+1", "'=1+1"), ("a;b", '"a;b"'), ('"', '""""'), (None, ""), (-3, "-3")],
)
def test_a_table_is_plain_values_for_excel(cell: str | int | None, written: str) -> None:
    assert csv_text([[cell, "x"]]) == f"{written};x\r\n"


def test_events_of_wards_are_told_apart_and_stay() -> None:
    twice = (item("a", 16), item("b", 16), item("a", 28))
    data = calendar_file(twice, "Hạn", TODAY)
    assert data == calendar_file(twice, "Hạn", TODAY)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == [
        f"Hạn: xã A: {REPORT}",
        f"Hạn: xã B: {REPORT}",
        f"Hạn: xã A: {REPORT}",
    ]
    uids = [str(each["uid"]) for each in events]
    assert len(set(uids)) == 3
    assert uids[2] == uids[0].replace("@", "-2@")
    alone = DueItem(date(2026, 3, 16), Owed.DOCUMENT, REPORT, "Phòng A")
    assert alone.uid not in {uid.partition("@")[0] for uid in uids}


# --- commands ------------------------------------------------------------------------------------

CALENDAR = "lich_bao_cao:\n  - {ky: q1, ngay_chot_so_lieu: 14/3, han_gui: 16/3}\n"


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two sound wards, and beside them one whose report cannot be read; q1 is due in March."""
    folder = tmp_path_factory.mktemp("wards")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        content = ("--content", str(ROOT / "content"))
        assert run("new", "shared", "chung", "--province", PROVINCE, *content).exit_code == 0
        common = Path("chung/dung-chung.yaml")
        text = common.read_text(encoding="utf-8").replace(
            "phien_ban_noi", f"{CALENDAR}phien_ban_noi"
        )
        common.write_text(text, encoding="utf-8")
        for ward, name in WARDS.items():
            new_ward(f"xa/{ward}", name, "--from", "chung")
        assert run(*on("xa/phu-quy", "new", "report", "q1")).exit_code == 0
        report = Path("xa/phu-quy/content/2026/bao-cao/q1.yaml")
        report.write_text(report.read_text(encoding="utf-8") + "x: [\n", encoding="utf-8")
    yield folder


@pytest.fixture
def here(wards: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(wards)
    return wards


SOUND = ("xa/loc-an", "xa/bao-loc")


def test_what_wards_owe_is_told_by_thing_and_by_ward(here: Path) -> None:
    told = run("due", *SOUND, "--days", "5", "--today", "20/3/2026")
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0].startswith("2 đơn vị, ngày 20/3/2026: ")
    assert " việc quá hạn của 2 đơn vị, 0 việc đến hạn trong 5 ngày tới." in lines[0]
    report = "16/3/2026 (chậm 4 ngày) văn bản: Báo cáo cải cách hành chính quý I năm 2026 — cả 2"
    assert report in " ".join(told.stdout.split())
    assert [line.strip().partition("  ")[0] for line in lines[-2:]] == [
        "phường 1 Bảo Lộc",
        "xã Lộc An",
    ]


def test_one_ward_alone_is_told_in_full(here: Path) -> None:
    told = run("due", "xa/loc-an", "--days", "5", "--today", "20/3/2026").stdout
    assert (
        "\nxã Lộc An (loc-an):\n  14/3/2026 (chậm 6 ngày) số liệu: Số liệu quý I năm 2026" in told
    )
    assert "theo việc" not in told
    assert "xã Lộc An (loc-an):" in run("due", *SOUND, "--all", "--today", "20/3/2026").stdout


def test_other_programs_get_rows(here: Path) -> None:
    asked = ("due", *SOUND, "--days", "5", "--today", "20/3/2026", "--format")
    objects = json.loads(run(*asked, "json").stdout)
    rows = list(
        csv.reader(io.StringIO(run(*asked, "csv").stdout.removeprefix("\ufeff")), delimiter=";")
    )
    assert len(rows) == len(objects) + 1
    assert {each["ward"] for each in objects} == {"loc-an", "bao-loc"}
    first = objects[0]
    assert (first["day"], first["days_left"], first["kind"]) == ("2026-03-14", -6, "số liệu")
    alone = json.loads(
        run(*on("xa/loc-an", "due", "--today", "20/3/2026", "--format", "json")).stdout
    )
    assert {each["ward"] for each in alone} == {"loc-an"}


def test_a_city_has_one_calendar(here: Path, tmp_path: Path) -> None:
    asked = ("due", "xa", "--days", "5", "--today", "20/3/2026", "--ics")
    files = [tmp_path / "a.ics", tmp_path / "b.ics"]
    for file in files:
        assert f"đã ghi {file}: " in run(*asked, str(file)).stdout
    first, second = (file.read_bytes() for file in files)
    assert first == second
    events = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert len({str(each["uid"]) for each in events}) == len(events)
    assert {str(each["summary"]).split(": ")[1] for each in events} == {
        "xã Lộc An",
        "phường 1 Bảo Lộc",
    }


def test_a_city_owes_what_it_reports_and_no_proof_of_wards(here: Path, tmp_path: Path) -> None:
    criteria = (ROOT / "content/2025/tieu-chi.yaml").read_text(encoding="utf-8").splitlines(True)
    Path("chung/2026").mkdir(exist_ok=True)
    file, folder = Path("chung/2026/tieu-chi.yaml"), tmp_path / "thanh-pho"
    file.write_text("".join(each for each in criteria if "don_vi_cung_cap" not in each), "utf-8")
    office = ("--name", "Sở Nội vụ tỉnh Lâm Đồng", "--signer", "Nguyễn Văn Bình", "--year", "2026")
    unit = ("--unit", "Phòng Cải cách hành chính=CCHC", "--from", "chung")
    try:
        made = run("new", "city", str(folder), *office, *unit)
        assert made.exit_code == 0, made.output
        with (folder / "content/co-quan.yaml").open("a", encoding="utf-8") as agency:
            agency.write(CALENDAR)
        asked = ("--days", "400", "--today", "20/3/2026", "--format", "json")
        owed = json.loads(run("due", str(folder), *asked).stdout)
        assert [each["what"] for each in owed] == ["Báo cáo chung về các xã, phường quý I năm 2026"]
        assert "tài liệu kiểm chứng" in run("due", "xa/loc-an", *asked).stdout
        reports = folder / "content/2026/bao-cao-thanh-pho"
        reports.mkdir(parents=True)
        (reports / "q1.yaml").write_text("x: [\n", encoding="utf-8")
        told = run("due", str(folder), *asked)
        assert (told.exit_code, json.loads(told.stdout)) == (1, [])
        assert "bao-cao-thanh-pho/q1.yaml:" in told.stderr
    finally:
        file.unlink()


@pytest.mark.parametrize("command", [("due", "--days", "5"), ("status", "q1")])
def test_a_bad_ward_is_a_line_and_the_others_are_told(
    command: tuple[str, ...], here: Path, tmp_path: Path
) -> None:
    shutil.copytree("xa/loc-an", tmp_path / "hong")
    agency = tmp_path / "hong/content/co-quan.yaml"
    text = agency.read_text(encoding="utf-8").replace('"../../chung"', f'"{here}/chung"')
    agency.write_text(f"{text}x1: 1\nx2: 1\nx3: 1\nx4: 1\n", encoding="utf-8")
    folders = ("xa", str(tmp_path / "hong"), "khong-co", "xa/loc-an")
    told = run(*command, *folders, "--today", "20/3/2026")
    assert told.exit_code == 1
    assert "đọc được 3/4 đơn vị" in told.stdout.splitlines()[0]
    lines = told.stderr.splitlines()
    assert lines[0].startswith("khong-co: không có thư mục này")
    assert "đã tính ở xa/loc-an/content — ghi mỗi đơn vị một lần" in lines[1]
    assert lines[2].startswith("xa/phu-quy/content/2026/bao-cao/q1.yaml:")
    assert all(line.startswith(f"{agency}:") for line in lines[3:6])
    assert lines[6].startswith("… và 1 lỗi nữa của hong — xem: ")
    assert len(lines) == 7
    if command[0] == "due":  # whether its report was sent, nobody can say
        assert "đặc khu Phú Quý" not in told.stdout


def test_how_far_units_of_wards_are_is_told(here: Path) -> None:
    told = run("status", "q1", *SOUND, "--today", "20/3/2026")
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0] == "Số liệu quý I năm 2026, 2 đơn vị: 0/2 phòng đã gửi."
    assert [cell.strip() for cell in lines[3].split("  ") if cell] == [
        *("Đơn vị", "Đã gửi", "Quá hạn", "Còn thiếu", "Khác báo cáo")
    ]
    assert lines[4].startswith("  phường 1 Bảo Lộc     0/1        1 ")
    assert any(line.startswith("  2 đơn vị: ") for line in lines)
    objects = json.loads(run("status", "q1", *SOUND, "--format", "json").stdout)
    assert {each["ward"] for each in objects} == {"loc-an", "bao-loc"}
    assert all(
        each["asked"] - each["given"] == len(each["missing"].split("; ")) for each in objects
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("status", "q5", "xa"), "không có kỳ “q5” — chọn trong: q1, h1, q3, year"),
        (("due", "xa", "--content", "xa/loc-an/content"), "không ghi cả hai"),
        (("status", "q1", "xa", "--content", "xa/loc-an/content"), "không ghi cả hai"),
        (("due", "xa", "--format", "xml"), "--format"),
        (("due", "xa", "--jobs", "0"), "--jobs"),
    ],
)
def test_what_cannot_be_asked_is_told(command: tuple[str, ...], told: str, here: Path) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert told in result.stderr
