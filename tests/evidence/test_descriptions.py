"""Evidence documents: what is known of each, and the one order of all lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evidences import entry, workspace_of
from vanban.evidence.descriptions import _natural, described, documents_of, ordered


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
    assert [str(each.file) for each in ordered(workspace)] == ["f", "e", "c", "b", "d", "a"]


def test_order_is_by_numbers_of_any_length() -> None:
    numbers = ["9", "015", "9" * 5_000]
    assert sorted(numbers, key=_natural) == numbers
    assert sorted(["16/a", "15/b", "015/a"], key=_natural) == ["015/a", "15/b", "16/a"]


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
        code: [str(each.file) for each in each_of]
        for code, each_of in documents_of(workspace).items()
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
            (
                "Công văn",
                "1747/UBND-KSTTHC",
                date(2025, 6, 30),
                "UBND thành phố Hải Phòng",
                "về việc nâng cao các chỉ số",
            ),
        ),
        (
            {"van_ban": "kh-cchc"},
            (
                "Kế hoạch",
                "/KH-UBND",
                date(2025, 8, 1),
                "UBND phường Trần Liễu",
                "nâng cao Chỉ số cải cách hành chính",
            ),
        ),
        (
            {"van_ban": "report-q3"},
            (
                "Báo cáo",
                "/BC-UBND",
                None,
                "UBND phường Trần Liễu",
                "kết quả công tác cải cách hành chính quý III năm 2025",
            ),
        ),
        ({}, ("Ảnh", "", None, "", "Niêm yết")),
    ],
)
def test_description(keys: dict[str, object], expected: tuple[object, ...], tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, [entry("1.1.1-01", "a.pdf", **keys)])
    assert workspace.evidence is not None
    found = described(workspace.evidence.evidence[0], workspace)
    assert (found.type, found.number, found.date, found.issuer, found.abstract) == expected
