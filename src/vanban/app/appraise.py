"""``vanban appraise``: points of many wards, and the tables in which they are appraised.

In: wards and the city's content folder. Out: :class:`Appraising`. A ward that cannot be read, has
no self-assessment or scored by another set of criteria is one failed ward; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.load import load_content
from vanban.app.manifest import write_made
from vanban.app.many_wards import Answer, answer, read_wards
from vanban.city.appraisal import Sum, WardPoints, set_sign, ward_points
from vanban.city.appraised import Appraised, AppraisedSum, appraised, rounds_of
from vanban.city.ranks import placed
from vanban.city.steps import self_scored
from vanban.errors import ContentError, Place, Problem
from vanban.evidence.file_facts import hashed_facts
from vanban.evidence.file_names import slug
from vanban.evidence.inspection import inspect
from vanban.exchange.appraisal_file import Ledger
from vanban.exchange.appraisal_reading import read_table
from vanban.exchange.appraisal_sheets import Standing
from vanban.exchange.appraisal_table import AppraisalTable, make_table, table_key
from vanban.exchange.appraisal_workbook import appraisal_workbook
from vanban.exchange.sent_scores import SUFFIXES, read_scores
from vanban.exchange.sent_workbook import MAX_BYTES
from vanban.io.read import read_file
from vanban.io.reasons import not_written
from vanban.workspace.files import ANSWERS, APPRAISALS, CRITERIA, EVIDENCE, REPORTS
from vanban.workspace.folder import Reads, problem_at, require_shared, shown_path, standing
from vanban.workspace.models.criteria import CriteriaSet
from vanban.workspace.periods import PERIODS
from vanban.workspace.wards import Ward, find_wards, ward_name
from vanban.workspace.workspace import Workspace

NAME = "tham-dinh"
"""The workbook, and the folder of those of wards or fields."""


class Split(StrEnum):
    """What there is a workbook of its own for."""

    NONE = "khong"
    WARD = "phuong"
    FIELD = "linh-vuc"


class Appraising(Struct, frozen=True):
    """What wards come to, and the workbooks of it.

    ``failed`` are wards without points, by name, with the first reason. ``kept`` are files that
    were left as they stood, because points were entered that the content has not, ``edited`` those
    that somebody changed otherwise, which are replaced.
    """

    year: int
    standings: tuple[Standing, ...]
    table: AppraisalTable
    failed: Mapping[str, str]
    problems: tuple[Problem, ...]
    paths: tuple[Path, ...]
    kept: tuple[Path, ...]
    edited: tuple[Path, ...]
    notes: tuple[str, ...]


def appraise(
    paths: Iterable[Path],
    content: Path,
    year: int | None,
    out: Path,
    day: date,
    split: Split = Split.NONE,
    force: bool = False,
    jobs: int | None = None,
) -> Appraising:
    """Read the wards at ``paths`` and write the workbooks of their points below ``out``.

    Raises ContentError where the city's content has mistakes, or no set of criteria.
    """
    workspace, notes = load_city(content, year)
    criteria = workspace.need(CRITERIA)
    every = tuple(paths)
    sent = [path for path in every if path.suffix.lower() in SUFFIXES and not path.is_dir()]
    wards, problems = find_wards(path for path in every if path not in sent)
    rounds = rounds_of(workspace)
    answers = list(read_wards(wards, partial(score_ward, year=workspace.year), jobs))
    names = {str(each[-1].name): ward for ward, each in rounds.items()}
    names |= {each.found.title: each.found.name for each in answers if each.found is not None}
    work = partial(_score_file, criteria=criteria, names=names)
    answers += [answer(Ward(path.name, path), work) for path in sent]
    scored, failed = _sound(answers, criteria, workspace.year)
    table = make_table(table_key(workspace, criteria), criteria, scored, rounds)
    standings = _standings(scored, workspace)
    unread = {ward_name(each.place.file): (each,) for each in problems}
    reasons = {name: each[0].message for name, each in {**unread, **failed}.items()}
    files = _files(table, criteria, standings, reasons, day, split, out / str(workspace.year))
    kept = () if force else tuple(each for each in files if _holds_more(each, workspace, criteria))
    edited = write_made(out, {path: files[path] for path in files if path not in kept})
    told = (problem for each in failed.values() for problem in each)
    return Appraising(
        workspace.year,
        standings,
        table,
        reasons,
        (*problems, *told),
        tuple(files),
        kept,
        edited,
        notes,
    )


def load_city(content: Path, year: int | None) -> tuple[Workspace, tuple[str, ...]]:
    """Return the city's content, with its set of criteria and points given so far, and remarks."""
    loaded = load_content(content, year)
    chosen = loaded.workspace.year
    if loaded.require(Reads.of(content, chosen, (CRITERIA,))).criteria is None:
        raise ContentError([_no_criteria(content, chosen)])  # all points would be told one by one
    reads = Reads.of(content, chosen, (CRITERIA, APPRAISALS))
    workspace = loaded.require(reads)
    return workspace, loaded.remarks(reads)


def _no_criteria(content: Path, year: int) -> Problem:
    common = require_shared(content)
    if common is not None:
        message = "bộ dùng chung chưa có bộ tiêu chí của năm này — người phụ trách bộ ấy thêm tệp"
        return problem_at(CRITERIA.path(common, year), message)
    message = (
        "chưa có bộ tiêu chí của năm này — cơ quan thẩm định đọc chung bộ của các đơn vị: ghi "
        "dung_chung trong co-quan.yaml, hoặc chép tệp vào đây"
    )
    return problem_at(CRITERIA.path(content, year), message)


def score_ward(ward: Ward, year: int) -> WardPoints:
    """Return the points of one ward; raises ContentError where it has none of that year."""
    loaded = load_content(ward.content, year)
    workspace = loaded.require(Reads.of(ward.content, year, (CRITERIA, ANSWERS, EVIDENCE)))
    for file in (CRITERIA, ANSWERS):
        if workspace.entry(file) is None:
            source = shown_path(standing(file, ward.content, year))
            message = f"đơn vị chưa có {file.title.lower()} năm {year} — đề nghị đơn vị gửi"
            raise ContentError.at(source, message)
    folder = REPORTS.path(ward.content, year)
    there = {name for name in PERIODS if (folder / f"{name}.yaml").exists()}
    broken = there - workspace.reports.keys()
    return ward_points(ward_id(ward), workspace, inspect(workspace, hashed_facts), broken)


def _score_file(ward: Ward, criteria: CriteriaSet, names: Mapping[str, str]) -> WardPoints:
    """Return the points of a ward of which only a file came, by its name where one is known.

    ``names`` are those of wards by what letters call them.
    """
    found = read_scores(ward.content, criteria)
    return replace(found, name=names.get(found.title, found.name))


def ward_id(ward: Ward) -> str:
    """Return what the city's files call a ward: the name of its folder in plain small letters."""
    return slug(ward.name).lower()


def _sound(
    answers: Iterable[Answer[WardPoints]], criteria: CriteriaSet, year: int
) -> tuple[tuple[WardPoints, ...], dict[str, tuple[Problem, ...]]]:
    """Return wards whose points can be compared, and the problems of the others by their names."""
    scored: dict[str, WardPoints] = {}
    failed: dict[str, tuple[Problem, ...]] = {}
    sign = set_sign(criteria)
    for each in answers:
        ward, found = each.ward, each.found
        if found is None:
            failed[ward.name] = each.problems
        elif found.criteria != sign:
            place = Place(shown_path(standing(CRITERIA, ward.content, year)))
            where = _first_difference(found, criteria)
            message = f"khác bộ tiêu chí của cơ quan thẩm định ở {where} nên không so được điểm"
            failed[ward.name] = (Problem(place, "", f"{message} — dùng chung một bộ"),)
        elif found.name in scored:
            message = f"đơn vị này đã tính rồi, hoặc trùng tên không dấu ({found.name}) — bớt một"
            failed[ward.name] = (problem_at(ward.content, message),)
        else:
            scored[found.name] = found
    return tuple(scored.values()), failed


def _first_difference(ward: WardPoints, criteria: CriteriaSet) -> str:
    own = {leaf.code: leaf.maximum for leaf in ward.leaves}
    others = {part.code: part.maximum for part in self_scored(criteria)}
    for code in (*others, *own):
        if own.get(code) != others.get(code):
            return f"tiêu chí {code}"
    return "cách tính của tiêu chí"


def _standings(wards: tuple[WardPoints, ...], workspace: Workspace) -> tuple[Standing, ...]:
    """Return the wards in the order of their ranks, with what their last rounds came to."""
    criteria, rounds = workspace.need(CRITERIA), rounds_of(workspace)
    last = {
        ward.name: appraised(rounds[ward.name][-1], criteria)
        for ward in wards
        if ward.name in rounds
    }
    own = placed({ward.name: ward.sum().share for ward in wards})
    given = {name: Sum(total.appraised, total.maximum) for name, total in _sums(last)}
    whole = {name: each.share for name, each in given.items() if not last[name].pending}
    after = placed(whole)
    lines = [
        Standing(
            ward,
            own[ward.name].place,
            given.get(ward.name),
            after[ward.name].place if ward.name in after else None,
            last[ward.name].file.round if ward.name in last else 0,
            len(last[ward.name].pending) if ward.name in last else 0,
        )
        for ward in wards
    ]
    return tuple(sorted(lines, key=lambda each: (each.rank, each.ward.short)))


def _sums(rounds: Mapping[str, Appraised]) -> Iterator[tuple[str, AppraisedSum]]:
    for name, each in rounds.items():
        if each.points:
            yield name, each.sum()


def _files(
    table: AppraisalTable,
    criteria: CriteriaSet,
    standings: tuple[Standing, ...],
    failed: Mapping[str, str],
    day: date,
    split: Split,
    folder: Path,
) -> dict[Path, bytes]:
    if split is Split.NONE:
        data = appraisal_workbook(table, criteria, standings, failed, day)
        return {folder / f"{NAME}.xlsx": data}
    # The whole stays in one workbook to look at; points are entered in the others.
    summary = AppraisalTable(table.key, ())
    files = {folder / f"{NAME}.xlsx": appraisal_workbook(summary, criteria, standings, failed, day)}
    parts = table.by_ward() if split is Split.WARD else table.by_field()
    for name, each in parts:
        path = folder / NAME / f"{name}.xlsx"
        files[path] = appraisal_workbook(each, criteria, (), {}, day)
    return files


def _holds_more(path: Path, workspace: Workspace, criteria: CriteriaSet) -> bool:
    """Say whether a file at ``path`` has points that the content has not, or nobody can tell."""
    try:
        data = read_file(path, MAX_BYTES)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise not_written(path, error) from error
    try:
        taken = read_table(data, "", table_key(workspace, criteria), workspace.sub_criteria)
    except ContentError:
        return True
    ledgers = {
        (file.ward, file.round): Ledger.of(file)
        for files in rounds_of(workspace).values()
        for file in files
    }
    return bool(taken.problems) or any(
        each.points is not None
        and not any(
            ledger.has(each)
            for number in (each.key.round, each.key.round - 1)  # a new round begins with the last
            if (ledger := ledgers.get((each.key.ward, number))) is not None
        )
        for each in taken.rows
    )
