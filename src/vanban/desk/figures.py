"""The figures of a period as a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.app.figure_sheet import FigureSheet, figure_sheet, write_figures
from vanban.desk.site import Site, asked


@dataclass(frozen=True)
class FigurePages:
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/so-lieu/{period}", self.figures),
            Route("/so-lieu/{period}", self.save, methods=["POST"]),
        ]

    async def figures(self, request: Request) -> Response:
        def work() -> FigureSheet:
            return figure_sheet(self.site.desk.loaded(), request.path_params["period"])

        return self.site.html("figures.html", sheet=await run_in_threadpool(work))

    async def save(self, request: Request) -> Response:
        """Write the figures that can be read; tell how each was read, and what is wrong now."""
        given = await asked(request, version=str, values=dict)
        period, desk = request.path_params["period"], self.site.desk
        stamp = self.site.stamp(f"nhập số liệu {period}")

        def work() -> dict[str, object]:
            typed = write_figures(
                desk.content, desk.year, period, given["version"], given["values"], stamp
            )
            return {
                "values": typed.read,
                "refused": typed.refused,
                "version": typed.version,
                "problems": [str(problem) for problem in desk.loaded().problems],
            }

        return JSONResponse(await run_in_threadpool(work))
