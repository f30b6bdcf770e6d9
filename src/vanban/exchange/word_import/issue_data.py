"""Head, legal bases, recipients and signature of a file → the keys that every document has."""

from __future__ import annotations

import re
from typing import Any

from vanban.checks.form.components import Components
from vanban.checks.form.parts import Part
from vanban.exchange.word_import.ledger import Ledger
from vanban.exchange.word_import.numbered_tree import Branch
from vanban.exchange.word_import.registers import Registers, comparable
from vanban.nd30.citations import citations
from vanban.nd30.dates import long_date_in, short_date
from vanban.nd30.letters import composed_line, fold

PRINTED = (
    *("quoc-hieu", "tieu-ngu", "co-quan-chu-quan", "co-quan-ban-hanh", "so-ky-hieu"),
    *("dia-danh-thoi-gian", "ten-loai", "kinh-gui", "can-cu", "noi-nhan", "danh-sach-noi-nhan"),
    *("quyen-han", "ho-ten"),
)
"""Components that the program prints from the registers."""

_NUMBER = re.compile(r"(\d+)\s*/")
_BASIS = re.compile(r"[-–\s]*(?:Căn cứ|Thực hiện|Theo|Xét)\b")
_LISTED = re.compile(r"^[-–+•\s]*")
_AS_ABOVE = ("NHU TREN", "NHU DIEU", "NHU KINH GUI")


def issue_data(components: Components, ledger: Ledger, registers: Registers) -> dict[str, Any]:
    """Return the keys of who issues, to whom, by what; claims what the registers then print."""
    data: dict[str, Any] = {}
    for name in PRINTED:
        ledger.printed(*components.get(name))
    agency = registers.workspace.agency
    named = comparable(_text(components.get("co-quan-ban-hanh")))
    if named and named != comparable(" ".join(agency.header_lines)):
        registers.unsure.append(
            f"tệp là của “{_text(components.get('co-quan-ban-hanh'))}”, nội dung là của "
            f"{agency.short_name} — tên cơ quan cũ trong lời văn phải sửa lại"
        )
    number = _NUMBER.search(_text(components.get("so-ky-hieu")))
    if number is not None:
        data["so"] = str(int(number[1]))
    day = long_date_in(_text(components.get("dia-danh-thoi-gian")))
    if day is not None:
        data["ngay"] = short_date(day)
    bases = [basis for part in components.get("can-cu") if (basis := basis_of(part, registers))]
    data["can_cu"] = bases
    addressees = _addressees(components.get("kinh-gui"), registers)
    if addressees:
        data["kinh_gui"] = addressees
    recipients, filing = _recipients(components.get("danh-sach-noi-nhan"), registers)
    if recipients:
        data["noi_nhan"] = recipients
    if filing:
        data["luu"] = filing
    capacity = [part.text.strip() for part in components.get("quyen-han")]
    data["nguoi_ky"] = registers.signer(capacity, _text(components.get("ho-ten")))
    return data


def abstract_of(components: Components, ledger: Ledger) -> str:
    """Return the abstract (trích yếu); of a letter without "V/v"."""
    letter = components.get("trich-yeu-cong-van")
    parts = letter or components.get("trich-yeu")
    if letter:
        about = re.match(r"\s*(V/v:?|Về việc:?)\s*", letter[0].text, re.IGNORECASE)
        if about is not None:
            first = letter[0]
            ledger.number(Part(first.paragraph, first.start, first.start + about.end()))
            parts = (Part(first.paragraph, first.start + about.end(), first.end), *letter[1:])
    return ledger.value(*parts) if parts else ""


def _text(parts: tuple[Part, ...]) -> str:
    return composed_line(" ".join(part.text for part in parts))


def loose_bases(root: Branch, ledger: Ledger, registers: Registers) -> list[dict[str, str]]:
    """Take the legal bases that stand as plain paragraphs above the content out of the tree."""
    found: list[dict[str, str]] = []
    for branch in tuple(root.below):
        if not branch.is_prose or not branch.title:
            break
        basis = basis_of(branch.title[0], registers) if is_basis(branch.text) else None
        if basis is not None:
            found.append(basis)
            ledger.printed(*branch.whole)
            root.below.remove(branch)
    return found


def is_basis(text: str) -> bool:
    """Say whether a paragraph above the content is a legal basis by its first words."""
    return _BASIS.match(text) is not None and not text.rstrip().endswith(":")


def basis_of(part: Part, registers: Registers) -> dict[str, str] | None:
    """Return a legal basis; None where it cites no document, which stays left over."""
    line = composed_line(part.text)
    found = citations(line)
    if not found:
        return None
    first = found[0]
    start = first.article_span.start if first.article_span is not None else first.head.start
    opening = line[:start].strip() or "Căn cứ"
    return {"mo_dau": opening, "van_ban": registers.document(line, first)}


def _addressees(parts: tuple[Part, ...], registers: Registers) -> tuple[str, ...]:
    lines = [re.sub(r"^\s*kính gửi\s*:?", "", part.text, flags=re.IGNORECASE) for part in parts]
    names = [name for line in lines for name in re.split(r";", line) if name.strip(" -–;.")]
    return tuple(registers.recipient(name) for name in names)


def _recipients(
    parts: tuple[Part, ...], registers: Registers
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the recipients, and the units that file the document."""
    recipients: list[str] = []
    filing: tuple[str, ...] = ()
    for part in parts:
        line = _LISTED.sub("", part.text).strip()
        folded = fold(line)
        if folded.startswith("LUU"):
            filing = registers.filing_units(line.partition(":")[2])
        elif line and not folded.startswith(_AS_ABOVE):
            recipients += (
                registers.recipient(each) for each in line.split(";") if each.strip(" .")
            )
    return tuple(dict.fromkeys(recipients)), filing
