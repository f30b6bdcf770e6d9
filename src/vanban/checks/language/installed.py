"""Where systems keep the Vietnamese dictionary of hunspell."""

from __future__ import annotations

from pathlib import Path

PLACES = tuple(
    Path(folder, "vi_VN.dic")
    for folder in ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/Library/Spelling")
)
"""Debian and Fedora, older systems, macOS."""


def dictionary_file() -> Path | None:
    """Return where the dictionary is, None where there is none."""
    return next((path for path in PLACES if path.is_file()), None)
