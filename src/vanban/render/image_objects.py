"""A picture as an object of PDF: its file's own compressed data, not decoded (ISO 32000-1, 8.9)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pydyf  # type: ignore[import-untyped]

from vanban.picture import Picture

PNG_SIGNATURE = 8
"""Bytes before the first chunk."""


def image_object(picture: Picture) -> pydyf.Stream:
    """Return the image of ``picture``, not smoothed, as PDF/A asks (ISO 19005-2, 6.2.8)."""
    across, down = picture.pixels
    extra: dict[str, object] = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": across,
        "Height": down,
        "ColorSpace": "/DeviceGray" if picture.gray else "/DeviceRGB",
        "BitsPerComponent": 8,
        "Interpolate": "false",
    }
    if picture.suffix == "jpg":
        return pydyf.Stream([picture.data], pydyf.Dictionary(extra | {"Filter": "/DCTDecode"}))
    extra["Filter"] = "/FlateDecode"
    colors = 1 if picture.gray else 3
    extra["DecodeParms"] = pydyf.Dictionary({"Predictor": 15, "Columns": across, "Colors": colors})
    return pydyf.Stream([b"".join(_compressed(picture.data))], pydyf.Dictionary(extra))


def _compressed(png: bytes) -> Iterator[bytes]:
    """Yield the compressed rows of a PNG: what its IDAT chunks hold."""
    at = PNG_SIGNATURE
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += length + 12
