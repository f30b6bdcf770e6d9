"""``vanban new self-assessment``: the answers of a year, each sub-criterion with how to answer.

A year that follows another gets its own by ``new year``; this is the first of a ward.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vanban.app.begin import require_criteria
from vanban.app.load import load_content
from vanban.app.new_content import Made, report_sample, write_new
from vanban.io.journal import Stamp
from vanban.nd30.numbers import format_typed
from vanban.scoring.fit import how_to_answer
from vanban.workspace.files import ANSWERS, CRITERIA
from vanban.workspace.folder import Reads
from vanban.workspace.instructions import MARKER
from vanban.workspace.models.criteria import CriteriaSet, RuleKind

TEXT = """\
# yaml-language-server: $schema=../.schema/tu-danh-gia.schema.json
# Tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}. Thay lời hướng dẫn bằng câu
# trả lời, ví dụ
#   1.1.2: {{da_dat: 36, tong_so: 38, nguon: Sổ theo dõi nhiệm vụ}}
# Điểm do chương trình tính, không nhập. Chưa đạt điểm tối đa thì thêm nguyen_nhan; chưa đủ tài liệu
# kiểm chứng thì thêm giai_trinh; không áp dụng với cơ quan thì chỉ ghi khong_ap_dung và lý do.
# Các khóa: docs/tu-dien.md.

{head}
# Mục I của báo cáo
to_chuc:
  - "{marker}: nêu việc tổ chức tự đánh giá năm {year}"

tra_loi:
{answers}
# Mục IV của báo cáo; không có thì ghi rõ, ví dụ “Không có.”.
kho_khan:
  - "{marker}: nêu khó khăn, vướng mắc"
kien_nghi:
  - "{marker}: nêu kiến nghị, đề xuất"
"""


def new_self_assessment(content: Path, year: int | None, stamp: Stamp | None) -> Made:
    """Make ``tu-danh-gia.yaml``; without ``stamp`` only what is to be is told.

    Raises ContentError where the file is there, no criteria are, or they have mistakes.
    """
    loaded = load_content(content, year)
    workspace = loaded.require(Reads.of(content, loaded.workspace.year, (CRITERIA,)))
    criteria = require_criteria(workspace)
    text = TEXT.format(
        year=workspace.year,
        head=_head(report_sample(workspace)),
        marker=MARKER,
        answers="".join(f"{line}\n" for line in _answers(criteria)),
    )
    return write_new(content, [(ANSWERS.path(content, workspace.year), text.encode())], stamp)


def _head(sample: str) -> str:
    """Return to whom, by what and by whom a report goes out: who gets one gets the other."""
    found = re.search(r"^kinh_gui:.*?^nguoi_ky: [^\n]*\n", sample, re.MULTILINE | re.DOTALL)
    return found[0] if found is not None else ""


def _answers(criteria: CriteriaSet) -> Iterator[str]:
    for field in criteria.fields:
        yield f"  # --- {field.code}. {field.name}"
        for part in (part for criterion in field.criteria for part in criterion.parts):
            yield f"  # {part.code}. {part.name} ({format_typed(part.maximum)} điểm)"
            yield f"  #   cách tính: {' '.join(part.method.split())}"
            for tier in part.rule.tiers:
                if tier.id is not None:
                    yield f"  #   {tier.id}: {tier.name} ({format_typed(tier.points or 0)} điểm)"
            if part.rule.kind is not RuleKind.SURVEY:  # published later, by others
                yield f'  {part.code}: "{MARKER}: {how_to_answer(part)}"'
