"""Building documents: content → checked, composed, reviewed → files.

A document is composed and reviewed first, so that its state is known before any page is set; then
it is rendered once, with that state in its bottom margin.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from multiprocessing import current_process
from pathlib import Path
from threading import active_count
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.catalogue import Kind, find_kind, reads_of
from vanban.app.composing import Unmade, compose_others, compose_sound
from vanban.app.left_annexes import left_annexes, told_left
from vanban.app.load import Loaded
from vanban.app.manifest import Manifest
from vanban.checks.state import State, marked, require_ready
from vanban.compose.annex_files import SUFFIX, separated
from vanban.compose.composed import Composed
from vanban.document import Document
from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.io.process import PROCESS
from vanban.io.signed import is_signed
from vanban.io.swap import write_files
from vanban.io.text import read_text
from vanban.layout.measures import Layout
from vanban.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vanban.checks.review import Reviewed
    from vanban.render.docx_package import Hidden
    from vanban.render.pdf_file import PdfFile


class Engine(Protocol):
    """What sets PDFs, one at a time: in this process or another."""

    def start(
        self, document: Document, layout: Layout, stamp: date | None
    ) -> Callable[[], PdfFile]:
        """Begin the PDF of ``document``; return a call that gives it."""


@contextmanager
def started(name: str) -> Iterator[Engine]:
    """Yield the engine of that name; WeasyPrint in a process of its own, loading meanwhile.

    Where other threads are at work, or in a worker of another program, it is kept in this process:
    a copy (fork) of threads may hang, and a daemonic worker has no children.
    """
    if name == "pages":
        from vanban.render.placed_pdf import PagesEngine

        yield PagesEngine()
    elif current_process().daemon or active_count() > 1:
        yield _engine_here()
    else:
        from vanban.render.pdf_process import PdfProcess

        with PdfProcess() as engine:
            yield engine


def _engine_here() -> Engine:
    from vanban.render import pdf, typesetter  # noqa: F401 - nothing is imported under the lock

    with PROCESS:
        return _one_engine()


@cache
def _one_engine() -> Engine:
    from vanban.render.pdf import PdfEngine

    atexit.register(_one_engine.cache_clear)  # its folder of fonts goes while there is a Python
    return PdfEngine()


class Built(Struct, frozen=True):
    """One document that was built, the files that hold it, and the face that its PDF carries."""

    composed: Composed
    paths: tuple[Path, ...]
    face: str


class Outcome(Struct, frozen=True):
    """What a build made: the documents, what the review found, and what could not be looked at.

    ``notes`` follow from the content, ``left`` from files that stand beside what was made.
    """

    built: tuple[Built, ...]
    reviewed: Reviewed
    notes: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def states(self) -> Mapping[str, State]:
        """The states of the documents by id."""
        return self.reviewed.states


def compose_documents(
    kinds: Iterable[Kind], loaded: Loaded, templates: Path
) -> tuple[list[Composed], list[Unmade]]:
    """Compose every document that can be made and printed; tell the others."""
    from vanban.checks.review import content_texts

    composed, unmade = compose_sound(kinds, loaded, templates)
    composed, unprintable = set_apart(
        composed,
        content_texts(loaded.workspace.root, loaded.workspace.year),
        loaded.workspace.root,
    )
    return composed, [*unmade, *unprintable]


def build_documents(
    kinds: tuple[Kind, ...],
    loaded: Loaded,
    templates: Path,
    out: Path,
    *,
    composed: list[Composed],
    final: bool,
    see: str,
    progress: Callable[[str], None],
    fallback_date: date | None = None,
    engine: Engine | None = None,
    manifest: Manifest | None = None,
    separate_annexes: bool = False,
    states_only: bool = True,
) -> Outcome:
    """Review what was ``composed`` of ``kinds`` and write it to ``out/<year>/``.

    With ``final`` raises NotReady where a document may not be signed, by its state or by its form;
    nothing is written then. ``see`` is the command that shows what stands against it. With
    ``separate_annexes`` each annex of a document that is signed is a file of its own; without
    ``states_only`` everything that the check finds is in the outcome.
    """
    from vanban.checks.review import review

    workspace = loaded.workspace
    others, left_out = compose_others(kinds, loaded, templates)
    reviewed = review(workspace, composed, others, states_only)
    if final:
        require_ready(reviewed.states, see)
    notes = []
    if left_out:
        names = ", ".join(left_out)
        notes.append(f"Chưa đối chiếu được với {names}: nội dung ở đó đang có lỗi.")
    notes += loaded.remarks(reads_of(kinds, workspace.root, workspace.year))
    notes += [
        f"Không đánh giá được {', '.join(rules)}: {reason}"
        for reason, rules in reviewed.not_evaluated.items()
    ]

    def accept(document_id: str, docx: bytes, pdf: bytes) -> None:
        if final and document_id in reviewed.states:  # not the files of annexes
            from vanban.checks.form.check_form import require_form

            require_form(workspace, document_id, docx, pdf)

    states = {name: state.name for name, state in reviewed.states.items()}
    printed: list[Composed] = []
    for item in composed:
        state = reviewed.states[item.document.id]
        files = separated(item) if separate_annexes else (item,)
        printed += (marked(file, state) for file in files)
        states |= {file.document.id: state.name for file in files}
    built = build(
        printed,
        workspace.year,
        templates,
        out,
        progress,
        fallback_date=fallback_date,
        engine=engine,
        accept=accept,
        manifest=manifest,
        states=states,
        workspace=workspace,
    )
    whole = tuple(_with_annexes(built))
    beside = (
        left_annexes(each.paths[0].parent, each.composed.document.id, each.paths) for each in whole
    )
    return Outcome(whole, reviewed, tuple(notes), tuple(map(told_left, filter(None, beside))))


def _with_annexes(built: Iterable[Built]) -> list[Built]:
    """Return each document with the files of its annexes among its own."""
    whole: list[Built] = []
    for each in built:
        if each.composed.document.is_annex:
            whole[-1] = replace(whole[-1], paths=(*whole[-1].paths, *each.paths))
        else:
            whole.append(each)
    return whole


def set_apart(
    composed: Iterable[Composed], typed: Mapping[Path, str], content: Path
) -> tuple[list[Composed], list[Unmade]]:
    """Set the documents apart that have a letter which the font lacks.

    ``typed`` are the texts of the content files, by which such a letter gets its place.
    """
    from vanban.layout.fonts import find_times
    from vanban.layout.measures import check_glyphs

    times = find_times()
    good: list[Composed] = []
    unmade: list[Unmade] = []
    for item in composed:
        try:
            check_glyphs(item.document, times, {**typed, item.outline: read_text(item.outline)})
        except ContentError as error:
            unmade.append(Unmade(find_kind(item.document.id, content), error.problems))
        else:
            good.append(item)
    return good, unmade


def keep_signed(
    composed: Iterable[Composed], folder: Path, content: Path
) -> tuple[list[Composed], list[Unmade]]:
    """Set the documents apart whose PDF in ``folder`` is signed: nothing of them is made anew."""
    good: list[Composed] = []
    kept: list[Unmade] = []
    for item in composed:
        name = item.document.id
        files = (folder / f"{name}.pdf", *sorted(folder.glob(f"{name}-{SUFFIX}-*.pdf")))
        signed = tuple(path for path in files if is_signed(path))
        if signed:
            problems = (Problem(Place(path), "", SIGNED) for path in signed)
            kept.append(Unmade(find_kind(name, content), tuple(problems)))
        else:
            good.append(item)
    return good, kept


SIGNED = (
    "tệp này đã ký số nên được giữ nguyên — muốn dựng lại thì chuyển nó, cùng các tệp đi kèm, sang "
    "thư mục khác"
)


def build(
    composed: Iterable[Composed],
    year: int,
    templates: Path,
    out: Path,
    progress: Callable[[str], None],
    *,
    fallback_date: date | None = None,
    engine: Engine | None = None,
    accept: Callable[[str, bytes, bytes], None] = lambda document_id, docx, pdf: None,
    manifest: Manifest | None = None,
    states: Mapping[str, str] = {},
    workspace: Workspace | None = None,
) -> list[Built]:
    """Render every document and write its files to ``out/<year>/``.

    All files are rendered before the first is written, and all are put in their places together,
    so that a failure leaves the folder as it was. ``progress`` is told the id of each document.
    The files carry the date of the document, else ``fallback_date``, else none. Without ``engine``
    the PDFs are made in this process. ``accept`` is given id, .docx and PDF of each before
    anything is written; it raises where a document may not be. What ``manifest`` knows to be
    rendered alike is not rendered again; it is told what was. ``states`` are those of the documents
    in words, which go into the description beside the files of those that are signed. Word files of
    a ``workspace`` carry marks that lead edits back to it.
    """
    from vanban.exchange.addresses import addresses
    from vanban.exchange.marks import hidden_of, with_marks
    from vanban.layout.fonts import find_times
    from vanban.layout.frame import read_frame
    from vanban.layout.preparation import prepared

    composed = list(composed)
    if not composed:
        return []
    frame = read_frame(templates / "frame.docx")
    times = find_times()
    engine = engine or _engine_here()
    manifest = manifest if manifest is not None else Manifest(out=out)
    look = f"{manifest.program} {sha256(frame.data).hexdigest()} {type(engine).__name__}"
    folder = out / str(year)
    built: list[Built] = []
    files: dict[Path, bytes] = {}
    address = None if workspace is None else addresses(workspace)
    for item in composed:
        document, hidden = item.document, None
        if workspace is not None and address is not None and not document.is_annex:
            document, base = with_marks(document, year, workspace.agency.name, address)
            hidden = hidden_of(base)
        document = prepared(document, frame, times)
        stamp = document.issued or fallback_date
        state = states.get(document.id, "")
        name, key = f"{year}/{document.id}", _key(item, stamp, look, state, hidden)
        made = manifest.rendered(name, key)
        if made is None:
            progress(document.id)
            layout = Layout(document, frame, times)
            outputs = _rendered(item, document, layout, engine, stamp, state, hidden)
            made = {folder / file: data for file, data in outputs.items()}
            files |= made
            manifest.add_rendering(name, key, made)
        docx, pdf_data, *_ = made.values()
        accept(document.id, docx, pdf_data)
        built.append(Built(item, tuple(made), times.name))
    if files:
        manifest.announce({path: sha256(data).hexdigest() for path, data in files.items()})
    write_files(files.items())
    return built


def _rendered(
    item: Composed,
    document: Document,
    layout: Layout,
    engine: Engine,
    stamp: date | None,
    state: str,
    hidden: Hidden | None,
) -> dict[str, bytes]:
    """Return the files of ``item``, as whose ``document`` it is printed, by name."""
    from vanban.exchange.sidecar import sidecar
    from vanban.render.docx import render_docx
    from vanban.render.xlsx import render_xlsx

    begun = engine.start(document, layout, stamp)
    docx = render_docx(document, layout, stamp, hidden)
    pdf = begun()
    files = {f"{document.id}.docx": docx, f"{document.id}.pdf": pdf.data}
    if item.sheets:
        files[f"{document.id}.xlsx"] = render_xlsx(item.sheets, document, stamp)
    if document.is_signed:
        files[f"{document.id}.json"] = sidecar(item.document, state, pdf.page_count, files)
    return files


def _key(item: Composed, stamp: date | None, look: str, state: str, hidden: Hidden | None) -> str:
    """Return the hash (hex) of all that the files of a document are made from."""
    document = replace(item.document, shared_version="")  # for that alone nothing is made anew
    made_from = (document, item.sheets, stamp, look, state, hidden)
    return sha256(repr(made_from).encode()).hexdigest()


def epoch_date(seconds: str | None) -> date | None:
    """Return the day of SOURCE_DATE_EPOCH, None where it is not set.

    Raises UsageError where it is not a number of seconds.
    """
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (OverflowError, ValueError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH=“{seconds}” không phải là số giây — sửa hoặc bỏ biến này"
        ) from None
