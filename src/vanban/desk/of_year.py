"""Which year a request is about: that of the page from which it comes, else that of the desk.

Pages that are open stay with their year when the desk turns to another: what is typed into them
goes where they say.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vanban.desk.state import YEAR, Desk
from vanban.workspace.folder import find_years

HEADER, QUERY = "vanban-year", "cua-nam"
"""What scripts say with all that they ask; what addresses of files and pictures say."""


class OfYear:
    """Answers every request in one year from its beginning to its end."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = _given(scope)
        years = find_years(self.desk.content) if given else ()
        year = {str(each): each for each in years}.get(given)
        if given and year is None:
            said = "năm của trang này không còn trong nội dung, chưa ghi gì — mở lại trang của năm"
            await JSONResponse({"errors": [said], "now": None}, 404)(scope, receive, send)
            return
        token = YEAR.set(year or self.desk.turned)
        try:
            await self.app(scope, receive, send)
        finally:
            YEAR.reset(token)


def of_year(address: str, year: int) -> str:
    """Return the address of a file or picture of a year, whatever the desk turns to."""
    path, mark, part = address.partition("#")
    return f"{path}?{QUERY}={year}{mark}{part}"


def _given(scope: Scope) -> str:
    query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
    return Headers(scope=scope).get(HEADER, "") or query.get(QUERY, [""])[0]
