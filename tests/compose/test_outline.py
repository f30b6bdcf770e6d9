"""Outline + values → blocks: a value is literal text; a faulty outline is told with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.compose.markdown import Outlined
from vanban.compose.outline import fill_outline
from vanban.document import Align, Block, Cell, Heading, Paragraph, Row, Run, StyleId, Table
from vanban.errors import TemplateError
from vanban.workspace.models.allowed_characters import check_text

FRONT = "---\nloai: Kế hoạch\ntrich_yeu: Thử\nde_muc: {forms}\n---\n"


def fill(folder: Path, body: str, forms: str = "I., 1., a)", **values: Any) -> Outlined:
    path = folder / "outline.md"
    path.write_text(FRONT.format(forms=forms) + body, encoding="utf-8")
    return fill_outline(path, values)


def problem_of(folder: Path, text: str, values: Mapping[str, Any] | None = None) -> str:
    """Return the one problem of an outline, without its folder."""
    path = folder / "outline.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as raised:
        fill_outline(path, values or {})
    (problem,) = raised.value.problems
    return str(problem).removeprefix(f"{folder}/")


# --- values are literal ------------------------------------------------------------------------

LITERALS = [
    "{{ x }}",
    "{{ 1 + 1 }}",
    "{% if x %}a{% endif %}",
    "{# a #}",
    "<!-- a -->",
    "<b>a</b>",
    "&amp;",
    "a & b < c > d",
    "**a**",
    "_a_",
    "*a*",
    "`a`",
    "1. a",
    "1) a",
    "- a",
    "+ a",
    "# a",
    "| a |",
    "a | b",
    "[](#x)",
    "[a](b)",
    "![a](b)",
    "<http://a.vn>",
    "{.can-cu}",
    "{#x .phu-luc}",
    '{cot="1"}',
    "---",
    "```",
    "> a",
    "a\nb",
    "a\n\nb",
    "    a",
    "\\*a\\*",
    "a\u00a0b",
    "0",
]


@pytest.mark.parametrize("text", LITERALS)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{{ x }}\n", lambda text: Paragraph(StyleId.BODY, (Run(text),))),
        ("{.can-cu}\n{{ x }}\n", lambda text: Paragraph(StyleId.LEGAL_BASIS, (Run(text),))),
        ("- {{ x }}\n", lambda text: Paragraph(StyleId.BULLET, (Run(f"- {text}"),))),
        ("1. {{ x }}\n", lambda text: Paragraph(StyleId.NUMBERED, (Run(f"1. {text}"),))),
        (
            "## {{ x }}\n",
            lambda text: Heading(StyleId.CLAUSE, 2, "1.", (Run(text),), False, "muc-1"),
        ),
        ("**{{ x }}**\n", lambda text: Paragraph(StyleId.BODY, (Run(text, bold=True),))),
        (
            '{cot="10"}\n| {{ x }} |\n|---|\n',
            lambda text: Table((10.0,), (Row((Cell((Run(text),), Align.CENTER),)),), ()),
        ),
    ],
    ids=["paragraph", "class", "bullet", "number", "heading", "bold", "table"],
)
def test_a_value_is_printed_literally(text: str, body: str, expected: Any, tmp_path: Path) -> None:
    assert fill(tmp_path, body, x=text).body == (expected(text),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outline")


official_text = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: check_text(text) is None)
)


@given(official_text)
def test_any_official_text_comes_out_as_one_literal_run(folder: Path, text: str) -> None:
    (block,) = fill(folder, "{{ x }}\n", x=text).body
    assert block == Paragraph(StyleId.BODY, (Run(text),))


@given(official_text, official_text)
def test_neighbouring_values_do_not_make_markup_together(folder: Path, one: str, two: str) -> None:
    (block,) = fill(folder, "- **{{ x }}** {{ y }}{{ x }}\n", x=one, y=two).body
    assert isinstance(block, Paragraph)
    assert block.runs == (Run("- "), Run(one, bold=True), Run(f" {two}{one}"))


def test_values_in_the_front_matter_are_literal(tmp_path: Path) -> None:
    path = tmp_path / "outline.md"
    path.write_text("---\nloai: Kế hoạch\ntrich_yeu: Về {{ x }}\n---\nA\n", encoding="utf-8")
    front = fill_outline(path, {"x": "loai: **a** {{ b }}"}).front
    assert front == {"loai": "Kế hoạch", "trich_yeu": "Về loai: **a** {{ b }}"}


def test_whole_numbers_and_loops(tmp_path: Path) -> None:
    body = "{% for x in list %}\n{{ loop.index }}/{{ list|length }}: {{ x }}\n\n{% endfor %}\n"
    assert texts(fill(tmp_path, body, list=["a", "b"]).body) == ["1/2: a", "2/2: b"]


def test_comments_of_the_outline_are_not_printed(tmp_path: Path) -> None:
    body = "<!-- Ghi chú của {{ người }} -->\nA {{ x }}.\n"
    assert texts(fill(tmp_path, body, x="b").body) == ["A b."]


# --- faulty outlines ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{{ absent }}\n", 6),
        ("A.\n\n{{ absent }}\n", 8),
        ("A.\n{{ plan.absent }}\n", 7),
        ("{% for x in absent %}\n{{ x }}\n{% endfor %}\n", 6),
        ("{% if absent %}\nA\n{% endif %}\n", 6),
        ("{% macro m(x) %}\n{{ x.absent }}\n{% endmacro %}\nA\n{{ m(plan) }}\n", 7),
        ("- {{ plan.name }}\n- {{ plan.nmae }}\n", 7),
    ],
)
def test_an_undefined_variable_is_told_with_its_line(body: str, line: int, tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Plan:
        name: str = "A"

    message = problem_of(tmp_path, FRONT.format(forms="I.") + body, {"plan": Plan()})
    assert message.startswith(f"outline.md:{line}: mẫu dùng tên không có: “")
    assert message.endswith("” — sửa tên đó")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{{ x\n\nA\n", 8),
        ("A\n{% if x %}\nB\n", 8),
        ("A\n\n{% endfor %}\n", 8),
        ("{% frobnicate %}\n", 6),
        ("A\n{{ x|frobnicate }}\n", 7),
    ],
)
def test_a_syntax_error_is_told_with_its_line(body: str, line: int, tmp_path: Path) -> None:
    message = problem_of(tmp_path, FRONT.format(forms="I.") + body, {"x": "a"})
    assert message.startswith(f"outline.md:{line}: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A\n", "giữa hai dòng ---"),
        ("A\n---\nloai: a\n---\nB\n", "giữa hai dòng ---"),
        ("---\nde_muc: I., x.\n---\n", "không có kiểu “x.” — chọn trong: Phần I, I."),
        ("---\nde_muc: I.\n---\n## A\n", "tiêu đề cấp 2 nhưng de_muc chỉ khai 1 cấp"),
        ("---\nloai: a\n---\n# A\n", "tiêu đề cấp 1 nhưng de_muc chỉ khai 0 cấp"),
        ('---\nloai: a\n---\n{cot="9"}\n| A | B |\n|---|---|\n', "có 2 cột nhưng khai 1 bề rộng"),
        (
            '---\nloai: a\n---\n{cot="10"}\n| A | B |\n|---|---|\n| a | b |\n',
            "bảng “A | …” có 2 cột nhưng khai 1 bề rộng ở cot",
        ),
        ('---\nloai: a\n---\n{cot="10 rộng"}\n| A | B |\n|---|---|\n', "rộng"),
        ("---\nloai: a\n---\nXem [](#x).\n", "dẫn chiếu đến “#x” nhưng không có phụ lục đó"),
        ("---\nloai: a\n---\nXem [phụ lục](#x).\n", "dẫn chiếu đến “#x”"),
        ('---\nloai: a\n---\n{cot="10"}\n| A |\n|---|\n| [](#x) |\n', "dẫn chiếu đến “#x”"),
        ("---\nde_muc: I.\n---\n# Xem [](#x)\n", "dẫn chiếu đến “#x”"),
    ],
)
def test_a_construct_outside_the_subset_is_told(text: str, words: str, tmp_path: Path) -> None:
    message = problem_of(tmp_path, text)
    assert message.startswith("outline.md: ")
    assert words in message


def test_a_missing_outline_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"absent\.md"):
        fill_outline(tmp_path / "absent.md", {})


@pytest.mark.parametrize(
    "body", ["{{ 1 + 'a' }}\n", "{% for x in 3 %}\n{% endfor %}\n", "{{ 1 // 0 }}\n"]
)
def test_a_mistake_of_calculation_in_an_outline_is_told(body: str, tmp_path: Path) -> None:
    message = problem_of(tmp_path, FRONT.format(forms="I.") + "A\n" + body)
    assert message.startswith("outline.md:7: ")


CALLS = "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}"
GROWING = "{% set ns = namespace(a='ab') %}{% for i in range(60) %}BODY{% endfor %}"
NESTED = "{% for a in words %}" * 4 + "{% endfor %}" * 4


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{% for i in range(1000000000) %}{% endfor %}", "quá nhiều"),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "phép tính **"),
        (
            "{% for a in range(3000) %}{% for b in range(3000) %}{% endfor %}{% endfor %}",
            "quá nhiều",
        ),
        (NESTED, "quá nhiều"),
        (CALLS, "quá nhiều"),
        (GROWING.replace("BODY", "{% set ns.a = ns.a ~ ns.a %}"), "quá nhiều"),
        (GROWING.replace("BODY", "{% set ns.a = ns.a + ns.a %}"), "quá nhiều"),
        (GROWING.replace("BODY", "{% set ns.a %}{{ ns.a }}{{ ns.a }}{% endset %}"), "quá nhiều"),
        ("{{ 'a' * 1000000000 }}", "phép tính *"),
        ("{{ '%999999999d' % 1 }}", "phép tính %"),
        ("{{ '{:>999999999}'.format(1) }}", "“format”"),
        ("{{ words.center(1000000000) }}", "“center”"),
        ("{{ words | center(1000000000) }}", "center"),
        ("{{ ''.__class__.__mro__ }}", "“__class__”"),
        ("{{ words.__class__ }}", "“__class__”"),
        ("{{ lipsum(1000000000) }}", "“lipsum”"),
        ("{% include 'outline.md' %}", "không dừng"),
        ("{% include '../outline.md' %}", "không có mẫu “../outline.md”"),
        ("{% include 'other.md' %}", "không có mẫu “other.md”"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "không dừng"),
        ("{{ function() }}", "argument"),
        ("{{ words.nothing }}", "“nothing”"),
    ],
)
def test_an_outline_does_a_bounded_amount_of_work(body: str, words: str, tmp_path: Path) -> None:
    """Each is told with its line; without bounds these end in days, or in all of the memory."""
    values = {"words": "chữ " * 100, "function": lambda value: value}
    message = problem_of(tmp_path, FRONT.format(forms="I.") + "A\n" + body + "\n", values)
    assert message.startswith("outline.md:7: ")
    assert words in message


@pytest.mark.parametrize(
    "body",
    [
        "{{ " + "(" * 150 + "1" + ")" * 150 + " }}",
        "{% for a in words %}" * 30 + "{% endfor %}" * 30,
    ],
)
def test_an_outline_that_is_nested_too_deep_is_told(body: str, tmp_path: Path) -> None:
    message = problem_of(tmp_path, FRONT.format(forms="I.") + body, {"words": "a"})
    assert message.startswith("outline.md")


def test_what_outlines_need_works_within_the_bounds(tmp_path: Path) -> None:
    body = (
        "{% for word in words %}{{ loop.index }}/{{ loop.length }} "
        "{{ word.upper() ~ '!' }} {% endfor %}"
        "{{ 1 + 2 * 3 }} {{ words | length }}"
    )
    (block,) = fill(tmp_path, body, words=["a", "b"]).body
    assert block.text == "1/2 A! 2/2 B! 7 2"


def test_an_outline_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "outline.md"
    path.write_bytes(FRONT.format(forms="I.").encode() + b"V\xe9\n")
    with pytest.raises(TemplateError, match="UTF-8"):
        fill_outline(path, {})


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks]
