"""What the rules about citations say: in themselves, of the register, of one another."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from support import write_content
from vanban.checks.citations.laws import known_laws
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import Role, Writing, plain_writing
from vanban.workspace.load import load_workspace
from vanban.workspace.workspace import Workspace

REGISTER = """\
van_ban:
  - ma: cv-1747
    loai: Công văn
    so_ky_hieu: 1747/UBND-KSTTHC
    ngay: 30/6/2025
    co_quan: UBND thành phố Hải Phòng
    trich_yeu: về việc nâng cao các chỉ số
  - ma: kh-cchc
    loai: Kế hoạch
    so_ky_hieu: 17/KH-UBND
    ngay: 22/7/2025
    phuong_ban_hanh: true
    trich_yeu: nâng cao Chỉ số cải cách hành chính
  - ma: nq-76
    loai: Nghị quyết
    so_ky_hieu: 76/NQ-CP
    ngay: 15/7/2021
    co_quan: Chính phủ
    trich_yeu: ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030
  - ma: nd-cu
    loai: Nghị định
    so_ky_hieu: 10/2020/NĐ-CP
    ngay: 01/02/2020
    co_quan: Chính phủ
    trich_yeu: về a
    thay_the_boi: nd-moi
  - ma: nd-moi
    loai: Nghị định
    so_ky_hieu: 20/2025/NĐ-CP
    ngay: 01/8/2025
    co_quan: Chính phủ
    trich_yeu: về a
    hieu_luc_tu: 01/10/2025
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    loaded = load_workspace(write_content(tmp_path, {"van-ban.yaml": REGISTER}))
    agency = loaded.agency.model_copy(update={"established": date(2025, 7, 1)})
    loaded.__dict__["agency"] = agency
    return loaded


def found(
    rule_id: str, texts: tuple[str, ...], workspace: Workspace | None, issued: date | None = None
) -> list[str]:
    """Return the words complained about; each text is a document."""
    writings = tuple(
        plain_writing(text, Path(f"{number}.txt"), workspace, issued)
        for number, text in enumerate(texts)
    )
    return excerpts(rule_id, writings, workspace)


def excerpts(rule_id: str, writings: tuple[Writing, ...], workspace: Workspace | None) -> list[str]:
    (rule,) = [each for each in all_rules() if each.id == f"vien-dan/{rule_id}"]
    return [hit.at.excerpt for hit in hits_of(rule, Project(workspace, writings))]


NEW = "Quyết định số 15/QĐ-UBND ngày 02/8/2025"
OLD = "Công văn số 9/SNV-VP ngày 26/6/2025"
DECREE = "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ"


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("khoang-trang", "Quyết định số 12 /QĐ – UBND.", ["12 /QĐ – UBND"]),
        ("khoang-trang", "Kế hoạch số      /KH- UBND.", ["/KH- UBND"]),
        ("khoang-trang", "Kế hoạch số        /KH-UBND; Quyết định số 12/QĐ-UBND - UBND.", []),
        ("khoang-trang", "Quyết định số 12/QĐ-UBND ngày 26/ 6/2025.", ["ngày 26/ 6/2025"]),
        ("nam-cua-so", "Luật số 72/2024/QH15 ngày 16/6/2025.",
         ["Luật số 72/2024/QH15 ngày 16/6/2025"]),
        ("ten-loai", "Tờ trình số 12/TTR-UBND.", ["Tờ trình số 12/TTR-UBND"]),
        ("ten-loai", "Quyết định số 12/QD-UBND.", ["Quyết định số 12/QD-UBND"]),
        ("ten-loai", "Công văn số 12/QĐ-UBND.", ["Công văn số 12/QĐ-UBND"]),
        ("ten-loai", "Tờ trình số 12/TTr-UBND; Quy định số 1/QyĐ-UBND; Công văn số 1/CĐ-VP.", []),
        ("ten-loai", "Quy định số 114-QĐ/TW; Thông báo kết luận số 1/TB-UBND.", []),
        (
            "co-quan",
            "Quyết định số 468/QĐ-TTg của Chính phủ.",
            ["Quyết định số 468/QĐ-TTg của Chính phủ"],
        ),
        (
            "co-quan",
            "Công văn số 4009/SNV-CCHC của UBND thành phố Hải Phòng.",
            ["Công văn số 4009/SNV-CCHC của UBND thành phố Hải Phòng"],
        ),
        ("co-quan", "Quyết định số 12/QĐ-UBND của Chủ tịch Ủy ban nhân dân thành phố.", []),
        ("co-quan", "Quyết định số 12/QĐ-UBND của Chủ tịch Uỷ ban nhân dân thành phố.", []),
        ("co-quan", "Thông tư số 05/2025/TT-BNV của Bộ Nội vụ Quy định a; 76/NQ-CP.", []),
        ("ngay-khong-co", "Căn cứ Luật Đất đai ngày 30 tháng 02 năm 2024;",
         ["Luật Đất đai ngày 30 tháng 02 năm 2024"]),
        ("viet-ngay", "Quyết định số 9/QĐ-UBND ngày 02/08/2025.",
         ["Quyết định số 9/QĐ-UBND ngày 02/08/2025"]),
        ("viet-ngay", "Quyết định số 9/QĐ-UBND ngày 2 tháng 8 năm 2025.",
         ["Quyết định số 9/QĐ-UBND ngày 2 tháng 8 năm 2025"]),
        ("viet-ngay", "Quyết định số 9/QĐ-UBND ngày 02-8-2025.",
         ["Quyết định số 9/QĐ-UBND ngày 02-8-2025"]),
        ("viet-ngay", "Quyết định số 9/QĐ-UBND ngày 02 tháng 8 năm 2025.", []),
        ("so-0", "Nghị định số 9/2019/NĐ-CP.", ["Nghị định số 9/2019/NĐ-CP"]),
        ("truoc-ngay-thanh-lap", f"Thực hiện {OLD}.", [OLD]),
        ("truoc-ngay-thanh-lap", f"Theo {DECREE}.", []),
        ("viet-hoa-ten-loai", "Theo các kế hoạch số 12/KH-UBND.", ["kế hoạch số 12/KH-UBND"]),
        # against the register
        ("khac-so-dang-ky", "Quyết định số 1747/UBND-KSTTHC.", ["Quyết định số 1747/UBND-KSTTHC"]),
        (
            "khac-so-dang-ky",
            "Công văn số 1747/UBND-KSTTHC của Sở Nội vụ ngày 30/6/2025.",
            ["Công văn số 1747/UBND-KSTTHC của Sở Nội vụ ngày 30/6/2025"],
        ),
        (
            "khac-so-dang-ky",
            "Công văn số 1747/UBND-KSTTHC ngày 30/6/2025 của Ủy ban nhân dân TP. Hải Phòng về nâng "
            "cao các chỉ số.",
            [],
        ),
        (
            "khac-so-dang-ky",
            "Công văn số 1747/UBND-KSTTHC ngày 30/6/2025 về việc duy trì các chỉ số.",
            ["Công văn số 1747/UBND-KSTTHC ngày 30/6/2025 về việc duy trì các chỉ số"],
        ),
        # numbers start anew every year and in every agency
        ("khac-so-dang-ky", "Kế hoạch số 17/KH-UBND ngày 15/01/2024 của UBND phường.", []),
        ("khac-so-dang-ky", "Kế hoạch số 17/KH-UBND ngày 15/8/2025 của UBND thành phố Huế.", []),
        (
            "khac-so-dang-ky",
            "Kế hoạch số 17/KH-UBND ngày 22/7/2024 của UBND phường.",
            ["Kế hoạch số 17/KH-UBND ngày 22/7/2024 của UBND phường"],
        ),
        ("chua-dang-ky", f"Theo {NEW}; Luật số 72/2025/QH15; Nghị quyết số 5 của Quốc hội.", [NEW]),
        ("chua-dang-ky", f"(Kèm theo {NEW} của UBND phường)", []),
        ("chua-dang-ky", "Công văn số 1/A-B của Sở Y tế về sửa Quyết định số 7/QĐ-C.",
         ["Công văn số 1/A-B của Sở Y tế"]),
        ("gan-giong", "Công văn số 1748/UBND-KSTTHC ngày 30/6/2025.",
         ["Công văn số 1748/UBND-KSTTHC ngày 30/6/2025"]),
        ("gan-giong", "Công văn số 1748/UBND-KSTTHC ngày 01/7/2025.", []),
        ("gan-giong", "Công văn số 1747/UBND-KSTTH.", ["Công văn số 1747/UBND-KSTTH"]),
        ("khong-so", "Chương trình tổng thể cải cách hành chính giai đoạn 2021-2026.", []),
        ("khong-so", "Tham mưu xây dựng Đề án chuyển đổi số giai đoạn 2026-2030.", []),
        # first and later
        ("lan-dau", f"Theo {NEW}.\n{NEW}.", [NEW]),
        ("lan-dau", "Nghị quyết số 57 ngày 22/12/2024 của Bộ Chính trị về khoa học.",
         ["Nghị quyết số 57 ngày 22/12/2024 của Bộ Chính trị"]),
        ("lan-dau", f"UBND phường đã ban hành {NEW} về kiểm tra.", []),
        ("lan-dau", f"{DECREE} khuyến khích a; Luật số 72/2025/QH15.", []),
        ("lan-dau", f"{DECREE} và Nghị định số 1/2025/NĐ-CP ngày 02/01/2025 của Chính phủ về a.",
         []),
        ("lan-dau", "Công văn số 1/A của Sở Y tế ngày 01/8/2025 về sửa Quyết định số 7/QĐ-C.", []),
        ("lan-sau", f"{DECREE} về văn thư.\nTheo {DECREE}.", [DECREE]),
        ("lan-sau", f"Nghị định số 30/2020/NĐ-CP.\nTheo {DECREE} về văn thư.", []),
        ("lan-sau", f"{NEW} về a.\nQuyết định số 15/QĐ-UBND ngày 03/02/2024 về b.", []),
    ],
)  # fmt: skip
def test_one_document(rule: str, text: str, expected: list[str], workspace: Workspace) -> None:
    assert found(rule, (text,), workspace) == expected


@pytest.mark.parametrize(
    ("rule", "text", "issued", "expected"),
    [
        ("sau-ngay-van-ban", f"Theo {NEW}.", date(2025, 8, 1), [NEW]),
        ("sau-ngay-van-ban", f"Theo {NEW}.", date(2025, 8, 2), []),
        ("sau-ngay-van-ban", f"Theo {NEW}.", None, []),
        (
            "sau-ngay-van-ban",
            "Nghị định số 5/2026/NĐ-CP.",
            date(2025, 8, 2),
            ["Nghị định số 5/2026/NĐ-CP"],
        ),
        ("hieu-luc", "- A. Theo Nghị định số 10/2020/NĐ-CP.", date(2025, 9, 30), []),
        (
            "hieu-luc",
            "- A. Theo Nghị định số 10/2020/NĐ-CP.",
            date(2025, 10, 1),
            ["Theo Nghị định số 10/2020/NĐ-CP"],
        ),
        (
            "hieu-luc",
            "- Theo Nghị định số 20/2025/NĐ-CP.",
            date(2025, 9, 30),
            ["Theo Nghị định số 20/2025/NĐ-CP"],
        ),
        ("hieu-luc", "Theo Nghị định số 20/2025/NĐ-CP.", date(2025, 10, 1), []),
        ("hieu-luc", "Theo Nghị định số 61/2018/NĐ-CP.", date(2025, 6, 30), []),
        ("hieu-luc", "Theo Thông tư số 41/2017/TT-BTTTT.", date(2025, 8, 1), []),
        ("hieu-luc", "Theo Thông tư số 41/2017/TT-BTTTT.", date(2026, 11, 14), []),
        (
            "hieu-luc",
            "Theo Thông tư số 41/2017/TT-BTTTT.",
            date(2026, 11, 15),
            ["Theo Thông tư số 41/2017/TT-BTTTT"],
        ),
        (
            "hieu-luc",
            "Theo Nghị định số 130/2018/NĐ-CP.",
            date(2025, 4, 10),
            ["Theo Nghị định số 130/2018/NĐ-CP"],
        ),
        ("hieu-luc", "Căn cứ Luật Công nghệ thông tin.", date(2026, 6, 30), []),
        (
            "hieu-luc",
            "Căn cứ Luật Công nghệ thông tin.",
            date(2026, 7, 1),
            ["Luật Công nghệ thông tin"],
        ),
        ("hieu-luc", "Theo Quyết định số 892/QĐ-BNV.", date(2026, 7, 1), []),
        (
            "hieu-luc-can-kiem",
            "Theo Quyết định số 892/QĐ-BNV.",
            date(2026, 7, 1),
            ["Theo Quyết định số 892/QĐ-BNV"],
        ),
        (
            "hieu-luc",
            "Theo Nghị định số 130/2018/NĐ-CP.",
            date(2025, 4, 9),
            [],
        ),
        *(
            (rule, f"Theo {cited}.", day, [f"Theo {cited}"] if told else [])
            for cited, since in (
                ("Quyết định số 876/QĐ-BNV", date(2024, 12, 5)),
                ("Quyết định số 892/QĐ-BNV", date(2025, 10, 15)),
                ("Nghị định số 01/2013/NĐ-CP", date(2025, 7, 21)),
                ("Quy định số 66-QĐ/TW", date(2026, 1, 9)),
                ("Hướng dẫn số 36-HD/VPTW", date(2026, 5, 27)),
            )
            for rule, day, told in (
                ("hieu-luc", since, False),  # nobody has seen the official text: a note at most
                ("hieu-luc-can-kiem", since - timedelta(days=1), False),
                ("hieu-luc-can-kiem", since, True),
            )
        ),
        ("hieu-luc", f"{NEW} của Sở Y tế về bãi bỏ Nghị định số 61/2018/NĐ-CP.", None, []),
    ],
)
def test_dates_of_the_document(
    rule: str, text: str, issued: date | None, expected: list[str], workspace: Workspace
) -> None:
    assert found(rule, (text,), workspace, issued) == expected


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ((f"Theo {NEW}.", "Theo Quyết định số 15/QĐ-UBND ngày 03/8/2025."), 1),
        ((f"Theo {NEW}.", "Theo Quyết định số 15/QĐ-UBND ngày 03/9/2024."), 0),
        (
            (
                f"{NEW} của UBND phường về kiểm tra cải cách hành chính.",
                "Quyết định số 51/QĐ-UBND ngày 02/8/2025 của UBND phường về kiểm tra cải cách hành "
                "chính.",
            ),
            1,
        ),
        (
            (
                "Kế hoạch số 17/KH-UBND ngày 22/7/2025.",
                "Kế hoạch số 17/KH-UBND ngày 23/7/2025 của UBND phường.",
            ),
            0,  # told of each against the register
        ),
    ],
)
def test_two_documents(texts: tuple[str, str], count: int, workspace: Workspace) -> None:
    assert len(found("trai-nhau", texts, workspace)) == count


@pytest.mark.parametrize("role", [Role.CELL, Role.ABSTRACT, Role.ANNEX])
def test_lists_and_titles_need_no_complete_citation(role: Role, workspace: Workspace) -> None:
    (passage,) = plain_writing(NEW, Path("a.txt")).passages
    writing = Writing("a", (replace(passage, role=role),), workspace=workspace)
    assert excerpts("lan-dau", (writing,), workspace) == []


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("so_ky_hieu: 76/NQ-CP", "so_ky_hieu: 76/QĐ-CP", "loai"),
        ("so_ky_hieu: 76/NQ-CP", "so_ky_hieu: 76/NQ- CP", "so_ky_hieu"),
        ("co_quan: Chính phủ", "co_quan: Quốc hội", "so_ky_hieu"),
        ("ngay: 01/02/2020", "ngay: 01/02/2021", "ngay"),
    ],
)
def test_entries_of_the_register_are_read_as_they_would_be_cited(
    before: str, after: str, field: str, tmp_path: Path
) -> None:
    text = REGISTER.replace(before, after, 1)
    loaded = load_workspace(write_content(tmp_path, {"van-ban.yaml": text}))
    (rule,) = [each for each in all_rules() if each.id == "vien-dan/so-van-ban"]
    (hit,) = hits_of(rule, Project(loaded, ()))
    assert hit.matter.endswith({"loai": "type", "so_ky_hieu": "number", "ngay": "date"}[field])


@pytest.mark.parametrize(
    "citation",
    [
        "Công văn số 12/SNV-CCHC&PC ngày 01/8/2025 của Sở Nội vụ về “a\\b”: # {c}",
        "Kế hoạch số 21/KH-UBND ngày 01/8/2025 của UBND phường về kiểm tra",
    ],
)
def test_the_proposed_entry_can_be_pasted(
    citation: str, workspace: Workspace, tmp_path: Path
) -> None:
    (rule,) = [each for each in all_rules() if each.id == "vien-dan/chua-dang-ky"]

    def hits(known: Workspace) -> list[str]:
        writing = plain_writing(f"Theo {citation}", Path("a.txt"), known)
        return [hit.suggestion for hit in hits_of(rule, Project(known, (writing,)))]

    (suggestion,) = hits(workspace)
    entry = suggestion[suggestion.index("- {") :]
    pasted = write_content(tmp_path / "pasted", {"van-ban.yaml": f"{REGISTER}  {entry}\n"})
    assert hits(load_workspace(pasted)) == []


def test_the_register_of_laws_was_reviewed_after_all_that_it_says() -> None:
    laws = known_laws()
    days = ("passed", "in_force", "ended")
    assert all(
        day is None or day <= (row.reviewed or laws.reviewed)
        for row in laws.documents
        for day in (getattr(row, each) for each in days)
    )
    assert all((row.passed or row.in_force or row.ended) for row in laws.documents)
    numbers = [number for row in laws.documents for number in row.numbers]
    assert len(numbers) == len(set(numbers)) >= 200


def test_the_days_of_a_law_follow_one_another_and_its_number_has_its_year() -> None:
    laws = known_laws()
    for row in laws.documents:
        known = [day for day in (row.passed, row.in_force, row.ended) if day is not None]
        assert known == sorted(known), row.numbers
        year = re.search(r"/((?:19|20)\d\d)/", row.numbers[0])
        assert row.passed is None or year is None or row.passed.year == int(year[1]), row.numbers
        new = laws.by_number.get(str(row.instead))
        assert new is None or new.ended is None or new.unverified, row.numbers
    for same in laws.by_name.values():
        assert all(row.ended is not None for row in same[:-1]), same[0].name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("về công tác văn thư các đơn vị gửi báo cáo.", "về công tác văn thư"),  # as registered
        ("Về công tác văn thư, lưu trữ hiện hành.", "Về công tác văn thư"),
        ("về công tác khác, gửi báo cáo.", "về công tác khác, gửi báo cáo"),  # unknown: its clause
    ],
)
def test_a_known_title_ends_where_the_register_says(text: str, title: str) -> None:
    decree = "Theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ "
    (passage,) = plain_writing(decree + text, Path("a.txt")).passages
    assert [passage.text[start:end] for start, end in passage.quoted] == [title]
