"""The year at a glance: what is due, the documents, building them and giving them out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vanban.app.undo import undo
from vanban.desk.site import Site
from vanban.errors import UsageError


@dataclass(frozen=True)
class YearPages:
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/", self.year),
            Route("/van-ban/{id}/dung", self.make, methods=["POST"]),
            Route("/tep/{name}", self.file),
            Route("/lay-lai", self.take_back, methods=["POST"]),
        ]

    async def year(self, request: Request) -> Response:
        today = self.site.now().date()
        documents = await run_in_threadpool(self.site.desk.overview)
        due = await run_in_threadpool(self.site.desk.due, today)
        return self.site.html("year.html", documents=documents, due=due, today=today)

    async def make(self, request: Request) -> Response:
        files = await run_in_threadpool(self.site.desk.build, request.path_params["id"])
        return JSONResponse({"files": [name for name in files if not name.endswith(".json")]})

    async def file(self, request: Request) -> Response:
        """Give out a built file; its name tells the document, and leads to no other folder."""
        name = request.path_params["name"]
        overview = await run_in_threadpool(self.site.desk.overview)
        if name not in {name for each in overview for name in each.files}:
            raise UsageError(f"chưa có tệp {name} — dựng văn bản trước")
        return FileResponse(self.site.desk.folder / name, filename=name)

    async def take_back(self, request: Request) -> Response:
        """Take the last change back, also one that a command has made; among many one's own."""
        person = self.site.stamp("").person or None
        undone = await run_in_threadpool(undo, self.site.desk.content, person)
        return JSONResponse({"undone": undone.record.stamp.words})
