"""The desk as a process: over TLS, behind a proxy, with slow visitors, killed amid saves."""

from __future__ import annotations

import signal
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pytest
import uvicorn
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from desks import Visitor, running
from support import CONTENT
from vanban.app.content_file import version_of
from vanban.app.load import load_content
from vanban.desk import run
from vanban.desk.accounts import Accounts

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PASSWORD = "bốn từ dễ nhớ"
PLAN = "2025/ke-hoach.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in CONTENT.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    return tmp_path


@pytest.fixture
def accounts(folder: Path) -> Path:
    file = folder / "tai-khoan.json"
    Accounts(file).add("an", "Nguyễn Văn An", PASSWORD)
    return file


def certificate(folder: Path) -> ssl.SSLContext:
    """Write a certificate for this machine and its key; return who trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "chung-thu.pem").write_bytes(made.public_bytes(pem))
    (folder / "khoa.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return ssl.create_default_context(cafile=str(folder / "chung-thu.pem"))


def test_people_come_in_over_tls_and_the_journal_names_them(folder: Path, accounts: Path) -> None:
    context = certificate(folder)
    options = ("--tls-cert", "chung-thu.pem", "--tls-key", "khoa.pem", "--accounts", str(accounts))
    with running(folder, *options) as (_, address):
        assert address.startswith("https://127.0.0.1:")
        visitor = Visitor(address, context)
        assert visitor.ask("/")[0] == 401
        form = urlencode({"ten": "an", "mat-khau": PASSWORD})
        assert visitor.ask("/dang-nhap", form)[0] == 303
        assert visitor.headers["Cookie"].startswith("__Host-vanban=")
        status, page = visitor.ask("/")
        assert status == 200 and "Nguyễn Văn An" in page and "Đăng xuất" in page
        assert save(visitor, folder, "Trích yếu mới") == 200
        plain = Visitor(address.replace("https", "http"))
        with pytest.raises(OSError):
            plain.ask("/")
    listed = vanban(folder, "undo", "--list")
    assert "bàn làm việc: sửa 2025/ke-hoach.yaml – Nguyễn Văn An (an)" in listed


def test_behind_a_proxy_only_the_proxy_gets_in(folder: Path, accounts: Path) -> None:
    public = "https://vanban.test"
    options = ("--public", public, "--accounts", str(accounts))
    port = free_port()
    for proxy, status in (("127.0.0.1", 401), ("127.0.0.9", 403)):
        with running(folder, *options, f"--behind-proxy={proxy}", "--port", str(port)) as (_, told):
            assert told == f"{public}/"
            visitor = Visitor(f"http://127.0.0.1:{port}")
            assert asked_when_up(visitor, Host="vanban.test") == status
            assert visitor.ask("/", Host=f"127.0.0.1:{port}")[0] == 403


def test_who_sends_no_whole_request_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "HEAD_SECONDS", 0.2)

    async def answers(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("đây")(scope, receive, send)

    config = uvicorn.Config(answers, http=run.Patient, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        for begun in (b"", b"GET / HTTP/1.1\r\nHost: ", b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /"):
            with socket.create_connection(listener.getsockname(), timeout=60) as visitor:
                visitor.sendall(begun)
                answer = b""
                while part := visitor.recv(1000):  # until it is closed
                    answer += part
                assert answer.count(b"200 OK") == begun.count(b"\r\n\r\n")
        server.should_exit = True
        thread.join()


@pytest.mark.long
@pytest.mark.parametrize("after", [1, 7])
def test_killed_amid_saves_the_content_is_whole(folder: Path, after: int) -> None:
    """The value is the last that was told as written, or the one that was being written."""
    sent: list[str] = []
    told: list[str] = []

    def type_on(visitor: Visitor) -> None:
        for number in range(1000):
            sent.append(f"Trích yếu lần thứ {number}")
            try:
                status = save(visitor, folder, sent[-1])
            except OSError:
                return
            assert status == 200
            told.append(sent[-1])

    with running(folder) as (process, address):
        visitor = Visitor(address)
        enter(visitor)
        typing = Thread(target=type_on, args=(visitor,))
        typing.start()
        while len(told) < after and typing.is_alive():
            typing.join(0.01)
        process.send_signal(signal.SIGKILL)
        typing.join(60)
    with running(folder) as (_, address):
        visitor = Visitor(address)
        enter(visitor)
        left = now(folder)
        assert left in (told[-1], sent[-1])
        assert not load_content(folder / "content", 2025).problems
        assert visitor.ask("/lay-lai", {})[0] == 200
        assert now(folder) == ([BEFORE, *sent])[sent.index(left)]
        assert save(visitor, folder, "Sau khi mở lại") == 200
    assert not [path.name for path in folder.glob("content/**/.vanban-*")]
    assert not (folder / "content/.lock").exists()


def test_a_command_and_the_desk_write_in_turn(folder: Path) -> None:
    with running(folder) as (_, address):
        visitor = Visitor(address)
        enter(visitor)
        for number in range(3):
            assert save(visitor, folder, f"Trích yếu lần thứ {number}") == 200
            assert "Đã lấy lại" in vanban(folder, "undo")
            assert now(folder) == BEFORE


BEFORE = "Nâng cao Chỉ số cải cách hành chính năm 2025"


def enter(visitor: Visitor) -> None:
    """Come in by the address that the terminal shows, cookie and all."""
    parts = urlsplit(visitor.address)
    visitor.address = f"{parts.scheme}://{parts.netloc}"
    assert visitor.ask("/")[0] == 401
    assert visitor.ask(f"{parts.path}?{parts.query}")[0] == 200


def now(folder: Path) -> str:
    """Return the abstract of the plan as its file says."""
    return str(yaml.safe_load((folder / "content" / PLAN).read_bytes())["trich_yeu"])


def save(visitor: Visitor, folder: Path, text: str) -> int:
    """Write the abstract of the plan, as somebody who has just seen it; return the status."""
    given = {
        "document": "plan",
        "file": PLAN,
        "keys": ["trich_yeu"],
        "version": version_of((folder / "content" / PLAN).read_bytes()),
        "text": text,
        "known": [],
    }
    return visitor.ask("/gia-tri", given, **{"Content-Type": "application/json"})[0]


def vanban(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "vanban.cli", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def asked_when_up(visitor: Visitor, **headers: str) -> int:
    while True:
        try:
            return visitor.ask("/", **headers)[0]
        except ConnectionRefusedError:
            continue
