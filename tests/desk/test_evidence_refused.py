"""Files and values that the desk does not take as evidence: told in words, nothing is written."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from conftest import TEMPLATES
from evidences import encrypted_pdf, entry, pdf_bytes, picture_bytes, write_evidence
from vanban.app.undo import undo
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.desk.uploads import Uploads
from vanban.workspace.load import load_workspace

HOST = "127.0.0.1:8017"
OWN = {"host": HOST, "origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("refused")
    (folder / "templates").symlink_to(TEMPLATES)
    return write_evidence(folder, (entry("1.1.1-01", "a.pdf"),), {"a.pdf": pdf_bytes(2)})


@pytest.fixture(scope="module")
def client(content: Path) -> Iterator[TestClient]:
    desk = Desk.of(content, 2025, content.parent / "build")
    site = Site(desk, lambda: datetime(2025, 9, 16, tzinfo=UTC))
    site.uploads.close()
    site.__dict__["uploads"] = Uploads(content.parent / "sent")
    site.uploads.folder.mkdir()
    with TestClient(application(site, (HOST,)), base_url=f"http://{HOST}", headers=OWN) as client:
        yield client


def snapshot(content: Path) -> dict[str, str]:
    files = (path for path in content.rglob("*") if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}


def sent(client: TestClient, name: str, data: bytes) -> str:
    answer = client.post(f"/tai-len?ten={quote(name)}", content=data)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def looked(client: TestClient, upload: str, criterion: str = "1.1.2") -> Any:
    given = {"upload": upload, "file": "", "criterion": criterion, "document": "", "unread": False}
    return client.post("/minh-chung/xem", json=given)


def bomb() -> bytes:
    """Return a .docx whose part is a gigabyte of blanks and more."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(70):
                part.write(bytes(16_000_000))
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"chu", "a.txt: không nhận ra loại tệp"),
        ("a.exe", b"MZ" + bytes(60), "không nhận ra loại tệp"),
        ("a.html", b"<script>alert(1)</script>", "không nhận ra loại tệp"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kiểu cũ (.doc, .xls)"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "không phải Word, Excel"),
        ("a.heic", bytes(4) + b"ftypheic", "ảnh HEIC"),
        ("a.png", pdf_bytes(), "đuôi tệp"),
        ("a.pdf.png", pdf_bytes(), "đuôi tệp"),
        ("a.pdf", encrypted_pdf("x"), "đặt mật khẩu"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "hỏng"),
        ("a.pdf", pdf_bytes()[:300], "hỏng"),
        ("a.png", picture_bytes("PNG")[:80], "hỏng"),
        ("sao.pdf", pdf_bytes(2), "tệp này đã đăng ký với mã 1.1.1-01"),
    ],
)
def test_a_file_is_refused_in_words(
    client: TestClient, content: Path, name: str, data: bytes, told: str
) -> None:
    before = snapshot(content)
    answer = looked(client, sent(client, name, data))
    assert answer.status_code == 400
    assert told in answer.json()["errors"][0]
    assert "/tmp" not in answer.json()["errors"][0] or "đăng ký" in told
    assert snapshot(content) == before


@pytest.mark.long
def test_a_file_that_unpacks_without_end_is_refused(client: TestClient) -> None:
    answer = looked(client, sent(client, "a.docx", bomb()))
    assert "tệp giải nén ra hơn" in answer.json()["errors"][0]


def values(**changes: str) -> dict[str, str]:
    return {"loai": "Ảnh", "trich_yeu": "Niêm yết", **changes}


def added(client: TestClient, upload: str, **given: Any) -> Any:
    body = {
        **{"upload": upload, "file": "", "criterion": "1.1.2", "unread": False},
        **{"values": values(), **given},
    }
    return client.post("/minh-chung/them", json=body)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "../../x.pdf",
        "..\\..\\x.pdf",
        "C:\\x.pdf",
        "CON.pdf",
        "nul.pdf",
        "x" * 190 + ".pdf",
        unicodedata.normalize("NFD", "Kế hoạch đã ký.pdf"),
        "a<b>&\"'.pdf",
        "x.PDF",
        "1.1.1-01.pdf",
        "-rf.pdf",
        "$(id).pdf",
    ],
)
def test_a_hostile_name_is_only_words(client: TestClient, content: Path, name: str) -> None:
    upload = sent(client, name, pdf_bytes(5))
    shown = looked(client, upload)
    assert shown.status_code == 200 and "<b>" not in shown.text
    code = added(client, upload).json()["code"]
    workspace = load_workspace(content, 2025)
    assert workspace.evidence is not None
    last = workspace.evidence.evidence[-1]
    assert last.code == code and last.file.startswith(code) and last.file.isascii()
    assert (content / "2025/minh-chung" / last.file).resolve().parent.name == "minh-chung"
    undo(content)


@pytest.mark.parametrize(
    ("name", "status"),
    [("", 404), (".", 404), ("..", 404), (".htaccess", 404), ("a\0.pdf", 404), ("a\n.pdf", 404)],
)
def test_a_name_that_is_none_is_refused(client: TestClient, name: str, status: int) -> None:
    answer = client.post(f"/tai-len?ten={quote(name)}", content=pdf_bytes())
    assert (answer.status_code, len(answer.json()["errors"])) == (status, 1)


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"values": values(ngay="31/2/2025")}, "ngay", "Ngày: "),
        ({"values": values(loai="\u202eẢnh")}, "loai", "Tên loại: "),
        ({"values": values(dung_cho="9.9.9")}, None, "9.9.9"),
        ({"values": values(trang="9")}, None, "ô “Trang kiểm chứng” 9: tệp có 3 trang"),
        ({"values": values(dung_cho="1.1.2")}, None, "ô “Dùng cho” 1.1.2 là chính tiêu chí"),
        ({"values": values(van_ban="khong-co")}, None, "khong-co"),
        ({"values": values(tep="x.pdf")}, None, "không có ô tep"),
        ({"values": values(sha256="0" * 64)}, None, "không có ô sha256"),
        ({"criterion": "9.9.9"}, None, "9.9.9"),
        ({"criterion": ""}, None, "thiếu --criterion"),
        ({"upload": "../../etc/passwd"}, None, "chọn lại tệp"),
        ({"upload": ""}, None, "chọn lại tệp"),
        ({"file": "../../../etc/passwd"}, None, "không còn chờ ghi vào sổ"),
        ({"file": "a.pdf"}, None, "không còn chờ ghi vào sổ"),
        ({"values": []}, None, "thiếu hoặc sai: values"),
    ],
)
def test_a_value_is_refused_beside_its_box(
    client: TestClient, content: Path, given: dict[str, Any], field: str | None, told: str
) -> None:
    upload = sent(client, "x.pdf", pdf_bytes(3))
    before = snapshot(content)
    answer = added(client, **{"upload": upload, **given})
    assert answer.status_code in (400, 404)
    assert told in answer.json()["errors"][0]
    assert answer.json().get("field") == field
    assert snapshot(content) == before


def test_what_is_emptied_is_not_guessed_again(client: TestClient, content: Path) -> None:
    upload = sent(client, "Biên bản họp.pdf", pdf_bytes(3))
    answer = added(client, upload, values={"loai": "", "trich_yeu": ""}).json()
    assert answer["notes"] == [
        "chưa rõ tên loại, ghi tạm “Tài liệu” — sửa ô “Tên loại”",
        "chưa rõ trích yếu, lấy tạm tên tệp — sửa ô “Trích yếu”",
    ]
    undo(content)


@pytest.mark.slow
def test_eight_at_once_get_eight_codes(client: TestClient, content: Path) -> None:
    uploads = [sent(client, f"{pages}.pdf", pdf_bytes(pages)) for pages in range(10, 18)]
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda upload: added(client, upload), uploads))
    codes = [answer.json()["code"] for answer in answers]
    assert sorted(codes) == [f"1.1.2-{number:02}" for number in range(1, 9)]
    for _ in codes:
        undo(content)


@pytest.mark.slow
def test_the_same_file_twice_at_once_is_taken_once(client: TestClient, content: Path) -> None:
    uploads = [sent(client, name, pdf_bytes(20)) for name in ("a.pdf", "b.pdf")]
    with ThreadPoolExecutor(2) as people:
        answers = list(people.map(lambda upload: added(client, upload), uploads))
    assert sorted(answer.status_code for answer in answers) == [200, 400]
    undo(content)


def test_only_a_file_that_was_sent_is_forgotten(client: TestClient, content: Path) -> None:
    kept = sent(client, "x.pdf", pdf_bytes(30))
    beside = content.parent / "x"
    beside.mkdir()
    for upload in ("", ".", "..", "../..", "/", "../x", str(beside), "khong-co", "0" * 32):
        assert client.post("/minh-chung/bo-tep", json={"upload": upload}).status_code == 200
    assert beside.is_dir() and looked(client, kept).status_code == 200
    client.post("/minh-chung/bo-tep", json={"upload": kept})
    assert "chọn lại tệp" in looked(client, kept).json()["errors"][0]


@pytest.mark.parametrize(
    "address",
    [
        "/minh-chung/tai-lieu/9.9.9-01/tep",
        "/minh-chung/tai-lieu/..%2F..%2Fetc%2Fpasswd/tep",
        "/minh-chung/tai-lieu/1.1.1-01/trang/3",
        "/minh-chung/tai-lieu/1.1.1-01/trang/0",
        "/minh-chung/tieu-chi/9.9.9",
        "/minh-chung/cho/khong-co/trang/1",
        "/minh-chung/thu-muc/a.pdf/trang/1",
        "/minh-chung/thu-muc/../../co-quan.yaml/trang/1",
        "/minh-chung/thung-rac/..%2F..%2Fco-quan.yaml",
        "/ho-so/tep/dossier.pdf",
        "/ho-so/tep/..%2Fx",
    ],
)
def test_what_is_not_there_is_not_given_out(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_register_that_leads_elsewhere_gives_nothing_out(
    client: TestClient, content: Path
) -> None:
    register = content / "2025/minh-chung.yaml"
    text = register.read_text("utf-8")
    secret = content.parent / "secret.pdf"
    secret.write_bytes(pdf_bytes())
    (content / "2025/minh-chung/link.pdf").symlink_to(secret)
    register.write_text(text.replace("tep: a.pdf", "tep: link.pdf"), "utf-8")
    answer = client.get("/minh-chung/tai-lieu/1.1.1-01/tep")
    assert answer.status_code == 400 and "liên kết ra ngoài" in answer.json()["errors"][0]
    (content / "2025/minh-chung/link.pdf").unlink()
    register.write_text(text, "utf-8")


def test_content_with_mistakes_is_told_on_the_page(client: TestClient, content: Path) -> None:
    register = content / "2025/minh-chung.yaml"
    text = register.read_text("utf-8")
    register.write_text(f"{text}la-gi: 1\n", "utf-8")
    page = client.get("/minh-chung", headers={"accept": "text/html"})
    assert page.status_code == 400 and "2025/minh-chung.yaml" in page.text
    answer = client.get("/minh-chung/cay")
    assert "la-gi" in answer.json()["errors"][0]
    register.write_text(text, "utf-8")
