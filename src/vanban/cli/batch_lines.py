"""What a batch tells: how far it is, what failed, and what came of it all."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.app.batch_manifest import MANIFEST, DocumentRecord
from vanban.cli.base import MAX_SHOWN, MAX_TOLD
from vanban.cli.screen import say, visible
from vanban.errors import Problem
from vanban.invocation import command_here, option_here
from vanban.workspace.files import AGENCY
from vanban.workspace.wards import CONTENT

if TYPE_CHECKING:
    from vanban.app.unit import Done

WHOLE = "(cả đơn vị)"
"""Stands for the document where a ward failed as a whole."""
MOST = 3
"""Names that are told one by one."""
MOST_WARDS = 10
"""Wards whose documents are told one by one."""


class Pace:
    """How far a batch of ``total`` wards is, and how fast; what was unchanged took no time."""

    def __init__(self, total: int) -> None:
        self.total, self.wards, self.documents = total, 0, 0
        self._begun, self._worked = time.monotonic(), 0

    def add(self, done: Done) -> None:
        self.wards += 1
        if not done.unchanged:
            self._worked += 1
            self.documents += sum(each.is_made for each in done.records)

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
    failed = sum(bool(each.error) for each in done.records)
    made = sum(each.is_made for each in done.records)
    what = "không đổi" if done.unchanged else f"{made} văn bản"
    if kept := len(done.records) - made - failed:
        what += f", {kept} đã ký giữ nguyên"
    if failed:
        what += f", {failed} chưa dựng được"
    after = f" ({pace})" if str(pace) else ""
    say(f"{pace.wards}/{pace.total} {done.unit.ward.name}: {what}{after}", once=True)


def failure_rows(failed: Iterable[DocumentRecord]) -> Iterator[tuple[str, str, str]]:
    """Yield wards, documents and the first mistake of what failed; one mistake is told once."""
    by_error: dict[str, list[DocumentRecord]] = {}
    for each in failed:
        by_error.setdefault(each.error, []).append(each)
    for error, those in by_error.items():
        more = max(each.more for each in those)
        yield (
            _named([each.ward for each in those], "đơn vị"),
            _named([each.document or WHOLE for each in those], "văn bản"),
            f"{error} (và {more} lỗi nữa)" if more else error,
        )


def _named(names: Iterable[str], what: str) -> str:
    """Return ``names``, each once; of many the first and how many more there are."""
    every = tuple(dict.fromkeys(names))
    if len(every) <= MOST:
        return ", ".join(every)
    return f"{every[0]} và {len(every) - 1} {what} nữa"


def failure_lines(failed: Sequence[DocumentRecord], problems: Sequence[Problem]) -> Iterator[str]:
    """Yield a table of what failed; ``problems`` are those of folders that are no ward to build."""
    count = len({each.ward for each in failed}) + len(problems)
    if not count:
        return
    yield ""
    yield f"Chưa dựng được hết văn bản của {grouped(count)} đơn vị:"
    folders = ((_folder(each.place.file), WHOLE, str(each)) for each in problems)
    rows = [("ĐƠN VỊ", "VĂN BẢN", "LỖI ĐẦU TIÊN"), *folders, *failure_rows(failed)]
    shown = rows[: MAX_TOLD + 1]
    first, second = (max(len(row[column]) for row in shown) for column in (0, 1))
    for ward, document, error in shown:
        yield f"  {ward.ljust(first)}  {document.ljust(second)}  {error}"
    if len(shown) < len(rows):
        yield f"  … và {len(rows) - len(shown)} dòng nữa — sửa các lỗi trên rồi chạy lại"


def _folder(path: Path) -> str:
    """Return what to call the ward that a file, or a folder of content, is of."""
    names = [name for name in path.absolute().parts if name not in (AGENCY.name, CONTENT)]
    return names[-1]


def error_lines(results: Iterable[Done]) -> Iterator[str]:
    """Yield the documents that were built and have errors, ward by ward, and how to see them."""
    found = {
        done.unit.ward: wrong
        for done in results
        if (wrong := [each for each in done.records if each.counts.get("error")])
    }
    if not found:
        return
    yield ""
    yield f"Văn bản đã dựng nhưng còn lỗi phải sửa trước khi ký, ở {grouped(len(found))} đơn vị:"
    for ward, wrong in sorted(found.items(), key=lambda each: each[0].name)[:MOST_WARDS]:
        told = ", ".join(f"{each.document} {each.counts['error']} lỗi" for each in wrong)
        yield f"  {ward.name}: {told}"
    if len(found) > MOST_WARDS:
        yield f"  … và {grouped(len(found) - MOST_WARDS)} đơn vị nữa (xem {MANIFEST})"
    ward = min(found, key=lambda each: each.name)
    yield f"Xem từng chỗ, ví dụ của {ward.name}: {command_here('check', content=ward.content)}"


def note_lines(results: Iterable[Done]) -> Iterator[str]:
    """Yield the first of what was noted, each thing once; wards in the table say enough there."""
    wards: dict[str, list[str]] = {}
    for done in results:
        for note in () if any(each.error for each in done.records) else done.notes:
            wards.setdefault(note, []).append(done.unit.ward.name)
    for note, names in sorted(wards.items(), key=lambda each: -len(each[1]))[:MAX_SHOWN]:
        yield f"{_named(names, 'đơn vị')}: {note}"
    if len(wards) > MAX_SHOWN:
        yield f"… và {len(wards) - MAX_SHOWN} lưu ý nữa; của từng đơn vị: vanban check"


def summary_lines(results: Sequence[Done], seconds: float) -> Iterator[str]:
    """Yield what came of all: documents by state, findings by severity, how long it took."""
    records = [each for done in results for each in done.records if not each.error]
    worked = sum(each.is_made for done in results if not done.unchanged for each in done.records)
    same = sum(done.unchanged for done in results)
    yield ""
    if worked:
        pace = rate(worked, seconds)
        yield f"Đã dựng {grouped(worked)} văn bản trong {duration(seconds)} ({pace})."
    if same:
        again = option_here("--force")
        yield f"{grouped(same)} đơn vị như lần trước: giữ nguyên tệp (dựng lại: {again})."
    states = Counter(each.state for each in records)
    if states:
        told = "; ".join(f"{state}: {grouped(count)}" for state, count in states.most_common())
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
