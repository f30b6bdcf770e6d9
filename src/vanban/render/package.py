"""Office packages (ZIP) written anew, so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time stamp of every part: the earliest that a ZIP file can hold."""


def rewrite(
    data: bytes,
    change: Callable[[str, bytes], bytes],
    order: Callable[[str], tuple[bool, str]] | None = None,
) -> bytes:
    """Return the package ``data`` with every part put through ``change`` (name, content).

    Parts keep their order, or stand in ``order``; all carry :data:`EPOCH`.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package,
    ):
        names = source.namelist()
        for name in sorted(names, key=order) if order is not None else names:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, change(name, source.read(name)))
    return target.getvalue()
