"""An abstract after the type of its document: only words that are no names lose their capital."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from support import changed, write_content
from vanban.nd30.abstracts import continued
from vanban.workspace.load import load_workspace


@pytest.mark.parametrize(
    ("abstract", "after"),
    [
        ("Nâng cao Chỉ số cải cách hành chính", "nâng cao Chỉ số cải cách hành chính"),
        ("Kết quả công tác quý III", "kết quả công tác quý III"),
        ("Kế hoạch cải cách hành chính", "kế hoạch cải cách hành chính"),
        ("Phòng, chống tham nhũng", "phòng, chống tham nhũng"),
        ("Tự đánh giá, chấm điểm", "tự đánh giá, chấm điểm"),
        ("Về tuyên truyền", "về tuyên truyền"),
        ("về tuyên truyền", "về tuyên truyền"),
        ("Kết quả", "kết quả"),
    ],
)
def test_a_common_word_is_made_small(abstract: str, after: str) -> None:
    assert continued(abstract) == after


@pytest.mark.parametrize(
    "abstract",
    [
        "Hải Phòng hưởng ứng chuyển đổi số",
        "Huế hưởng ứng Giờ Trái đất",
        "Giao Thủy đổi mới",
        "Thành phố Hồ Chí Minh nghĩa tình",
        "Chính phủ số",
        "Quốc khánh 02/9",
        "Đảng bộ phường học tập Nghị quyết",
        "Ủy ban nhân dân phường tiếp công dân",
        "Tết Nguyên đán an toàn",
        "Luật Đất đai đi vào cuộc sống",
        "CCHC năm 2025",
        "Internet vạn vật",
        "6 tháng đầu năm",
        "P",
        "",
    ],
)
def test_a_name_keeps_its_capital(abstract: str) -> None:
    assert continued(abstract) == abstract


def test_a_plan_named_after_its_place_is_cited_so(tmp_path: Path) -> None:
    abstract = "Hải Phòng hưởng ứng chuyển đổi số năm 2025"
    old = "trich_yeu: Nâng cao Chỉ số cải cách hành chính năm 2025"
    plan = changed("2025/ke-hoach.yaml", old, f"ma: kh-2025\ntrich_yeu: {abstract}")
    workspace = load_workspace(write_content(tmp_path, plan), 2025)
    assert workspace.documents_by_id["kh-2025"].abstract == f"về {abstract}"


def test_the_abstracts_of_the_content_read_on(tmp_path: Path) -> None:
    """Of the project's own abstracts every one begins with a word that is made small."""
    workspace = load_workspace(ROOT / "content", 2025)
    assert workspace.evidence is not None and workspace.plan is not None
    abstracts = [each.abstract for each in workspace.evidence.evidence if each.abstract]
    for abstract in (*abstracts, workspace.plan.abstract):
        assert continued(abstract)[0].islower(), abstract
