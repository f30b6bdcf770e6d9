"""Who may sit at a desk on a network: names and hashes of passwords, outside the content folder.

In and out: one file of JSON of the user who runs the desk, readable by that user alone. A password
is hashed by argon2id, by the library's own parameters; nobody can read it back.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock, Timeout
from msgspec import Struct
from msgspec.structs import asdict, replace

from vanban.errors import MachineError, UsageError
from vanban.invocation import command_here
from vanban.io.reasons import not_written, reason_of

LEAST, MOST = 10, 200
"""Characters of a password."""
VARIED = 4
"""Different characters in it."""
LONGEST_NAME = 80
HASHER = PasswordHasher()
"""By RFC 9106, with 64 MB; what a hash was made by stands in it."""
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


class Account(Struct, frozen=True):
    """A person: the ``login`` that is typed, the ``name`` that the journal shows."""

    login: str
    name: str
    password: str
    """Its hash, with salt and parameters."""


class Accounts(Struct, frozen=True):
    """The accounts of one file; it is read anew each time, being small."""

    file: Path

    def read(self) -> dict[str, Account]:
        """Return the accounts by login; none where there is no file.

        Raises MachineError where the file is damaged, or others on this machine can read it.
        """
        try:
            mode, text = self.file.stat().st_mode, self.file.read_text(encoding="utf-8")
            found = [Account(**each) for each in json.loads(text)["accounts"]]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise MachineError(f"không đọc được {self.file}: {reason_of(error)}") from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise MachineError(
                f"{self.file}: tệp tài khoản bị hỏng — xóa tệp này rồi tạo lại các tài khoản"
            ) from error
        if mode & 0o077:
            raise MachineError(
                f"{self.file}: người khác trên máy đọc được tệp tài khoản — chạy: chmod 600 "
                f"{self.file}"
            )
        return {account.login: account for account in found}

    def add(self, login: str, name: str, password: str) -> None:
        """Add a person; raises UsageError where login, name or password will not do."""
        checked_login(login)
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise UsageError(f"họ tên dài quá {LONGEST_NAME} ký tự hoặc có ký tự không in được")
        hashed = hash_of(checked_password(password, login))

        def change(accounts: dict[str, Account]) -> None:
            if login in accounts:
                command = command_here(f"desk user password {login}")
                raise UsageError(f"đã có tài khoản {login} — đổi mật khẩu: {command}")
            accounts[login] = Account(login, unicodedata.normalize("NFC", name) or login, hashed)

        self._change(change)

    def set_password(self, login: str, password: str) -> None:
        """Give a person another password; raises UsageError as :meth:`add`, or for no account."""
        hashed = hash_of(checked_password(password, login))

        def change(accounts: dict[str, Account]) -> None:
            accounts[login] = replace(known(accounts, login), password=hashed)

        self._change(change)

    def remove(self, login: str) -> None:
        """Take a person's account away; raises UsageError where there is none."""

        def change(accounts: dict[str, Account]) -> None:
            del accounts[known(accounts, login).login]

        self._change(change)

    def verified(self, login: str, password: str) -> Account | None:
        """Return the account whose password this is; an unknown login takes as long to refuse."""
        account = self.read().get(login)
        hashed = account.password if account is not None else _nobody()
        return account if is_password(password, hashed) else None

    def _change(self, change: Callable[[dict[str, Account]], None]) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self.file.with_suffix(".lock"), timeout=10, mode=0o600):
                accounts = self.read()
                change(accounts)
                self._write(accounts)
        except Timeout as error:
            raise MachineError("tệp tài khoản đang được sửa ở nơi khác — chạy lại sau") from error
        except OSError as error:
            raise not_written(self.file, error) from error

    def _write(self, accounts: dict[str, Account]) -> None:
        text = json.dumps(
            {"accounts": [asdict(each) for each in accounts.values()]}, ensure_ascii=False, indent=1
        )
        number, made = tempfile.mkstemp(dir=self.file.parent)  # of mode 0600
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(number)
        Path(made).replace(self.file)


def own_file() -> Path:
    """Return where the accounts of the user who runs this are kept."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(home) if Path(home).is_absolute() else Path.home() / ".config"
    return folder / "vanban" / "tai-khoan.json"


def checked_login(login: str) -> str:
    """Return ``login``; raises UsageError where it will not do."""
    if _LOGIN.fullmatch(login) is None:
        raise UsageError(
            f"tên đăng nhập “{login}” không dùng được — gồm 2 đến 32 chữ thường không dấu, chữ số, "
            "dấu chấm, dấu gạch, ví dụ nguyen-van-an"
        )
    return login


def checked_password(password: str, login: str) -> str:
    """Return ``password`` in one form of Unicode; raises UsageError where it is easily guessed."""
    password = unicodedata.normalize("NFC", password)
    if not LEAST <= len(password) <= MOST:
        raise UsageError(
            f"mật khẩu phải dài từ {LEAST} đến {MOST} ký tự — dễ nhớ mà khó đoán: vài từ ghép lại"
        )
    if login in password.lower() or len(set(password)) < VARIED:
        raise UsageError(
            f"mật khẩu dễ đoán — không chứa tên đăng nhập, có ít nhất {VARIED} ký tự khác nhau"
        )
    return password


def known(accounts: dict[str, Account], login: str) -> Account:
    """Return the account of ``login``; raises UsageError where there is none."""
    if login not in accounts:
        command = command_here("desk user list")
        raise UsageError(f"không có tài khoản {login} — xem các tài khoản: {command}")
    return accounts[login]


def hash_of(password: str) -> str:
    return HASHER.hash(password)


def is_password(password: str, hashed: str) -> bool:
    try:
        return HASHER.verify(hashed, unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """Return a hash that no password has, made like all others."""
    return hash_of(os.urandom(16).hex())
