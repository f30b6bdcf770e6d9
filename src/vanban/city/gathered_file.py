"""What was gathered ↔ the file in the city's content that its report is composed from.

The same gathering gives the same bytes; what is read back equals what was written, but for ids
that no ward has a figure of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from vanban.city.gathered import Figures, Gathered, GatheredWard, Past, Points
from vanban.errors import printable
from vanban.figures.values import Number
from vanban.nd30.letters import composed_line
from vanban.nd30.numbers import format_typed
from vanban.workspace.models.gathered import NO_FIGURE, GatheredEntry, GatheredFile

HEAD = """\
# yaml-language-server: $schema=../../.schema/tong-hop.schema.json
# Máy ghi (lệnh gather) từ số liệu của các đơn vị; đừng sửa tay. Số sai thì đơn vị sửa ở báo cáo của
# mình, rồi chạy lại lệnh. Báo cáo của thành phố lập từ tệp này.
"""


def gathered_of(file: GatheredFile, year: int, period: str) -> Gathered:
    """Return what a file of ``period`` of ``year`` says."""
    names = file.indicators.split()
    return Gathered(period, year, tuple(_ward(each, names) for each in file.wards))


def gathered_bytes(gathered: Gathered, order: Iterable[str] = ()) -> bytes:
    """Return the file; figures in the ``order`` of the register, then by id."""
    said = {name for ward in gathered.wards for name in ward.figures}
    said.update(name for ward in gathered.wards for past in ward.past for name in past.figures)
    known = dict.fromkeys(order)
    names = (*(each for each in known if each in said), *sorted(said - known.keys()))
    lines = ["so_lieu_mau: true"] if gathered.sample else []
    lines += [f"chi_tieu: {_quoted(' '.join(names) or NO_FIGURE)}", "", "don_vi:"]
    for ward in gathered.wards:
        first, *rest = _lines(ward, names)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return (HEAD + "\n" + "".join(f"{line}\n" for line in lines)).encode()


def _lines(ward: GatheredWard, names: tuple[str, ...]) -> Iterator[str]:
    yield f"thu_muc: {_quoted(ward.name)}"
    if ward.sample:
        yield "so_lieu_mau: true"
    texts = {
        "ten": ward.agency,
        "bo_dung_chung": ward.shared,
        "vang": ward.absence,
        "so_lieu": _row(ward.figures, names) if ward.reported else "",
    }
    yield from (f"{key}: {_quoted(text)}" for key, text in texts.items() if text)
    if ward.past:
        yield "ky_truoc:"
    for past in ward.past:
        yield f"  {past.period}-{past.year}: {_quoted(_row(past.figures, names))}"
    texts = {
        "khong_dat": " ".join(ward.missed),
        "nguy_co": " ".join(ward.at_risk),
        "nghi_ngo": " ".join(ward.doubtful),
        "thieu_minh_chung": " ".join(ward.unproven),
        "diem": " ".join(map(_points, ward.points)),
    }
    yield from (f"{key}: {_quoted(text)}" for key, text in texts.items() if text)
    if ward.contradictions:
        yield "mau_thuan:"
    yield from (f"  - {_quoted(text)}" for text in ward.contradictions)


def _row(figures: Figures, names: Iterable[str]) -> str:
    row = (format_typed(figures[name]) if name in figures else NO_FIGURE for name in names)
    return " ".join(row) or NO_FIGURE


def _points(row: Points) -> str:
    reached = NO_FIGURE if row.points is None else format_typed(row.points)
    return f"{row.code}={reached}/{format_typed(row.maximum)}/{format_typed(row.at_risk)}"


def _quoted(text: str) -> str:
    return json.dumps(composed_line(printable(text)), ensure_ascii=False)


# --- read -------------------------------------------------------------------------------------


def _ward(entry: GatheredEntry, names: list[str]) -> GatheredWard:
    return GatheredWard(
        name=str(entry.name),
        agency=str(entry.agency or ""),
        reported=entry.figures is not None,
        sample=entry.sample,
        shared=str(entry.shared or ""),
        figures=_figures(entry.figures, names),
        past=tuple(_past(key, row, names) for key, row in entry.past.items()),
        missed=_ids(entry.missed),
        at_risk=_ids(entry.at_risk),
        unproven=_ids(entry.unproven),
        points=tuple(map(_points_of, _ids(entry.points))),
        contradictions=tuple(map(str, entry.contradictions)),
        doubtful=_ids(entry.doubtful),
        absence=str(entry.absence or ""),
        origin=entry.origin("figures" if entry.figures is not None else "name"),
    )


def _past(key: str, row: str, names: list[str]) -> Past:
    period, _, year = key.partition("-")
    return Past(period, int(year), _figures(row, names))


def _figures(row: str | None, names: list[str]) -> dict[str, Number]:
    if row is None:
        return {}
    pairs = zip(names, row.split(), strict=True)
    return {name: _number(text) for name, text in pairs if text != NO_FIGURE}


def _number(text: str) -> Number:
    return Decimal(text.replace(",", ".")) if "," in text else int(text)


def _points_of(text: str) -> Points:
    code, _, rest = text.partition("=")
    reached, maximum, at_risk = rest.split("/")
    points = None if reached == NO_FIGURE else _decimal(reached)
    return Points(code, points, _decimal(maximum), _decimal(at_risk))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple((text or "").split())
