"""``vanban new``: files to begin from: a paper, the report of a period.

Nothing is overwritten, and nothing written without a stamp. What must be looked at stands in the
new files as an instruction to the writer ("HƯỚNG DẪN: …"), which can never be printed and counts
as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from msgspec import Struct

from vanban.app.catalogue import RESERVED
from vanban.app.load import load_content
from vanban.app.sample_words import FREE, reworded, words_of
from vanban.errors import ContentError, Place, UsageError
from vanban.evidence.file_names import slug
from vanban.figures.notation import format_value
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.io.text import NotText, read_text
from vanban.workspace.files import PAPERS, REPORTS, SAMPLES
from vanban.workspace.folder import chosen_year, problem_at, samples_in, shown_path, yaml_files
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.entry import IDENTIFIER
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.periods import PERIODS, know_period
from vanban.workspace.wording import closest
from vanban.workspace.workspace import Workspace

SAMPLE_YEAR = 2025
"""The year that the samples of papers speak of."""

REPORT_FIGURES = "so_lieu"
NOTED = """\
# Muốn in ghi chú cạnh số liệu thì ghi, ví dụ: bien-che-co-mat: {gia_tri: 58, ghi_chu: "…"}
"""


class Made(Struct, frozen=True):
    """The files that were made.

    ``carried`` are sentences about what was taken over, ``revise`` are places to look at and what
    stands there; both in Vietnamese.
    """

    paths: tuple[Path, ...]
    carried: tuple[str, ...] = ()
    revise: tuple[tuple[Place, str], ...] = ()


def new_paper(kind: str, name: str, content: Path, year: int | None, stamp: Stamp | None) -> Made:
    """Make ``soan-thao/<name>.yaml`` from the sample of ``kind`` ("cong-van").

    Without a ``name`` it is the first free of "cong-van-01", "cong-van-02" …
    """
    samples = samples_in(content, PAPERS.name)
    kind = slug(kind).lower()  # "Công văn" is cong-van
    if kind not in samples:
        near = closest(kind, samples)
        hint = f"có phải “{near}”?" if near else f"chọn trong: {', '.join(sorted(samples))}"
        raise UsageError(f"không có mẫu “{kind}” — {hint}" if kind else f"chưa ghi mẫu — {hint}")
    chosen = chosen_year(content, year)
    if name and not re.fullmatch(IDENTIFIER, name):
        raise UsageError(
            f"“{name}” không dùng làm mã được — chữ thường không dấu, chữ số, dấu gạch nối, ví dụ "
            "cv-so-lieu-q3"
        )
    workspace = load_content(content, chosen).workspace
    taken = {*workspace.documents_by_id, *RESERVED}
    if not name:
        folder = PAPERS.path(content, chosen)
        taken |= {path.stem for path in files_in(folder)}  # of those with a mistake, too
        name = next(each for n in count(1) if (each := f"{kind}-{n:02}") not in taken)
    elif name in taken:
        raise UsageError(f"mã “{name}” đã dùng cho một văn bản khác — chọn mã khác")
    text = reworded(text_of(samples[kind]), FREE, words_of(workspace.agency))
    head = (
        "# Văn bản soạn thảo. Sửa nội dung, xóa dòng so_lieu_mau, rồi dựng:\n"
        f"# make document ID={name}, hoặc vanban build {name}\n"
        "# Nếu là tài liệu kiểm chứng thì thêm dòng, ví dụ: minh_chung_cho: [1.1.1]\n"
    )
    text = re.sub(rf"(?<![/\d]){SAMPLE_YEAR}(?![/\d])", str(chosen), text)
    text = re.sub(r"^# VĂN BẢN MẪU\.(?:.*\n)(?:#.*\n)*", head, text, count=1, flags=re.MULTILINE)
    path = PAPERS.path(content, chosen) / f"{name}.yaml"
    return write_new(content, [(path, text.encode())], stamp)


def new_report(period: str, content: Path, year: int | None, stamp: Stamp | None) -> Made:
    """Make ``bao-cao/<period>.yaml`` with every indicator and every section of the narrative.

    Beside each indicator stand its name, unit and last known value.
    """
    know_period(period)
    workspace = load_content(content, year).workspace
    text = report_sample(workspace)
    title = PERIODS[period].title(workspace.year)
    first, _, rest = text.partition("\n")
    head = (
        f"{first.replace('../.schema', '../../.schema')}\n# Báo cáo cải cách hành chính {title}.\n"
    )
    rest = re.sub(r"^# MẪU BÁO CÁO.*?\n(?=\n)", "", rest, count=1, flags=re.DOTALL)
    rest = re.sub(r"^so_lieu_mau: true\n\n?", "", rest, count=1, flags=re.MULTILINE)
    rest = re.sub(r"^# Dưới đây là vài chỉ tiêu để làm mẫu.*\n", NOTED, rest, flags=re.MULTILINE)
    figures = "".join(f"{line}\n" for line in _figure_lines(workspace))
    block = rf"^{REPORT_FIGURES}:\n(?:[ \t]+.*\n|\n(?=[ \t]))*"
    rest = re.sub(block, lambda _: f"{REPORT_FIGURES}:\n{figures}", rest, flags=re.MULTILINE)
    path = REPORTS.path(content, workspace.year) / f"{period}.yaml"
    return write_new(content, [(path, (head + rest).encode())], stamp)


def report_sample(workspace: Workspace) -> str:
    """Return the sample of a report in the words of the agency; it cites the plan of the year.

    Raises ContentError where there is none.
    """
    sample = samples_in(workspace.root).get(REPORTS.name)
    if sample is None:
        place = Place(shown_path(workspace.root / SAMPLES / f"{REPORTS.name}.yaml"))
        raise ContentError.at(place, "không có mẫu để chép")
    text = reworded(text_of(sample), FREE, words_of(workspace.agency))
    if workspace.plan is None or workspace.plan.id is None:
        return text
    cited = f"  - {{mo_dau: Thực hiện, van_ban: {workspace.plan.id}}}\n"
    return re.sub(r"^  # Kế hoạch của năm.*\n  # - .*\n", cited, text, flags=re.MULTILINE)


def _figure_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the lines of all indicators that are typed, by groups of the register."""
    known = last_values(workspace)
    for group in workspace.indicators.groups:
        yield f"  # --- {group.name}"
        for topic in group.topics:
            yield f"  # {topic.name}:"
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


def last_values(workspace: Workspace) -> dict[str, str]:
    """Return what the newest report says of each indicator, in words for a comment."""
    from vanban.figures.values import read_report

    known: dict[str, str] = {}
    years = ((workspace.year - 1, workspace.last_year_reports), (workspace.year, workspace.reports))
    for year, reports in years:
        for period in PERIODS:
            if period in reports:
                figures = read_report(workspace, period, reports[period])
                sample = " (số liệu mẫu)" if workspace.uses_sample(reports[period]) else ""
                for name, value in figures.values.items():
                    if value.exact is not None:
                        title = PERIODS[period].title(year)
                        known[name] = f"{title}: {format_value(value)}{sample}"
    return known


def text_of(path: Path) -> str:
    """Return the text of a content file; raises ContentError where it is none."""
    try:
        return read_text(path)
    except NotText as error:
        place = Place(shown_path(path), error.line, error.column)
        message = "tệp không phải chữ Unicode — lưu lại với bảng mã UTF-8"
        raise ContentError.at(place, message) from error


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the content files of a folder that may not be there."""
    return yaml_files(folder) if folder.is_dir() else ()


def write_new(content: Path, files: Iterable[tuple[Path, bytes]], stamp: Stamp | None) -> Made:
    """Write files that are not there yet; without ``stamp`` only what is to be is told.

    Raises ContentError where one is there.
    """
    files = list(files)
    with locked_to_write(content, stamp):
        there = [path for path, _ in files if path.exists()]
        if there:
            raise ContentError(
                problem_at(path, "đã có tệp này — chọn tên khác, không ghi đè") for path in there
            )
        if stamp is not None:
            write_change(content, files, stamp, dict.fromkeys(path for path, _ in files))
    return Made(tuple(path for path, _ in files))
