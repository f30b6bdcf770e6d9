"""What of this machine the program works with: the Vietnamese dictionary, and LibreOffice."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

PLACES = tuple(
    Path(folder, "vi_VN.dic")
    for folder in ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling")
)
"""Where the dictionary of hunspell is kept: Debian and Fedora, older systems, macOS."""


def dictionary_file() -> Path | None:
    """Return where the dictionary is, None where there is none."""
    return next((path for path in PLACES if path.is_file()), None)


def find_soffice() -> str | None:
    """Return the path of LibreOffice, None where this machine has none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_signature_library() -> bool:
    """Say whether what looks into digital signatures is installed (set-up: ``make verify``)."""
    return find_spec("pyhanko") is not None


def has_cluster_library() -> bool:
    """Say whether what gives work to other machines is installed (set-up: ``make worker``)."""
    return find_spec("distributed") is not None
