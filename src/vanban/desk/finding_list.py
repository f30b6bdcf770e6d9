"""Findings as they are listed: the verdict first, then by severity, with the words on the page."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.preview import Word
from vanban.app.year_review import YearReview
from vanban.checks.finding import Finding, Severity, Span
from vanban.checks.output import NAMES
from vanban.checks.state import State
from vanban.compose.composed import Gap
from vanban.desk.places import Where, where
from vanban.desk.reviews import key_of
from vanban.desk.unwritten import Unwritten
from vanban.desk.words import cell_of
from vanban.errors import Place, Problem
from vanban.exchange.word_diff import Piece, diff_words
from vanban.workspace.models.house_rules import Excuse

MISSING = "Còn thiếu"
ACCEPTED = "Đã chấp nhận"
AT_SHEET = "Nhập ở bảng số liệu"
INSTRUCTION = "noi-dung/loi-huong-dan"
"""The rule that finds what is still an instruction: it is written, and nothing to accept."""
FEW = 2
"""Figures of one sheet that are told one by one; more are told together."""


class Verdict(Struct, frozen=True):
    """Whether a document may be signed, and why not, a line each; or what keeps it from that."""

    id: str
    name: str
    ready: bool
    state: str
    reasons: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Target(Struct, frozen=True):
    """Words on the page: the numbers of the places that they may be printed from, the letters."""

    words: tuple[int, ...]
    start: int
    end: int


class Remark(Struct, frozen=True):
    """A finding, or data that is missing (without ``key`` and ``rule``), as it is told.

    ``cells`` are where figures are typed that are not there yet, each by what it is called.

    ``spots`` say where, ``targets`` where on the page that is open; ``documents`` are id and name
    of those that print it. ``certain`` ones the program can mend. What is still to be ``written``
    opens its field.
    """

    message: str
    suggestion: str = ""
    key: str = ""
    rule: str = ""
    clause: str = ""
    excerpt: str = ""
    reason: str = ""
    spots: tuple[Where, ...] = ()
    targets: tuple[Target, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    certain: bool = False
    written: Unwritten | None = None
    cells: tuple[Where, ...] = ()

    @property
    def count(self) -> int:
        """How many findings, or data, it tells of."""
        return max(1, len(self.cells))

    @property
    def can_be_accepted(self) -> bool:
        return bool(self.key) and self.rule != INSTRUCTION


class Group(Struct, frozen=True):
    """Remarks of one weight; ``open`` ones stand against signing or should be looked at."""

    name: str
    remarks: tuple[Remark, ...]
    open: bool

    @property
    def count(self) -> int:
        return sum(each.count for each in self.remarks)


class FindingList(Struct, frozen=True):
    """All that is told of one document (``document``), or of the year (""), and who may sign."""

    document: str
    verdicts: tuple[Verdict, ...]
    groups: tuple[Group, ...]
    unused: tuple[tuple[str, str, str], ...]
    """Entries of the accepted that excuse nothing any more: key, rule and place."""
    notes: tuple[str, ...]

    @property
    def certain(self) -> int:
        return sum(each.certain for group in self.groups for each in group.remarks)


def list_of(
    review: YearReview,
    names: Mapping[str, str],
    content: Path,
    document: str,
    words: Iterable[Word],
    to_write: Mapping[Place, Unwritten],
) -> FindingList:
    """Return the list of one document, whose ``words`` are on the page, or of the year.

    ``to_write`` is told by what it is called, not by its keys.
    """
    ids = (document,) if document else (*review.states, *review.problems)
    findings = review.of(document) if document else review.findings
    numbers = _numbers(words)

    def remark(finding: Finding) -> Remark:
        return _to_write(_remark(finding, names, content, numbers), finding, to_write)

    still = [each for each in findings if not each.excused]
    by_severity = {
        severity: _folded(remark(each) for each in still if each.severity is severity)
        for severity in Severity
    }
    gaps = _folded(
        _gap(each, gap, names, content, numbers, to_write)
        for each in ids
        for gap in review.gaps(each)
    )
    accepted = tuple(remark(each) for each in findings if each.excused)
    groups = (
        Group(NAMES[Severity.ERROR].capitalize(), by_severity[Severity.ERROR], True),
        Group(MISSING, gaps, True),
        Group(NAMES[Severity.WARNING].capitalize(), by_severity[Severity.WARNING], True),
        Group(NAMES[Severity.INFO].capitalize(), by_severity[Severity.INFO], False),
        Group(ACCEPTED, accepted, False),
    )
    return FindingList(
        document,
        tuple(_verdict(each, names, review) for each in ids),
        tuple(group for group in groups if group.remarks),
        () if document else tuple(map(_unused, review.unused)),
        tuple(
            f"Không đánh giá được {', '.join(rules)}: {reason}"
            for reason, rules in review.not_evaluated.items()
        ),
    )


def _unused(excuse: Excuse) -> tuple[str, str, str]:
    words = f" “{' '.join(excuse.words.split())}”" if excuse.words is not None else ""
    return unused_key(excuse), f"{excuse.rule}{words}", str(excuse.at("rule"))


def unused_key(excuse: Excuse) -> str:
    """Return by what an entry of the accepted is called while it stands where it is."""
    return f"muc-{excuse.at('rule').line}-{excuse.rule}"


def _verdict(document: str, names: Mapping[str, str], review: YearReview) -> Verdict:
    name = names.get(document, document)
    if document in review.problems:
        state, problems = "nội dung có lỗi nên chưa dựng được", review.problems[document]
        return Verdict(document, name, False, state, problems=problems)
    found = review.states.get(document, State())
    return Verdict(document, name, found.ready, found.name, found.reasons)


def _remark(
    finding: Finding,
    names: Mapping[str, str],
    content: Path,
    numbers: Mapping[Place, tuple[int, ...]],
) -> Remark:
    return Remark(
        _sentence(finding.message),
        finding.suggestion,
        key_of(finding),
        finding.rule,
        finding.clause,
        " ".join(finding.spot.excerpt.split()),
        finding.excused,
        tuple(dict.fromkeys(where(spot.place, content) for spot in finding.spots)),
        tuple(_targets((spot.span for spot in finding.spots), numbers)),
        tuple((each, names.get(each, each)) for each in sorted(finding.documents)),
        any(spot.edits for spot in finding.spots) and not finding.excused,
    )


def _to_write(remark: Remark, finding: Finding, to_write: Mapping[Place, Unwritten]) -> Remark:
    """Return the remark as it is told of a value that is still an instruction."""
    written = to_write.get(finding.spot.place) if finding.rule == INSTRUCTION else None
    if written is None:
        return remark
    told = replace(remark, message=written.message, suggestion=written.suggestion)
    if written.sheet:
        cells = (Where(written.name, written.sheet),)
        return replace(told, spots=(Where(AT_SHEET, written.sheet),), cells=cells)
    return replace(told, written=None if written.is_group else written)


def _gap(
    document: str,
    gap: Gap,
    names: Mapping[str, str],
    content: Path,
    numbers: Mapping[Place, tuple[int, ...]],
    to_write: Mapping[Place, Unwritten],
) -> Remark:
    places = (gap.place,) if gap.place is not None else ()
    written = next((to_write[place] for place in places if place in to_write), None)
    sheet = written.sheet if written is not None else _sheet(gap, content)
    return Remark(
        written.message if written is not None else _sentence(gap.text),
        spots=(Where(AT_SHEET, sheet),) if sheet else tuple(where(at, content) for at in places),
        targets=() if sheet else tuple(_targets(map(Span, places), numbers)),
        documents=((document, names.get(document, document)),),
        cells=(Where(written.name if written is not None else gap.name, sheet),) if sheet else (),
    )


def _sheet(gap: Gap, content: Path) -> str:
    """Return the address of the cell that a figure is typed into, "" of what is no figure."""
    if gap.place is None or not gap.place.file.is_relative_to(content):
        return ""
    period, name = cell_of(gap.place.file.relative_to(content), tuple(gap.key.split(".")))
    return f"/so-lieu/{period}#o-{name}" if name else ""


def lacking(
    document: str, gaps: Iterable[Gap], content: Path, to_write: Mapping[Place, Unwritten]
) -> tuple[Remark, ...]:
    """Return what a document lacks, as its list tells it."""
    return _folded(_gap(document, gap, {}, content, {}, to_write) for gap in gaps)


def _folded(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks, with many figures of one sheet as one, in the place of the first."""
    by_sheet: dict[object, list[Remark]] = {}
    for number, each in enumerate(remarks):
        sheet = each.cells[0].address.partition("#")[0] if each.cells else number
        by_sheet.setdefault((sheet, each.documents), []).append(each)
    return tuple(
        told
        for alike in by_sheet.values()
        for told in (alike if len(alike) <= FEW else (_together(alike),))
    )


def _together(alike: Iterable[Remark]) -> Remark:
    """Return one remark of figures that are typed into one sheet."""
    first, *others = alike
    cells = (*first.cells, *(cell for each in others for cell in each.cells))
    return Remark(
        f"Chưa nhập số liệu: {len(cells)} chỉ tiêu",
        excerpt=first.excerpt if all(each.excerpt == first.excerpt for each in others) else "",
        spots=first.spots,
        documents=first.documents,
        cells=cells,
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _numbers(words: Iterable[Word]) -> dict[Place, tuple[int, ...]]:
    """Return by which numbers the words of each value are called."""
    found: dict[Place, tuple[int, ...]] = {}
    for number, word in enumerate(words):
        for spot in word.spots:
            found[spot.place] = (*found.get(spot.place, ()), number)
    return found


def _targets(
    spans: Iterable[Span | None], numbers: Mapping[Place, tuple[int, ...]]
) -> Iterator[Target]:
    for span in spans:
        if span is not None and span.place in numbers:
            yield Target(numbers[span.place], span.start, span.end)


class ChangedLine(Struct, frozen=True):
    """A line of a file before and after, in pieces."""

    place: str
    pieces: tuple[Piece, ...]


def changed_lines(
    files: Mapping[Path, tuple[bytes, bytes]], content: Path
) -> Iterator[ChangedLine]:
    """Yield what differs, line by line; a mending adds no line and takes none away."""
    for path, (before, after) in files.items():
        old, new = before.decode().splitlines(), after.decode().splitlines()
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "equal":
                continue
            pieces = diff_words("\n".join(old[start:end]), "\n".join(new[first:last]))
            yield ChangedLine(where(Place(path, start + 1), content).words, pieces)
