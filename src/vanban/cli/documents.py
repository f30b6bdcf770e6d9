"""Commands about documents and the machine: build, list, doctor, schema, dossier."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    MAX_SHOWN,
    PATH,
    content_option,
    out_option,
    problem_lines,
    show_items,
    show_list,
    tell_year,
    templates_beside,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import ContentError, Problem
from vanban.invocation import command_here

if TYPE_CHECKING:
    from vanban.app.build import Built
    from vanban.app.catalogue import Unmade
    from vanban.app.load import Loaded
    from vanban.checks.state import State
    from vanban.workspace.models.agency import Deadline


@click.command(
    "build",
    cls=Command,
    help="Dựng văn bản (.docx và PDF). Không ghi mã thì dựng mọi văn bản có nội dung.",
)
@click.argument("ids", nargs=-1, metavar="[MÃ…]")
@click.option(
    "--final", is_flag=True, help="Bản để ký: chỉ dựng khi mọi văn bản đã ở trạng thái trình ký."
)
@year_option
@content_option
@out_option
@click.pass_context
def build_command(
    ctx: click.Context,
    ids: tuple[str, ...],
    final: bool,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    # A build makes many objects and soon ends: look for garbage less often.
    gc.set_threshold(100_000, 50, 50)
    from vanban.app.build import build_documents, compose_documents, epoch_date
    from vanban.app.catalogue import buildable, find_kind, year_of
    from vanban.app.load import load_content
    from vanban.render.pdf_process import PdfProcess

    kinds = tuple(find_kind(document_id) for document_id in dict.fromkeys(ids))
    fallback_date = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
    with PdfProcess() as engine:
        chosen = year_of(kinds, content, year)
        tell_year(content, year, chosen)
        loaded = load_content(content, chosen)
        templates = templates_beside(content)
        kinds = kinds or buildable(loaded.workspace)
        composed, unmade = compose_documents(kinds, loaded, templates)
        if unmade and (final or not composed):
            raise _unmade_error(unmade, out / str(chosen))
        outcome = build_documents(
            kinds,
            loaded,
            templates,
            out,
            composed=composed,
            final=final,
            see=command_here("check", year=year, content=content),
            progress=lambda document_id: say(f"Đang dựng {document_id} …"),
            fallback_date=fallback_date,
            engine=engine,
        )
    for result in outcome.built:
        document_id = result.composed.document.id
        see = command_here("check", document_id, year=year, content=content)
        _report(result, outcome.states[document_id], see)
    for line in (*outcome.notes, *_face_lines(outcome.built)):
        say()
        say(line)
    for line in _unmade_lines(unmade, out / str(chosen)):
        say(line, err=True)
    ctx.exit(1 if unmade else 0)


@click.command(
    "list", cls=Command, help="Liệt kê các văn bản: dựng được chưa, kỳ số liệu, hạn gửi."
)
@year_option
@content_option
def list_command(year: int | None, content: Path) -> None:
    from vanban.app.catalogue import CATALOGUE
    from vanban.app.load import load_content
    from vanban.workspace.folder import chosen_year, year_line

    chosen = chosen_year(content, year)
    loaded: Loaded | None = None
    problems: tuple[Problem, ...] = ()
    try:
        loaded = load_content(content, chosen)
    except ContentError as error:  # in a register, which every document reads
        problems = error.problems
    calendar = loaded.workspace.agency.calendar if loaded is not None else ()
    say(year_line(content, year, chosen) or f"Năm {chosen}")
    for kind in CATALOGUE:
        lacking = kind.lacking(content, chosen)
        reads = kind.reads(content, chosen)
        mistakes = loaded.problems_in(reads) if loaded is not None else problems
        state = "dựng được"
        if lacking is not None:
            state = f"chưa có nội dung — hãy tạo {lacking}"
        elif mistakes:
            state = f"chưa dựng được: nội dung đang có {len(mistakes)} lỗi ({mistakes[0].place} …)"
        say()
        say(f"{kind.id}: {kind.name}")
        say(f"  {state}")
        if kind.period is not None:
            for line in _period_lines(kind.period, chosen, calendar):
                say(f"  {line}")


@click.command("doctor", cls=Command, help="Kiểm tra máy này có đủ những gì cần để dựng văn bản.")
@content_option
@out_option
@click.pass_context
def doctor_command(ctx: click.Context, content: Path, out: Path) -> None:
    from vanban.app.doctor import can_build, diagnose

    checks = diagnose(content, out)
    for check in checks:
        say(f"{'[đạt]  ' if check.ok else '[thiếu]'} {check.name}: {check.detail}")
        if not check.ok:
            say(f"         cách khắc phục: {check.remedy}")
    ctx.exit(0 if can_build(checks) else 1)


@click.command(
    "schema",
    cls=Command,
    help="Ghi lược đồ JSON và từ điển khóa, để trình soạn thảo gợi ý khi gõ YAML.",
)
@content_option
@click.option(
    "--glossary",
    type=PATH,
    default=Path("docs/tu-dien.md"),
    show_default=True,
    metavar="TỆP",
    help="Nơi ghi từ điển khóa.",
)
def schema_command(content: Path, glossary: Path) -> None:
    from vanban.io.lock import locked
    from vanban.io.swap import write_files
    from vanban.workspace.schema import SCHEMA_FOLDER, schema_files
    from vanban.workspace.schema import glossary as glossary_text

    files = (*schema_files(content / SCHEMA_FOLDER), (glossary, glossary_text().encode()))
    with locked(content):
        write_files(files)
    for path, _ in files:
        say(str(path))


@click.command(
    "dossier",
    cls=Command,
    help="Lập hồ sơ tài liệu kiểm chứng: dossier.pdf, thư mục dossier/ và dossier.zip.",
)
@year_option
@content_option
@out_option
def dossier_command(year: int | None, content: Path, out: Path) -> None:
    from vanban.app.build import epoch_date
    from vanban.app.dossier import build_dossier
    from vanban.app.load import load_content
    from vanban.workspace.files import CRITERIA, EVIDENCE
    from vanban.workspace.folder import Reads, year_with

    fallback_date = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
    files = (CRITERIA, EVIDENCE)
    chosen = year_with(
        content,
        year,
        lambda each: (file.path(content, each) for file in files),
        partial(command_here, "dossier", content=content),
    )
    tell_year(content, year, chosen)
    loaded = load_content(content, chosen)
    reads = Reads.of(content, chosen, files)
    workspace = loaded.require(reads)
    say("Đang lập hồ sơ tài liệu kiểm chứng …")
    dossier = build_dossier(workspace, templates_beside(content), out, fallback_date)
    facts = dossier.facts
    say()
    say(f"hồ sơ: {len(facts.placements)} tài liệu, {facts.page_count} trang")
    warnings = (*(str(warning) for warning in facts.warnings), *loaded.remarks(reads))
    show_list("lưu ý", warnings)
    for path in dossier.paths:
        say(f"  đã tạo: {path}")


def _report(result: Built, state: State, see: str) -> None:
    """Print the state of a document, each thing once; ``see`` is the command that tells the rest.

    Counts come first, then the first of what is missing, what the registry fills in, the files.
    """
    composed = result.composed
    say()
    say(f"{composed.document.id}: {state.name}")
    for reason in state.reasons:
        say(f"  {reason}")
    if composed.missing:
        say("  dữ liệu còn thiếu:")
        show_items(tuple(str(gap) for gap in composed.missing), MAX_SHOWN)
    show_list("để trống", composed.blanks)
    show_list("lưu ý", composed.warnings, MAX_SHOWN)
    if state.draft:
        say(f"  xem từng chỗ: {see}")
    for path in result.paths:
        say(f"  đã tạo: {path}")


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


def _period_lines(period: str, year: int, calendar: tuple[Deadline, ...]) -> list[str]:
    from vanban.nd30.dates import short_date
    from vanban.workspace.periods import window

    start, end = window(period, year)
    lines = [f"kỳ số liệu: từ {short_date(start)} đến {short_date(end)}"]
    deadline = next((item for item in calendar if item.period == period), None)
    if deadline is None:
        lines.append("ngày chốt số liệu, hạn gửi: chưa khai ở lich_bao_cao trong co-quan.yaml")
    else:
        sample = " (ngày mẫu, chưa theo văn bản của cấp trên)" if deadline.sample else ""
        lines.append(f"ngày chốt số liệu: {deadline.closing}; hạn gửi: {deadline.due}{sample}")
    return lines
