"""What may be typed at the cursor, in files that need not load; and bytes that stay as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.app.completion import suggestions
from vanban.app.field import Option
from vanban.app.whole_file import bytes_of
from vanban.workspace.files import AREAS, PLAN, REPORTS

NAMES = {
    "đơn vị": (Option("van-phong", "Văn phòng"), Option("kinh-te", "Phòng Kinh tế")),
    "chỉ tiêu": (Option("hs-som", "Hồ sơ sớm"), Option("hs-tre", "Hồ sơ trễ")),
    "người ký": (Option("chu-tich", "Trần Thị Tình"),),
    "văn bản": (Option("cv-1", "Công văn 1"),),
}
ROWS = {"plan": PLAN.model, "area": AREAS.model, "report": REPORTS.model}
TASK = "ma: x\nnhiem_vu:\n  - ma: x-01\n    "


@pytest.mark.parametrize(
    ("row", "typed", "first", "lacking"),
    [
        ("plan", "", "nguoi_ky", ""),
        ("plan", "nguoi_ky: x\n", "trich_yeu", "nguoi_ky"),
        ("plan", "nguoi_ky: ", "chu-tich", "trich_yeu"),
        ("plan", "nguoi_ky: Trần", "chu-tich", ""),  # by its name as well
        ("plan", "phu_luc_nhiem_vu: ", "true", ""),
        ("plan", "can_cu:\n  - {mo_dau: Thực hiện, van", "van_ban", "mo_dau"),
        ("plan", "can_cu:\n  - {mo_dau: Thực hiện, van_ban: ", "cv-1", ""),
        ("plan", "can_cu:\n  - ", "van_ban", ""),
        ("plan", "luu: [van-phong, ", "van-phong", "trich_yeu"),
        ("plan", "luu:\n- ", "van-phong", "trich_yeu"),
        ("plan", "yeu_cau:\n  nhiem_vu:\n    - ma: x\n      ", "noi_dung", "ma"),
        ("plan", "yeu_cau:\n  ", "nhiem_vu", "trich_yeu"),
        ("area", "chi_so: ", "PAR INDEX", ""),
        ("area", TASK, "noi_dung", "ma"),
        ("area", f"{TASK}chu_tri: [ki", "kinh-te", "van-phong"),
        ("area", f"{TASK}chi_tieu:\n      - {{ma: ", "hs-som", ""),
        ("area", f"{TASK}chi_tieu:\n      - ma: x\n        ", "muc", "ma"),
        ("area", f"{TASK}noi_dung: >-\n      x\n    ", "doan_tiep", "noi_dung"),
        ("area", "nhiem_vu:\n- ma: x\n  noi_dung: y\n- ", "ma", ""),
        ("report", "so_lieu:\n  # c\n  hs-som: 1\n  ", "hs-tre", "hs-som"),
        ("report", "so_lieu:\n  hs-som:\n    ", "gia_tri", ""),
        ("area", f"{TASK}noi_dung: >-\n      tỷ lệ c", "", ""),  # within a text
        ("area", "# ma", "", ""),
        ("area", "không có khóa này:\n  ", "", ""),
        ("area", "ma: ", "", ""),
    ],
)
def test_suggestions(row: str, typed: str, first: str, lacking: str) -> None:
    found = suggestions(
        ROWS[row],
        typed,
        typed.count("\n") + 1,
        len(typed.rpartition("\n")[2]) + 1,
        lambda kind: NAMES.get(kind, ()),
    )
    labels = [each.label for each in found]
    assert (labels[0] if labels else "") == first
    assert lacking not in labels


def test_what_is_typed_of_a_word_is_replaced() -> None:
    text = "nguoi_ky: chu"
    (found,) = suggestions(PLAN.model, text, 1, len(text) + 1, lambda kind: NAMES.get(kind, ()))
    assert (found.text, found.start) == ("chu-tich", 11)


LINES = st.lists(
    st.sampled_from(["", "a: 1", "  - x", "# c", "b: 2\u2028d"]), min_size=1, max_size=8
)


@given(old=LINES, new=LINES, ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=8, max_size=8))
def test_lines_that_stay_keep_their_ends(old: list[str], new: list[str], ends: list[str]) -> None:
    """A text that was not changed gives the same bytes, whatever its line ends and its mark."""
    data = "\ufeff" + "".join(map("".join, zip(old, ends, strict=False)))
    text = data.removeprefix("\ufeff").replace("\r\n", "\n")
    assert bytes_of(text, data) == data.encode()
    written = bytes_of("\n".join(new), data).decode()
    assert written.startswith("\ufeff")
    assert written.removeprefix("\ufeff").replace("\r\n", "\n") == "\n".join(new)


def test_only_the_line_that_was_changed_ends_otherwise() -> None:
    assert bytes_of("a\nX\nc\n", "a\r\nb\nc\r\n") == b"a\r\nX\r\nc\r\n"
