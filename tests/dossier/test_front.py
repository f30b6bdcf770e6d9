"""The pages of our own in a dossier: cut into parts, and equal in Word and PDF."""

from __future__ import annotations

import pickle
from pathlib import Path

import pdfplumber
import pytest
from msgspec.structs import replace

from documents import pdf_of
from dossiers import TEMPLATES, Maker, item, plan, write_pdf
from office import convert_to_pdf
from pages import compare
from vanban.app.dossier import DossierFront
from vanban.compose.dossier_front import compose_dossier_front, without_links
from vanban.dossier.front import make_front, number_pages
from vanban.errors import TemplateError

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "long", [{"remark": "Ghi chú dài. " * 60}, {"title": "Quyết định dài. " * 300}]
)
def test_a_row_taller_than_a_page_keeps_the_head_of_the_index(
    long: dict[str, str], maker: Maker, tmp_path: Path
) -> None:
    file = write_pdf(tmp_path / "a.pdf")
    target = tmp_path / "dossier.pdf"
    maker.pdf(plan(item("1.1.1-01", file, **long), item("1.1.1-02", file)), target)
    with pdfplumber.open(target) as pdf:
        pages = [page for page in pdf.pages if page.search("dài")]
        assert len(pages) >= 2
        for page in pages:
            assert page.search("Mã tài liệu"), "the head stands on every page"
            level = [each for each in page.rects if each["height"] < 1]
            foot = max(line["bottom"] for line in level)
            last = max(word["bottom"] for word in page.search("dài"))
            assert foot > last - 1, "the cells are closed"


def test_an_outline_without_a_part_is_told(maker: Maker, tmp_path: Path) -> None:
    outline = (TEMPLATES / "dossier-front.md").read_text("utf-8")
    (tmp_path / "dossier-front.md").write_text(outline.replace("{#{{ field.anchor }} ", "{"))
    (tmp_path / "frame.docx").write_bytes((TEMPLATES / "frame.docx").read_bytes())
    wanted = plan(item("1.1.1-01", tmp_path / "a.pdf"))
    with pytest.raises(TemplateError, match="thiếu trang có mã #linh-vuc-1") as raised:
        number_pages(wanted, DossierFront(wanted, tmp_path), {"1.1.1-01": 1})
    assert raised.value.problems[0].place.file == tmp_path / "dossier-front.md"


def test_numbers_that_lengthen_the_index_are_told(maker: Maker, tmp_path: Path) -> None:
    outline = (TEMPLATES / "dossier-front.md").read_text("utf-8")
    narrow = outline.replace("63 20 16", "63 20 5")
    narrow = narrow.replace("Số trang: {{ pages }}", "Số trang: " + "{{ pages }} dòng thêm " * 40)
    crowded = narrow.replace('{dong="4"}', '{dong="26"}')
    (tmp_path / "dossier-front.md").write_text(crowded, "utf-8")
    (tmp_path / "frame.docx").write_bytes((TEMPLATES / "frame.docx").read_bytes())
    items = [item(f"1.1.1-{n:02}", write_pdf(tmp_path / f"{n}.pdf", 40)) for n in range(1, 40)]
    wanted = plan(*items)
    front = DossierFront(wanted, tmp_path)
    with pytest.raises(TemplateError, match="mục lục dài thêm trang"):
        make_front(wanted, front, {each.code: 4000 for each in items})


@pytest.mark.slow
@pytest.mark.soffice
@pytest.mark.parametrize("two_sided", [False, True])
def test_word_and_pdf_have_the_same_lines(maker: Maker, tmp_path: Path, two_sided: bool) -> None:
    """Of 60 documents, so that headings of groups come to the foot of a page."""
    items = [
        item(
            f"{n % 7 + 1}.{n // 14 + 1}.1-{n:02}",
            Path(f"{n}.{'docx' if n % 20 == 3 else 'pdf'}"),
            title=f"Quyết định về việc giao nhiệm vụ{' cải cách hành chính' * (n % 5)}",
            remark="ghi chú " * (n % 4),
        )
        for n in range(60)
    ]
    wanted = plan(*items, two_sided=two_sided, keeper="Phòng Văn hóa - Xã hội")
    front = maker.front(wanted)
    numbering = number_pages(wanted, front, {each.code: 2 for each in items})
    pdf, word = tmp_path / "front.pdf", tmp_path / "front.docx"
    printed = front.printed(numbering)
    word.write_bytes(printed.word)
    pdf.write_bytes(printed.pdf)
    (other,) = convert_to_pdf([word], tmp_path)
    assert compare(pdf, other) == []


@pytest.mark.parametrize("two_sided", [False, True])
@pytest.mark.parametrize(
    "shift", [0, 2, *(pytest.param(shift, marks=pytest.mark.long) for shift in (1, 3, 5))]
)
def test_both_engines_set_the_same_lines(
    maker: Maker, tmp_path: Path, shift: int, two_sided: bool
) -> None:
    """Of ``shift`` documents more in the first group, which moves all others down."""
    items = [
        item(
            f"{n // 10 + 1}.{n // 3 % 4 + 1}.1-{n:02}",
            Path(f"{n}.{'docx' if n % 20 == 3 else 'pdf'}"),
            title=f"Quyết định về việc giao nhiệm vụ{' cải cách hành chính' * (n % 5)}",
        )
        for n in (*[0] * shift, *range(40))
    ]
    front = maker.front(plan(*items, two_sided=two_sided))
    numbering = number_pages(front.plan, front, {each.code: 2 for each in items})
    document = replace(compose_dossier_front(front.plan, numbering, TEMPLATES), banner="")
    placed, set_ = tmp_path / "placed.pdf", tmp_path / "weasyprint.pdf"
    placed.write_bytes(front.printed(numbering).pdf)
    set_.write_bytes(pdf_of(document))
    assert compare(placed, set_) == []


def test_without_links_it_is_as_composed_without(maker: Maker) -> None:
    front = maker.front(
        plan(*(item(f"{n % 3 + 1}.1.1-{n:02}", Path(f"{n}.pdf")) for n in range(9)))
    )
    numbering = number_pages(front.plan, front, {each.code: 2 for each in front.plan.placed()})
    composed, linked = (
        compose_dossier_front(front.plan, numbering, TEMPLATES, links=links)
        for links in (False, True)
    )
    assert linked != composed
    assert without_links(linked, front.plan) == composed


def test_sheets_bear_no_numbers(maker: Maker) -> None:
    front = maker.front(
        plan(*(item(f"{n % 3 + 1}.1.1-{n:02}", Path(f"{n}.pdf")) for n in range(9)))
    )
    pages = front.pages(None)
    assert len(pages) == 5
    assert all(page.number == 0 for page in pages.pages)


def test_a_front_comes_back_from_another_process(maker: Maker) -> None:
    wanted = plan(item("1.1.1-01", Path("a.pdf")), item("1.1.1-02", Path("b.docx")))
    front = make_front(wanted, maker.front(wanted), {"1.1.1-01": 2})
    assert pickle.loads(pickle.dumps(front)) == front
