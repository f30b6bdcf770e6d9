"""Tests of vanban.workspace.yaml_mends: what is certain is mended, and nothing else changes."""

# ruff: noqa: E501 - a table of cases reads best with one case a line

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_mends import find_mends

SHOWN = Path("f")


def mend(text: str) -> str:
    lines = text.split("\n")
    for each in find_mends(text):
        lines[each.line - 1] = each.new
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\u00a0\u00a0b: 1\n", "a:\n  b: 1\n"),
        ("a:\n \u3000b: 1\n", "a:\n  b: 1\n"),
        ("a:\n\u200b  b: 1\n", "a:\n  b: 1\n"),
        ("a:\u00a038\n", "a: 38\n"),
        ("a:\u200b38\n", "a: 38\n"),
        ("ho-so\u00a0: 38\n", "ho-so: 38\n"),
        ("-\u00a0ma:\u2003x\n", "- ma: x\n"),
        ("1.1.1:\u00a0{a: b}\u00a0\n", "1.1.1: {a: b}\n"),
        ("a: b\u00a0\u00a0\n\u00a0\nc: d \u200b\n", "a: b\n\nc: d\n"),
        ("a: >-\n\u00a0\u00a0một\n  \u00a0hai\u00a0\nb: c\n", "a: >-\n  một\n  \u00a0hai\nb: c\n"),
        ("a:\n  - • một\n  - •\thai\n", "a:\n  - một\n  - hai\n"),
        ("a:\n  • một\n  •\u00a0hai\n  \uf0b7\tba\n", "a:\n  - một\n  - hai\n  - ba\n"),
        ("a:\n  - một\n  • hai\n    • ba\n", "a:\n  - một\n  - hai\n    • ba\n"),
        ("a: " + unicodedata.normalize("NFD", "Việt Nam\n"), "a: Việt Nam\n"),
        ("# " + unicodedata.normalize("NFD", "ghi chú\n"), "# ghi chú\n"),
    ],
)
def test_certain_slips_are_mended(text: str, expected: str) -> None:
    assert mend(text) == expected
    assert mend(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: b\u00a0c\n", "a: >-\n  Gồm:\u00a0x\n  email:\u00a0x\n  • ý một\n\u00a0\n"[:-2], "a: b  \n",
        "a: • b\n", "a: một\n  • hai\n", "a: \"b\u00a0c\"\n", "a: |\n  •\tx\n", "\ta: b\t\n", "",
    ],
)  # fmt: skip
def test_official_text_is_left_as_it_is(text: str) -> None:
    assert find_mends(text) == ()


SIGNS = st.sampled_from(
    [
        "a",
        "ắ",
        "e\u0302\u0323",
        "-",
        "- ",
        ": ",
        ":",
        "•",
        " ",
        "  ",
        "\n",
        "\u00a0",
        "\u3000",
        "\u200b",
        "\t",
        "#",
        ">-\n",
        "|\n",
        '"',
        "{",
        "}",
        "\uf0b7",
    ]
)


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_mending_is_done_once_and_changes_nothing_else(text: str) -> None:
    once = mend(text)
    assert find_mends(once) == ()

    def bare(any_text: str) -> str:
        plain = unicodedata.normalize("NFC", any_text)
        return re.sub("[-•\uf0b7\\s\u200b]", "", plain)

    assert bare(once) == bare(text)
    assert once.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\u00a0\u00a0b: 1\n\u00a0\u00a0c: 2\n", ["2:1: thụt đầu dòng bằng dấu cách không ngắt (U+00A0), không phải dấu cách thường, ở dòng này và 1 dòng nữa — sửa một lượt bằng lệnh"]),
        ("a:\n  nhiem-vu:\u00a038\n", ["2:12: dấu cách không ngắt (U+00A0) ở cạnh dấu hai chấm — sửa"]),
        ("a:\n  b:\u200b38\n", ["2:5: ký tự ẩn (U+200B) ở cạnh dấu hai chấm"]),
        ("a:\n  -\u3000b\n", ["2:4: dấu cách toàn khổ (U+3000) sau dấu gạch đầu mục"]),
        ("a:\n  • b\n  • c\n", ["2:3: dấu “•” dán từ Word đứng chỗ của dấu “- ”, ở dòng này và 1"]),
        (unicodedata.normalize("NFD", "a: Việt\nb: Việt\n# Việt\n"), ["1:6: chữ ở dạng Unicode tổ hợp, không phải dựng sẵn, ở dòng này và 1 dòng nữa"]),
        ("# " + unicodedata.normalize("NFD", "Việt") + "\na: b\n", []),
        ("a: b\u00a0\nc: d\u00a0\n", []),
    ],
)  # fmt: skip
def test_each_kind_of_slip_is_told_once_a_file(text: str, expected: list[str]) -> None:
    file = parse_yaml(text.encode(), SHOWN)
    told = [str(problem).removeprefix("f:") for problem in file.problems]
    assert len(told) == len(expected), told
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start), told
        assert line.endswith("check --fix") or line.endswith("make check OPTIONS=--fix")
    assert file.tree is not None


def test_a_bullet_after_a_dash_is_read_as_typed() -> None:
    file = parse_yaml("a:\n  -\u00a0• b\n  - •\tc\n".encode(), SHOWN)
    assert file.tree == {"a": ["• b", "• c"]}
    assert file.notes == ()


def test_blanks_at_line_ends_are_a_note_and_no_mistake() -> None:
    file = parse_yaml("a: b\u00a0\nc: d\u00a0\n".encode(), SHOWN)
    assert file.tree == {"a": "b", "c": "d"}
    (note,) = file.notes
    assert str(note).startswith("f:1:5: dấu cách không ngắt (U+00A0) ở cuối dòng, ở dòng này và 1")
