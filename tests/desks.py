"""A desk that is being served to a test, and programs that come to it."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

WIDTHS = {"laptop": (1366, 768), "laptop at 200 %": (683, 384), "phone": (360, 740)}
"""In CSS pixels: a browser that doubles everything has half of them."""

AS_ONE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Served:
    """A desk at work: its address, and its content folder."""

    address: str
    content: Path

    def read(self, file: str) -> str:
        return (self.content / file).read_text(encoding="utf-8")


@dataclass
class Visitor:
    """A program that comes to a desk as a browser does, with the cookie that it was given."""

    address: str
    context: ssl.SSLContext | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Return the status and the text of an answer; a ``body`` is sent, as JSON or as a form."""
        parts = urlsplit(self.address)
        host, port = parts.hostname or "", parts.port
        connection = (
            HTTPSConnection(host, port, context=self.context, timeout=60)
            if self.context is not None
            else HTTPConnection(host, port, timeout=60)
        )
        data = body if isinstance(body, str | None) else json.dumps(body)
        own = {"Origin": f"{parts.scheme}://{parts.netloc}"} if body is not None else {}
        method = "GET" if body is None else "POST"
        try:
            connection.request(method, path, data, {**own, **self.headers, **headers})
            answer = connection.getresponse()
            given = answer.getheader("set-cookie")
            if given:
                self.headers["Cookie"] = given.partition(";")[0]
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``vanban desk`` in a process of its own in ``folder``; yield it and its address."""
    command = [sys.executable, "-m", "vanban.cli", "desk", "--no-browser", "--port", "0", *options]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    with process:
        try:
            words = process.stdout.readline().split()
            assert words and words[-1].startswith("http"), (words, process.stdout.read())
            yield process, words[-1]
        finally:
            process.kill()
