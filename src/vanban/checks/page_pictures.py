"""Pictures of the places where mistakes stand: a strip of the page with the words marked."""

from __future__ import annotations

import io

from vanban.checks.finding import Spot
from vanban.checks.form.printed_pages import Box, Pages

SCALE = 1.6
"""Pixels a pt."""
ROOM = 36.0
"""pt of the page shown above the words and below them."""
HIGHEST = 160.0
"""pt of a strip: what is longer shows its begin."""
MARK = (255, 236, 150)
"""The colour behind the words."""


def picture_of(pages: Pages, spot: Spot) -> bytes:
    """Return the strip of a page with the words of ``spot`` as PNG, b"" where they are not found.

    The words are looked for with those around them, so that a word which is there often is shown
    where it is wrong.
    """
    found = _boxes(pages, spot)
    if not found:
        return b""
    return _drawn(pages, found)


def _boxes(pages: Pages, spot: Spot) -> tuple[Box, ...]:
    first = max(spot.page - 1, 0)
    before, after = spot.before[-40:], spot.after[:40]
    for text in (f"{before}{spot.excerpt}{after}", spot.excerpt):
        boxes = pages.find(text, first) if text.strip() else ()
        if boxes:
            return boxes
    return ()


def _drawn(pages: Pages, boxes: tuple[Box, ...]) -> bytes:
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    page = pages.pages[boxes[0].page]
    top = min(max(box.top for box in boxes) + ROOM, page.height)
    bottom = max(min(box.bottom for box in boxes) - ROOM, top - HIGHEST, 0.0)
    with pypdfium2.PdfDocument(pages.pdf) as pdf:
        crop = (0.0, bottom, 0.0, page.height - top)
        image = pdf[page.index].render(scale=SCALE, crop=crop).to_pil().convert("RGB")
    behind = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(behind)
    for box in boxes:
        corners = (box.left - 1, top - box.top - 1, box.right + 1, top - box.bottom + 1)
        pen.rectangle([each * SCALE for each in corners], MARK)
    target = io.BytesIO()
    ImageChops.multiply(image, behind).quantize(16).save(target, "PNG", optimize=True)
    return target.getvalue()
