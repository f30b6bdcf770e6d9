"""Rules made from the component table: size, style, capitals and alignment of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from vanban.checks.finding import Standing
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, between, missing, shown, unknown
from vanban.nd30.components import COMPONENTS, Case, Component
from vanban.nd30.document_types import UNNUMBERED
from vanban.ooxml.styles import CharacterFormat

OWN_RULES = frozenset(("trang", "noi-dung", "so-trang", "chu-ky", "dau"))
"""Rows that have no words, or whose words are judged by rules of their own."""

LONG = frozenset(("khoan", "diem", "kinh-gui", "danh-sach-noi-nhan"))
"""Rows of running text, where single words may stand out: most letters count."""

_ALIGNS = {
    "center": "canh giữa",
    "left": "canh trái",
    "right": "canh phải",
    "both": "canh đều hai lề",
}


def judge_looks(component: Component, form: Form) -> Iterator[Judgement]:
    """Judge one row of the table by what stands in the file."""
    parts = form.components.get(component.id)
    if not parts:
        yield _absent(component, form)
        return
    yield _size(component, parts)
    if component.bold is not None or component.italic is not None:
        yield _style(component, parts)
    if component.case is not None:
        yield _case(component, parts)
    if component.aligns:
        yield _align(component, parts)


def _absent(component: Component, form: Form) -> Judgement:
    if not _is_required(component, form):
        return absent("trình bày", "")
    return missing(form, component.id)


def _is_required(component: Component, form: Form) -> bool:
    kind = form.components.kind
    match component.id:
        case "ten-loai" | "trich-yeu":
            return not form.official_letter
        case "trich-yeu-cong-van":
            return form.official_letter
        case "so-ky-hieu":
            return kind not in UNNUMBERED
    return component.required


def _size(component: Component, parts: Iterable[Part]) -> Judgement:
    least, most = component.sizes
    wrong: list[Part] = []
    sizes: Counter[float] = Counter()
    for part in parts:
        own: Counter[float] = Counter()
        for look, text in written(part):
            own[look.size] += len(text)
        if component.id in LONG and own:
            own = Counter(dict(own.most_common(1)))
        sizes.update(own)
        if any(not least <= size <= most for size in own):
            wrong.append(part)
    return Judgement(
        "cỡ chữ",
        not wrong,
        _list(shown(size) for size in sorted(sizes)),
        between(least, most),
        tuple(wrong),
        f"đặt cỡ chữ {between(least, most)}",
    )


def _style(component: Component, parts: Iterable[Part]) -> Judgement:
    wrong: list[Part] = []
    seen: dict[str, None] = {}
    for part in parts:
        own: Counter[tuple[bool | None, bool | None]] = Counter()
        for look, text in written(part):
            bold = None if component.bold is None else look.bold
            italic = None if component.italic is None else look.italic
            own[bold, italic] += len(text)
        styles = [style for style, _ in own.most_common(1 if component.id in LONG else None)]
        seen.update((_style_name(*style), None) for style in styles)
        if any(style != (component.bold, component.italic) for style in styles):
            wrong.append(part)
    allowed = _style_name(component.bold, component.italic)
    return Judgement(
        "kiểu chữ", not wrong, _list(seen), allowed, tuple(wrong), f"đặt kiểu chữ {allowed}"
    )


def _style_name(bold: bool | None, italic: bool | None) -> str:
    names = []
    if italic is not None:
        names.append("nghiêng" if italic else "đứng")
    if bold is not None:
        names.append("đậm" if bold else "không đậm")
    return ", ".join(names)


def _case(component: Component, parts: Iterable[Part]) -> Judgement:
    case = component.case
    wrong = tuple(part for part in parts if case_of(part) not in (case, None))
    other = Case.LOWER if case is Case.UPPER else Case.UPPER
    measured = str(other if wrong else case)
    return Judgement(
        "chữ hoa, chữ thường", not wrong, measured, str(case), wrong, f"chuyển sang chữ {case}"
    )


def case_of(part: Part) -> Case | None:
    """Return how a part is printed, None where it has hardly a letter."""
    letters = [sign for sign in part.text if sign.isalpha()]
    if len(letters) < 2:
        return None
    looks = [look for look, _ in written(part)]
    if looks and all(look.caps for look in looks):
        return Case.UPPER
    return Case.LOWER if any(sign.islower() for sign in letters) else Case.UPPER


def _align(component: Component, parts: tuple[Part, ...]) -> Judgement:
    names = " hoặc ".join(_ALIGNS[name] for name in component.aligns[:1])
    wrong = []
    seen: dict[str, None] = {}
    for part in parts:
        if not _alone(part):
            return unknown(
                "vị trí",
                names,
                "đứng chung dòng với thành phần khác hoặc sau dấu tab nên tệp không cho biết",
            )
        align = part.paragraph.format.align
        seen[_ALIGNS.get(align, align)] = None
        if align not in component.aligns:
            wrong.append(part)
    return Judgement("vị trí", not wrong, _list(seen), names, tuple(wrong), f"đặt {names}")


def _alone(part: Part) -> bool:
    """Say whether nothing else stands on the line of ``part``, nor a tab that moves it."""
    text = part.paragraph.text
    before = text[: part.start].rsplit("\n", 1)[-1]
    after = text[part.end :].split("\n", 1)[0]
    return part.paragraph.cell is not None or not (
        before.strip() or "\t" in before + after.rstrip()
    )


def written(part: Part) -> Iterator[tuple[CharacterFormat, str]]:
    """Yield look and letters of the pieces of ``part`` that hold a letter or digit."""
    for look, text in part.paragraph.formatted(part.start, part.end):
        if any(sign.isalnum() for sign in text):
            yield look, text


def _list(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _register() -> None:
    for component in COMPONENTS:
        if component.id in OWN_RULES:
            continue
        style = _style_name(component.bold, component.italic)
        passes = f"cỡ chữ {between(*component.sizes)}" + (f", {style}" if style else "")
        form_rule(
            id=f"hinh-thuc/{component.id}",
            title=f"{component.name}: cỡ chữ, kiểu chữ, vị trí",
            standing=Standing.LAW,
            clause=component.full_clause,
            component=component.id,
            fails=f"{component.name} cỡ chữ 16",
            passes=f"{component.name} {passes}",
        )(partial(judge_looks, component))


_register()
