"""A picture of a document, ready for any renderer."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG in colours or grey, without transparency, standing upright.

    ``data`` is the whole file, known by its SHA-256 ``digest`` (hex), ``pixels`` its size; it is
    printed ``width`` by ``height`` mm. ``description`` is what is read aloud for it.
    """

    data: bytes = field(repr=False)
    digest: str
    suffix: str
    pixels: tuple[int, int]
    gray: bool
    width: float
    height: float
    description: str

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self.suffix == "jpg" else "image/png"

    @property
    def url(self) -> str:
        """The picture itself as an address, for what shows HTML or SVG."""
        return f"data:{self.media_type};base64,{b64encode(self.data).decode('ascii')}"


def in_bytes(image: Image) -> Image:
    """Return a picture with at most 256 shades of grey; of 65,536 Pillow would take the darkest."""
    if not image.mode.startswith("I;16"):
        return image
    made = image.convert("I").point(lambda shade: shade / 256).convert("L")
    if "transparency" in made.info:
        made.info["transparency"] //= 256
    return made
