"""Commands about documents and the machine: build, list, doctor, schema, dossier."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import (
    PATH,
    content_option,
    out_option,
    show_list,
    tell_year,
    templates_beside,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.said_again import answer
from vanban.cli.screen import say
from vanban.errors import ContentError, Problem
from vanban.invocation import command_here, option_here

if TYPE_CHECKING:
    from vanban.app.load import Loaded
    from vanban.app.manifest import Manifest
    from vanban.workspace.models.agency import Deadline


@click.command(
    "list", cls=Command, help="Liệt kê các văn bản: dựng được chưa, kỳ số liệu, hạn gửi."
)
@year_option
@content_option
@out_option
@click.pass_context
def list_command(ctx: click.Context, year: int | None, content: Path, out: Path) -> None:
    from vanban.app.manifest import Done
    from vanban.workspace.shared_version import shared_line

    shared = shared_line(content)  # it may be another while nothing that is read changed

    def work(manifest: Manifest) -> Done:
        _list(year, content, shared)
        return Done()

    answer(ctx, (year, shared), content, out, work)


def _list(year: int | None, content: Path, shared: str | None) -> None:
    from vanban.app.catalogue import kinds_in
    from vanban.app.load import load_content
    from vanban.workspace.folder import chosen_year, shown_path, year_line

    chosen = chosen_year(content, year)
    loaded: Loaded | None = None
    problems: tuple[Problem, ...] = ()
    try:
        loaded = load_content(content, chosen)
    except ContentError as error:  # in a register, which every document reads
        problems = error.problems
    calendar = loaded.workspace.agency.calendar if loaded is not None else ()
    cited = _cited_lines(loaded) if loaded is not None else {}
    say(year_line(content, year, chosen) or f"Năm {chosen}")
    if shared is not None:
        say(shared)
    for kind in kinds_in(content, chosen):
        lacking = kind.lacking(content, chosen)
        reads = kind.reads(content, chosen)
        mistakes = loaded.problems_in(reads) if loaded is not None else problems
        state = "dựng được"
        if lacking is not None:
            command = kind.command_for(lacking, content, chosen)
            made = f" bằng lệnh {command}" if command else ""
            state = f"chưa có nội dung — hãy tạo {shown_path(lacking)}{made}"
        elif mistakes:
            state = f"chưa dựng được: nội dung đang có {len(mistakes)} lỗi ({mistakes[0].place} …)"
        say()
        say(f"{kind.id}: {kind.name}")
        say(f"  {state}")
        own = shown_path(kind.needs(content, chosen)[0])
        if own in cited and not kind.on_request:
            say(f"  {cited[own]}")
        if kind.reports_on is not None and not kind.on_request:  # a handout is sent nowhere
            for line in _period_lines(kind.reports_on, chosen, calendar):
                say(f"  {line}")


def _cited_lines(loaded: Loaded) -> dict[Path, str]:
    """Return, by the file of each document, its number and date and the id to cite it by."""
    from vanban.nd30.dates import short_date

    workspace = loaded.workspace
    lines = {}
    for name, issue in workspace.own_issues.items():
        cited = workspace.documents_by_id[name]
        number = f"số {cited.number}" if issue.number is not None else "chưa ghi số"
        day = f"ngày {short_date(issue.date)}" if issue.date is not None else "chưa ghi ngày"
        lines[issue.at().file] = f"{number}, {day}; văn bản khác dẫn bằng van_ban: {name}"
    return lines


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
    help="Ghi lược đồ JSON, từ điển khóa để trình soạn thảo gợi ý khi gõ YAML, và trang hướng dẫn "
    "soạn văn bản.",
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
@click.option(
    "--papers",
    type=PATH,
    default=Path("docs/soan-thao.md"),
    show_default=True,
    metavar="TỆP",
    help="Nơi ghi trang hướng dẫn soạn văn bản.",
)
def schema_command(content: Path, glossary: Path, papers: Path) -> None:
    from vanban.io.lock import locked
    from vanban.io.swap import write_files
    from vanban.workspace.paper_guide import paper_guide
    from vanban.workspace.schema import SCHEMA_FOLDER, schema_files
    from vanban.workspace.schema import glossary as glossary_text

    files = (
        *schema_files(content / SCHEMA_FOLDER),
        (glossary, glossary_text().encode()),
        (papers, paper_guide(content).encode()),
    )
    with locked(content):
        write_files(files)
    for path, _ in files:
        say(str(path))


@click.command(
    "dossier",
    cls=Command,
    help="Lập hồ sơ tài liệu kiểm chứng: dossier.pdf, thư mục dossier/ và dossier.zip.",
)
@click.option("--force", is_flag=True, help="Lập lại cả khi không có gì đổi.")
@year_option
@content_option
@out_option
@click.pass_context
def dossier_command(
    ctx: click.Context, force: bool, year: int | None, content: Path, out: Path
) -> None:
    from vanban.app.manifest import Done

    epoch = os.environ.get("SOURCE_DATE_EPOCH")

    def work(manifest: Manifest) -> Done:
        return Done(files=_make_dossier(year, content, out, epoch, manifest))

    answer(
        ctx,
        (year, epoch),
        content,
        out,
        work,
        force=force,
        unchanged=lambda files: (
            f"Không đổi từ lần lập trước: giữ nguyên hồ sơ (lập lại: {option_here('--force')})."
        ),
    )


def _make_dossier(
    year: int | None, content: Path, out: Path, epoch: str | None, manifest: Manifest
) -> Mapping[Path, str]:
    """Make the dossier; return its folder and all its files, with their hashes."""
    from vanban.app.build import epoch_date
    from vanban.app.dossier import build_dossier, dossier_paths, keep_signed
    from vanban.app.load import load_content
    from vanban.workspace.files import CRITERIA, EVIDENCE, EVIDENCE_FILES
    from vanban.workspace.folder import Reads, standing, year_with

    fallback_date = epoch_date(epoch)
    files = (CRITERIA, EVIDENCE)
    chosen = year_with(
        content,
        year,
        lambda each: (standing(file, content, each) for file in files),
        partial(command_here, "dossier", content=content),
    )
    tell_year(content, year, chosen)
    loaded = load_content(content, chosen)
    reads = Reads.of(content, chosen, files)
    workspace = loaded.require(reads)
    paths = dossier_paths(out / str(chosen))
    keep_signed(manifest.strangers(paths[1]), content / str(chosen) / EVIDENCE_FILES)
    for path in manifest.edited_below(*paths):
        line = f"{path}: đã bị sửa sau khi lập; bản này được thay bằng bản lập lại."
        say(line, err=True, once=True)
    say("Đang lập hồ sơ tài liệu kiểm chứng …", once=True)
    dossier = build_dossier(
        workspace, templates_beside(content), out, fallback_date, manifest.announce
    )
    facts = dossier.facts
    say()
    say(f"hồ sơ: {len(facts.placements)} tài liệu, {facts.page_count} trang")
    found = (str(warning) for warning in facts.warnings)
    warnings = (*dossier.notes, *found, *loaded.remarks(reads))
    show_list("lưu ý", warnings)
    if facts.unfit:
        say("  chưa khai chuẩn lưu trữ PDF/A-2b: có tài liệu chưa bảo đảm. Khi nộp lưu trữ,")
        say("  xuất lại tệp ra PDF/A (Word: Lưu thành PDF, mục Tùy chọn) rồi thêm lại vào sổ.")
        reasons = tuple(f"{code}: {reason}" for code, reason in facts.unfit.items())
        show_list("tài liệu chưa bảo đảm PDF/A", reasons)
    else:
        say("  khai chuẩn lưu trữ PDF/A-2b: có")
    for path in dossier.paths:
        say(f"  đã tạo: {path}")
    return dossier.hashes


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
