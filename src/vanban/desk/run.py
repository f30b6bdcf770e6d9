"""The desk as a server of this machine: it listens on the loopback address alone."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import uvicorn

from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.errors import MachineError

LOOPBACK = "127.0.0.1"


def serve(
    content: Path,
    year: int | None,
    out: Path,
    port: int,
    opened: Callable[[str], None],
    now: Callable[[], datetime],
) -> None:
    """Serve until stopped; ``opened`` is told the address once it answers.

    A ``port`` of 0 is any free one. Raises MachineError where the port is taken.
    """
    desk = Desk.of(content, year, out)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError as error:
            raise MachineError(
                f"cổng {port} đang có chương trình khác dùng — chọn cổng khác: --port 8018"
            ) from error
        number = listener.getsockname()[1]
        names = tuple(f"{name}:{number}" for name in (LOOPBACK, "localhost"))
        app = application(Site(desk, now), names)
        listener.listen()
        opened(f"http://{LOOPBACK}:{number}/")
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])
