"""A document of the content itself that ``van-ban.yaml`` says again."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import write_content
from vanban.app.load import load_content

PAPER = """\
loai: Quyết định
so: 5
ngay: 20/8/2025
trich_yeu: Về việc thành lập Tổ
can_cu: [{van_ban: cv-1747}]
noi_nhan: [dang-uy]
luu: [van-hoa-xa-hoi]
nguoi_ky: chu-tich
noi_dung: [{dieu: Thành lập Tổ.}]
"""
AGAIN = "{{ma: qd, loai: Quyết định, so_ky_hieu: {}, ngay: {}, {}, trich_yeu: về việc Tổ}}"
OWN = "phuong_ban_hanh: true"


@pytest.mark.parametrize(
    ("number", "day", "whose", "told"),
    [
        ("5/QĐ-UBND", "20/8/2025", OWN, True),
        ("05/QĐ-UBND", "20/8/2025", OWN, True),
        ("5/QĐ-UBND", "21/8/2025", OWN, False),
        ("6/QĐ-UBND", "20/8/2025", OWN, False),
        ("/QĐ-UBND", "20/8/2025", OWN, False),
        ("5/QĐ-UBND", "20/8/2025", "co_quan: UBND xã An Lộc", False),
    ],
)
def test_it_is_told_at_its_entry(
    number: str, day: str, whose: str, told: bool, tmp_path: Path
) -> None:
    again = AGAIN.format(number, day, whose)
    content = write_content(
        tmp_path, {"2025/soan-thao/qd-to.yaml": PAPER, "van-ban.yaml": REGISTER + f"  - {again}\n"}
    )
    problems = load_content(content, 2025).problems
    assert bool(problems) == told, problems
    if told:
        assert problems[0].place.file.name == "van-ban.yaml"
        assert "văn bản này là qd-to ở " in problems[0].message


REGISTER = """\
van_ban:
  - ma: cv-1747
    loai: Công văn
    so_ky_hieu: 1747/UBND-KSTTHC
    ngay: 30/6/2025
    co_quan: UBND thành phố Hải Phòng
    trich_yeu: về việc nâng cao các chỉ số
  - {ma: kh-cchc, loai: Kế hoạch, so_ky_hieu: /KH-UBND, phuong_ban_hanh: true, trich_yeu: a}
"""


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("Qd To", PAPER),
        ("qd-to", PAPER.replace("Quyết định", "Quyết địn")),
        ("qd-to", PAPER + "minh_chung_cho: [1.1.1]\nphu_luc: x\n"),
    ],
)
def test_a_paper_with_a_mistake_harms_no_other(
    name: str, paper: str, year: int, tmp_path: Path
) -> None:
    """Neither of its year nor, where its documents are cited, of the next."""
    plan = {"2026/ke-hoach.yaml": None} if year == 2025 else {}
    content = write_content(tmp_path, {f"2025/soan-thao/{name}.yaml": paper, **plan})
    (content / "2026").mkdir(exist_ok=True)
    loaded = load_content(content, year)
    assert {problem.place.file.stem for problem in loaded.problems} <= {name}
    assert name not in loaded.workspace.documents_by_id
    assert f"{name}-2025" not in loaded.workspace.documents_by_id
    assert not loaded.workspace.own_issues.keys() & {name}
