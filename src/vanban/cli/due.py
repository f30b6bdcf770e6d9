"""Commands about what is owed: who has answered for a period, what is due or late."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import PATH, content_option, tell_year, year_option
from vanban.cli.forms import today_option
from vanban.cli.help import Command
from vanban.cli.screen import painted, say, say_painted

if TYPE_CHECKING:
    from vanban.exchange.due import DueItem, UnitState

SHOWN = 8
"""Missing figures of a unit that are named; the others are counted."""


@click.command(
    "status",
    cls=Command,
    help="Số liệu của một kỳ (q1, h1, q3, year): đơn vị nào đã gửi, gửi muộn, còn thiếu gì.",
)
@click.argument("period", metavar="KỲ")
@click.option("--all", "everything", is_flag=True, help="Nêu hết các chỉ tiêu còn thiếu.")
@today_option
@year_option
@content_option
def status_command(
    period: str, everything: bool, today: date | None, year: int | None, content: Path
) -> None:
    from vanban.app.due import load_owed
    from vanban.exchange.due import unit_states
    from vanban.workspace.periods import PERIODS

    workspace, remarks = load_owed(content, year, period)
    tell_year(content, year, workspace.year)
    for line in remarks:
        say(line, err=True)
    states = unit_states(workspace, period)
    day = today or date.today()
    say(f"Số liệu {PERIODS[period].title(workspace.year)}:")
    for state in states:
        for line in _state_lines(state, day, None if everything else SHOWN):
            say_painted(line)
    answered = sum(state.received is not None for state in states)
    lacking = sum(len(state.missing) for state in states)
    say()
    say(f"{answered}/{len(states)} đơn vị đã gửi; còn thiếu {lacking} chỉ tiêu.")


def _state_lines(state: UnitState, today: date, most: int | None) -> Iterator[str]:
    from vanban.nd30.dates import short_date

    late = state.is_late(today)
    if state.received is not None:
        word = painted("gửi muộn", "yellow") if late else painted("đã gửi", "green")
        word += f" ngày {short_date(state.received)}"
    elif not state.missing:
        word = painted("báo cáo đã có đủ số liệu", "green")
    else:
        word = painted("QUÁ HẠN, chưa gửi", "red") if late else painted("chưa gửi", "yellow")
    given = state.asked - len(state.missing)
    yield f"  {state.name}: {word} (hạn {short_date(state.due)}); có {given}/{state.asked} chỉ tiêu"
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
    "nhiệm vụ của kế hoạch.",
)
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
@year_option
@content_option
def due_command(
    days: int, today: date | None, ics: Path | None, year: int | None, content: Path
) -> None:
    from vanban.app.due import load_owed
    from vanban.exchange.due import calendar_file, due_items
    from vanban.io.swap import write_files

    workspace, remarks = load_owed(content, year)
    tell_year(content, year, workspace.year)
    for line in remarks:
        say(line, err=True)
    day = today or date.today()
    items = due_items(workspace, day, days)
    late = [item for item in items if item.day < day]
    for title, colour, some in (
        ("Quá hạn", "red", late),
        (f"Đến hạn trong {days} ngày tới", None, [item for item in items if item.day >= day]),
    ):
        if some:
            say_painted(painted(f"{title} ({len(some)}):", colour))
        for item in some:
            for line in _item_lines(item, day):
                say(line)
    if not workspace.agency.calendar:
        say("lưu ý: chưa khai lich_bao_cao trong co-quan.yaml nên chưa biết hạn báo cáo, số liệu")
    if not items:
        say(f"Không có việc quá hạn hay đến hạn trong {days} ngày tới.")
    if ics is not None:
        name = f"Hạn cải cách hành chính {workspace.agency.short_name}"
        write_files([(ics, calendar_file(items, name, day))])
        say(f"đã ghi {ics}: {len(items)} việc")


def _item_lines(item: DueItem, today: date) -> Iterator[str]:
    from vanban.nd30.dates import short_date

    left = (item.day - today).days
    when = f"còn {left} ngày" if left > 0 else f"chậm {-left} ngày" if left else "hôm nay"
    line = f"{short_date(item.day)} ({when}) {item.kind.value}: {item.text}"
    who = item.who or "chưa phân công đơn vị"
    yield from textwrap.wrap(
        f"{line} — {who}", 98, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )
