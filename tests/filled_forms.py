"""Helpers of the tests of forms: a workbook filled as an official would, in openpyxl."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from support import load_checked, write_content
from vanban.exchange.form_layout import NAMES, SheetKind
from vanban.exchange.form_workbook import form_workbook
from vanban.exchange.forms import Form, make_forms
from vanban.workspace.workspace import Workspace

DUE = date(2025, 9, 14)
UNIT = "trung-tam-hcc"
FIGURES = NAMES[SheetKind.FIGURES]


def forms_of(root: Path, changes: Mapping[str, str | None] | None = None) -> dict[str, Form]:
    """Return the forms of the tiny content folder, by unit."""
    return forms_in(load_checked(write_content(root, changes), 2025))


def forms_in(workspace: Workspace, period: str = "q3") -> dict[str, Form]:
    return {form.key.unit: form for form in make_forms(workspace, period, DUE)}


def filled(
    form: Form,
    values: Mapping[str, object],
    change: Callable[[Any], object] = lambda book: None,
    column: int = 8,
    sheet: str = FIGURES,
) -> bytes:
    """Return the workbook with values in the rows of these ids, then changed, then saved."""
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(form)))
    for row in book[sheet].iter_rows(min_row=8):
        if row[0].value in values:
            row[column - 1].value = values[str(row[0].value)]  # type: ignore[assignment]
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
