"""The desk as one application: its pages, what is let in, and how a refusal is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from vanban.app.content_file import ChangedMeanwhile
from vanban.desk.door import LOGIN, MAX_LOGIN, Door, Guarded
from vanban.desk.dossier import DossierPages
from vanban.desk.evidence import EvidencePages
from vanban.desk.figures import FigurePages
from vanban.desk.findings import FindingPages
from vanban.desk.guard import Guard
from vanban.desk.issued import IssuedPages
from vanban.desk.new_things import NewPages
from vanban.desk.of_person import OfPerson
from vanban.desk.of_year import OfYear
from vanban.desk.paper import PaperPages
from vanban.desk.pulse import Pulse
from vanban.desk.redlines import RedlinePages
from vanban.desk.site import Site
from vanban.desk.take_in import TakeInPages
from vanban.desk.units import UnitPages
from vanban.desk.uploads import ADDRESS, MAX_FILE
from vanban.desk.whole_files import WholeFilePages
from vanban.desk.word_back import WordBackPages
from vanban.desk.year import YearPages
from vanban.errors import ContentError, UsageError, VanbanError

MOST_THREADS = 200
"""That answer at once; those who wait for one that composes must not keep back the others."""
HERE = Path(__file__).parent


def application(
    site: Site, hosts: tuple[str, ...], door: Door | None = None, proxy: str = ""
) -> Starlette:
    """Answer for one desk, under the names ``hosts`` alone, to those whom the ``door`` lets in.

    Without a door everybody is: a test, not a server. ``proxy`` is the address of the one that
    passes requests on, "" where there is none.
    """
    dossier = DossierPages(site)
    pages = (
        YearPages(site),
        PaperPages(site),
        FigurePages(site),
        EvidencePages(site),
        dossier,
        FindingPages(site),
        UnitPages(site),
        WordBackPages(site),
        RedlinePages(site),
        IssuedPages(site),
        NewPages(site),
        TakeInPages(site),
        WholeFilePages(site),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = MOST_THREADS
        yield
        dossier.jobs.close()
        site.uploads.close()

    return Starlette(
        routes=[
            *(route for each in pages for route in each.routes),
            *site.uploads.routes,
            *Pulse(site).routes,
            *(door.routes(site.html) if door is not None else ()),
            Mount("/tinh", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(
                Guard,
                hosts=hosts,
                limits={ADDRESS: MAX_FILE, LOGIN: MAX_LOGIN},
                secure=door is not None and door.secure,
                proxy=proxy,
            ),
            *([Middleware(Guarded, door=door, html=site.html)] if door is not None else ()),
            Middleware(OfPerson),
            Middleware(OfYear, desk=site.desk),
        ],
        exception_handlers={VanbanError: partial(refused, site), 404: partial(missing, site)},
        lifespan=lifespan,
    )


def missing(site: Site, request: Request, _: Exception) -> Response:
    """Tell of an address that is none."""
    return refused(site, request, UsageError("không có trang này — xem lại địa chỉ"))


def refused(site: Site, request: Request, error: Exception) -> Response:
    assert isinstance(error, VanbanError)
    status = 409 if isinstance(error, ChangedMeanwhile) else 400
    if isinstance(error, UsageError):
        status = 404
    lines = [site.uploads.named(line) for line in error.lines]
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        problems = error.problems if isinstance(error, ContentError) else ()
        page = site.html("refused.html", lines=lines, problems=problems)
        page.status_code = status
        return page
    told: dict[str, object] = {"errors": lines, "now": None}
    if isinstance(error, ChangedMeanwhile):
        told |= {"now": error.now, "version": error.version}
    return JSONResponse(told, status)
