"""A document beside an older one of it: a Word file and a PDF of what changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from vanban.app.catalogue import find_kind
from vanban.app.diff import at_revision, document_of_year, from_word, write_redline
from vanban.desk.site import Site
from vanban.desk.steps import Dialog, DialogPages, Given, Proposal, one_of
from vanban.document import Document
from vanban.errors import UsageError
from vanban.io.git import revisions
from vanban.workspace.folder import find_years

MOST = 30
"""Revisions that are offered."""
FILE = {"tep": "Một tệp Word, thả ở dưới"}
ENDINGS = (".docx", ".pdf")


class RedlinePages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        dialog = Dialog("/trao-doi/so-sanh", "redline", self._look, self._page)
        file = Route("/trao-doi/so-sanh/{name}", self.file)
        return [*DialogPages(self.site, dialog).routes, file]

    @property
    def _older(self) -> dict[str, str]:
        """Return what a document can be compared with, in words."""
        desk = self.site.desk
        years = (year for year in find_years(desk.content) if year != desk.year)
        saved = revisions(desk.content, MOST)
        return {
            **FILE,
            **{f"nam-{year}": f"Văn bản cùng mã của năm {year}" for year in years},
            **{f"ban-{each.commit}": f"Bản lưu ngày {each.day}: {each.words}" for each in saved},
        }

    def _page(self, request: Request) -> Mapping[str, object]:
        return {
            "documents": self.site.desk.made_here(),
            "older": self._older,
            "chosen": request.query_params.get("van-ban", ""),
        }

    def _look(self, given: Given) -> Proposal:
        """Write the two files; they are results, no content, so nothing is asked first."""
        desk = self.site.desk
        kind = find_kind(one_of(given["van-ban"], desk.made_here(), "văn bản"), desk.content)
        since = one_of(given["ban-cu"], self._older, "bản cũ")
        new = document_of_year(kind, desk.content, desk.year, desk.templates)

        def old() -> Document:
            way, _, which = since.partition("-")
            match way:
                case "nam":
                    return document_of_year(kind, desk.content, int(which), desk.templates)
                case "ban":
                    return at_revision(kind, desk.content, desk.year, desk.templates, which)
                case _:
                    return from_word(given.file)

        today = self.site.now().date()
        made = write_redline(old(), new, desk.templates, desk.folder, given["ten"], today)
        return Proposal({"made": made, "name": kind.name})

    async def file(self, request: Request) -> Response:
        """Give out a redline; its name tells the document, and leads to no other folder."""
        name, desk = request.path_params["name"], self.site.desk
        kinds = await run_in_threadpool(desk.made_here)
        known = {f"{id}-redline{ending}" for id in kinds for ending in ENDINGS}
        path: Path = desk.folder / name
        if name not in known or not path.is_file():
            raise UsageError(f"chưa có tệp {name} — so văn bản trước")
        return FileResponse(path, filename=name)
