"""Forms, imports, redlines, Word back and new wards at the desk, over plain HTTP."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from asking import Asking, asking, site_in
from filled_forms import FIGURES
from packages import zipped
from pulls import built, changed, replaced, with_other_signs
from vanban.desk.site import Site

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BEFORE, AFTER = "lần đầu tiên thành phố", "lần thứ nhất thành phố"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_in(tmp_path)


@pytest.fixture
def desk(site: Site) -> Iterator[Asking]:
    yield from asking(site)


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """A desk that is asked only for what it does not do."""
    yield from asking(site_in(tmp_path_factory.mktemp("refusing")))


def read(site: Site, name: str) -> str:
    return (site.desk.content / name).read_text(encoding="utf-8")


def typed(form: bytes, values: Mapping[str, object]) -> bytes:
    """Return a form with values in the rows of these ids."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    for row in book[FIGURES].iter_rows(min_row=8):
        if row[0].value in values:
            row[7].value = values[str(row[0].value)]  # type: ignore[assignment]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# --- forms ------------------------------------------------------------------------------------


def made_form(desk: Asking) -> bytes:
    """Make the forms of quarter III; return that of the unit that lacks two figures."""
    assert desk.done("/trao-doi/bieu-mau", {"ky": "q3"})["done"]
    form: bytes = desk.get("/trao-doi/bieu-mau/q3/q3-2025_kinh-te.xlsx").content
    return form


def test_forms_go_out_and_come_back(site: Site, desk: Asking) -> None:
    form = made_form(desk)
    archive = zipfile.ZipFile(io.BytesIO(desk.get("/trao-doi/bieu-mau/q3.zip").content))
    assert archive.read("q3-2025_kinh-te.xlsx") == form
    assert len(archive.namelist()) == 4
    assert "2 chỉ tiêu" in desk.get("/trao-doi?ky=q3").text
    before = read(site, "2025/bao-cao/q3.yaml")
    file = desk.sent("kinh-te.xlsx", typed(form, {"kien-nghi-phai-nop": 12, "kien-nghi-da-nop": 7}))
    shown = desk.ask("/trao-doi/thu", {}, [file])
    assert "2 mới" in " ".join(shown["html"].split())
    assert read(site, "2025/bao-cao/q3.yaml") == before
    assert desk.ask("/trao-doi/thu", {}, [file], shown=shown["shown"])["done"]
    lines = set(read(site, "2025/bao-cao/q3.yaml").splitlines()) - set(before.splitlines())
    assert {line.strip() for line in lines} == {"kien-nghi-phai-nop: 12", "kien-nghi-da-nop: 7"}
    assert "tep: kinh-te.xlsx\n" in read(site, "2025/thu-thap/q3-kinh-te.yaml")
    assert "gửi muộn ngày 16/9/2025" in desk.get("/trao-doi?ky=q3").text
    again = desk.ask("/trao-doi/thu", {}, [file])
    assert again["errors"] == ["tệp đã gửi không còn ở bàn làm việc — chọn lại tệp"]


def test_what_changed_since_it_was_shown_is_shown_anew(site: Site, desk: Asking) -> None:
    form = made_form(desk)
    file = desk.sent("a.xlsx", typed(form, {"kien-nghi-phai-nop": 12}))
    first = desk.ask("/trao-doi/thu", {}, [file])
    path = site.desk.content / "2025/bao-cao/q3.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"{text.rstrip()}\n".replace("so_lieu:\n", "so_lieu:\n  kien-nghi-phai-nop: 5\n")
    )
    other = path.read_text(encoding="utf-8")
    assert other != text
    second = desk.ask("/trao-doi/thu", {}, [file], shown=first["shown"])
    assert (second["moved"], second["done"]) == (True, False)
    assert "đổi" in second["html"] and "mới" not in second["html"]
    assert path.read_text(encoding="utf-8") == other
    assert desk.ask("/trao-doi/thu", {}, [file], shown=second["shown"])["done"]
    assert "kien-nghi-phai-nop: 12" in path.read_text(encoding="utf-8")


def test_the_days_are_a_calendar(refusing: Asking) -> None:
    answer = refusing.get("/trao-doi/han.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR")


# --- Word files -------------------------------------------------------------------------------


def edited(site: Site) -> bytes:
    return changed(built(site.desk.content), replaced(BEFORE, AFTER))


def test_an_edit_of_word_is_picked_and_written(site: Site, desk: Asking) -> None:
    before = read(site, "2025/ke-hoach.yaml")
    file = desk.sent("sửa.docx", edited(site))
    shown = desk.ask("/trao-doi/word", {}, [file])
    assert re.search(r"<del>đầu tiên</del>\s*<ins>thứ nhất</ins>", shown["html"])
    assert "Kế hoạch › Mục đích thứ 1 › Nội dung" in shown["html"]
    [number] = (int(found) for found in re.findall(r'value="(\d+)" checked', shown["html"]))
    nothing = desk.ask("/trao-doi/word", {}, [file], shown=shown["shown"])
    assert "chưa đánh dấu chỗ nào" in nothing["errors"][0]
    wrong = desk.ask("/trao-doi/word", {}, [file], [number + 99], shown["shown"])
    assert "chưa đánh dấu chỗ nào" in wrong["errors"][0]
    done = desk.ask("/trao-doi/word", {}, [file], [number], shown["shown"])
    assert "đúng từng chữ như tệp" in done["html"]
    assert read(site, "2025/ke-hoach.yaml") == before.replace("lần đầu tiên", "lần thứ nhất")


def test_refusals_of_one_kind_fold_open(site: Site, desk: Asking) -> None:
    file = desk.sent("sua.docx", changed(built(site.desk.content), with_other_signs))
    html = desk.ask("/trao-doi/word", {}, [file])["html"]
    assert html.count("phần này do máy lập") == 1
    (total,) = re.findall(r"Không lấy: ([0-9]+) chỗ", html)
    folded = re.findall(r"và ([0-9]+) chỗ như vậy</summary>", html)
    assert 100 < sum(map(int, folded)) + len(folded) <= int(total)


def test_an_edit_of_both_sides_is_told_and_taken_only_where_picked(
    site: Site, desk: Asking
) -> None:
    docx = edited(site)
    path = site.desk.content / "2025/ke-hoach.yaml"
    mine = path.read_text(encoding="utf-8").replace("lần đầu tiên", "lần thứ hai")
    path.write_text(mine, encoding="utf-8")
    file = desk.sent("sua.docx", docx)
    shown = desk.ask("/trao-doi/word", {}, [file])
    assert "Hai bên cùng sửa: 1 chỗ" in shown["html"]
    assert "checked" not in shown["html"]
    for words in ("lần đầu tiên", "<ins>thứ nhất</ins>", "<ins>thứ hai</ins>"):
        assert words in shown["html"]
    done = desk.ask("/trao-doi/word", {}, [file], [0], shown["shown"])
    assert done["done"], done
    assert path.read_text(encoding="utf-8") == mine.replace("lần thứ hai", "lần thứ nhất")


def test_a_redline_against_a_file_and_a_revision(site: Site, desk: Asking) -> None:
    file = desk.sent("cũ.docx", edited(site))
    made = desk.ask("/trao-doi/so-sanh", {"van-ban": "plan", "ban-cu": "tep"}, [file])
    assert "/trao-doi/so-sanh/plan-redline.docx" in made["html"]
    for name, begin in (("plan-redline.docx", b"PK"), ("plan-redline.pdf", b"%PDF-")):
        assert desk.get(f"/trao-doi/so-sanh/{name}").content.startswith(begin)
    home = site.desk.content.parent
    own = ("-c", "user.name=A", "-c", "user.email=a@b")
    for words in (("init", "-q"), ("add", "-A"), (*own, "commit", "-qm", "Bản đã trình")):
        subprocess.run(["git", *words], cwd=home, check=True)
    path = site.desk.content / "2025/ke-hoach.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("đầu tiên", "thứ 1"), encoding="utf-8")
    [(commit, words)] = re.findall(
        r'value="(ban-[0-9a-f]{40})">([^<]*)<', desk.get("/trao-doi/so-sanh").text
    )
    assert "Bản đã trình" in words
    made = desk.ask("/trao-doi/so-sanh", {"van-ban": "plan", "ban-cu": commit})
    assert "1 chỗ có số liệu" in made["html"]


def test_a_word_file_becomes_content(site: Site, desk: Asking) -> None:
    file = desk.sent("kh.docx", built(site.desk.content))
    there = desk.ask("/them-moi/tu-tep", {"loai": "plan", "chap-nhan": "co"}, [file])
    assert there["shown"] == ""
    assert "năm 2025 đã có các tệp dưới đây" in there["html"]
    done = desk.done("/them-moi/tu-tep", {"loai": "plan", "nam": "2024", "chap-nhan": "co"}, [file])
    assert done["done"], done
    assert BEFORE in " ".join(read(site, "2024/ke-hoach.yaml").split())


def test_a_table_becomes_a_set_and_is_replaced_only_where_ticked(site: Site, desk: Asking) -> None:
    table = (ROOT / "tests/data/tieu-chi-qd766-2026.tsv").read_bytes()
    fields = {"ma": "thu", "ten": "Bộ thử"}
    assert desk.done("/them-moi/bo-chi-so", fields, [desk.sent("bang.tsv", table)])["done"]
    before = read(site, "2025/bo-chi-so/thu.yaml")
    same = desk.ask("/them-moi/bo-chi-so", fields, [desk.sent("bang.tsv", table)])
    assert "không có gì phải ghi" in same["html"]
    other = [desk.sent("bang.tsv", table)]
    renamed = {**fields, "ten": "Bộ khác"}
    there = desk.ask("/them-moi/bo-chi-so", renamed, other)
    assert (there["shown"], "đánh dấu “Thay bộ đã có”" in there["html"]) == ("", True)
    assert read(site, "2025/bo-chi-so/thu.yaml") == before
    assert desk.done("/them-moi/bo-chi-so", {**renamed, "thay": "co"}, other)["done"]
    assert "Bộ khác" in read(site, "2025/bo-chi-so/thu.yaml")


def test_an_unsigned_file_is_told_to_be_none(refusing: Asking) -> None:
    blank = (ROOT / "content/2025/minh-chung").glob("*.pdf")
    shown = refusing.ask("/trao-doi/chu-ky", {}, [refusing.sent("a.pdf", next(blank).read_bytes())])
    assert "Kết luận: chưa ký" in shown["html"]
    assert "a.pdf: CHƯA CÓ CHỮ KÝ SỐ" in shown["html"]


# --- folders beside the content ---------------------------------------------------------------

WARD = {
    "thu-muc": "../loc-an",
    "ten": "xã Lộc An",
    "tinh": "tỉnh Lâm Đồng",
    "chu-tich": "Nguyễn Văn Bình",
    "phong": "Phòng Văn hóa - Xã hội",
    "ky-hieu": "VHXH",
    "cac-phong": "Văn phòng HĐND và UBND; Phòng Kinh tế",
    "nam": "2026",
}


def test_a_ward_begins_beside_this_one(site: Site, desk: Asking, tmp_path: Path) -> None:
    assert desk.done("/them-moi/dung-chung", {"thu-muc": "../chung", "tinh": "tỉnh Lâm Đồng"})
    assert (tmp_path / "chung/dung-chung.yaml").is_file()
    own = {**WARD, "tinh": "", "dung-chung": str(tmp_path / "chung")}
    assert desk.done("/them-moi/don-vi", own)["done"]
    assert "xã Lộc An" in (tmp_path / "loc-an/content/co-quan.yaml").read_text(encoding="utf-8")
    assert "chọn thư mục khác" in desk.ask("/them-moi/don-vi", own)["errors"][0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"thu-muc": ""}, "chưa ghi thư mục"),
        ({"thu-muc": "content/2025"}, "là thư mục của đơn vị này"),
        ({"thu-muc": "."}, "là thư mục của đơn vị này"),
        ({"thu-muc": "../phuong"}, "là thư mục của đơn vị này"),
        ({"thu-muc": "a\0b"}, "chưa ghi thư mục"),
        ({"ten": "Lộc An"}, "Tên đơn vị: “Lộc An” chưa có cấp"),
        ({"ten": "xã <b>"}, "Tên đơn vị: “xã <b>” không phải là tên"),
        ({"tinh": ""}, "Thuộc tỉnh, thành phố: “” không phải là tên"),
        ({"chu-tich": "Bình"}, "Chủ tịch: “Bình” — ghi đủ họ và tên"),
        ({"ky-hieu": ""}, "Các phòng: đơn vị đầu tiên phải có ký hiệu"),
        ({"nam": "26"}, "Năm đầu tiên: “26” — năm phải có bốn chữ số"),
        ({"dung-chung": "/khong/co"}, "ô “Thư mục dùng chung”"),
    ],
)
def test_what_is_no_ward_is_refused_at_its_field(
    refusing: Asking, changes: dict[str, str], told: str
) -> None:
    assert told in refusing.ask("/them-moi/don-vi", {**WARD, **changes})["errors"][0]


def test_no_ward_begins_where_a_link_leads_in_a_circle(desk: Asking, tmp_path: Path) -> None:
    (tmp_path / "vong").symlink_to("vong")
    (told,) = desk.done("/them-moi/don-vi", {**WARD, "thu-muc": "../vong"})["errors"]
    assert "liên kết đi vòng" in told


def test_over_a_network_no_folder_begins(site: Site) -> None:
    for desk in asking(replace(site, is_local=False)):
        assert "/them-moi/don-vi" not in desk.get("/them-moi").text
        assert desk.get("/them-moi/don-vi").status_code == 404
        assert "chỉ làm ở máy" in desk.ask("/them-moi/don-vi", WARD)["errors"][0]


# --- what is refused --------------------------------------------------------------------------

BOMB = b"what bomb() makes, in seconds"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PLAN = {"loai": "plan"}
OLD = {"van-ban": "plan", "ban-cu": "tep"}


@cache
def bomb() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * 300_000_000})


@pytest.mark.parametrize(
    ("address", "fields", "name", "data", "told"),
    [
        ("/trao-doi/thu", {}, "a.xlsx", b"x", "a.xlsx"),
        ("/trao-doi/thu", {}, f"{MARKUP}.xlsx", b"PK\3\4", "onerror"),
        ("/trao-doi/thu", {}, "a.xlsx", OLE, "a.xlsx"),
        ("/trao-doi/thu", {}, "a.xlsx", BOMB, "a.xlsx"),
        ("/trao-doi/thu", {"ngay": "hôm qua"}, "a.xlsx", b"x", "“hôm qua” không phải là ngày"),
        ("/trao-doi/word", {}, "a.docx", b"%PDF-1.7", "a.docx"),
        ("/trao-doi/word", {}, "a.docx", BOMB, "a.docx"),
        ("/trao-doi/word", {}, f"{MARKUP}.docx", b"PK\3\4", "onerror"),
        ("/trao-doi/word", {"van-ban": "../x"}, "a.docx", b"x", "văn bản: chọn một trong"),
        ("/trao-doi/so-sanh", OLD, "a.docx", b"x", "a.docx"),
        ("/trao-doi/so-sanh", OLD, "a.docx", BOMB, "a.docx"),
        ("/trao-doi/so-sanh", {**OLD, "ban-cu": "ban---output=x"}, "a.docx", b"x", "bản cũ: chọn"),
        ("/trao-doi/so-sanh", {**OLD, "ban-cu": "nam-1"}, "a.docx", b"x", "bản cũ: chọn"),
        ("/them-moi/tu-tep", PLAN, "a.docx", b"x", "a.docx"),
        ("/them-moi/tu-tep", PLAN, "a.docx", BOMB, "a.docx"),
        ("/them-moi/tu-tep", PLAN, "a.pdf", b"%PDF-1.7 x", "a.pdf"),
        ("/them-moi/tu-tep", PLAN, "a.exe", b"MZ", "a.exe"),
        ("/them-moi/tu-tep", {"loai": "x"}, "a.docx", b"x", "loại văn bản: chọn một trong"),
        ("/them-moi/tu-tep", {**PLAN, "nam": "1e3"}, "a.docx", b"x", "năm phải có bốn chữ số"),
        ("/them-moi/bo-chi-so", {}, "a.xlsx", b"x", "a.xlsx"),
        ("/them-moi/bo-chi-so", {}, "a.xlsx", BOMB, "a.xlsx"),
        ("/them-moi/bo-chi-so", {"ma": "../x"}, "a.tsv", b"x", "không dùng làm mã được"),
        ("/trao-doi/chu-ky", {}, "a.pdf", b"x", "a.pdf"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(
    refusing: Asking,
    address: str,
    fields: dict[str, str],
    name: str,
    data: bytes,
    told: str,
) -> None:
    sent = refusing.sent(name, bomb() if data is BOMB else data)
    answer = refusing.ask(address, fields, [sent])
    said = " ".join(answer.get("errors", [answer.get("html", "")]))
    assert told in said
    assert "/vanban-" not in said
    assert answer.get("shown", "") == ""
    if "html" in answer:
        assert MARKUP not in answer["html"]


@pytest.mark.parametrize(
    ("address", "fields", "told"),
    [
        ("/trao-doi/bieu-mau", {"ky": "q2"}, "kỳ: chọn một trong danh sách"),
        ("/trao-doi/bieu-mau", {"ky": "q3", "han": "31/2/2025"}, "không phải là ngày"),
        ("/trao-doi/bieu-mau", {"ky": "q3", "han": "1/1/2030"}, "không hợp với quý III năm 2025"),
        ("/trao-doi/thu", {}, "chưa chọn tệp"),
        ("/trao-doi/word", {}, "chưa chọn tệp"),
        ("/trao-doi/so-sanh", OLD, "chưa chọn tệp"),
        ("/trao-doi/phat-hanh", {"van-ban": "plan", "so": "ba", "ngay": "01/8/2025"}, "so"),
        ("/trao-doi/phat-hanh", {"van-ban": "x", "so": "1", "ngay": "1/8/2025"}, "văn bản: chọn"),
        ("/them-moi/van-ban", {"loai": "cong-van", "ma": "Công văn"}, "không dùng làm mã được"),
        ("/them-moi/van-ban", {"loai": "cong-van", "ma": "../x"}, "không dùng làm mã được"),
        ("/them-moi/van-ban", {"loai": "cong-van", "ma": "plan"}, "đã dùng"),
        ("/them-moi/van-ban", {"loai": "../x"}, "loại văn bản: chọn một trong danh sách"),
        ("/them-moi/bao-cao", {"ky": "q3"}, "đã có tệp này"),
        ("/them-moi/nam", {"nam": ""}, "chưa ghi năm"),
        ("/them-moi/nam", {"nam": "2025"}, "đã có thư mục"),
        ("/them-moi/nam", {"nam": "٢٠٢٦"}, "năm phải có bốn chữ số"),
        ("/them-moi/sang-nam", {"nam": "2019"}, "năm: chọn một trong danh sách"),
        ("/them-moi/diem", {"bo": "qd766", "ky": "quy-9"}, "bộ này không chấm kỳ"),
        ("/them-moi/tu-tep", PLAN, "chưa chọn tệp"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    refusing: Asking, address: str, fields: dict[str, str], told: str
) -> None:
    answer = refusing.ask(address, fields)
    assert answer["status"] in (400, 404)
    assert told in answer["errors"][0]
    assert not re.search(r" --[a-z]", answer["errors"][0])


@pytest.mark.parametrize(
    "address",
    [
        "/trao-doi/bieu-mau/q9.zip",
        "/trao-doi/bieu-mau/q3.zip",
        "/trao-doi/bieu-mau/q3/..%2f..%2fplan.docx",
        "/trao-doi/so-sanh/..%2fplan.docx",
        "/trao-doi/so-sanh/plan.docx",
        "/trao-doi?ky=x",
    ],
)
def test_no_other_file_is_given_out(refusing: Asking, address: str) -> None:
    assert refusing.get(address).status_code == 404


def test_the_desk_turns_to_the_year_that_was_made(site: Site, desk: Asking) -> None:
    made = desk.done("/them-moi/nam", {"nam": "2026"})
    assert "/them-moi/sang-nam?nam=2026" in made["html"]
    assert "Công việc năm 2025" in desk.get("/").text
    assert desk.done("/them-moi/sang-nam", {"nam": "2026"})["done"]
    assert "Năm 2026" in desk.get("/").text
    assert desk.get("/van-ban/plan").status_code == 200
    made = desk.ask("/trao-doi/so-sanh", {"van-ban": "plan", "ban-cu": "nam-2025"})
    assert "chỗ có số liệu, ngày tháng thay đổi" in made["html"]
