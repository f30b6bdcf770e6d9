"""``vanban gather``: many wards → what they say of a period, the workbook, the city's file.

A ward that cannot be read is there without figures, and why. What was gathered is written into the
city's content as one change; the same wards give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vanban.app.load import load_content
from vanban.app.many_wards import Answer, read_wards
from vanban.app.ward_figures import WardFound, gather_ward, register, within
from vanban.city.gathered import Concern, Gathered, GatheredWard, Matter
from vanban.city.gathered_file import gathered_bytes
from vanban.city.outliers import Outlier, outliers
from vanban.errors import ContentError, Place, Problem, UsageError, printable
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.swap import write_files
from vanban.workspace.files import GATHERED
from vanban.workspace.folder import chosen_year, shown_path
from vanban.workspace.periods import PERIODS
from vanban.workspace.wards import Ward, find_wards
from vanban.workspace.workspace import Workspace


@dataclass(frozen=True)
class Gathering:
    """What came of a gathering; ``written`` says that the city's file is another than before.

    ``roots`` are the folders that the places of concerns are told from, by ward; ``problems`` tell
    of paths that are no ward.
    """

    gathered: Gathered
    concerns: tuple[Concern, ...]
    far: tuple[Outlier, ...]
    roots: dict[str, Path]
    problems: tuple[Problem, ...]
    file: Path
    workbook: Path
    written: bool


def gather(
    paths: Iterable[Path],
    period: str,
    content: Path,
    year: int | None,
    out: Path,
    stamp: Stamp,
    jobs: int | None = None,
) -> Gathering:
    """Gather ``period`` of the wards at ``paths`` for the city whose content folder is given.

    Raises UsageError for a period that there is none of and for a city that is one of its wards,
    ContentError where no ward has figures, or the city's registers have mistakes.
    """
    if period not in PERIODS:
        raise UsageError(f"không có kỳ “{period}” — chọn trong: {', '.join(PERIODS)}")
    wards, problems = find_wards(paths)
    _refuse_itself(wards, content)
    chosen = chosen_year(content, year)
    city = load_content(content, chosen).workspace
    known = register(city)
    work = partial(gather_ward, year=chosen, period=period, city=known)
    found = [_found(each) for each in read_wards(wards, work, jobs)]
    gathered = Gathered(period, chosen, tuple(each.ward for each in found))
    if not gathered.reporting:
        raise ContentError(
            [*problems, *(_why(each, ward) for each, ward in zip(found, wards, strict=True))]
        )
    concerns = tuple(concern for each in found for concern in each.concerns)
    far = outliers(gathered, city.all_indicators())
    file = GATHERED.path(content, chosen) / f"{period}.yaml"
    workbook = out / str(chosen) / f"tong-hop-{period}.xlsx"
    write_files([(workbook, _workbook(city, gathered, concerns, far))])
    return Gathering(
        gathered,
        concerns,
        far,
        {ward.name: ward.content.absolute().parent for ward in wards},
        problems,
        shown_path(file),
        shown_path(workbook),
        _write(content, file, gathered_bytes(gathered, known), stamp),
    )


@dataclass(frozen=True)
class _Book:
    """What the properties of the workbook name."""

    title: str
    author: str
    shared_version: str


def _refuse_itself(wards: Iterable[Ward], content: Path) -> None:
    for ward in wards:
        if ward.content.resolve() == content.resolve():
            raise UsageError(
                f"{content} là của một trong các đơn vị — ghi --content là thư mục nội dung của "
                "nơi tổng hợp (tạo bằng lệnh new city)"
            )


def _found(answer: Answer[WardFound]) -> WardFound:
    """Return what a ward gave; one that gave nothing is there without figures, and why."""
    if answer.found is not None:
        return answer.found
    ward, (first, *others) = answer.ward, answer.problems
    more = f" (và {len(others)} lỗi nữa)" if others else ""
    why = printable(first.message) + more
    place = within(ward.content.absolute().parent, first.place)
    concern = Concern(ward.name, Matter.UNREAD, why, first.key, place)
    return WardFound(GatheredWard(ward.name, absence=why), (concern,))


def _why(found: WardFound, ward: Ward) -> Problem:
    """Return why a ward has no figures, where nothing else is told."""
    return Problem(Place(shown_path(ward.content)), "", found.ward.absence)


def _workbook(
    city: Workspace, gathered: Gathered, concerns: Iterable[Concern], far: Iterable[Outlier]
) -> bytes:
    from vanban.compose.city_figures import CityFigures
    from vanban.compose.city_workbook import city_workbook
    from vanban.compose.furniture import SAMPLE_BANNER
    from vanban.render.xlsx import render_xlsx

    author = str(city.agency.name)
    banner = SAMPLE_BANNER if gathered.sample else ""
    figures = CityFigures(gathered, city.indicators, author, banner)
    title = f"Tổng hợp số liệu của các đơn vị, {gathered.title}"
    book = _Book(title, author, city.shared_version)
    return render_xlsx(city_workbook(figures, concerns, far), book, None)


def _write(content: Path, file: Path, data: bytes, stamp: Stamp) -> bool:
    """Write the city's file unless it is that already; say whether it was another."""
    with locked(content):
        if file.exists() and file.read_bytes() == data:
            return False
        write_change(content, [(file, data)], stamp)
        return True
