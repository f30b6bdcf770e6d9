"""The check of a report on wards says nothing of what they are called and of what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities import REPORT, many, write_city
from test_cli import run

pytestmark = pytest.mark.slow


def test_a_report_on_many_wards_has_no_findings(tmp_path: Path) -> None:
    content = str(write_city(tmp_path, many(30)))
    built = run("build", "city-report-q3", "--content", content, "--engine", "pages")
    assert built.exit_code == 0, built.output
    told = run("check", "city-report-q3", "--content", content).stdout
    assert "0 lỗi, 0 cảnh báo, 0 lưu ý" in told, told
    assert "thể thức" in told and " 0 không đạt" in told
    (word,) = (tmp_path / "build" / "2026").glob("*.docx")
    other = word.rename(tmp_path / "x.docx")
    told = run("check", str(other), "--content", content).stdout
    assert "Báo cáo của SỞ NỘI VỤ (ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG), cấp tỉnh" in told
    assert "văn bản của cơ quan khác" not in told


def test_a_ward_that_was_not_gathered_is_told(tmp_path: Path) -> None:
    report = REPORT.replace("Thanh toán trực tuyến còn thấp.", "Xã Lộc An chưa đạt mức đề ra.")
    content = str(write_city(tmp_path, many(3), report))
    told = run("check", "city-report-q3", "--content", content).stdout
    assert "Lộc An” không phải tên của Sở Nội vụ" in told, told
