"""Markdown subset → blocks: numbers of headings, lists, tables, annexes, references, places."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vanban.compose.markdown import Outlined
from vanban.compose.outline import fill_outline
from vanban.document import Align, Block, Heading, Paragraph, Run, StyleId, Table
from vanban.errors import TemplateError

PLAN_FORMS = "Phần I, I., 1., 1.1., 1.1.1."
REPORT_FORMS = "I., 1., a)"


def outlined(folder: Path, body: str, forms: str = REPORT_FORMS, **values: Any) -> Outlined:
    path = folder / "outline.md"
    path.write_text(f"---\nloai: Kế hoạch\nde_muc: {forms}\n---\n{body}", encoding="utf-8")
    return fill_outline(path, values)


def only_table(folder: Path, body: str) -> Table:
    (table,) = outlined(folder, body).body
    assert isinstance(table, Table)
    return table


def headings(blocks: tuple[Block, ...]) -> list[Heading]:
    return [block for block in blocks if isinstance(block, Heading)]


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks]


# --- headings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forms", "levels", "labels"),
    [
        (
            PLAN_FORMS,
            [1, 2, 3, 4, 4, 5, 5, 4, 3, 4, 2, 3, 1, 2],
            "Phần I|I.|1.|1.1.|1.2.|1.2.1.|1.2.2.|1.3.|2.|2.1.|II.|1.|Phần II|I.",
        ),
        (REPORT_FORMS, [1, 2, 3, 3, 3, 3, 3, 2, 3, 1], "I.|1.|a)|b)|c)|d)|đ)|2.|a)|II."),
        ("I.", [1, 1, 1, 1], "I.|II.|III.|IV."),
        ("1.", [1] * 11, "1.|2.|3.|4.|5.|6.|7.|8.|9.|10.|11."),
        # A level may be left out; the deeper one then counts by itself.
        (REPORT_FORMS, [1, 3, 3, 1, 3], "I.|a)|b)|II.|a)"),
    ],
)
def test_headings_are_numbered_by_the_forms(
    forms: str, levels: list[int], labels: str, tmp_path: Path
) -> None:
    body = "\n".join(f"{'#' * level} Đề mục" for level in levels)
    found = headings(outlined(tmp_path, body, forms).body)
    assert "|".join(heading.label for heading in found) == labels
    assert [heading.level for heading in found] == levels
    assert len({heading.anchor for heading in found}) == len(found)


def test_a_part_stacks_its_title_under_its_number(tmp_path: Path) -> None:
    part, section = headings(outlined(tmp_path, "# MỤC ĐÍCH\n## YÊU CẦU\n", PLAN_FORMS).body)
    assert (part.style, part.stacked) == (StyleId.PART, True)
    assert part.text == "Phần I\nMỤC ĐÍCH"
    assert part.outline_text == "Phần I. MỤC ĐÍCH"
    assert (section.style, section.stacked) == (StyleId.SECTION, False)
    assert section.text == section.outline_text == "I. YÊU CẦU"


# --- paragraphs and lists ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A\n", [(StyleId.BODY, "A")]),
        ("A\nB\n", [(StyleId.BODY, "A B")]),
        ("A  \nB\n", [(StyleId.BODY, "A B")]),
        ("A\n\nB\n", [(StyleId.BODY, "A"), (StyleId.BODY, "B")]),
        ("{.can-cu}\nA\n\nB\n", [(StyleId.LEGAL_BASIS, "A"), (StyleId.BODY, "B")]),
        ("{.ten-bang}\nA\n", [(StyleId.TABLE_TITLE, "A")]),
        ("- A\n- B\n", [(StyleId.BULLET, "- A"), (StyleId.BULLET, "- B")]),
        ("- A\n\n- B\n", [(StyleId.BULLET, "- A"), (StyleId.BULLET, "- B")]),
        ("- A\n\n  B\n", [(StyleId.BULLET, "- A"), (StyleId.BODY, "B")]),
        ("1. A\n1. B\n", [(StyleId.NUMBERED, "1. A"), (StyleId.NUMBERED, "2. B")]),
        (
            "1. A\n\n   B\n\n   C\n\n1. D\n",
            [
                (StyleId.NUMBERED, "1. A"),
                (StyleId.BODY, "B"),
                (StyleId.BODY, "C"),
                (StyleId.NUMBERED, "2. D"),
            ],
        ),
        (
            "1. A\n\nB\n\n1. C\n",
            [(StyleId.NUMBERED, "1. A"), (StyleId.BODY, "B"), (StyleId.NUMBERED, "1. C")],
        ),
        (
            "- A\n\n1. B\n",
            [(StyleId.BULLET, "- A"), (StyleId.NUMBERED, "1. B")],
        ),
    ],
)
def test_paragraphs(body: str, expected: list[tuple[StyleId, str]], tmp_path: Path) -> None:
    blocks = outlined(tmp_path, body).body
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert [(block.style, block.text) for block in blocks if isinstance(block, Paragraph)] == (
        expected
    )


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("A **B** C\n", (Run("A "), Run("B", bold=True), Run(" C"))),
        ("A *B* C\n", (Run("A "), Run("B", italic=True), Run(" C"))),
        ("***A***\n", (Run("A", bold=True, italic=True),)),
        ("**A *B***\n", (Run("A ", bold=True), Run("B", bold=True, italic=True))),
        ("*A {{ x }}*.\n", (Run("A B", italic=True), Run("."))),
        ("**A\nB**\n", (Run("A B", bold=True),)),
        ("A_B_ & <C> #D `E`\n", (Run("A_B_ & <C> #D `E`"),)),
        ("- **A**\n", (Run("- "), Run("A", bold=True))),
    ],
)
def test_emphasis_comes_from_the_outline(body: str, runs: tuple[Run, ...], tmp_path: Path) -> None:
    (block,) = outlined(tmp_path, body, x="B").body
    assert isinstance(block, Paragraph)
    assert block.runs == runs


# --- tables ------------------------------------------------------------------------------------

TABLE = """\
{cot="12 90.5 30"}
| STT | **Tên** | Số |
|:---:|:---|---:|
| 1 | Một *hai* | 1.204 |
| 2 | | |
"""


def test_a_table(tmp_path: Path) -> None:
    table = only_table(tmp_path, TABLE)
    assert table.widths == (12.0, 90.5, 30.0)
    (head,) = table.head
    assert [cell.text for cell in head.cells] == ["STT", "Tên", "Số"]
    assert [cell.align for cell in head.cells] == [Align.CENTER] * 3
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "Một hai", "1.204"],
        ["2", "", ""],
    ]
    for row in table.rows:
        assert [cell.align for cell in row.cells] == [Align.CENTER, Align.LEFT, Align.RIGHT]
    assert table.rows[0].cells[1].runs == (Run("Một "), Run("hai", italic=True))


def test_rows_come_from_a_loop(tmp_path: Path) -> None:
    body = (
        '{cot="20 40"}\n| A | B |\n|---|---|\n'
        "{% for row in rows %}\n| {{ loop.index }} | {{ row }} |\n{% endfor %}\n\nC\n"
    )
    table, after = outlined(tmp_path, body, rows=["x | y", "**z**"]).body
    assert isinstance(table, Table)
    assert [cell.text for row in table.rows for cell in row.cells] == [
        *("1", "x | y"),
        *("2", "**z**"),
    ]
    assert after.text == "C"


# --- annexes and references --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "numbers"),
    [
        (0, []),
        (1, ["Phụ lục"]),
        (2, ["Phụ lục I", "Phụ lục II"]),
        (4, ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]),
    ],
)
def test_annexes_are_numbered_where_there_are_several(
    count: int, numbers: list[str], tmp_path: Path
) -> None:
    body = "A\n\n" + "".join(f"{{#pl-{n} .phu-luc}}\n# TÊN {n}\n\nB\n\n" for n in range(count))
    annexes = outlined(tmp_path, body).annexes
    assert [annex.number for annex in annexes] == numbers
    assert [annex.title for annex in annexes] == [f"TÊN {n}" for n in range(count)]
    assert [texts(annex.blocks) for annex in annexes] == [["B"]] * count


def test_annexes_have_numbers_and_pages_of_their_own(tmp_path: Path) -> None:
    body = (
        "# A\n\nXem [](#hai) và [](#mot).\n\n"
        "{#mot .phu-luc .ngang}\n# MỘT\n\n# B\n\n{#hai .phu-luc}\n# HAI\n\n# C\n# D\n"
    )
    result = outlined(tmp_path, body)
    one, two = result.annexes
    assert (one.landscape, two.landscape) == (True, False)
    assert [heading.label for heading in headings(one.blocks)] == ["I."]
    assert [heading.label for heading in headings(two.blocks)] == ["I.", "II."]
    reference = result.body[1]
    assert isinstance(reference, Paragraph)
    assert reference.runs == (
        Run("Xem "),
        Run("Phụ lục II", target="hai"),
        Run(" và "),
        Run("Phụ lục I", target="mot"),
        Run("."),
    )


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Xem [](#pl).\n", "Xem Phụ lục."),
        ("Xem [phụ lục kèm theo](#pl).\n", "Xem phụ lục kèm theo."),
        ("**Xem [](#pl)**\n", "Xem Phụ lục"),
        ("# Xem [](#pl)\n", "I. Xem Phụ lục"),
        ('{cot="10"}\n| [](#pl) |\n|---|\n', "Phụ lục"),
    ],
)
def test_a_reference_prints_the_number_of_the_annex(before: str, text: str, tmp_path: Path) -> None:
    result = outlined(tmp_path, f"{before}\n{{#pl .phu-luc}}\n# TÊN\n\nA\n")
    assert texts(result.body) == [text]


# --- places of values --------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    id: str

    @property
    def text(self) -> str:
        return f"Nhiệm vụ {self.id}"


@pytest.mark.parametrize(
    ("forms", "body", "place"),
    [
        (PLAN_FORMS, "# A\n## B\n### C\n#### D\n- x\n- {{ task }}\n", "Phần I, mục I.1.1, ý 2"),
        (PLAN_FORMS, "# A\n# B\n## C\n1. {{ task }}\n", "Phần II, mục I, ý 1"),
        (PLAN_FORMS, "# A\n\n{{ task }}\n", "Phần I"),
        (PLAN_FORMS, "# A\n## B\n### C\n### D\n#### E\n##### G\n- {{ task }}\n", None),
        (REPORT_FORMS, "# A\n## B\n### C\n### D\n- {{ task }}\n", "mục I.1.b, ý 1"),
        (REPORT_FORMS, "# A\n\n- x\n\n{{ task }}\n", "mục I"),
        (REPORT_FORMS, "# A\n- {{ task }}\n\n  x\n", "mục I, ý 1"),
    ],
)
def test_the_place_of_a_task_is_recorded(
    forms: str, body: str, place: str | None, tmp_path: Path
) -> None:
    result = outlined(tmp_path, body, forms, task=Task("t-01"))
    assert "Nhiệm vụ t-01" in "\n".join(texts(result.body))
    assert result.places == {"t-01": place or "Phần I, mục I.2.1.1, ý 1"}


# --- pages, empty lines, merged cells ------------------------------------------------------------


def test_a_paragraph_begins_a_page_below_empty_lines(tmp_path: Path) -> None:
    body = '{#{{ name }} .ten-loai .trang-moi dong="2"}\nTỜ\n\n{.trich-yeu}\nHai\n'
    first, second, title, other = outlined(tmp_path, body, name="to-1").body
    assert isinstance(first, Paragraph) and isinstance(title, Paragraph)
    assert (first.new_page, first.anchor, first.text.strip()) == (True, "to-1", "")
    assert isinstance(second, Paragraph) and not second.new_page
    assert (title.style, title.text, title.new_page) == (StyleId.DOCUMENT_TYPE, "TỜ", False)
    assert isinstance(other, Paragraph) and other.style is StyleId.ABSTRACT


def test_empty_lines_above_a_table(tmp_path: Path) -> None:
    line, table = outlined(tmp_path, '{cot="9 9" dong="1"}\n| A | B |\n|---|---|\n| a | b |\n').body
    assert isinstance(line, Paragraph) and isinstance(table, Table)


def test_a_cell_belongs_to_the_one_on_its_left(tmp_path: Path) -> None:
    body = '{cot="9 9 9"}\n| A | B | C |\n|:---:|---|---|\n| **a** | < | < |\n| b | c | < |\n'
    table = only_table(tmp_path, body)
    first, second = table.rows
    assert first.is_heading and not second.is_heading
    assert [(cell.text, cell.columns, cell.align) for cell in first.cells] == [("a", 3, Align.LEFT)]
    assert [(cell.text, cell.columns) for cell in second.cells] == [("b", 1), ("c", 2)]


def test_a_link_to_a_value_leads_out_of_the_document(tmp_path: Path) -> None:
    body = "[{{ text }}](#{{ target }}) và [{{ text }}](#{{ nothing }})\n"
    (block,) = outlined(tmp_path, body, text="1.1.1-01", target="a/1", nothing="").body
    assert isinstance(block, Paragraph)
    assert [(run.text, run.target) for run in block.runs] == [
        ("1.1.1-01", "a/1"),
        (" và 1.1.1-01", None),
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{dong="hai"}\nA\n', "dong=“hai” phải là số dòng"),
        ("{#a .trang-moi}\nA\n\n{#a .trang-moi}\nB\n", "mã #a đặt cho hai chỗ"),
        ("{.trang}\nA\n", "không có lớp .trang"),
    ],
)
def test_mistakes_of_pages(body: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as raised:
        outlined(tmp_path, body)
    assert words in raised.value.problems[0].message


def test_a_form_is_no_annex(tmp_path: Path) -> None:
    form_text = "{#mau .bieu-mau .ngang}\n# MỤC LỤC\n\nB.\n\n"
    body = f"# A\n\nXem [](#pl).\n\n{form_text}{{#pl .phu-luc}}\n# BẢNG\n\nC."
    form, annex = outlined(tmp_path, body).annexes
    assert (form.number, form.outline_text, form.landscape) == ("", "MỤC LỤC", True)
    assert (form.heading.style, form.head_blocks()) == (StyleId.ANNEX_TITLE, ())
    assert (annex.number, annex.heading.text) == ("Phụ lục", "Phụ lục")
    assert annex.head_blocks()[0].text == "BẢNG"


def test_who_made_a_form_stands_on_the_right_and_on_one_page(tmp_path: Path) -> None:
    body = '{.dia-danh}\nA, ngày\n\n{.chuc-danh}\nNGƯỜI LẬP\n\n{.ho-ten dong="2"}\nB\n\nC.'
    *signed, last = outlined(tmp_path, body).body
    paragraphs = [block for block in signed if isinstance(block, Paragraph)]
    assert [block.text.strip("\u00a0") for block in paragraphs] == [
        "A, ngày",
        "NGƯỜI LẬP",
        "",
        "",
        "B",
    ]
    assert all(block.right and block.keep_with_next for block in paragraphs)
    assert isinstance(last, Paragraph) and not last.right
