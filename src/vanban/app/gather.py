"""``vanban gather``: many wards → what they say of a period, the workbook, the city's file.

A ward that cannot be read is there without figures, and why. What was gathered is written into the
city's content as one change; the same wards give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from vanban.app.load import load_content
from vanban.app.manifest import write_made
from vanban.app.many_wards import read_wards
from vanban.app.ward_figures import gather_ward, register, within
from vanban.app.ward_sources import Sources, find_sources, once
from vanban.city.gathered import Concern, Gathered, GatheredWard, Matter, WardFound
from vanban.city.gathered_file import gathered_bytes
from vanban.city.outliers import Outlier, outliers
from vanban.errors import ContentError, Place, Problem, UsageError, printable
from vanban.exchange.report_file import read_report_file
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.reasons import told_of
from vanban.nd30.communes import COMMUNES
from vanban.workspace.files import GATHERED
from vanban.workspace.folder import chosen_year, shown_path
from vanban.workspace.periods import know_period
from vanban.workspace.workspace import Workspace


class Gathering(Struct, frozen=True):
    """What came of a gathering; ``written`` says that the city's file is another than before,
    ``edited`` what somebody changed of its results, which are replaced.

    ``paths`` are what each ward was read from, by its name; ``problems`` tell of paths that are no
    ward, or one that is there already.
    """

    gathered: Gathered
    concerns: tuple[Concern, ...]
    far: tuple[Outlier, ...]
    paths: dict[str, Path]
    problems: tuple[Problem, ...]
    file: Path
    workbook: Path
    written: bool
    edited: tuple[Path, ...]


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
    know_period(period)
    chosen = chosen_year(content, year)
    city = load_content(content, chosen).workspace
    _refuse_commune(city)
    sources = find_sources(paths, period)
    found, twice = once(_found(sources, city, period, jobs), sources.paths)
    gathered = Gathered(period, chosen, tuple(each.ward for each in found))
    problems = (*sources.problems, *twice)
    if not gathered.reporting:
        raise ContentError([*problems, *(_absence(each, sources) for each in found)])
    concerns = tuple(concern for each in found for concern in each.concerns)
    far = outliers(gathered, city.all_indicators())
    file = GATHERED.path(content, chosen) / f"{period}.yaml"
    workbook = out / str(chosen) / f"tong-hop-{period}.xlsx"
    edited = write_made(out, {workbook: _workbook(city, gathered, concerns, far)})
    return Gathering(
        gathered,
        concerns,
        far,
        sources.paths,
        problems,
        shown_path(file),
        shown_path(workbook),
        _write(content, file, gathered_bytes(gathered, city.indicators_by_id), stamp),
        edited,
    )


class _Book(Struct, frozen=True):
    """What the properties of the workbook name."""

    title: str
    author: str
    shared_version: str


def _refuse_commune(city: Workspace) -> None:
    """Refuse content of a commune, which gathers nothing: somebody forgot to say whose it is."""
    if city.agency.common_noun in COMMUNES:
        raise UsageError(
            f"{city.root} là nội dung của {city.agency.territory} — ghi --content là thư mục nội "
            "dung của tỉnh, thành phố, sở (tạo bằng lệnh new city)"
        )


def _found(sources: Sources, city: Workspace, period: str, jobs: int | None) -> Iterator[WardFound]:
    """Yield what each ward gives, those by their folders first; the city itself is none."""
    own = city.root.resolve()
    wards = [each for each in sources.wards if each.content.resolve() != own]
    work = partial(gather_ward, year=city.year, period=period, city=register(city))
    for answer in read_wards(wards, work, jobs):
        root = answer.ward.content.absolute().parent
        yield answer.found or _unread(answer.ward.name, root, answer.problems)
    for name, problem in sources.absent:
        yield _unread(name, problem.place.file.absolute().parent, [problem])
    for file in sources.files:
        try:
            found = read_report_file(file.path, file.name, city.year, period, city.indicators)
        except ContentError as error:
            found = _unread(file.name, Path(), error.problems)
        except Exception as error:  # one file stops no ward
            place = Place(Path(file.path.name))
            found = _unread(file.name, Path(), [Problem(place, "", told_of(error))])
        yield found


def _unread(name: str, root: Path, problems: Sequence[Problem]) -> WardFound:
    """Return a ward that gave nothing: it is there without figures, and why."""
    first, *others = problems
    why = printable(first.message) + (f" (và {len(others)} lỗi nữa)" if others else "")
    place = within(root, first.place) if root != Path() else str(first.place)
    concern = Concern(name, Matter.UNREAD, why, first.key, place)
    return WardFound(GatheredWard(name, absence=why), (concern,))


def _absence(found: WardFound, sources: Sources) -> Problem:
    """Return why a ward has no figures, at its place."""
    (concern,) = found.concerns
    root = sources.paths[found.ward.name].absolute().parent
    return Problem(Place(shown_path(root / concern.place)), concern.about, concern.text)


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
        before = file.read_bytes() if file.exists() else None
        if before == data:
            return False
        write_change(content, [(file, data)], stamp, {file: before})
        return True
