"""Sentences made from figures: what is printed, what drops, what a mistake in them says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from vanban.compose.sentences import Reference, clause_of, read_sentences, worded
from vanban.errors import TemplateError

ROOT = Path(__file__).parents[2]
FILES = (
    "Tiếp nhận {a} hồ sơ[ (mạng {b}[, đạt {c}][, {c:cung-ky}])][, quá hạn {d}|]|Không phát sinh."
)


def said(text: str, figures: Mapping[str, str]) -> str | None:
    def says(reference: Reference) -> str | None:
        return figures.get(":".join(filter(None, (reference.indicator, reference.form))))

    return worded(clause_of(text), says, lambda each: figures.get(each.indicator) == "0")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, None),
        ({"b": "2"}, None),
        ({"a": "9"}, "Tiếp nhận 9 hồ sơ"),
        ({"a": "0"}, "Không phát sinh."),
        ({"a": "9", "c": "5%"}, "Tiếp nhận 9 hồ sơ"),
        ({"a": "9", "b": "2"}, "Tiếp nhận 9 hồ sơ (mạng 2)"),
        ({"a": "9", "b": "0"}, "Tiếp nhận 9 hồ sơ (mạng 0)"),
        ({"a": "9", "b": "2", "c": "5%"}, "Tiếp nhận 9 hồ sơ (mạng 2, đạt 5%)"),
        ({"a": "9", "b": "2", "c:cung-ky": "tăng 1"}, "Tiếp nhận 9 hồ sơ (mạng 2, tăng 1)"),
        ({"a": "9", "d": "0"}, "Tiếp nhận 9 hồ sơ"),
        ({"a": "9", "d": "3"}, "Tiếp nhận 9 hồ sơ, quá hạn 3"),
    ],
)
def test_what_is_not_known_drops(figures: Mapping[str, str], expected: str | None) -> None:
    assert said(FILES, figures) == expected


def test_a_fraction_is_known_by_its_stroke() -> None:
    references = clause_of("{a}/{b} hồ sơ, {c} thư").references()
    assert [each.in_fraction for each in references] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("Có {a} hồ sơ[, {b}.", 13, "thiếu dấu “]”"),
        ("Có {a} hồ sơ], {b}.", 13, "thừa dấu “]”"),
        ("Có {a hồ sơ.", 4, "ngoặc nhọn không đủ cặp"),
        ("Có a} hồ sơ.", 5, "ngoặc nhọn không đủ cặp"),
        ("Có {a:nam-sau} hồ sơ.", 4, "không hiểu “{a:nam-sau}”"),
        ("Có {a}|không|chưa", 1, "chỉ được một dấu “|”"),
    ],
)
def test_a_mistake_has_its_place(text: str, column: int, words: str, tmp_path: Path) -> None:
    head = "cau_so_lieu:\n  - ma: a\n    muc: kien_nghi\n    cau: "
    (tmp_path / "report-sentences.yaml").write_text(f"{head}'{text}'\n", "utf-8")
    with pytest.raises(TemplateError) as raised:
        read_sentences(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.place.line, problem.place.column) == (4, len("    cau: '") + column)
    assert words in problem.message


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="không đọc được tệp câu số liệu"):
        read_sentences(tmp_path)


def test_every_sentence_of_the_outline_ends_and_has_no_doubled_signs() -> None:
    for sentence in read_sentences(ROOT / "templates"):
        every = {each.indicator: "5" for each in clause_of(sentence.text).references()}
        for figures in (every, dict.fromkeys(every, "0")):
            text = said(sentence.text, figures)
            assert text is not None
            assert text.endswith("."), text
            assert not re.search(r"  | [,;.)]|[,;(] ?[,;.)]|\( ", text), text
