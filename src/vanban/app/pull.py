"""``vanban pull``: the edits of a Word file that this program built go back into the content.

In: the file and the content folder. Out: :class:`Pulled`, and with :func:`apply` the changed files
of the content, as one change that ``vanban undo`` takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.catalogue import Kind, find_kind, kinds_in
from vanban.app.content_file import content_bytes
from vanban.app.load import load_content, new_problems
from vanban.checks.form.front_matter import is_letterhead
from vanban.document import Document
from vanban.errors import ContentError, Place, Problem
from vanban.exchange.addresses import addresses
from vanban.exchange.marks import Base, file_mark, read_base, same_text, with_marks, year_in
from vanban.exchange.pull import Act, Comparison, Edit, Verdict, in_order, value_edits
from vanban.exchange.pull_beside import OtherLook, Remark, other_looks, remarks
from vanban.exchange.pull_items import item_edits
from vanban.exchange.pull_unprinted import Unprinted, unprinted
from vanban.exchange.pull_write import written
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.read import read_file
from vanban.io.reasons import reason_of
from vanban.layout.frame import read_frame
from vanban.office import ConversionError, UnreadableOffice, find_soffice, to_docx
from vanban.ooxml.reading import read_custom_parts, read_word_file
from vanban.ooxml.word_file import WordFile
from vanban.workspace.files import OF_A_YEAR, Stands
from vanban.workspace.folder import chosen_year, find_years
from vanban.workspace.versions import refuse_newer
from vanban.workspace.workspace import Workspace

MAX_BYTES = 200_000_000
CONVERTED = (".doc", ".odt")
"""Read by way of LibreOffice, where the machine has it."""
LEAST_KNOWN = 0.3
"""Part of the paragraphs of a document that must be in a file, else it is another document."""


class _Document(Struct, frozen=True):
    """A document of the content, and where it is made from."""

    kind: Kind
    content: Path
    year: int
    templates: Path

    def now(self, drafts: Mapping[Path, bytes] | None = None) -> tuple[Workspace, Document, Base]:
        """Return the content, with ``drafts`` for some of its files, and what is built from it."""
        loaded = load_content(self.content, self.year, drafts or {})
        workspace = loaded.require(self.kind.reads(self.content, self.year))
        document = self.kind.compose(workspace, self.templates).document
        agency = workspace.agency.name
        return workspace, *with_marks(document, self.year, agency, addresses(workspace))


class Applied(Struct, frozen=True):
    """The files that were changed, and where a build would still differ from the file.

    ``differing`` are paragraphs of the file that it would not print, ``extra`` those that it would
    print and the file has not.
    """

    files: tuple[Path, ...]
    differing: tuple[str, ...]
    extra: tuple[str, ...]


class Pulled(Struct, frozen=True):
    """What a file says that the content does not: the document, the edits in order.

    ``applied`` is what those that are simply taken would do; ``compared`` are the content files
    that they hold for, by shown path. ``remarks`` are the comments of
    reviewers, ``looks`` what looks otherwise, ``unprinted`` what a build prints nothing of.
    ``base_lost`` says that the file no longer carries what it was built from.
    """

    file: Path
    document: _Document
    word: WordFile
    edits: tuple[Edit, ...]
    applied: Applied
    compared: Mapping[Path, bytes]
    base_lost: bool
    remarks: tuple[Remark, ...]
    looks: tuple[OtherLook, ...]
    unprinted: tuple[Unprinted, ...]

    def of(self, verdict: Verdict) -> tuple[Edit, ...]:
        return tuple(each for each in self.edits if each.verdict is verdict)


def pull(
    file: Path,
    content: Path,
    templates_of: Callable[[Path], Path],
    document_id: str | None = None,
    year: int | None = None,
) -> Pulled:
    """Return the edits of ``file``; ``document_id`` is needed where its marks are lost.

    Raises ContentError with one line about a file that cannot be used, and where the content has
    mistakes.
    """
    refuse_newer(content)
    word, base = _read(file)
    kind, chosen = _what(file, word, base, content, document_id, year)
    document = _Document(kind, content, chosen, templates_of(content))
    compared = content_bytes(content, chosen)  # before they are loaded
    workspace, printed, now = document.now()
    if base is not None and base.agency != workspace.agency.name:
        raise ContentError.at(
            file, f"tệp của {base.agency}, nội dung này của {workspace.agency.name} — xem lại tệp"
        )
    comparison = Comparison(
        base or now,
        now,
        word,
        {held.path: held.entry.tree for held in workspace.held},
        _own_files(kind, chosen),
    )
    known = len(comparison.matching.pairs)
    if known < LEAST_KNOWN * len(comparison.base.paragraphs):
        raise ContentError.at(
            file,
            f"tệp không giống {kind.id} năm {chosen}: chỉ {known} trong "
            f"{len(comparison.base.paragraphs)} đoạn có ở đó — xem lại tệp, mã văn bản và năm",
        )
    found = in_order((*value_edits(comparison), *item_edits(comparison)))
    edits, applied = _settled(_sound(found, content, chosen), document, word)
    frame = read_frame(document.templates / "frame.docx")
    return Pulled(
        file,
        document,
        word,
        edits,
        applied,
        compared,
        base is None,
        tuple(remarks(comparison)),
        tuple(other_looks(comparison, frame)),
        tuple(unprinted(comparison, printed, read_word_file(frame.data, is_letterhead))),
    )


def _read(file: Path) -> tuple[WordFile, Base | None]:
    try:
        data = read_file(file, MAX_BYTES)
    except OSError as error:
        raise ContentError.at(
            file, f"không đọc được: {reason_of(error)} — xem lại đường dẫn"
        ) from error
    try:
        if file.suffix.lower() in CONVERTED and data.strip() and find_soffice() is not None:
            data = to_docx(data, file.suffix.lower())
        word = read_word_file(data, is_letterhead)
        bases = (read_base(root) for root in read_custom_parts(data))
        return word, next((base for base in bases if base is not None), None)
    except (UnreadableOffice, ConversionError) as error:
        raise ContentError.at(file, str(error)) from error


def _what(
    file: Path,
    word: WordFile,
    base: Base | None,
    content: Path,
    document_id: str | None,
    year: int | None,
) -> tuple[Kind, int]:
    """Return which document of which year a file is."""
    marks = [name for each in word.paragraphs for name in each.bookmarks]
    stated = base.year if base is not None else next(filter(None, map(year_in, marks)), None)
    if stated is not None and year is not None and stated != year:
        raise ContentError.at(file, f"tệp của năm {stated}, không phải năm {year} — bỏ --year")
    chosen = stated or chosen_year(content, year)
    if chosen not in find_years(content):
        raise ContentError.at(
            file, f"tệp của năm {chosen}, nội dung này không có năm ấy — xem lại tệp"
        )
    kinds = {file_mark(chosen, kind.id): kind for kind in kinds_in(content, chosen)}
    if document_id is not None:
        kind = find_kind(document_id, content)
    elif base is not None:
        kinds = {each.id: each for each in kinds.values()}
        found = kinds.get(base.document)
        if found is None:
            raise ContentError.at(
                file, f"tệp là “{base.document}”, năm {chosen} không có văn bản này"
            )
        kind = found
    else:
        known = [kinds[name] for name in marks if name in kinds]
        if not known:
            raise ContentError.at(
                file,
                "tệp không do chương trình này dựng, hoặc dấu ẩn đã mất (chép, dán, gửi qua ứng "
                "dụng nhắn tin), hoặc là phụ lục dựng riêng — nếu là một văn bản của nội dung này "
                "thì ghi thêm mã: --id plan",
            )
        kind = known[0]
    if base is not None and base.document != kind.id:
        raise ContentError.at(file, f"tệp là {base.document}, không phải {kind.id} — bỏ --id")
    return kind, chosen


def _own_files(kind: Kind, year: int) -> tuple[str, ...]:
    """Return the files and folders that are of this document alone, below the content folder."""
    row = kind.source
    own = row.name if row.stands is Stands.FILE else f"{row.name}/{kind.stem}.yaml"
    parts = (each.name for each in OF_A_YEAR if each.part_of is row)
    return tuple(f"{year}/{name}" for name in (own, *parts))


# --- what can be written ----------------------------------------------------------------------


def _settled(
    edits: tuple[Edit, ...], document: _Document, word: WordFile
) -> tuple[tuple[Edit, ...], Applied]:
    """Drop the refused edits that follow from others, and return what the others would do.

    A number that moved because a task came before it is what the next build prints by itself. A new
    item that it would print elsewhere than it stands in the file is not simply taken.
    """
    applied, same = _tried(_taken(edits), document, word)

    def is_elsewhere(edit: Edit) -> bool:
        added = edit.verdict is Verdict.TAKEN and edit.act is Act.ADD and edit.at not in same
        return added and same_text(word.filled[edit.at].text) in applied.extra

    if any(map(is_elsewhere, edits)):
        edits = tuple(
            replace(each, verdict=Verdict.UNSURE, note=ELSEWHERE) if is_elsewhere(each) else each
            for each in edits
        )
        applied, same = _tried(_taken(edits), document, word)

    def follows(edit: Edit) -> bool:
        if edit.verdict is not Verdict.REFUSED or edit.old == edit.new:
            return False
        return edit.at in same if edit.new else edit.old not in applied.extra  # else it is gone

    return tuple(each for each in edits if not follows(each)), applied


ELSEWHERE = "dựng lại thì mục này in ở chỗ khác trong văn bản, không ở chỗ đã thêm"


def _taken(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(each for each in edits if each.verdict is Verdict.TAKEN)


def _tried(
    edits: tuple[Edit, ...], document: _Document, word: WordFile
) -> tuple[Applied, frozenset[int]]:
    """Return what ``edits`` would do, and which paragraphs of the file a build would print then.

    Each at its place: one that stands elsewhere differs, as does the other of two that changed
    places.
    """
    files = written(edits)
    *_, then = document.now({path: after for path, (_, after) in files.items()})
    printed = [same_text(each.text) for each in then.paragraphs]
    there = [same_text(each.text) for each in word.filled]
    blocks = SequenceMatcher(None, there, printed, autojunk=False).get_matching_blocks()
    same = frozenset(at for each in blocks for at in range(each.a, each.a + each.size))
    met = {at for each in blocks for at in range(each.b, each.b + each.size)}
    differing = tuple(text for at, text in enumerate(there) if at not in same)
    extra = tuple(text for at, text in enumerate(printed) if at not in met)
    return Applied(tuple(files), differing, extra), same


def _sound(edits: tuple[Edit, ...], content: Path, year: int) -> tuple[Edit, ...]:
    """Return ``edits``, those refused with which the content would have a new mistake."""

    def problems(chosen: Iterable[Edit]) -> tuple[Problem, ...]:
        try:
            drafts = {path: after for path, (_, after) in written(chosen).items()}
        except ContentError as error:
            return error.problems
        return new_problems(content, year, drafts)

    bad: dict[Edit, str] = {}

    def search(some: tuple[Edit, ...]) -> None:
        """Find by halves which have a mistake by themselves: reading the content takes long."""
        found = problems(some)
        if found and len(some) == 1:
            own = (problem for problem in found if problem.place.file == some[0].place.file)
            bad[some[0]] = next(own, found[0]).message
        elif found:
            half = len(some) // 2
            search(some[:half])
            search(some[half:])

    taken = _taken(edits)
    if not taken or not problems(taken):
        return edits
    search(taken)
    rest = [each for each in taken if each not in bad]
    if rest and (found := problems(rest)):
        bad |= dict.fromkeys(rest, found[0].message)
    return tuple(
        replace(
            each, verdict=Verdict.REFUSED, act=Act.NONE, note=f"nội dung không nhận: {bad[each]}"
        )
        if each in bad
        else each
        for each in edits
    )


def apply(pulled: Pulled, chosen: Iterable[Edit], stamp: Stamp) -> Applied:
    """Write ``chosen`` into the content, all or none.

    Raises ContentError where the content would have a new mistake, or changed meanwhile.
    """
    chosen, document = tuple(chosen), pulled.document
    with locked(document.content):
        _require_unchanged(chosen, pulled.compared)
        files = written(chosen)
        drafts = {path: after for path, (_, after) in files.items()}
        problems = new_problems(document.content, document.year, drafts)
        if problems:
            raise ContentError(problems)
        if drafts:
            read = {path: before for path, (before, _) in files.items()}
            write_change(document.content, drafts.items(), stamp, read)
    if chosen == pulled.of(Verdict.TAKEN):
        return pulled.applied
    return replace(_tried((), document, pulled.word)[0], files=tuple(drafts))


def _require_unchanged(edits: Iterable[Edit], compared: Mapping[Path, bytes]) -> None:
    """Refuse files that are no longer as they were compared: places in them may have moved."""
    changed = [
        Problem(Place(path), "", "tệp vừa đổi trong lúc xem — chạy lại lệnh pull")
        for path in dict.fromkeys(edit.place.file for edit in edits)
        if not path.is_file() or path.read_bytes() != compared.get(path)
    ]
    if changed:
        raise ContentError(changed)
