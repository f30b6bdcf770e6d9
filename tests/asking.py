"""Asking the dialogs of a desk over plain HTTP: files are sent, shown, and then done."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1:8017"
OWN = {"host": HOST, "origin": f"http://{HOST}"}


PAGES = (
    "/trao-doi",
    "/trao-doi/bieu-mau",
    "/trao-doi/thu",
    "/trao-doi/word",
    "/trao-doi/so-sanh",
    "/trao-doi/phat-hanh",
    "/trao-doi/chu-ky",
    "/them-moi",
    "/them-moi/van-ban",
    "/them-moi/bao-cao",
    "/them-moi/nam",
    "/them-moi/sang-nam",
    "/them-moi/diem",
    "/them-moi/don-vi",
    "/them-moi/dung-chung",
    "/them-moi/tu-tep",
    "/them-moi/bo-chi-so",
)
"""Addresses of the dialogs, and of the two pages that lead to them."""


@dataclass(frozen=True)
class Asking:
    """A browser without a screen."""

    client: TestClient

    def sent(self, name: str, data: bytes) -> str:
        """Send a file; return its id."""
        answer = self.client.post(f"/tai-len?ten={quote(name)}", content=data, headers=OWN)
        made: str = answer.json()["id"]
        return made

    def ask(
        self,
        address: str,
        fields: Mapping[str, object] | None = None,
        files: Iterable[str] = (),
        picked: Iterable[int] = (),
        shown: str = "",
    ) -> dict[str, Any]:
        """Return what is shown, or done where it was ``shown``; "errors" where it is refused."""
        body = {
            "fields": fields or {},
            "files": list(files),
            "picked": list(picked),
            "shown": shown,
        }
        answer = self.client.post(address, json=body, headers=OWN)
        told: dict[str, Any] = answer.json()
        return {**told, "status": answer.status_code}

    def done(
        self,
        address: str,
        fields: Mapping[str, object] | None = None,
        files: Iterable[str] = (),
        picked: Iterable[int] = (),
    ) -> dict[str, Any]:
        """Look, then do what was shown."""
        files = tuple(files)
        told = self.ask(address, fields, files)
        assert told.get("shown"), told
        return self.ask(address, fields, files, picked, told["shown"])

    def get(self, address: str) -> Any:
        return self.client.get(address, headers={"host": HOST})


def site_in(folder: Path) -> Site:
    """Return a desk over a copy of the content without the files of evidence."""
    for name in ("content", "templates"):
        ignored = shutil.ignore_patterns(".vanban", "minh-chung")
        shutil.copytree(ROOT / name, folder / "phuong" / name, ignore=ignored)
    home = folder / "phuong"
    desk = Desk.of(home / "content", None, home / "build")
    return Site(desk, lambda: datetime(2025, 9, 16, tzinfo=UTC))


def asking(site: Site) -> Iterator[Asking]:
    with TestClient(application(site, (HOST,)), base_url=f"http://{HOST}") as client:
        yield Asking(client)
