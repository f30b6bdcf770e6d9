"""A Word file with many edits: the content is read and written few times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pulls import STAMP, built, changed, paragraph_with, project, pulled, set_text, text_of
from vanban.app import pull as app_pull
from vanban.app.load import new_problems
from vanban.app.pull import apply
from vanban.exchange.pull import Verdict
from vanban.ooxml.markup import Element, w
from vanban.workspace import edit
from vanban.workspace.yaml_edited import EditedFile

FIRST = "Ban hành kịp thời kế hoạch rà soát"
MANY = 40


def test_many_pasted_paragraphs_are_written_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = project(tmp_path)

    def paste(root: Element) -> None:
        place = paragraph_with(root, FIRST)
        for number in reversed(range(MANY)):
            new = etree.Element(w("p"))
            run = etree.SubElement(new, w("r"))
            etree.SubElement(run, w("t")).text = f"- Việc mới, thứ {number}: báo cáo."
            place.addnext(new)

    read: list[Path] = []

    def counted(data: bytes, shown: Path) -> EditedFile:
        read.append(shown)
        return EditedFile(data, shown)

    monkeypatch.setattr(edit, "EditedFile", counted)
    found = pulled(content, changed(built(content), paste))
    assert len(found.of(Verdict.TAKEN)) == MANY
    assert len(read) < 10  # once a file and try, not once a paragraph
    assert apply(found, found.edits, STAMP).differing == ()


def test_what_is_wrong_is_found_by_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, asked = project(tmp_path), []

    def change(root: Element) -> None:
        tasks = [each for each in root.iter(w("p")) if text_of(each).startswith("- ")]
        for number, task in enumerate(tasks[4 : 4 + MANY]):
            wrong = "\u202e" if number in (7, 30) else ""
            set_text(task, f"{text_of(task)} Báo cáo{wrong} hằng tháng.")

    def counted(*arguments: Any) -> object:
        asked.append(arguments)
        return new_problems(*arguments)

    monkeypatch.setattr(app_pull, "new_problems", counted)
    found = pulled(content, changed(built(content), change))
    refused = found.of(Verdict.REFUSED)
    assert ["U+202E" in each.note for each in refused] == [True, True]
    assert len(found.of(Verdict.TAKEN)) >= MANY // 2
    assert len(asked) < MANY - 5
