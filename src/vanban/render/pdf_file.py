"""What an engine makes of a document."""

from __future__ import annotations

from msgspec import Struct


class PdfFile(Struct, frozen=True):
    """The bytes of a PDF, and how many pages it has."""

    data: bytes
    page_count: int
