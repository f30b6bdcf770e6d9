"""The build command: documents to files, or the word that nothing has changed since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanban.cli.base import (
    MAX_SHOWN,
    content_option,
    engine_option,
    item_lines,
    list_lines,
    out_option,
    problem_lines,
    say_replaced,
    tell_year,
    templates_beside,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.said_again import answer
from vanban.cli.screen import say
from vanban.errors import ContentError
from vanban.invocation import command_here, option_here

if TYPE_CHECKING:
    from vanban.app.build import Built, Outcome
    from vanban.app.composing import Unmade
    from vanban.app.manifest import Manifest
    from vanban.checks.state import State


@dataclass(frozen=True)
class Asked:
    """What a build was asked for: the arguments and options of the command, by their names.

    ``epoch`` is what SOURCE_DATE_EPOCH says.
    """

    ids: tuple[str, ...]
    final: bool
    force: bool
    engine: str
    separate_annexes: bool
    year: int | None
    content: Path
    out: Path
    epoch: str | None


@click.command(
    "build",
    cls=Command,
    help="Dựng văn bản (.docx và PDF). Không ghi mã thì dựng mọi văn bản có nội dung.",
)
@click.argument("ids", nargs=-1, metavar="[MÃ…]")
@click.option(
    "--final", is_flag=True, help="Bản để ký: chỉ dựng khi mọi văn bản đã ở trạng thái trình ký."
)
@click.option("--force", is_flag=True, help="Dựng lại cả khi nội dung không đổi.")
@engine_option
@click.option(
    "--separate-annexes",
    is_flag=True,
    help="Mỗi phụ lục một tệp riêng để ký số (MÃ-phu-luc-1.docx, .pdf …); văn bản chính không kèm.",
)
@year_option
@content_option
@out_option
@click.pass_context
def build_command(ctx: click.Context, /, **options: Any) -> None:
    from vanban.app.inputs import file_hash
    from vanban.app.manifest import Done

    asked = Asked(**options, epoch=os.environ.get("SOURCE_DATE_EPOCH"))
    year, content, out = asked.year, asked.content, asked.out

    def work(manifest: Manifest) -> Done:
        outcome, unmade, chosen = _build(asked, manifest)
        files = manifest.hashes(path for each in outcome.built for path in each.paths)
        against = {problem.place.file for each in unmade for problem in each.problems}
        kept = {path: file_hash(path) for path in against if path.is_relative_to(out)}
        files |= {path: digest for path, digest in kept.items() if digest is not None}
        told = (f"{chosen}/{name}" for name in _told_of(outcome, unmade))
        beside = manifest.beside(told, (path.relative_to(out).as_posix() for path in files))
        for line in _outcome_lines(outcome, year, content):
            say(line)
        for line in _unmade_lines(unmade, out / str(chosen)):
            say(line, err=True)
        return Done(1 if unmade else 0, files, beside)

    answer(
        ctx,
        (
            *sorted(set(asked.ids)),
            asked.final,
            asked.engine,
            asked.separate_annexes,
            year,
            asked.epoch,
        ),
        content,
        out,
        work,
        force=asked.force,
        unchanged=lambda files: (
            f"Không đổi từ lần dựng trước: giữ nguyên {files} tệp "
            f"(dựng lại: {option_here('--force')})."
        ),
    )


def _build(asked: Asked, manifest: Manifest) -> tuple[Outcome, list[Unmade], int]:
    """Build; return what was made, what could not be, and the year."""
    from vanban.app.build import (
        build_documents,
        compose_documents,
        epoch_date,
        keep_signed,
        started,
    )
    from vanban.app.catalogue import buildable, find_kind, year_of
    from vanban.app.load import load_content

    year, content, out = asked.year, asked.content, asked.out
    kinds = tuple(find_kind(document_id, content) for document_id in dict.fromkeys(asked.ids))
    fallback_date = epoch_date(asked.epoch)
    with started(asked.engine) as engine:
        chosen = year_of(kinds, content, year)
        tell_year(content, year, chosen)
        loaded = load_content(content, chosen)
        templates = templates_beside(content)
        kinds = kinds or buildable(loaded.workspace)
        composed, unmade = compose_documents(kinds, loaded, templates)
        composed, kept = keep_signed(composed, out / str(chosen), content)
        unmade += kept
        if unmade and (asked.final or not composed):
            raise _unmade_error(unmade, out / str(chosen))
        names = [f"{chosen}/{item.document.id}" for item in composed]
        say_replaced(manifest.edited_of(names))
        if asked.force:
            manifest.forget(names)
        outcome = build_documents(
            kinds,
            loaded,
            templates,
            out,
            composed=composed,
            final=asked.final,
            see=command_here("check", year=year, content=content),
            progress=lambda document_id: say(f"Đang dựng {document_id} …", once=True),
            fallback_date=fallback_date,
            engine=engine,
            manifest=manifest,
            separate_annexes=asked.separate_annexes,
        )
    return outcome, unmade, chosen


def _told_of(outcome: Outcome, unmade: Iterable[Unmade]) -> Iterator[str]:
    """Yield patterns of names of files in the folder of the year that the build tells of."""
    from vanban.compose.annex_files import SUFFIX

    for name in (*(each.composed.document.id for each in outcome.built), *_ids(unmade)):
        yield f"{name}-{SUFFIX}-*.pdf"
    for name in _ids(unmade):
        yield f"{name}.*"


def _ids(unmade: Iterable[Unmade]) -> Iterator[str]:
    return (each.kind.id for each in unmade)


def _outcome_lines(outcome: Outcome, year: int | None, content: Path) -> Iterator[str]:
    for result in outcome.built:
        document_id = result.composed.document.id
        see = command_here("check", document_id, year=year, content=content)
        yield from _report(result, outcome.states[document_id], see)
    for line in (*outcome.notes, *outcome.left, *_face_lines(outcome.built)):
        yield ""
        yield line


def _report(result: Built, state: State, see: str) -> Iterator[str]:
    """Yield the state of a document, each thing once; ``see`` is the command that tells the rest.

    Counts come first, then the first of what is missing, what the registry fills in, the files.
    """
    composed = result.composed
    yield ""
    yield f"{composed.document.id}: {state.name}"
    for reason in state.reasons:
        yield f"  {reason}"
    if composed.missing:
        yield "  dữ liệu còn thiếu:"
        yield from item_lines(tuple(str(gap) for gap in composed.missing), MAX_SHOWN)
    yield from list_lines("để trống", composed.blanks)
    yield from list_lines("lưu ý", composed.warnings, MAX_SHOWN)
    if state.draft:
        yield f"  xem từng chỗ: {see}"
    for path in result.paths:
        yield f"  đã tạo: {path}"


def _unmade_error(unmade: Iterable[Unmade], folder: Path) -> ContentError:
    """Return the error of a build that makes nothing; ``folder`` is where the files would go."""
    unmade = tuple(unmade)
    problems = [problem for each in unmade for problem in each.problems]
    return ContentError(problems, [line for each in unmade for line in _old_files(each, folder)])


def _unmade_lines(unmade: Iterable[Unmade], folder: Path) -> Iterator[str]:
    """Yield the problems of all, then a line for each document, with what became of its files."""
    unmade = tuple(unmade)
    if unmade:
        yield ""
    yield from problem_lines(sorted({problem for each in unmade for problem in each.problems}))
    for each in unmade:
        files = dict.fromkeys(str(problem.place.file) for problem in each.problems)
        yield f"Chưa dựng được {each.kind.id}: {len(each.problems)} lỗi ở {', '.join(files)}."
        yield from _old_files(each, folder)


def _old_files(unmade: Unmade, folder: Path) -> Iterator[str]:
    old = [path for path in sorted(folder.glob(f"{unmade.kind.id}.*")) if path.is_file()]
    if old:
        names = ", ".join(str(path) for path in old)
        yield f"{names}: vẫn còn là bản của lần dựng trước, chưa theo nội dung mới."


def _face_lines(results: Iterable[Built]) -> Iterator[str]:
    """Yield which face the PDFs carry, where it is not Times New Roman itself."""
    from vanban.layout.fonts import stand_in

    for face in dict.fromkeys(result.face for result in results):
        if stand_in(face):
            yield f"Chữ trong PDF: {stand_in(face)}."
