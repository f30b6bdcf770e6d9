"""A monitored set as the text of its YAML file, in the order of the dictionary of keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from vanban.errors import Place
from vanban.exchange.rule_texts import Keys, Tiers, Value
from vanban.nd30.numbers import format_typed
from vanban.workspace.models.monitoring import Role
from vanban.workspace.yaml_write import WIDTH, item_lines, key_lines, on_one_line

HEAD = """\
# yaml-language-server: $schema=../../.schema/bo-chi-so.schema.json
# Bộ chỉ số do nơi khác chấm, để theo dõi: điểm do máy tính từ số liệu ở cham-diem/. Không đòi bản
# tự đánh giá và tài liệu kiểm chứng. Ý nghĩa của các khóa: docs/tu-dien.md.
# can_doi_chieu: điều chưa chắc, in trong bảng điểm; xong thì xóa. chi_cap_tinh, loai chua_xac_dinh,
# chỉ tiêu không có diem_toi_da: chưa xác định được điểm của xã, phường, nên tổng cũng vậy.
"""


class Row(Struct, frozen=True):
    """A row of a set; texts are "" and points None where the table has none."""

    code: str
    name: str
    maximum: Decimal | None
    keys: Keys
    under: str = ""
    method: str = ""
    numerator: str = ""
    denominator: str = ""
    province_only: bool = False
    excused: str = ""
    proof: str = ""
    source: str = ""
    source_code: str = ""
    doubts: tuple[str, ...] = ()
    note: str = ""


class Heading(Struct, frozen=True):
    """A heading within a group; ``place`` is where the table has its points."""

    code: str
    name: str
    maximum: Decimal | None
    place: Place


class Group(Struct, frozen=True):
    """A group; ``code`` is "" where it has none, ``place`` where the table has its points."""

    code: str
    name: str
    maximum: Decimal | None
    role: Role
    place: Place
    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()


def set_text(
    name: str,
    status: str,
    sources: tuple[str, ...],
    periods: tuple[str, ...],
    groups: tuple[Group, ...],
) -> str:
    """Return the text of the file."""
    total = sum((each.maximum or 0 for each in groups if each.role is Role.SCORED), Decimal(0))
    lines = [*key_lines("ten", name, 0), *key_lines("tinh_trang", status, 0)]
    if sources:
        lines.append("nguon:")
        lines += [line for each in sources for line in item_lines(each, 2)]
    lines.append(f"tong_diem: {format_typed(total)}")
    if periods:
        lines.append(f"ky: [{', '.join(periods)}]")
    lines += ["", "nhom:"]
    for group in groups:
        lines += _group_lines(group)
    return HEAD + "\n" + "\n".join(lines) + "\n"


def _group_lines(group: Group) -> Iterator[str]:
    first = [("ma", group.code)] if group.code else []
    yield from item_lines([*first, ("ten", group.name)], 2)
    if group.role is not Role.SCORED:
        yield f"    vai_tro: {group.role.value}"
    if group.maximum is not None:
        yield f"    diem_toi_da: {format_typed(group.maximum)}"
    if group.headings:
        yield "    muc:"
        for heading in group.headings:
            yield from item_lines([("ma", heading.code), ("ten", heading.name)], 6)
            if heading.maximum is not None:
                yield f"        diem_toi_da: {format_typed(heading.maximum)}"
    yield "    chi_tieu:"
    for row in group.rows:
        yield from _row_lines(row)


def _row_lines(row: Row) -> Iterator[str]:
    indent = 8
    yield from item_lines([("ma", row.code), ("ten", row.name)], 6)
    if row.under:
        yield f"        thuoc: {row.under}"
    if row.maximum is not None:
        yield f"        diem_toi_da: {format_typed(row.maximum)}"
    yield from rule_lines(row.keys, 8)
    texts = (
        ("dien_giai", row.method),
        ("tu_so", row.numerator),
        ("mau_so", row.denominator),
        ("khi_khong_ap_dung", row.excused),
        ("tai_lieu", row.proof),
        ("nguon_so_lieu", row.source),
        ("ma_nguon", row.source_code),
        ("ghi_chu", row.note),
    )
    if row.province_only:
        yield "        chi_cap_tinh: true"
    for key, text in texts:
        if text:
            yield from key_lines(key, text, indent)
    if row.doubts:
        yield "        can_doi_chieu:"
        for doubt in row.doubts:
            yield from item_lines(doubt, 10)


def rule_lines(keys: Keys, indent: int) -> Iterator[str]:
    """Yield the rule at column ``indent``, on one line where it has no tiers and room."""
    blank = " " * indent
    line = f"{blank}cach_tinh: {{{flat(keys)}}}"
    if len(line) <= WIDTH and not any(isinstance(each, Tiers) for each in keys.values()):
        yield line
        return
    yield f"{blank}cach_tinh:"
    for key, value in keys.items():
        if isinstance(value, Tiers):
            yield f"{blank}  {key}:"
            yield from (f"{blank}    - {{{flat(dict(tier))}}}" for tier in value.levels)
        else:
            yield f"{blank}  {key}: {_within(value)}"


def flat(keys: Mapping[str, Value]) -> str:
    """Return keys and values as they stand within brackets."""
    return ", ".join(f"{key}: {_within(value)}" for key, value in keys.items())


def _within(value: Value) -> str:
    """Return a value as it stands within brackets."""
    if isinstance(value, Tiers):
        return f"[{', '.join(f'{{{flat(dict(tier))}}}' for tier in value.levels)}]"
    if not isinstance(value, str):
        return f"[{', '.join(value)}]"
    return value if re.fullmatch(r"[0-9/]+%?", value) else on_one_line(value, None)


def summary(groups: Iterable[Group]) -> Iterator[str]:
    """Yield a line for each group and row: code, points, name, rule; doubts below it."""
    for group in groups:
        points = "" if group.maximum is None else f" ({format_typed(group.maximum)} điểm)"
        role = "" if group.role is Role.SCORED else f", {group.role.value}"
        yield f"  {group.name}{points}{role}"
        for row in group.rows:
            most = "–" if row.maximum is None else format_typed(row.maximum)
            where = "; chỉ cấp tỉnh" if row.province_only else ""
            yield f"    {row.code:<9}{most:>5}  {row.name}: {flat(row.keys)}{where}"
            yield from (f"                    cần đối chiếu: {doubt}" for doubt in row.doubts)
