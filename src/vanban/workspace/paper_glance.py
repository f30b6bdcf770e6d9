"""What the file of a paper tells at a glance, without reading it as YAML: lists name hundreds.

Only what is shown on the screen comes from here; documents are made from what loading reads.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from vanban.io.read import read_file
from vanban.io.text import MAX_BYTES
from vanban.nd30.document_types import LETTER
from vanban.workspace.files import PAPERS
from vanban.workspace.periods import PERIODS

_VALUE = r"^{}:[ \t]*(?:[>|][+-]?[ \t]*$)?(.*(?:\n[ \t]+\S.*)*)"


class Glance(Struct, frozen=True):
    """``name`` is "Công văn: V/v …"; ``cites_figures`` says whether reports are referred to."""

    name: str
    cites_figures: bool


def glance_at(file: Path) -> Glance:
    """Return what ``file`` tells; nothing of one that cannot be read, which loading tells."""
    try:
        text = read_file(file, MAX_BYTES).decode(errors="replace")
    except OSError:
        return Glance(PAPERS.title, cites_figures=False)
    kind, abstract = _value("loai", text), _value("trich_yeu", text)
    about = f"V/v {abstract}" if abstract and kind == LETTER else abstract
    periods = "|".join(PERIODS)
    return Glance(
        ": ".join(filter(None, (kind, about))) or PAPERS.title,
        re.search(rf"\{{\s*(?:{periods})\s*[.:]", text) is not None,
    )


def _value(key: str, text: str) -> str:
    found = re.search(_VALUE.format(key), text, re.MULTILINE)
    return " ".join(found[1].split()).strip("\"'") if found else ""
