"""What begins: a document, the report of a period, a year, figures for scores, a ward."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from os.path import realpath
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vanban.app import ward as read
from vanban.app.new_city_report import new_city_report
from vanban.app.new_content import Made, new_paper, new_report
from vanban.app.new_scores import new_scores
from vanban.app.new_self_assessment import new_self_assessment
from vanban.app.new_ward import new_shared, new_ward, read_common, refuse_filled, refuse_unready
from vanban.app.new_year import new_year
from vanban.desk.site import Site
from vanban.desk.steps import Dialog, DialogPages, Done, Given, Proposal, one_of
from vanban.desk.take_in import year_of
from vanban.errors import UsageError
from vanban.invocation import command_here
from vanban.io.journal import Stamp
from vanban.nd30.paper_forms import PAPER_FORMS
from vanban.workspace.files import ANSWERS, CRITERIA, MONITORED, PAPERS
from vanban.workspace.folder import find_years, samples_in
from vanban.workspace.office_glance import is_of_province
from vanban.workspace.paper_glance import glance_at
from vanban.workspace.periods import PERIODS

MADE = "made_shown"
"""The template that shows files which would be new."""

Maker = Callable[[Stamp | None], Made]


class NewPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        shared = "ô “Thư mục dùng chung”"
        folder = {"--from": shared, "--content": shared}
        dialogs = (
            Dialog("/them-moi/van-ban", "new_paper", self._paper, self._papers, shown=MADE),
            Dialog("/them-moi/bao-cao", "new_report", self._report, self._reports, shown=MADE),
            Dialog(
                "/them-moi/tu-danh-gia",
                "new_self_assessment",
                self._self_assessment,
                self._need_criteria,
                shown=MADE,
            ),
            Dialog("/them-moi/nam", "new_year", self._year, self._years, shown=MADE),
            Dialog("/them-moi/sang-nam", "turn_year", self._turn, self._other_years),
            Dialog("/them-moi/diem", "new_scores", self._scores, self._sets, shown=MADE),
            Dialog("/them-moi/don-vi", "new_ward", self._ward, self._wards, folder),
            Dialog("/them-moi/dung-chung", "new_shared", self._shared, self._wards, folder),
        )
        pages = (DialogPages(self.site, each) for each in dialogs)
        return [Route("/them-moi", self.menu), *(route for page in pages for route in page.routes)]

    async def menu(self, request: Request) -> Response:
        sets = await run_in_threadpool(self._known_sets)
        desk = self.site.desk
        unanswered = desk.lacks(ANSWERS) and not is_of_province(desk.content)
        return self.site.html(
            "new.html", sets=sets, unanswered=unanswered, local=self.site.is_local
        )

    # --- in this content ----------------------------------------------------------------------

    def _known_kinds(self) -> dict[str, str]:
        """Return the samples of papers by name: the type and what it is for."""
        found = samples_in(self.site.desk.content, PAPERS.name)
        types = {name: glance_at(path).name.partition(": ") for name, path in found.items()}
        alone = [kind for kind, _, _ in types.values()]
        words = {}
        for name, (kind, _, about) in types.items():
            form = PAPER_FORMS.get(kind)
            said = about if form is None or alone.count(kind) > 1 else form.purpose
            words[name] = f"{kind}: {said}" if said else kind
        return dict(sorted(words.items(), key=lambda each: each[1]))

    def _papers(self, _: Request) -> Mapping[str, object]:
        return {"kinds": self._known_kinds()}

    def _paper(self, given: Given) -> Proposal:
        desk = self.site.desk
        kind = one_of(given["loai"], self._known_kinds(), "loại văn bản")
        make = partial(new_paper, kind, given["ma"], desk.content, desk.year)
        return _proposal(make, f"văn bản mới {kind}", lambda made: f"/van-ban/{made.paths[0].stem}")

    def _reports(self, request: Request) -> Mapping[str, object]:
        return {
            "periods": self.site.desk.periods(),
            "chosen": request.query_params.get("ky", ""),
            "on_wards": is_of_province(self.site.desk.content),
        }

    def _report(self, given: Given) -> Proposal:
        desk = self.site.desk
        period = one_of(given["ky"], self.site.desk.periods(), "kỳ")
        if is_of_province(desk.content):
            make = partial(new_city_report, period, desk.content, desk.year)
            page = f"/van-ban/{PERIODS[period].city_document_id}"
            return _proposal(make, f"báo cáo chung mới {period}", lambda _: page)
        make = partial(new_report, period, desk.content, desk.year)
        return _proposal(make, f"báo cáo mới {period}", lambda _: f"/so-lieu/{period}")

    def _need_criteria(self, _: Request) -> Mapping[str, object]:
        if self.site.desk.lacks(CRITERIA):
            raise UsageError(
                "chưa có bộ tiêu chí của năm này — mở Thêm mới, “Bộ tiêu chí, bộ chỉ số từ bảng "
                "Excel của cấp trên”, chọn “Là bộ để phường tự đánh giá”"
            )
        return {}

    def _self_assessment(self, _: Given) -> Proposal:
        desk = self.site.desk
        make = partial(new_self_assessment, desk.content, desk.year)
        return _proposal(make, "bản tự đánh giá mới", lambda _: "/van-ban/self-assessment")

    def _years(self, _: Request) -> Mapping[str, object]:
        return {"next": self.site.desk.year + 1}

    def _year(self, given: Given) -> Proposal:
        year = year_of(given["nam"])
        if year is None:
            raise UsageError("chưa ghi năm, ví dụ 2026")
        make = partial(new_year, year, self.site.desk.content)
        then = f"/them-moi/sang-nam?nam={year}"
        return _proposal(make, f"năm mới {year}", lambda _: then, f"Lập năm {year}")

    def _all_years(self) -> dict[str, str]:
        return {str(year): f"năm {year}" for year in find_years(self.site.desk.content)}

    def _other_years(self, request: Request) -> Mapping[str, object]:
        return {"years": self._all_years(), "chosen": request.query_params.get("nam", "")}

    def _turn(self, given: Given) -> Proposal:
        year = int(one_of(given["nam"], self._all_years(), "năm"))

        def write(_: Stamp) -> Done:
            self.site.desk.turn_to(year)
            links = (("/", f"Mở năm {year}"),)
            return Done((f"Bàn làm việc đang ở năm {year}.",), links, can_be_undone=False)

        return Proposal({"year": year}, write, "", f"Sang năm {year}")

    def _known_sets(self) -> dict[str, str]:
        sets = self.site.desk.loaded().workspace.entries(MONITORED)
        return {name: each.name for name, each in sets.items()}

    def _sets(self, _: Request) -> Mapping[str, object]:
        return {"sets": self._known_sets()}

    def _scores(self, given: Given) -> Proposal:
        desk = self.site.desk
        known = one_of(given["bo"], self._known_sets(), "bộ chỉ số")
        make = partial(new_scores, known, given["ky"], desk.content, desk.year)
        return _proposal(make, f"số liệu chấm điểm {known}", lambda _: "/")

    # --- beside it ----------------------------------------------------------------------------

    def _wards(self, _: Request) -> Mapping[str, object]:
        self._require_local()
        home = self.site.desk.content.absolute().parent
        year = self.site.now().year
        return {"beside": home.parent, "year": year, "units": read.usual_units("xã ")}

    def _ward(self, given: Given) -> Proposal:
        folder, content = self._folder(given["thu-muc"]), self.site.desk.content
        common = Path(given["dung-chung"]).absolute() if given["dung-chung"] else None
        refuse_unready(folder, content, common)
        known = read_common(common, folder) if common is not None else None
        province = given["tinh"] or (known.province if known is not None else None) or ""
        others = [each for each in given["cac-phong"].split(";") if each.strip(" -")]
        ward = read.Ward(
            read.named("Tên đơn vị", read.read_name, given["ten"]),
            read.named("Thuộc tỉnh, thành phố", read.read_province, province),
            read.named("Chủ tịch", read.read_person, given["chu-tich"]),
            read.named(
                "Các phòng", read.read_units, [f"{given['phong']}={given['ky-hieu']}", *others]
            ),
            read.named("Năm đầu tiên", read.read_year, given["nam"]),
        )

        def write(_: Stamp) -> Done:
            made = new_ward(ward, folder, content, common)
            return Done(_begun(folder, made), can_be_undone=False)

        return Proposal({"ward": ward, "folder": folder, "common": common}, write, "", "Lập đơn vị")

    def _shared(self, given: Given) -> Proposal:
        folder, content = self._folder(given["thu-muc"]), self.site.desk.content
        refuse_filled(folder)
        province = read.named("Thuộc tỉnh, thành phố", read.read_province, given["tinh"])

        def write(stamp: Stamp) -> Done:
            made = new_shared(province, folder, content, stamp.time.year)
            return Done(_begun(folder, made), can_be_undone=False)

        return Proposal({"folder": folder, "province": province}, write, "", "Lập bộ dùng chung")

    def _require_local(self) -> None:
        if not self.site.is_local:
            raise UsageError("việc này ghi ra ngoài nội dung, chỉ làm ở máy đang chạy bàn làm việc")

    def _folder(self, text: str) -> Path:
        """Return a folder beside the content; raises UsageError for one in it, and over a net."""
        self._require_local()
        if not text or "\0" in text:
            raise UsageError("chưa ghi thư mục, ví dụ ../loc-an")
        home = self.site.desk.content.absolute().parent
        folder = Path(realpath(home / text))
        content = realpath(self.site.desk.content)
        if folder == Path(realpath(home)) or folder.is_relative_to(content):
            raise UsageError(f"{folder}: là thư mục của đơn vị này — chọn thư mục khác")
        return folder


def _begun(folder: Path, made: Made) -> tuple[str, ...]:
    return (
        f"Đã tạo {folder} ({len(made.paths)} tệp).",
        f"Mở bàn làm việc của đơn vị ấy: {command_here('desk', content=folder / 'content')}",
        f"Muốn bỏ: xóa thư mục {folder}.",
    )


def _proposal(
    make: Maker, words: str, then: Callable[[Made], str], button: str = "Tạo"
) -> Proposal:
    """Return files of the content that are to begin; ``then`` gives the page to go on with."""

    def write(stamp: Stamp) -> Done:
        made = make(stamp)
        lines = (*(f"Đã tạo {path}" for path in made.paths), *made.carried)
        return Done(lines, ((then(made), "Mở để điền tiếp"),))

    return Proposal({"made": make(None)}, write, words, button)
