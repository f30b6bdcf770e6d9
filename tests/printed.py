"""The good document on pages with one mistake each, and the rows that must turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from documents import engine_of, layout
from vanban.checks.form.printed_pages import Box, Page, Pages
from vanban.layout.measures import Rule, Rules
from words import GOOD, Expected

A4 = (595.3, 841.9)
Line = tuple[str, float, float] | tuple[str, float, float, float]
"""Text, left end, height of its baseline, and its width where that matters."""


def page_of(index: int, lines: Sequence[Line], width: float = 200) -> Page:
    boxes = tuple(
        (text, Box(index, x, y, x + (own[0] if own else width), y + 12))
        for text, x, y, *own in lines
    )
    return Page(index, *A4, boxes, ())


def pages_of(*pages: Sequence[Line]) -> Pages:
    return Pages(tuple(page_of(index, lines) for index, lines in enumerate(pages)))


def pdf_with(**lengths: float) -> bytes:
    """Return the PDF of the good document with rules of other lengths, pt."""
    look = layout(GOOD)
    changed = {
        name: Rule(getattr(look.rules, name).width, length) for name, length in lengths.items()
    }
    look.rules = Rules(**{"agency": look.rules.agency, "motto": look.rules.motto,
                          "abstract": look.rules.abstract, **changed})  # fmt: skip
    return engine_of("weasyprint").render(GOOD, look, None).data


LINES: list[tuple[str, Mapping[str, float], Expected]] = [
    ("motto, short", {"motto": 100.0},
     {("duong-ke-tieu-ngu", "độ dài đường kẻ", "Độc lập - Tự do - Hạnh phúc")}),
    ("motto, long", {"motto": 230.0},
     {("duong-ke-tieu-ngu", "độ dài đường kẻ", "Độc lập - Tự do - Hạnh phúc")}),
    ("agency, long", {"agency": 120.0},
     {("duong-ke-co-quan", "độ dài đường kẻ", "PHƯỜNG TRẦN LIỄU")}),
    ("agency, short", {"agency": 30.0},
     {("duong-ke-co-quan", "độ dài đường kẻ", "PHƯỜNG TRẦN LIỄU")}),
    ("abstract, short", {"abstract": 20.0},
     {("duong-ke-trich-yeu", "độ dài đường kẻ", "Kết quả thử")}),
    ("agency, right", {"agency": 60.0}, set()),
]  # fmt: skip
"""Name, lengths of the lines drawn in the head (pt), rows that turn with their places."""

TEXT: Line = ("Nội dung của trang này", 90, 400)
NUMBER: Line = ("2", 219, 800)
RECIPIENTS: Line = ("Nơi nhận:", 90, 300)
CAPACITY: Line = ("TM. ỦY BAN NHÂN DÂN", 330, 300)
NAME: Line = ("Trần Thị Tình", 330, 200)
ON_PAGE = ("so-trang-tren-trang", "đo trên trang", "")
BLOCK = ("khoi-chu-ky", "khối chữ ký trên trang", "TM. ỦY BAN NHÂN DÂN")
MARGIN = ("le-tren-trang", "lề trái đo trên trang", "")
LEVEL = ("noi-nhan-ngang-chu-ky", "vị trí so với chữ ký", "Nơi nhận:")

PAGES: list[tuple[str, Sequence[Sequence[Line]], str, Expected]] = [
    ("all right", [[TEXT], [NUMBER, TEXT, RECIPIENTS, CAPACITY, NAME]], "", set()),
    ("number on the first page", [[("1", 219, 800), TEXT]], "trang 1 hiện số 1", {ON_PAGE}),
    ("no number", [[TEXT], [TEXT]], "trang 2 không có số ở lề trên", {ON_PAGE}),
    ("number on the left", [[TEXT], [("2", 100, 800), TEXT]], "trang 2 có số không ở giữa",
     {ON_PAGE}),
    ("number at the foot", [[TEXT], [("2", 219, 20), TEXT]], "trang 2 không có số ở lề trên",
     {ON_PAGE}),
    ("annex without number", [[TEXT], [("Phụ lục I", 219, 700)]], "", set()),
    ("empty page", [[TEXT], []], "", set()),
    ("a word alone in the title", [[("Kết quả", 200, 700, 180), ("thử", 280, 684, 20), TEXT]],
     "dòng cuối chỉ có một chữ: “Kết quả thử”",
     {("chu-le-loi", "dòng cuối", "Kết quả thử")}),
    ("title of even lines", [[("Kết", 200, 700, 90), ("quả thử", 230, 684, 80), TEXT]], "", set()),
    ("text near the edge", [[TEXT], [NUMBER, ("Chữ", 60, 400)]], "21,2 mm", {MARGIN}),
    ("text at the margin", [[TEXT], [NUMBER, ("Chữ", 85.1, 400)]], "", set()),
    ("signing block parted",
     [[TEXT], [NUMBER, TEXT, RECIPIENTS, CAPACITY], [("3", 219, 800), NAME]],
     "chức vụ ở trang 2, họ tên ở trang 3", {BLOCK}),
    ("signing block alone", [[TEXT], [NUMBER, RECIPIENTS, CAPACITY, NAME]],
     "đứng một mình ở trang 2", {BLOCK}),
    ("recipients a little lower", [[TEXT], [NUMBER, TEXT, ("Nơi nhận:", 90, 302), CAPACITY, NAME]],
     "", set()),
    ("recipients below", [[TEXT], [NUMBER, TEXT, ("Nơi nhận:", 90, 260), CAPACITY, NAME]],
     "lệch 40 pt", {LEVEL}),
]  # fmt: skip
"""Name, lines of the pages, what is measured, rows that turn with their places."""
