"""Pictures inside a PDF whose data is damaged: decoded once, when the file joins the register.

In: the bytes of a PDF that was read before. Out: notes in Vietnamese. Fax and JBIG2 pictures are
not judged: no library here tells their damage.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Name, Object, Pdf, Stream, StreamDecodeLevel

from vanban.evidence.file_errors import FileError
from vanban.evidence.limited import read_limited
from vanban.evidence.pdf_pages import name_of, number
from vanban.evidence.pdf_reader import DAMAGED

MAX_DECODED = 500_000_000
"""Pixels that are decoded of one file: some five seconds; pictures after them are not judged."""

COMPONENTS = {"/DeviceGray": 1, "/G": 1, "/CalGray": 1, "/Indexed": 1, "/I": 1} | {
    "/DeviceRGB": 3,
    "/RGB": 3,
    "/CalRGB": 3,
    "/Lab": 3,
    "/DeviceCMYK": 4,
    "/CMYK": 4,
    "/Separation": 1,
}
PIL_READS = {"/JPXDecode": ["JPEG2000"]}
OTHERS = ("/CCITTFaxDecode", "/CCF", "/JBIG2Decode")


def damaged_pictures(data: bytes) -> tuple[str, ...]:
    """Return a note where pictures of the PDF cannot be decoded to their end."""
    try:
        count = read_limited(_count_damaged, data)
    except FileError:  # the limit of time: a guess at damage refuses nothing
        return ()
    if not count:
        return ()
    return (f"{count} ảnh trong tệp không giải mã được trọn vẹn — xem lại các trang có ảnh",)


def _count_damaged(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        return sum(_is_damaged(picture) for picture in _pictures(pdf))


def _pictures(pdf: Pdf) -> list[Stream]:
    """Return the pictures that are judged, in the order of the file."""
    room, found = float(MAX_DECODED), []
    for part in pdf.objects:
        if isinstance(part, Stream) and part.get("/Subtype") == Name.Image:
            room -= _whole(part, "/Width") * _whole(part, "/Height")
            if room < 0:
                break
            found.append(part)
    return found


def _whole(picture: Stream, key: str) -> float:
    return number(picture.get(key)) or 0.0


def _is_damaged(picture: Stream) -> bool:
    filters = picture.get("/Filter")
    last = name_of(filters[-1] if isinstance(filters, Array) and len(filters) else filters)
    if last in OTHERS:
        return False
    try:
        if last in PIL_READS:
            return not _decodes(picture, PIL_READS[last])
        return len(picture.read_bytes(StreamDecodeLevel.all)) < _expected(picture, last)
    except DAMAGED:
        return True


def _decodes(picture: Stream, formats: list[str]) -> bool:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture.read_raw_bytes()), formats=formats) as image:
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError):
        return False
    return True


def _expected(picture: Stream, last: str) -> float:
    """Return the bytes that the pixels take; 0 where the dictionary does not tell."""
    width, height = _whole(picture, "/Width"), _whole(picture, "/Height")
    if last in ("/DCTDecode", "/DCT"):
        return 0  # the size is that of its own head
    if picture.get("/ImageMask", False):
        return (width + 7) // 8 * height
    bits = _whole(picture, "/BitsPerComponent") * _components(picture.get("/ColorSpace"))
    return (width * bits + 7) // 8 * height


def _components(space: Object | None) -> float:
    if isinstance(space, Array) and len(space):
        if space[0] == Name.ICCBased and len(space) > 1 and isinstance(space[1], Stream):
            return number(space[1].get("/N")) or 0.0
        return COMPONENTS.get(name_of(space[0]), 0)
    return COMPONENTS.get(name_of(space), 0)
