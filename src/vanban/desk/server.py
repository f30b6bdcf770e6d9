"""The desk's pages and what they ask: routes over the use cases, nothing of documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from vanban.app.edit_value import ChangedMeanwhile, write_field
from vanban.app.figure_sheet import FigureSheet, figure_sheet, write_figures
from vanban.app.undo import undo
from vanban.desk.guard import Guard
from vanban.desk.state import Desk, Shown
from vanban.desk.words import panel_of
from vanban.errors import UsageError, VanbanError
from vanban.io.journal import Stamp
from vanban.layout.fonts import find_times

HERE = Path(__file__).parent


class Server:
    """Answers for one desk; ``now`` gives the moment that changes bear."""

    def __init__(self, desk: Desk, now: Callable[[], datetime], hosts: tuple[str, ...]) -> None:
        self.desk, self.now = desk, now
        self.app = Starlette(
            routes=[
                Route("/", self.year),
                Route("/van-ban/{id}", self.document),
                Route("/van-ban/{id}/trang", self.pages),
                Route("/o/{id}/{number:int}", self.word),
                Route("/van-ban/{id}/soat", self.findings),
                Route("/van-ban/{id}/dung", self.make, methods=["POST"]),
                Route("/tep/{name}", self.file),
                Route("/so-lieu/{period}", self.figures),
                Route("/so-lieu/{period}", self.save_figures, methods=["POST"]),
                Route("/gia-tri", self.save, methods=["POST"]),
                Route("/lay-lai", self.take_back, methods=["POST"]),
                Route("/phong-chu/{look}.ttf", self.font),
                Mount("/tinh", StaticFiles(directory=HERE / "static")),
            ],
            middleware=[Middleware(Guard, hosts=hosts)],
            exception_handlers={VanbanError: self.refused},
        )

    @cached_property
    def pages_of_html(self) -> Environment:
        return Environment(
            loader=PackageLoader("vanban.desk"), autoescape=True, undefined=StrictUndefined
        )

    def html(self, name: str, **values: object) -> HTMLResponse:
        return HTMLResponse(self.pages_of_html.get_template(name).render(values))

    def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, VanbanError)
        lines = list(error.lines)
        status = 409 if isinstance(error, ChangedMeanwhile) else 400
        if isinstance(error, UsageError):
            status = 404
        now = error.now if isinstance(error, ChangedMeanwhile) else None
        return JSONResponse({"errors": lines, "now": now}, status)

    # --- pages --------------------------------------------------------------------------------

    async def year(self, request: Request) -> Response:
        today = self.now().date()
        documents = await run_in_threadpool(self.desk.overview)
        due = await run_in_threadpool(self.desk.due, today)
        return self.html("year.html", desk=self.desk, documents=documents, due=due, today=today)

    async def document(self, request: Request) -> Response:
        shown = await self.shown(request)
        return self.html("document.html", desk=self.desk, shown=shown, marks=_marks(shown))

    async def pages(self, request: Request) -> Response:
        """Give the pages whose mark is not among those that the browser has."""
        shown = await self.shown(request)
        known = request.query_params.get("co", "").split(",")
        return JSONResponse(_pages(shown, known))

    async def shown(self, request: Request) -> Shown:
        return await run_in_threadpool(self.desk.show, request.path_params["id"])

    async def word(self, request: Request) -> Response:
        """Give the panel of one word of a page: its field, or where else it is written."""
        shown = await self.shown(request)
        if request.query_params.get("trang") not in _marks(shown):
            raise UsageError("trang này đã đổi — tải lại trang rồi bấm lại")
        panel = await run_in_threadpool(panel_of, self.desk, shown, request.path_params["number"])
        return self.html("panel.html", panel=panel)

    async def findings(self, request: Request) -> Response:
        review = await run_in_threadpool(self.desk.review, request.path_params["id"])
        return self.html("review.html", review=review)

    async def file(self, request: Request) -> Response:
        """Give out a built file; its name tells the document, and leads to no other folder."""
        name = request.path_params["name"]
        overview = await run_in_threadpool(self.desk.overview)
        names = {name for each in overview for name in each.files}
        if name not in names:
            raise UsageError(f"chưa có tệp {name} — dựng văn bản trước")
        return FileResponse(self.desk.folder / name, filename=name)

    # --- changes ------------------------------------------------------------------------------

    async def save(self, request: Request) -> Response:
        asked: Any = await request.json()
        stamp = Stamp(self.now(), f"bàn làm việc: sửa {asked['file']}")
        keys = tuple(asked["keys"])

        def work() -> dict[str, object]:
            file = Path(asked["file"])
            version = asked["version"]
            version = write_field(self.desk.content, file, keys, version, asked["text"], stamp)
            shown = self.desk.show(asked["document"])
            return {**_pages(shown, asked["known"]), "version": version}

        return JSONResponse(await run_in_threadpool(work))

    async def make(self, request: Request) -> Response:
        files = await run_in_threadpool(self.desk.build, request.path_params["id"])
        return JSONResponse({"files": [name for name in files if not name.endswith(".json")]})

    async def take_back(self, request: Request) -> Response:
        """Take the last change back, also one that a command has made."""
        undone = await run_in_threadpool(undo, self.desk.content)
        return JSONResponse({"undone": undone.record.stamp.words})

    async def figures(self, request: Request) -> Response:
        def work() -> FigureSheet:
            return figure_sheet(self.desk.loaded(), request.path_params["period"])

        return self.html("figures.html", desk=self.desk, sheet=await run_in_threadpool(work))

    async def save_figures(self, request: Request) -> Response:
        """Write the figures that can be read; tell how each was read, and what is wrong now."""
        asked: Any = await request.json()
        period = request.path_params["period"]
        stamp = Stamp(self.now(), f"bàn làm việc: nhập số liệu {period}")

        def work() -> dict[str, object]:
            typed = write_figures(
                self.desk.content, self.desk.year, period, asked["version"], asked["values"], stamp
            )
            problems = [str(problem) for problem in self.desk.loaded().problems]
            return {
                "values": typed.read,
                "refused": typed.refused,
                "version": typed.version,
                "problems": problems,
            }

        return JSONResponse(await run_in_threadpool(work))

    async def font(self, request: Request) -> Response:
        look = request.path_params["look"]
        face = find_times().face(bold="dam" in look, italic="nghieng" in look)
        return FileResponse(face.path, media_type="font/ttf")


def _marks(shown: Shown) -> list[str]:
    pages = shown.preview.pages if shown.preview is not None else ()
    return [sha256(page.encode()).hexdigest()[:12] for page in pages]


def _pages(shown: Shown, known: list[str]) -> dict[str, object]:
    marks = _marks(shown)
    pages = shown.preview.pages if shown.preview is not None else ()
    return {
        "marks": marks,
        "pages": {mark: page for mark, page in zip(marks, pages, strict=True) if mark not in known},
        "problems": [str(problem) for problem in shown.problems],
    }
