"""Places in files as the desk tells them: below the content folder, with the page of the file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from vanban.errors import Place


class Where(Struct, frozen=True):
    """A place in words, and the address of the page that shows it: "" outside the content."""

    words: str
    address: str


def where(place: Place, content: Path) -> Where:
    """Return "2025/ke-hoach.yaml, dòng 37": below the content, or what stands beside it."""
    inside = place.file.is_relative_to(content)
    home = content if inside else content.parent
    file = place.file.relative_to(home) if place.file.is_relative_to(home) else place.file
    words = f"{file.as_posix()}, dòng {place.line}" if place.line else file.as_posix()
    if not inside:
        return Where(f"{words} (lời văn của mẫu)" if file.suffix == ".md" else words, "")
    if file.suffix != ".yaml":
        return Where(words, "")
    address = f"/tep-noi-dung/{quote(file.as_posix())}?dong={place.line}:{place.column}"
    return Where(words, address)
