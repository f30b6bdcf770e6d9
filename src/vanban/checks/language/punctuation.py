"""Blanks, stops, dashes, ellipses, brackets and quotation marks."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.language.change import LETTERS, Change, whole_words, word_end, word_start
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import PROSE, Passage, Role, Writing

CLAUSE = "Quy tắc dấu câu tiếng Việt"
_LETTER = r"[^\W\d_]"
_BLANKS = re.compile(r"(?<=\S)(?: [ \u00a0]+|\u00a0+ [ \u00a0]*)(?=\S)")
NEAR = 10
"""Letters beside blanks that tell what is to be filled in: số, ngày, tháng, /KH-UBND."""
_FILL_IN = re.compile(r"(?:[Ss]ố:?|ngày|tháng|năm|quý)\s*$|^\s*(?:/|tháng|năm|ngày)")
_BEFORE = re.compile(r"(?<=\S)\s+([,;:!?)\]”](?!\))|\.(?![./\d]))")
_AFTER = re.compile(rf"(?<={_LETTER})[,;:](?={_LETTER})")
_AFTER_STOP = re.compile(rf"(?<={_LETTER}{{2}})\.(?={_LETTER}{{2}})")
_OPENING = re.compile(r"([(“\[])\s+(?=\S)")
_BEFORE_BRACKET = re.compile(rf"(?<={_LETTER}{{2}})\((?={_LETTER}{{2}})")
_REPEATED = re.compile(r",\s*[,.;]|;\s*[;.,]|:\s*:|\.\s*;|(?<!\.)\.\.(?!\.)")
_ELLIPSIS = re.compile(r"(?<![.…])(?:\.{3}|…)(?![.…])")
_FILLED_DOTS = re.compile(r"(?:\.{4,}|…{2,}|_{3,})")
_LEADING = re.compile(r"^\s*[-–]\s*[-–]\s*")
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_PASTED = re.compile(r"(?:[-–]\s*)?([•●○◦▪■□‣⁃∙·➢➤►✓✔❖*+]+)(?=\s|\w)\s*")
_TAB = re.compile(r"(?<=[^\W\d_])[ \u00a0]*\t\s*(?=[^\W\d_A-Z])|(?<=[,;.])[ \u00a0]*\t\s*(?=\w)")
_LONG_DASH = re.compile(r"(?<=\S)\s?[–—]+\s?(?=\S)")
_TIGHT = re.compile(
    r"(?<!\w)((?:kinh tế|chính trị|văn h(?:óa|oá)|quốc phòng|an ninh|lao động|công nghiệp|"
    r"nông nghiệp|khoa học|kỹ thuật|thương mại|thương binh|giáo dục|tài chính|du lịch|thể thao|"
    r"xã hội|đất đai))"
    r"(?:-| -|- )([^\W\d_]+(?: [^\W\d_]+)?)",
    re.IGNORECASE,
)
_MARKER = re.compile(r"(?:^|[\s(;:])(?:\d{1,2}|[a-zđ])\)$")
_PAIRS = {")": "(", "]": "[", "”": "“"}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S+@\S+")


def _outside_addresses(passage: Passage, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    may_have = "@" in passage.text or "www." in passage.text or "://" in passage.text
    addresses = deque(found.span() for found in _ADDRESS.finditer(passage.text) if may_have)
    for found in pattern.finditer(passage.text):
        while addresses and addresses[0][1] <= found.start():
            addresses.popleft()
        if not (addresses and addresses[0][0] <= found.start()):
            yield found


@text_algorithm
def repeated_blanks(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        text = passage.text
        marks = len(text) - len(text.lstrip(" -–"))
        blanks = (
            Change(*found.span(), " ")
            for found in _BLANKS.finditer(text, marks)
            if not _FILL_IN.search(text[max(0, found.start() - NEAR) : found.start()])
            and not _FILL_IN.match(text[found.end() : found.end() + NEAR])
        )
        for change in whole_words(text, blanks):
            yield Hit(
                Stretch(passage, change.start, change.end),
                "có hai dấu cách liền nhau",
                "để một dấu cách",
                matter="khoảng trắng kép",
                replacement=change.right,
            )


@text_algorithm
def blank_before(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        text = passage.text
        for found in _outside_addresses(passage, _BEFORE):
            start = word_start(text, found.start())
            word = text[start : found.start()]
            if word in ("-", "–") or word[-1] in ".…":
                continue
            yield Hit(
                Stretch(passage, start, found.end()),
                f"có dấu cách trước dấu “{found[1]}”",
                f"viết “{word}{found[1]}”",
                matter=f"trước {found[1]}",
                replacement=f"{word}{found[1]}",
            )
        for found in _OPENING.finditer(text):
            end = word_end(text, found.end())
            word = text[found.end() : end]
            yield Hit(
                Stretch(passage, found.start(), end),
                f"có dấu cách sau dấu “{found[1]}”",
                f"viết “{found[1]}{word}”",
                matter=f"sau {found[1]}",
                replacement=f"{found[1]}{word}",
            )


@text_algorithm
def blank_after(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        text = passage.text
        for pattern in (_AFTER, _AFTER_STOP):
            for found in _outside_addresses(passage, pattern):
                start = word_start(text, found.start(), LETTERS)
                after = text[found.end() : word_end(text, found.end(), LETTERS)]
                if pattern is _AFTER_STOP and not (
                    text[start : found.start()].islower() and after.istitle()
                ):
                    continue
                start = word_start(text, found.start())
                right = f"{text[start : found.end()]} {after}"
                yield Hit(
                    Stretch(passage, start, found.end() + len(after)),
                    f"thiếu dấu cách sau dấu “{found[0]}”",
                    f"viết “{right}”",
                    replacement=right,
                )
        for found in _outside_addresses(passage, _BEFORE_BRACKET):
            start = word_start(text, found.start(), LETTERS)
            yield Hit(
                Stretch(passage, start, found.end()),
                "thiếu dấu cách trước dấu “(”",
                f"viết “{text[start : found.start()]} (”",
                replacement=f"{text[start : found.start()]} (",
            )


@text_algorithm
def repeated_marks(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _REPEATED.finditer(passage.text):
            start = word_start(passage.text, found.start())
            yield Hit(
                Stretch(passage, start, found.end()),
                f"hai dấu câu liền nhau: “{passage.text[start : found.end()]}”",
                "giữ một dấu",
            )


@text_algorithm
def ellipsis(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        if passage.role not in PROSE or not ("…" in passage.text or "..." in passage.text):
            continue
        for found in _ELLIPSIS.finditer(passage.text):
            start = found.start()
            for _ in range(2 + passage.text[start - 1 : start].isspace()):
                start = word_start(passage.text, max(start - 1, 0))
            yield Hit(
                Stretch(passage, start, found.end()),
                "dấu ba chấm làm câu bỏ lửng",
                "liệt kê đủ, hoặc kết thúc bằng dấu chấm",
            )


@text_algorithm
def left_blank(writing: Writing) -> Iterator[Hit]:
    note = re.compile(r"\((?:nêu|ghi|điền|chèn|bổ sung)\s[^)]{0,40}\)|\[\s*\]|\bXXX+\b|\?\?+")
    for passage in writing.passages:
        if passage.role in (Role.HEADER, Role.ANNEX, Role.CELL, Role.SIGNATURE):
            continue
        if any(source.place.file.suffix == ".yaml" for source in passage.sources):
            continue  # told of the content itself, where it was typed
        for pattern in (_FILLED_DOTS, note):
            for found in pattern.finditer(passage.text):
                yield Hit(
                    Stretch(passage, *found.span()),
                    f"còn chỗ chưa điền “{found[0][:20]}”",
                    "điền nội dung hoặc bỏ đi",
                )


@text_algorithm
def doubled_dash(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        found = _LEADING.match(passage.text)
        if found is not None and passage.role is not Role.RECIPIENT:  # judged with the form
            end = passage.text.find(" ", found.end())
            end = end if end > 0 else len(passage.text)
            yield Hit(
                Stretch(passage, 0, end),
                "đầu dòng có hai dấu gạch",
                "giữ một dấu gạch",
                matter="gạch kép",
                replacement=f"- {passage.text[found.end() : end]}",
            )


@text_algorithm
def pasted_bullet(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        found = _PASTED.match(passage.text)
        if found is not None:
            yield Hit(
                Stretch(passage, 0, word_end(passage.text, found.end())),
                f"đầu dòng có ký hiệu “{found[1]}”, thường do chép từ Word",
                "xóa ký hiệu này; chương trình tự đặt dấu gạch đầu dòng",
                matter="ký hiệu đầu dòng",
                replacement=passage.text[: found.start(1)]
                + passage.text[found.end() : word_end(passage.text, found.end())],
            )


@text_algorithm
def tabs(writing: Writing) -> Iterator[Hit]:
    for passage in writing.prose:
        text = passage.text
        found_tabs = (Change(*found.span(), " ") for found in _TAB.finditer(text))
        for change in whole_words(text, found_tabs):
            yield Hit(
                Stretch(passage, change.start, change.end),
                "có dấu tab ở giữa câu",
                "thay bằng một dấu cách",
                matter="tab",
                replacement=change.right,
            )


@text_algorithm
def dashes(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        for found in _TIGHT.finditer(passage.text):
            right = f"{found[1]} - {found[2]}"
            yield Hit(
                Stretch(passage, *found.span()),
                f"“{found[0]}” thiếu dấu cách hai bên dấu gạch",
                f"viết “{right}”",
                replacement=right,
            )
        if passage.role is Role.CELL:
            continue
        long = (Change(*found.span(), " - ") for found in _LONG_DASH.finditer(passage.text))
        for change in whole_words(passage.text, long):
            at = Stretch(passage, change.start, change.end)
            yield Hit(
                at,
                f"“{at.excerpt}” dùng dấu gạch dài",
                f"viết “{change.right}”",
                replacement=change.right,
            )


@text_algorithm
def unbalanced(writing: Writing) -> Iterator[Hit]:
    for passage in writing.passages:
        alone = _alone(passage.text)
        if alone is not None:
            yield Hit(
                _around(passage, alone),
                f"dấu “{passage.text[alone]}” không có dấu đi cùng",
                "thêm dấu còn thiếu hoặc bỏ dấu thừa",
            )


def _around(passage: Passage, index: int) -> Stretch:
    """Return a bracket with some whole words: those it opens, or those it closes."""
    text = passage.text
    if text[index] in _PAIRS.values():
        words = " ".join(text[index:].split(" ")[:5])
        return Stretch(passage, text.rfind(" ", 0, index) + 1, index + len(words))
    words = " ".join(text[: index + 1].split(" ")[-5:])
    return Stretch(passage, index + 1 - len(words), index + 1)


def _alone(text: str) -> int | None:
    """Return where the first bracket without its pair stands; "a)" and "1)" are no brackets."""
    opened: list[int] = []
    for index, sign in enumerate(text):
        if sign in _PAIRS.values():
            opened.append(index)
        elif sign in _PAIRS:
            if opened and text[opened[-1]] == _PAIRS[sign]:
                opened.pop()
            elif not _MARKER.search(text, max(0, index - NEAR), index + 1):
                return index
    return opened[0] if opened else None


@text_algorithm
def straight_quotes(writing: Writing) -> Iterator[Hit]:
    """Tell straight quotes in the agency's own text, elsewhere only beside curly ones."""
    mixed = any("“" in passage.text for passage in writing.passages)
    for passage in writing.passages:
        if not mixed and not passage.sources:
            continue
        for found in _STRAIGHT.finditer(passage.text):
            yield Hit(
                Stretch(passage, *found.span()),
                "ngoặc kép thẳng" + (", chỗ khác dùng ngoặc kép cong" if mixed else ""),
                f"viết “{found[1]}”",
                matter="ngoặc kép",
                replacement=f"“{found[1]}”",
            )
