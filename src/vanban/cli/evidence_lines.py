"""Coverage as words: a table of at most 80 columns for a terminal, and JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.evidence.awaited import NOT_ATTACHED, Awaited
from vanban.evidence.coverage import AT_RISK, Coverage, Covered, State
from vanban.evidence.descriptions import described
from vanban.invocation import command_here
from vanban.nd30.dates import short_date
from vanban.nd30.numbers import format_number
from vanban.workspace.folder import shown_path
from vanban.workspace.models.evidence import Evidence
from vanban.workspace.workspace import Workspace

if TYPE_CHECKING:
    from vanban.app.add_evidence import Added
    from vanban.app.change_evidence import Changed

WIDTH = 80
NAME_WIDTH = 30

Paint = Callable[[str, State], str]
"""Gives the padded word of a state its look on the terminal."""


def plain(text: str, state: State) -> str:
    return text


def status_lines(coverage: Coverage, workspace: Workspace, paint: Paint = plain) -> Iterator[str]:
    """Yield the lines of the table, the sums, and each list that is not empty."""
    sample = " (bộ tiêu chí mẫu)" if _is_sample(workspace) else ""
    yield f"Tài liệu kiểm chứng năm {workspace.year}{sample}"
    yield ""
    yield _line("Mã", "Tiêu chí thành phần", "Điểm", "Tối đa", "Mất", "TLKC", "Trạng thái")
    yield "-" * 78
    for row in coverage.rows:
        yield _row(row, paint)
    yield "-" * 78
    yield from _sums(coverage)
    for title, items in _lists(coverage, workspace):
        if items:
            yield ""
            yield from textwrap.wrap(f"{title} ({len(items)}):", WIDTH)
            for item in items:
                yield from _item(item)


def added_lines(added: Added) -> Iterator[str]:
    """Yield what ``vanban evidence add`` did, what it guessed, and what to look at."""
    evidence = added.evidence
    yield f"Đã thêm {evidence.code} vào {shown_path(added.register)}:{evidence.at('code').line}"
    for path in added.paths:
        yield f"  {shown_path(path)}"
    if added.guessed:
        yield "  gợi ý từ trang 1, hãy đối chiếu với văn bản:"
        for name, value in added.guessed:
            yield from textwrap.wrap(
                f"{name}: {value}", WIDTH, initial_indent="    ", subsequent_indent="      "
            )
    for note in added.notes:
        yield from textwrap.wrap(
            f"lưu ý: {note}", WIDTH, initial_indent="  ", subsequent_indent="  "
        )
    if (evidence.page_count or 0) > 1 and evidence.pages is None:
        yield f"  lưu ý: có {evidence.page_count} trang — ghi trang kiểm chứng ở khóa trang"


def changed_lines(what: str, changed: Changed) -> Iterator[str]:
    """Yield what became of an entry and its files, and what to look at."""
    evidence = changed.evidence
    yield f"{what} {evidence.code} trong {shown_path(changed.register)}"
    for path in changed.paths:
        yield f"  {shown_path(path)}"
    for path in changed.binned:
        yield f"  tệp cũ nay ở {shown_path(path)}"
    for note in changed.notes:
        yield from textwrap.wrap(
            f"lưu ý: {note}", WIDTH, initial_indent="  ", subsequent_indent="  "
        )


def status_json(coverage: Coverage, workspace: Workspace) -> str:
    """Return everything as one JSON object; points are numbers, null where there are none."""
    data: dict[str, Any] = {
        "nam": workspace.year,
        "so_lieu_mau": _is_sample(workspace),
        "diem": _number(coverage.points),
        "diem_toi_da": _number(coverage.maximum),
        "diem_co_nguy_co": _number(coverage.at_risk),
        "tieu_chi": [
            {
                "ma": row.code,
                "ten": row.name,
                "diem": _number(row.points),
                "diem_toi_da": _number(row.maximum),
                "diem_mat": _number(row.lost),
                "so_tai_lieu": row.registered,
                "so_tai_lieu_doc_duoc": row.readable,
                "so_tai_lieu_can_co": row.needed,
                "co_nguon_so_lieu": row.has_source,
                "trang_thai": row.state.value,
            }
            for row in coverage.rows
        ],
        "tep_chua_dang_ky": list(coverage.unregistered),
        "tep_loi": [
            {"ma": each.code, "tep": name, "loi": error.state, "thong_bao": str(error)}
            for each, (_, name, error) in coverage.faults
        ],
        "ngoai_nam": [each.code for each in coverage.outside_year],
        "trung_noi_dung": [[each.code for each in group] for group in coverage.duplicates],
        "chua_dinh_kem": [
            {"van_ban": str(each.document.id), "tieu_chi": list(each.criteria)}
            for each in coverage.awaited
        ],
        "thieu_trang": [each.evidence.code for each in coverage.without_page],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _line(
    code: str, name: str, points: str, maximum: str, lost: str, count: str, state: str
) -> str:
    head = f"{code:<7}{_cut(name, NAME_WIDTH):<{NAME_WIDTH}}"
    return f"{head} {points:>6} {maximum:>6} {lost:>6} {count:>5}  {state}"


def _row(row: Covered, paint: Paint) -> str:
    nothing_to_prove = row.state in (State.NOT_SELF_SCORED, State.NO_POINTS)
    count = "" if nothing_to_prove else f"{row.readable}/{row.needed}"
    state = paint(row.state.value, row.state)
    points, maximum = _points(row.points), _points(row.maximum)
    lost = _points(row.lost) if row.lost else ""
    return _line(row.code, row.name, points, maximum, lost, count, state)


def _sums(coverage: Coverage) -> Iterator[str]:
    waiting = sum((r.at_risk for r in coverage.rows if r.state is State.UNANSWERED), Decimal(0))
    yield (
        f"Điểm tự chấm: {_points(coverage.points)}/{_points(coverage.maximum)}"
        f"; điểm có nguy cơ mất: {_points(coverage.at_risk)}"
        + (f" (chưa trả lời: {_points(waiting)})" if waiting else "")
    )
    if coverage.lost:
        yield f"Điểm không đạt, dù có tài liệu hay không: {_points(coverage.lost)}"
    counts = ", ".join(
        f"{coverage.count(state)} {state.value}" for state in State if coverage.count(state)
    )
    yield from textwrap.wrap(counts, WIDTH)
    risky = [row for row in coverage.rows if row.state in AT_RISK and not row.has_source]
    if risky:
        codes = ", ".join(row.code for row in risky)
        yield from textwrap.wrap(f"Số liệu chưa ghi nguồn: {codes} — thêm khóa nguon", WIDTH)


def _lists(coverage: Coverage, workspace: Workspace) -> Iterator[tuple[str, list[str]]]:
    yield (
        f"Tệp trong thư mục chưa đăng ký — {command_here('evidence add')}, hoặc chuyển đi",
        list(coverage.unregistered),
    )
    yield (
        "Tài liệu phải sửa trước khi lập danh mục, hồ sơ",
        [_fault(each.code, name, str(error)) for each, (_, name, error) in coverage.faults],
    )
    attach = command_here("evidence add", options="TỆP --document MÃ")
    yield (
        f"Văn bản là tài liệu kiểm chứng, {NOT_ATTACHED} — {attach}",
        [_awaited(each) for each in coverage.awaited],
    )
    yield (
        f"Ban hành ngoài năm {workspace.year} — còn dùng thì ghi con_hieu_luc: true",
        [f"{each.code} {_dated(each, workspace)}" for each in coverage.outside_year],
    )
    yield (
        "Trùng nội dung — giữ một mã, các tiêu chí khác ghi ở dung_cho",
        [", ".join(each.code for each in group) for group in coverage.duplicates],
    )
    yield (
        "Nhiều trang mà chưa ghi trang kiểm chứng — thêm khóa trang",
        [f"{each.evidence.code} ({each.page_count} trang)" for each in coverage.without_page],
    )


def _fault(code: str, name: str, message: str) -> str:
    """Return a fault under the file's name, with the code where the name does not begin with it."""
    return f"{name}: {message}" if name.startswith(code) else f"{code}, tệp {name}: {message}"


def _awaited(each: Awaited) -> str:
    """Return "1.1.1, 1.1.2: qd-doan-kiem-tra (35/QĐ-UBND)", or what it lacks to be attached."""
    document = each.document
    is_issued = document.has_number and document.number and document.date is not None
    state = document.number if is_issued else "chưa ghi số, ngày"
    return f"{', '.join(each.criteria)}: {document.id} ({state})"


def _dated(evidence: Evidence, workspace: Workspace) -> str:
    facts = described(evidence, workspace)
    day = short_date(facts.date) if facts.date is not None else ""
    return " ".join(word for word in (facts.number or facts.type, f"ngày {day}") if word)


def _item(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  - ",
        subsequent_indent="    ",
        break_on_hyphens=False,
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _points(points: Decimal | None) -> str:
    return "–" if points is None else format_number(points, 2)


def _number(points: Decimal | None) -> float | None:
    return None if points is None else float(points)


def _is_sample(workspace: Workspace) -> bool:
    return workspace.criteria is not None and workspace.uses_sample(workspace.criteria)
