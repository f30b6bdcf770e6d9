"""Dialogs in two steps: what would be done is shown first, and done by a second button.

What was shown has a mark. If the same answers no longer come to the same when the button is pressed
(another has changed the content meanwhile), nothing is done and it is shown anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.desk.site import Site, asked
from vanban.errors import ContentError, UsageError, VanbanError
from vanban.io.journal import Stamp
from vanban.io.reasons import reason_of


class Given(Struct, frozen=True):
    """What was filled in: the fields by name, the files that were sent, what was ticked."""

    fields: Mapping[str, str]
    files: tuple[Path, ...]
    picked: frozenset[int]

    def __getitem__(self, name: str) -> str:
        """Return what a field says, "" where it says nothing."""
        return self.fields.get(name, "").strip()

    @property
    def file(self) -> Path:
        """The one file; raises UsageError where there is none."""
        if len(self.files) != 1:
            raise UsageError("chưa chọn tệp — thả một tệp vào khung, hoặc bấm để chọn")
        return self.files[0]


class Done(Struct, frozen=True):
    """What was done: sentences, where to go next (address, words), and what is to be known."""

    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    can_be_undone: bool = True
    details: tuple[str, ...] = ()


class Proposal(Struct, frozen=True):
    """What would be done, as the values of a template; ``write`` None: there is nothing to do.

    ``words`` name the change in the journal, ``mark`` is what must still be so beside what is
    shown: the bytes that would be written, where there is more of them than one sees.
    """

    values: Mapping[str, object]
    write: Callable[[Stamp], Done] | None = None
    words: str = ""
    button: str = "Ghi"
    mark: bytes = b""


class Dialog(Struct, frozen=True):
    """A page with a form: its template, and the one of what is ``shown`` ("" for ``*_shown``).

    ``options`` tell what an option of the command line is at the desk, for messages.
    """

    address: str
    template: str
    look: Callable[[Given], Proposal]
    page: Callable[[Request], Mapping[str, object]] = lambda _: {}
    options: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""


class DialogPages(Struct, frozen=True):
    site: Site
    dialog: Dialog

    @property
    def routes(self) -> list[Route]:
        return [
            Route(self.dialog.address, self.page),
            Route(self.dialog.address, self.answer, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        values = await run_in_threadpool(self.dialog.page, request)
        name = f"{self.dialog.template}.html"
        return self.site.html(name, address=self.dialog.address, **values)

    async def answer(self, request: Request) -> Response:
        """Show what would be done; do it where that is what was ``shown`` already."""
        body = await asked(request, fields=dict, files=list, picked=list, shown=str)
        stamp = self.site.stamp

        def work() -> dict[str, object]:
            given = self._given(body)
            proposal = self.dialog.look(given)
            shown = self.dialog.shown or f"{self.dialog.template}_shown"
            html = self._html(f"{shown}.html", proposal.values)
            mark = sha256(html.encode() + proposal.mark).hexdigest()
            if proposal.write is None:
                return {"html": html, "shown": "", "done": False}
            if body["shown"] != mark:
                told = {"html": html, "shown": mark, "button": proposal.button, "done": False}
                return {**told, "moved": bool(body["shown"])}
            done = proposal.write(stamp(proposal.words))
            for each in body["files"]:
                self.site.uploads.drop(each)
            return {"html": self._html("done.html", {"done": done}), "shown": "", "done": True}

        try:
            return JSONResponse(await run_in_threadpool(work))
        except VanbanError as error:
            lines = [self._told(line) for line in error.lines]
            remarks = error.remarks if isinstance(error, ContentError) else ()
            return JSONResponse({"errors": [*lines, *map(self._told, remarks)]}, 400)
        except OSError as error:
            told = f"không đọc được {error.filename}: {reason_of(error)} — xem lại tệp, chỗ trống"
            return JSONResponse({"errors": [self._told(told)]}, 400)

    def _given(self, body: Mapping[str, object]) -> Given:
        fields, files, picked = body["fields"], body["files"], body["picked"]
        assert isinstance(fields, dict) and isinstance(files, list) and isinstance(picked, list)
        if not all(isinstance(each, str) for each in fields.values()):
            raise UsageError("yêu cầu gửi lên thiếu hoặc sai: fields — tải lại trang")
        if not all(type(each) is int for each in picked):
            raise UsageError("yêu cầu gửi lên thiếu hoặc sai: picked — tải lại trang")
        paths = tuple(self.site.uploads.path(each) for each in files)
        return Given(fields, paths, frozenset(picked))

    def _html(self, name: str, values: Mapping[str, object]) -> str:
        template = self.site.templates.get_template(name)
        return self._told(template.render(desk=self.site.desk, **values))

    def _named(self, text: str) -> str:
        """Return a text with files that were sent by their names, others from the content on."""
        text, beside = self.site.uploads.named(text), self.site.desk.content.parent
        for home in (beside.absolute(), beside):  # as places are told: by either
            text = text.replace(f"{home}/", "") if home.name else text
        return text

    def _told(self, line: str) -> str:
        """Return a message with files by their names, and options as what they are here."""
        for option, words in self.dialog.options.items():
            line = re.sub(rf"{option}\b(?: [\w./:-]*\w)?", words, line)
        return self._named(line)


OTHER_YEAR = {"--year": "trang “Sang năm khác”"}
"""What the year is at the desk, for messages."""


def one_of(given: str, known: Mapping[str, str], what: str) -> str:
    """Return a choice of a list; raises UsageError for what is not in it."""
    if given not in known:
        raise UsageError(f"{what}: chọn một trong danh sách")
    return given
