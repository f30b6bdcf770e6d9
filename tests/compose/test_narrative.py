"""The narrative of the project's own report: its figures, and what an official adds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vanban.compose.brief import compose_brief
from vanban.compose.composed import Composed
from vanban.compose.report import compose_report
from vanban.errors import ContentError
from vanban.workspace.load import load_workspace

ROOT = Path(__file__).parents[2]
NAME = "2025/bao-cao/q3.yaml"


def edited(folder: Path, file: str, *edits: tuple[str, str]) -> Path:
    """Copy the project's content once, and edit a file of it."""
    content = folder / "content"
    if not content.exists():
        shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("minh-chung"))
    path = content / file
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return content


def composed(content: Path) -> Composed:
    return compose_report(load_workspace(content, 2025), "q3", ROOT / "templates")


def body(content: Path) -> str:
    return "\n".join(block.text for block in composed(content).document.body)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "pakn-tiep-nhan: 6\n  pakn-da-xu-ly: 6",
            "pakn-tiep-nhan: 0\n  pakn-da-xu-ly: 0",
            "Trong kỳ không phát sinh phản ánh, kiến nghị.",
        ),
        (
            "pakn-tiep-nhan: 6\n  pakn-da-xu-ly: 6",
            "pakn-tiep-nhan: 1\n  pakn-da-xu-ly: 1",
            "Tiếp nhận 01 phản ánh, kiến nghị; đã xử lý 01, đạt 100%",
        ),
        (
            "ky-luat-cong-chuc: 0",
            "ky-luat-cong-chuc: 1",
            "Có 01 trường hợp bị kỷ luật (cán bộ 0, công chức 01, viên chức 0).",
        ),
        (
            "  phieu-giay: 180\n",
            "  phieu-tong: 300\n",
            "Đã lấy ý kiến bằng 300 phiếu khảo sát; 287 phiếu đánh giá hài lòng, đạt 95,7%.",
        ),
        (
            "  von-dau-tu-giai-ngan: 11.236,8\n",
            "  von-dau-tu-giai-ngan: 0\n",
            "Đến cuối kỳ chưa giải ngân vốn đầu tư (kế hoạch năm 18.450,5 triệu đồng).",
        ),
    ],
)
def test_none_one_and_many_are_worded(old: str, new: str, expected: str, tmp_path: Path) -> None:
    assert expected in body(edited(tmp_path, NAME, (old, new)))


@pytest.mark.parametrize(
    ("year", "period", "mang", "expected"),
    [
        ("2024", "q3", 1366, "đạt 77,2%, tăng 1,5 điểm phần trăm so với cùng kỳ năm trước;"),
        ("2024", "q3", 1486, "đạt 77,2%, bằng cùng kỳ năm trước;"),
        ("2025", "q1", 1366, "37), tăng 120 hồ sơ so với quý I năm 2025, giải quyết"),
        ("2025", "q1", 1606, "37), giảm 120 hồ sơ so với quý I năm 2025, giải quyết"),
    ],
)
def test_a_change_is_worded_where_there_is_one(
    year: str, period: str, mang: int, expected: str, tmp_path: Path
) -> None:
    content = edited(tmp_path, NAME)
    text = (content / NAME).read_text("utf-8")
    other = content / year / "bao-cao" / f"{period}.yaml"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text(text.replace("truc-tuyen: 1486", f"truc-tuyen: {mang}", 1), "utf-8")
    assert "so với" not in body(edited(tmp_path / "plain", NAME)).partition("II. KẾT")[0]
    assert expected in body(content)


def test_a_sentence_is_replaced_and_refers_to_figures(tmp_path: Path) -> None:
    own = "cau_so_lieu:\n  giai-ngan: Đã giải ngân {von-dau-tu-giai-ngan}, đạt {ty-le-giai-ngan}.\n"
    content = edited(tmp_path, NAME, ("# Mục I của báo cáo\n", own))
    text = body(content)
    assert "Đã giải ngân 11.236,8 triệu đồng, đạt 60,9%." in text
    assert "Đã giải ngân 11.236,8/" not in text


def test_a_sentence_is_left_out(tmp_path: Path) -> None:
    content = edited(tmp_path, NAME, ("# Mục I của báo cáo\n", "bo_cau: [tu-chu, doi-thoai]\n"))
    text = body(content)
    assert "do Nhà nước bảo đảm" not in text
    assert "cuộc đối thoại" not in text
    assert "- Đã lấy ý kiến bằng 300 phiếu" in text


@pytest.mark.parametrize(
    ("own", "column"),
    [("cau_so_lieu:\n  giai-ngam: Đã giải ngân.", 14), ("bo_cau:\n  - giai-ngam", 5)],
)
def test_an_unknown_sentence_has_its_place(own: str, column: int, tmp_path: Path) -> None:
    content = edited(tmp_path, NAME, ("# Mục I của báo cáo\n", f"{own}\n"))
    with pytest.raises(ContentError, match="có phải “giai-ngan”") as raised:
        body(content)
    (problem,) = raised.value.problems
    line = (content / NAME).read_text("utf-8").split("\n")[problem.place.line - 1]
    assert "giai-ngam" in line
    assert problem.place.column == column


def test_a_reference_without_a_figure_is_told_at_its_place(tmp_path: Path) -> None:
    content = edited(
        tmp_path, NAME, ("Trong kỳ không tổ chức", "Có {bcci-tra-ket-qua}, không tổ chức")
    )
    assert "Có chưa có số liệu, không" in body(content)
    (gap,) = (gap for gap in composed(content).missing if "{bcci-tra-ket-qua}" in gap.text)
    assert gap.place is not None
    line = (content / NAME).read_text("utf-8").split("\n")[gap.place.line - 1]
    assert line[gap.place.column - 1 :].startswith("{bcci-tra-ket-qua}")


def test_shortcomings_name_the_targets_in_danger() -> None:
    text = body(ROOT / "content")
    assert "chỉ tiêu của kế hoạch có nguy cơ không đạt mức đề ra: tỷ lệ hồ sơ" in text
    assert "sau rà soát là 50% (yêu cầu 100%);" in text


def test_tasks_due_in_the_next_period_are_listed(tmp_path: Path) -> None:
    area = "2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml"
    text = (ROOT / "content" / area).read_text("utf-8")
    task = text[text.index("  - ma: ") :].split("\n")[0]
    content = edited(tmp_path, area, (task, f"{task}\n    han: 30/11/2025"))
    assert "đến hạn trong quý IV" not in body(content)
    edited(tmp_path, NAME, ("phuong_huong:\n", "viec_den_han: true\nphuong_huong:\n"))
    told = body(content)
    assert not any("viec_den_han" in warning for warning in composed(content).warnings)
    assert "Hoàn thành các nhiệm vụ của kế hoạch đến hạn trong quý IV năm 2025:\n- " in told
    assert "(Trung tâm Phục vụ hành chính công chủ trì, thời hạn 30/11/2025)." in told


def test_the_handout_prints_what_references_stand_for(tmp_path: Path) -> None:
    content = edited(
        tmp_path, NAME, ("  Phường Trần Liễu hoạt động", "  Tiếp nhận {ho-so-tiep-nhan}. Phường")
    )
    document = compose_brief(load_workspace(content, 2025), "q3", ROOT / "templates").document
    assert any("Tiếp nhận 1.925 hồ sơ." in text for text in document.texts())


def test_tasks_due_that_are_not_there_are_told(tmp_path: Path) -> None:
    content = edited(tmp_path, NAME, ("phuong_huong:\n", "viec_den_han: true\nphuong_huong:\n"))
    assert any("viec_den_han: không nhiệm vụ nào" in each for each in composed(content).warnings)
