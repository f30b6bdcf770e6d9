"""LibreOffice as an independent reader of our .docx files.

Each run has a profile and a fontconfig file of its own that names only the accepted font, so that
neither the user's settings nor other fonts take part.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
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


def settle(source: Path, target: Path, profile: Path, accept: bool) -> None:
    """Let LibreOffice accept, or refuse, every tracked change of a Word file.

    ``profile`` keeps its settings and the macro, for several files.
    """
    soffice = require_soffice()
    office = [soffice, "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    basic = profile / "user" / "basic" / "Standard"
    if not (basic / "Settle.xba").exists():
        subprocess.run([*office, "--terminate_after_init"], check=True, timeout=TIMEOUT)
        (basic / "Settle.xba").write_text(_MACRO, encoding="utf-8")
        (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    command = "AcceptAllTrackedChanges" if accept else "RejectAllTrackedChanges"
    places = f"{source.as_uri()},{target.as_uri()},{command}"
    subprocess.run(
        [*office, f"macro:///Standard.Settle.Settle({places})"],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )


_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle"
 script:language="StarBasic">Sub Settle(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = document.CurrentController.Frame
  dispatcher.executeDispatch(frame, ".uno:" &amp; command, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Settle"/>
</library:library>
"""


def convert(file: Path, ending: str, folder: Path) -> Path:
    """Convert a file to another format of LibreOffice; return it."""
    command = [require_soffice(), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", ending, "--outdir", str(folder / ending), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    return folder / ending / f"{file.stem}.{ending}"


def recalculated(data: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice computes it, from a file whose formulas have no values."""
    bare, out = folder / "bare.xlsx", folder / "out"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [require_soffice(), profile, "--headless", "--convert-to", "xlsx", "--outdir", out, bare],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
        env=os.environ,
    )
    return (out / "bare.xlsx").read_bytes()
