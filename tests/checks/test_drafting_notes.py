"""Instructions, examples and places to fill in that were left in content."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from support import changed, write_content
from test_cli import make_project, run
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.errors import ContentError
from vanban.workspace.load import load_workspace

TASK = ("2025/linh-vuc/03-thu-tuc.yaml", "Từ 60% hồ sơ trở lên được nhận trực tuyến.")
FACT = ("2025/bao-cao/q3.yaml", "Duy trì cơ chế một cửa.")
NEXT = ("2025/bao-cao/q3.yaml", "Tiếp tục thực hiện Kế hoạch.")
NOTE = ("2025/bao-cao/q3.yaml", "Không có")
PROPOSAL = ("2025/bao-cao/q3.yaml", "Đề nghị tập huấn phần mềm.")
SCOPE = ("2025/bao-cao/q3.yaml", "Số liệu từ ngày 15/6/2025 đến ngày 14/9/2025.")
RULES = {rule.id: rule for rule in all_rules() if rule.group == "noi-dung"}


def found(where: tuple[str, str], text: str, folder: Path) -> list[str]:
    """Return the rules that tell something of ``text`` as a value of content."""
    change = changed(where[0], where[1], json.dumps(text, ensure_ascii=False))
    project = Project(load_workspace(write_content(folder, change), 2025), ())
    return [id for id, rule in RULES.items() for _ in hits_of(rule, project)]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        # those of the shipped example, as they once were
        (FACT, "Nêu kết quả nổi bật."),
        (FACT, "Nêu sáng kiến, cách làm mới (nếu có)."),
        (NEXT, "Nêu nhiệm vụ trọng tâm của kỳ tiếp theo."),
        (NEXT, "Nêu kiến nghị với cấp trên (nếu có)."),
        (SCOPE, "Số liệu gồm các phòng; nêu rõ có hay không số liệu của các xã."),
        # others of the kind
        (FACT, "- Mô tả kết quả nổi bật."),
        (FACT, "Trình bày nguyên nhân chủ quan."),
        (FACT, "Ghi kết quả kiểm tra."),
        (FACT, "Nêu rõ nguyên nhân hồ sơ quá hạn."),
        (FACT, "Tóm tắt các sáng kiến."),
        (FACT, "Phường đã ban hành kế hoạch. Ghi số, ngày của kế hoạch."),
        (FACT, "Đã xử lý các vi phạm (nếu có)."),
        (FACT, "Viết một đoạn ngắn."),
        (FACT, "Cập nhật số liệu của kỳ."),
        (NEXT, "Liệt kê các nhiệm vụ trọng tâm."),
        (NEXT, "Ví dụ: đẩy mạnh số hóa."),
        (TASK, "Nêu mục tiêu chung."),
        (TASK, "Ghi tên nhiệm vụ và đơn vị chủ trì."),
        (NOTE, "Ghi rõ nguồn số liệu."),
        (NEXT, "Lưu ý: chỉ nêu nhiệm vụ chính."),
        (TASK, "Nhập lời văn vào đây."),
        (TASK, "Phòng (ghi rõ tên đơn vị) chủ trì."),
        (TASK, "Viết 2 - 3 câu về yêu cầu."),
        (TASK, "Nếu không có thì xóa dòng này."),
        (TASK, "Rà soát thủ tục. HƯỚNG DẪN: nêu thời hạn"),
    ],
)
def test_instructions_are_told(where: tuple[str, str], text: str, tmp_path: Path) -> None:
    assert found(where, text, tmp_path) == ["noi-dung/loi-huong-dan"]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (TASK, "Nêu cao tinh thần trách nhiệm; nêu gương người đứng đầu."),
        (TASK, "Nêu rõ trách nhiệm của từng đơn vị."),
        (TASK, "Ghi nhận, biểu dương tập thể, cá nhân có thành tích."),
        (TASK, "Ghi rõ lý do trong phiếu xin lỗi."),
        (TASK, "Trình bày báo cáo tại hội nghị; cập nhật số liệu hằng tháng."),
        (TASK, "Báo cáo kịp thời khó khăn, vướng mắc (nếu có)."),
        (TASK, "Hướng dẫn người dân nộp hồ sơ trực tuyến."),
        (TASK, "Ban hành Hướng dẫn: số hóa hồ sơ."),
        (TASK, "Tại đây, người dân được hướng dẫn viết hồ sơ."),
        (TASK, "Rà soát thủ tục về đất đai, hộ tịch, chứng thực, …"),
        (TASK, "Chào mừng Đại hội lần thứ XXX; giảm từ < 5% xuống."),
        (TASK, "Thực hiện theo Chương XXX của Quy chế; Khóa XXX họp kỳ thứ ba."),
        (TASK, "Gửi về địa chỉ <ubnd@haiphong.gov.vn> hoặc <https://haiphong.gov.vn>."),
        (TASK, "Chào mừng Đại hội lần thứ XX của Đảng bộ."),
        (FACT, "Lưu ý: hồ sơ đất đai tăng."),
        (FACT, "Ghi nhận 12 phản ánh."),
        (NOTE, "Không tính hợp đồng lao động."),
        (FACT, "Nhập dữ liệu 1.711 hồ sơ lên hệ thống; viết 24 tin, bài."),
        (FACT, "Bổ sung nội dung của quy chế làm việc, ban hành trong tháng 8."),
        (FACT, "Mô tả 45 vị trí việc làm."),
        (FACT, "Trong kỳ không phát sinh."),
        (NEXT, "Khắc phục các tồn tại (nếu có)."),
        (PROPOSAL, "Đề nghị hướng dẫn các vướng mắc (nếu có)."),
    ],
)
def test_content_is_left_alone(where: tuple[str, str], text: str, tmp_path: Path) -> None:
    assert found(where, text, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("chi-tieu.yaml", "ten: Hồ sơ đã tiếp nhận"),
        ("van-ban.yaml", "trich_yeu: nâng cao Chỉ số cải cách hành chính"),
        ("co-quan.yaml", "ten_ngan: UBND phường Trần Liễu"),
    ],
)
def test_instructions_in_registers_are_told(name: str, old: str, tmp_path: Path) -> None:
    """They are told, or what needs the item that is gone is."""
    typed = f'{old.partition(":")[0]}: "HƯỚNG DẪN: ghi tên"'
    content = write_content(tmp_path, changed(name, old, typed))
    try:
        project = Project(load_workspace(content, 2025), ())
    except ContentError as error:
        assert "không có chỉ tiêu" in str(error)
        return
    (hit,) = hits_of(RULES["noi-dung/loi-huong-dan"], project)
    assert hit.at.excerpt == "ghi tên"


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ đạt ……%.",
        "Tỷ lệ đạt … %.",
        "Tỷ lệ đạt X%.",
        "Kế hoạch số …/KH-UBND.",
        "Hoàn thành trước ngày … tháng … năm 2025.",
        "Giao [điền tên phòng] chủ trì.",
        "Giao <tên phòng> chủ trì.",
        "Giao {tên phòng} chủ trì.",
        "Giao «TenPhong» chủ trì.",
        "Giao phòng xxx chủ trì.",
        "TODO rà soát thủ tục.",
        "Rà soát ..... thủ tục.",
        "Rà soát ____ thủ tục.",
        "Đồng chí Nguyễn Văn A phụ trách.",
        "Bổ sung sau.",
        "Cần bổ sung số liệu.",
        "Tổ chức XX hội nghị.",
        "…",
        ".",
    ],
)
def test_places_to_fill_in_are_told(text: str, tmp_path: Path) -> None:
    assert found(TASK, text, tmp_path) == ["noi-dung/cho-dien"]


@pytest.mark.parametrize(
    ("where", "text", "told"),
    [
        (FACT, "Đã tiếp nhận {hs-tiep-nhan}.", []),
        (FACT, "Đã tiếp nhận {hs-tiep-nhan}, {tên phòng} giải quyết.", ["noi-dung/cho-dien"]),
        (TASK, "Đã tiếp nhận {hs-tiep-nhan}.", ["noi-dung/cho-dien"]),
    ],
)
def test_a_reference_to_a_figure_is_no_place_to_fill_in(
    where: tuple[str, str], text: str, told: list[str], tmp_path: Path
) -> None:
    assert found(where, text, tmp_path) == told


@pytest.mark.parametrize("piece", ["[", "«", "(nêu a ", "số ", "Viết 2 a ", "… a ", "xóa dòng "])
def test_a_hostile_value_takes_no_longer_than_its_length(piece: str, tmp_path: Path) -> None:
    """The one test here with a limit of processor time; a quadratic rule takes a minute."""
    text = json.dumps(f"a {piece * (100_000 // len(piece))}", ensure_ascii=False)
    content = write_content(tmp_path, changed(*FACT, text))
    project = Project(load_workspace(content, 2025), ())
    start = time.process_time()
    for rule in RULES.values():
        list(hits_of(rule, project))
    assert time.process_time() - start < 6


def test_nothing_is_told_of_the_own_content_of_the_project() -> None:
    content = Path(__file__).parents[2] / "content"
    project = Project(load_workspace(content, 2025), ())
    assert [hit for rule in RULES.values() for hit in hits_of(rule, project)] == []


@pytest.mark.parametrize("text", ["Rà soát ..... thủ tục.", "Phòng (ghi tên phòng) chủ trì."])
def test_a_place_to_fill_in_is_told_once(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, monkeypatch, changed(*TASK, text))
    told = [line for line in run("check", "plan").stdout.splitlines() if "chưa điền" in line]
    told += [line for line in run("check", "plan").stdout.splitlines() if "hướng dẫn" in line]
    assert len([line for line in told if line.startswith("content/")]) == 1


def test_an_instruction_is_an_error_with_its_place_and_is_never_final(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = changed(*TASK, '"HƯỚNG DẪN: nêu nhiệm vụ"')
    make_project(tmp_path, monkeypatch, change)
    checked = run("check", "plan")
    assert checked.exit_code == 1
    assert "content/2025/linh-vuc/03-thu-tuc.yaml:8:" in checked.stdout
    assert "[noi-dung/loi-huong-dan]" in checked.stdout
    built = run("build", "plan")
    assert built.exit_code == 0
    assert "content/2025/linh-vuc/03-thu-tuc.yaml:8:" in built.stdout
    assert run("build", "plan", "--final").exit_code == 1
