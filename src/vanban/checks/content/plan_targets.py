"""Targets: words against data and one another, and words by which nobody can tell success."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from vanban.checks.content.printed import passages_with, printed_at, unprinted
from vanban.checks.content.sections import is_report, look_ahead, own_words
from vanban.checks.content.stated_levels import StatedLevel, conflicts, stated_levels, words_of
from vanban.checks.data import expression
from vanban.checks.finding import Datum, Hit, Stretch
from vanban.checks.rules import Project, project_algorithm, text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.figures.levels import Bound, LevelError, Operator, parse_level
from vanban.figures.targets import plan_tasks
from vanban.provenance import Kind
from vanban.workspace.models.indicators import Indicator
from vanban.workspace.models.plan import Target, Task

_AIMS = ("phấn đấu", "mục tiêu", "chỉ tiêu", "đặt ra", "yêu cầu", "theo kế hoạch")
_EXCEEDING = expression("figures", "exceeding")

_RESULT_VERBS = (
    "công bố|áp dụng|ban hành|hoàn thành|xây dựng|thực hiện|duy trì|cải tiến|công khai|niêm yết|"
    "cập nhật|số hóa|kết nối|tham gia|đạt|giải quyết|ký số|gửi|triển khai|sử dụng|có|bảo đảm|"
    "đảm bảo|tổ chức|lập|báo cáo|khắc phục"
)
_TWO_RESULTS = re.compile(
    rf"\b(?P<first>{_RESULT_VERBS})(?:\s+[^\s,;]+){{3,40}}?,\s+(?:và\s+|đồng thời\s+)?"
    rf"(?P<second>(?:được\s+)?(?:{_RESULT_VERBS})(?:\s+[^\s,;]+){{3,40}})"
)
_UNMEASURED = expression("figures", "unmeasured")
_HIGHEST = expression("figures", "highest")
_CLAUSE_END = re.compile(r"[.;:](?=\s|$)|,\s+(?=[^.;,]*%)|$")


_Numbered = tuple[Target, Bound, Indicator]
"""A target with a number, what it means, and of what."""


@project_algorithm
def words_against_data(project: Project) -> Iterator[Hit]:
    for task in _tasks(project):
        stated = _statements(task)
        targets = [each for each in _numbered(project, task) if each[1].percent]
        free = [
            each
            for each in stated
            if not each.change and not any(each.agrees(level) for _, level, _ in targets)
        ]
        for target, level, indicator in targets:
            if not free or any(each.agrees(level) for each in stated):
                continue
            named = words_of(indicator.name)
            words = max(free, key=lambda each: len(each.subject & named))
            at = printed_at(project, task, "text", words.stretch.excerpt)
            given = {"loi_van": words.words, "muc": target.level, "chi_tieu": indicator.name}
            yield Hit(at, others=(_datum(target),), given=given)


@project_algorithm
def conflicting_data(project: Project) -> Iterator[Hit]:
    """Compare the numbered targets of one indicator and deadline."""
    alike: dict[tuple[str, date | None], list[tuple[Task, *_Numbered]]] = {}
    for task in _tasks(project):
        for target, level, indicator in _numbered(project, task):
            key = (target.indicator, target.deadline or task.deadline)
            alike.setdefault(key, []).append((task, target, level, indicator))
    for same in alike.values():
        if len({level for _, _, level, _ in same}) < 2:
            continue
        first, *others = (_stated_at(project, task, level) for task, _, level, _ in same)
        name = same[0][3].name
        levels = ", ".join(f"“{target.level}”" for _, target, _, _ in same)
        given = {"chi_tieu": name, "so": len(same), "cac_muc": levels}
        yield Hit(first, matter=name, others=tuple(others), given=given)


@project_algorithm
def conflicting_words(project: Project) -> Iterator[Hit]:
    stated = (
        each
        for writing in project.writings
        for passage in _aims(writing)
        for each in stated_levels(passage)
        if not _is_computed(each)
    )
    declared = (task.at("text") for task in _tasks(project) if task.targets)
    known = passages_with(project, declared)
    for first, second in conflicts(stated):
        if first.passage in known and second.passage in known:
            continue  # the rule about their data says so
        one, two = first.stretch, second.stretch
        given = {"mot": first.words, "hai": second.words}
        yield Hit(one, matter=f"{one.excerpt}\n{two.excerpt}", others=(two,), given=given)


def _is_computed(each: StatedLevel) -> bool:
    """Say whether the level is a figure of a period, which differs from that of another."""
    return any(
        source.kind is Kind.COMPUTED and source.start <= each.start < source.end
        for source in each.passage.sources
    )


@project_algorithm
def impossible_data(project: Project) -> Iterator[Hit]:
    for task in _tasks(project):
        for target, level, indicator in _numbered(project, task):
            if indicator.is_ratio and not indicator.may_exceed_100 and _asks_too_much(level):
                given = {"muc": target.level, "chi_tieu": indicator.name}
                yield Hit(_datum(target), given=given)


@project_algorithm
def untracked_words(project: Project) -> Iterator[Hit]:
    for task in _tasks(project):
        for each in () if task.targets else _statements(task):
            at = printed_at(project, task, "text", each.stretch.excerpt)
            yield Hit(at, given={"muc": each.words})


@text_algorithm
def meaningless_ranges(writing: Writing) -> Iterator[Hit]:
    for each in _stated_in(writing):
        at = Stretch(each.passage, each.start, each.end)
        ends = each.words.lower().endswith(("trở lên", "trở xuống"))
        if each.high is not None and (ends or each.low >= each.high):
            wrong = (
                "vừa là khoảng vừa là mức trở lên" if ends else "cận dưới không nhỏ hơn cận trên"
            )
            yield Hit(
                at,
                f"mức “{each.words}” không rõ nghĩa: {wrong}",
                "chọn một mức, ví dụ “từ 95% trở lên” hoặc “100%”",
            )
        elif (
            _is_beyond(each)
            and not _is_computed(each)  # staff over what was assigned: the figures are checked
            and not _EXCEEDING.search(each.stretch.excerpt.lower())
        ):
            yield Hit(
                at,
                f"mức “{each.words}” không thể đạt: phần của một tổng số không vượt 100%",
                "sửa thành “100%” hoặc mức thấp hơn",
            )


@text_algorithm
def two_results(writing: Writing) -> Iterator[Hit]:
    if is_report(writing):
        return
    for each in _stated_in(writing):
        found = _TWO_RESULTS.search(each.passage.lower, each.end, each.clause[1])
        if found is None or each.change:
            continue
        second = _opening(each.passage, found.start("second"))
        given = {"muc": each.words, "mot": found["first"], "hai": second}
        yield Hit(each.stretch, given=given)


@text_algorithm
def unmeasured_aims(writing: Writing) -> Iterator[Hit]:
    if is_report(writing):
        return
    for passage, _ in own_words(writing):
        for found in (*_UNMEASURED.finditer(passage.lower), *_HIGHEST.finditer(passage.lower)):
            end = found.end()
            if found.re is _UNMEASURED:
                ending = _CLAUSE_END.search(passage.text, end)
                end = len(passage.text) if ending is None else ending.start()
            if any(sign.isdigit() for sign in passage.text[found.start() : end]):
                continue
            opening = _opening(passage, found.start(), 8)
            yield Hit(Stretch(passage, found.start(), end), given={"mo_dau": opening})


def _tasks(project: Project) -> Iterable[Task]:
    return plan_tasks(project.workspace) if project.workspace is not None else ()


def _statements(task: Task) -> tuple[StatedLevel, ...]:
    """Return what a task states in words."""
    return tuple(stated_levels(unprinted(task.text, task.at("text"))))


def _stated_in(writing: Writing) -> Iterator[StatedLevel]:
    return (each for passage in writing.prose for each in stated_levels(passage))


def _numbered(project: Project, task: Task) -> Iterator[_Numbered]:
    """Yield the targets of a task that have a number."""
    assert project.workspace is not None
    for target in task.targets:
        try:
            level = parse_level(target.level)
        except LevelError:
            continue  # stops the build and is told there
        if isinstance(level, Bound):
            yield target, level, project.workspace.indicators_by_id[target.indicator]


def _stated_at(project: Project, task: Task, level: Bound) -> Stretch | Datum:
    """Return the clause of a task that states ``level``, the whole task where none does."""
    clauses = (each.stretch.excerpt for each in _statements(task) if each.agrees(level))
    return printed_at(project, task, "text", next(clauses, ""))


def _datum(target: Target) -> Datum:
    return Datum(target.at("level"), target.level)


def _asks_too_much(level: Bound) -> bool:
    return level.percent and (level.value > 1 or level == Bound(Operator.ABOVE, Fraction(1), True))


def _aims(writing: Writing) -> Iterator[Passage]:
    """Yield the passages that set targets; of a report only those that speak of aims."""
    report = is_report(writing)
    for passage, sections in own_words(writing):
        ahead = look_ahead(sections) or any(each.titled("nhiệm vụ, giải pháp") for each in sections)
        if not report or ahead or any(word in passage.lower for word in _AIMS):
            yield passage


def _is_beyond(each: StatedLevel) -> bool:
    """Say whether more than all is asked for."""
    if each.change or each.high is not None or each.level is None:
        return False
    asks_more = each.level.operator is Operator.ABOVE or each.words.lower().endswith("trở lên")
    return each.low > 1 or (each.low == 1 and asks_more)


def _opening(passage: Passage, start: int, count: int = 3) -> str:
    """Return the first words from ``start`` on."""
    return " ".join(passage.text[start:].split()[:count]).rstrip(",;.")
