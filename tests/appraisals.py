"""Helpers of the tests of appraisal: two wards, a city with their set, a table filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from click.testing import CliRunner, Result

from assessments import CRITERIA, FULL, HEAD
from conftest import ROOT
from support import CONTENT, compose_all, load_checked, write_content
from vanban.app.catalogue import find_kind
from vanban.cli import main
from vanban.compose.composed import Composed
from vanban.exchange.appraisal_workbook import AT, ENTRY, GIVEN, REASON, TITLE
from vanban.exchange.appraisal_workbook import CODE as ID

CITY = Path("city/content")
TABLE = Path("city/build/2025/tham-dinh.xlsx")
TODAY = ("--today", "20/12/2025")
OFFICE = """\
ten: Sở Nội vụ thành phố Hải Phòng
ten_ngan: Sở Nội vụ thành phố Hải Phòng
ten_dau_trang: [SỞ NỘI VỤ]
co_quan_chu_quan: [UBND THÀNH PHỐ HẢI PHÒNG]
dia_danh: Hải Phòng
ky_hieu: SNV
don_vi:
  - {ma: cchc, ten: Phòng Cải cách hành chính, ky_hieu: CCHC}
nguoi_ky:
  - {ma: giam-doc, ho_ten: Nguyễn Văn Mẫu, chuc_vu: Giám đốc}
noi_nhan:
  - {ma: ubnd-tp, ten: Ủy ban nhân dân thành phố Hải Phòng}
"""


def write_ward(
    name: str, changed: Mapping[str, str] | None = None, criteria: str = CRITERIA
) -> Path:
    """Write a ward that answers everything, with some answers ``changed``."""
    answers = {**FULL, **(changed or {})}
    lines = "".join(f"  {code}: {text}\n" for code, text in answers.items())
    agency = CONTENT["co-quan.yaml"].replace("phường Trần Liễu", f"phường {name.upper()}")
    files = {
        "co-quan.yaml": agency,
        "2025/tieu-chi.yaml": criteria,
        "2025/tu-danh-gia.yaml": HEAD + lines,
    }
    return write_content(Path("wards") / name, files)


def write_city(criteria: str = CRITERIA) -> None:
    """Write the content of the city, which has the wards' set of criteria."""
    templates = Path("city/templates")
    if not templates.exists():
        templates.parent.mkdir(exist_ok=True)
        templates.symlink_to(ROOT / "templates")
    none: dict[str, str | None] = {name: None for name in CONTENT if name.startswith("2025/")}
    write_content(Path("city"), {**none, "co-quan.yaml": OFFICE, "2025/tieu-chi.yaml": criteria})


TABLE_HEAD = (
    "STT\tTiêu chí\tĐiểm tối đa\tSố liệu kê khai (b/a)\tĐiểm tự đánh giá"
    "\tTài liệu kiểm chứng\tGiải trình\n"
)
TABLE_TITLE = "# Ủy ban nhân dân phường Trần Liễu ở thành phố\n"
ROWS = {
    "1.1.1": "Có\t2\tCó\t2\t1.1.1-01\t",
    "1.1.2": "Mức\t2\tThiếu một\t0,5\t\t",
    "1.1.3": "Mức theo tỷ lệ\t2\t97/100\t1,94\t1.1.3-01\t",
    "1.2.1": "Sàn\t2\t9/10\t1,8\t\tSố liệu của hệ thống",
    "1.2.2": "Mục tiêu\t2\t1.204/1.515\t2\t1.2.2-01\t",
    "2.1.1": "Mỗi việc\t2\t3\t1,5\t2.1.1-01\t",
    "2.1.2": "Trừ\t3\t0\t3\t2.1.2-01\t",
    "2.10.1": "Điều kiện\t2\t2/3\t1,33\t2.10.1-01\t",
}


def write_table(
    root: Path, changed: dict[str, str] | None = None, title: str = TABLE_TITLE
) -> Path:
    """Write the table of a ward that sent only that, with some rows ``changed``."""
    rows = {**ROWS, **(changed or {})}
    path = root / "bang.tsv"
    path.write_text(title + TABLE_HEAD + "".join(f"{code}\t{row}\n" for code, row in rows.items()))
    return path


def run(*words: str, content: Path = CITY) -> Result:
    command = [*words, "--content", str(content)]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def appraise(*words: str) -> tuple[int, str]:
    result = run("appraise", *(words or ("wards",)), *TODAY)
    return result.exit_code, " ".join(result.output.split())


def take(*words: str) -> tuple[int, str]:
    return appraise("--take", str(TABLE), *words)


def row_of(page: Any, ward: str, code: str) -> int:
    """Return the row of a ward ("a") and sub-criterion."""
    for row in range(6, page.max_row + 1):
        ids = str(page.cell(row, AT[ID] + 1).value).split("|")
        if ids[0] == ward and ids[2] == code:
            return row
    raise AssertionError(f"no row of {ward} {code}")


def fill(
    entries: Mapping[tuple[str, str], tuple[object, str]],
    change: Callable[[Any], object] = lambda page: None,
) -> None:
    """Enter points and reasons by ward and sub-criterion; then ``change`` the sheet."""
    book = openpyxl.load_workbook(TABLE)
    page = book[ENTRY]
    for place, (points, reason) in entries.items():
        row = row_of(page, *place)
        page.cell(row, AT[GIVEN] + 1).value = points  # type: ignore[assignment]
        page.cell(row, AT[REASON] + 1).value = reason or None
    change(page)
    book.save(TABLE)


def cell(page: Any, ward: str, code: str, column: str = GIVEN) -> Any:
    return page.cell(row_of(page, ward, code), AT[column] + 1)


HEAD_OF_FILE = """\
phuong: a
ten: Ủy ban nhân dân phường A
lan: {number}
ngay_tham_dinh: 20/12/2025
nguoi_ky: giam-doc
luu: [cchc]
"""


def compose_letters(root: Path, rounds: Iterable[str], criteria: str = CRITERIA) -> list[Composed]:
    """Return the letters of the rounds of ward A, each given by the points in its file."""
    none: dict[str, str | None] = {name: None for name in CONTENT if name.startswith("2025/")}
    files = {
        f"2025/tham-dinh/a{f'-lan-{number}' if number > 1 else ''}.yaml": HEAD_OF_FILE.format(
            number=number
        )
        + points
        for number, points in enumerate(rounds, 1)
    }
    city = {**none, "co-quan.yaml": OFFICE, "2025/tieu-chi.yaml": criteria, **files}
    content = write_content(root, city)
    kinds = [find_kind(f"appraisal-{Path(name).stem}", content) for name in files]
    return compose_all(kinds, load_checked(content, 2025), ROOT / "templates")


def all_changed() -> list[Composed]:
    """Return letters of two rounds in which everything of the project's own set was changed."""
    text = (ROOT / "content/2025/tieu-chi.yaml").read_text(encoding="utf-8")
    criteria = re.sub(r" *don_vi_cung_cap:.*\n", "", text)
    codes = re.findall(r"ma: (\d\.\d\.\d)", criteria)[:-1]  # the last is the superior's survey
    why = "Bảng theo dõi nhiệm vụ chưa có xác nhận của đơn vị chủ trì; còn thiếu sản phẩm."
    own = cycle(('tu_cham: "0,5"', "khong_ap_dung: true", "so_lieu_mau: false"))  # the last: none
    rows = "".join(
        f"  - {{tieu_chi: {code}, {said}, tham_dinh: 0, ly_do: {why}}}\n"
        for code, said in zip(codes, own, strict=False)
    )
    with TemporaryDirectory() as folder:
        return compose_letters(Path(folder), [f"chenh_lech:\n{rows}"] * 2, criteria)


__all__ = ["ID", "TITLE", "appraise", "cell", "fill", "row_of", "run", "take", "write_table"]
