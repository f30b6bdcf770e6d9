"""The words of the command line's library in Vietnamese: help pages, marks, mistakes of usage.

Every command is a :class:`Command`, every group a :class:`Group`; the library's own sentences
never reach the screen.
"""

from __future__ import annotations

import re
from typing import Any

import click

_MARKS = (("default: ", "mặc định: "), ("env var: ", "biến môi trường: "), ("required", "bắt buộc"))
"""What the library writes in brackets after the help of an option."""


class Command(click.Command):
    """A command whose help page is in Vietnamese."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[TÙY CHỌN]", **options})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("Tùy chọn"):
            formatter.write_dl(
                [(names, _in_vietnamese(text)) for names, text in filter(None, records)]
            )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Xem hướng dẫn này."
        return option


class Group(Command, click.Group):
    """A group of commands; alone it prints its help, unless it does something then."""

    command_class = Command

    def __init__(self, *args: Any, **options: Any) -> None:
        more = {"subcommand_metavar": "LỆNH …", "no_args_is_help": False}
        super().__init__(*args, **{**more, **options})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing and not self.invoke_without_command:
            click.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = {name: self.commands[name] for name in self.list_commands(ctx)}
        rows = [
            (name, _in_short(command.help or ""))
            for name, command in commands.items()
            if not command.hidden
        ]
        with formatter.section("Các lệnh"):
            formatter.write_dl(rows)


def _in_short(text: str) -> str:
    """Return a help text up to its first colon, semicolon or full stop, without brackets."""
    return re.split(r"[:;]|\.(?:\s|$)", re.sub(r" ?\([^)]*\)", "", text), maxsplit=1)[0].strip()


def _in_vietnamese(text: str) -> str:
    """Return the help of an option with the library's marks at its end in Vietnamese."""
    start = text.rfind("  [")
    if start < 0:
        return text
    marks = text[start:]
    for english, vietnamese in _MARKS:
        marks = marks.replace(english, vietnamese)
    return text[:start] + marks


def usage_message(error: click.UsageError) -> str:
    """Return what is wrong with a command line, and what to type."""
    match error:
        case click.NoSuchOption():
            return f"không có tùy chọn “{error.option_name}”{_near(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"không có lệnh “{error.command_name}”{_near(error.possibilities)}"
        case click.MissingParameter():
            return f"thiếu {_name(error)}"
        case click.BadParameter():
            return f"giá trị của {_name(error)} không hợp lệ — {_expected(error)}"
        case click.BadOptionUsage():
            takes_none = "does not take" in error.message
            what = "không nhận giá trị — bỏ phần sau dấu bằng" if takes_none else "thiếu giá trị"
            return f"tùy chọn “{error.option_name}” {what}"
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    return f"thừa “{extra[1]}” — bỏ phần này" if extra else "lệnh viết chưa đúng"


def _near(names: list[str] | None) -> str:
    return f" — có phải “{names[0]}”?" if names else ""


def _name(error: click.BadParameter) -> str:
    """Return the option or argument as the help page names it."""
    if error.param is None or error.ctx is None:
        return "tham số"
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx)
    return error.param.opts[-1]


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"chọn một trong: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.types.IntParamType):
        return "phải là một số, ví dụ 2025"
    if isinstance(kind, click.Path | click.File):
        return "xem lại đường dẫn"
    return "xem lại giá trị"
