"""Checked Word files → copies with the findings as comments, the certain ones mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from vanban.checks.word_report import WordReport
from vanban.errors import UsageError
from vanban.io.swap import write_files
from vanban.provenance import Revision

MENDED = "-da-sua"
"""What the name of a copy ends with that stands beside its file."""


class Annotated(Struct, frozen=True):
    """A copy that was written, and how many places it mends."""

    path: Path
    mended: int


def places_of_copies(files: Iterable[Path], to: Path | None) -> dict[Path, Path]:
    """Return where the copy of each Word file goes: ``to`` is a file, a folder, None beside it.

    Raises UsageError where two would have one name, or one is there already.
    """
    files = tuple(files)
    if to is not None and to.suffix.lower() == ".docx":
        if len(files) != 1:
            raise UsageError("--docx là một tệp thì chỉ soát một tệp Word — ghi tên thư mục")
        places = {files[0]: to}
    elif to is not None:
        places = {file: to / file.name for file in files}
    else:
        places = {file: file.with_name(f"{file.stem}{MENDED}{file.suffix}") for file in files}
    taken: set[Path] = set()
    for file, place in places.items():
        if place.absolute() in taken:
            raise UsageError(f"hai tệp cùng tên {file.name} — soát từng tệp, mỗi tệp một thư mục")
        if place.exists():
            raise UsageError(
                f"đã có {place} — xóa hoặc chuyển tệp ấy đi, hoặc ghi chỗ khác: --docx"
            )
        taken.add(place.absolute())
    return places


def annotate(
    reports: Iterable[WordReport],
    places: dict[Path, Path],
    revision: Revision,
    *,
    comments: bool,
    fixes: bool,
) -> Iterator[Annotated]:
    """Write the copies of the Word files whose reports keep what was read; yield each."""
    from vanban.exchange.annotated import annotated

    for report in reports:
        if report.read is None:
            continue
        copy, mended = annotated(report.read, report, revision, comments=comments, fixes=fixes)
        if comments or mended:
            write_files([(places[report.file], copy)])
            yield Annotated(places[report.file], mended)
