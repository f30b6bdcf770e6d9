"""The folder of originals, its lists and sums, the .zip, and swapping all of it in."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from dossiers import Maker, item, plan, write_pdf
from vanban.dossier.originals import file_paths, write_csv
from vanban.errors import ContentError
from vanban.evidence.dossier_plan import Criterion, DossierPlan, Field


@pytest.mark.parametrize(
    ("file", "original", "names"),
    [
        ("x.PDF", None, ["1.1.1-01_QD-15-UBND_2025-01-20.pdf"]),
        (
            "x.pdf",
            "x.docx",
            ["1.1.1-01_QD-15-UBND_2025-01-20.pdf", "1.1.1-01_QD-15-UBND_2025-01-20.docx"],
        ),
        (
            "x.pdf",
            "y.pdf",
            ["1.1.1-01_QD-15-UBND_2025-01-20.pdf", "1.1.1-01_QD-15-UBND_2025-01-20_goc.pdf"],
        ),
    ],
)
def test_paths(file: str, original: str | None, names: list[str]) -> None:
    one = item("1.1.1-01", Path(file), original=Path(original) if original else None)
    field = Field("1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", ())
    paths = [str(path) for path in file_paths(field, one).values()]
    assert paths == [f"01_cong-tac-chi-dao-dieu-hanh/1.1.1/{name}" for name in names]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    write_csv(tmp_path / "a.csv", [[f"{start}1+1", "a=b", 5]])
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert row == [f"'{start}1+1", "a=b", "5"]


def wanted(folder: Path) -> DossierPlan:
    office = folder / "b.docx"
    office.write_bytes(b"PK office")
    return plan(
        item("1.1.1-01", write_pdf(folder / "a.pdf", 2), title="=1+1; “x”"),
        item("2.1.1-01", write_pdf(folder / "b.pdf"), original=office, remark="ghi chú"),
    )


def test_folder(maker: Maker, tmp_path: Path) -> None:
    made = maker.all(wanted(tmp_path), tmp_path / "out")
    assert [path.name for path in made.paths] == ["dossier.pdf", "dossier", "dossier.zip"]
    folder = tmp_path / "out" / "dossier"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    home = "_QD-15-UBND_2025-01-20"
    assert files == {
        f"01_cai-cach-hanh-chinh-1/1.1.1/1.1.1-01{home}.pdf",
        f"02_cai-cach-hanh-chinh-2/2.1.1/2.1.1-01{home}.pdf",
        f"02_cai-cach-hanh-chinh-2/2.1.1/2.1.1-01{home}.docx",
        "front.docx",
        "index.csv",
        "index.xlsx",
        "SHA256SUMS",
    }
    copies = {path.read_bytes() for path in folder.rglob("*_*") if path.suffix in (".pdf", ".docx")}
    assert copies == {(tmp_path / name).read_bytes() for name in ("a.pdf", "b.pdf", "b.docx")}
    check = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, check=False)
    assert check.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "dossier",
        "dossier.pdf",
        "dossier.zip",
    ]


def test_lists_agree(maker: Maker, tmp_path: Path) -> None:
    made = maker.all(wanted(tmp_path), tmp_path / "out")
    folder = tmp_path / "out" / "dossier"
    data = (folder / "index.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfSTT;") and data.count(b"\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0]["Tên loại và trích yếu nội dung"] == "'=1+1; “x”"
    for row in rows:
        place = made.facts.placements[row["Mã tài liệu"]]
        assert (row["Số trang"], row["Trang trong hồ sơ"]) == (str(place.count), str(place.first))
        assert row["SHA-256"] == hashlib.sha256((folder / row["Tệp"]).read_bytes()).hexdigest()
    sheet = openpyxl.load_workbook(folder / "index.xlsx").active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert cells[0] == list(rows[0])
    assert cells[1][5] == "=1+1; “x”" and sheet["F2"].data_type == "s"
    assert [line[1] for line in cells[1:]] == ["1.1.1-01", "2.1.1-01"]


def test_equal_bytes(maker: Maker, tmp_path: Path) -> None:
    one, two = (maker.all(wanted(tmp_path), tmp_path / name) for name in ("1", "2"))
    assert one.paths[0].read_bytes() == two.paths[0].read_bytes()
    assert one.paths[2].read_bytes() == two.paths[2].read_bytes()
    with zipfile.ZipFile(one.paths[2]) as package:
        assert package.testzip() is None
        assert package.namelist() == sorted(package.namelist())
        assert all(name.startswith("dossier/") for name in package.namelist())


def test_a_failure_leaves_the_old_dossier(maker: Maker, tmp_path: Path) -> None:
    out = tmp_path / "out"
    maker.all(wanted(tmp_path), out)

    def contents() -> dict[str, bytes]:
        files = (path for path in out.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    before = contents()
    with pytest.raises(ContentError):
        maker.all(plan(item("1.1.1-01", tmp_path / "none.pdf")), out)
    assert contents() == before
    maker.all(plan(item("1.1.1-01", tmp_path / "a.pdf")), out)
    assert len(contents()) == 7


def shared(folder: Path, own: str, also: tuple[str, ...]) -> DossierPlan:
    """Return a plan where a document of ``own`` also serves ``also``, beside one of 2.1.1."""
    names = sorted({"2.1.1", own, *also})
    one = item(f"{own}-09", write_pdf(folder / "a.pdf", 2))
    other = item("2.1.1-01", write_pdf(folder / "b.pdf"))
    served = {name: [*([other] if name == "2.1.1" else []), one] for name in names}
    served["2.1.1"] = [other, *([one] if "2.1.1" in (own, *also) else [])]
    fields: dict[str, list[Criterion]] = {}
    for name in names:
        criterion = Criterion(name, "Kế hoạch", tuple(served[name]))
        fields.setdefault(name[0], []).append(criterion)
    parts = tuple(Field(code, f"LĨNH VỰC {code}", tuple(rest)) for code, rest in fields.items())
    return replace(plan(other), fields=parts)


@pytest.mark.parametrize(
    ("own", "also"),
    [
        ("2.1.2", ("1.1.2",)),
        ("2.1.2", ("2.1.1",)),
        ("2.1.2", ("3.1.1",)),
        ("2.1.2", ("1.1.1", "1.2.1", "2.1.1", "2.1.10", "3.1.1")),
    ],
)
def test_a_document_may_serve_criteria_before_and_after_its_own(
    maker: Maker, tmp_path: Path, own: str, also: tuple[str, ...]
) -> None:
    wanted = shared(tmp_path, own, also)
    made = maker.all(wanted, tmp_path / "out")
    data = (tmp_path / "out" / "dossier" / "index.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline=""), delimiter=";"))
    mine = {row["Tiêu chí"]: row for row in rows if row["Mã tài liệu"] == f"{own}-09"}
    assert set(mine) == {own, *also}
    assert [row["STT"] for row in rows if row["STT"]] == ["1", "2"]
    assert (
        len({(row["Tệp"], row["SHA-256"], row["Trang trong hồ sơ"]) for row in mine.values()}) == 1
    )
    for criterion, row in mine.items():
        unclaimed = "chưa bảo đảm PDF/A: tệp không tự khai là PDF/A"
        assert row["Ghi chú"] == (unclaimed if criterion == own else f"xem {own}-09")
    assert list(made.facts.placements) == ["2.1.1-01", f"{own}-09"]
