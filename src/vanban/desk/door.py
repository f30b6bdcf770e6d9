"""The door of the desk: nobody sees a page or a file of it without a session.

On a network people come in by name and password. On this machine, which other users may share,
whoever has the address that the program showed to its user comes in.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from math import ceil
from secrets import compare_digest, token_urlsafe
from urllib.parse import parse_qs, quote

from msgspec import Struct, field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from vanban.desk.accounts import Account, Accounts
from vanban.desk.sessions import PERSON, Person, Session, Sessions, Tries

LOGIN, LOGOUT, KEY = "/dang-nhap", "/dang-xuat", "/vao"
OPEN = frozenset({LOGIN, KEY, "/tinh/desk.css"})
"""What is given out without a session: how to come in, and what that page looks like."""
PULSE = "/nhip"
"""Asked by an open window again and again: nobody has done anything then."""
AT_ONCE = 2
"""Passwords that are looked at at once: each takes 64 MB and tens of milliseconds."""
MAX_LOGIN = 10_000
"""Bytes of a login."""
FIELDS = 10
ENDED = "Phiên làm việc đã hết — vào lại bàn làm việc ở một thẻ khác, rồi ghi lại ở đây."
Html = Callable[..., Response]


class Door(Struct):
    """Lets in by accounts where there are any, else by the keys of this start of the desk."""

    cookie: str
    secure: bool
    accounts: Accounts | None = None
    clock: Callable[[], float] = time.monotonic
    sessions: Sessions = field(default_factory=Sessions)
    tries: Tries = field(default_factory=Tries)
    key: str = field(default_factory=token_urlsafe)
    """Comes with the address that is shown in the terminal; holds as long as the desk runs."""
    _once: set[str] = field(default_factory=set)
    _looking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @classmethod
    def of_network(cls, accounts: Accounts) -> Door:
        return cls("__Host-vanban", True, accounts)

    @classmethod
    def of_machine(cls, port: int) -> Door:
        """Of a desk on ``port``: browsers send a cookie to every port of a machine."""
        return cls(
            f"vanban-{port}", False, sessions=Sessions(idle=float("inf"), whole=float("inf"))
        )

    def key_for_once(self) -> str:
        """Return a key that opens once: other users see the commands by which browsers start."""
        key = token_urlsafe()
        self._once.add(key)
        return key

    def session(self, headers: Headers, *, used: bool) -> Session | None:
        """Return the session that a request belongs to, None where it has none."""
        found = self.sessions.find(self._token(headers), self.clock(), used=used)
        if found is None or self.accounts is None or found.person is None:
            return found
        account = self.accounts.read().get(found.person.login)
        return found if account is not None and account.password == found.mark else None

    def _token(self, headers: Headers) -> str:
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return ""
        return morsel.value if morsel is not None else ""

    # --- pages ----------------------------------------------------------------------------------

    def routes(self, html: Html) -> list[Route]:
        """Return what is at the door; ``html`` fills a template."""
        if self.accounts is None:

            async def enter(request: Request) -> Response:
                return self._enter(request, html)

            return [Route(KEY, enter)]
        accounts = self.accounts

        async def ask(request: Request) -> Response:
            return html("login.html", back=back_to(request), said="")

        async def login(request: Request) -> Response:
            return await self._login(request, accounts, html)

        return [
            Route(LOGIN, ask),
            Route(LOGIN, login, methods=["POST"]),
            Route(LOGOUT, self._logout, methods=["POST"]),
        ]

    def _enter(self, request: Request, html: Html) -> Response:
        given = request.query_params.get("ma", "")
        if given in self._once:
            self._once.discard(given)
        elif not compare_digest(given.encode(), self.key.encode()):
            return _refused(html)
        return self._begun(html("again.html", address="/"), request, None, "")

    async def _login(self, request: Request, accounts: Accounts, html: Html) -> Response:
        given = await _form(request)
        login, address = given.get("ten", "").strip().lower(), _address(request)
        wait = self.tries.wait(login, address, self.clock())
        if wait:
            said = f"Sai mật khẩu nhiều lần, hãy đợi {ceil(wait)} giây rồi thử lại."
            return _told(429, html("login.html", back=back_to(request), said=said))
        self.tries.count(login, address, self.clock())
        async with self._looking:
            account: Account | None = await run_in_threadpool(
                accounts.verified, login, given.get("mat-khau", "")
            )
        if account is None:
            said = "Tên đăng nhập hoặc mật khẩu chưa đúng."
            return _told(401, html("login.html", back=back_to(request), said=said))
        self.tries.forgive(login, address)
        person = Person(account.login, account.name)
        answer = RedirectResponse(back_to(request), 303)
        return self._begun(answer, request, person, account.password)

    def _begun(
        self, answer: Response, request: Request, person: Person | None, mark: str
    ) -> Response:
        """Let ``answer`` bring a new session; the one that the browser had ends."""
        self.sessions.end(self._token(request.headers))
        token = self.sessions.begin(person, mark, self.clock())
        answer.set_cookie(
            self.cookie, token, path="/", secure=self.secure, httponly=True, samesite="strict"
        )
        return answer

    async def _logout(self, request: Request) -> Response:
        self.sessions.end(self._token(request.headers))
        answer = RedirectResponse(LOGIN, 303)
        answer.delete_cookie(
            self.cookie, path="/", secure=self.secure, httponly=True, samesite="strict"
        )
        return answer


class Guarded:
    """Lets requests with a session through, and says who asks; the others are sent to the door."""

    def __init__(self, app: ASGIApp, door: Door, html: Html) -> None:
        self.app, self.door, self.html = app, door, html

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = self.door.session(headers, used=scope["path"] != PULSE)
        if session is None:
            await self._outside(Request(scope), headers)(scope, receive, send)
            return
        token = PERSON.set(session.person)
        try:
            await self.app(scope, receive, send)
        finally:
            PERSON.reset(token)

    def _outside(self, request: Request, headers: Headers) -> Response:
        if request.method != "GET" or "text/html" not in headers.get("accept", ""):
            return JSONResponse({"errors": [ENDED], "now": None}, 401)
        if headers.get("sec-fetch-site") == "cross-site":
            # A link from elsewhere brings no cookie along; the page that asks again does.
            return self.html("again.html", address=_asked(request))
        if self.door.accounts is None:
            return _refused(self.html)
        return RedirectResponse(f"{LOGIN}?ve={quote(_asked(request), safe='/')}", 303)


def _refused(html: Html) -> Response:
    return _told(401, html("outside.html"))


def _told(status: int, answer: Response) -> Response:
    answer.status_code = status
    return answer


def _asked(request: Request) -> str:
    query = request.url.query
    return _inside(quote(request.url.path) + (f"?{query}" if query else ""))


def back_to(request: Request) -> str:
    """Return the page that was asked for before; none but one of the desk itself."""
    address = _inside(request.query_params.get("ve", "/"))
    return "/" if address.startswith(LOGIN) else address


def _inside(address: str) -> str:
    """Return an address of the desk; "/" in place of one that leads elsewhere."""
    inside = address.startswith("/") and address[1:2] not in ("/", "\\") and address.isprintable()
    return address if inside else "/"


async def _form(request: Request) -> dict[str, str]:
    """Return the first value of each field of a form, none where it cannot be read."""
    try:
        found = parse_qs((await request.body()).decode(), max_num_fields=FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
