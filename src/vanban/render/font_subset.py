"""A face of the family → the part of it that a file needs, by HarfBuzz; hinting and layout go."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

import uharfbuzz as harfbuzz  # type: ignore[import-untyped]
from msgspec import Struct

from vanban.layout.fonts import POSTSCRIPT, Face

SERIF, SYMBOLIC, ITALIC = 1 << 1, 1 << 2, 1 << 6
"""Flags of a font descriptor (ISO 32000-1, table 123)."""

LAYOUT_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"kern")
TAG_LETTERS = 6


class FontSubset(Struct, frozen=True, dict=True):
    """A subset; numbers of the descriptor in thousandths of an em.

    ``glyphs`` maps characters to glyph numbers of the subset, ``widths`` go by glyph number.
    """

    name: str
    data: bytes
    glyphs: dict[str, int]
    widths: tuple[float, ...]
    box: tuple[int, ...]
    italic_angle: float
    ascent: int
    descent: int
    cap_height: int
    stem: int
    flags: int

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {ord(character): f"{glyph:04x}" for character, glyph in self.glyphs.items()}

    def shown(self, text: str, spread: float) -> str:
        """Return the operator that shows ``text``; each blank grows by ``spread`` em."""
        codes = self._codes
        if not spread or " " not in text:
            return f"<{text.translate(codes)}> Tj"
        blank = f"{codes[32]}>{-1000 * spread:.1f}<"
        words = (word.translate(codes) for word in text.split(" "))
        return f"[<{blank.join(words)}>] TJ".replace("<>", "")

    def to_unicode(self) -> bytes:
        """Return the CMap that tells a reader which character a glyph is."""
        characters: dict[int, str] = {}
        for character, glyph in sorted(self.glyphs.items()):
            characters.setdefault(glyph, character)
        rows = [
            f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>"
            for glyph, character in sorted(characters.items())
        ]
        blocks = "".join(
            f"{len(rows[at : at + 100])} beginbfchar\n"
            + "\n".join(rows[at : at + 100])
            + "\nendbfchar\n"
            for at in range(0, len(rows), 100)
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{blocks}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode()


@lru_cache(maxsize=64)
def subset(face: Face, characters: frozenset[str]) -> FontSubset:
    """Return the subset of ``face`` with ``characters``, which it must have."""
    whole = face.opened
    wanted = harfbuzz.SubsetInput()
    wanted.sets(harfbuzz.SubsetInputSets.UNICODE).update(map(ord, characters))
    wanted.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag, "big") for tag in LAYOUT_TABLES
    )
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING
    plan = harfbuzz.SubsetPlan(whole, wanted)
    data = plan.execute().blob.data
    codes, renumbered = plan.unicode_to_old_glyph_mapping, plan.old_to_new_glyph_mapping
    glyphs = {character: renumbered[codes[ord(character)]] for character in sorted(characters)}
    widths = [0.0] * (max(renumbered.values()) + 1)
    for character, glyph in glyphs.items():
        widths[glyph] = round(face.widths[ord(character)] * 1000, 1)
    notdef = harfbuzz.Font(whole).get_glyph_h_advance(0)
    widths[0] = widths[0] or round(notdef / whole.upem * 1000, 1)
    name, *described = _described(face)
    return FontSubset(f"{_tag(characters, name)}+{name}", data, glyphs, tuple(widths), *described)


@lru_cache(maxsize=8)
def _described(face: Face) -> tuple[Any, ...]:
    """Return the name of a face and what a :class:`FontSubset` says of it from its box on."""
    head, font, measured = face.head, harfbuzz.Font(face.opened), harfbuzz.OTMetricsTag
    em = face.opened.upem / 1000
    extents = font.get_font_extents("ltr")
    return (
        face.opened.get_name(POSTSCRIPT),
        tuple(round(edge / em) for edge in head.box),
        font.get_style_value(harfbuzz.StyleTag.SLANT_ANGLE),
        round(extents.ascender / em),
        round(extents.descender / em),
        round((font.get_metric_position(measured.CAP_HEIGHT) or 0) / em) or 662,
        140 if head.bold else 80,
        SERIF | SYMBOLIC | (ITALIC if head.italic else 0),
    )


def _tag(characters: Iterable[str], name: str) -> str:
    """Return six letters that tell subsets of one font apart (ISO 32000-1, 9.6.4)."""
    digest = sha256((name + "".join(sorted(characters))).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:TAG_LETTERS])
