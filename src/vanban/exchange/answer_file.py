"""What a unit sent → the text of its file in ``thu-thap/``, over what it had sent before."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from vanban.exchange.collecting import UnitAnswer
from vanban.nd30.dates import short_date
from vanban.workspace.models.form_answer import FormAnswer
from vanban.workspace.wording import one_line
from vanban.workspace.yaml_write import tree_lines

HEAD = """\
# yaml-language-server: $schema=../../.schema/thu-thap.schema.json
# Đơn vị gửi theo biểu mẫu; lệnh collect --apply ghi, đơn vị gửi lại thì ghi đè. Số liệu đã vào báo
# cáo; đoạn nào ở loi_van dùng được thì đưa vào báo cáo, mục ghi ở khóa muc.
"""

Items = dict[str, dict[str, str | None]]


def answer_name(period: str, unit: str) -> str:
    """Return the name of the file of a unit's answer."""
    return f"{period}-{unit}.yaml"


def says_more(answer: UnitAnswer, period: str, before: FormAnswer | None) -> bool:
    """Say whether a unit sent anything that its file does not have: else it keeps its day."""
    if before is None:
        return bool(answer.figures or answer.texts or answer.evidence)
    nothing = replace(answer, figures=(), texts=(), evidence=())
    said, known = (answer_file(each, period, before.received, before) for each in (answer, nothing))
    return said != known


def answer_file(
    answer: UnitAnswer, period: str, received: date, before: FormAnswer | None
) -> bytes:
    """Return the file; what the unit does not say anew stays as it was."""
    figures, evidence, texts = _kept(before)
    figures |= {
        each.indicator: {"gia_tri": each.value, "ghi_chu": each.note, "nguon": each.source}
        for each in answer.figures
    }
    evidence |= {
        each.criterion: {
            "tinh_trang": each.state.value,
            "so_ky_hieu": each.number,
            "ngay": each.day,
            "ghi_chu": each.note,
        }
        for each in answer.evidence
    }
    tree = {
        "ky": period,
        "don_vi": answer.unit,
        "tep": one_line(answer.file, 200),
        "ngay_nhan": short_date(received),
        "so_lieu": [_item("ma", *each) for each in figures.items()],
        "loi_van": [{"muc": path, "noi_dung": text} for path, text in answer.texts or texts],
        "minh_chung": [_item("tieu_chi", *each) for each in evidence.items()],
    }
    return (HEAD + "".join(f"{line}\n" for line in tree_lines(tree))).encode()


def _kept(before: FormAnswer | None) -> tuple[Items, Items, tuple[tuple[str, str], ...]]:
    """Return the figures, evidence and narrative of an earlier answer."""
    if before is None:
        return {}, {}, ()
    figures: Items = {
        each.id: {"gia_tri": each.value, "ghi_chu": each.note, "nguon": each.source}
        for each in before.figures
    }
    evidence: Items = {
        each.criterion: {
            "tinh_trang": each.state.value,
            "so_ky_hieu": each.number,
            "ngay": short_date(each.date) if each.date is not None else None,
            "ghi_chu": each.note,
        }
        for each in before.evidence
    }
    return figures, evidence, tuple((each.section, each.text) for each in before.texts)


def _item(key: str, name: str, values: dict[str, str | None]) -> dict[str, str]:
    return {key: name, **{each: str(value) for each, value in values.items() if value}}
