"""Rows of the specification + a form → lines of the report: the one engine of all rules of form.

It finds the parts that a rule looks at, has each aspect measured, compares with what is allowed and
words the outcome; only here stands what is said of a component that is missing, of what does not
exist and of what could not be measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct

from vanban.checks.finding import Severity, filled
from vanban.checks.form import (  # noqa: F401 - each registers measures
    measure_appearance,
    measure_body,
    measure_head,
    measure_headings,
    measure_leftovers,
    measure_lines,
    measure_page,
    measure_page_number,
    measure_tables,
    measure_tail,
)
from vanban.checks.form.measure import (
    MEASURES,
    Form,
    Found,
    Result,
    Subject,
    Unmeasured,
    Value,
    quoted,
    shown,
)
from vanban.checks.form.parts import Part
from vanban.checks.form.specification import (
    Aspect,
    Component,
    FormRow,
    Position,
    Range,
    Required,
    WordingRow,
    components,
    specification,
)
from vanban.checks.rules import Rule
from vanban.checks.writing import Role
from vanban.errors import ContentError
from vanban.nd30.document_types import UNNUMBERED
from vanban.nd30.paper_forms import TITLE_ONLY, UNDATED
from vanban.workspace.models.rule_rows import Standing

GROUP = "hinh-thuc"
ABSENT = "văn bản không có thành phần này"
MAX_KINDS = 3
"""Different values of many paragraphs that are told."""


class Verdict(StrEnum):
    """What becomes of a row; what is not there or could not be measured is no pass."""

    PASS = "đạt"
    FAIL = "không đạt"
    WARN = "cảnh báo"
    ABSENT = "không có thành phần này"
    UNKNOWN = "không đo được"


class FormRule(Rule, frozen=True):
    """A rule about the form of a Word file and its pages; tests try its examples on Word files.

    ``component`` is the row of the component table that it belongs to, ``looked_at`` are the
    components that must be there to be judged. ``on_pages`` are judged by the pages alone.
    """

    component: str = ""
    looked_at: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    on_pages: bool = False


class Row(Struct, frozen=True):
    """One line of the report: what a rule says of one aspect, in the order of the component table.

    ``at`` are the places that do not fit, ``advice`` what to do; ``reason`` says why nothing was
    judged.
    """

    rule: FormRule
    aspect: str
    verdict: Verdict
    measured: str = ""
    allowed: str = ""
    at: tuple[Part, ...] = ()
    advice: str = ""
    reason: str = ""


@cache
def form_rules() -> tuple[FormRule, ...]:
    """Return the rules of form in the order of the component table.

    Raises ContentError where the specification names what does not exist.
    """
    spec, known = specification(), components()
    problems = [
        entry.problem(f"không có {what} “{name}” — xem lại", attribute)
        for row in spec.rows
        for entry, what, attribute, name, names in (
            (row, "thành phần", "component", row.component, known),
            *((row, "thành phần", "looked_at", each, known) for each in row.looked_at or ()),
            *((each, "phép đo", "measure", each.measure, MEASURES) for each in row.aspects),
            *(
                (wording, "dòng", "lines", each, {*Position, *known})
                for aspect in row.aspects
                for wording in aspect.wordings
                for each in wording.lines
            ),
        )
        if name not in names
    ]
    if problems:
        raise ContentError(problems)
    rules = [
        FormRule(
            row.id,
            str(row.title),
            row.basis,
            str(row.clause or known[row.component].clause),
            str(row.example.bad),
            str(row.example.good),
            component=row.component,
            looked_at=_looked_at(row, known[row.component]),
            aspects=row.aspects,
            on_pages=row.on_pages,
        )
        for row in spec.rows
    ]
    own = {rule.id for rule in rules}
    rules += [
        _appearance_rule(component)
        for component in known.values()
        if component.sizes is not None and f"{GROUP}/{component.id}" not in own
    ]
    order = list(known)
    return tuple(
        sorted(rules, key=lambda rule: (order.index(rule.component), not _is_own(rule), rule.id))
    )


def _looked_at(row: FormRow, component: Component) -> tuple[str, ...]:
    if row.looked_at is not None:
        return row.looked_at
    return () if component.whole else (component.id,)


def _is_own(rule: FormRule) -> bool:
    """Say whether a rule is that of the component itself, which tells where that is missing."""
    return rule.id == f"{GROUP}/{rule.component}"


def _appearance_rule(component: Component) -> FormRule:
    assert component.sizes is not None
    allowed = ", ".join(filter(None, (f"cỡ chữ {span(component.sizes)}", component.style)))
    return FormRule(
        f"{GROUP}/{component.id}",
        f"{component.name}: cỡ chữ, kiểu chữ, vị trí",
        Standing.LAW,
        component.clause,
        f"{component.name} cỡ chữ 16",
        f"{component.name} {allowed}",
        component=component.id,
        looked_at=(component.id,),
        aspects=specification().appearance,
    )


def judge(rule: FormRule, form: Form) -> Iterator[Row]:
    """Yield the lines of one rule."""
    component = components()[rule.component]
    present = all(form.components.get(each) for each in rule.looked_at)
    if _is_own(rule) and not present:
        yield _missing(rule, component, form)
        return
    for aspect in rule.aspects if present else rule.aspects[:1]:
        subject = Subject(form, component, aspect, rule.looked_at)
        if aspect.of_component is None or aspect.right(component):
            result = MEASURES[aspect.measure](subject) if present else ()
            yield from _rows(rule, subject, result)


def _rows(rule: FormRule, subject: Subject, result: Result) -> Iterator[Row]:
    aspect = subject.aspect
    match result:
        case None:
            return
        case Unmeasured(reason):
            yield _unknown(rule, aspect.name, _allowed(subject), reason)
        case Found():
            yield _judged(rule, subject, result)
        case [*_] if result:
            values = [each for each in result if isinstance(each, Value)]
            founds = [each for each in result if isinstance(each, Found)]
            for each in founds or [_compared(subject, values)]:
                yield _judged(rule, subject, each)
        case _:
            reason = str(aspect.if_absent or ABSENT)
            yield _absent(rule, subject.form, aspect.name, _allowed(subject), reason)


def _judged(rule: FormRule, subject: Subject, found: Found) -> Row:
    aspect = subject.aspect
    wrong = bool(found.at) if found.wrong is None else found.wrong
    words = {
        "trich": quoted(part.text for part in found.at),
        "chu": _listed(part.text.strip() for part in found.at),
        "n": str(len(found.at)),
        "tu": shown(aspect.least or 0),
        "den": shown(aspect.most or 0),
        **found.words,
    }
    words["quy_dinh"] = allowed = filled(found.allowed or _allowed(subject), words)
    words["do"] = found.text or (words["trich"] if wrong else allowed)
    if not wrong:
        measured = filled(aspect.if_right or "{do}", words)
        return Row(rule, aspect.name, Verdict.PASS, measured, allowed)
    measured = filled(aspect.if_wrong or "{do}", words)
    advice = filled(found.advice or aspect.advice or "", words)
    verdict = Verdict.FAIL if rule.severity is Severity.ERROR else Verdict.WARN
    return Row(rule, aspect.name, verdict, measured, allowed, found.at, advice)


def _missing(rule: FormRule, component: Component, form: Form) -> Row:
    """Return the line of a component that was not found."""
    if component.required is None or not _REQUIRED[component.required](form):
        return _absent(rule, form, "trình bày")
    reason = form.unread
    if component.role in (Role.HEADER, Role.ABSTRACT) and form.head_is_picture:
        reason = "đầu văn bản là ảnh, không đọc được chữ trong ảnh"
    if reason:
        return _unknown(rule, "có mặt", "bắt buộc có", reason)
    return Row(rule, "có mặt", Verdict.FAIL, "không tìm thấy", "bắt buộc có", advice="bổ sung")


_REQUIRED: Mapping[Required, Callable[[Form], bool]] = {
    Required.ALWAYS: lambda form: True,
    Required.LETTER: lambda form: form.official_letter,
    Required.NO_LETTER: lambda form: not form.official_letter,
    Required.ABSTRACT: lambda form: (
        not (form.official_letter or form.components.kind in TITLE_ONLY)
    ),
    Required.DATED: lambda form: form.components.kind not in UNDATED,
    Required.NUMBERED: lambda form: form.components.kind not in UNNUMBERED,
}


def _absent(
    rule: FormRule, form: Form, aspect: str, allowed: str = "", reason: str = ABSENT
) -> Row:
    """Return the line of what is not there, which nobody knows where the body was not read."""
    if form.unread:
        return _unknown(rule, aspect, allowed, form.unread)
    return Row(rule, aspect, Verdict.ABSENT, "", allowed, reason=reason)


def _unknown(rule: FormRule, aspect: str, allowed: str, reason: str) -> Row:
    return Row(rule, aspect, Verdict.UNKNOWN, "", allowed, reason=reason)


# --- comparing and wording ------------------------------------------------------------------------


def _compared(subject: Subject, values: Sequence[Value]) -> Found:
    """Compare values with what is allowed; of many paragraphs only the usual ones are told."""
    aspect = subject.aspect
    if aspect.wordings:
        return _worded(subject, values)
    wrong = [each for each in values if not subject.allows(each.value)]
    if aspect.counted:
        common = Counter(_shown(each.value, aspect) for each in wrong or values)
        text = "; ".join(each for each, _ in common.most_common(MAX_KINDS))
        text += f" ({len(wrong)} {aspect.counted})" if wrong else ""
    else:
        numbers = sorted(each.value for each in values if isinstance(each.value, float))
        words = (each.value for each in values)
        text = _listed(_shown(each, aspect) for each in numbers or words)
    return Found(text, _places(wrong), bool(wrong))


def _worded(subject: Subject, values: Sequence[Value]) -> Found:
    """Compare lines with patterns: the first that a line does not fit says what to do about it."""
    advice: dict[str, None] = {}
    wrong: list[Value] = []
    for index, each in enumerate(values):
        last = len(values) - 1
        places: dict[str, bool] = {
            Position.FIRST: index == 0,
            Position.AFTER_FIRST: index > 0,
            Position.BEFORE_LAST: index < last,
            Position.LAST: index == last,
        }
        for row in subject.aspect.wordings:
            applies = all(places.get(name, each.part in subject.of(name)) for name in row.lines)
            told = _broken(row, str(each.value)) if applies else None
            if told is not None:
                wrong.append(each)
                advice[told] = None
                break
    told_of = [str(each.value) for each in wrong or values]
    words = {"chu": _listed(told_of), "trich": quoted(told_of)}
    text = words["trich"] if wrong else "đúng mẫu"
    return Found(text, _places(wrong), bool(wrong), advice="; ".join(advice), words=words)


def _broken(row: WordingRow, text: str) -> str | None:
    """Return what to do about a line, "" where the aspect says it, None where the line fits."""
    if row.must is not None:
        return None if row.must.search(text) else str(row.advice or "")
    found = row.never.search(text) if row.never is not None else None
    return None if found is None else found.expand(str(row.advice or ""))


def _places(values: Iterable[Value]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(each.part for each in values if each.part is not None))


def _allowed(subject: Subject) -> str:
    """Return what is allowed, in words; of what passes in a component, that which is prescribed."""
    aspect = subject.aspect
    if aspect.allowed is not None:
        return str(aspect.allowed)
    right = aspect.right(subject.component)[: 1 if aspect.of_component else None]
    unit = f" {aspect.unit}" if aspect.unit else ""
    text = " hoặc ".join(span(each) if isinstance(each, Range) else each for each in right) + unit
    return f"{text} trở lên" if text.startswith("từ ") else text


def span(allowed: Range) -> str:
    """Return "13", "13–14", "từ 6" or "nhiều nhất 2"."""
    least, most = (None if each is None else shown(each) for each in (allowed.least, allowed.most))
    if least is None:
        return f"nhiều nhất {most}"
    if most is None:
        return f"từ {least}"
    return least if least == most else f"{least}–{most}"


def _shown(value: float | str, aspect: Aspect) -> str:
    if isinstance(value, str):
        return str(value)
    text = shown(value) if aspect.decimals is None else f"{value:.{aspect.decimals}f}"
    unit = str(aspect.unit or "")
    blank = "" if unit.startswith("%") else " "
    return f"{text.replace('.', ',')}{blank}{unit}".rstrip()


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
