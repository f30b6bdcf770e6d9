"""The command that shows a document beside an older one."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    content_option,
    out_option,
    say_replaced,
    tell_year,
    templates_beside,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import UsageError

if TYPE_CHECKING:
    from vanban.app.catalogue import Kind
    from vanban.document import Document
    from vanban.exchange.figure_changes import FigureChange

SHOWN = 40
"""Changed figures that are listed; all stand in the PDF."""


@click.command(
    "diff",
    cls=Command,
    help="So văn bản với bản cũ: tệp Word ghi từng chỗ sửa để duyệt, và PDF có gạch bỏ, gạch dưới.",
)
@click.argument("name", metavar="MÃ")
@click.option(
    "--since",
    metavar="BẢN|TỆP.docx",
    help="So với bản đã lưu trong git (HEAD, HEAD~3, tên nhánh …) hoặc với một tệp Word.",
)
@click.option("--against", type=int, metavar="NĂM", help="So với văn bản cùng mã của một năm khác.")
@click.option("--author", default="", metavar="TÊN", help="Tên ghi ở từng chỗ sửa.")
@year_option
@content_option
@out_option
def diff_command(
    name: str,
    since: str | None,
    against: int | None,
    author: str,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    from vanban.app.build import epoch_date
    from vanban.app.catalogue import find_kind, year_of
    from vanban.app.diff import document_of_year, write_redline

    if (since is None) == (against is None):
        raise UsageError("ghi một trong hai: --since BẢN hoặc TỆP.docx, hay --against NĂM")
    kind = find_kind(name, content)
    chosen = year_of((kind,), content, year, "diff")
    tell_year(content, year, chosen)
    templates = templates_beside(content)
    old = _old(kind, since, against, content, chosen, templates)
    new = document_of_year(kind, content, chosen, templates)
    today = epoch_date(os.environ.get("SOURCE_DATE_EPOCH")) or date.today()
    made = write_redline(old, new, templates, out / str(chosen), author, today)
    for line in _figure_lines(made.figures):
        say(line)
    say_replaced(made.edited)
    for path in made.paths:
        say(f"đã tạo: {path}")


def _old(
    kind: Kind, since: str | None, against: int | None, content: Path, year: int, templates: Path
) -> Document:
    from vanban.app.diff import at_revision, document_of_year, from_word
    from vanban.workspace.folder import chosen_year

    if against is not None:
        from vanban.workspace.folder import chosen_year

        return document_of_year(kind, content, chosen_year(content, against), templates)
    assert since is not None
    if since.lower().endswith(".docx") or Path(since).is_file():
        return from_word(Path(since))
    return at_revision(kind, content, year, templates, since)


def _figure_lines(figures: tuple[FigureChange, ...]) -> list[str]:
    if not figures:
        return ["Không có số liệu nào thay đổi."]
    lines = [f"{len(figures)} chỗ có số liệu, ngày tháng thay đổi:"]
    for each in figures[:SHOWN]:
        lines += [f"  {each.where}:", f"    trước: {each.old or '(không có)'}"]
        lines += [f"    nay:   {each.new or '(bỏ)'}"]
    if len(figures) > SHOWN:
        lines.append(f"  … và {len(figures) - SHOWN} chỗ nữa, có trong tệp PDF")
    return lines
