"""A page is of who opened it: under another person's session it writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from asking import HOST
from desks import Served
from kills import tree
from support import write_content
from vanban.app.content_file import version_of
from vanban.desk import accounts as accounts_module
from vanban.desk.accounts import Accounts
from vanban.desk.door import Door
from vanban.desk.server import application
from vanban.desk.site import Site
from vanban.desk.state import Desk
from vanban.io.journal import read_record, record_files

ROOT = Path(__file__).parents[2]
PASSWORD = "đủ dài và lạ 2025"
PAPER = "2025/bao-cao/q3.yaml"
OWN = {"origin": f"https://{HOST}"}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash says itself what it costs to look at."""
    monkeypatch.setattr(accounts_module, "HASHER", PasswordHasher(1, 8, 1))


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    accounts = Accounts(tmp_path / "cau-hinh" / "tai-khoan.json")
    for login, name in (("an", "Nguyễn Văn An"), ("binh", "Lê Bình")):
        accounts.add(login, name, PASSWORD)
    return accounts


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    return write_content(tmp_path)


@pytest.fixture
def client(content: Path, accounts: Accounts) -> Iterator[TestClient]:
    site = Site(
        Desk.of(content, 2025, content.parent / "build"), lambda: datetime(2025, 9, 16, tzinfo=UTC)
    )
    app = application(site, (HOST,), Door.of_network(accounts))
    with TestClient(app, base_url=f"https://{HOST}") as client:
        yield client


def logs_in(client: TestClient, login: str) -> None:
    form = {"ten": login, "mat-khau": PASSWORD}
    answer = client.post("/dang-nhap", data=form, headers=OWN, follow_redirects=False)
    assert answer.status_code == 303


def writers(content: Path) -> list[str]:
    """Return whom the journal names for each change."""
    return [read_record(file).stamp.person for file in record_files(content)]


def types_a_figure(client: TestClient, content: Path, page_of: str) -> Any:
    version = version_of((content / PAPER).read_bytes())
    body = {"version": version, "values": {"hs-truc-tuyen": "1300"}, "notes": {}}
    headers = {**OWN, **({"vanban-person": page_of} if page_of else {})}
    return client.post("/so-lieu/q3", json=body, headers=headers)


@pytest.mark.parametrize(
    ("page_of", "at_the_desk", "status"),
    [
        ("an", "an", 200),
        ("an", "binh", 409),
        ("binh", "an", 409),
        ("AN", "an", 409),
        ("", "binh", 200),  # whoever asks without a page
    ],
)
def test_a_page_writes_for_who_opened_it_alone(
    client: TestClient, content: Path, page_of: str, at_the_desk: str, status: int
) -> None:
    before = tree(content)
    logs_in(client, "an")
    logs_in(client, at_the_desk)
    answer = types_a_figure(client, content, page_of)
    assert answer.status_code == status, answer.text
    if status == 200:
        names = {"an": "Nguyễn Văn An (an)", "binh": "Lê Bình (binh)"}
        assert writers(content) == [names[at_the_desk]]
        return
    assert tree(content) == before
    told = answer.json()["errors"][0]
    for words in (f"“{page_of}”", f"“{at_the_desk}”", "chữ đã gõ vẫn còn", "tải lại"):
        assert words in told


def test_what_a_page_of_another_person_asks_again_and_again_tells_it(client: TestClient) -> None:
    logs_in(client, "an")
    assert client.get("/nhip", headers={"vanban-person": "an"}).status_code == 200
    logs_in(client, "binh")
    answer = client.get("/nhip", headers={"vanban-person": "an"})
    assert (answer.status_code, "“binh”" in answer.json()["errors"][0]) == (409, True)
    file = client.post("/tai-len?ten=a.xlsx", content=b"x", headers={**OWN, "vanban-person": "an"})
    assert file.status_code == 409


@pytest.fixture
def door(accounts: Accounts) -> Door:
    """One with accounts, without encryption."""
    return Door("vanban-thu", False, accounts)


def comes_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("form.person")).to_be_visible()


@pytest.mark.slow
def test_what_is_typed_stays_until_its_person_is_back(served: Served, browser: Browser) -> None:
    with browser.new_context() as context:
        context.set_default_timeout(60_000)
        page, other = context.new_page(), context.new_page()
        comes_in(page, served.address, "an")
        page.goto(f"{served.address}/van-ban/plan")
        page.locator("tspan[data-o]", has_text="lần đầu tiên thành phố").first.click()
        box = page.locator("#o .main textarea")
        expect(box).to_be_focused()
        typed = box.input_value().replace("lần đầu tiên", "lần thứ nhất")
        comes_in(other, served.address, "binh")
        page.bring_to_front()
        box.fill(typed)
        box.press("Control+Enter")
        expect(page.locator(".main .saved")).to_contain_text("đang đăng nhập là “binh”")
        expect(page.locator(".banner")).to_contain_text("đang đăng nhập là “binh”")
        expect(box).to_have_value(typed)
        assert writers(served.content) == []
        comes_in(other, served.address, "an")
        page.bring_to_front()
        box.press("Control+Enter")
        expect(page.locator(".main .saved")).to_contain_text("Đã ghi")
        expect(page.locator(".banner")).to_be_hidden()
    assert writers(served.content) == ["Nguyễn Văn An (an)"]
