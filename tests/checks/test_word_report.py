"""How a Word file's report reads: whose document, what matters first, then part by part."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from letters import letter, retyped
from test_cli import run
from vanban.app.check import Checked
from vanban.app.check_word import check_word
from vanban.checks.finding import Finding, Severity, Spot
from vanban.checks.form.html import html_page
from vanban.checks.form.printed_pages import read_pages
from vanban.checks.form.specification import components
from vanban.checks.page_pictures import picture_of
from vanban.checks.registry import all_rules
from vanban.checks.word_report import (
    MOST_IMPORTANT,
    Section,
    WordReport,
    place_words,
    report_lines,
    words_around,
)
from vanban.errors import Place
from words import GOOD, rendered, saved, word_of

FILE = Path("cong-van.docx")
SECTIONS = {1: Section.HEAD, 3: Section.BASES, 5: Section.BODY, 9: Section.TAIL, 12: Section.ANNEX}


def finding(
    rule: str,
    severity: Severity = Severity.ERROR,
    *paragraphs: int,
    component: str = "",
    message: str = "sai",
) -> Finding:
    spots = tuple(Spot(Place(FILE), number, 1, "chữ") for number in paragraphs or (0,))
    return Finding(rule, severity, message, "sửa", "điều khoản", spots, frozenset(), "", component)


def report(*findings: Finding) -> WordReport:
    return WordReport(FILE, findings=findings, sections=SECTIONS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, without LibreOffice and without content."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "nobin"))
    return tmp_path


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot(Place(FILE), 1, 0, "các các"), "các các"),
        (Spot(Place(FILE), 1, 0, "các", before="Gửi ", after=" nơi"), "Gửi ‹các› nơi"),
        (Spot(Place(FILE), 1, 0, "ơn !", before="Cảm "), "Cảm ‹ơn !›"),
        (Spot(Place(FILE), 1, 0, "sai", before="(", after=")."), "(‹sai›)."),
        (
            Spot(Place(FILE), 1, 0, "ba", before="a b c d e f ", after=" g h i k l m"),
            "… b c d e f ‹ba› g h i k l …",
        ),
    ],
)
def test_words_around_a_mistake(spot: Spot, words: str) -> None:
    assert words_around(spot) == words


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot(Place(FILE), 23, 2), "trang 2, đoạn 23"),
        (Spot(Place(FILE), 23), "đoạn 23"),
        (Spot(Place(FILE), 23, part="cước chú 2"), "cước chú 2"),
        (Spot(Place(FILE)), ""),
    ],
)
def test_a_place_is_told_without_the_file(spot: Spot, words: str) -> None:
    assert place_words(spot) == words


def test_what_matters_is_first_and_at_most_ten() -> None:
    many = [finding(f"thuat-ngu/{number}", Severity.ERROR, 5) for number in range(12)]
    number = finding("hinh-thuc/so", Severity.ERROR, 2, component="so-ky-hieu")
    cited = finding("vien-dan/ngay", Severity.WARNING, 5)
    given = report(*many, cited, number)
    assert len(given.first) == 10
    assert given.first[0].findings == (number,)
    assert [cause.findings[0] for _, causes in given.rest() for cause in causes] == [
        *many[9:],
        cited,
    ]


def test_findings_about_one_component_are_one_cause() -> None:
    two = [
        finding(f"hinh-thuc/{each}", Severity.ERROR, 6, component="tieu-ngu", message=each)
        for each in ("dash", "line")
    ]
    (cause,) = report(*two).causes
    assert cause.findings == tuple(two)
    lines = list(report_lines(report(*two)))
    assert sum("trang 1, đoạn 6" in line for line in lines) == 1


def test_the_rest_stands_by_the_parts_of_the_document() -> None:
    warn = [
        finding(f"dau-cau/{number}", Severity.WARNING, *(number,) * bool(number))
        for number in (13, 9, 6, 3, 2, 0)
    ]
    assert [section for section, _ in report(*warn).rest()] == list(Section)


def test_every_name_of_what_matters_is_known() -> None:
    groups = {rule.group for rule in all_rules()}
    named = {name for names in MOST_IMPORTANT for name in names}
    assert named <= groups | components().keys()


def test_a_file_is_named_once_with_its_kind_and_issuer(folder: Path) -> None:
    word = letter()
    retyped("báo cáo", "báo cáo báo cáo")(word)
    Path("thu.docx").write_bytes(saved(word))
    lines = run("check", "thu.docx").stdout.splitlines()
    assert lines[0] == "thu.docx"
    assert lines[1].startswith("  Công văn của ")
    assert sum("thu.docx" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["sai.docx"], 1),
        (["tot.docx", "hong.docx"], 3),
        (["sai.docx", "dang.docx"], 3),
        (["thieu.docx"], 3),
    ],
)
def test_exit_status(folder: Path, names: list[str], status: int) -> None:
    Path("tot.docx").write_bytes(saved(letter()))
    Path("sai.docx").write_bytes(saved(word_of("Báo cáo các các nội dung.")))
    Path("dang.docx").write_bytes(saved(word_of("ĐẢNG CỘNG SẢN VIỆT NAM", "Nội dung.")))
    Path("hong.docx").write_bytes(b"PK")
    assert run("check", *names).exit_code == status


@pytest.mark.parametrize(
    ("severity", "status"), [(Severity.ERROR, 1), (Severity.WARNING, 1), (Severity.INFO, 0)]
)
def test_a_note_is_nothing_to_mend(severity: Severity, status: int) -> None:
    assert Checked(words=[report(finding("a/b", severity, 5))]).status == status
    excused = replace(finding("a/b", severity, 5), excused="Đã xem.")
    assert Checked(words=[report(excused)]).status == 0


def test_json_has_an_object_a_file(folder: Path) -> None:
    Path("sai.docx").write_bytes(saved(word_of("Báo cáo các các nội dung.")))
    Path("dang.docx").write_bytes(saved(word_of("ĐẢNG CỘNG SẢN VIỆT NAM", "Nội dung.")))
    Path("hong.docx").write_bytes(b"PK")
    output = run("check", "sai.docx", "dang.docx", "hong.docx", "--format", "json").stdout
    wrong, party, broken = json.loads(output)
    assert [each["file"] for each in (wrong, party, broken)] == [
        "sai.docx",
        "dang.docx",
        "hong.docx",
    ]
    assert "chinh-ta/lap-tu" in {each["rule"] for each in wrong["findings"]}
    assert (wrong["declined"], wrong["unreadable"]) == (None, None)
    assert "Đảng" in party["declined"]
    assert "hỏng" in broken["unreadable"]
    assert wrong["notes"]


def test_spelling_of_what_is_not_judged_is_told(folder: Path) -> None:
    lines = ("SƠ YẾU LÝ LỊCH", "Tôi xin chịu trách nhiệm nhiệm về lời khai.", "Ngày sinh: ………")
    Path("to-khai.docx").write_bytes(saved(word_of("ĐẢNG CỘNG SẢN VIỆT NAM", *lines)))
    result = run("check", "to-khai.docx", "--format", "json")
    (report_,) = json.loads(result.stdout)
    assert result.exit_code == 3
    assert [each["rule"] for each in report_["findings"]] == ["chinh-ta/lap-tu"]
    assert any("chỉ soát chính tả" in note for note in report_["notes"])


@pytest.mark.slow
def test_html_shows_the_place_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "thu.docx"
    word = letter()
    retyped("báo cáo", "báo cáo báo cáo")(word)
    path.write_bytes(saved(word))
    given = check_word(path, None, alone=True)
    page = html_page("Kết quả <soát>", (), words=(given,))
    assert "Kết quả &lt;soát&gt;" in page
    assert f"<h3>Nên sửa trước ({len(given.first)})</h3>" in page
    assert "<mark>" in page
    if given.pages is not None:  # LibreOffice is there
        assert 'src="data:image/png;base64,' in page
    assert page.count(str(path)) == 2  # its report, and the table of its form


@pytest.mark.parametrize(
    ("spot", "shown"),
    [
        (Spot(Place(FILE), 6, 1, "Độc lập - Tự do - Hạnh phúc"), True),
        (Spot(Place(FILE), 6, 1, "Tự do", before="Độc lập - ", after=" - Hạnh phúc"), True),
        (Spot(Place(FILE), 6, 1, "Không có trên trang"), False),
        (Spot(Place(FILE)), False),
    ],
)
def test_the_picture_is_a_strip_of_the_page(spot: Spot, shown: bool) -> None:
    pages = read_pages(rendered(GOOD)[1])
    picture = picture_of(pages, spot)
    assert bool(picture) is shown
    if shown:
        image = Image.open(BytesIO(picture))
        assert image.width > 3 * image.height


def test_nobody_is_told_to_change_the_content_of_another_office(folder: Path) -> None:
    word = letter()
    retyped("báo cáo", "bóa cáo QPPL")(word)
    Path("thu.docx").write_bytes(saved(word))
    output = run("check", "thu.docx").stdout
    assert "“bóa”" in output or "bóa" in output
    assert "quy-tac" not in output
    assert ".yaml" not in output
