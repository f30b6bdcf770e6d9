"""The front of a dossier: its index with plain page numbers, dividers, pages in place of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import TEMPLATES
from dossiers import item, plan
from vanban.compose.dossier_front import compose_dossier_front
from vanban.document import Document, Paragraph, Table
from vanban.evidence.dossier_plan import DossierPlan
from vanban.evidence.page_numbers import Numbering, number_parts

FILE = Path("a.pdf")


def small_plan(**values: object) -> DossierPlan:
    """Return a plan of two fields, whose second refers to the document of the first."""
    shared = item("1.1.1-01", FILE, signed=True, position="mục II, trang 3", remark="Mẫu")
    own = item("2.1.1-01", Path("bang.xlsx"), number="", issuer="")
    made = plan(shared, own, **values)
    first, second = made.fields
    (criterion,) = second.criteria
    both = replace(second, criteria=(replace(criterion, items=(shared, own)),))
    return replace(made, fields=(first, both))


def numbering_of(made: DossierPlan) -> Numbering:
    parts = [("", 2), ("linh-vuc-1", 1), ("1.1.1-01", 3), ("linh-vuc-2", 1), ("2.1.1-01", 1)]
    return number_parts(parts, made.two_sided)


def front_of(made: DossierPlan, numbered: bool = True, links: bool = False) -> Document:
    return compose_dossier_front(made, numbering_of(made) if numbered else None, TEMPLATES, links)


def rows_of(document: Document) -> list[list[str]]:
    (table,) = (block for block in document.body if isinstance(block, Table))
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_index_has_the_pages_as_text() -> None:
    assert rows_of(front_of(small_plan())) == [
        ["1. CẢI CÁCH HÀNH CHÍNH 1"],
        ["1.1. Kế hoạch"],
        [
            "1",
            "1.1.1-01",
            "15/QĐ-UBND; 20/01/2025",
            "Quyết định về việc 1.1.1-01; UBND phường",
            "bản ký số; mục II, trang 3; Mẫu",
            "4",
        ],
        ["2. CẢI CÁCH HÀNH CHÍNH 2"],
        ["2.1. Kế hoạch"],
        ["", "1.1.1-01", "", "xem 1.1.1-01", "", "4"],
        [
            "2",
            "2.1.1-01",
            "20/01/2025",
            "Quyết định về việc 2.1.1-01",
            "xem tệp trong thư mục kèm theo",
            "8",
        ],
    ]


def test_sheets_are_told_where_both_sides_are_printed() -> None:
    made = small_plan(two_sided=True)
    assert [row[-2:] for row in rows_of(front_of(made)) if len(row) > 1] == [
        ["5", "3"],
        ["5", "3"],
        ["11", "6"],
    ]
    assert "Số tờ: 6" in [block.text for block in front_of(made).body]


def test_numbers_move_nothing() -> None:
    made = small_plan()
    blank, numbered = front_of(made, numbered=False), front_of(made)
    assert {row[-1] for row in rows_of(blank) if len(row) > 1} == {"0"}
    assert len(blank.body) == len(numbered.body)


@pytest.mark.parametrize(
    ("links", "targets"), [(False, set()), (True, {"1.1.1-01", "xem/1.1.1-01", "2.1.1-01"})]
)
def test_only_in_the_dossier_rows_lead_to_documents(links: bool, targets: set[str]) -> None:
    document = front_of(small_plan(), links=links)
    (table,) = (block for block in document.body if isinstance(block, Table))
    found = {run.target for row in table.rows for cell in row.cells for run in cell.runs}
    assert found - {None} == targets


def test_each_part_begins_a_page_at_its_anchor() -> None:
    body = front_of(small_plan()).body
    starts = [block.anchor for block in body if isinstance(block, Paragraph) and block.new_page]
    assert starts == ["muc-luc", "linh-vuc-1", "linh-vuc-2", "2.1.1-01"]
    texts = [block.text for block in body]
    assert "Lĩnh vực 1" in texts and "Tệp: bang.xlsx" in texts


def test_values_are_no_markup() -> None:
    made = replace(small_plan(keeper="# Phòng [x](#y)"), title="**Hồ sơ** | {#a .trang-moi}")
    texts = [block.text for block in front_of(made).body]
    assert "**Hồ sơ** | {#a .trang-moi}" in texts
    assert "Đơn vị lập hồ sơ: # Phòng [x](#y)" in texts


def test_the_cover_says_nothing_twice() -> None:
    def cover(title: str) -> list[str]:
        texts = [
            block.text for block in front_of(replace(small_plan(), title=title, year=2025)).body
        ]
        return texts[: texts.index("MỤC LỤC HỒ SƠ")]

    named = cover("Tài liệu kiểm chứng năm 2025")
    assert sum("Tài liệu kiểm chứng".casefold() in text.casefold() for text in named) == 1
    assert not any(text.startswith("Năm đánh giá") for text in named)
    assert "Năm đánh giá: 2025" in cover("Tài liệu kiểm chứng")
