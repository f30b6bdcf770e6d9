"""Years left over from the folder that a document was copied from; and what only looks so."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from support import changed, compose_all, load_checked, write_content
from vanban.app.catalogue import buildable
from vanban.checks.registry import all_rules
from vanban.checks.review import review
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace

ROOT = Path(__file__).parents[2]
PLAN, REPORT = "Kế hoạch", "Báo cáo"


def left_over(text: str, kind: str, content: Path | None = None) -> list[str]:
    """Return the years that are wrong in a document of the folder 2026."""
    workspace = None if content is None else load_workspace(content, 2025)
    writing = plain_writing(text, Path("x"), workspace)
    writing = replace(writing, document_type=kind, year=2026)
    (rule,) = (each for each in all_rules() if each.id == "ky-nam/nam-cu")
    return [hit.at.excerpt for hit in hits_of(rule, Project(None, (writing,)))]


@pytest.mark.parametrize("kind", [PLAN, REPORT])
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("- Thực hiện Chương trình công tác năm 2025 của Ủy ban nhân dân thành phố.", "năm 2025"),
        ("- Thực hiện kế hoạch nâng cao các chỉ số cải cách hành chính năm 2025.", "năm 2025"),
        ("- Tổ chức theo dõi thi hành pháp luật năm 2025 đúng quy định.", "năm 2025"),
        ("- Tiếp tục thực hiện kế hoạch 6 tháng cuối năm 2025.", "năm 2025"),
        ("- Phấn đấu Chỉ số năm 2025 xếp hạng trong tốp 10 của thành phố.", "năm 2025"),
        ("- Nâng cao kết quả chấm điểm Chỉ số cải cách hành chính năm 2025.", "năm 2025"),
        ("- Báo cáo kết quả thực hiện nhiệm vụ năm 2025 về Sở Nội vụ.", "năm 2025"),
        ("- Hoàn thành các nhiệm vụ đã đề ra trong quý IV/2025.", "quý IV/2025"),
        ("- Hoàn thành trước tháng 10 năm 2025.", "năm 2025"),
        ("- Hoàn thành trong tháng 10/2025, báo cáo thành phố.", "tháng 10/2025"),
        ("- Ban hành Kế hoạch cải cách hành chính 2025.", "hính 2025"),
        ("# NHIỆM VỤ TRỌNG TÂM NĂM 2025", "NĂM 2025"),
        ("- Thực hiện Luật Đất đai trong kế hoạch năm 2025.", "năm 2025"),
        ("- Triển khai nhiệm vụ năm 2024 của phường.", "năm 2024"),
        ("- Năm 2025, phấn đấu hoàn thành nhiệm vụ đã được giao.", "Năm 2025"),
        ("- Đánh giá, xếp hạng các phòng năm 2025.", "năm 2025"),
        ("- Đến hết năm 2025, 100% hồ sơ được số hóa.", "năm 2025"),
        ("- Báo cáo sơ kết 6 tháng đầu năm 2025.", "năm 2025"),
        ("- Trên đây là Kế hoạch năm 2025 của UBND phường", "năm 2025"),
        ("- Sơ kết 6 tháng, tổng kết công tác năm 2025.", "năm 2025"),
        ("- Rà soát từ ngày 01/01/2025 đến ngày 30/11/2025.", "ngày 30/11/2025"),
    ],
)
def test_left_over(kind: str, text: str, wrong: str) -> None:
    (found,) = left_over(text, kind)
    assert found.endswith(wrong)


@pytest.mark.parametrize("kind", [PLAN, REPORT])
@pytest.mark.parametrize(
    "text",
    [
        "- Thực hiện kế hoạch cải cách hành chính năm 2026.",
        "- Chương trình tổng thể giai đoạn 2021 - 2030; kế hoạch 2021-2025; nhiệm kỳ 2020 - 2025.",
        "- Giai đoạn từ năm 2021 đến năm 2025 đã có nhiều kết quả; các năm 2023, 2024 và 2025.",
        "- Luật Tổ chức chính quyền địa phương năm 2025; Luật Cán bộ, công chức năm 2025.",
        "- Bộ luật Dân sự năm 2015, Hiến pháp năm 2013, Luật Đất đai 2024.",
        "- Theo Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về thi hành văn bản.",
        "- Công văn số 4009/SNV-CCHC ngày 26/6/2025 của Sở Nội vụ về kết quả phân tích năm 2024.",
        "- Trong năm 2024 lần đầu tiên thành phố Hải Phòng được xếp hạng thứ nhất.",
        "- Căn cứ kết quả chấm điểm Chỉ số cải cách hành chính năm 2025 của thành phố.",
        "- Khắc phục tồn tại, hạn chế năm 2025; các nội dung bị trừ điểm năm 2025.",
        "- Số hồ sơ tăng 12% so với cùng kỳ năm 2025; cao hơn quý III năm 2025.",
        "- Chỉ số năm 2025 là 92 điểm, năm 2026 phấn đấu 95 điểm.",
        "- Các dự án chuyển tiếp từ kế hoạch vốn năm 2025; nhiệm vụ năm 2025 chuyển sang.",
        "- Từ năm 2025 đến nay không có đơn thư; trước năm 2025 chưa có quy định.",
        "- Công khai quyết toán ngân sách năm 2025.",
        "- Rà soát văn bản ban hành trước ngày 01/7/2025.",
        "- Áp dụng TCVN ISO 9001:2015; tiếp nhận 2.025 hồ sơ; 2025 hồ sơ.",
        "- Nghị quyết số 18-NQ/TW năm 2017; Thông tư 01 năm 2023; Nghị định sửa đổi năm 2021.",
        "- Đại hội Đảng bộ phường lần thứ I, tháng 8/2025; bảng giá đất năm 2025 hết hiệu lực.",
        "- Tăng 5 bậc so với năm 2025; Chỉ số năm 2025 của phường xếp thứ 5/114.",
        "- Đến năm 2030 hoàn thành; xây dựng kế hoạch năm 2027.",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    ],
)
def test_nothing_left_over(kind: str, text: str) -> None:
    assert left_over(text, kind) == []


@pytest.mark.parametrize(
    ("text", "plan", "report"),
    [
        ("- Năm 2025, phường đã hoàn thành 95% nhiệm vụ.", 0, 1),
        ("- Trong năm 2025 phường đạt 92,5 điểm.", 0, 1),
        ("- Phát huy kết quả cải cách hành chính năm 2025.", 0, 1),
        ("# KẾT QUẢ CẢI CÁCH HÀNH CHÍNH NĂM 2025\n- Nhiệm vụ năm 2025 được giao sớm.", 0, 2),
        ("- Ngày 15/10/2025 tổ chức hội nghị.", 1, 1),
        ("- Ngày 20/12/2025 tổ chức hội nghị.", 0, 0),
        ("- Trong năm 2027 phường đã tiếp nhận hồ sơ.", 1, 1),
    ],
)
def test_a_plan_tells_of_what_came_before(text: str, plan: int, report: int) -> None:
    assert (len(left_over(text, PLAN)), len(left_over(text, REPORT))) == (plan, report)


def test_own_document_of_another_year_is_no_document_of_others(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    number = "Kế hoạch số 12/KH-UBND ngày 01/8/2025 của"
    own = f"- Thực hiện {number} UBND phường Trần Liễu về cải cách hành chính năm 2025."
    other = f"- Thực hiện {number} UBND thành phố Hải Phòng về cải cách hành chính năm 2025."
    (found,) = left_over(own, REPORT, content)
    assert found.endswith("cải cách hành chính năm 2025")
    assert left_over(other, REPORT, content) == []


def test_first_day_of_work_is_no_event_of_the_year(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    text = "- Ngày 01/7/2025 phường đi vào hoạt động; ngày 02/7/2025 phường họp."
    assert left_over(text, PLAN, content) == ["ngày 02/7/2025"]


def test_first_day_of_work_is_a_reason_in_its_own_year_only(tmp_path: Path) -> None:
    content = write_content(tmp_path)
    text = "- Phường hoạt động từ ngày 01/7/2025 nên {}."
    stale = text.format("trong năm chỉ phải lập báo cáo quý III")
    (found,) = left_over(stale, REPORT, content)
    assert found.endswith("từ ngày 01/7/2025")
    assert left_over(text.format("số liệu cùng kỳ chỉ có 6 tháng"), REPORT, content) == []


@pytest.mark.parametrize(
    ("day", "kind", "wrong"),
    [
        ("15/01/2026", "2025/ke-hoach.yaml", True),
        ("30/9/2024", "2025/ke-hoach.yaml", True),
        ("01/10/2024", "2025/ke-hoach.yaml", False),
        ("31/12/2025", "2025/ke-hoach.yaml", False),
        ("16/9/2025", "2025/bao-cao/q3.yaml", False),
        ("16/9/2026", "2025/bao-cao/q3.yaml", True),
    ],
)
def test_day_of_issue(tmp_path: Path, day: str, kind: str, wrong: bool) -> None:
    changes = (
        changed(kind, "ngay: 01/8/2025", f"ngay: {day}")
        if "ke-hoach" in kind
        else changed(kind, "luu:", f"ngay: {day}\nluu:")
    )
    workspace = load_workspace(write_content(tmp_path, changes), 2025)
    (rule,) = (each for each in all_rules() if each.id == "ky-nam/ngay-ban-hanh")
    assert bool(list(hits_of(rule, Project(workspace, ())))) == wrong


def test_day_of_issue_of_a_word_file() -> None:
    (rule,) = (each for each in all_rules() if each.id == "ky-nam/ngay-ban-hanh")
    text = "Phường A, ngày 15 tháng 01 năm {}\nKẾ HOẠCH\nCải cách hành chính năm 2025\n"
    for year, wrong in ((2025, 0), (2026, 1)):
        writing = plain_writing(text.format(year), Path("x"))
        assert writing.issued == date(year, 1, 15)
        assert len(list(hits_of(rule, Project(None, (writing,))))) == wrong


LEFT_OVER = {
    "ke-hoach.yaml": {
        "ky-nam/tieu-de: năm 2025",
        "ky-nam/nam-cu: phố giao tại Chương trình công tác năm 2025",
        "ky-nam/nam-cu: chỉ đạo về cải cách hành chính năm 2025",
    },
    "01-chi-dao-dieu-hanh.yaml": {"ky-nam/nam-cu: kế hoạch CCHC 6 tháng cuối năm 2025"},
    "02-the-che.yaml": {"ky-nam/nam-cu: về theo dõi thi hành pháp luật năm 2025"},
    "09-papi.yaml": {"ky-nam/nam-cu: kế hoạch cải cách hành chính 6 tháng cuối năm 2025"},
    "q3.yaml": {
        "ky-nam/can-cu: kh-chi-so-cchc-2025",
        "ky-nam/pham-vi: số liệu chỉ gồm kết quả từ ngày 01/7/2025,",
        "ky-nam/nam-cu: các chỉ số cải cách hành chính năm 2025",
    },
    "tu-danh-gia.yaml": {
        "ky-nam/nam-cu: Phường hoạt động từ ngày 01/7/2025",
        "ky-nam/can-cu: kh-chi-so-cchc-2025",
        "ky-nam/pham-vi: phạm vi đánh giá là kết quả từ ngày 01/7/2025,",
        "ky-nam/nam-cu: Báo cáo đào tạo và bồi dưỡng năm 2025",
    },
    "minh-chung.yaml": {
        "ky-nam/nam-cu: định Chỉ số cải cách hành chính năm 2025",
        "ky-nam/nam-cu: 31/12/2025",
        "minh-chung/ngoai-nam: 31 tài liệu",
    },
}
"""What stays of 2025 in a copy of its folder of which only number, date and id were changed."""


@pytest.mark.slow
def test_a_folder_copied_to_the_next_year(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    shutil.copytree(content / "2025", content / "2026")
    plan = content / "2026" / "ke-hoach.yaml"
    text = plan.read_text("utf-8").replace("ngay: 01/8/2025", "ngay: 15/01/2026")
    plan.write_text(text.replace("ma: kh-chi-so-cchc-2025", "ma: kh-chi-so-cchc-2026"), "utf-8")
    found = _of_times(content, 2026)
    assert found == LEFT_OVER
    assert _of_times(content, 2025) == {}


def _of_times(content: Path, year: int) -> dict[str, set[str]]:
    """Return what the check says of years: file → rule and words."""
    workspace = load_checked(content, year)
    composed = compose_all(buildable(workspace), workspace, ROOT / "templates")
    found: dict[str, set[str]] = {}
    for finding in review(workspace, composed).findings:
        if not finding.rule.startswith(("ky-nam/", "minh-chung/ngoai-nam")):
            continue
        if finding.rule == "ky-nam/giai-doan":
            continue  # a slip of the plan as issued, in either year
        if finding.rule == "minh-chung/ngoai-nam":
            words = " ".join(finding.message.split()[:3])
            found.setdefault(finding.spot.place.file.name, set()).add(f"{finding.rule}: {words}")
            continue
        for spot in finding.spots:
            line = f"{finding.rule}: {spot.excerpt}"
            found.setdefault(spot.place.file.name, set()).add(line)
    return found


def test_a_day_of_another_year_is_told_once() -> None:
    """Of the dates of a report the year before is an error, the quarter before a warning."""
    text = (
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2026\n"
        "- Ngày 10/8/2025 phường tổ chức hội nghị; ngày 10/3/2026 đã kiểm tra."
    )
    writing = replace(plain_writing(text, Path("x")), year=2026)
    found = [
        (rule.id, hit.at.excerpt)
        for rule in all_rules()
        if rule.group == "ky-nam"
        for hit in hits_of(rule, Project(None, (writing,)))
    ]
    assert found == [("ky-nam/nam-cu", "Ngày 10/8/2025"), ("ky-nam/ngoai-ky", "ngày 10/3/2026")]
