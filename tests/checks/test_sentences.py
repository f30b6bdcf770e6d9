"""Long sentences, what is said twice, two wordings of one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts, hits
from vanban.checks.data import row_of

LIMIT = row_of("cau-chu/cau-dai").longest or 0

LENGTH, TWICE, VARIANT = "cau-chu/cau-dai", "cau-chu/lap-y", "cau-chu/bien-the"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("một hai " * (LIMIT // 2), 0),
        ("một hai " * (LIMIT // 2) + "ba", 1),
        ("một hai, " * (LIMIT // 2) + "ba.", 1),
        ("một hai; " * LIMIT, 0),
        ("một hai. " * LIMIT, 0),
        ("một " * LIMIT + "(trong ngoặc không kể)", 0),
        ("một " * (LIMIT - 1) + "số 1.000 rồi", 1),
        ("# " + "một " * (LIMIT + 1), 0),
    ],
)
def test_long_sentences(text: str, count: int) -> None:
    assert len(hits(LENGTH, text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "- Thực hiện quy định của thành phố, của sở về bộ máy được thực hiện đầy đủ.",
            ["Thực hiện quy định của thành phố, của sở về bộ máy được thực hiện"],
        ),
        (
            "Kê khai theo quy định của cán bộ theo quy định.",
            ["theo quy định của cán bộ theo quy định"],
        ),
        ("Giải quyết thủ tục, bảo đảm mọi hồ sơ được giải quyết đúng hạn.", []),
        ("Thực hiện theo quy định; báo cáo theo quy định.", []),
    ],
)
def test_said_twice(text: str, found: list[str]) -> None:
    assert excerpts(TWICE, text) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (
            "Phát huy vai trò giám sát Ban chỉ đạo phòng, chống tham nhũng.",
            "Phát huy vai trò giám sát của Ban chỉ đạo phòng, chống tham nhũng.",
            ["trò giám sát Ban chỉ đạo phòng"],
        ),
        ("các quy định, thủ tục hành chính mới", "rà soát các quy định về thủ tục hành chính", []),
        ("trả kết quả tại Trung tâm Phục vụ", "và trả kết quả của tại Trung tâm Phục vụ", []),
    ],
)
def test_variants(first: str, second: str, found: list[str]) -> None:
    assert excerpts(VARIANT, f"{first}\n{second}") == found
    assert excerpts(VARIANT, f"{second}\n{first}") == found


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for rule in (LENGTH, TWICE, VARIANT):
        hits(rule, text)
