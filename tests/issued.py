"""The ward's plan as issued in August 2025: its paragraphs, as text and as a Word file.

``data/ke-hoach-2025.txt`` was taken from a PDF: blank lines and line breaks are those of the page.
A paragraph ends where the PDF has two blanks at the end of a line, or a new number or dash starts.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from docx import Document as new_docx

TEXT = Path(__file__).parent / "data" / "ke-hoach-2025.txt"

_START = re.compile(
    r"\s*(-\s|\d+(\.\d+)*\.\s|[IVX]+\.\s|PHẦN |KẾ HOẠCH|Thực hiện Công văn|Nơi nhận|TM\. |CHỦ TỊCH)"
)


def issued_paragraphs() -> tuple[str, ...]:
    """Return the paragraphs in order; repeated blanks inside stay."""
    paragraphs: list[str] = []
    open_paragraph = False
    for line in TEXT.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.strip().isdigit():
            continue
        heading = line.strip().isupper()
        if open_paragraph and not heading and not _START.match(line):
            paragraphs[-1] += f" {line.strip()}"
        else:
            paragraphs.append(line.strip())
        open_paragraph = not heading and not line.endswith("  ")
    return tuple(paragraphs)


def issued_docx() -> bytes:
    """Return the plan as a Word file of plain paragraphs."""
    document = new_docx()
    for paragraph in issued_paragraphs():
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
