"""Commands about the figures of units: forms out, filled forms in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    PATH,
    content_option,
    out_option,
    problem_lines,
    say_undo,
    stamp_of,
    tell_year,
    year_option,
)
from vanban.cli.build import build_command
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import UsageError
from vanban.invocation import command_here

if TYPE_CHECKING:
    from vanban.exchange.collecting import Collected, CollectedRow


def day_of(ctx: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """Return the day that an option gives as 12/9/2025, None where it is not given."""
    from vanban.nd30.dates import typed_day

    if text is None:
        return None
    day = typed_day(text)
    if day is None:
        raise UsageError(f"{option.opts[-1]}: “{text}” không phải là ngày — ghi như 12/9/2025")
    return day


today_option = click.option(
    "--today",
    callback=day_of,
    metavar="NGÀY",
    help="Lấy ngày này làm hôm nay, ví dụ 12/9/2025; mặc định theo đồng hồ của máy.",
)


@click.command(
    "forms",
    cls=Command,
    help="Biểu mẫu Excel để các đơn vị điền số liệu của một kỳ (q1, h1, q3, year), mỗi đơn vị một "
    "tệp, và công văn đề nghị cung cấp số liệu (soạn một lần vào soan-thao/, rồi dựng).",
)
@click.argument("period", metavar="KỲ")
@click.option(
    "--deadline",
    callback=day_of,
    metavar="NGÀY",
    help="Hạn các đơn vị gửi, ví dụ 12/9/2025; ghi vào lich_bao_cao. Không có thì theo lịch ấy.",
)
@click.option("--no-letter", is_flag=True, help="Không soạn công văn.")
@click.option("--force", is_flag=True, help="Thay cả biểu mẫu đã điền đang để ở thư mục ra.")
@year_option
@content_option
@out_option
@click.pass_context
def forms_command(
    ctx: click.Context,
    period: str,
    deadline: date | None,
    no_letter: bool,
    force: bool,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    from vanban.app.forms import write_forms
    from vanban.nd30.dates import short_date

    made = write_forms(period, content, year, out, deadline, not no_letter, force, stamp_of(ctx))
    tell_year(content, year, made.year)
    for form, path in zip(made.forms, made.paths, strict=True):
        asked = f"{len(form.filled)} chỉ tiêu, {len(form.evidence)} tiêu chí thiếu tài liệu"
        say(f"{form.unit_name}: {asked}; hạn {short_date(form.due)}")
        say(f"  {path}{': đã điền, giữ nguyên' if path in made.kept else ''}")
    if made.kept:
        say("lưu ý: tệp đã điền thì chuyển sang thư mục khác rồi chạy lại; bỏ đi thì thêm --force")
    for note in made.notes:
        say(f"lưu ý: {note}")
    for path in made.changed:
        say(f"đã ghi {path}")
    say("Đơn vị gửi lại thì để các tệp vào một thư mục rồi xem trước:")
    say(f"  {command_here('collect', 'THƯ_MỤC', content=content)}")
    if made.changed:
        say_undo(content)
    if made.letter is not None:
        say()
        ctx.invoke(build_command, ids=(made.letter,), year=made.year, content=content, out=out)


@click.command(
    "collect",
    cls=Command,
    help="Đọc biểu mẫu các đơn vị gửi lại (tệp Excel hoặc thư mục): cho xem số mới, đổi, giữ "
    "nguyên, thiếu, bị từ chối. Chỉ ghi vào báo cáo khi có --apply.",
)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="TỆP…")
@click.option("--apply", is_flag=True, help="Ghi vào báo cáo; lấy lại được bằng lệnh undo.")
@today_option
@year_option
@content_option
@click.pass_context
def collect_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    apply: bool,
    today: date | None,
    year: int | None,
    content: Path,
) -> None:
    from vanban.app.collect import collect_forms

    received = today or date.today()
    stamp = stamp_of(ctx) if apply else None
    found = collect_forms(content, year, paths, received, stamp)
    tell_year(content, year, found.workspace.year)
    names = {unit.id: unit.name for unit in found.workspace.agency.units}
    for collected in found.collected:
        for line in _table(collected, names, found.workspace.year):
            say(line)
    for note in found.notes:
        say(f"lưu ý: {note}")
    problems = (*found.problems, *(each for own in found.collected for each in own.problems))
    for line in problem_lines(problems):
        say(line, err=True)
    for path in found.written:
        say(f"đã ghi {path}")
    if found.written:
        say_undo(content)
    elif found.problems:
        say("Chưa ghi gì: có tệp không nhận được — sửa hoặc bỏ tệp ấy ra rồi chạy lại.", err=True)
    elif not found.changes:
        say("Không có gì phải ghi.")
    elif not apply:
        again = command_here("collect", "…", content=content, options="--apply")
        say(f"Chưa ghi gì. Muốn ghi những số trên vào báo cáo: {again}")
    ctx.exit(1 if problems else 0)


def _table(collected: Collected, names: dict[str, str], year: int) -> Iterator[str]:
    from vanban.exchange.collecting import Result
    from vanban.workspace.periods import PERIODS

    yield f"Số liệu {PERIODS[collected.period].title(year)}:"
    for answer in collected.answers:
        rows = [row for row in collected.rows if row.unit == answer.unit]
        yield ""
        yield f"{names[answer.unit]} ({answer.file})"
        same = sum(row.result is Result.SAME for row in rows)
        for row in rows:
            if row.result is not Result.SAME:
                yield from _row(row)
        if same:
            yield f"  giữ nguyên: {same} chỉ tiêu"
        for path, text in answer.texts:
            line = f"lời văn, {path}: {text}"
            yield from textwrap.wrap(line, 98, initial_indent="  ", subsequent_indent="    ")
        for each in answer.evidence:
            named = " ".join(filter(None, (each.number, each.day, each.note)))
            yield f"  tài liệu {each.criterion}: {each.state.value}{'; ' if named else ''}{named}"
    counts = ", ".join(
        f"{count} {result.value}" for result in Result if (count := collected.count(result))
    )
    yield ""
    yield f"Cộng: {counts or 'không có số liệu'}."


def _row(row: CollectedRow) -> Iterator[str]:
    change = " → ".join(filter(None, (row.before, row.after)))
    place = row.given.cell.where.rsplit("!", 1)[-1] if row.given is not None else ""
    cell = f" (ô {place})" if place else ""
    name = row.name or "dòng lạ"
    yield f"  {row.result.value}: {name}{': ' if change else ''}{change}{cell}"
