"""The verify command: what a PDF's digital signatures are worth, in plain words."""

from __future__ import annotations

from pathlib import Path

import click

from vanban.cli.base import PATH, out_option
from vanban.cli.help import Command
from vanban.cli.screen import say


@click.command(
    "verify",
    cls=Command,
    help="Xem chữ ký số của một PDF: ai ký, lúc nào, tệp có bị sửa sau khi ký không, có đúng là "
    "bản đã dựng không. Chỉ đọc, không dùng mạng.",
)
@click.argument("file", type=PATH, metavar="TỆP.pdf")
@click.option(
    "--trust",
    type=PATH,
    metavar="NƠI",
    help="Tệp hoặc thư mục chứng thư gốc được tin (.pem, .crt, .cer), kèm danh sách thu hồi .crl.",
)
@out_option
@click.pass_context
def verify_command(ctx: click.Context, file: Path, trust: Path | None, out: Path) -> None:
    from vanban.app.signature_words import verified_lines
    from vanban.app.verify import verify

    verified = verify(file, out, trust)
    for line in verified_lines(file, verified):
        say(line)
    ctx.exit(0 if verified.is_sound else 1)
