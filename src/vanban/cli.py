"""The command line: strings the stages together, turns errors into Vietnamese and exit codes.

Exit status 0 when all is well, 1 for mistakes in content or on the machine, 2 for usage. Heavy
modules are imported inside the commands, so that ``--help`` stays quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanban import __version__
from vanban.errors import ContentError, UsageError, VanbanError

if TYPE_CHECKING:
    from vanban.build import Built
    from vanban.workspace.models.agency import Deadline

_PATH = click.Path(path_type=Path)


class _Commands(click.Group):
    """Shows every error of ours as lines of text, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            click.echo(f"Lỗi: {error}", err=True)
            ctx.exit(2)
        except ContentError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(
                f"Có {len(error.problems)} lỗi cần sửa; chưa tạo hay thay đổi tệp nào.", err=True
            )
            ctx.exit(1)
        except VanbanError as error:
            click.echo(f"Lỗi: {error}", err=True)
            ctx.exit(1)


_content_option = click.option(
    "--content",
    type=_PATH,
    default=Path("content"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục nội dung; thư mục templates/ đứng cạnh nó.",
)
_year_option = click.option(
    "--year", type=int, metavar="NĂM", help="Năm; mặc định là năm mới nhất trong thư mục nội dung."
)
_out_option = click.option(
    "--out",
    type=_PATH,
    default=Path("build"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục kết quả.",
)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Soạn văn bản hành chính của phường từ các tệp YAML.",
)
@click.version_option(__version__, prog_name="vanban", message="%(prog)s %(version)s")
def main() -> None:
    pass


@main.command(
    "build", help="Dựng văn bản (.docx và PDF). Không ghi mã thì dựng mọi văn bản có nội dung."
)
@click.argument("ids", nargs=-1, metavar="[MÃ…]")
@_year_option
@_content_option
@_out_option
def build_command(ids: tuple[str, ...], year: int | None, content: Path, out: Path) -> None:
    from vanban.build import build, buildable, compose_all, epoch_date, find_kind, load_checked

    kinds = tuple(find_kind(document_id) for document_id in dict.fromkeys(ids))
    workspace = load_checked(content, year)
    templates = _templates(content)
    kinds = kinds or buildable(workspace, content)
    composed = compose_all(kinds, workspace, content, templates)

    def progress(document_id: str) -> None:
        click.echo(f"Đang dựng {document_id} …")

    fallback_date = epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
    for result in build(composed, workspace.year, templates, out, progress, fallback_date):
        _report(result)


@main.command("list", help="Liệt kê các văn bản: dựng được chưa, kỳ số liệu, hạn gửi.")
@_year_option
@_content_option
def list_command(year: int | None, content: Path) -> None:
    from vanban.build import CATALOGUE
    from vanban.workspace.load import chosen_year, read_content

    chosen = chosen_year(content, year)
    reading = read_content(content, chosen)
    calendar = reading.workspace.agency.calendar if reading.workspace is not None else ()
    click.echo(f"Năm {chosen}")
    if reading.problems:
        click.echo(f"(nội dung đang có {len(reading.problems)} lỗi; chạy vanban build để xem)")
    for kind in CATALOGUE:
        source = content / str(chosen) / kind.source
        state = "dựng được" if source.is_file() else f"chưa có nội dung — hãy tạo {source}"
        click.echo(f"\n{kind.id}: {kind.name}\n  {state}")
        if kind.period is not None:
            for line in _period_lines(kind.period, chosen, calendar):
                click.echo(f"  {line}")


@main.command("doctor", help="Kiểm tra máy này có đủ những gì cần để dựng văn bản.")
@_content_option
@_out_option
@click.pass_context
def doctor_command(ctx: click.Context, content: Path, out: Path) -> None:
    from vanban.doctor import can_build, diagnose

    checks = diagnose(content, out)
    for check in checks:
        click.echo(f"{'[đạt]  ' if check.ok else '[thiếu]'} {check.name}: {check.detail}")
        if not check.ok:
            click.echo(f"         cách khắc phục: {check.remedy}")
    ctx.exit(0 if can_build(checks) else 1)


@main.command(
    "schema", help="Ghi lược đồ JSON và từ điển khóa, để trình soạn thảo gợi ý khi gõ YAML."
)
@_content_option
@click.option(
    "--glossary",
    type=_PATH,
    default=Path("docs/tu-dien.md"),
    show_default=True,
    metavar="TỆP",
    help="Nơi ghi từ điển khóa.",
)
def schema_command(content: Path, glossary: Path) -> None:
    from vanban.workspace.schema import SCHEMA_FOLDER, write_schemas
    from vanban.workspace.schema import glossary as glossary_text

    for path in write_schemas(content / SCHEMA_FOLDER):
        click.echo(str(path))
    glossary.parent.mkdir(parents=True, exist_ok=True)
    glossary.write_text(glossary_text(), encoding="utf-8")
    click.echo(str(glossary))


def _templates(content: Path) -> Path:
    """Return the folder of templates beside the content folder."""
    templates = content.absolute().parent / "templates"
    if not templates.is_dir():
        raise UsageError(f"không có thư mục mẫu {templates} — thư mục này đứng cạnh {content}")
    try:
        return templates.relative_to(Path.cwd())
    except ValueError:
        return templates


def _report(result: Built) -> None:
    """Print the files of a document, and what its author should know."""
    composed = result.composed
    for path in result.paths:
        click.echo(f"  {path}")
    if composed.document.banner:
        click.echo("  mẫu: có dữ liệu mẫu — không ký, không phát hành")
    for name in composed.missing:
        click.echo(f"  thiếu: {name}")
    for warning in composed.warnings:
        click.echo(f"  lưu ý: {warning}")


def _period_lines(period: str, year: int, calendar: tuple[Deadline, ...]) -> list[str]:
    from vanban.figures.periods import window
    from vanban.nd30.dates import short_date

    start, end = window(period, year)
    lines = [f"kỳ số liệu: từ {short_date(start)} đến {short_date(end)}"]
    deadline = next((item for item in calendar if item.period == period), None)
    if deadline is None:
        lines.append("ngày chốt số liệu, hạn gửi: chưa khai ở lich_bao_cao trong co-quan.yaml")
    else:
        sample = " (ngày mẫu, chưa theo văn bản của cấp trên)" if deadline.sample else ""
        lines.append(f"ngày chốt số liệu: {deadline.closing}; hạn gửi: {deadline.due}{sample}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
