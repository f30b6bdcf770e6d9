"""Commands about what is owed: who has answered for a period, what is due or late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from vanban.cli.base import (
    PATH,
    content_option,
    form_option,
    jobs_option,
    say_passed_over,
    tell_year,
    year_option,
)
from vanban.cli.forms import today_option
from vanban.cli.help import Command
from vanban.cli.screen import painted, say, say_painted, showing_progress
from vanban.errors import UsageError

if TYPE_CHECKING:
    from vanban.app.due import OfWards
    from vanban.app.load import Loaded
    from vanban.exchange.due import DueItem, UnitState

WARDS = "xã, phường"
wards_argument = click.argument("wards", nargs=-1, type=PATH, metavar="[XÃ_PHƯỜNG…]")
SHOWN = 8
"""Missing figures of a unit that are named; the others are counted."""


@click.command(
    "status",
    cls=Command,
    help="Số liệu của một kỳ (q1, h1, q3, year): đơn vị nào đã gửi, gửi muộn, còn thiếu gì. Ghi "
    f"thêm thư mục của nhiều {WARDS} thì xem tất cả, theo từng {WARDS}.",
)
@click.argument("period", metavar="KỲ")
@wards_argument
@click.option("--all", "everything", is_flag=True, help="Nêu hết các chỉ tiêu còn thiếu.")
@today_option
@form_option("json", "csv")
@jobs_option
@year_option
@content_option
@click.pass_context
def status_command(
    ctx: click.Context,
    period: str,
    wards: tuple[Path, ...],
    everything: bool,
    today: date | None,
    form: str,
    jobs: int | None,
    year: int | None,
    content: Path,
) -> None:
    from vanban.app.due import status_of_wards
    from vanban.exchange.due import unit_states
    from vanban.workspace.periods import PERIODS

    day = today or date.today()
    if wards or form != "text":
        from vanban.cli.due_lines import say_rows, status_lines
        from vanban.exchange.due_of_wards import STATUS_KEYS, STATUS_TITLES, status_rows

        with showing_progress():
            found = status_of_wards(_given(ctx, wards, content), year, period, jobs)
        if form == "text":
            for line in status_lines(found, day, everything):
                say_painted(line)
        else:
            rows = status_rows(each.found for each in found.wards)
            say_rows(form, STATUS_KEYS, STATUS_TITLES, rows)
        ctx.exit(_said_of_wards(found, wards))
    workspace = _load(content, year, period).workspace
    states = unit_states(workspace, period)
    say(f"Số liệu {PERIODS[period].title(workspace.year)}:")
    for state in states:
        for line in _state_lines(state, day, None if everything else SHOWN):
            say_painted(line)
    answered = sum(state.received is not None for state in states)
    lacking = sum(len(state.missing) for state in states)
    say()
    say(f"{answered}/{len(states)} đơn vị đã gửi; còn thiếu {lacking} chỉ tiêu.")


def _state_lines(state: UnitState, today: date, most: int | None) -> Iterator[str]:
    from vanban.exchange.due import Standing
    from vanban.nd30.dates import short_date

    colours = {Standing.SENT: "green", Standing.KNOWN: "green", Standing.LATE: "red"}
    word = painted(state.words(today), colours.get(state.standing(today), "yellow"))
    given = state.asked - len(state.missing)
    due = "chưa khai hạn" if state.due is None else f"hạn {short_date(state.due)}"
    yield f"  {state.name}: {word} ({due}); có {given}/{state.asked} chỉ tiêu"
    for name, sent, typed in state.differing:
        yield f"    khác: {name}: đơn vị gửi {sent}, báo cáo ghi {typed}"
    for name in state.missing[:most]:
        yield f"    thiếu: {name}"
    if most is not None and len(state.missing) > most:
        yield f"    … và {len(state.missing) - most} chỉ tiêu nữa (xem hết: --all)"


@click.command(
    "due",
    cls=Command,
    help="Việc đến hạn, quá hạn và ai phải làm: báo cáo, số liệu của đơn vị, tài liệu kiểm chứng, "
    f"nhiệm vụ của kế hoạch. Ghi thư mục của nhiều {WARDS} thì xem tất cả, theo việc và theo từng "
    f"{WARDS}.",
)
@wards_argument
@click.option(
    "--days",
    type=click.IntRange(0, 400),
    default=14,
    show_default=True,
    metavar="SỐ",
    help="Số ngày tới phải để ý; nhiệm vụ của kế hoạch nêu cả từ ngần ấy ngày trước.",
)
@today_option
@click.option("--ics", type=PATH, metavar="TỆP", help="Ghi thêm tệp lịch (.ics) để nhập vào lịch.")
@click.option("--all", "everything", is_flag=True, help=f"Nêu hết mọi việc, mọi {WARDS}.")
@form_option("json", "csv")
@jobs_option
@year_option
@content_option
@click.pass_context
def due_command(
    ctx: click.Context,
    wards: tuple[Path, ...],
    days: int,
    today: date | None,
    ics: Path | None,
    everything: bool,
    form: str,
    jobs: int | None,
    year: int | None,
    content: Path,
) -> None:
    from vanban.app.due import due_of_wards, owed

    day = today or date.today()
    if wards or form != "text":
        from vanban.cli.due_lines import due_lines, say_rows
        from vanban.exchange.due_of_wards import DUE_KEYS, DUE_TITLES, due_rows

        with showing_progress():
            found = due_of_wards(_given(ctx, wards, content), year, day, days, jobs)
        every = sorted(item for each in found.wards for item in each.found)
        if form == "text":
            for line in due_lines(found, day, days, everything):
                say_painted(line)
        else:
            say_rows(form, DUE_KEYS, DUE_TITLES, due_rows(every, day))
        if ics is not None:
            name = f"Hạn cải cách hành chính của {len(found.wards)} đơn vị"
            _write_calendar(ics, every, name, day, err=form != "text")
        ctx.exit(_said_of_wards(found, wards))
    loaded = _load(content, year)
    items = owed(loaded, day, days)
    for line in _item_lines(items, day, days):
        say_painted(line)
    agency = loaded.workspace.agency
    if not agency.calendar:
        say("lưu ý: chưa khai lich_bao_cao trong co-quan.yaml nên chưa biết hạn báo cáo, số liệu")
    if not items:
        say(f"Không có việc quá hạn hay đến hạn trong {days} ngày tới.")
    if ics is not None:
        _write_calendar(ics, items, f"Hạn cải cách hành chính {agency.short_name}", day)


def _item_lines(items: Sequence[DueItem], today: date, days: int) -> Iterator[str]:
    """Yield what is late, then what is due, each with its head."""
    from vanban.cli.due_lines import item_lines

    for title, colour, some in (
        ("Quá hạn", "red", [item for item in items if item.day < today]),
        (f"Đến hạn trong {days} ngày tới", None, [item for item in items if item.day >= today]),
    ):
        if some:
            yield painted(f"{title} ({len(some)}):", colour)
        for item in some:
            yield from item_lines(item, today)


def _load(content: Path, year: int | None, period: str | None = None) -> Loaded:
    """Load what is owed from; say which year that is, and which files are left out."""
    from vanban.app.due import load_owed

    loaded, remarks = load_owed(content, year, period)
    tell_year(content, year, loaded.workspace.year)
    for line in remarks:
        say(line, err=True)
    return loaded


def _said_of_wards(found: OfWards[Any], wards: Sequence[Path]) -> int:
    """Say what is wrong with wards and what was passed over; return the exit status."""
    from vanban.cli.due_lines import problem_lines

    for line in problem_lines(found):
        say(line, err=True)
    say_passed_over(wards)
    return 1 if found.problems else 0


def _write_calendar(
    path: Path, items: Sequence[DueItem], name: str, today: date, err: bool = False
) -> None:
    from vanban.exchange.due import calendar_file
    from vanban.io.swap import write_files

    write_files([(path, calendar_file(items, name, today))])
    say(f"đã ghi {path}: {len(items)} việc", err=err)


def _given(ctx: click.Context, wards: Sequence[Path], content: Path) -> Sequence[Path]:
    """Return the folders of wards that are asked for, that of --content where none is."""
    if wards and ctx.get_parameter_source("content") is ParameterSource.COMMANDLINE:
        raise UsageError("ghi thư mục của các đơn vị, hoặc --content, không ghi cả hai")
    return wards or (content,)
