"""Gathering wards: totals, what is wrong told at its place, the city's file, and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from support import CONTENT, load_checked, write_content
from vanban.app.manifest import REPLACED
from vanban.city.gathered import Gathered
from vanban.city.gathered_file import gathered_of
from vanban.cli import main
from vanban.workspace.files import GATHERED

CITY = Path("city/content")
Change = tuple[str, str, str]
NEWS = "  hs-truc-tuyen: 1204\n"


def write_ward(name: str, *changes: Change) -> Path:
    """Write the content of a ward of its own name, a change is a file, what was, what is."""
    texts = dict(CONTENT)
    own = ("co-quan.yaml", "phường Trần Liễu\nten_ngan", f"phường {name.upper()}\nten_ngan")
    for file, old, new in (own, *changes):
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new)
    return write_content(Path("wards") / name, texts)


def gather(*wards: str) -> tuple[int, str]:
    command = ["gather", "--period", "q3", "--content", str(CITY), *(wards or ("wards",))]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    return result.exit_code, " ".join(result.output.split())


def gathered() -> Gathered:
    file = load_checked(CITY, 2025).entries(GATHERED)["q3"]
    return gathered_of(file, 2025, "q3")


@pytest.fixture(autouse=True)
def wards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    agency = CONTENT["co-quan.yaml"].replace("Ủy ban nhân dân phường Trần Liễu\n", "Sở Nội vụ\n")
    own = {name: None for name in CONTENT if name.startswith("2025/")}
    write_content(Path("city"), {**own, "co-quan.yaml": agency})
    (CITY / "2025").mkdir()
    write_ward("a")
    write_ward("b", ("2025/bao-cao/q3.yaml", NEWS, "  hs-truc-tuyen: 96\n"))


def test_two_wards_and_their_totals() -> None:
    status, told = gather()
    assert status == 0
    assert "2/2 đơn vị có số liệu" in told
    assert "2 đơn vị còn số liệu mẫu nên cả bản tổng hợp là mẫu" in told
    assert "wards/b/content/2025/linh-vuc/03-thu-tuc.yaml:10:37: “Tỷ lệ hồ sơ nhận trực" in told
    found = gathered()
    assert [ward.territory for ward in found.wards] == ["phường A", "phường B"]
    assert [ward.at_risk for ward in found.wards] == [(), ("hs-tl-truc-tuyen",)]
    assert found.sample
    book = load_workbook("city/build/2025/tong-hop-q3.xlsx", data_only=True)
    rows = {row[1]: row[3] for row in book["Tổng hợp"].iter_rows(values_only=True)}
    assert rows["Hồ sơ đã tiếp nhận"] == 1204 + 96 + 2 * 311
    assert rows["Tỷ lệ hồ sơ nhận trực tuyến"] == pytest.approx(1300 / 1922)


def test_the_same_wards_change_nothing_and_undo_takes_it_back() -> None:
    assert gather()[0] == 0
    file = CITY / "2025/tong-hop/q3.yaml"
    before = file.read_bytes()
    book = Path("city/build/2025/tong-hop-q3.xlsx").read_bytes()
    status, told = gather()
    assert status == 0
    assert "không đổi so với lần trước" in told
    assert file.read_bytes() == before
    assert Path("city/build/2025/tong-hop-q3.xlsx").read_bytes() == book
    assert "đã bị sửa" not in told
    Path("city/build/2025/tong-hop-q3.xlsx").write_bytes(b"mine")
    assert f"city/build/2025/tong-hop-q3.xlsx: {REPLACED}" in gather()[1]
    undone = CliRunner().invoke(main, ["undo", "--content", str(CITY)])
    assert undone.exit_code == 0
    assert not file.exists()


REPORT, AREA = "2025/bao-cao/q3.yaml", "2025/linh-vuc/03-thu-tuc.yaml"
SUM = (REPORT, NEWS, f"{NEWS}  hs-tiep-nhan: 1500\n")
WRONG: dict[str, tuple[Change, bool, str]] = {
    "c": (SUM, True, f"{REPORT}:9:17: tổng “Hồ sơ đã tiếp nhận” ghi 1500 nhưng các số thành phần"),
    "d": ((REPORT, "1204", "1204 hồ sơ"), True, f"{REPORT}:8:18: “1204 hồ sơ” có chữ đi kèm số"),
    "e": ((REPORT, NEWS, ""), True, f"{REPORT}: “Hồ sơ nhận trực tuyến”: chưa có số liệu"),
    "f": ((REPORT, "pham_vi", "<<<<<<< HEAD\npham_vi"), False, f"{REPORT}:6:1: còn dòng “<<<<<<<”"),
    "g": (
        ("chi-tieu.yaml", "bị kỷ luật, don_vi_tinh: người", "bị kỷ luật"),
        False,
        "chi-tieu.yaml:18:5: thiếu khóa này (Đơn vị tính)",
    ),
    "h": (
        ("chi-tieu.yaml", "don_vi_tinh: người", "don_vi_tinh: vụ"),
        True,
        "chi-tieu.yaml:18:10: “Số người bị kỷ luật”: đơn vị tính, tính chất hoặc cách tính khác",
    ),
    "i": ((AREA, "[van-hoa-xa-hoi]", "[van-hoa]"), True, f"{AREA}:5:12: "),
}
"""By ward: what is changed in its content, whether its figures count, what is told."""


def test_what_is_wrong_in_a_ward_is_told_at_its_place() -> None:
    for name, (change, _, _) in WRONG.items():
        write_ward(name, change)
    (write_ward("j") / "2025").rename("wards/j/content/2024")
    (write_ward("k") / REPORT).unlink()
    status, output = gather("wards", "--jobs", "1")
    assert status == 1
    for name, (_, _, told) in WRONG.items():
        assert f"wards/{name}/content/{told}" in output
    matters = [
        "Chưa lấy được số liệu (4):",
        "Số liệu mâu thuẫn (2):",
        "Chỉ tiêu khác sổ chỉ tiêu chung (1):",
        "Chỉ tiêu có nguy cơ không đạt (1):",
        "Thiếu số liệu (2):",
        "Lỗi khác trong nội dung (1):",
    ]
    assert sorted(matters, key=output.find) == matters
    assert all(matter in output for matter in matters)
    assert "2 đơn vị có số liệu mâu thuẫn (phường C, phường D): vẫn cộng" in output
    found = gathered()
    counted = [name for name, (_, counts, _) in WRONG.items() if counts]
    assert [ward.name for ward in found.reporting] == ["a", "b", *counted]
    by_name = {ward.name: ward for ward in found.wards}
    assert by_name["c"].doubtful == ("hs-truc-tuyen", "hs-truc-tiep", "hs-tiep-nhan")
    assert "so-ky-luat" not in by_name["h"].figures
    assert by_name["j"].absence == "đơn vị chưa có nội dung năm 2025 (có: 2024)"
    assert by_name["k"].absence == "chưa có báo cáo quý III năm 2025"
    rows = load_workbook("city/build/2025/tong-hop-q3.xlsx")["Phải xem"].iter_rows(values_only=True)
    assert sum(isinstance(row[0], int) for row in rows) == 11


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("wards", "wards/x"), 1, "2/3 đơn vị có số liệu"),
        (("wards/x",), 1, "wards/x: không có thư mục này"),
        (("wards", "wards/a"), 1, "đã tính ở wards/a/content"),
        (("wards", "city"), 0, "2/2 đơn vị"),
        (("wards", "--content", "wards/a/content"), 2, "là nội dung của phường A"),
        (("wards", "city/content/co-quan.yaml"), 1, "không phải thư mục của đơn vị hay tệp Excel"),
        (("wards", "--period", "q2"), 2, "không có kỳ “q2”"),
        (("wards", "--year", "2024"), 1, "chưa có thư mục của năm này"),
        (("wards", "--period", "h1"), 1, "wards/b/content/2025/bao-cao/h1.yaml: chưa có báo cáo 6"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], status: int, told: str) -> None:
    found, output = gather(*arguments)
    assert (found, told in output) == (status, True), output


def test_a_ward_that_is_there_twice_by_its_name_is_counted_once() -> None:
    write_ward("c", ("co-quan.yaml", "PHƯỜNG TRẦN LIỄU", "PHƯỜNG A"))
    agency = Path("wards/c/content/co-quan.yaml")
    agency.write_text(agency.read_text("utf-8").replace("phường C\n", "phường A\n"), "utf-8")
    status, told = gather()
    assert status == 1
    assert "wards/c/content: “Ủy ban nhân dân phường A” đã có ở wards/a/content" in told
    assert [ward.name for ward in gathered().wards] == ["a", "b"]


def test_files_alone(tmp_path: Path) -> None:
    Path("mail").mkdir()
    for name in ("x.xlsx", "y.txt", "z.json", "report-h1.xlsx"):
        Path("mail", name).write_text("{}", "utf-8")
    status, told = gather("wards", "mail", "mail/y.txt", "mail/z.json")
    assert status == 1
    assert "2/3 đơn vị có số liệu" in told
    assert "Chưa lấy được số liệu (1): mail/x.xlsx: tệp" in told
    assert "mail/y.txt: không phải thư mục của đơn vị hay tệp Excel" in told
    assert "mail/z.json: không thấy z.xlsx ở cùng chỗ" in told
