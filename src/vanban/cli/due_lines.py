"""What is owed, on the screen; of many wards by thing and by ward, or for other programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from vanban.cli.screen import painted, say_data
from vanban.invocation import command_here

if TYPE_CHECKING:
    from vanban.app.due import OfWards
    from vanban.exchange.due import DueItem
    from vanban.exchange.due_of_wards import Row, SameThing, WardStatus

Found = TypeVar("Found")

THINGS = 20
"""Things, or missing figures, that are named; the others are counted."""
PROBLEMS = 3
"""Mistakes of a ward that are told; the others are counted."""
WARDS = 8
"""Wards of a thing that are named; the others are counted."""


def due_lines(
    found: OfWards[tuple[DueItem, ...]], today: date, days: int, everything: bool
) -> Iterator[str]:
    """Yield what is late, then what is due, by thing; then a table by ward.

    With ``everything`` also all of each ward; of one ward that alone.
    """
    from vanban.exchange.due_of_wards import by_thing
    from vanban.nd30.dates import short_date

    items = [item for each in found.wards for item in each.found]
    late = [item for item in items if item.day < today]
    to_come = [item for item in items if item.day >= today]
    count = len(found.wards)
    whose = len({item.ward for item in late})
    yield (
        f"{_read(found)}, ngày {short_date(today)}: {len(late)} việc quá hạn của {whose} đơn vị, "
        f"{len(to_come)} việc đến hạn trong {days} ngày tới."
    )
    lacking = [each.agency for each in found.wards if not each.has_calendar]
    if lacking:
        yield from wrapped(
            "lưu ý: chưa khai lich_bao_cao (co-quan.yaml, hoặc dung-chung.yaml cho mọi đơn vị) nên "
            f"chưa biết hạn báo cáo, số liệu: {_named(lacking, everything)}",
            "",
        )
    if count == 1:
        yield from _due_by_ward(items, today)
        return
    for title, colour, some in (
        ("Quá hạn", "red", late),
        (f"Đến hạn trong {days} ngày tới", None, to_come),
    ):
        things = by_thing(some)
        if things:
            yield ""
            yield painted(f"{title}, theo việc ({len(things)}):", colour)
        for thing in things if everything else things[:THINGS]:
            yield from wrapped(_thing(thing, today, count, everything))
        if len(things) > THINGS and not everything:
            yield f"  … và {len(things) - THINGS} việc nữa (xem hết: --all)"
    yield from _due_table(items, today, count)
    if everything:
        yield from _due_by_ward(items, today)


def _thing(thing: SameThing, today: date, count: int, everything: bool) -> str:
    wards = thing.wards
    line = f"{when(thing.day, today)} {thing.kind}: {thing.what}"
    if len(wards) == 1:
        who = dict.fromkeys(item.who or NOBODY for item in thing.items)
        return f"{line} — {wards[0]}: {', '.join(who)}"
    if len(wards) == count:
        return f"{line} — cả {count} đơn vị"
    return f"{line} — {len(wards)}/{count} đơn vị: {_named(wards, everything)}"


def _due_table(items: Iterable[DueItem], today: date, count: int) -> Iterator[str]:
    from vanban.exchange.due import Owed
    from vanban.exchange.due_of_wards import by_ward
    from vanban.nd30.dates import short_date

    wards = by_ward(items, today)
    rows = [
        (
            ward.agency,
            _count(ward.all_late),
            *(_count(ward.late.get(kind, 0)) for kind in Owed),
            _count(ward.to_come),
            short_date(ward.next) if ward.next is not None else "",
        )
        for ward in wards
    ]
    if rows:
        yield ""
        yield "Theo đơn vị, quá hạn nhiều trước:"
        yield from _table(
            ("Đơn vị", "Quá hạn", *(str(kind) for kind in Owed), "Đến hạn", "Gần nhất"), rows
        )
    if count > len(rows):
        yield f"  ({count - len(rows)} đơn vị không thấy có việc nào)"


def _due_by_ward(items: Iterable[DueItem], today: date) -> Iterator[str]:
    wards: dict[tuple[str, str], list[DueItem]] = {}
    for item in sorted(items):
        wards.setdefault((item.ward, item.agency), []).append(item)
    for (ward, agency), those in sorted(wards.items()):
        yield ""
        yield f"{agency} ({ward}):"
        for item in those:
            yield from item_lines(item, today)


def status_lines(found: OfWards[WardStatus], today: date, everything: bool) -> Iterator[str]:
    """Yield how far all are, a table by ward, and the figures that most wards lack."""
    from vanban.exchange.due_of_wards import lacking_most

    wards = sorted(
        (each.found for each in found.wards), key=lambda each: (-each.lacking, each.ward)
    )
    units, answered = sum(len(each.units) for each in wards), sum(each.answered for each in wards)
    periods = ", ".join(sorted({each.period for each in wards}))
    yield f"Số liệu {periods}, {_read(found)}: {answered}/{units} phòng đã gửi."
    rows = [
        (
            each.agency,
            f"{each.answered}/{len(each.units)}",
            *map(_count, (each.late(today), each.lacking, each.differing)),
        )
        for each in wards
    ]
    if rows:
        yield ""
        yield "Theo đơn vị, thiếu nhiều trước:"
        head = ("Đơn vị", "Đã gửi", "Quá hạn", "Còn thiếu", "Khác báo cáo")
        yield from _table(head, rows)
    names = lacking_most(wards)
    if names:
        yield ""
        yield f"Chỉ tiêu còn thiếu, ở nhiều đơn vị trước ({len(names)}):"
    for name, count in names if everything else names[:THINGS]:
        yield from wrapped(f"{count} đơn vị: {name}")
    if len(names) > THINGS and not everything:
        yield f"  … và {len(names) - THINGS} chỉ tiêu nữa (xem hết: --all)"


def say_rows(form: str, keys: Sequence[str], titles: Sequence[str], rows: Iterable[Row]) -> None:
    """Print rows as a list of objects in JSON, or as a .csv that Excel opens."""
    if form == "json":
        objects = [dict(zip(keys, row, strict=True)) for row in rows]
        say_data(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    from vanban.io.csv_text import csv_text

    say_data("\ufeff" + csv_text([titles, *rows]).removesuffix("\r\n"))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield lines of columns, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        first, *others = (
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join((first, *others))}".rstrip()


def _count(number: int) -> str:
    return str(number) if number else "-"


def _read(found: OfWards[Found]) -> str:
    """Return how many wards were read, of how many where that is not all."""
    read = len(found.wards)
    return f"{read} đơn vị" if read == found.given else f"đọc được {read}/{found.given} đơn vị"


def problem_lines(found: OfWards[Found]) -> Iterator[str]:
    """Yield what is wrong with wards: of each the first, and how many more there are."""
    for ward, problems in found.problems:
        yield from map(str, problems[:PROBLEMS])
        if len(problems) > PROBLEMS and ward is not None:
            see = command_here("check", content=ward.content)
            yield f"… và {len(problems) - PROBLEMS} lỗi nữa của {ward.name} — xem: {see}"


def _named(names: Sequence[str], everything: bool) -> str:
    shown = names if everything or len(names) <= WARDS + 1 else names[:WARDS]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" và {more} đơn vị nữa" if more else "")


def item_lines(item: DueItem, today: date) -> Iterator[str]:
    line = f"{when(item.day, today)} {item.kind.value}: {item.text}"
    yield from wrapped(f"{line} — {item.who or NOBODY}")


NOBODY = "chưa phân công đơn vị"


def when(day: date, today: date) -> str:
    """Return a day and how far it is: "16/4/2026 (chậm 12 ngày)"."""
    from vanban.nd30.dates import short_date

    left = (day - today).days
    far = f"còn {left} ngày" if left > 0 else f"chậm {-left} ngày" if left else "hôm nay"
    return f"{short_date(day)} ({far})"


def wrapped(line: str, indent: str = "  ") -> list[str]:
    """Return a line as lines that fit the screen, those that follow further in."""
    return textwrap.wrap(
        line,
        98,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    )
