"""Sentences made from figures, as ``templates/report-sentences.yaml`` words them.

A sentence stands in a section of the report and is printed where every figure in it is known. A
clause in brackets drops by itself when its own figures are not: "[ (trực tuyến {a}, đạt {b})]".
Behind a bar stands what is said where the first figure is 0: "Tiếp nhận {a} …|Không phát sinh …".
"{a:cung-ky}" is the change against the same period of last year, "{a:ky-truoc}" against the last
period of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.errors import Place, Problem, TemplateError
from vanban.figures.figures_in_text import in_fraction
from vanban.io.read import read_file
from vanban.provenance import Kind, TracedText, sources_of, traced
from vanban.workspace.models.entry import Entry, Identifier, Text, key
from vanban.workspace.validate import validate
from vanban.workspace.wording import closest
from vanban.workspace.yaml_file import MAX_BYTES, parse_yaml

FILE = "report-sentences.yaml"
PLAIN, LAST_YEAR, PREVIOUS = "", "cung-ky", "ky-truoc"
FORMS = (PLAIN, LAST_YEAR, PREVIOUS)
CITY_FILE = "city-report-sentences.yaml"
TOP, BOTTOM = "tu-so", "mau-so"
HIGHEST, LOWEST = "cao-nhat", "thap-nhat"
LEVEL, REACHED, OUT_OF, LACKING = "muc", "so-dat", "so-don-vi", "chua-co"
CITY_FORMS = (*(PLAIN, LAST_YEAR, TOP, BOTTOM, HIGHEST, LOWEST, LEVEL, REACHED, OUT_OF, LACKING),)
"""What sentences about the wards of a city say of a figure: besides the total the parts of a ratio,
the wards with the highest and the lowest, the level asked for and how many reach it, of how many
wards it is known, how many lack it."""


class Sentence(Entry):
    """A sentence with the figures that it needs."""

    id: Identifier = key("ma", "Mã", "Mã để báo cáo thay câu này bằng câu của mình.")
    section: Text = key("muc", "Mục", "Khóa của mục trong tệp báo cáo, mà câu đứng ở đầu.")
    text: Text = key("cau", "Câu", "Lời văn, mã chỉ tiêu trong ngoặc nhọn.")


class Sentences(Entry):
    """All sentences, in the order in which a section tells them."""

    sentences: tuple[Sentence, ...] = key("cau_so_lieu", "Câu số liệu", "Các câu số liệu.")


class Reference(Struct, frozen=True):
    """A figure of a sentence, ``form`` says what of it; ``at`` is its position in the text."""

    indicator: str
    form: str
    at: int
    in_fraction: bool


class Clause(Struct, frozen=True):
    """A whole sentence or a part in brackets; ``if_zero`` is None where 0 is said like others."""

    parts: tuple[str | Reference | Clause, ...]
    if_zero: tuple[str | Reference | Clause, ...] | None = None

    def references(self) -> Iterator[Reference]:
        for part in (*self.parts, *(self.if_zero or ())):
            if isinstance(part, Clause):
                yield from part.references()
            elif isinstance(part, Reference):
                yield part


Says = Callable[[Reference], str | None]
"""Words a figure; None where it is not known."""
IsZero = Callable[[Reference], bool]


def read_sentences(
    templates: Path, file: str = FILE, forms: tuple[str, ...] = FORMS
) -> tuple[Sentence, ...]:
    """Read the sentences of an outline; raises TemplateError with the places of mistakes.

    ``forms`` are what they may say of a figure.
    """
    path = templates / file
    try:
        return _read(path, read_file(path, MAX_BYTES), forms)
    except OSError as error:
        message = "không đọc được tệp câu số liệu — chép tệp cùng tên từ templates của chương trình"
        raise TemplateError.at(path, message) from error


@lru_cache(maxsize=4)
def _read(path: Path, data: bytes, forms: tuple[str, ...]) -> tuple[Sentence, ...]:
    file = parse_yaml(data, path)
    problems = list(file.problems)
    entry, mistakes = validate(Sentences, file.tree, Place(path, 1, 1))
    if problems or mistakes or entry is None:
        raise TemplateError([*problems, *mistakes])
    seen: set[str] = set()
    for sentence in entry.sentences:
        if sentence.id in seen:
            message = f"mã “{sentence.id}” đã dùng cho một câu ở trên — đặt mã khác"
            raise TemplateError([sentence.problem(message, "id")])
        seen.add(sentence.id)
        clause_of(sentence.text, forms)
    return entry.sentences


_SIGN = re.compile(r"\{([^{}]*)\}|[\[\]|{}]")


def clause_of(text: str, forms: tuple[str, ...] = (*FORMS, *CITY_FORMS)) -> Clause:
    """Read a sentence; raises TemplateError at a bracket or brace without its other half."""
    found = list(_SIGN.finditer(text))
    clause, rest, end = _clause(text, found, forms, 0, 0)
    if rest < len(found):
        raise _refusal(text, found[rest].start(), "thừa dấu “]” — thêm dấu “[” hoặc bỏ dấu này")
    assert end == len(text)
    return clause


def _clause(
    text: str, found: list[re.Match[str]], forms: tuple[str, ...], index: int, start: int
) -> tuple[Clause, int, int]:
    """Read up to a closing bracket or the end; return that with where the next sign is."""
    sides: list[list[str | Reference | Clause]] = [[]]
    opened = start
    while index < len(found):
        sign = found[index]
        if sign.start() > start:
            sides[-1].append(text[start : sign.start()])
        start, index = sign.end(), index + 1
        match sign[0]:
            case "[":
                inner, index, start = _clause(text, found, forms, index, start)
                if index >= len(found):
                    raise _refusal(text, sign.start(), "thiếu dấu “]” của chỗ này — thêm dấu đó")
                sides[-1].append(inner)
                start, index = found[index].end(), index + 1
            case "]":
                return _sides(text, opened, sides), index - 1, sign.start()
            case "|":
                sides.append([])
            case "{" | "}":
                raise _refusal(text, sign.start(), "ngoặc nhọn không đủ cặp — viết {mã-chỉ-tiêu}")
            case _:
                name, _, form = sign[1].partition(":")
                if form not in forms:
                    near = ", ".join(f"{{{name}:{each}}}" for each in forms if each)
                    raise _refusal(text, sign.start(), f"không hiểu “{sign[0]}” — viết {near}")
                fraction = in_fraction(text, *sign.span())
                sides[-1].append(Reference(name, form, sign.start(), fraction))
    if start < len(text):
        sides[-1].append(text[start:])
    return _sides(text, opened, sides), index, len(text)


def _sides(text: str, opened: int, sides: list[list[str | Reference | Clause]]) -> Clause:
    if len(sides) > 2:
        raise _refusal(text, opened, "chỉ được một dấu “|” trong một câu hoặc một ngoặc vuông")
    return Clause(tuple(sides[0]), tuple(sides[1]) if len(sides) == 2 else None)


def worded(clause: Clause, says: Says, is_zero: IsZero) -> str | None:
    """Return a sentence in words, None where a figure outside its brackets is not known."""
    parts = clause.parts
    first = next((part for part in parts if isinstance(part, Reference)), None)
    if clause.if_zero is not None and first is not None and is_zero(first):
        parts = clause.if_zero
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, Clause):
            pieces.append(worded(part, says, is_zero) or "")
        elif isinstance(part, Reference):
            said = says(part)
            if said is None:
                return None
            pieces.append(said)
        else:
            pieces.append(_as_worded(part))
    return traced(*pieces)


def unknown_in(sentence: Sentence, indicators: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each figure of a sentence that is of no registered indicator."""
    for reference in clause_of(sentence.text).references():
        if reference.indicator not in indicators:
            near = closest(reference.indicator, indicators)
            what_to_do = f"có phải “{near}”?" if near else "sửa mã, hoặc bỏ câu này"
            message = f"chi-tieu.yaml không có chỉ tiêu “{reference.indicator}” — {what_to_do}"
            yield _problem(sentence.text, reference.at, message)


def _as_worded(text: str) -> TracedText:
    """Return typed words of the file as those of an outline."""
    return TracedText(text, (replace(each, kind=Kind.WORDED) for each in sources_of(text)))


def _refusal(text: str, position: int, message: str) -> TemplateError:
    return TemplateError([_problem(text, position, message)])


def _problem(text: str, position: int, message: str) -> Problem:
    sources = sources_of(text)
    place = sources[0].place_at(position) if sources else Place(Path(FILE))
    return Problem(place, "cau", message)
