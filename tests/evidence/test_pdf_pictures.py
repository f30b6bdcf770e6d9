"""Pictures inside a PDF: those that cannot be decoded to their end are told when it is added."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from evidences import pdf_bytes
from vanban.evidence.pdf_pictures import damaged_pictures


def picture(form: str, mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    noise = Image.effect_noise((200, 100), 90).convert(mode)
    noise.save(target, form)
    return target.getvalue()


def holding(data: bytes, name: str, **keys: Any) -> bytes:
    def change(pdf: Pdf) -> None:
        values = {"Subtype": Name.Image, "Width": 200, "Height": 100, "BitsPerComponent": 8}
        image = pdf.make_stream(b"", **(values | {"ColorSpace": Name.DeviceRGB} | keys))
        image.write(data, filter=Name(name))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=image))

    return pdf_bytes(1, change, keep=True)


JPEG, JPEG2000 = picture("JPEG"), picture("JPEG2000")
PIXELS = bytes(range(200)) * 300
INDEXED = Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])

CASES: dict[str, tuple[bytes, bool]] = {
    "JPEG": (holding(JPEG, "/DCTDecode"), False),
    "JPEG cut": (holding(JPEG[: len(JPEG) // 2], "/DCTDecode"), True),
    "JPEG damaged": (
        holding(JPEG[:900] + b"\xff\xc4\0\x03\xff" + JPEG[905:], "/DCTDecode"),
        True,
    ),
    "JPEG of nothing": (holding(b"abc", "/DCTDecode"), True),
    "JPEG 2000": (holding(JPEG2000, "/JPXDecode"), False),
    "JPEG 2000 of nothing": (holding(b"abc", "/JPXDecode"), True),
    "pixels": (holding(zlib.compress(PIXELS), "/FlateDecode"), False),
    "too few pixels": (holding(zlib.compress(PIXELS[:50_000]), "/FlateDecode"), True),
    "one byte a pixel": (
        holding(zlib.compress(PIXELS[:20_000]), "/FlateDecode", ColorSpace=INDEXED),
        False,
    ),
    "mask": (
        holding(zlib.compress(bytes(2_500)), "/FlateDecode", ImageMask=True, BitsPerComponent=1),
        False,
    ),
    "unknown colours": (
        holding(zlib.compress(b"a"), "/FlateDecode", ColorSpace=Name.Pattern),
        False,
    ),
    "fax": (holding(b"abc", "/CCITTFaxDecode"), False),
}


@pytest.mark.parametrize("case", CASES)
def test_damaged_pictures_are_told(case: str) -> None:
    data, damaged = CASES[case]
    notes = damaged_pictures(data)
    assert len(notes) == damaged
    assert all(note.startswith("1 ảnh trong tệp không giải mã được") for note in notes)
