"""``vanban new year``: the folder of a year from that of the newest year before.

Plan, areas and criteria are carried over with their ids, dates moved on. Texts that name an old
year become instructions to the writer, which cannot be printed; what is no text of its own (legal
bases, criteria) is told in a comment above it. Answers and the register of evidence begin empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from vanban.app.load import load_content
from vanban.app.new_content import Made, files_in, last_values, text_of, write_new
from vanban.errors import ContentError, Place, UsageError
from vanban.io.journal import Stamp
from vanban.io.lock import holds_files
from vanban.nd30.citations import citations
from vanban.nd30.dates import short_date
from vanban.nd30.numbers import format_number
from vanban.provenance import Keys
from vanban.scoring.scores import score
from vanban.workspace.edit import delete, set_value
from vanban.workspace.files import (
    ANSWERS,
    AREAS,
    CRITERIA,
    EVIDENCE,
    MONITORED,
    PLAN,
    AnyFile,
)
from vanban.workspace.folder import find_years, shown_path, standing
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.evidence import EvidenceRegister
from vanban.workspace.models.plan import Target, Task
from vanban.workspace.source import Mapping, Node, Scalar, Sequence
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import parse_yaml
from vanban.workspace.yaml_write import key_lines

CARRIED = (PLAN, AREAS, CRITERIA, MONITORED)
"""What a year begins with; figures, papers, answers and evidence are those of their own year."""
ISSUED = ("so", "ngay")
"""What the registry gave last year's document."""

_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d+/\d{4}/[A-ZĐ]")
"""A number of a law, 80/2025/NĐ-CP; its year is no time that a plan speaks of."""
REVIEW = f"{MARKER}: xem lại, còn ghi năm cũ — "

ANSWERS_STUB = """\
# yaml-language-server: $schema=../.schema/tu-danh-gia.schema.json
# Tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}; cách ghi xem năm {last}.

kinh_gui: [{addressees}]
can_cu: []
noi_nhan: [{recipients}]
luu: [{units}]
nguoi_ky: {signer}

to_chuc:
  - "HƯỚNG DẪN: nêu việc tổ chức tự đánh giá năm {year}"

tra_loi: {{}}
{points}"""
EVIDENCE_STUB = """\
# yaml-language-server: $schema=../.schema/minh-chung.schema.json
# Sổ tài liệu kiểm chứng của năm {year}; thêm tài liệu bằng lệnh vanban evidence add.

ho_so:
{dossier}

tai_lieu: []
"""


def new_year(year: int, content: Path, stamp: Stamp | None) -> Made:
    """Make the folder of ``year``; without ``stamp`` only what is to be is told.

    Raises UsageError where the year is there already or none before it, ContentError where the
    content of that one has mistakes.
    """
    if not 1900 <= year <= 2999:
        raise UsageError(f"{year}: năm phải có bốn chữ số, ví dụ 2026")
    if holds_files(content / str(year)):
        raise UsageError(f"đã có thư mục {content / str(year)} — không ghi đè")
    last = max((each for each in find_years(content) if each < year), default=None)
    if last is None:
        plan = shown_path(PLAN.path(content, year))
        raise UsageError(f"chưa có năm nào trước {year} để chép — tạo {plan}")
    loaded = load_content(content, last)
    if loaded.problems:
        raise ContentError(loaded.problems)
    workspace = loaded.workspace
    carry = _Carrier(workspace, year)
    files: list[tuple[Path, bytes]] = []
    for row in CARRIED:
        source = row.path(content, last)
        for path in files_in(source) if source.is_dir() else [source] if source.is_file() else []:
            target = content / str(year) / path.relative_to(content / str(last))
            files.append((target, carry.file(row, path, target)))
    stubs = dict(_stubs(workspace, content, year))
    made = write_new(content, [*files, *stubs.items()], stamp)
    begun = ", ".join(path.name for path in stubs)
    said = (*carry.said(), *((f"bắt đầu trống: {begun}",) if begun else ()))
    return Made(made.paths, (f"chép từ năm {last}:", *said), tuple(carry.revise))


def _stubs(workspace: Workspace, content: Path, year: int) -> Iterator[tuple[Path, bytes]]:
    """Yield the empty answers and the empty register of ``year``."""
    answers = workspace.self_assessment
    if answers is not None:
        text = ANSWERS_STUB.format(
            year=year,
            last=workspace.year,
            addressees=", ".join(answers.addressees),
            recipients=", ".join(answers.recipients),
            units=", ".join(answers.filing_units),
            signer=answers.signer,
            points=_last_points(workspace),
        )
        yield ANSWERS.path(content, year), text.encode()
    if workspace.evidence is not None:
        lines = "\n".join(_dossier_lines(workspace.evidence, workspace, year))
        text = EVIDENCE_STUB.format(year=year, dossier=lines)
        yield EVIDENCE.path(content, year), text.encode()


def _last_points(workspace: Workspace) -> str:
    """Return last year's points by field as a comment: what this year is compared with."""
    if workspace.criteria is None:
        return ""
    points = (
        f'{field.field.code}: "{format_number(field.tally.points, 2)}"'
        for field in score(workspace).fields
        if field.tally.self_maximum
    )
    sample = ", số liệu mẫu" if workspace.uses_sample(workspace.criteria) else ""
    return (
        f"\n# Điểm năm trước theo lĩnh vực để so sánh; đây là điểm tự chấm năm {workspace.year}"
        f"{sample}.\n# Có điểm được công nhận thì ghi lại và bỏ dấu thăng.\n"
        f"# nam_truoc: {{{', '.join(points)}}}\n"
    )


def _dossier_lines(register: EvidenceRegister, workspace: Workspace, year: int) -> Iterator[str]:
    """Yield the lines of the dossier of ``year``: that of last year, without its dates."""
    dossier = register.dossier
    if workspace.uses_sample(dossier):
        yield "  # Ghi lại theo danh mục hồ sơ của cơ quan, rồi xóa dòng so_lieu_mau."
        yield "  so_lieu_mau: true"
    values = {
        "so_ho_so": dossier.code,
        "tieu_de": dossier.title.replace(str(workspace.year), str(year)),
        "thoi_han": dossier.retention,
        "don_vi_lap": dossier.keeper,
    }
    for name, value in values.items():
        yield from key_lines(name, str(value), 2)


class _Carrier:
    """Carries files of last year over to ``year``; ``revise`` are places to look at."""

    def __init__(self, workspace: Workspace, year: int) -> None:
        self.workspace, self.last, self.year = workspace, workspace.year, year
        self.known = last_values(workspace)
        self.revise: list[tuple[Place, str]] = []
        self.moved = 0
        self.rows: set[AnyFile] = set()
        old = "|".join(str(each) for each in range(self.last - 1, year))
        self.named = re.compile(rf"(?<!\d)(?:{old})(?!\d)")

    def said(self) -> Iterator[str]:
        """Yield what was carried over."""
        plan = (self.workspace.plan,) if self.workspace.plan is not None else ()
        held = (each for root in (*plan, *self.workspace.areas) for each in root.entries())
        count = Counter(map(type, held))
        if plan:
            yield "kế hoạch, trừ số và ngày ban hành"
        if self.workspace.areas:
            yield (
                f"{len(self.workspace.areas)} lĩnh vực, {count[Task]} nhiệm vụ giữ nguyên mã, "
                f"{count[Target]} chỉ tiêu có kết quả gần nhất ghi ở dòng trên"
            )
        for row, name in ((CRITERIA, "bộ tiêu chí"), (MONITORED, "bộ chỉ số theo dõi, giữ nguyên")):
            held_of = len(self.workspace.all_of(row))
            if held_of and row in self.rows:
                yield f"{held_of} {name}"
            elif held_of:  # it stands in the folder that many wards share
                shared = standing(row, self.workspace.root, self.last).parent.parent
                yield f"{name}: lấy ở thư mục dùng chung, {shared / str(self.year) / row.name}"
        if self.moved:
            yield f"{self.moved} thời hạn dời sang năm {self.year}"

    def file(self, row: AnyFile, source: Path, target: Path) -> bytes:
        """Return a file as it begins the new year; raises EditError at a place of ``source``."""
        self.rows.add(row)
        shown = shown_path(source)
        data = self._headed(text_of(source)).encode()
        tree = parse_yaml(data, shown).tree
        if row is PLAN and isinstance(tree, Mapping):
            for key in ISSUED:
                if key in tree:
                    data = delete(data, shown, (key,))
        notes: list[tuple[Keys, str]] = []
        for keys, value in _scalars(parse_yaml(data, shown).tree):
            new = self._value(row, keys, value)
            if new is not None and new != value:
                data = set_value(data, shown, keys, new)
                if row is CRITERIA and not _DAY.fullmatch(value):
                    notes.append((keys, f"{MARKER}: đã đổi năm, xem lại — {value}"))
        if row is PLAN:
            notes += self._old_bases(parse_yaml(data, shown).tree)
        if row in (PLAN, AREAS):
            notes += self._results(parse_yaml(data, shown).tree)
        data = _commented(data, shown, notes)
        self._note(data, shown_path(target))
        return data

    def _headed(self, text: str) -> str:
        """Name the new year in the line that says what the file is: the first of its own."""
        lines = text.splitlines(keepends=True)
        for number, line in enumerate(lines):
            if line.startswith("#") and "$schema" not in line:
                lines[number] = line.replace(str(self.last), str(self.year))
                break
            if not line.startswith("#"):
                break
        return "".join(lines)

    def _value(self, row: AnyFile, keys: Keys, value: Scalar) -> str | None:
        """Return what stands in the place of a value, None where it stays."""
        key = keys[-1]
        if row is MONITORED:  # it is another's, whatever year it names
            return None
        if row is PLAN and keys == (PLAN.cited_by,):
            stem = value.removesuffix(f"-{self.last}")
            return f"{stem}-{self.year}"
        if key in ("ma", "van_ban"):
            return None
        if _DAY.fullmatch(value):
            self.moved += 1
            return later(value, self.year - self.last)
        if not self._names_old_year(value):
            return None
        if row is CRITERIA:  # a criterion without its name would be none
            return self.named.sub(lambda found: str(int(found[0]) + self.year - self.last), value)
        return f"{REVIEW}{value}"

    def _names_old_year(self, text: str) -> bool:
        """Say whether a text names an old year outside number and date of a document it cites."""
        spans = [found.span() for found in _NUMBER.finditer(text)]
        for each in citations(text):
            spans += [
                (span.start, span.end)
                for span in (each.number_span, each.date_span)
                if span is not None
            ]
        return any(
            not any(start <= found.start() < end for start, end in spans)
            for found in self.named.finditer(text)
        )

    def _old_bases(self, tree: Node) -> Iterator[tuple[Keys, str]]:
        """Yield the legal bases of the plan that are of an old year."""
        bases = tree.get("can_cu") if isinstance(tree, Mapping) else None
        for number, basis in enumerate(bases if isinstance(bases, Sequence) else ()):
            name = str(basis.get("van_ban")) if isinstance(basis, Mapping) else ""
            cited = self.workspace.documents_by_id.get(name)
            if cited is None or cited.date is None or cited.date.year < self.last - 1:
                continue
            day = short_date(cited.date)
            yield (
                ("can_cu", number, "van_ban"),
                f"{MARKER}: xem lại căn cứ, {cited.number or cited.type} ngày {day} là của năm cũ",
            )

    def _results(self, tree: Node) -> Iterator[tuple[Keys, str]]:
        """Yield what is known of the indicator of each target."""
        for keys, value in _scalars(tree):
            if keys[-1] == "ma" and "chi_tieu" in keys:
                nothing = f"năm {self.last}: chưa có số liệu"
                yield keys, str(self.known.get(value, nothing))

    def _note(self, data: bytes, shown: Path) -> None:
        """Remember the places of what is to be looked at in a file as it is to be written."""
        for _, value in _scalars(parse_yaml(data, shown).tree):
            if value.startswith(REVIEW):
                self.revise.append((value.place, value.removeprefix(REVIEW)))
        for number, line in enumerate(data.decode().splitlines(), 1):
            mark, found, text = line.partition(f"# {MARKER}: ")
            if found and not mark.strip():
                self.revise.append((Place(shown, number, len(mark) + 1), text))
        self.revise.sort()


def later(day: str, years: int) -> str | None:
    """Return a typed day as many years later, 29/02 as 28/02; None for what is no day."""
    numbers = [int(part) for part in re.split("[/-]", day)]
    number, month, year = numbers if "/" in day else reversed(numbers)
    for each in (number, 28):
        with suppress(ValueError):
            return short_date(date(year + years, month, each))
    return None


def _commented(data: bytes, shown: Path, notes: list[tuple[Keys, str]]) -> bytes:
    """Return the file with a comment above the line of each value."""
    values = dict(_scalars(parse_yaml(data, shown).tree))
    lines = data.decode().splitlines(keepends=True)
    at = [((values[keys].place.line or 1) - 1, text) for keys, text in notes]
    for line, text in sorted(at, key=lambda each: each[0], reverse=True):
        indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
        lines.insert(line, f"{indent}# {text}\n")
    return "".join(lines).encode()


def _scalars(node: Node, keys: Keys = ()) -> Iterator[tuple[Keys, Scalar]]:
    """Yield each single value below ``node`` with the keys that lead to it."""
    if isinstance(node, Mapping):
        for key, below in node.items():
            yield from _scalars(below, (*keys, key))
    elif isinstance(node, Sequence):
        for position, below in enumerate(node):
            yield from _scalars(below, (*keys, position))
    elif isinstance(node, Scalar):
        yield keys, node
