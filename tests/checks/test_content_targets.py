"""Targets in words: reading them, against data, against one another, and whether they measure."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts, hits
from support import write_content
from vanban.checks.content.stated_levels import conflicts, same_subject, stated_levels, words_of
from vanban.checks.finding import Hit
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.figures.levels import Bound, Operator
from vanban.workspace.load import load_workspace

AREA = "2025/linh-vuc/03-thu-tuc.yaml"


def stated(text: str) -> list[tuple[str, str]]:
    """Return level and clause of each statement of a line."""
    (passage,) = plain_writing(text, Path("x")).passages
    return [(each.words, each.stretch.excerpt) for each in stated_levels(passage)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "- Tỷ lệ hồ sơ đúng hạn đạt từ 95% trở lên.",
            [("từ 95% trở lên", "Tỷ lệ hồ sơ đúng hạn đạt từ 95% trở lên")],
        ),
        (
            "- Thực hiện đúng quy định, 100% PAKN được xử lý; không quá 5% quá hạn.",
            [("100%", "100% PAKN được xử lý"), ("không quá 5%", "không quá 5% quá hạn")],
        ),
        (
            "- Giảm 50% thời gian, ít nhất 30% thủ tục được cắt giảm",
            [("50%", "Giảm 50% thời gian"), ("ít nhất 30%", "ít nhất 30% thủ tục được cắt giảm")],
        ),
        (
            "- Từ 60% hồ sơ trở lên nhận trực tuyến.",
            [("Từ 60% hồ sơ trở lên", "Từ 60% hồ sơ trở lên nhận trực tuyến")],
        ),
        ("- Đạt 98,7%, tăng so với quý trước.", [("98,7%", "Đạt 98,7%, tăng so với quý trước")]),
        ("- Theo TCVN ISO 9001:2015, giai đoạn 2021-2030 và mục 1.2.", []),
        ("- Đạt từ 95-100% trở lên.", [("từ 95-100% trở lên", "Đạt từ 95-100% trở lên")]),
    ],
)
def test_statements(text: str, found: list[tuple[str, str]]) -> None:
    assert stated(text) == found


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("- đạt 80% trở lên", Bound(Operator.AT_LEAST, Fraction(4, 5), True)),
        ("- dưới 5% hồ sơ", Bound(Operator.BELOW, Fraction(1, 20), True)),
        ("- từ 5% trở xuống", Bound(Operator.AT_MOST, Fraction(1, 20), True)),
        ("- tối thiểu 30%", Bound(Operator.AT_LEAST, Fraction(3, 10), True)),
        ("- đạt 100% kế hoạch", Bound(Operator.EQUAL, Fraction(1), True)),
        ("- từ 60% đến 80%", None),
    ],
)
def test_levels(text: str, level: Bound | None) -> None:
    (each,) = stated_levels(plain_writing(text, Path("x")).passages[0])
    assert each.level == level


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "văn bản gửi dưới dạng điện tử",
            "tỷ lệ văn bản gửi giữa các cơ quan dưới dạng điện tử",
            True,
        ),
        (
            "hồ sơ TTHC giải quyết đúng hạn",
            "hồ sơ thủ tục hành chính được giải quyết đúng hạn",
            True,
        ),
        ("hồ sơ TTHC giải quyết đúng hạn", "hồ sơ TTHC giải quyết trước hạn", False),
        ("hồ sơ giải quyết đúng hạn", "hồ sơ lĩnh vực đất đai giải quyết đúng hạn", False),
        ("hồ sơ nhận trực tuyến năm 2025", "hồ sơ nhận trực tuyến năm 2026", False),
        ("hồ sơ", "hồ sơ", False),
    ],
)
def test_the_same_subject(one: str, other: str, same: bool) -> None:
    assert same_subject(words_of(one), words_of(other)) is same
    assert same_subject(words_of(other), words_of(one)) is same


def area_hits(rule: str, folder: Path, tasks: str) -> list[Hit]:
    """Return what a rule says of an area with these tasks."""
    head = "ma: tthc\nten: Thủ tục\nchi_so: PAR INDEX\nchu_tri: [trung-tam-hcc]\nnhiem_vu:\n"
    workspace = load_workspace(write_content(folder, {AREA: head + tasks}))
    (wanted,) = (each for each in all_rules() if each.id == rule)
    return list(hits_of(wanted, Project(workspace, ())))


def task(number: int, text: str, *levels: str, deadline: str = "") -> str:
    end = f", han: {deadline}" if deadline else ""
    targets = ", ".join(f"{{ma: hs-tl-truc-tuyen, muc: {level}{end}}}" for level in levels)
    return f"  - ma: tthc-{number}\n    noi_dung: {text}\n    chi_tieu: [{targets}]\n"


@pytest.mark.parametrize(
    ("text", "level", "found"),
    [
        ("Đạt 95% hồ sơ trực tuyến.", "từ 90% trở lên", ["Đạt 95% hồ sơ trực tuyến"]),
        ("Đạt 95% hồ sơ trực tuyến.", "từ 95% trở lên", []),
        ("Không quá 5% hồ sơ.", "từ 5% trở lên", ["Không quá 5% hồ sơ"]),
        ("Đạt từ 95-100% trở lên.", "từ 95% trở lên", []),
        ("Nâng cao tỷ lệ.", "từ 95% trở lên", []),
        ("Nâng cao tỷ lệ lên 60%.", "tăng", []),
        ("Cắt giảm 50% thời gian.", "50%", []),
    ],
)
def test_words_against_data(tmp_path: Path, text: str, level: str, found: list[str]) -> None:
    said = area_hits("chi-tieu/lech-du-lieu", tmp_path, task(1, text, level))
    assert [hit.at.excerpt for hit in said] == found


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ({"level": "100%"}, {"level": "từ 90% trở lên"}, 1),
        ({"level": "100%"}, {"level": "100%"}, 0),
        ({"level": "100%"}, {"level": "tăng"}, 0),
        (
            {"level": "60%", "deadline": "30/9/2025"},
            {"level": "80%", "deadline": "31/12/2025"},
            0,
        ),
    ],
)
def test_levels_of_one_indicator(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], count: int
) -> None:
    tasks = "".join(
        task(number, "Nhận trực tuyến.", each["level"], deadline=each.get("deadline", ""))
        for number, each in enumerate((first, second), 1)
    )
    assert len(area_hits("chi-tieu/trai-nhau", tmp_path, tasks)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "- Đạt 100% hồ sơ trực tuyến đúng hạn.\n- Hồ sơ trực tuyến đúng hạn từ 90% trở lên.",
            1,
        ),
        ("- Bảo đảm 100% hồ sơ trực tuyến đúng hạn.\n- Có 100% hồ sơ trực tuyến đúng hạn.", 0),
        ("- Trên 90% hồ sơ trực tuyến đúng hạn.\n- Dưới 90% hồ sơ trực tuyến quá hạn.", 0),
        (
            "BÁO CÁO\n- Hồ sơ trực tuyến đúng hạn đạt 98%.\n"
            "- Hồ sơ trực tuyến đúng hạn tại một cửa đạt 97%.",
            0,
        ),
        (
            "BÁO CÁO\n# PHƯƠNG HƯỚNG\n- Hồ sơ trực tuyến đúng hạn đạt 98%.\n"
            "- Phấn đấu hồ sơ trực tuyến đúng hạn đạt 100%.",
            1,
        ),
    ],
)
def test_conflicts_in_words(text: str, count: int) -> None:
    assert len(hits("chi-tieu/loi-van-trai-nhau", text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Đạt từ 80 đến 90% trở lên.", ["từ 80 đến 90% trở lên"]),
        ("- Đạt từ 90% đến 80%.", ["từ 90% đến 80%"]),
        ("- Trên 100% hồ sơ được số hóa.", ["Trên 100%"]),
        ("- Từ 100% trở lên hồ sơ được số hóa.", ["Từ 100% trở lên"]),
        ("- Tỷ lệ hồ sơ số hóa đạt 120%.", ["120%"]),
        ("- Thu ngân sách đạt 120% dự toán, trên 100% kế hoạch.", []),
        ("- Từ 60% đến 80%; 100%; từ 95% trở lên; tăng 150% so với năm trước.", []),
    ],
)
def test_meaningless_levels(text: str, found: list[str]) -> None:
    assert excerpts("chi-tieu/khoang-vo-nghia", text) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("- 100% đơn vị ban hành quy chế làm việc mới, thực hiện đầy đủ chế độ báo cáo.", 1),
        ("- 100% văn bản được ký số theo đúng quy định, gửi qua trục liên thông quốc gia.", 1),
        ("- 100% hồ sơ được tiếp nhận, giải quyết đúng thời hạn.", 0),
        ("- 100% cán bộ, công chức, viên chức thực hiện nội quy.", 0),
        ("- 100% hồ sơ theo cơ chế một cửa, một cửa liên thông.", 0),
        ("- 100% đơn vị công bố hệ thống; 90% đơn vị duy trì hệ thống.", 0),
    ],
)
def test_one_number_for_two_results(text: str, count: int) -> None:
    assert len(hits("chi-tieu/gop-hai-ket-qua", text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Tăng dần tỷ lệ hồ sơ số hóa; họp.", ["Tăng dần tỷ lệ hồ sơ số hóa"]),
        ("- Giảm tỷ lệ hồ sơ quá hạn.", ["Giảm tỷ lệ hồ sơ quá hạn"]),
        ("- Nâng tỷ lệ số hóa lên 80%.", []),
        ("- Nâng cao tỷ lệ số hóa, phấn đấu đạt 80%.", ["Nâng cao tỷ lệ số hóa"]),
        ("- Phấn đấu đạt kết quả xếp hạng cao nhất.", ["Phấn đấu đạt kết quả xếp hạng cao nhất"]),
        ("- Nâng cao chất lượng; tỷ lệ hồ sơ đúng hạn.", []),
        ("BÁO CÁO\n- Tăng tỷ lệ hồ sơ số hóa.", []),
    ],
)
def test_aims_that_nobody_can_measure(text: str, found: list[str]) -> None:
    assert excerpts("chi-tieu/khong-do-duoc", text) == found


@given(st.text(alphabet="0123456789%,.-;: từđếntrởlênxuố", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for passage in plain_writing(text, Path("x")).passages:
        each_in = list(stated_levels(passage))
        list(conflicts(each_in))
        for each in each_in:
            start, end = each.clause
            assert 0 <= start <= each.start < each.end <= end <= len(passage.text)
