"""Tests of vanban.workspace.yaml_file: literal text with places, and every mistake at its place."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.errors import Place
from vanban.workspace.source import Mapping, Scalar, Sequence
from vanban.workspace.yaml_file import MAX_BYTES, parse_yaml, scan_yaml

SHOWN = Path("tệp.yaml")


def read(text: str) -> object:
    file = parse_yaml(text.encode(), SHOWN)
    assert file.problems == ()
    return file.tree


def problems(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(problem).removeprefix(f"{SHOWN}:") for problem in parse_yaml(data, SHOWN).problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no\nb: 010\nc: 12:30\n", {"a": "no", "b": "010", "c": "12:30"}),
        ("a: 1.204\nb: 1e3\nc: 2025-08-01\n", {"a": "1.204", "b": "1e3", "c": "2025-08-01"}),
        ("a:\nb: ~\nc: null\nd: 'null'\n", {"a": None, "b": None, "c": None, "d": "null"}),
        ("a: >-\n  Mục #1: {{ x }} <b> & *y*\n  - 1. dòng hai\n", None),
        ('a: "mục #1: x" # chú thích\n# chú thích\nb: x\n', {"a": "mục #1: x", "b": "x"}),
        ("a: # chú thích\n  - x\n  # chú thích\n  - y\n", {"a": ["x", "y"]}),
        ("a: &x [b, c]\nd: *x\n", {"a": ["b", "c"], "d": ["b", "c"]}),
        ("a: x#y\r\nb: y\r\n", {"a": "x#y", "b": "y"}),
        ("\ufeffa: một\n  hai\n\t\n", {"a": "một hai"}),
        ("---\na: {b: 100%}\n...\n", {"a": {"b": "100%"}}),
    ],
)
def test_values_stay_literal_text(text: str, value: object) -> None:
    if value is None:
        value = {"a": "Mục #1: {{ x }} <b> & *y* - 1. dòng hai"}
    assert read(text) == value


def test_every_value_knows_its_place() -> None:
    tree = read("đầu: a\nlist:\n  - một\n  - {k: v}\n")
    assert isinstance(tree, Mapping)
    assert tree.place == Place(SHOWN, 1, 1)
    assert tree.key_places["list"] == Place(SHOWN, 2, 1)
    items = tree["list"]
    assert isinstance(items, Sequence)
    assert isinstance(items[0], Scalar)
    assert items[0].place == Place(SHOWN, 3, 5)
    assert items[1].key_places["k"] == Place(SHOWN, 4, 6)
    assert items[1]["k"].place == Place(SHOWN, 4, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "noi_dung: đảm bảo: Tính …\n",
            ["1:18: noi_dung: trong đoạn chữ có dấu “: ”, máy hiểu lầm"],
        ),
        ("a: gồm:\n  - x\nb: y: z\n", ["1:7: a: trong đoạn chữ", "3:5: b: trong đoạn chữ"]),
        ("a: x\n  ten: y\n", ["2:6: ten: dòng này thụt sâu hơn"]),
        ("ab:c\nd: e\n", ["1:3: thiếu dấu cách sau dấu hai chấm"]),
        ("a: b\ncd:e\nf: g\n", ["2:3: thiếu dấu cách sau dấu hai chấm"]),
        ("a: b\nchữ rời\nc: d\n", ["2:1: dòng này không có dạng “khóa: giá trị”"]),
        ("a:\n  x: b\n c: d\n", ["3:2: dòng này thụt vào không khớp"]),
        ("a:\n\t- b\n \t- c\n", ["2:1: có dấu tab", "3:2: có dấu tab"]),
        ("a: rà soát mục #1\n", ["1:16: a: phần từ dấu “#” sẽ mất"]),
        ("a: một # hai\n  ba\nb: c\n", ["1:8: a: phần từ dấu “#” sẽ mất"]),
        ("a: #1 một\n  hai\n", ["1:4: a: phần từ dấu “#” sẽ mất"]),
        ("a:\n  - x #1\n  - #2\n    y\n", ["2:7: a: phần từ", "3:5: a: phần từ"]),
        ("a: [mục #1, b]\n", ["1:9: a: phần từ", "1:4: a: ngoặc “[” mở ở đây chưa"]),
        ("so: #12\n", ["1:5: so: phần từ dấu “#” sẽ mất"]),
        ("a: 1\nb: 2\na: 3\n'b': 4\n", ["3:1: a: khóa này đã có ở dòng 1", "4:1: b: khóa này đã"]),
        ('a: "Một cửa" thân thiện\n', ["1:14: a: có chữ đứng sau dấu ngoặc đóng"]),
        ('a: "một\nb: c\n', ["1:4: a: dấu ngoặc mở ở đây không có dấu đóng"]),
        ('a: "x \\q"\nb: @y\n', ["1:7: a: dấu “\\” trong ngoặc kép", "2:4: b: đoạn chữ không bắt"]),
        ("a: [b, c\nd: e\n", ["1:4: a: ngoặc “[” mở ở đây chưa được đóng đúng"]),
        ("a: *Lưu ý\n", ["1:4: a: đoạn chữ không bắt đầu bằng “*” được"]),
        ("a: *abc\nb: `c\nd: %e\n", ["1:4: a: ", "2:4: b: ", "3:4: d: "]),
        ("a: > 5%\n", ["1:4: a: sau “>” còn chữ trên cùng một dòng"]),
        ("a: - b\n", ["1:4: a: dấu “- ” không đứng ở đây được"]),
        ("a: {{ x }}\n", ["1:5: a: tên khóa phải là chữ"]),
        ("a: !!python/object:os.system x\n", ["1:4: a: có dấu “!”"]),
        ("a: !x {b: c}\n", ["1:4: a: có dấu “!” (!x)"]),
        ("a: &x {b: c}\nd:\n  <<: *x\n", ["3:3: d: không dùng được khóa gộp"]),
        ("~: a\n", ["1:1: thiếu tên khóa"]),
        ("a: b\n---\nc: d\n", ["2:1: có dòng “---”"]),
        ("- a\n-\n- ~\n", ["2:1: mục này của danh sách đang để trống", "3:3: mục này"]),
        ("a: &x [*x]\n", ["1:8: a: “*x” dẫn vào chính nó"]),
        ("[" * 40 + "]" * 40, ["1:31: lồng nhau quá 30 tầng"]),
        ("a: b\x07c\n", ["1:5: có ký tự điều khiển U+0007"]),
        ("a: b\x85c\u2028d\ufeffe\n", ["1:5: ", "1:7: ", "1:9: "]),
        ("", ["1:1: tệp chưa có nội dung"]),
        ("# chỉ có chú thích\n", ["1:1: tệp chưa có nội dung"]),
        (b"a: m\xe9\n", ["1:5: tệp không ở bảng mã UTF-8"]),
        ("a: một\n".encode() + b"b: \xff", ["2:4: tệp không ở bảng mã UTF-8"]),
        ("a: b\n".encode("utf-16"), ["1:1: tệp không ở bảng mã UTF-8"]),
    ],
)
def test_mistakes_are_told_at_their_places(text: str | bytes, expected: list[str]) -> None:
    told = problems(text)
    assert len(told) == len(expected), told
    for fragment in expected:
        assert any(line.startswith(fragment) for line in told), (fragment, told)


def test_a_mended_file_still_yields_its_tree() -> None:
    file = parse_yaml(b"a: b: c\nd: e # f\n", SHOWN)
    assert len(file.problems) == 2
    assert isinstance(file.tree, Mapping)
    assert list(file.tree) == ["a", "d"]


def test_alias_bombs_are_refused_and_honest_aliases_are_not() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 9)
    )
    assert "quá 100000 giá trị" in problems(bomb)[0]
    ladder = "a0: &a0 [x]\n" + "".join(
        f"a{level}: &a{level} [*a{level - 1}]\n" for level in range(1, 40)
    )
    assert "lồng nhau quá 30 tầng" in problems(ladder)[0]


def test_large_files_are_refused_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "to.yaml"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    assert "chia nhỏ tệp" in str(scan_yaml(path, SHOWN).problems)


def test_files_that_cannot_be_read_are_problems(tmp_path: Path) -> None:
    assert "không có tệp này" in str(scan_yaml(tmp_path / "không-có.yaml", SHOWN).problems)
    assert "đây là thư mục" in str(scan_yaml(tmp_path, SHOWN).problems)


YAML_ALPHABET = st.sampled_from(list("ab:#-[]{}&*!|>'\"%@`?,.~<= \n\t\\ắđ\u0301\x01\ufeff"))


@given(st.one_of(st.binary(max_size=80), st.text(YAML_ALPHABET, max_size=60).map(str.encode)))
def test_any_bytes_give_a_tree_or_problems(data: bytes) -> None:
    file = parse_yaml(data, SHOWN)
    assert file.problems or isinstance(file.tree, Mapping | Sequence | Scalar)
    for problem in file.problems:
        assert "\n" not in str(problem)
        assert problem.place.line >= 0


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_double_quoted_text_comes_back_as_it_was(text: str) -> None:
    text = "".join(sign for sign in text if sign not in "\u2028\u2029\ufeff\ufffe\uffff")
    text = unicodedata.normalize("NFC", text)  # other forms are told and read as this one
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    assert read(f'a: "{escaped}"\n') == {"a": text}
