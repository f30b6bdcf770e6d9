"""Edits made in a Word file, taken back into the content."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

import pytest
from lxml import etree

from pulls import (
    ROOT,
    STAMP,
    built,
    changed,
    paragraph_with,
    project,
    pulled,
    replaced,
    set_text,
    text_of,
    texts,
    with_comment,
    without,
)
from vanban.app import pull as app_pull
from vanban.app.load import new_problems
from vanban.app.pull import apply
from vanban.app.undo import undo
from vanban.errors import ContentError
from vanban.exchange.pull import Act, Edit, Verdict
from vanban.ooxml.markup import Element, child, w
from vanban.workspace.folder import shown_path

TASKS = "2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml"
PLAN_OF_REVIEW = "kế hoạch rà soát, đánh giá, cập nhật TTHC"
FIRST, SECOND = "Ban hành kịp thời kế hoạch rà soát", "Công bố, công khai TTHC đầy đủ"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture(scope="session")
def plan_docx() -> bytes:
    return built(ROOT / "content")


@pytest.fixture(scope="session")
def report_docx() -> bytes:
    return built(ROOT / "content", "report-q3")


def in_file(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def kinds(edits: tuple[Edit, ...]) -> list[tuple[Verdict, Act]]:
    return [(each.verdict, each.act) for each in edits]


# --- words ------------------------------------------------------------------------------------


def test_an_untouched_file_has_nothing_to_take(content: Path, plan_docx: bytes) -> None:
    found = pulled(content, plan_docx)
    assert (found.edits, found.looks, found.remarks) == ((), (), ())


def test_an_edit_goes_into_its_value_and_comments_stay(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced("kế hoạch rà soát, đánh giá", "kế hoạch đánh giá"))
    found = pulled(content, docx)
    (edit,) = found.edits
    assert (edit.verdict, edit.keys) == (Verdict.TAKEN, ("nhiem_vu", 0, "noi_dung"))
    before = (content / TASKS).read_text()
    applied = apply(found, found.edits, STAMP)
    assert applied.differing == ()
    assert (content / TASKS).read_text() == before.replace(
        "kế hoạch rà soát, đánh giá", "kế hoạch đánh giá"
    )
    assert texts(built(content)) == texts(docx)
    undo(content)
    assert (content / TASKS).read_text() == before


WORDS = [
    ("thuộc ở giữa", "đầy đủ, kịp thời theo quy định", "kịp thời và đầy đủ theo quy định"),
    ("ở đầu", "Công bố, công khai TTHC", "Niêm yết, công bố TTHC"),
    ("ở cuối", "Trang thông tin điện tử của phường.", "Trang thông tin điện tử của phường và TP."),
    ("thêm ở cuối", "điện tử của phường.", "điện tử của phường. Báo cáo hằng quý."),
    ("chữ có dấu", "“tiếp nhận và trả kết quả”", "“một cửa”: #1, 'nhanh' - 100%"),
]


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in WORDS], ids=[w[0] for w in WORDS])
def test_words_come_back(content: Path, plan_docx: bytes, old: str, new: str) -> None:
    docx = changed(plan_docx, replaced(old, new))
    found = pulled(content, docx)
    assert kinds(found.edits) == [(Verdict.TAKEN, Act.SET)]
    assert apply(found, found.edits, STAMP).differing == ()
    assert pulled(content, docx).edits == ()


def test_what_is_written_in_word_over_a_blank_takes_the_place_of_the_instruction(
    content: Path,
) -> None:
    report = content / "2025/bao-cao/q3.yaml"
    text = report.read_text(encoding="utf-8")
    scope = text.index("pham_vi:")
    end = text.index("\n\n", scope)
    instructed = f'{text[:scope]}pham_vi: "HƯỚNG DẪN: nêu phạm vi"{text[end:]}'
    report.write_text(instructed, encoding="utf-8")
    docx = changed(built(content, "report-q3"), replaced("……", "Số liệu của cả phường."))
    found = pulled(content, docx)
    assert kinds(found.edits) == [(Verdict.TAKEN, Act.SET)]
    apply(found, found.edits, STAMP)
    after = instructed.replace("HƯỚNG DẪN: nêu phạm vi", "Số liệu của cả phường.")
    assert report.read_text(encoding="utf-8") == after


def test_revisions_are_taken_as_accepted(content: Path, plan_docx: bytes) -> None:
    def track(root: Element) -> None:
        run = paragraph_with(root, FIRST).findall(w("r"))[-1]
        new = deepcopy(run)
        new.findall(w("t"))[0].text = " Báo cáo hằng tháng."
        revision = etree.Element(w("ins"), {w("id"): "7", w("author"): "Phó Chủ tịch"})
        revision.append(new)
        run.addnext(revision)

    found = pulled(content, changed(plan_docx, track))
    assert found.word.tracked == 1
    assert [each.new for each in found.edits] == [
        "Ban hành kịp thời kế hoạch rà soát, đánh giá, cập nhật TTHC theo quy định. Báo cáo hằng "
        "tháng."
    ]


REFUSED = [
    ("report-q3", "21/38", "22/38", "content/2025/bao-cao/q3.yaml"),
    ("plan", "Phần II", "Phần 2", "templates/plan.md"),
    ("plan", "MỤC ĐÍCH, YÊU CẦU", "MỤC TIÊU, YÊU CẦU", "templates/plan.md"),
    ("plan", "Cơ quan chủ trì", "Đơn vị chủ trì", "templates/task-lists.md"),
    ("plan", "Nơi nhận:", "Gửi:", ""),
]


@pytest.mark.parametrize(("document", "old", "new", "file"), REFUSED)
def test_what_the_program_made_is_told_and_not_taken(
    content: Path, document: str, old: str, new: str, file: str, request: pytest.FixtureRequest
) -> None:
    docx = request.getfixturevalue(f"{document.partition('-')[0]}_docx")
    found = pulled(content, changed(docx, replaced(old, new)))
    assert found.edits
    assert {each.verdict for each in found.edits} == {Verdict.REFUSED}
    assert all(each.note for each in found.edits)
    place = found.edits[0].place
    assert str(place.file).endswith(file)
    assert bool(place.line) is bool(file)


def test_a_name_that_all_documents_share_is_only_picked(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced("Trung tâm Phục vụ hành chính công", "Văn phòng"))
    assert {each.verdict for each in pulled(content, docx).edits} == {Verdict.UNSURE}


@pytest.mark.parametrize("sign", ["\u00ad", "\u200d", "\u2060", "\ufeff"])
def test_signs_without_width_stay_in_word(content: Path, plan_docx: bytes, sign: str) -> None:
    unseen = changed(
        plan_docx, replaced(PLAN_OF_REVIEW, PLAN_OF_REVIEW.replace("soát", f"so{sign}át"))
    )
    assert pulled(content, unseen).edits == ()
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, f"kế hoạch{sign} tổng rà so{sign}át"))
    (edit,) = pulled(content, docx).edits
    assert edit.verdict is Verdict.TAKEN and "kế hoạch tổng rà soát" in edit.new


def test_what_the_content_refuses_is_told_of_its_own_file(content: Path, plan_docx: bytes) -> None:
    """Others that cite the plan cannot be read then either; that is not what is wrong."""
    docx = changed(
        plan_docx, replaced("Thực hiện giải ngân 100%", "Thực hiện \u202egiải ngân 100%")
    )
    (edit,) = pulled(content, docx).edits
    assert edit.verdict is Verdict.REFUSED and "U+202E" in edit.note


def test_what_another_document_says_is_only_picked(content: Path, report_docx: bytes) -> None:
    """A target of the plan, in the report: the plan may have been issued."""
    docx = changed(report_docx, replaced("từ 85% trở lên", "từ 80% trở lên"))
    (edit,) = pulled(content, docx).edits
    assert (edit.verdict, edit.place.file.parent.name) == (Verdict.UNSURE, "linh-vuc")


def test_a_word_of_the_house_rules_is_only_picked(content: Path) -> None:
    docx = changed(built(content, "self-assessment"), replaced("thi hành pháp luật", "áp dụng"))
    verdicts = {each.place.file.name: each.verdict for each in pulled(content, docx).edits}
    assert verdicts == {"tu-ngu.yaml": Verdict.UNSURE}


# --- three ways -------------------------------------------------------------------------------


def test_both_sides_changed_is_a_conflict_with_both_texts(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC"))
    in_file(content / TASKS, PLAN_OF_REVIEW, "kế hoạch năm về rà soát TTHC")
    for file in (docx, without(docx, "customXml/")):
        (edit,) = pulled(content, file).edits
        assert edit.verdict is Verdict.CONFLICT
        assert ("tổng rà soát" in edit.new, "năm về rà soát" in edit.now) == (True, True)


def test_what_the_content_says_already_is_no_edit(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC"))
    in_file(content / TASKS, PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC")
    assert pulled(content, docx).edits == ()


def test_what_changed_in_the_content_alone_stays(content: Path, plan_docx: bytes) -> None:
    in_file(content / TASKS, PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC")
    assert pulled(content, plan_docx).edits == ()
    assert pulled(content, without(plan_docx, "customXml/")).edits == ()


def test_a_task_is_found_by_its_id_when_others_came_before(content: Path, plan_docx: bytes) -> None:
    in_file(content / TASKS, "nhiem_vu:\n", "nhiem_vu:\n  - ma: tthc-99\n    noi_dung: Việc mới.\n")
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC"))
    for file in (docx, without(docx, "customXml/")):
        (edit,) = (each for each in pulled(content, file).edits if each.act is Act.SET)
        assert (edit.verdict, edit.keys) == (Verdict.TAKEN, ("nhiem_vu", 1, "noi_dung"))


def test_a_file_that_changed_meanwhile_is_not_written(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC"))
    found = pulled(content, docx)
    in_file(content / TASKS, "nhiem_vu:\n", "nhiem_vu:\n  - ma: tthc-99\n    noi_dung: Việc mới.\n")
    before = (content / TASKS).read_bytes()
    with pytest.raises(ContentError, match="vừa đổi") as error:
        apply(found, found.edits, STAMP)
    assert [each.place.file for each in error.value.problems] == [shown_path(content / TASKS)]
    assert (content / TASKS).read_bytes() == before
    assert not (content / ".vanban").exists()


def test_a_file_saved_while_the_edits_are_tried_is_not_written(
    content: Path, plan_docx: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = pulled(content, changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát")))

    def saved(*arguments: Any) -> object:
        in_file(content / TASKS, "nhiem_vu:\n", "# bằng tay\nnhiem_vu:\n")
        return new_problems(*arguments)

    monkeypatch.setattr(app_pull, "new_problems", saved)
    with pytest.raises(ContentError, match="vừa được sửa ở nơi khác"):
        apply(found, found.edits, STAMP)
    assert b"# b\xe1\xba\xb1ng tay" in (content / TASKS).read_bytes()


# --- items ------------------------------------------------------------------------------------


def add_behind(words: str, text: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        paragraph = paragraph_with(root, words)
        new = deepcopy(paragraph)
        for mark in (*new.findall(w("bookmarkStart")), *new.findall(w("bookmarkEnd"))):
            new.remove(mark)
        set_text(new, text)
        paragraph.addnext(new)

    return change


def delete(words: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        paragraph = paragraph_with(root, words)
        parent = paragraph.getparent()
        assert parent is not None
        parent.remove(paragraph)

    return change


@pytest.mark.parametrize("text", ["- Việc mới.", "Việc mới.", "– Việc mới."])
def test_a_new_paragraph_between_two_tasks_is_a_new_task(
    content: Path, plan_docx: bytes, text: str
) -> None:
    docx = changed(plan_docx, add_behind(FIRST, text))
    found = pulled(content, docx)
    (edit,) = found.edits
    assert (edit.act, edit.new, edit.keys) == (Act.ADD, "Việc mới.", ("nhiem_vu", 1))
    apply(found, found.edits, STAMP)
    lines = (content / TASKS).read_text().splitlines()
    at = lines.index(f"  - ma: {edit.id}")
    assert lines[at + 1] == "    noi_dung: Việc mới."
    assert "tthc-02" in lines[at + 3]
    assert pulled(content, docx).of(Verdict.TAKEN) == ()


def test_a_deleted_task_goes_and_one_with_more_is_only_picked(
    content: Path, plan_docx: bytes
) -> None:
    found = pulled(content, changed(plan_docx, delete(FIRST)))
    assert kinds(found.edits) == [(Verdict.TAKEN, Act.DELETE)]
    assert found.edits[0].keys == ("nhiem_vu", 0)
    found = pulled(content, changed(plan_docx, delete(SECOND)))
    assert kinds(found.edits) == [(Verdict.UNSURE, Act.DELETE)]
    assert "chi_tieu" in found.edits[0].note


def test_a_task_takes_the_place_of_another(content: Path, plan_docx: bytes) -> None:
    def change(root: Element) -> None:
        add_behind(FIRST, "- Việc thứ nhất.")(root)
        add_behind("- Việc thứ nhất.", "- Việc thứ hai.")(root)
        delete(SECOND)(root)

    docx = changed(plan_docx, change)
    found = pulled(content, docx)
    assert sorted(each.act.name for each in found.edits) == ["ADD", "ADD", "DELETE"]
    applied = apply(found, found.edits, STAMP)
    assert (applied.differing, applied.extra) == ((), ())
    assert texts(built(content)) == texts(docx)


def test_numbers_that_move_with_an_item_are_not_told(content: Path, plan_docx: bytes) -> None:
    def change(root: Element) -> None:
        delete("1. Trong năm 2024 lần đầu tiên")(root)
        delete("Để bắt nhịp và tiếp tục duy trì")(root)
        paragraph = paragraph_with(root, "2. Phấn đấu điểm chỉ số")
        set_text(paragraph, text_of(paragraph).replace("2. ", "1. "))

    found = pulled(content, changed(plan_docx, change))
    assert kinds(found.edits) == [(Verdict.TAKEN, Act.DELETE)]
    assert apply(found, found.edits, STAMP).differing == ()


def test_a_paragraph_that_moved_is_told(content: Path, plan_docx: bytes) -> None:
    def change(root: Element) -> None:
        paragraph_with(root, SECOND).addnext(paragraph_with(root, FIRST))

    (edit,) = pulled(content, changed(plan_docx, change)).edits
    assert (edit.verdict, "chuyển chỗ" in edit.note) == (Verdict.REFUSED, True)


def test_a_paragraph_cut_in_two_keeps_its_begin(content: Path, plan_docx: bytes) -> None:
    """As Word does it: the bookmark ends in the second paragraph."""

    def change(root: Element) -> None:
        paragraph = paragraph_with(root, SECOND)
        second = deepcopy(paragraph)
        paragraph.remove(paragraph.findall(w("bookmarkEnd"))[0])
        second.remove(second.findall(w("bookmarkStart"))[0])
        first, _, rest = text_of(paragraph).partition("; ")
        set_text(paragraph, f"{first}.")
        set_text(second, f"- {rest}")
        paragraph.addnext(second)

    docx = changed(plan_docx, change)
    found = pulled(content, docx)
    assert sorted(each.act.name for each in found.edits) == ["ADD", "SET"]
    assert apply(found, found.edits, STAMP).differing == ()
    assert texts(built(content)) == texts(docx)


def test_a_line_typed_above_a_task_does_not_take_its_id(content: Path, plan_docx: bytes) -> None:
    """Word lets the bookmark begin in the new line where the cursor stood at its start."""

    def change(root: Element) -> None:
        paragraph = paragraph_with(root, SECOND)
        above = deepcopy(paragraph)
        above.remove(above.findall(w("bookmarkEnd"))[0])
        paragraph.remove(paragraph.findall(w("bookmarkStart"))[0])
        set_text(above, "- Việc mới ở trên.")
        paragraph.addprevious(above)

    (edit,) = pulled(content, changed(plan_docx, change)).edits
    assert (edit.act, edit.new) == (Act.ADD, "Việc mới ở trên.")


def test_a_task_that_the_file_never_had_is_not_deleted(content: Path, plan_docx: bytes) -> None:
    in_file(content / TASKS, "nhiem_vu:\n", "nhiem_vu:\n  - ma: tthc-99\n    noi_dung: Việc mới.\n")
    assert pulled(content, plan_docx).edits == ()
    found = pulled(content, without(plan_docx, "customXml/"))
    assert kinds(found.edits) == [(Verdict.UNSURE, Act.DELETE)]


# --- marks lost -------------------------------------------------------------------------------


def no_marks(root: Element) -> None:
    for mark in (*root.iter(w("bookmarkStart")), *root.iter(w("bookmarkEnd"))):
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)


def test_without_marks_edits_are_guessed_and_only_picked(content: Path, plan_docx: bytes) -> None:
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC"))
    docx = without(changed(docx, no_marks), "customXml/")
    with pytest.raises(ContentError, match="dấu ẩn đã mất"):
        pulled(content, docx)
    found = pulled(content, docx, "plan")
    assert kinds(found.edits) == [(Verdict.UNSURE, Act.SET)]
    assert apply(found, found.edits, STAMP).differing == ()


def of_no_words(root: Element) -> None:
    for piece in [*next(each for each in root if len(each) > 1)]:
        piece.tag = "{urn:other}t"


def without_pieces(root: Element) -> None:
    for piece in [*next(each for each in root if len(each) > 1)]:
        cast(Element, piece.getparent()).remove(piece)


@pytest.mark.parametrize("damage", [of_no_words, without_pieces])
def test_a_damaged_base_counts_as_lost(
    content: Path, plan_docx: bytes, damage: Callable[[Element], None]
) -> None:
    docx = changed(plan_docx, replaced(PLAN_OF_REVIEW, "kế hoạch tổng rà soát TTHC"))
    found = pulled(content, changed(docx, damage, "customXml/item77.xml"))
    assert found.base_lost
    assert kinds(found.edits) == [(Verdict.TAKEN, Act.SET)]


# --- beside the words -------------------------------------------------------------------------


def test_comments_are_told_with_their_places(content: Path, plan_docx: bytes) -> None:
    def comment(root: Element) -> None:
        start = etree.Element(w("commentRangeStart"), {w("id"): "0"})
        paragraph_with(root, FIRST).findall(w("r"))[-1].addprevious(start)

    found = pulled(
        content, with_comment(changed(plan_docx, comment), "Phó Chủ tịch", "Bỏ câu này?")
    )
    (remark,) = found.remarks
    assert (remark.comment.author, remark.comment.text) == ("Phó Chủ tịch", "Bỏ câu này?")
    assert str(remark.place.file).endswith(TASKS)
    assert remark.place.line == 15


def test_another_look_is_told_with_the_frame(content: Path, plan_docx: bytes) -> None:
    def look(root: Element) -> None:
        for run in paragraph_with(root, FIRST).iter(w("r")):
            properties = etree.SubElement(run, w("rPr"))
            run.insert(0, properties)
            etree.SubElement(properties, w("b"))
            etree.SubElement(properties, w("sz"), {w("val"): "24"})
        properties_of = child(paragraph_with(root, SECOND), "pPr")
        assert properties_of is not None
        etree.SubElement(properties_of, w("jc"), {w("val"): "center"})

    found = pulled(content, changed(plan_docx, look))
    assert found.edits == ()
    assert [(each.name, each.frame, each.file) for each in found.looks] == [
        ("cỡ chữ", "14", "12"),
        ("đậm", "không", "có"),
        ("căn lề", "đều hai bên", "giữa"),
    ]


# --- what is no file of this content ----------------------------------------------------------


def of_another_ward(root: Element) -> None:
    root.set("agency", "Ủy ban nhân dân phường Khác")


def of_another_year(root: Element) -> None:
    root.set("year", "2024")


BAD: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("damaged", lambda docx: docx[:3000], "tệp bị hỏng"),
    ("empty", lambda docx: b"", "tệp rỗng"),
    ("pdf", lambda docx: b"%PDF-1.7", "là tệp PDF"),
    ("odt", lambda docx: without(docx, "word/"), "không phải văn bản Word"),
    ("old", lambda docx: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc cũ"),
    (
        "encrypted",
        lambda docx: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "có mật khẩu",
    ),
    (
        "elsewhere",
        lambda docx: without(changed(docx, no_marks), "customXml/"),
        "không do chương trình này dựng",
    ),
    (
        "another ward",
        lambda docx: changed(docx, of_another_ward, "customXml/item77.xml"),
        "tệp của Ủy ban nhân dân phường Khác",
    ),
    (
        "another year",
        lambda docx: changed(docx, of_another_year, "customXml/item77.xml"),
        "tệp của năm 2024",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), [each[1:] for each in BAD], ids=[b[0] for b in BAD])
def test_a_file_that_cannot_be_used_is_told_in_one_line(
    content: Path, plan_docx: bytes, spoil: Callable[[bytes], bytes], message: str
) -> None:
    with pytest.raises(ContentError, match=message) as error:
        pulled(content, spoil(plan_docx))
    (problem,) = error.value.problems
    assert problem.place.file.name == "sua.docx"
