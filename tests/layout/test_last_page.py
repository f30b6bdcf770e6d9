"""What stands on the page of the signature, and what does not where no page holds both."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from documents import layout, paragraph, sample, table
from vanban.compose.furniture import end_with_mark, hold_last_lines
from vanban.document import Block, Heading, Run, StyleId
from vanban.layout.last_page import loosened

LONG = " ".join(["cải cách hành chính"] * 100)
"""Half of a page."""

TABLE = table(("A", "B"), *[("dữ", "liệu")] * 5)
ENDS: dict[str, tuple[Block, ...]] = {
    "table": (TABLE,),
    "chart": (replace(TABLE, rows=TABLE.rows * 5, description="Biểu đồ"),),
    "short": (paragraph("Một đoạn."), paragraph("Hết")),
    "long": (paragraph(LONG),),
    "heading": (
        Heading(StyleId.SECTION, 2, "I.", (Run("MỤC"),), False, "muc"),
        paragraph("cải cách hành chính " * 6),
    ),
}


@pytest.mark.parametrize(
    ("name", "recipients", "kept"),
    [
        ("table", 30, [True, True]),
        ("table", 48, [False, True]),
        ("table", 70, [False, False]),
        ("chart", 5, [True, True]),
        ("chart", 30, [False, True]),
        ("short", 5, [True, True]),
        ("short", 70, [False, False]),
        ("long", 5, [True]),
        ("long", 30, [False]),
        ("heading", 46, [True]),
        ("heading", 47, [False]),
    ],
)
def test_the_end_is_kept_with_the_signature_where_a_page_holds_both(
    name: str, recipients: int, kept: list[bool]
) -> None:
    body = hold_last_lines(end_with_mark((paragraph("Đầu. " * 20), *ENDS[name])))
    names = tuple(f"- Đơn vị {number};" for number in range(recipients))
    document = sample(body=body, recipients=names)
    first, *others = loosened(document, layout(document)).body
    assert first == body[0]
    assert [each.keep_with_next for each in others if not isinstance(each, Heading)] == kept
