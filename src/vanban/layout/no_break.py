"""Blanks of a composed document where no line may end: the Document → the same with U+00A0.

What is read as one stays on one line: "Phụ lục II", "quý IV", "năm 2025", "khoản 2 Điều 5" as two,
"2,50 điểm", "số 12/KH-UBND", a name and its "(PAPI)". Groups are short, so that justified lines do
not become loose. No title ends with a short word on a line of its own. No line begins with a sign
that closes or ends with one that opens, though a blank is typed there ("Gồm : một", "( hai )"):
Word does not mind, LibreOffice only where the blank has room on the line before. Names of files may
break behind "_" and "." as well, addresses of pages behind "/", where LibreOffice goes back to the
blank before them. Only the look changes: every run keeps its places, and the other lines of head,
note and signature, which are read by their blanks (number, date), stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from msgspec.structs import replace

from vanban.block_words import with_runs
from vanban.document import (
    Annex,
    Block,
    Document,
    Header,
    Heading,
    Paragraph,
    Run,
    Runs,
    StyleId,
    text_of,
)
from vanban.line_ends import MAY_BREAK, NO_BREAK
from vanban.provenance import TracedText, sources_of, traced

NUMBERED = (
    *("phụ lục", "phần", "chương", "tiểu mục", "mục", "điều", "khoản", "điểm", "tiết", "tiêu chí"),
    *(
        "quý",
        "tháng",
        "ngày",
        "năm",
        "số",
        "bảng",
        "biểu",
        "mẫu",
        "hình",
        "trang",
        "tờ",
        "kỳ",
        "khóa",
    ),
    *("lần", "thứ", "khu phố", "tổ", "ý"),
)
"""Words that a number belongs to, as in "khoản 2"."""

UNITS = (
    *(
        "điểm",
        "hồ sơ",
        "nhiệm vụ",
        "văn bản",
        "tiêu chí",
        "chỉ tiêu",
        "thủ tục",
        "tài liệu",
        "trang",
    ),
    *("tờ", "người", "trường hợp", "cuộc", "lớp", "lượt", "đợt", "tin", "bài", "phiếu", "ý kiến"),
    *("đơn vị", "nghìn", "triệu", "tỷ", "đồng", "giờ", "phút", "lần", "bộ", "km", "m", "m²", "ha"),
    *("cơ quan", "tổ chức", "cá nhân", "hộ", "vụ", "việc", "dịch vụ", "tháng", "năm", "ngày"),
)
"""Words that count what a number stands before, as in "2,50 điểm"."""

TITLES = frozenset({StyleId.ABSTRACT, StyleId.ANNEX_TITLE, StyleId.TABLE_TITLE, StyleId.CAPTION})
MOST = 4096
"""Texts that are remembered, the latest: some four times those of a long document."""
LEAST_TAIL = 8
"""Letters that stand on the last line of a title, at least."""


def held_together(document: Document) -> Document:
    """Return ``document`` with no-break blanks in its text, titles and annexes."""
    return replace(
        document,
        header=_head(document.header),
        body=_blocks(document.body),
        recipients=tuple(map(_line, document.recipients)),
        annexes=tuple(map(_annex, document.annexes)),
    )


def _annex(annex: Annex) -> Annex:
    (title,) = _title((Run(annex.title),))
    head = annex.head and _head(annex.head)
    return replace(annex, title=title.text, blocks=_blocks(annex.blocks), head=head)


def _head(header: Header) -> Header:
    (abstract,) = _title((Run(header.abstract),))
    return replace(
        header,
        abstract=abstract.text,
        subject=_line(header.subject),
        addressees=tuple(map(_line, header.addressees)),
    )


def _line(text: str) -> str:
    (run,) = _text((Run(text),))
    return run.text


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(map(_block, blocks))


def _block(block: Block) -> Block:
    is_title = isinstance(block, Heading) or (
        isinstance(block, Paragraph) and block.style in TITLES
    )
    return with_runs(block, _title if is_title else _text)


def _text(runs: Runs) -> Runs:
    text = text_of(runs)
    return _with_breaks(_with_blanks(runs, _inside(text)), text)


def _title(runs: Runs) -> Runs:
    text = text_of(runs)
    return _with_breaks(_with_blanks(runs, {*_inside(text), *_tail(text)}), text)


def _inside(text: str) -> frozenset[int]:
    """Return the blanks of a text that stand inside its groups."""
    return _inside_of(text) if " " in text else frozenset()


@lru_cache(MOST)
def _inside_of(text: str) -> frozenset[int]:
    return frozenset(
        found.start() + at
        for found in _groups().finditer(text)
        for at, sign in enumerate(found[0])
        if sign == " "
    )


def _tail(text: str) -> list[int]:
    """Return the blanks of a title behind which too little would stand on a line of its own."""
    blanks = [found.start() for found in re.finditer(r"(?<=\S) (?=\S)", text)]
    return [at for at in blanks[1:] if len(text) - at <= LEAST_TAIL]


@cache
def _groups() -> re.Pattern[str]:
    number = r"\d[\d.,/]*(?:[-–]\d[\d.,]*)?%?"
    named, units = ("|".join(map(re.escape, words)) for words in (NUMBERED, UNITS))
    return re.compile(
        rf"(?<!\w)(?i:(?:{named})) (?=\d|[IVXLC]+(?:\.\d+)*(?!\w)|/)"
        r"|(?<!\w)(?i:điểm) (?=[a-eg-ik-vxyđ](?![\w)]))"
        rf"|(?<![\w/.,]){number} (?=(?:{units})(?!\w)(?! \d))"
        r"|(?<=\S) (?=\([A-ZĐ][A-ZĐ&]+\))"
        r"|(?<![\d.,])[\d.,]{1,5} / (?=[\d.,]{1,5}(?![\d.,]))"
        r"|(?<=\S) (?=[!),./:;?\\\]}])|(?<=[(\[{]) (?=\S)"
    )


_NAME_OF_FILE = re.compile(r"\S*[^\W_]_\S*")
_IN_NAME = re.compile(r"(?<=_)(?=[^\W_])|(?<=[^\W_]\.)(?=[^\W\d_][^\s.]*\.)")
_ADDRESS = re.compile(r"\w+://\S+")
_IN_ADDRESS = re.compile(r"(?<=/)(?=[^\W_])")


def _with_breaks(runs: Runs, text: str) -> Runs:
    """Let lines end in names of files behind "_" and ".", in addresses of pages behind "/"."""
    return tuple(map(_broken, runs)) if "_" in text or "//" in text else runs


def _broken(run: Run) -> Run:
    found = {
        place.start()
        for words, places in ((_NAME_OF_FILE, _IN_NAME), (_ADDRESS, _IN_ADDRESS))
        for word in words.finditer(run.text)
        for place in places.finditer(run.text, *word.span())
    }
    if not found:
        return run
    pieces, start = list[str](), 0
    for at in sorted(found):
        pieces += [run.text[start:at], MAY_BREAK]
        start = at
    return replace(run, text=traced(*pieces, run.text[start:]))


def _with_blanks(runs: Runs, held: Collection[int]) -> Runs:
    """Return ``runs`` with a no-break blank at the positions ``held`` of their joined text."""
    if not held:
        return runs
    made, offset = [], 0
    for run in runs:
        inside = [at - offset for at in held if offset <= at < offset + len(run.text)]
        offset += len(run.text)
        made.append(replace(run, text=_replaced(run.text, inside)) if inside else run)
    return tuple(made)


def _replaced(text: str, held: Iterable[int]) -> str:
    signs = list(text)
    for at in held:
        signs[at] = NO_BREAK
    return TracedText("".join(signs), sources_of(text))
