"""References in the text of a paper: {q3.ty-le}, {van-ban.nq-76}, {muc.thoi-han}.

What stands before the dot says what is meant: a period, whose report has the figure; the register
of documents; the same text, a piece or annex of which has that id. There are no expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from vanban.errors import Problem
from vanban.nd30.paper_forms import PAPER_FORMS
from vanban.workspace.files import REPORTS
from vanban.workspace.models.entry import Entry, typed_texts
from vanban.workspace.models.paper import Paper, PaperAnnex, Part, pieces_of
from vanban.workspace.periods import PERIODS
from vanban.workspace.source import Scalar
from vanban.workspace.wording import closest, one_line
from vanban.workspace.workspace import Workspace

DOCUMENT, PIECE = "van-ban", "muc"
"""What a reference begins with that leads to a registered document, or to a piece of the text."""
FORMS = "{q3.mã-chỉ-tiêu}, {van-ban.mã} hoặc {muc.mã}"

_BRACES = re.compile(r"\{([^{}]*)\}")
_FORM = re.compile(r"\s*([\w-]+)\s*[.:]\s*(\S+?)\s*")


class Reference(Struct, frozen=True):
    """One reference: from ``start`` to ``end`` of its text, what ``source`` has under ``name``."""

    start: int
    end: int
    source: str
    name: str


def references_in(text: str) -> Iterator[Reference]:
    """Yield what stands in braces in ``text``; ``source`` is "" of what has no such form."""
    for braces in _BRACES.finditer(text):
        found = _FORM.fullmatch(braces[1])
        source, name = (found[1], found[2]) if found else ("", braces[1].strip())
        yield Reference(*braces.span(), source, name)


def texts_with_references(parts: Iterable[Part]) -> Iterator[str]:
    """Yield every text below ``parts`` in which references are read."""
    for part in parts:
        if part.words:
            yield part.words
        elif part.table is not None:
            yield from (text for row in part.table.rows for text in row)
        yield from texts_with_references(part.parts)


def documents_in_text(paper: Paper) -> Iterator[tuple[Scalar, Reference]]:
    """Yield each reference to a document in the text of ``paper``, with the text it stands in."""
    for _, parts, _ in _bodies(paper):
        for text in texts_with_references(parts):
            for reference in references_in(text):
                if reference.source == DOCUMENT and isinstance(text, Scalar):
                    yield text, reference


def _bodies(paper: Paper) -> Iterator[tuple[str, tuple[Part, ...], tuple[PaperAnnex, ...]]]:
    """Yield the type, the parts and the annexes of ``paper``, then of what is issued with it."""
    in_annexes = [part for annex in paper.annexes for part in annex.parts]
    yield paper.type, (*paper.parts, *in_annexes), paper.annexes
    if paper.attached is not None:
        yield paper.attached.type, paper.attached.parts, ()


def check_references(paper: Paper, workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the ids of pieces and the references of ``paper``."""
    read: set[int] = set()
    for kind, parts, annexes in _bodies(paper):
        pieces: dict[str, Entry] = {}
        for annex in annexes:
            yield from _take(annex, annex.id, pieces)
        for part in pieces_of(parts):
            yield from _take(part, part.id, pieces)
            if part.id is not None and part.yaml_key not in PAPER_FORMS[kind].levels:
                yield part.problem("phần này không có số để dẫn đến — bỏ mã", "id")
        for text in texts_with_references(parts):
            read.add(id(text))
            for reference in references_in(text):
                message = _fault(reference, pieces, workspace)
                if message and isinstance(text, Scalar):
                    yield Problem(text.place_at(reference.start), text.key, message)
    for text, key in typed_texts(paper):
        found = next(references_in(text), None) if id(text) not in read else None
        if found is not None:
            message = "tham chiếu chỉ dùng trong noi_dung — ghi thẳng chữ ở đây"
            yield Problem(text.place_at(found.start), key, message)


def _take(entry: Entry, name: str | None, pieces: dict[str, Entry]) -> Iterator[Problem]:
    if name in pieces:
        yield entry.problem(f"mã “{name}” đã dùng ở {pieces[name].at('id')} — đổi một mã", "id")
    elif name is not None:
        pieces[name] = entry


def _fault(reference: Reference, pieces: Iterable[str], workspace: Workspace) -> str:
    """Return what is wrong with a reference, "" where it leads somewhere."""
    source, name = reference.source, one_line(reference.name)
    if not source:
        if name in workspace.indicators_by_id:
            return f"chưa nói số liệu của kỳ nào — ghi {{q3.{name}}} (q1, h1, q3, year)"
        return f"không hiểu “{{{name}}}” — viết {FORMS}"
    if source == DOCUMENT:
        return _unknown("văn bản", DOCUMENT, name, workspace.documents_by_id, "van-ban.yaml")
    if source == PIECE:
        return _unknown("mục", PIECE, name, pieces, "khóa ma của mục cần dẫn")
    if source not in PERIODS:
        near = closest(source, (*PERIODS, DOCUMENT, PIECE))
        hint = f"có phải “{{{near}.{name}}}”?" if near else f"viết {FORMS}"
        return f"không hiểu “{source}” — {hint}"
    fault = _unknown("chỉ tiêu", source, name, workspace.indicators_by_id, "chi-tieu.yaml")
    file = REPORTS.path(workspace.root, workspace.year) / f"{source}.yaml"
    if not fault and source not in workspace.reports and not file.exists():
        return f"chưa có báo cáo {PERIODS[source].title(workspace.year)} để lấy số liệu"
    return fault


def _unknown(what: str, source: str, name: str, known: Iterable[str], where: str) -> str:
    if name in known:
        return ""
    near = closest(name, known)
    hint = f"có phải “{{{source}.{near}}}”?" if near else f"xem {where}"
    return f"không có {what} “{name}” — {hint}"
