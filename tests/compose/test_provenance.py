"""Words of an outline, and values in it, lead back to their line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from origins import lines_of, misplaced, run_texts, stretches, uncovered
from vanban.compose.markdown import Outlined
from vanban.compose.outline import fill_outline
from vanban.errors import TemplateError
from vanban.provenance import Kind, TracedNumber, sources_of, traced
from vanban.workspace.source import Mapping
from vanban.workspace.yaml_file import parse_yaml

FRONT = "---\nloai: Kế hoạch\ntrich_yeu: Thử\nde_muc: I., 1., a)\n---\n"
CONTENT = 'a: một hai\nb:\n  - "ba\\u0021"\n  - bốn\n'


def texts(folder: Path, body: str, **others: str) -> list[str]:
    """Return the texts of an outline of two values, from line 6 on."""
    yaml = folder / "content.yaml"
    yaml.write_text(CONTENT, "utf-8")
    tree = parse_yaml(yaml.read_bytes(), yaml).tree
    assert isinstance(tree, Mapping)
    for name, text in {"outline": FRONT + body, **others}.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    lines_of.cache_clear()
    values: dict[str, Any] = {"a": tree["a"], "b": tuple(tree["b"]), "n": 3, "none": ""}
    outlined = fill_outline(folder / "outline.md", values)
    blocks = [*outlined.body, *(block for annex in outlined.annexes for block in annex.blocks)]
    titles = [text for annex in outlined.annexes for text in (annex.number, annex.title)]
    return [text for text in (*run_texts(blocks), *titles) if text]


MACRO = "{% macro f(x) %}\nMột {{ x }} hai\n{% endmacro %}\n"
TABLE = '{cot="5 5"}\n| A | B |\n|:-:|--|\n| x \\| y | **z** |\n'
LOOP = "{% for x in b %}\n- Một {{ x }}\n{% endfor %}\n"
TIGHT = "{% for x in b -%}\n   {{ loop.index }}\n{%- endfor %}"
ANNEX = "Xem [](#x)\n\n{#x .phu-luc}\n# Một\n"
IF = "{{ a }}{% if n %}.{% endif %}{% if n %} Hai{% endif %}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Một {{ a }}.", "worded 6:1 Một |typed 1:4 một hai|worded 6:12 ."),
        ("{{ a }} {{ a }}", "typed 1:4 một hai|worded 6:8  |typed 1:4 một hai"),
        ("{{ a.upper() }}", "typed 1:4 MỘT HAI"),
        ("{{ a.rstrip('i') }}", "typed 1:4 một ha"),
        ("{{ b[0] }}", "typed 3:6 ba!"),
        ("{{ b[1] }}", "typed 4:5 bốn"),
        ("{{ a ~ '; ' ~ b[0] }}", "typed 1:4 một hai|computed 1:4 ; |typed 3:6 ba!"),
        ("{{ b | join(', ') }}", "typed 3:6 ba!|computed 3:5 , |typed 4:5 bốn"),
        ("{{ n }} a", "computed 6:1 3|worded 6:8  a"),
        ("Một\nhai", "worded 6:1 Một|worded 6:4  |worded 7:1 hai"),
        ("- Một", "computed 6:1 - |worded 6:3 Một"),
        ("1. Một", "computed 6:1 1. |worded 6:4 Một"),
        ("x **Một** y", "worded 6:1 x |worded 6:5 Một|worded 6:10  y"),
        ("## Một ##", "computed 6:1 1.|worded 6:4 Một"),
        (IF, "typed 1:4 một hai|worded 6:18 .|worded 6:40  Hai"),
        (
            LOOP,
            "computed 7:1 - |worded 7:3 Một |typed 3:6 ba!|"
            "computed 7:1 - |worded 7:3 Một |typed 4:5 bốn",
        ),
        (TIGHT, "computed 7:4 1|computed 7:4 2"),
        (
            MACRO + "\n  {{ f(n) | trim }}!",
            "worded 7:1 Một |computed 7:5 3|worded 7:12  hai|worded 10:20 !",
        ),
        ("{% include 'other.md' %}", "worded 2:2 Khác"),
        (TABLE, "worded 7:3 A|worded 7:7 B|worded 9:3 x |worded 9:6 \\| y|worded 9:14 z"),
        (ANNEX, "worded 6:1 Xem |computed 9:1 Phụ lục|computed 9:1 Phụ lục|worded 9:3 Một"),
        ("{% raw %}{{ a }}{% endraw %}", "worded 6:10 {{ a }}"),
        ("<!-- chú\nthích -->Một", "worded 7:10 Một"),
    ],
)
def test_where_the_words_of_an_outline_stand(tmp_path: Path, body: str, expected: str) -> None:
    found = texts(tmp_path, body, other="\n Khác\n")
    parts = [stretch for text in found for stretch in stretches(text)]
    assert parts == [part.replace("\\", "|") for part in expected.replace("\\|", "\\").split("|")]


PIECES = (
    "Một ", "hai", " ", "\n", "\n\n", "- ", "1. ", "# ", "## ", "**", "*", "  ", "{{ a }}",
    "{{ n }}", "{{ none }}", "{% if n %}", "{%- if n -%}", "{% for x in b %}", "{{ x }}",
    "{{ b[1] }}", "{{- a -}}", "<!-- x -->", "[](#x)", "{% include 'other.md' %}", "|", "\\|",
    "\n\n{#x .phu-luc}\n# A\n\n",
    '\n\n{cot="5 5"}\n| A | B |\n|---|---|\n| a | {{ a }} |\n',
)  # fmt: skip
CLOSING = {"if": "{% endif %}", "for": "{% endfor %}"}


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_any_outline_is_traced_letter_for_letter(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    """But for a blank alone between two tags, which counts as standing behind what is before."""
    folder = tmp_path_factory.mktemp("outline")
    opened = [CLOSING[word] for piece in pieces for word in CLOSING if word in piece]
    body = "".join([*pieces, *reversed(opened)])
    try:
        found = texts(folder, f"A\n{body}", other="Khác {{ a }}\n")
    except TemplateError:  # a mistake, told elsewhere
        reject()
    for text in found:
        assert not uncovered(text)
        assert [each for each in misplaced(text) if each[0] != " "] == []


def test_an_outline_is_read_again_where_a_value_is_another_or_stands_elsewhere(
    tmp_path: Path,
) -> None:
    path = tmp_path / "outline.md"
    path.write_text(FRONT + "Một {{ a }} {{ n }}\n", "utf-8")

    def filled(content: str, number: int = 3) -> Outlined:
        tree = parse_yaml(content.encode(), tmp_path / "content.yaml").tree
        assert isinstance(tree, Mapping)
        return fill_outline(path, {"a": tree["a"], "n": TracedNumber(number, tree["a"])})

    tree = parse_yaml(b"a: hai", tmp_path / "content.yaml").tree
    assert isinstance(tree, Mapping)
    once = fill_outline(path, {"a": tree["a"], "n": 1})
    assert fill_outline(path, {"a": tree["a"], "n": 1}) is once
    expected = {("a: hai", 3): (1, "3"), ("# x\na: hai", 3): (2, "3"), ("a: hai", 4): (1, "4")}
    for (content, number), (line, printed) in expected.items():
        text = traced(*run_texts(filled(content, number).body))
        places = [(each.kind, each.place.line) for each in sources_of(text) if each.origins]
        assert text == f"Một hai {printed}"
        assert (Kind.TYPED, line) in places and (Kind.COMPUTED, line) in places
