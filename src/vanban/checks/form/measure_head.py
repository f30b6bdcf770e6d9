"""Measures of the head: its words, its lines, number and symbol, place (Annex I, II.1 to II.5)."""

from __future__ import annotations

import re
from itertools import pairwise

from vanban.checks.form.measure import Found, Result, Subject, Unmeasured, Value, measure, shown
from vanban.checks.form.specification import components
from vanban.nd30.document_types import ABBREVIATIONS
from vanban.nd30.letters import composed

CODES = (
    ("UY BAN NHAN DAN", "UBND"),
    ("UBND", "UBND"),
    ("HOI DONG NHAN DAN", "HĐND"),
    ("HDND", "HĐND"),
)
"""Codes of agencies by the first words of their names, folded."""

SIZE_STEPS = (1, 0)
"""pt from national name to motto to place and date, of whole and half sizes (Mục V, footnote)."""

SINGLE = 6.0
"""pt between two lines that still look like single spacing."""

_SYMBOL = re.compile(r"Số:[^/]*/(?P<symbol>.*)", re.DOTALL)


def written_as(text: str) -> str:
    """Return words as they read: composed, with plain blanks, none around them."""
    return composed(text.replace("\u00a0", " ").strip())


@measure("dong-dau")
def first_line(subject: Subject) -> Result:
    """The words of the first line of a component."""
    return [Value(written_as(part.text), part) for part in subject.parts[:1]]


@measure("cac-dong")
def lines(subject: Subject) -> Result:
    """The words of every line of the components looked at."""
    return [Value(written_as(part.text), part) for part in subject.parts]


@measure("so-dong")
def lines_on_page(subject: Subject) -> Result:
    """Over how many lines of the page a component runs."""
    form, part = subject.form, subject.parts[0]
    found = () if form.pages is None else form.pages.find(written_as(part.text), form.head_page)
    if not found:
        return Unmeasured(form.unmeasured or f"không thấy {subject.component.name} trên trang đo")
    return [Value(float(len(found)), part)]


@measure("lien-dong")
def spacing(subject: Subject) -> Result:
    """What stands between two components one above the other: empty lines, spacing in pt."""
    upper, lower = subject.looked_at
    above, below = subject.of(upper)[-1:], subject.of(lower)[:1]
    first, second = above[0].paragraph, below[0].paragraph
    paragraphs = subject.form.word.paragraphs
    between = paragraphs[paragraphs.index(first) + 1 : paragraphs.index(second)]
    empty = any(
        not each.number and each.cell == first.cell and not each.format.border for each in between
    )
    gap = first.format.after + second.format.before if first is not second else 0.0
    text = "có dòng trống ở giữa" if empty else f"cách {shown(gap)} pt"
    return Found(text, below if empty or gap > SINGLE else ())


@measure("chu-quan-cua-uy-ban")
def superior_of_committee(subject: Subject) -> Result:
    """The superior agency above a People's Committee or Council, which has none to name."""
    superior = subject.of("co-quan-chu-quan")
    text = " ".join(part.text.strip() for part in superior) or "không ghi"
    return Found(text, superior if _code(subject) else ())


@measure("bo-co-chu")
def size_steps(subject: Subject) -> Result:
    """The sizes of national name, motto, place and date, which grow by the same steps."""
    sizes = []
    for component in subject.looked_at:
        (part, *_), known = subject.of(component), components()[component]
        formats = [format_ for format_, _ in part.formatted]
        if not formats:
            return ()
        if known.sizes is not None and not known.sizes.holds(formats[0].size):
            return Unmeasured(f"{known.name} sai cỡ chữ")
        sizes.append(formats[0].size)
    # Half points between both sets are as even as either.
    steps = tuple(round(below - above, 1) for above, below in pairwise(sizes))
    return Found("–".join(shown(size) for size in sizes), wrong=steps != SIZE_STEPS)


@measure("viet-tat-ten-loai")
def code_of_type(subject: Subject) -> Result:
    """The abbreviation that begins the symbol: that of the type, of a letter that of the agency."""
    kind, letter = subject.form.components.kind, subject.form.official_letter
    symbol = _symbol(subject)
    if symbol is None or (kind not in ABBREVIATIONS and not letter):
        return Unmeasured("không đọc được ký hiệu hoặc tên loại")
    first = re.split(r"[-–\s/]", symbol)[0]
    if letter:
        fits = first not in ABBREVIATIONS.values()
        allowed, advice = "tên viết tắt cơ quan đứng đầu", "bỏ chữ viết tắt tên loại"
    else:
        allowed = ABBREVIATIONS[kind]
        fits, advice = first == allowed, f"{kind} viết tắt là “{allowed}”"
    at = () if fits else subject.parts[:1]
    return Found(first, at, allowed=allowed, advice=advice)


@measure("viet-tat-co-quan")
def code_of_agency(subject: Subject) -> Result:
    """The code of a committee or council in the symbol; those of others are set by their heads."""
    symbol, code = _symbol(subject), _code(subject)
    if symbol is None or not code:
        return ()
    at = () if code in re.split(r"[-–\s/]+", symbol) else subject.of("so-ky-hieu")[:1]
    advice = f"cơ quan ban hành viết tắt là “{code}”"
    return Found(symbol, at, allowed=f"có “{code}”", advice=advice)


def _code(subject: Subject) -> str:
    """Return the code of a committee or council that issues the document, "" for others."""
    names = [part.folded for part in subject.of("co-quan-ban-hanh")[:1]]
    return next((code for start, code in CODES if names and names[0].startswith(start)), "")


def _symbol(subject: Subject) -> str | None:
    """Return what stands behind the number, None where the line cannot be read."""
    parts = subject.of("so-ky-hieu")
    found = _SYMBOL.fullmatch(parts[0].text.strip()) if parts else None
    return None if found is None else found["symbol"].strip()


@measure("dia-danh")
def seat(subject: Subject) -> Result:
    """The place of a document of the agency of the content; the seats of others are not known."""
    parts, workspace = subject.of("dia-danh-thoi-gian"), subject.form.workspace
    before = parts[0].text.partition("ngày")[0] if parts else ""
    place = written_as(written_as(before).removesuffix(","))
    if not place or workspace is None:
        return Unmeasured("không có dữ liệu về trụ sở của cơ quan ban hành")
    own = str(workspace.agency.place_name)
    return Found(place, () if place == own else parts[:1], allowed=own)
