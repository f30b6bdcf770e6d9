"""The figures of a period as a sheet."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, to_builtins
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.app.figure_sheet import (
    FigureSheet,
    Judged,
    Typed,
    figure_sheet,
    try_figures,
    write_figures,
)
from vanban.desk.site import Site, asked


class FigurePages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/so-lieu/{period}", self.figures),
            Route("/so-lieu/{period}", self.save, methods=["POST"]),
            Route("/so-lieu/{period}/thu", self.try_out, methods=["POST"]),
        ]

    async def figures(self, request: Request) -> Response:
        def work() -> FigureSheet:
            return figure_sheet(self.site.desk.loaded(), request.path_params["period"])

        sheet = await run_in_threadpool(work)
        first = {"judged": _plain(sheet.judged), "refused": {}}
        return self.site.html("figures.html", sheet=sheet, first=first)

    async def try_out(self, request: Request) -> Response:
        """Say how values would be read, and what would follow from them."""
        given = await asked(request, values=dict, notes=dict)

        def work() -> dict[str, object]:
            loaded, period = self.site.desk.loaded(), request.path_params["period"]
            return _told(try_figures(loaded, period, *_typed(given)))

        return JSONResponse(await run_in_threadpool(work))

    async def save(self, request: Request) -> Response:
        """Write the figures that can be read; tell how each was read, and what is wrong now."""
        given = await asked(request, version=str, values=dict, notes=dict)
        period, desk = request.path_params["period"], self.site.desk
        stamp = self.site.stamp(f"nhập số liệu {period}")

        def work() -> dict[str, object]:
            version, typed = given["version"], _typed(given)
            before = (
                given[key] if isinstance(given.get(key), dict) else {} for key in ("was", "noted")
            )
            return _told(write_figures(desk.loaded(), period, version, *typed, stamp, *before))

        return JSONResponse(await run_in_threadpool(work))


def _typed(given: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    values, notes = (
        {name: " ".join(str(each).split()) for name, each in given[key].items()}
        for key in ("values", "notes")
    )
    return values, notes


def _told(typed: Typed) -> dict[str, object]:
    return _plain(typed)


def _plain(value: Typed | Judged) -> dict[str, object]:
    """Return what goes into JSON; texts that know their places are texts there."""
    told: dict[str, object] = to_builtins(value, enc_hook=str)
    return told
