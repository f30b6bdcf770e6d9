"""Write docs/dinh-chinh.docx and .pdf: the plan of 2025 as issued against the corrected one.

Run from the project's folder: .venv/bin/python scripts/make_corrections.py
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the issued text is kept with the tests that read it


def main() -> None:
    from issued import issued_docx
    from vanban.app.catalogue import find_kind
    from vanban.app.diff import document_of_year, from_word, write_redline

    content, templates = ROOT / "content", ROOT / "templates"
    with tempfile.TemporaryDirectory() as folder:
        issued = Path(folder) / "ke-hoach.docx"
        issued.write_bytes(issued_docx())
        old = from_word(issued)
        new = document_of_year(find_kind("plan"), content, 2025, templates)
        made = write_redline(old, new, templates, Path(folder), "", date(2025, 8, 1))
        for path in made.paths:
            target = ROOT / "docs" / f"dinh-chinh{path.suffix}"
            target.write_bytes(path.read_bytes())
            print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
