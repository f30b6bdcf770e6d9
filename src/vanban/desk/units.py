"""What goes to the units and comes back: forms out and in, who owes what, what is due."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from vanban.app.collect import collect_forms
from vanban.app.due import load_owed, owed
from vanban.app.forms import write_forms
from vanban.desk.site import Site
from vanban.desk.state import DAYS
from vanban.desk.steps import OTHER_YEAR, Dialog, DialogPages, Done, Given, Proposal, one_of
from vanban.errors import UsageError
from vanban.exchange.collecting import Result
from vanban.exchange.due import UnitState, calendar_file, unit_states
from vanban.io.journal import Stamp
from vanban.nd30.dates import typed_day
from vanban.workspace.periods import PERIODS, window

SHEETS = ".xlsx,.xlsm,.xls,.ods"


def day_of(text: str) -> date | None:
    """Return a day that was typed as 12/9/2025; raises UsageError for what is none."""
    day = typed_day(text)
    if text and day is None:
        raise UsageError(f"“{text}” không phải là ngày — ghi như 12/9/2025")
    return day


class UnitPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        forms = Dialog(
            "/trao-doi/bieu-mau",
            "forms",
            self._forms,
            self._forms_page,
            {"--deadline": "ô “Hạn các đơn vị gửi”", **OTHER_YEAR},
        )
        accept = {"accept": SHEETS}
        collect = Dialog("/trao-doi/thu", "collect", self._collect, lambda _: accept, OTHER_YEAR)
        return [
            Route("/trao-doi", self.units),
            Route("/trao-doi/han.ics", self.calendar),
            Route("/trao-doi/bieu-mau/{period}.zip", self.all_forms),
            Route("/trao-doi/bieu-mau/{period}/{name}", self.one_form),
            *DialogPages(self.site, forms).routes,
            *DialogPages(self.site, collect).routes,
        ]

    @property
    def _today(self) -> date:
        return self.site.now().date()

    def _asked_period(self, request: Request) -> str:
        """Return the period of the address, else the last that has ended."""
        year = self.site.desk.year
        asked = request.query_params.get("ky")
        if asked is not None:
            return one_of(asked, self.site.desk.periods(), "kỳ")
        ended = [each for each in PERIODS if window(each, year)[1] < self._today]
        return max(ended, key=lambda each: window(each, year)[1], default=next(iter(PERIODS)))

    # --- who owes what ------------------------------------------------------------------------

    async def units(self, request: Request) -> Response:
        period = self._asked_period(request)

        def work() -> tuple[tuple[str, ...], tuple[UnitState, ...]]:
            loaded, remarks = load_owed(self.site.desk.content, self.site.desk.year)
            return remarks, unit_states(loaded.workspace, period)

        remarks, states = await run_in_threadpool(work)
        due = await run_in_threadpool(self.site.desk.due, self._today)
        return self.site.html(
            "units.html",
            period=period,
            periods=self.site.desk.periods(),
            states=states,
            remarks=remarks,
            due=due,
            has_calendar=await run_in_threadpool(self.site.desk.has_calendar),
            days=DAYS,
            today=self._today,
        )

    async def calendar(self, request: Request) -> Response:
        def work() -> bytes:
            loaded, _ = load_owed(self.site.desk.content, self.site.desk.year)
            name = f"Hạn cải cách hành chính {loaded.workspace.agency.short_name}"
            return calendar_file(owed(loaded, self._today, DAYS), name, self._today)

        head = {"content-disposition": 'attachment; filename="han.ics"'}
        made = await run_in_threadpool(work)
        return Response(made, media_type="text/calendar; charset=utf-8", headers=head)

    # --- forms out ----------------------------------------------------------------------------

    def _files(self, period: str) -> dict[str, Path]:
        """Return the forms of a period that were made, by name."""
        folder = self.site.desk.folder / f"forms-{one_of(period, self.site.desk.periods(), 'kỳ')}"
        return {path.name: path for path in sorted(folder.glob("*.xlsx"))}

    def _forms_page(self, request: Request) -> Mapping[str, object]:
        made = {period: tuple(self._files(period)) for period in PERIODS}
        return {
            "period": self._asked_period(request),
            "periods": self.site.desk.periods(),
            "made": made,
        }

    def _forms(self, given: Given) -> Proposal:
        period = one_of(given["ky"], self.site.desk.periods(), "kỳ")
        due, with_letter = day_of(given["han"]), bool(given["cong-van"])
        desk = self.site.desk
        make = partial(
            write_forms, period, desk.content, desk.year, desk.out, due, with_letter, force=False
        )

        def write(stamp: Stamp) -> Done:
            made = make(stamp=stamp)
            address = f"/trao-doi/bieu-mau/{period}"
            links = [(f"{address}/{path.name}", f"Tải {path.name}") for path in made.paths]
            links.insert(0, (f"{address}.zip", "Tải tất cả trong một tệp .zip"))
            if made.letter is not None:
                links.append((f"/van-ban/{made.letter}", "Mở công văn đề nghị cung cấp số liệu"))
            said = f"Đã tạo {len(made.paths) - len(made.kept)} biểu mẫu."
            return Done((said,), tuple(links), bool(made.changed))

        values = {"made": make(stamp=None), "title": self.site.desk.periods()[period]}
        return Proposal(values, write, f"biểu mẫu {period}", "Tạo biểu mẫu")

    async def one_form(self, request: Request) -> Response:
        files = await run_in_threadpool(self._files, request.path_params["period"])
        name = request.path_params["name"]
        if name not in files:
            raise UsageError(f"chưa có biểu mẫu {name} — tạo biểu mẫu trước")
        return FileResponse(files[name], filename=name)

    async def all_forms(self, request: Request) -> Response:
        period = request.path_params["period"]

        def work() -> bytes:
            files = self._files(period)
            if not files:
                raise UsageError("chưa có biểu mẫu nào của kỳ này — tạo biểu mẫu trước")
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, path in files.items():
                    archive.write(path, name)
            return made.getvalue()

        head = {"content-disposition": f'attachment; filename="bieu-mau-{period}.zip"'}
        made = await run_in_threadpool(work)
        return Response(made, media_type="application/zip", headers=head)

    # --- forms in -----------------------------------------------------------------------------

    def _collect(self, given: Given) -> Proposal:
        if not given.files:
            raise UsageError("chưa chọn tệp — thả các biểu mẫu đã điền vào khung, hoặc bấm để chọn")
        desk = self.site.desk
        received = day_of(given["ngay"]) or self._today

        read = partial(
            collect_forms,
            desk.content,
            desk.year,
            given.files,
            received,
            named=lambda path: Path(path.name),
        )
        found = read(stamp=None)
        names = {unit.id: unit.name for unit in found.workspace.agency.units}

        def write(stamp: Stamp) -> Done:
            made = read(stamp=stamp)
            return Done(
                tuple(f"Đã ghi {path}" for path in made.written),
                tuple(_next_pages(each.period for each in made.collected)),
            )

        values = {
            "found": found,
            "names": names,
            "periods": self.site.desk.periods(),
            "results": Result,
        }
        count = len(given.files)
        ready = bool(found.changes) and not found.problems
        words = f"số liệu từ {count} biểu mẫu"
        return Proposal(values, write if ready else None, words, "Ghi vào báo cáo")


def _next_pages(periods: Iterator[str]) -> Iterator[tuple[str, str]]:
    for period in periods:
        yield f"/so-lieu/{period}", "Xem bảng số liệu"
        yield f"/trao-doi?ky={period}", "Xem đơn vị nào còn thiếu"
