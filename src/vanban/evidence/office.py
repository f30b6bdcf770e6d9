"""Word and Excel files → PDF, once, by LibreOffice where the machine has it.

Each run has a profile of its own, so that an open LibreOffice neither blocks nor changes it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from vanban.errors import VanbanError
from vanban.evidence.file_errors import FileError
from vanban.evidence.files import FileFacts, FileKind, facts_of

TIMEOUT = 180
"""Seconds; a first start of LibreOffice on a slow machine takes 20."""


class ConversionError(VanbanError):
    """LibreOffice is there, but made no PDF of the file."""


def find_soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, kind: FileKind, soffice: str) -> bytes:
    """Return the PDF that LibreOffice makes of an office file; raises ConversionError."""
    with tempfile.TemporaryDirectory(prefix="vanban-") as name:
        folder = Path(name)
        source = folder / f"tai-lieu{kind.value}"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        command = [
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            name,
            str(source),
        ]
        try:
            subprocess.run(
                command,
                check=True,
                timeout=TIMEOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            return source.with_suffix(".pdf").read_bytes()
        except subprocess.TimeoutExpired as error:
            raise ConversionError(f"LibreOffice chạy quá {TIMEOUT} giây") from error
        except (subprocess.CalledProcessError, OSError) as error:
            needed = " (tệp Excel cần libreoffice-calc)" if kind is FileKind.XLSX else ""
            raise ConversionError(
                f"LibreOffice không chuyển được tệp này sang PDF{needed}"
            ) from error


@dataclass(frozen=True)
class Copy:
    """The files to keep: ``data`` is what the dossier shows, ``original`` what it was made from."""

    data: bytes
    facts: FileFacts
    original: tuple[bytes, FileFacts] | None = None
    note: str | None = None


def prepare(data: bytes, facts: FileFacts) -> Copy:
    """Return what to keep of a file: itself, or for an office file its PDF and itself."""
    if not facts.kind.is_office:
        return Copy(data, facts)
    soffice = find_soffice()
    if soffice is None:
        return Copy(
            data,
            facts,
            note="máy này không có LibreOffice nên chưa chuyển sang PDF — giữ nguyên tệp, hồ sơ có "
            "một trang thay chỗ; nên mở tệp, lưu thành PDF rồi thêm bản PDF",
        )
    try:
        pdf = convert(data, facts.kind, soffice)
        return Copy(pdf, facts_of(pdf, FileKind.PDF), (data, facts))
    except (ConversionError, FileError) as error:
        return Copy(
            data,
            facts,
            note=f"{error} — giữ nguyên tệp, hồ sơ có một trang thay chỗ; nên mở tệp, lưu thành "
            "PDF rồi thêm bản PDF",
        )
