"""What is asked of a new commune, and how each answer is read.

In: answers as they were typed. Out: a :class:`Ward`. Whoever asks says what an error is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

from vanban.app.sample_words import Words, superior_of
from vanban.errors import UsageError
from vanban.evidence.file_names import slug
from vanban.nd30.communes import COMMITTEE, COMMUNES

Read = TypeVar("Read")
Typed = TypeVar("Typed")
_OFFICE = re.compile(rf"{COMMITTEE}\s+", re.IGNORECASE)
_LETTERS = re.compile(r"[\w ,.()/&'’-]+")
_DEGREE = re.compile(r"(?:GS|PGS|TS|ThS|CN|KS|BS|Ông|Bà)\b\.?\s", re.IGNORECASE)


class Ward(Struct, frozen=True):
    """A commune that begins.

    ``name`` begins with its level ("xã Lộc An"), ``province`` with its own ("tỉnh Lâm Đồng");
    ``units`` are pairs of name and abbreviation, "" for none, the one that drafts first.
    """

    name: str
    province: str
    signer: str
    units: tuple[tuple[str, str], ...]
    year: int

    @property
    def level(self) -> str:
        return next(level for level in COMMUNES if self.name.startswith(f"{level} "))

    @property
    def words(self) -> Words:
        unit = self.units[0][0]
        above = superior_of(self.province)
        return Words(self.name, self.province, unit, unit_id(unit), self.level, above)

    @property
    def place(self) -> str:
        """The name without its level before a date; whole where it is a number (Annex I, II.4)."""
        proper = self.name.removeprefix(self.level).strip()
        return proper if not proper[0].isdigit() else self.name[0].upper() + self.name[1:]


PROVINCES = ("tỉnh", "thành phố")
LEVELS = (*COMMUNES, *PROVINCES)


def named(label: str, read: Callable[[Typed], Read], typed: Typed) -> Read:
    """Read what was typed in a field, or for an option, of that name."""
    try:
        return read(typed)
    except UsageError as error:
        raise UsageError(f"{label}: {error}") from error


def read_name(text: str) -> str:
    """Read "xã Lộc An", also as "UBND Xã Lộc An"."""
    return _named(_OFFICE.sub("", _plain(text)), COMMUNES, "“xã Lộc An”, “phường Đông Hải”")


def read_province(text: str) -> str:
    """Read "tỉnh Lâm Đồng"."""
    return _named(_plain(text), PROVINCES, "“tỉnh Lâm Đồng”, “thành phố Huế”")


def _named(text: str, levels: tuple[str, ...], examples: str) -> str:
    level = next((each for each in levels if text.lower().startswith(f"{each} ")), None)
    if level is None and text.lower().startswith(tuple(f"{each} " for each in LEVELS)):
        raise UsageError(f"“{text}” không phải {', '.join(levels)} — ví dụ {examples}")
    if level is None:
        raise UsageError(f"“{text}” chưa có cấp — viết cả cấp, ví dụ {examples}")
    proper = text[len(level) :].strip()
    if not (proper[0].isupper() or proper[0].isdigit()) or (len(proper) > 3 and proper.isupper()):
        raise UsageError(f"“{text}” — viết hoa chữ đầu mỗi tiếng của tên riêng, ví dụ {examples}")
    return f"{level} {proper}"


def read_person(text: str) -> str:
    """Read the name of who signs, without degrees (Annex I, II.7)."""
    name = _plain(text)
    if _DEGREE.match(name):
        raise UsageError(f"“{name}” — chỉ ghi họ và tên, không ghi ông, bà, học hàm, học vị")
    if " " not in name or name != name.title():
        raise UsageError(f"“{name}” — ghi đủ họ và tên, viết hoa, ví dụ Nguyễn Văn Bình")
    return name


def read_unit(text: str) -> tuple[str, str]:
    """Read "Phòng Văn hóa - Xã hội=VHXH"; the abbreviation may be missing."""
    name, _, code = text.partition("=")
    return _plain(name), _plain(code) if code.strip() else ""


def read_units(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Read units, of which the first files the documents and needs its abbreviation."""
    units = tuple(read_unit(text) for text in texts)
    if not units or not units[0][1]:
        raise UsageError(
            "đơn vị đầu tiên phải có ký hiệu, để ghi ở dòng “Lưu: VT, …”, ví dụ “Phòng Văn hóa - "
            "Xã hội=VHXH”"
        )
    ids = [unit_id(name) for name, _ in units]
    twice = next((name for name, _ in units if ids.count(unit_id(name)) > 1), None)
    if twice is not None:
        raise UsageError(f"“{twice}” ghi hai lần — xóa một chỗ")
    return units


def read_year(text: str) -> int:
    if not re.fullmatch(r"20[0-9]{2}", text.strip()):
        raise UsageError(f"“{text}” — năm phải có bốn chữ số, ví dụ 2026")
    return int(text)


def unit_id(name: str) -> str:
    return slug(name).lower()


def usual_units(name: str) -> str:
    """Return the other units of most communes (Decree 150/2025/NĐ-CP), to be confirmed."""
    works = "Phòng Kinh tế" if name.startswith("xã ") else "Phòng Kinh tế, Hạ tầng và Đô thị"
    return f"Văn phòng HĐND và UBND; {works}; Trung tâm Phục vụ hành chính công"


def _plain(text: str) -> str:
    """Return a name with single blanks; raises UsageError where it can be none."""
    name = " ".join(text.split())
    if not _LETTERS.fullmatch(name) or not any(sign.isalpha() for sign in name):
        raise UsageError(
            f"“{name}” không phải là tên — chỉ dùng chữ, chữ số, dấu gạch nối, dấu phẩy"
        )
    return name
