"""A desk over a copy of the project's content, served on a port of its own, and a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from desks import Served
from vanban.desk.door import Door
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk

ROOT = Path(__file__).parents[2]
TIMEOUT = 60_000
"""Milliseconds; no time is asserted, a busy machine only takes longer."""

expect.set_options(timeout=TIMEOUT)


@contextmanager
def at_work(folder: Path, door: Door | None = None) -> Iterator[Served]:
    """Serve a copy of the project's content in ``folder``, to those whom the ``door`` lets in."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".vanban"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        number = listener.getsockname()[1]
        desk = Desk.of(folder / "content", None, folder / "build")
        site = Site(desk, lambda: datetime(2025, 9, 16, tzinfo=UTC))
        app = application(site, (f"127.0.0.1:{number}",), door)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        listener.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield Served(f"http://127.0.0.1:{number}", folder / "content")
        server.should_exit = True
        thread.join()


@pytest.fixture
def door() -> Door | None:
    """Who is let in to ``served``; everybody, where a test says nothing else."""
    return None


@pytest.fixture
def served(tmp_path: Path, door: Door | None) -> Iterator[Served]:
    with at_work(tmp_path, door) as served:
        yield served


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk that the tests of a module only look at."""
    with at_work(tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: while it is there, an event loop of Playwright runs."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("không có chromium: KHÔNG thử bàn làm việc trong trình duyệt")
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    arguments.append("--disable-gpu")  # there is none, and acting one takes a fifth more
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of 1366 × 768 that asks nothing of any other machine."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(TIMEOUT)
    outside: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not [url for url in outside if not url.startswith(("http://127.0.0.1:", "data:"))]
    assert errors == []
