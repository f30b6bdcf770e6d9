"""Commands about sets of criteria: a monitored set from a table."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    MAX_SHOWN,
    PATH,
    content_option,
    out_option,
    say_undo,
    show_list,
    stamp_of,
    year_option,
)
from vanban.cli.help import Command, Group
from vanban.cli.screen import say

if TYPE_CHECKING:
    from vanban.app.import_criteria import Import


@click.group("criteria", cls=Group, help="Bộ tiêu chí, bộ chỉ số: lấy từ bảng của cấp trên.")
def criteria_group() -> None:
    pass


@criteria_group.command(
    "import",
    help="Lấy bộ chỉ số từ một bảng (.tsv hoặc .xlsx; cần các cột ma, ten, diem_toi_da, loai hoặc "
    "cach_tinh) thành tệp trong bo-chi-so/. Không có --apply thì chỉ cho xem sẽ ghi gì và chỗ nào "
    "chưa hiểu. Công thức, macro trong tệp không được chạy.",
)
@click.argument("file", type=PATH, metavar="TỆP")
@click.option("--set", "set_id", metavar="MÃ", help="Tên tệp của bộ; mặc định lấy từ tên bảng.")
@click.option("--name", metavar="TÊN", help="Tên bộ chỉ số; mặc định lấy từ dòng đầu của bảng.")
@click.option(
    "--self-assessment",
    "for_assessment",
    is_flag=True,
    help="Ghi vào tieu-chi.yaml, bộ để tự đánh giá (mã 1, 1.1, 1.1.1), thay vì bo-chi-so/.",
)
@click.option("--apply", is_flag=True, help="Ghi tệp; lấy lại được bằng lệnh undo.")
@click.option("--replace", is_flag=True, help="Thay tệp đã có của bộ này.")
@click.option("--full", is_flag=True, help="Cho xem cả nội dung sẽ ghi.")
@year_option
@content_option
@click.pass_context
def import_command(
    ctx: click.Context,
    file: Path,
    set_id: str | None,
    name: str | None,
    for_assessment: bool,
    apply: bool,
    replace: bool,
    full: bool,
    year: int | None,
    content: Path,
) -> None:
    from vanban.app.import_criteria import import_set

    stamp = stamp_of(ctx) if apply else None
    made = import_set(
        file,
        content,
        year,
        set_id=set_id,
        name=name,
        for_assessment=for_assessment,
        replace=replace,
        stamp=stamp,
    )
    _tell(made, full)
    _tell_next(made, apply, content, file, for_assessment)


def _tell(made: Import, full: bool) -> None:
    from vanban.checks.fix import diff_lines

    imported = made.imported
    say(f"{imported.name}: {imported.row_count} chỉ tiêu")
    for line in imported.summary:
        say(line)
    show_list("chưa hiểu cách tính", tuple(map(str, imported.unclear)))
    show_list("lưu ý", tuple(map(str, imported.notes)))
    show_list("sửa trước khi ghi", tuple(map(str, made.others)), MAX_SHOWN)
    if full or made.before not in (None, made.data):
        say()
        for line in diff_lines({made.path: (made.before or b"", made.data)}):
            say(line)


def _tell_next(made: Import, apply: bool, content: Path, file: Path, for_assessment: bool) -> None:
    from vanban.invocation import command_here
    from vanban.workspace.files import ANSWERS

    say()
    if made.before == made.data:
        say(f"{made.path}: đã đúng như bảng này, không có gì phải ghi.")
    elif apply:
        say(f"đã ghi {made.path}")
        say_undo(content)
        if for_assessment:
            begin = command_here("new self-assessment", content=content, year=made.year)
            if not ANSWERS.path(content, made.year).exists():
                say(f"Bắt đầu bản tự đánh giá: {begin}")
            return
        command = command_here("new", f"scores {made.path.stem} {made.a_period}", content=content)
        say(f"Nhập số liệu của một kỳ: {command}")
    else:
        which = "--self-assessment" if for_assessment else f"--set {made.path.stem}"
        options = f"{which} --apply" + (" --replace" if made.before else "")
        command = command_here(
            "criteria", f"import {shlex.quote(str(file))}", content=content, options=options
        )
        say(f"Sẽ ghi {made.path}. Chưa ghi gì; muốn ghi: {command}")


@click.command(
    "scores",
    cls=Command,
    help="Dựng bảng điểm theo các bộ chỉ số từ số liệu ở cham-diem/ (.docx, PDF, .xlsx). Không ghi "
    "mã thì dựng mọi kỳ đã có số liệu của năm.",
)
@click.argument("names", nargs=-1, metavar="[MÃ…]")
@click.option("--force", is_flag=True, help="Dựng lại cả khi nội dung không đổi.")
@year_option
@content_option
@out_option
@click.pass_context
def scores_command(
    ctx: click.Context,
    names: tuple[str, ...],
    force: bool,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    from vanban.app.catalogue import scores_of
    from vanban.cli.build import build_command

    ids = scores_of(names, content, year)
    ctx.invoke(build_command, ids=ids, force=force, year=year, content=content, out=out)
