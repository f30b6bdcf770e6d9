"""One value changes, every other byte stays; what cannot be changed so is refused at its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vanban.provenance import Keys
from vanban.workspace.edit import (
    Edit,
    EditError,
    delete,
    insert_item,
    insert_items,
    replace_words,
    set_value,
    set_values,
    swap_with_next,
)
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_write import Item, Value, item_lines

SHOWN = Path("so.yaml")


def inserted(text: str, keys: Keys, item: Item, position: int | None = None) -> str:
    return insert_item(text.encode(), SHOWN, keys, item, position).decode()


def with_value(text: str, keys: Keys, value: Value) -> str:
    return set_value(text.encode(), SHOWN, keys, value).decode()


def without(text: str, keys: Keys) -> str:
    return delete(text.encode(), SHOWN, keys).decode()


def tree_of(text: str) -> Any:
    file = parse_yaml(text.encode(), SHOWN)
    assert file.problems == ()
    return file.tree


# --- several at once --------------------------------------------------------------------------

LISTS = [
    ("block", "list:\n  - a\n  - b\nx: 1\n"),
    ("spaced", "list:\n  - a\n\n  - b\n\n  - c\n\nx: 1\n"),
    ("one item", "list:\n  - a\n"),
    ("brackets", "list: [a, b]\n"),
    ("empty", "list: []\n"),
    ("none", "x: 1\n"),
    ("windows", "list:\r\n  - a\r\n  - b\r\n"),
]


@pytest.mark.parametrize("position", [0, 1, 2, None])
@pytest.mark.parametrize("text", [each[1] for each in LISTS], ids=[each[0] for each in LISTS])
def test_several_items_stand_as_if_each_had_come_alone(text: str, position: int | None) -> None:
    there = (tree_of(text).get("list") or []) if text else []
    if position is not None and position > len(there):
        return
    at = len(there) if position is None else position
    alone = text
    for number, item in enumerate("mnp"):
        alone = inserted(alone, ("list",), item, at + number if alone != text or there else None)
    several = insert_items(text.encode(), SHOWN, ("list",), "mnp", position).decode()
    assert tree_of(several)["list"] == [*there[:at], *"mnp", *there[at:]]
    assert several == alone


# --- at the end of a list ---------------------------------------------------------------------

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


def test_items_stand_apart_as_those_of_their_own_list_do() -> None:
    spaced, close = "a:\n  - x: 1\n\n  - x: 2\n", "b:\n  - y: 1\n  - y: 2\n"
    new = (("y", "3"),)
    assert inserted(spaced + close, ("b",), new, 1) == spaced + close.replace(
        "  - y: 2", "  - y: 3\n  - y: 2"
    )
    assert inserted(spaced + close, ("b",), new, 0) == spaced + close.replace(
        "  - y: 1", "  - y: 3\n  - y: 1"
    )


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_append(text: str, expected: str) -> None:
    assert inserted(text, ("list",), ENTRY) == expected


@pytest.mark.parametrize(("text", "_"), CASES)
def test_nothing_else_changes_and_the_list_grows_by_one(text: str, _: str) -> None:
    before = parse_yaml(text.encode(), SHOWN).tree
    after = parse_yaml(inserted(text, ("list",), ENTRY).encode(), SHOWN).tree
    assert isinstance(before, dict) and isinstance(after, dict)
    old = before.get("list") or []
    assert after["list"] == [*old, {"ma": "2", "ten": "B"}]
    assert {**after, "list": None} == {**before, "list": None}


@pytest.mark.parametrize(
    "text",
    ["list: x\n", "list: {a: 1}\n", "- a\n", "{list: []}\n", "list: [\n]\n"],
)
def test_lists_that_are_refused(text: str) -> None:
    with pytest.raises(EditError, match=" — "):
        inserted(text, ("list",), ENTRY)


@pytest.mark.parametrize("text", ["a: x\n", "a: 'x'\n", "a: >-\n  x\n"])
@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),
        ("\x1f", "U+001F"),  # a hyphen of Word, which Python takes for a blank
        ("\x7f", "U+007F"),
        ("\ufeff", "U+FEFF"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_a_character_that_no_file_can_hold_is_named(text: str, sign: str, name: str) -> None:
    """Copying from Word and web pages brings them along; nobody sees them."""
    with pytest.raises(EditError, match=rf"{re.escape(name)}.* — xóa ký tự này"):
        set_value(text.encode(), SHOWN, ("a",), f"một{sign}cửa")
    with pytest.raises(EditError, match=rf"{re.escape(name)}.* — xóa ký tự này"):
        inserted(text, ("list",), (("t", f"một{sign}cửa"),))


def test_values() -> None:
    values = (("ma", "1"), ("b", True), ("n", 3), ("l", ("1.1.1", "1.1.2")), ("t", "x: y"))
    assert item_lines(values, 2) == [
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
    lines = "\n".join(["list:", *item_lines((("t", text),), 2), ""])
    file = parse_yaml(lines.encode(), Path("a"))
    if any("ký tự điều khiển" in problem.message for problem in file.problems):
        return
    assert file.problems == ()
    assert isinstance(file.tree, dict)
    assert file.tree["list"][0]["t"] == words


# --- anywhere in a list -----------------------------------------------------------------------

LIST = "a:\n  # first\n  - x: 1\n    # of x\n  - y: 2\nb: 1\n"


@pytest.mark.parametrize(
    ("text", "keys", "item", "position", "expected"),
    [
        (LIST, ("a",), (("z", "3"),), 0, LIST.replace("  - x", "  - z: 3\n  - x")),
        (LIST, ("a",), (("z", "3"),), 1, LIST.replace("  - y", "  - z: 3\n  - y")),
        (LIST, ("a",), (("z", "3"),), 2, LIST.replace("b:", "  - z: 3\nb:")),
        (
            "a:\n  b: [x]\n  c:\n    - x\n",
            ("a", "c"),
            "y",
            None,
            "a:\n  b: [x]\n  c:\n    - x\n    - y\n",
        ),
        (
            "a:\n  - b:\n      - x\n  - c\n",
            ("a", 0, "b"),
            "y",
            0,
            "a:\n  - b:\n      - y\n      - x\n  - c\n",
        ),
        ("a:\n  b: []\nc: 1\n", ("a", "b"), "x", None, "a:\n  b:\n    - x\nc: 1\n"),
        (
            "a:\n  b: 1\n# c\nc: 1\n",
            ("a", "d"),
            "x: y",
            None,
            "a:\n  b: 1\n  d:\n    - >-\n      x: y\n# c\nc: 1\n",
        ),
        ("a:\n  - x\n\n  - y\n", ("a",), "z", 0, "a:\n  - z\n\n  - x\n\n  - y\n"),
        (
            "a:\n  - b:\n      - x\n\n  - c\n",
            ("a", 0, "b"),
            "y",
            1,
            "a:\n  - b:\n      - x\n      - y\n\n  - c\n",
        ),
        ("a: [x, y]  # c\n", ("a",), "z", 0, "a: [z, x, y]  # c\n"),
        ("a: [x,\n    y]\n", ("a",), "z, t", 1, 'a: [x,\n    "z, t", y]\n'),
        ("a: [ x ]\n", ("a",), "z", None, "a: [ x, z ]\n"),
        ("a: [{m: 1}]\n", ("a",), (("m", "2"), ("n", True)), 1, "a: [{m: 1}, {m: 2, n: true}]\n"),
    ],
)
def test_insert(text: str, keys: Keys, item: Item, position: int | None, expected: str) -> None:
    assert inserted(text, keys, item, position) == expected


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        (LIST, ("a", 0), "a:\n  # first\n  - y: 2\nb: 1\n"),
        (LIST, ("a", 1), LIST.replace("  - y: 2\n", "")),
        (LIST, ("b",), LIST.replace("b: 1\n", "")),
        ("a:\n  - x\nb: 1\n", ("a", 0), "a: []\nb: 1\n"),
        ("a:\n  - x\n\n  - y\n\n  - z\n", ("a", 1), "a:\n  - x\n\n  - z\n"),
        ("a:\n  - x\n\n  - y\n", ("a", 0), "a:\n  - y\n"),
        ("a:\n  - x\n\nb: 1\n", ("a", 0), "a: []\n\nb: 1\n"),
        ("a:\n- x\n- >-\n  y\n  z\n\nb: 1\n", ("a", 1), "a:\n- x\n\nb: 1\n"),
        ("a: 1\r\nb: 2\r\n", ("a",), "b: 2\r\n"),
        ("a:\n  b: 1\n  c:\n    - x\n", ("a", "c"), "a:\n  b: 1\n"),
        ("a:\n  -\n    x: 1\n  - y\n", ("a", 0), "a:\n  - y\n"),
        ("a: [x, y]  # c\n", ("a", 0), "a: [y]  # c\n"),
        ("a: [x,\n    y, z]\n", ("a", 1), "a: [x,\n    z]\n"),
        ("a: [x, y]\n", ("a", 1), "a: [x]\n"),
        ("a: [x]\n", ("a", 0), "a: []\n"),
        ("a:\n  - {m: 1, n: 2}\n", ("a", 0, "n"), "a:\n  - {m: 1}\n"),
        ("a:\n  - {m: 1, n: 2}\n", ("a", 0, "m"), "a:\n  - {n: 2}\n"),
    ],
)
def test_delete(text: str, keys: Keys, expected: str) -> None:
    assert without(text, keys) == expected


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        (LIST, ("a", 0), "a:\n  # first\n  - y: 2\n  - x: 1\n    # of x\nb: 1\n"),
        ("a:\n  - x\n\n  # c\n  - y\n\n  - z", ("a", 0), "a:\n  - y\n\n  # c\n  - x\n\n  - z"),
        ("a:\n  - x\n  - >-\n    y", ("a", 0), "a:\n  - >-\n    y\n  - x\n"),
        ("a: [x, 'y, z',  t]\n", ("a", 1), "a: [x, t,  'y, z']\n"),
        ("a:\r\n- x: 1\r\n  y: 2\r\n- z\r\n", ("a", 0), "a:\r\n- z\r\n- x: 1\r\n  y: 2\r\n"),
    ],
)
def test_swap(text: str, keys: Keys, expected: str) -> None:
    assert swap_with_next(text.encode(), SHOWN, keys).decode() == expected


@pytest.mark.parametrize("keys", [("a", 1), ("a", -1), ("a",), ("a", 0, "x"), ("b", 0)])
def test_only_an_item_with_one_behind_it_is_swapped(keys: Keys) -> None:
    with pytest.raises(EditError):
        swap_with_next(LIST.encode(), SHOWN, keys)


# --- one value --------------------------------------------------------------------------------

LONG = "Tiếp tục " + "rà soát, cập nhật " * 8 + "đúng hạn."


@pytest.mark.parametrize(
    ("text", "keys", "value", "expected"),
    [
        ("a: 1\nb: 2\n", ("a",), 12, "a: 12\nb: 2\n"),
        ("a: 1", ("a",), "x y", "a: x y"),
        ("a:   1   \nb: 2\n", ("a",), "x", "a:   x   \nb: 2\n"),
        ("a: no\n", ("a",), True, "a: true\n"),
        ("a:\nb: 2\n", ("a",), "x", "a: x\nb: 2\n"),
        ("a: ''\n", ("a",), "it's", "a: 'it''s'\n"),
        ('a: "x" # c\n', ("a",), 'y"\\z', 'a: "y\\"\\\\z" # c\n'),
        ("a: x\n", ("a",), "x: y # z", "a: >-\n  x: y # z\n"),
        ("a: x\n", ("a",), "", 'a: ""\n'),
        ("a: x\n", ("a",), "- x", "a: >-\n  - x\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), 3, "a: {b: 3, c: 2}\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), "x, y}", 'a: {b: "x, y}", c: 2}\n'),
        ("a: [x, y]\n", ("a", 1), "z", "a: [x, z]\n"),
        ("a:\n  - x\n  - y # c\n".replace(" # c", ""), ("a", 0), "z", "a:\n  - z\n  - y\n"),
        ("a: >-\n  x\n  y\n\n# c\nb: 1\n", ("a",), "z", "a: >-\n  z\n\n# c\nb: 1\n"),
        ("a:\n  b: |-\n    x", ("a", "b"), "z", "a:\n  b: >-\n    z"),
        ("a: x\n  y\nb: 1\n", ("a",), "z", "a: z\nb: 1\n"),
        ("\ufeffa: 1\r\nb: 2\r\n", ("a",), "x: y", "\ufeffa: >-\r\n  x: y\r\nb: 2\r\n"),
        ("a:\n  b: 1\n# c\nd: 1\n", ("a", "e"), 0, "a:\n  b: 1\n  e: 0\n# c\nd: 1\n"),
        ("a:\n  - x: 1\n  - y\n", ("a", 0, "z"), "t", "a:\n  - x: 1\n    z: t\n  - y\n"),
        ("a: 1", ("b",), 2, "a: 1\nb: 2\n"),
        ("a: x\n", ("a",), ("1.1.1", "1.1.2"), "a: [1.1.1, 1.1.2]\n"),
        ("a: x\n  # c\nb: 1\n", ("a",), "y: z", 'a: "y: z"\n  # c\nb: 1\n'),
        ("a: 1 # c\nb: x\n", ("b",), "y", "a: 1 # c\nb: y\n"),  # a mistake elsewhere
        ("a: &n x\nb: y\nc: *n\n", ("b",), "z", "a: &n x\nb: z\nc: *n\n"),
        (
            "a:\n  - {m: 1}  # c\n",
            ("a", 0, "han"),
            "01/8/2025",
            "a:\n  - {m: 1, han: 01/8/2025}  # c\n",
        ),
        ("a: {m: 1}\n", ("a", "n"), ("x", "y"), "a: {m: 1, n: [x, y]}\n"),
    ],
)
def test_set(text: str, keys: Keys, value: Value, expected: str) -> None:
    assert with_value(text, keys, value) == expected


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a: 1\n# x\nb: 2\n", {("a",): "3", ("b",): "4"}, "a: 3\n# x\nb: 4\n"),
        (
            "a: {b: 1, c: 2}\nd: >-\n  x\n  y\ne: 5\n",
            {("a", "c"): "9", ("d",): "z", ("e",): "6"},
            "",
        ),
        ("a:\n  b: 1\nc: 2\n", {("a", "x"): "7", ("c",): "3", ("a", "y"): "8"}, ""),
        (
            "a: {}  # x\nc: 2\n",
            {("a", "x"): "7", ("a", "y"): "8"},
            "a:  # x\n  x: 7\n  y: 8\nc: 2\n",
        ),
        ("a: 1\n", {}, "a: 1\n"),
        ("a: 1", {("b",): "2", ("c",): "3"}, "a: 1\nb: 2\nc: 3\n"),
        ("a: 1\r\nb: 2\r\n", {("a",): "3", ("c",): "4"}, "a: 3\r\nb: 2\r\nc: 4\r\n"),
    ],
)
def test_several_values_are_set_as_one_after_the_other(
    text: str, values: dict[Keys, Value], expected: str
) -> None:
    together = set_values(text.encode(), SHOWN, values)
    one_by_one = text.encode()
    for keys, value in values.items():
        one_by_one = set_value(one_by_one, SHOWN, keys, value)
    assert together == one_by_one
    assert expected in ("", together.decode())


def test_of_several_values_all_or_none_are_set() -> None:
    with pytest.raises(EditError):
        set_values(b"a: 1\nb: [2]\n", SHOWN, {("a",): "3", ("b",): "4"})


def test_a_long_text_is_folded_as_in_the_files_here() -> None:
    lines = with_value("a:\n  b: x\nc: 1\n", ("a", "b"), LONG).split("\n")
    assert lines[:2] == ["a:", "  b: >-"] and lines[-2:] == ["c: 1", ""]
    assert all(line.startswith("    ") and len(line) <= 96 for line in lines[2:-2])


SET: Callable[[bytes, Path, Keys], bytes] = lambda data, shown, keys: set_value(  # noqa: E731
    data, shown, keys, "x"
)
INSERT: Callable[[bytes, Path, Keys], bytes] = lambda data, shown, keys: insert_item(  # noqa: E731
    data, shown, keys, "x", 9
)


@pytest.mark.parametrize(
    ("change", "text", "keys", "place"),
    [
        (SET, b"a: [x]\n", ("a",), "1:4: a"),
        (SET, b"a: {b: 1}\n", ("a",), "1:4: a"),
        (SET, b"a:\n  - y\n", ("a", 1), "2:3: a"),
        (SET, b"a: 1\n", ("a", "b"), "1:4: b"),
        (SET, b"a: 1\n", ("b", "c"), "1:1: c"),
        (SET, b"a: &n x\nb: *n\n", ("a",), "1:4: a"),  # the other place would change as well
        (SET, b"a: &n x\nb: *n\n", ("b",), "1:4: b"),
        (SET, b"a:\n  # c\n  b: 1 # c\nd:\n", ("a",), "3:3: a"),
        (SET, b"", ("a",), "1:1"),
        (SET, b"a: [\n", ("a",), "1:1"),
        (SET, b"a: b: c\nd: 1\n", ("d",), "1:5: a"),
        (SET, b"\xff\n", ("a",), "1:1"),
        (SET, "a:\u00a0x\n".encode(), ("a",), "1:4: a"),
        (INSERT, b"a: x\n", ("a",), "1:4: a"),
        (INSERT, b"a: 1\n", ("a", "b"), "1:4: b"),
        (delete, b"a:\n  - y\n", ("a", 3), "2:3: a"),
        (delete, b"a:\n  - x: 1\n    y: 2\n", ("a", 0, "x"), "2:8: x"),  # shares its line
        (delete, b"a: &n x\nb: *n\n", ("a",), "1:4: a"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused_at_its_place(
    change: Callable[[bytes, Path, Keys], bytes], text: bytes, keys: Keys, place: str
) -> None:
    with pytest.raises(EditError) as raised:
        change(text, SHOWN, keys)
    (line,) = str(raised.value).splitlines()
    assert re.match(rf"so\.yaml:{place}\b.* — ", line), line


def test_words_are_replaced_at_their_place_in_a_file_that_need_not_load() -> None:
    data = "\ufeffa: [ờ\r\nb b\r".encode()
    edits = [Edit(SHOWN, 2, 1, "b", "cc"), Edit(SHOWN, 2, 3, "b", ""), Edit(SHOWN, 1, 5, "ờ", "ở")]
    assert replace_words(data, edits).decode() == "\ufeffa: [ở\r\ncc \r"
    for edit in (Edit(SHOWN, 2, 1, "c", "d"), Edit(SHOWN, 9, 1, "c", "d")):
        with pytest.raises(EditError, match=f"so.yaml:{edit.line}:1: "):
            replace_words(data, [edit])


# --- whatever stands in the file --------------------------------------------------------------

WORDS = st.text("abờ :#-'\",[]{}&*!|>%@`\\?=~0", max_size=12)
SCALARS: st.SearchStrategy[str] = st.sampled_from(
    [
        "x",
        "1204",
        "'x ''y'",
        '"x \\" y"',
        ">-\n      x y\n      z",
        "|\n      x\n\n      y",
        "",
        "x\n      y",
        '"x\n      y"',
        "'x\n\n      y'",
        ">\n      x\n       y",
        "|-\n      x",
    ]
)
ITEMS = st.sampled_from(["{k: x, l: 'y'}", "[x, 'y']", "\n      k: x\n      l: >-\n        y"])
COMMENTS = st.sampled_from(["", "    # c\n", "\n", "# c\n\n"])
ENDS = st.sampled_from(["\n", "\r\n"])


@given(
    values=st.lists(st.tuples(SCALARS | ITEMS, COMMENTS), min_size=1, max_size=5),
    at=st.integers(0, 4),
    word=WORDS,
    end=ENDS,
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_only_the_bytes_of_the_named_value_change(
    values: list[tuple[str, str]], at: int, word: str, end: str, mark: str
) -> None:
    """The lines before the value and behind it are those that were there, in the same bytes."""
    at = at % len(values)
    starts = [
        f"  k{number}:{' ' * bool(value and value[0] != chr(10))}"
        for number, (value, _) in enumerate(values)
    ]
    parts = [
        f"{start}{value}\n{comment}" for start, (value, comment) in zip(starts, values, strict=True)
    ]
    text = mark + ("# head\na:\n" + "".join(parts) + "b: 1\n").replace("\n", end)
    before = text.split(starts[at])[0]
    behind = (values[at][1] + "".join(parts[at + 1 :]) + "b: 1\n").replace("\n", end)
    if parse_yaml(text.encode(), SHOWN).problems:
        return
    tree = tree_of(text)
    keys: Keys = ("a", f"k{at}")
    inside = tree["a"][f"k{at}"]
    if isinstance(inside, (dict, list)):
        with pytest.raises(EditError):
            with_value(text, keys, word)
        keys = (*keys, "k" if isinstance(inside, dict) else 1)
    new = with_value(text, keys, word)
    assert new.startswith(before) and new.endswith(behind)
    after = tree_of(new)
    found = after["a"][f"k{at}"]
    assert (found if len(keys) == 2 else found[keys[2]]) == " ".join(word.split())
    assert {**after["a"], f"k{at}": None} == {**tree["a"], f"k{at}": None}


@given(
    values=st.lists(st.tuples(SCALARS.filter(bool), COMMENTS), min_size=1, max_size=5),
    at=st.integers(0, 5),
    end=ENDS,
)
def test_what_is_inserted_can_be_deleted_again(
    values: list[tuple[str, str]], at: int, end: str
) -> None:
    parts = [f"    - {value}\n{comment}" for value, comment in values]
    text = ("a:\n  l:\n" + "".join(parts) + "b: 1\n").replace("\n", end)
    if parse_yaml(text.encode(), SHOWN).problems:
        return
    at = at % (len(values) + 1)
    new = inserted(text, ("a", "l"), (("ma", "1"), ("t", "x: y")), at)
    old_lines, lines = text.split(end), new.split(end)
    added = [
        number
        for number in range(len(lines))
        if lines[:number] + lines[number + len(lines) - len(old_lines) :] == old_lines
    ]
    assert added  # the old lines are all there, in order, around one stretch
    assert tree_of(without(new, ("a", "l", at))) == tree_of(text)


@given(
    values=st.lists(st.tuples(SCALARS | ITEMS, COMMENTS), min_size=2, max_size=5),
    at=st.integers(0, 3),
    end=ENDS,
)
def test_items_that_are_swapped_twice_stand_as_before(
    values: list[tuple[str, str]], at: int, end: str
) -> None:
    parts = [f"    -{' ' * bool(value)}{value}\n{comment}" for value, comment in values]
    text = ("a:\n  l:\n" + "".join(parts) + "b: 1\n").replace("\n", end)
    if parse_yaml(text.encode(), SHOWN).problems:
        return
    at = at % (len(values) - 1)
    new = swap_with_next(text.encode(), SHOWN, ("a", "l", at))
    assert sorted(new.decode().split(end)) == sorted(text.split(end))
    assert swap_with_next(new, SHOWN, ("a", "l", at)).decode() == text
    before, after = tree_of(text)["a"]["l"], tree_of(new.decode())["a"]["l"]
    assert after == [*before[:at], before[at + 1], before[at], *before[at + 2 :]]


@given(
    values=st.lists(
        st.sampled_from(["x", "'x, ]'", '"x"', "{k: x}", "[x, y]"]), min_size=2, max_size=5
    ),
    at=st.integers(0, 4),
    word=WORDS.map(lambda word: " ".join(word.split())).filter(bool),
    between=st.sampled_from([", ", ",", " ,\n      "]),
)
def test_within_brackets_only_the_item_comes_goes_and_moves(
    values: list[str], at: int, word: str, between: str
) -> None:
    text = f"# c\na:\n  l: [{between.join(values)}]  # c\nb: {{k: 1}} # c\n"
    at, keys = at % len(values), ("a", "l")
    items = tree_of(text)["a"]["l"]
    new = inserted(text, keys, word, at)
    assert tree_of(new)["a"]["l"] == [*items[:at], word, *items[at:]]
    assert without(new, (*keys, at)) == text
    gone = without(text, (*keys, at))
    assert tree_of(gone)["a"]["l"] == [*items[:at], *items[at + 1 :]]
    assert gone.startswith("# c\na:\n  l: [") and gone.endswith("]  # c\nb: {k: 1} # c\n")
    at = at % (len(values) - 1)
    moved = swap_with_next(text.encode(), SHOWN, (*keys, at))
    assert swap_with_next(moved, SHOWN, (*keys, at)).decode() == text
