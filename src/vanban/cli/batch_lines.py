"""What a batch tells: how far it is, what failed, and what came of it all."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vanban.cli.base import MAX_SHOWN, MAX_TOLD
from vanban.cli.screen import say, visible

if TYPE_CHECKING:
    from vanban.app.batch import Done
    from vanban.app.batch_manifest import DocumentRecord

WHOLE = "(cả đơn vị)"
"""Stands for the document where a ward failed as a whole."""


class Pace:
    """How far a batch of ``total`` wards is, and how fast; what was unchanged took no time."""

    def __init__(self, total: int) -> None:
        self.total, self.wards, self.documents = total, 0, 0
        self._begun, self._worked = time.monotonic(), 0

    def add(self, done: Done) -> None:
        self.wards += 1
        if not done.unchanged:
            self._worked += 1
            self.documents += sum(not each.error for each in done.records)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def __str__(self) -> str:
        if not self._worked:
            return ""
        told = rate(self.documents, self.seconds)
        left = self.seconds / self._worked * (self.total - self.wards)
        return f"{told}, còn {duration(left)}" if left else told


def grouped(count: int) -> str:
    """Return a count as it is written here: 3.321."""
    return f"{count:,}".replace(",", ".")


def rate(documents: int, seconds: float) -> str:
    return f"{grouped(round(60 * documents / max(seconds, 0.001)))} văn bản/phút"


def duration(seconds: float) -> str:
    """Return a time as people say it, to the second, of long ones to the minute."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} giờ {minutes % 60} phút"
    return f"{minutes} phút {rest} giây" if minutes else f"{rest} giây"


@contextmanager
def telling(total: int) -> Iterator[Callable[[Done], None]]:
    """Yield what tells of each ward that is done: a bar on a screen, a line each elsewhere."""
    pace = Pace(total)
    if not sys.stderr.isatty():
        yield lambda done: _tell_line(done, pace)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("đơn vị  {task.fields[pace]}"))
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Progress(*columns, console=console, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total, pace="")

        def tell(done: Done) -> None:
            pace.add(done)
            progress.update(task, completed=pace.wards, pace=str(pace))
            for line in failure_rows(each for each in done.records if each.error):
                console.print(visible("  ".join(line)), soft_wrap=True)

        yield tell


def _tell_line(done: Done, pace: Pace) -> None:
    pace.add(done)
    made = sum(not each.error for each in done.records)
    what = "không đổi" if done.unchanged else f"{made} văn bản"
    if len(done.records) > made:
        what += f", {len(done.records) - made} chưa dựng được"
    after = f" ({pace})" if str(pace) else ""
    say(f"{pace.wards}/{pace.total} {done.unit.ward.name}: {what}{after}", once=True)


def failure_rows(failed: Iterable[DocumentRecord]) -> Iterator[tuple[str, str, str]]:
    """Yield wards, documents and the first mistake of what failed; one mistake is told once."""
    by_error: dict[str, list[DocumentRecord]] = {}
    for each in failed:
        by_error.setdefault(each.error, []).append(each)
    for error, those in by_error.items():
        more = max(each.more for each in those)
        wards = tuple(dict.fromkeys(each.ward for each in those))
        documents = tuple(dict.fromkeys(each.document or WHOLE for each in those))
        yield (
            _named(wards, "đơn vị"),
            _named(documents, "văn bản"),
            f"{error} (và {more} lỗi nữa)" if more else error,
        )


def _named(names: Sequence[str], what: str) -> str:
    if len(names) <= 3:
        return ", ".join(names)
    return f"{names[0]} và {len(names) - 1} {what} nữa"


def failure_lines(failed: Sequence[DocumentRecord]) -> Iterator[str]:
    """Yield a table of what failed."""
    if not failed:
        return
    wards = len({each.ward for each in failed})
    yield ""
    yield f"Chưa dựng được {grouped(len(failed))} văn bản của {grouped(wards)} đơn vị:"
    rows = [("ĐƠN VỊ", "VĂN BẢN", "LỖI ĐẦU TIÊN"), *failure_rows(failed)]
    widths = [max(map(len, column)) for column in zip(*rows[: MAX_TOLD + 1], strict=True)]
    for ward, document, error in rows[: MAX_TOLD + 1]:
        yield f"  {ward.ljust(widths[0])}  {document.ljust(widths[1])}  {error}"
    if len(rows) > MAX_TOLD + 1:
        yield f"  … và {len(rows) - MAX_TOLD - 1} dòng nữa — sửa các lỗi trên rồi chạy lại"


def note_lines(results: Iterable[Done]) -> Iterator[str]:
    """Yield the first of what was noted, each thing once with how many wards it was noted of."""
    counts = Counter(note for done in results for note in dict.fromkeys(done.notes))
    for note, count in counts.most_common(MAX_SHOWN):
        yield f"{note} ({count} đơn vị)" if count > 1 else note
    if len(counts) > MAX_SHOWN:
        yield f"… và {len(counts) - MAX_SHOWN} lưu ý nữa; của từng đơn vị: vanban check"


def summary_lines(results: Sequence[Done], seconds: float) -> Iterator[str]:
    """Yield what came of all: documents by state, findings by severity, how long it took."""
    records = [each for done in results for each in done.records if not each.error]
    worked = sum(not each.error for done in results if not done.unchanged for each in done.records)
    same = sum(done.unchanged for done in results)
    yield ""
    if worked:
        pace = rate(worked, seconds)
        yield f"Đã dựng {grouped(worked)} văn bản trong {duration(seconds)} ({pace})."
    if same:
        yield f"{grouped(same)} đơn vị như lần trước: giữ nguyên tệp (dựng lại: --force)."
    states = Counter(each.state for each in records)
    if states:
        told = ", ".join(f"{state} {grouped(count)}" for state, count in states.most_common())
        yield f"Trạng thái của {grouped(len(records))} văn bản: {told}."
        found: Counter[str] = Counter()
        for each in records:
            found.update(each.counts)
        told = ", ".join(f"{grouped(found[name])} {words}" for name, words in FOUND.items())
        yield f"Soát lỗi: {told}."


FOUND = {
    "error": "lỗi",
    "warning": "cảnh báo",
    "info": "lưu ý",
    "accepted": "đã chấp nhận",
    "missing": "dữ liệu còn thiếu",
}
"""What is counted in a record, in words."""
