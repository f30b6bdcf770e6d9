"""What is pending at the end of a period is what the next one starts with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reports import REGISTER, Reports, make_workspace
from support import CONTENT
from vanban.errors import Problem
from vanban.figures.checks import check_figures

OPENED = "ngay_hoat_dong: 01/7/2025\n"
Figures = Mapping[str, str]


NEW = {"q1": 1000, "h1": 2000, "q3": 1000, "year": 5000}
"""Files of each period: enough that no part of the year exceeds the whole."""


def period(start: int, end: int, name: str = "q1") -> Figures:
    """Return figures of a period that starts with ``start`` files and ends with ``end``."""
    new = NEW[name]
    done = new + start - end
    return {"truoc": f"{start}", "mang": f"{new}", "giay": "0", "xong": f"{done}", "dang": f"{end}"}


def problems(
    folder: Path,
    now: Reports,
    before: Reports | None = None,
    register: str = REGISTER,
    opened: str = "",
) -> list[Problem]:
    """Return what is wrong between the reports of an old agency, or of one that just opened."""
    made = make_workspace(folder, now, before, register=register)
    agency = made.agency.model_copy(update={"established": None} if not opened else {})
    made.__dict__["agency"] = agency
    return check_figures(made)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        # quarter III starts where the six months ended
        ({"h1": period(5, 86, "h1"), "q3": period(50, 9, "q3")}, {}, ["q3"]),
        ({"h1": period(5, 86, "h1"), "q3": period(86, 9, "q3")}, {}, []),
        # quarter I, six months and year start where last year ended
        ({"q1": period(50, 9, "q1")}, {"year": period(1, 86, "year")}, ["q1"]),
        ({"h1": period(50, 9, "h1")}, {"year": period(1, 86, "year")}, ["h1"]),
        ({"year": period(50, 9, "year")}, {"year": period(1, 86, "year")}, ["year"]),
        (
            {"q1": period(86, 9, "q1"), "year": period(86, 3, "year")},
            {"year": period(1, 86, "year")},
            [],
        ),
        (
            {"q1": period(5, 9, "q1"), "h1": period(5, 9, "h1")},
            {"year": period(1, 86, "year")},
            ["h1", "q1"],
        ),
        # and where each other starts
        ({"q1": period(5, 9, "q1"), "h1": period(6, 9, "h1")}, {}, ["h1"]),
        (
            {"q1": period(5, 9, "q1"), "h1": period(5, 80, "h1"), "year": period(7, 9, "year")},
            {},
            ["year"],
        ),
        (
            {"q1": period(5, 9, "q1"), "h1": period(5, 80, "h1"), "year": period(5, 1, "year")},
            {},
            [],
        ),
        # they do not start where another of them ended
        ({"q1": period(5, 9, "q1"), "h1": period(5, 7, "h1")}, {}, []),
        ({"h1": period(5, 86, "h1"), "year": period(5, 3, "year")}, {}, []),
        ({"q3": period(5, 86, "q3"), "year": period(50, 9, "year")}, {}, []),
        ({"q1": period(5, 9, "q1"), "q3": period(50, 9, "q3")}, {}, []),
        # nor the year after where quarter III ended
        ({"q1": period(50, 9, "q1")}, {"q3": period(1, 86, "q3")}, []),
        # what nobody typed is not compared
        ({"h1": {"mang": "1"}, "q3": period(50, 9, "q3")}, {}, []),
        ({"h1": period(5, 86, "h1"), "q3": {"mang": "1"}}, {}, []),
    ],
)
def test_between_periods(tmp_path: Path, now: Reports, before: Reports, told: list[str]) -> None:
    found = problems(tmp_path, now, before)
    assert sorted(problem.place.file.stem for problem in found) == told


def test_last_year_among_its_own_periods(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, {}, {"h1": period(5, 86, "h1"), "q3": period(50, 9, "q3")})
    assert problem.place.file.parts[-3:] == ("2024", "bao-cao", "q3.yaml")


def test_the_message_names_both_periods(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, {"q1": period(50, 9, "q1")}, {"year": period(1, 86, "year")})
    assert problem.key == "truoc"
    assert problem.message == (
        "“Kỳ trước chuyển sang” của quý I năm 2025 là 50, “Đang giải quyết” cuối kỳ năm 2024 là "
        "86 — hai số phải bằng nhau, sửa số sai ở một trong hai báo cáo"
    )


def test_an_agency_that_opened_in_the_year(tmp_path: Path) -> None:
    """From 01/7/2025 quarter III and year have one start; nothing before is its own."""
    assert OPENED in CONTENT["co-quan.yaml"]
    same = {"q3": period(84, 9, "q3"), "year": period(84, 2, "year")}
    assert problems(tmp_path / "a", same, {"year": period(1, 7, "year")}, opened=OPENED) == []
    other = {"q3": period(84, 9, "q3"), "year": period(50, 2, "year")}
    (problem,) = problems(tmp_path / "b", other, opened=OPENED)
    assert problem.place.file.stem == "year"
    assert "“Kỳ trước chuyển sang” đầu kỳ quý III năm 2025 là 84" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        (
            "ve_trai: [truoc, nhan], ve_phai: [xong, dang]",
            "ve_trai: [xong, dang], ve_phai: [truoc, nhan]",
            1,
        ),
        ("ve_trai: [truoc, nhan], ve_phai: [xong, dang]", "ve_trai: [truoc], ve_phai: [dang]", 2),
        ("ve_phai: [xong, dang]}", "ve_phai: [xong, dang], khong_vuot: true}", 0),
        (
            "ten: Đang giải quyết, don_vi_tinh: hồ sơ, tinh_chat: thời điểm",
            "ten: Đang giải quyết, don_vi_tinh: hồ sơ",
            0,
        ),
    ],
)
def test_what_is_a_balance(tmp_path: Path, old: str, new: str, count: int) -> None:
    """Either side may stand first; without flows, or as a limit, an identity is no balance."""
    assert old in REGISTER
    reports = {"h1": period(5, 86, "h1"), "q3": period(50, 9, "q3")}
    found = problems(tmp_path, reports, register=REGISTER.replace(old, new))
    assert len(found) == count
