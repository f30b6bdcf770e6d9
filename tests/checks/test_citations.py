"""Citations found in text, part by part, and what the rules say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import write_content
from vanban.checks.citations.parse import citations, quoted
from vanban.checks.rules import Project, all_rules
from vanban.checks.run import hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định 468/QĐ-TTg", [("Quyết định", "468/QĐ-TTg", None, None, None)]),
        (
            "các Quyết định số 12/QĐ-UBND và số 13/QĐ-UBND ngày 5/9/2025",
            [
                ("Quyết định", "12/QĐ-UBND", None, None, None),
                ("Quyết định", "13/QĐ-UBND", date(2025, 9, 5), None, None),
            ],
        ),
        (
            "Chỉ thị số 05-CT/TW ngày 15 tháng 5 năm 2016 của Bộ Chính trị",
            [("Chỉ thị", "05-CT/TW", date(2016, 5, 15), "Bộ Chính trị", None)],
        ),
        (
            "Kế hoạch số        /KH-UBND ngày 01/8/2025 của UBND phường về nâng cao (A) chỉ số; b",
            [
                (
                    "Kế hoạch",
                    "/KH-UBND",
                    date(2025, 8, 1),
                    "UBND phường",
                    "về nâng cao (A) chỉ số",
                )
            ],
        ),
        (
            "(tại Công văn số 4009/SNV- CCHC&PC ngày 26/6/2025 của Sở Nội vụ) chỉ đạo",
            [("Công văn", "4009/SNV-CCHC&PC", date(2025, 6, 26), "Sở Nội vụ", None)],
        ),
        (
            "Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ và các văn bản",
            [("Nghị định", "80/2025/NĐ-CP", date(2025, 4, 1), "Chính phủ", None)],
        ),
        (
            "khoản 2 Điều 5 Luật số 72/2025/QH15.",
            [("Luật", "72/2025/QH15", None, None, None)],
        ),
        ("Thông báo 31/6/2025", []),
        ("tỷ lệ 2560/2561 hồ sơ", []),
        ("Kế hoạch năm 2025 số lượng 12", []),
    ],
)
def test_parts(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (
            each.type,
            each.number,
            each.day,
            each.issuer,
            text[each.abstract_span.start : each.abstract_span.end] if each.abstract_span else None,
        )
        for each in citations(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Theo Công văn số 1/UBND-VP ngày 01/8/2025 của UBND thành phố về việc duy trì (PAR "
            "Index); các phòng làm tốt",
            "về việc duy trì (PAR Index)",
        ),
        ("(Nghị định số 1/2025/NĐ-CP của Chính phủ về a) và b", "về a"),
        ("Nghị định số 1/2025/NĐ-CP của Chính phủ quy định a. Việc b", "quy định a"),
        (
            "Luật số 1/2025/QH15 của Quốc hội về a và Nghị định số 2/2025/NĐ-CP",
            "về a",
        ),
        ("Phòng Nội vụ về việc b", ""),
    ],
)
def test_titles_of_others(text: str, title: str) -> None:
    assert "".join(text[start:end] for start, end in quoted(text)) == title


@given(st.text(alphabet="Quyết định số 0123456789/-–QĐ TGg.ngày của về;()", max_size=80))
def test_every_part_lies_in_the_text(text: str) -> None:
    for each in citations(text):
        for span in (each.span, each.number_span, each.date_span, each.issuer_span):
            assert span is None or 0 <= span.start <= span.end <= len(text)


def found(text: str, rule_id: str, folder: Path, issued: date | None = None) -> list[str]:
    workspace = load_workspace(write_content(folder))
    agency = workspace.agency.model_copy(update={"established": date(2025, 7, 1)})
    workspace = replace(workspace, agency=agency)
    project = Project(workspace, (plain_writing(text, Path("a.txt"), workspace, issued),))
    (rule,) = [each for each in all_rules() if each.id == rule_id]
    return [hit.at.excerpt for hit in hits_of(rule, project)]


NEW = "Quyết định số 9/QĐ-UBND ngày 02/8/2025"
ODD = "Quyết định số 1747/UBND-KSTTHC"
OLD = "Công văn số 9/SNV-VP ngày 26/6/2025"


@pytest.mark.parametrize(
    ("rule", "text", "issued", "expected"),
    [
        ("sau-ngay-van-ban", f"Theo {NEW}.", date(2025, 8, 1), [NEW]),
        ("sau-ngay-van-ban", f"Theo {NEW}.", date(2025, 8, 2), []),
        ("sau-ngay-van-ban", f"Theo {NEW}.", None, []),
        ("truoc-ngay-thanh-lap", f"Thực hiện {OLD}.", None, [OLD]),
        ("truoc-ngay-thanh-lap", "Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.", None, []),
        ("ten-loai", "Tờ trình số 12/TTR-UBND.", None, ["Tờ trình số 12/TTR-UBND"]),
        ("ten-loai", "Tờ trình số 12/TTr-UBND; Quy định số 1/QyĐ-UBND.", None, []),
        (
            "viet-ngay",
            "Quyết định số 9/QĐ-UBND ngày 02/08/2025.",
            None,
            ["Quyết định số 9/QĐ-UBND ngày 02/08/2025"],
        ),
        ("viet-ngay", "Quyết định số 9/QĐ-UBND ngày 02 tháng 8 năm 2025.", None, []),
        ("lan-dau", f"{NEW}.\n{NEW}.", None, [NEW]),
        (
            "khac-so-dang-ky",
            "Quyết định số 1747/UBND-KSTTHC.",
            None,
            ["Quyết định số 1747/UBND-KSTTHC"],
        ),
    ],
)
def test_rules(
    rule: str, text: str, issued: date | None, expected: list[str], tmp_path: Path
) -> None:
    assert found(text, f"vien-dan/{rule}", tmp_path, issued) == expected
