"""The year at a glance: what is due, the documents, building them and giving them out."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, to_builtins
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vanban.app.undo import undo
from vanban.app.year_glance import Glance, Progress, progress
from vanban.app.year_progress import year_progress
from vanban.desk.charts import COLOURS, bar_of_figures, bar_of_points, bar_of_targets
from vanban.desk.finding_list import Remark, lacking
from vanban.desk.site import Site
from vanban.desk.state import DAYS
from vanban.desk.unwritten import unwritten
from vanban.errors import UsageError
from vanban.workspace.folder import shown_path

BEGUN_AT = {
    "plan": "/them-moi/tu-tep",
    "self-assessment": "/them-moi/tu-danh-gia",
    "evidence-index": "/minh-chung",
    "dossier-front": "/minh-chung",
}
"""Where what is no report is begun, by the id of a document without content."""


class YearPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/", self.year),
            Route("/van-ban/{id}/tinh-trang", self.standing),
            Route("/van-ban/{id}/dung", self.make, methods=["POST"]),
            Route("/tien-do", self.progress),
            Route("/tep/{name}", self.file),
            Route("/lay-lai", self.take_back, methods=["POST"]),
        ]

    def _today(self) -> date:
        return self.site.now().date()

    async def year(self, request: Request) -> Response:
        """Show the year at once; what takes seconds is asked for by the page, one by one."""
        today = self._today()
        documents = await run_in_threadpool(self.site.desk.glances)
        due = await run_in_threadpool(self.site.desk.due, today)
        known = await run_in_threadpool(self.site.desk.has_calendar)
        return self.site.html(
            "year.html",
            documents=documents,
            due=due,
            today=today,
            has_calendar=known,
            begun_at=BEGUN_AT,
        )

    async def standing(self, request: Request) -> Response:
        """Tell of one document its state, what it lacks and what to do next."""
        glance, found, lacks = await run_in_threadpool(self._standing, request.path_params["id"])
        values = {"each": glance, "progress": found, "lacks": lacks, "today": self._today()}
        return self.site.html("standing.html", **values)

    def _standing(self, document_id: str) -> tuple[Glance, Progress, tuple[Remark, ...]]:
        desk = self.site.desk
        glance = next((each for each in desk.glances() if each.id == document_id), None)
        if glance is None:
            raise UsageError(f"không có văn bản “{document_id}” trong năm {desk.year}")
        found = progress(glance, self.site.reviews.of(document_id), desk.folder)
        content = shown_path(desk.content)
        to_write = unwritten(desk.loaded().workspace, content) if found.missing else {}
        return glance, found, lacking(document_id, found.missing, content, to_write)

    async def progress(self, request: Request) -> Response:
        """Give the charts of the year."""
        today = self._today()

        def work() -> Response:
            found = year_progress(self.site.desk.loaded(), today, DAYS)
            longest_area = max((each.total for each in found.targets), default=1)
            longest_field = max((each.maximum for each in found.fields), default=1)
            return self.site.html(
                "progress.html",
                found=found,
                verdicts=tuple(COLOURS.items()),
                targets=[(each, bar_of_targets(each, longest_area)) for each in found.targets],
                fields=[(each, bar_of_points(each, longest_field)) for each in found.fields],
                units=[(each, bar_of_figures(each)) for each in found.units],
                today=today,
            )

        return await run_in_threadpool(work)

    async def make(self, request: Request) -> Response:
        made = await run_in_threadpool(self.site.desk.build, request.path_params["id"])
        return JSONResponse(to_builtins(made, enc_hook=str))

    async def file(self, request: Request) -> Response:
        """Give out a built file; its name tells the document, and leads to no other folder."""
        name = request.path_params["name"]
        documents = await run_in_threadpool(self.site.desk.glances)
        if name not in {name for each in documents for name in each.files}:
            raise UsageError(f"chưa có tệp {name} — dựng văn bản trước")
        return FileResponse(self.site.desk.folder / name, filename=name)

    async def take_back(self, request: Request) -> Response:
        """Take the last change back, also one that a command has made; among many one's own."""
        person = self.site.stamp("").person or None
        undone = await run_in_threadpool(undo, self.site.desk.content, person)
        return JSONResponse({"undone": undone.record.stamp.words})
