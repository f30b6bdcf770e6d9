"""Orientation once, and pages only: pictures of every format, tag and compression."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from vanban.dossier.sources import wrap_picture
from vanban.evidence.file_errors import FileError
from vanban.evidence.file_facts import facts_of
from vanban.evidence.file_kinds import FileKind

WIDTH, HEIGHT = 64, 32
CORNERS = ("black", "white", "white", "white")
"""Of the picture as it is seen: upper left, upper right, lower left, lower right."""
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""Orientation → how the upright picture is stored."""


def upright(mode: str = "L") -> Image.Image:
    """Return a white picture, wider than high, that is black in its upper left quarter."""
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    picture.paste(0, (0, 0, WIDTH // 2, HEIGHT // 2))
    return picture.convert(mode)


def stored(orientation: int, mode: str = "L") -> Image.Image:
    turn = STORED[orientation]
    return upright(mode) if turn is None else upright(mode).transpose(turn)


def jpeg(orientation: int) -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[274] = orientation
    stored(orientation).save(target, "JPEG", dpi=(100, 100), exif=exif, quality=95)
    return target.getvalue()


def png(orientation: int, mode: str = "L") -> bytes:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[274] = orientation
    stored(orientation, mode).save(target, "PNG", dpi=(100, 100), exif=exif)
    return target.getvalue()


def tiff(orientation: int, compression: str, mode: str = "L") -> bytes:
    target = io.BytesIO()
    stored(orientation, mode).save(
        target, "TIFF", dpi=(100, 100), compression=compression, tiffinfo={274: orientation}
    )
    return target.getvalue()


Maker = Callable[[int], bytes]


def big_endian(orientation: int) -> bytes:
    """Return an uncompressed TIFF that begins with its pixels and has its highest byte first."""
    picture = stored(orientation)
    pixels = picture.tobytes()
    entries = [
        (256, 4, picture.width),
        (257, 4, picture.height),
        (258, 3, 8 << 16),
        (259, 3, 1 << 16),
        (262, 3, 1 << 16),
        (273, 4, 8),
        (274, 3, orientation << 16),
        (277, 3, 1 << 16),
        (278, 4, picture.height),
        (279, 4, len(pixels)),
        (282, 5, 8 + len(pixels)),
        (283, 5, 8 + len(pixels)),
        (296, 3, 2 << 16),
    ]
    resolution = struct.pack(">II", 100, 1)
    start = 8 + len(pixels) + len(resolution)
    table = b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in entries)
    head = struct.pack(">2sHI", b"MM", 42, start)
    return head + pixels + resolution + struct.pack(">H", len(entries)) + table + bytes(4)


MAKERS: dict[str, tuple[FileKind, Maker]] = {
    "jpeg": (FileKind.JPEG, jpeg),
    "png": (FileKind.PNG, png),
    "png, transparent": (FileKind.PNG, partial(png, mode="LA")),
    **{
        f"tiff, {name}": (FileKind.TIFF, partial(tiff, compression=name))
        for name in ("raw", "tiff_lzw", "tiff_deflate", "packbits", "tiff_adobe_deflate")
    },
    **{
        f"tiff, {name}": (FileKind.TIFF, partial(tiff, compression=name, mode="1"))
        for name in ("group3", "group4")
    },
    "tiff, big-endian": (FileKind.TIFF, big_endian),
    "tiff, jpeg": (FileKind.TIFF, partial(tiff, compression="jpeg", mode="RGB")),
    "tiff, transparent": (FileKind.TIFF, partial(tiff, compression="raw", mode="RGBA")),
}


def drawn(data: bytes, kind: FileKind, folder: Path) -> list[Image.Image]:
    """Return the pages of the dossier's PDF of a picture, in pixels."""
    target = folder / "a.pdf"
    target.write_bytes(wrap_picture(data, kind))
    with pypdfium2.PdfDocument(target) as pdf:
        return [page.render(scale=2).to_pil().convert("L") for page in pdf]


def corners(page: Image.Image) -> tuple[str, ...]:
    width, height = page.size
    places = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    pixels = page.convert("1").load()
    assert pixels is not None
    return tuple("white" if pixels[place] else "black" for place in places)


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("orientation", STORED)
def test_every_picture_stands_upright_once(maker: str, orientation: int, tmp_path: Path) -> None:
    kind, make = MAKERS[maker]
    data = make(orientation)
    (size,) = facts_of(data, kind).pages
    assert (round(size.width), round(size.height)) == (16, 8)
    (page,) = drawn(data, kind, tmp_path)
    assert page.width == pytest.approx(2 * page.height, abs=2)
    assert corners(page) == CORNERS


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none(orientation: int, tmp_path: Path) -> None:
    data = bytearray(tiff(1, "raw"))
    place = data.index(struct.pack("<HHI", 274, 3, 1)) + 8
    data[place : place + 2] = struct.pack("<H", orientation)
    (page,) = drawn(bytes(data), FileKind.TIFF, tmp_path)
    assert corners(page) == CORNERS


def test_each_page_of_a_tiff_has_its_own(tmp_path: Path) -> None:
    pages = [stored(orientation) for orientation in (1, 6, 3)]
    for page, orientation in zip(pages, (1, 6, 3), strict=True):
        page.encoderinfo = {"tiffinfo": {274: orientation}}
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], tiffinfo={274: 1})
    assert [corners(page) for page in drawn(target.getvalue(), FileKind.TIFF, tmp_path)] == [
        CORNERS
    ] * 3


def extra_frames(kind: int, old: bool = False) -> bytes:
    """Return a TIFF of a page, and a frame that calls itself something else."""
    frames = [upright(), upright().resize((16, 8))]
    frames[1].encoderinfo = {"tiffinfo": {255 if old else 254: kind}}
    target = io.BytesIO()
    frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:])
    return target.getvalue()


def with_mpf() -> bytes:
    """Return a JPEG that holds a second one, as telephones write them."""
    target = io.BytesIO()
    upright().save(target, "MPO", save_all=True, append_images=[upright().resize((16, 8))])
    return target.getvalue()


def moving_png() -> bytes:
    target = io.BytesIO()
    upright().save(target, "PNG", save_all=True, append_images=[stored(3)], duration=100)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "data", "count"),
    [
        (FileKind.TIFF, extra_frames(1), 1),
        (FileKind.TIFF, extra_frames(4), 1),
        (FileKind.TIFF, extra_frames(2, old=True), 1),
        (FileKind.TIFF, extra_frames(0), 2),
        (FileKind.TIFF, extra_frames(2), 2),  # a page of several
        (FileKind.JPEG, with_mpf(), 1),
        (FileKind.JPEG, jpeg(6) + jpeg(1) + bytes(5000), 1),
        (FileKind.PNG, moving_png(), 1),
        (FileKind.PNG, png(1) + b"<html>" * 100, 1),
    ],
)
def test_what_a_decoder_adds_is_no_page(
    kind: FileKind, data: bytes, count: int, tmp_path: Path
) -> None:
    assert facts_of(data, kind).page_count == count
    pages = drawn(data, kind, tmp_path)
    assert len(pages) == count
    assert corners(pages[0]) == CORNERS


def test_pixels_stay_as_they_are() -> None:
    data = jpeg(6)
    with pikepdf.open(io.BytesIO(wrap_picture(data, FileKind.JPEG))) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert data in [each.read_raw_bytes() for each in streams]


def test_a_broken_exif_block_turns_nothing(tmp_path: Path) -> None:
    data = bytearray(jpeg(6))
    place = data.index(b"Exif\0\0") + 6
    data[place : place + 12] = b"\xff" * 12
    assert len(drawn(bytes(data), FileKind.JPEG, tmp_path)) == 1


def saved(picture: Image.Image, format: str = "TIFF", **options: str) -> bytes:
    target = io.BytesIO()
    picture.save(target, format, **options)
    return target.getvalue()


def cut_strip() -> bytes:
    """Return a TIFF that calls itself, and its one strip, higher than it is."""
    data = saved(Image.new("L", (60, 40)))
    for tag in (257, 278):
        data = data.replace(
            struct.pack("<HHII", tag, 4, 1, 40), struct.pack("<HHII", tag, 4, 1, 400)
        )
    return data


UNDRAWABLE: dict[str, Callable[[], bytes]] = {
    "cut strip": cut_strip,
    "16 bit": lambda: saved(Image.new("I;16", (20, 20))),
    "floating point": lambda: saved(Image.new("F", (20, 20))),
    "Lab": lambda: saved(Image.new("LAB", (20, 20))),
}


@pytest.mark.parametrize("name", UNDRAWABLE)
def test_what_cannot_be_drawn_is_told(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileError, match="ảnh mở được nhưng"):
        wrap_picture(UNDRAWABLE[name](), FileKind.TIFF)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("size", [(1, 1), (10, 20_000), (20_000, 10)])
def test_pictures_that_are_hardly_there(
    size: tuple[int, int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(drawn(saved(Image.new("1", size), "PNG"), FileKind.PNG, tmp_path)) == 1
    assert capfd.readouterr() == ("", "")
