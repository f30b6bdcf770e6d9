"""One document, its files: LibreOffice's rendering of the .docx has every line of both PDFs.

The PDFs, WeasyPrint's and the one written from pages, are compared with it word by word on every
page, in the text, the tables, the header and the margins: the same word within 2 pt at both ends
and 3 pt in height (:mod:`pages`). Each document is also shifted by 0 to 39 one-line paragraphs, so
that every page break falls in other places.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from appraisals import all_changed
from cities import city_report, many
from documents import ENGINES, docx_of, frame, paragraph, pdf_of, picture, sample, table, times
from office import convert_to_pdf
from pages import compare
from support import compose_all, load_checked
from vanban.app.catalogue import find_kind
from vanban.compose.annex_files import separated
from vanban.compose.composed import Composed
from vanban.document import Align, Annex, Block, Cell, Document, Paragraph, Row, Run, StyleId, Table
from vanban.layout.preparation import prepared

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
SHIFTS = range(40)
FEW = (0, 13, 27)
"""Shifts that every run of the tests tries; ``make equality`` tries all."""

CITY = "city-report-q3"
"""On sixty wards; the others are documents of the project's own content."""
DOCUMENTS = (
    *("plan", "report-q3", "self-assessment", "evidence-index", "dossier-front", "brief-q3"),
    "scores-qd766-quy-3",
    CITY,
)
"""The first is compared by ``make test``, the others by ``make test-all``."""
MAY_DIFFER: dict[str, dict[int, str]] = {
    "scores-qd766-quy-3": {
        16: "LibreOffice 7.4 begins the first table where its first rows do not fit, and loses rows"
    },
    "plan": {
        29: "LibreOffice 7.4 leaves a hole at the foot of a page before the heading II. YÊU CẦU, "
        "although heading and two lines would fit"
    },
    "brief-q3": dict.fromkeys(
        (1, 31),
        "LibreOffice 7.4 begins the table of shortfalls where its first rows do not fit, and loses "
        "the second row",
    ),
}
"""Shifts of a document that may differ, and why."""


def load_document(document_id: str) -> Document:
    if document_id == CITY:
        with TemporaryDirectory() as folder:
            return prepared(city_report(Path(folder), many(60)).document, frame(), times())
    content = ROOT / "content"
    workspace = load_checked(content, 2025)
    (composed,) = compose_all([find_kind(document_id, content)], workspace, TEMPLATES)
    return prepared(composed.document, frame(), times())


def shifted(document: Document, lines: int) -> Document:
    """Return ``document`` with ``lines`` one-line paragraphs before its body."""
    extra = tuple(
        Paragraph(StyleId.BODY, (Run(f"Dòng thêm thứ {number}."),)) for number in range(lines)
    )
    return replace(document, body=(*extra, *document.body))


def differing(documents: Iterable[Document], folder: Path) -> dict[str, dict[str, str]]:
    """Return the first difference of each document's PDFs that have one, by engine and id.

    LibreOffice renders every .docx once, for both engines.
    """
    documents, stamp = list(documents), date(2025, 8, 1)
    words = [folder / f"{document.id}.docx" for document in documents]
    for document, word in zip(documents, words, strict=True):
        word.write_bytes(docx_of(document, stamp=stamp))
    unequal: dict[str, dict[str, str]] = {}
    pdf = folder / "one.pdf"
    for document, other in zip(documents, convert_to_pdf(words, folder), strict=True):
        for engine in ENGINES:
            pdf.write_bytes(pdf_of(document, stamp=stamp, engine=engine))
            for difference in compare(pdf, other)[:1]:
                unequal.setdefault(engine, {})[document.id] = str(difference)
    return unequal


def shifts_of(document_id: str, shifts: Iterable[int]) -> Iterator[Document]:
    document = load_document(document_id)
    for lines in shifts:
        yield replace(shifted(document, lines), id=str(lines))


@pytest.mark.soffice
@pytest.mark.parametrize(
    "document_id",
    [DOCUMENTS[0], *(pytest.param(each, marks=pytest.mark.long) for each in DOCUMENTS[1:])],
)
def test_libreoffice_sets_the_lines_of_the_pdf(document_id: str, tmp_path: Path) -> None:
    assert differing(shifts_of(document_id, FEW), tmp_path) == {}


@pytest.mark.long
@pytest.mark.soffice
@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_every_shift_is_equal(document_id: str, tmp_path: Path) -> None:
    known = {str(lines) for lines in MAY_DIFFER.get(document_id, {})}
    for engine, unequal in differing(shifts_of(document_id, SHIFTS), tmp_path).items():
        assert {lines: first for lines, first in unequal.items() if lines not in known} == {}, (
            engine
        )


@pytest.mark.long
@pytest.mark.soffice
def test_letters_to_wards_are_equal(tmp_path: Path) -> None:
    """Those of two rounds, whose annex has all sub-criteria of the set."""
    documents = [prepared(item.document, frame(), times()) for item in all_changed()]
    assert len(documents) == 2
    assert differing(documents, tmp_path) == {}


@pytest.mark.slow
@pytest.mark.soffice
def test_samples_of_papers_are_equal(tmp_path: Path) -> None:
    """All kinds of papers, each by its sample."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    shutil.copytree(content / "mau" / "soan-thao", content / "2025" / "soan-thao")
    papers = content / "2025" / "soan-thao"
    papers.joinpath("hinh").mkdir()
    papers.joinpath("hinh", "a.png").write_bytes(picture().data)
    shown = "{hinh: {tep: a.png, ten: Hình, mo_ta: Hình, rong: %d}}"
    parts = f"[Một., {shown % 120}, Hai., {shown % 165}, Ba., {shown % 165}, Bốn.]"
    text = (papers / "thong-bao.yaml").read_text(encoding="utf-8").partition("noi_dung:")[0]
    papers.joinpath("thong-bao-hinh.yaml").write_text(f"{text}noi_dung: {parts}\n", "utf-8")
    names = sorted(path.stem for path in papers.glob("*.yaml"))
    kinds = [find_kind(name, content) for name in names]
    composed = compose_all(kinds, load_checked(content, 2025), TEMPLATES)
    assert len(composed) == len(names) > 25
    documents = (prepared(item.document, frame(), times()) for item in composed)
    assert differing(documents, tmp_path) == {}


@pytest.mark.slow
@pytest.mark.soffice
def test_files_of_annexes_are_equal(tmp_path: Path) -> None:
    """Each annex by itself, upright and turned, and the document without them."""
    whole = (load_document("report-q3"), load_document("self-assessment"), sample())
    parts = [part.document for each in whole for part in separated(Composed(each, TEMPLATES))]
    assert len(parts) == 10
    assert differing(parts, tmp_path) == {}


WORDS = (
    *("hồ", "sơ", "nhận", "bàn", "giao", "khi", "phường", "bắt", "đầu", "hoạt", "động,", "gồm"),
    *("nhiều", "loại", "khác", "nhau", "của", "các", "cơ", "quan", "thuộc", "thẩm", "quyền"),
    *("giải", "quyết", "trong", "năm", "2025", "theo", "Kế", "hoạch", "số", "4009", "đã", "ban"),
)
COLUMNS = (17.0, 60.0, 30.0, 34.0, 24.0)
SHORT = (0, 6, 1, 3, 1)
"""Widths in mm and words a cell (0: its number) of an ordinary row."""

TALL: dict[str, tuple[tuple[int, tuple[int, ...]], ...]] = {
    "more than what is left": ((3, (0, 6, 1, 90, 1)),),
    "more than a page": ((3, (0, 6, 1, 210, 1)),),
    "two pages": ((3, (0, 6, 1, 420, 1)),),
    "first row": ((0, (0, 6, 1, 210, 1)),),
    "last row": ((8, (0, 6, 1, 210, 1)),),
    "first column": ((2, (100, 6, 1, 3, 1)),),
    "second column": ((2, (0, 500, 1, 3, 1)),),
    "last column": ((2, (0, 6, 1, 3, 150)),),
    "every column": ((2, (60, 400, 120, 210, 120)),),
    "three in sequence": (
        (2, (0, 6, 1, 210, 1)),
        (3, (0, 500, 1, 3, 1)),
        (4, (0, 6, 1, 120, 1)),
    ),
    "first and last": ((0, (0, 6, 1, 120, 1)), (8, (0, 6, 120, 3, 1))),
}
"""Tall rows of a table of nine: the number of each and the words of its cells."""


def tall_table(chance: random.Random, tall: tuple[tuple[int, tuple[int, ...]], ...]) -> Table:
    def cell(number: int, words: int) -> Cell:
        if not words:
            return Cell((Run(str(number + 1)),), Align.CENTER)
        return Cell((Run(" ".join(chance.choice(WORDS) for _ in range(words))),))

    head = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Kết quả kỳ báo cáo", "Ghi chú")
    return Table(
        COLUMNS,
        (Row(tuple(Cell((Run(name),), Align.CENTER) for name in head)),),
        tuple(
            Row(tuple(cell(number, words) for words in dict(tall).get(number, SHORT)))
            for number in range(9)
        ),
    )


@pytest.mark.long
@pytest.mark.soffice
@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_a_row_taller_than_a_page_is_split_alike(landscape: bool, tmp_path: Path) -> None:
    """The table stands in the text and in an annex, pushed down by 0 or 13 lines."""
    chance = random.Random(7)
    documents = []
    for name, tall in TALL.items():
        for lines in (0, 13):
            blocks: tuple[Block, ...] = (
                *(paragraph(f"Dòng thêm thứ {line}.") for line in range(lines)),
                tall_table(chance, tall),
                paragraph("./.", StyleId.AFTER_TABLE),
            )
            documents.append(shifted_sample(f"{name}, {lines}", blocks, landscape))
    assert differing(documents, tmp_path) == {}


def shifted_sample(name: str, blocks: tuple[Block, ...], landscape: bool) -> Document:
    """Return the sample with ``blocks`` as its text, or in an annex of turned pages."""
    if not landscape:
        return sample(id=name, body=blocks, annexes=())
    annex = Annex("Phụ lục", "BẢNG THỬ", "(Kèm theo Báo cáo)", True, "pl", blocks)
    return sample(id=name, annexes=(annex,))


TOKENS = (
    *("phường", "công", "tác", "cải", "cách", "hành", "chính", "kinh", "tế", "-", "xã", "hội"),
    *("2021-2026", "95-100%", "50%–60%", "(84-2009)", "1,5-2,0", "Văn-hóa", "UBND-VHXH"),
    *(
        "15/2025/NQ-HĐND",
        "A/B",
        "3/4",
        "2020–2025",
        "CNTT&TT",
        "I.1.1,",
        "a.5",
        "1.1.1-01_KH-15_2026-01-20.pdf",
    ),
)


@pytest.mark.long
@pytest.mark.soffice
def test_rows_are_kept_together_alike(tmp_path: Path) -> None:
    """Group headings with the row below, the last two rows with the mark below the table."""
    rows = table(("A", "B"), *((str(number), "x") for number in range(12)))
    heading = Row(tuple(Cell((Run(text, bold=True),)) for text in ("I", "Nhóm")))
    grid = replace(
        rows, rows=(*rows.rows[:6], heading, heading, *rows.rows[6:]), keep_with_next=True
    )
    documents = [
        shifted_sample(
            f"{lines} lines",
            (
                *(paragraph(f"Dòng {line}.") for line in range(lines)),
                grid,
                paragraph("./.", StyleId.AFTER_TABLE),
            ),
            landscape=True,
        )
        for lines in range(2, 18)
    ]
    assert differing(documents, tmp_path) == {}


@pytest.mark.long
@pytest.mark.soffice
def test_words_wider_than_a_line_break_alike(tmp_path: Path) -> None:
    chance = random.Random(3)
    documents = []
    for number, letters in enumerate(("abcdeghik", "aăâđêôơư", "abc-", "xyz_=")):
        for length in (30, 60, 200):
            word = "".join(chance.choice(letters) for _ in range(length))
            blocks = (
                paragraph(f"Một đoạn có từ dài {word} rồi hết."),
                paragraph(word),
                table(("A", "B"), ("x", f"Một từ {word} rồi hết"), ("x", word)),
                paragraph("./.", StyleId.AFTER_TABLE),
            )
            documents.append(shifted_sample(f"wide-{number}-{length}", blocks, landscape=False))
    assert differing(documents, tmp_path) == {}


@pytest.mark.soffice
def test_lines_break_alike_at_dashes_and_slashes(tmp_path: Path) -> None:
    chance = random.Random(1)

    def text(words: int) -> tuple[Run, ...]:
        return (Run(" ".join(chance.choice(TOKENS) for _ in range(words))),)

    rows = tuple(Row((Cell(text(9)), Cell(text(3), Align.CENTER))) for _ in range(30))
    body: tuple[Block, ...] = (
        *(Paragraph(StyleId.BODY, text(60)) for _ in range(25)),
        Table((110.0, 55.0), (Row((Cell(text(1)), Cell(text(1)))),), rows),
        Paragraph(StyleId.AFTER_TABLE, (Run("./."),)),
    )
    document = replace(load_document("plan"), id="dashes", body=body)
    assert differing([document], tmp_path) == {}
