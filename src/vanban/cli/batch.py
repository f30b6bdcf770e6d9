"""The batch command: the documents of many wards, by processes that are kept warm."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from os.path import realpath
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    PATH,
    engine_option,
    jobs_option,
    problem_lines,
    require_outside,
    say_passed_over,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import MachineError, UsageError, VanbanError

if TYPE_CHECKING:
    from vanban.app.batch_manifest import BatchManifest
    from vanban.app.cluster import Cluster
    from vanban.app.unit import Done, Unit
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
@jobs_option
@click.option(
    "--out",
    type=PATH,
    default=Path("build"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục kết quả: mỗi đơn vị một thư mục, và sổ ghi manifest.jsonl.",
)
@engine_option
@click.option("--dossier", is_flag=True, help="Lập cả hồ sơ tài liệu kiểm chứng của mỗi đơn vị.")
@click.option(
    "--scheduler",
    metavar="ĐỊA_CHỈ",
    help="Giao việc cho các máy của một cụm Dask, ví dụ tcp://10.0.0.1:8786 (docs/cum-may.md).",
)
@click.option(
    "--in-place",
    is_flag=True,
    help="Cùng --scheduler: mọi máy thấy các thư mục này ở cùng đường dẫn, đọc và ghi thẳng ở đó.",
)
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
    scheduler: str | None,
    in_place: bool,
    force: bool,
    year: int | None,
) -> None:
    from vanban.app.batch_manifest import MANIFEST, BatchManifest
    from vanban.app.build import epoch_date
    from vanban.app.unit import Unit, version_of
    from vanban.cli.batch_lines import error_lines, failure_lines, note_lines, summary_lines
    from vanban.io.lock import locked
    from vanban.workspace.shared_version import apart
    from vanban.workspace.wards import find_wards

    if in_place and scheduler is None:
        raise UsageError("--in-place chỉ dùng cùng --scheduler — bỏ đi, hoặc ghi địa chỉ của cụm")
    folders, ids = _parted(targets)
    wards, problems = find_wards(folders)
    _require_known(ids, wards)
    _require_places(out, wards)
    stamp = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
    for line in problem_lines(problems):
        say(line, err=True)
    say_passed_over(folders)
    out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with locked(out, wait=0):
        manifest = BatchManifest(out)
        how = (ids, year, engine, stamp, dossier, force)
        units = [Unit(each, out / each.name, *how, manifest.of_ward(each.name)) for each in wards]
        with _executor(scheduler, out if in_place else None, jobs, len(units)) as workers:
            results = _run(units, workers, manifest)
        unwritten = _tidied(manifest)
    failed = [each for done in results for each in done.records if each.error]
    versions = {done.unit.ward.name: version_of(done) for done in results if done.is_built}
    for line in (*summary_lines(results, time.monotonic() - begun), *apart(versions)):
        say(line)
    say(f"Kết quả: {out}; từng văn bản: {out / MANIFEST}")
    told = (*note_lines(results), *error_lines(results), *failure_lines(failed, problems))
    for line in (*told, *unwritten):
        say(line, err=True)
    left = len(units) - len(results)
    if left:
        say(f"Đã dừng, còn {left} đơn vị chưa làm; các tệp đã ghi đều nguyên vẹn.", err=True)
    if left or failed or problems:
        say("Chạy lại đúng lệnh này: chỉ làm phần chưa xong hoặc đã đổi.", err=True)
    ctx.exit(1 if left or failed or problems or unwritten else 0)


def _parted(targets: Iterable[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Return the folders and the ids among ``targets``: what is a path here, and what is none."""
    paths = [each for each in targets if {"/", os.sep} & set(each) or Path(each).exists()]
    ids = tuple(each for each in dict.fromkeys(targets) if each not in paths)
    if not paths:
        what = f"“{ids[0]}” không phải thư mục nào ở đây" if ids else "chưa ghi thư mục đơn vị nào"
        raise UsageError(f"{what} — ghi thư mục của đơn vị, hoặc thư mục chứa các đơn vị")
    return [Path(each) for each in paths], ids


def _require_known(ids: Iterable[str], wards: Sequence[Ward]) -> None:
    """Raise UsageError for an id that no ward knows."""
    for name in ids:
        refused = None
        for ward in wards:
            refused = _refusal(name, ward)
            if refused is None:
                break
        if refused is not None:
            raise refused


def _refusal(name: str, ward: Ward) -> UsageError | None:
    """Return why a ward has no document of that id; its mistakes are told when it is built."""
    from vanban.app.catalogue import find_kind

    try:
        find_kind(name, ward.content)
    except UsageError as error:
        return error
    except (VanbanError, OSError):
        pass
    return None


def _require_places(out: Path, wards: Sequence[Ward]) -> None:
    """Raise UsageError where results would stand among what is read, or those of two wards as one.

    Links are followed.
    """
    places = {ward.name: out / ward.name for ward in wards}
    require_outside(out, (ward.content for ward in wards), places.values())
    known: dict[str, Path] = {}
    for place in places.values():
        other = known.setdefault(realpath(place), place)
        if other is not place:
            raise UsageError(
                f"{other} và {place} là cùng một thư mục nên kết quả sẽ ghi chồng lên nhau — xóa "
                "liên kết để mỗi đơn vị có thư mục riêng"
            )


@contextmanager
def _executor(
    scheduler: str | None, in_place: Path | None, jobs: int | None, units: int
) -> Iterator[Workers | Cluster]:
    """Yield what does the units: processes of this machine, or those of a cluster."""
    if scheduler is None:
        from vanban.io.workers import Workers, cores

        with Workers(min(jobs or cores(), max(units, 1))) as workers:
            yield workers
        return
    from vanban.app.cluster import cluster

    with cluster(scheduler, in_place, lambda line: say(line, err=True)) as found:
        yield found


def _run(units: Sequence[Unit], workers: Workers | Cluster, manifest: BatchManifest) -> list[Done]:
    """Do the units, telling of each as it is done: all, unless somebody stops it."""
    from vanban.app.batch import run_units
    from vanban.cli.batch_lines import telling

    results: list[Done] = []
    with _stopping() as stop:
        try:
            with telling(len(units)) as tell:
                for done in run_units(units, workers, stop):
                    if not done.unchanged:
                        manifest.add(done.unit.ward.name, done.records, whole=not done.unit.ids)
                    results.append(done)
                    tell(done)
        except KeyboardInterrupt:
            workers.kill()
        finally:
            workers.shutdown(wait=False, cancel_futures=True)
        return results


@contextmanager
def _stopping() -> Iterator[Event]:
    """Yield what Ctrl+C and a polite kill set; a second one is answered at once."""
    stop = Event()

    def answer(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        say("Đang dừng sau các đơn vị đang làm … (Ctrl+C lần nữa: dừng ngay)", err=True)

    before = {number: signal.signal(number, answer) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, each in before.items():
            signal.signal(number, each)


def _tidied(manifest: BatchManifest) -> list[str]:
    """Write the manifest anew where it needs that; return why it could not be written."""
    try:
        manifest.tidy()
    except MachineError as error:
        if manifest.unwritten:
            return [f"{error}; lần sau {manifest.unwritten} văn bản được dựng lại từ đầu"]
    return []
