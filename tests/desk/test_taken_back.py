"""“Lấy lại”: one change a press, however it is pressed; and it is told which."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from desks import Served, Visitor
from gestures import slowly
from vanban.app.content_file import version_of
from vanban.io.journal import record_files

pytestmark = pytest.mark.slow
PLAN = "2025/ke-hoach.yaml"


def write(served: Served, text: str) -> None:
    """Write the title of the plan, as somebody else does."""
    body = {
        "document": "plan",
        "file": PLAN,
        "keys": ["trich_yeu"],
        "version": version_of((served.content / PLAN).read_bytes()),
        "known": [],
        "text": text,
    }
    status, told = Visitor(served.address).ask("/gia-tri", body)
    assert status == 200, told


def changes(content: Path) -> int:
    return len(record_files(content))


@pytest.mark.parametrize(
    "address",
    [
        "/so-lieu/q3",
        pytest.param("/van-ban/plan", marks=pytest.mark.long),
        pytest.param("/minh-chung", marks=pytest.mark.long),
        pytest.param("/soat-loi", marks=pytest.mark.long),
    ],
)
def test_a_double_click_takes_one_change_back_and_tells_it(
    served: Served, page: Page, address: str
) -> None:
    for text in ("Bản thứ một", "Bản thứ hai", "Bản thứ ba"):
        write(served, text)
    page.goto(f"{served.address}{address}")
    button = page.get_by_role("button", name="Lấy lại thay đổi vừa ghi")
    button.dblclick()
    expect(page.locator("#bao")).to_contain_text(f"Đã lấy lại: bàn làm việc: sửa {PLAN}")
    page.wait_for_timeout(300)
    assert (changes(served.content), "Bản thứ hai" in served.read(PLAN)) == (2, True)
    page.locator("#bao").evaluate("told => told.textContent = ''")
    slowly(page, "**/lay-lai", 700)
    for _ in range(2):  # two presses, the second before the answer
        button.press("Enter")
    expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
    page.wait_for_timeout(300)
    assert (changes(served.content), "Bản thứ một" in served.read(PLAN)) == (1, True)
