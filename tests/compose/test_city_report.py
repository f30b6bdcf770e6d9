"""The report of a city: it says what its wards' figures say, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from cities import REPORT, WARDS, city_report, dossiers, ward, write_city
from origins import lines_of, misplaced, texts_of, uncovered
from vanban.app.load import load_content
from vanban.city.gathered import Gathered, GatheredWard
from vanban.city.gathered_file import gathered_bytes
from vanban.compose.composed import Composed
from vanban.document import Document, Heading, Paragraph, Table
from vanban.provenance import Kind, sources_of


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    return city_report(tmp_path_factory.mktemp("city"))


def body(composed: Composed) -> str:
    return "\n".join(block.text for block in composed.document.body)


def under(document: Document, heading: str) -> str:
    """Return the text of the paragraphs below the heading whose title is ``heading``."""
    found, lines = False, []
    for block in document.body:
        if isinstance(block, Heading):
            found = block.text.endswith(heading)
        elif found and isinstance(block, Paragraph):
            lines.append(block.text)
    return "\n".join(lines)


def tables(document: Document, annex: int | None = None) -> list[list[list[str]]]:
    """Return the rows of each table of the body or an annex; a line break is a blank."""
    blocks = document.body if annex is None else document.annexes[annex].blocks
    return [
        [
            [cell.text.replace("\u00a0", " ") for cell in row.cells]
            for row in (*each.head, *each.rows)
        ]
        for each in blocks
        if isinstance(each, Table)
    ]


def test_who_is_in_it_and_who_is_not_stands_first(composed: Composed) -> None:
    opening = next(
        block.text for block in composed.document.body if "báo cáo kết quả" in block.text
    )
    assert "Sở Nội vụ thành phố Hải Phòng báo cáo" in opening
    assert "quý III năm 2026 của các xã, phường, số liệu từ ngày 15/6/2026" in opening
    assert "số liệu của 3/4 đơn vị; 01 đơn vị chưa có số liệu: xã Tiên Minh; số liệu" in opening
    assert "của 01 đơn vị còn chỗ không khớp nhau: phường Dương Kinh. Tổng số" in opening


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        # totals, the ratio from totals, the change where all wards had figures last year
        ("Cải cách thủ tục hành chính", "tiếp nhận 600 hồ sơ, tăng 100 hồ sơ so với cùng kỳ năm"),
        ("Cải cách thủ tục hành chính", "giải quyết 600 hồ sơ, trong đó trước hạn và đúng hạn 580"),
        ("Cải cách thủ tục hành chính", "đạt 96,7%; cao nhất là phường Đông Hải (100%), thấp nhất"),
        (
            "Cải cách thủ tục hành chính",
            "thấp nhất là xã Vĩnh Hòa (90%); 2/3 đơn vị đạt mức từ 95%",
        ),
        (
            "thủ tục hành chính",
            "Có 20 hồ sơ giải quyết quá hạn, nhiều nhất là xã Vĩnh Hòa (10 hồ sơ)",
        ),
        # who lacks a figure is in no total, and is told
        ("Cải cách tài chính công", "giải ngân 220,5/300,5 triệu đồng vốn đầu tư, đạt 73,4% kế"),
        ("Cải cách tài chính công", "1/2 đơn vị đạt mức từ 60% trở lên (chưa tính 01 đơn vị thiếu"),
        ("Kết quả nổi bật", "Kết quả chung đạt mức đề ra ở 02/02 chỉ tiêu: tỷ lệ hồ sơ giải quyết"),
        ("Kết quả nổi bật", "- Các đơn vị tiếp nhận 600 hồ sơ, đạt 96,7% đúng hạn."),
        ("Tồn tại, hạn chế", "- Còn 01 đơn vị chưa có số liệu của kỳ, nêu tại Phụ lục III."),
        (
            "Tồn tại, hạn chế",
            "- Số liệu của 01 đơn vị còn chỗ không khớp nhau, đã tính trong tổng số",
        ),
    ],
)
def test_a_section_says_what_the_figures_say(
    heading: str, sentence: str, composed: Composed
) -> None:
    assert sentence in under(composed.document, heading)


def test_what_no_ward_says_is_not_said(composed: Composed) -> None:
    said = body(composed)
    assert "hài lòng, đạt" not in said
    assert "phản ánh, kiến nghị;" not in said
    assert {gap.key for gap in composed.missing} == {
        *(
            f"chi_dao_dieu_hanh.{key}"
            for key in ("ke_hoach", "kiem_tra", "tuyen_truyen", "khao_sat")
        ),
        *(f"ket_qua.{key}" for key in ("the_che", "bo_may", "cong_vu", "chinh_quyen_so")),
    }


def test_the_wards_are_compared_by_indicators(composed: Composed) -> None:
    compared, chart, of_wards = tables(composed.document)
    assert [row[1:] for row in compared[1:]] == [
        [
            *("Tỷ lệ hồ sơ giải quyết đúng hạn", "96,7%", "từ 95% trở lên", "2/3"),
            *("phường Đông Hải (100%)", "xã Vĩnh Hòa (90%)"),
        ],
        [
            *("Tỷ lệ giải ngân", "73,4%", "từ 60% trở lên", "1/2"),
            *("phường Đông Hải (90%)", "xã Vĩnh Hòa (40,3%)"),
        ],
        ["Tỷ lệ hài lòng", "chưa có số liệu", "", "", "", ""],
    ]
    assert [(row[0], row[-1]) for row in chart[1:]] == [
        ("Tỷ lệ hồ sơ giải quyết đúng hạn", "2/3"),
        ("Tỷ lệ giải ngân", "1/2"),
    ]
    # without one that is asked for, the ratio that differs most
    assert [(row[0], row[-1]) for row in of_wards[1:]] == [
        ("phường Đông Hải", "90%"),
        ("xã Vĩnh Hòa", "40,3%"),
    ]
    blocks = composed.document.body
    drawings = [each for each in blocks if isinstance(each, Table) and each.description]
    for drawing in drawings:
        assert sum(drawing.widths) == pytest.approx(165), "as wide as the text, like the tables"
    drawn = [each.description for each in composed.document.body if isinstance(each, Table)]
    assert drawn[1:] == [
        "Tỷ lệ hồ sơ giải quyết đúng hạn: 2/3; Tỷ lệ giải ngân: 1/2",
        "phường Đông Hải: 90%; xã Vĩnh Hòa: 40,3%",
    ]


@pytest.mark.parametrize(
    ("late", "said", "first", "last"),
    [
        (range(15), "", ("xã Số 1", "100%"), ("xã Số 15", "93,5%")),
        (
            range(60),
            "10 đơn vị cao nhất và 10 đơn vị thấp nhất",
            ("xã Số 1", "100%"),
            ("xã Số 60",),
        ),
        ([0] * 12 + [1] * 48, "Biểu đồ nêu 20 đơn vị thấp nhất", ("xã Số 41",), ("xã Số 60",)),
    ],
)
def test_of_many_wards_the_ends_are_drawn(
    late: Iterable[int], said: str, first: tuple[str, ...], last: tuple[str, ...], tmp_path: Path
) -> None:
    wards = [ward(f"xã Số {n}", dossiers(200, each)) for n, each in enumerate(late, 1)]
    report = REPORT.replace(
        "{ma: ty-le-ho-so-dung-han, ", "{ma: ty-le-ho-so-dung-han, bieu_do: true, "
    )
    composed = city_report(tmp_path, wards, report)
    _, *rows = tables(composed.document)[2]
    assert len(rows) == min(len(wards), 20)
    assert tuple(rows[0][:: len(rows[0]) - 1])[: len(first)] == first
    assert tuple(rows[-1][:: len(rows[-1]) - 1])[: len(last)] == last
    text = under(composed.document, "Các đơn vị theo tỷ lệ hồ sơ giải quyết đúng hạn")
    assert said in text and bool(said) == bool(text.strip())


def test_every_ward_has_its_row_with_its_place(composed: Composed) -> None:
    annex = composed.document.annexes[1]
    assert annex.landscape
    ((_, levels, *rows, total),) = tables(composed.document, 1)
    assert levels[1:] == ["Mức đề ra", "từ 95% trở lên", "từ 60% trở lên", ""]
    assert rows == [
        ["1", "phường Dương Kinh", "95 (2)", "–", "–"],
        ["2", "phường Đông Hải", "100 (1)", "90 (1)", "–"],
        ["3", "xã Tiên Minh", "–", "–", "–"],
        ["4", "xã Vĩnh Hòa", "90 (3)", "40,3 (2)", "–"],
    ]
    assert total == ["", "Kết quả chung", "96,7", "73,4", "chưa có số liệu"]
    (table,) = (each for each in annex.blocks if isinstance(each, Table))
    below = [cell.text for row in table.rows[1:-1] for cell in row.cells if cell.runs[0].bold]
    assert below == ["90\u00a0(3)", "40,3\u00a0(2)"]


def test_what_wards_have_to_look_at_again_is_told(composed: Composed) -> None:
    ((_, *rows),) = tables(composed.document, 2)
    assert rows == [
        [
            "1",
            "phường Dương Kinh",
            "Tổng “Hồ sơ” ghi 3 nhưng các số cộng lại là 2. Thiếu số liệu: Kế hoạch vốn đầu tư "
            "năm; Vốn đã giải ngân tính đến cuối kỳ",
        ],
        ["2", "xã Tiên Minh", "Chưa có báo cáo quý III"],
    ]


def test_its_head_is_that_of_the_department(composed: Composed) -> None:
    header = composed.document.header
    assert header.superior == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG")
    assert (header.agency, header.number.split("/")[1]) == (("SỞ NỘI VỤ",), "BC-SNV")
    assert header.addressees == ("Ủy ban nhân dân thành phố Hải Phòng",)
    assert composed.document.signature.capacity == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert composed.document.recipients[-1] == "- Lưu: VT, CCHC."
    assert composed.document.banner == ""


def test_every_character_leads_to_what_it_was_made_from(composed: Composed) -> None:
    lines_of.cache_clear()
    texts = [text for text in texts_of(composed.document) if text]
    assert [text for text in texts if uncovered(text)] == []
    assert [each for text in texts for each in misplaced(text)] == []


@pytest.mark.parametrize(
    ("figure", "wards"),
    [
        ("600", ("xã Vĩnh Hòa", "phường Đông Hải", "phường Dương Kinh")),
        ("73,4%", ("xã Vĩnh Hòa", "phường Đông Hải")),
        ("90\u00a0(3)", ("xã Vĩnh Hòa",)),
        ("xã Tiên Minh", ("xã Tiên Minh",)),
    ],
)
def test_a_figure_is_computed_from_the_lines_of_its_wards(
    figure: str, wards: tuple[str, ...], composed: Composed
) -> None:
    found = [
        {origin.place for origin in source.origins}
        for text in texts_of(composed.document)
        for source in sources_of(text)
        if source.kind is Kind.COMPUTED and text[source.start : source.end] == figure
    ]
    assert found
    for places in found:
        files = {place.file for place in places}
        assert {file.parent.name for file in files} == {"tong-hop"}
        (file,) = files
        lines = file.read_text(encoding="utf-8").splitlines()
        named = {
            next(line for line in reversed(lines[: place.line]) if "thu_muc:" in line)
            for place in places
        }
        folders = {name.replace(" ", "-").lower() for name in wards}
        assert {line.partition('"')[2].strip('"') for line in named} == folders


def test_a_sample_of_one_ward_marks_the_report(tmp_path: Path) -> None:
    first, *others = WARDS
    composed = city_report(tmp_path, (replace(first, sample=True), *others))
    assert composed.document.banner == "SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH"


def test_figures_that_contradict_each_other_are_no_extremes(tmp_path: Path) -> None:
    _, *others = WARDS
    odd = ward(
        "xã Vĩnh Hòa",
        dossiers(1, 99),
        contradictions=("không khớp",),
        doubtful=("ho-so-da-giai-quyet",),
    )
    composed = city_report(tmp_path, (odd, *others))
    said = under(composed.document, "Cải cách thủ tục hành chính")
    assert "tiếp nhận 600 hồ sơ" in said
    assert "thấp nhất là phường Dương Kinh (95%); 2/2 đơn vị đạt mức" in said
    *_, row, _ = tables(composed.document, 1)[0]
    assert row[1:3] == ["xã Vĩnh Hòa", "1 (*)"]
    assert "phải xem lại, không xếp hạng" in composed.document.annexes[1].blocks[-1].text


def test_a_ward_without_a_name_is_called_by_its_folder(tmp_path: Path) -> None:
    nameless = GatheredWard("xa-vinh-hai", absence="chưa đọc được tệp")
    composed = city_report(tmp_path, (*WARDS, nameless))
    assert "xã Tiên Minh, đơn vị ở thư mục xa-vinh-hai" in body(composed)
    other = gathered_bytes(Gathered("h1", 2026, (ward("xã Vĩnh Hải", {}),)))
    other = other.replace("xã-vĩnh-hải".encode(), b"xa-vinh-hai")
    (tmp_path / "content/2026/tong-hop/h1.yaml").write_bytes(other)
    composed = city_report(tmp_path, (*WARDS, nameless))
    assert "xã Tiên Minh, xã Vĩnh Hải" in body(composed)


def test_who_is_highest_together_is_counted(tmp_path: Path) -> None:
    wards = [ward(f"xã {name}", dossiers(10, 0)) for name in ("An", "Bình", "Hòa")]
    composed = city_report(tmp_path, (*wards, ward("xã Tân", dossiers(8, 2))))
    said = under(composed.document, "Cải cách thủ tục hành chính")
    assert "cao nhất là 03 đơn vị (100%), thấp nhất là xã Tân (80%)" in said
    alike = city_report(tmp_path, wards)
    assert "cao nhất" not in under(alike.document, "Cải cách thủ tục hành chính")
    (row, *_) = tables(alike.document)[0][1:]
    assert row[-2:] == ["như nhau", "như nhau"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("từ 60% trở lên", "cao", "q3.yaml:9:32: muc: không hiểu mức “cao” — viết như 100%"),
        ("từ 60% trở lên", "tăng", "q3.yaml:9:32: muc: mức “tăng” không so được từng đơn vị"),
        ("từ 60% trở lên", "60", "q3.yaml:9:32: muc: mức “60” không hợp với “Tỷ lệ giải ngân”"),
        ("ma: ty-le-hai-long", "ma: ty-le-hai-log", "không có chỉ tiêu “ty-le-hai-log” — có phải"),
        ("{ho-so-tiep-nhan}", "{ho-so-tiep}", "không có chỉ tiêu “ho-so-tiep” để lấy số liệu"),
        ("ket_qua: {}", "ket_qua: {the_ch: []}", "không có khóa “the_ch” — có phải “the_che”"),
    ],
)
def test_mistakes_of_its_file_have_their_place(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    assert REPORT.count(old) == 1
    content = write_city(tmp_path, report=REPORT.replace(old, new))
    problems = load_content(content, 2026).problems
    assert any(told in str(problem) for problem in problems), problems
