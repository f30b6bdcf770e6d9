"""Which version of the shared folder a ward is on, and wards on different ones told apart.

In: content folders. Out: a short name, "2026.1-3f9a2c1b": the number that whoever keeps the folder
types (``phien_ban`` in ``dung-chung.yaml``) and the beginning of a hash of all that wards may read
there, so that a change under the same number is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from vanban.errors import Problem
from vanban.io.read import opened
from vanban.io.walk import walk
from vanban.workspace.files import AGENCY, COMMON, SAMPLES, TEMPLATES, Shared, row_of
from vanban.workspace.folder import original_of
from vanban.workspace.models.sharing import NUMBER, NUMBER_KEY, PIN_KEY
from vanban.workspace.shared_folder import (
    is_shared_folder,
    said_in,
    shared_folder,
    wrong_with,
)
from vanban.workspace.stray_files import is_ignored

if TYPE_CHECKING:
    from vanban.workspace.models.entry import Entry

SHOWN = 8
"""Digits of the hash in a name: of a thousand sets two alike by chance are one in nine thousand."""
NONE = "không dùng chung"
MOST = 10
"""Wards of a version that are named."""
_NUMBERED = re.compile(rb"^(%s:).*" % NUMBER_KEY.encode(), re.MULTILINE)
_TEXTS = frozenset({".yaml", ".md"})


class SharedVersion(Struct, frozen=True):
    """The state of a shared folder: the number that it bears ("" for none), the hash (hex)."""

    number: str
    digest: str

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.number, self.digest[:SHOWN])))

    def is_meant_by(self, pin: str) -> bool:
        """Say whether ``pin``, a number or a whole name, names this version."""
        return pin in (self.number, self.name)


def shared_version(content: Path) -> SharedVersion | None:
    """Return the version of what ``content`` shares; None for nothing that can be used."""
    folder = shared_folder(content)
    if folder is None or wrong_with(folder, content) is not None:
        return None
    return version_of_set(folder)


def version_name(content: Path) -> str:
    """Return the name of the version that ``content`` is on, "" where it shares nothing."""
    version = shared_version(content)
    return version.name if version is not None else ""


def version_of_set(folder: Path) -> SharedVersion:
    """Return the version that a shared folder is in."""
    number = said_in(folder / COMMON.name, NUMBER_KEY) or ""
    digest = sha256()
    for path in files_of_set(folder):
        digest.update(f"{path.as_posix()}\n".encode("utf-8", "surrogateescape"))
        digest.update(_hash_of(folder / path))
    return SharedVersion(str(number) if re.fullmatch(NUMBER, number) else "", digest.hexdigest())


def wrong_pins(entries: Iterable[Entry | None], version: SharedVersion | None) -> Iterator[Problem]:
    """Yield a problem where a ward names another version than the one that it shares.

    ``version`` is None where it shares nothing.
    """
    from vanban.workspace.models.agency import Agency

    for entry in entries:
        pin = entry.pinned if isinstance(entry, Agency) else None
        if entry is None or pin is None or (version is not None and version.is_meant_by(pin)):
            continue
        message = "đơn vị không ghi dung_chung nên không có bộ nào — xóa dòng này"
        if version is not None:
            message = (
                f"bộ dùng chung nay là {version.name}, không phải {pin} — xem bộ đã đổi gì (người "
                f"phụ trách bộ cho biết), dùng được thì ghi {version.number or version.name} ở đây"
            )
        yield entry.problem(message, "pinned")


def shared_line(content: Path) -> str | None:
    """Return the line that tells which version ``content`` is on, None where it shares nothing.

    Of a shared folder itself that of the wards that read it.
    """
    folder = content if is_shared_folder(content) else shared_folder(content)
    if folder is None or (folder != content and wrong_with(folder, content) is not None):
        return None
    version, pin = version_of_set(folder), said_in(content / AGENCY.name, PIN_KEY)
    line = f"Bộ dùng chung: phiên bản {version.name} ({folder})"
    if not version.number:
        line += f", chưa có số — người phụ trách bộ ghi {NUMBER_KEY} trong {COMMON.name}"
    if pin is not None and not version.is_meant_by(pin):
        line += f"; đơn vị ghi {PIN_KEY}: {pin}, là phiên bản khác"
    return line


def is_read(content: Path, path: Path) -> bool:
    """Say whether a file of the shared folder, relative to it, tells in what ``content`` makes.

    Not where the ward has its own, nor samples, which are only to begin from.
    """
    if path.parts[0] == TEMPLATES:
        return not (content.absolute().parent / TEMPLATES).is_dir()
    row = row_of(path)
    overridden = row is not None and row.shared is Shared.INSTEAD and (content / path).exists()
    return not overridden and path.parts[0] != SAMPLES


def without_number(path: Path, data: bytes) -> bytes:
    """Return a file of the shared folder, relative to it, without the number of its version."""
    return _NUMBERED.sub(rb"\1", data) if path == Path(COMMON.name) else data


def pinned_version(content: Path) -> str:
    """Return the name of the version, which matters where ``content`` names the one it means."""
    return version_name(content) if said_in(content / AGENCY.name, PIN_KEY) else ""


def files_of_set(folder: Path) -> Iterator[Path]:
    """Yield the files below a shared folder that wards may read, relative to it, by name."""
    for parent, below, names in walk(folder):
        below[:] = sorted(name for name in below if not is_ignored(name))
        for name in sorted(names):
            path = Path(parent, name).relative_to(folder)
            if not is_ignored(name) and _is_for_wards(path) and not original_of(folder / path):
                yield path


def _is_for_wards(path: Path) -> bool:
    row = row_of(path)
    of_row = row is not None and row.shared is not Shared.NEVER
    return of_row or (path.parts[0] in (SAMPLES, TEMPLATES) and len(path.parts) > 1)


def _hash_of(path: Path) -> bytes:
    """Return the hash of a file; of one that just went away that of nothing."""
    try:
        state = path.stat()
        return _hash(path, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    except OSError:
        return b""


@lru_cache(maxsize=1000)
def _hash(path: Path, *state: int) -> bytes:
    """Return the hash of a file in this ``state``; the ends of lines of any system are the same."""
    with opened(path) as file:
        data = file.read()
    return sha256(data.replace(b"\r\n", b"\n") if path.suffix in _TEXTS else data).digest()


def apart(versions: Mapping[str, str]) -> Iterator[str]:
    """Yield lines that tell wards on different versions apart; none where all are on one.

    ``versions`` are their names by ward, "" where a ward shares nothing.
    """
    wards: dict[str, list[str]] = {}
    for ward, version in versions.items():
        wards.setdefault(version, []).append(ward)
    if len(wards) < 2:
        return
    yield "Các đơn vị không cùng một phiên bản bộ dùng chung:"
    numbers = [_number(version) for version in wards if version]
    for version, those in sorted(wards.items(), key=lambda each: (-len(each[1]), each[0])):
        number = _number(version)
        same = numbers.count(number) > 1 and version
        told = f"; cùng số {number} nhưng nội dung khác" if same and number else ""
        yield f"  {version or NONE}: {len(those)} đơn vị ({_named(those)}){told}"


def _number(version: str) -> str:
    return version.rpartition("-")[0]


def _named(wards: Iterable[str]) -> str:
    names = sorted(wards)
    more = f" và {len(names) - MOST} đơn vị nữa" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
