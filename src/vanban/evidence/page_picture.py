"""A page of an evidence file as a picture, to be looked at beside what is typed of it.

In: the bytes of a file and the number of a page. Out: a PNG, drawn in a process of its own within
bounds of time and memory, at most :data:`SIDE` pixels high and wide.
"""

from __future__ import annotations

import io
from functools import partial

from vanban.evidence.file_errors import DamagedFile
from vanban.evidence.file_kinds import NAMES, FileKind
from vanban.evidence.limited import read_limited
from vanban.picture import in_bytes

SIDE = 1400
"""A4 at about 120 dpi: print of 9 pt can be read."""


_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""Orientation (Exif, tag 274) → how Pillow turns it upright, a number of its Transpose."""


def page_picture(data: bytes, kind: FileKind, number: int) -> bytes:
    """Return page ``number``, from 1; raises a FileError for damage and for what takes too much.

    A page that is not there, and one of an office file, cannot be drawn: IndexError.
    """
    if kind.is_office:
        raise IndexError(number)
    from vanban.evidence.pictures import load_decoders

    load_decoders()
    if kind is FileKind.PDF:
        import pypdfium2  # noqa: F401 - loaded once, not in each process

        return read_limited(partial(_drawn, number=number), data)
    return read_limited(partial(_shrunk, kind=kind, number=number), data)


def _drawn(data: bytes, number: int) -> bytes:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if not 1 <= number <= len(pdf):
                raise IndexError(number)
            page = pdf[number - 1]
            scale = min(SIDE / max(page.get_width(), page.get_height(), 1), 4)
            picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError as error:
        raise DamagedFile(NAMES[FileKind.PDF]) from error
    return _png(picture)


def _shrunk(data: bytes, kind: FileKind, number: int) -> bytes:
    from PIL import Image

    from vanban.evidence.pictures import damage_told, plain_picture

    plain = plain_picture(data, kind)
    if not 1 <= number <= len(plain.orientations):
        raise IndexError(number)
    with damage_told(kind), Image.open(io.BytesIO(plain.data), formats=[kind.name]) as image:
        image.seek(number - 1)
        image.draft("RGB", (SIDE, SIDE))
        picture = in_bytes(image).convert("RGB")
    turn = _TURNS.get(plain.orientations[number - 1])
    return _png(picture if turn is None else picture.transpose(Image.Transpose(turn)))


def _png(picture: object) -> bytes:
    from PIL.Image import Image

    assert isinstance(picture, Image)
    picture.thumbnail((SIDE, SIDE))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
