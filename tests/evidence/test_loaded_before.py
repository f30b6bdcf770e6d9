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
from pathlib import Path
from vanban.evidence import limited

def told(read, data):
    before = {*sys.modules}
    answer = read(data)
    Path("told").write_text(json.dumps(sorted({*sys.modules} - before)))
    return answer

def telling(child, read, data):
    return start(child, lambda given: told(read, given), data)

start = limited.Child.start
limited.Child.start = telling
file = Path(sys.argv[1])
data = file.read_bytes()
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
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_copy_imports_nothing(name: str, files: Path) -> None:
    file, words = CASES[name]
    command = [sys.executable, "-c", PROGRAM + words, file]
    subprocess.run(command, cwd=files, check=True, capture_output=True, text=True)
    told = files / "told"
    loaded = json.loads(told.read_text(encoding="utf-8"))
    assert [each for each in loaded if not each.startswith("encodings.")] == []
    told.unlink()
