"""A page as a picture: every kind of file, upright; what cannot be drawn says so."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from evidences import (
    encrypted_pdf,
    grey_in_16_bits,
    office_bytes,
    pdf_bytes,
    picture_bytes,
)
from vanban.evidence.file_errors import DamagedFile, FileError
from vanban.evidence.file_kinds import FileKind
from vanban.evidence.page_picture import SIDE, page_picture


def turned(orientation: int) -> bytes:
    """Return a JPEG that is red above and blue below once it is turned upright."""
    upright = Image.new("RGB", (40, 80), "red")
    upright.paste("blue", (0, 40, 40, 80))
    back = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}[orientation]
    stored = upright if back is None else upright.transpose(back)
    exif = Image.Exif()
    exif[274] = orientation
    target = io.BytesIO()
    stored.save(target, "JPEG", exif=exif, quality=95)
    return target.getvalue()


def drawn(data: bytes, kind: FileKind, number: int = 1) -> Image.Image:
    picture = Image.open(io.BytesIO(page_picture(data, kind, number)))
    assert picture.format == "PNG" and max(picture.size) <= SIDE
    return picture.convert("RGB")


def test_a_page_of_a_pdf_is_as_high_as_asked() -> None:
    assert drawn(pdf_bytes(2), FileKind.PDF, 2).size in ((990, SIDE), (991, SIDE))


def test_a_page_as_large_as_a_wall_is_no_larger_picture() -> None:
    def wall(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 14_400, 14_400])

    assert drawn(pdf_bytes(1, wall), FileKind.PDF).size == (SIDE, SIDE)


@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_a_picture_stands_upright(orientation: int) -> None:
    picture = drawn(turned(orientation), FileKind.JPEG)
    assert picture.size == (40, 80)
    red, blue = picture.crop((20, 10, 21, 11)).tobytes(), picture.crop((20, 70, 21, 71)).tobytes()
    assert red[0] > 200 > 50 > red[2] and blue[2] > 200 > 50 > blue[0]


def test_a_scan_in_16_bits_keeps_its_shades() -> None:
    picture = drawn(grey_in_16_bits(), FileKind.PNG)
    assert [picture.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]


@pytest.mark.parametrize(("form", "frames"), [("PNG", 1), ("JPEG", 1), ("TIFF", 3)])
def test_every_frame_is_a_page(form: str, frames: int) -> None:
    kind = FileKind[form]
    data = picture_bytes(form, frames)
    pages = [drawn(data, kind, number + 1).tobytes() for number in range(frames)]
    assert len(set(pages)) == frames


@pytest.mark.parametrize(
    ("data", "kind", "number"),
    [
        (pdf_bytes(1), FileKind.PDF, 0),
        (pdf_bytes(1), FileKind.PDF, 2),
        (picture_bytes("PNG"), FileKind.PNG, 2),
        (office_bytes("word/document.xml"), FileKind.DOCX, 1),
    ],
)
def test_a_page_that_is_not_there_is_not_drawn(data: bytes, kind: FileKind, number: int) -> None:
    with pytest.raises(IndexError):
        page_picture(data, kind, number)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (encrypted_pdf("x"), FileKind.PDF),
        (b"%PDF-1.7\n", FileKind.PDF),
        (picture_bytes("PNG")[:60], FileKind.PNG),
        (b"\xff\xd8\xff", FileKind.JPEG),
    ],
)
def test_what_is_damaged_says_so(data: bytes, kind: FileKind) -> None:
    with pytest.raises(FileError) as caught:
        page_picture(data, kind, 1)
    assert isinstance(caught.value, DamagedFile)
