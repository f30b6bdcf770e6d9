"""References to figures in typed text: "{ty-le-hai-long}" in a sentence of a report.

In: the texts of a report and its figures. Out: the same texts with what a registered id in braces
stands for; other braces stay as they are. There are no expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from vanban.errors import Problem
from vanban.figures.values import Value
from vanban.provenance import sources_of, traced
from vanban.workspace.files import CITY_REPORTS
from vanban.workspace.models.entry import Entry, typed_texts
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.source import Scalar
from vanban.workspace.wording import closest, one_line
from vanban.workspace.workspace import Workspace

_BRACES = re.compile(r"\{([^{}]*)\}")
_LIKE_AN_ID = re.compile(r"\s*[^\W_]+(?:[-_\u2010-\u2015][^\W_]+)+\s*")
_CASES = "trường hợp"
"""What may stand for the unit of any count: "01 trường hợp"."""


def check_references_to_figures(workspace: Workspace) -> list[Problem]:
    """Return a problem for each pair of braces around what looks like an id and is none."""
    return sorted(
        problem
        for report in (*workspace.reports.values(), *workspace.all_of(CITY_REPORTS))
        for text, key in typed_texts(report)
        for problem in _unknown(text, key, workspace)
    )


def missing_references(
    values: Mapping[str, Value], report: Entry
) -> Iterator[tuple[Scalar, int, Value]]:
    """Yield each text of ``report`` that refers to an unknown value, with its position."""
    for text, _ in typed_texts(report):
        for found in _BRACES.finditer(text):
            value = values.get(found[1])
            if value is not None and value.exact is None:
                yield text, found.start(), value


def with_figures(
    text: str,
    values: Mapping[str, Value],
    report: Entry,
    printed: Callable[[Indicator, bool], str],
) -> str:
    """Return ``text`` with ``printed`` figures where it was typed in ``report`` as references.

    ``printed`` is told whether the figure is part of a fraction: "{a}/{b} hồ sơ".
    The unit follows a figure where the text does not go on with it.
    """
    pieces: list[str] = []
    end = 0
    for found in _BRACES.finditer(text):
        value = values.get(found[1])
        if value is None or not _is_typed_in(report, text, found.start()):
            continue
        start, fraction = found.start(), in_fraction(text, *found.span())
        pieces += [text[end:start], printed(value.indicator, fraction)]
        end = found.end()
        if value.number is not None and needs_unit(value.indicator, text[end:]):
            pieces += [" ", value.indicator.unit]
    return traced(*pieces, text[end:]) if pieces else text


def in_fraction(text: str, start: int, end: int) -> bool:
    """Say whether what stands in ``text`` from ``start`` to ``end`` is a part of "{a}/{b}"."""
    return "/" in (text[max(start - 1, 0) : start], text[end : end + 1])


def _is_typed_in(report: Entry, text: str, position: int) -> bool:
    file = report.at().file
    return any(
        source.is_typed and source.start <= position < source.end and source.place.file == file
        for source in sources_of(text)
    )


def needs_unit(indicator: Indicator, after: str) -> bool:
    """Say whether the unit is still to be told: not in "{a}/{b} hồ sơ"."""
    if after.startswith("/"):
        return False
    following = after.lstrip().casefold()
    wordings = (" ".join(each.split()[:2]) for each in indicator.wordings)
    said = (indicator.unit, _CASES, *wordings)
    return not any(re.match(rf"{re.escape(each.casefold())}(?!\w)", following) for each in said)


def _unknown(text: Scalar, key: str, workspace: Workspace) -> Iterator[Problem]:
    known = workspace.indicators_by_id
    for found in _BRACES.finditer(text):
        if found[1] in known or not _LIKE_AN_ID.fullmatch(found[1]):
            continue
        near = closest(found[1], known)
        what_to_do = f"có phải “{{{near}}}”?" if near else "xem mã trong chi-tieu.yaml"
        message = f"không có chỉ tiêu “{one_line(found[1])}” để lấy số liệu — {what_to_do}"
        yield Problem(text.place_at(found.start()), key, message)
