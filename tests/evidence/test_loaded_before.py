"""A process that is copied to read a file imports nothing there: it could wait for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from documents import docx_of, pdf_of, plain
from evidences import picture_bytes
from signing import signed

PROGRAM = """
import json, sys
from functools import partial
from pathlib import Path
from threading import Event, Thread
from vanban.evidence import limited

known = set()

def told(read, data):
    before = {*sys.modules} - known
    answer = read(data)
    known.update({*sys.modules} - before)
    Path("told").write_text(json.dumps(sorted(known)))
    return answer

def telling(process, read, data):
    return one(process, partial(told, read), data)

one = limited._Process.read
limited._Process.read = telling
file = Path(sys.argv[1])
data = file.read_bytes()

def among_threads(work):
    end = Event()
    Thread(target=end.wait).start()
    try:
        with limited.one_process():
            work()
    finally:
        end.set()

def all_facts():
    from vanban.evidence.file_facts import read_facts
    for name in sys.argv[1:]:
        read_facts(Path(name))
"""
FACTS = "from vanban.evidence.file_facts import read_facts; read_facts(file)"
PAGE = (
    "from vanban.evidence.page_picture import page_picture; from vanban.evidence.file_kinds import "
    "FileKind; page_picture(data, FileKind({}), 1)"
)
CASES = {
    "facts of a PDF": ("a.pdf", FACTS),
    "facts of a JPEG": ("a.jpg", FACTS),
    "facts of a PNG": ("a.png", FACTS),
    "facts of a TIFF": ("a.tif", FACTS),
    "facts of a Word file": ("a.docx", FACTS),
    "page of a PDF": ("a.pdf", PAGE.format("'.pdf'")),
    "page of a JPEG": ("a.jpg", PAGE.format("'.jpg'")),
    "page of a TIFF": ("a.tif", PAGE.format("'.tif'")),
    "first page": (
        "a.pdf",
        "from vanban.evidence.first_page import first_page_lines as read; read(data)",
    ),
    "pictures": (
        "a.pdf",
        "from vanban.evidence.pdf_pictures import damaged_pictures as read; read(data)",
    ),
    "text": (
        "a.pdf",
        "from vanban.exchange.word_import.pdf_text import read_pdf_text as read; read(data)",
    ),
    "wrapped": (
        "a.jpg",
        "from vanban.dossier.sources import wrap_picture; from vanban.evidence.file_kinds import "
        "FileKind; wrap_picture(data, FileKind.JPEG)",
    ),
    "signatures": (
        "signed.pdf",
        "from vanban.app.verify import verify; verify(file, Path(), None)",
    ),
    "no signature": ("a.pdf", "from vanban.app.verify import verify; verify(file, Path(), None)"),
}


ENDINGS = ("pdf", "docx", "jpg", "tif", "jpeg.pdf", "png")
"""Of files that one process reads one after the other, whichever is the first."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    document = plain("Một đoạn.")
    pdf = pdf_of(document)
    (folder / "a.pdf").write_bytes(pdf)
    (folder / "signed.pdf").write_bytes(signed(pdf))
    (folder / "a.docx").write_bytes(docx_of(document))
    for ending, form in (("jpg", "JPEG"), ("png", "PNG"), ("tif", "TIFF")):
        (folder / f"a.{ending}").write_bytes(picture_bytes(form))
    (folder / "a.jpeg.pdf").write_bytes(_with_damaged_picture(picture_bytes("PDF")))
    return folder


def _with_damaged_picture(pdf: bytes) -> bytes:
    """Return a PDF whose JPEG is none that opens: what reads it tries all that it knows."""
    assert pdf.count(b"\xff\xd8\xff") == 1
    return pdf.replace(b"\xff\xd8\xff", b"\xff\x00\xff")


def _loaded_in_copy(words: str, folder: Path, *names: str) -> list[str]:
    command = [sys.executable, "-c", PROGRAM + words, *names]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    told = folder / "told"
    loaded = json.loads(told.read_text(encoding="utf-8"))
    told.unlink()
    return [each for each in loaded if not each.startswith("encodings.")]


@pytest.mark.parametrize("name", CASES)
def test_a_copy_imports_nothing(name: str, files: Path) -> None:
    file, words = CASES[name]
    assert _loaded_in_copy(words, files, file) == []


@pytest.mark.parametrize("first", ENDINGS)
def test_a_copy_of_threads_that_reads_all_kinds_imports_nothing(first: str, files: Path) -> None:
    names = dict.fromkeys((first, *ENDINGS))
    every = (f"a.{ending}" for ending in names)
    assert _loaded_in_copy("among_threads(all_facts)", files, *every) == []
