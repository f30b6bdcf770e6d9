"""The command that gathers the figures of many wards for the report of their city."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    PATH,
    content_option,
    jobs_option,
    out_option,
    problem_lines,
    say_passed_over,
    say_replaced,
    say_undo,
    stamp_of,
    tell_year,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.screen import painted, say, say_painted, showing_progress
from vanban.invocation import command_here

if TYPE_CHECKING:
    from vanban.app.gather import Gathering
    from vanban.city.gathered import Concern, Matter

SHOWN = 10
"""Concerns of a matter that are printed; all of them stand in the workbook."""


@click.command(
    "gather",
    cls=Command,
    help="Tổng hợp số liệu một kỳ (q1, h1, q3, year) của nhiều đơn vị: sổ Excel, danh sách mâu "
    "thuẫn, và tệp tong-hop/<kỳ>.yaml để lập báo cáo của tỉnh, thành phố. Đơn vị là thư mục nội "
    "dung, thư mục chứa nhiều đơn vị, hoặc tệp report-<kỳ>.xlsx của đơn vị chỉ gửi tệp.",
)
@click.argument("wards", nargs=-1, required=True, type=PATH, metavar="ĐƠN_VỊ…")
@click.option("--period", required=True, metavar="KỲ", help="Kỳ báo cáo: q1, h1, q3 hoặc year.")
@jobs_option
@click.option("--all", "everything", is_flag=True, help="In hết mọi chỗ phải xem.")
@year_option
@content_option
@out_option
@click.pass_context
def gather_command(
    ctx: click.Context,
    wards: tuple[Path, ...],
    period: str,
    jobs: int | None,
    everything: bool,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    from vanban.app.gather import gather

    with showing_progress():
        found = gather(wards, period, content, year, out, stamp_of(ctx), jobs)
    gathered = found.gathered
    tell_year(content, year, gathered.year)
    for line in _lines(found, None if everything else SHOWN):
        say_painted(line)
    for line in problem_lines(found.problems):
        say(line, err=True)
    say_passed_over(wards)
    say_replaced(found.edited)
    say(f"đã ghi {found.workbook}")
    if found.written:
        say(f"đã ghi {found.file}")
        say_undo(content)
    else:
        say(f"{found.file}: không đổi so với lần trước")
    report = command_here("new city-report", period, content=content)
    build = command_here("build", f"city-report-{period}", content=content)
    say(f"Lập báo cáo chung: {report} (một lần), viết lời văn, rồi {build}")
    ctx.exit(1 if found.problems or gathered.absent else 0)


def _lines(found: Gathering, most: int | None) -> Iterator[str]:
    from vanban.compose.city_concerns import by_matter

    gathered = found.gathered
    there = f"{len(gathered.reporting)}/{len(gathered.wards)} đơn vị có số liệu"
    yield f"Số liệu {gathered.title}: {there}."
    samples = sum(ward.sample for ward in gathered.wards)
    if samples:
        yield painted(
            f"{samples} đơn vị còn số liệu mẫu nên cả bản tổng hợp là mẫu, không ký, không phát "
            "hành.",
            "yellow",
        )
    doubtful = [ward.territory for ward in gathered.wards if ward.contradictions]
    if doubtful:
        named = ", ".join(doubtful[:SHOWN]) + (" …" if len(doubtful) > SHOWN else "")
        yield painted(
            f"{len(doubtful)} đơn vị có số liệu mâu thuẫn ({named}): vẫn cộng như đơn vị ghi, "
            "không xếp hạng; đơn vị sửa rồi chạy lại lệnh này.",
            "red",
        )
    yield from _versions(found)
    for matter, some in by_matter(found.concerns):
        yield ""
        yield painted(f"{matter[:1].upper()}{matter[1:]} ({len(some)}):", _colour(matter))
        for each in some[:most]:
            yield from _concern(each, found)
        if most is not None and len(some) > most:
            yield f"    … và {len(some) - most} chỗ nữa (xem hết: --all, hoặc trang Phải xem)"
    if found.far:
        yield ""
        yield f"Số khác thường, nên xem lại: {len(found.far)} (trang Khác thường)."
    yield ""


def _versions(found: Gathering) -> Iterator[str]:
    from vanban.workspace.shared_version import apart

    yield from apart({ward.name: ward.shared for ward in found.gathered.reporting})


def _concern(concern: Concern, found: Gathering) -> Iterator[str]:
    from vanban.workspace.folder import shown_path

    place = str(shown_path(found.paths[concern.ward].absolute().parent / concern.place))
    line = f"{place}: {concern.text}"
    yield from textwrap.wrap(
        line, 98, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False
    )


def _colour(matter: Matter) -> str:
    from vanban.city.gathered import Matter

    grave = (Matter.UNREAD, Matter.CONTRADICTION, Matter.ALTERED, Matter.MISSED)
    return "red" if matter in grave else "yellow"
