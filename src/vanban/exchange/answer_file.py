"""What a unit sent → the text of its file in ``thu-thap/``, over what it had sent before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanban.exchange.collecting import UnitAnswer
from vanban.nd30.dates import short_date
from vanban.workspace.models.form_answer import FormAnswer
from vanban.workspace.wording import one_line
from vanban.workspace.yaml_write import Value, item_lines, key_lines

Pairs = tuple[tuple[str, Value], ...]


def answer_name(period: str, unit: str) -> str:
    """Return the name of the file of a unit's answer."""
    return f"{period}-{unit}.yaml"


def answer_file(
    answer: UnitAnswer, period: str, received: date, before: FormAnswer | None
) -> bytes:
    """Return the file; what the unit does not say anew stays as it was."""
    return "".join(f"{line}\n" for line in _lines(answer, period, received, before)).encode()


def _lines(
    answer: UnitAnswer, period: str, received: date, before: FormAnswer | None
) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../../.schema/thu-thap.schema.json"
    yield "# Đơn vị gửi theo biểu mẫu; lệnh collect --apply ghi, gửi lại thì ghi đè. Số liệu đã vào"
    yield "# báo cáo; lời văn ở loi_van thì đưa vào báo cáo nếu dùng."
    head: Pairs = (
        ("ky", period),
        ("don_vi", answer.unit),
        ("tep", one_line(answer.file, 200)),
        ("ngay_nhan", short_date(received)),
    )
    for name, value in head:
        yield from key_lines(name, value, 0)
    figures, texts, evidence = _kept(before)
    for given in answer.figures:
        said = ("gia_tri", given.value), ("ghi_chu", given.note), ("nguon", given.source)
        figures[given.indicator] = _pairs(("ma", given.indicator), *said)
    if answer.texts:
        texts = [(("muc", path), ("noi_dung", text)) for path, text in answer.texts]
    for each in answer.evidence:
        said = ("so_ky_hieu", each.number), ("ngay", each.day), ("ghi_chu", each.note)
        named = ("tieu_chi", each.criterion), ("tinh_trang", each.state.value)
        evidence[each.criterion] = _pairs(*named, *said)
    for name, items in (
        ("so_lieu", figures.values()),
        ("loi_van", texts),
        ("minh_chung", evidence.values()),
    ):
        if items:
            yield from ("", f"{name}:")
        for item in items:
            yield from item_lines(item, 2)


def _kept(
    before: FormAnswer | None,
) -> tuple[dict[str, Pairs], list[Pairs], dict[str, Pairs]]:
    """Return figures and evidence by their ids, and the narrative, of an earlier answer."""
    if before is None:
        return {}, [], {}
    figures = {
        each.id: _pairs(
            ("ma", each.id), ("gia_tri", each.value), ("ghi_chu", each.note), ("nguon", each.source)
        )
        for each in before.figures
    }
    evidence = {
        each.criterion: _pairs(
            ("tieu_chi", each.criterion),
            ("tinh_trang", each.state.value),
            ("so_ky_hieu", each.number),
            ("ngay", short_date(each.date) if each.date is not None else None),
            ("ghi_chu", each.note),
        )
        for each in before.evidence
    }
    texts = [(("muc", each.section), ("noi_dung", each.text)) for each in before.texts]
    return figures, list[Pairs](texts), evidence


def _pairs(*pairs: tuple[str, str | None]) -> Pairs:
    """Return what of ``pairs`` has a value."""
    return tuple((name, str(value)) for name, value in pairs if value)
