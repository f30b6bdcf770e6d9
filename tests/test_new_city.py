"""``vanban new city``: the folder of the office that reports on the wards of its province."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import run
from vanban.app.new_city import read_office
from vanban.workspace.load import load_workspace

CONTENT = ("--content", str(ROOT / "content"))


@pytest.fixture(scope="module")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set that the wards of a city share."""
    folder = tmp_path_factory.mktemp("city") / "chung"
    made = run("new", "shared", str(folder), "--province", "thành phố Hải Phòng", *CONTENT)
    assert made.exit_code == 0, made.output
    return folder


def options(folder: Path, common: Path) -> list[str]:
    return [
        *("new", "city", str(folder), "--name", "Sở Nội vụ thành phố Hải Phòng", "--year", "2026"),
        *("--signer", "Nguyễn Văn Bình", "--unit", "Phòng Cải cách hành chính=CCHC"),
        *("--from", str(common), *CONTENT),
    ]


@pytest.mark.parametrize(
    ("name", "lines", "superior", "code", "place"),
    [
        (
            "thành phố Hải Phòng",
            ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"),
            (),
            "UBND",
            "Hải Phòng",
        ),
        (
            "UBND Thành phố Hồ Chí Minh",
            ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"),
            (),
            "UBND",
            "Thành phố Hồ Chí Minh",
        ),
        (
            "Sở Khoa học và Công nghệ tỉnh Lâm Đồng",
            ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",),
            ("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"),
            "SKHCN",
            "Lâm Đồng",
        ),
    ],
)
def test_an_office_of_a_province_begins(
    name: str,
    lines: tuple[str, ...],
    superior: tuple[str, ...],
    code: str,
    place: str,
    common: Path,
    tmp_path: Path,
) -> None:
    arguments = options(tmp_path / "tp", common)
    arguments[arguments.index("--name") + 1] = name
    made = run(*arguments)
    assert made.exit_code == 0, made.output
    workspace = load_workspace(tmp_path / "tp" / "content")
    agency = workspace.agency
    assert (agency.header_lines, agency.superior_lines) == (lines, superior)
    assert (agency.code, agency.place_name, workspace.year) == (code, place, 2026)
    assert agency.common_noun in ("thành phố", "tỉnh", "sở")
    assert workspace.indicators_by_id


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--name", "phường Đông Hải", "“phường Đông Hải” không rõ của tỉnh, thành phố nào"),
        ("--name", "Sở Nội vụ", "viết như “thành phố Hải Phòng” hoặc “Sở Nội vụ thành phố"),
        ("--signer", "Bình", "--signer: “Bình” — ghi đủ họ và tên"),
        ("--unit", "Phòng Cải cách hành chính", "--unit: đơn vị đầu tiên phải có ký hiệu"),
        ("--year", "26", "--year: “26” — năm phải có bốn chữ số"),
        ("--from", "khong-co", "--from: "),
    ],
)
def test_what_cannot_be_an_office_is_told_and_nothing_is_written(
    option: str, value: str, told: str, common: Path, tmp_path: Path
) -> None:
    arguments = options(tmp_path / "tp", common)
    arguments[arguments.index(option) + 1] = value
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "tp").exists()


def test_what_is_not_written_in_the_command_is_asked_for(common: Path, tmp_path: Path) -> None:
    told = run("new", "city", str(tmp_path / "tp"), "--from", str(common), *CONTENT)
    assert told.exit_code == 2
    assert "thiếu --name, --signer, --unit — ghi thêm vào lệnh" in told.stderr


def test_the_committee_is_meant_where_no_department_is_named() -> None:
    assert read_office("Ủy ban nhân dân tỉnh Lâm Đồng") == ("tỉnh Lâm Đồng", "")
    assert read_office("Sở Nội vụ  thành phố Huế") == ("thành phố Huế", "Sở Nội vụ")


@pytest.mark.slow
def test_its_report_begins_with_what_it_has_to_say(common: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tp"
    assert run(*options(folder, common)).exit_code == 0
    here = ("--content", str(folder / "content"))
    made = run("new", "city-report", "q3", *here)
    assert made.exit_code == 0, made.output
    workspace = load_workspace(folder / "content")
    report = workspace.city_reports["q3"]
    assert report.addressees == ("ubnd-thanh-pho", "bo-noi-vu")
    assert [each.indicator for each in report.compared][:2] == [
        "ty-le-nhiem-vu-cchc",
        "ty-le-hai-long",
    ]
    assert {each.key for each in report.instructions} == {
        "danh_gia.noi_bat",
        "danh_gia.ton_tai",
        "danh_gia.nguyen_nhan_khach_quan",
        "danh_gia.nguyen_nhan_chu_quan",
        "phuong_huong",
        "kien_nghi",
    }
    told = run("build", "city-report-q3", *here)
    assert told.exit_code == 1
    assert "chưa có tệp này để dựng city-report-q3 — tạo bằng lệnh" in told.stderr
    listed = run("list", *here).stdout
    assert "city-report-q3: Báo cáo chung về các xã, phường quý III" in listed
    assert "report-q3: Báo cáo cải cách" not in listed.replace("city-report-q3", "")
    again = run("new", "city-report", "q3", *here)
    assert "đã có tệp này — chọn tên khác, không ghi đè" in again.stderr
    assert "không có kỳ “q2” — chọn trong: q1, h1" in run("new", "city-report", "q2", *here).stderr
