"""A content file as a whole: lines as they are typed, judged and completed at the cursor."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.app.completion import suggestions
from vanban.app.content_file import OpenFile, open_file
from vanban.app.field import names_in
from vanban.app.load import Loaded
from vanban.app.whole_file import content_files, judged, text_of, write_file
from vanban.desk.site import Site, asked
from vanban.errors import ContentError, Problem

MOST = 100
"""Problems that are told."""


class WholeFilePages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/tep-noi-dung", self.files),
            Route("/tep-noi-dung/{file:path}", self.file),
            Route("/soat-tep/{file:path}", self.check, methods=["POST"]),
            Route("/goi-y/{file:path}", self.complete, methods=["POST"]),
            Route("/ghi-tep/{file:path}", self.save, methods=["POST"]),
        ]

    async def files(self, request: Request) -> Response:
        desk = self.site.desk
        return self.site.html("files.html", files=content_files(desk.content, desk.year))

    async def file(self, request: Request) -> Response:
        opened = await run_in_threadpool(self._open, request)
        text = await run_in_threadpool(text_of, opened)
        return self.site.html("whole_file.html", opened=opened, text=text)

    async def check(self, request: Request) -> Response:
        """Say what is wrong with a text, which is not written."""
        given = await asked(request, text=str)

        def work() -> dict[str, object]:
            return self._judged(self._open(request), given["text"])

        return JSONResponse(await run_in_threadpool(work))

    async def complete(self, request: Request) -> Response:
        """Say what may be typed at the cursor."""
        given = await asked(request, text=str, line=int, column=int)

        def work() -> list[dict[str, object]]:
            opened, loaded = self._open(request), self._loaded()
            names = names_in(loaded.workspace if loaded is not None else None)
            line = max(1, min(given["line"], given["text"].count("\n") + 1))
            found = suggestions(opened.row.model, given["text"], line, given["column"], names)
            return [asdict(each) for each in found]

        return JSONResponse({"found": await run_in_threadpool(work)})

    async def save(self, request: Request) -> Response:
        """Write the file; one with mistakes only once the person says so (``anyway``)."""
        given = await asked(request, text=str, version=str, anyway=bool)
        file = request.path_params["file"]
        stamp = self.site.stamp(f"sửa cả tệp {file}")

        def work() -> dict[str, object]:
            found = self._judged(self._open(request), given["text"])
            if found["own"] and not given["anyway"]:
                return {"written": False, **found}
            content = self.site.desk.content
            version = write_file(content, Path(file), given["version"], given["text"], stamp)
            return {"written": True, "version": version, **found}

        return JSONResponse(await run_in_threadpool(work))

    def _open(self, request: Request) -> OpenFile:
        return open_file(self.site.desk.content, Path(request.path_params["file"]))

    def _loaded(self) -> Loaded | None:
        try:
            return self.site.desk.loaded()
        except ContentError:
            return None

    def _judged(self, opened: OpenFile, text: str) -> dict[str, object]:
        desk = self.site.desk
        found = judged(self._loaded(), desk.content, desk.year, opened, text)
        return {
            "own": [_told(each) for each in found.own[:MOST]],
            "elsewhere": [str(each) for each in found.elsewhere[:MOST]],
        }


def _told(problem: Problem) -> dict[str, object]:
    key = f"{problem.key}: " if problem.key else ""
    return {
        "line": max(problem.place.line, 1),
        "column": max(problem.place.column, 1),
        "message": f"{key}{problem.message}",
    }
