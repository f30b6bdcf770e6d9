"""The content folder of one sample ward, as the project's own commands begin it, filled in.

``new ward`` gives its first files, ``new report`` those of the periods (once a level: they are
worded for each ward as samples are), and every instruction to the writer in them is replaced by a
text of ``texts.yaml``, every figure by one of :mod:`country.figures`. Nothing here is true.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from country.answers import answers, answers_text
from country.evidence import evidence_of
from country.figures import Figures, figures
from vanban.app.new_ward import ward_files
from vanban.app.sample_words import FREE, Words, reworded
from vanban.app.ward import Ward, read_units, unit_id, usual_units
from vanban.nd30.numbers import format_typed
from vanban.workspace.models.criteria import SubCriterion
from vanban.workspace.periods import window
from vanban.workspace.yaml_write import folded, key_lines, tree_lines

TEXTS = Path(__file__).parent / "texts.yaml"
SAMPLE = "so_lieu_mau: true\n"
DRAFTING = "Phòng Văn hóa - Xã hội=VHXH"
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thu", "Quang", "Ngọc", "Hữu", "Thanh", "Xuân")
GIVEN = ("An", "Bình", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Sơn")

NUMBERS = {"q1": 40, "h1": 130, "q3": 220, "year": 320}
"""Where the registry's numbers of reports begin that a period's report may have."""
REGISTER = "minh-chung.yaml"
_CODE = re.compile(r"\d+\.\d+\.\d+(?=-01$|[,\]])", re.MULTILINE)
_INSTRUCTION = re.compile(
    r'^(?P<lead> *(?:- )?(?:\w+: )?)"HƯỚNG DẪN: (?P<text>[^"]*)"$', re.MULTILINE
)
_SCOPE = re.compile(r"^pham_vi: >-\n(?:  .*\n)+", re.MULTILINE)
_FIGURE = re.compile(r'^  ([\w-]+): "HƯỚNG DẪN: ghi số;[^"]*"\n', re.MULTILINE)
_TOLD = re.compile(r"^  #.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Pattern:
    """A ward of one level made by the commands.

    ``reports`` are its texts by period, ``criteria`` those of the year.
    """

    ward: Ward
    reports: Mapping[str, str]
    criteria: Mapping[str, SubCriterion]


def ward_of(name: str, province: str, year: int, chance: random.Random) -> Ward:
    """Return a ward with its units and an invented chairman."""
    signer = " ".join(map(chance.choice, (FAMILY, MIDDLE, GIVEN)))
    units = read_units([DRAFTING, *usual_units(name).split("; ")])
    return Ward(name, province, signer, units, year)


def content_files(
    ward: Ward, folder: Path, source: Path, common: Path, pattern: Pattern, chance: random.Random
) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of the ward's content; the same chance gives the same bytes."""
    year = folder / "content" / str(ward.year)
    known = figures(chance, ward.level)
    for path, data in ward_files(ward, folder, source, common):
        if path.name == "co-quan.yaml":
            data = data.replace(b"\nten: ", b"\nso_lieu_mau: true\nten: ", 1)
        elif path.name == "ke-hoach.yaml":
            data = _plan(data.decode(), ward, chance).encode()
        elif path.parent.name == "linh-vuc":
            data = _area(data.decode(), ward).encode()
        yield path, data
    for period, text in pattern.reports.items():
        text = _report(text, period, pattern.ward, known[period], chance)
        text = reworded(text, pattern.ward.words, ward.words)
        yield year / "bao-cao" / f"{period}.yaml", text.encode()
    reasons = {
        code: reworded(why, FREE, ward.words) for code, why in _texts()["nguyen_nhan"].items()
    }
    maxima = {code: Fraction(each.maximum) for code, each in pattern.criteria.items()}
    given = answers(known["year"], chance, reasons, maxima)
    proven = set()
    for name, data in evidence_of(ward, _texts()["minh_chung"], given, chance):
        proven |= set(_CODE.findall(data.decode())) if name == REGISTER else set()
        yield year / name, data
    for code, answer in given.items():
        if code not in proven and "khong_ap_dung" not in answer and chance.random() < 0.99:
            answer["giai_trinh"] = _explained(str(pattern.criteria[code].required), chance)
    yield year / "tu-danh-gia.yaml", answers_text(ward, given).encode()


def _explained(proof: str, chance: random.Random) -> str:
    """Return what explains a criterion without evidence."""
    place = chance.choice(("văn thư", "đơn vị chủ trì", "bộ phận tổng hợp"))
    proof = proof.replace("QLVBĐH", "quản lý văn bản và điều hành")
    return f"Bản chính lưu tại {place}, bổ sung khi thẩm định: {proof}"


@cache
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return loaded


def _plan(text: str, ward: Ward, chance: random.Random) -> str:
    issued = f"so: {chance.randint(3, 40)}\nngay: {chance.randint(6, 28)}/01/{ward.year}\n"
    text = text.replace("\nma: kh-", f"\n{SAMPLE}{issued}ma: kh-", 1)
    text = text.replace("dan_bai: cải cách hành chính năm\n", _OUTLINE, 1)
    return _filled(text, "ke_hoach", ward, chance)


_OUTLINE = "dan_bai: cải cách hành chính năm\nphu_luc_nhiem_vu: true\n"


def _area(text: str, ward: Ward) -> str:
    """Return the file of an area with its tasks instead of the one that says what to write."""
    head, _, _ = text.partition("# Đơn vị chủ trì")
    name = re.findall(r"^ma: (.*)$", head, re.MULTILINE)[0]
    area = _texts()["linh_vuc"][name]
    tasks = [
        {
            "ma": f"{name}-{position:02}",
            "noi_dung": reworded(task["noi_dung"], FREE, ward.words),
            "chi_tieu": task.get("chi_tieu", []),
            "han": f"{task['han']}/{ward.year}",
            "san_pham": task["san_pham"],
        }
        for position, task in enumerate(area["nhiem_vu"], 1)
    ]
    tree = {"chu_tri": (unit_ids(ward)[area["chu_tri"] - 1],), "nhiem_vu": tasks}
    return head.replace("\nma: ", f"\n{SAMPLE}ma: ", 1) + "\n".join(tree_lines(tree)) + "\n"


def unit_ids(ward: Ward) -> list[str]:
    """Return the ids of the ward's units, the one that drafts first."""
    return [unit_id(name) for name, _ in ward.units]


def _report(text: str, period: str, ward: Ward, known: Figures, chance: random.Random) -> str:
    _, last = window(period, ward.year)
    day = last.day + 1 + chance.choice((0, 0, 0, 0, 1, 1, 2, 5))
    number = chance.randint(0, 60) + NUMBERS[period]
    owed = period == "year" or (period == "q3" and chance.random() < 0.08)
    sent = "" if owed else f"so: {number}\nngay: {day}/{last.month}/{ward.year}\n"
    head, _, rest = text.partition("\n\n")
    text = f"{head}\n\n{SAMPLE}{sent}\n{rest}"
    scope = reworded(_texts()["bao_cao"]["pham_vi"][0], FREE, ward.words)
    lines = "\n".join(key_lines("pham_vi", scope, 0))
    text = _SCOPE.sub(lambda _: f"{lines}\n", text)
    text = _FIGURE.sub(lambda found: _figure(found[1], known), text)
    return _filled(text, "bao_cao", ward, chance)


def _figure(name: str, known: Figures) -> str:
    return f"  {name}: {format_typed(known[name])}\n" if name in known else ""


def _filled(text: str, part: str, ward: Ward, chance: random.Random) -> str:
    """Return ``text`` with one of its texts in the place of each instruction."""
    return _INSTRUCTION.sub(
        lambda found: chance.choice(_ways(part, found["text"], found["lead"], ward.words)), text
    )


@cache
def _ways(part: str, asked: str, lead: str, words: Words) -> tuple[str, ...]:
    """Return the texts that may stand behind ``lead`` for an instruction, as lines of YAML."""
    indent = len(lead) - len(lead.lstrip()) + (2 if re.match(r" *- \w+:", lead) else 0)
    ways = _texts()[part][reworded(asked, words, FREE)]
    lines = (folded(reworded(way, FREE, words), indent) for way in ways)
    return tuple(lead + "\n".join(each) for each in lines)
