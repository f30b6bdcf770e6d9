from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vanban.evidence.yaml_append import AppendError, append_entry, entry_lines
from vanban.workspace.yaml_file import parse_yaml

ENTRY = (("ma", "2"), ("ten", "B"))
BLOCK = "  - ma: 2\n    ten: B\n"

CASES = [
    # a list at the end
    ("a: 1\nlist:\n  - ma: 1\n", "a: 1\nlist:\n  - ma: 1\n" + BLOCK),
    # no line end after the last line
    ("list:\n  - ma: 1", "list:\n  - ma: 1\n" + BLOCK),
    # dashes at the margin
    ("list:\n- ma: 1\nb: 2\n", "list:\n- ma: 1\n- ma: 2\n  ten: B\nb: 2\n"),
    # keys and comments after the list
    (
        "list:\n  - ma: 1 # c\n    # of 1\n\n# about b\nb: 2\n",
        "list:\n  - ma: 1 # c\n    # of 1\n" + BLOCK + "\n# about b\nb: 2\n",
    ),
    # a text in a block at the end
    (
        "list:\n  - ma: 1\n    t: >-\n      x\n      y\n\n# c\n",
        "list:\n  - ma: 1\n    t: >-\n      x\n      y\n" + BLOCK + "\n# c\n",
    ),
    ("list:\n  - t: |-\n      x", "list:\n  - t: |-\n      x\n" + BLOCK),
    (
        "list:\n  - t: |\n      x\n    # c\nb: 1\n",
        "list:\n  - t: |\n      x\n    # c\n" + BLOCK + "b: 1\n",
    ),
    # a list inside the last entry, a key without a value
    ("list:\n  - l:\n      - x\n      - y\n", "list:\n  - l:\n      - x\n      - y\n" + BLOCK),
    ("list:\n  - ma: 1\n    k:\nb: 1\n", "list:\n  - ma: 1\n    k:\n" + BLOCK + "b: 1\n"),
    # entries in braces; a text over two lines
    (
        "list:\n  - {ma: 1,\n     t: x}\nb: 1\n",
        "list:\n  - {ma: 1,\n     t: x}\n" + BLOCK + "b: 1\n",
    ),
    ("list:\n  - t: x\n      y\nb: 1\n", "list:\n  - t: x\n      y\n" + BLOCK + "b: 1\n"),
    # no entries yet
    ("list: []\nb: 1\n", "list:\n" + BLOCK + "b: 1\n"),
    ("list: [] # c\n", "list: # c\n" + BLOCK),
    ("list:\nb: 1\n", "list:\n" + BLOCK + "b: 1\n"),
    ("a: 1\n\n\n", "a: 1\nlist:\n" + BLOCK + "\n\n"),
    # entries set apart by blank lines
    (
        "list:\n  - ma: 0\n\n  - ma: 1\n\nb: 1\n",
        "list:\n  - ma: 0\n\n  - ma: 1\n\n" + BLOCK + "\nb: 1\n",
    ),
    # line ends of Windows, a byte order mark
    ("list:\r\n  - ma: 1\r\n", "list:\r\n  - ma: 1\r\n" + BLOCK.replace("\n", "\r\n")),
    ("\ufefflist: []\n", "\ufefflist:\n" + BLOCK),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_append(text: str, expected: str) -> None:
    assert append_entry(text, "list", ENTRY) == expected


@pytest.mark.parametrize(("text", "_"), CASES)
def test_nothing_else_changes_and_the_list_grows_by_one(text: str, _: str) -> None:
    before = parse_yaml(text.encode(), Path("a")).tree
    after = parse_yaml(append_entry(text, "list", ENTRY).encode(), Path("a")).tree
    assert isinstance(after, dict)
    assert isinstance(before, dict)
    old = before.get("list") or []
    assert after["list"] == [*old, {"ma": "2", "ten": "B"}]
    assert {**after, "list": None} == {**before, "list": None}


@pytest.mark.parametrize(
    "text",
    ["list: [{ma: 1}]\n", "list: x\n", "list: {a: 1}\n", "- a\n", "{list: []}\n", "list: [\n]\n"],
)
def test_lists_that_are_refused(text: str) -> None:
    with pytest.raises(AppendError, match=" — "):
        append_entry(text, "list", ENTRY)


def test_values() -> None:
    values = (("ma", "1"), ("b", True), ("n", 3), ("l", ("1.1.1", "1.1.2")), ("t", "x: y"))
    assert entry_lines(values, 2) == [
        "  - ma: 1",
        "    b: true",
        "    n: 3",
        "    l: [1.1.1, 1.1.2]",
        "    t: >-",
        "      x: y",
    ]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)
)
@example("豈")
def test_any_text_comes_back(text: str) -> None:
    text = unicodedata.normalize("NFC", text)  # as a register holds it
    words = " ".join(text.split())
    if not words:
        return
    lines = "\n".join(["list:", *entry_lines((("t", text),), 2), ""])
    file = parse_yaml(lines.encode(), Path("a"))
    if any("ký tự điều khiển" in problem.message for problem in file.problems):
        return
    assert file.problems == ()
    assert isinstance(file.tree, dict)
    assert file.tree["list"][0]["t"] == words
