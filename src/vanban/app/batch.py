"""Building for many wards: one ward is one unit of work, done in whatever process.

In: units, and an executor (:mod:`concurrent.futures`) of processes, here or elsewhere. Out: for
each ward, as it is done, what became of its documents. :func:`run_unit` reads the content of a ward
once, composes, checks and writes its documents to the folder of its results, as a build in the ward
would, byte by byte; it raises nothing, so that no ward stops another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vanban.app.batch_manifest import SIGNED, DocumentRecord
from vanban.app.inputs import Inputs, file_hash
from vanban.app.manifest import REPLACED, Manifest, read_manifest
from vanban.app.unit import Done, Unit, known_by, program, unchanged, unit_inputs
from vanban.errors import ContentError, Problem, UsageError, VanbanError
from vanban.io.lock import settle
from vanban.io.reasons import reason_of, told_of
from vanban.io.signed import is_signed
from vanban.io.swap import recover
from vanban.io.workers import WorkerDied
from vanban.workspace.folder import chosen_year, shown_path, templates_of
from vanban.workspace.shared_version import version_name

if TYPE_CHECKING:
    from vanban.app.build import Outcome
    from vanban.app.catalogue import Kind
    from vanban.app.load import Loaded
    from vanban.checks.finding import Finding
    from vanban.workspace.workspace import Workspace

DOSSIER = "dossier"
"""What the dossier of evidence is called among the documents of a ward."""
SOON = 0.2
"""Seconds until a stop is noticed."""


def run_units(units: Iterable[Unit], executor: Executor, stop: Event) -> Iterator[Done]:
    """Yield what becomes of each unit, as it is done; after ``stop`` is set none is begun."""
    finished: SimpleQueue[Future[Done]] = SimpleQueue()
    waiting: dict[Future[Done], Unit] = {}
    for unit in units:
        if stop.is_set():
            break
        future = executor.submit(run_unit, unit)
        waiting[future] = unit
        future.add_done_callback(finished.put)
    while waiting:
        with suppress(Empty):
            future = finished.get(timeout=SOON)
            unit = waiting.pop(future)
            if not future.cancelled():
                yield _result(future, unit)
        if stop.is_set():
            for each in tuple(waiting):
                each.cancel()


def _result(future: Future[Done], unit: Unit) -> Done:
    """Return what became of a unit, where its process died or could not answer, too."""
    try:
        return future.result()
    except WorkerDied as error:
        how = f"mã {error.status}" if error.status is not None else "không rõ mã"
        message = (
            f"tiến trình dựng đơn vị này bị dừng đột ngột ({how}) cả hai lần — xem bộ nhớ của máy, "
            "hoặc dựng riêng đơn vị này để biết văn bản nào"
        )
    except VanbanError as error:
        message = error.lines[0]
    except Exception as error:  # of whatever executor
        message = f"tiến trình dựng đơn vị này không trả kết quả: {error!r}"
    return Done(unit, (_failed(unit, "", [_at(unit, message)]),))


def run_unit(unit: Unit) -> Done:
    """Build a ward and return what became of it, mistakes and faults of the program included."""
    key = ""
    try:
        if not unit.ward.content.is_dir():
            return Done(unit, (_failed(unit, "", [_at(unit, GONE)]),))
        inputs = unit_inputs(unit)
        key = inputs.key
        as_before = unchanged(unit, key)
        if as_before is not None:
            return as_before
        settle(unit.ward.content)
        recover(unit.out, *sorted(unit.out.glob("*/")))
        done = _done(unit)
        # Edited meanwhile, maybe back: nobody knows which of it was read.
        return known_by(done, key if unit_inputs(unit) == inputs else "")
    except ContentError as error:
        lines = [str(each) for each in error.problems]
    except OSError as error:
        lines = [_at(unit, f"{error.filename or 'máy không làm được'}: {reason_of(error)}")]
    except Exception as error:  # a fault of the program is told too, and stops no other ward
        lines = [_at(unit, told_of(error))]
    return Done(unit, (_failed(unit, "", lines, key),))


GONE = "thư mục nội dung của đơn vị không còn ở đây — xem lại thư mục hoặc đường mạng"


def landed(done: Done, unit: Unit, inputs: Inputs | None, files: Container[str]) -> Done:
    """Return what was ``done`` elsewhere for ``unit``, which had these ``inputs`` when it was sent.

    Of the ``files`` of its results, which are replaced now, those edited meanwhile are told.
    """
    now, manifest = unit_inputs(unit), read_manifest(unit.out)
    edited = manifest.edited_of(f"{each.year}/{each.document}" for each in done.records)
    lines = _edited(path for path in edited if path.relative_to(unit.out).as_posix() in files)
    notes = tuple(dict.fromkeys((*done.notes, *lines)))
    done = replace(done, unit=unit, notes=notes)
    return known_by(done, now.key if now == inputs else "")


def _edited(paths: Iterable[Path]) -> list[str]:
    return [f"{shown_path(path)}: {REPLACED}" for path in paths]


def _done(unit: Unit) -> Done:
    from vanban.app.build import build_documents, compose_documents, keep_signed, started
    from vanban.app.catalogue import buildable
    from vanban.app.load import load_content

    marks = [("", perf_counter())]

    def begin(document: str) -> None:
        marks.append((document, perf_counter()))

    content = unit.ward.content
    kinds, unknown = _kinds(unit)
    year = chosen_year(content, unit.year)
    loaded, templates = load_content(content, year), templates_of(content)
    kinds = kinds if unit.ids else buildable(loaded.workspace)
    composed, unmade = compose_documents(kinds, loaded, templates)
    composed, kept = keep_signed(composed, unit.out / str(year), content)
    manifest = read_manifest(unit.out)
    manifest.program = program()
    names = [f"{year}/{item.document.id}" for item in composed]
    edited = _edited(manifest.edited_of(names))
    if unit.force:
        manifest.forget(names)
    with started(unit.engine) as engine:
        outcome = build_documents(
            kinds,
            loaded,
            templates,
            unit.out,
            composed=composed,
            final=False,
            see="",
            progress=begin,
            fallback_date=unit.stamp,
            engine=engine,
            manifest=manifest,
            states_only=False,
        )
    begin("")
    manifest.write()
    records = [*_records(outcome, loaded.workspace, manifest), *unknown]
    records += (_failed(unit, each.kind.id, each.problems) for each in unmade)
    signed = {each.kind.id: [problem.place.file for problem in each.problems] for each in kept}
    records += (_kept(unit, name, paths) for name, paths in signed.items())
    if unit.dossier:
        begin(DOSSIER)
        records.append(_dossier(unit, loaded, templates, manifest))
    if not records:
        message = f"năm {year} chưa có nội dung của văn bản nào — thêm nội dung, hoặc chọn --year"
        records = [_failed(unit, "", [_at(unit, message)])]
    begin("")
    shared = version_name(content)
    own = {name: end - start for (name, start), (_, end) in pairwise(marks) if name}
    share = (marks[-1][1] - marks[0][1] - sum(own.values())) / len(records)
    whole = tuple(
        replace(
            each,
            ward=unit.ward.name,
            year=year,
            seconds=round(share + own.get(each.document, 0), 3),
            engine=unit.engine,
            shared=shared,
            of=len(records),
            notes=() if number else outcome.notes,
        )
        for number, each in enumerate(records)
    )
    return Done(unit, whole, notes=(*edited, *outcome.notes, *outcome.left))


def _kinds(unit: Unit) -> tuple[tuple[Kind, ...], tuple[DocumentRecord, ...]]:
    """Return the kinds that a unit asks for, and the records of ids that the ward lacks."""
    from vanban.app.catalogue import find_kind

    kinds: list[Kind] = []
    unknown: list[DocumentRecord] = []
    for name in dict.fromkeys(unit.ids):
        try:
            kinds.append(find_kind(name, unit.ward.content))
        except UsageError as error:
            unknown.append(_failed(unit, name, [_at(unit, str(error))]))
    return tuple(kinds), tuple(unknown)


COUNTED = ("error", "warning", "info", "accepted", "missing")


def _records(
    outcome: Outcome, workspace: Workspace, manifest: Manifest
) -> Iterator[DocumentRecord]:
    """Yield what became of each document that was built."""
    for built in outcome.built:
        name = built.composed.document.id
        counts = dict.fromkeys(COUNTED, 0) | Counter(
            "accepted" if each.excused else str(each.severity)
            for each in (
                *outcome.reviewed.of((name,)),
                *_findings_of_form(built.paths[0], workspace),
            )
        )
        counts["missing"] = len(built.composed.missing)
        files = manifest.renderings[f"{workspace.year}/{name}"].files
        yield DocumentRecord("", name, state=outcome.states[name].name, counts=counts, files=files)


def _findings_of_form(built: Path, workspace: Workspace) -> tuple[Finding, ...]:
    """Return what is wrong with the form of a file, those marked that the content accepts."""
    from vanban.app.check import form_of
    from vanban.checks.excuses import excuse

    _, report = form_of(built, workspace)
    return excuse(report.findings, workspace.review)[0]


def _dossier(unit: Unit, loaded: Loaded, templates: Path, manifest: Manifest) -> DocumentRecord:
    """Assemble the evidence of a ward and return what became of it."""
    from vanban.app.dossier import build_dossier, dossier_paths, keep_signed
    from vanban.workspace.files import CRITERIA, EVIDENCE, EVIDENCE_FILES
    from vanban.workspace.folder import Reads

    content, year = unit.ward.content, loaded.workspace.year
    paths = dossier_paths(unit.out / str(year))
    if is_signed(paths[0]):
        return _kept(unit, DOSSIER, paths[:1])
    try:
        workspace = loaded.require(Reads.of(content, year, (CRITERIA, EVIDENCE)))
        keep_signed(sorted(paths[1].rglob("*.pdf")), content / str(year) / EVIDENCE_FILES)
        made = build_dossier(workspace, templates, unit.out, unit.stamp, manifest.announce)
    except ContentError as error:
        return _failed(unit, DOSSIER, error.problems)
    except VanbanError as error:
        return _failed(unit, DOSSIER, [_at(unit, error.lines[0])])
    files = {path.relative_to(unit.out).as_posix(): made.hashes[path] for path in made.paths}
    counts = {"warning": len(made.facts.warnings), "missing": len(made.notes)}
    return DocumentRecord(unit.ward.name, DOSSIER, state=ASSEMBLED, counts=counts, files=files)


def _kept(unit: Unit, document: str, paths: Iterable[Path]) -> DocumentRecord:
    """Return the record of a document that is kept as it is, for ``paths`` of it are signed."""
    return DocumentRecord(unit.ward.name, document, state=SIGNED, files=_files(unit, paths))


def _files(unit: Unit, paths: Iterable[Path]) -> dict[str, str]:
    """Return the hashes of results by their names."""
    hashes = {path.relative_to(unit.out).as_posix(): file_hash(path) for path in paths}
    return {name: digest for name, digest in hashes.items() if digest is not None}


ASSEMBLED = "đã lập"
"""The state of a dossier, which bears none of its own."""


def _failed(
    unit: Unit, document: str, problems: Iterable[Problem | str], key: str = ""
) -> DocumentRecord:
    first, *more = map(str, problems)
    return DocumentRecord(
        unit.ward.name,
        document,
        unit.year,
        error=first,
        more=len(more),
        engine=unit.engine,
        key=key,
        of=1,
    )


def _at(unit: Unit, message: str) -> str:
    """Return a line about a ward as a whole."""
    return f"{shown_path(unit.ward.content)}: {message}"
