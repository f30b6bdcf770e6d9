"""The batch command: the documents of many wards, by processes that are kept warm."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from vanban.cli.base import MAX_TOLD, PATH, problem_lines, year_option
from vanban.cli.build import ENGINES
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import UsageError, VanbanError

if TYPE_CHECKING:
    from vanban.app.batch import Done, Unit
    from vanban.app.batch_manifest import BatchManifest, DocumentRecord
    from vanban.io.workers import Workers
    from vanban.workspace.wards import Ward


@click.command(
    "batch",
    cls=Command,
    help="Dựng, soát văn bản của nhiều đơn vị một lần. ĐƠN_VỊ là thư mục của đơn vị, hoặc thư mục "
    "chứa các đơn vị; không ghi MÃ thì dựng mọi văn bản có nội dung. Chạy lại cùng lệnh thì chỉ "
    "làm phần chưa xong hoặc đã đổi.",
)
@click.argument("targets", nargs=-1, metavar="ĐƠN_VỊ… [MÃ…]")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="SỐ",
    help="Số tiến trình cùng làm; mặc định là số nhân của máy.",
)
@click.option(
    "--out",
    type=PATH,
    default=Path("build"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục kết quả: mỗi đơn vị một thư mục, và sổ ghi manifest.jsonl.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    metavar="TÊN",
    help="Cách tạo PDF: weasyprint cho bản để ký; pages nhanh hơn, để xem trước.",
)
@click.option("--dossier", is_flag=True, help="Lập cả hồ sơ tài liệu kiểm chứng của mỗi đơn vị.")
@click.option("--force", is_flag=True, help="Dựng lại cả khi nội dung không đổi.")
@year_option
@click.pass_context
def batch_command(
    ctx: click.Context,
    targets: tuple[str, ...],
    jobs: int | None,
    out: Path,
    engine: str,
    dossier: bool,
    force: bool,
    year: int | None,
) -> None:
    from vanban.app.batch import Unit
    from vanban.app.batch_manifest import BatchManifest
    from vanban.app.build import epoch_date
    from vanban.io.workers import Workers
    from vanban.workspace.wards import find_wards

    folders, ids = _parted(targets)
    wards, problems = find_wards(folders)
    _know(ids, wards)
    stamp = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
    manifest = BatchManifest(out)
    known = manifest.by_ward()
    units = tuple(
        Unit(
            ward,
            out / ward.name,
            ids,
            year,
            engine,
            stamp,
            dossier,
            force,
            known.get(ward.name, ()),
        )
        for ward in wards
    )
    for line in problem_lines(problems):
        say(line, err=True)
    workers = Workers(min(jobs or len(os.sched_getaffinity(0)), max(len(units), 1)))
    done = _run(units, workers, manifest)
    manifest.tidy()
    failed = [each for one in done for each in one.records if each.error]
    for line in _failure_lines(failed):
        say(line, err=True)
    ctx.exit(1 if failed or problems else 0)


def _parted(targets: Iterable[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the folders and the ids among ``targets``: what is a path, and what is none."""
    paths = [each for each in targets if {"/", os.sep} & set(each) or Path(each).exists()]
    ids = tuple(each for each in dict.fromkeys(targets) if each not in paths)
    if not paths:
        what = f"“{ids[0]}” không phải thư mục nào ở đây" if ids else "chưa ghi thư mục đơn vị nào"
        raise UsageError(f"{what} — ghi thư mục của đơn vị, hoặc thư mục chứa các đơn vị")
    return [Path(each) for each in paths], ids


def _know(ids: Iterable[str], wards: tuple[Ward, ...]) -> None:
    """Raise UsageError for an id that no ward knows."""
    from vanban.app.catalogue import find_kind

    for name in ids:
        refused: VanbanError | None = None
        for ward in wards:
            try:
                find_kind(name, ward.content)
            except VanbanError as error:
                refused = error
            else:
                break
        else:
            if isinstance(refused, UsageError):
                raise refused


def _run(units: tuple[Unit, ...], workers: Workers, manifest: BatchManifest) -> list[Done]:
    """Do all units, telling of each as it is done; raises Abort where somebody stops that."""
    from vanban.app.batch import run_units

    results: list[Done] = []
    try:
        with _stopping() as stop:
            for done in run_units(units, workers, stop):
                manifest.add(done.records)
                results.append(done)
                _tell(done, len(results), len(units))
    except KeyboardInterrupt:
        workers.kill()
        raise click.Abort from None
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
    if stop.is_set():
        manifest.tidy()
        raise click.Abort
    return results


@contextmanager
def _stopping() -> Iterator[Event]:
    """Yield what Ctrl+C sets; a second one is answered at once."""
    stop = Event()

    def answer(number: int, frame: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)
        say("Đang dừng sau các đơn vị đang làm … (Ctrl+C lần nữa: dừng ngay)", err=True)

    before = signal.signal(signal.SIGINT, answer)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(done: Done, number: int, total: int) -> None:
    made = [each for each in done.records if not each.error]
    what = "không đổi" if done.unchanged else f"{len(made)} văn bản"
    failed = len(done.records) - len(made)
    if failed:
        what += f", {failed} chưa dựng được"
    say(f"{number}/{total} {done.unit.ward.name}: {what}")


def _failure_lines(failed: list[DocumentRecord]) -> Iterator[str]:
    if not failed:
        return
    wards = len({each.ward for each in failed})
    yield ""
    yield f"Chưa xong {len(failed)} văn bản của {wards} đơn vị:"
    for each in failed[:MAX_TOLD]:
        more = f" (và {each.more} lỗi nữa)" if each.more else ""
        yield f"  {each.ward}  {each.document or '(cả đơn vị)'}  {each.error}{more}"
