"""Every file of evidence is opened once a command, and one process reads them all.

A command runs in a process of its own, whose interpreter tells what it opens and starts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import TEMPLATES
from evidences import entry, office_bytes, pdf_bytes, picture_bytes, write_evidence

pytestmark = pytest.mark.slow

FILES = {
    "a.pdf": pdf_bytes(2),
    "b.png": picture_bytes("PNG"),
    "c.pdf": pdf_bytes(1),
    "c.docx": office_bytes("word/document.xml"),
    "d.tif": picture_bytes("TIFF", frames=2),
    "broken.pdf": b"%PDF-1.7\n%%EOF",
}
ENTRIES = (
    entry("1.1.1-01", "a.pdf"),
    entry("1.1.1-02", "b.png"),
    entry("1.1.1-03", "c.pdf", tep_goc="c.docx"),
    entry("2.1.1-01", "d.tif"),
)
BROKEN = entry("2.1.1-02", "broken.pdf")

WATCHED = """
import json, os, sys
folder, told, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
opened, started = {}, [0]
def hook(event, values):
    if event == "open" and os.path.dirname(str(values[0])) == folder:
        name = os.path.basename(values[0])
        opened[name] = opened.get(name, 0) + 1
    started[0] += event == "os.fork"
sys.addaudithook(hook)
from vanban.cli import main
try:
    main(arguments)
finally:
    with open(told, "w") as file:
        json.dump([opened, started[0]], file)
"""


def watched(content: Path, *command: str) -> Any:
    """Run a command; return how often it opened each file of evidence, and how often it forked."""
    told = content.parent / "told.json"
    folder = content / "2025" / "minh-chung"
    arguments = (str(folder), str(told), *command, "--content", str(content))
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=content.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(told.read_text())


def ward(folder: Path, *more: str) -> Path:
    (folder / "templates").symlink_to(TEMPLATES)
    return write_evidence(folder, (*ENTRIES, *more), FILES)


@pytest.mark.parametrize(
    "command",
    [
        ("evidence", "status"),
        ("dossier",),
        ("build", "--engine", "pages"),
        ("build", "evidence-index", "self-assessment", "--engine", "pages"),
        ("check", "self-assessment"),
        ("check",),
    ],
    ids=" ".join,
)
def test_each_file_is_opened_once_and_read_by_one_process(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    content = ward(tmp_path)
    opened, started = watched(content, *command)
    assert opened == {name: 1 for name in FILES if name != "broken.pdf"}
    assert started == 1


def test_a_broken_file_is_opened_once_too(tmp_path: Path) -> None:
    content = ward(tmp_path, BROKEN)
    command = ("build", "evidence-index", "self-assessment", "--engine", "pages")
    opened, started = watched(content, *command)
    assert opened == dict.fromkeys(FILES, 1)
    assert started == 1
