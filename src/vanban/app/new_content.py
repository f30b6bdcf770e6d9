"""``vanban new``: files to begin from: a paper, the report of a period, the folder of a year.

Nothing is overwritten. What must be looked at stands in the new files as an instruction to the
writer ("HƯỚNG DẪN: …"), which can never be printed and counts as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vanban.app.add_evidence import STUB
from vanban.app.catalogue import CATALOGUE
from vanban.app.load import load_content
from vanban.app.sample_words import FREE, reworded, words_of
from vanban.errors import ContentError, Place, Problem, UsageError
from vanban.figures.notation import format_value
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked
from vanban.io.text import NotText, read_text
from vanban.provenance import Keys
from vanban.workspace.edit import delete, set_value
from vanban.workspace.files import (
    ANSWERS,
    AREAS,
    CRITERIA,
    EVIDENCE,
    PAPERS,
    PLAN,
    REPORTS,
    SAMPLES,
)
from vanban.workspace.folder import chosen_year, find_years, samples_in, shown_path, yaml_files
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.entry import IDENTIFIER
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import PERIODS
from vanban.workspace.source import Mapping, Node, Scalar, Sequence
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace
from vanban.workspace.yaml_file import parse_yaml

SAMPLE_YEAR = 2025
"""The year that the samples of papers speak of."""

REPORT_FIGURES = "so_lieu"
DATES = frozenset({"han"})
"""Keys of deadlines, which move on by a year."""
OWN_IDS = frozenset({"ma", "van_ban"})
ISSUED = ("so", "ngay")
"""What the registry gave last year's document."""

ANSWERS_STUB = """\
# yaml-language-server: $schema=../.schema/tu-danh-gia.schema.json
# Tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}; cách ghi xem năm {last}.

kinh_gui: [{addressees}]
can_cu: {bases}
noi_nhan: [{recipients}]
luu: [{units}]
nguoi_ky: {signer}

to_chuc:
  - "HƯỚNG DẪN: nêu việc tổ chức tự đánh giá năm {year}"

tra_loi: {{}}
"""


@dataclass(frozen=True)
class Made:
    """The files that were made, and what must be looked at: places of texts to revise."""

    paths: tuple[Path, ...]
    revise: tuple[Place, ...] = ()


def new_paper(kind: str, name: str, content: Path, year: int | None, stamp: Stamp) -> Made:
    """Make ``soan-thao/<name>.yaml`` from the sample of ``kind`` ("cong-van")."""
    samples = samples_in(content, PAPERS.name)
    if kind not in samples:
        near = closest(kind, samples)
        hint = f"có phải “{near}”?" if near else f"chọn trong: {', '.join(sorted(samples))}"
        raise UsageError(f"không có mẫu “{kind}” — {hint}")
    chosen = chosen_year(content, year)
    if not re.fullmatch(IDENTIFIER, name):
        raise UsageError(
            f"“{name}” không dùng làm mã được — chữ thường không dấu, chữ số, dấu gạch nối, ví dụ "
            "cv-so-lieu-q3"
        )
    workspace = load_content(content, chosen).workspace
    if name in workspace.documents_by_id or name in (kind.id for kind in CATALOGUE):
        raise UsageError(f"mã “{name}” đã dùng cho một văn bản khác — chọn mã khác")
    text = reworded(text_of(samples[kind]), FREE, words_of(workspace.agency))
    head = (
        f"# Văn bản soạn thảo. Sửa nội dung, xóa dòng so_lieu_mau, rồi: make document ID={name}\n"
    )
    text = re.sub(rf"(?<![/\d]){SAMPLE_YEAR}(?![/\d])", str(chosen), text)
    text = re.sub(r"^# VĂN BẢN MẪU\.(?:.*\n)(?:#.*\n)*", head, text, count=1, flags=re.MULTILINE)
    path = PAPERS.path(content, chosen) / f"{name}.yaml"
    return _write(content, [(path, text.encode())], stamp)


def new_report(period: str, content: Path, year: int | None, stamp: Stamp) -> Made:
    """Make ``bao-cao/<period>.yaml`` with every indicator and every section of the narrative.

    Beside each indicator stand its name, unit and last known value.
    """
    if period not in PERIODS:
        raise UsageError(f"không có kỳ “{period}” — chọn trong: {', '.join(PERIODS)}")
    workspace = load_content(content, year).workspace
    sample = samples_in(content).get(REPORTS.name)
    if sample is None:
        place = Place(shown_path(content / SAMPLES / f"{REPORTS.name}.yaml"))
        raise ContentError([Problem(place, "", "không có mẫu để chép")])
    text = reworded(text_of(sample), FREE, words_of(workspace.agency))
    title = PERIODS[period].title(workspace.year)
    first, _, rest = text.partition("\n")
    head = (
        f"{first.replace('../.schema', '../../.schema')}\n# Báo cáo cải cách hành chính {title}.\n"
    )
    rest = re.sub(r"^# MẪU BÁO CÁO.*?\n(?=\n)", "", rest, count=1, flags=re.DOTALL)
    rest = re.sub(r"^so_lieu_mau: true\n\n?", "", rest, count=1, flags=re.MULTILINE)
    figures = "".join(f"{line}\n" for line in _figure_lines(workspace))
    block = rf"^{REPORT_FIGURES}:\n(?:[ \t]+.*\n|\n(?=[ \t]))*"
    rest = re.sub(block, lambda _: f"{REPORT_FIGURES}:\n{figures}", rest, flags=re.MULTILINE)
    path = REPORTS.path(content, workspace.year) / f"{period}.yaml"
    return _write(content, [(path, (head + rest).encode())], stamp)


def _figure_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the lines of all indicators that are typed, by groups of the register."""
    known = _last_values(workspace)
    for group in workspace.indicators.groups:
        yield f"  # --- {group.name}"
        for topic in group.topics:
            for indicator in topic.indicators:
                yield from _lines_of(indicator, known)
    if workspace.indicators.others:
        yield "  # --- Chỉ tiêu khác"
    for indicator in workspace.indicators.others:
        yield from _lines_of(indicator, known)


def _lines_of(indicator: Indicator, known: dict[str, str]) -> Iterator[str]:
    if indicator.is_ratio or indicator.sum_of:
        return
    last = known.get(indicator.id)
    yield f"  # {indicator.name} ({indicator.unit})" + (f"; {last}" if last else "")
    yield f'  {indicator.id}: "{MARKER}: ghi số; không phát sinh thì ghi 0"'


def _last_values(workspace: Workspace) -> dict[str, str]:
    """Return what the newest report says of each indicator, in words for a comment."""
    from vanban.figures.values import read_report

    known: dict[str, str] = {}
    years = ((workspace.year - 1, workspace.last_year_reports), (workspace.year, workspace.reports))
    for year, reports in years:
        for period in PERIODS:
            if period in reports:
                figures = read_report(workspace, period, reports[period])
                for name, value in figures.values.items():
                    if value.exact is not None:
                        title = PERIODS[period].title(year)
                        known[name] = f"{title}: {format_value(value)}"
    return known


def new_year(year: int, content: Path, stamp: Stamp) -> Made:
    """Make the folder of ``year`` from that of the newest year before.

    Plan and areas are carried over with their ids, deadlines a year later; texts that name the old
    year or the one before become instructions. The criteria are carried over; answers and the
    register of evidence begin empty. Raises UsageError where the year is there already.
    """
    if not 1900 <= year <= 2999:
        raise UsageError(f"{year}: năm phải có bốn chữ số, ví dụ 2026")
    last = max((each for each in find_years(content) if each < year), default=None)
    if last is None:
        raise UsageError(f"chưa có năm nào trước {year} để chép — tạo content/{year}/ke-hoach.yaml")
    if year in find_years(content) and any((content / str(year)).iterdir()):
        raise UsageError(f"đã có thư mục {content / str(year)} — không ghi đè")
    loaded = load_content(content, last)
    if loaded.problems:
        raise ContentError(loaded.problems)
    workspace = loaded.workspace
    carry = _Carrier(last, year, _last_values(workspace))
    files: list[tuple[Path, bytes]] = []
    for row in (PLAN, AREAS, CRITERIA):
        source = row.path(content, last)
        for path in _files(source) if source.is_dir() else [source] if source.is_file() else []:
            target = content / str(year) / path.relative_to(content / str(last))
            files.append((target, carry.file(text_of(path).encode(), shown_path(target))))
    files += _stubs(workspace, content, year)
    made = _write(content, files, stamp)
    return Made(made.paths, tuple(carry.revise))


def _stubs(workspace: Workspace, content: Path, year: int) -> Iterator[tuple[Path, bytes]]:
    """Yield the empty answers and the empty register of ``year``."""
    answers = workspace.self_assessment
    if answers is not None:
        text = ANSWERS_STUB.format(
            year=year,
            last=workspace.year,
            addressees=", ".join(answers.addressees),
            bases="[]",
            recipients=", ".join(answers.recipients),
            units=", ".join(answers.filing_units),
            signer=answers.signer,
        )
        yield ANSWERS.path(content, year), text.encode()
    if workspace.evidence is not None:
        keeper = workspace.agency.units[0].id
        yield EVIDENCE.path(content, year), STUB.format(year=year, keeper=keeper).encode()


class _Carrier:
    """Carries files of the year ``last`` over to ``year``; ``revise`` are texts to look at."""

    def __init__(self, last: int, year: int, known: dict[str, str]) -> None:
        self.last, self.year, self.known = last, year, known
        self.revise: list[Place] = []
        # Not in a number (80/2025/NĐ-CP) or a date, which go on being what they are.
        self.named = re.compile(rf"(?<![/\d])(?:{last}|{last - 1})(?![/\d])")

    def file(self, data: bytes, shown: Path) -> bytes:
        """Return a file as it begins the new year."""
        data = self.comments(data)
        for key in ISSUED:
            if (key,) in dict(_scalars(parse_yaml(data, shown).tree)):
                data = delete(data, shown, (key,))
        for keys, value in _scalars(parse_yaml(data, shown).tree):
            new = self.value(str(keys[-1]), value)
            if new is not None:
                data = set_value(data, shown, keys, new)
        data = self.results(data, shown)
        made = _scalars(parse_yaml(data, shown).tree)
        self.revise += [each.place for _, each in made if each.startswith(f"{MARKER}:")]
        return data

    def results(self, data: bytes, shown: Path) -> bytes:
        """Put what is known of an indicator as a comment above each target that names it."""
        lines = data.decode().splitlines(keepends=True)
        targets = [
            value
            for keys, value in _scalars(parse_yaml(data, shown).tree)
            if keys[-1] == "ma" and "chi_tieu" in keys and value in self.known
        ]
        for value in sorted(targets, key=lambda each: each.place, reverse=True):
            line = (value.place.line or 1) - 1
            indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
            lines.insert(line, f"{indent}# {self.known[value]}\n")
        return "".join(lines).encode()

    def comments(self, data: bytes) -> bytes:
        """Name the new year in the comments at the head of a file."""
        lines = data.decode().splitlines(keepends=True)
        for number, line in enumerate(lines):
            if not line.startswith("#"):
                break
            lines[number] = line.replace(str(self.last), str(self.year))
        return "".join(lines).encode()

    def value(self, key: str, value: Scalar) -> str | None:
        """Return what stands in the place of a value, None where it stays."""
        if key in OWN_IDS:
            new = value.replace(str(self.last), str(self.year))
            return new if new != value and value.endswith(str(self.last)) else None
        if key in DATES:
            day = value.removesuffix(f"/{self.last}")
            return f"{day}/{self.year}" if day != value else None
        if self.named.search(value):
            return f"{MARKER}: xem lại, còn ghi năm cũ — {value}"
        return None


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


def text_of(path: Path) -> str:
    """Return the text of a content file; raises ContentError where it is none."""
    try:
        return read_text(path)
    except NotText as error:
        place = Place(shown_path(path), error.line, error.column)
        message = "tệp không phải chữ Unicode — lưu lại với bảng mã UTF-8"
        raise ContentError([Problem(place, "", message)]) from error


def _files(folder: Path) -> tuple[Path, ...]:
    return yaml_files(folder) if folder.is_dir() else ()


def _write(content: Path, files: Iterable[tuple[Path, bytes]], stamp: Stamp) -> Made:
    """Write files that are not there yet; raises ContentError where one is."""
    files = list(files)
    with locked(content):
        there = [path for path, _ in files if path.exists()]
        if there:
            raise ContentError(
                Problem(Place(shown_path(path)), "", "đã có tệp này — chọn tên khác, không ghi đè")
                for path in there
            )
        write_change(content, files, stamp)
    return Made(tuple(path for path, _ in files))
