"""The plan in ``content/`` is the ward's plan as issued: whole, in order, word for word.

``data/ke-hoach-2025.txt`` is the issued text as it was taken from a PDF, left as it is: line
breaks, blank lines, stray dashes and one page number are noise of that extraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from vanban.workspace.load import load_workspace
from vanban.workspace.models.plan import Area, IndexName, Task, TaskGroup
from vanban.workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
ISSUED_TEXT = Path(__file__).parent / "data" / "ke-hoach-2025.txt"


@dataclass(frozen=True)
class Sanctioned:
    """A difference that is allowed: ``issued`` stands exactly once in the issued text."""

    issued: str
    ours: str
    reason: str


SANCTIONED = (
    Sanctioned("PHẦN I MỤC ĐÍCH", "Phần I MỤC ĐÍCH", "label after the decree"),
    Sanctioned("PHẦN II NHIỆM VỤ", "Phần II NHIỆM VỤ", "label after the decree"),
    Sanctioned("IV. TỔ CHỨC THỰC HIỆN", "Phần III TỔ CHỨC THỰC HIỆN", "a part of its own"),
    Sanctioned(
        "Cơ quan chủ trì: Văn phòng HĐND & UBND phường",
        "Cơ quan chủ trì: Văn phòng HĐND và UBND phường.",
        "name of the unit as registered; the line ends like its siblings",
    ),
    Sanctioned(
        "Cơ quan chủ trì: Trung tâm phục vụ Hành chính công.",
        "Cơ quan chủ trì: Trung tâm Phục vụ hành chính công.",
        "name of the unit as registered",
    ),
    Sanctioned(
        "Cơ quan chủ trì: Phòng Kinh tế, Hạ tầng và đô thị.",
        "Cơ quan chủ trì: Phòng Kinh tế, Hạ tầng và Đô thị.",
        "name of the unit as registered",
    ),
    Sanctioned(
        "Cơ quan phối hợp: Trung tâm phục vụ hành chính công,",
        "Cơ quan phối hợp: Trung tâm Phục vụ hành chính công,",
        "name of the unit as registered",
    ),
)


def words(text: str) -> list[str]:
    """Return the words of ``text``; dashes that stand alone (bullets, noise) do not count."""
    return [word for word in text.split() if word != "-"]


def issued_words() -> list[str]:
    """Return the words of the issued body, from its title to "./.", as they should stand now."""
    lines = ISSUED_TEXT.read_text(encoding="utf-8").splitlines()
    text = " ".join(words(" ".join(line for line in lines if not line.strip().isdigit())))
    text = text[text.index("KẾ HOẠCH ") : text.index("./.") + len("./.")]
    for difference in SANCTIONED:
        issued, ours = " ".join(words(difference.issued)), " ".join(words(difference.ours))
        assert text.count(issued) == 1, difference
        text = text.replace(issued, ours)
    return words(text)


def first_difference(ours: list[str], issued: list[str]) -> str | None:
    """Return where two word lists part, with the words around it; None where they are equal."""
    for index in range(max(len(ours), len(issued))):
        if ours[index : index + 1] != issued[index : index + 1]:
            start, end = max(index - 8, 0), index + 8
            return f"ours: {' '.join(ours[start:end])}\nissued: {' '.join(issued[start:end])}"
    return None


# --- the plan's texts, in order, with the headings that its outline gives it --------------------


def task_texts(tasks: tuple[Task, ...]) -> Iterator[str]:
    for task in tasks:
        yield task.text
        yield from task.paragraphs


def group_texts(groups: tuple[TaskGroup, ...], number: str, title: str = "{}") -> Iterator[str]:
    for position, group in enumerate(groups, 1):
        yield f"{number}{position}. {title.format(group.name)}"
        yield from task_texts(group.tasks)
        yield from group_texts(group.groups, f"{number}{position}.")


def field_texts(workspace: Workspace, area: Area, number: int) -> Iterator[str]:
    """Yield a field of PAR INDEX: its tasks and who is in charge."""

    def names(ids: tuple[str, ...]) -> str:
        return ", ".join(workspace.units_by_id[unit_id].name for unit_id in ids)

    yield f"{number}. Chỉ số nội dung “{area.name}”"
    yield f"{number}.1. Nội dung và mục tiêu"
    yield from task_texts(area.tasks)
    yield from group_texts(area.groups, f"{number}.1.")
    yield f"{number}.2. {area.assignment_title or 'Phân công trách nhiệm'}"
    yield f"Cơ quan chủ trì: {names(area.leads)}."
    yield f"Cơ quan phối hợp: {names(area.supports)}."


def plan_texts(workspace: Workspace) -> Iterator[str]:
    plan = workspace.plan
    assert plan is not None
    yield from ("KẾ HOẠCH", plan.abstract)
    for basis in plan.bases:
        document = workspace.documents_by_id[basis.document]
        assert document.date is not None
        day = f"{document.date.day}/{document.date.month}/{document.date.year}"
        yield f"{basis.opening} {document.type} số {document.number} ngày {day}"
        yield f"của {document.issuer} {document.abstract}."
    yield f"{workspace.agency.name} ban hành Kế hoạch nhằm nâng cao các chỉ số cải cách hành chính,"
    yield "cụ thể như sau:"
    yield "Phần I MỤC ĐÍCH, YÊU CẦU I. MỤC ĐÍCH"
    for number, task in enumerate(plan.purposes, 1):
        yield f"{number}."
        yield from task_texts((task,))
    yield f"II. YÊU CẦU {plan.requirements.opening}"
    yield from task_texts(plan.requirements.tasks)
    yield "Phần II NHIỆM VỤ, GIẢI PHÁP THỰC HIỆN"
    yield "I. ĐỐI VỚI CHỈ SỐ CẢI CÁCH HÀNH CHÍNH PAR INDEX"
    for number, area in enumerate(workspace.areas_of(IndexName.PAR_INDEX), 1):
        yield from field_texts(workspace, area, number)
    yield "II. ĐỐI VỚI CHỈ SỐ SIPAS - CHỈ SỐ ĐO LƯỜNG SỰ HÀI LÒNG CỦA NGƯỜI DÂN ĐỐI VỚI SỰ PHỤC VỤ"
    yield "CỦA CƠ QUAN HÀNH CHÍNH NHÀ NƯỚC"
    for area in workspace.areas_of(IndexName.SIPAS):
        yield from group_texts(area.groups, "")
    yield "III. ĐỐI VỚI CHỈ SỐ PAPI - CHỈ SỐ HIỆU QUẢ QUẢN TRỊ HÀNH CHÍNH CÔNG"
    for area in workspace.areas_of(IndexName.PAPI):
        yield from group_texts(area.groups, "", "Chỉ số nội dung “{}”")
    yield "Phần III TỔ CHỨC THỰC HIỆN"
    for number, item in enumerate(plan.organisation, 1):
        yield f"{number}. {item.text}"
    yield f"{plan.closing}./."


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return load_workspace(ROOT / "content", 2025)


def test_the_plan_is_the_issued_text(workspace: Workspace) -> None:
    ours = [word for text in plan_texts(workspace) for word in words(text)]
    assert first_difference(ours, issued_words()) is None


def test_the_plan_states_all_its_targets(workspace: Workspace) -> None:
    assert workspace.plan is not None
    tasks = [
        entry
        for top in (workspace.plan, *workspace.areas)
        for entry in top.entries()
        if isinstance(entry, Task)
    ]
    assert len(tasks) == 94
    assert sum(len(task.targets) for task in tasks) == 36


@pytest.mark.parametrize(
    ("ours", "issued", "found"),
    [
        ("một hai ba", "một hai ba", None),
        ("một  -  hai", "- - một\n\nhai", None),
        ("một hai", "một hai ba", "ba"),
        ("một hai ba", "một ba hai", "ba hai"),
        ("thực hiện", "thực hiên", "hiên"),
    ],
)
def test_a_difference_of_words_is_found(ours: str, issued: str, found: str | None) -> None:
    difference = first_difference(words(ours), words(issued))
    if found is None:
        assert difference is None
    else:
        assert difference is not None
        assert found in difference
