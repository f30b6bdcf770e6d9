"""Evidence of a sample ward: small PDFs that the project renders, and their register.

What each ward may have stands in ``texts.yaml``; a ward has no evidence for what it answers that it
has not done, and now and then none for what it has.
"""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from msgspec.structs import replace
from sample_documents import ROOT, document_of

from vanban.app.sample_words import FREE, SHOWN, Words, reworded
from vanban.app.ward import Ward, unit_id
from vanban.document import Block, Document, Paragraph
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.file_names import slug
from vanban.layout.fonts import TimesFamily, find_times
from vanban.layout.frame import Frame, read_frame
from vanban.layout.measures import Layout
from vanban.nd30.dates import long_date, short_date
from vanban.render.placed_pdf import PagesEngine
from vanban.workspace.yaml_write import tree_lines

HEAD = """\
# yaml-language-server: $schema=../.schema/minh-chung.schema.json
# Sổ tài liệu kiểm chứng của năm {year}: tài liệu mẫu.

"""


def evidence_of(
    ward: Ward,
    rows: list[Mapping[str, Any]],
    answers: Mapping[str, Mapping[str, Any]],
    chance: random.Random,
) -> Iterator[tuple[str, bytes]]:
    """Yield the files in ``minh-chung/`` by their paths in the year, then the register."""
    entries = []
    for row in rows:
        drawn, day = chance.random(), _day(row["ngay"], ward.year, chance)
        number = f"{chance.randint(4, 160)}/{row['ky_hieu']}"
        answer = answers[row["tieu_chi"]]
        undone = "chon" in answer and "nguyen_nhan" in answer
        if drawn < 0.1 or undone:
            continue
        entry = {
            "ma": f"{row['tieu_chi']}-01",
            "dung_cho": tuple(row.get("dung_cho", ())),
            "loai": row["loai"],
            "so_ky_hieu": number,
            "ngay": short_date(day),
            "co_quan": f"UBND {ward.name}",
            "trich_yeu": reworded(row["trich_yeu"], FREE, ward.words),
            "trang": 1,
        }
        file = f"{entry['ma']}_{slug(number)}_{day:%Y-%m-%d}.pdf"
        data = _pdf(ward, entry, day)
        yield f"minh-chung/{file}", data
        entries.append({**entry, "tep": file, **_facts(data)})
    tree = {
        "so_lieu_mau": True,
        "ho_so": {
            "so_ho_so": "01.CCHC",
            "tieu_de": "Tài liệu kiểm chứng tự đánh giá, chấm điểm xác định Chỉ số cải cách hành "
            f"chính năm {ward.year}",
            "thoi_han": "10 năm",
            "don_vi_lap": unit_id(ward.units[0][0]),
            "tu_ngay": f"01/01/{ward.year}",
            "den_ngay": f"31/12/{ward.year}",
        },
        "tai_lieu": entries,
    }
    text = HEAD.format(year=ward.year) + "\n".join(tree_lines(tree)) + "\n"
    yield "minh-chung.yaml", text.encode()


def _day(month: int, year: int, chance: random.Random) -> date:
    return date(year, month, chance.randint(4, 27))


def _facts(data: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {"so_trang": len(pdf.pages), "sha256": hashlib.sha256(data).hexdigest()}


@cache
def _look() -> tuple[Frame, TimesFamily]:
    return read_frame(ROOT / "templates" / "frame.docx"), find_times()


def _pdf(ward: Ward, entry: Mapping[str, Any], day: date) -> bytes:
    about = EvidenceDocument(
        entry["ma"],
        Path(),
        entry["loai"],
        entry["so_ky_hieu"],
        day,
        entry["co_quan"],
        entry["trich_yeu"],
        "",
    )
    document = _of_ward(document_of(entry["ma"], about), ward, day)
    frame, times = _look()
    return PagesEngine().render(document, Layout(document, frame, times), day).data


def _of_ward(document: Document, ward: Ward, day: date) -> Document:
    """Return a sample document as one of ``ward``."""
    header = replace(
        document.header,
        agency=("ỦY BAN NHÂN DÂN", ward.name.upper()),
        place_date=f"{ward.place}, {long_date(day)}",
    )
    body = tuple(_worded(block, ward.words) for block in document.body)
    return replace(document, header=header, body=body, annexes=())


def _worded(block: Block, words: Words) -> Block:
    if not isinstance(block, Paragraph):
        return block
    runs = (replace(run, text=reworded(str(run.text), SHOWN, words)) for run in block.runs)
    return replace(block, runs=tuple(runs))
