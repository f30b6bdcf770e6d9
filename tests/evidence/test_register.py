from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from evidences import entry, office_bytes, pdf_bytes, picture_bytes, workspace_of
from vanban.evidence.register import (
    Description,
    check_evidence,
    check_register,
    described,
    evidence_of,
    ordered,
)

ONE = {"a.pdf": pdf_bytes(2)}


def test_order_is_by_criterion_as_numbers_then_date_then_number(tmp_path: Path) -> None:
    workspace = workspace_of(
        tmp_path,
        [
            entry("2.10.1-01", "a"),
            entry("2.1.1-01", "b", ngay="02/8/2025", so_ky_hieu="15/KH-UBND"),
            entry("2.1.1-02", "c", ngay="02/8/2025", so_ky_hieu="9/KH-UBND"),
            entry("2.1.1-03", "d"),
            entry("2.1.1-04", "e", ngay="01/8/2025"),
            entry("1.2.2-01", "f"),
        ],
    )
    assert [each.file for each in ordered(workspace)] == ["f", "e", "c", "b", "d", "a"]


def test_shared_evidence_stands_by_date_among_a_criterion_s_own(tmp_path: Path) -> None:
    workspace = workspace_of(
        tmp_path,
        [
            entry("1.1.1-01", "a", dung_cho="[1.1.2]", ngay="02/02/2025"),
            entry("1.1.2-01", "b", ngay="03/02/2025"),
            entry("1.1.2-02", "c", ngay="01/02/2025"),
            entry("1.1.3-01", "d", dung_cho="[1.1.2]"),
        ],
    )
    found = {
        code: [each.file for each in each_of] for code, each_of in evidence_of(workspace).items()
    }
    assert found["1.1.1"] == ["a"]
    assert found["1.1.2"] == ["c", "a", "b", "d"]
    assert found["2.10.2"] == []
    assert list(found) == list(workspace.sub_criteria)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"van_ban": "cv-1747"},
            Description(
                "Công văn",
                "1747/UBND-KSTTHC",
                date(2025, 6, 30),
                "UBND thành phố Hải Phòng",
                "về việc nâng cao các chỉ số",
            ),
        ),
        (
            {"van_ban": "kh-cchc"},
            Description(
                "Kế hoạch",
                "/KH-UBND",
                date(2025, 8, 1),
                "UBND phường Trần Liễu",
                "nâng cao Chỉ số cải cách hành chính",
            ),
        ),
        (
            {"van_ban": "report-q3"},
            Description(
                "Báo cáo",
                "/BC-UBND",
                None,
                "UBND phường Trần Liễu",
                "kết quả công tác cải cách hành chính quý III năm 2025",
            ),
        ),
        ({}, Description("Ảnh", None, None, "", "Niêm yết")),
    ],
)
def test_description(keys: dict[str, object], expected: Description, tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, [entry("1.1.1-01", "a.pdf", **keys)])
    assert workspace.evidence is not None
    assert described(workspace.evidence.evidence[0], workspace) == expected


@pytest.mark.parametrize(
    ("entries", "line", "words"),
    [
        ([entry("9.9.9-01", "a.pdf")], 7, "9.9.9"),
        ([entry("1.1.1-01", "a.pdf", dung_cho="[1.1.1]")], 10, "chính tài liệu"),
        ([entry("1.1.1-01", "a.pdf", dung_cho="[1.2]")], 10, "ba số"),
        ([entry("1.1.1-01", "../a.pdf")], 10, ".."),
        ([entry("1.1.1-01", "a.pdf", tep_goc="/a.docx")], 10, "tuyệt đối"),
        ([entry("1.1.1-01", "a.pdf"), entry("1.1.2-01", "a.pdf")], 16, "1.1.1-01"),
        ([entry("1.1.1-01", "a.pdf", van_ban="cv-1747", so_ky_hieu="1/A")], 9, "không khai lại"),
        (["  - {ma: 1.1.1-01, tep: a.pdf}\n"], 7, "loai, trich_yeu"),
        (["  - {ma: 1.1.1-01, loai: Ảnh, tep: a.pdf}\n"], 7, "thiếu trich_yeu"),
    ],
)
def test_mistakes_of_data(entries: list[str], line: int, words: str, tmp_path: Path) -> None:
    (problem,) = check_register(workspace_of(tmp_path, entries, ONE))
    assert words in problem.message
    assert " — " in problem.message
    assert (problem.place.file.name, problem.place.line) == ("minh-chung.yaml", line)


@pytest.mark.parametrize(
    ("keys", "file", "data", "words"),
    [
        ({}, "khong.pdf", None, "không có tệp"),
        ({}, "a.pdf", b"", "rỗng"),
        ({}, "a.jpg", pdf_bytes(), "đuôi tệp"),
        ({"sha256": "0" * 64}, "a.pdf", pdf_bytes(), "thay đổi"),
        ({"trang": 3}, "a.pdf", pdf_bytes(2), "trang “3” không có trong tệp 2 trang"),
        ({"trang": 3, "so_trang": 5}, "khong.pdf", None, "không có tệp"),
        ({"trang": 3, "sha256": "0" * 64}, "a.pdf", pdf_bytes(2), "thay đổi"),
        ({"so_trang": 3}, "a.pdf", pdf_bytes(2), "ghi lại so_trang: 2"),
        ({"trang": "1-4"}, "a.pdf", pdf_bytes(2), "2 trang"),
        ({"tep_goc": "a.docx"}, "a.pdf", pdf_bytes(), "a.docx: không có tệp"),
    ],
)
def test_mistakes_of_files(
    keys: dict[str, object], file: str, data: bytes | None, words: str, tmp_path: Path
) -> None:
    files = {} if data is None else {file: data}
    (problem,) = check_evidence(workspace_of(tmp_path, [entry("1.1.1-01", file, **keys)], files))
    assert words in problem.message
    assert problem.place.line >= 7


def test_what_was_registered_by_hand_lacks_what_the_command_writes(tmp_path: Path) -> None:
    entries = ["  - {ma: 1.1.1-01, loai: Ảnh, trich_yeu: x, tep: a.pdf, tep_goc: b.docx}\n"]
    word = office_bytes("word/document.xml")
    problems = check_evidence(workspace_of(tmp_path, entries, {**ONE, "b.docx": word}))
    added = {problem.key: problem.message.rpartition(" ")[2] for problem in problems}
    assert added == {
        "sha256": hashlib.sha256(ONE["a.pdf"]).hexdigest(),
        "sha256_goc": hashlib.sha256(word).hexdigest(),
        "so_trang": "2",
    }
    assert {problem.place.line for problem in problems} == {7}


def test_a_sound_register_has_no_problems(tmp_path: Path) -> None:
    entries = [
        entry("1.1.1-01", "a.pdf", trang="1-2", dung_cho="[1.1.2]"),
        entry("1.1.2-01", "con/b.png", van_ban="cv-1747"),
        entry("1.1.2-02", "c.tif", trang="toàn văn"),
    ]
    files = {**ONE, "con/b.png": picture_bytes("PNG"), "c.tif": picture_bytes("TIFF", 2)}
    assert check_evidence(workspace_of(tmp_path, entries, files)) == []
