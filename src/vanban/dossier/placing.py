"""A page of evidence → a form that can be drawn anywhere, and where to draw it on its sheet.

A page is seen through its crop box, turned by /Rotate and enlarged by /UserUnit; all three are
settled by one matrix. Lengths are pt.
"""

from __future__ import annotations

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PikepdfError, Stream

from vanban.dossier.annotations import Matrix
from vanban.dossier.drawn import Drawn
from vanban.dossier.stamp import STRIP
from vanban.evidence.pdf_pages import Box, inherited

A4 = (595.276, 841.89)
A3 = (841.89, 1190.551)

SMALLEST_SCALE = 0.6
"""Below it a page goes on A3: A3 on A4 is 0.68, its 12 pt print then still has 8 pt."""

TOO_SMALL = 0.4
"""Below it 12 pt print has less than 5 pt even on A3, which is worth a warning."""


class Spot(Struct, frozen=True):
    """A sheet of the dossier and the matrix that brings a page onto it; ``scale`` is at most 1."""

    width: float
    height: float
    matrix: Matrix
    scale: float


def find_spot(box: Box, rotation: int, unit: float, is_picture: bool = False) -> Spot:
    """Return where a page goes, above the strip: centred, upright, never enlarged.

    Pages keep their orientation on A4, pages that would become too small on A3. The size of a
    picture says nothing about its print, so that it always goes on A4.
    """
    x0, y0, x1, y1 = box
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    matrix = turned[rotation % 360]
    width, height = (x1 - x0) * unit, (y1 - y0) * unit
    if rotation % 180:
        width, height = height, width
    for sheet in (A4, A3):
        across, up = sheet if width <= height else (sheet[1], sheet[0])
        scale = min(1.0, across / width, (up - STRIP) / height)
        if scale >= SMALLEST_SCALE or is_picture:
            break
    left = (across - width * scale) / 2
    bottom = STRIP + (up - STRIP - height * scale) / 2
    a, b, c, d, e, f = (value * scale * unit for value in matrix)
    return Spot(across, up, (a, b, c, d, e + left, f + bottom), scale)


def make_form(source: Pdf, page: Page, box: Box, drawn: Drawn) -> Object:
    """Return the content of ``page`` as a form XObject of ``source``, cut off at ``box``."""
    form = _content(source, page, drawn)
    form.Type = Name.XObject
    form.Subtype = Name.Form
    form.BBox = Array(box)
    resources = inherited(page.obj, "/Resources")
    form.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    group = page.obj.get("/Group")
    if isinstance(group, Dictionary):
        # A page is an isolated group; a form says so itself (ISO 32000-1, 11.4.7).
        form.Group = Dictionary(dict(group.items()))
        form.Group.I = True
    drawn.keep(form, "form")
    return form


def _content(source: Pdf, page: Page, drawn: Drawn) -> Stream:
    """Return a new stream with what ``page`` draws; pieces that are no streams are left out."""
    contents = page.obj.get("/Contents")
    pieces = list(contents) if isinstance(contents, Array) else [contents]
    streams = [piece for piece in pieces if isinstance(piece, Stream)]
    for piece in streams:
        drawn.forget_carried(piece)
    form = source.make_stream(b"")
    if len(streams) == 1:
        form.write(streams[0].read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in streams[0]:
                form[key] = streams[0][key]
    else:
        # A space keeps the words of two pieces apart (ISO 32000-1, 7.8.2).
        form.write(b"\n".join(_unpacked(piece, drawn) for piece in streams))
    return form


def _unpacked(piece: Stream, drawn: Drawn) -> bytes:
    try:
        return piece.read_bytes()
    except PikepdfError:  # viewers draw nothing of it either
        drawn.skip("phần nội dung trang không giải nén được (xem lại trang)")
        return b""
