"""``vanban issue``: number and date that the registry (văn thư) gave a document, into its file."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from vanban.app.catalogue import Kind, find_kind, year_of
from vanban.app.load import load_content, new_problems
from vanban.errors import ContentError, Place, UsageError
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.io.read import read_file
from vanban.workspace.edit import Edit, replace_words, set_value
from vanban.workspace.folder import shown_path
from vanban.workspace.models.plan import Issue
from vanban.workspace.source import Mapping
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import MAX_BYTES, parse_yaml

KEYS = {"so": "số", "ngay": "ngày"}
"""YAML keys that the registry fills in, and what they are called."""


class Issued(Struct, frozen=True):
    """The file that was written, and how the document is known to others.

    ``cited_as`` is the id that other files cite it by, "" where they cannot; ``proves`` are the
    sub-criteria that its signed copy is to be attached for.
    """

    path: Path
    cited_as: str = ""
    proves: tuple[str, ...] = ()


def is_numbered(kind: Kind) -> bool:
    """Say whether a document is given a number; a handout from a report is not, the report is."""
    return issubclass(kind.source.model, Issue) and not kind.on_request


def issue(
    document_id: str, number: str, day: str, content: Path, year: int | None, stamp: Stamp | None
) -> Issued:
    """Write ``number`` ("35") and ``day`` ("20/01/2026") of a document into its content file.

    Without ``stamp`` nothing is written, and what is to be is told.

    Raises UsageError for a document that has no number, ContentError where the file says otherwise
    already, where one of them is no number or date, and where the file has mistakes.
    """
    kind = find_kind(document_id, content)
    if not is_numbered(kind):
        raise UsageError(f"{document_id} không được cấp số — lệnh này dành cho văn bản ban hành")
    chosen = year_of((kind,), content, year, "issue")
    path = kind.needs(content, chosen)[0]
    shown = shown_path(path)
    if not path.is_file():
        message = "chưa có tệp này — tạo văn bản trước khi ghi số"
        raise ContentError.at(shown, message)
    with locked_to_write(content, stamp):
        data = before = read_file(path, MAX_BYTES)
        tree = parse_yaml(data, shown).tree
        typed = tree if isinstance(tree, Mapping) else Mapping(Place(shown))
        for key, value in zip(KEYS, (number, day), strict=True):
            known = typed.get(key)
            if known is None:
                data = _put(data, shown, key, value)
            elif str(known) != value:
                message = f"đã ghi {KEYS[key]} “{known}” — nếu ghi sai thì sửa ở đây"
                raise ContentError.at(typed.key_places[key], message, key)
        drafts = {shown: data}
        problems = new_problems(content, chosen, drafts)
        if problems:
            raise ContentError(problems)
        workspace = load_content(content, chosen, drafts).workspace
        here = [name for name, each in workspace.own_issues.items() if each.at().file == shown]
        for name in here:
            _check_alone(name, workspace)
        if stamp is not None:
            write_change(content, [(path, data)], stamp, {path: before})
    if not here:
        return Issued(path)
    return Issued(path, here[0], tuple(map(str, workspace.own_issues[here[0]].evidence_for)))


def _put(data: bytes, shown: Path, key: str, value: str) -> bytes:
    """Return the file with a new key: in the place of the comment that shows it, or last."""
    lines = re.split(r"\r\n|\r|\n", data.decode("utf-8-sig"))
    shows = re.compile(rf"#\s*{key}: [\d/]+[a-zđ]?")
    for number, line in enumerate(lines, 1):
        if shows.fullmatch(line):
            return replace_words(data, [Edit(shown, number, 1, line, f"{key}: {value}")])
    return set_value(data, shown, (key,), value)


def _check_alone(name: str, workspace: Workspace) -> None:
    """Raise ContentError where another document of the agency has this number in this year."""
    own = workspace.documents_by_id[name]
    for other in workspace.documents_by_id.values():
        if (
            other.own
            and other.id != name
            and other.number == own.number
            and (other.date is not None and own.date is not None)
            and other.date.year == own.date.year
        ):
            message = (
                f"số {own.number} năm {own.date.year} đã cấp cho {other.id} ({other.at('date')}) — "
                "xem lại sổ đăng ký văn bản đi; nếu là cùng một văn bản thì xóa mục ở đó"
            )
            raise ContentError([workspace.own_issues[name].problem(message, "number")])
