"""A slip of the keyboard in a real file → the one message that names it, at its place."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

from pathlib import Path

import pytest

from support import CONTENT, write_content
from vanban.app.load import load_content
from vanban.errors import ContentError, Place, Problem

AGENCY, INDICATORS = "co-quan.yaml", "chi-tieu.yaml"
AREA, PLAN, REPORT = "2025/linh-vuc/03-thu-tuc.yaml", "2025/ke-hoach.yaml", "2025/bao-cao/q3.yaml"
DEEP = "thụt sâu hơn"
GLUED = "thiếu dấu cách sau dấu hai chấm — viết “khóa: giá trị”"


def told(root: Path, name: str, old: str, new: str) -> list[str]:
    """Return the problems of the small content with ``old`` made ``new`` once in file ``name``."""
    assert old in CONTENT[name]
    content = write_content(root, {name: CONTENT[name].replace(old, new, 1)})
    try:
        problems = load_content(content, 2025).problems
    except ContentError as error:
        problems = error.problems
    return [str(problem).rpartition("content/")[2] for problem in problems]


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        # what git leaves
        (REPORT, "  hs-truc-tiep: 311\n", "<<<<<<< HEAD\n  hs-truc-tiep: 311\n=======\n  hs-truc-tiep: 312\n>>>>>>> b\n", ":9:1: còn dòng “<<<<<<<” do git đánh dấu"),
        (REPORT, "  hs-truc-tiep: 311\n", "  hs-truc-tiep: 311\n>>>>>>> nhánh khác\n", ":10:1: còn dòng “>>>>>>>” do git"),
        (REPORT, "so_lieu:\n", "=======\nso_lieu:\n", ":7:1: còn dòng “=======” do git"),
        (REPORT, "so_lieu:\n", "||||||| 1a2b3c\nso_lieu:\n", ":7:1: còn dòng “|||||||” do git"),
        # odd blanks
        (REPORT, "  hs-truc-tiep: 311\n  so", "\u00a0\u00a0hs-truc-tiep: 311\n\u00a0\u00a0so", ":9:1: thụt đầu dòng bằng dấu cách không ngắt (U+00A0)"),
        (REPORT, "  hs-truc-tiep: 311", "\u200b  hs-truc-tiep: 311", ":9:1: thụt đầu dòng bằng ký tự ẩn (U+200B)"),
        (REPORT, "  hs-truc-tiep: 311", "\u2003 hs-truc-tiep: 311", ":9:1: thụt đầu dòng bằng dấu cách lạ (U+2003)"),
        (REPORT, "hs-truc-tuyen: 1204", "hs-truc-tuyen:\u00a01204", ":8:17: dấu cách không ngắt (U+00A0) ở cạnh dấu hai chấm"),
        (REPORT, "hs-truc-tuyen: 1204", "hs-truc-tuyen\u00a0: 1204", ":8:16: dấu cách không ngắt (U+00A0) ở cạnh dấu hai chấm"),
        (REPORT, "- Ban hành Kế", "-\u00a0Ban hành Kế", ":13:6: dấu cách không ngắt (U+00A0) sau dấu gạch"),
        # a line that went into the group above it
        (REPORT, "hs-truc-tiep: 311\n", "hs-truc-tiep:\n    gia_tri: 311\n    hs-buu-chinh: 5\n", ":11:5: hs-buu-chinh: không có khóa “hs-buu-chinh” ở đây, có lẽ dòng này thụt vào quá sâu — đặt thẳng hàng với “hs-truc-tiep”"),
        # a space or a colon that is missing
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep:311", f":9:15: {GLUED}"),
        (REPORT, "hs-truc-tuyen: 1204", "hs-truc-tuyen:1204", f":8:16: {GLUED}"),
        (REPORT, "so-ky-luat: {gia_tri: 0, ", "so-ky-luat: {gia_tri:0, ", ":10:16: gia_tri:0: thiếu dấu cách sau dấu hai chấm — viết “gia_tri: 0”"),
        (REPORT, "- Ban hành Kế", "- noi_dung:Ban hành Kế", ":13:7: ke_hoach: thiếu dấu cách sau dấu hai chấm — viết “noi_dung: …”"),
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep 311", ":9:15: thiếu dấu hai chấm sau “hs-truc-tiep” — viết “hs-truc-tiep: 311”"),
        (REPORT, "hs-truc-tuyen: 1204", "hs-truc-tuyen 1204", ":8:16: thiếu dấu hai chấm sau “hs-truc-tuyen” — viết “hs-truc-tuyen: 1204”"),
        (REPORT, "hs-truc-tuyen: 1204\n  hs-truc-tiep: 311\n  so-ky-luat: {gia_tri: 0, ghi_chu: Không có}", "hs-truc-tuyen 1204", ":8:3: so_lieu: thiếu dấu hai chấm sau “hs-truc-tuyen”"),
        (REPORT, "nguoi_ky: chu-tich", "nguoi_ky chu-tich", ":5:9: thiếu dấu hai chấm sau “nguoi_ky” — viết “nguoi_ky: chu-tich”"),
        (REPORT, "pham_vi: Số liệu từ", "pham_vi Số liệu từ", ":6:8: thiếu dấu hai chấm sau “pham_vi”"),
        (AREA, "  - ma: tthc-01", "  - ma:tthc-01", f":7:7: {GLUED}"),
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep：311", ":9:15: dấu “：” (U+FF1A) không phải dấu hai chấm"),
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep; 311", ":9:15: dấu “;” (U+003B) không phải dấu hai chấm"),
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep = 311", ":9:15: dấu “=” (U+003D) không phải dấu hai chấm"),
        (REPORT, "kien_nghi:", "kien_nghi", ":28:9: thiếu dấu hai chấm sau “kien_nghi” — viết “kien_nghi:”"),
        (REPORT, "ket_qua:", "ket_qua", ":14:7: thiếu dấu hai chấm sau “ket_qua” — viết “ket_qua:”"),
        # indentation
        (REPORT, "  hs-truc-tiep: 311", "    hs-truc-tiep: 311", f":9:17: hs-truc-tiep: dòng này {DEEP} khóa ở trên"),
        (REPORT, "  hs-truc-tiep: 311\n  so", "    hs-truc-tiep: 311\n    so", f":9:17: hs-truc-tiep: dòng này {DEEP} khóa ở trên"),
        (REPORT, "nguoi_ky: chu-tich", "  nguoi_ky: chu-tich", f":5:3: dòng này {DEEP} các dòng cùng nhóm"),
        (AREA, "    noi_dung: Từ", "      noi_dung: Từ", f":8:15: noi_dung: dòng này {DEEP} khóa ở trên"),
        (REPORT, "  hs-truc-tiep: 311", " hs-truc-tiep: 311", ":9:2: dòng này thụt vào không khớp"),
        (REPORT, "  hs-truc-tiep: 311", "\ths-truc-tiep: 311", ":9:1: có dấu tab ở chỗ thụt đầu dòng"),
        (REPORT, "  - Đề nghị", "  -\tĐề nghị", ":29:4: có dấu tab sau dấu gạch đầu mục"),
        # figures
        (REPORT, "hs-truc-tiep: 311", "hs-truc-tiep: 1,486", ":9:17: hs-truc-tiep: “1,486” không viết liền — viết 1486"),
        # keys
        (REPORT, "so_lieu:", "so_lieuu:", ":7:1: so_lieuu: không có khóa “so_lieuu” — có phải “so_lieu”?"),
        (AGENCY, "{ma: van-hoa-xa-hoi", "{maa: van-hoa-xa-hoi", "maa: không có khóa “maa” — có phải “ma”?"),
        (AREA, "nhiem_vu:", "nhiemvu:", ":6:1: nhiemvu: không có khóa “nhiemvu” — có phải “nhiem_vu”?"),
        (INDICATORS, "chi_tieu:", "chitieu:", ":5:9: chitieu: không có khóa “chitieu” — có phải “chi_tieu”?"),
        (PLAN, "to_chuc_thuc_hien:", "to_chuc_thuc_hienn:", "to_chuc_thuc_hienn: không có khóa"),
        # ids
        (REPORT, "noi_nhan: [dang-uy]", "noi_nhan: [dang-uy\u200b]", ":3:12: noi_nhan: có ký tự ẩn U+200B"),
        (REPORT, "hs-truc-tiep: 311", "hs\u2011truc\u2011tiep: 311", ":9:3: hs\u2011truc\u2011tiep: dấu “\u2011” (U+2011) không phải dấu gạch nối"),
        (REPORT, "nguoi_ky: chu-tich", "nguoi_ky: chu\u2013tich", ":5:11: nguoi_ky: dấu “\u2013” (U+2013) không phải dấu gạch nối"),
        (REPORT, "nguoi_ky: chu-tich", f"nguoi_ky: {'a' * 5000}", "aaa…” — thêm vào co-quan.yaml"),
        (REPORT, "hs-truc-tiep: 311", f"hs-truc-tiep: {'a' * 5000}", "aaa…” (5000 ký tự) không phải là số — viết như 1204"),
        (REPORT, "nguoi_ky: chu-tich", f"nguoi_ky: chu-tich\nngay: {'1' * 5000}", "11…” (5000 ký tự) không phải là ngày — viết ngày/tháng/năm"),
    ],
)  # fmt: skip
def test_one_slip_is_told_once_and_by_its_name(
    tmp_path: Path, name: str, old: str, new: str, expected: str
) -> None:
    (line,) = told(tmp_path, name, old, new)
    assert line.startswith(name)
    assert expected in line
    assert len(line) < 420
    assert "：" in new or "：" not in line


def test_an_entry_that_is_only_a_comment_is_said_to_be_one(tmp_path: Path) -> None:
    comment = CONTENT[AGENCY] + "# - ma: pho-chu-tich\n#   ho_ten: Nguyễn Văn A\n"
    report = CONTENT[REPORT].replace("nguoi_ky: chu-tich", "nguoi_ky: pho-chu-tich")
    content = write_content(tmp_path, {AGENCY: comment, REPORT: report})
    (problem,) = load_content(content, 2025).problems
    line = comment.splitlines().index("# - ma: pho-chu-tich") + 1
    words = f"“pho-chu-tich” đang là dòng ghi chú trong co-quan.yaml (dòng {line})"
    assert problem.message.startswith(words)


def test_a_suggested_id_has_no_hidden_characters(tmp_path: Path) -> None:
    lines = told(tmp_path, AGENCY, "dang-uy", "dang-uy\u200bx")
    assert any("có phải “dang-uyx”?" in line for line in lines)
    assert not any("\u200b" in line for line in lines)


@pytest.mark.parametrize(
    "text", ["a:\n  - b\n  -\n", "a: [b, c\n", "a: 'b\n\n\n", "a:\n  b: [\n\n"]
)
def test_no_place_lies_past_the_end_of_its_line(tmp_path: Path, text: str) -> None:
    content = write_content(tmp_path, {REPORT: text})
    lines = text.split("\n")
    for problem in load_content(content, 2025).problems:
        place = problem.place
        assert 1 <= place.line <= len(lines)
        assert place.column <= max(len(lines[place.line - 1]), 1)


def test_hidden_characters_of_a_value_are_not_echoed() -> None:
    problem = Problem(Place(Path("a.yaml"), 1, 2), "k", "“x\x00y\u200b” là lạ")
    assert str(problem) == "a.yaml:1:2: k: “x\ufffdy\ufffd” là lạ"
