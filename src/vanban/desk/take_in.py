"""Files that become content: an older Word or PDF file, a table of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import Route

from vanban.app.import_criteria import import_set
from vanban.app.ward import read_year
from vanban.app.word_import import already_there, apply, take_in
from vanban.checks.fix import diff_lines
from vanban.desk.site import Site
from vanban.desk.steps import Dialog, DialogPages, Done, Given, Proposal, one_of
from vanban.io.journal import Stamp

KINDS = {
    "plan": "Kế hoạch cải cách hành chính của năm",
    "report": "Báo cáo của một kỳ",
    "document": "Công văn, quyết định, thông báo … (văn bản soạn thảo)",
}
MOST = 30
"""Lines of a list that are shown at once; the others are one click away."""


def year_of(text: str) -> int | None:
    """Return a year that was typed, None for none; raises UsageError for what is none."""
    return read_year(text) if text else None


class TakeInPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        accepted = "ô về chỗ sửa theo dõi"
        told = {
            "--year": "ô “Năm”",
            "--refuse-changes": accepted,
            "--accept-changes": accepted,
        }
        files = Dialog("/them-moi/tu-tep", "take_in", self._file, self._page, told)
        named = {"--set": "ô “Mã của bộ”"}
        table = Dialog("/them-moi/bo-chi-so", "criteria", self._table, options=named)
        return [*DialogPages(self.site, files).routes, *DialogPages(self.site, table).routes]

    def _page(self, _: Request) -> Mapping[str, object]:
        return {"kinds": KINDS}

    def _file(self, given: Given) -> Proposal:
        desk = self.site.desk
        kind = one_of(given["loai"], KINDS, "loại văn bản")
        accept = bool(given["chap-nhan"])
        file = given.file
        taken = take_in(file, kind, desk.content, desk.templates, year_of(given["nam"]), accept)

        def write(stamp: Stamp) -> Done:
            lines = tuple(f"Đã ghi {path}" for path in apply(taken, kind, desk.content, stamp))
            if taken.imported.year == desk.year:
                name = taken.imported.document
                return Done(lines, ((f"/van-ban/{name}", "Mở văn bản vừa lấy vào"),))
            return Done((*lines, f"Văn bản ở năm {taken.imported.year}."))

        there = already_there(taken, kind, desk.content)
        values = {"taken": taken, "name": file.name, "most": MOST, "there": there}
        words, mark = f"lấy {file.name} vào nội dung", b"".join(taken.files.values())
        return Proposal(values, None if there else write, words, "Ghi vào nội dung", mark)

    def _table(self, given: Given) -> Proposal:
        desk = self.site.desk
        replace = bool(given["thay"])
        read = partial(
            import_set,
            given.file,
            desk.content,
            desk.year,
            set_id=given["ma"] or None,
            name=given["ten"] or None,
            for_assessment=bool(given["tu-danh-gia"]),
            replace=replace,
        )
        made = read(stamp=None)
        there = made.before is not None and made.before != made.data

        def write(stamp: Stamp) -> Done:
            path = read(stamp=stamp).path
            of_own = bool(given["tu-danh-gia"])
            scored = ("/them-moi/diem", "Nhập số liệu của một kỳ")
            own = ("/minh-chung", "Mở trang minh chứng theo bộ tiêu chí này")
            return Done((f"Đã ghi {path}",), (own if of_own else scored,))

        ready = made.before != made.data and not made.others and (replace or not there)
        values = {
            "made": made,
            "there": there and not replace,
            "lines": tuple(diff_lines({made.path: (made.before or b"", made.data)})),
        }
        return Proposal(
            values, write if ready else None, f"lấy bộ {made.path.stem} từ bảng", "Ghi bộ này"
        )
