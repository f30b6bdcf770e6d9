"""A document against an older one: words, rows and moves.

Accepting every change gives the new one, refusing every change the old one.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from conftest import TEMPLATES
from documents import docx_of, frame, layout, opened, paragraph, part, sample, table, times
from office import convert_to_pdf, settle
from packages import audit
from pages import compare
from support import CONTENT
from vanban.app.diff import write_redline
from vanban.app.manifest import REPLACED
from vanban.checks.form.check_form import open_word
from vanban.cli import main
from vanban.document import (
    Annex,
    Block,
    Document,
    Heading,
    Paragraph,
    Run,
    StyleId,
    Table,
)
from vanban.exchange.figure_changes import FigureChange, figure_changes
from vanban.exchange.redline import redlined
from vanban.exchange.word_document import document_of
from vanban.layout.lay_out import lay_out
from vanban.layout.preparation import prepared
from vanban.line_ends import plain
from vanban.ooxml.markup import w
from vanban.provenance import Revision, Step, changes_in, traced
from vanban.render.placed_pdf import write_pdf

REVISION = Revision("Nguyễn Văn A", date(2025, 9, 16))

A = "Rà soát, cập nhật thủ tục hành chính thuộc thẩm quyền giải quyết của phường."
B = "Tuyên truyền về dịch vụ công trực tuyến đến từng tổ dân phố trên địa bàn."
C = "Kiểm tra việc chấp hành kỷ luật, kỷ cương của công chức, viên chức."


def heading(label: str, title: str) -> Heading:
    return Heading(StyleId.SECTION, 1, label, (Run(title),), False, f"muc-{label}")


def with_body(*blocks: Block, **changes: object) -> Document:
    return sample(body=blocks, annexes=(), **changes)  # type: ignore[arg-type]


OLD = sample(
    header={"number": "Số: 15/BC-UBND", "addressees": ("Sở Nội vụ", "Ủy ban nhân dân thành phố")},
    body=(
        heading("I.", "KẾT QUẢ"),
        paragraph(A),
        paragraph("Tỷ lệ hồ sơ trực tuyến đạt 77,2%, tăng so với cùng kỳ năm trước."),
        heading("II.", "NHIỆM VỤ"),
        paragraph(B),
        paragraph(C),
        table(("Chỉ tiêu", "Mức"), ("Hồ sơ đúng hạn", "95%"), ("Thanh toán", "40%")),
    ),
)
NEW = sample(
    header={"number": "Số: 16/BC-UBND", "addressees": ("Sở Nội vụ",)},
    body=(
        heading("I.", "KẾT QUẢ THỰC HIỆN"),
        paragraph(C),
        paragraph(A.replace("cập nhật", "công khai")),
        paragraph("Tỷ lệ hồ sơ trực tuyến đạt 78,1%, tăng so với cùng kỳ năm trước."),
        paragraph("Đoạn hoàn toàn mới, trước đây chưa hề có trong báo cáo."),
        heading("III.", "NHIỆM VỤ"),
        paragraph(B),
        table(("Chỉ tiêu", "Mức"), ("Hồ sơ đúng hạn", "98%"), ("Dịch vụ bưu chính", "10%")),
    ),
    recipients=("- Như trên;", "- Đảng ủy phường;", "- Lưu: VT."),
    annexes=(
        *OLD.annexes[:1],
        Annex("Phụ lục III", "MỚI", "(Kèm theo)", False, "x", (paragraph("D."),)),
    ),
)


def side(redline: Document, new: bool) -> list[str]:
    """Return the lines of one of the two documents that a redline shows, without empty ones."""
    return lines([_side(text, new).strip() for text in shown(redline)])


def shown(redline: Document) -> Iterator[str]:
    """Yield the texts of a redline with their changes."""
    header = redline.header
    yield from (*header.agency, header.national_name, header.motto)
    yield from (header.number, header.place_date, header.document_type, header.abstract)
    yield from blocks_of(redline.body)
    yield from redline.closing_texts()
    for annex in redline.annexes:
        yield from (annex.number, annex.title, annex.note)
        yield from blocks_of(annex.blocks)


def blocks_of(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield traced(block.label, " ", *(run.text for run in block.title))
            case Paragraph():
                yield traced(*(run.text for run in block.runs))
            case Table():
                for row in (*block.head, *block.rows):
                    yield from (traced(*(run.text for run in cell.runs)) for cell in row.cells)


def _side(text: str, new: bool) -> str:
    found = changes_in(text) or [(0, len(text), None)]
    return "".join(
        str(text)[start:end]
        for start, end, change in found
        if change is None or change.step.is_gone is not new
    )


def texts(document: Document) -> list[str]:
    return [text.strip() for text in document.texts() if text.strip()]


def lines(found: list[str]) -> list[str]:
    return [line for text in found for line in text.split("\n") if line.strip()]


# --- the document ------------------------------------------------------------------------------


def test_it_holds_both_documents() -> None:
    redline = redlined(OLD, NEW, REVISION)
    assert sorted(side(redline, new=True)) == sorted(lines(texts(NEW)))
    assert sorted(side(redline, new=False)) == sorted(lines(texts(OLD)))


BLOCKS = st.lists(
    st.one_of(
        st.sampled_from([A, B, C, "x", A.replace("cập nhật", "đơn giản hóa")]).map(paragraph),
        st.sampled_from(["I.", "II."]).flatmap(
            lambda label: st.sampled_from(["KẾT QUẢ", "NHIỆM VỤ"]).map(
                lambda title: heading(label, title)
            )
        ),
        st.lists(
            st.tuples(st.sampled_from([A, B, "1"]), st.sampled_from(["95%", "40%", ""])), min_size=1
        ).map(lambda rows: table(("Tên", "Mức"), *rows)),
    ),
    max_size=8,
)


@given(BLOCKS, BLOCKS)
def test_any_two_bodies_can_be_told_apart_again(old: list[Block], new: list[Block]) -> None:
    redline = redlined(with_body(*old), with_body(*new), REVISION)
    body = list(blocks_of(redline.body[1:]))  # without the addressee
    for blocks, is_new in ((old, False), (new, True)):
        assert lines([_side(text, is_new).strip() for text in body]) == lines(
            list(blocks_of(blocks))
        )


def test_what_moved_is_told_as_moved() -> None:
    redline = redlined(OLD, NEW, REVISION)
    steps = {
        (change.step, change.number)
        for text in shown(redline)
        for _, _, change in changes_in(text)
        if change is not None and change.number
    }
    assert steps == {(Step.MOVED_OUT, 1), (Step.MOVED_IN, 1)}


def test_the_figures_that_changed_are_listed() -> None:
    assert figure_changes(redlined(OLD, NEW, REVISION)) == (
        FigureChange("Phần đầu", "Số: 15/BC-UBND", "Số: 16/BC-UBND"),
        FigureChange(
            "I. KẾT QUẢ THỰC HIỆN",
            "Tỷ lệ hồ sơ trực tuyến đạt 77,2%, tăng so với cùng",
            "Tỷ lệ hồ sơ trực tuyến đạt 78,1%, tăng so với cùng",
        ),
        FigureChange("Hồ sơ đúng hạn", "95%", "98%"),
        FigureChange("Thanh toán", "40%", ""),
        FigureChange("Dịch vụ bưu chính", "", "10%"),
    )


def test_an_unchanged_document_has_no_change() -> None:
    redline = redlined(NEW, NEW, REVISION)
    assert not any(changes_in(text) for text in shown(redline))
    assert figure_changes(redline) == ()


# --- the files ---------------------------------------------------------------------------------


def printed(redline: Document) -> Document:
    return prepared(redline, frame(), times())


@pytest.fixture(scope="module")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("redline") / "a.docx"
    path.write_bytes(docx_of(printed(redlined(OLD, NEW, REVISION))))
    return path


def test_the_word_file_is_valid_and_names_who_and_when(word_file: Path) -> None:
    assert audit(word_file) == []
    root = etree.fromstring(part(word_file, "word/document.xml").encode())
    found = list(root.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")))
    assert {each.get(w("author")) for each in found} == {"Nguyễn Văn A"}
    assert {each.get(w("date")) for each in found} == {"2025-09-16T00:00:00Z"}
    numbers = [each.get(w("id")) for each in found]
    assert len(set(numbers)) == len(numbers)


def test_a_move_is_one_range_whatever_its_looks() -> None:
    """Of ranges with one name only the first counts (ISO/IEC 29500-1, 17.13.5.24)."""
    looks = (
        Run("Rà soát ", bold=True),
        Run("thủ tục hành chính "),
        Run("của phường.", italic=True),
    )
    moved, others = Paragraph(StyleId.BODY, looks), tuple(map(paragraph, (A, B, C)))
    redline = redlined(with_body(moved, *others), with_body(*others, moved), REVISION)
    root = etree.fromstring(part(docx_of(printed(redline)), "word/document.xml").encode())
    for name in ("moveFrom", "moveTo"):
        (start,) = root.iter(w(f"{name}RangeStart"))
        *holders, end = start.itersiblings()
        assert [each.tag for each in holders] == [w(name)] * 3
        assert end.tag == w(f"{name}RangeEnd") and end.get(w("id")) == start.get(w("id"))


def test_equal_documents_give_equal_bytes(word_file: Path) -> None:
    assert docx_of(printed(redlined(OLD, NEW, REVISION))) == word_file.read_bytes()


def word_lines(path: Path) -> list[str]:
    word = open_word(path.read_bytes(), path).word
    return lines([plain(each.text).strip() for each in word.filled])


@pytest.mark.soffice
@pytest.mark.parametrize(("accept", "document"), [(True, NEW), (False, OLD)])
def test_libreoffice_gives_back_either_document(
    word_file: Path, tmp_path: Path, accept: bool, document: Document
) -> None:
    target = tmp_path / "settled.docx"
    settle(word_file, target, tmp_path / "profile", accept)
    assert sorted(word_lines(target)) == sorted(lines(texts(document)))


@pytest.mark.soffice
def test_the_pdf_has_the_lines_of_the_word_file(word_file: Path, tmp_path: Path) -> None:
    redline = printed(redlined(OLD, NEW, REVISION))
    pdf = tmp_path / "b.pdf"
    pages = lay_out(redline, layout(redline))
    pdf.write_bytes(write_pdf(redline, pages, times(), None))
    (word,) = convert_to_pdf([word_file], tmp_path)
    assert compare(word, pdf) == []


def test_a_redline_is_not_signed() -> None:
    assert NEW.is_signed and not redlined(OLD, NEW, REVISION).is_signed


def test_the_pdf_strikes_underlines_and_marks_the_margin() -> None:
    document = printed(redlined(OLD, NEW, REVISION))
    unmarked = lay_out(replace(document, revision=None), layout(document)).pages[0]
    page = lay_out(document, layout(document)).pages[0]
    marks = page.boxes[len(unmarked.boxes) :]
    assert {box.color for box in marks} == {"C00000", "1F4E9E", "2E7D32", "000000"}
    bars = [box for box in marks if box.left < frame().page.left]
    assert bars and all(box.height > 10 * box.width for box in bars)


def test_the_files_begin_with_the_figures_that_changed(tmp_path: Path) -> None:
    made = write_redline(OLD, NEW, TEMPLATES, tmp_path / "2025", "Nguyễn Văn A", date(2025, 9, 16))
    word, pdf = made.paths
    assert audit(word) == []
    comment = part(word, "word/comments.xml")
    assert "đạt 77,2%, tăng" in comment and "đạt 78,1%, tăng" in comment
    first = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert "đã thay đổi" in first and "98%" in first


# --- from a Word file --------------------------------------------------------------------------


@pytest.mark.parametrize("document", [OLD, NEW], ids=["old", "new"])
def test_a_word_file_is_read_as_the_document_it_is(document: Document, tmp_path: Path) -> None:
    data = docx_of(printed(document))
    redline = redlined(document_of(open_word(data, tmp_path / "a.docx")), document, REVISION)
    changed = [str(text) for text in shown(redline) if changes_in(text)]
    assert changed == []


def test_what_is_gone_from_a_word_file_is_printed(tmp_path: Path) -> None:
    """Titles below their numbers, lines that were ended by hand, hidden marks, any table."""
    title = Heading(StyleId.PART, 1, "Phần I", (Run("KẾT QUẢ"),), True, "phan")
    rows = (("Chỉ tiêu", "Mức"), ("Hồ sơ đúng hạn", "95%"), ("Thanh toán", "40%"))
    tables = (table(*rows), paragraph(C), table((A * 60, "a"), ("b", "c")))
    word = opened(docx_of(printed(with_body(title, paragraph(B), *tables))))
    (ended,) = (each for each in word.paragraphs if each.text == B)
    ended.runs[0].add_break()
    ended.add_run("Dòng thứ\ufeff hai.")
    word.save(str(tmp_path / "a.docx"))
    old = document_of(open_word((tmp_path / "a.docx").read_bytes(), tmp_path / "a.docx"))
    redline = printed(redlined(old, with_body(paragraph(A)), REVISION))
    (tmp_path / "b.docx").write_bytes(docx_of(redline))
    assert audit(tmp_path / "b.docx") == [] and lay_out(redline, layout(redline)).pages
    before = [plain(text) for text in side(redline, False)]
    assert before[9:12] == ["Phần I", "KẾT QUẢ", f"{B} Dòng thứ hai."]
    first, second = (block for block in redline.body if isinstance(block, Table))
    assert [cell.text for cell in first.head[0].cells] == ["Chỉ tiêu", "Mức"]
    assert second.head == () and min(*first.widths, *second.widths) > 5


# --- the command -------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    common = ("--content", str(folder / "content"), "--out", str(folder / "build"))
    result = CliRunner().invoke(main, ["diff", *arguments, *common])
    return result.exit_code, result.output


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    for name, text in CONTENT.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(Path(__file__).parents[2] / "templates", tmp_path / "templates")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


def test_against_a_revision_of_git(ward: Path) -> None:
    git(ward, "init", "-q")
    git(ward, "add", ".")
    git(ward, "commit", "-qm", "a")
    plan = ward / "content/2025/ke-hoach.yaml"
    plan.write_text(plan.read_text().replace("01/8/2025", "11/8/2025", 1), encoding="utf-8")
    status, output = run(ward, "plan", "--since", "HEAD")
    assert status == 0, output
    assert "nay:   Phường Trần Liễu, ngày 11 tháng 8 năm 2025" in output
    assert {path.name for path in (ward / "build/2025").iterdir()} >= {
        "plan-redline.docx",
        "plan-redline.pdf",
    }
    status, output = run(ward, "plan", "--since", str(ward / "build/2025/plan-redline.docx"))
    assert (status, REPLACED in output) == (0, False)
    (ward / "build/2025/plan-redline.docx").write_bytes(b"mine")
    assert f"plan-redline.docx: {REPLACED}" in run(ward, "plan", "--since", "HEAD")[1]


def test_a_link_that_leads_out_of_the_content_is_told(ward: Path) -> None:
    (ward / "content" / "ra-ngoai.yaml").symlink_to("/etc/passwd")
    git(ward, "init", "-q")
    git(ward, "add", ".")
    git(ward, "commit", "-qm", "a")
    status, output = run(ward, "plan", "--since", "HEAD")
    assert (status, "ra-ngoai.yaml" in output) == (2, True), output


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("plan",), 2, "ghi một trong hai: --since"),
        (("plan", "--since", "HEAD", "--against", "2024"), 2, "ghi một trong hai: --since"),
        (("plan", "--since", "HEAD"), 2, "không nằm trong kho git"),
        (("plan", "--since", "khong-co.docx"), 1, "khong-co.docx"),
        (("plan", "--against", "1999"), 1, "chưa có thư mục của năm này"),
        (("plam", "--since", "HEAD"), 2, "có phải “plan”?"),
    ],
)
def test_bad_calls_are_told_in_one_line(
    ward: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    found, output = run(ward, *arguments)
    assert (found, words in output) == (status, True), output


def test_a_file_that_is_no_word_file_is_told_at_its_place(ward: Path) -> None:
    path = ward / "a.docx"
    path.write_bytes(b"%PDF-1.7")
    status, output = run(ward, "plan", "--since", str(path))
    assert status == 1
    assert f"{path}" in output and "PDF" in output
