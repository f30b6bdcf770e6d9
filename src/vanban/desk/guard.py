"""What is let in: requests by the names of this desk, changes from its own pages, within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' "
    "data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KEPT = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # "no-referrer" would hide the origin of a form, too
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
YEAR = 365 * 24 * 3600
ASKED_AGAIN = ("/tinh/", "/phong-chu/")
"""Files that a browser keeps, asking whether they are still the same; it keeps nothing else."""
MAX_BODY = 2_000_000
"""Bytes of a request."""
PATIENCE, SLOWEST = 60.0, 50_000
"""Seconds that a body may take to come, and bytes a second beyond them."""
ELSEWHERE = "Yêu cầu không đến từ trang của bàn làm việc."


class Guard:
    """Refuses other hosts (DNS rebinding) and changes from other sites; sets what browsers keep."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: tuple[str, ...],
        limits: Mapping[str, int],
        secure: bool = False,
        proxy: str = "",
    ) -> None:
        """``limits`` are the bytes that requests to some addresses may have, else MAX_BODY.

        ``secure``: browsers come by https. ``proxy`` is the address of the one that passes all
        requests on, "" where they come by themselves.
        """
        self.app, self.hosts, self.limits = app, frozenset(hosts), limits
        self.scheme, self.proxy = "https" if secure else "http", proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # the desk has none
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self.limits.get(scope["path"], MAX_BODY)
        status, refusal = self.refusal(scope, headers, limit)
        if refusal:
            await PlainTextResponse(refusal, status)(scope, receive, send)
            return
        scope["client"] = (_network(self._client(scope, headers)), 0)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._keep(MutableHeaders(raw=message["headers"]), scope["path"])
            await send(message)

        await self.app(scope, _Bounded(receive, limit), answer)

    def refusal(self, scope: Scope, headers: Headers, limit: int) -> tuple[int, str]:
        """Return why a request is not let in, with its status; "" where it is."""
        host = headers.get("host", "").lower()
        if host not in self.hosts or (self.proxy and _peer(scope) != self.proxy):
            return 403, "Trang này chỉ mở được bằng địa chỉ mà chương trình đã báo."
        if scope["method"] in SAFE:
            return 200, ""
        if headers.get("origin", "").lower() != f"{self.scheme}://{host}":
            return 403, ELSEWHERE
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return 403, ELSEWHERE
        length = headers.get("content-length", "0")  # without one the bytes are counted
        if not (length.isascii() and length.isdecimal()) or int(length) > limit:
            return 413, too_large(limit)
        return 200, ""

    def _client(self, scope: Scope, headers: Headers) -> str:
        """Return who asks: behind a proxy the last of those whom it names, the one it has seen."""
        passed = headers.get("x-forwarded-for", "") if self.proxy else ""
        return passed.rpartition(",")[2].strip() or _peer(scope)

    def _keep(self, headers: MutableHeaders, path: str) -> None:
        headers.update(KEPT)
        if self.scheme == "https":
            headers["strict-transport-security"] = f"max-age={YEAR}"
        headers["cache-control"] = "no-cache" if path.startswith(ASKED_AGAIN) else "no-store"


class _Bounded:
    """Hands on a body that is not larger than it may be, and comes in time.

    Raises HTTPException (413, 408) where it does not.
    """

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive, self.limit, self.left, self.whole = receive, limit, limit, False
        self.until = asyncio.get_running_loop().time() + PATIENCE + limit / SLOWEST

    async def __call__(self) -> Message:
        if self.whole:  # what comes now is that the browser went away
            return await self.receive()
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.receive()
        except TimeoutError as error:
            raise HTTPException(408, "Nội dung gửi lên đến quá chậm — gửi lại.") from error
        self.left -= len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.left < 0:
            raise HTTPException(413, too_large(self.limit))
        return message


def too_large(limit: int) -> str:
    """Say that a body has more than ``limit`` bytes, and what to do instead."""
    size = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} kB"
    if limit > MAX_BODY:
        return f"Tệp lớn hơn {size} nên chưa nhận – nén lại hoặc tách thành nhiều tệp rồi gửi."
    return (
        f"Nội dung gửi lên lớn hơn {size} nên chưa ghi gì – ghi từng phần ngắn hơn; cả một tệp nội "
        "dung dài hơn thế thì sửa thẳng tệp ấy trong thư mục nội dung."
    )


def _peer(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _network(address: str) -> str:
    """Return by what an address is counted: an IPv6 one by its network, "" where it is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(found) if found.version == 4 else str(ip_network(f"{address}/64", strict=False))
