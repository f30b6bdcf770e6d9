"""A prepared office file → PDF, or another text → .docx, by LibreOffice, started only here.

Each run has a folder of its own for its profile, temporary files and result, so that an open
LibreOffice neither blocks nor changes it, and nothing of it stays. The profile forbids macros and
links of untrusted documents; where the system allows it (``unshare`` of util-linux, root or user
namespaces), the run has no network, and all its processes end with the first. Elsewhere the
settings, the prepared copy and the process group do the same as far as they can.
"""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path

from vanban.errors import VanbanError
from vanban.io.installed import find_soffice
from vanban.io.reasons import reason_of
from vanban.io.scratch import scratch

TIMEOUT = 180
"""Seconds; a first start of LibreOffice on a slow machine takes 20."""
MAX_MEMORY = 6_000_000_000
"""Bytes of address space; an ordinary conversion maps 2 GB and uses 300 MB."""
MAX_RESULT = 500_000_000
"""Bytes of any file it writes: what evidence files may have at most."""
_SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


class ConversionError(VanbanError):
    """LibreOffice is there, but made no PDF of the file."""


def to_pdf(data: bytes, suffix: str, timeout: float = TIMEOUT) -> bytes:
    """Return the PDF of an office file whose name would end in ``suffix`` (".docx", ".xlsx").

    ``data`` must be a prepared copy. ``timeout`` is in seconds. Raises ConversionError.
    """
    return _converted(data, suffix, "pdf", timeout)


def to_docx(data: bytes, suffix: str) -> bytes:
    """Return the .docx of a text of another format (".doc", ".odt"); raises ConversionError.

    Its fields, pictures and links are as LibreOffice left them: only its words are to be read.
    """
    return _converted(data, suffix, "docx")


def to_xlsx(data: bytes, suffix: str) -> bytes:
    """Return the .xlsx of sheets of another format (".xls", ".ods"); raises ConversionError.

    Only values of its cells are to be read.
    """
    return _converted(data, suffix, "xlsx")


def _converted(data: bytes, suffix: str, form: str, timeout: float = TIMEOUT) -> bytes:
    soffice = find_soffice()
    if soffice is None:
        raise ConversionError("máy này không có LibreOffice")
    try:
        with scratch() as folder:
            source = folder / f"tai-lieu{suffix}"
            result = folder / "result" / f"tai-lieu.{form}"
            source.write_bytes(data)
            _write_profile(folder / "profile")
            command = _command(soffice, form, source, result.parent, folder / "profile")
            if _run(command, folder, timeout) != 0 or not result.exists():
                raise _failed(suffix, form)
            return result.read_bytes()
    except OSError as error:  # no room for its files, no right to run it
        raise ConversionError(f"không chạy được LibreOffice ({reason_of(error)})") from error


def _command(soffice: str, form: str, source: Path, target: Path, profile: Path) -> list[str]:
    return [
        *_confinement(),
        soffice,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        form,
        "--outdir",
        str(target),
        str(source),
    ]


def _run(command: list[str], folder: Path, timeout: float) -> int:
    """Run to its end, or to that of the time; no process of it outlives this call."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise ConversionError(f"LibreOffice chạy quá {timeout:g} giây") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its group; those that left the group end with their namespace."""
    with suppress(ProcessLookupError):  # all of them have ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed(suffix: str, form: str) -> ConversionError:
    needed = " (bảng tính cần libreoffice-calc)" if suffix in _SHEETS else ""
    name = "PDF" if form == "pdf" else f".{form}"
    return ConversionError(f"LibreOffice không chuyển được tệp này sang {name}{needed}")


# --- confinement ------------------------------------------------------------------------------

LIMITS = ("prlimit", f"--as={MAX_MEMORY}", f"--fsize={MAX_RESULT}", "--core=0")
NAMESPACES = ("unshare", "--net", "--pid", "--fork", "--kill-child")
CONFINEMENTS: tuple[tuple[str, ...], ...] = (
    ("setpriv", "--pdeathsig", "KILL", *NAMESPACES, *LIMITS),
    ("setpriv", "--pdeathsig", "KILL", *NAMESPACES, "--map-root-user", *LIMITS),
    LIMITS,
    (),
)
"""Ways to run a program, strictest first; the first that works on this machine is taken.

The second needs no rights, but user namespaces, which some systems forbid.
"""


@cache
def _confinement() -> tuple[str, ...]:
    return next(each for each in CONFINEMENTS if not each or _works(each))


def _works(confinement: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run(
            [*confinement, "true"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


# --- the profile ------------------------------------------------------------------------------

SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "vi-VN"),
)
"""Node, property and value. No macros, no active content, no links to follow, nothing computed
anew; dates and numbers of the default formats as an office in Vietnam sees them."""


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{node}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for node, name, value in SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n',
        encoding="utf-8",
    )
