"""Text files as editors save them: Notepad writes a byte order mark, UTF-16, or \\r\\n."""

from __future__ import annotations

from pathlib import Path

from vanban.io.read import read_file

MAX_BYTES = 5_000_000
"""An outline has some thousand letters."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class NotText(ValueError):
    """The bytes of a file are no Unicode text; ``line`` and ``column`` count from 1."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)  # by which it is made again where it was pickled
        self.line, self.column = line, column


def read_text(path: Path) -> str:
    """Return the text of a file of templates, its lines ending with \\n.

    Raises NotText where it is neither UTF-8 nor, with a mark, UTF-16; OSError.
    """
    data = read_file(path, MAX_BYTES)
    mark, encoding = next(
        ((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8")
    )
    body = data.removeprefix(mark)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, errors="replace")
        raise NotText(before.count("\n") + 1, len(before) - before.rfind("\n")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
