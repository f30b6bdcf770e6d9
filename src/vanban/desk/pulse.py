"""What an open window asks again and again: whether content and year are still as it shows them."""

from __future__ import annotations

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.desk.door import PULSE
from vanban.desk.site import Site


class Pulse(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [Route(PULSE, self.state)]

    async def state(self, request: Request) -> Response:
        desk = self.site.desk
        state = await run_in_threadpool(desk.state_word)
        return JSONResponse({"state": state, "year": desk.turned})
