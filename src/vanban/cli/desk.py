"""The commands of the desk: the page in the browser, and who may open it over a network."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanban.cli.base import PATH, content_option, out_option, year_option
from vanban.cli.help import Group
from vanban.cli.screen import say
from vanban.errors import MachineError, UsageError
from vanban.invocation import CONTENT, command_here

if TYPE_CHECKING:
    from vanban.desk.accounts import Accounts

accounts_option = click.option(
    "--accounts",
    "file",
    type=PATH,
    metavar="TỆP",
    help="Tệp tài khoản; mặc định ở thư mục cấu hình của người dùng (~/.config/vanban).",
)


@click.group(
    "desk",
    cls=Group,
    invoke_without_command=True,
    subcommand_metavar="[LỆNH …]",
    help="Mở bàn làm việc trong trình duyệt: sửa ngay trên trang, không cần mạng. Chỉ máy này vào "
    "được, trừ khi có --host.",
)
@click.option("--port", type=int, default=8017, show_default=True, metavar="SỐ", help="Cổng.")
@click.option("--no-browser", is_flag=True, help="Chỉ báo địa chỉ, không mở trình duyệt.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ĐỊA_CHỈ",
    help="Cho máy khác vào qua địa chỉ này của máy; đòi tài khoản và mã hóa.",
)
@click.option(
    "--public",
    default="",
    metavar="ĐỊA_CHỈ",
    help="Địa chỉ mọi người gõ, ví dụ https://vanban.tranlieu.gov.vn.",
)
@click.option("--tls-cert", type=PATH, metavar="TỆP", help="Chứng thư TLS (PEM, cả chuỗi).")
@click.option("--tls-key", type=PATH, metavar="TỆP", help="Khóa của chứng thư (PEM).")
@click.option(
    "--behind-proxy",
    "proxy",
    is_flag=False,
    flag_value="127.0.0.1",
    default="",
    metavar="[IP]",
    help="Đứng sau máy chủ trung gian lo TLS, ở máy này hoặc ở địa chỉ IP ấy.",
)
@accounts_option
@year_option
@content_option
@out_option
@click.pass_context
def desk_command(
    ctx: click.Context,
    port: int,
    no_browser: bool,
    host: str,
    public: str,
    tls_cert: Path | None,
    tls_key: Path | None,
    proxy: str,
    file: Path | None,
    year: int | None,
    content: Path,
    out: Path,
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    known = _accounts(file, content)
    if known.file.absolute().is_relative_to(content.absolute()):
        raise UsageError(f"{known.file}: tệp tài khoản không được nằm trong thư mục nội dung")
    from vanban.desk.listening import Listening
    from vanban.desk.run import serve

    def opened(address: str, launched: str) -> None:
        say(f"Bàn làm việc: {address}")
        say("Dừng: bấm Ctrl+C ở cửa sổ này.")
        if launched and not no_browser:
            click.launch(launched)

    listening = Listening(host, port, public, tls_cert, tls_key, proxy)
    serve(content, year, out, listening, known, opened, lambda: datetime.now().astimezone())


@desk_command.group(
    "user",
    cls=Group,
    help="Tài khoản vào bàn làm việc qua mạng: thêm, liệt kê, xóa, đổi mật khẩu.",
)
def user_group() -> None:
    pass


login_argument = click.argument("login", metavar="TÊN")


@user_group.command("add", help="Thêm một người; mật khẩu được hỏi, không hiện khi gõ.")
@login_argument
@click.option("--name", default="", metavar="HỌ_TÊN", help="Họ tên, ghi vào nhật ký thay đổi.")
@accounts_option
def add_command(login: str, name: str, file: Path | None) -> None:
    from vanban.desk.accounts import checked_login

    accounts = _accounts(file)
    accounts.add(checked_login(login), name, _password())
    say(f"Đã thêm tài khoản {login}, ghi ở {accounts.file}.")


@user_group.command("list", help="Liệt kê các tài khoản.")
@accounts_option
def list_command(file: Path | None) -> None:
    accounts = _accounts(file)
    found = accounts.read()
    say(f"Các tài khoản ở {accounts.file}:" if found else f"Chưa có tài khoản ở {accounts.file}.")
    for account in found.values():
        say(f"  {account.login}: {account.name}")


@user_group.command("remove", help="Xóa một tài khoản; người ấy đang mở cũng ra ngay.")
@login_argument
@accounts_option
def remove_command(login: str, file: Path | None) -> None:
    _accounts(file).remove(login)
    say(f"Đã xóa tài khoản {login}.")


@user_group.command("password", help="Đổi mật khẩu của một người; các phiên đang mở hết ngay.")
@login_argument
@accounts_option
def password_command(login: str, file: Path | None) -> None:
    from vanban.desk.accounts import known

    accounts = _accounts(file)
    known(accounts.read(), login)
    accounts.set_password(login, _password())
    say(f"Đã đổi mật khẩu của {login}.")


def _accounts(file: Path | None, content: Path = CONTENT) -> Accounts:
    try:
        from vanban.desk.accounts import Accounts, own_file
    except ModuleNotFoundError as error:
        command = command_here("desk", content=content)
        raise MachineError(f"bàn làm việc chưa được cài — cài và mở bằng: {command}") from error
    return Accounts(file if file is not None else own_file())


def _password() -> str:
    """Ask twice without showing it; from a pipe its first line is read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    from getpass import getpass

    given = getpass("Mật khẩu: ")
    if getpass("Gõ lại mật khẩu: ") != given:
        raise UsageError("hai lần gõ không giống nhau — chạy lại lệnh")
    return given
