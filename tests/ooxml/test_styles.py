"""The cascade of styles: defaults, base styles, style, list, character style, the run itself."""

from __future__ import annotations

import pytest

from packages import NAMES
from vanban.ooxml.markup import Element, child
from vanban.ooxml.package import parse_part
from vanban.ooxml.styles import Styles, flat


def parsed(name: str, content: str) -> Element:
    return parse_part(f"<w:{name} {NAMES}>{content}</w:{name}>".encode())


def style(style_id: str, content: str, kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"{more}>{content}</w:style>'


def based(on: str) -> str:
    return f'<w:basedOn w:val="{on}"/>'


DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/><w:rFonts w:asciiTheme="minorHAnsi" '
    'w:ascii="Arial"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="200" '
    'w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
STYLES = "".join(
    (
        DEFAULTS,
        style("Normal", '<w:rPr><w:sz w:val="28"/></w:rPr>', more=' w:default="1"'),
        style("A", based("Normal") + '<w:pPr><w:jc w:val="both"/><w:ind w:hanging="360"/></w:pPr>'
              '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'),
        style("B", based("A") + '<w:pPr><w:ind w:firstLine="720"/><w:spacing w:line="360" '
              'w:lineRule="exact"/></w:pPr><w:rPr><w:b w:val="0"/><w:i/></w:rPr>'),
        style("Loop", based("Loop2") + "<w:rPr><w:i/></w:rPr>"),
        style("Loop2", based("Loop") + "<w:rPr><w:b/></w:rPr>"),
        style("Strong", "<w:rPr><w:b/><w:i/></w:rPr>", "character"),
        style("Grid", '<w:tblPr><w:tblBorders><w:insideH w:val="single"/></w:tblBorders></w:tblPr>'
              '<w:pPr><w:spacing w:after="0"/></w:pPr>', "table"),
    )
)  # fmt: skip
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
    '<a:latin typeface="Calibri"/><a:font script="Viet" typeface="Times New Roman"/>'
    "</a:minorFont></a:theme>"
)


def styles(language: str = "en-US") -> Styles:
    settings = parsed("settings", f'<w:themeFontLang w:val="{language}"/>')
    return Styles(parsed("styles", STYLES), parse_part(THEME.encode()), settings)


@pytest.mark.parametrize(
    ("style_id", "character", "direct", "expected"),
    [
        ("", "", "", {"size": 10, "bold": False, "ascii": "Calibri"}),
        ("Normal", "", "", {"size": 14, "color": "000000"}),
        ("A", "", "", {"size": 14, "bold": True, "italic": False, "color": "FF0000"}),
        ("B", "", "", {"bold": False, "italic": True, "color": "FF0000"}),
        ("B", "", '<w:i w:val="false"/><w:color w:val="auto"/>', {"italic": False, "black": True}),
        # what both switch on is off (17.7.3), unless the run says so itself
        ("A", "Strong", "", {"bold": False, "italic": True}),
        ("A", "Strong", "<w:b/>", {"bold": True}),
        ("Normal", "Strong", "", {"bold": True, "italic": True}),
        ("Loop", "", "", {"bold": True, "italic": True}),
        ("none", "none", '<w:sz w:val="x"/>', {"size": 10}),
        ("A", "", '<w:rFonts w:ascii="Arial" w:hAnsi="Tahoma"/>',
         {"ascii": "Arial", "other": "Tahoma"}),
    ],
)  # fmt: skip
def test_formatting_of_letters(
    style_id: str, character: str, direct: str, expected: dict[str, object]
) -> None:
    run = parsed("r", f"<w:rPr>{direct}</w:rPr>")
    found = styles().text(style_id, character=character, direct=flat(child(run, "rPr")))
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("style_id", "table", "of_list", "direct", "expected"),
    [
        ("", "", "", "", {"after": 10, "line": 1.15, "line_rule": "auto", "align": "left"}),
        ("A", "", "", "", {"align": "both", "first_line": -18, "after": 10}),
        ("B", "", "", "", {"first_line": 36, "line": 18, "line_rule": "exact"}),
        ("B", "", '<w:ind w:left="720" w:hanging="360"/>', "", {"left": 36, "first_line": -18}),
        ("B", "", '<w:ind w:left="720"/>', '<w:ind w:start="0"/>', {"left": 0, "first_line": 36}),
        ("A", "Grid", "", "", {"after": 0}),
        ("A", "Grid", "", '<w:spacing w:afterAutospacing="1"/>', {"after": 14}),
        ("A", "", "", '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1"/></w:pBdr>',
         {"border": (0.75, 1), "border_above": False}),
        ("A", "", "", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>', {"border": None}),
        ("A", "", "", '<w:outlineLvl w:val="9"/><w:keepNext/>',
         {"outline": None, "keep_next": True}),
    ],
)  # fmt: skip
def test_formatting_of_paragraphs(
    style_id: str, table: str, of_list: str, direct: str, expected: dict[str, object]
) -> None:
    listed, own = (flat(parsed("pPr", content)) for content in (of_list, direct))
    found = styles().paragraph(style_id, table, listed, own)
    assert {name: getattr(found, name) for name in expected} == expected


def test_the_theme_has_a_font_for_vietnamese() -> None:
    assert styles("vi-VN").text("").ascii == "Times New Roman"
    assert styles().has_borders("Grid")
    assert not styles().has_borders("A")


def test_a_paragraph_without_style_has_the_default_one() -> None:
    assert styles().style_of(None) == "Normal"
    assert styles().style_of(parsed("pPr", '<w:pStyle w:val="B"/>')) == "B"
    assert styles().style_of(parsed("pPr", '<w:pStyle w:val="khac"/>')) == "Normal"
