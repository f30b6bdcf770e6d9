"""What of a machine shows in the bytes of documents: by name, to be compared with another's.

In: nothing but the machine. Out: facts by their Vietnamese name, the same on every machine that
makes the same files of the same content; unlike :func:`vanban.app.inputs.program_key`, which
tells states of one machine apart by times of files.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import platform
import re
import sys
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import vanban
from vanban.app.doctor import PANGO_LIBRARIES, SUBSET_LIBRARY, loaded_library
from vanban.io.installed import dictionary_file
from vanban.layout.fonts import find_times

SHOWN = 8
"""Digits of a hash that are shown."""
MOST = 3
"""Differences that are told of a machine."""
ABSENT = "không có"


@cache
def machine_facts() -> Mapping[str, str]:
    """Return what of this machine shows in documents; raises MachineError without a font.

    They are those of when a process asked first: it goes on with the program that it began with.
    """
    facts = {
        "bộ xử lý": platform.machine(),
        "Python": ".".join(map(str, sys.version_info[:2])),
        "chương trình": f"{vanban.__version__} ({_hash_of_program()})",
        "phông chữ": _font(),
        "từ điển": _dictionary(),
        "bảng mã Unicode": unicodedata.unidata_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "Pango": _version_in(PANGO_LIBRARIES[1], "pango_version_string"),
        "HarfBuzz": _version_in(SUBSET_LIBRARY, "hb_version_string"),
    }
    return facts | {f"thư viện {name}": version for name, version in _libraries("vanban")}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[str, ...]:
    """Return a few words for each fact that is another ``there``; none where all are alike."""
    return tuple(
        f"{name} là {there.get(name, ABSENT)}, ở đây {here.get(name, ABSENT)}"
        for name in (*here, *(name for name in there if name not in here))
        if here.get(name) != there.get(name)
    )


def shortly(told: tuple[str, ...]) -> str:
    """Return the first of several differences, and how many there are more."""
    more = f" và {len(told) - MOST} điểm khác nữa" if len(told) > MOST else ""
    return "; ".join(told[:MOST]) + more


def _hash_of_program() -> str:
    root = Path(vanban.__file__).parent
    digest = sha256()
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith((".", "__")))
        for path in (Path(folder, name) for name in sorted(names)):
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:SHOWN]


def _font() -> str:
    times = find_times()
    digest = sha256()
    for face in (times.regular, times.bold, times.italic, times.bold_italic):
        digest.update(f"{face.index}\n".encode() + sha256(face.path.read_bytes()).digest())
    return f"{times.name} ({digest.hexdigest()[:SHOWN]})"


def _dictionary() -> str:
    path = dictionary_file()
    if path is None:
        return ABSENT
    beside = path.with_suffix(".aff")
    data = path.read_bytes() + (beside.read_bytes() if beside.is_file() else b"")
    return sha256(data).hexdigest()[:SHOWN]


def _version_in(names: tuple[str, ...], function: str) -> str:
    """Return what a library of the system says of itself."""
    library = loaded_library(names)
    if library is None:
        return ABSENT
    say = getattr(library, function)
    say.restype = ctypes.c_char_p
    return str(say().decode())


def _libraries(package: str) -> Iterator[tuple[str, str]]:
    """Yield the libraries that ``package`` needs, theirs included, with their versions, by name."""
    known: dict[str, str] = {}
    names = [package]
    while names:
        try:
            found = importlib.metadata.distribution(names.pop())
        except importlib.metadata.PackageNotFoundError:
            continue
        name = re.sub(r"[-_.]+", "-", found.name).lower()
        if name not in known:
            known[name] = found.version
            needs = (each for each in found.requires or () if "extra ==" not in each)
            names += (re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in needs)
    known.pop(package, None)
    yield from sorted(known.items())
