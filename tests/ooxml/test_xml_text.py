"""Text written as XML is read back as it was."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.ooxml.xml_text import escape, quoted

TEXTS = st.text(
    st.sampled_from("aự &<>\"'\t\n;#") | st.characters(min_codepoint=32, max_codepoint=0xD7FF)
)


@given(TEXTS)
def test_both_read_back(text: str) -> None:
    read = ElementTree.fromstring(f"<a b={quoted(text)}>{escape(text)}</a>")
    assert read.get("b") == text
    assert (read.text or "") == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kế hoạch", '"Kế hoạch"'),
        ('"A" & <b>', '"&quot;A&quot; &amp; &lt;b&gt;"'),
        ("một\r\n\thai", '"một&#13;&#10;&#9;hai"'),
    ],
)
def test_value_of_an_attribute(text: str, value: str) -> None:
    assert quoted(text) == value
