"""Files sent up: kept under their name within bounds, and gone with the desk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from support import CONTENT
from vanban.desk import uploads
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.desk.uploads import Uploads, plain_name
from vanban.errors import UsageError

HOST = "127.0.0.1:8017"
OWN = {"host": HOST, "origin": f"http://{HOST}"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    for name, text in CONTENT.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    yield Site(
        Desk.of(tmp_path / "content", 2025, tmp_path / "build"),
        lambda: datetime(2025, 9, 16, tzinfo=UTC),
    )


def test_a_file_is_kept_under_its_name_until_the_desk_ends(site: Site) -> None:
    with TestClient(application(site, (HOST,)), base_url=f"http://{HOST}") as client:
        address = f"/tai-len?ten={quote('thư mục/Biểu mẫu.xlsx')}"
        answer = client.post(address, content=b"abc" * 1_000_000, headers=OWN)
        assert answer.json() == {
            "id": answer.json()["id"],
            "name": "Biểu mẫu.xlsx",
            "size": 3_000_000,
        }
        path = site.uploads.path(answer.json()["id"])
        assert (path.name, path.stat().st_size) == ("Biểu mẫu.xlsx", 3_000_000)
        assert site.uploads.named(f"{path}: hỏng") == "Biểu mẫu.xlsx: hỏng"
    assert not site.uploads.folder.exists()


@pytest.mark.parametrize(
    ("name", "sent", "status", "told"),
    [
        ("", b"x", 404, "tên tệp trống"),
        ("..", b"x", 404, "bắt đầu bằng dấu chấm"),
        (".an", b"x", 404, "bắt đầu bằng dấu chấm"),
        ("a/", b"x", 404, "tên tệp trống"),
        ("ă" * 101, b"x", 404, "quá dài"),
        ("a\x00.pdf", b"x", 404, "không in được"),
        ("a\u202efdp.exe", b"x", 404, "không in được"),
        ("a.pdf", b"", 404, "tệp trống"),
    ],
)
def test_what_is_no_file_is_refused(
    site: Site, name: str, sent: bytes, status: int, told: str
) -> None:
    with TestClient(application(site, (HOST,)), base_url=f"http://{HOST}") as client:
        answer = client.post(f"/tai-len?ten={quote(name)}", content=sent, headers=OWN)
        assert answer.status_code == status
        assert told in answer.json()["errors"][0]
        assert not list(site.uploads.folder.iterdir())


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\a\\b.docx", " b.docx "])
def test_a_name_leads_nowhere(name: str) -> None:
    assert plain_name(name) in ("passwd", "b.docx")


def test_the_oldest_go_and_what_grows_too_large_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(uploads, "MAX_FILE", 10)
    monkeypatch.setattr(uploads, "MAX_ALL", 20)
    kept = Uploads(tmp_path)

    async def parts(*sizes: int) -> AsyncIterator[bytes]:
        for size in sizes:
            yield b"x" * size

    first, second, third = (asyncio.run(kept.keep("a", parts(5, 5))) for _ in range(3))
    for gone in (first, "../..", 3, None):
        with pytest.raises(UsageError, match="chọn lại tệp"):
            kept.path(gone)
    assert {kept.path(each).parent.name for each in (second, third)} == {second, third}
    with pytest.raises(UsageError, match="lớn hơn"):
        asyncio.run(kept.keep("b", parts(5, 6)))
    assert len(list(tmp_path.iterdir())) == 2
