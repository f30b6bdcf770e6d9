"""Who has answered, what is missing, what is due and who owes it, seen from a day.

In: the workspace and a day. Out: frozen rows. A report is done when it has number and date; a unit
when it has answered or the report has all its figures; evidence when it is in the register. Whether
a task of the plan is done is known nowhere: one is told of only around its deadline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from vanban.exchange.forms import (
    Form,
    compilers,
    deadline_of,
    evidence_due,
    make_forms,
    units_due,
)
from vanban.figures.targets import leads_by_task, plan_tasks
from vanban.nd30.dates import in_year, short_date
from vanban.nd30.numbers import same_typed
from vanban.workspace.files import CRITERIA, EVIDENCE, FORM_ANSWERS
from vanban.workspace.models.form_answer import FormAnswer
from vanban.workspace.models.plan import Issue
from vanban.workspace.periods import PERIODS, window
from vanban.workspace.wording import one_line
from vanban.workspace.workspace import Workspace


class Standing(StrEnum):
    """How far a unit is, in words."""

    SENT = "đã gửi"
    SENT_LATE = "gửi muộn"
    KNOWN = "báo cáo đã có đủ số liệu"
    AWAITED = "chưa gửi"
    LATE = "quá hạn, chưa gửi"


class UnitState(Struct, frozen=True):
    """How far a unit is with its form; ``missing`` are names of figures that nobody has given.

    ``due`` is None where no calendar names a day: then nobody is late.
    ``differing`` are figures that the report has otherwise: name, what the unit sent, what it says.
    """

    unit: str
    name: str
    due: date | None
    received: date | None
    asked: int
    missing: tuple[str, ...]
    differing: tuple[tuple[str, str, str], ...] = ()

    def is_late(self, today: date) -> bool:
        return self.due is not None and (self.received or today) > self.due

    def standing(self, today: date) -> Standing:
        late = self.is_late(today)
        if self.received is not None:
            return Standing.SENT_LATE if late else Standing.SENT
        if not self.missing:
            return Standing.KNOWN
        return Standing.LATE if late else Standing.AWAITED

    def words(self, today: date) -> str:
        """Say how far it is, with the day on which it answered."""
        day = f" ngày {short_date(self.received)}" if self.received is not None else ""
        return f"{self.standing(today)}{day}"


def unit_states(workspace: Workspace, period: str) -> tuple[UnitState, ...]:
    """Return the state of each unit that has a form for ``period``."""
    due = units_due(workspace, period)
    forms = make_forms(workspace, period, due or window(period, workspace.year)[1])
    answers = {each.unit: each for each in workspace.all_of(FORM_ANSWERS) if each.period == period}
    report = workspace.reports.get(period)
    known = (
        {name: str(figure.value) for name, figure in report.figures.items()}
        if report is not None
        else {}
    )
    return tuple(_state(workspace, form, due, answers.get(form.key.unit), known) for form in forms)


def _state(
    workspace: Workspace,
    form: Form,
    due: date | None,
    answer: FormAnswer | None,
    known: Mapping[str, str],
) -> UnitState:
    sent = {each.id: str(each.value) for each in answer.figures} if answer is not None else {}
    return UnitState(
        form.key.unit,
        form.unit_name,
        due,
        answer.received if answer is not None else None,
        len(form.filled),
        tuple(row.name for row in form.filled if not {row.indicator} & {*known, *sent}),
        tuple(
            (workspace.indicators_by_id[name].name, value, known[name])
            for name, value in sent.items()
            if name in known and not same_typed(value, known[name])
        ),
    )


class Owed(StrEnum):
    """Kinds of what may be due."""

    DOCUMENT = "văn bản"
    FIGURES = "số liệu"
    EVIDENCE = "tài liệu kiểm chứng"
    TASK = "nhiệm vụ"


class DueItem(Struct, frozen=True, order=True):
    """Something that is owed by a day, how far it is, by whom (names, "" where nobody is named).

    Of many wards each has its own: ``ward`` is the name of its folder, ``agency`` that in texts.
    """

    day: date
    kind: Owed
    what: str
    who: str
    state: str = ""
    ward: str = ""
    agency: str = ""

    @property
    def text(self) -> str:
        return f"{self.what} ({self.state})" if self.state else self.what

    @property
    def uid(self) -> str:
        """An id that stays the same while the thing does, for a calendar."""
        parts = (*filter(None, (self.ward,)), self.kind, self.what, self.who)
        return sha256("|".join(parts).encode()).hexdigest()[:24]


def due_items(
    workspace: Workspace, today: date, days: int, unknown: Collection[str] = ()
) -> tuple[DueItem, ...]:
    """Return what is late on ``today`` or due within ``days`` of it, by day.

    ``unknown`` are the names of files that cannot be read ("q3", "minh-chung"): whether what they
    tell of is owed, nobody can say.
    """
    last = today + timedelta(days)
    of_wards = workspace.agency.is_of_province and workspace.evidence is None  # their criteria
    known = not of_wards and not {CRITERIA.key, EVIDENCE.key} & {*unknown}
    every = (
        *(each for each in _documents(workspace, unknown) if each.day <= last),
        *(each for each in _figures(workspace, last, unknown)),
        *(_evidence(workspace) if known and evidence_due(workspace) <= last else ()),
        *(each for each in _tasks(workspace) if abs((each.day - today).days) <= days),
    )
    return tuple(sorted(set(every)))


def _documents(workspace: Workspace, unknown: Collection[str]) -> Iterator[DueItem]:
    for row in workspace.agency.calendar:
        if row.period in unknown or not is_owed(workspace, row.period):
            continue
        on_wards = workspace.agency.is_of_province
        reports: Mapping[str, Issue] = workspace.city_reports if on_wards else workspace.reports
        report = reports.get(row.period)
        if report is not None and report.number is not None and report.date is not None:
            continue
        title = PERIODS[row.period].title(workspace.year)
        draft = "đang soạn" if report is not None else "chưa có tệp nội dung"
        yield DueItem(
            in_year(row.due, workspace.year),
            Owed.DOCUMENT,
            f"Báo cáo {'chung về các xã, phường' if on_wards else 'cải cách hành chính'} {title}",
            _names(workspace, compilers(workspace, row.period)),
            draft,
        )


def is_owed(workspace: Workspace, period: str) -> bool:
    """Say whether the agency was at work when the period ended."""
    began = workspace.agency.established
    return began is None or began <= window(period, workspace.year)[1]


def _figures(workspace: Workspace, last: date, unknown: Collection[str]) -> Iterator[DueItem]:
    if workspace.agency.is_of_province:  # its figures are those of wards
        return
    for period in (each for each in PERIODS if each not in unknown):
        day = units_due(workspace, period)
        row, report = deadline_of(workspace, period), workspace.reports.get(period)
        issued = report is not None and report.number is not None
        if day is None or row is None or day > last or issued or not is_owed(workspace, period):
            continue
        title = PERIODS[period].title(workspace.year)
        for state in unit_states(workspace, period):
            if state.received is None and state.missing:
                lacking = f"còn {len(state.missing)} chỉ tiêu"
                yield DueItem(day, Owed.FIGURES, f"Số liệu {title}", state.name, lacking)


def _evidence(workspace: Workspace) -> Iterator[DueItem]:
    day = evidence_due(workspace)
    forms = make_forms(workspace, "year", day)
    units: dict[str, list[str]] = {}
    for form in forms:
        for owed in form.evidence:
            text = f"Tài liệu tiêu chí {owed.criterion}: {owed.required or owed.name}"
            units.setdefault(text, []).append(form.unit_name)
    for text, names in units.items():
        yield DueItem(day, Owed.EVIDENCE, text, ", ".join(names))


def _tasks(workspace: Workspace) -> Iterator[DueItem]:
    leads = leads_by_task(workspace)
    for task in plan_tasks(workspace):
        who = _names(workspace, leads.get(task.id, ()))
        product = f"sản phẩm: {task.product}" if task.product is not None else ""
        what = f"{task.id}: {one_line(task.text)}"
        days = (task.deadline, *(target.deadline for target in task.targets))
        for day in dict.fromkeys(day for day in days if day is not None):
            yield DueItem(day, Owed.TASK, what, who, product)


def _names(workspace: Workspace, units: Iterable[str]) -> str:
    return ", ".join(workspace.units_by_id[unit].name for unit in units)


def calendar_file(items: Iterable[DueItem], name: str, today: date) -> bytes:
    """Return a calendar (.ics, RFC 5545): an event of a whole day an item, with an alarm.

    A thing that is due on several days has a uid for each, numbered from the second on.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//vanban//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    known: Counter[str] = Counter()
    for item in items:
        known[item.uid] += 1
        number = f"-{known[item.uid]}" if known[item.uid] > 1 else ""
        whose = f"{item.agency}: " if item.agency else ""
        event = Event()
        event.add("uid", f"{item.uid}{number}@vanban")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", item.day)
        event.add("summary", f"Hạn: {whose}{item.text}")
        event.add("description", item.who or "chưa phân công")
        event.add("categories", [item.kind.value])
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{whose}{item.text}")
        alarm.add("trigger", timedelta(days=-2))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
