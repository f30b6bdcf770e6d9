"""What the check found: beside a page and of the whole year; accepted, mended, explained."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.app.check import mend
from vanban.app.settle_finding import accept, entries_for, excuses_of, mend_finding, withdraw
from vanban.checks.finding import Finding
from vanban.checks.output import NAMES
from vanban.checks.registry import rule_of
from vanban.checks.rule_catalogue import STANDINGS
from vanban.checks.rules import Rule
from vanban.desk.finding_list import FindingList, changed_lines, list_of, unused_key
from vanban.desk.site import Site, asked
from vanban.desk.unwritten import unwritten
from vanban.errors import ContentError
from vanban.workspace.folder import shown_path
from vanban.workspace.models.house_rules import Excuse
from vanban.workspace.models.rule_rows import Example

ALL = "tat-ca"
"""In place of a key: every finding that is certain."""
SHORT = 60
"""Letters of a message in the words of a change."""

Files = Mapping[Path, tuple[bytes, bytes]]


class FindingPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/soat-loi", self.year),
            Route("/soat-loi/danh-sach", self.list),
            Route("/soat-loi/chap-nhan/{key}", self.ask_reason),
            Route("/soat-loi/chap-nhan", self.accept, methods=["POST"]),
            Route("/soat-loi/bo-chap-nhan", self.withdraw, methods=["POST"]),
            Route("/soat-loi/sua/{key}", self.differences),
            Route("/soat-loi/sua", self.mend, methods=["POST"]),
            Route("/quy-tac/{group}/{name}", self.rule),
        ]

    async def year(self, request: Request) -> Response:
        return self.site.html("findings.html", chosen=request.query_params.get("van-ban", ""))

    async def list(self, request: Request) -> Response:
        """Give the findings of a document (``van-ban``), else of the year."""
        document = request.query_params.get("van-ban", "")
        try:
            found = await run_in_threadpool(self._list, document)
        except ContentError as error:  # of a register: nothing can be read without it
            return self.site.html("problems.html", problems=error.problems)
        return self.site.html("finding_list.html", found=found)

    def _list(self, document: str) -> FindingList:
        desk, reviews = self.site.desk, self.site.reviews
        names = {kind.id: kind.name for kind in desk.kinds()}
        content = shown_path(desk.content)
        to_write = unwritten(desk.loaded().workspace, content)
        if not document:
            return list_of(reviews.year(), names, content, "", (), to_write)
        shown = desk.show(document)
        words = shown.preview.words if shown.preview is not None else ()
        return list_of(reviews.of(document), names, content, document, words, to_write)

    async def ask_reason(self, request: Request) -> Response:
        """Give the form that asks why a finding is accepted, with what will be written."""

        def work() -> tuple[Finding, dict[str, object]]:
            finding = self.site.reviews.finding(request.path_params["key"])
            content = self.site.desk.content
            return finding, {
                "here": entries_for(finding, content, everywhere=False),
                "everywhere": entries_for(finding, content, everywhere=True),
            }

        finding, written = await run_in_threadpool(work)
        key = request.path_params["key"]
        return self.site.html("accept.html", key=key, finding=finding, **written)

    async def accept(self, request: Request) -> Response:
        given = await asked(request, key=str, reason=str, everywhere=bool)
        desk = self.site.desk

        def work() -> None:
            finding = self.site.reviews.finding(given["key"])
            stamp = self.site.stamp(f"chấp nhận “{_short(finding.message)}”")
            reason, everywhere = given["reason"], given["everywhere"]
            accept(desk.content, desk.year, finding, reason, everywhere, stamp)

        await run_in_threadpool(work)
        return JSONResponse({"said": "Đã chấp nhận."})

    async def withdraw(self, request: Request) -> Response:
        """Take a finding off the accepted ones, or an entry of their list that excuses nothing."""
        given = await asked(request, key=str)
        desk = self.site.desk

        def work() -> None:
            unused = {unused_key(each): each for each in self.site.reviews.year().unused}
            if given["key"] in unused:
                excuses: tuple[Excuse, ...] = (unused[given["key"]],)
                what: str = excuses[0].rule
            else:
                finding = self.site.reviews.finding(given["key"])
                accepted = desk.loaded().workspace.review.excuses
                excuses, what = excuses_of(finding, accepted), _short(finding.message)
            stamp = self.site.stamp(f"bỏ chấp nhận “{what}”")
            withdraw(desk.content, desk.year, excuses, stamp)

        await run_in_threadpool(work)
        return JSONResponse({"said": "Đã bỏ chấp nhận."})

    async def differences(self, request: Request) -> Response:
        """Show what mending a finding, or all that is certain, changes in the files."""
        key = request.path_params["key"]
        files = await run_in_threadpool(self._mended, key, None)
        lines = tuple(changed_lines(files, shown_path(self.site.desk.content)))
        return self.site.html("mend.html", key=key, seen=_seen(files), lines=lines, all=key == ALL)

    async def mend(self, request: Request) -> Response:
        """Mend what was shown: where that has changed meanwhile, nothing is written."""
        given = await asked(request, key=str, seen=str)

        def work() -> int:
            if _seen(self._mended(given["key"], None)) != given["seen"]:
                message = "nội dung vừa đổi sau khi hiện các chỗ sẽ sửa — xem lại rồi bấm lại"
                raise ContentError.at(self.site.desk.content, message)
            files = self._mended(given["key"], "sửa chỗ chắc chắn")
            return sum(1 for _ in changed_lines(files, self.site.desk.content))

        lines = await run_in_threadpool(work)
        return JSONResponse({"said": f"Đã sửa {lines} dòng."})

    def _mended(self, key: str, words: str | None) -> Files:
        """Return the files before and after; they are written where ``words`` say what is done."""
        desk = self.site.desk
        stamp = None if words is None else self.site.stamp(words)
        if key != ALL:
            return mend_finding(desk.content, desk.year, self.site.reviews.finding(key), stamp)
        files: dict[Path, tuple[bytes, bytes]] = {}
        for one in mend(desk.content, desk.year, desk.templates, stamp):
            for path, (before, after) in one.items():
                files[path] = (files.get(path, (before, b""))[0], after)
        return files

    async def rule(self, request: Request) -> Response:
        """Explain a rule: what it looks for, what it rests on, a wrong and a right example."""
        name = f"{request.path_params['group']}/{request.path_params['name']}"

        def work() -> Rule:
            return rule_of(name, self.site.desk.loaded().workspace)

        rule = await run_in_threadpool(work)
        values = {
            "rule": rule,
            "weight": NAMES[rule.severity].lower(),
            "standing": STANDINGS[rule.standing],
            "examples": (("Viết sai", _example(rule.fails)), ("Viết đúng", _example(rule.passes))),
        }
        return self.site.html("rule.html", **values)


def _seen(files: Files) -> str:
    """Return by what files before and after are known again."""
    told = [(str(path), before, after) for path, (before, after) in sorted(files.items())]
    return sha256(repr(told).encode()).hexdigest()


def _short(message: str) -> str:
    return message if len(message) <= SHORT else message[: SHORT - 1].rstrip() + "…"


def _example(example: Example) -> tuple[tuple[str, str], ...]:
    """Return the pieces of an example: the name of a file, "" for words alone, and its text."""
    if isinstance(example, str):
        return (("", example),) if example else ()
    return tuple(example.items())
