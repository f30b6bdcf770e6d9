"""Doubled words: found, and borders of words, reduplication and names left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts, hits
from vanban.checks.finding import Stretch

RULE = "chinh-ta/lap-tu"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tổng hợp các các nội dung.", ["các các"]),
        ("Quy chế của của phường và và xã.", ["của của", "và và"]),
        ("Tổ chức thực hiện thực hiện kế hoạch.", ["thực hiện thực hiện"]),
        ("Các cơ quan đơn vị cơ quan đơn vị", []),
        ("theo quy định theo quy định hiện hành", ["theo quy định theo quy định"]),
        ("Thủ tục tục hành chính.", ["tục tục"]),
        ("Để để phục vụ.", ["Để để"]),
        ("các\u00a0các nội  dung nội dung", ["các\u00a0các", "nội  dung nội dung"]),
        ("CÁC CÁC ĐƠN VỊ", ["CÁC CÁC"]),
        ("nhân nhân dân", ["nhân nhân"]),
        ("của của của của phường", ["của của", "của của"]),
        ("thực hiện thực hiện hiện nay", ["thực hiện thực hiện"]),
    ],
)
def test_doubled_words_are_found(text: str, found: list[str]) -> None:
    assert excerpts(RULE, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Chi phí tuân thủ thủ tục hành chính; cơ quan quan trọng; tổ chức chức năng.",
        "Thực hiện hiện đại hóa; quản lý lý lịch; hoàn thành thành tích; một số số liệu.",
        "Ngày ngày, luôn luôn, dần dần, song song, năm năm liền.",
        "Các ngành Ngành Y tế; 100 100; 5 5; a a.",
        "Cơ quan, quan điểm. Điểm. Điểm a; kiểm tra, kiểm tra lại.",
        "Tổng hợp báo các các nội dung.",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert excerpts(RULE, text) == []


def test_what_to_leave_out_is_said() -> None:
    (hit,) = hits(RULE, "Tổ chức thực  hiện thực  hiện.")
    assert (hit.message, hit.suggestion) == ("lặp từ “thực hiện”", "bỏ một lần “thực hiện”")


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    hits(RULE, text)


@given(st.lists(st.sampled_from(["các", "của", "thực hiện", "đơn vị", ",", "ngày"]), max_size=20))
def test_places_do_not_overlap(words: list[str]) -> None:
    end = 0
    for hit in hits(RULE, " ".join(words)):
        assert isinstance(hit.at, Stretch)
        assert hit.at.start >= end
        end = hit.at.end
