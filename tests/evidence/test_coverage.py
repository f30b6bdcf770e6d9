from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assessments import FULL
from evidences import coverage_of, encrypted_pdf, entry, pdf_bytes, picture_bytes, write_evidence
from vanban.app.coverage import load_coverage
from vanban.cli.evidence_lines import status_json, status_lines
from vanban.errors import ContentError
from vanban.evidence.coverage import Coverage, Covered, State

PDF = {"a.pdf": pdf_bytes()}
SOURCED = "{da_dat: 9, tong_so: 10, nguon: Sổ theo dõi}"


def row_of(covered: Coverage, code: str) -> Covered:
    return next(row for row in covered.rows if row.code == code)


@pytest.mark.parametrize(
    ("code", "answer", "entries", "state"),
    [
        ("1.1.1", "{chon: co}", 0, State.MISSING),
        ("1.1.1", "{chon: co}", 1, State.ENOUGH),
        ("1.1.1", "{chon: co, giai_trinh: Vì}", 0, State.EXPLAINED),
        ("1.1.1", "{chon: co, giai_trinh: Vì}", 1, State.ENOUGH),
        ("1.1.1", "{chon: khong}", 0, State.NO_POINTS),  # nothing to prove, and no proof
        ("1.1.1", "{khong_ap_dung: Không có}", 0, State.NOT_APPLICABLE),
        ("1.1.1", "{khong_ap_dung: Không có}", 1, State.NOT_APPLICABLE),
        ("1.1.1", None, 1, State.UNANSWERED),
        ("1.2.1", "{da_dat: 9, tong_so: 10}", 0, State.MISSING),
        ("1.2.1", "{da_dat: 9, tong_so: 10}", 1, State.TO_EXPLAIN),  # no source
        ("1.2.1", "{da_dat: 9, tong_so: 10, giai_trinh: Vì}", 1, State.EXPLAINED),
        ("1.2.1", "{da_dat: 1, tong_so: 10}", 0, State.NO_POINTS),  # below the floor: 0 points
        ("1.2.1", SOURCED, 1, State.ENOUGH),
        ("1.2.1", SOURCED, 0, State.MISSING),
        ("1.2.2", FULL["1.2.2"], 1, State.ENOUGH),  # taken from a report: that is its source
        ("2.10.2", None, 0, State.NOT_SELF_SCORED),
        ("2.10.2", "{ket_qua_khao_sat: 92%}", 0, State.NOT_SELF_SCORED),
    ],
)
def test_states(code: str, answer: str | None, entries: int, state: State, tmp_path: Path) -> None:
    answers = {name: text for name, text in FULL.items() if name != code}
    if answer is not None:
        answers[code] = answer
    listed = [entry(f"{code}-01", "a.pdf")][:entries]
    assert row_of(coverage_of(tmp_path, listed, PDF, answers), code).state is state


@pytest.mark.parametrize(
    ("readable", "state"), [(0, State.MISSING), (1, State.TO_EXPLAIN), (2, State.ENOUGH)]
)
def test_more_than_one_document_may_be_needed(readable: int, state: State, tmp_path: Path) -> None:
    content = write_evidence(
        tmp_path,
        [entry(f"1.1.1-0{number}", f"{number}.pdf") for number in (1, 2, 3)],
        {f"{number}.pdf": pdf_bytes(number) for number in range(1, readable + 1)},
    )
    criteria = content / "2025" / "tieu-chi.yaml"
    text = criteria.read_text("utf-8")
    criteria.write_text(text.replace("ten: Có,", "ten: Có, so_tai_lieu: 2,"), "utf-8")
    row = row_of(load_coverage(content, 2025)[1], "1.1.1")
    assert (row.readable, row.registered, row.needed, row.state) == (readable, 3, 2, state)


def test_evidence_of_another_criterion_counts(tmp_path: Path) -> None:
    covered = coverage_of(tmp_path, [entry("1.1.2-01", "a.pdf", dung_cho="[1.1.1]")], PDF)
    assert row_of(covered, "1.1.1").state is State.ENOUGH


@pytest.mark.parametrize("data", [b"", pdf_bytes()[:300], encrypted_pdf("x"), picture_bytes("PNG")])
def test_what_cannot_be_read_does_not_count(data: bytes, tmp_path: Path) -> None:
    covered = coverage_of(tmp_path, [entry("1.1.1-01", "a.pdf")], {"a.pdf": data})
    assert row_of(covered, "1.1.1").state is State.MISSING
    assert [each.code for each, _ in covered.faults] == ["1.1.1-01"]


def test_points_at_risk(tmp_path: Path) -> None:
    covered = coverage_of(tmp_path, [entry("1.1.1-01", "a.pdf"), entry("1.2.1-01", "b")], PDF)
    points = {row.code: row.points for row in covered.rows if row.points is not None}
    assert covered.points == sum(points.values())
    assert covered.maximum == Decimal("17.00")  # without the survey's 3
    assert covered.at_risk == covered.points - points["1.1.1"]


def test_what_is_not_answered_is_at_risk_as_a_whole(tmp_path: Path) -> None:
    entries = [entry("1.1.1-01", "a.pdf")]
    answers = {code: answer for code, answer in FULL.items() if code != "1.1.1"}
    before = coverage_of(tmp_path / "a", entries, PDF)
    after = coverage_of(tmp_path / "b", entries, PDF, answers)
    assert row_of(before, "1.1.1").at_risk == 0
    assert after.at_risk - before.at_risk == row_of(after, "1.1.1").maximum == Decimal("2.00")


def test_lists(tmp_path: Path) -> None:
    files = {
        "a.pdf": pdf_bytes(2),
        "b.pdf": pdf_bytes(2),
        "c.png": picture_bytes("PNG"),
        "la.pdf": pdf_bytes(4),
        "e.pdf": pdf_bytes(5),
    }
    entries = [
        entry("1.1.1-01", "a.pdf", ngay="31/12/2024"),
        entry("1.1.1-02", "b.pdf", ngay="01/01/2026", con_hieu_luc="true", trang=2),
        entry("1.1.2-01", "c.png", ngay="01/01/2025", sha256="0" * 64),
        entry("1.1.2-02", "khong.pdf", so_trang=3),
        entry("1.1.3-01", "../d.pdf"),
        "  - {ma: 1.2.1-01, loai: x, trich_yeu: x, so_trang: 5, trang: 5-6, tep: e.pdf}\n",
    ]
    covered = coverage_of(tmp_path, entries, files)
    assert covered.unregistered == ("la.pdf",)
    assert [(each.code, error.state) for each, (_, _, error) in covered.faults] == [
        ("1.1.2-01", "đã thay đổi"),
        ("1.1.2-02", "không có tệp"),
        ("1.1.3-01", "sai đường dẫn"),
        ("1.2.1-01", "chưa có mã kiểm tra"),
        ("1.2.1-01", "sai trang kiểm chứng"),
    ]
    assert [each.code for each in covered.outside_year] == ["1.1.1-01"]
    assert [[each.code for each in group] for group in covered.duplicates] == [
        ["1.1.1-01", "1.1.1-02"]
    ]
    assert [each.evidence.code for each in covered.without_page] == ["1.1.1-01", "1.1.2-02"]


def test_text_fits_80_columns_and_json_says_the_same(tmp_path: Path) -> None:
    long_name = f"{'ten-rat-dai-' * 9}.pdf"
    content = write_evidence(
        tmp_path,
        [entry("1.1.1-01", "a.pdf", ngay="31/12/2024"), entry("1.1.2-01", long_name)],
        {"a.pdf": pdf_bytes(2), "la.pdf": pdf_bytes()},
    )
    workspace, covered, _ = load_coverage(content, None)
    lines = list(status_lines(covered, workspace))
    assert max(len(line) for line in lines) <= 80
    assert not any("\x1b" in line for line in lines)
    text = "\n".join(lines)
    data = json.loads(status_json(covered, workspace))
    assert [row["ma"] for row in data["tieu_chi"]] == [row.code for row in covered.rows]
    assert data["diem_co_nguy_co"] == float(covered.at_risk)
    assert data["tep_chua_dang_ky"] == ["la.pdf"]
    assert data["tep_loi"][0]["ma"] == "1.1.2-01"
    assert data["ngoai_nam"] == ["1.1.1-01"]
    assert data["thieu_trang"] == ["1.1.1-01"]
    for words in ("1.1.1", "la.pdf", "con_hieu_luc", "khóa trang", "không có tệp này"):
        assert words in text
    assert f"điểm có nguy cơ mất: {covered.at_risk}".replace(".", ",") in text


def test_points_lost_stand_apart_from_proof(tmp_path: Path) -> None:
    content = write_evidence(tmp_path, [entry("1.1.1-01", "a.pdf")], {"a.pdf": pdf_bytes()})
    answers = content / "2025/tu-danh-gia.yaml"
    text = answers.read_text("utf-8").replace("1.1.1: {chon: co}", "1.1.1: {chon: khong}")
    answers.write_text(text, "utf-8")
    workspace, covered, _ = load_coverage(content, 2025)
    none, some = row_of(covered, "1.1.1"), row_of(covered, "1.1.2")
    assert (none.lost, some.lost) == (Decimal("2.00"), Decimal("1.50"))
    lines = list(status_lines(covered, workspace))
    (line,) = [each for each in lines if each.startswith("1.1.1 ")]
    assert line.split()[-5:] == ["0,00", "2,00", "2,00", "không", "điểm"]
    assert "đủ" not in line
    lost = f"{covered.lost}".replace(".", ",")
    assert f"Điểm không đạt, dù có tài liệu hay không: {lost}" in lines
    (data,) = [
        r for r in json.loads(status_json(covered, workspace))["tieu_chi"] if r["ma"] == "1.1.1"
    ]
    assert (data["diem_mat"], data["trang_thai"]) == (2.0, "không điểm")


def test_a_year_without_criteria(tmp_path: Path) -> None:
    content = write_evidence(tmp_path, changes={"2025/tu-danh-gia.yaml": None})
    workspace, covered, _ = load_coverage(content, 2025)
    assert covered.count(State.UNANSWERED) == 8
    assert covered.at_risk == covered.maximum == Decimal("17.00")
    sums = "Điểm tự chấm: 0,00/17,00; điểm có nguy cơ mất: 17,00 (chưa trả lời: 17,00)"
    assert sums in list(status_lines(covered, workspace))
    (content / "2025" / "tieu-chi.yaml").unlink()
    with pytest.raises(ContentError, match="bộ tiêu chí"):
        load_coverage(content, 2025)
