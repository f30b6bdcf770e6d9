#!/usr/bin/env python3
"""Make sample wards with their content, what they share, and the folder of their city.

    make_country.py --wards 50 --seed 1 --out DIR [--province "Hải Phòng"] [--break yaml,identity]

DIR/chung is the shared set, DIR/xa-phuong/NAME the folder of each ward, DIR/thanh-pho that of the
city. Names and levels are real (package vietnam-provinces, since 01/7/2025), everything else is
invented and marked as sample. The same arguments give the same bytes. --break spoils one ward after
the other, each in the way that is named (country/breaks.py); "all" stands for all ways.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from country.breaks import BREAKS
from country.ward import SAMPLE, Pattern, content_files, ward_of
from vietnam_provinces import Province
from vietnam_provinces import Ward as Division

from vanban.app.load import load_content
from vanban.app.new_city import City, new_city
from vanban.app.new_content import new_report, text_of
from vanban.app.new_ward import new_shared, new_ward
from vanban.app.sample_words import without_providers
from vanban.evidence.file_names import slug
from vanban.io.journal import Stamp
from vanban.workspace.periods import PERIODS

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
HOME = "Hải Phòng"
"""Where wards are taken from first."""
WARDS = "xa-phuong"
DEPARTMENT = "Sở Nội vụ"
CALENDAR = """\
# Ngày mẫu: thay bằng ngày trong văn bản của cấp trên, rồi xóa so_lieu_mau.
lich_bao_cao:
  - {ky: q1, ngay_chot_so_lieu: 14/3, han_gui: 16/3, so_lieu_mau: true}
  - {ky: h1, ngay_chot_so_lieu: 14/6, han_gui: 16/6, so_lieu_mau: true}
  - {ky: q3, ngay_chot_so_lieu: 14/9, han_gui: 16/9, so_lieu_mau: true}
  - {ky: year, ngay_chot_so_lieu: 14/12, han_gui: 16/12, so_lieu_mau: true}
"""
_COMMENTED = re.compile(r"^# Ngày chốt số liệu.*\n(?:#.*\n)+", re.MULTILINE)


def make_country(wards: int, seed: int, out: Path, provinces: tuple[str, ...], year: int) -> None:
    """Write the folders to ``out``, which must be empty or not there."""
    if out.exists() and any(out.iterdir()):
        sys.exit(f"{out} is not empty")
    chosen = list(divisions(wards, seed, provinces))
    province = lowered(chosen[0][1])
    common = out / "chung"
    make_shared(common, province, year)
    signer, unit = "Nguyễn Văn An", ("Phòng Cải cách hành chính", "CCHC")
    city = City(province, DEPARTMENT, signer, unit, year)
    new_city(city, out / "thanh-pho", CONTENT, common)
    mark(out / "thanh-pho" / "content" / "co-quan.yaml")
    patterns: dict[str, Pattern] = {}
    names = [slug(division.name).lower() for division, _ in chosen]
    for (division, above), name in zip(chosen, names, strict=True):
        own = name if names.count(name) == 1 else f"{name}-{division.code}"
        chance = random.Random(f"{seed}/{division.code}")
        ward = ward_of(lowered(division), lowered(above), year, chance)
        if ward.level not in patterns:
            patterns[ward.level] = pattern(ward.level, province, year, common)
        folder = out / WARDS / own
        write(content_files(ward, folder, CONTENT, common, patterns[ward.level], chance))


def spoil(out: Path, ways: str) -> dict[str, str]:
    """Spoil one ward after the other in the ways named; return way → name of the ward."""
    named = list(BREAKS) if ways == "all" else ways.split(",")
    unknown = [way for way in named if way not in BREAKS]
    if unknown:
        sys.exit(f"--break {unknown[0]}: choose from {', '.join(BREAKS)}, all")
    folders = sorted((out / WARDS).iterdir())
    if len(folders) < len(named):
        sys.exit(f"--break: {len(named)} ways and only {len(folders)} wards")
    spoilt = dict(zip(named, folders, strict=False))
    for way, folder in spoilt.items():
        BREAKS[way](folder)
    return {way: folder.name for way, folder in spoilt.items()}


def mark(path: Path) -> None:
    """Mark the agency of ``path`` as a sample: who signs there is invented."""
    path.write_text(text_of(path).replace("\nten: ", f"\n{SAMPLE}ten: ", 1), encoding="utf-8")


def divisions(
    wards: int, seed: int, provinces: tuple[str, ...]
) -> Iterator[tuple[Division, Province]]:
    """Yield wards with their provinces: those named, else Hải Phòng and then the others."""
    known = {each.name: each for each in Province.iter_all()}
    order = [each for name in provinces or (HOME,) for each in known.values() if name in each.name]
    if not provinces:
        order += [each for each in known.values() if each not in order]
    left = wards
    for province in order:
        own = sorted(Division.iter_by_province(province.code), key=lambda each: each.code)
        taken = own if len(own) <= left else random.Random(seed).sample(own, left)
        yield from ((each, province) for each in sorted(taken, key=lambda each: each.code))
        left -= len(taken)
        if not left:
            return
    sys.exit(f"there are only {wards - left} wards")


def lowered(division: Division | Province) -> str:
    """Return "phường Trần Liễu" of "Phường Trần Liễu"."""
    return division.name[0].lower() + division.name[1:]


def make_shared(common: Path, province: str, year: int) -> None:
    """Write the shared set by ``new shared``, with a calendar and the criteria of the year."""
    new_shared(province, common, CONTENT, year)
    path = common / "dung-chung.yaml"
    text, found = _COMMENTED.subn(CALENDAR, text_of(path))
    assert found == 1
    path.write_text(text, encoding="utf-8")
    criteria = without_providers(text_of(CONTENT / "2025" / "tieu-chi.yaml"))
    criteria = criteria.replace("cấp phường", "cấp xã")
    write([(common / str(year) / "tieu-chi.yaml", criteria.encode())])


def pattern(level: str, province: str, year: int, common: Path) -> Pattern:
    """Return a ward of ``level`` with the files that ``new report`` gives it."""
    ward = ward_of(f"{level} Mẫu", province, year, random.Random(0))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "mau"
        new_ward(ward, folder, CONTENT, common)
        stamp = Stamp(datetime(year, 1, 1), "new report")
        made = [new_report(period, folder / "content", year, stamp) for period in PERIODS]
        reports = {each.paths[0].stem: text_of(each.paths[0]) for each in made}
        criteria = load_content(folder / "content", year).workspace.sub_criteria
        return Pattern(ward, reports, criteria)


def write(files: Iterable[tuple[Path, bytes]]) -> None:
    for path, data in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wards", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--year", type=int, default=2026)
    parser.add_argument("--province", action="append", default=[], help='e.g. "Hải Phòng"')
    parser.add_argument("--break", dest="spoilt", default="", metavar=f"{','.join(BREAKS)}")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    make_country(
        arguments.wards, arguments.seed, arguments.out, tuple(arguments.province), arguments.year
    )
    print(f"{arguments.wards} wards: {arguments.out / WARDS}")
    for way, name in (spoil(arguments.out, arguments.spoilt) if arguments.spoilt else {}).items():
        print(f"{way}: {name}")


if __name__ == "__main__":
    main()
