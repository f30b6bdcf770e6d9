"""Pictures of papers: what they show is kept, whatever form they have."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from evidences import grey_in_16_bits
from vanban.workspace.picture_files import _upright


@pytest.mark.parametrize(
    ("transparent", "shades"), [({}, [0, 128, 255]), ({"transparency": 0x8000}, [0, 255, 255])]
)
def test_a_picture_in_16_bits_keeps_its_shades(
    transparent: dict[str, int], shades: list[int]
) -> None:
    data, *_ = _upright(grey_in_16_bits(**transparent))
    assert [*Image.open(io.BytesIO(data)).convert("L").tobytes()] == shades
