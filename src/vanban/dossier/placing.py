"""A page of evidence → a form that can be drawn anywhere, and where to draw it on its sheet.

A page is seen through its crop box, turned by /Rotate and enlarged by /UserUnit; all three are
settled by one matrix. Lengths are pt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from vanban.dossier.stamp import STRIP

A4 = (595.276, 841.89)
A3 = (841.89, 1190.551)

SMALLEST_SCALE = 0.6
"""Below it a page goes on A3: A3 on A4 is 0.68, its 12 pt print then still has 8 pt."""

TOO_SMALL = 0.4
"""Below it 12 pt print has less than 5 pt even on A3, which is worth a warning."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

INVISIBLE = 2 | 32
"""Flags of annotations that are not shown: Hidden, NoView (ISO 32000-1, 12.5.3)."""


@dataclass(frozen=True)
class Spot:
    """A sheet of the dossier and the matrix that brings a page onto it; ``scale`` is at most 1."""

    width: float
    height: float
    matrix: Matrix
    scale: float


def visible_box(page: Page) -> Box:
    """Return the crop box as far as it lies in the media box, lower left corner first.

    Raises ValueError where nothing of the page can be seen.
    """
    media = _box(page.mediabox)
    crop = _box(page.cropbox)
    box = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        box = media
    if box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError("a page without size")
    return box


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


def make_form(source: Pdf, page: Page, box: Box) -> Object:
    """Return the content of ``page`` as a form XObject of ``source``, cut off at ``box``."""
    if isinstance(page.obj.get("/Contents"), Array):
        page.contents_coalesce()
    contents = page.obj.get("/Contents")
    form = source.make_stream(b"")
    if isinstance(contents, Stream):
        form.write(contents.read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in contents:
                form[key] = contents[key]
    form.Type = Name.XObject
    form.Subtype = Name.Form
    form.BBox = Array(box)
    form.Resources = page.resources
    group = page.obj.get("/Group")
    if isinstance(group, Dictionary):
        # A page is an isolated group; a form says so itself (ISO 32000-1, 11.4.7).
        form.Group = Dictionary(dict(group.items()))
        form.Group.I = True
    return form


@dataclass(frozen=True)
class Appearance:
    """What an annotation shows: a form of the source and the matrix onto the page."""

    form: Object
    matrix: Matrix


def appearances(source: Pdf, page: Page, hidden: Sequence[Object] = ()) -> Iterator[Appearance]:
    """Yield what the visible annotations of ``page`` show, in their order.

    ``hidden`` are the layers that are switched off. Links and pop-up notes show nothing.
    """
    defaults = _form_resources(source)
    for annotation in annotations_of(page):
        if int(annotation.get("/F", 0)) & INVISIBLE or annotation.get("/Subtype") == Name.Popup:
            continue
        layer = annotation.get("/OC")
        if layer is not None and any(layer.objgen == other.objgen for other in hidden):
            continue
        form = appearance_stream(annotation)
        rect = annotation.get("/Rect")
        if form is None or not isinstance(rect, Array) or len(rect) != 4:
            continue
        matrix = _annotation_matrix(form, _box(rect))
        if matrix is None:
            continue
        form.Type = Name.XObject
        form.Subtype = Name.Form
        if "/Resources" not in form and defaults is not None:
            form.Resources = defaults
        yield Appearance(form, matrix)


def annotations_of(page: Page) -> Iterator[Dictionary]:
    """Yield the annotations of ``page``, damaged entries left out."""
    entries = page.obj.get("/Annots")
    for entry in entries if isinstance(entries, Array) else ():
        if isinstance(entry, Dictionary):
            yield entry


def appearance_stream(annotation: Dictionary) -> Stream | None:
    """Return the normal appearance in the annotation's present state, None where it has none."""
    looks = annotation.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Stream):
        return look
    state = annotation.get("/AS")
    if isinstance(look, Dictionary) and isinstance(state, Name):
        chosen = look.get(str(state))
        return chosen if isinstance(chosen, Stream) else None
    return None


def _annotation_matrix(form: Stream, rect: Box) -> Matrix | None:
    """Return the matrix of ISO 32000-1, 12.5.5, algorithm 8.1; None where nothing shows."""
    if "/BBox" not in form:
        form.BBox = Array([0, 0, rect[2] - rect[0], rect[3] - rect[1]])
    x0, y0, x1, y1 = _box(form.BBox)
    own = form.get("/Matrix")
    a, b, c, d, e, f = map(float, own) if isinstance(own, Array) else (1, 0, 0, 1, 0, 0)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if left == right or bottom == top or rect[0] == rect[2] or rect[1] == rect[3]:
        return None
    across = (rect[2] - rect[0]) / (right - left)
    up = (rect[3] - rect[1]) / (top - bottom)
    return (across, 0, 0, up, rect[0] - across * left, rect[1] - up * bottom)


def _form_resources(source: Pdf) -> Object | None:
    fields = source.Root.get("/AcroForm")
    return fields.get("/DR") if isinstance(fields, Dictionary) else None


def _box(numbers: Object) -> Box:
    x0, y0, x1, y1 = (float(number) for number in pikepdf.Array(numbers).as_list())
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
