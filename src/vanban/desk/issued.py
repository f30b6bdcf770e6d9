"""What follows the signature: number and date into the content, a signed file looked into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import Route

from vanban.app.catalogue import find_kind
from vanban.app.issue import is_numbered, issue
from vanban.app.signature_words import verified_lines
from vanban.app.verify import verify
from vanban.desk.site import Site
from vanban.desk.steps import Dialog, DialogPages, Done, Given, Proposal, one_of
from vanban.io.journal import Stamp


class IssuedPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        dialogs = (
            Dialog("/trao-doi/phat-hanh", "issue", self._issue, self._page),
            Dialog("/trao-doi/chu-ky", "verify", self._verify),
        )
        return [route for each in dialogs for route in DialogPages(self.site, each).routes]

    def _known(self) -> dict[str, str]:
        """Return the documents that are given a number, by id."""
        desk = self.site.desk
        return {
            id: name
            for id, name in desk.made_here().items()
            if is_numbered(find_kind(id, desk.content))
        }

    def _page(self, request: Request) -> Mapping[str, object]:
        return {
            "documents": self._known(),
            "chosen": request.query_params.get("van-ban", ""),
        }

    def _issue(self, given: Given) -> Proposal:
        desk = self.site.desk
        name = one_of(given["van-ban"], self._known(), "văn bản")
        number, day = given["so"], given["ngay"]

        def write(stamp: Stamp) -> Done:
            made = issue(name, number, day, desk.content, desk.year, stamp)
            lines = [f"Đã ghi số {number}, ngày {day} vào {made.path}. Dựng lại để in ra."]
            if made.proves:
                codes = ", ".join(made.proves)
                lines.append(f"Là tài liệu kiểm chứng của {codes}: ký xong thì đính kèm bản ký.")
            return Done(tuple(lines), ((f"/van-ban/{name}", "Mở văn bản"),))

        made = issue(name, number, day, desk.content, desk.year, None)
        values = {"made": made, "number": number, "day": day, "name": self._known()[name]}
        return Proposal(values, write, f"ghi số {number} cho {name}", "Ghi số và ngày")

    def _verify(self, given: Given) -> Proposal:
        verified = verify(given.file, self.site.desk.out, None)
        lines = tuple(verified_lines(Path(given.file.name), verified))
        return Proposal({"lines": lines, "is_sound": verified.is_sound})
