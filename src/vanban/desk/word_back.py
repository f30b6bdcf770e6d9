"""Edits made in Word come back: shown by the words that differ, picked one by one, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.routing import Route

from vanban.app.content_file import open_file
from vanban.app.field import Fields, names_in
from vanban.app.pull import apply, pull
from vanban.desk.site import Site
from vanban.desk.steps import OTHER_YEAR, Dialog, DialogPages, Done, Given, Proposal, one_of
from vanban.errors import UsageError
from vanban.exchange.pull import Act, Edit, Verdict
from vanban.exchange.pull_alike import Alike, by_reason
from vanban.exchange.pull_edits import shown_pieces
from vanban.io.journal import Stamp
from vanban.workspace.folder import templates_of

MOST = 20
"""Paragraphs that are shown of those that still differ."""
BY_MARK = {"": "Để chương trình nhận ra (theo dấu ẩn trong tệp)"}


class WordBackPages(Struct, frozen=True):
    site: Site

    @property
    def routes(self) -> list[Route]:
        told = {"--id": "ô “Văn bản”", **OTHER_YEAR}
        dialog = Dialog("/trao-doi/word", "word_back", self._look, self._page, told)
        return DialogPages(self.site, dialog).routes

    def _page(self, _: Request) -> Mapping[str, object]:
        return {"documents": BY_MARK | self.site.desk.made_here()}

    def _look(self, given: Given) -> Proposal:
        desk = self.site.desk
        document = one_of(given["van-ban"], BY_MARK | desk.made_here(), "văn bản")
        year = desk.year if document else None
        pulled = pull(given.file, desk.content, templates_of, document or None, year)

        def write(stamp: Stamp) -> Done:
            chosen = _chosen(pulled.edits, given.picked)
            applied = apply(pulled, chosen, stamp)
            rest = [f"trong tệp: “{text}”" for text in applied.differing]
            rest += [f"bản dựng: “{text}”" for text in applied.extra]
            same = "Dựng lại thì văn bản đúng từng chữ như tệp."
            differs = "Dựng lại thì văn bản còn khác tệp ở những đoạn dưới đây."
            lines = (*(f"Đã sửa {path}" for path in applied.files), differs if rest else same)
            kind = pulled.document.kind
            here = pulled.document.year == desk.year
            links = ((f"/van-ban/{kind.id}", f"Mở {kind.name}"),) if here else ()
            return Done(lines, links, bool(applied.files), tuple(rest[:MOST]))

        can_write = any(edit.act is not Act.NONE for edit in pulled.edits)
        values = {
            "pulled": pulled,
            "groups": [(verdict, _by_reason(verdict, pulled.edits)) for verdict in Verdict],
            "fields": dict(_fields(pulled.edits, desk.content)),
            "pieces": shown_pieces,
            "Act": Act,
        }
        words = f"đưa chỗ sửa trong {given.file.name} về nội dung"
        return Proposal(values, write if can_write else None, words, "Ghi những chỗ đã đánh dấu")


def _by_reason(verdict: Verdict, edits: tuple[Edit, ...]) -> Mapping[str, tuple[Alike, ...]]:
    """Return the edits of a verdict, each with the number by which it is ticked."""
    return by_reason(each for each in enumerate(edits) if each[1].verdict is verdict)


def _fields(edits: tuple[Edit, ...], content: Path) -> Iterator[tuple[int, str]]:
    """Yield what the values of the content are called that edits change, by their numbers."""

    @cache
    def fields_of(file: Path) -> Fields:
        return Fields.of(open_file(content, file), names_in(None))

    for number, edit in enumerate(edits):
        path = edit.place.file.absolute()
        if edit.act is Act.SET and path.is_relative_to(content.absolute()):
            for field in fields_of(path.relative_to(content.absolute())).at(edit.keys):
                yield number, " › ".join(field.labels)


def _chosen(edits: tuple[Edit, ...], picked: Iterable[int]) -> tuple[Edit, ...]:
    """Return the edits that were ticked; raises UsageError for none, and two for one value."""
    numbers = set(picked)
    chosen = tuple(edit for number, edit in enumerate(edits) if number in numbers)
    if not chosen:
        raise UsageError("chưa đánh dấu chỗ nào — đánh dấu chỗ muốn lấy rồi bấm lại")
    wrong = next((edit for edit in chosen if edit.act is Act.NONE), None)
    if wrong is not None:
        raise UsageError(f"{wrong.place}: chỗ này không lấy được — bỏ dấu")
    values = Counter((each.place.file, each.keys) for each in chosen if each.act is Act.SET)
    twice = next((each for each in chosen if values[each.place.file, each.keys] > 1), None)
    if twice is not None:
        raise UsageError(f"{twice.place}: hai chỗ sửa của cùng một giá trị — chỉ đánh dấu một")
    return chosen
