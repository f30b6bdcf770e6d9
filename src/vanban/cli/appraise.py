"""The command of whoever appraises wards: their points and tables out, appraised points in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    PATH,
    content_option,
    item_lines,
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
from vanban.cli.forms import day_of, today_option
from vanban.cli.help import Command
from vanban.cli.screen import say, showing_progress
from vanban.errors import UsageError
from vanban.invocation import command_here

if TYPE_CHECKING:
    from vanban.app.appraise import Appraising
    from vanban.city.appraised import Appraised
    from vanban.exchange.appraisal_sheets import Standing

MOST_SHOWN = 15
"""Wards that the screen shows; the workbook has all."""

MOST_NAMED = 3
"""Letters that the command to build them names."""


@click.command(
    "appraise",
    cls=Command,
    help="Thẩm định điểm tự chấm của nhiều đơn vị (thư mục của từng đơn vị, thư mục chứa "
    "chúng, hoặc bảng tự chấm .xlsx, .docx đơn vị gửi): bảng Excel có điểm tự chấm, điểm có nguy "
    "cơ, xếp hạng và ô để nhập điểm thẩm định. Với --take: đọc lại bảng đã nhập; chỉ ghi khi có "
    "--apply, rồi dựng công văn gửi từng đơn vị "
    "bằng lệnh build.",
)
@click.argument("paths", nargs=-1, type=PATH, metavar="ĐƠN_VỊ…")
@click.option(
    "--take",
    type=PATH,
    multiple=True,
    metavar="TỆP",
    help="Đọc lại bảng đã nhập điểm thẩm định (tệp Excel hoặc thư mục); ghi được nhiều lần.",
)
@click.option("--apply", is_flag=True, help="Ghi điểm đã đọc; lấy lại được bằng lệnh undo.")
@click.option(
    "--deadline",
    callback=day_of,
    metavar="NGÀY",
    help="Hạn đơn vị giải trình, ví dụ 27/12/2025; in trong công văn (cùng --take).",
)
@click.option(
    "--empty-as-own",
    is_flag=True,
    help="Ô để trống thì lấy như điểm tự chấm (cùng --take).",
)
@click.option(
    "--split",
    type=click.Choice(["phuong", "linh-vuc"]),
    metavar="CÁCH",
    help="phuong: mỗi đơn vị một bảng để nhập; linh-vuc: mỗi lĩnh vực một bảng.",
)
@click.option("--force", is_flag=True, help="Thay cả bảng đã nhập điểm đang để ở thư mục ra.")
@jobs_option
@today_option
@year_option
@content_option
@out_option
@click.pass_context
def appraise_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    take: tuple[Path, ...],
    apply: bool,
    deadline: date | None,
    empty_as_own: bool,
    split: str | None,
    force: bool,
    jobs: int | None,
    today: date | None,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    day = today or date.today()
    if take and paths:
        raise UsageError("--take đọc bảng đã nhập, không đọc đơn vị — bỏ bớt một trong hai")
    if not take and not paths:
        raise UsageError("chưa ghi đơn vị nào — ghi thư mục của từng đơn vị, hoặc --take TỆP")
    if not take and (apply or deadline or empty_as_own):
        raise UsageError("--apply, --deadline, --empty-as-own chỉ dùng cùng --take")
    if take:
        ctx.exit(_take(ctx, take, content, year, day, deadline, empty_as_own, apply))
    ctx.exit(_score(paths, content, year, out, day, split, force, jobs))


def _score(
    paths: tuple[Path, ...],
    content: Path,
    year: int | None,
    out: Path,
    day: date,
    split: str | None,
    force: bool,
    jobs: int | None,
) -> int:
    from vanban.app.appraise import Split, appraise

    way = Split(split) if split is not None else Split.NONE
    with showing_progress():
        found = appraise(paths, content, year, out, day, way, force, jobs)
    tell_year(content, year, found.year)
    for line in _standing_lines(found):
        say(line)
    for note in found.notes:
        say(f"lưu ý: {note}")
    for line in problem_lines(found.problems):
        say(line, err=True)
    say_passed_over(paths)
    say_replaced(found.edited)
    for path in found.paths[:1]:
        say(f"{path}{': đã nhập điểm, giữ nguyên' if path in found.kept else ''}")
    if len(found.paths) > 1:
        kept = f", giữ nguyên {len(found.kept)} bảng đã nhập điểm" if found.kept else ""
        say(f"{found.paths[1].parent}: {len(found.paths) - 1} bảng để nhập điểm{kept}")
    if found.kept:
        say("lưu ý: bảng đã nhập thì đọc lại bằng --take trước; bỏ điểm đã nhập thì thêm --force")
    if found.standings:
        where = found.paths[0] if len(found.paths) == 1 else found.paths[1].parent
        say("Nhập điểm thẩm định rồi xem trước:")
        say(f"  {command_here('appraise', content=content, options=f'--take {where}')}")
    return 1 if found.problems else 0


def _standing_lines(found: Appraising) -> Iterator[str]:
    from vanban.nd30.numbers import format_number

    shown = found.standings[:MOST_SHOWN]
    if shown:
        yield f"Điểm tự chấm năm {found.year}:"
    yield from (_standing(each) for each in shown)
    if len(shown) < len(found.standings):
        yield f"  … và {len(found.standings) - len(shown)} đơn vị nữa, xem tệp dưới đây"
    sums = [each.ward.sum() for each in found.standings]
    risk = format_number(sum((each.at_risk for each in sums), Decimal(0)), 2)
    yield ""
    scored, every = len(found.standings), len(found.standings) + len(found.failed)
    yield f"Tính được điểm của {scored}/{every} đơn vị; {risk} điểm có nguy cơ."
    if found.failed:
        names = list(found.failed)
        more = f" … và {len(names) - MOST_SHOWN} đơn vị nữa" if len(names) > MOST_SHOWN else ""
        yield f"Chưa tính được: {', '.join(names[:MOST_SHOWN])}{more} — lý do ở các dòng dưới."


def _standing(standing: Standing) -> str:
    from vanban.figures.notation import format_ratio
    from vanban.nd30.numbers import format_number

    own = standing.ward.sum()
    parts = [
        f"{format_number(own.points, 2)}/{format_number(own.maximum, 2)} điểm "
        f"({format_ratio(own.share)})"
    ]
    if own.at_risk:
        parts.append(f"nguy cơ {format_number(own.at_risk, 2)}")
    if standing.appraised is not None:
        points = format_number(standing.appraised.points, 2)
        parts.append(f"được thẩm định {points}")
    if standing.note:
        parts.append(standing.note)
    return f"  {standing.rank:>3}. {standing.ward.short}: {'; '.join(parts)}"


def _take(
    ctx: click.Context,
    files: tuple[Path, ...],
    content: Path,
    year: int | None,
    day: date,
    due: date | None,
    empty_as_own: bool,
    apply: bool,
) -> int:
    from vanban.app.take_appraisal import take_points

    stamp = stamp_of(ctx) if apply else None
    found = take_points(files, content, year, day, due, empty_as_own, stamp)
    tell_year(content, year, found.year)
    lines = tuple(map(_round, found.rounds))
    for line in item_lines(lines, MOST_SHOWN):
        say(line)
    for note in found.notes:
        say(f"lưu ý: {note}")
    for line in problem_lines(found.problems):
        say(line, err=True)
    if found.problems:
        say("Chưa ghi gì: có ô không nhận được — sửa các ô ấy rồi chạy lại.", err=True)
        return 1
    if not found.changes:
        say("Bảng không có điểm nào mới so với nội dung.")
    elif not found.written:
        again = command_here("appraise", content=content, options="--take … --apply")
        say(f"Chưa ghi gì. Muốn ghi điểm của {len(found.changes)} đơn vị: {again}")
    else:
        say(f"Đã ghi {len(found.written)} tệp vào {found.written[0].parent}")
        ids = " ".join(f"appraisal-{path.stem}" for path in found.written[:MOST_NAMED])
        named = ids if len(found.written) <= MOST_NAMED else ""  # all that there is
        say(f"Dựng công văn gửi đơn vị: {command_here('build', named, content=content)}")
        say_undo(content)
    return 0


def _round(round: Appraised) -> str:
    from vanban.nd30.numbers import format_number

    total, file = round.sum(), round.file
    number = f" (lần {file.round})" if file.round > 1 else ""
    left = f"; còn {len(round.pending)} tiêu chí chưa có điểm" if round.pending else ""
    points = f"{format_number(total.own, 2)} → {format_number(total.appraised, 2)}"
    return f"{file.name}{number}: {points} điểm, {len(round.changed)} tiêu chí khác{left}"
