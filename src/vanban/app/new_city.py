"""``vanban new city``: the folder of the office of a province that reports on all its wards.

It shares the set that its wards share, and holds what is its own: ``co-quan.yaml`` and the register
of documents. Its reports begin with ``vanban gather``.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from vanban.app.city_texts import COMMITTEE_TEXT, DEPARTMENT_TEXT, PARTY
from vanban.app.new_content import Made
from vanban.app.new_ward import (
    documents_text,
    read_common,
    refuse_unready,
    shared_line,
    superiors,
)
from vanban.app.sample_words import superior_of
from vanban.app.ward import read_province, unit_id
from vanban.app.ward_texts import CALENDAR_TEXT, SUPERIORS
from vanban.errors import UsageError
from vanban.io.swap import replacing
from vanban.nd30.communes import COMMITTEE
from vanban.workspace.files import AGENCY, DOCUMENTS
from vanban.workspace.schema import SCHEMA_FOLDER, schema_files
from vanban.workspace.versions import VERSION
from vanban.workspace.yaml_write import on_one_line

OF_A_PERSON = ("Hồ Chí Minh",)
"""Names of persons, which stand with their level in a place before a date (Annex I, II.4)."""
_COMMITTEE = re.compile(rf"{COMMITTEE}\s+", re.IGNORECASE)
_DEPARTMENT = re.compile(r"(Sở \w[\w ,-]*?)\s+(?=(?:thành phố|tỉnh) )")
EXAMPLES = "“thành phố Hải Phòng” hoặc “Sở Nội vụ thành phố Hải Phòng”"


class City(Struct, frozen=True):
    """The office that reports: a people's committee, or a ``department`` of it ("" for none).

    ``province`` begins with its level ("thành phố Hải Phòng"); ``unit`` drafts: its name and its
    abbreviation.
    """

    province: str
    department: str
    signer: str
    unit: tuple[str, str]
    year: int

    @property
    def place(self) -> str:
        """What stands before a date."""
        proper = self.province.removeprefix(superior_of(self.province)).strip()
        whole = f"{self.province[0].upper()}{self.province[1:]}"
        return whole if proper in OF_A_PERSON else proper

    @property
    def code(self) -> str:
        """The initials of a department: SNV."""
        words = re.split(r"[\s,-]+", self.department)
        return "".join(word[:1] for word in words if word != "và").upper()


def read_office(text: str) -> tuple[str, str]:
    """Read "thành phố Hải Phòng", "Sở Nội vụ thành phố Hải Phòng" as province and department."""
    text = _COMMITTEE.sub("", " ".join(text.split()))
    found = _DEPARTMENT.match(text)
    try:
        province = read_province(text[found.end() :] if found else text)
    except UsageError as error:
        raise UsageError(
            f"“{text}” không rõ của tỉnh, thành phố nào — viết như {EXAMPLES}"
        ) from error
    return province, found[1] if found else ""


def new_city(city: City, folder: Path, content: Path, common: Path) -> Made:
    """Write ``folder``, which shares ``common``; raises UsageError where a folder is there."""
    refuse_unready(folder, content, common)
    target = folder / "content"
    files = [
        (AGENCY.path(target, city.year), _agency(city, folder, common).encode()),
        (DOCUMENTS.path(target, city.year), documents_text(common).encode()),
        *schema_files(target / SCHEMA_FOLDER),
    ]
    with replacing(target, fresh=True) as (made,):
        for path, data in files:
            place = made / path.relative_to(target)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        (made / str(city.year)).mkdir()
    return Made(tuple(path for path, _ in files))


def _agency(city: City, folder: Path, common: Path) -> str:
    unit, code = city.unit
    level = superior_of(city.province)
    known = read_common(common, folder)
    text = DEPARTMENT_TEXT if city.department else COMMITTEE_TEXT
    return text.format(
        province=city.province,
        upper=city.province.upper(),
        department=city.department,
        department_upper=on_one_line(city.department.upper(), '"'),
        level=level,
        party=PARTY[level],
        place=city.place,
        code=city.code,
        province_line="" if known.province == city.province else f"tinh_thanh: {city.province}\n",
        unit_id=unit_id(unit),
        unit=on_one_line(unit, '"'),
        unit_code=on_one_line(code, '"'),
        signer=on_one_line(city.signer, '"'),
        superior=superiors(city.province, known.recipients, SUPERIORS[:1]),
        calendar=CALENDAR_TEXT,
        shared=shared_line(common, folder),
        version=VERSION,
    )
