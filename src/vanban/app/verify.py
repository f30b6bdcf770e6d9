"""``vanban verify``: what can be said of the signatures of a PDF, and whether it is our build."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct

from vanban.errors import ContentError
from vanban.evidence.file_errors import TooLarge
from vanban.evidence.limited import read_limited
from vanban.exchange.built_files import Built, build_of, descriptions
from vanban.exchange.signatures import (
    MAX_PDF,
    Signed,
    Since,
    load_library,
    read_signatures,
    require_library,
)
from vanban.exchange.trust import Trust, read_trust
from vanban.io.read import read_file
from vanban.io.reasons import reason_of


class Verified(Struct, frozen=True):
    """A PDF that was looked into: its signatures, the build that it begins with, if any.

    ``namesakes`` are builds of the same title that it is not.
    """

    signed: Signed
    build: Built | None
    namesakes: tuple[Built, ...]
    is_whole_build: bool

    @property
    def is_sound(self) -> bool:
        """Say whether it is signed, nothing speaks against that, nor against its build."""
        signatures = self.signed.signatures
        return (
            bool(signatures)
            and all(each.is_sound for each in signatures)
            and not (self.build is None and self.namesakes)
            and not (self.build is not None and self.signed.since_built is Since.CHANGED)
        )


def verify(path: Path, out: Path, trust: Path | None) -> Verified:
    """Look into the PDF at ``path``, which may come from a build in ``out`` or beside it.

    ``trust`` is a file or folder of root certificates. Raises ContentError for what is no PDF to be
    read, MachineError without the library for signatures, UsageError for ``trust``.
    """
    require_library()
    trusted = read_trust(trust) if trust is not None else Trust()
    try:
        data = read_file(path, MAX_PDF)
    except OSError as error:
        message = f"không đọc được: {reason_of(error)}"
        raise ContentError.at(path, message) from error
    import pypdfium2  # noqa: F401 - loaded before a process is copied, as that library is

    load_library()
    try:
        signed, title = read_limited(partial(_looked_into, path, trusted), data)
    except TooLarge as error:
        message = "tệp quá lớn hoặc quá phức tạp để xem chữ ký — lấy lại tệp từ người gửi"
        raise ContentError.at(path, message) from error
    known = tuple(descriptions((path.parent, *sorted(out.glob("*/")))))
    build, end = build_of(data, known)
    others = known if build is None and title else ()
    namesakes = tuple(each for each in others if each.title == title)
    return Verified(signed, build, namesakes, end == len(data))


def _looked_into(path: Path, trust: Trust, data: bytes) -> tuple[Signed, str]:
    """Return the signatures and the title of a PDF of anybody: in a process with limits."""
    return read_signatures(path, data, trust), _title(data)


def _title(data: bytes) -> str:
    """Return the title that a PDF has among its properties, "" for none or no pages."""
    from contextlib import closing

    from pypdfium2 import PdfDocument, PdfiumError

    try:
        opened = PdfDocument(data)
    except PdfiumError:  # what it does not open, the signatures' library may: without a page
        return ""
    with closing(opened):
        return " ".join(opened.get_metadata_value("Title").split())
