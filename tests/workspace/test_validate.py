"""Tests of vanban.workspace.validate: each mistake in Vietnamese, at its place, under its key."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import CONTENT
from vanban.errors import Place
from vanban.workspace.models.agency import Agency
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Area, Plan
from vanban.workspace.models.report import Report
from vanban.workspace.validate import validate
from vanban.workspace.yaml_file import parse_yaml

SHOWN = Path("f")
ENGLISH = re.compile(r"\b(should|input|valid|field|required|extra|must|tuple|string|value)\b", re.I)


def problems(model: type[Entry], text: str) -> list[str]:
    tree = parse_yaml(text.encode(), SHOWN).tree
    return [str(problem).removeprefix("f:") for problem in validate(model, tree, Place(SHOWN))[1]]


AREA = "ma: a\nten: x\nchi_so: PAPI\n"
ITEMS = "ngay: 31/12/2025\nkien_nghi:\n"


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        (Area, "ma: a\nchi_so: PAPI\n", "1:1: ten: thiếu khóa này (Tên) — thêm dòng “ten: …”"),
        (Area, AREA + "chu_tr: [b]\n", "4:1: chu_tr: không có khóa “chu_tr” — có phải “chu_tri”?"),
        (Area, AREA + "Chủ trì: b\n", "4:1: Chủ trì: không có khóa “Chủ trì” — có phải “chu_tri”?"),
        (Area, AREA + "xyz: b\n", "4:1: xyz: không có khóa “xyz” ở đây — các khóa dùng được: so_"),
        (Area, AREA + "chu_tri: hcc\n", "4:10: chu_tri: phải là danh sách, không phải đoạn chữ “hcc” — viết “chu_tri: [hcc]”"),
        (Area, AREA + "chu_tri:\n", "4:1: chu_tri: đang để trống"),
        (Area, AREA + "nhom: {ten: x}\n", "4:7: nhom: phải là danh sách, không phải nhóm khóa"),
        (Area, AREA + "nhiem_vu: [x]\n", "4:12: nhiem_vu: phải là nhóm khóa (các dòng"),
        (Area, AREA + "nhiem_vu:\n  - ma: A b\n    noi_dung: x\n", "5:9: ma: mã “A b” không hợp lệ"),
        (Area, AREA + "nhiem_vu:\n  - {ma: b, noi_dung: [x]}\n", "5:23: noi_dung: phải là một đoạn chữ"),
        (Area, AREA + "nhiem_vu:\n  - {ma: b, noi_dung: ' '}\n", "5:23: noi_dung: đang để trống"),
        (Area, AREA + "tieu_de_phan_cong:\n  Về việc: x\n", "nếu là lời văn có dấu “: ” thì viết >-"),
        (Area, AREA.replace("PAPI", "PAPY"), "3:9: chi_so: không có giá trị “PAPY” — chọn một trong: PAR INDEX, SIPAS, PAPI"),
        (Area, AREA + "so_lieu_mau: có\n", "4:14: so_lieu_mau: không có giá trị “có” — viết true"),
        (Area, AREA.replace("x", '"Vie\\u0302\\u0323t"'), "2:6: ten: chữ ở dạng Unicode tổ hợp"),
        (Area, AREA.replace("x", "Céng hßa x· héi chñ nghÜa ViÖt Nam"), "2:6: ten: có vẻ là bảng mã cũ"),
        (Area, AREA.replace("x", '"a\\x07b"'), "2:6: ten: có ký tự điều khiển U+0007"),
        (Area, "- a\n", "1:1: phải là nhóm khóa (các dòng “khóa: giá trị” thụt vào), không phải danh"),
        (Area, "a\n", "1:1: phải là nhóm khóa"),
        (Plan, "ngay: 31/2/2025\n", "1:7: ngay: không có ngày 31/2/2025"),
        (Plan, "ngay: 2025/8/1\n", "1:7: ngay: “2025/8/1” không phải là ngày"),
        (Report, ITEMS + "  - Đảm bảo: x\n", "3:5: Đảm bảo: không có khóa này — nếu đây là lời văn"),
        (Report, ITEMS + "  - noi_dun: x\n", "3:5: noi_dun: không có khóa “noi_dun” — có phải “noi_dung”?"),
        (Report, ITEMS + "  - [x]\n", "3:5: kien_nghi: phải là đoạn chữ hoặc nhóm khóa, không phải danh"),
        (Report, ITEMS + "  - V¨n b¶n\n", "3:5: kien_nghi: có vẻ là bảng mã cũ"),
        (Report, "so_lieu: [a]\n", "1:10: so_lieu: phải là các dòng “mã: giá trị” thụt vào"),
        (Report, "so_lieu: {A b: 1}\n", "1:11: A b: mã “A b” không hợp lệ"),
        (Report, "so_lieu:\n  a: {ghi_chu: x}\n", "2:6: gia_tri: thiếu khóa này"),
        (Report, "so_lieu:\n  a:\n", "2:3: a: đang để trống"),
        (Report, "ket_qua: []\n", "1:10: ket_qua: phải là nhóm khóa"),
        (Agency, "ten_dau_trang: []\n", "1:16: ten_dau_trang: danh sách quá ngắn — cần ít nhất 1"),
        (Agency, "ten_dau_trang: [a, b, c, d]\n", "1:16: ten_dau_trang: danh sách quá dài — nhiều nhất 3"),
        (Agency, "lich_bao_cao: [{han_gui: 31/4}]\n", "1:26: han_gui: “31/4” không phải là ngày/tháng"),
        (Indicator, "tinh_chat: [x]\n", "1:12: tinh_chat: phải là một trong: lũy kế, thời điểm, không phải danh sách"),
    ],
)  # fmt: skip
def test_mistakes(model: type[Entry], text: str, expected: str) -> None:
    told = problems(model, text)
    assert any(expected in line for line in told), told
    assert not any(ENGLISH.search(line) for line in told)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (AREA + "tenn: x\n", 1),
        (AREA.replace("ten:", "tenn:"), 1),
        (AREA + "nhiem_vu:\n  - ma: B\n  - {ma: c, noi_dung: d, x: y}\n", 3),
    ],
)
def test_one_mistake_is_told_once(text: str, count: int) -> None:
    assert len(problems(Area, text)) == count


def test_prose_taken_for_a_key_is_not_also_a_missing_key() -> None:
    assert not any("noi_dung" in line for line in problems(Report, ITEMS + "  - Đảm bảo: x\n"))


@pytest.mark.parametrize(
    ("model", "text", "old", "new"),
    [
        (Report, "2025/bao-cao/q3.yaml", "  thu_tuc:\n    mot_cua:\n      - Duy trì cơ chế một cửa.\n", ""),
        (Report, "2025/bao-cao/q3.yaml", "nguoi_ky: chu-tich\n", ""),
        (Report, "2025/bao-cao/q3.yaml", "ket_qua:", "ketqua:"),
        (Report, "2025/bao-cao/q3.yaml", "kinh_gui: [ubnd-tp]", "kinh_gui: {a: b}"),
        (Plan, "2025/ke-hoach.yaml", "  nhiem_vu:\n    - {ma: yc-01, noi_dung: Phân công rõ trách nhiệm.}\n", ""),
    ],
)  # fmt: skip
def test_an_entry_is_made_of_what_is_sound(
    model: type[Entry], text: str, old: str, new: str
) -> None:
    assert old in CONTENT[text]
    tree = parse_yaml(CONTENT[text].replace(old, new).encode(), SHOWN).tree
    entry, told = validate(model, tree, Place(SHOWN))
    assert len(told) == 1
    assert isinstance(entry, model)


def test_valid_trees_become_entries_that_know_their_place() -> None:
    text = CONTENT["2025/linh-vuc/03-thu-tuc.yaml"]
    area, told = validate(Area, parse_yaml(text.encode(), SHOWN).tree, Place(SHOWN))
    assert told == []
    assert area is not None
    assert area.tasks[0].at("text") == Place(SHOWN, 8, 15)


NAMES = st.sampled_from(
    ["ma", "ten", "nhiem_vu", "nhom", "so_lieu", "kien_nghi", "noi_dung", "x y"]
)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["a", "~", "31/2/2025", "''", "true"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(NAMES, inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=12,
)


@given(TREES, st.sampled_from([Area, Report, Agency]))
def test_any_tree_is_answered_in_vietnamese(text: str, model: type[Entry]) -> None:
    for line in problems(model, text):
        assert not ENGLISH.search(line), line
        assert "\n" not in line
