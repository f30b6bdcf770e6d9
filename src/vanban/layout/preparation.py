"""What follows from faces and frame is put into a composed document once, for all that print it."""

from __future__ import annotations

from vanban.document import Document
from vanban.layout.columns import with_widths
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import Frame
from vanban.layout.heads import without_high_heads
from vanban.layout.last_page import loosened
from vanban.layout.measures import Layout
from vanban.layout.no_break import held_together


def prepared(document: Document, frame: Frame, times: TimesFamily) -> Document:
    """Return ``document`` as it is printed: its groups held together, its columns with widths, its
    end kept with the signature where a page holds both.

    Raises ContentError for characters that the font lacks.
    """
    printed = with_widths(held_together(document), frame, times)
    layout = Layout(printed, frame, times)
    return loosened(without_high_heads(printed, layout), layout)
