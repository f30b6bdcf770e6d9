"""A document as its pages: a word opens its field, a change shows the pages that it changes."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vanban.app.edit_list import Placed, add_item, delete_item, deletion, move_item
from vanban.app.edit_value import write_field
from vanban.desk.site import Site, asked
from vanban.desk.state import Shown
from vanban.desk.words import panel_at, panel_of
from vanban.errors import UsageError
from vanban.layout.fonts import find_times
from vanban.provenance import Keys

LOOKS = ("thuong", "dam", "nghieng", "dam-nghieng")
"""Of the face that pages are set in: regular, bold, italic, both."""


class PaperPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/van-ban/{id}", self.document),
            Route("/van-ban/{id}/trang", self.pages),
            Route("/o/{id}/{number:short}", self.word),
            Route("/o", self.field),
            Route("/gia-tri", self.save, methods=["POST"]),
            Route("/muc/them", self.add, methods=["POST"]),
            Route("/muc/chuyen", self.move, methods=["POST"]),
            Route("/muc/xoa", self.delete, methods=["POST"]),
            Route("/phong-chu/{look}.ttf", self.font),
        ]

    async def document(self, request: Request) -> Response:
        shown = await self.site.shown(request)
        return self.site.html("document.html", shown=shown, marks=_marks(shown))

    async def pages(self, request: Request) -> Response:
        """Give the pages whose mark is not among those that the browser has."""
        shown = await self.site.shown(request)
        known = request.query_params.get("co", "").split(",")
        return JSONResponse(_pages(self.site, shown, known))

    async def word(self, request: Request) -> Response:
        """Give the panel of one word of a page: its field, or where else it is written."""
        shown = await self.site.shown(request)
        if request.query_params.get("trang") not in _marks(shown):
            raise UsageError("trang này đã đổi — tải lại trang rồi bấm lại")
        number = request.path_params["number"]
        panel = await run_in_threadpool(panel_of, self.site.desk, shown, number)
        return self.site.html("panel.html", panel=panel)

    async def field(self, request: Request) -> Response:
        """Give the panel of a value by its file and keys."""
        asked_for = request.query_params
        file, keys = Path(asked_for.get("tep", "")), _keys(asked_for.get("khoa", ""))
        panel = await run_in_threadpool(panel_at, self.site.desk, file, keys)
        return self.site.html("panel.html", panel=panel)

    async def save(self, request: Request) -> Response:
        """Write one value; give what changed on the pages."""
        given = await asked(request, **CHANGE, text=str)
        stamp = self.site.stamp(f"sửa {given['file']}")

        def work() -> dict[str, object]:
            file, keys, version = _place(given)
            text, content = given["text"], self.site.desk.content
            was = given["was"] if isinstance(given.get("was"), str) else None
            version = write_field(content, file, keys, version, text, stamp, was)
            return self._after(given, Placed(keys, version))

        return JSONResponse(await run_in_threadpool(work))

    async def add(self, request: Request) -> Response:
        """Put a new item into a list; its id is made here."""
        given = await asked(request, **CHANGE, values=dict)
        stamp = self.site.stamp(f"thêm mục vào {given['file']}")

        def work() -> dict[str, object]:
            desk, values = self.site.desk, {k: str(v) for k, v in given["values"].items()}
            file, keys, version = _place(given)
            workspace = desk.loaded().workspace
            placed = add_item(desk.content, file, keys, version, values, stamp, workspace)
            return self._after(given, placed)

        return JSONResponse(await run_in_threadpool(work))

    async def move(self, request: Request) -> Response:
        """Put an item one place up or down."""
        given = await asked(request, **CHANGE, up=bool)
        stamp = self.site.stamp(f"đổi chỗ mục trong {given['file']}")

        def work() -> dict[str, object]:
            file, keys, version = _place(given)
            placed = move_item(self.site.desk.content, file, keys, version, given["up"], stamp)
            return self._after(given, placed)

        return JSONResponse(await run_in_threadpool(work))

    async def delete(self, request: Request) -> Response:
        """Tell what deleting an item would do; delete it once that is confirmed."""
        given = await asked(request, **CHANGE, confirmed=bool)
        stamp = self.site.stamp(f"xóa mục trong {given['file']}")

        def work() -> dict[str, object]:
            file, keys, version = _place(given)
            if not given["confirmed"]:
                told = deletion(self.site.desk.loaded(), file, keys)
                problems = [self.site.told(each) for each in told.problems]
                return {"text": told.text, "problems": problems, "following": told.following}
            placed = delete_item(self.site.desk.content, file, keys, version, stamp)
            return self._after(given, placed)

        return JSONResponse(await run_in_threadpool(work))

    def _after(self, given: dict[str, Any], placed: Placed) -> dict[str, object]:
        pages = _pages(self.site, self.site.desk.show(given["document"]), given["known"])
        return {**pages, "version": placed.version, "keys": placed.keys}

    async def font(self, request: Request) -> Response:
        look = request.path_params["look"]
        if look not in LOOKS:
            raise UsageError("không có phông chữ này")
        face = find_times().face(bold="dam" in look, italic="nghieng" in look)
        return FileResponse(face.path, media_type="font/ttf")


CHANGE: dict[str, type] = {
    "document": str,
    "file": str,
    "keys": list,
    "version": str,
    "known": list,
}
"""What every change of a document's content says."""


def _place(given: dict[str, Any]) -> tuple[Path, Keys, str]:
    return Path(given["file"]), _keys(json.dumps(given["keys"])), given["version"]


def _keys(text: str) -> Keys:
    """Read keys from JSON; raises UsageError where it holds anything else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or any(type(step) not in (str, int) for step in found):
        raise UsageError("yêu cầu gửi lên không đọc được — tải lại trang")
    return tuple(found)


def _marks(shown: Shown) -> list[str]:
    pages = shown.preview.pages if shown.preview is not None else ()
    return [sha256(page.encode()).hexdigest()[:12] for page in pages]


def _pages(site: Site, shown: Shown, known: list[str]) -> dict[str, object]:
    marks = _marks(shown)
    pages = shown.preview.pages if shown.preview is not None else ()
    return {
        "marks": marks,
        "pages": {mark: page for mark, page in zip(marks, pages, strict=True) if mark not in known},
        "problems": [site.told(problem) for problem in shown.problems],
    }
