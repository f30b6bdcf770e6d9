"""A page as SVG: what stands on it, and which characters of which value each word is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from conftest import TEMPLATES
from vanban.app.catalogue import find_kind
from vanban.app.load import load_content
from vanban.app.preview import Preview, preview
from vanban.provenance import Kind
from vanban.workspace.yaml_file import parse_yaml

CONTENT = Path(__file__).parents[2] / "content"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=["plan", "report-q3"])
def shown(request: pytest.FixtureRequest) -> Preview:
    return preview(find_kind(request.param), load_content(CONTENT, 2025), TEMPLATES)


def test_every_typed_stretch_is_those_characters_of_its_value(shown: Preview) -> None:
    values = _values(shown)
    told = 0
    for page in shown.pages:
        for stretch in etree.fromstring(page).iter(f"{SVG}tspan"):
            if stretch.get("data-o") is None:
                continue
            number = int(stretch.get("data-o", ""))
            word = shown.words[number]
            if word.kind is not Kind.TYPED or number not in values:
                continue
            at = int(stretch.get("data-at", ""))
            text = "".join(map(str, stretch.itertext())).replace("\u00a0", " ")
            value = values[number].replace("\u00a0", " ")
            assert value[at : at + len(text)].lower() == text.lower()
            told += 1
    assert told > 100


def _values(shown: Preview) -> dict[int, str]:
    """Return the values that words are typed in, by the number of the word, as the file says."""
    trees: dict[Path, Any] = {}
    found = {}
    for number, word in enumerate(shown.words):
        spot, *others = word.spots
        if word.kind is Kind.TYPED and spot.file is not None and spot.keys and not others:
            path = CONTENT / spot.file
            if path not in trees:
                trees[path] = parse_yaml(path.read_bytes(), path).tree
            node = trees[path]
            for step in spot.keys:
                node = node[step]
            found[number] = str(node)
    return found


def test_all_words_of_the_pages_are_there(shown: Preview) -> None:
    words = " ".join(
        "".join(map(str, text.itertext()))
        for page in shown.pages
        for text in etree.fromstring(page)
    )
    document = shown.composed.document
    for text in document.texts():
        for word in text.split():
            assert re.sub(r"[\u200b]", "", word)[:5] in words, word
