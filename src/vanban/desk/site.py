"""What every page of the desk shares: the desk, the moment, templates, and what was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse

from vanban.desk.of_year import of_year
from vanban.desk.places import where
from vanban.desk.reviewer import review_content
from vanban.desk.reviews import Reviewer, Reviews
from vanban.desk.sessions import PERSON
from vanban.desk.state import Desk, Shown
from vanban.desk.uploads import Uploads
from vanban.errors import Problem, UsageError
from vanban.io.journal import Stamp
from vanban.workspace.folder import shown_path


class _Short(Convertor[int]):
    """A number in an address, no longer than what is counted here: "{number:short}"."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("short", _Short())


class Site(Struct, frozen=True, dict=True):
    """One desk on the web; ``now`` gives the moment that changes bear."""

    desk: Desk
    now: Callable[[], datetime]
    is_local: bool = True
    """Whether it answers this machine alone; only then it writes outside the content."""
    reviewer: Reviewer = review_content

    @cached_property
    def templates(self) -> Environment:
        environment = Environment(
            loader=PackageLoader("vanban.desk"), autoescape=True, undefined=StrictUndefined
        )
        environment.filters["of_year"] = lambda address: of_year(address, self.desk.year)
        environment.globals["where"] = partial(where, content=shown_path(self.desk.content))
        return environment

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self.desk, self.reviewer)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads()

    def html(self, name: str, **values: object) -> HTMLResponse:
        """Fill a template, which may always ask for the ``desk`` and the ``person`` at it."""
        template = self.templates.get_template(name)
        return HTMLResponse(template.render(desk=self.desk, person=PERSON.get(), **values))

    def told(self, problem: Problem) -> dict[str, str]:
        """Return a problem for a script: what is wrong, its place in words, the address of that."""
        at = where(problem.place, shown_path(self.desk.content))
        return {"message": problem.message, "words": at.words, "address": at.address}

    def stamp(self, words: str) -> Stamp:
        """Say when a change was made here, by whom, and what it was."""
        person = PERSON.get()
        shown = person.shown if person is not None else ""
        return Stamp(self.now(), f"bàn làm việc: {words}", shown)

    async def shown(self, request: Request) -> Shown:
        """Return the document that the address names."""
        return await run_in_threadpool(self.desk.show, request.path_params["id"])


async def asked(request: Request, **kinds: type | tuple[type, ...]) -> dict[str, Any]:
    """Return the JSON object that was sent, with a value of its kind for each of ``kinds``.

    Raises UsageError where it is none, or lacks one.
    """
    try:
        body = await request.json()
        json.dumps(body, ensure_ascii=False).encode()  # half a letter goes into no file
    except (ValueError, RecursionError) as error:  # ValueError: no JSON, or a number without end
        raise UsageError("yêu cầu gửi lên không đọc được — tải lại trang") from error
    if not isinstance(body, dict):
        raise UsageError("yêu cầu gửi lên không đọc được — tải lại trang")
    wrong = [key for key, kind in kinds.items() if not isinstance(body.get(key), kind)]
    if wrong:
        raise UsageError(f"yêu cầu gửi lên thiếu hoặc sai: {', '.join(wrong)} — tải lại trang")
    return body
