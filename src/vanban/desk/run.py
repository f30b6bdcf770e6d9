"""The desk as a server: on the loopback address, or on a network under :class:`Listening`."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from vanban.desk.accounts import Accounts
from vanban.desk.door import KEY, Door
from vanban.desk.listening import Listening
from vanban.desk.reviewer import ReviewProcess
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.errors import MachineError
from vanban.io.reasons import reason_of

HEAD_SECONDS = 20.0
"""For the head of a request to come."""
MOST_CONNECTIONS = 400
"""Of an office, with some windows each."""
KEPT_SECONDS = 15
"""For a window to ask again on the same connection; it does so every few."""
SWITCH_SECONDS = 0.0005
"""After which a thread that computes lets others answer; each look at a file waits for that."""
GARBAGE = (10_000, 10, 10)
"""When garbage is looked for; commands, which soon end, look so late that a desk would grow."""
LAST_SECONDS = 5
"""For what is being answered when the desk ends."""


def serve(
    content: Path,
    year: int | None,
    out: Path,
    listening: Listening,
    accounts: Accounts,
    opened: Callable[[str, str], None],
    now: Callable[[], datetime],
) -> None:
    """Serve until stopped; ``opened`` is told the address, and one for a browser here, "" for none.

    A port of 0 is any free one. Raises UsageError, MachineError where it may not or cannot listen.
    """
    listening.require(accounts)
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*GARBAGE)
    desk = Desk.of(content, year, out)
    with _listener(listening) as listener, ReviewProcess() as reviewing:
        port = listener.getsockname()[1]
        address = listening.address(port)
        if listening.on_network:
            door = Door.of_network(accounts)
            opened(address, "")
        else:
            door = Door.of_machine(port)
            enter = f"{address.rstrip('/')}{KEY}?ma="
            opened(enter + door.key, enter + door.key_for_once())
        site = Site(desk, now, not listening.on_network, reviewing.review)
        app = application(site, listening.hosts(port), door, listening.proxy)
        config = uvicorn.Config(
            app,
            http=Patient,
            ws="none",
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # the guard reads what there is to read
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=KEPT_SECONDS,
            timeout_graceful_shutdown=LAST_SECONDS,
            ssl_certfile=listening.certificate,
            ssl_keyfile=listening.key,
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listener(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    try:
        return socket.create_server((listening.host, listening.port), family=family)
    except OSError as error:
        where = f"{listening.host}, cổng {listening.port}"
        raise MachineError(
            f"không mở được {where} ({reason_of(error)}) — đóng bàn làm việc đang mở ở đó, hoặc "
            "chọn cổng khác: --port 8018"
        ) from error


class Patient(H11Protocol):
    """Closes a connection whose request does not come: it would keep a place from others."""

    _closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._drop()

    def _watch(self) -> None:
        """Begin to wait where no request is being answered; what trickles in gains no time."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._drop()
        elif self._closing is None:
            self._closing = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _drop(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
