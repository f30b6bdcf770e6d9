"""Valid syllables typed for others: which are told by their neighbours, and what stays silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from vanban.checks.language.confusions import confusions
from vanban.checks.language.syllable_pairs import COUNTS, load, packed, unpacked
from vanban.checks.registry import text_rules
from vanban.checks.rules import Project, hits_of
from vanban.checks.writing import plain_writing

RULE = next(rule for rule in text_rules() if rule.id == "chinh-ta/cap-am-tiet")


def told(text: str) -> list[str]:
    writing = plain_writing(text, Path("thu.txt"))
    return [f"{hit.at.excerpt} → {hit.right}" for hit in hits_of(RULE, Project(None, (writing,)))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Thường xuyên rà soạt thủ tục.", "rà soạt → rà soát"),
        ("Rà soạt thủ tục.", "Rà soạt → Rà soát"),
        ("THƯỜNG XUYÊN RÀ SOẠT THỦ TỤC", "RÀ SOẠT → RÀ SOÁT"),
        ("Nhà thầu lắp đạt camera an ninh.", "lắp đạt → lắp đặt"),
        ("Theo Kế hoạch số 12/KH-UBND về rà soạt thủ tục.", "rà soạt → rà soát"),
    ],
)  # fmt: skip
def test_told(text: str, wanted: str) -> None:
    assert told(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Thường xuyên rà soát thủ tục.",
        "Ông Lê Văn Soạt cùng soạn bài.",  # a name, and what nothing likelier explains
        "Rà, soạt; thủ 5 tục.",  # punctuation and numbers part neighbours
        "Tập tin rà-soạt, rà/soạt và RASOAT.",
        "Ra soat thu tuc.",
        "Mở tệp này, chép tệp kia, gửi tệp đã ký, xóa tệp đã cũ, lưu tệp ở máy.",
        "",
    ],
)
def test_silent(text: str) -> None:
    assert told(text) == []


def test_what_is_written_thrice_alike_is_a_term_of_the_document() -> None:
    once = "Áp dụng miếng vá được tải về."
    assert told(once) == ["vá được → và được"]
    assert told(f"{once}\nHai miếng vá được thử.\nMiếng vá được gỡ.") == []


def test_the_table_is_what_was_packed() -> None:
    table = unpacked(packed({"hợp": 40, "họp": 9, "phối": 30}, {("phối", "hợp"): 25}))
    assert COUNTS[table.pair("phối", "hợp")] == pytest.approx(25, rel=0.05)
    assert (table.pair("phối", "họp"), table.pair("hợp", "phối"), table.pair("x", "hợp")) == (
        0,
        0,
        0,
    )
    assert table.count("hợp") == pytest.approx(40, rel=0.05)
    assert (table.after("phối"), table.before("hợp"), table.after("hợp")) == (2, 2, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("họp", "hợp"), ("dẩn", "dẫn"), ("sử", "xử"), ("chủ", "trủ"), ("lội", "nội")),
        *(("bậc", "bật"), ("giải", "dải"), ("nghĩa", "nghĩ"), ("các", "cách"), ("căng", "căn")),
    ],
)  # fmt: skip
def test_confusions(typed: str, meant: str) -> None:
    others = dict(confusions(typed))
    assert (meant in others) == (meant in load().numbers)
    assert typed not in others


def test_spellings_of_one_word_are_no_confusion() -> None:
    assert "kĩ" not in dict(confusions("kỹ"))
