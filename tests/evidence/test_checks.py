from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from evidences import entry, office_bytes, pdf_bytes, picture_bytes, workspace_of
from vanban.evidence.checks import check_register
from vanban.evidence.inspection import check_evidence

ONE = {"a.pdf": pdf_bytes(2)}


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
