"""Files that were sent up: kept in a folder of the desk until they are used, or the desk ends."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_hex

from msgspec import Struct, field
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vanban.errors import UsageError
from vanban.io.reasons import not_written
from vanban.io.scratch import new_folder

ADDRESS = "/tai-len"
"""Where files are sent, one a request, the name in the query."""
MAX_FILE = 500_000_000
"""Bytes of a file: what evidence may have. Whoever uses one has a bound of his own."""
MAX_ALL = 2_000_000_000
"""Bytes of all files that are kept; beyond, the oldest go."""
MOST = 500
"""Files that are kept."""
LONGEST = 200
"""Bytes of a name; file systems take 255."""
UNREADABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def plain_name(name: str) -> str:
    """Return the name of a file without folders; raises UsageError for none, or a hidden one."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).strip()
    if not last or last.startswith(".") or len(last.encode(errors="replace")) > LONGEST:
        raise UsageError("tên tệp trống, quá dài hoặc bắt đầu bằng dấu chấm — đổi tên tệp")
    if any(unicodedata.category(sign) in UNREADABLE for sign in last):
        raise UsageError("tên tệp có ký tự không in được — đổi tên tệp")
    return last


class Uploads(Struct):
    """The files by their ids, oldest first; each has a folder of its own, so it keeps its name."""

    folder: Path = field(default_factory=new_folder)
    _sizes: dict[str, int] = field(default_factory=dict)

    @property
    def routes(self) -> list[Route]:
        return [Route(ADDRESS, self.send, methods=["POST"])]

    async def send(self, request: Request) -> Response:
        name = plain_name(request.query_params.get("ten", ""))
        made = await self.keep(name, request.stream())
        return JSONResponse({"id": made, "name": name, "size": self._sizes[made]})

    async def keep(self, name: str, parts: AsyncIterator[bytes]) -> str:
        """Write a file, all or none; return its id. Raises UsageError, MachineError."""
        made, size = token_hex(16), 0
        path = self.folder / made / name
        try:
            path.parent.mkdir()
            with path.open("xb") as file:
                async for part in parts:
                    size += len(part)
                    if size > MAX_FILE:
                        raise UsageError(f"{name}: lớn hơn {MAX_FILE // 1_000_000} MB")
                    file.write(part)
            if not size:
                raise UsageError(f"{name}: tệp trống")
        except OSError as error:
            self.drop(made)
            raise not_written(Path(name), error) from error
        except (UsageError, ClientDisconnect):
            self.drop(made)
            raise
        self._sizes[made] = size
        while len(self._sizes) > MOST or sum(self._sizes.values()) > MAX_ALL:
            self.drop(next(iter(self._sizes)))
        return made

    def path(self, known: object) -> Path:
        """Return where a file is; raises UsageError where it is no longer kept."""
        if not isinstance(known, str) or known not in self._sizes:
            raise UsageError("tệp đã gửi không còn ở bàn làm việc — chọn lại tệp")
        return next((self.folder / known).iterdir())

    def drop(self, known: str) -> None:
        """Forget a file that was used; nothing where ``known`` is no id of one."""
        self._sizes.pop(known, None)
        if re.fullmatch(r"[0-9a-f]{32}", known):  # nothing else leads to a folder
            shutil.rmtree(self.folder / known, ignore_errors=True)

    def named(self, line: str) -> str:
        """Return a message with the files by their names alone."""
        return re.sub(rf"{re.escape(str(self.folder))}/[0-9a-f]{{32}}/", "", line)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
