"""Whose a page is: what it sends is taken while that person is at the desk, and refused else.

A browser has one session for all its windows. Where another person logs in, the windows of before
would write under the new name.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vanban.desk.sessions import PERSON

HEADER = "vanban-person"
"""What scripts say with all that they ask: the login of who opened their page."""
REFUSED = 409


class OfPerson:
    """Refuses what comes from a page of another person than the one who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        owner = Headers(scope=scope).get(HEADER, "") if scope["type"] == "http" else ""
        person = PERSON.get()
        if not owner or person is None or owner == person.login:
            await self.app(scope, receive, send)
            return
        told = {"errors": [refusal(owner, person.login)], "now": None}
        await JSONResponse(told, REFUSED)(scope, receive, send)


def refusal(owner: str, login: str) -> str:
    """Say to who is logged in as ``login`` why a page that ``owner`` opened writes nothing."""
    return (
        f"Trang này do “{owner}” mở, còn trình duyệt đang đăng nhập là “{login}”, nên chưa ghi gì; "
        f"chữ đã gõ vẫn còn ở đây. Đăng nhập lại là “{owner}” ở thẻ khác rồi ghi lại, hoặc tải lại "
        f"trang để làm việc với tên “{login}”."
    )
