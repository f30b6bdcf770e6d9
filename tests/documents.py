"""A small document with every kind of block, and its rendering; for tests of single points."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from docx import Document as open_docx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from msgspec.structs import replace

from vanban.document import (
    Align,
    Annex,
    Cell,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    Signature,
    StyleId,
    Table,
)
from vanban.layout.fonts import TimesFamily, find_times
from vanban.layout.frame import Frame, read_frame
from vanban.layout.measures import Layout
from vanban.picture import Picture
from vanban.render.docx import render_docx
from vanban.render.pdf import PdfEngine
from vanban.render.placed_pdf import PagesEngine

FRAME = Path(__file__).parent.parent / "templates" / "frame.docx"


def paragraph(text: str, style: StyleId = StyleId.BODY) -> Paragraph:
    return Paragraph(style, (Run(text),))


def table(*rows: tuple[str, ...], width: float = 40) -> Table:
    """Return a table; the first row is its head."""
    head, *others = (Row(tuple(Cell((Run(text),)) for text in row)) for row in rows)
    return Table((width,) * len(rows[0]), (head,), tuple(others))


MARKUP = [
    "{{ x }}",
    "{% if x %}a{% endif %}",
    "{%p for x in y %}",
    "{{p body }}",
    "{{r x }}",
    "{_{ x }_}",
    "{# a #}",
    "<w:p/>",
    "&lt;b&gt; & <b>",
    "\"a\" 'b'",
    "**a** _b_",
    "1. a",
    "- a",
    "${x} \\1 %s {0}",
    "]]>",
    "a\u00a0b",
]
"""Texts that some language on the way might take for its own."""

BODY: tuple[Paragraph | Heading | Table, ...] = (
    paragraph("Căn cứ một văn bản.", StyleId.LEGAL_BASIS),
    Heading(StyleId.PART, 1, "Phần I", (Run("MỤC ĐÍCH"),), True, "muc-1"),
    Heading(StyleId.SECTION, 2, "I.", (Run("YÊU CẦU"),), False, "muc-2"),
    Paragraph(
        StyleId.BODY,
        (
            Run("Chữ thường, "),
            Run("đậm", bold=True),
            Run(" và "),
            Run("nghiêng", italic=True),
            Run(", xem "),
            Run("Phụ lục I", target="pl-mot"),
            Run("."),
        ),
    ),
    paragraph("- Một ý.", StyleId.BULLET),
    Table(
        (20, 60),
        (Row((Cell((Run("STT"),), Align.CENTER), Cell((Run("Tên"),), Align.CENTER))),),
        (Row((Cell((Run("1"),), Align.CENTER), Cell((Run("Hai"),), Align.RIGHT))),),
    ),
    Paragraph(StyleId.BODY, (Run("Hết./."),), keep_with_next=True, keep_together=True),
)

SAMPLE = Document(
    id="sample",
    title="Báo cáo thử",
    author="Ủy ban nhân dân phường Trần Liễu",
    header=Header(
        national_name="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        motto="Độc lập - Tự do - Hạnh phúc",
        superior=(),
        agency=("ỦY BAN NHÂN DÂN", "PHƯỜNG TRẦN LIỄU"),
        number="Số: 15/BC-UBND",
        place_date="Phường Trần Liễu, ngày 01 tháng 8 năm 2025",
        document_type="BÁO CÁO",
        abstract="Kết quả thử",
        addressees=("Ủy ban nhân dân thành phố Hải Phòng",),
    ),
    body=BODY,
    recipients_head="Nơi nhận:",
    recipients=("- Như trên;", "- Lưu: VT."),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Trần Thị Tình"),
    annexes=(
        Annex(
            "Phụ lục I",
            "BẢNG THỬ",
            "(Kèm theo Báo cáo)",
            True,
            "pl-mot",
            (table(("A", "B"), ("1", "2")), paragraph("./.", StyleId.AFTER_TABLE)),
        ),
        Annex("Phụ lục II", "DANH MỤC", "(Kèm theo Báo cáo)", False, "pl-hai", (paragraph("C."),)),
    ),
    banner="SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH",
)


def sample(header: dict[str, Any] | None = None, **changes: Any) -> Document:
    """Return the sample with other values; ``header`` are those of its head."""
    return replace(SAMPLE, header=replace(SAMPLE.header, **(header or {})), **changes)


def picture(suffix: str = "png", width: float = 40.0) -> Picture:
    """Return a picture 40 by 20 dots, half of it blue."""
    from PIL import Image

    image = Image.new("RGB", (40, 20), "white")
    image.paste((30, 90, 160), (0, 0, 20, 20))
    target = io.BytesIO()
    image.save(target, "PNG" if suffix == "png" else "JPEG")
    data = target.getvalue()
    words = "Nửa trái màu xanh"
    return Picture(data, sha256(data).hexdigest(), suffix, (40, 20), False, width, width / 2, words)


def with_pictures() -> Document:
    """Return the sample with a picture of either kind, one of them twice and in an annex."""

    def shown(made: Picture) -> Paragraph:
        return Paragraph(StyleId.CAPTION, (Run("Hình 1. Sơ đồ"),), picture=made)

    (annex, *_) = SAMPLE.annexes
    return sample(
        id="pictures",
        body=(paragraph("Đầu."), shown(picture()), shown(picture("jpg")), paragraph("Hết.")),
        annexes=(replace(annex, blocks=(shown(picture()), paragraph("Hết phụ lục."))),),
    )


def plain(*texts: str) -> Document:
    """Return the sample with only these paragraphs as body, without annexes."""
    return sample(body=tuple(paragraph(text) for text in texts), annexes=())


def with_runs(runs: Runs) -> Document:
    return sample(body=(Paragraph(StyleId.BODY, runs),), annexes=())


@cache
def times() -> TimesFamily:
    return find_times()


@cache
def frame() -> Frame:
    return read_frame(FRAME)


ENGINES: dict[str, type[PdfEngine | PagesEngine]] = {
    "weasyprint": PdfEngine,
    "pages": PagesEngine,
}


@cache
def engine_of(name: str) -> PdfEngine | PagesEngine:
    return ENGINES[name]()


def layout(document: Document, look: Frame | None = None) -> Layout:
    return Layout(document, look or frame(), times())


def docx_of(document: Document, look: Frame | None = None, stamp: date | None = None) -> bytes:
    return render_docx(document, layout(document, look), stamp)


def pdf_of(
    document: Document,
    look: Frame | None = None,
    stamp: date | None = None,
    engine: str = "weasyprint",
) -> bytes:
    return engine_of(engine).render(document, layout(document, look), stamp).data


def part(package: bytes | Path, name: str) -> str:
    """Return one part of a Word file as text."""
    with zipfile.ZipFile(io.BytesIO(package) if isinstance(package, bytes) else package) as file:
        return file.read(name).decode()


def edited_frame(target: Path, edits: dict[str, Callable[[str], str]]) -> Path:
    """Write the frame to ``target`` with the parts in ``edits`` changed; return its path."""
    with zipfile.ZipFile(FRAME) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            text = source.read(name)
            if name in edits:
                changed = edits[name](text.decode())
                assert changed != text.decode(), f"the edit of {name} changes nothing"
                text = changed.encode()
            package.writestr(name, text)
    return target


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Return an edit that puts ``new`` for ``old``, which must stand in the text once."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    return edit


def in_style(style_id: StyleId, old: str, new: str) -> Callable[[str], str]:
    """Return an edit of styles.xml that puts ``new`` for ``old`` in one style."""

    def edit(text: str) -> str:
        start = text.index(f'w:styleId="{style_id}"')
        end = text.index("</w:style>", start)
        assert old in text[start:end], f"{old!r} is not in {style_id}"
        return text[:start] + text[start:end].replace(old, new) + text[end:]

    return edit


def opened(data: bytes | Path) -> WordDocument:
    return open_docx(io.BytesIO(data) if isinstance(data, bytes) else str(data))


def word_texts(word: WordDocument | Any) -> Iterator[str]:
    """Yield the lines of text of a Word file in reading order, tables cell by cell."""
    for item in word.iter_inner_content():
        if isinstance(item, WordParagraph):
            yield from item.text.split("\n")
        elif isinstance(item, WordTable):
            for row in item.rows:
                for cell in row.cells:
                    yield from word_texts(cell)
