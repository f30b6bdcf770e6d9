"""The command that opens the desk: a page in the browser over the same files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from vanban.cli.base import content_option, out_option, year_option
from vanban.cli.help import Command
from vanban.cli.screen import say
from vanban.errors import MachineError


@click.command(
    "desk",
    cls=Command,
    help="Mở bàn làm việc trong trình duyệt: sửa ngay trên trang, không cần mạng.",
)
@click.option("--port", type=int, default=8017, show_default=True, metavar="SỐ", help="Cổng.")
@click.option("--no-browser", is_flag=True, help="Chỉ báo địa chỉ, không mở trình duyệt.")
@year_option
@content_option
@out_option
def desk_command(port: int, no_browser: bool, year: int | None, content: Path, out: Path) -> None:
    try:
        from vanban.desk.run import serve
    except ModuleNotFoundError as error:
        raise MachineError("bàn làm việc chưa được cài — cài và mở bằng: make desk") from error

    def opened(address: str) -> None:
        say(f"Bàn làm việc: {address}")
        say("Dừng: bấm Ctrl+C ở cửa sổ này.")
        if not no_browser:
            click.launch(address)

    serve(content, year, out, port, opened, lambda: datetime.now().astimezone())
