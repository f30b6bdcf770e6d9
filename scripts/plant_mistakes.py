"""Plant mistakes into the project's own documents, and count which the check finds.

    .venv/bin/python scripts/plant_mistakes.py [--seed N] [--rounds N] [--show] [--only ID …]

Every document and every sample of a paper is made into a Word file; in each round one mistake of
each kind that has a place there is planted, each in another paragraph, chosen by the seed. One is
found where the check tells something new at its paragraph, by a rule that is about it. What is told
of the untouched files is printed too: they are meant to be right.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from vanban.app.catalogue import buildable
from vanban.app.composing import compose_sound
from vanban.app.load import load_content
from vanban.checks.finding import Finding, Severity
from vanban.checks.form.check_form import check_opened, open_word
from vanban.checks.from_word import writing_of_word
from vanban.checks.language import dictionary
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.layout.fonts import find_times
from vanban.layout.frame import read_frame
from vanban.layout.measures import Layout
from vanban.layout.preparation import prepared
from vanban.line_ends import plain
from vanban.render.docx import render_docx
from vanban.workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
DAY = date(2025, 9, 16)
WEIGHTY = (Severity.ERROR, Severity.WARNING)
TONES = (
    *("aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị"),
    *("oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ"),
)
NEAR = dict(zip("qwertyuiopasdfghjklcvbnm", "wqrewytuioopsadsgfhgkjvcbvmn", strict=False))
"""A key beside each."""

Plant = Callable[[str, random.Random], str | None]
"""Makes a paragraph's text wrong; None where it has no place for this mistake."""


def swap(pattern: str, *news: str) -> Plant:
    """Plant one of ``news`` in the place of what ``pattern`` finds, at one of its places."""

    def plant(text: str, chance: random.Random) -> str | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        place = chance.choice(found)
        return text[: place.start()] + place.expand(chance.choice(news)) + text[place.end() :]

    return plant


@dataclass(frozen=True)
class Kind:
    """A kind of mistake: how it is planted, the groups or ids of rules that are about it."""

    name: str
    goal: str
    rules: tuple[str, ...]
    plant: Plant


TITLE = r"(?:về việc|về) [a-zà-ỹ][^;.“”()]{25,}"
"""The title of a cited document, in a legal basis or a sentence."""


def typo(valid: bool, inside: str = "") -> Plant:
    """Plant a typing slip that is a syllable (``valid``) or none, within what ``inside`` finds."""

    def plant(text: str, chance: random.Random) -> str | None:
        area = re.search(inside, text) if inside else re.search(r".+", text)
        if area is None or (not inside and re.search(TITLE, text)):
            return None
        words = [
            word
            for word in re.finditer(r"(?<=[a-zà-ỹđ,] )[a-zà-ỹđ]{3,}\b", text)
            if area.start() <= word.start() and word.end() <= area.end()
        ]
        chance.shuffle(words)
        known = dictionary.load()
        for word in words:
            for _ in range(30):
                wrong = slipped(word[0], chance)
                if wrong != word[0] and known.knows(wrong) is valid:
                    return text[: word.start()] + wrong + text[word.end() :]
        return None

    return plant


def slipped(word: str, chance: random.Random) -> str:
    """Return a syllable as a hasty hand types it: another tone, a key beside, a letter too few."""
    at = chance.randrange(len(word))
    match chance.randrange(4):
        case 0:
            row = next((row for row in TONES if word[at] in row), word[at])
            return word[:at] + chance.choice(row) + word[at + 1 :]
        case 1:
            return word[:at] + NEAR.get(word[at], word[at]) + word[at + 1 :]
        case 2:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def doubled(text: str, chance: random.Random) -> str | None:
    words = [each for each in re.finditer(r" ([a-zà-ỹđ]{3,})(?= )", text)]
    if len(words) < 6:
        return None
    word = chance.choice(words)
    return text[: word.end()] + word[0] + text[word.end() :]


FORM = ("hinh-thuc/",)
KINDS = (
    Kind("quốc hiệu", "thể thức", FORM,
         swap("^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM$", "CỘNG HÒA XÃ HỘI CHỦ NGHIÃ VIỆT NAM",
              "CỘNG HÒA XÃ HỘI CHŨ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIÊT NAM")),
    Kind("tiêu ngữ", "thể thức", FORM,
         swap("^Độc lập - Tự do - Hạnh phúc$", "Độc lập – Tự do – Hạnh phúc",
              "Độc Lập - Tự Do - Hạnh Phúc", "Độc lập-Tự do-Hạnh phúc")),
    Kind("số, ký hiệu", "thể thức", FORM,
         swap(r"^Số: ?", "Số ", "số: ", "Số:: ")),
    Kind("ngày tháng", "thể thức", FORM,
         swap(r"ngày (\d\d) tháng (\d+) năm (\d{4})$", r"ngày \1/\2/\3", r"Ngày \1 tháng \2 năm \3",
              r"ngày \1 tháng 0\2, năm \3")),
    Kind("căn cứ, dấu cuối", "thể thức", FORM,
         swap(r"^((?:Căn cứ|Thực hiện|Xét|Theo) .*\w);$", r"\1", r"\1,")),
    Kind("nơi nhận", "thể thức", FORM,
         swap(r"^(- Lưu: .*)\.$", r"\1", r"\1;")),
    Kind("dấu kết thúc", "thể thức", FORM, swap(r"\./\.$", ".", "./")),
    Kind("ký thay", "chữ ký", FORM,
         swap(r"^CHỦ TỊCH$", "PHÓ CHỦ TỊCH")),
    Kind("quyền hạn", "chữ ký", FORM,
         swap(r"^TM\. ", "T/M ", "TM ", "Tm. ")),
    Kind("học vị, danh hiệu", "chữ ký", FORM,
         swap(r"^(?=[A-ZĐ][a-zà-ỹ]+(?: [A-ZĐ][a-zà-ỹ]+){2,3}$)", "ThS. ", "TS. ", "Tiến sĩ ")),
    Kind("thiếu “số”", "viện dẫn", ("vien-dan",),
         swap(r"((?:Kế hoạch|Quyết định|Công văn|Nghị quyết|Nghị định)) số (?=\d+/)", r"\1 ")),
    Kind("ngày không có", "viện dẫn", ("vien-dan", "con-so", "ngay"),
         swap(r"(?:(?<=-CP)|(?<=UBND)) ngày \d+/\d+/(\d{4})", r" ngày 31/6/\1", r" ngày 30/02/\1",
              r" ngày 35/5/\1")),
    Kind("luật hết hiệu lực", "viện dẫn", ("vien-dan",),
         swap(r"Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
              "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
              "Luật Tổ chức chính quyền địa phương số 77/2015/QH13")),
    Kind("tên luật viết thường", "viện dẫn", ("viet-hoa", "vien-dan"),
         swap(r"Luật (Tổ chức chính quyền|Tiếp công dân)", "luật \\1")),
    Kind("lặp từ", "lời văn", ("chinh-ta/lap-tu",), doubled),
    Kind("dấu cách", "lời văn", ("dau-cau",), swap(r"(?<=\w)([,;]) (?=\w)", r" \1 ", r"\1")),
    Kind("viết hoa", "lời văn", ("viet-hoa",),
         swap(r"(?<=[a-zà-ỹ] )Ủy ban nhân dân", "ủy ban nhân dân")),
    Kind("gõ sai, không thành chữ", "lời văn", ("chinh-ta",), typo(valid=False)),
    Kind("gõ sai thành chữ khác", "chữ khác", ("chinh-ta",), typo(valid=True)),
    Kind("gõ sai trong tên văn bản", "tên văn bản", ("chinh-ta",), typo(valid=True, inside=TITLE)),
)  # fmt: skip
GOALS = {
    "thể thức": 95, "chữ ký": 95, "viện dẫn": 95, "chữ khác": 65, "tên văn bản": 60,
}  # fmt: skip
"""Of each group of kinds, % that must be found."""


def word_files(folder: Path, only: Container[str]) -> Iterator[tuple[str, bytes, Workspace]]:
    """Yield the documents and the samples of papers as Word files; of those in ``only`` if any."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns(".vanban"))
    papers = content / "2025" / "soan-thao"
    shutil.copytree(content / "mau" / "soan-thao", papers, dirs_exist_ok=True)
    loaded = load_content(content, 2025)
    frame, times = read_frame(TEMPLATES / "frame.docx"), find_times()
    kinds = [each for each in buildable(loaded.workspace) if not only or each.id in only]
    composed, _ = compose_sound(kinds, loaded, TEMPLATES)
    for item in composed:
        document = prepared(item.document, frame, times)
        docx = render_docx(document, Layout(document, frame, times), document.issued or DAY)
        yield item.document.id, dated(docx), loaded.workspace


CITING = (
    "Các phòng, đơn vị lưu hồ sơ theo Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 "
    "năm 2025 và Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư.",
    "Kết quả được tổng hợp theo Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành "
    "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030.",
    "Việc tiếp công dân thực hiện theo Luật Tiếp công dân ngày 25 tháng 11 năm 2013 và Kế hoạch số "
    "12/KH-UBND ngày 14/7/2025 của Ủy ban nhân dân phường Trần Liễu về tiếp công dân định kỳ.",
)
"""Sentences that cite documents as they should be cited."""


def dated(docx: bytes) -> bytes:
    """Return the file as it is issued, with number and date, and with sentences that cite."""
    word = open_docx(io.BytesIO(docx))
    at = next(
        (each for each in word.paragraphs if each.style and each.style.style_id == "NoiDung"), None
    )
    if at is not None:
        for sentence in reversed(CITING):
            copy = Paragraph(deepcopy(at._p), word)
            at._p.addnext(copy._p)
            write(copy, sentence)
    for paragraph in (Paragraph(each, word) for each in word.element.body.iter(qn("w:p"))):
        text = paragraph.text
        filled = re.sub(r"(?<=ngày)\s+tháng\s+năm(?= \d{4}$)", " 05 tháng 9 năm", text)
        filled = re.sub(r"^Số:\s+/", "Số: 36/", filled)
        if filled != text:
            write(paragraph, filled)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def told(docx: bytes, name: str, workspace: Workspace) -> tuple[list[Finding], list[str]]:
    """Return what the check tells of a file without its pages, and the texts of its paragraphs."""
    opened = open_word(docx, Path(f"{name}.docx"), workspace)
    form = check_opened(opened, None, "không đo")
    run = run_rules(Project(None, (writing_of_word(opened),)))
    findings = [
        each
        for each in (*form.findings, *run.findings)
        if each.severity in WEIGHTY and each.rule != "hinh-thuc/sua-sau-khi-tao"  # it was indeed
    ]
    return findings, [plain(" ".join(each.text.split())) for each in opened.word.filled]


def spots(findings: Iterable[Finding], texts: Sequence[str]) -> Counter[tuple[str, str, str]]:
    """Return rule, message and the text of the paragraph of each place."""
    return Counter(
        (
            each.rule,
            each.message,
            texts[spot.paragraph - 1] if 0 < spot.paragraph <= len(texts) else "",
        )
        for each in findings
        for spot in each.spots
    )


@dataclass
class Round:
    """One file with mistakes: of each kind the text of the paragraph that it made wrong."""

    docx: bytes
    planted: dict[Kind, str]


def planted(docx: bytes, kinds: Iterable[Kind], chance: random.Random) -> Round:
    word = open_docx(io.BytesIO(docx))
    paragraphs = [Paragraph(each, word) for each in word.element.body.iter(qn("w:p"))]
    chance.shuffle(paragraphs)
    free = set(range(len(paragraphs)))
    made: dict[Kind, str] = {}
    for kind in kinds:
        for number in sorted(free):
            text = plain(paragraphs[number].text)
            wrong = kind.plant(text, chance) if text.strip() else None
            if wrong is None or wrong == text:
                continue
            write(paragraphs[number], wrong)
            free.discard(number)
            made[kind] = " ".join(wrong.split())
            break
    target = io.BytesIO()
    word.save(target)
    return Round(target.getvalue(), made)


def write(paragraph: Paragraph, text: str) -> None:
    """Give a paragraph another text, all in the look of its first words."""
    first, *others = [run for run in paragraph.runs if run.text]
    first.text = text
    for run in others:
        run.text = ""


def main(seed: int, rounds: int, show: bool, only: Container[str]) -> int:
    chance = random.Random(seed)
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    quiet: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, docx, workspace in word_files(Path(folder), only):
            findings, texts = told(docx, name, workspace)
            before = spots(findings, texts)
            quiet[name] = [f"{each.severity} {each.rule}: {each.message}" for each in findings]
            for _ in range(rounds):
                made = planted(docx, KINDS, chance)
                after, now = told(made.docx, name, workspace)
                new = spots(after, now) - before
                for kind, text in made.planted.items():
                    tried[kind.name] += 1
                    hit = any(
                        rule.startswith(kind.rules) and (where == text or not where)
                        for rule, _, where in new
                    )
                    found[kind.name] += hit
                    if show and not hit:
                        print(f"{name}: {kind.name}: {text[:160]}", file=sys.stderr)
    return report(tried, found, quiet)


def report(tried: Counter[str], found: Counter[str], quiet: dict[str, list[str]]) -> int:
    """Print the shares found by kind and by group, and what is told of the untouched files."""
    low = 0
    for kind in KINDS:
        if tried[kind.name]:
            print(f"{kind.name:28} {found[kind.name]:4} / {tried[kind.name]:4}  "
                  f"{found[kind.name] / tried[kind.name]:6.1%}")  # fmt: skip
    print()
    for goal, least in GOALS.items():
        names = [kind.name for kind in KINDS if kind.goal == goal]
        share = sum(found[name] for name in names) / max(sum(tried[name] for name in names), 1)
        low += share * 100 < least
        print(f"{goal:28} {share:6.1%}  (mục tiêu {least}%)")
    errors = sum(line.startswith(Severity.ERROR) for lines in quiet.values() for line in lines)
    all_lines = sum(map(len, quiet.values()))
    print(f"\n{len(quiet)} tệp chưa sửa gì: {errors} lỗi, {all_lines - errors} cảnh báo")
    for name, lines in quiet.items():
        for line, count in Counter(lines).items():
            print(f"  {name}: {line}{f' (×{count})' if count > 1 else ''}")
    return int(low > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2, help="of each document")
    parser.add_argument("--show", action="store_true", help="print what was not found")
    parser.add_argument("--only", nargs="+", default=(), metavar="ID", help="these documents alone")
    given = parser.parse_args()
    sys.exit(main(given.seed, given.rounds, given.show, given.only))
