"""The empty signature fields: who has one, and where it stands, by both engines.

Decree 30/2020/NĐ-CP, Annex I, II.7.d and II.8.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from documents import ENGINES, docx_of, pdf_of, plain, sample
from pages import read_words
from vanban.document import Document, Signature

PT_PER_MM = 72 / 25.4
LETTER = plain("Một đoạn.")
MINUTES = replace(LETTER, countersignature=Signature(("THƯ KÝ",), "Vũ Văn Hai"))

Rect = tuple[float, float, float, float]


def fields(document: Document, engine: str) -> dict[str, tuple[str, Rect, int]]:
    """Return label, place and page of each field by its name, in the order of the file."""
    with pikepdf.open(io.BytesIO(pdf_of(document, engine=engine))) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        made = {}
        for each in pdf.Root.get("/AcroForm", {"/Fields": []})["/Fields"]:
            left, bottom, right, top = map(float, each.Rect)
            place = (left, bottom, right, top)
            made[str(each.T)] = (str(each.TU), place, pages.index(each.P.objgen))
        return made


CASES = [
    (LETTER, ["NguoiKy1", "CoQuan"]),
    (MINUTES, ["NguoiKy1", "NguoiKy2", "CoQuan"]),
    (sample(), ["NguoiKy1", "CoQuan"]),
    (replace(LETTER, is_list=True), []),
    (replace(LETTER, is_handout=True), []),
    (replace(LETTER, is_bound=True), []),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("document", "names"),
    CASES,
)
def test_who_has_fields(document: Document, names: list[str], engine: str) -> None:
    assert list(fields(document, engine)) == names


@pytest.mark.parametrize("document", [LETTER, MINUTES, sample()], ids=["one", "two", "annexes"])
def test_both_engines_put_them_at_one_place(document: Document) -> None:
    one, other = (fields(document, engine) for engine in ENGINES)
    assert {name: value[::2] for name, value in one.items()} == {
        name: value[::2] for name, value in other.items()
    }
    for name, (_, place, _) in one.items():
        assert place == pytest.approx(other[name][1], abs=0.5)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("paragraphs", [1, 38, 60, 75])
def test_the_signature_stands_between_title_and_name(
    engine: str, paragraphs: int, tmp_path: Path
) -> None:
    document = plain(*("Một đoạn.",) * paragraphs)
    found = fields(document, engine)
    label, (left, bottom, right, top), page = found["NguoiKy1"]
    assert label == "Chữ ký số của người ký: Trần Thị Tình"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(document, engine=engine))
    words = read_words(path)[page]
    title = [word for word in words if word.text in ("CHỦ", "TỊCH")][-2:]
    name = [word for word in words if word.text in ("Trần", "Thị", "Tình")][-3:]
    assert [word.text for word in (*title, *name)] == ["CHỦ", "TỊCH", "Trần", "Thị", "Tình"]
    assert max(word.baseline for word in name) < bottom < top < min(w.baseline for w in title)
    middle = (title[0].left + title[-1].right) / 2
    assert (left + right) / 2 == pytest.approx(middle, abs=1)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seal", [36, 34, 42.5])
@pytest.mark.parametrize("document", [LETTER, MINUTES], ids=["one", "two"])
def test_the_seal_is_real_size_over_a_third_on_the_left(
    engine: str, seal: float, document: Document
) -> None:
    found = fields(replace(document, seal=seal), engine)
    label, (left, bottom, right, top), _ = found["CoQuan"]
    _, (own_left, own_bottom, own_right, own_top), _ = list(found.values())[-2]
    assert label == "Chữ ký số của cơ quan: Ủy ban nhân dân phường Trần Liễu"
    assert right - left == pytest.approx(seal * PT_PER_MM, abs=0.02)
    assert top - bottom == pytest.approx(seal * PT_PER_MM, abs=0.02)
    assert right - own_left == pytest.approx((own_right - own_left) / 3, abs=0.02)
    assert top + bottom == pytest.approx(own_top + own_bottom, abs=0.05)


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_documents_give_equal_bytes(engine: str) -> None:
    assert pdf_of(MINUTES, engine=engine) == pdf_of(MINUTES, engine=engine)


def test_a_word_file_knows_nothing_of_them() -> None:
    assert docx_of(LETTER) == docx_of(replace(LETTER, seal=20))
