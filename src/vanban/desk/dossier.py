"""The dossier and the index of evidence: made beside the server, stopped, opened at a page."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct, to_builtins
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vanban.app.made_dossier import MadeDossier, made_dossier, make_here
from vanban.desk.jobs import Jobs
from vanban.desk.places import where
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.errors import ContentError, Problem, UsageError, VanbanError, printable

INDEX = "evidence-index"


def dossier_of(desk: Desk) -> MadeDossier | None:
    """Return the dossier of the desk's year that is there and whole."""
    return made_dossier(desk.content, desk.year, desk.out)


def card_of(desk: Desk) -> dict[str, object]:
    """Return what the card tells: the dossier that is there, and what of the index was built."""
    names = (f"{INDEX}{suffix}" for suffix in (".pdf", ".docx"))
    built = [name for name in names if (desk.folder / name).is_file()]
    return {"made": dossier_of(desk), "built": built}


class DossierPages(Struct, frozen=True, dict=True):
    site: Site

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self._said)

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/ho-so", self.card),
            Route("/ho-so/tinh-hinh", self.state),
            Route("/ho-so/lap/{what}", self.make, methods=["POST"]),
            Route("/ho-so/ngung", self.stop, methods=["POST"]),
            Route("/ho-so/tep/{name}", self.file),
        ]

    async def card(self, request: Request) -> Response:
        return self.site.html("dossier.html", **await run_in_threadpool(card_of, self.site.desk))

    async def state(self, request: Request) -> Response:
        return JSONResponse(to_builtins(self.jobs.state, enc_hook=str))

    async def make(self, request: Request) -> Response:
        """Begin to make the dossier or the index."""
        works = {
            "ho-so": ("lập hồ sơ", self._dossier),
            "danh-muc": ("dựng danh mục", self._index),
        }
        name, work = works.get(request.path_params["what"], ("", None))
        if work is None:
            raise UsageError("chỉ lập được hồ sơ và danh mục — tải lại trang")
        self.jobs.start(name, work)
        return JSONResponse(to_builtins(self.jobs.state, enc_hook=str))

    async def stop(self, request: Request) -> Response:
        self.jobs.stop()
        return JSONResponse({})

    async def file(self, request: Request) -> Response:
        """Give out the PDF, to be read in the browser, or the ZIP."""
        made = await run_in_threadpool(dossier_of, self.site.desk)
        name = request.path_params["name"]
        files = (made.pdf, made.package) if made is not None else ()
        path = next((each for each in files if each.name == name), None)
        if path is None:
            raise UsageError(f"chưa có tệp {name} — lập hồ sơ trước")
        how = "inline" if path.suffix == ".pdf" else "attachment"
        return FileResponse(path, filename=name, content_disposition_type=how)

    def _dossier(self) -> tuple[str, ...]:
        desk = self.site.desk
        made = make_here(desk.loaded(), desk.templates, desk.out)
        facts = made.facts
        told = f"Đã lập hồ sơ: {len(facts.placements)} tài liệu, {facts.page_count} trang."
        return (told, *made.notes, *map(self._line, facts.warnings))

    def _index(self) -> tuple[str, ...]:
        made = self.site.desk.build(INDEX)
        return ("Đã dựng danh mục tài liệu kiểm chứng.", *made.notes)

    def _said(self, error: VanbanError) -> tuple[str, ...]:
        problems = error.problems if isinstance(error, ContentError) else ()
        return tuple(map(self._line, problems)) or error.lines

    def _line(self, problem: Problem) -> str:
        words = where(problem.place, self.site.desk.content).words
        return f"{printable(problem.message)} ({words})"
