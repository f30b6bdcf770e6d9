"""A subset of a face → the objects that a PDF needs of it (ISO 32000-1, 9.6 to 9.8)."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pydyf  # type: ignore[import-untyped]

from vanban.render.font_subset import FontSubset


def add_font(pdf: pydyf.PDF, made: FontSubset) -> pydyf.Dictionary:
    """Add ``made`` to a PDF and return the font that resources refer to."""

    def add(values: Mapping[str, object]) -> pydyf.Dictionary:
        one = pydyf.Dictionary(values)
        pdf.add_object(one)
        return one

    def stream(data: bytes, **extra: object) -> bytes:
        one = pydyf.Stream([data], pydyf.Dictionary(extra), compress=True)
        pdf.add_object(one)
        reference: bytes = one.reference
        return reference

    descriptor = add(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{made.name}",
            "Flags": made.flags,
            "FontBBox": pydyf.Array(made.box),
            "ItalicAngle": made.italic_angle,
            "Ascent": made.ascent,
            "Descent": made.descent,
            "CapHeight": made.cap_height,
            "StemV": made.stem,
            "FontFile2": stream(made.data, Length1=len(made.data)),
        }
    )
    system = {
        "Registry": pydyf.String("Adobe"),
        "Ordering": pydyf.String("Identity"),
        "Supplement": 0,
    }
    descendant = add(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{made.name}",
            "CIDSystemInfo": pydyf.Dictionary(system),
            "CIDToGIDMap": "/Identity",
            "W": pydyf.Array([0, pydyf.Array(made.widths)]),
            "FontDescriptor": descriptor.reference,
        }
    )
    return add(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{made.name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": stream(made.to_unicode()),
        }
    )


def font_file(made: FontSubset) -> bytes:
    """Return a PDF without pages whose catalogue holds the font as ``/Font``, to be copied."""
    pdf = pydyf.PDF()
    pdf.catalog["Font"] = add_font(pdf, made).reference
    target = io.BytesIO()
    pdf.write(target, version=b"1.7")
    return target.getvalue()
