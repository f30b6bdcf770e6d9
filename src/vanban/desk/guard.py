"""What is let in: requests by the names of this machine, changes from the desk's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' "
    "data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MAX_BODY = 2_000_000
"""Bytes of a request."""


class Guard:
    """Refuses other hosts (DNS rebinding) and changes from other sites; sets what browsers keep."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], limits: Mapping[str, int]) -> None:
        """``limits`` are the bytes that requests to some addresses may have, else MAX_BODY."""
        self.app, self.hosts, self.limits = app, frozenset(hosts), limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self.refusal(scope["method"], headers, self.limits.get(scope["path"], MAX_BODY))
        if refusal:
            await PlainTextResponse(refusal, 403)(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [
                    (b"content-security-policy", POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cross-origin-opener-policy", b"same-origin"),
                    (b"cross-origin-resource-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, receive, answer)

    def refusal(self, method: str, headers: Headers, limit: int) -> str:
        """Return why a request is not let in; "" where it is."""
        host = headers.get("host", "")
        if host not in self.hosts:
            return "Trang này chỉ mở được bằng địa chỉ mà chương trình đã báo."
        if method in SAFE:
            return ""
        origin = headers.get("origin")
        if origin is None or urlsplit(origin).netloc != host:
            return "Yêu cầu không đến từ trang của bàn làm việc."
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return "Yêu cầu không đến từ trang của bàn làm việc."
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > limit:  # the server holds it to this length
            return "Nội dung gửi lên quá lớn."
        return ""
