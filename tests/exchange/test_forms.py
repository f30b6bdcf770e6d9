"""Forms for units: who is asked for what, the workbook, and the way back into YAML."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from conftest import ROOT
from filled_forms import FIGURES, UNIT, filled, forms_in, forms_of
from packages import audit
from support import CONTENT, changed, load_checked, vanban, write_content
from vanban.exchange.filled_form import read_filled_form
from vanban.exchange.form_layout import NAMES, VALUE, SheetKind, read_mark
from vanban.exchange.form_workbook import form_workbook
from vanban.exchange.providers import figure_providers, same_field
from vanban.exchange.request_letter import request_letter
from vanban.workspace.files import FORM_ANSWERS, PAPERS


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_content(tmp_path)
    (tmp_path / "templates").symlink_to(Path(__file__).parents[2] / "templates")
    (tmp_path / "back").mkdir()
    return tmp_path


# --- who is asked -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chỉ đạo, điều hành", "Công tác chỉ đạo, điều hành CCHC", True),
        ("Cải cách thể chế", "Lĩnh vực cải cách thể chế", True),
        ("Cải cách thể chế", "Cải cách chế độ công vụ", False),
        ("Cải cách tổ chức bộ máy", "Cải cách tổ chức bộ máy hành chính nhà nước", True),
        ("Công tác", "Cải cách", False),
    ],
)
def test_fields_are_the_same_by_their_words(one: str, other: str, same: bool) -> None:
    assert same_field(one, other) is same_field(other, one) is same


@pytest.mark.parametrize(
    ("changes", "units"),
    [
        ({}, ("trung-tam-hcc",)),  # the lead of the area of that name
        (
            changed(
                "chi-tieu.yaml",
                "don_vi_tinh: hồ sơ}\n          - {ma: hs-truc-tiep",
                "don_vi_tinh: hồ sơ, don_vi_cung_cap: [van-hoa-xa-hoi]}\n"
                "          - {ma: hs-truc-tiep",
            ),
            ("van-hoa-xa-hoi",),
        ),
        (
            changed(
                "chi-tieu.yaml",
                "  - ten: Cải cách thủ tục hành chính\n",
                "  - ten: Cải cách thủ tục hành chính\n    don_vi_cung_cap: [van-hoa-xa-hoi]\n",
            ),
            ("van-hoa-xa-hoi",),
        ),
        (
            changed("chi-tieu.yaml", "  - ten: Cải cách thủ tục hành chính\n", "  - ten: Khác\n"),
            ("trung-tam-hcc",),  # by the target of the plan
        ),
    ],
)
def test_a_unit_answers_for_an_indicator(
    tmp_path: Path, changes: dict[str, str | None], units: tuple[str, ...]
) -> None:
    workspace = load_checked(write_content(tmp_path, changes), 2025)
    providers = figure_providers(workspace, ("van-hoa-xa-hoi",))
    assert providers["hs-truc-tuyen"] == units
    assert providers["so-ky-luat"] == ("van-hoa-xa-hoi",)  # nobody else: who compiles
    assert "hs-tiep-nhan" not in providers  # a sum is computed


def test_every_indicator_of_the_ward_is_asked_once() -> None:
    workspace = load_checked(ROOT / "content", 2025)
    forms = forms_in(workspace).values()
    asked = [row.indicator for form in forms for row in form.filled]
    typed = [
        each.id for each in workspace.all_indicators() if not each.is_ratio and not each.sum_of
    ]
    assert sorted(asked) == sorted(typed)
    assert all(len(form.rows) > len(form.filled) for form in forms)


# --- the workbook -----------------------------------------------------------------------------


def test_the_workbook_is_valid_and_the_same_each_time(tmp_path: Path) -> None:
    for form in forms_in(load_checked(ROOT / "content", 2025)).values():
        data = form_workbook(form)
        assert data == form_workbook(form)
        path = tmp_path / form.file_name
        path.write_bytes(data)
        assert audit(path) == []


def test_only_cells_to_fill_are_open(tmp_path: Path) -> None:
    form = forms_of(tmp_path)[UNIT]
    page = openpyxl.load_workbook(io.BytesIO(form_workbook(form)))[FIGURES]
    assert page.protection.sheet
    open_cells = {
        (row[0].value, str(cell.coordinate)[0])
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    ids = [row.indicator for row in form.filled]
    assert open_cells == {(each, column) for each in ids for column in "HIJ"}
    assert page.column_dimensions["A"].hidden
    assert page.print_title_rows == "$7:$7"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    fonts = {cell.font.name for row in page.iter_rows() for cell in row if cell.value}
    assert fonts == {"Times New Roman"}
    key, kind = read_mark(str(page["A1"].value)) or (None, None)
    assert (key, kind) == (form.key, SheetKind.FIGURES)


def test_checks_turn_red(tmp_path: Path) -> None:
    form = forms_of(tmp_path)[UNIT]
    page = openpyxl.load_workbook(io.BytesIO(form_workbook(form)))[FIGURES]
    formulas = [
        str(cell.value) for row in page.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert any("H10+H11" in each and "KHÔNG KHỚP" in each for each in formulas)
    rules = [rule for each in page.conditional_formatting for rule in each.rules]
    assert any("KHÔNG" in "".join(rule.formula) for rule in rules)
    kinds = {str(each.type) for each in page.data_validations.dataValidation}
    assert kinds == {"whole"}


# --- and back ---------------------------------------------------------------------------------


def test_a_filled_form_comes_back_into_the_report(project: Path) -> None:
    report = project / "content/2025/bao-cao/q3.yaml"
    before = report.read_text("utf-8")
    assert vanban("forms", "q3", "--no-letter")[0] == 0
    assert sorted(path.name for path in (project / "build/2025/forms-q3").iterdir()) == [
        "q3-2025_trung-tam-hcc.xlsx",
        "q3-2025_van-hoa-xa-hoi.xlsx",
    ]
    form = forms_in(load_checked(project / "content", 2025))[UNIT]
    path = project / "back" / "bản sao (1).xlsx"
    path.write_bytes(filled(form, {"hs-truc-tuyen": 1300, "hs-truc-tiep": "311"}))
    status, out, err = vanban("collect", "back", "--today", "12/9/2025")
    assert (status, err) == (0, "")
    assert "  đổi: Hồ sơ nhận trực tuyến: 1204 → 1300 (ô H10)\n  giữ nguyên: 1 chỉ tiêu\n" in out
    assert report.read_text("utf-8") == before
    status, out, err = vanban("collect", "back", "--today", "12/9/2025", "--apply")
    assert (status, err) == (0, "")
    assert report.read_text("utf-8") == before.replace("1204", "1300")
    answer = load_checked(project / "content", 2025)
    (sent,) = answer.all_of(FORM_ANSWERS)
    assert (sent.unit, sent.file, sent.received.day) == (UNIT, "bản sao (1).xlsx", 12)
    assert {each.id: each.value for each in sent.figures} == {
        "hs-truc-tuyen": "1300",
        "hs-truc-tiep": "311",
    }
    assert vanban("undo")[0] == 0
    assert report.read_text("utf-8") == before
    assert not (project / "content/2025/thu-thap").exists()


@pytest.mark.parametrize(
    ("column", "sheet", "code", "value"),
    [
        (8, FIGURES, "hs-truc-tuyen", 1300),
        (8, FIGURES, "hs-truc-tuyen", "=1000+300"),
        (8, FIGURES, "hs-tiep-nhan", 1700),  # a sum typed over
        (9, FIGURES, "hs-truc-tuyen", "tạm tính"),
        (4, NAMES[SheetKind.NARRATIVE], "kien_nghi", "Một câu."),
    ],
)
def test_a_form_that_was_filled_is_replaced_only_when_told(
    project: Path, column: int, sheet: str, code: str, value: object
) -> None:
    made = ("forms", "q3", "--no-letter")
    assert vanban(*made)[0] == 0
    folder = project / "build/2025/forms-q3"
    path, other = folder / f"q3-2025_{UNIT}.xlsx", folder / "q3-2025_van-hoa-xa-hoi.xlsx"
    blank = path.read_bytes()
    form = forms_in(load_checked(project / "content", 2025))[UNIT]
    mine = filled(form, {code: value}, column=column, sheet=sheet)
    path.write_bytes(mine)
    other.unlink()
    status, out, _ = vanban(*made)
    assert (status, path.read_bytes()) == (0, mine)
    assert other.is_file()
    assert f"{path.name}: đã điền, giữ nguyên\n" in out and "--force" in out
    status, out, _ = vanban(*made, "--force")
    assert (status, path.read_bytes()) == (0, blank)
    assert "giữ nguyên" not in out


def test_a_form_that_was_only_opened_and_saved_is_replaced(project: Path) -> None:
    made = ("forms", "q3", "--no-letter")
    assert vanban(*made)[0] == 0
    path = project / "build/2025/forms-q3" / f"q3-2025_{UNIT}.xlsx"
    blank = path.read_bytes()
    path.write_bytes(filled(forms_in(load_checked(project / "content", 2025))[UNIT], {}))
    assert path.read_bytes() != blank
    assert vanban(*made)[0] == 0
    assert path.read_bytes() == blank


def test_what_is_no_form_is_not_written_over(project: Path) -> None:
    path = project / "build/2025/forms-q3" / f"q3-2025_{UNIT}.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert "giữ nguyên" in vanban("forms", "q3", "--no-letter")[1]
    assert path.read_bytes() == b"x"


def test_earlier_figures_stand_beside_the_cell(tmp_path: Path) -> None:
    report = CONTENT["2025/bao-cao/q3.yaml"]
    earlier = report.replace("1204", "1100")
    changes = {"2025/bao-cao/q1.yaml": earlier, "2024/bao-cao/q3.yaml": report}
    form = forms_of(tmp_path, changes)[UNIT]
    rows = {row.indicator: row for row in form.rows}
    assert (rows["hs-truc-tuyen"].previous, rows["hs-truc-tuyen"].last_year) == ("1.100", "1.204")
    assert rows["hs-tl-truc-tuyen"].previous == "78,0%"
    page = openpyxl.load_workbook(io.BytesIO(form_workbook(form)))[FIGURES]
    assert page["F7"].value == "Kỳ trước (quý I năm 2025)" and page["F10"].value == "1.100"
    assert not page.column_dimensions["F"].hidden
    put = filled(form, {"hs-truc-tuyen": 5})
    assert read_filled_form(put, "a.xlsx").sheets[SheetKind.FIGURES][0].cells[VALUE].value == 5


# --- the letter -------------------------------------------------------------------------------


def test_the_letter_is_written_once_and_built(project: Path) -> None:
    agency = project / "content/co-quan.yaml"
    text = agency.read_text("utf-8")
    units = "  - {ma: cac-phong, ten: Các phòng chuyên môn}\nlich_bao_cao"
    agency.write_text(text.replace("lich_bao_cao", units), "utf-8")
    status, out, err = vanban("forms", "q3")
    assert (status, err) == (0, ""), err
    letter = project / "content/2025/soan-thao/cv-so-lieu-q3.yaml"
    text = letter.read_text("utf-8")
    assert "kinh_gui: [cac-phong]" in text
    paper = load_checked(project / "content", 2025).entries(PAPERS)["cv-so-lieu-q3"]
    (table,) = [part.table for part in paper.parts if part.table is not None]
    assert [row[1:] for row in table.rows] == [
        ("Phòng Văn hóa - Xã hội", "1", "-", "14/9/2025"),
        ("Trung tâm Phục vụ hành chính công", "2", "-", "14/9/2025"),
    ]
    assert (project / "build/2025/cv-so-lieu-q3.docx").is_file()
    assert "đã tạo: build/2025/cv-so-lieu-q3.pdf" in out
    letter.write_text(text.replace("phối hợp thực hiện", "khẩn trương thực hiện"), "utf-8")
    mine = letter.read_text("utf-8")
    _, out, _ = vanban("forms", "q3")
    assert letter.read_text("utf-8") == mine
    assert "lưu ý: content/2025/soan-thao/cv-so-lieu-q3.yaml: đã có, giữ nguyên" in out
    assert "undo" not in out
    letter.write_text(text, "utf-8")
    assert vanban("undo")[0] == 0
    assert not letter.exists()


def test_the_letter_of_the_ward_has_no_findings(tmp_path: Path) -> None:
    """Its place in the sample of the calendar marks it as a sample."""
    workspace = load_checked(ROOT / "content", 2025)
    forms = tuple(forms_in(workspace).values())
    data = request_letter(workspace, forms, "make document ID=cv-so-lieu-q3")
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung", ".*"))
    (content / "2025/soan-thao").mkdir(exist_ok=True)
    (content / "2025/soan-thao/cv-so-lieu-q3.yaml").write_bytes(data)
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    status, out, _ = vanban("check", "cv-so-lieu-q3", "--content", str(content))
    assert status == 0 and "0 lỗi, 0 cảnh báo" in out, out


def test_without_units_among_the_recipients_there_is_no_letter(project: Path) -> None:
    status, out, err = vanban("forms", "q3")
    assert (status, err) == (0, "")
    assert "lưu ý: chưa soạn công văn: noi_nhan của co-quan.yaml chưa có các phòng" in out
    assert not (project / "content/2025/soan-thao").exists()


def test_who_is_asked_because_nobody_is_named_is_told(project: Path) -> None:
    _, out, _ = vanban("forms", "q3", "--no-letter")
    assert "lưu ý: 1 chỉ tiêu chưa rõ đơn vị cung cấp (như “Số người bị kỷ luật”)" in out
