"""Clusters for tests: schedulers and workers as people start them, also in network namespaces."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent


@contextmanager
def running(
    *words: str | Path, log: Path, within: tuple[str, ...] = (), env: Mapping[str, str] = {}
) -> Iterator[subprocess.Popen[bytes]]:
    """Let ``dask`` run with ``words``, started by the command ``within``; end it afterwards."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*within, str(BIN / "dask"), *map(str, words), "--no-dashboard"],
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **env},
            cwd=log.parent,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


def await_words(log: Path, words: str, seconds: float = 60) -> None:
    """Wait until a program said ``words``."""
    end = time.monotonic() + seconds
    while words not in log.read_text("utf-8", "replace"):
        if time.monotonic() > end:
            raise AssertionError(log.read_text("utf-8", "replace"))
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def namespaces(*names: str) -> Iterator[dict[str, str]]:
    """Yield the address of each of the namespaces, all at one bridge in the first.

    Raises OSError, CalledProcessError where this machine does not allow that.
    """
    prefix = f"vb{os.getpid()}"
    addresses = {name: f"10.77.0.{number}" for number, name in enumerate(names, 1)}
    hub = f"{prefix}{names[0]}"
    with ExitStack() as stack:
        for name in names:
            _ip("netns", "add", f"{prefix}{name}")
            stack.callback(_ip, "netns", "del", f"{prefix}{name}")
            _ip("-n", f"{prefix}{name}", "link", "set", "lo", "up")
        _ip("-n", hub, "link", "add", "bridge", "type", "bridge")
        _ip("-n", hub, "addr", "add", f"{addresses[names[0]]}/24", "dev", "bridge")
        _ip("-n", hub, "link", "set", "bridge", "up")
        for name in names[1:]:
            own = f"{prefix}{name}"
            _ip("-n", own, "link", "add", "net", "type", "veth", "peer", "name", name, "netns", hub)
            _ip("-n", own, "addr", "add", f"{addresses[name]}/24", "dev", "net")
            _ip("-n", own, "link", "set", "net", "up")
            _ip("-n", hub, "link", "set", "dev", name, "master", "bridge", "up")
        yield addresses


def within(name: str) -> tuple[str, ...]:
    """Return what starts a command in a namespace of :func:`namespaces`."""
    return ("ip", "netns", "exec", f"vb{os.getpid()}{name}")


def unplug(name: str) -> None:
    """Take a namespace off the network."""
    _ip("-n", f"vb{os.getpid()}{name}", "link", "set", "net", "down")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def write_certificates(folder: Path) -> dict[str, str]:
    """Write an authority, a key and its certificate; return the settings of Dask that use them."""
    subject = "-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=cum"
    words = f"openssl req {subject} -keyout key.pem -out cert.pem".split()
    subprocess.run(words, check=True, capture_output=True, cwd=folder)
    base = "DASK_DISTRIBUTED__COMM__TLS__"
    settings = {f"{base}CA_FILE": str(folder / "cert.pem")}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings[f"{base}{role}__CERT"] = str(folder / "cert.pem")
        settings[f"{base}{role}__KEY"] = str(folder / "key.pem")
    return settings
