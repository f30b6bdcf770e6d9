"""Sentences against the figures, by the words that the register gives an indicator."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from vanban.checks.content.annex_figures import contradictions
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import Passage, Role, Writing
from vanban.errors import Place
from vanban.figures.values import Figures, read_figures
from vanban.provenance import Kind, Located, Source
from vanban.workspace.folder import shown_path
from vanban.workspace.load import load_workspace

ZERO = {
    "giai-quyet-qua-han: 1": "giai-quyet-qua-han: 0",
    "giai-quyet-dung-han: 318": "giai-quyet-dung-han: 319",
    "thu-xin-loi: 1": "thu-xin-loi: 0",
}
"""The quarter without a late file."""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The project's quarter III: 21 of 38 tasks, nobody punished, nothing late."""
    content = tmp_path_factory.mktemp("told") / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("*.pdf", "*.jpg"))
    report = content / "2025" / "bao-cao" / "q3.yaml"
    text = report.read_text("utf-8")
    for old, new in ZERO.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    report.write_text(text, "utf-8")
    return read_figures(load_workspace(content, 2025), "q3")


def found(text: str, figures: Figures) -> list[tuple[str, str]]:
    """Return indicator and words of what a sentence says otherwise than the figures."""
    passage = Passage(text, Role.BULLET, 0, Place(Path()))
    return [(told.indicator.id, told.words) for told, _ in contradictions(passage, figures, 2025)]


@pytest.mark.parametrize(
    ("text", "indicator", "words"),
    [
        ("Có 12 công chức bị kỷ luật.", "ky-luat-cong-chuc", "12"),
        ("Trong quý III có hai công chức bị xử lý kỷ luật.", "ky-luat-cong-chuc", "hai"),
        ("Trong kỳ có 1.204 cán bộ, công chức, viên chức bị kỷ luật.", "ky-luat-tong", "1.204"),
        ("Số viên chức bị kỷ luật là 3 người.", "ky-luat-vien-chuc", "3"),
        ("Công chức bị kỷ luật: 2.", "ky-luat-cong-chuc", "2"),
        ("Phát sinh 02 trường hợp bị kỷ luật do vi phạm giờ làm việc.", "ky-luat-tong", "02"),
        ("Đã hoàn thành 30/38 nhiệm vụ.", "ty-le-nhiem-vu-cchc", "30/38"),
        ("Đã hoàn thành 30/38 nhiệm vụ đề ra trong kế hoạch.", "ty-le-nhiem-vu-cchc", "30/38"),
        ("Phường đã hoàn thành 100% nhiệm vụ.", "ty-le-nhiem-vu-cchc", "100%"),
        ("Hoàn thành 25 nhiệm vụ trong quý III.", "nhiem-vu-cchc-hoan-thanh", "25"),
        ("Hoàn thành trên 90% nhiệm vụ của kế hoạch.", "ty-le-nhiem-vu-cchc", "90%"),
        ("Tỷ lệ hoàn thành nhiệm vụ đạt 98,5%.", "ty-le-nhiem-vu-cchc", "98,5%"),
        ("Đã hoàn thành toàn bộ nhiệm vụ.", "ty-le-nhiem-vu-cchc", "toàn bộ"),
        ("Hoàn thành tốt 100% các nhiệm vụ.", "ty-le-nhiem-vu-cchc", "100%"),
        ("Hoàn thành được 30/38 nhiệm vụ.", "ty-le-nhiem-vu-cchc", "30/38"),
        ("Có hai mươi lăm hồ sơ quá hạn.", "ho-so-qua-han", "hai mươi lăm"),
        ("Đã gửi 5 thư xin lỗi; hồ sơ trả đúng hẹn.", "thu-xin-loi", "5"),
        ("Có ba hồ sơ quá hạn.", "ho-so-qua-han", "ba"),
        ("Tiếp nhận 9 phản ánh, kiến nghị.", "pakn-tiep-nhan", "9"),
        ("Tỷ lệ giải ngân đạt 75%.", "ty-le-giai-ngan", "75%"),
        ("Đã giải ngân 12.236,8 triệu đồng.", "von-dau-tu-giai-ngan", "12.236,8"),
        (
            "Không có nhiệm vụ nào hoàn thành quá hạn.",
            "nhiem-vu-tp-qua-han",
            "Không có nhiệm vụ nào hoàn thành quá hạn",
        ),
        ("Không có văn bản đi.", "van-ban-di", "Không có văn bản đi"),
        ("Hoàn thành 25 trên tổng số 38 nhiệm vụ.", "ty-le-nhiem-vu-cchc", "25 trên tổng số 38"),
        (
            "Hoàn thành tốt ít nhất 25 trên tổng số 38 tổng số nhiệm vụ.",  # most words between
            "ty-le-nhiem-vu-cchc",
            "25 trên tổng số 38",
        ),
        ("Toàn bộ nhiệm vụ đã hoàn thành.", "ty-le-nhiem-vu-cchc", "Toàn bộ"),
        ("Tổ chức 03 cuộc đối thoại với doanh nghiệp.", "doi-thoai", "03"),
        ("Trường hợp đặc biệt, có 5 hồ sơ quá hạn.", "ho-so-qua-han", "5"),
        ("Kỷ luật 02 cán bộ, 01 viên chức.", "ky-luat-can-bo", "02"),
        ("Giải ngân 15.000 triệu đồng, đạt 81%.", "von-dau-tu-giai-ngan", "15.000"),
        ("Không có phản ánh, kiến nghị nào.", "pakn-tiep-nhan", "Không có phản ánh, kiến nghị"),
        ("Tỷ lệ văn bản điện tử được ký số đạt 95%.", "ty-le-van-ban-ky-so", "95%"),
        ("Có 12 hồ sơ trả kết quả quá hạn.", "giai-quyet-qua-han", "12"),
        (
            "Theo Phòng Kinh tế, UBND phường hoàn thành 30/38 nhiệm vụ.",
            "ty-le-nhiem-vu-cchc",
            "30/38",
        ),
        (
            "Chưa có nhiệm vụ hoàn thành quá hạn.",
            "nhiem-vu-tp-qua-han",
            "Chưa có nhiệm vụ hoàn thành quá hạn",
        ),
    ],
)
def test_a_number_beside_the_words(figures: Figures, text: str, indicator: str, words: str) -> None:
    assert found(text, figures) == [(indicator, words)]


def test_late_files_that_there_were_not(figures: Figures) -> None:
    text = (
        "Phần lớn hồ sơ được trả trước hạn hoặc đúng hạn; hồ sơ quá hạn thuộc lĩnh vực đất đai, đã "
        "có thư xin lỗi và hẹn lại thời gian trả kết quả."
    )
    assert found(text, figures) == [
        ("ho-so-qua-han", "hồ sơ quá hạn"),
        ("thu-xin-loi", "thư xin lỗi"),
    ]
    assert found("Còn một số hồ sơ quá hạn do thiếu người.", figures) == [
        ("ho-so-qua-han", "hồ sơ quá hạn")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Đã hoàn thành 21/38 nhiệm vụ, đạt 55,3%.",
        "Đã hoàn thành 55,3% nhiệm vụ; hoàn thành 55% nhiệm vụ.",
        "Hoàn thành trên 50% nhiệm vụ.",
        "Không có công chức bị kỷ luật; không phát sinh hồ sơ quá hạn.",
        "Trong kỳ không có trường hợp phải xử lý kỷ luật.",
        "Có 0 hồ sơ quá hạn, 0 thư xin lỗi.",
        "Chưa phát hiện văn bản có nội dung trái pháp luật.",
        # aims, the next period
        "Phấn đấu hoàn thành 100% nhiệm vụ.",
        "Trong quý IV sẽ hoàn thành 38/38 nhiệm vụ.",
        "Mục tiêu đến cuối năm là hoàn thành 100% nhiệm vụ.",
        "Chỉ tiêu giải ngân: tỷ lệ giải ngân đạt từ 95% trở lên.",
        "Quyết tâm, trong thời gian tới, hoàn thành 38/38 nhiệm vụ.",
        # other times
        "So với cùng kỳ năm trước có 12 công chức bị kỷ luật.",
        "Trong quý II có 12 công chức bị kỷ luật.",
        "Năm 2024 có 12 công chức bị kỷ luật.",
        "Trong tháng 8 có 3 hồ sơ quá hạn.",
        "Lũy kế từ đầu năm hoàn thành 30/38 nhiệm vụ.",
        "Số hồ sơ quá hạn giảm 5 hồ sơ; giảm 5 hồ sơ quá hạn.",
        # one unit, one field
        "Phòng Văn hóa - Xã hội hoàn thành 5/6 nhiệm vụ.",
        "Riêng Trung tâm Phục vụ hành chính công hoàn thành 100% nhiệm vụ.",
        "Hoàn thành 8/14 nhiệm vụ ứng dụng công nghệ thông tin.",
        "Đã hoàn thành 8/14 nhiệm vụ.",
        "Hoàn thành 100% nhiệm vụ về chuyển đổi số.",
        "Lĩnh vực tư pháp: có 3 hồ sơ quá hạn; Phòng Kinh tế: hoàn thành 5/6 nhiệm vụ.",
        "Văn phòng đã hoàn thành 30 nhiệm vụ; trung bình mỗi đơn vị hoàn thành 7 nhiệm vụ.",
        "Phòng Kinh tế, Hạ tầng và Đô thị hoàn thành 5/9 nhiệm vụ.",
        "Toàn thành phố có 12 công chức bị kỷ luật; dự án cầu đã giải ngân 20.000 triệu đồng.",
        "Tháng 7 tiếp nhận 650 hồ sơ.",
        # no cases at all
        "Kiểm điểm nếu để quá 3 hồ sơ quá hạn.",
        "Kỷ luật cán bộ đã được chú trọng.",
        "Không có phản ánh, kiến nghị về thái độ phục vụ.",
        "Hạn chế hồ sơ quá hạn; khi có hồ sơ quá hạn thì gửi thư xin lỗi.",
        "Thực hiện nghiêm việc xin lỗi khi hồ sơ quá hạn.",
        "Xử lý nghiêm công chức bị kỷ luật (nếu có).",
        "Quy định về thư xin lỗi đã được phổ biến.",
        "Một số nhiệm vụ chưa hoàn thành; chưa hoàn thành 17/38 nhiệm vụ.",
        "Không có công chức nào bị kỷ luật; không có hồ sơ nào quá hạn.",
        "Chưa hoàn thành toàn bộ nhiệm vụ; tất cả công chức bị nhắc nhở.",
        "Thực hiện cơ chế một cửa; một phần nhiệm vụ.",
        "Khoảng 90% nhiệm vụ; hoàn thành khoảng 60% nhiệm vụ.",
        "Có 40 công chức có mặt tại hội nghị.",
    ],
)
def test_what_is_not_said_of_the_period(figures: Figures, text: str) -> None:
    assert found(text, figures) == []


def test_a_part_is_no_more_than_the_whole(figures: Figures) -> None:
    """pakn-tiep-nhan is 6: four about land may be, nine may not."""
    assert found("Tiếp nhận 4 phản ánh, kiến nghị về đất đai.", figures) == []
    assert found("Tiếp nhận 9 phản ánh, kiến nghị về đất đai.", figures) == [
        ("pakn-tiep-nhan", "9")
    ]


def test_the_message_names_both_sides(figures: Figures) -> None:
    passage = Passage("Đã hoàn thành 30/38 nhiệm vụ.", Role.BULLET, 0, Place(Path()))
    ((_, message),) = contradictions(passage, figures, 2025)
    assert message == "lời văn ghi 30/38, phụ lục có “Tỷ lệ nhiệm vụ đã hoàn thành” là 21/38"


def test_a_sentence_may_mean_those_pending() -> None:
    """Of the project's quarter one file was settled late, none is pending late."""
    figures = read_figures(load_workspace(ROOT / "content", 2025), "q3")
    assert found("Hồ sơ đang giải quyết là 86, không có hồ sơ quá hạn.", figures) == []
    assert found("Trong kỳ không có hồ sơ quá hạn.", figures) == [
        ("ho-so-qua-han", "không có hồ sơ quá hạn")
    ]
    assert found("Hồ sơ đang giải quyết là 80.", figures) == [("ho-so-dang-giai-quyet", "80")]


def test_the_self_assessment_is_of_the_year(tmp_path: Path) -> None:
    """Its sentences are compared with the annual report, and only where there is one."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("*.pdf", "*.jpg"))
    answers = content / "2025" / "tu-danh-gia.yaml"
    text = answers.read_text("utf-8")
    told = "Trong năm không phát sinh trường hợp bị xử lý kỷ luật"
    assert text.count(told) == 1
    (rule,) = (each for each in all_rules() if each.id == "so-lieu/lech-phu-luc")

    def found(*writings: Writing) -> list[str]:
        project = Project(load_workspace(content, 2025), writings, {"plan"})
        return [hit.at.excerpt for hit in hits_of(rule, project)]

    assert found() == []
    report_file = content / "2025" / "bao-cao" / "q3.yaml"
    report = report_file.read_text("utf-8")
    report = report.replace("ky-luat-cong-chuc: 0", "ky-luat-cong-chuc: 1")
    quiet = report.replace(
        "trong kỳ không có\n        trường hợp phải xử lý kỷ luật", "đã nhắc nhở"
    )
    (content / "2025" / "bao-cao" / "year.yaml").write_text(quiet, "utf-8")
    assert found() == ["không phát sinh trường hợp bị xử lý kỷ luật"]
    # Only a document that prints something of the file is told of what the file says.
    assert (
        found(_printing("plan", answers)) == found(_printing("report-q3", report_file)) == found()
    )
    assert found(_printing("self-assessment", answers)) == []


def _printing(name: str, file: Path) -> Writing:
    """Return a document with one value of ``file``."""
    value = Source(0, 1, Kind.TYPED, (Located(Place(shown_path(file), 1, 1)),))
    return Writing(name, (Passage("A", Role.BODY, 1, Place(file), sources=(value,)),))
