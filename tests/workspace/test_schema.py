"""Tests of vanban.workspace.schema: editing help in Vietnamese, from the models alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from vanban.nd30.paper_forms import NOT_MADE, PAPER_FORMS
from vanban.workspace.files import COMMON, CONTENT_FILES, REGISTERS, AnyFile
from vanban.workspace.keys import keys_of
from vanban.workspace.paper_guide import paper_guide
from vanban.workspace.schema import (
    SCHEMA_FOLDER,
    glossary,
    schema_files,
    schemas,
)

PROJECT = Path(__file__).parents[2]

made = cache(schemas)
"""The schemas, made once for all tests that look at them."""


def words(node: Any, inside: str = "") -> Iterator[str]:
    """Yield every title and description of a schema."""
    if isinstance(node, dict):
        for name, below in node.items():
            if name in ("title", "description") and isinstance(below, str):
                yield below
            else:
                yield from words(below, name)
    elif isinstance(node, list):
        for below in node:
            yield from words(below, inside)


@pytest.mark.parametrize("file", CONTENT_FILES, ids=lambda file: file.key)
def test_schema_has_every_key_and_speaks_vietnamese(file: AnyFile) -> None:
    schema = made()[file.key]
    assert list(schema["properties"]) == list(keys_of(file.model))
    assert schema["additionalProperties"] is False
    assert not [text for text in words(schema) if text.isascii()]


def test_items_may_be_plain_text_or_a_group_of_keys() -> None:
    properties = made()["bao-cao"]["properties"]
    assert [option.get("$ref") for option in properties["kien_nghi"]["items"]["anyOf"]] == [
        None,
        "#/$defs/Item",
    ]


def test_there_is_a_schema_a_kind() -> None:
    files = dict(schema_files(Path(".schema")))
    assert [path.name for path in files] == [f"{file.key}.schema.json" for file in CONTENT_FILES]
    for data in files.values():
        assert json.loads(data)["title"]


@pytest.mark.parametrize(
    "line",
    [
        "## Lĩnh vực của kế hoạch: `<năm>/linh-vuc/*.yaml`",
        "| `chi_tieu` | Chỉ tiêu | danh sách nhóm khóa |  | Các chỉ tiêu mà nhiệm vụ nêu ra. |",
        "### `nhiem_vu.chi_tieu` – Chỉ tiêu",
        "Có các khóa như `nhiem_vu`.",
    ],
)
def test_glossary_explains(line: str) -> None:
    assert line in glossary().splitlines()


def test_glossary_has_every_key_of_every_model() -> None:
    text = glossary()
    for file in CONTENT_FILES:
        for key in keys_of(file.model).values():
            assert f"| `{key.name}` | {key.label} |" in text


@pytest.mark.parametrize("name", [file.key for file in CONTENT_FILES])
def test_schemas_in_content_are_up_to_date(name: str) -> None:
    text = (PROJECT / "content" / SCHEMA_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == made()[name], "run: vanban schema"


@pytest.mark.parametrize("file", CONTENT_FILES, ids=lambda file: file.key)
def test_officials_are_told_of_every_file(file: AnyFile) -> None:
    year = "" if file in REGISTERS else "2025/"
    home, page = ("chung", "docs/dung-chung.md") if file is COMMON else ("content", "README.md")
    assert f"{home}/{year}{file.name}" in (PROJECT / page).read_text(encoding="utf-8")


def test_the_page_on_papers_in_docs_is_up_to_date() -> None:
    text = (PROJECT / "docs" / "soan-thao.md").read_text(encoding="utf-8")
    assert text == paper_guide(PROJECT / "content"), "run: vanban schema"
    assert len(PAPER_FORMS) + len(NOT_MADE) == 29, "of Article 7 of Decree 30/2020"


def test_glossary_in_docs_is_up_to_date() -> None:
    text = (PROJECT / "docs" / "tu-dien.md").read_text(encoding="utf-8")
    assert text == glossary(), "run: vanban schema"
