"""What all commands share: errors in Vietnamese with exit codes, and the common options."""

from __future__ import annotations

import atexit
import gc
import os
import shlex
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from vanban.cli.help import Group, usage_message
from vanban.cli.screen import Unprintable, prepare, refusal, say
from vanban.errors import ContentError, MachineError, Problem, UsageError, VanbanError

if TYPE_CHECKING:
    from vanban.io.journal import Stamp

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)
PATH = click.Path(path_type=Path, readable=False)


class Commands(Group):
    """Shows every error as lines of Vietnamese text, never as a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run; words the command line's own usage errors in Vietnamese."""
        # A command makes many objects and soon ends: garbage is looked for late, and not then.
        gc.set_threshold(1_000_000, 50, 50)
        atexit.register(gc.freeze)
        # Its models need none, and looking for some reads what is told of every library here.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        try:
            prepare()
            status = super().main(*args, **{**options, "standalone_mode": False})
        except Unprintable as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except click.UsageError as error:
            say(f"Lỗi: {usage_message(error)}", err=True)
            if error.ctx is not None:
                from vanban.invocation import program

                words = (program(), *error.ctx.command_path.split()[1:], "--help")
                say(f"Xem cách dùng: {' '.join(words)}", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            _stop()
        except Exception as error:
            if not _is_stopped(error):
                raise
            _stop()
        sys.exit(status if isinstance(status, int) else 0)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.obj = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            _check_working_folder()
            return super().invoke(ctx)
        except UsageError as error:
            say(f"Lỗi: {error}", err=True)
            ctx.exit(2)
        except ContentError as error:
            for line in problem_lines(error.problems):
                say(line, err=True)
            say(f"Có {len(error.problems)} lỗi cần sửa; {error.outcome}.", err=True)
            for line in error.remarks:
                say(line, err=True)
            ctx.exit(1)
        except VanbanError as error:
            for number, line in enumerate(error.lines):
                say(line if number else f"Lỗi: {line}", err=True)
            ctx.exit(1)
        except OSError as error:
            say(f"Lỗi: {refusal(error)}", err=True)
            ctx.exit(1)


def _is_stopped(error: BaseException) -> bool:
    """Say whether a library made an error of its own of Ctrl+C."""
    stop = KeyboardInterrupt.__name__
    return type(error.__cause__) is KeyboardInterrupt or str(error).strip(": \n").endswith(stop)


def _stop() -> NoReturn:
    say("Đã dừng.", err=True)
    sys.exit(1)


MAX_TOLD = 200
"""Problems printed in one run; nobody mends more before looking again."""


MAX_NAMED = 8
"""Folders that are named in a note; the others are counted."""


def problem_lines(problems: Collection[Problem]) -> Iterator[str]:
    """Yield a line for each problem, at most MAX_TOLD, and how many more there are."""
    yield from (str(problem) for problem in islice(problems, MAX_TOLD))
    if len(problems) > MAX_TOLD:
        yield f"… và {len(problems) - MAX_TOLD} lỗi nữa — sửa các lỗi trên rồi chạy lại"


def say_replaced(edited: Iterable[Path]) -> None:
    """Tell of files that somebody changed since they were made, and that are made again."""
    from vanban.app.manifest import REPLACED

    for path in edited:
        say(f"{path}: {REPLACED}", err=True, once=True)


def say_passed_over(paths: Iterable[Path]) -> None:
    """Note the folders beside wards that are none of them, on the error stream."""
    from vanban.workspace.folder import shown_path
    from vanban.workspace.wards import passed_over

    found = [str(shown_path(path)) for path in passed_over(paths)]
    if found:
        more = f" và {len(found) - MAX_NAMED} thư mục nữa" if len(found) > MAX_NAMED else ""
        say(
            f"lưu ý: {', '.join(found[:MAX_NAMED])}{more}: không có content hay co-quan.yaml nên "
            "không tính — là của một đơn vị thì chép lại nội dung vào đó",
            err=True,
        )


def _check_working_folder() -> None:
    try:
        Path.cwd()
    except FileNotFoundError:
        raise MachineError(
            "thư mục đang đứng đã bị xóa hoặc đổi tên — chuyển sang thư mục khác (cd) rồi chạy lại"
        ) from None


def _content_settled(ctx: click.Context, option: click.Parameter, folder: Path) -> Path:
    """Put right what killed commands left in a folder, before anything is read from it."""
    from vanban.io.lock import settle

    settle(folder)
    return folder


def _out_settled(ctx: click.Context, option: click.Parameter, folder: Path | None) -> Path:
    """Return the folder of results, by default beside the content, put right likewise."""
    from vanban.io.swap import recover

    content: Path = ctx.params.get("content", Path("content"))
    if folder is None:
        folder = (content.parent if content.name else content.absolute().parent) / "build"
    require_outside(folder, [content])
    recover(folder, *sorted(folder.glob("*/")))
    return folder


def require_outside(out: Path, contents: Iterable[Path], results: Iterable[Path] = ()) -> None:
    """Raise UsageError where the folder ``out``, or one of ``results``, is in one that is read.

    Those are ``contents``, their templates and what they share; links are followed.
    """
    from vanban.workspace.folder import input_folders, shown_path

    read = {Path(realpath(folder)): folder for each in contents for folder in input_folders(each)}
    for place in (out, *results):
        real = Path(realpath(place))
        for parent in (real, *real.parents):
            if parent in read:
                raise UsageError(
                    f"--out {out}: kết quả sẽ nằm trong {shown_path(read[parent])}, là thư mục mà "
                    "chương trình đọc — chọn thư mục khác"
                )


content_option = click.option(
    "--content",
    type=PATH,
    is_eager=True,  # the folder of results follows from it, whatever is typed first
    callback=_content_settled,
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
    callback=_out_settled,
    metavar="THƯ_MỤC",
    help="Thư mục kết quả; mặc định là build, cạnh thư mục nội dung.",
)


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="SỐ",
    help="Số tiến trình cùng làm; mặc định là số nhân của máy.",
)
ENGINES = ("weasyprint", "pages")
engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    metavar="TÊN",
    help="Cách tạo PDF: weasyprint cho bản để ký; pages nhanh hơn, để xem trước.",
)


def form_option(*forms: str) -> Callable[[Decorated], Decorated]:
    """Let results be printed as text, or in one of ``forms`` for programs."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", *forms]),
        default="text",
        show_default=True,
        metavar="DẠNG",
        help=f"text: để đọc; {', '.join(forms)}: cho chương trình khác.",
    )


def stamp_of(ctx: click.Context) -> Stamp:
    """Return the moment and the words of the command that runs, for the journal of changes."""
    from vanban.io.journal import Stamp

    return Stamp(datetime.now().astimezone(), shlex.join(ctx.find_root().obj))


def say_undo(content: Path, err: bool = False) -> None:
    """Say how the change that was just made can be taken back."""
    from vanban.invocation import command_here

    say(f"Muốn lấy lại thay đổi này: {command_here('undo', content=content)}", err=err)


def templates_beside(content: Path) -> Path:
    """Return the folder of templates: beside the content folder, or of the one that it shares."""
    from vanban.workspace.folder import templates_of

    return templates_of(content)


def tell_year(content: Path, year: int | None, chosen: int, err: bool = False) -> None:
    """Say which year was taken where nobody chose one and it could have been another."""
    from vanban.workspace.folder import year_line

    line = year_line(content, year, chosen)
    if line is not None:
        say(line, err=err)


MAX_SHOWN = 5
"""Items of a list that a build prints; where to read the rest is said below it."""


def show_list(name: str, lines: tuple[str, ...], most: int | None = None) -> None:
    """Print a list under its count; with ``most`` only the first, and how many more there are."""
    for line in list_lines(name, lines, most):
        say(line)


def list_lines(name: str, lines: tuple[str, ...], most: int | None = None) -> Iterator[str]:
    if lines:
        yield f"  {name} {len(lines)} mục:"
        yield from item_lines(lines, most)


def item_lines(
    lines: Sequence[str], most: int | None = None, rest: str = "mục nữa", indent: str = "    "
) -> Iterator[str]:
    """Yield ``lines`` as items, at most so many, and how many of the ``rest`` there are."""
    shown = lines[:most]
    for line in shown:
        yield f"{indent}- {line}"
    if len(shown) < len(lines):
        yield f"{indent}… và {len(lines) - len(shown)} {rest}"
