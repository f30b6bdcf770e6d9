"""Pictures as they are seen: their pages, each upright, without what a decoder adds.

In: the bytes of a JPEG, PNG or TIFF. Out: the sizes of its pages, or :class:`Plain`, the same
picture without second pictures, thumbnails and maps, beside the orientation of each page. Pixels
are never decoded. The orientation is that of TIFF 6.0 and Exif, tag 274: 1 is upright, 5 to 8 lie
on a side.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from vanban.evidence.file_errors import MAX_PIXELS, TOO_MANY_PIXELS, DamagedFile, TooLarge
from vanban.evidence.file_kinds import NAMES, FileKind, PageSize
from vanban.io.process import PROCESS

MAX_FRAMES = 2_000
DEFAULT_DPI = 200
"""Resolution of a picture that states none, that of office scanners."""
ORIENTATION = 274
UPRIGHT = 1
ON_A_SIDE = range(5, 9)


class Plain(Struct, frozen=True):
    """A picture of which every frame is a page, and the orientation of each, from 1 to 8."""

    data: bytes
    orientations: tuple[int, ...]


def load_decoders() -> None:
    """Load what opens pictures, before a process is copied (fork) that does."""
    Image.preinit()
    for name in ("Tiff", "Jpeg2K"):  # those of ours that it leaves to the first file
        import_module(f"PIL.{name}ImagePlugin")


def read_picture(data: bytes, kind: FileKind) -> tuple[tuple[PageSize, ...], bool, tuple[str, ...]]:
    """Return the pages of a picture, which has no signature and no notes.

    Raises a FileError for damage and for too many pixels.
    """
    with damage_told(kind):
        plain = PLAIN[kind](data)
        with Image.open(io.BytesIO(plain.data), formats=[kind.name]) as image:
            pages = tuple(_pages(image, plain.orientations))
            if kind is FileKind.PNG:
                image.verify()  # checks the sums of all parts
    return pages, False, ()


def plain_picture(data: bytes, kind: FileKind) -> Plain:
    """Return a picture without what is no page of it; raises a FileError for damage."""
    with damage_told(kind):
        return PLAIN[kind](data)


@contextmanager
def damage_told(kind: FileKind) -> Iterator[None]:
    try:
        with PROCESS, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
            yield
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLarge(TOO_MANY_PIXELS) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        IndexError,
        TypeError,
        KeyError,
        zlib.error,
        OverflowError,
        struct.error,
    ) as error:
        raise DamagedFile(NAMES[kind]) from error  # Pillow tells damage by all of these


def _pages(image: Image.Image, orientations: tuple[int, ...]) -> Iterator[PageSize]:
    for position, orientation in enumerate(orientations):
        if position:
            image.seek(position)
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise TooLarge(TOO_MANY_PIXELS)
        across, down = (float(dpi) for dpi in image.info.get("dpi", (0, 0)))
        across, down = (dpi if 20 <= dpi <= 5000 else DEFAULT_DPI for dpi in (across, down))
        size = width / across * 25.4, height / down * 25.4
        yield PageSize(*(reversed(size) if orientation in ON_A_SIDE else size))


def _valid(orientation: object) -> int:
    return orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else UPRIGHT


def _exif_orientation(data: bytes, kind: FileKind) -> int:
    with Image.open(io.BytesIO(data), formats=[kind.name]) as image:
        try:
            return _valid(image.getexif().get(ORIENTATION))
        except (SyntaxError, ValueError, TypeError, KeyError, struct.error):
            return UPRIGHT  # a block that cannot be read says nothing; the picture is sound


# --- JPEG -------------------------------------------------------------------------------------

_END = 0xD9
_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD8)})
"""Marks without a length: TEM and the restart marks; a zero stands for a byte of the picture."""
_MULTI = 0xE2, b"MPF\0"
"""The segment that lists further pictures after the first (CIPA DC-007)."""


def _plain_jpeg(data: bytes) -> Plain:
    """Go from mark to mark to the end of the first picture (ITU-T T.81, Annex B).

    Decoding would not tell a missing end: WeasyPrint switches Pillow to pictures without one.
    """
    kept, start, position = bytearray(), 0, 2
    while True:
        position = data.index(b"\xff", position) + 1  # ValueError where the file ends before
        while data[position] == 0xFF:
            position += 1
        mark, position = data[position], position + 1
        if mark == _END:
            kept += data[start:position]
            return Plain(bytes(kept), (_exif_orientation(bytes(kept), FileKind.JPEG),))
        if mark in _ALONE:
            continue
        end = position + int.from_bytes(data[position : position + 2], "big")
        if mark == _MULTI[0] and data[position + 2 : end].startswith(_MULTI[1]):
            kept += data[start : position - 2]
            start = end
        position = end


# --- PNG --------------------------------------------------------------------------------------

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOVING = (b"acTL", b"fcTL", b"fdAT")
"""Parts of a moving picture; without them it is its first page."""


def _plain_png(data: bytes) -> Plain:
    kept, position = bytearray(_SIGNATURE), len(_SIGNATURE)
    while True:
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise EOFError("no end")
        if kind not in _MOVING:
            kept += data[position:end]
        if kind == b"IEND":
            return Plain(bytes(kept), (_exif_orientation(bytes(kept), FileKind.PNG),))
        position = end


# --- TIFF -------------------------------------------------------------------------------------

_NEW_TYPE, _OLD_TYPE = 254, 255
_SMALLER, _MASK = 1, 4
_OLD_SMALLER = 2


class _Directory(Struct, frozen=True):
    """One page of a TIFF: where it and the pointer to the next stand; values of single numbers."""

    start: int
    next_at: int
    values: dict[int, tuple[int, int, int]]
    """Tag → value, its place and its length in bytes."""

    def value(self, tag: int, default: int = 0) -> int:
        return self.values[tag][0] if tag in self.values else default

    @property
    def is_page(self) -> bool:
        """Whether it is neither a smaller copy nor a mask of another."""
        if self.value(_NEW_TYPE) & (_SMALLER | _MASK):
            return False
        return self.value(_OLD_TYPE) != _OLD_SMALLER


def _plain_tiff(data: bytes) -> Plain:
    """Link the pages of a TIFF to each other, each of them called upright in its own tag."""
    order = "<" if data.startswith(b"II") else ">"
    every = list(_directories(data, order))
    pages = [each for each in every if each.is_page] or every[:1]
    changed = bytearray(data)
    link = 4
    orientations = []
    for page in pages:
        struct.pack_into(f"{order}I", changed, link, page.start)
        link = page.next_at
        orientations.append(_valid(page.value(ORIENTATION, UPRIGHT)))
        if ORIENTATION in page.values:
            _, place, length = page.values[ORIENTATION]
            changed[place : place + length] = UPRIGHT.to_bytes(
                length, "little" if order == "<" else "big"
            )
    struct.pack_into(f"{order}I", changed, link, 0)
    plain = Plain(bytes(changed), tuple(orientations))
    _check_strips(plain)
    return plain


def _directories(data: bytes, order: str) -> Iterator[_Directory]:
    start = struct.unpack_from(f"{order}I", data, 4)[0]
    seen: set[int] = set()
    while start and start not in seen:
        seen.add(start)
        if len(seen) > MAX_FRAMES:
            raise TooLarge(f"ảnh có hơn {MAX_FRAMES} trang — tách tệp")
        count = struct.unpack_from(f"{order}H", data, start)[0]
        values = {}
        for position in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, number = struct.unpack_from(f"{order}HHI", data, position)
            form = {1: "B", 3: "H", 4: "I"}.get(kind)
            if form is not None and number == 1:
                value = struct.unpack_from(order + form, data, position + 8)[0]
                values[tag] = (value, position + 8, struct.calcsize(form))
        next_at = start + 2 + 12 * count
        yield _Directory(start, next_at, values)
        start = struct.unpack_from(f"{order}I", data, next_at)[0]


def _check_strips(plain: Plain) -> None:
    """Check that the strips or tiles of every page lie inside the file."""
    with Image.open(io.BytesIO(plain.data), formats=["TIFF"]) as image:
        for position in range(len(plain.orientations)):
            image.seek(position)
            tags = image.tag_v2  # type: ignore[attr-defined]
            starts = tags.get(273) or tags.get(324) or ()
            lengths = tags.get(279) or tags.get(325) or ()
            if not starts or len(starts) != len(lengths):
                raise OSError("no strips")
            ends = (start + length for start, length in zip(starts, lengths, strict=True))
            if max(ends) > len(plain.data):
                raise OSError("strips beyond the end")


PLAIN: dict[FileKind, Callable[[bytes], Plain]] = {
    FileKind.JPEG: _plain_jpeg,
    FileKind.PNG: _plain_png,
    FileKind.TIFF: _plain_tiff,
}
