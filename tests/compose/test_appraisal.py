"""The letter to a ward: head, sums, differences, what it lacks, where its words are from."""

from __future__ import annotations

from pathlib import Path

import pytest

from appraisals import compose_letters
from origins import lines_of, misplaced, texts_of, uncovered
from vanban.compose.composed import Composed
from vanban.document import Table

KEPT = """\
nhu_tu_cham:
  1.1.2: 0,5
  1.1.3: 1,94
  1.2.1: 1,8
  2.1.1: 1,5
  2.1.2: 3
"""
FIRST = f"""{KEPT}han_giai_trinh: 27/12/2025
khong_ap_dung: [1.2.2]
chenh_lech:
  - {{tieu_chi: 2.10.1, tu_cham: "1,33", tham_dinh: 0, ly_do: Thiếu tài liệu, bo_sung: Kế hoạch}}
  - {{tieu_chi: 1.1.1, tu_cham: 2, tham_dinh: 0, ly_do: Chưa thực hiện}}
"""
SECOND = f"""{KEPT}  1.1.1: 2
han_giai_trinh: 05/01/2026
chenh_lech:
  - {{tieu_chi: 1.2.2, khong_ap_dung: true, tham_dinh: 0, ly_do: Tiêu chí có áp dụng}}
  - {{tieu_chi: 2.10.1, tu_cham: "1,33", tham_dinh: 1, ly_do: Đã gửi kế hoạch}}
"""


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> list[Composed]:
    return compose_letters(tmp_path_factory.mktemp("letters"), [FIRST, SECOND])


def rows_of(table: Table) -> list[list[str]]:
    return [["".join(run.text for run in cell.runs) for cell in row.cells] for row in table.rows]


def body(composed: Composed) -> str:
    return " ".join(texts_of(composed.document))


def test_a_letter_of_decree_30(letters: list[Composed]) -> None:
    header = letters[0].document.header
    assert (header.document_type, header.abstract) == ("", "")
    assert header.subject.startswith("V/v kết quả thẩm định điểm tự đánh giá")
    assert header.number.strip().endswith("/SNV-CCHC")
    assert header.addressees == ("Ủy ban nhân dân phường A",)
    assert letters[0].document.recipients == ("- Như trên;", "- Lưu: VT, CCHC.")
    assert letters[1].document.header.subject.startswith("V/v kết quả thẩm định lần 2 điểm")


def test_differences_with_reason_and_what_is_asked(letters: list[Composed]) -> None:
    (annex,) = letters[0].document.annexes
    (table,) = (block for block in annex.blocks if isinstance(block, Table))
    assert rows_of(table) == [
        ["1.1.1", "Có", "2,00", "2,00", "0,00", "−2,00", "Chưa thực hiện", ""],
        ["2.10.1", "Điều kiện", "2,00", "1,33", "0,00", "−1,33", "Thiếu tài liệu", "Kế hoạch"],
        ["", "Cộng", "", "3,33", "0,00", "−3,33", "", ""],
    ]
    text = body(letters[0])
    assert "Điểm tự chấm là 12,07/15,00 điểm; điểm thẩm định là 8,74/15,00 điểm, giảm 3,33" in text
    assert "Tiêu chí không áp dụng, không tính điểm: 1.2.2." in text
    assert "chậm nhất ngày 27 tháng 12 năm 2025" in text


def test_a_later_round_tells_of_the_earlier(letters: list[Composed]) -> None:
    (annex,) = letters[1].document.annexes
    (table,) = (block for block in annex.blocks if isinstance(block, Table))
    assert [row[3:7] for row in rows_of(table)] == [
        ["không áp dụng", "–", "0,00", "0,00"],
        ["1,33", "0,00", "1,00", "−0,33"],
        ["1,33", "", "1,00", "−0,33"],
    ]
    first = "Kết quả thẩm định lần 1 (ngày 20 tháng 12 năm 2025): 8,74 điểm."
    assert first in body(letters[1])


UNSCORED = f"""{KEPT}  1.1.1: 2
han_giai_trinh: 05/01/2026
chenh_lech:
  - {{tieu_chi: 1.2.2, khong_ap_dung: true, tham_dinh: 2, ly_do: Tiêu chí có áp dụng}}
  - {{tieu_chi: 2.10.1, tham_dinh: 1, ly_do: Có tài liệu}}
"""


def test_what_a_ward_did_not_score_is_told_and_counts_as_nothing(tmp_path: Path) -> None:
    (letter,) = compose_letters(tmp_path, [UNSCORED])
    (fields,) = (block for block in letter.document.body if isinstance(block, Table))
    (annex,) = letter.document.annexes
    (table,) = (block for block in annex.blocks if isinstance(block, Table))
    assert [row[3:6] for row in rows_of(table)] == [
        ["không áp dụng", "2,00", "+2,00"],
        ["chưa chấm", "1,00", "+1,00"],
        ["0,00", "3,00", "+3,00"],
    ]
    assert rows_of(fields)[-1][3:] == ["10,74", "13,74", "+3,00"]


def test_every_character_leads_to_what_it_was_made_from(letters: list[Composed]) -> None:
    lines_of.cache_clear()
    for letter in letters:
        texts = [text for text in texts_of(letter.document) if text]
        assert [text for text in texts if uncovered(text)] == []
        assert [each for text in texts for each in misplaced(text)] == []


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ("  2.1.2: 3\n", "", "chưa có điểm thẩm định của 1 tiêu chí: 2.1.2"),
        ("han_giai_trinh", "# ", "chưa ghi hạn giải trình (han_giai_trinh)"),
    ],
)
def test_what_keeps_a_letter_from_being_signed(
    tmp_path: Path, old: str, new: str, gap: str
) -> None:
    (letter,) = compose_letters(tmp_path, [FIRST.replace(old, new)])
    assert [each.text for each in letter.missing] == [gap]


def test_a_ward_whose_points_stand_gets_no_annex(tmp_path: Path) -> None:
    (letter,) = compose_letters(tmp_path, [KEPT])
    assert letter.document.annexes == ()
    assert "giải trình từng tiêu chí" not in body(letter)
