"""LibreOffice as an independent reader of our .docx files.

Each run has a profile and a fontconfig file of its own that names only the accepted font, so that
neither the user's settings nor other fonts take part.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from vanban.layout.fonts import find_times

TIMEOUT = 600


def require_soffice() -> str:
    """Return the path of soffice; skip the test loudly without it, fail where CI requires it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        message = "không có soffice: KHÔNG đối chiếu .docx với PDF (cài libreoffice-writer-nogui)"
        if os.environ.get("VANBAN_REQUIRE_SOFFICE"):
            pytest.fail(message)
        pytest.skip(message)
    return soffice


def convert_to_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """Convert Word files to PDF in one run of LibreOffice; return the PDFs in the same order."""
    soffice = require_soffice()
    target = folder / "libreoffice"
    times = find_times()
    fonts = folder / "fonts"
    fonts.mkdir()
    for face in (times.regular, times.bold, times.italic, times.bold_italic):
        (fonts / face.path.name).symlink_to(face.path)
    fontconfig = folder / "fonts.conf"
    fontconfig.write_text(
        f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
        <dir>{fonts}</dir><cachedir>{folder / "font-cache"}</cachedir>
        <match target="pattern"><edit name="family" mode="assign" binding="same">
        <string>{times.name}</string></edit></match></fontconfig>""",
        encoding="utf-8",
    )
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(target),
            *(str(file) for file in files),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig)},
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )
    return [target / f"{file.stem}.pdf" for file in files]
