"""Where a desk listens and under which names: this machine alone, or a network with conditions."""

from __future__ import annotations

import ssl
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from vanban.desk.accounts import Accounts
from vanban.errors import MachineError, UsageError
from vanban.invocation import command_here
from vanban.io.reasons import reason_of

LOOPBACK = "127.0.0.1"
SECURE_PORT = 443
"""Which an address of https does not name."""
GUIDE = "cách làm ở docs/ban-lam-viec.md"


class Listening(Struct, frozen=True):
    """What the command asks for.

    ``public`` is the address that people type where that is not the one listened on, "" else.
    ``proxy`` is the IP address of the one that takes TLS off and passes requests on, "" for none.
    """

    host: str = LOOPBACK
    port: int = 8017
    public: str = ""
    certificate: Path | None = None
    key: Path | None = None
    proxy: str = ""

    @property
    def on_network(self) -> bool:
        return not _is_loopback(self.host) or bool(self.proxy or self.public or self.certificate)

    def require(self, accounts: Accounts) -> None:
        """Raise UsageError with all that is lacking, MachineError where the certificate is bad."""
        wrong = [*self._wrong(), *(self._lacking(accounts) if self.on_network else ())]
        if wrong:
            listed = "; ".join(f"({number}) {each}" for number, each in enumerate(wrong, 1))
            raise UsageError(f"chưa mở bàn làm việc: {listed} — {GUIDE}")
        if self.certificate is not None and self.key is not None:
            _require_pair(self.certificate, self.key)

    def _wrong(self) -> list[str]:
        wrong = []
        if not 0 <= self.port <= 65535:
            wrong.append("--port phải là số từ 0 đến 65535")
        if self.public and not _is_public(self.public):
            wrong.append("--public phải là địa chỉ https, ví dụ https://vanban.tranlieu.gov.vn")
        if self.proxy and not _is_address(self.proxy):
            wrong.append("--behind-proxy phải là địa chỉ IP của máy chủ trung gian")
        if (self.certificate is None) != (self.key is None):
            wrong.append("--tls-cert và --tls-key đi cùng nhau")
        if self.certificate is not None and self.proxy:
            wrong.append("đứng sau máy chủ trung gian (--behind-proxy) thì không dùng --tls-cert")
        return wrong

    def _lacking(self, accounts: Accounts) -> list[str]:
        lacking = []
        if self.certificate is None and self.key is None and not self.proxy:
            lacking.append(
                "mở ra mạng thì phải mã hóa: thêm --tls-cert và --tls-key, hoặc --behind-proxy"
            )
        if not self.public and (self.proxy or _is_any(self.host)):
            lacking.append(
                "chưa biết mọi người gõ địa chỉ nào: thêm --public https://vanban.tranlieu.gov.vn"
            )
        if not accounts.read():
            lacking.append(f"chưa có tài khoản nào: {command_here('desk user add TÊN')}")
        return lacking

    def hosts(self, port: int) -> tuple[str, ...]:
        """Return the names under which requests are let in, ``port`` being listened on."""
        if self.public:
            return (urlsplit(self.public).netloc.lower(),)
        name = f"[{self.host}]" if ":" in self.host else self.host.lower()
        if not self.on_network:
            return tuple(f"{each}:{port}" for each in dict.fromkeys((name, LOOPBACK, "localhost")))
        return (name,) if port == SECURE_PORT else (f"{name}:{port}",)

    def address(self, port: int) -> str:
        """Return what people type."""
        return f"{'https' if self.on_network else 'http'}://{self.hosts(port)[0]}/"


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_any(host: str) -> bool:
    return _is_address(host) and ip_address(host).is_unspecified


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    bare = parts.path in ("", "/") and not parts.query and not parts.fragment
    return plain and bare and port != SECURE_PORT and address.isascii()


def _require_pair(certificate: Path, key: Path) -> None:
    def no_word() -> str:
        raise MachineError(f"{key}: khóa có mật khẩu — dùng tệp khóa không đặt mật khẩu")

    for path in (certificate, key):
        try:
            path.read_bytes()
        except OSError as error:
            raise MachineError(f"không đọc được {path}: {reason_of(error)}") from error
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, no_word)
    except ssl.SSLError as error:
        raise MachineError(
            f"{certificate} và {key} không phải là chứng thư và khóa của nó (PEM) — xem lại hai tệp"
        ) from error
