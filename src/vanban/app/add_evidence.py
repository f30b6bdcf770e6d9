"""``vanban evidence add``: a file joins the register of its year.

In: a file, the sub-criterion, and what the user says of it. Out: the file (and, for office files,
its PDF) under a safe name in ``minh-chung/``, and one more entry at the end of
``minh-chung.yaml``, whose other lines stay as they are. All is made and checked in memory before
the first file is written.
"""

from __future__ import annotations

from os.path import realpath
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.begin import require_criteria
from vanban.app.load import load_content, new_problems
from vanban.errors import ContentError, Place, UsageError, VanbanError
from vanban.evidence.descriptions import criterion_of, described, entries
from vanban.evidence.file_errors import FileError, MissingFile
from vanban.evidence.file_facts import MAX_BYTES, FileFacts, FileKind, read_facts
from vanban.evidence.file_names import file_name
from vanban.evidence.inspection import cites_pages_within, inspect
from vanban.evidence.new_entry import (
    Mistyped,
    Request,
    Values,
    check_document,
    describe,
    read_entry,
    typed_entry,
)
from vanban.evidence.office import Copy, copy_of
from vanban.evidence.place import evidence_folder
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.read import read_file
from vanban.workspace.edit import insert_item
from vanban.workspace.files import CRITERIA, EVIDENCE
from vanban.workspace.folder import Reads, chosen_year, shown_path
from vanban.workspace.models.evidence import Evidence, EvidenceRegister
from vanban.workspace.validate import validate
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import parse_yaml

__all__ = ["Added", "Proposal", "Request", "add_evidence", "next_code", "propose_evidence"]


class Added(Struct, frozen=True):
    """What was done: the new entry, the files written, and what the user should look at.

    ``guessed`` are keys whose values were read from page 1, with those values; ``notes`` are
    sentences in Vietnamese.
    """

    evidence: Evidence
    paths: tuple[Path, ...]
    register: Path
    guessed: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


class Proposal(Struct, frozen=True):
    """What would be registered of a file, for a person to confirm; nothing was written.

    ``values`` are the keys of the entry, ``guessed`` those of them that page 1 gave; ``notes`` are
    sentences in Vietnamese.
    """

    criterion: str
    values: Values
    guessed: tuple[str, ...]
    notes: tuple[str, ...]
    facts: FileFacts


def propose_evidence(content: Path, year: int | None, request: Request) -> Proposal:
    """Say what :func:`add_evidence` would register; raises what that does but for the values."""
    workspace, request, copy = _prepared(content, chosen_year(content, year), request)
    values, guessed, notes = describe(request, copy, workspace)
    keys = tuple(name for name, _ in guessed)
    notes = (*notes, *copy.facts.notes, *copy.notes)
    return Proposal(request.criterion, values, keys, notes, copy.facts)


def add_evidence(content: Path, year: int | None, request: Request, stamp: Stamp) -> Added:
    """Add ``request.file`` to the register of ``year`` (None: the newest), as one change.

    Raises UsageError for what the command line got wrong, ContentError where content has
    mistakes or the file is registered already, a FileError naming the file where it cannot serve.
    """
    chosen = chosen_year(content, year)
    _, request, copy = _prepared(content, chosen, request)
    # Converting takes its time; others may add meanwhile, so all that follows is read anew.
    with locked(content):
        workspace = load_content(content, chosen).require(reads_of(content, chosen))
        refuse_duplicate(hash_of(copy), workspace)
        return _add(content, workspace, request, copy, stamp)


def reads_of(content: Path, year: int) -> Reads:
    """Return what must be sound for the register of ``year`` to be written."""
    return Reads.of(content, year, (CRITERIA, EVIDENCE))


def _prepared(content: Path, year: int, request: Request) -> tuple[Workspace, Request, Copy]:
    """Check what is asked for, and return it with what is to be kept of the file."""
    _check_not_empty(request)
    workspace = load_content(content, year).require(reads_of(content, year))
    request = _with_criterion(_by_its_id(request, workspace), workspace)
    _check_criterion(request.criterion, workspace)
    for code in request.typed.get("dung_cho") or ():
        _check_criterion(code, workspace)
        if code == request.criterion:
            raise UsageError(f"--also-for {code} là chính tiêu chí của tài liệu — bỏ tùy chọn này")
    copy = read_copy(request, workspace)
    return workspace, request, copy


def read_copy(request: Request, workspace: Workspace, but: str = "") -> Copy:
    """Read the file of a request and return what is to be kept of it.

    Raises VanbanError naming the file that cannot serve, ContentError where the register has it
    under a code that is not ``but``.
    """
    try:
        facts = read_facts(request.file)
    except MissingFile as error:  # of the register it would be one to copy to its folder
        raise VanbanError(f"{request.file}: không có tệp này — xem lại đường dẫn") from error
    except FileError as error:
        raise VanbanError(f"{request.file}: {error}") from error
    data = read_file(request.file, MAX_BYTES)
    _check_drawable(data, facts.kind, request.file)
    refuse_duplicate(facts.sha256, workspace, but)
    copy = copy_of(data, facts)
    return replace(copy, notes=(*_notes_on_pictures(copy), *copy.notes))


def hash_of(copy: Copy) -> str:
    """Return the SHA-256 (hex) of the file that was given."""
    return copy.facts.sha256 if copy.original is None else copy.original[1].sha256


def _add(content: Path, workspace: Workspace, request: Request, copy: Copy, stamp: Stamp) -> Added:
    """Write what was prepared; the content folder is locked."""
    code = next_code(request.criterion, entries(workspace))
    values, guessed, notes = describe(request, copy, workspace)
    typed = typed_entry(code, values, request, copy, Path("x.pdf"), None)
    evidence = read_entry(typed)
    folder = evidence_folder(content, workspace.year)
    shown, original = names_of(evidence, workspace, copy, folder, request.file.stem)
    entry = typed_entry(code, values, request, copy, shown, original)
    register = EVIDENCE.path(content, workspace.year)
    before = register.read_bytes() if register.exists() else None
    text = _stub(workspace) if before is None else before
    text = insert_item(text, shown_path(register), ("tai_lieu",), entry)
    evidence = _reread(text, register)
    problems = new_problems(content, workspace.year, {shown_path(register): text})
    if problems:
        raise ContentError(problems)
    if not cites_pages_within(evidence.pages, copy.facts.page_count):
        raise UsageError(
            f"--pages {evidence.pages}: tệp có {copy.facts.page_count} trang — ghi lại trang"
        )
    files = [(folder / shown, copy.data)]
    if copy.original is not None and original is not None:
        files.append((folder / original, copy.original[0]))
    moved = already_inside(request.file, folder, [path for path, _ in files])
    gone = [(path, None) for path in moved]
    write_change(content, [*files, *gone, (register, text)], stamp, {register: before})
    renamed = (f"{MOVED} {path.name}" for path in moved)
    notes = (*notes, *copy.facts.notes, *copy.notes, *renamed)
    return Added(evidence, tuple(path for path, _ in files), register, guessed, notes)


def _check_drawable(data: bytes, kind: FileKind, file: Path) -> None:
    """Refuse a picture that the dossier could not put on its pages."""
    if kind.is_picture:
        from vanban.dossier.sources import wrap_picture

        try:
            wrap_picture(data, kind)
        except FileError as error:
            raise VanbanError(f"{file}: {error}") from error


def _notes_on_pictures(copy: Copy) -> tuple[str, ...]:
    if copy.facts.kind is not FileKind.PDF:
        return ()
    from vanban.evidence.pdf_pictures import damaged_pictures

    return damaged_pictures(copy.data)


def next_code(criterion: str, existing: tuple[Evidence, ...]) -> str:
    """Return the next code of ``criterion``: one more than its highest number so far."""
    numbers = [
        int(each.code.rpartition("-")[2]) for each in existing if criterion_of(each) == criterion
    ]
    return f"{criterion}-{max(numbers, default=0) + 1:02}"


# --- what was asked for -----------------------------------------------------------------------


def _check_not_empty(request: Request) -> None:
    for key, value in request.typed.items():
        for text in (value,) if isinstance(value, str) else value:
            if not text.strip():
                raise Mistyped(key, "chưa có nội dung — ghi vào, hoặc bỏ tùy chọn này")


def _by_its_id(request: Request, workspace: Workspace) -> Request:
    """Return the request with the id that the plan is cited by for "plan", as commands call it."""
    plan = workspace.plan
    if request.typed.get("van_ban") != "plan" or plan is None or plan.id is None:
        return request
    return replace(request, typed={**request.typed, "van_ban": str(plan.id)})


def _with_criterion(request: Request, workspace: Workspace) -> Request:
    """Return the request with the first criterion that its document is to prove, if it has none."""
    if request.criterion:
        return request
    name = str(request.typed.get("van_ban", ""))
    if not name:
        raise UsageError(
            "thiếu --criterion — ghi tiêu chí thành phần, ví dụ --criterion 1.1.1; hoặc --document "
            "với mã của văn bản có khóa minh_chung_cho"
        )
    check_document(name, workspace)
    issue = workspace.own_issues.get(name)
    if issue is None or not issue.evidence_for:
        where = f" hoặc ghi minh_chung_cho ở {issue.at().file}" if issue is not None else ""
        raise UsageError(f"chưa rõ {name} chứng minh tiêu chí nào — thêm --criterion{where}")
    attached = [each for each in entries(workspace) if each.document == name]
    if attached:
        first = attached[0]
        message = (
            f"văn bản {name} đã đính kèm với mã {first.code} ({first.file}) — không thêm lần nữa"
        )
        raise ContentError([first.problem(message, "document")])
    return replace(request, criterion=str(issue.evidence_for[0]))


def _check_criterion(code: str, workspace: Workspace) -> None:
    require_criteria(workspace)
    if code not in workspace.sub_criteria:
        near = closest(code, workspace.sub_criteria)
        hint = f"có phải “{near}”?" if near else "viết mã ba số như 1.1.1, xem tieu-chi.yaml"
        raise UsageError(f"không có tiêu chí thành phần “{code}” — {hint}")


def refuse_duplicate(sha256: str, workspace: Workspace, but: str = "") -> None:
    """Refuse a file that the register has, by what is on the disk or by what was registered.

    Of the entry ``but``, which is given another file, only what was registered counts.
    """
    for each in inspect(workspace).values():
        registered = (each.evidence.sha256, each.evidence.sha256_original)
        there = (each.facts, each.original) if each.evidence.code != but else ()
        found = (facts.sha256 for facts in there if facts is not None)
        if sha256 in (*registered, *found):
            code = each.evidence.code
            raise ContentError(
                [
                    each.evidence.problem(
                        f"tệp này đã đăng ký với mã {code} ({each.evidence.file}) — không thêm lần "
                        f"nữa; ghi mã tiêu chí vào dung_cho của {code}",
                        "code",
                    )
                ]
            )


# --- names of files --------------------------------------------------------------------------


def names_of(
    evidence: Evidence, workspace: Workspace, copy: Copy, folder: Path, stem: str
) -> tuple[Path, Path | None]:
    """Return the names of file and original, free in ``folder``."""
    facts = described(evidence, workspace)
    stem = file_name(evidence.code, facts.type, facts.number or None, facts.date, stem, "")
    suffixes = [copy.facts.kind.value]
    if copy.original is not None:
        suffixes.append(copy.original[1].kind.value)
    first, count = stem, 1
    while any((folder / f"{stem}{suffix}").exists() for suffix in suffixes):
        count += 1
        stem = f"{first}-{count}"
    names = [Path(f"{stem}{suffix}") for suffix in suffixes]
    return names[0], names[1] if len(names) > 1 else None


MOVED = "tệp đã nằm sẵn trong thư mục minh chứng: đổi tên từ"


def already_inside(source: Path, folder: Path, kept: list[Path]) -> tuple[Path, ...]:
    """Return the file that already lies in the folder and is to stand there under a new name."""
    real, root = Path(realpath(source.parent), source.name), realpath(folder)
    inside = real.is_relative_to(root) and str(real) not in map(realpath, kept)
    return (folder / real.relative_to(root),) if inside else ()


# --- the register -----------------------------------------------------------------------------

STUB = """\
# yaml-language-server: $schema=../.schema/minh-chung.schema.json
# Sổ tài liệu kiểm chứng của năm; thêm tài liệu bằng lệnh vanban evidence add.

# Ghi lại theo danh mục hồ sơ của cơ quan, rồi xóa dòng so_lieu_mau.
ho_so:
  so_lieu_mau: true
  so_ho_so: "01.CCHC"
  tieu_de: Tài liệu kiểm chứng tự đánh giá Chỉ số cải cách hành chính năm {year}
  thoi_han: chưa xác định
  don_vi_lap: {keeper}

tai_lieu: []
"""


def _stub(workspace: Workspace) -> bytes:
    return STUB.format(year=workspace.year, keeper=workspace.agency.units[0].id).encode()


def _reread(text: bytes, register: Path) -> Evidence:
    """Return the new entry, the last of the register; raises ContentError where it is not sound."""
    shown = shown_path(register)
    found, problems = validate(EvidenceRegister, parse_yaml(text, shown).tree, Place(shown, 1, 1))
    if problems or found is None:
        raise ContentError(problems)
    return found.evidence[-1]
