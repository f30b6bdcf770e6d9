"""Cases of the check in tables: a text or a small Word file of any office, and what is told of it.

``tests/review/cases/*.yaml``, one file a kind of mistake, each a list under ``cases``:

    - text: |                 # a passage a line, as vanban.checks.writing.plain_writing reads it;
        Căn cứ Luật Đất đai;  # "[chữ ký] Trần A" gives a line another role, by its name
      of: UBND tỉnh Hà Giang  # who issues it; without, nobody knows; "own" is the agency itself
      kind: Công văn
      date: 05/3/2026
      finds: none             # or rule → the words that it tells, in the order of the text

    - word: {agency: [...], number:, about:, date:, title: [...], to: [...], body: [...],
             recipients: [...], signature: [...]}
      finds: none

All errors and warnings of all rules are compared; a note only where its rule is named.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt
from msgspec.structs import replace

from letters import LINE, blank_word, cells, content, foot, line
from vanban.checks.finding import Finding, Severity
from vanban.checks.form.check_form import check_opened, open_word
from vanban.checks.from_word import writing_of_word
from vanban.checks.rules import Project
from vanban.checks.run import run_rules
from vanban.checks.writing import Role, Writing, plain_writing
from vanban.workspace.workspace import Workspace

FOLDER = Path(__file__).parent / "review" / "cases"
KEYS = {"text", "word", "of", "kind", "date", "finds"}
OWN = "own"
"""The issuer of a case that is the agency of the content."""


@dataclass(frozen=True, eq=False)
class Case:
    """One row of a table; ``finds`` maps rules to the words that they tell, {} for silence."""

    file: str
    number: int
    told: Mapping[str, Any]

    @property
    def finds(self) -> dict[str, list[str]]:
        finds = self.told["finds"]
        return {} if finds == "none" else {rule: list(words) for rule, words in finds.items()}

    def __str__(self) -> str:
        text = self.told.get("text") or " / ".join(self.told["word"].get("body", ()))
        return f"{self.file}, case {self.number}: {' '.join(text.split())[:70]}"


def read_cases() -> Iterator[Case]:
    """Yield the cases of all tables, numbered from 1 in each."""
    for path in sorted(FOLDER.glob("*.yaml")):
        loaded = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        for number, told in enumerate(loaded["cases"], 1):
            assert told.keys() <= KEYS and "finds" in told, f"{path.name}, case {number}: keys"
            yield Case(path.name, number, told)


def told_of(case: Case, workspace: Workspace) -> dict[str, list[str]]:
    """Return the words that each rule tells of a case: of errors and warnings, and rules named."""
    told: dict[str, list[str]] = {}
    for finding in findings_of(case, workspace):
        if finding.severity is not Severity.INFO or finding.rule in case.finds:
            told.setdefault(finding.rule, []).extend(spot.excerpt for spot in finding.spots)
    return told


def findings_of(case: Case, workspace: Workspace) -> tuple[Finding, ...]:
    """Return all that is found in a case."""
    if "word" in case.told:
        opened = open_word(word_file(**case.told["word"]), Path("case.docx"), workspace)
        form = check_opened(opened, None).findings
        return (*form, *run_rules(Project(None, (writing_of_word(opened),))).findings)
    return run_rules(Project(None, (_writing(case, workspace),))).findings


def _writing(case: Case, workspace: Workspace) -> Writing:
    own = case.told.get("of") == OWN
    day = case.told.get("date")
    issued = datetime.strptime(day, "%d/%m/%Y").date() if day else None
    lines = case.told["text"].splitlines()
    bare = "\n".join(_without_role(each) for each in lines)
    writing = plain_writing(bare, Path("case"), workspace if own else None, issued)
    roles = [_role_of(each) for each in lines if each.strip()]
    return replace(
        writing,
        passages=tuple(
            each if role is None else replace(each, role=role)
            for each, role in zip(writing.passages, roles, strict=True)
        ),
        document_type=case.told.get("kind", ""),
    )


def _role_of(text: str) -> Role | None:
    return Role(text[1:].partition("]")[0]) if text.startswith("[") else None


def _without_role(text: str) -> str:
    return text if _role_of(text) is None else text.partition("] ")[2]


def word_file(
    agency: list[str],
    number: str = "",
    about: str = "",
    date: str = "",
    title: list[str] | None = None,
    to: list[str] | None = None,
    body: list[str] | None = None,
    recipients: list[str] | None = None,
    signature: list[str] | None = None,
) -> bytes:
    """Return the bytes of a small Word file set as the decree says.

    The last of ``agency`` and ``signature`` are the issuing agency and who signs; the first of
    ``title`` is the type. A line of ``body`` may be a table: cells parted by " | ".
    """
    word = blank_word()
    issuer, nation, left, right = cells(word, 2)
    committee = agency[0] in ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
    for superior in agency[:-1]:
        line(issuer, superior, 13, "b" if committee else "")
    line(issuer, agency[-1], 13, "b")
    line(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "b")
    line(nation, "Độc lập - Tự do - Hạnh phúc", 14, "b")
    for cell in (issuer, nation):
        line(cell, "")._p.append(_rule())
    for text, size in ((number, 13), (about, 12)):
        if text:
            line(left, text, size)
    line(right, date, 14, "i")
    for text in title or ():
        line(word, text, 14, "b")
    if title:
        line(word, "")._p.append(_rule())
    if to is not None:
        line(word, f"Kính gửi: {to[0]}" if len(to) == 1 else "Kính gửi:", align=ALIGN.CENTER)
        for text in to if len(to) > 1 else ():
            line(word, text, align=None)
    for text in body or ():
        if " | " in text:
            row = word.add_table(rows=1, cols=text.count(" | ") + 1).rows[0]
            for cell, words in zip(row.cells, text.split(" | "), strict=True):
                cell.text = words
        else:
            _add(word, text)
    if recipients and signature:
        foot(word, tuple(recipients), tuple(signature[:-1]), signature[-1])
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


_BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị) .*[;.]")
_HEADING = re.compile(r"[IVX]+\. [^.;:]+|Điều \d+\. [^.;:]+|Chương [IVX]+")


def _add(word: WordDocument, text: str) -> None:
    """Add a paragraph of the content in the look that its words ask for."""
    article = re.match(r"Điều \d+\. (?=.*[.:;/])", text)
    if text.isupper() or text.startswith(("Phần ", "Chương ")):
        line(word, text, 14, "b").paragraph_format.space_after = Pt(6)
    elif article is not None:
        content(word, text[article.end() :], bold=article[0])
    elif _HEADING.fullmatch(text):
        content(word, "", bold=text)
    else:
        content(word, text, "i" if _BASIS.fullmatch(text) else "")


def _rule() -> Any:
    from docx.oxml import parse_xml

    return parse_xml(LINE)
