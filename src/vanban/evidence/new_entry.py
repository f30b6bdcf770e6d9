"""The entry that ``vanban evidence add`` writes: what the user said, what page 1 says, the file.

In: the request and the file's facts. Out: keys and values in the order of the model, each read by
the model itself, so that a mistyped option is told before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from vanban.errors import ContentError, Place, UsageError
from vanban.evidence.file_kinds import FileKind
from vanban.evidence.first_page import Line, first_page_lines
from vanban.evidence.office import Copy
from vanban.evidence.page_against import compare, issue_options
from vanban.evidence.suggest import Suggestion, suggest
from vanban.evidence.usable import is_legacy, usable
from vanban.invocation import command_here
from vanban.nd30.dates import short_date
from vanban.workspace import source
from vanban.workspace.models.allowed_characters import find_legacy
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.validate import validate
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_write import Value

OPTIONS = {
    "loai": "--type",
    "so_ky_hieu": "--number",
    "ngay": "--date",
    "co_quan": "--issuer",
    "trich_yeu": "--abstract",
    "muc": "--section",
    "trang": "--pages",
    "van_ban": "--document",
    "dung_cho": "--also-for",
    "ghi_chu": "--note",
}
"""YAML key → the option that gives it; values as typed, read by the same models as the YAML."""
SUGGESTED = ("loai", "so_ky_hieu", "ngay", "co_quan", "trich_yeu")


class Request(Struct, frozen=True):
    """What the user asks for; ``typed`` are options by YAML key, as typed, without empty ones.

    Without a ``criterion`` it is the first that the document of ``van_ban`` names. With ``unread``
    page 1 is not compared with that document; without ``guess`` nothing is taken from it.
    """

    file: Path
    criterion: str = ""
    typed: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    signed: bool = False
    in_force: bool = False
    unread: bool = False
    guess: bool = True


class Mistyped(UsageError):
    """A value that the register does not take; ``key`` is its YAML key, ``reason`` why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{OPTIONS.get(key, key)}: {reason}")
        self.key, self.reason = key, reason


Values = dict[str, str | tuple[str, ...]]


def describe(
    request: Request, copy: Copy, workspace: Workspace
) -> tuple[Values, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the values of the entry, which of them are guesses, and notes."""
    values: Values = dict(request.typed)
    lines = first_page_of(copy)
    document = str(values.get("van_ban", ""))
    notes = [*notes_on_copy(document, lines, copy, workspace, unread=request.unread)]
    if document:
        return values, (), tuple(notes)
    guesses, left_out = guesses_of(lines, workspace) if request.guess else ({}, [])
    number = str(values.get("so_ky_hieu", guesses.get("so_ky_hieu", "")))
    day = str(values.get("ngay", guesses.get("ngay", "")))
    cited = _cited(number, day, guesses.get("trich_yeu", ""), workspace)
    if cited is not None and not any(name in values for name in ("loai", "trich_yeu", "co_quan")):
        values = {name: value for name, value in values.items() if name not in SUGGESTED}
        notes.append(
            f"văn bản {number} đã có trong sổ với mã {cited.id}: dẫn đến đó, không khai lại"
        )
        return {**values, "van_ban": cited.id}, (), tuple(notes)
    guessed = tuple((name, guesses[name]) for name in SUGGESTED if name in guesses.keys() - values)
    notes += [note for name, note in left_out if name not in values]
    values = {**dict(guessed), **values}
    if "loai" not in values:
        values["loai"] = "Ảnh" if copy.facts.kind.is_picture else "Tài liệu"
        notes.append(f"chưa rõ tên loại, ghi tạm “{values['loai']}” — sửa khóa loai")
    if "trich_yeu" not in values:
        words = usable(re.sub(r"[_-]+", " ", request.file.stem))
        values["trich_yeu"] = words or "chưa có trích yếu"
        notes.append("chưa rõ trích yếu, lấy tạm tên tệp — sửa khóa trich_yeu")
    return values, guessed, tuple(dict.fromkeys(notes))


def first_page_of(copy: Copy) -> tuple[Line, ...]:
    """Return the lines of page 1 of what is kept of a file; none of a picture."""
    return first_page_lines(copy.data) if copy.facts.kind is FileKind.PDF else ()


def notes_on_copy(
    document: str, lines: Sequence[Line], copy: Copy, workspace: Workspace, *, unread: bool
) -> tuple[str, ...]:
    """Return what to look at in a file of these ``lines``, by itself and as a copy of a document.

    Raises UsageError where there is no such ``document`` ("": none is named), ContentError where
    page 1 contradicts it.
    """
    draft = (DRAFT,) if any(_DRAFT.match(line.text) for line in lines) else ()
    if not document:
        return draft
    check_document(document, workspace)
    return (*draft, *(() if unread else _compared(document, lines, copy, workspace)))


DRAFT = (
    "tệp mang dòng “DỰ THẢO” hoặc “SỐ LIỆU MẪU”, chưa phải bản ban hành — thay bằng bản đã ký "
    "trước khi lập hồ sơ"
)
_DRAFT = re.compile(r"DỰ THẢO(\s+LẦN\b.*|\s*[-–,;(].*)?$|SỐ LIỆU MẪU\b")
"""A line of its own in capitals, as this program and others print it in the margin."""
LEGACY = (
    "trang 1 dùng bảng mã cũ (TCVN3, VNI) nên không lấy gợi ý từ đó — ghi bằng --type, --issuer, "
    "--abstract"
)


def check_document(name: str, workspace: Workspace) -> None:
    if name not in workspace.documents_by_id:
        near = closest(name, workspace.documents_by_id)
        hint = f"có phải “{near}”?" if near else "xem các mã trong van-ban.yaml"
        raise UsageError(f"--document: không có văn bản “{name}” — {hint}")


def _compared(
    name: str, lines: Sequence[Line], copy: Copy, workspace: Workspace
) -> tuple[str, ...]:
    """Return what to look at in a copy of the document ``name``.

    Raises ContentError at the document's own file where page 1 contradicts it, or where it has no
    number or date yet; UsageError where another register holds the document.
    """
    issue = workspace.own_issues.get(name)
    if issue is not None and (issue.number is None or issue.date is None):
        command = command_here("issue", name, options=issue_options(lines))
        lacking = "number" if issue.number is None else "date"
        message = f"chưa ghi số, ngày nên chưa đính kèm được bản ký — {command}"
        raise ContentError([issue.problem(message, lacking)])
    document = workspace.documents_by_id[name]
    found = compare(lines, document)
    if found.contradictions:
        message = f"{'; '.join(found.contradictions)} — chọn đúng tệp hoặc sửa ở đây; {UNREAD}"
        raise ContentError([(issue or document).problem(message, "date")])
    unsigned = issue is not None and bool(lines) and not copy.facts.signed
    return (*found.notes, *((NOT_SIGNED,) if unsigned else ()))


UNREAD = "nếu máy đọc sai chữ của trang 1 thì thêm --unread"
NOT_SIGNED = "tệp không có chữ ký số — đính kèm bản đã ký số, hoặc bản quét đã ký và đóng dấu"


def guesses_of(
    lines: Sequence[Line], workspace: Workspace
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return what page 1 says as it can be registered, and of what is left out: key and note."""
    known = {document.issuer for document in workspace.all_documents if document.issuer}
    found = _as_typed(suggest(lines, {*known, workspace.agency.short_name}))
    guesses: dict[str, str] = {}
    left_out = []
    legacy = is_legacy(lines)
    for name, value in found.items():
        mended = None if legacy and name in WORDS else usable(value)
        if mended is not None and _can_be_registered(name, mended):
            guesses[name] = mended
        elif legacy or find_legacy(value) is not None:
            left_out.append((name, LEGACY))
        else:
            left_out.append((name, f"gợi ý cho khóa {name} không dùng được nên bỏ qua"))
    return guesses, left_out


WORDS = ("loai", "co_quan", "trich_yeu")


def _can_be_registered(name: str, value: str) -> bool:
    """Say whether the model takes a guess; one that it refuses must not stop the command."""
    usual = {"ma": "1.1.1-01", "loai": "Ảnh", "trich_yeu": "Ảnh", "tep": "a.pdf"}
    try:
        read_entry(list({**usual, name: value}.items()))
    except UsageError:
        return False
    return True


def _as_typed(found: Suggestion) -> dict[str, str]:
    day = short_date(found.date) if found.date is not None else None
    values = (found.type, found.number, day, found.issuer, found.abstract)
    pairs = zip(SUGGESTED, values, strict=True)
    return {name: value for name, value in pairs if value is not None}


def _is_day(text: str, day: date | None) -> bool:
    return day is not None and text in (short_date(day), day.isoformat())


def _cited(number: str, day: str, abstract: str, workspace: Workspace) -> CitedDocument | None:
    """Return the registered document of that number and date.

    One that has no number yet, only its symbol, must also have that abstract.
    """
    for document in workspace.documents_by_id.values():
        if document.number != number or not _is_day(day, document.date):
            continue
        ends = document.abstract.casefold().endswith(abstract.casefold() or "?")
        if document.has_number or ends:
            return document
    return None


# --- the entry --------------------------------------------------------------------------------


def keys_of_file(
    request: Request, copy: Copy, shown: Path, original: Path | None
) -> dict[str, Value | None]:
    """Return what an entry says of its file, which stands at ``shown``; None for keys it lacks."""
    return {
        "tep": shown.as_posix(),
        "tep_goc": original.as_posix() if original is not None else None,
        "so_trang": copy.facts.page_count,
        "sha256": copy.facts.sha256,
        "sha256_goc": copy.original[1].sha256 if copy.original is not None else None,
        "ban_ky_so": (request.signed or copy.facts.signed) or None,
    }


def typed_entry(
    code: str, values: Values, request: Request, copy: Copy, shown: Path, original: Path | None
) -> list[tuple[str, Value]]:
    """Return the keys and values of the entry, in the order of the model."""
    everything: dict[str, Value | None] = {
        "ma": code,
        **values,
        **keys_of_file(request, copy, shown, original),
        "con_hieu_luc": request.in_force or None,
    }
    order = [info.alias or "" for info in Evidence.model_fields.values()]
    return [
        (name, value) for name in order if (value := everything.get(name)) not in (None, (), "")
    ]


def read_entry(entry: list[tuple[str, Value]]) -> Evidence:
    """Read the entry as if it stood in the YAML; mistakes are told under the options' names."""
    place = Place(Path())
    mapping = source.Mapping(place)
    for name, value in entry:
        mapping.key_places[name] = place
        if isinstance(value, tuple):
            mapping[name] = source.Sequence(place)
            mapping[name].extend(source.Scalar(item, place) for item in value)
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            mapping[name] = source.Scalar(text, place)
    evidence, problems = validate(Evidence, mapping, place)
    if evidence is None or problems:
        problem = problems[0]
        key = problem.key.split(".")[0].split("[")[0]
        raise Mistyped(key, problem.message)
    return evidence
