"""Figures and times in the text: sums, shares, the annex, periods, years, dates, answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reading import excerpts
from reports import REPORT_FORM
from support import CONTENT, write_content
from vanban.checks.content.times import own_time
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace

Q3 = "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
PLAN = "KẾ HOẠCH\nCải cách hành chính năm 2025\n"
REPORT = "2025/bao-cao/q3.yaml"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Nhận 1.925 hồ sơ (trực tuyến 1.486; trực tiếp 402; bưu chính 36).",
            ["1.925 hồ sơ (trực tuyến 1.486; trực tiếp 402; bưu chính 36)"],
        ),
        ("Nhận 1.925 hồ sơ (trực tuyến 1.486; trực tiếp 402; bưu chính 37).", []),
        (
            "Có 10 lớp, gồm 4 lớp tin học, 5 lớp nghiệp vụ.",
            [],
        ),
        (
            "Có 10 hồ sơ, trong đó 8 hồ sơ đúng hạn và 5 hồ sơ trước hạn.",
            ["10 hồ sơ, trong đó 8 hồ sơ đúng hạn và 5 hồ sơ trước hạn"],
        ),
        ("Nộp 18,5 triệu đồng (10,2 triệu đồng và 8,3 triệu đồng).", []),
        ("Họp ngày 20 tháng 8 (có 3 đại biểu, 4 khách).", []),
        ("Có 12 hồ sơ (đạt 98%, vượt 3%); 5 phòng (theo Quyết định số 3/QĐ-UBND).", []),
    ],
)
def test_sums(text: str, found: list[str]) -> None:
    assert excerpts("so-lieu/cong-khong-khop", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hoàn thành 21/38 nhiệm vụ, đạt 65%.", ["21/38 nhiệm vụ, đạt 65%"]),
        ("Hoàn thành 21/38 nhiệm vụ, đạt 55,3%.", []),
        ("Hoàn thành 21/38 nhiệm vụ (55%).", []),
        ("Giải ngân 11.236,8/18.450,5 triệu đồng, đạt 60,9%.", []),
        (
            "Giải ngân 11.236,8/18.450,5 triệu đồng, đạt 69,9%.",
            ["11.236,8/18.450,5 triệu đồng, đạt 69,9%"],
        ),
        ("Công khai 12/10 thủ tục, đạt 100%.", ["12/10 thủ tục, đạt 100%"]),
        ("Kế hoạch số 12/KH-UBND đạt 90%; ngày 01/7/2025 đạt 90%; 0/0 đạt 0%.", []),
    ],
)
def test_shares(text: str, found: list[str]) -> None:
    assert excerpts("so-lieu/ty-le-sai", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Phường nhận 1.024 hồ sơ trực tuyến.", ["Phường nhận 1.024 hồ sơ trực tuyến"]),
        ("Phường nhận 1.204 hồ sơ trực tuyến.", []),
        ("Phường nhận 1.024 hồ sơ trực tuyến đất đai.", []),
        ("Số hồ sơ nhận trực tuyến tăng 120 hồ sơ so với quý II.", []),
        ("Tỷ lệ hồ sơ nhận trực tuyến đạt 87%.", ["Tỷ lệ hồ sơ nhận trực tuyến đạt 87%"]),
        ("Tỷ lệ hồ sơ nhận trực tuyến đạt 79,5%; tăng 2%.", []),
        ("Tỷ lệ hồ sơ nhận trực tuyến phải đạt từ 80% trở lên.", []),
    ],
)
def test_sentences_against_the_annex(tmp_path: Path, text: str, found: list[str]) -> None:
    content = write_content(tmp_path, {REPORT: REPORT_FORM.format(text)})
    assert content_hits("so-lieu/lech-phu-luc", content) == found


def content_hits(rule: str, content: Path) -> list[str]:
    """Return what a rule finds in content that nothing prints."""
    (wanted,) = (each for each in all_rules() if each.id == rule)
    return [hit.at.excerpt for hit in hits_of(wanted, Project(load_workspace(content), ()))]


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        (Q3, 2025, "q3"),
        ("BÁO CÁO\nKết quả quý I năm 2026\nThực hiện Kế hoạch năm 2025.", 2026, "q1"),
        ("BÁO CÁO\nKết quả 6 tháng đầu năm 2026", 2026, "h1"),
        ("BÁO CÁO\nKết quả năm 2026", 2026, ""),
        ("KẾ HOẠCH\nNâng cao các chỉ số\ncủa phường năm 2025\nCăn cứ Luật năm 2015;", 2025, ""),
        ("Một đoạn văn về năm 2020.", 0, ""),
    ],
)
def test_own_time(text: str, year: int, period: str) -> None:
    own = own_time(plain_writing(text, Path("x")))
    assert (own.year, own.period) == (year, period)


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("ky-khac", Q3 + "# KẾT QUẢ\n- Trong quý II, đã nhận hồ sơ.", ["Trong quý II"]),
        ("ky-khac", Q3 + "# KẾT QUẢ\n- So với quý II, hồ sơ tăng.", []),
        ("ky-khac", Q3 + "# PHƯƠNG HƯỚNG\n- Hoàn thành trong quý III.", ["trong quý III"]),
        ("ky-khac", Q3 + "# PHƯƠNG HƯỚNG\n- Hoàn thành trong quý IV.", []),
        ("ky-khac", PLAN + "- Hoàn thành trong quý II.", []),
        ("nam-cu", Q3 + "- Thực hiện nhiệm vụ năm 2024.", ["Thực hiện nhiệm vụ năm 2024"]),
        ("nam-cu", Q3 + "- Tăng so với năm 2024; kết quả chấm điểm năm 2024.", []),
        (
            "nam-cu",
            Q3 + "- Thực hiện Kế hoạch số 5/KH-UBND ngày 01/7/2024 trong năm 2024 (cũ).",
            [],
        ),
        ("nam-cu", PLAN + "- Trong năm 2024 phường được xếp thứ ba.", []),
        (
            "nam-cu",
            PLAN + "- Hoàn thành nhiệm vụ đến hết năm 2024.",
            ["Hoàn thành nhiệm vụ đến hết năm 2024"],
        ),
        ("ngoai-ky", Q3 + "- Ngày 20/10/2025 đã họp.", ["Ngày 20/10/2025"]),
        ("ngoai-ky", Q3 + "- Ngày 20 tháng 8 năm 2025 đã họp.", []),
        (
            "ngoai-ky",
            Q3 + "- Từ ngày 01/01/2025; theo Quyết định số 7/QĐ-UBND ngày 02/01/2025.",
            [],
        ),
        ("ngoai-ky", Q3 + "# PHƯƠNG HƯỚNG\n- Ngày 20/10/2025 sẽ họp.", []),
        ("ngoai-ky", Q3 + "- Ngày 31/02/2025 đã họp.", []),
        (
            "han-da-qua",
            PLAN + "- Gửi báo cáo trước ngày 15/3/2024.",
            ["Gửi báo cáo trước ngày 15/3/2024"],
        ),
        ("han-da-qua", PLAN + "- Gửi báo cáo trước ngày 15/3/2025.", []),
        ("giai-doan", "Đề án chuyển đổi số giai đoạn 2022-2026.", []),
    ],
)
def test_times(rule: str, text: str, found: list[str]) -> None:
    assert excerpts(f"ky-nam/{rule}", text) == found


def test_own_day_counts_for_deadlines() -> None:
    text = "- Hoàn thành trước ngày 15/3/2025."
    writing = plain_writing(text, Path("x"), issued=date(2025, 8, 1))
    (rule,) = (each for each in all_rules() if each.id == "ky-nam/han-da-qua")
    assert len(list(hits_of(rule, Project(None, (writing,))))) == 1


def test_registered_programmes_are_known(tmp_path: Path) -> None:
    register = CONTENT["van-ban.yaml"].replace(
        "về việc nâng cao các chỉ số", "về Đề án chuyển đổi số của thành phố giai đoạn 2022-2026"
    )
    workspace = load_workspace(write_content(tmp_path, {"van-ban.yaml": register}))
    text = "Thực hiện Đề án chuyển đổi số của thành phố giai đoạn 2022-2025."
    assert excerpts("ky-nam/giai-doan", text, workspace) == [
        "Đề án chuyển đổi số của thành phố giai đoạn 2022-2025"
    ]
    assert excerpts("ky-nam/giai-doan", text.replace("2025", "2026"), workspace) == []
