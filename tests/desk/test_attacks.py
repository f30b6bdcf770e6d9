"""Attacks on the desk that were thought of, each tried on every route that there is."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from kills import tree
from support import CONTENT
from vanban.desk import accounts as accounts_module
from vanban.desk.accounts import Accounts
from vanban.desk.door import OPEN, Door
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk

ROOT = Path(__file__).parents[2]
HOST = "vanban.test"
OWN = {"origin": f"https://{HOST}"}
PAGE = {"accept": "text/html"}
PASSWORD = "bốn từ dễ nhớ"
FILLED = {
    "period": "q3",
    "look": "dam",
    "number:short": "0",
    "name": "plan.pdf",
}
"""What stands in an address for a parameter; "plan" for others."""


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """A hash says itself what it costs to look at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts_module, "HASHER", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked")
    for name, text in CONTENT.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder / "content"


@pytest.fixture(scope="module")
def accounts(content: Path) -> Accounts:
    accounts = Accounts(content.parent / "cau-hinh" / "tai-khoan.json")
    accounts.add("an", "Nguyễn Văn An", PASSWORD)
    accounts.add("binh", "", PASSWORD)
    return accounts


@pytest.fixture(scope="module")
def app(content: Path, accounts: Accounts) -> Starlette:
    site = Site(
        Desk.of(content, None, content.parent / "build"), lambda: datetime(2025, 9, 16, tzinfo=UTC)
    )
    return application(site, (HOST,), Door.of_network(accounts))


@pytest.fixture
def outside(app: Starlette) -> TestClient:
    """A browser without a session; what the server does not catch is a 500."""
    return client_of(app)


@pytest.fixture(scope="module")
def token(app: Starlette) -> str:
    client = client_of(app)
    answer = login(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return str(client.cookies["__Host-vanban"])


@pytest.fixture
def inside(outside: TestClient, token: str) -> TestClient:
    """A browser whose person has come in."""
    outside.cookies.set("__Host-vanban", token, domain=HOST)
    return outside


def client_of(app: Starlette) -> TestClient:
    return TestClient(
        app, base_url=f"https://{HOST}", raise_server_exceptions=False, follow_redirects=False
    )


def login(client: TestClient, *, name: str = "an", password: str = PASSWORD, **more: Any) -> Any:
    given = {"ten": name, "mat-khau": password}
    return client.post("/dang-nhap", data=given, **{"headers": OWN, **more})


def routes(app: Starlette, method: str) -> list[str]:
    """Return an address of each route that answers ``method``, also of those of later views."""
    found = []
    for route in app.routes:
        if isinstance(route, Mount):
            found += [f"{route.path}/{name}" for name in ("desk.js", "ask.js", "khong-co.js")]
            continue
        assert isinstance(route, Route)
        if method in (route.methods or ()):
            found.append(re.sub(r"{([^}]+)}", lambda at: FILLED.get(at[1], "plan"), route.path))
    return found if method == "GET" else [each for each in found if not each.startswith("/tinh")]


# --- without a session ------------------------------------------------------------------------


def test_nothing_is_given_out_without_a_session(app: Starlette, outside: TestClient) -> None:
    asked = [each for each in routes(app, "GET") if each not in OPEN]
    assert len(asked) > 8
    for address in asked:
        answer = outside.get(address)
        assert answer.status_code == 401, address
        assert "Phiên làm việc đã hết" in answer.json()["errors"][0]
        answer = outside.get(address, headers=PAGE)
        assert answer.headers["location"].startswith("/dang-nhap?ve=/"), address
    for address in ("/khong-co", "/dang-nhap/", "/vao/x", "/tinh/desk.css/x"):
        assert outside.get(address).status_code == 401


def test_nothing_is_done_without_a_session(
    app: Starlette, outside: TestClient, content: Path
) -> None:
    before = tree(content)
    for address in routes(app, "POST"):
        if address not in OPEN:
            assert outside.post(address, json={}, headers=OWN).status_code == 401, address
            assert outside.put(address, json={}, headers=OWN).status_code == 401, address
    assert tree(content) == before


# --- from other sites -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": f"https://{HOST}.evil.example"},
        {"origin": f"https://evil.example/{HOST}"},
        {"origin": f"http://{HOST}"},
        {"origin": f"https://{HOST}:8443"},
        {**OWN, "sec-fetch-site": "cross-site"},
        {**OWN, "sec-fetch-site": "same-site"},
    ],
)
def test_no_other_site_changes_anything(
    app: Starlette, inside: TestClient, content: Path, headers: dict[str, str]
) -> None:
    before = tree(content)
    for address in routes(app, "POST"):
        assert inside.post(address, json={}, headers=headers).status_code == 403, address
    assert tree(content) == before


@pytest.mark.parametrize(
    "host", ["evil.example", f"{HOST}:80", f"{HOST}.evil.example", "127.0.0.1:8017", ""]
)
def test_a_name_that_was_bound_anew_leads_nowhere(
    app: Starlette, inside: TestClient, host: str
) -> None:
    for address in routes(app, "GET"):
        assert inside.get(address, headers={"host": host}).status_code == 403, address


@pytest.mark.slow
def test_reading_has_no_effect(app: Starlette, inside: TestClient, content: Path) -> None:
    before = tree(content)
    for address in routes(app, "GET"):
        answer = inside.get(address, headers=PAGE)
        assert answer.status_code < 500, (address, answer.text)
    assert tree(content) == before
    for address in routes(app, "POST"):
        assert inside.get(address).status_code in (200, 404, 405, 400), address
    assert tree(content) == before


def test_a_link_from_elsewhere_asks_once_more(outside: TestClient) -> None:
    """Such a request has no cookie; the page that it gets asks again, now from the desk itself."""
    headers = {**PAGE, "sec-fetch-site": "cross-site"}
    answer = outside.get("/van-ban/plan?x=1", headers=headers)
    assert 'content="0; url=/van-ban/plan?x=1"' in answer.text
    answer = outside.get("https://vanban.test//evil.example/", headers=headers)
    assert 'content="0; url=/"' in answer.text


def test_there_are_no_sockets(inside: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), inside.websocket_connect("/", headers=OWN):
        pass


# --- sessions ---------------------------------------------------------------------------------


def test_the_cookie_is_kept_from_scripts_and_other_sites(outside: TestClient) -> None:
    cookie = login(outside).headers["set-cookie"]
    name, *flags = cookie.split("; ")
    assert name.startswith("__Host-vanban=")
    assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=strict", "Secure"]


def test_a_session_that_somebody_else_has_set_is_not_taken(outside: TestClient) -> None:
    outside.cookies.set("__Host-vanban", "cua-nguoi-khac", domain=HOST)
    token = login(outside).headers["set-cookie"].split(";")[0].partition("=")[2]
    assert len(token) > 30 and token != "cua-nguoi-khac"
    outside.cookies.clear()
    outside.cookies.set("__Host-vanban", "cua-nguoi-khac", domain=HOST)
    assert outside.get("/").status_code == 401


def test_who_logs_in_again_or_leaves_has_no_session_left(outside: TestClient) -> None:
    login(outside)
    first = outside.cookies["__Host-vanban"]
    login(outside)
    second = outside.cookies["__Host-vanban"]
    assert outside.get("/").status_code == 200
    answer = outside.post("/dang-xuat", headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")
    assert 'vanban="";' in answer.headers["set-cookie"]
    for token in (first, second):
        outside.cookies.clear()
        outside.cookies.set("__Host-vanban", token, domain=HOST)
        assert outside.get("/").status_code == 401


@pytest.mark.parametrize("change", ["remove", "password"])
def test_who_has_no_account_any_more_is_out_at_once(
    outside: TestClient, accounts: Accounts, change: str
) -> None:
    accounts.add("cuc", "", PASSWORD)
    login(outside, name="cuc")
    assert outside.get("/").status_code == 200
    if change == "password":
        accounts.set_password("cuc", "một mật khẩu khác")
        assert outside.get("/").status_code == 401
    accounts.remove("cuc")
    assert outside.get("/").status_code == 401


def test_pages_are_kept_by_no_cache(inside: TestClient) -> None:
    for address, kept in (("/", "no-store"), ("/tinh/desk.css", "no-cache")):
        headers = inside.get(address).headers
        assert headers["cache-control"] == kept
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["strict-transport-security"]


# --- passwords --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "password"),
    [("an", "sai mật khẩu"), ("khong-co", PASSWORD), ("an", ""), ("", ""), ("an", "x" * 5000)],
)
def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    outside: TestClient, name: str, password: str
) -> None:
    answer = login(outside, name=name, password=password)
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.text
    assert name not in ("khong-co",) or name not in answer.text


def test_an_unknown_name_costs_a_password_too(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the time is asserted, but what takes it: a hash is looked at for every name."""
    looked: list[str] = []

    def looks(_: str, hashed: str) -> bool:
        looked.append(hashed)
        return False

    monkeypatch.setattr("vanban.desk.accounts.is_password", looks)
    for name in ("an", "khong-co"):
        assert accounts.verified(name, PASSWORD) is None
    assert [hashed.split("$")[1:4] for hashed in looked] == [looked[0].split("$")[1:4]] * 2


def test_who_tries_passwords_waits(outside: TestClient) -> None:
    for _ in range(5):
        assert login(outside, name="binh", password="sai").status_code == 401
    answer = login(outside, name="binh")
    assert (answer.status_code, "set-cookie" in answer.headers) == (429, False)
    assert "hãy đợi" in answer.text
    assert login(outside, name="an").status_code == 303


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/van-ban/plan", "/van-ban/plan"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/dang-nhap?ve=/dang-nhap", "/"),
        ("", "/"),
    ],
)
def test_a_login_leads_to_the_desk_alone(outside: TestClient, back: str, leads: str) -> None:
    given = {"ten": "an", "mat-khau": PASSWORD}
    answer = outside.post("/dang-nhap", params={"ve": back}, data=given, headers=OWN)
    assert answer.headers["location"] == leads
    assert "x=1" not in answer.headers["set-cookie"]


# --- bodies and addresses ---------------------------------------------------------------------

KNOWN_KEYS = (
    *("document", "file", "files", "id", "ids", "key", "upload", "uploads", "name", "text", "mark"),
    *("version", "criterion", "entry", "period", "folder", "year", "reason", "values", "tep", "ma"),
)
HOSTILE = json.dumps({key: "../../.." for key in KNOWN_KEYS}).encode()
"""A way out of every folder, for whatever a route may ask for by these names."""
BODIES = (
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b"[" * 100_000,
    b"{}",
    b'{"a": NaN}',
    b'{"document": {"$ne": 1}, "file": 1, "keys": "x", "values": [], "version": null}',
    b'{"file": "\\u0000", "document": "\\ud800", "keys": [null, {}], "version": "", "text": "x"}',
    HOSTILE,
    b"a=1&a=2&" * 100,
    b"--x\r\nContent-Disposition: form-data; name=a; filename=../../a\r\n\r\nx\r\n--x--",
)
KINDS = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


@pytest.mark.slow
@pytest.mark.long
def test_no_body_breaks_a_route(app: Starlette, inside: TestClient, content: Path) -> None:
    before = tree(content)
    for address in routes(app, "POST"):
        for body in BODIES if address != "/dang-xuat" else ():
            for kind in KINDS if body in BODIES[-3:] else KINDS[:1]:
                headers = {**OWN, "content-type": kind}
                answer = inside.post(address, content=body, headers=headers)
                assert answer.status_code < 500, (address, body[:60], answer.text)
    assert tree(content) == before
    assert (content.parent / "templates").is_dir()


def test_no_body_is_larger_than_it_may_be(app: Starlette, inside: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    for address in ("/gia-tri", "/so-lieu/q3", "/dang-nhap"):  # these read a body
        assert inside.post(address, content=pieces(), headers=OWN).status_code == 413, address
    for address in routes(app, "POST"):
        answer = inside.post(address, content=b"x", headers={**OWN, "content-length": "9" * 12})
        assert answer.status_code == 413, address


@pytest.mark.parametrize(
    "part",
    [
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "..%5c..",
        "%2fetc%2fpasswd",
        "%00",
        "%0d%0aSet-Cookie:%20x=1",
        "tai-khoan.json",
        "a" * 5000,
        "1" * 5000,
        "xx",
        "%ff",
    ],
)
def test_no_address_leaves_the_content(app: Starlette, inside: TestClient, part: str) -> None:
    for route in app.routes:
        path = route.path if isinstance(route, Route) else f"{route.path}/{{name}}"  # type: ignore[attr-defined]
        if "{" not in path:
            continue
        address = re.sub(r"{[^}]+}", part, path)
        for ask in (inside.get, inside.post):
            answer = ask(address, headers=OWN)
            assert 400 <= answer.status_code < 500, (address, answer.status_code)
            assert "root:" not in answer.text and "argon2" not in answer.text
            assert "set-cookie" not in answer.headers


FIT = {
    "version": "x",
    "known": [],
    "text": "x",
    "values": {},
    "notes": {},
    "fields": {},
    "picked": [],
    "seen": "x",
    "shown": "",
    "reason": "x",
    "everywhere": False,
    "unread": False,
    "anyway": False,
    "confirmed": False,
    "up": False,
    "line": 1,
    "column": 1,
}
"""What a body must have beside what names something, each of its kind."""
NUMBER = b'{"number": ' + b"1" * 5000 + b"}"
DEEP = b'{"values": ' + b"[" * 900 + b"]" * 900 + b"}"


def bodies() -> Iterator[bytes]:
    """Give bodies of the kinds that are asked for, whose values are none."""
    yield from (NUMBER, DEEP, b'{"line": 1e999, "picked": [1e999], "text": "x"}')
    others: tuple[dict[str, Any], ...]
    for name in ("xx", "..", "\0", "plan", "1" * 5000):
        names = dict.fromkeys(KNOWN_KEYS, name) | {"document": name, "pages": name}
        others = (
            {"keys": [], "files": []},
            {"keys": [name, -1, 10**30], "files": [name], "values": {name: name}},
            {"notes": {name: [None]}, "fields": {name: name}, "keys": [True], "files": [[]]},
            {"line": -(10**30), "column": 10**30, "picked": [10**30], "keys": [0], "files": []},
        )
        yield from (json.dumps({**names, **FIT, **more}).encode() for more in others)


@pytest.mark.slow
def test_no_body_of_the_right_kinds_breaks_a_route(
    app: Starlette, inside: TestClient, content: Path
) -> None:
    before = tree(content)
    addresses = {
        *routes(app, "POST"),
        *(re.sub("{[^}]+}", "xx", each.path) for each in app.routes if is_post(each)),
    }
    broken = [
        (address, body[:300])
        for address in sorted(addresses.difference(OPEN, ["/dang-xuat"]))
        for body in bodies()
        if inside.post(address, content=body, headers=OWN).status_code >= 500
    ]
    assert broken == []
    assert tree(content) == before


def is_post(route: BaseRoute) -> TypeGuard[Route]:
    return isinstance(route, Route) and "POST" in (route.methods or ())


@pytest.mark.slow
@pytest.mark.parametrize(
    "value", ["1" * 5000, "[" + "1" * 5000 + "]", "[" * 900, "\0", "", "..", "xx"]
)
def test_nothing_asked_by_an_address_breaks_a_route(
    app: Starlette, inside: TestClient, value: str
) -> None:
    asked = dict.fromkeys(("khoa", "ky", "van-ban", "nam", "co", "trang", "ma"), value)
    broken = [
        (address, file)
        for address in routes(app, "GET")
        for file in (value, "co-quan.yaml")
        if inside.get(address, params={**asked, "tep": file}, headers=PAGE).status_code >= 500
    ]
    assert broken == []
