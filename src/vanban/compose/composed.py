"""What composing gives: a document, and what its author should know of it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from vanban.document import Document
from vanban.errors import Place
from vanban.sheet import Sheet


class Gap(Struct, frozen=True):
    """Data that a document still lacks: what it is, and where it would be written.

    ``key`` are the YAML keys of it, joined by dots; ``heading`` is (a part of) the title of the
    heading that stands empty for it. ``name`` is what a figure is called, "" of other data.
    """

    text: str
    place: Place | None = None
    key: str = ""
    heading: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place is not None else self.text


class Composed(Struct, frozen=True):
    """A document and what its author should know: what is missing, what to look at.

    ``outline`` is the file that words it; ``sheets`` go beside it in one .xlsx; ``blanks`` are
    what the registry (văn thư) writes after signing, which is not missing.
    """

    document: Document
    outline: Path
    sheets: tuple[Sheet, ...] = ()
    missing: tuple[Gap, ...] = ()
    blanks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
