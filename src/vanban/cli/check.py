"""Commands of the check: what to mend before signing, and the catalogue of rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanban.cli.base import (
    PATH,
    content_option,
    form_option,
    out_option,
    say_undo,
    stamp_of,
    tell_year,
    templates_beside,
    year_option,
)
from vanban.cli.help import Command
from vanban.cli.said_again import answer
from vanban.cli.screen import say, say_data
from vanban.errors import ContentError
from vanban.invocation import option_here

if TYPE_CHECKING:
    from vanban.app.check import Checked
    from vanban.app.manifest import Manifest


@dataclass(frozen=True)
class Asked:
    """What a check was asked for: the arguments and options of the command, by their names."""

    targets: tuple[str, ...]
    form: str
    html: Path | None
    docx: Path | None
    notes: bool
    fix: bool
    diff: bool
    year: int | None
    content: Path
    out: Path

    @property
    def writes(self) -> bool:
        return self.html is not None or self.docx is not None or self.fix or self.diff

    @property
    def is_data(self) -> bool:
        """Say whether a program reads the output, so that all else is said aside."""
        return self.form != "text"


REVIEWER = "Soát lỗi (vanban)"
"""Whose the comments and changes in a copy of a Word file are."""


@click.command(
    "check",
    cls=Command,
    help="Soát lỗi trước khi trình ký: lời văn, viện dẫn, chỉ tiêu, thể thức. Không ghi gì thì "
    "soát mọi văn bản có nội dung; có thể ghi mã văn bản hoặc tệp Word, PDF, Excel bất kỳ. Mã "
    "thoát: 0 không có gì phải sửa, 1 còn lỗi (tệp ngoài: còn lỗi hoặc cảnh báo), 3 có tệp không "
    "đọc được hoặc không thuộc loại được xét.",
)
@click.argument("targets", nargs=-1, metavar="[MÃ|TỆP…]")
@form_option("json", "sarif")
@click.option("--html", type=PATH, metavar="TỆP", help="Ghi thêm bản kết quả để đọc, in: TỆP.html.")
@click.option(
    "--docx",
    type=PATH,
    metavar="TỆP|THƯ_MỤC",
    help="Ghi bản sao của tệp Word, mỗi phát hiện là một ghi chú bên lề ở đúng chỗ.",
)
@click.option("--all", "notes", is_flag=True, help="Liệt kê cả lưu ý, không chỉ lỗi và cảnh báo.")
@click.option(
    "--fix",
    is_flag=True,
    help="Sửa những chỗ chắc chắn (dấu cách, tên riêng, dấu thanh); tệp Word: ghi bản sao "
    "TÊN-da-sua.docx, mỗi chỗ sửa là một thay đổi theo dõi được.",
)
@click.option("--diff", is_flag=True, help="Chỉ cho xem những chỗ --fix sẽ sửa, không ghi tệp.")
@click.option("--force", is_flag=True, help="Soát lại cả khi không có gì đổi.")
@year_option
@content_option
@out_option
@click.pass_context
def check_command(ctx: click.Context, /, force: bool, **options: Any) -> None:
    from vanban.app.manifest import Done
    from vanban.io.installed import find_soffice
    from vanban.workspace.shared_version import shared_line

    asked = Asked(**options)
    content, out = asked.content, asked.out

    def work(manifest: Manifest) -> Done:
        return Done(_check(ctx, asked))

    if asked.writes:
        ctx.exit(_check(ctx, asked))
    office = find_soffice()  # it prints Word files for their pages
    built = (path for ending in ("docx", "pdf") for path in sorted(out.glob(f"*/*.{ending}")))
    answer(
        ctx,
        (*asked.targets, asked.form, asked.notes, asked.year, shared_line(content)),
        content,
        out,
        work,
        reads=(*map(Path, asked.targets), *built, Path(office) if office is not None else None),
        force=force,
        unchanged=lambda files: (
            f"Không đổi từ lần soát trước (soát lại: {option_here('--force')})."
        ),
        err=asked.is_data,
    )


def _check(ctx: click.Context, asked: Asked) -> int:
    """Check, and mend before where that is asked for; return the exit status."""
    from vanban.app.annotate import places_of_copies
    from vanban.app.check import check, word_files, year_to_check
    from vanban.checks.output import json_text, sarif_text

    targets, content = asked.targets, asked.content
    chosen = year_to_check(targets, content, asked.year)
    if chosen is not None:
        tell_year(content, asked.year, chosen, err=asked.is_data)
    edited: frozenset[Path] = frozenset()
    files = word_files(targets, content)
    copies = places_of_copies(files, asked.docx) if asked.docx is not None or asked.fix else {}
    if (asked.fix or asked.diff) and (len(files) < len(targets) or not targets):
        edited = _mend(ctx, asked, chosen)
        if asked.diff:
            return 0
    try:
        result = check(
            targets, content, chosen, templates_beside, asked.out, keep_words=bool(copies)
        )
    except ContentError as error:
        raise _after_mending(error, edited) from error
    if asked.html is not None:
        _write_page(asked.html, result)
    if copies:
        _write_copies(ctx, asked, result, copies)
    if asked.form == "json":
        say_data(json_text(result.files(content)))
    elif asked.form == "sarif":
        say_data(sarif_text(result.all_findings))
    else:
        _say_result(result, asked.notes)
    if result.problems:
        raise _after_mending(ContentError(result.problems), edited)
    return result.status


def _mend(ctx: click.Context, asked: Asked, year: int | None) -> frozenset[Path]:
    """Mend what is certain in the content, or show it; return the files that it is in."""
    from vanban.app.check import mend
    from vanban.checks.fix import diff_lines

    content, aside = asked.content, asked.is_data
    stamp = None if asked.diff else stamp_of(ctx)
    passes = mend(content, year, templates_beside(content), stamp)
    for line in (line for files in passes for line in diff_lines(files)):
        say(line, err=aside)
    edited = frozenset(path for files in passes for path in files)
    what = f"{'sẽ sửa' if asked.diff else 'đã sửa'} {len(edited)} tệp"
    say(what if edited else "không có chỗ nào sửa chắc chắn", err=aside)
    if edited and not asked.diff:
        say_undo(content, err=aside)
    say(err=aside)
    return edited


def _write_page(path: Path, result: Checked) -> None:
    from vanban.checks.form.html import html_page
    from vanban.io.swap import write_files

    page = html_page(
        "Kết quả soát lỗi trước khi trình ký",
        result.forms,
        result.findings,
        result.verdicts,
        result.missing,
        result.words,
    )
    write_files([(path, page.encode())])
    say(f"đã ghi {path}", err=True)


def _write_copies(
    ctx: click.Context, asked: Asked, result: Checked, copies: dict[Path, Path]
) -> None:
    """Write the Word files that were checked, with comments or mended, to their places."""
    from vanban.app.annotate import annotate
    from vanban.provenance import Revision

    revision = Revision(REVIEWER, stamp_of(ctx).time.date())
    comments, fixes = asked.docx is not None, asked.fix
    for each in annotate(result.words, copies, revision, comments=comments, fixes=fixes):
        mended = f": sửa {each.mended} chỗ chắc chắn, xem và duyệt trong Word" if fixes else ""
        say(f"đã ghi {each.path}{mended}", err=True)


def _say_result(result: Checked, infos: bool) -> None:
    """Say what was found in the content, then of each Word file, then the counts of all."""
    from vanban.checks.finding import Severity
    from vanban.checks.output import summary, text_lines
    from vanban.checks.word_report import report_lines

    for line in result.verdicts:
        say(line)
    if result.verdicts:
        say()
    for line in text_lines(result.findings, result.missing, infos):
        say(line)
    for note in result.notes:
        say(note)
    for report in result.words:
        for line in report_lines(report, infos):
            say(line)
        say()
    notes = [each for each in result.all_findings if each.severity is Severity.INFO]
    hidden = not infos and not all(each.excused for each in notes)
    say(f"{summary(result.all_findings)}{' (xem lưu ý: thêm --all)' if hidden else ''}")


def _after_mending(error: ContentError, edited: Collection[Path]) -> ContentError:
    """Return the error with what became of the files where some were mended before."""
    if not edited:
        return error
    return ContentError(error.problems, error.remarks, "những chỗ chắc chắn đã được sửa như trên")


@click.command("rules", cls=Command, help="Liệt kê các quy tắc soát lỗi: mã, mức, căn cứ.")
@click.option(
    "--catalogue",
    type=PATH,
    metavar="TỆP",
    help="Ghi danh mục có ví dụ vào TỆP (dạng Markdown) thay vì in ra màn hình.",
)
@click.option(
    "--test",
    is_flag=True,
    help="Thử ví dụ của các quy tắc, kể cả quy tắc của cơ quan trong content/quy-tac.",
)
@year_option
@content_option
@click.pass_context
def rules_command(
    ctx: click.Context, catalogue: Path | None, test: bool, year: int | None, content: Path
) -> None:
    from vanban.checks.rule_catalogue import catalogue_text, rule_lines
    from vanban.io.swap import write_files

    if test:
        from vanban.checks.data import built_in_rows
        from vanban.checks.registry import all_problems, house_rows
        from vanban.workspace.load import load_workspace

        workspace = load_workspace(content, year) if content.is_dir() else None
        problems = all_problems(workspace)
        for problem in problems:
            say(str(problem), err=True)
        plain = sum(row.algorithm is None for row in built_in_rows())
        own = 0 if workspace is None else len(tuple(house_rows(workspace)))
        say(
            f"đã thử ví dụ của {plain} quy tắc của chương trình, {own} quy tắc của "
            f"cơ quan: {len(problems)} chỗ không đúng"
        )
        ctx.exit(1 if problems else 0)
    if catalogue is None:
        for line in rule_lines():
            say(line)
        return
    write_files([(catalogue, catalogue_text().encode())])
    say(str(catalogue))
