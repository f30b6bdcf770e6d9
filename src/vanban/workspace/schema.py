"""Editing help made from the models: JSON Schemas for editors, and the glossary of keys.

Out: a JSON Schema (draft 2020-12) a row of the table of content files, with Vietnamese titles and
descriptions, and ``docs/tu-dien.md``. Both are generated from the models.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from vanban.workspace.files import CONTENT_FILES, AnyFile
from vanban.workspace.keys import Key, Shape, keys_of
from vanban.workspace.models.entry import Entry, Shorthand

SCHEMA_FOLDER = ".schema"
"""Below content/; the first line of each YAML file points there."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each row of the table of content files, by its key."""
    return {file.key: _schema(file) for file in CONTENT_FILES}


def schema_files(folder: Path) -> tuple[tuple[Path, bytes], ...]:
    """Return the schemas as files of ``folder``, ``<key>.schema.json``, with what they hold."""
    return tuple((folder / name, data) for name, data in _written().items())


@cache
def _written() -> dict[str, bytes]:
    """Return the schemas as they are written, by the names of their files."""
    return {
        f"{name}.schema.json": (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in schemas().items()
    }


def glossary() -> str:
    """Return the glossary of all keys as Markdown: a section a file, a table a group of keys."""
    lines = [
        "# Từ điển các khóa",
        "",
        "Trang này do máy viết ra từ chương trình (`vanban schema`); đừng sửa tay. Khóa có dấu ✓ ở "
        "cột “Bắt buộc” thì không được thiếu.",
        "",
        "Giá trị bắt đầu bằng “HƯỚNG DẪN:” là lời nhắc người soạn, không phải nội dung: không bao "
        "giờ in ra, và chỗ đó được tính là còn thiếu, nêu rõ tệp và dòng. Ví dụ "
        '`- "HƯỚNG DẪN: nêu kết quả nổi bật"`.',
    ]
    for file in CONTENT_FILES:
        lines += ["", f"## {file.title}: `{file.pattern}`"]
        described: dict[type[Entry], str] = {file.model: ""}
        lines += _table(file.model)
        waiting = [(key, key.name) for key in keys_of(file.model).values()]
        while waiting:
            key, path = waiting.pop(0)
            entry = _entry_of(key.shape)
            if entry is None:
                continue
            lines += ["", f"### `{path}` – {key.label}"]
            if entry in described:
                same = f"`{described[entry]}`" if described[entry] else "bảng đầu của tệp này"
                lines += ["", f"Có các khóa như {same}."]
                continue
            described[entry] = path
            lines += _table(entry)
            waiting += [(below, f"{path}.{below.name}") for below in keys_of(entry).values()]
    return "\n".join(lines) + "\n"


# --- JSON Schema ------------------------------------------------------------------------------


class _Generator(GenerateJsonSchema):
    """Adds what the library does not see: texts that stand for a whole mapping."""

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        if isinstance(schema["function"]["function"], Shorthand):
            return {"anyOf": [{"type": ["string", "number", "boolean"]}, inner]}
        return inner


def _schema(file: AnyFile) -> dict[str, Any]:
    schema = file.model.model_json_schema(by_alias=True, schema_generator=_Generator)
    for definition in (schema, *schema.get("$defs", {}).values()):
        # Docstrings and class names are English and for programmers.
        definition.pop("description", None)
        definition.pop("title", None)
        for value in definition.get("properties", {}).values():
            if value.get("default") in (None, []):
                value.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{file.title} ({file.pattern})",
        **schema,
    }


# --- glossary ---------------------------------------------------------------------------------


def _entry_of(shape: Shape) -> type[Entry] | None:
    while shape.item is not None:
        shape = shape.item
    return shape.entry


def _table(model: type[Entry]) -> list[str]:
    lines = ["", "| Khóa | Tên | Kiểu giá trị | Bắt buộc | Ý nghĩa |", "|---|---|---|---|---|"]
    return lines + [_row(key) for key in keys_of(model).values()]


def _row(key: Key) -> str:
    cells = (
        f"`{key.name}`",
        key.label,
        key.shape.name,
        "✓" if key.required else "",
        key.description,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
