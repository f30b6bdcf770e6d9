"""``vanban diff``: a document against an older one of it, as a Word file and a PDF of changes."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from msgspec import Struct

from vanban.app.catalogue import Kind
from vanban.app.composing import compose_one
from vanban.app.load import load_content
from vanban.app.manifest import write_made
from vanban.document import Document
from vanban.errors import UsageError
from vanban.exchange.change_list import with_change_list
from vanban.exchange.figure_changes import FigureChange, comment_lines, figure_changes
from vanban.exchange.redline import redlined
from vanban.io.git import files_at
from vanban.io.read import read_file
from vanban.provenance import Revision
from vanban.workspace.files import AGENCY
from vanban.workspace.shared_folder import placed, shared_folder
from vanban.workspace.versions import migrated

MAX_WORD = 50_000_000
"""Bytes of a Word file to compare with."""


class Redline(Struct, frozen=True):
    """What was compared and written: the changed figures, and the two files.

    ``edited`` are those of them that somebody changed since they were made, and are replaced.
    """

    figures: tuple[FigureChange, ...]
    paths: tuple[Path, ...]
    edited: tuple[Path, ...]


def document_of_year(kind: Kind, content: Path, year: int, templates: Path) -> Document:
    """Return the document of ``kind``; raises ContentError where its content has mistakes."""
    return compose_one(kind, load_content(content, year), templates).document


def at_revision(kind: Kind, content: Path, year: int, templates: Path, revision: str) -> Document:
    """Return the document as it was at a ``revision`` of git, content brought to this version.

    Raises what :func:`vanban.io.git.files_at` and :func:`document_of_year` do.
    """
    with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
        then = Path(folder)
        common = shared_folder(content)
        files_at(revision, (content, templates, *([common] if common is not None else [])), then)
        old = then / content.name
        agency = old / AGENCY.name
        if common is not None and shared_folder(old) is not None:
            shared = then / common.name  # of another repository: as it is now
            agency.write_bytes(
                placed(agency.read_bytes(), agency, shared if shared.is_dir() else common)
            )
        if not kind.needs(old, year)[0].is_file():
            raise UsageError(f"bản “{revision}” chưa có {kind.needs(content, year)[0]}")
        for path, (_, data) in migrated(old).files.items():
            path.write_bytes(data)
        worded = then / templates.name
        return document_of_year(kind, old, year, worded if worded.is_dir() else templates)


def from_word(path: Path) -> Document:
    """Return the document that a Word file is; raises ContentError where it cannot be read."""
    from vanban.checks.form.check_form import open_word
    from vanban.exchange.word_document import document_of

    return document_of(open_word(read_file(path, MAX_WORD), path))


def write_redline(
    old: Document, new: Document, templates: Path, folder: Path, author: str, today: date
) -> Redline:
    """Write ``<id>-redline.docx`` and ``.pdf`` into ``folder``, that of a year's results.

    Changes bear ``author`` and the date of the document, else ``today``. Both begin with the list
    of changed figures, the Word file as a comment; after it the PDF has the lines of the Word file.
    """
    from vanban.exchange.word_marks import with_comment
    from vanban.layout.fonts import find_times
    from vanban.layout.frame import read_frame
    from vanban.layout.lay_out import lay_out
    from vanban.layout.measures import Layout
    from vanban.layout.preparation import prepared
    from vanban.render.docx import render_docx
    from vanban.render.placed_pdf import write_pdf

    revision = Revision(author or new.author, new.issued or today)
    redline = redlined(old, new, revision)
    figures = figure_changes(redline)
    frame, times = read_frame(templates / "frame.docx"), find_times()
    document = prepared(redline, frame, times)
    layout = Layout(document, frame, times)
    pages = with_change_list(figures, lay_out(document, layout), frame, times)
    stamp = revision.day
    word = with_comment(render_docx(document, layout, stamp), comment_lines(figures), revision)
    made = {
        folder / f"{new.id}-redline.docx": word,
        folder / f"{new.id}-redline.pdf": write_pdf(document, pages, times, stamp),
    }
    edited = write_made(folder.parent, made)
    return Redline(figures, tuple(made), edited)
