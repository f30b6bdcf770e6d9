"""What a person changed in a Word file is taken or told: nothing is passed over or lost."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from pulls import (
    STAMP,
    built,
    changed,
    paragraph_with,
    project,
    pulled,
    set_text,
    text_of,
    texts,
    with_footnote,
)
from vanban.app.pull import apply
from vanban.exchange.pull import Act, Verdict
from vanban.ooxml.markup import Element, w

FIRST, SECOND = "Ban hành kịp thời kế hoạch rà soát", "Công bố, công khai TTHC đầy đủ"
ROW = "Số nhiệm vụ đã hoàn thành tính đến cuối kỳ"
Change = Callable[[Element], None]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("pull"))


@pytest.fixture(scope="module")
def files(content: Path) -> dict[str, bytes]:
    return {name: built(content, name) for name in ("plan", "report-q3", "self-assessment")}


def gone(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def copied(paragraph: Element) -> Element:
    """Return a copy as Word pastes it: without the bookmarks."""
    new = deepcopy(paragraph)
    for mark in (*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))):
        gone(mark)
    return new


def row_with(root: Element, words: str) -> Element:
    return next(each for each in root.iter(w("tr")) if words in text_of(each))


# --- told, each -------------------------------------------------------------------------------


def heading_gone(root: Element) -> None:
    gone(paragraph_with(root, "MỤC ĐÍCH, YÊU CẦU"))


def column_gone(root: Element) -> None:
    for row in root.iter(w("tr")):
        if len(cells := row.findall(w("tc"))) == 5:
            gone(cells[-1])


def row_gone(root: Element) -> None:
    gone(row_with(root, ROW))


def figure_of_another_row(root: Element) -> None:
    """A figure that stands elsewhere in the table as well."""
    set_text(paragraph_with(row_with(root, ROW), "21"), "38")


def figures_changed_places(root: Element) -> None:
    first, second = (row_with(root, words) for words in ("Số nhiệm vụ đề ra", ROW))
    set_text(paragraph_with(first, "38"), "21")
    set_text(paragraph_with(second, "21"), "38")


TOLD: list[tuple[str, Change, set[tuple[str, str]]]] = [
    ("plan", heading_gone, {("Phần I MỤC ĐÍCH, YÊU CẦU", "")}),
    ("self-assessment", column_gone, {("Điểm đạt", ""), ("13,27", "")}),
    ("report-q3", row_gone, {("1.1.2", ""), (ROW, ""), ("21", "")}),
    ("report-q3", figure_of_another_row, {("21", "38")}),
    ("report-q3", figures_changed_places, {("21", "38"), ("38", "21")}),
]


@pytest.mark.parametrize(
    ("document", "change", "told"), TOLD, ids=[each.__name__ for _, each, _ in TOLD]
)
def test_it_is_told(
    content: Path,
    files: dict[str, bytes],
    document: str,
    change: Change,
    told: set[tuple[str, str]],
) -> None:
    found = pulled(content, changed(files[document], change))
    assert told <= {(each.old, each.new) for each in found.edits}
    assert all(each.note for each in found.edits)
    assert not found.of(Verdict.TAKEN)
    assert found.applied.extra


# --- neither lost nor passed over -------------------------------------------------------------


def moved_with_revisions(root: Element) -> None:
    """Cut out and put in with revisions: the bookmark is where the words no longer are."""
    paragraph, behind = paragraph_with(root, FIRST), paragraph_with(root, SECOND)
    new = copied(paragraph)
    for each, kind in ((paragraph, "moveFrom"), (new, "moveTo")):
        for run in each.findall(w("r")):
            revision = etree.Element(w(kind), {w("id"): "7", w("author"): "Phó Chủ tịch"})
            run.addprevious(revision)
            revision.append(run)
        (properties,) = each.findall(w("pPr"))
        etree.SubElement(etree.SubElement(properties, w("rPr")), w(kind), {w("id"): "8"})
    behind.addnext(new)


def moved_without_its_mark(root: Element) -> None:
    paragraph, behind = paragraph_with(root, FIRST), paragraph_with(root, SECOND)
    behind.addnext(copied(paragraph))
    gone(paragraph)


@pytest.mark.parametrize("change", [moved_with_revisions, moved_without_its_mark])
def test_a_task_that_moved_without_its_mark_is_not_deleted(
    content: Path, files: dict[str, bytes], change: Change
) -> None:
    found = pulled(content, changed(files["plan"], change))
    (edit,) = found.edits
    assert (edit.verdict, "chuyển chỗ" in edit.note) == (Verdict.REFUSED, True)
    assert len(found.applied.differing) == len(found.applied.extra) == 1  # it stands elsewhere


def test_a_task_that_moved_and_was_edited_keeps_its_id(
    content: Path, files: dict[str, bytes]
) -> None:
    def change(root: Element) -> None:
        moved_without_its_mark(root)
        paragraph = paragraph_with(root, FIRST)
        set_text(paragraph, text_of(paragraph).replace("kịp thời", "đúng hạn"))

    found = pulled(content, changed(files["plan"], change))
    assert [(each.verdict, each.act) for each in found.edits] == [
        (Verdict.UNSURE, Act.SET),
        (Verdict.REFUSED, Act.NONE),
    ]


def test_a_task_with_the_words_of_another_is_added_once(tmp_path: Path) -> None:
    content = project(tmp_path)

    def change(root: Element) -> None:
        paragraph_with(root, "Đẩy mạnh").addnext(copied(paragraph_with(root, FIRST)))

    docx = changed(built(content), change)
    found = pulled(content, docx)
    (edit,) = found.edits
    assert (edit.verdict, edit.act) == (Verdict.TAKEN, Act.ADD)
    apply(found, found.edits, STAMP)
    assert sorted(texts(built(content))) == sorted(texts(docx))
    assert not pulled(content, docx).of(Verdict.TAKEN)


def test_an_item_that_would_print_elsewhere_is_only_picked(
    content: Path, files: dict[str, bytes]
) -> None:
    """Behind the lines of assignment below a list of tasks."""

    def change(root: Element) -> None:
        behind = paragraph_with(root, "- Cơ quan phối hợp: Các phòng chuyên môn, đơn vị sự nghiệp")
        new = copied(behind)
        set_text(new, "- Việc mới dưới phần phân công.")
        behind.addnext(new)

    found = pulled(content, changed(files["plan"], change))
    (edit,) = found.edits
    assert (edit.verdict, edit.act) == (Verdict.UNSURE, Act.ADD)
    assert "in ở chỗ khác" in edit.note


# --- where it is told to be changed -----------------------------------------------------------

PLACES = [
    ("report-q3", ROW, "21", "2025/bao-cao/q3.yaml"),
    ("self-assessment", "Cải cách tổ chức bộ máy8,00", "4", "2025/tieu-chi.yaml"),
]


@pytest.mark.parametrize(("document", "row", "figure", "file"), PLACES)
def test_a_figure_is_told_where_that_very_one_comes_from(
    content: Path, files: dict[str, bytes], document: str, row: str, figure: str, file: str
) -> None:
    """Others of the same look come from other files."""

    def change(root: Element) -> None:
        set_text(paragraph_with(row_with(root, row), figure), "777")

    found = pulled(content, changed(files[document], change))
    (edit,) = (each for each in found.edits if each.new == "777")
    assert (edit.old, edit.place.file.is_relative_to(content)) == (figure, True)
    assert str(edit.place.file).endswith(file)


# --- what a build prints nothing of -----------------------------------------------------------


def run_with(root: Element, name: str) -> Element:
    return etree.SubElement(etree.SubElement(paragraph_with(root, FIRST), w("r")), name)


def picture(root: Element) -> None:
    drawing = run_with(root, w("drawing"))
    etree.SubElement(drawing, "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic")


def struck(root: Element) -> None:
    for run in paragraph_with(root, FIRST).findall(w("r")):
        properties = etree.Element(w("rPr"))
        etree.SubElement(properties, w("strike"))
        run.insert(0, properties)


def embedded(root: Element) -> None:
    paragraph_with(root, FIRST).addnext(etree.Element(w("altChunk")))


def hidden(root: Element) -> None:
    run = deepcopy(paragraph_with(root, FIRST).findall(w("r"))[-1])
    properties = etree.Element(w("rPr"))
    etree.SubElement(properties, w("vanish"))
    run.insert(0, properties)
    paragraph_with(root, FIRST).append(run)


def page_header(root: Element) -> None:
    etree.SubElement(etree.SubElement(root.findall(w("p"))[0], w("r")), w("t")).text = "DỰ THẢO 2"


UNPRINTED: list[tuple[Change, str, str, str]] = [
    (picture, "word/document.xml", "ảnh (1)", FIRST),
    (struck, "word/document.xml", "gạch ngang", FIRST),
    (embedded, "word/document.xml", "altChunk", ""),
    (hidden, "word/document.xml", "chữ ẩn", ""),
    (page_header, "word/header1.xml", "đầu trang", "DỰ THẢO"),
]


@pytest.mark.parametrize(
    ("change", "part", "name", "words"), UNPRINTED, ids=[each[0].__name__ for each in UNPRINTED]
)
def test_what_a_build_does_not_print_is_told(
    content: Path, files: dict[str, bytes], change: Change, part: str, name: str, words: str
) -> None:
    found = pulled(content, changed(files["plan"], change, part))
    assert found.edits == ()
    (one,) = found.unprinted
    assert (name in one.name, words in one.excerpt, bool(one.note)) == (True, True, True)
    assert bool(one.place.line) is (change is struck)


def test_a_footnote_is_told(content: Path, files: dict[str, bytes]) -> None:
    (one,) = pulled(content, with_footnote(files["plan"], "Theo báo cáo quý II.")).unprinted
    assert (one.name, one.excerpt) == ("cước chú 1", "Theo báo cáo quý II.")


def test_words_in_a_box_are_no_task(content: Path, files: dict[str, bytes]) -> None:
    def change(root: Element) -> None:
        shape = etree.SubElement(run_with(root, w("pict")), "{urn:schemas-microsoft-com:vml}shape")
        box = etree.SubElement(shape, "{urn:schemas-microsoft-com:vml}textbox")
        new = copied(paragraph_with(root, SECOND))
        set_text(new, "Xin ý kiến Thường trực")
        etree.SubElement(box, w("txbxContent")).append(new)

    (edit,) = pulled(content, changed(files["plan"], change)).edits
    assert (edit.verdict, "trong khung" in edit.note) == (Verdict.REFUSED, True)


@pytest.mark.parametrize("document", ["plan", "report-q3", "self-assessment"])
def test_all_of_a_built_file_is_printed_again(
    content: Path, files: dict[str, bytes], document: str
) -> None:
    found = pulled(content, files[document])
    assert (found.edits, found.looks, found.unprinted) == ((), (), ())
