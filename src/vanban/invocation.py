"""How a command is typed in the working folder: by make where its Makefile can, else in full.

Officials copy what a message shows; ``vanban`` alone is found by few shells, since the program
stands in ``.venv/bin`` of the project.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

TARGETS = {
    "build": "document",
    "check": "check",
    "desk": "desk",
    "doctor": "doctor",
    "dossier": "dossier",
    "evidence status": "evidence-status",
    "list": "list",
    "migrate": "migrate",
    "undo": "undo",
}
"""Commands and the targets of the Makefile that run them; ``ID=`` names a document."""

PROGRAM = Path(".venv/bin/vanban")
CONTENT = Path("content")


def command_here(
    command: str,
    document_id: str = "",
    *,
    year: int | None = None,
    content: Path = CONTENT,
    options: str = "",
) -> str:
    """Return what to type here to run ``vanban COMMAND`` on a document, a year, a content folder.

    ``options`` are further ones, as ``--final``.
    """
    if command == "desk" and content != CONTENT and " " not in str(content):
        options, content = f"{options} --content {content}".strip(), CONTENT  # make installs it
    target = TARGETS.get(command)
    makefile = Path("Makefile")
    text = makefile.read_text(encoding="utf-8") if target and makefile.is_file() else ""
    has_target = re.search(rf"^{target}:", text, re.MULTILINE) is not None
    if has_target and content == CONTENT and ("$(ID)" in text or not document_id):
        named = (("ID", document_id), ("YEAR", str(year or "")), ("OPTIONS", _quoted(options)))
        return " ".join((f"make {target}", *(f"{name}={value}" for name, value in named if value)))
    words = (
        program(),
        command,
        document_id,
        options,
        f"--year {year}" if year is not None else "",
        f"--content {_quoted(str(content))}" if content != CONTENT else "",
    )
    return " ".join(word for word in words if word)


def option_here(option: str) -> str:
    """Return how an option is added to the command that runs: make hands it on by a variable."""
    return f"OPTIONS={option}" if os.environ.get("MAKELEVEL") else option


def _quoted(word: str) -> str:
    """Return a word as a shell takes it for one; official names of folders have spaces."""
    return f'"{word}"' if " " in word else word


def program() -> str:
    """Return how the program is called here: the project's own, else as it was called now."""
    if PROGRAM.is_file():
        return str(PROGRAM)
    from shutil import which

    called = Path(sys.argv[0])
    if called.parts[-2:] == ("cli", "__main__.py"):
        return f"{Path(sys.executable).name} -m vanban.cli"
    if called.name != "vanban" or which("vanban") is not None:
        return "vanban"
    return _quoted(str(called))
