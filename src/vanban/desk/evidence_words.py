"""What the use cases of evidence say, in the words of the desk: boxes, not keys and options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from vanban.app.change_evidence import EDITED
from vanban.desk.places import where
from vanban.errors import ContentError, Problem, VanbanError, printable
from vanban.evidence.new_entry import OPTIONS, UNREAD, Mistyped
from vanban.workspace.models.evidence import Evidence

_FIELDS = {field.alias: field for field in Evidence.model_fields.values()}
LABELS = {key: (_FIELDS[key].title or key, _FIELDS[key].description) for key in EDITED}
"""Of the boxes of a form, by the keys of the register, in the order of the form."""
COMPARED = "máy đọc sai chữ của trang 1 thì vẫn xem được tệp, không đối chiếu"
_KEY = re.compile(rf"\bkhóa ({'|'.join(LABELS)})\b|\b({'|'.join(k for k in LABELS if '_' in k)})\b")
"""A key that is called one, or that is no word of Vietnamese by itself."""
_OPTION = {option: f"ô “{LABELS[key][0]}”" for key, option in OPTIONS.items() if key in LABELS}


def worded(text: str) -> str:
    """Return a sentence with boxes in the place of keys of the register and options."""
    text = text.replace(UNREAD, COMPARED)
    for option, box in _OPTION.items():
        text = text.replace(option, box)
    return _KEY.sub(lambda found: f"ô “{LABELS[found[1] or found[2]][0]}”", text)


def told(error: VanbanError, content: Path) -> dict[str, Any]:
    """Return an error as the page is told it: lines, the box that it is about, what may be tried.

    ``unread`` says that the file may still be looked at, uncompared with its document.
    """
    field: str | None = None
    match error:
        case Mistyped():
            field, lines = error.key, [f"{_label(error.key)}{error.reason}"]
        case ContentError():
            keys = [problem.key for problem in error.problems]
            field = keys[0] if len(keys) == 1 and keys[0] in LABELS else None
            lines = [_line(problem, content) for problem in error.problems]
        case _:
            lines = list(error.lines)
    return {
        "errors": [worded(line) for line in lines],
        "field": field,
        "unread": UNREAD in str(error),
        "now": None,
    }


def _line(problem: Problem, content: Path) -> str:
    words = where(problem.place, content).words
    return f"{_label(problem.key)}{printable(problem.message)} ({words})"


def _label(key: str) -> str:
    return f"{LABELS[key][0]}: " if key in LABELS else ""
