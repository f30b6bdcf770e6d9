"""``vanban new ward``: the folder of a commune that does not exist yet, asked for and built."""

from __future__ import annotations

import os
import pty
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from conftest import ROOT
from kills import dies_when
from test_cli import run
from vanban.app.manifest import MEMORY
from vanban.app.new_ward import new_ward
from vanban.app.sample_words import FREE, SHOWN, Words, reworded, without_providers
from vanban.app.ward import Ward
from vanban.errors import MachineError, UsageError
from vanban.io.owner import PREFIX
from vanban.workspace.load import load_workspace

COMMUNES = {
    "xã Lộc An": "tỉnh Lâm Đồng",
    "phường 1 Bảo Lộc": "tỉnh Lâm Đồng",
    "phường Phú Xuân": "thành phố Huế",
    "đặc khu Phú Quý": "tỉnh Lâm Đồng",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's content and templates in a folder of their own."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def options(name: str = "xã Lộc An", province: str = "tỉnh Lâm Đồng") -> list[str]:
    return [
        *("new", "ward", "moi", "--name", name, "--province", province, "--year", "2026"),
        *("--signer", "Nguyễn Văn Bình", "--unit", "Phòng Văn hóa - Xã hội=VHXH"),
        *("--unit", "Văn phòng HĐND và UBND"),
    ]


def test_the_example_of_the_options_is_read_by_a_shell(project: Path) -> None:
    told = run("new", "ward", "x")
    assert told.exit_code == 2
    example = shlex.split(told.stderr.partition("ví dụ ")[2].partition(";")[0])
    made = run("new", "ward", "x", *example)
    assert made.exit_code == 0
    assert "Làm trong trình duyệt: vanban desk --content x/content" in made.stdout


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the text of every file, of Word files that of each part."""
    for path in folder.rglob("*"):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as package:
                for part in package.namelist():
                    yield f"{path}:{part}", package.read(part).decode("utf-8", "replace")
        elif path.is_file() and path.name != MEMORY:
            yield str(path), path.read_text(encoding="utf-8", errors="replace")


def names_of_the_sample() -> set[str]:
    agency = load_workspace(ROOT / "content").agency
    assert agency.province is not None
    proper = agency.name.split(" phường ")[1]
    return {proper, agency.province.split(" phố ")[1], *(str(each.name) for each in agency.signers)}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "province"), COMMUNES.items())
def test_a_commune_of_another_province_builds_its_first_documents(
    name: str, province: str, project: Path
) -> None:
    made = run(*options(name, province))
    assert made.exit_code == 0, made.output
    content = ("--content", "moi/content")
    for begun in ("document cong-van cv-1", "document quyet-dinh qd-1", "report q1"):
        result = run("new", *begun.split(), *content)
        assert result.exit_code == 0, result.output
    built = run("build", *content, "--out", "moi/build", "--engine", "pages")
    assert built.exit_code == 0, built.output
    states = {"plan: bản nháp", "report-q1: bản nháp", "cv-1: mẫu", "qd-1: mẫu"}
    assert states <= set(built.stdout.splitlines()), built.stdout
    proper_names = names_of_the_sample()
    assert len(proper_names) == 3
    for place, text in texts(Path("moi")):
        assert not [each for each in proper_names if each.casefold() in text.casefold()], place
    checked = run("check", "cv-1", "qd-1", *content, "--out", "moi/build")
    assert "0 lỗi" in checked.stdout.splitlines()[-1], checked.stdout
    if not name.startswith("phường"):
        assert "phường" not in checked.stdout


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--name", "Lộc An", "--name: “Lộc An” chưa có cấp — viết cả cấp, ví dụ “xã Lộc An”"),
        ("--name", "xã lộc an", "--name: “xã lộc an” — viết hoa chữ đầu mỗi tiếng"),
        ("--name", "XÃ LỘC AN", "viết hoa chữ đầu mỗi tiếng"),
        ("--name", "xã ", "chưa có cấp"),
        ("--name", "xã Lộc: An", "không phải là tên"),
        ("--province", "Lâm Đồng", "--province: “Lâm Đồng” chưa có cấp"),
        (
            "--province",
            "phường An Biên",
            "--province: “phường An Biên” không phải tỉnh, thành phố — ví dụ “tỉnh Lâm Đồng”",
        ),
        ("--name", "thành phố Huế", "--name: “thành phố Huế” không phải xã, phường, đặc khu"),
        (
            "--signer",
            "ThS. Nguyễn Văn Bình",
            "--signer: “ThS. Nguyễn Văn Bình” — chỉ ghi họ và tên",
        ),
        ("--signer", "Bình", "ghi đủ họ và tên"),
        ("--unit", "Phòng Văn hóa", "--unit: đơn vị đầu tiên phải có ký hiệu"),
        ("--unit", "Văn phòng HĐND và UBND=VP", "“Văn phòng HĐND và UBND” ghi hai lần"),
        ("--year", "26", "--year: “26” — năm phải có bốn chữ số"),
        ("ward", ".", "đã có content — chọn thư mục khác"),
        ("--content", "khac", "không có khac/chi-tieu.yaml để lấy chỉ tiêu, mẫu — chạy ở thư mục"),
    ],
)
def test_what_cannot_be_a_ward_is_told_and_nothing_is_written(
    option: str, value: str, told: str, project: Path
) -> None:
    arguments = [*options(), "--content", "content"]
    arguments[arguments.index(option) + 1] = value
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("moi").exists()


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (options(), "moi/content/co-quan.yaml"),
        (["new", "shared", "chung", "--province", "tỉnh Lâm Đồng"], "chung/dung-chung.yaml"),
        (["new", "year", "2026"], "content/2026/ke-hoach.yaml"),
    ],
    ids=["ward", "shared", "year"],
)
def test_what_was_killed_is_asked_again(command: list[str], file: str, project: Path) -> None:
    folder = Path(file).parent
    assert dies_when(Path(file).exists, lambda: run(*command))  # the first file in its place
    assert len([path for path in folder.rglob("*") if path.is_file()]) > 1
    again = run(*command)
    assert again.exit_code == 0, again.output
    assert not [path for path in project.rglob(f"{PREFIX}*")]
    assert run(*command).exit_code == 2  # nothing is written over


def test_of_two_at_once_one_makes_the_folder(project: Path) -> None:
    start = Barrier(2)

    def made(name: str) -> str:
        ward = Ward(name, "tỉnh Lâm Đồng", "Nguyễn Văn Bình", (("Văn phòng", "VP"),), 2026)
        start.wait()
        try:
            new_ward(ward, Path("moi"), Path("content"))
        except (MachineError, UsageError) as error:
            return str(error)
        return name

    with ThreadPoolExecutor(2) as two:
        told = sorted(two.map(made, ("xã Lộc An", "xã Bảo Lâm")))
    assert told[1].startswith("đã có moi/content"), told
    assert told[0] in Path("moi/content/co-quan.yaml").read_text("utf-8")


def test_all_that_is_missing_is_told_at_once_without_a_terminal(project: Path) -> None:
    result = run("new", "ward", "moi", "--signer", "Nguyễn Văn Bình")
    assert result.exit_code == 2
    assert "thiếu --name, --province, --unit — ghi thêm vào lệnh" in result.stderr
    assert not Path("moi").exists()


def test_what_is_missing_is_asked_for_at_a_terminal(project: Path) -> None:
    answers = ["Lộc An", "xã Lộc An", "tỉnh Lâm Đồng", "TS. Bình", "Nguyễn Văn Bình", "", "", "-"]
    mine, theirs = pty.openpty()
    try:
        command = [sys.executable, "-m", "vanban.cli", "new", "ward", "moi", "--year", "2026"]
        os.write(mine, "".join(f"{each}\n" for each in answers).encode())
        asked = subprocess.run(command, stdin=theirs, capture_output=True, text=True, timeout=60)
    finally:
        os.close(mine)
        os.close(theirs)
    assert asked.returncode == 0, asked.stderr
    assert asked.stderr.splitlines() == [
        "  “Lộc An” chưa có cấp — viết cả cấp, ví dụ “xã Lộc An”, “phường Đông Hải”",
        "  “TS. Bình” — chỉ ghi họ và tên, không ghi ông, bà, học hàm, học vị",
    ]
    assert "Phòng soạn thảo, lưu các văn bản này [Phòng Văn hóa - Xã hội]: " in asked.stdout
    assert "Năm đầu tiên" not in asked.stdout
    agency = load_workspace(Path("moi/content")).agency
    assert agency.name == "Ủy ban nhân dân xã Lộc An"
    assert [(each.name, each.code) for each in agency.units] == [("Phòng Văn hóa - Xã hội", "VHXH")]
    assert [each.name for each in agency.signers] == ["Nguyễn Văn Bình"]


WARD = Words("xã Lộc An", "tỉnh Lâm Đồng", "Văn phòng", "van-phong", "xã", "tỉnh")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("UBND phường Trần Liễu mời", "UBND xã Lộc An mời"),
        ("Chủ tịch UBND phường.", "Chủ tịch UBND xã."),
        ("các xã,\n  phường trước khi sắp xếp", "các xã,\n  phường trước khi sắp xếp"),
        ("luu: [van-hoa-xa-hoi] # Phòng Văn hóa - Xã hội", "luu: [van-phong] # Văn phòng"),
        ("Nhiệm vụ Ủy ban nhân dân thành phố giao", "Nhiệm vụ Ủy ban nhân dân tỉnh giao"),
        ("Sở Nội vụ thành phố Hải Phòng", "Sở Nội vụ tỉnh Lâm Đồng"),
    ],
)
def test_samples_are_worded_for_another_agency(text: str, other: str) -> None:
    assert reworded(text, SHOWN, WARD) == other
    assert reworded(reworded(text, SHOWN, FREE), FREE, WARD) == other


def test_units_that_answer_for_indicators_are_not_carried_to_another_ward() -> None:
    text = (
        "# - don_vi_cung_cap: đơn vị\nlinh_vuc:\n  - ten: A\n    don_vi_cung_cap: [mot, hai]\n"
        "    muc:\n      - ten: B\n        don_vi_cung_cap:\n          - mot\n          - hai\n"
        "        chi_tieu:\n          - {ma: c, ten: C, don_vi_cung_cap: [mot], cach_tinh: d}\n"
    )
    assert without_providers(text) == (
        "# - don_vi_cung_cap: đơn vị\nlinh_vuc:\n  - ten: A\n    muc:\n      - ten: B\n"
        "        chi_tieu:\n          - {ma: c, ten: C, cach_tinh: d}\n"
    )
