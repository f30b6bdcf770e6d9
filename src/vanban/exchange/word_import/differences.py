"""The built document against the original, word by word, as text that an official reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from vanban.exchange.alignment import Pair, align
from vanban.exchange.word_diff import Kind, diff_words
from vanban.exchange.word_import.ledger import Settled, words_of
from vanban.nd30.letters import composed_line

_LABEL = re.compile(r"(?:phần|chương|mục|tiểu mục)\s+(?:[ivxlc]+|\d+)[.:]?", re.IGNORECASE)

CONTEXT = 6
"""Words that stay around a change."""


class Differences(Struct, frozen=True):
    """Lines to read; counts of words only in the original and only in the built document."""

    lines: tuple[str, ...]
    gone: int
    come: int


def differences(original: Iterable[tuple[int, str]], built: Iterable[str]) -> Differences:
    """Compare the paragraphs of a file, with their numbers, with those of a built document."""
    before_lines = list(_lines(original))
    numbers, old = [number for number, _ in before_lines], [text for _, text in before_lines]
    new = [text for _, text in _lines((0, line) for text in built for line in text.split("\n"))]
    lines: list[str] = []
    gone = come = 0
    pairs = align(old, new)
    shifted = _shifted(pairs, old, new)
    for pair in pairs:
        if pair in shifted:
            continue
        if pair.old is not None and pair.new is not None:
            before, after = old[pair.old], new[pair.new]
            if words_of(before) != words_of(after):
                lines.append(f"Đoạn {numbers[pair.old]}: {_marked(before, after)}")
                for piece in diff_words(before, after):
                    gone += len(words_of(piece.text)) * (piece.kind is Kind.OUT)
                    come += len(words_of(piece.text)) * (piece.kind is Kind.IN)
        elif pair.old is not None and pair.moved is None:
            lines.append(f"Đoạn {numbers[pair.old]}, chỉ có ở bản gốc: {old[pair.old]}")
            gone += len(words_of(old[pair.old]))
        elif pair.old is not None:
            lines.append(f"Đoạn {numbers[pair.old]}, chuyển chỗ: {old[pair.old]}")
        elif pair.new is not None and pair.moved is None:
            lines.append(f"Chỉ có ở bản dựng: {new[pair.new]}")
            come += len(words_of(new[pair.new]))
    return Differences(tuple(lines), gone, come)


def _shifted(pairs: Sequence[Pair], old: list[str], new: list[str]) -> set[Pair]:
    """Return the pairs of lines that merely stand elsewhere, as those of a head."""
    gone: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        if pair.old is not None and pair.new is None:
            gone.setdefault(tuple(words_of(old[pair.old])), []).append(pair)
    found: set[Pair] = set()
    for pair in pairs:
        if pair.new is not None and pair.old is None:
            same = gone.get(tuple(words_of(new[pair.new])))
            if same:
                found |= {pair, same.pop(0)}
    return found


def _lines(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that have words; what tabs set beside each other is two.

    A label on a line of its own ("Phần I") goes with the title below it.
    """
    label = ""
    for number, text in texts:
        for line in map(composed_line, text.split("\t")):
            if _LABEL.fullmatch(line):
                label = line
            elif words_of(line):
                yield number, f"{label} {line}".strip()
                label = ""


def _marked(before: str, after: str) -> str:
    """Return a changed paragraph: what is gone in [-…-], what has come in [+…+]."""
    shown = []
    for piece in diff_words(before, after):
        match piece.kind:
            case Kind.SAME:
                shown.append(_shortened(piece.text))
            case Kind.OUT:
                shown.append(f"[-{piece.text.strip()}-]")
            case Kind.IN:
                shown.append(f"[+{piece.text.strip()}+]")
    return " ".join(filter(None, shown))


def _shortened(text: str) -> str:
    words = text.split()
    if len(words) <= 2 * CONTEXT:
        return " ".join(words)
    return " ".join((*words[:CONTEXT], "…", *words[-CONTEXT:]))


def differences_text(name: str, found: Differences) -> str:
    """Return the file that lists what differs."""
    head = (
        f"Bản dựng từ nội dung đã nhập so với bản gốc {name}, theo từng từ.",
        f"Chỉ có ở bản gốc: {found.gone} từ [-…-]. Chỉ có ở bản dựng: {found.come} từ [+…+].",
        "Đề mục, câu dẫn do dàn bài và thể thức quyết định: sửa ở templates/ hoặc co-quan.yaml.",
        "",
    )
    return "\n".join((*head, *(found.lines or ("Không khác chữ nào.",)), ""))


def leftovers_text(name: str, settled: Settled, unsure: Sequence[str]) -> str:
    """Return the file of the words that found no place, in order."""
    return "\n".join(_leftover_lines(name, settled, unsure)) + "\n"


def _leftover_lines(name: str, settled: Settled, unsure: Sequence[str]) -> Iterator[str]:
    yield f"Chữ của {name} chưa xếp được vào nội dung, theo đúng thứ tự; số là thứ tự đoạn của tệp."
    yield (
        f"Cả tệp {settled.words} từ: {settled.values} từ vào nội dung, {settled.printed} từ do "
        f"chương trình tự in, {settled.numbers} từ là số thứ tự, {settled.left} từ còn ở đây."
    )
    yield ""
    for left in settled.leftovers:
        yield f"[{left.paragraph}] {left.text}"
    if not settled.leftovers:
        yield "Không còn chữ nào."
    if unsure:
        yield ""
        yield "Chỗ cần xem lại:"
        yield from (f"- {line}" for line in unsure)
