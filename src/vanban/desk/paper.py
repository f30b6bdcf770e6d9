"""A document as its pages: a word opens its field, a change shows the pages that it changes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vanban.app.edit_value import write_field
from vanban.desk.site import Site, asked
from vanban.desk.state import Shown
from vanban.desk.words import panel_of
from vanban.errors import UsageError
from vanban.layout.fonts import find_times

LOOKS = ("thuong", "dam", "nghieng", "dam-nghieng")
"""Of the face that pages are set in: regular, bold, italic, both."""


@dataclass(frozen=True)
class PaperPages:
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/van-ban/{id}", self.document),
            Route("/van-ban/{id}/trang", self.pages),
            Route("/o/{id}/{number:int}", self.word),
            Route("/gia-tri", self.save, methods=["POST"]),
            Route("/phong-chu/{look}.ttf", self.font),
        ]

    async def document(self, request: Request) -> Response:
        shown = await self.site.shown(request)
        return self.site.html("document.html", shown=shown, marks=_marks(shown))

    async def pages(self, request: Request) -> Response:
        """Give the pages whose mark is not among those that the browser has."""
        shown = await self.site.shown(request)
        known = request.query_params.get("co", "").split(",")
        return JSONResponse(_pages(shown, known))

    async def word(self, request: Request) -> Response:
        """Give the panel of one word of a page: its field, or where else it is written."""
        shown = await self.site.shown(request)
        if request.query_params.get("trang") not in _marks(shown):
            raise UsageError("trang này đã đổi — tải lại trang rồi bấm lại")
        number = request.path_params["number"]
        panel = await run_in_threadpool(panel_of, self.site.desk, shown, number)
        return self.site.html("panel.html", panel=panel)

    async def save(self, request: Request) -> Response:
        given = await asked(
            request, document=str, file=str, keys=list, version=str, text=str, known=list
        )
        stamp = self.site.stamp(f"sửa {given['file']}")
        keys, desk = tuple(given["keys"]), self.site.desk

        def work() -> dict[str, object]:
            file, version = Path(given["file"]), given["version"]
            version = write_field(desk.content, file, keys, version, given["text"], stamp)
            return {**_pages(desk.show(given["document"]), given["known"]), "version": version}

        return JSONResponse(await run_in_threadpool(work))

    async def font(self, request: Request) -> Response:
        look = request.path_params["look"]
        if look not in LOOKS:
            raise UsageError("không có phông chữ này")
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
