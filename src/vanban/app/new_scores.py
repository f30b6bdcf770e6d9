"""``vanban new scores``: the file of figures of one period, with every row of a monitored set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vanban.app.load import load_content
from vanban.app.new_content import Made
from vanban.errors import UsageError
from vanban.io.journal import Stamp, write_change
from vanban.io.lock import locked_to_write
from vanban.nd30.numbers import format_typed
from vanban.scoring.fit import RATIO_KINDS, how_to_answer
from vanban.workspace.files import MONITORED, SCORED
from vanban.workspace.folder import refusal
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.criteria import RuleKind
from vanban.workspace.models.monitoring import PERIOD, MonitoredRow, MonitoredSet, period_title
from vanban.workspace.wording import closest

HEAD = """\
# yaml-language-server: $schema=../../.schema/cham-diem.schema.json
# Số liệu {title} để tính điểm theo bộ chỉ số {set_id}. Thay lời hướng dẫn bằng số liệu, ví dụ
#   1.1: {{da_dat: 45, tong_so: 50}}; chưa có số liệu thì xóa dòng, bảng điểm ghi “chưa có số liệu”.
# In bảng điểm: vanban scores {name}

bo: {set_id}
ky: {period}

tra_loi:
"""


def new_scores(
    set_id: str, period: str, content: Path, year: int | None, stamp: Stamp | None
) -> Made:
    """Make ``cham-diem/<set_id>-<period>.yaml``; rows that no figures score are left out.

    Raises UsageError for a set or period that there is not, ContentError where the file is there.
    """
    loaded = load_content(content, year)
    workspace = loaded.workspace
    sets = workspace.entries(MONITORED)
    if set_id not in sets:
        near = closest(set_id, sets)
        known = f"chọn trong: {', '.join(sets)}" if sets else "năm này chưa có bộ nào"
        hint = f"có phải “{near}”?" if near else known
        raise UsageError(f"không có bộ chỉ số “{set_id}” — {hint}")
    monitored = sets[set_id]
    kinds = [each.value for each in monitored.periods] or ["thang", "quy", "nam"]
    if not re.fullmatch(PERIOD, period) or period.partition("-")[0] not in kinds:
        examples = {"thang": "thang-9", "quy": "quy-3", "nam": "nam"}
        wanted = ", ".join(examples[kind] for kind in kinds)
        raise UsageError(f"bộ này không chấm kỳ “{period}” — viết như {wanted}")
    name = f"{set_id}-{period}"
    path = SCORED.path(content, workspace.year) / f"{name}.yaml"
    title = period_title(period, workspace.year)
    head = HEAD.format(title=title, set_id=set_id, name=name, period=period)
    data = (head + "".join(f"{line}\n" for line in _lines(monitored))).encode()
    with locked_to_write(content, stamp):
        if path.exists():
            message = "đã có tệp này — sửa tệp ấy, không ghi đè"
            raise refusal(path, message)
        if stamp is not None:
            write_change(content, [(path, data)], stamp, {path: None})
    return Made((path,))


def _lines(monitored: MonitoredSet) -> Iterator[str]:
    for group in monitored.groups:
        yield f"  # --- {group.name}"
        for row in group.rows:
            if row.province_only or row.rule.kind is RuleKind.UNKNOWN:
                yield f"  # {row.code} {row.name}: chưa xác định được điểm, không cần số liệu"
            else:
                yield from _row_lines(row)


def _row_lines(row: MonitoredRow) -> Iterator[str]:
    points = "" if row.maximum is None else f" ({format_typed(row.maximum)} điểm)"
    yield f"  # {row.code} {row.name}{points}"
    said = (
        ("cách tính", row.method),
        ("tử số", row.numerator),
        ("mẫu số", row.denominator),
        ("điều kiện (dieu_kien: true hoặc false)", row.rule.precondition),
        ("khong_ap_dung, kèm lý do", row.excused),
        *(
            (tier.id, f"{tier.name} ({format_typed(tier.points or 0)} điểm)")
            for tier in row.rule.tiers
            if tier.id is not None
        ),
    )
    for what, text in said:
        if text is not None:
            yield f"  #   {what}: {text}"
    stated = "; hoặc ty_le đã công bố" if row.rule.kind in RATIO_KINDS else ""
    yield f'  {row.code}: "{MARKER}: {how_to_answer(row)}{stated}"'
