"""How documents are built: sections, leads, purposes, headings, topics, recipients, repeats."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issued import issued_paragraphs
from reading import excerpts, hits
from support import changed, write_content
from vanban.checks.content.sections import families, is_plan, is_report, sections
from vanban.checks.content.topics import topics
from vanban.checks.registry import all_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing
from vanban.workspace.load import load_workspace

PLAN = "KẾ HOẠCH\n"


def outline(text: str) -> list[tuple[str, str, int]]:
    """Return label, title and number of passages of each section."""
    found = sections(plain_writing(text, Path("x")))
    return [(each.label, each.title, len(each.content)) for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PHẦN I\nMỤC ĐÍCH\n1. Một.\n- Hai", [("PHẦN I", "MỤC ĐÍCH", 2)]),
        (
            "Phần I. CHUNG\nI. MỘT\n1.1. Hai\n- a\nII. BA\n- b\nNơi nhận:\n- c",
            [("Phần I", "CHUNG", 2), ("I", "MỘT", 1), ("1.1", "Hai", 1), ("II", "BA", 1)],
        ),
        ("1. Phòng Kinh tế: Chủ trì thực hiện.\n2. Tiêu đề\n- a", [("2", "Tiêu đề", 1)]),
        ("# Một\nđoạn\n## Hai\nđoạn\n# Ba", [("", "Một", 2), ("", "Hai", 1), ("", "Ba", 0)]),
        ("PHẦN I\nPHẦN II\nHAI", [("PHẦN I", "", 0), ("PHẦN II", "HAI", 0)]),
        ("Đoạn văn.\n- Ý.\n12/KH-UBND", []),
    ],
)
def test_sections(text: str, found: list[tuple[str, str, int]]) -> None:
    assert outline(text) == found


def test_parts_of_parts() -> None:
    writing = plain_writing("I. A\n1. B\n1.1. C\n2. D\nII. E", Path("x"))
    below = {
        None if above is None else above.title: [each.title for each in each_below]
        for above, each_below in families(writing).items()
    }
    assert below == {None: ["A", "E"], "A": ["B", "D"], "B": ["C"]}


@pytest.mark.parametrize(
    ("text", "plan", "report"),
    [
        ("KẾ HOẠCH\nCải cách", True, False),
        ("I. MỤC ĐÍCH, YÊU CẦU", True, False),
        ("BÁO CÁO\nKết quả", False, True),
        ("Một đoạn văn về kế hoạch.", False, False),
    ],
)
def test_kinds(text: str, plan: bool, report: bool) -> None:
    writing = plain_writing(text, Path("x"))
    assert (is_plan(writing), is_report(writing)) == (plan, report)


TASKS = PLAN + "I. NHIỆM VỤ, GIẢI PHÁP\n1. Thủ tục hành chính\n- Rà soát thủ tục.\n"


@pytest.mark.parametrize(
    ("text", "lead", "deadline"),
    [
        (TASKS, ["1. Thủ tục hành chính"], ["1. Thủ tục hành chính"]),
        (TASKS + "- Cơ quan chủ trì: Văn phòng.", [], ["1. Thủ tục hành chính"]),
        (TASKS + "- Giao Phòng Kinh tế báo cáo trước ngày 01/9/2025.", [], []),
        (TASKS + "- Số hóa hồ sơ trong quý IV.", ["1. Thủ tục hành chính"], []),
        (PLAN + "I. NHIỆM VỤ\n1. Thủ tục hành chính\nII. TỔ CHỨC THỰC HIỆN", [], []),
        ("BÁO CÁO\nI. NHIỆM VỤ, GIẢI PHÁP\n- Rà soát thủ tục.", [], []),
    ],
)
def test_leads_and_deadlines(text: str, lead: list[str], deadline: list[str]) -> None:
    assert excerpts("ke-hoach/thieu-chu-tri", text) == lead
    assert excerpts("ke-hoach/thieu-thoi-han", text) == deadline


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("# MỤC ĐÍCH\n- Hiện nay, phường có 12 tổ dân phố.", 1),
        ("# MỤC ĐÍCH\n1. Kết quả năm qua đã vượt chỉ tiêu.", 1),
        ("# MỤC ĐÍCH\n- Trên cơ sở kết quả năm qua, nhằm nâng cao chất lượng.", 0),
        ("# MỤC ĐÍCH\n- Việc ban hành kế hoạch để thống nhất thực hiện.", 0),
        ("# MỤC ĐÍCH, YÊU CẦU\n- Các đơn vị nghiêm túc thực hiện.", 0),
        ("# MỤC ĐÍCH, YÊU CẦU\n## YÊU CẦU\n- Năm 2024 phường đứng đầu.", 0),
        ("# NHIỆM VỤ\n- Năm 2024 phường đứng đầu.", 0),
    ],
)
def test_purposes(text: str, count: int) -> None:
    assert len(hits("ke-hoach/muc-dich", text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I. CHỈ SỐ CỦA A - B\nII. CHỈ SỐ CỦA C - D\nIII. CHỈ SỐ CỦA E", ["III. CHỈ SỐ CỦA E"]),
        ("I. CHỈ SỐ CỦA “A”\nII. CHỈ SỐ CỦA “B”\nIII. CHỈ SỐ CỦA C", ["III. CHỈ SỐ CỦA C"]),
        ("1. Về a\n2. Về b\n3. Thực hiện c\n4. Về d", ["3. Thực hiện c"]),
        ("1. Cải cách a\n2. Cải cách b\n3. Xây dựng c\n4. Cải cách d", []),
        ("1. Về a\n2. Về b\n3. Khảo sát\n4. Sáng kiến", []),
        ("I. CHỈ SỐ A - B\nII. TỔ CHỨC THỰC HIỆN\nIII. KINH PHÍ", []),
    ],
)
def test_headings_of_one_level(text: str, found: list[str]) -> None:
    assert excerpts("de-muc/cung-cap-khac-mau", text) == found


def test_what_is_odd_about_a_heading_is_said_once() -> None:
    text = "I. CHỈ SỐ CỦA A - B\nII. CHỈ SỐ CỦA C - D\nIII. CHỈ SỐ CỦA E"
    (hit,) = hits("de-muc/cung-cap-khac-mau", text)
    assert hit.message.endswith("(I, II): các đề mục kia có gạch nối “ - ” giữa hai phần")


def plan_of(*headings: str) -> str:
    return "".join(
        f"{number}. Mục\n{number}.1. Nội dung và mục tiêu\n{number}.2. {heading}\n"
        for number, heading in enumerate(headings, 1)
    )


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ("Phân công nhiệm vụ", "Phân công nhiệm vụ", "Phân công trách nhiệm"),
            ["3.2. Phân công trách nhiệm"],
        ),
        (("Phân công nhiệm vụ",) * 3, []),
        (("Phân công", "Kết quả", "Nguyên nhân"), []),
    ],
)
def test_headings_in_one_place(headings: tuple[str, ...], found: list[str]) -> None:
    assert excerpts("de-muc/tuong-ung-khac-loi", plan_of(*headings)) == found


PAPI = PLAN + "# CHỈ SỐ PAPI\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "## Quản trị điện tử\n- Nâng cấp trạm y tế, trường học.",
            ["Nâng cấp trạm y tế, trường học."],
        ),
        ("## Quản trị điện tử\n- Nâng cấp trang thông tin của trạm y tế, trường học.", []),
        ("## Cung ứng dịch vụ công\n- Nâng cấp trạm y tế, trường học.", []),
        ("## Cung ứng dịch vụ công\n- Họp giao ban.", []),
        ("## Mục khác\n- Nâng cấp trạm y tế, trường học.", []),
    ],
)
def test_tasks_out_of_place(text: str, found: list[str]) -> None:
    assert excerpts("ke-hoach/noi-dung-lac", PAPI + text) == found


def test_fields_that_lack() -> None:
    fields = [topic for topic in topics() if topic.index == "PAR INDEX"]
    every = "".join(f"## {topic.name}\n" for topic in fields)
    title = PLAN + "# CHỈ SỐ CẢI CÁCH HÀNH CHÍNH\n"
    assert hits("ke-hoach/thieu-linh-vuc", title + every) == []
    assert hits("ke-hoach/ten-linh-vuc", title + every) == []
    (hit,) = hits("ke-hoach/thieu-linh-vuc", title + every.replace(f"## {fields[1].name}\n", ""))
    assert "2. Cải cách thể chế" in hit.message
    assert hits("ke-hoach/thieu-linh-vuc", PLAN + "# NHIỆM VỤ\n" + every) == []


BASIS = "Thực hiện Công văn số 17/UBND-VX ngày 30/6/2025 của {} về chỉ số.\n"


@pytest.mark.parametrize(
    ("issuer", "recipients", "count"),
    [
        ("UBND thành phố Huế", "- Đảng ủy phường;\n- Lưu: VT.", 1),
        ("UBND thành phố Huế", "- UBND thành phố;\n- Lưu: VT.", 0),
        ("Sở Nội vụ", "- UBND thành phố;\n- Lưu: VT.", 1),
        ("Sở Nội vụ", "- Sở Nội vụ thành phố (để b/c);\n- Lưu: VT.", 0),
        ("Thủ tướng Chính phủ", "- UBND thành phố;\n- Lưu: VT.", 0),
        ("UBND phường Trần Liễu", "- UBND thành phố;\n- Lưu: VT.", 0),
    ],
)
def test_recipients(issuer: str, recipients: str, count: int) -> None:
    text = f"{BASIS.format(issuer)}Nơi nhận:\n{recipients}"
    assert len(hits("noi-nhan/thieu-co-quan-giao", text)) == count


def test_an_agency_is_no_recipient_of_its_own_document(tmp_path: Path) -> None:
    change = changed("co-quan.yaml", "ten: Ủy ban nhân dân phường Trần Liễu", "ten: Sở Tài chính")
    workspace = load_workspace(write_content(tmp_path, change), 2025)
    (rule,) = (each for each in all_rules() if each.id == "noi-nhan/thieu-co-quan-giao")
    for issuer, count in (("Sở Tài chính", 0), ("Sở Nội vụ", 1)):
        text = f"{BASIS.format(issuer)}Nơi nhận:\n- Các phòng;\n- Lưu: VT."
        writing = plain_writing(text, Path("x"), workspace)
        assert len(list(hits_of(rule, Project(None, (writing,))))) == count


LONG = (
    "phát huy vai trò giám sát của Nhân dân và các tổ chức đoàn thể khi triển khai chương trình, "
    "dự án trên địa bàn phường, kịp thời tiếp nhận, xử lý phản ánh, kiến nghị của người dân"
)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ((f"- Tuyên truyền; {LONG}.", f"- Kiểm tra; {LONG}; báo cáo."), 1),
        ((f"- Một; {LONG}.", f"- Hai; {LONG}.", f"- Ba; {LONG}."), 2),
        ((f"- Đạt 100% {LONG}.", f"- Đạt 90% {LONG}."), 0),
        ((f"- Đạt 100%; {LONG}.", f"- Đạt 90%; {LONG}."), 1),
        ((f"- Cơ quan phối hợp: {LONG}.", f"- Cơ quan phối hợp: {LONG}."), 0),
        (("- Rà soát thủ tục hành chính.", "- Rà soát thủ tục hành chính."), 0),
    ],
)
def test_repeats(lines: tuple[str, ...], count: int) -> None:
    found = hits("trung-lap/doan-van", "\n".join(lines))
    assert len(found) == count
    assert len({hit.matter for hit in found}) == min(count, 1)


def test_what_stands_under_no_task_is_no_repeat() -> None:
    text = f"Nơi nhận:\n- {LONG};\n# {LONG}"
    assert hits("trung-lap/doan-van", text) == []


@given(st.lists(st.sampled_from([*LONG.split(), ".", ";", "\n", "- ", "1. ", "I. "]), max_size=150))
def test_any_text_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for rule in ("trung-lap/doan-van", "de-muc/cung-cap-khac-mau", "ke-hoach/muc-dich"):
        for hit in hits(rule, text):
            assert hit.at.excerpt in text


def test_the_issued_plan() -> None:
    text = "\n".join(issued_paragraphs())
    assert excerpts("ke-hoach/to-chuc-thuc-hien", text) == ["IV. TỔ CHỨC THỰC HIỆN"]
    assert len(excerpts("ke-hoach/thieu-chu-tri", text)) == 2
    assert len(excerpts("ke-hoach/noi-dung-lac", text)) == 6
    assert len(excerpts("trung-lap/doan-van", text)) == 1


def test_places_in_content(tmp_path: Path) -> None:
    area = (
        "ma: papi\nten: Chỉ số PAPI\nchi_so: PAPI\n"
        "nhiem_vu:\n  - {ma: papi-1, noi_dung: Công khai ngân sách.}\n"
    )
    workspace = load_workspace(write_content(tmp_path, {"2025/linh-vuc/04-papi.yaml": area}))
    text = PLAN + "# NHIỆM VỤ, GIẢI PHÁP\n## CHỈ SỐ PAPI\n- Công khai ngân sách."
    (hit,) = hits("ke-hoach/thieu-chu-tri", text, workspace)
    assert hit.at.place.file.name == "04-papi.yaml"  # type: ignore[union-attr]
