"""Plan → a folder of the originals, byte for byte, with two lists and their SHA-256 sums; a .zip.

Names are ASCII without spaces: ``01_cai-cach-the-che/2.1.1/2.1.1-01_KH-15-UBND_2025-01-20.pdf``.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path, PurePosixPath

from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import DossierPlan, Field
from vanban.evidence.file_facts import Copies
from vanban.evidence.file_names import file_name, slug
from vanban.evidence.page_numbers import Placement, sheet_of
from vanban.identifier import shared_property
from vanban.io.csv_text import ENCODING, csv_text
from vanban.io.progress import tell
from vanban.nd30.dates import short_date
from vanban.ooxml.package import EPOCH

CSV_NAME, XLSX_NAME, FRONT_NAME = "index.csv", "index.xlsx", "front.docx"
SUMS_NAME = "SHA256SUMS"

PACKED = frozenset({".pdf", ".jpg", ".jpeg", ".jpe", ".png", ".docx", ".xlsx"})
"""Endings of files that are compressed already."""

COLUMNS: tuple[tuple[str, int], ...] = (
    ("STT", 6),
    ("Mã tài liệu", 13),
    ("Tiêu chí", 10),
    ("Số, ký hiệu", 20),
    ("Ngày, tháng, năm", 14),
    ("Tên loại và trích yếu nội dung", 60),
    ("Cơ quan ban hành", 28),
    ("Vị trí kiểm chứng", 18),
    ("Số trang", 10),
    ("Trang trong hồ sơ", 12),
    ("Tờ", 8),
    ("Tệp", 60),
    ("SHA-256", 66),
    ("Ghi chú", 24),
)
"""Columns of the lists and their widths in characters."""

Cell = str | int


def file_paths(field: Field, item: EvidenceDocument) -> dict[Path, PurePosixPath]:
    """Return where in the folder each file of ``item`` goes."""
    stem = file_name(item.code, item.type, item.number or None, item.date, item.title, "")
    home = PurePosixPath(_field_folder(field), item.criterion or item.code)
    paths = {item.file: home / (stem + item.file.suffix.lower())}
    if item.original is not None and item.original != item.file:
        suffix = item.original.suffix.lower()
        mark = "_goc" if suffix == item.file.suffix.lower() else ""
        paths[item.original] = home / f"{stem}{mark}{suffix}"
    return paths


def _field_folder(field: Field) -> str:
    number = f"{int(field.code):02}" if field.code.isdecimal() else slug(field.code)
    return f"{number}_{slug(field.title).lower()}"


def make_dossier_folder(
    plan: DossierPlan,
    folder: Path,
    placements: Mapping[str, Placement],
    front: bytes,
    stamp: date | None,
    copies: Copies,
    unfit: Mapping[str, str],
) -> dict[PurePosixPath, str]:
    """Fill ``folder`` with ``copies``, which are moved, and lists; raises OSError.

    ``placements`` are those of the PDF, ``front`` its own pages as a .docx; ``stamp`` is the date
    in the workbook's properties; ``unfit`` says why documents are not sure to be PDF/A. Returns
    the SHA-256 (hex) of every file but the list of these.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sums: dict[PurePosixPath, str] = {}
    files: dict[str, PurePosixPath] = {}
    for field, _, item, here in plan.rows():
        if here:
            paths = file_paths(field, item)
            for source, path in paths.items():
                copy, target = copies.copy(source), folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                sums[path] = copy.sha256
                copy.path.replace(target)
            files[item.code] = paths[item.file]
    shutil.rmtree(copies.folder)
    rows = [*_rows(plan, placements, unfit, files, sums)]
    names = [name for name, _ in COLUMNS]
    write_csv(folder / CSV_NAME, [names, *rows])
    _write_xlsx(folder / XLSX_NAME, plan, names, rows, stamp)
    (folder / FRONT_NAME).write_bytes(front)
    for name in (CSV_NAME, XLSX_NAME, FRONT_NAME):
        sums[PurePosixPath(name)] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    lines = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums, key=str))
    (folder / SUMS_NAME).write_text(lines, encoding="ascii", newline="\n")
    return sums


def _rows(
    plan: DossierPlan,
    placements: Mapping[str, Placement],
    unfit: Mapping[str, str],
    files: Mapping[str, PurePosixPath],
    sums: Mapping[PurePosixPath, str],
) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the lists; ``files`` are those of the documents, by code, in order."""
    numbers = {code: number for number, code in enumerate(files, 1)}
    for _, criterion, item, here in plan.rows():  # a document may be named before its place
        place, path = placements[item.code], files[item.code]
        notes = (
            "" if here else f"xem {item.code}",
            "bản ký số: xem chữ ký ở tệp này" if item.signed else "",
            item.remark,
            f"chưa bảo đảm PDF/A: {unfit[item.code]}" if here and item.code in unfit else "",
        )
        yield (
            numbers[item.code] if here else "",
            item.code,
            criterion.code,
            item.number,
            short_date(item.date) if item.date else "",
            item.title,
            item.issuer,
            item.position,
            place.count,
            place.first,
            sheet_of(place.first, plan.two_sided),
            str(path),
            sums[path],
            "; ".join(filter(None, notes)),
        )


def write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write ``rows`` so that Vietnamese Excel opens them in columns, as plain values."""
    path.write_text(csv_text(rows), encoding=ENCODING, newline="")


def _write_xlsx(
    path: Path,
    plan: DossierPlan,
    names: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    stamp: date | None,
) -> None:
    """Write the same list as a workbook; text is written as text, never as a formula."""
    import xlsxwriter

    created = datetime.combine(stamp or date(*EPOCH[:3]), time(), UTC)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        author, shared = " ".join(plan.agency), shared_property(plan.shared_version)
        book.set_properties({"title": plan.title, "author": author, "created": created, **shared})
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
        text = book.add_format(font)
        head = book.add_format({**font, "bold": True, "border": 1})
        page = book.add_worksheet("Mục lục")
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        for index, (_, width) in enumerate(COLUMNS):
            page.set_column(index, index, width)
        row = 0
        if plan.banner:
            page.write_string(0, 0, plan.banner, book.add_format({"bold": True}))
            row = 1
        for index, name in enumerate(names):
            page.write_string(row, index, name, head)
        page.repeat_rows(row)
        page.freeze_panes(row + 1, 0)
        for values in rows:
            row += 1
            for index, value in enumerate(values):
                if isinstance(value, int):
                    page.write_number(row, index, value, text)
                else:
                    page.write_string(row, index, value, text)


def zip_folder(folder: Path, target: Path, name: str) -> None:
    """Write every file below ``folder`` to ``target`` under ``name/``; equal files, equal bytes."""
    with zipfile.ZipFile(target, "w") as package:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        for number, path in enumerate(files):
            tell("Đóng gói", number, len(files))
            inside = PurePosixPath(name, *path.relative_to(folder).parts)
            info = zipfile.ZipInfo(str(inside), EPOCH)
            info.create_system = 3  # Unix, on every machine
            info.external_attr = 0o100644 << 16
            packed = path.suffix.lower() in PACKED
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.file_size = path.stat().st_size
            with path.open("rb") as source, package.open(info, "w") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
