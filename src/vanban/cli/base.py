"""What all commands share: errors in Vietnamese with exit codes, and the common options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from vanban.cli.help import Group, usage_message
from vanban.errors import ContentError, UsageError, VanbanError

PATH = click.Path(path_type=Path)


class Commands(Group):
    """Shows every error as lines of Vietnamese text, never as a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run; words the command line's own usage errors in Vietnamese."""
        try:
            status = super().main(*args, **{**options, "standalone_mode": False})
        except click.UsageError as error:
            click.echo(f"Lỗi: {usage_message(error)}", err=True)
            if error.ctx is not None:
                click.echo(f"Xem cách dùng: {error.ctx.command_path} --help", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Đã dừng.", err=True)
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            click.echo(f"Lỗi: {error}", err=True)
            ctx.exit(2)
        except ContentError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"Có {len(error.problems)} lỗi cần sửa; {error.outcome}.", err=True)
            for line in error.remarks:
                click.echo(line, err=True)
            ctx.exit(1)
        except VanbanError as error:
            click.echo(f"Lỗi: {error}", err=True)
            ctx.exit(1)


def _settled(ctx: click.Context, option: click.Parameter, folder: Path) -> Path:
    """Put right what killed commands left in a folder, before anything is read from it."""
    from vanban.io.lock import settle
    from vanban.io.swap import recover

    if option.name == "content":
        settle(folder)
    else:
        recover(folder, *sorted(folder.glob("*/")))
    return folder


content_option = click.option(
    "--content",
    type=PATH,
    callback=_settled,
    default=Path("content"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục nội dung; thư mục templates/ đứng cạnh nó.",
)
year_option = click.option(
    "--year",
    type=int,
    metavar="NĂM",
    help="Năm; mặc định là năm mới nhất có nội dung trong thư mục nội dung.",
)
out_option = click.option(
    "--out",
    type=PATH,
    callback=_settled,
    default=Path("build"),
    show_default=True,
    metavar="THƯ_MỤC",
    help="Thư mục kết quả.",
)


def templates_beside(content: Path) -> Path:
    """Return the folder of templates beside the content folder."""
    templates = content.absolute().parent / "templates"
    if not templates.is_dir():
        raise UsageError(f"không có thư mục mẫu {templates} — thư mục này đứng cạnh {content}")
    try:
        return templates.relative_to(Path.cwd())
    except ValueError:
        return templates


def tell_year(content: Path, year: int | None, chosen: int, err: bool = False) -> None:
    """Say which year was taken where nobody chose one and it could have been another."""
    from vanban.workspace.folder import year_line

    line = year_line(content, year, chosen)
    if line is not None:
        click.echo(line, err=err)


def show_list(name: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    click.echo(f"  {name} {len(lines)} mục:")
    for line in lines:
        click.echo(f"    - {line}")
