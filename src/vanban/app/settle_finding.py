"""What a person decides of a finding: it is accepted with a reason, taken back, or mended.

In: the content folder and a finding of its review. Out: the content changed, as one change of the
journal. Accepting writes ``chap_nhan`` of soat-loi.yaml, which the check reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vanban.app.check import own_edits, sound_files
from vanban.app.content_file import bytes_at
from vanban.app.load import new_problems
from vanban.checks.excuses import covers
from vanban.checks.finding import Finding
from vanban.checks.fix import fixed_files, without_overlaps
from vanban.errors import ContentError, UsageError
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked, locked_to_write
from vanban.workspace.edit import delete, insert_item
from vanban.workspace.files import REVIEW
from vanban.workspace.folder import refusal, shown_path
from vanban.workspace.models.house_rules import Excuse
from vanban.workspace.yaml_file import parse_yaml

LIST = ("chap_nhan",)
EMPTY = b"chap_nhan: []\n"
"""The file of a ward that has accepted nothing yet."""

Values = Mapping[str, str]
"""An entry of the list: its keys of YAML and what they say."""


def entries_for(finding: Finding, content: Path, everywhere: bool) -> tuple[Values, ...]:
    """Return what accepts a finding, without the reason: its words, in their files or everywhere.

    Words that stand in several places of a file are named once.
    """
    found: list[Values] = []
    for spot in finding.spots:
        words = " ".join(spot.excerpt.split())
        file = "" if everywhere else _named(spot.place.file, content)
        entry = {"quy_tac": finding.rule, "cum_tu": words, "tep": file}
        found.append({key: value for key, value in entry.items() if value})
    return tuple({str(each): each for each in found}.values())


def _named(file: Path, content: Path) -> str:
    """Return the file by its path below the content, else below the folder that holds both."""
    whole, home = file.absolute(), content.absolute()
    for folder in (home, home.parent):
        if whole.is_relative_to(folder):
            return whole.relative_to(folder).as_posix()
    return file.name


def accept(
    content: Path, year: int, finding: Finding, reason: str, everywhere: bool, stamp: Stamp
) -> None:
    """Accept a finding; raises UsageError where there is no reason.

    Raises ContentError where it is accepted already, by a second press or somebody else, or cannot
    be written.
    """
    reason = " ".join(reason.split())
    path = REVIEW.path(content, year)
    if not reason:
        raise UsageError("chưa ghi lý do — ghi vì sao chấp nhận, rồi bấm lại")
    with locked(content):
        before = bytes_at(path) if path.is_file() else None
        data = EMPTY if before is None else before
        accepted = [_without_reason(item) for item in _items(data, path)]
        new = [each for each in entries_for(finding, content, everywhere) if each not in accepted]
        if not new:
            message = "phát hiện này vừa được chấp nhận — xem lại danh sách"
            raise refusal(path, message)
        for entry in new:
            item = {**entry, "ly_do": reason}
            data = insert_item(data, shown_path(path), LIST, item.items())
        problems = new_problems(content, year, {shown_path(path): data})
        if problems:
            raise ContentError(problems)
        write_change(content, [(path, data)], stamp, {path: before})


def excuses_of(finding: Finding, excuses: Iterable[Excuse]) -> tuple[Excuse, ...]:
    """Return the excuses by which an accepted finding is accepted."""
    return tuple(
        each
        for each in excuses
        if each.rule == finding.rule
        and each.reason == finding.excused
        and any(covers(each, spot) for spot in finding.spots)
    )


def withdraw(content: Path, year: int, excuses: Iterable[Excuse], stamp: Stamp) -> None:
    """Take entries off the list; raises ContentError where one stands there no longer."""
    path = REVIEW.path(content, year)
    wanted = [_values(each) for each in excuses]
    with locked(content):
        data = before = bytes_at(path)
        items = _items(data, path)
        found = [number for number, item in enumerate(items) if _plain(item) in wanted]
        if not found:
            message = "mục chấp nhận này không còn — tải lại trang"
            raise refusal(path, message)
        for number in reversed(found):
            data = delete(data, shown_path(path), (*LIST, number))
        write_change(content, [(path, data)], stamp, {path: before})


def _items(data: bytes, path: Path) -> list[object]:
    tree = parse_yaml(data, shown_path(path)).tree
    return list(tree.get(LIST[0], []) or []) if isinstance(tree, dict) else []


def _without_reason(item: object) -> Values:
    return {key: value for key, value in _plain(item).items() if key != "ly_do"}


def _values(each: Excuse) -> Values:
    values = {
        "quy_tac": each.rule,
        "cum_tu": each.words,
        "tep": each.file,
        "ly_do": each.reason,
    }
    return {key: _one_line(value) for key, value in values.items() if value is not None}


def _plain(item: object) -> Values:
    pairs: Iterator[tuple[object, object]] = iter(item.items() if isinstance(item, dict) else ())
    return {str(key): _one_line(str(value)) for key, value in pairs}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def mend_finding(
    content: Path, year: int, finding: Finding, stamp: Stamp | None
) -> dict[Path, tuple[bytes, bytes]]:
    """Mend what of a finding is certain; return the files before and after.

    Without ``stamp`` nothing is written. Raises EditError where its words stand there no longer.
    """
    with locked_to_write(content, stamp):
        edits = without_overlaps(edit for spot in finding.spots for edit in spot.edits)
        files = sound_files(content, year, fixed_files(own_edits(edits, content)))
        if stamp is not None and files:
            read = {path: before for path, (before, _) in files.items()}
            after = [(path, after) for path, (_, after) in files.items()]
            write_change(content, after, stamp, read=read)
    return files
