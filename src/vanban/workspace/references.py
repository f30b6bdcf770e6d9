"""References between files: every id exists, once, and is of the right kind.

In: the trees of all files with their models, valid or not, so that a mistake in one entry does not
hide another. Out: problems. What refers to what stands in :mod:`vanban.workspace.typed_ids`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from pathlib import Path

from vanban.errors import Place, Problem
from vanban.workspace.keys import Shape
from vanban.workspace.models.entry import DASHES, Entry
from vanban.workspace.models.indicators import (
    Indicator,
)
from vanban.workspace.periods import PERIODS
from vanban.workspace.source import Mapping, Node, Scalar, Sequence
from vanban.workspace.typed_ids import (
    DEFINITIONS,
    HOMES,
    REFERENCES,
    Value,
    entries_below,
    kind_in,
    typed_ids,
)
from vanban.workspace.wording import closest, one_line, visible

Definitions = dict[str, dict[str, Value]]
"""What a thing is called → its id → where it is defined."""


def check_references(
    files: Iterable[tuple[type[Entry], Node]],
    broken: Iterable[str] = (),
    citable: Iterable[str] = (),
    unreadable: Iterable[Path] = (),
    commented: AnyMapping[str, Place] | None = None,
    told: Container[Place] = (),
    shared: Container[Path] = (),
) -> list[Problem]:
    """Return every wrong, repeated or missing reference among ``files``, sorted.

    ``files`` are pairs of model and tree. ``broken`` names files (as in :data:`HOMES`) that have
    other problems; references to things of which such a file defines none are not judged.
    ``citable`` are ids of documents that no file gives an id: plans of other years, reports.
    ``unreadable`` are files of plans that may have any id, ``commented`` ids of entries that are
    comments. Of a value whose place is in ``told`` something is wrong already: only what it must
    stand for is told then. An id of a file in ``shared`` gives way to the same one of another.
    """
    entries = [
        pair for model, tree in files for pair in entries_below(Shape("", entry=model), tree)
    ]
    values = [value for model, mapping in entries for value in typed_ids(model, mapping)]
    definitions: Definitions = {}
    problems = [*_define(values, definitions, shared)]
    unknown = {kind for kind, home in HOMES.items() if home in set(broken)}
    unknown -= {
        kind
        for kind, defined in definitions.items()
        if any(value.place.file.name == HOMES.get(kind) for value in defined.values())
    }
    for value in values:
        kind = kind_in(REFERENCES, value)
        if kind is not None and kind not in unknown:
            outside, perhaps = (citable, unreadable) if kind == "văn bản" else ((), ())
            problems.extend(
                _check_reference(
                    kind, value, definitions, tuple(outside), tuple(perhaps), commented or {}, told
                )
            )
    for model, mapping in entries:
        for checked, check in ENTRY_CHECKS:
            if issubclass(model, checked):
                problems.extend(check(mapping))
    problems.extend(_check_cycles(definitions.get("chỉ tiêu", {})))
    return sorted(set(problems))


def _define(
    values: Iterable[Value], definitions: Definitions, shared: Container[Path]
) -> Iterator[Problem]:
    """Fill ``definitions``, telling every id that is defined again."""
    for value in values:
        kind = kind_in(DEFINITIONS, value)
        if kind is None:
            continue
        first = definitions.setdefault(kind, {}).setdefault(value.text, value)
        gives_way = value.place.file in shared and value.place.file != first.place.file
        if first is not value and not gives_way:
            yield value.problem(
                f"mã “{one_line(value.text)}” của {kind} đã dùng ở {first.place} — đặt mã khác"
            )


# --- checks of one reference ------------------------------------------------------------------


def _id_of_name(name: str, definitions: Iterable[Value]) -> str | None:
    """Return the id of what is called ``name``, None where nothing is."""
    for each in definitions:
        known = (each.parent.get(key) for key in ("ten", "ho_ten"))
        if any(isinstance(one, Scalar) and one.casefold() == name.casefold() for one in known):
            return each.text
    return None


def _check_reference(
    kind: str,
    value: Value,
    definitions: Definitions,
    outside: tuple[str, ...],
    unreadable: tuple[Path, ...],
    commented: AnyMapping[str, Place],
    told: Container[Place],
) -> Iterator[Problem]:
    known = tuple(PERIODS) if kind == "kỳ báo cáo" else (*definitions.get(kind, {}), *outside)
    name = one_line(value.text)
    if value.text not in known and value.text in commented:
        place = commented[value.text]
        yield value.problem(
            f"“{name}” đang là dòng ghi chú trong {place.file.name} (dòng {place.line}) — bỏ dấu "
            "“#” ở đầu các dòng của mục đó, ghi đúng nội dung"
        )
        return
    if value.text not in known and ("\ufffd" in name or DASHES.search(name)):
        return  # what cannot be seen in an id is told by its own check
    if value.text not in known:
        near = closest(value.text, known)
        named = _id_of_name(value.text, definitions.get(kind, {}).values())
        if value.place in told and near is None and named is None:
            return
        if named is not None:
            what_to_do = f"đây là tên, ghi mã “{visible(named)}”"
        elif unreadable:
            files = ", ".join(str(file) for file in unreadable)
            what_to_do = f"nếu là mã của kế hoạch ở {files} thì sửa tệp đó trước"
        elif near is not None:
            what_to_do = f"có phải “{visible(near)}”?"
        elif kind in HOMES:
            what_to_do = f"thêm vào {HOMES[kind]} hoặc sửa mã này"
        else:
            what_to_do = f"chọn một trong: {', '.join(known)}"
        yield replace(value.problem(f"không có {kind} “{name}” — {what_to_do}"), follows=unreadable)
        return
    siblings = value.parent[value.key]
    if isinstance(siblings, Sequence) and siblings[siblings.index(value.text)].place < value.place:
        yield value.problem(f"“{name}” ghi hai lần trong cùng danh sách — xóa một chỗ")
    target = definitions.get(kind, {}).get(value.text)
    check = TARGET_CHECKS.get(value.attribute)
    message = check(value, target.parent) if check is not None and target is not None else None
    if message is not None:
        yield value.problem(message)


def _needs_code(value: Value, unit: Mapping) -> str | None:
    if unit.get("ky_hieu"):
        return None
    return (
        f"đơn vị “{value.text}” chưa có ky_hieu nên không ghi được dòng “Lưu: VT, …” — thêm "
        "ky_hieu của đơn vị vào co-quan.yaml"
    )


def _never_ratio(value: Value, indicator: Mapping) -> str | None:
    top, bottom = indicator.get("tu_so"), indicator.get("mau_so")
    if top is None or bottom is None:
        return None
    if value.attribute == "figures":
        what_to_do = f"xóa dòng này, nhập số liệu của “{top}” và “{bottom}”"
    else:
        what_to_do = "chọn chỉ tiêu là số đếm hoặc tổng"
    return f"“{value.text}” là tỷ lệ, do máy tính từ tử số và mẫu số — {what_to_do}"


def _is_scored(value: Value, criterion: Mapping) -> str | None:
    if value.text.count(".") == 2:
        return None
    return f"“{value.text}” không phải là tiêu chí thành phần — viết mã ba số, như 1.1.1"


TARGET_CHECKS: dict[str, Callable[[Value, Mapping], str | None]] = {
    # attribute of the reference: what its target must have
    "filing_units": _needs_code,
    "evidence_for": _is_scored,
    "figures": _never_ratio,
    "sum_of": _never_ratio,
    "numerator": _never_ratio,
    "denominator": _never_ratio,
    "left": _never_ratio,
    "right": _never_ratio,
}


# --- checks of one entry ----------------------------------------------------------------------


def _check_indicator(mapping: Mapping) -> Iterator[Problem]:
    top, bottom, total = (bool(mapping.get(name)) for name in ("tu_so", "mau_so", "tong_cua"))
    if top != bottom:
        lacking = "mau_so" if top else "tu_so"
        yield Problem(
            mapping.place, lacking, f"tỷ lệ phải có cả tu_so và mau_so — thêm dòng “{lacking}: …”"
        )
    if total and (top or bottom):
        yield Problem(
            mapping.key_places["tong_cua"],
            "tong_cua",
            "một chỉ tiêu không thể vừa là tổng vừa là tỷ lệ — chỉ giữ tong_cua, hoặc chỉ giữ "
            "tu_so và mau_so",
        )


ENTRY_CHECKS: tuple[tuple[type[Entry], Callable[[Mapping], Iterator[Problem]]], ...] = (
    (Indicator, _check_indicator),
)


def _check_cycles(indicators: dict[str, Value]) -> Iterator[Problem]:
    """Tell each indicator that is, through other sums, a sum of itself."""
    parts: dict[str, list[str]] = {}
    for name, value in indicators.items():
        total = value.parent.get("tong_cua")
        listed = total if isinstance(total, Sequence) else ()
        parts[name] = [part for part in listed if isinstance(part, str) and part in indicators]
    for name, value in indicators.items():
        reached: set[str] = set()
        waiting = list(parts[name])
        while waiting:
            part = waiting.pop()
            if part not in reached:
                reached.add(part)
                waiting.extend(parts[part])
        if name in reached:
            yield Problem(
                value.parent.key_places["tong_cua"],
                "tong_cua",
                f"chỉ tiêu “{name}” là tổng của chính nó — bỏ chỗ vòng lại này",
            )
