"""Annotations of a page → what viewers show of them, as forms to draw.

Signatures, stamps and filled fields are annotations. What a viewer would draw by itself, for want
of a stored appearance, is not drawn but told.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from vanban.dossier.drawn import Drawn
from vanban.dossier.optional_content import Layers
from vanban.evidence.pdf_pages import Box, box_of, inherited, name_of, numbers

Matrix = tuple[float, float, float, float, float, float]

INVISIBLE = 2 | 32
"""Flags of annotations that are not shown: Hidden, NoView (ISO 32000-1, 12.5.3)."""

UNSEEN = "chú thích hoặc ô không có hình hiển thị"
ODD = "chú thích hoặc ô ghi sai quy cách"
STATELESS = "trạng thái của ô chọn, vì tệp không ghi (hồ sơ theo giá trị của ô — xem lại trang)"

SILENT = ("/Link", "/Popup")
"""Annotations that have no picture of their own."""


class Appearance(Struct, frozen=True):
    """What an annotation shows: a form of the source and the matrix onto the page."""

    form: Object
    matrix: Matrix


def appearances(
    source: Pdf, page: Page, layers: Layers, drawn: Drawn, left_out: set[str]
) -> Iterator[Appearance]:
    """Yield what the visible annotations of ``page`` show, in their order.

    Words for what viewers may show and the dossier does not are added to ``left_out``.
    """
    form = source.Root.get("/AcroForm")
    defaults = form.get("/DR") if isinstance(form, Dictionary) else None
    for annotation in annotations_of(page):
        if not _is_visible(annotation, layers):
            continue
        look = appearance_stream(annotation)
        if look is None:
            if _is_unseen(annotation):
                left_out.add(UNSEEN)
            continue
        if not layers.shows(look.get("/OC")):
            continue
        if _is_stateless(annotation):
            left_out.add(STATELESS)
        matrix = _matrix(annotation, look)
        if matrix is None:
            if _is_odd(annotation, look):
                left_out.add(ODD)
            continue
        look.Type = Name.XObject
        look.Subtype = Name.Form
        if not isinstance(look.get("/Resources"), Dictionary):
            look.Resources = defaults if isinstance(defaults, Dictionary) else Dictionary()
        drawn.keep(look, "form")
        yield Appearance(look, matrix)


def annotations_of(page: Page) -> Iterator[Dictionary]:
    """Yield the annotations of ``page``, damaged entries left out."""
    entries = page.obj.get("/Annots")
    for entry in entries if isinstance(entries, Array) else ():
        if isinstance(entry, Dictionary):
            yield entry


def appearance_stream(annotation: Dictionary) -> Stream | None:
    """Return the normal appearance in the annotation's present state, None where it has none.

    Without a state, viewers differ; the value of the field, its own or of a field above, is taken.
    """
    looks = annotation.get("/AP")
    look = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(look, Stream):
        return look
    if not isinstance(look, Dictionary):
        return None
    state = annotation.get("/AS")
    if not isinstance(state, Name):
        value = inherited(annotation, "/V")
        state = value if isinstance(value, Name) and value in look else Name.Off
    chosen = look.get(state)
    return chosen if isinstance(chosen, Stream) else None


def _is_stateless(annotation: Dictionary) -> bool:
    look = annotation.AP.get("/N")
    return not isinstance(look, Stream) and not isinstance(annotation.get("/AS"), Name)


def _is_visible(annotation: Dictionary, layers: Layers) -> bool:
    flags: object = annotation.get("/F")
    hidden = isinstance(flags, int) and flags & INVISIBLE
    is_note = annotation.get("/Subtype") == Name.Popup
    return not hidden and not is_note and layers.shows(annotation.get("/OC"))


def _is_unseen(annotation: Dictionary) -> bool:
    """Say whether a viewer may show what the dossier cannot: no stored appearance."""
    kind = name_of(annotation.get("/Subtype"))
    if kind in SILENT:
        return False
    looks = annotation.get("/AP")
    if isinstance(looks, Dictionary) and isinstance(looks.get("/N"), Dictionary):
        return False  # a state without a picture, like a box that is not ticked
    if kind != "/Widget":
        return True
    filled = inherited(annotation, "/V") is not None or "/MK" in annotation
    return filled and box_of(annotation.get("/Rect")) is not None


def _is_odd(annotation: Dictionary, look: Stream) -> bool:
    """Say whether something is no array of numbers; one without area shows nothing, rightly."""
    return (
        numbers(annotation.get("/Rect"), 4) is None
        or ("/BBox" in look and numbers(look.get("/BBox"), 4) is None)
        or ("/Matrix" in look and numbers(look.get("/Matrix"), 6) is None)
    )


def _matrix(annotation: Dictionary, look: Stream) -> Matrix | None:
    """Return the matrix of ISO 32000-1, 12.5.5, algorithm 8.1; None where nothing shows."""
    rect = box_of(annotation.get("/Rect"))
    if rect is None:
        return None
    if "/BBox" not in look:
        look.BBox = Array([0, 0, rect[2] - rect[0], rect[3] - rect[1]])
    box = box_of(look.get("/BBox"))
    own = numbers(look.get("/Matrix"), 6) if "/Matrix" in look else (1, 0, 0, 1, 0, 0)
    return _fit(box, own, rect) if box is not None and own is not None else None


def _fit(box: Box, own: tuple[float, ...], rect: Box) -> Matrix | None:
    a, b, c, d, e, f = own
    corners = [
        (a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])
    ]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if left == right or bottom == top:
        return None
    across = (rect[2] - rect[0]) / (right - left)
    up = (rect[3] - rect[1]) / (top - bottom)
    return (across, 0, 0, up, rect[0] - across * left, rect[1] - up * bottom)
