"""What is still an instruction: told by what it is called, and where it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidences import write_evidence
from support import CONTENT, changed, write_content
from vanban.app.catalogue import buildable
from vanban.app.load import load_content
from vanban.app.year_review import review_year
from vanban.compose.composed import Gap
from vanban.desk.finding_list import lacking, list_of
from vanban.desk.unwritten import unwritten
from vanban.workspace.folder import shown_path

TEMPLATES = Path(__file__).parents[2] / "templates"
PLAN, AREA = "2025/ke-hoach.yaml", "2025/linh-vuc/03-thu-tuc.yaml"
REPORT = "2025/bao-cao/q3.yaml"
TO_ANSWER = '"HƯỚNG DẪN: ghi chon: co hoặc khong"'


def test_a_group_of_keys_is_written_in_its_file(tmp_path: Path) -> None:
    content = shown_path(write_evidence(tmp_path))
    path = content / "2025/tu-danh-gia.yaml"
    text = path.read_text(encoding="utf-8")
    answered = re.sub(r"^  1\.1\.1:.*\n(    .*\n)*", f"  1.1.1: {TO_ANSWER}\n", text, flags=re.M)
    path.write_text(answered, encoding="utf-8")
    loaded = load_content(content, 2025)
    to_write = unwritten(loaded.workspace, content)
    ((place, one),) = to_write.items()
    assert one.is_group and one.message.startswith("Chưa viết: Trả lời – ")
    review = review_year(loaded, TEMPLATES)
    found = list_of(review, {}, content, "self-assessment", (), to_write)
    (told,) = (
        each for group in found.groups for each in group.remarks if each.message == one.message
    )
    assert told.written is None
    (spot,) = told.spots
    assert spot.address.startswith(f"/tep-noi-dung/2025/tu-danh-gia.yaml?dong={place.line}:")


@pytest.mark.parametrize(
    ("name", "old", "new", "message", "sheet"),
    [
        (
            REPORT,
            "hs-truc-tiep: ",
            'hs-truc-tiep: "HƯỚNG DẪN: ghi số" #',
            "Chưa nhập số liệu: Hồ sơ nhận trực tiếp",
            "/so-lieu/q3#o-hs-truc-tiep",
        ),
        (REPORT, "pham_vi: ", 'pham_vi: "HƯỚNG DẪN: nêu" #', "Chưa viết: Phạm vi số liệu", ""),
        (REPORT, "- Đề nghị tập", "- HƯỚNG DẪN: nêu", "Chưa viết: Kiến nghị, đề xuất", ""),
        (PLAN, "ket_thuc: ", 'ket_thuc: "HƯỚNG DẪN: nêu" #', "Chưa viết: Kết thúc", ""),
        (
            AREA,
            "muc: từ 60% trở lên}",
            'muc: "HƯỚNG DẪN: nêu"}',
            "Chưa viết: Cải cách thủ tục hành chính – Nhiệm vụ thứ 1 – Chỉ tiêu thứ 1 – Mức",
            "",
        ),
    ],
)
def test_it_is_told_by_what_it_is_called(
    name: str, old: str, new: str, message: str, sheet: str, tmp_path: Path
) -> None:
    content = shown_path(write_content(tmp_path, changed(name, old, new)))
    loaded = load_content(content, 2025)
    to_write = unwritten(loaded.workspace, content)
    ((place, one),) = to_write.items()
    assert (one.message, one.sheet, str(one.file)) == (message, sheet, name)
    assert place.file == content / name
    document = "plan" if name != REPORT else "report-q3"
    names = {kind.id: kind.name for kind in buildable(loaded.workspace)}
    found = list_of(review_year(loaded, TEMPLATES), names, content, document, (), to_write)
    (told,) = (each for group in found.groups for each in group.remarks if each.message == message)
    assert (told.written is None) == bool(sheet)
    assert [spot.address for spot in told.spots if sheet] == ([sheet] if sheet else [])


FIGURES = ("hs-truc-tuyen", "hs-truc-tiep", "so-ky-luat")


@pytest.mark.parametrize(
    ("count", "lines"),
    [
        (1, ["Hồ sơ nhận trực tuyến"]),
        (2, ["Hồ sơ nhận trực tuyến", "Hồ sơ nhận trực tiếp"]),
        (3, ["3 chỉ tiêu"]),
    ],
)
def test_many_figures_are_told_together_before_what_follows(
    count: int, lines: list[str], tmp_path: Path
) -> None:
    text = CONTENT[REPORT].replace("- Đề nghị tập", "- HƯỚNG DẪN: nêu")
    for name in FIGURES[:count]:
        text, changes = re.subn(rf"(?m)^  {name}:.*$", f'  {name}: "HƯỚNG DẪN: ghi số"', text)
        assert changes == 1, name
    content = shown_path(write_content(tmp_path, {REPORT: text}))
    loaded = load_content(content, 2025)
    to_write, review = unwritten(loaded.workspace, content), review_year(loaded, TEMPLATES)
    figures = [f"Chưa nhập số liệu: {line}" for line in lines]
    written = "Chưa viết: Kiến nghị, đề xuất"
    for document in ("report-q3", ""):
        found = list_of(review, {}, content, document, (), to_write)
        told = [
            each
            for group in found.groups
            for each in group.remarks
            if each.message.startswith("Chưa ")
        ]
        assert [each.message for each in told] == [*figures, written]
        addresses = [cell.address for each in told for cell in each.cells]
        assert addresses == [f"/so-lieu/q3#o-{name}" for name in FIGURES[:count]]
        (errors,) = (group for group in found.groups if told[0] in group.remarks)
        assert errors.count == len(errors.remarks) - len(lines) + count
    gaps = [Gap("còn lời hướng dẫn", place) for place in to_write]
    told = list(lacking("report-q3", gaps, content, to_write))
    assert [each.message for each in told] == [*figures, written]
    assert sum(each.count for each in told) == count + 1


def test_what_is_to_be_written_is_not_offered_to_be_accepted(tmp_path: Path) -> None:
    changes = changed(REPORT, "- Đề nghị tập", "- HƯỚNG DẪN: tạo thuận tiện cho")
    content = shown_path(write_content(tmp_path, changes))
    loaded = load_content(content, 2025)
    to_write, review = unwritten(loaded.workspace, content), review_year(loaded, TEMPLATES)
    found = list_of(review, {}, content, "", (), to_write)
    offered = {each.rule: each.can_be_accepted for group in found.groups for each in group.remarks}
    assert offered.pop("noi-dung/loi-huong-dan") is False
    offered.pop("", None)  # data that is missing
    assert offered and all(offered.values())
