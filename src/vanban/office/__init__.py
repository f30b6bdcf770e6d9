"""Office files as they were saved: one prepared copy before any conversion, and LibreOffice safely.

Word and Excel files are never handed to LibreOffice as they came: :func:`prepare` settles what a
layout program would compute or fetch anew, :func:`to_pdf` sets the pages of the copy.
"""

from vanban.io.installed import find_soffice
from vanban.office.convert import ConversionError, to_docx, to_pdf, to_xlsx
from vanban.office.prepare import Prepared, prepare
from vanban.ooxml.package import UnreadableOffice

__all__ = [
    "ConversionError",
    "Prepared",
    "UnreadableOffice",
    "find_soffice",
    "prepare",
    "to_docx",
    "to_pdf",
    "to_xlsx",
]
