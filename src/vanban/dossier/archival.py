"""Whether pages of a file may stand in a PDF/A-2b file (ISO 19005-2), as far as can be said here.

A file is believed that claims to be PDF/A of any part, unless what is drawn of it speaks against
that (:attr:`vanban.dossier.drawn.Drawn.unfit`); whether its fonts have the widths that it states,
no part of this program looks at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Object, Pdf, PikepdfError, Stream

CLAIM = re.compile(rb"pdfaid:part\s*(?:=\s*[\"']|>)\s*[123]\b")

UNCLAIMED = "tệp không tự khai là PDF/A"
OTHER_COLOURS = "màu theo chuẩn in khác (không phải sRGB)"
UNEMBEDDED = "phông chữ không nhúng trong tệp"
INTERPOLATED = "ảnh được làm mịn khi hiện"
CMYK = "ảnh màu in (CMYK)"
TRANSFER = "hàm chuyển màu"

FILES = ("/FontFile", "/FontFile2", "/FontFile3")
IN_FILES = (Name.Type1, Name.MMType1, Name.TrueType, Name.CIDFontType0, Name.CIDFontType2)
"""Kinds of fonts whose shapes stand in a file of their own."""


def why_not(source: Pdf, is_picture: bool) -> Iterator[str]:
    """Yield why ``source`` as a whole is not believed; pictures were wrapped by this program."""
    if is_picture:
        return
    try:
        metadata = source.Root.get("/Metadata")
        data = metadata.read_bytes() if isinstance(metadata, Stream) else b""
        components = [
            int(intent.DestOutputProfile.N)
            for intent in source.Root.get("/OutputIntents", ())
            if "/DestOutputProfile" in intent
        ]
    except (PikepdfError, AttributeError, TypeError, ValueError):  # damaged, so not believed
        data, components = b"", []
    if CLAIM.search(data) is None:
        yield UNCLAIMED
    elif any(count != 3 for count in components):
        yield OTHER_COLOURS


def objections(owner: Object, kind: str) -> Iterator[str]:
    """Yield what of a drawn object, of a kind of ``drawn.KINDS``, PDF/A-2 does not allow."""
    if kind == "font" and owner.get("/Subtype") in IN_FILES:
        descriptor = owner.get("/FontDescriptor")
        files = descriptor.keys() if isinstance(descriptor, Dictionary) else ()
        if not any(name in files for name in FILES):
            yield UNEMBEDDED
    elif kind == "image":
        if owner.get("/Interpolate", False):
            yield INTERPOLATED
        if owner.get("/ColorSpace") == Name.DeviceCMYK:
            yield CMYK
    elif kind == "state" and ("/TR" in owner or owner.get("/TR2", Name.Default) != Name.Default):
        yield TRANSFER
