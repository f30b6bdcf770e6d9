"""What an open window asks again and again: whether the content is still as it shows it."""

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
        return JSONResponse({"state": await run_in_threadpool(self.site.desk.state_word)})
