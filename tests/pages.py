"""Words of a PDF with their places, and the comparison of two renderings of one document.

Two files are the same document when every word of one stands in the other on the same page, on
the same line, at the same place. Lengths are points (pt) from the bottom left of the page.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

X_TOLERANCE = 2.0
Y_TOLERANCE = 3.0


@dataclass(frozen=True)
class Word:
    """A word: left and right end, baseline."""

    text: str
    left: float
    right: float
    baseline: float


@dataclass(frozen=True)
class Difference:
    """A word of one file that the other does not have at the same place of the same page."""

    page: int
    file: str
    word: Word
    line: str

    def __str__(self) -> str:
        return f"trang {self.page}, {self.file}: “{self.word.text}” trong dòng “{self.line}”"


def read_words(path: Path) -> list[list[Word]]:
    """Return the words of each page in the order of the file."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_page_words(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _page_words(page: pypdfium2.PdfPage) -> list[Word]:
    textpage = page.get_textpage()
    raw = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    words: list[Word] = []
    letters: list[tuple[str, float, float, float]] = []

    def finish() -> None:
        if letters:
            text = "".join(letter[0] for letter in letters)
            words.append(Word(text, letters[0][1], letters[-1][2], letters[0][3]))
            letters.clear()

    for index in range(textpage.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(raw, index)).replace("\u2011", "-")
        if character.isspace() or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            finish()
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        if letters and (
            abs(letters[-1][3] - y.value) > 1 or not -2 < left.value - letters[-1][2] < 3
        ):
            finish()
        letters.append((character, x.value, right.value, y.value))
    finish()
    textpage.close()
    page.close()
    return words


def lines_of(words: list[Word]) -> list[str]:
    """Return the lines of a page as text, from top to bottom."""
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        lines[round(word.baseline / 2)].append(word)
    return [
        " ".join(word.text for word in sorted(line, key=lambda word: word.left))
        for _, line in sorted(lines.items(), reverse=True)
    ]


def compare(first: Path, second: Path) -> list[Difference]:
    """Return every word of either file that the other does not have at its place.

    Words are matched one to one within 2 pt in x (both ends) and 3 pt in height; page by page.
    """
    pages = read_words(first), read_words(second)
    differences: list[Difference] = []
    for number in range(max(len(pages[0]), len(pages[1]))):
        one, two = (page[number] if number < len(page) else [] for page in pages)
        differences += _unmatched(number + 1, first.name, one, two)
        differences += _unmatched(number + 1, second.name, two, one)
    return differences


def _unmatched(page: int, file: str, words: list[Word], others: list[Word]) -> list[Difference]:
    by_text: dict[str, list[Word]] = defaultdict(list)
    for other in others:
        by_text[other.text].append(other)
    differences = []
    for word in words:
        candidates = by_text[word.text]
        match = next((other for other in candidates if _same_place(word, other)), None)
        if match is None:
            line = " ".join(
                near.text
                for near in sorted(words, key=lambda near: near.left)
                if abs(near.baseline - word.baseline) < 1
            )
            differences.append(Difference(page, file, word, line))
        else:
            candidates.remove(match)
    return differences


def _same_place(word: Word, other: Word) -> bool:
    return (
        abs(word.left - other.left) <= X_TOLERANCE
        and abs(word.right - other.right) <= X_TOLERANCE
        and abs(word.baseline - other.baseline) <= Y_TOLERANCE
    )
