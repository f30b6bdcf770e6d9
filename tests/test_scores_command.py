"""Commands about monitored sets, as an official types them: import, new scores, scores, undo."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from vanban.cli import main

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "data" / "tieu-chi-nq57-khanhhoa-thang-2026.tsv"


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == status, result.output
    return result.output


@pytest.mark.slow
def test_a_set_from_a_table_to_its_sheet_and_back(ward: Path) -> None:
    path = ward / "2025" / "bo-chi-so" / "nq57.yaml"
    shown = run("criteria", "import", str(TABLE), "--set", "nq57")
    assert "13 chỉ tiêu" in shown and "Chưa ghi gì" in shown and "--apply" in shown
    assert "II.4        10  Giải ngân vốn NSNN" in shown and "muc_tieu: 85%" in shown
    assert not path.exists()
    assert "+ky: [thang]" in run("criteria", "import", str(TABLE), "--set", "nq57", "--full")
    assert "đã ghi content/2025/bo-chi-so/nq57.yaml" in run(
        "criteria", "import", str(TABLE), "--set", "nq57", "--apply"
    )
    assert "new scores nq57 thang-1" in run(
        *(
            "criteria",
            "import",
            str(TABLE),
            "--set",
            "nq57",
            "--apply",
            "--replace",
            "--name",
            "Bộ",
        ),
    )
    run("undo")
    assert "không có gì phải ghi" in run(
        "criteria", "import", str(TABLE), "--set", "nq57", "--apply"
    )
    made = ward / "2025" / "cham-diem" / "nq57-thang-9.yaml"
    assert str(made.relative_to(ward.parent)) in run("new", "scores", "nq57", "thang-9")
    figures = made.read_text(encoding="utf-8")
    assert '  II.5: "HƯỚNG DẪN: ghi ngay đã nộp' in figures
    assert "  #   muc-2: không thường xuyên (9 điểm)" in figures
    assert "  #   điều kiện (dieu_kien: true hoặc false): có kế hoạch" in figures
    assert "đã có tệp này" in run("new", "scores", "nq57", "thang-9", status=1)
    made.write_text(figures.partition("tra_loi:")[0] + "tra_loi:\n  I.2: {so_luong: 1}\n")
    said = run("scores", "nq57-thang-9")
    assert "scores-nq57-thang-9.pdf" in said
    assert "Không đổi" in run("scores", "nq57-thang-9")
    assert "Đang dựng" in run("scores", "nq57-thang-9", "--force")
    sheet = openpyxl.load_workbook("build/2025/scores-nq57-thang-9.xlsx").worksheets[0]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert (rows["I.2"][2], rows["I.2"][3], rows["I.2"][6]) == (10, 1, 5)
    made.write_text(figures, encoding="utf-8")
    run("undo")
    run("undo")
    assert not path.exists() and not made.exists()


def test_a_set_that_is_there_is_not_written_over(ward: Path) -> None:
    path = ward / "2025" / "bo-chi-so" / "qd766.yaml"
    before = path.read_bytes()
    shown = run("criteria", "import", str(TABLE), "--set", "qd766")
    assert "-tong_diem" not in shown and "-ten: Bộ chỉ số phục vụ" in shown
    assert "--replace" in run(
        "criteria", "import", str(TABLE), "--set", "qd766", "--apply", status=1
    )
    assert "sửa trước khi ghi 17 mục" in shown and "qd766-quy-3.yaml:13" in shown
    assert "không có chỉ tiêu" in run(
        "criteria", "import", str(TABLE), "--set", "qd766", "--apply", "--replace", status=1
    )
    assert path.read_bytes() == before
    (ward / "2025" / "cham-diem" / "qd766-quy-3.yaml").unlink()
    run("criteria", "import", str(TABLE), "--set", "qd766", "--apply", "--replace")
    assert path.read_bytes() != before
    run("undo")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("criteria", "import", "khong-co.tsv"), 2, "không có tệp “khong-co.tsv”"),
        (("criteria", "import", ""), 2, "ghi đường dẫn tới bảng"),
        (("criteria", "import", "content"), 2, "ghi đường dẫn tới bảng"),
        (("criteria", "import", "bang.xls"), 1, "lưu lại thành .xlsx"),
        (("criteria", "import", "sai.tsv"), 1, "sai.tsv:2:3: “1.5” dùng dấu chấm"),
        (("criteria", "import", "bac.tsv"), 1, "bac.tsv:2:5: tu: chỉ tiêu 1: tỷ lệ phải lớn hơn"),
        (("criteria", "import", str(TABLE), "--set", "Bộ 1"), 2, "không dùng làm mã được"),
        (("criteria", "import", str(TABLE), "--year", "2031"), 1, "chưa có thư mục của năm này"),
        (("new", "scores", "qd76", "quy-3"), 2, "có phải “qd766”?"),
        (("new", "scores", "qd766", "quy-5"), 2, "viết như thang-9, quy-3, nam"),
        (("scores", "qd766-quy-4"), 2, "không có văn bản “scores-qd766-quy-4”"),
    ],
)
def test_what_cannot_be_done_is_told(
    ward: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    (ward.parent / "bang.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (ward.parent / "sai.tsv").write_text("ma\tten\tdiem\tloai\n1\tMột\t1.5\tco_khong\n")
    (ward.parent / "bac.tsv").write_text(
        "ma\tten\tdiem\tloai\tcach_tinh\n1\tMột\t2\tbac_ty_le\t≥130%: 2; <130: 0\n"
    )
    assert message in run(*arguments, status=status)
    assert not (ward / ".vanban").exists()


def test_no_figures_at_all(ward: Path) -> None:
    shutil.rmtree(ward / "2025" / "cham-diem")
    assert "chưa có số liệu nào ở content/2025/cham-diem" in run("scores", status=2)
