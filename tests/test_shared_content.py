"""``dung_chung``: a folder that wards share, from the folder of a province to three built plans."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from test_cli import edit, run

PROVINCE = "tỉnh Lâm Đồng"
WARDS = {"loc-an": "xã Lộc An", "bao-loc": "phường 1 Bảo Lộc", "phu-quy": "đặc khu Phú Quý"}
OWN_WORDS = re.compile(r"Trần Liễu|Hải Phòng|Trần Thị Tình")


def new_ward(folder: str, name: str, *options: str, province: str = PROVINCE) -> None:
    made = run(
        *("new", "ward", folder, "--name", name, "--province", province, "--year", "2026"),
        *("--signer", "Nguyễn Văn Bình", "--unit", "Phòng Văn hóa - Xã hội=VHXH", *options),
    )
    assert made.exit_code == 0, made.output


def on(ward: str, *arguments: str) -> tuple[str, ...]:
    """Return a command about the content of a ward."""
    return (*arguments, "--content", f"{ward}/content")


def build(ward: str, *ids: str) -> tuple[str, ...]:
    return on(ward, "build", *ids, "--out", f"{ward}/build", "--engine", "pages")


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in folder.rglob("*"):
        if path.suffix in (".yaml", ".md"):
            yield path, path.read_text(encoding="utf-8")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shared set ``chung`` beside the project that it was made from."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert run("new", "shared", "chung", "--province", PROVINCE).exit_code == 0
    return tmp_path / "chung"


@pytest.fixture
def ward(city: Path) -> str:
    """A ward that shares ``chung``, ready to be built, made where there is nothing else."""
    shutil.rmtree("content")
    shutil.rmtree("templates")
    new_ward("loc-an", WARDS["loc-an"], "--from", "chung")
    return "loc-an"


@pytest.mark.slow
def test_three_wards_share_one_set_and_follow_it(city: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in city.rglob("*")}
    for ward, name in WARDS.items():
        new_ward(ward, name, "--from", "chung")
        held = {path.name for path in Path(ward, "content").iterdir()}
        assert held == {".schema", "2026", "co-quan.yaml", "van-ban.yaml"}
        assert not Path(ward, "templates").exists()
        agency = Path(ward, "content", "co-quan.yaml").read_text(encoding="utf-8")
        assert '\ndung_chung: "../chung"\n' in agency
        assert run(*on(ward, "new", "report", "q1")).exit_code == 0
        built = run(*build(ward, "plan", "report-q1"))
        assert built.exit_code == 0, built.output
        assert "plan: bản nháp" in built.stdout
        assert "Không đổi" in run(*build(ward, "plan", "report-q1")).stdout
        assert "plan: Kế hoạch\n  dựng được" in run(*on(ward, "list")).stdout
        for path, text in texts(Path(ward)):
            assert not OWN_WORDS.search(text), path
    assert {path: path.stat().st_mtime_ns for path in city.rglob("*")} == before
    edit("chung/chi-tieu.yaml", "ten: Số nhiệm vụ đề ra trong kế hoạch", "ten: Số nhiệm vụ đề ra")
    for ward in WARDS:
        assert "Không đổi" not in run(*build(ward, "plan", "report-q1")).stdout
    edit("chung/chi-tieu.yaml", "don_vi_tinh: nhiệm vụ", "don_vi_tinhh: nhiệm vụ")
    for ward in WARDS:
        told = run(*build(ward, "plan", "report-q1"))
        assert told.exit_code == 1
        assert re.findall(r"^chung/chi-tieu\.yaml:\d+:\d+: don_vi_tinhh: ", told.stderr, re.M)
        assert "content/chi-tieu.yaml" not in told.stderr


def test_a_file_of_the_ward_goes_before_the_shared_one(ward: str) -> None:
    content = Path(ward, "content")
    shutil.copy("chung/chi-tieu.yaml", content / "chi-tieu.yaml")
    edit("chung/chi-tieu.yaml", "don_vi_tinh: nhiệm vụ", "don_vi_tinhh: nhiệm vụ")
    assert run(*build(ward, "plan")).exit_code == 0
    (content / "chi-tieu.yaml").write_text("linh_vuc: x\n", encoding="utf-8")
    told = run(*build(ward, "plan"))
    assert told.exit_code == 1
    assert "loc-an/content/chi-tieu.yaml:1:" in told.stderr
    assert "chung/" not in told.stderr


def test_entries_of_registers_are_read_from_both(ward: str) -> None:
    from vanban.workspace.load import load_workspace

    edit("chung/dung-chung.yaml", "Sở Nội vụ tỉnh", "Sở Nội vụ của tỉnh")
    calendar = "lich_bao_cao:\n  - {ky: q1, ngay_chot_so_lieu: 14/3, han_gui: 16/3}\n"
    edit("chung/dung-chung.yaml", "phien_ban_noi", f"{calendar}phien_ban_noi")
    own = "  - {ma: ubnd-thanh-pho, ten: UBND tỉnh}\n  - {ma: thuong-truc-dang-uy,"
    edit(f"{ward}/content/co-quan.yaml", "  - {ma: thuong-truc-dang-uy,", own)
    document = '\n  - {ma: kh-1, loai: Kế hoạch, trich_yeu: "x", phuong_ban_hanh: true}'
    edit(f"{ward}/content/van-ban.yaml", " []", document)
    workspace = load_workspace(Path(ward, "content"))
    recipients = {each.id: str(each.name) for each in workspace.agency.recipients}
    assert recipients["ubnd-thanh-pho"] == "UBND tỉnh"
    assert recipients["so-noi-vu"] == "Sở Nội vụ của tỉnh Lâm Đồng"
    assert [each.due for each in workspace.agency.calendar] == ["16/3"]
    assert workspace.agency.province == PROVINCE
    assert [each.id for each in workspace.documents.documents] == ["kh-1", "nq-76-nq-cp"]
    assert run(*build(ward, "plan")).exit_code == 0


def _lose(city: Path) -> None:
    city.rename("khac")


def _point(folder: str) -> None:
    edit("loc-an/content/co-quan.yaml", '"../chung"', f'"{folder}"')


def _another_ward(city: Path) -> None:
    new_ward("bao-loc", WARDS["bao-loc"], "--from", "chung")
    edit("bao-loc/content/co-quan.yaml", '"../chung"', '"../loc-an"')
    _point("../bao-loc")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_lose, "loc-an/content/co-quan.yaml:{line}: dung_chung: không có thư mục chung — sửa"),
        (lambda _: _point("."), "dung_chung: loc-an là thư mục của chính đơn vị này"),
        (lambda _: _point("content/2026"), "dung_chung: loc-an/content/2026 là thư mục của chính"),
        (lambda _: _point("content"), "dung_chung: loc-an/content là thư mục của chính đơn vị"),
        (lambda _: _point(".."), "dung_chung: . là thư mục của chính đơn vị này, hoặc chứa nó"),
        (_another_ward, "dung_chung: bao-loc là thư mục của một đơn vị — chỉ thư mục có"),
        (lambda _: _point("../chung/mau"), "chưa phải thư mục dùng chung, thiếu dung-chung.yaml"),
        (
            lambda _: edit("chung/dung-chung.yaml", "noi_dung: 2", "noi_dung: 99"),
            "chung/dung-chung.yaml:19:21: phien_ban_noi_dung: nội dung ở phiên bản 99",
        ),
        (
            lambda _: edit("chung/dung-chung.yaml", "ten:", "dung_chung: ../khac\nten:"),
            "chung/dung-chung.yaml:5:1: dung_chung: không có khóa “dung_chung”",
        ),
        (lambda city: (city / "dung-chung.yaml").write_bytes(b"\xff"), "không ở bảng mã UTF-8"),
        (lambda city: shutil.rmtree(city / "templates"), "không có thư mục mẫu chung/templates"),
    ],
)
def test_a_shared_folder_that_cannot_be_used_is_told(
    damage: object, told: str, city: Path, ward: str
) -> None:
    line = Path("loc-an/content/co-quan.yaml").read_text(encoding="utf-8").count("\n") - 1
    assert callable(damage)
    damage(city)
    result = run(*build(ward, "plan"))
    assert result.exit_code in (1, 2), result.output
    assert told.format(line=f"{line}:13") in result.output
    assert len(result.stderr.splitlines()) <= 2, result.stderr


def test_what_may_not_be_shared_is_told_and_not_read(city: Path, ward: str) -> None:
    (city / "2026" / "bao-cao").mkdir(parents=True)
    (city / "2026" / "minh-chung").mkdir()
    (city / "2026" / "tieu-chii.yaml").touch()
    shutil.copy(f"{ward}/content/co-quan.yaml", city / "co-quan.yaml")
    told = run(*on(ward, "check", "plan", "--out", "out")).output
    for name in ("2026/bao-cao", "2026/minh-chung", "co-quan.yaml"):
        assert f"chung/{name}: là tệp riêng của từng đơn vị, không được đọc ở đây" in told
    assert "chung/2026/tieu-chii.yaml: tệp này không được đọc" in told


def test_a_shared_folder_is_no_content_of_a_ward(city: Path) -> None:
    result = run("build", "plan", "--content", "chung")
    assert "chung: đây là thư mục dùng chung" in result.stderr


def test_documents_of_one_ward_are_none_of_all(ward: str) -> None:
    own = '  - {ma: kh-1, loai: Kế hoạch, phuong_ban_hanh: true, trich_yeu: "x"}\n'
    edit("chung/van-ban.yaml", "van_ban:\n", f"van_ban:\n{own}")
    told = run(*build(ward, "plan")).stderr
    assert "chung/van-ban.yaml:5:" in told
    assert "phuong_ban_hanh: văn bản do một đơn vị ban hành — chuyển sang van-ban.yaml" in told


def test_nothing_is_written_into_the_shared_folder(city: Path, ward: str) -> None:
    edit("chung/van-ban.yaml", "co_quan: Chính phủ", "co_quan: Chính  phủ")
    plan = Path(ward, "content", "2026", "ke-hoach.yaml")
    text = plan.read_text(encoding="utf-8").replace("HƯỚNG DẪN: nêu căn cứ", "Nêu  căn cứ")
    plan.write_text(text, encoding="utf-8")
    before = {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}
    fixed = run(*on(ward, "check", "plan", "--fix", "--out", "out"))
    assert {path: path.read_bytes() for path in city.rglob("*") if path.is_file()} == before
    assert "đã sửa 1 tệp" in fixed.stdout, fixed.output
    assert "\nchung/van-ban.yaml:9:20: có hai dấu cách liền nhau" in fixed.stdout
    assert "chỗ ở thư mục dùng chung, --fix không sửa ở đó" in fixed.stdout
    run(*on(ward, "migrate", "--apply"))
    assert {path: path.read_bytes() for path in city.rglob("*") if path.is_file()} == before


def test_a_shared_folder_is_migrated_where_it_stands(city: Path, ward: str) -> None:
    edit("chung/dung-chung.yaml", "phien_ban_noi_dung: 2\n", "")
    told = run(*on(ward, "check", "plan", "--out", "out")).stdout
    assert "chung/dung-chung.yaml: bộ dùng chung ở phiên bản 1" in told
    assert "migrate --apply --content chung" in told
    assert run("migrate", "--apply", "--content", "chung").exit_code == 0
    assert "phien_ban_noi_dung: 2" in (city / "dung-chung.yaml").read_text(encoding="utf-8")
    assert "phiên bản 1" not in run(*on(ward, "check", "plan", "--out", "out")).stdout
    assert run("undo", "--content", "chung").exit_code == 0


def test_a_machine_is_diagnosed_with_the_shared_templates(ward: str) -> None:
    told = run(*on(ward, "doctor", "--out", "out")).stdout
    assert re.search(r"\[đạt\]\s+Tệp mẫu: \S*/chung/templates", told), told


def test_a_shared_folder_may_stand_in_the_ward_s_folder(city: Path, ward: str) -> None:
    city.rename(Path(ward, "chung"))
    _point("chung")
    assert run(*build(ward, "plan")).exit_code == 0


def test_a_document_is_compared_with_one_of_the_set_as_it_was(city: Path, ward: str) -> None:
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@y.vn")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "x")):
        subprocess.run((*git, *arguments), check=True)
    edit("chung/van-ban.yaml", "tổng thể", "toàn diện")
    told = run(*on(ward, "diff", "plan", "--since", "HEAD", "--out", "out"))
    assert told.exit_code == 0, told.output
    with zipfile.ZipFile("out/2026/plan-redline.docx") as package:
        text = package.read("word/document.xml").decode()
    assert re.search(r"<w:del .{0,600}tổng thể", text, re.DOTALL)


def words_of_all(folder: Path) -> dict[str, str]:
    """Return the body of every Word file, without the marks that say where each word is from."""
    words = {}
    for path in folder.glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            body = package.read("word/document.xml").decode()
        words[path.name] = re.sub(r"_vb[0-9a-f]+", "", body)
    return words


@pytest.mark.slow
def test_documents_are_the_same_whoever_holds_what_may_be_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    options = ("--year", "2025", "--engine", "pages")
    assert run("build", *options, "--out", "before").exit_code == 0
    status = run("evidence", "status", "--year", "2025", "--out", "before").stdout
    shared = ("chi-tieu.yaml", "quy-tac", "mau", "2025/tieu-chi.yaml")
    Path("chung/2025").mkdir(parents=True)
    for name in shared:
        Path("content", name).rename(Path("chung", name))
    Path("templates").rename("chung/templates")
    Path("chung/dung-chung.yaml").write_text("ten: Bộ dùng chung\n", encoding="utf-8")
    edit("content/co-quan.yaml", "\nphien_ban", "\ndung_chung: chung\nphien_ban")
    built = run("build", *options, "--out", "after")
    assert built.exit_code == 0, built.output
    before, after = (words_of_all(Path(out, "2025")) for out in ("before", "after"))
    assert len(before) > 3
    assert before == after
    assert run("evidence", "status", "--year", "2025", "--out", "after").stdout == status
    assert run("dossier", "--year", "2025", "--out", "after").exit_code == 0


@pytest.mark.parametrize(
    ("folder", "common", "told"),
    [
        ("moi", "khong-co", "--from: không có thư mục khong-co — sửa đường dẫn này"),
        ("moi", "chung/mau", "--from: chung/mau chưa phải thư mục dùng chung"),
        ("moi", "loc-an", "--from: loc-an là thư mục của một đơn vị"),
        ("chung/moi", "chung", "--from: chung là thư mục của chính đơn vị này, hoặc chứa nó"),
        ("loc-an", "chung", "đã có loc-an/content — chọn thư mục khác"),
    ],
)
def test_what_a_new_ward_cannot_share_is_told(
    folder: str, common: str, told: str, ward: str
) -> None:
    result = run("new", "ward", folder, "--from", common, "--name", "xã Lộc An")
    assert result.exit_code == 2
    assert told in result.stderr
    assert "thiếu --" not in result.stderr
    assert not Path(folder, "content", "2027").exists()


def test_mistakes_of_a_set_are_told_before_a_ward_shares_it(city: Path) -> None:
    edit("chung/dung-chung.yaml", "noi_nhan:", "noi_nhann:")
    result = run("new", "ward", "moi", "--from", "chung", "--name", "xã Lộc An")
    assert result.exit_code == 1
    assert "chung/dung-chung.yaml:11:1: noi_nhann: không có khóa “noi_nhann”" in result.stderr
    assert not Path("moi").exists()


def test_a_shared_set_is_made_once(city: Path) -> None:
    told = run("new", "shared", "chung", "--province", PROVINCE)
    assert told.exit_code == 2
    assert "đã có chung, không trống" in told.stderr
    assert "chưa có cấp" in run("new", "shared", "moi", "--province", "Lâm Đồng").stderr


def test_results_of_wards_stand_beside_their_content(ward: str) -> None:
    assert run(*on(ward, "build", "plan", "--engine", "pages")).exit_code == 0
    assert Path(ward, "build", "2026", "plan.pdf").is_file()
    assert not Path("build").exists()


def test_a_new_year_says_what_the_shared_folder_must_give(ward: str) -> None:
    lines = (ROOT / "content/2025/tieu-chi.yaml").read_text(encoding="utf-8").splitlines(True)
    Path("chung/2026").mkdir(exist_ok=True)
    kept = "".join(line for line in lines if "don_vi_cung_cap" not in line)  # a unit of another
    Path("chung/2026/tieu-chi.yaml").write_text(kept, encoding="utf-8")
    made = run(*on(ward, "new", "year", "2027"))
    assert made.exit_code == 0, made.output
    told = r"^- bộ tiêu chí: lấy ở thư mục dùng chung, \S*chung/2027/tieu-chi.yaml$"
    assert re.search(told, made.stdout, re.MULTILINE), made.stdout
    assert not Path(ward, "content", "2027", "tieu-chi.yaml").exists()
    built = run(*build(ward, "plan"))
    assert built.exit_code == 0, built.output
