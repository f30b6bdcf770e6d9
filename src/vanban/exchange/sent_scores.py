"""The self-assessment of a ward of which only a file came (.xlsx, .tsv, .docx) → its points.

In: the path of the table, or of the description (``.json``) beside a built file, and the set of
criteria. Out: :class:`WardPoints`. Rows are known by their codes; points must be ones that the rule
can give, and where figures are declared they are compared with what the rule makes of those. What
evidence there is nobody here has seen: a row that names some counts as proven.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import groupby, takewhile
from pathlib import Path

from msgspec import Struct

from vanban.checks.form.front_matter import is_letterhead
from vanban.city.appraisal import LeafPoints, Risk, WardPoints, set_sign
from vanban.city.steps import allowed, self_scored
from vanban.errors import ContentError, Place, Problem
from vanban.evidence.file_names import slug
from vanban.exchange.table_file import Cell, Head, Table, plain_name, read_table, table_of
from vanban.io.read import read_file
from vanban.nd30.communes import COMMITTEE, COMMUNES
from vanban.nd30.numbers import NumberError, format_typed, parse_amount, parse_count
from vanban.ooxml.package import UnreadableOffice
from vanban.ooxml.reading import read_word_file
from vanban.ooxml.word_file import WordFile, WordParagraph
from vanban.scoring.calculation import rounded
from vanban.scoring.facts import Facts
from vanban.scoring.fit import RATIO_KINDS, YES
from vanban.scoring.leaf import points_of
from vanban.workspace.folder import refusal, shown_path
from vanban.workspace.models.criteria import CriteriaSet, RuleKind, SubCriterion

DESCRIPTION, WORD = ".json", ".docx"
SUFFIXES = frozenset({".xlsx", ".xlsm", ".tsv", WORD, DESCRIPTION})
MAX_BYTES = 20_000_000

COLUMNS: dict[str, tuple[str, ...]] = {
    # what a column says: its plain names
    "code": ("stt", "ma", "ma_tieu_chi", "tieu_chi"),
    "maximum": ("diem_toi_da",),
    "points": ("diem_tu_danh_gia", "diem_tu_cham", "tu_cham", "tu_danh_gia"),
    "declared": ("so_lieu_ke_khai_b_a", "so_lieu_ke_khai"),
    "evidence": ("ma_tai_lieu_kiem_chung", "tai_lieu_kiem_chung", "tlkc"),
    "remark": ("giai_trinh_ghi_chu", "giai_trinh", "ghi_chu"),
}
HEAD = Head(
    lambda names: all(names & {*COLUMNS[each]} for each in ("code", "points")),
    "không thấy bảng điểm: cần dòng tên cột có STT (hoặc Mã) và Điểm tự đánh giá (hoặc Điểm tự "
    "chấm) — thêm dòng tên cột, hoặc đặt lại tên cột cho đúng",
)
NOTHING = frozenset({"", "–", "-", "—"})
_OFFICE = re.compile(rf"(?i:{COMMITTEE}) ({'|'.join(COMMUNES)}) ([^.,;:()\n]{{1,60}})")
_SAMPLE = re.compile(r"số liệu mẫu", re.IGNORECASE)
_RATIO = re.compile(r"([\d.,]+)\s*/\s*([\d.,]+)")


class _Sent(Struct, frozen=True):
    """What a file holds: its table, and the texts around it that may name the ward."""

    table: Table
    texts: tuple[str, ...]
    is_sample: bool


def read_scores(path: Path, criteria: CriteriaSet) -> WardPoints:
    """Read the file at ``path``; raises ContentError with every problem at its cell, OSError."""
    sent = _sent(path)
    territory = next(filter(None, map(_territory, sent.texts)), "")
    if not territory:
        message = "không rõ bảng của đơn vị nào — ghi tên (Ủy ban nhân dân phường …) ở trên bảng"
        raise refusal(path, message)
    parts = tuple(self_scored(criteria))
    rows, problems = _rows(sent.table, {part.code for part in parts})
    leaves = []
    is_sample = sent.is_sample or criteria.sample
    for part in parts:
        try:
            leaves.append(_leaf(part, rows.get(part.code, {}), is_sample))
        except ContentError as error:
            problems += error.problems
    if not rows and not problems:
        raise refusal(path, "bảng không có tiêu chí nào của bộ tiêu chí năm này — xem lại tệp")
    if problems:
        raise ContentError(problems)
    return WardPoints(
        slug(territory).lower(),
        f"Ủy ban nhân dân {territory}",
        f"UBND {territory}",
        set_sign(criteria),
        tuple(leaves),
        is_sample,
    )


def _territory(text: str) -> str:
    """Return the ward that a text names, "phường Trần Liễu"; "" where it names none."""
    found = _OFFICE.search(text)
    words = found[2].split() if found is not None else []
    proper = takewhile(lambda word: word[0].isupper() or word[0].isdigit(), words)
    name = " ".join(proper)
    return f"{found[1]} {name}" if found is not None and name else ""


# --- files ------------------------------------------------------------------------------------


def _sent(path: Path) -> _Sent:
    if path.suffix.lower() == DESCRIPTION:
        return _sent(_described(path))
    beside = path.with_suffix(DESCRIPTION)
    facts = _facts(beside) if beside.is_file() else {}
    owner, state = (str(facts.get(key, "")) for key in ("co_quan_ban_hanh", "trang_thai"))
    table, texts = _word(path) if path.suffix.lower() == WORD else _sheet(path)
    is_sample = "mẫu" in state or any(map(_SAMPLE.search, texts))
    return _Sent(table, (owner, *texts), is_sample)


def _facts(path: Path) -> dict[str, object]:
    try:
        facts = json.loads(read_file(path, MAX_BYTES))
    except ValueError as error:
        message = "không phải tệp mô tả (.json) của chương trình — gửi tệp bảng điểm"
        raise refusal(path, message) from error
    return facts if isinstance(facts, dict) else {}


def _described(path: Path) -> Path:
    """Return the file with the table that a description names, unchanged since it was built."""
    files = _facts(path).get("tep")
    for each in files if isinstance(files, list) else ():
        name = str(each.get("ten", "")) if isinstance(each, dict) else ""
        if Path(name).suffix.lower() not in SUFFIXES - {DESCRIPTION} or Path(name).name != name:
            continue
        file = path.parent / name
        if not file.is_file():
            raise refusal(path, f"thiếu {name} — tệp mô tả không có điểm, gửi kèm tệp ấy")
        if sha256(read_file(file, MAX_BYTES)).hexdigest() != each.get("sha256"):
            message = "tệp đã bị sửa sau khi dựng, khác tệp mô tả — gửi bản dựng, hoặc bỏ tệp .json"
            raise refusal(file, message)
        return file
    raise refusal(path, "tệp mô tả không nêu tệp Word, Excel nào — gửi tệp bảng điểm")


def _sheet(path: Path) -> tuple[Table, tuple[str, ...]]:
    table = read_table(path, HEAD)
    return table, table.comments


def _word(path: Path) -> tuple[Table, tuple[str, ...]]:
    try:
        word = read_word_file(read_file(path, MAX_BYTES), is_letterhead)
    except UnreadableOffice as error:
        raise refusal(path, str(error)) from error
    shown = shown_path(path)
    for number, paragraphs in _tables(word):
        table = table_of(_lines(shown, number, paragraphs), HEAD)
        if table is not None:
            return table, tuple(each.plain for each in word.paragraphs if each.cell is None)
    raise refusal(path, HEAD.lacking)


def _tables(word: WordFile) -> Iterator[tuple[int, list[WordParagraph]]]:
    inside = [each for each in word.paragraphs if each.cell is not None]
    for number, paragraphs in groupby(inside, lambda each: each.cell.table if each.cell else -1):
        yield number + 1, list(paragraphs)


def _lines(
    shown: Path, number: int, paragraphs: Iterable[WordParagraph]
) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a table of Word as cells that know their table, row and column."""
    texts: dict[tuple[int, int], str] = {}
    for each in paragraphs:
        if each.cell is not None:
            at = each.cell.row, each.cell.column
            texts[at] = f"{texts.get(at, '')} {each.text}".strip()
    wide = max((column for _, column in texts), default=-1) + 1
    for row in sorted({row for row, _ in texts}):
        yield tuple(
            Cell(
                " ".join(texts.get((row, column), "").split()),
                Place(Path(f"{shown}!bảng {number}!dòng {row + 1}, cột {column + 1}")),
            )
            for column in range(wide)
        )


# --- rows -------------------------------------------------------------------------------------

Row = dict[str, Cell]


def _cell(row: Row, name: str) -> Cell | None:
    return next((row[each] for each in COLUMNS[name] if each in row), None)


def _text(row: Row, name: str) -> str:
    cell = _cell(row, name)
    return "" if cell is None else cell.text.strip()


def _rows(table: Table, codes: Container[str]) -> tuple[dict[str, Row], list[Problem]]:
    """Return the rows of ``codes`` by code; tell those that stand there twice."""
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for row in table.rows:
        cell = _cell(row, "code")
        if cell is None or (code := cell.text.strip()) not in codes:
            continue
        first = _cell(rows.setdefault(code, row), "code")
        if first is not None and first is not cell:
            message = f"mã này đã ghi ở {first.place} — giữ một dòng"
            problems.append(Problem(cell.place, code, message))
    return rows, problems


def _leaf(part: SubCriterion, row: Row, is_sample: bool) -> LeafPoints:
    """Return what a row says of ``part``; raises ContentError at its cell."""
    maximum, said = rounded(part.maximum), _text(row, "points")
    declared, remark = _text(row, "declared"), _text(row, "remark")
    if plain_name(said) == "khong_ap_dung":
        return LeafPoints(part.code, maximum, None, (), True, declared, (), remark)
    points = None if said in NOTHING else _points(part, row)
    named = re.split(r"[,;\s]+", _text(row, "evidence"))
    evidence = tuple(filter(None, (each.strip("–-") for each in named)))
    risks = tuple(_risks(part, points, declared, evidence, remark, is_sample))
    return LeafPoints(part.code, maximum, points, risks, False, declared, evidence, remark)


def _points(part: SubCriterion, row: Row) -> Decimal:
    cell = _cell(row, "points")
    assert cell is not None

    def wrong(message: str) -> ContentError:
        return ContentError.at(cell.place, message, part.code)

    try:
        points = parse_amount(cell.text)
        most = _text(row, "maximum")
        if most and parse_amount(most) != part.maximum:
            own = format_typed(part.maximum)
            raise wrong(f"điểm tối đa ghi {most}, bộ tiêu chí là {own} — đơn vị dùng bộ khác")
    except NumberError as error:
        raise wrong(str(error)) from error
    refusal = allowed(part).refusal(points)
    if refusal is not None:
        raise wrong(f"điểm tự chấm {refusal}")
    return rounded(points)


def _risks(
    part: SubCriterion,
    points: Decimal | None,
    declared: str,
    evidence: tuple[str, ...],
    remark: str,
    is_sample: bool,
) -> Iterator[Risk]:
    if points is None:
        yield Risk.UNANSWERED
        return
    computed = _computed(part, declared)
    if computed is not None and computed != points:
        yield Risk.CONTRADICTS
    if points and not evidence:
        yield Risk.EXPLAINED if remark else Risk.NO_EVIDENCE
    elif points and len(evidence) < part.documents:
        yield Risk.TOO_FEW
    if points and is_sample:
        yield Risk.SAMPLE


def _computed(part: SubCriterion, declared: str) -> Decimal | None:
    """Return the points that declared figures make by the rule, None where they are not read."""
    facts = _declared(part, declared)
    if facts is None or (facts.nothing_arose and part.rule.when_nothing is None):
        return None
    return points_of(part, facts)


def _declared(part: SubCriterion, declared: str) -> Facts | None:
    rule, text = part.rule, " ".join(declared.split())
    try:
        if rule.kind in RATIO_KINDS and (ratio := _RATIO.fullmatch(text)):
            done, total = (parse_amount(each) for each in ratio.groups())
            fits = not total or Fraction(done) <= Fraction(total)
            return Facts(done=done, total=total) if fits else None
        if rule.kind in (RuleKind.PER_ITEM, RuleKind.DEDUCTION, RuleKind.COUNT_TIERS):
            return Facts(count=parse_count(text))
    except NumberError:
        return None
    if rule.kind is RuleKind.YES_NO and plain_name(text) in ("co", "khong"):
        return Facts(choice=YES if plain_name(text) == "co" else "khong")
    if rule.kind is RuleKind.TIERS:
        names = {plain_name(tier.name or ""): tier.id for tier in rule.tiers}
        choice = names.get(plain_name(text)) if text else None
        return Facts(choice=choice) if choice is not None else None
    return None
