"""What follows from faces and frame is put into a composed document once, for all that print it."""

from __future__ import annotations

from vanban.document import Document
from vanban.layout.columns import with_widths
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import Frame
from vanban.layout.last_page import loosened
from vanban.layout.no_break import held_together


def prepared(document: Document, frame: Frame, times: TimesFamily) -> Document:
    """Return ``document`` as it is printed: its groups held together, its columns with widths, its
    end kept with the signature where a page holds both.
    """
    return loosened(with_widths(held_together(document), frame, times), frame, times)
