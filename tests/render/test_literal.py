"""Text that means something to some format on the way is printed as it was typed."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from documents import docx_of, frame, opened, paragraph, pdf_of, plain, sample, table, word_texts
from pages import read_words
from vanban.document import StyleId
from vanban.render.xlsx import render_xlsx
from vanban.sheet import Sheet, SheetColumn, SheetRow

HOSTILE = (
    # templates
    *(
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{%p if a %}",
        "{%- raw -%}",
        "{# lời #}",
        "{{r a }}",
        "{{",
        "}}",
    ),
    *("${x}", "$(id)", "#{1}", "%(a)s", "%s %d", "{0}", "{}", "\\{{", "<%= 1 %>", "[[a]]", "@@a@@"),
    # markup
    *(
        "<b>đậm</b>",
        "</w:t></w:r>",
        "<!-- a -->",
        "<![CDATA[x]]>",
        "<?xml version='1.0'?>",
        "<br/>",
    ),
    *(
        "&amp;",
        "&lt;b&gt;",
        "&#65;",
        "&#x41;",
        "&nbsp;",
        "&",
        "<",
        ">",
        "a<b",
        "</style>",
        "<script>",
    ),
    *(
        "*a*",
        "**a**",
        "_a_",
        "__a__",
        "`a`",
        "~~a~~",
        "# a",
        "## a",
        "> a",
        "| a | b |",
        "---",
        "***",
    ),
    *(
        "[a](b)",
        "![a](b)",
        "[^1]",
        "<http://a.vn>",
        "http://a.vn",
        "a@b.vn",
        "\\*a\\*",
        "1) a",
        "- a",
    ),
    # style sheets, PDF
    *(
        "content: attr(x)",
        "}body{display:none}",
        "/* a */",
        "@import 'a'",
        "url(a)",
        "\\41 b",
        "\\a",
    ),
    *(
        "(a",
        "a)",
        "(a) Tj",
        "endstream",
        "endobj",
        "%%EOF",
        "<< /A 1 >>",
        "1 0 R",
        "\\(",
        "\\n",
        "\\u0041",
    ),
    # workbooks
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "=HYPERLINK(1)",
        "{=1}",
        "'a",
        "_x0041_",
        "_x000D_",
        "0012",
        "1E5",
    ),
    *("12/3", "TRUE", "#REF!", "=cmd|' /C calc'!A0", "internal:A1", "external:a.xlsx", "mailto:a"),
    # fields of Word
    *("DATE \\@ yyyy", "{ PAGE }", "TC a", "HYPERLINK a", "MERGEFIELD a", "«a»", "^p", "%1.%2"),
    # names of Python, YAML, shells
    *(
        "None",
        "null",
        "~",
        "!!python/object a",
        "&a *a",
        "a: b",
        "'",
        '"',
        "''",
        "`id`",
        "; rm a",
        "../../a",
    ),
)


def test_every_text_is_printed_literally(tmp_path: Path) -> None:
    body = tuple(
        block
        for text in HOSTILE
        for block in (
            paragraph(text),
            paragraph(text, StyleId.BULLET),
            table((text,), (text,), width=60),
        )
    )
    document = sample(body=body, annexes=())
    lines = list(word_texts(opened(docx_of(document))))
    start = lines.index(HOSTILE[0])
    assert lines[start : start + 4 * len(HOSTILE)] == [
        line for text in HOSTILE for line in (text,) * 4
    ]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(document))
    page = frame().page
    shown = "".join(
        word.text.replace("\x02", "-")  # as pdfium reports a hyphen at the end of a line
        for words in read_words(path)
        for word in words
        if page.bottom <= word.baseline <= page.height - page.top
    )
    assert "".join("".join(text.split()) * 4 for text in HOSTILE) in shown


def test_every_cell_of_a_workbook_is_literal() -> None:
    columns = tuple(SheetColumn(f"{text}·{number}", 20) for number, text in enumerate(HOSTILE))
    sheet = Sheet("A", HOSTILE, "", columns, (SheetRow(HOSTILE, heading=True), SheetRow(HOSTILE)))
    data = render_xlsx([sheet], plain("A."), None)
    book = openpyxl.load_workbook(io.BytesIO(data))
    *lines, head, row, other = book.worksheets[0].iter_rows()
    assert [line[0].value for line in lines] == list(HOSTILE)
    assert [cell.value for cell in row] == [cell.value for cell in other] == list(HOSTILE)
    cells = (*(line[0] for line in lines), *head, *row, *other)
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
