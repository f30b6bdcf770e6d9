"""Words that changed, and paragraphs that are each other's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.exchange.alignment import Pair, align
from vanban.exchange.word_diff import Kind, diff_words

TEXTS = st.lists(
    st.sampled_from(
        ["hồ sơ", "đạt", "77,2%", "1.486", ",", ".", "  ", " ", "35/KH-UBND", "(", "a)"]
    )
).map("".join)


def shown(old: str, new: str) -> str:
    signs = {Kind.SAME: "{}", Kind.OUT: "[-{}-]", Kind.IN: "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in diff_words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("đạt 77,2% hồ sơ", "đạt 78% hồ sơ", "đạt [-77,2%-][+78%+] hồ sơ"),
        ("Giao Văn phòng", "Giao Văn phòng.", "Giao Văn phòng[+.+]"),
        ("số 35/KH-UBND ngày", "số 36/KH-UBND ngày", "số [-35/KH-UBND-][+36/KH-UBND+] ngày"),
        ("a b", "X a b", "[+X +]a b"),
        ("a b", "a b c", "a b[+ c+]"),
        ("một, hai", "ba, bốn", "[-một, hai-][+ba, bốn+]"),  # a comma alone does not stay
        ("a  b", "a b", "a[- -] b"),
        ("chỉ đạo điều hành", "chỉ đạo, điều hành", "chỉ đạo[+,+] điều hành"),
        ("", "mới", "[+mới+]"),
        ("cũ", "", "[-cũ-]"),
        ("như cũ", "như cũ", "như cũ"),
    ],
)
def test_only_the_words_that_changed_are_told(old: str, new: str, told: str) -> None:
    assert shown(old, new) == told


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(each.text for each in pieces if each.kind is not Kind.IN) == old
    assert "".join(each.text for each in pieces if each.kind is not Kind.OUT) == new
    assert all(each.text for each in pieces)
    assert all(one.kind is not two.kind for one, two in pairwise(pieces))


A = "Rà soát, cập nhật thủ tục hành chính thuộc thẩm quyền."
B = "Tuyên truyền về dịch vụ công trực tuyến đến tổ dân phố."
C = "Kiểm tra việc chấp hành kỷ luật của công chức, viên chức."


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([A, B], [A, B], [Pair(0, 0), Pair(1, 1)]),
        ([A, B], [A, C, B], [Pair(0, 0), Pair(None, 1), Pair(1, 2)]),
        ([A, C, B], [A, B], [Pair(0, 0), Pair(1, None), Pair(2, 1)]),
        ([A], [A.replace("cập nhật", "công khai")], [Pair(0, 0)]),
        (["1. " + A, "2. " + B], ["1. " + B], [Pair(0, None), Pair(1, 0)]),
        ([A, B, C], [C, A, B], [Pair(None, 0, 2), Pair(0, 1), Pair(1, 2), Pair(2, None, 0)]),
        (
            ["I. Mục đích, yêu cầu", A],
            ["I. Mục tiêu, yêu cầu", B],
            [Pair(0, 0), Pair(1, None), Pair(None, 1)],
        ),
        ([], [A], [Pair(None, 0)]),
    ],
)
def test_paragraphs_find_each_other(old: list[str], new: list[str], pairs: list[Pair]) -> None:
    assert list(align(old, new)) == pairs


@given(st.lists(st.sampled_from([A, B, C, "x", "y z"])), st.lists(st.sampled_from([A, B, C, "x"])))
def test_every_paragraph_is_told_once_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert [each.old for each in pairs if each.old is not None] == list(range(len(old)))
    assert [each.new for each in pairs if each.new is not None] == list(range(len(new)))


def test_of_very_many_paragraphs_only_the_same_ones_are_told_as_moved() -> None:
    one = [f"Đoạn thứ {number} của văn bản, dài hơn bốn chữ." for number in range(300)]
    other = [f"Ý {number}: một điều hoàn toàn khác với trước." for number in range(300)]
    pairs = align([A, B, *one], [B, *other, A])
    moved = {(each.old, each.new, each.moved) for each in pairs if each.moved is not None}
    assert moved == {(1, None, 0), (None, 0, 1)}
