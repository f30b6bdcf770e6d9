"""Names in a file → the registers of the agency: units, recipients, signers, cited documents.

A name that is nearly one of the register is taken for it and told; one that is like none becomes a
new entry, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from vanban.evidence.file_names import slug
from vanban.nd30.citations import Citation
from vanban.nd30.dates import short_date
from vanban.nd30.document_types import LAWS
from vanban.nd30.letters import composed_line, fold
from vanban.workspace.files import AGENCY, DOCUMENTS, AnyFile
from vanban.workspace.instructions import MARKER
from vanban.workspace.workspace import Workspace

SURE, NEAR = 95.0, 78.0
"""Of 100: from SURE on two names are one, from NEAR on they are taken for one and that is told."""

_PREFIXES = re.compile(r"\b(UY BAN NHAN DAN|HOI DONG NHAN DAN|VAN HOA)\b")
_SHORT = {"UY BAN NHAN DAN": "UBND", "HOI DONG NHAN DAN": "HDND", "VAN HOA": "VH"}
_WHERE = re.compile(
    r"\s*\(\s*(?:để )?(?:b/c|bc|báo cáo|t/h|phối hợp|p/h|chỉ đạo|biết)[^)]*\)", re.I
)

_NOUN = (
    r"(?:các|phòng|ban|văn phòng|trung tâm|công an|trạm|trường|ủy ban|uỷ ban|ubnd|hội|đoàn|tổ|đội|"
    r"bộ phận|công chức|chi cục|thuế|sở|cơ quan|mặt trận|đảng ủy|lãnh đạo|quân sự)\b"
)
_PIECE = re.compile(rf"[^,;]+(?:,(?!\s*(?:và\s+)?{_NOUN})[^,;]+)*", re.IGNORECASE)
"""A unit in a list; a comma inside its name is followed by no noun of units."""

Item = tuple[tuple[str, Any], ...]
Names = dict[str, tuple[str, ...]]
"""The names that each id has."""


class Addition(Struct, frozen=True):
    """An entry that a register of all years lacks: of which file, in which list."""

    file: AnyFile
    key: str
    item: Item

    @property
    def id(self) -> str:
        return str(dict(self.item)["ma"])


class Registers(Struct):
    """The registers, and what a file adds to them; ``unsure`` are lines to be looked at."""

    workspace: Workspace
    additions: list[Addition] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    # --- units and recipients ---------------------------------------------------------------------

    def units(self, text: str) -> tuple[str, ...]:
        """Return the ids of the units that a line names, one after the other."""
        known: Names = {
            unit.id: (unit.name, unit.code or "") for unit in self.workspace.agency.units
        }
        known |= self._added("don_vi")
        whole = self._found(text, known)
        if whole is not None:
            return (whole,)
        return tuple(dict.fromkeys(self._units(text, known)))

    def _units(self, text: str, known: Names) -> Iterator[str]:
        """Yield units: known names first, wherever they stand, else what commas part."""
        rest = text
        found: list[tuple[int, str]] = []
        for id, names in sorted(known.items(), key=lambda each: -len(each[1][0])):
            for name in filter(None, names):
                place = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest, re.IGNORECASE)
                if place is not None:
                    found.append((place.start(), id))
                    rest = rest[: place.start()] + ";" * len(place[0]) + rest[place.end() :]
        for piece in _PIECE.finditer(rest):
            name = re.sub(r"^\s*(?:và|cùng)\s+|[\s.]+$", "", piece[0]).strip()
            if len(name.split()) > 1 and (name[0].isupper() or fold(name).startswith("CAC ")):
                found.append((piece.start(), self._unit(name, known)))
        yield from (id for _, id in sorted(found))

    def _unit(self, name: str, known: Names) -> str:
        return self._found(name, known) or self._add(AGENCY, "don_vi", name)

    def recipient(self, text: str) -> str:
        """Return the id of a recipient; a new one where the register has none like it."""
        name = text.strip(" -–+;.,\t")
        known: Names = {each.id: (each.name,) for each in self.workspace.agency.recipients}
        known |= self._added("noi_nhan")
        return self._found(name, known) or self._add(AGENCY, "noi_nhan", name)

    def filing_units(self, text: str) -> tuple[str, ...]:
        """Return the units of "VT, VHXH" by their abbreviations or names."""
        found = []
        for piece in re.split(r"[,;]", text):
            name = piece.strip(" .")
            for unit in self.workspace.agency.units:
                if name and fold(name) in (fold(unit.code or ""), fold(unit.name)):
                    found.append(unit.id)
        return tuple(found)

    def _added(self, key: str) -> Names:
        return {
            each.id: (str(dict(each.item)["ten"]),) for each in self.additions if each.key == key
        }

    def _found(self, name: str, known: Names) -> str | None:
        id, score = nearest(name, known)
        if id is None or score < NEAR:
            return None
        if score < SURE:
            self.unsure.append(f"“{name}” hiểu là “{known[id][0]}” ({id}) — xem lại")
        return id

    def _add(self, file: AnyFile, key: str, name: str) -> str:
        name = re.sub(r"\s+[–—]\s+", " - ", name)
        id = self.free(slug(_WHERE.sub("", name)).lower() or key.replace("_", "-"))
        self.additions.append(Addition(file, key, (("ma", id), ("ten", name))))
        return id

    def free(self, id: str) -> str:
        """Return ``id``, or with a number where it is taken in any register."""
        workspace = self.workspace
        taken: set[str] = {each.id for each in self.additions}
        taken |= {*workspace.units_by_id, *workspace.recipients_by_id, *workspace.signers_by_id}
        taken |= workspace.documents_by_id.keys()
        return free_id(id, taken)

    # --- who signs --------------------------------------------------------------------------------

    def signer(self, capacity: Iterable[str], name: str) -> str:
        """Return the id of who signs: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"."""
        stated: dict[str, str] = {}
        title = ""
        for line in capacity:
            form = re.match(r"\s*(TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*[./]\s*(.+)", line)
            if form is None:
                title = title or sentence_case(line)
            elif form[1] == "Q":
                stated["quyen"] = title = sentence_case(form[2])
            else:
                stated[_CAPACITIES[form[1].replace("/", "")]] = sentence_case(form[2])
        signers = self.workspace.agency.signers
        for signer in signers:
            alike = fold(signer.name) == fold(name) and fold(signer.title) == fold(title)
            if alike and bool(signer.acting_for) == ("ky_thay" in stated):
                return signer.id
        if not name or not title:
            first = signers[0]
            self.unsure.append(
                f"không đọc được người ký — tạm ghi {first.id} ({first.name}), xem lại"
            )
            return first.id
        id = self.free(slug(title).lower())
        item = (("ma", id), ("ho_ten", name), ("chuc_vu", title), *stated.items())
        self.additions.append(Addition(AGENCY, "nguoi_ky", item))
        return id

    # --- cited documents --------------------------------------------------------------------------

    def document(self, line: str, citation: Citation) -> str:
        """Return the id of the document that a legal basis cites; ``line`` is all of it."""
        abstract = composed_line(line[citation.head.end :].strip(" ;.,"))
        if citation.title is not None:
            abstract = f"{citation.title} {abstract}".strip()
            day = citation.date_span
            if day is not None and not citation.number:
                abstract = composed_line(line[citation.head.start + len(citation.type) :]).strip(
                    " ;."
                )
        for known in self.workspace.all_documents:
            same = citation.number and known.number == citation.number
            if (
                same
                and known.type == citation.type
                and (not citation.is_blank or known.date == citation.day)
            ):
                return known.id
            is_law = citation.title is not None and known.type in LAWS
            if is_law and fold(known.abstract).startswith(fold(citation.title or "")):
                return known.id
        base = f"{citation.type} {citation.number or citation.title}"
        id = self.free(slug(base).lower())
        item: dict[str, Any] = {"ma": id, "loai": citation.type}
        if citation.number:
            item["so_ky_hieu"] = citation.number
        if citation.day is not None:
            item["ngay"] = short_date(citation.day)
        if citation.issuer is not None:
            item["co_quan"] = citation.issuer
        item["trich_yeu"] = abstract or f"{MARKER}: ghi trích yếu của văn bản này"
        self.additions.append(Addition(DOCUMENTS, "van_ban", tuple(item.items())))
        return id


_CAPACITIES = {"TM": "thay_mat", "KT": "ky_thay", "TL": "thua_lenh", "TUQ": "thua_uy_quyen"}


def nearest(name: str, known: Names) -> tuple[str | None, float]:
    """Return which of ``known``, names by id, is most like ``name``, and how much, of 100."""
    from rapidfuzz import fuzz

    wanted = comparable(name)
    best: tuple[str | None, float] = (None, 0.0)
    for id, names in known.items():
        for each in filter(None, names):
            score = fuzz.ratio(wanted, comparable(each))
            if score > best[1]:
                best = (id, score)
    return best


def comparable(name: str) -> str:
    """Return a name as two spellings of it compare: "UBND" for "Ủy ban nhân dân"."""
    text = _PREFIXES.sub(lambda each: _SHORT[each[0]], fold(_WHERE.sub("", name)))
    return " ".join(re.findall(r"\w+", text))


def sentence_case(text: str) -> str:
    """Return "Phó Chủ tịch" for "PHÓ CHỦ TỊCH", as posts and bodies are written in a sentence."""
    lower = composed_line(text).lower()
    for post in _POSTS:
        lower = re.sub(rf"(?<!\w){post.lower()}(?!\w)", post, lower)
    return lower[:1].upper() + lower[1:]


_POSTS = (
    *("Chủ tịch", "Giám đốc", "Trưởng phòng", "Chánh Văn phòng", "Hiệu trưởng", "Trưởng ban"),
    *("Ủy ban nhân dân", "Hội đồng nhân dân"),
)


def free_id(id: str, taken: Collection[str]) -> str:
    """Return ``id``, or with the first number from 2 on that makes it free."""
    count, free = 1, id
    while free in taken:
        count += 1
        free = f"{id}-{count}"
    return free
