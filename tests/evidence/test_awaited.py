"""Documents that are to prove criteria: listed until their signed copy is attached, then once."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import TEMPLATES
from documents import pdf_of, plain, sample
from evidences import entry, pdf_bytes, write_evidence
from vanban.app.coverage import load_coverage
from vanban.app.dossier import number_evidence
from vanban.app.load import load_content
from vanban.cli import main
from vanban.compose.dossier_front import compose_dossier_front
from vanban.compose.evidence_index import compose_evidence_index
from vanban.document import Table
from vanban.evidence.awaited import awaited
from vanban.evidence.descriptions import documents_of
from vanban.evidence.first_page import Line
from vanban.evidence.page_against import NOT_SEEN, SCAN, compare, issue_options
from vanban.evidence.rows import evidence_rows
from vanban.workspace.load import load_workspace
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

PAPER = """\
loai: Quyết định
trich_yeu: Về việc thành lập Đoàn tự kiểm tra
can_cu: [{van_ban: cv-1747}]
noi_nhan: [dang-uy]
luu: [van-hoa-xa-hoi]
nguoi_ky: chu-tich
minh_chung_cho: [1.1.1, 1.1.2]
noi_dung: [{dieu: Thành lập Đoàn tự kiểm tra.}]
"""
ISSUED = "so: 35\nngay: 20/8/2025\n"
NAME = "2025/soan-thao/qd-doan.yaml"
CONTENT = Path("content")


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with a decision that was issued and names two sub-criteria."""
    monkeypatch.chdir(tmp_path)
    write_evidence(tmp_path, changes={NAME: PAPER + ISSUED})
    return CONTENT / NAME


def workspace() -> Workspace:
    return load_workspace(CONTENT, 2025)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@cache
def page(number: str = "35/QĐ-UBND", day: str = "20 tháng 8 năm 2025", banner: str = "") -> bytes:
    """Return the PDF of a decision with that number and date."""
    header = {
        "number": f"Số: {number}",
        "place_date": f"Phường Trần Liễu, ngày {day}",
        "document_type": "QUYẾT ĐỊNH",
        "abstract": "Về việc thành lập Đoàn tự kiểm tra",
    }
    return pdf_of(sample(header, body=plain("Điều 1.").body, annexes=(), banner=banner))


def attach(data: bytes, *options: str) -> Result:
    Path("ky.pdf").write_bytes(data)
    return run("evidence", "add", "ky.pdf", "--document", "qd-doan", *options)


def test_it_is_listed_under_each_criterion_until_its_signed_copy_is_attached(ward: Path) -> None:
    (each,) = awaited(workspace())
    assert (each.document.id, each.criteria) == ("qd-doan", ("1.1.1", "1.1.2"))
    rows = {row.criterion: row for row in evidence_rows(workspace())}
    for code in each.criteria:
        row = rows[code]
        assert (row.number, row.date, row.ordinal) == ("35/QĐ-UBND", "20/8/2025", "")
        assert row.title == "Quyết định về việc thành lập Đoàn tự kiểm tra"
        assert row.note == "chưa đính kèm bản ký"
    status = run("evidence", "status").stdout
    assert "1.1.1, 1.1.2: qd-doan (35/QĐ-UBND)" in status
    assert load_coverage(CONTENT, 2025)[1].rows[0].readable == 0

    before = ward.read_bytes(), (CONTENT / "2025/minh-chung.yaml").read_bytes()
    done = attach(page())
    assert done.exit_code == 0, done.output
    assert "tệp không có chữ ký số" in done.stdout
    (held,) = workspace().evidence.evidence  # type: ignore[union-attr]
    assert (held.code, held.document, held.number, held.also_for) == (
        "1.1.1-01",
        "qd-doan",
        None,
        (),
    )
    assert held.file == "1.1.1-01_QD-35-UBND_2025-08-20.pdf"
    assert not tuple(awaited(workspace()))
    served = documents_of(workspace())
    assert [[each.code for each in served[code]] for code in ("1.1.1", "1.1.2")] == [
        ["1.1.1-01"],
        ["1.1.1-01"],
    ]
    assert "chưa đính kèm" not in run("evidence", "status").stdout
    assert "đã đính kèm với mã 1.1.1-01" in attach(page(banner="x")).stderr
    run("undo")
    assert (ward.read_bytes(), (CONTENT / "2025/minh-chung.yaml").read_bytes()) == before
    assert not (CONTENT / "2025/minh-chung" / held.file).exists()


@pytest.mark.parametrize(
    ("number", "day", "told"),
    [
        ("36/QĐ-UBND", "20 tháng 8 năm 2025", "trang 1 ghi số “36/QĐ-UBND”, văn bản là “35/QĐ-UBN"),
        ("35/KH-UBND", "20 tháng 8 năm 2025", "trang 1 ghi số “35/KH-UBND”"),
        ("35/QĐ-UBND", "21 tháng 8 năm 2025", "trang 1 ghi ngày “21/8/2025”, văn bản là “20/8/20"),
    ],
)
def test_a_file_of_another_document_is_refused(
    number: str, day: str, told: str, ward: Path
) -> None:
    result = attach(page(number, day))
    assert result.exit_code == 1
    assert f"{NAME}:10:7: ngay: " in result.stderr
    assert told in result.stderr
    assert tuple(awaited(workspace()))
    assert attach(page(number, day), "--unread").exit_code == 0


def test_a_scan_is_attached_and_told_to_be_compared(ward: Path) -> None:
    result = attach(pdf_bytes(), "--criterion", "1.2.1")
    assert result.exit_code == 0, result.output
    assert SCAN in " ".join(result.stdout.split())
    assert [code for code, each in documents_of(workspace()).items() if each] == [
        "1.1.1",
        "1.1.2",
        "1.2.1",
    ]


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        (PAPER, "--so 35 --ngay 20/8/2025"),
        (PAPER + "so: 35\n", "chưa ghi số, ngày nên chưa đính kèm được bản ký"),
        (PAPER.replace("[1.1.1, 1.1.2]", "[]") + ISSUED, "chưa rõ qd-doan chứng minh tiêu chí nào"),
    ],
)
def test_what_cannot_be_attached_yet_is_told_with_the_command(
    paper: str, told: str, ward: Path
) -> None:
    ward.write_text(paper, encoding="utf-8")
    result = attach(page())
    assert result.exit_code in (1, 2)
    assert told in result.stderr
    assert not (CONTENT / "2025/minh-chung").joinpath("1.1.1-01_QD-35-UBND_2025-08-20.pdf").exists()


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ("[1.1.1, 9.9.9]", "minh_chung_cho: không có tiêu chí “9.9.9”"),
        ("[1.1]", "“1.1” không phải là tiêu chí thành phần — viết mã ba số, như 1.1.1"),
        ("[1.1.1, 1.1.1]", "“1.1.1” ghi hai lần"),
    ],
)
def test_a_criterion_that_is_none_is_told_at_its_place(codes: str, told: str, ward: Path) -> None:
    ward.write_text(PAPER.replace("[1.1.1, 1.1.2]", codes), encoding="utf-8")
    told_at = run("evidence", "status").stderr
    problems = load_content(CONTENT, 2025).problems
    assert [str(each.place).startswith(f"{CONTENT / NAME}:7:") for each in problems] == [True]
    assert told in str(problems[0])
    assert f"{NAME}:7:" in told_at  # the status leaves the paper out and says so


def test_without_a_criterion_the_document_must_name_one(ward: Path) -> None:
    Path("a.pdf").write_bytes(page())
    assert "thiếu --criterion" in run("evidence", "add", "a.pdf").stderr
    assert "không có văn bản “qd-doam” — có phải “qd-doan”?" in (
        run("evidence", "add", "a.pdf", "--document", "qd-doam").stderr
    )


def test_the_plan_is_known_by_what_commands_call_it(ward: Path) -> None:
    plan = CONTENT / "2025" / "ke-hoach.yaml"
    text = plan.read_text(encoding="utf-8")
    keys = "ma: kh-2025\nso: 12\nngay: 01/8/2025\nminh_chung_cho: [1.2.2]\n"
    text = re.sub(r"^(?:ma|so|ngay): .*\n", "", text, flags=re.MULTILINE)
    plan.write_text(keys + text, encoding="utf-8")
    Path("a.pdf").write_bytes(page("12/KH-UBND", "01 tháng 8 năm 2025"))
    done = run("evidence", "add", "a.pdf", "--document", "plan")
    assert done.exit_code == 0, done.output
    (held,) = workspace().evidence.evidence  # type: ignore[union-attr]
    assert (held.code, held.document) == ("1.2.2-01", "kh-2025")


def test_a_file_of_a_registered_document_is_compared_too(ward: Path) -> None:
    Path("a.pdf").write_bytes(page())
    result = run("evidence", "add", "a.pdf", "--criterion", "1.1.1", "--document", "cv-1747")
    assert result.exit_code == 1
    assert "van-ban.yaml:5:11: ngay: trang 1 ghi số “35/QĐ-UBND”, văn bản là “1747/UBND" in (
        result.stderr
    )


def test_an_entry_of_the_register_takes_further_criteria_from_its_document(
    tmp_path: Path,
) -> None:
    listed = [entry("1.2.1-01", "a.pdf", van_ban="qd-doan", dung_cho="[1.2.2]")]
    content = write_evidence(tmp_path, listed, {"a.pdf": pdf_bytes()}, changes={NAME: PAPER})
    served = documents_of(load_workspace(content, 2025))
    assert [code for code, each in served.items() if each] == ["1.1.1", "1.1.2", "1.2.1", "1.2.2"]


def test_index_and_dossier_name_it_without_a_page(tmp_path: Path) -> None:
    listed = [entry("1.2.1-01", "a.pdf")]
    content = write_evidence(tmp_path, listed, {"a.pdf": pdf_bytes()}, changes={NAME: PAPER})
    held = load_workspace(content, 2025)
    plan, numbering = number_evidence(held, TEMPLATES)
    front = compose_dossier_front(plan, numbering, TEMPLATES)
    (table,) = (block for block in front.body if isinstance(block, Table))
    texts = [tuple(cell.text for cell in row.cells) for row in table.rows[-2:]]
    title = "Quyết định về việc thành lập Đoàn tự kiểm tra; UBND phường Trần Liễu"
    assert texts[0][0] == "Văn bản chưa có trong hồ sơ"
    assert texts[1] == ("", "1.1.1, 1.1.2", "/QĐ-UBND", title, "chưa đính kèm bản ký", "")
    register = held.evidence
    assert register is not None
    index = compose_evidence_index(held, register, numbering, TEMPLATES)
    assert "Còn 1 văn bản chưa đính kèm bản ký" in " ".join(
        each.text for each in index.document.body
    )
    assert [gap.text for gap in index.missing] == [
        "qd-doan (minh chứng cho 1.1.1, 1.1.2) chưa đính kèm bản ký"
    ]
    assert (
        numbering.page_total
        == number_evidence(
            load_workspace(write_evidence(tmp_path / "b", listed, {"a.pdf": pdf_bytes()}), 2025),
            TEMPLATES,
        )[1].page_total
    )


DOCUMENT = CitedDocument.model_validate(
    {
        "ma": "qd",
        "loai": "Quyết định",
        "so_ky_hieu": "05/QĐ-UBND",
        "ngay": "05/8/2025",
        "trich_yeu": "về việc thành lập Tổ",
    }
)
SEEN = ("Số: 5/QĐ-UBND", "Phường Trần Liễu, ngày 05 tháng 8 năm 2025", "QUYẾT ĐỊNH")


@pytest.mark.parametrize(
    ("lines", "wrong", "notes"),
    [
        ((*SEEN, "Về việc thành lập Tổ"), 0, 0),
        ((*SEEN, "Thành lập Tổ công tác"), 0, 0),  # goes on where the register ends
        ((*SEEN, "Về việc kiện toàn Tổ"), 0, 1),
        (("Số: 6/QĐ-UBND", *SEEN[1:]), 1, 0),
        ((SEEN[0], "Phường Trần Liễu, ngày 06 tháng 8 năm 2025"), 1, 0),
        (("QUYẾT ĐỊNH",), 0, 2),
        ((), 0, 1),
    ],
)
def test_page_1_against_the_document(lines: tuple[str, ...], wrong: int, notes: int) -> None:
    found = compare([Line(text) for text in lines], DOCUMENT)
    assert (len(found.contradictions), len(found.notes)) == (wrong, notes)


def test_what_page_1_does_not_show_is_named_and_asked_for() -> None:
    assert compare([Line("QUYẾT ĐỊNH")], DOCUMENT).notes[0] == NOT_SEEN.format("số")
    assert issue_options([Line(text) for text in SEEN]) == "--so 5 --ngay 05/8/2025"
    assert issue_options([]) == "--so SỐ --ngay NGÀY"
    assert DOCUMENT.date == date(2025, 8, 5)
