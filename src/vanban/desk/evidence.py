"""Evidence: the tree of criteria, files dropped on one and what was read of them, entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Asked
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from vanban.app.add_evidence import Request, add_evidence, propose_evidence
from vanban.app.change_evidence import (
    EDITED,
    Changed,
    bin_of,
    edit_evidence,
    remove_evidence,
    replace_evidence,
)
from vanban.app.content_file import ChangedMeanwhile
from vanban.app.evidence_tree import EvidenceTree, Leaf, Shown, evidence_tree, issuers, shown_entry
from vanban.desk.dossier import card_of, dossier_of
from vanban.desk.evidence_words import LABELS, told, worded
from vanban.desk.site import Site, asked
from vanban.desk.uploads import MAX_FILE
from vanban.errors import UsageError, VanbanError
from vanban.evidence.file_errors import FileError
from vanban.evidence.file_facts import read_facts
from vanban.evidence.page_picture import page_picture
from vanban.evidence.place import evidence_folder, locate
from vanban.io.journal import Stamp
from vanban.nd30.dates import short_date
from vanban.nd30.document_types import ABBREVIATIONS
from vanban.nd30.numbers import format_number
from vanban.workspace.files import CRITERIA

LISTS = ("dung_cho",)
FLAGS = ("ban_ky_so", "con_hieu_luc")
OF_A_DOCUMENT = ("loai", "so_ky_hieu", "ngay", "co_quan", "trich_yeu")
"""Keys that an entry of a registered document (van_ban) does not have."""


class EvidencePages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        one = "/minh-chung/tai-lieu/{code}"
        return [
            Route("/minh-chung", self.tree),
            Route("/minh-chung/cay", self.branches),
            Route("/minh-chung/tieu-chi/{code}", self.criterion),
            Route("/minh-chung/xem", self.look, methods=["POST"]),
            Route("/minh-chung/them", self.add, methods=["POST"]),
            Route("/minh-chung/bo-tep", self.drop, methods=["POST"]),
            Route("/minh-chung/cho/{upload}/trang/{number:short}", self.sent_page),
            Route("/minh-chung/thu-muc/{name:path}/trang/{number:short}", self.stray_page),
            Route("/minh-chung/thung-rac/{name}", self.binned),
            Route(f"{one}/sua", self.form),
            Route(f"{one}/sua", self.edit, methods=["POST"]),
            Route(f"{one}/thay", self.replace, methods=["POST"]),
            Route(f"{one}/bo", self.remove, methods=["POST"]),
            Route(f"{one}/tep", self.file),
            Route(f"{one}/trang/{{number:short}}", self.page),
        ]

    # --- what is shown --------------------------------------------------------------------------

    async def tree(self, request: Asked) -> Response:
        if self.site.desk.lacks(CRITERIA):
            return self.site.html("no_criteria.html")

        def work() -> dict[str, object]:
            return {**self._branches(), **card_of(self.site.desk)}

        return await self._html("evidence.html", work)

    async def branches(self, request: Asked) -> Response:
        """Give the tree alone, after a change."""
        return await self._html("evidence_tree.html", self._branches)

    async def criterion(self, request: Asked) -> Response:
        """Give a sub-criterion with its documents, and where they stand in the dossier."""

        def work() -> dict[str, object]:
            made = dossier_of(self.site.desk)
            pages = made.pages if made is not None else {}
            return {"leaf": self._leaf(request.path_params["code"]), "pages": pages}

        return await self._html("evidence_criterion.html", work)

    async def form(self, request: Asked) -> Response:
        code = request.path_params["code"]

        def work() -> dict[str, object]:
            entry = shown_entry(self.site.desk.loaded(), code)
            return {"entry": entry, **self._of_form(entry.values, entry.evidence.document or "")}

        return await self._html("evidence_edit.html", work)

    def _branches(self) -> dict[str, object]:
        desk = self.site.desk
        return {"tree": self._tree(), "binned": bin_of(desk.content, desk.year)}

    def _tree(self) -> EvidenceTree:
        return evidence_tree(self.site.desk.loaded())

    def _leaf(self, code: str) -> Leaf:
        found = (leaf for leaf in self._tree().leaves if leaf.part.code == code)
        leaf = next(found, None)
        if leaf is None:
            raise UsageError(f"không có tiêu chí thành phần {code} — tải lại trang")
        return leaf

    def _of_form(self, values: Mapping[str, str], document: str) -> dict[str, object]:
        loaded = self.site.desk.loaded()
        return {
            "values": values,
            "document": loaded.workspace.documents_by_id.get(document) if document else None,
            "keys": [key for key in LABELS if not (document and key in OF_A_DOCUMENT)],
            "types": tuple(ABBREVIATIONS),
            "issuers": issuers(loaded),
        }

    async def _html(self, name: str, work: Callable[[], dict[str, Any]]) -> Response:
        return self._filled(name, await run_in_threadpool(work))

    def _filled(self, name: str, found: dict[str, Any]) -> Response:
        return self.site.html(
            name,
            **found,
            labels=LABELS,
            flags=FLAGS,
            points=lambda value: "–" if value is None else format_number(value, 2),
            day=short_date,
            most=MAX_FILE,
        )

    # --- new files ------------------------------------------------------------------------------

    async def look(self, request: Asked) -> Response:
        """Say what would be registered of a file that was sent, as a form to be confirmed."""
        given = await asked(request, upload=str, file=str, criterion=str, document=str, unread=bool)
        wanted = await run_in_threadpool(self._wanted, given, {"van_ban": given["document"]})

        def work() -> dict[str, Any]:
            found = propose_evidence(self.site.desk.content, self.site.desk.year, wanted)
            values = {key: _as_typed(value) for key, value in found.values.items()}
            values["ban_ky_so"] = "true" if found.facts.signed else ""
            document = values.get("van_ban", "")
            return {
                "upload": given["upload"],
                "file": given["file"],
                "shown": wanted.file.name,
                "found": found,
                "notes": [worded(note) for note in found.notes],
                "unread": wanted.unread,
                **self._of_form(values, document),
            }

        return await self._tried(work, lambda shown: self._filled("evidence_new.html", shown))

    async def add(self, request: Asked) -> Response:
        """Register a file by what was confirmed."""
        given = await asked(request, upload=str, file=str, criterion=str, values=dict, unread=bool)
        wanted = await run_in_threadpool(self._wanted, given, given["values"])
        desk, stamp = self.site.desk, self.site.stamp(f"thêm {wanted.file.name}")

        def work() -> dict[str, Any]:
            added = add_evidence(desk.content, desk.year, wanted, stamp)
            self.site.uploads.drop(given["upload"])
            return {"code": added.evidence.code, "notes": [*map(worded, added.notes)]}

        return await self._tried(work)

    async def drop(self, request: Asked) -> Response:
        """Forget a file that was sent and is not wanted."""
        given = await asked(request, upload=str)
        self.site.uploads.drop(given["upload"])
        return JSONResponse({})

    def _wanted(self, given: Mapping[str, Any], values: Mapping[str, object]) -> Request:
        typed = _typed(values, (*EDITED, "van_ban"))
        flags = {key: bool(typed.pop(key, "")) for key in FLAGS}
        return Request(
            self._stray(given["file"])
            if given["file"]
            else self.site.uploads.path(given["upload"]),
            given["criterion"],
            typed,
            signed=flags["ban_ky_so"],
            in_force=flags["con_hieu_luc"],
            unread=given.get("unread", False),
            guess="values" not in given,
        )

    def _stray(self, name: str) -> Path:
        """Return a file of the folder of evidence that nobody has registered."""
        desk = self.site.desk
        if name not in self._tree().coverage.unregistered:
            raise UsageError(f"{name}: tệp không còn chờ ghi vào sổ — tải lại trang")
        return locate(evidence_folder(desk.content, desk.year), name)

    # --- entries --------------------------------------------------------------------------------

    async def edit(self, request: Asked) -> Response:
        given = await asked(request, seen=str, values=dict)
        values = {
            key: tuple(_split(str(value))) if key in LISTS else str(value).strip()
            for key, value in given["values"].items()
        }
        desk = self.site.desk

        def change(code: str, stamp: Stamp) -> Changed:
            return edit_evidence(desk.content, desk.year, code, values, stamp, given["seen"])

        return await self._change(request, "sửa", change)

    async def replace(self, request: Asked) -> Response:
        given = await asked(request, upload=str, seen=str, pages=str, unread=bool)
        typed = _typed({"trang": given["pages"]}, ("trang",))
        wanted = Request(
            self.site.uploads.path(given["upload"]), typed=typed, unread=given["unread"]
        )
        desk = self.site.desk

        def change(code: str, stamp: Stamp) -> Changed:
            return replace_evidence(desk.content, desk.year, code, wanted, stamp, given["seen"])

        answer = await self._change(request, "thay tệp của", change)
        self.site.uploads.drop(given["upload"])
        return answer

    async def remove(self, request: Asked) -> Response:
        given = await asked(request, seen=str)
        desk = self.site.desk

        def change(code: str, stamp: Stamp) -> Changed:
            return remove_evidence(desk.content, desk.year, code, stamp, given["seen"])

        return await self._change(request, "bỏ", change)

    async def _change(
        self,
        request: Asked,
        what: str,
        change: Callable[[str, Stamp], Changed],
    ) -> Response:
        code, desk = request.path_params["code"], self.site.desk
        stamp = self.site.stamp(f"{what} tài liệu {code}")

        def work() -> dict[str, Any]:
            changed = change(code, stamp)
            binned = [str(path.relative_to(desk.content)) for path in changed.binned]
            return {"binned": binned, "notes": [*map(worded, changed.notes)]}

        return await self._tried(work)

    async def _tried(
        self,
        work: Callable[[], dict[str, Any]],
        answer: Callable[[dict[str, Any]], Response] = JSONResponse,
    ) -> Response:
        """Answer what ``work`` found; what it refuses is told in the words of the boxes."""
        try:
            return answer(await run_in_threadpool(work))
        except ChangedMeanwhile:
            raise
        except VanbanError as error:
            found = told(error, self.site.desk.content)
            found["errors"] = [self.site.uploads.named(line) for line in found["errors"]]
            return JSONResponse(found, 400)

    # --- files ----------------------------------------------------------------------------------

    async def file(self, request: Asked) -> Response:
        path = await run_in_threadpool(self._file, request.path_params["code"])
        return FileResponse(path, filename=path.name)

    async def binned(self, request: Asked) -> Response:
        """Give out a file that was taken out of the register."""
        desk, name = self.site.desk, request.path_params["name"]
        found = await run_in_threadpool(bin_of, desk.content, desk.year)
        path = next((each.path for each in found if each.path.name == name), None)
        if path is None:
            raise UsageError(f"trong thùng rác không có tệp {name}")
        return FileResponse(path, filename=name)

    async def page(self, request: Asked) -> Response:
        return await _picture(
            lambda: self._file(request.path_params["code"]), request.path_params["number"]
        )

    async def sent_page(self, request: Asked) -> Response:
        return await _picture(
            lambda: self.site.uploads.path(request.path_params["upload"]),
            request.path_params["number"],
        )

    async def stray_page(self, request: Asked) -> Response:
        return await _picture(
            lambda: self._stray(request.path_params["name"]), request.path_params["number"]
        )

    def _file(self, code: str) -> Path:
        desk = self.site.desk
        entry: Shown = shown_entry(desk.loaded(), code)
        return locate(evidence_folder(desk.content, desk.year), entry.evidence.file)


async def _picture(file: Callable[[], Path], number: int) -> Response:
    def work() -> bytes:
        path = file()
        facts = read_facts(path)
        try:
            return page_picture(path.read_bytes(), facts.kind, number)
        except IndexError as error:
            raise UsageError(f"{path.name}: không có hình của trang {number}") from error

    try:
        return Response(await run_in_threadpool(work), media_type="image/png")
    except FileError as error:
        raise UsageError(f"không vẽ được trang: {error}") from error


def _typed(values: Mapping[str, object], keys: tuple[str, ...]) -> dict[str, str | tuple[str, ...]]:
    """Return what was typed into a form but for what is empty; UsageError for other keys."""
    unknown = ", ".join(sorted(set(values) - set(keys)))
    if unknown:
        raise UsageError(f"không có ô {unknown} — tải lại trang")
    typed: dict[str, str | tuple[str, ...]] = {}
    for key, value in values.items():
        text = str(value).strip()
        if text:
            typed[key] = tuple(_split(text)) if key in LISTS else text
    return typed


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[,;\s]+", text) if word]


def _as_typed(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
