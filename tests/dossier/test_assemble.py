"""The whole dossier: numbers, links, bookmarks, options, equal bytes."""

from __future__ import annotations

import re
import resource
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from pikepdf import Name, Object, Pdf

from dossiers import Maker, item, plan, text_of, write_pdf
from vanban.dossier.stamp import STRIP
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import Criterion, DossierPlan, Field

NUMBERS_FROM = 480
"""Where the last column of the index begins, pt."""


def pages_by_object(pdf: Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def target_of(link: Object, numbers: dict[tuple[int, int], int]) -> int:
    return numbers[link.Dest[0].objgen]


def check_numbers(path: Path, wanted: DossierPlan) -> None:
    """Check every number of the index, and every link from it and back, against the pages."""
    texts = text_of(path)
    firsts = {}
    for number, text in enumerate(texts, 1):
        assert f"trang {number}/{len(texts)}" in text
        match = re.search(r"Tài liệu (\S+) – 1/(\d+)", text)
        if match:
            firsts[match[1]] = number
    assert list(firsts) == [one.code for one in wanted.placed()]
    document = pypdfium2.PdfDocument(path)
    with pikepdf.open(path) as pdf:
        numbers = pages_by_object(pdf)
        printed: dict[str, set[str]] = {}
        rows: dict[str, int] = {}
        for position, page in enumerate(pdf.pages):
            text = document[position].get_textpage()
            for link in page.obj.get("/Annots", []):
                if link.Subtype != "/Link":
                    continue
                code = str(link.Contents).partition(",")[0]
                if code == "Về mục lục":
                    continue
                assert target_of(link, numbers) == firsts[code]
                rows.setdefault(code, position + 1)
                x0, y0, x1, y1 = (float(value) for value in link.Rect)
                words = text.get_text_bounded(x0, min(y0, y1), x1, max(y0, y1)).strip()
                if words.isdecimal() and x0 > NUMBERS_FROM:
                    printed.setdefault(code, set()).add(words)
        assert {code: {str(number)} for code, number in firsts.items()} == printed
        for code, number in firsts.items():
            *_, back = pdf.pages[number - 1].obj.Annots
            assert target_of(back, numbers) == rows[code]
            assert float(back.Rect[3]) <= STRIP
    document.close()


@pytest.mark.parametrize("count", [3, pytest.param(400, marks=pytest.mark.slow)])
def test_numbers_and_links_are_true(maker: Maker, tmp_path: Path, count: int) -> None:
    files = [write_pdf(tmp_path / f"{pages}.pdf", pages) for pages in (1, 2, 3)]
    items = [
        item(f"{n % 8 + 1}.{n // 80 + 1}.{n // 8 % 10 + 1}-{n:02}", files[n % 3])
        for n in range(count)
    ]
    wanted = plan(*items)
    facts = maker.pdf(wanted, tmp_path / "d.pdf")
    check_numbers(tmp_path / "d.pdf", wanted)
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        assert len(pdf.pages) == facts.page_count


def test_a_document_of_several_criteria_stands_once(maker: Maker, tmp_path: Path) -> None:
    one = item("1.1.1-01", write_pdf(tmp_path / "a.pdf", 2))
    other = item("1.2.1-01", write_pdf(tmp_path / "b.pdf"))
    twice = plan(one, other)
    field = twice.fields[0]
    second = field.criteria[1]
    again = type(second)(second.code, second.title, (*second.items, one))
    wanted = type(twice)(
        **{
            **{name: getattr(twice, name) for name in twice.__struct_fields__},
            "fields": (type(field)(field.code, field.title, (field.criteria[0], again)),),
        }
    )
    facts = maker.pdf(wanted, tmp_path / "d.pdf")
    assert list(facts.placements) == ["1.1.1-01", "1.2.1-01"]
    check_numbers(tmp_path / "d.pdf", wanted)
    assert "xem 1.1.1-01" in text_of(tmp_path / "d.pdf")[1]


def small_plan(folder: Path, **values: object) -> DossierPlan:
    return plan(
        item("1.1.1-01", write_pdf(folder / "a.pdf", 2), signed=True),
        item("1.2.1-01", write_pdf(folder / "b.pdf", 1)),
        item("2.1.1-01", write_pdf(folder / "c.pdf", 3)),
        **values,
    )


def test_two_sided(maker: Maker, tmp_path: Path) -> None:
    wanted = small_plan(tmp_path, two_sided=True)
    facts = maker.pdf(wanted, tmp_path / "d.pdf")
    assert [place.first for place in facts.placements.values()] == [5, 7, 11]
    check_sheets = text_of(tmp_path / "d.pdf")[1]
    # The index: page and sheet of every document.
    for place in facts.placements.values():
        assert re.search(rf"\b{place.first}\b", check_sheets)
        assert re.search(rf"\b{(place.first + 1) // 2}\b", check_sheets)
    assert [len(text.split()) for text in text_of(tmp_path / "d.pdf")][3] == 2  # "trang 4/13"


def test_bookmarks(maker: Maker, tmp_path: Path) -> None:
    facts = maker.pdf(small_plan(tmp_path), tmp_path / "d.pdf")
    with pikepdf.open(tmp_path / "d.pdf") as pdf, pdf.open_outline() as outline:
        numbers = pages_by_object(pdf)

        def walk(entries: list[pikepdf.OutlineItem]) -> list[object]:
            found: list[object] = []
            for entry in entries:
                assert isinstance(entry.destination, pikepdf.Array)
                found.append((entry.title, numbers[entry.destination[0].objgen]))
                if entry.children:
                    found.append(walk(entry.children))
            return found

        tree = walk(list(outline.root))
    assert tree == [
        ("Bìa", 1),
        ("Mục lục", 2),
        ("1. CẢI CÁCH HÀNH CHÍNH 1", 3),
        [
            ("1.1. Kế hoạch", 4),
            [("1.1.1-01 15/QĐ-UBND", 4)],
            ("1.2. Kế hoạch", 6),
            [("1.2.1-01 15/QĐ-UBND", 6)],
        ],
        ("2. CẢI CÁCH HÀNH CHÍNH 2", 7),
        [("2.1. Kế hoạch", 8), [("2.1.1-01 15/QĐ-UBND", 8)]],
    ]
    assert facts.page_count == 10


def test_bookmark_and_way_back_of_a_shared_document_are_those_of_its_place(
    maker: Maker, tmp_path: Path
) -> None:
    own = item("1.1.1-01", write_pdf(tmp_path / "a.pdf"))
    shared = item("2.1.1-01", write_pdf(tmp_path / "b.pdf"))
    fields = (
        Field("1", "Một", (Criterion("1.1.1", "A", (own, shared)),)),
        Field("2", "Hai", (Criterion("2.1.1", "B", (shared,)),)),
    )
    maker.pdf(replace(plan(own, shared), fields=fields), tmp_path / "d.pdf")
    with pikepdf.open(tmp_path / "d.pdf") as pdf, pdf.open_outline() as outline:
        links = [link for link in pdf.pages[1].obj.Annots if "2.1.1-01" in str(link.Contents)]
        tops = {max(round(float(link.Rect[1])), round(float(link.Rect[3]))) for link in links}
        elsewhere, here, *_ = sorted(tops, reverse=True)
        *_, back = pdf.pages[-1].obj.Annots
        assert elsewhere - here > STRIP
        assert float(back.Dest[3]) == pytest.approx(here + 2 * STRIP, abs=1)
        found = {
            branch.title: [leaf.title for twig in branch.children for leaf in twig.children]
            for branch in outline.root[2:]
        }
    assert found == {
        "1. Một": ["1.1.1-01 15/QĐ-UBND"],
        "2. Hai": ["2.1.1-01 15/QĐ-UBND"],
    }


def test_signed_copies_banner_and_cover(maker: Maker, tmp_path: Path) -> None:
    maker.pdf(small_plan(tmp_path, banner="SỐ LIỆU MẪU – KHÔNG KÝ"), tmp_path / "d.pdf")
    texts = text_of(tmp_path / "d.pdf")
    assert all("SỐ LIỆU MẪU – KHÔNG KÝ" in text for text in texts)
    assert texts[1].replace("\r\n", " ").count("bản ký số") == 1
    for words in ("PHƯỜNG TRẦN LIỄU", "HỒ SƠ", "01.CCHC", "Vĩnh viễn", "10"):
        assert words in texts[0]


def test_fonts_are_embedded(maker: Maker, tmp_path: Path) -> None:
    maker.pdf(small_plan(tmp_path, banner="MẪU"), tmp_path / "d.pdf")
    with pikepdf.open(tmp_path / "d.pdf") as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        names = [one for one in fonts if one.get("/Type") == Name.FontDescriptor]
        assert names and all("/FontFile2" in one for one in names)


def test_page_in_place_of_a_file(maker: Maker, tmp_path: Path) -> None:
    office = tmp_path / "bảng.docx"
    office.write_bytes(b"PK")
    wanted = plan(item("1.1.1-01", office), item("1.1.1-02", write_pdf(tmp_path / "a.pdf")))
    facts = maker.pdf(wanted, tmp_path / "d.pdf")
    check_numbers(tmp_path / "d.pdf", wanted)
    text = text_of(tmp_path / "d.pdf")[facts.placements["1.1.1-01"].first - 1]
    assert "TRANG THAY CHO TÀI LIỆU" in text and "bảng.docx" in text


def test_equal_bytes(maker: Maker, tmp_path: Path) -> None:
    wanted = small_plan(tmp_path, banner="MẪU")
    for name in ("1.pdf", "2.pdf"):
        maker.pdf(wanted, tmp_path / name)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.slow
def test_more_files_than_may_be_open(maker: Maker, tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf")
    items: list[EvidenceDocument] = [item(f"1.1.1-{number:02}", file) for number in range(120)]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard))
    try:
        assert maker.pdf(plan(*items), tmp_path / "d.pdf").page_count > 120
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 100
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
def test_a_long_divider_loses_nothing(maker: Maker, tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf")
    wanted = plan(*(item(f"1.{number}.1-01", file) for number in range(1, 70)))
    facts = maker.pdf(wanted, tmp_path / "d.pdf")
    check_numbers(tmp_path / "d.pdf", wanted)
    texts = text_of(tmp_path / "d.pdf")
    assert "1.69. Kế hoạch" in texts[facts.placements["1.1.1-01"].first - 2]
