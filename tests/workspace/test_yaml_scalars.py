"""Every character of a scalar is found where it was typed, whatever the style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vanban.workspace.source import Mapping, Scalar
from vanban.workspace.yaml_file import parse_yaml

FILE = Path("a.yaml")
BLANK_LINE = re.compile(r"^[ \t]+$", re.MULTILINE)
HEADERS = ("|", "|-", "|+", ">", ">-", ">+", ">2", "|2-")
ESCAPES = ("\\t", "\\n", "\\x41", "\\u1ED9", "\\U00001ED9", '\\"', "\\\\", "\\\n", "''")


def value_of(yaml: str) -> Scalar | None:
    """Return the value of key ``a`` of a file without mistakes."""
    file = parse_yaml(yaml.encode(), FILE)
    value = file.tree.get("a") if isinstance(file.tree, Mapping) else None
    return value if isinstance(value, Scalar) and not file.problems else None


def positions(yaml: str) -> tuple[str, tuple[int, ...]]:
    """Return the value of key ``a`` and where its characters stand."""
    value = value_of(yaml)
    assert value is not None
    assert value.written is not None
    return str(value), value.written.positions


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Some text under a key, in any style, with line breaks, blank lines and deeper lines."""
    style = draw(st.sampled_from(("", "'", '"', *HEADERS)))
    escapes = ESCAPES[:-1] if style == '"' else ESCAPES[-1:] if style == "'" else ()
    signs = st.sampled_from((*"abặ é,  ", "\t", "\n", "\n", *escapes))
    body = "".join(draw(st.lists(signs, min_size=1, max_size=16))).replace("\n", "\n  ")
    anchor = draw(st.sampled_from(("", "&x ")))
    end = draw(st.sampled_from(("\nz: 1\n", "\n\n\nz: 1\n", "\n", "")))
    block = style in HEADERS
    return f"a: {anchor}{style}" + (f"\n  {body}" if block else f"{body}{style}") + end


@settings(max_examples=400)
@given(documents())
def test_each_character_stands_where_it_is_read_from(yaml: str) -> None:
    value = value_of(yaml)
    assume(value is not None)
    text, found = positions(yaml)
    yaml = BLANK_LINE.sub(lambda blank: " " * len(blank[0]), yaml)  # as tabs there are read
    assert len(found) == len(text)
    assert list(found) == sorted(set(found))
    for index, (sign, position) in enumerate(zip(text, found, strict=True)):
        typed = yaml[position : position + 1]
        if typed == "\\" or not typed:
            continue
        assert typed == sign or (typed, sign) == ("\n", " ")
        if not sign.isalpha():
            continue
        changed = value_of(f"{yaml[:position]}Z{yaml[position + 1 :]}")
        assert changed == f"{text[:index]}Z{text[index + 1 :]}"


@pytest.mark.parametrize(
    ("yaml", "text", "found"),
    [
        ("a: b c\n", "b c", (3, 4, 5)),
        ("a: b\n  c\n", "b c", (3, 4, 7)),
        ("a: b\n\n  c\n", "b\nc", (3, 5, 8)),
        ("a: 'b''c'\n", "b'c", (4, 5, 7)),
        ('a: "b\\tc"\n', "b\tc", (4, 5, 7)),
        ('a: "b \\\n   c"\n', "b c", (4, 5, 11)),
        ("a: |\n  b\n\n   c\n", "b\n\n c\n", (7, 8, 9, 12, 13, 14)),
        ("a: >\n  b\n\n  c\n", "b\nc\n", (7, 9, 12, 13)),
        ("a: >-\n  b\n   c\n  d\n", "b\n c\nd", (8, 9, 12, 13, 14, 17)),
        ("a: >+\n  b\n\nz: 1\n", "b\n\n", (8, 9, 10)),
        ("a: |2\n   b\n", " b\n", (8, 9, 10)),
        ("a: >+\n   \n\n", "\n\n", (9, 10)),
        ("a: &x >-  # ghi chú\n  b\n", "b", (22,)),
    ],
)
def test_the_rules_of_the_styles(yaml: str, text: str, found: tuple[int, ...]) -> None:
    assert positions(yaml) == (text, found)


def test_a_value_knows_the_way_to_it() -> None:
    tree = parse_yaml(b"a:\n  - b: c\n    d: [e, &x f]\ng: *x\n", FILE).tree
    assert isinstance(tree, Mapping)
    item = tree["a"][0]
    assert item.path == ("a", 0)
    assert [item["b"].path, item["d"].path] == [("a", 0, "b"), ("a", 0, "d")]
    assert item["d"][1].path == tree["g"].path == ("a", 0, "d", 1)
