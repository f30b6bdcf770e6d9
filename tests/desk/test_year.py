"""The year at a glance: states that come by themselves, what to do next, building, charts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from desks import Served

pytestmark = pytest.mark.slow


TIMEOUT = 60_000
"""Milliseconds for one document on a busy machine."""


def card(page: Page, document: str) -> Locator:
    return page.locator(f"[data-document={document}]")


def test_each_document_tells_its_state_and_what_is_next(looked_at: Served, page: Page) -> None:
    page.goto(looked_at.address)
    plan, report = card(page, "plan"), card(page, "report-q3")
    expect(plan.locator(".state")).to_contain_text("bản nháp")
    expect(report.locator(".next")).to_contain_text("nhập số liệu")
    expect(report.locator(".when").first).to_contain_text("Hạn 16/9/2025: hôm nay")
    expect(page.locator(".due li").first).to_contain_text("quá hạn 2 ngày")
    expect(card(page, "evidence-index").locator(".when").first).to_contain_text("còn 106 ngày")
    plan.locator(".next a").click()
    expect(page.locator("#van-ban")).to_have_value("plan")


def test_after_a_change_elsewhere_what_says_the_same_stays(looked_at: Served, page: Page) -> None:
    page.goto(looked_at.address)
    lacking = card(page, "report-q3").locator(".lacking")
    charts = page.locator("#tien-do section").first
    expect(charts).to_be_visible()
    lacking.locator("summary").click()
    for part in (lacking, charts):
        part.evaluate("element => { element.seen = true; }")
    waits = (page.expect_response(f"**/{each}") for each in ("report-q3/tinh-trang", "tien-do"))
    with next(waits) as standing, next(waits) as progress:
        page.evaluate("document.dispatchEvent(new Event('changed'))")
    for answer in (standing, progress):
        answer.value.finished()
    page.wait_for_timeout(200)
    expect(lacking).to_have_attribute("open", "")
    assert [part.evaluate("element => element.seen") for part in (lacking, charts)] == [True, True]


@pytest.mark.long
def test_all_are_built_and_a_change_since_is_told(served: Served, page: Page) -> None:
    page.goto(served.address)
    page.get_by_role("button", name="Dựng tất cả").click()
    expect(page.locator("#bao")).to_contain_text("Đã dựng 5/5 văn bản", timeout=5 * TIMEOUT)
    expect(card(page, "report-q3").locator(".made")).to_contain_text("thiếu 9 dữ liệu")
    plan = card(page, "plan")
    expect(plan.locator(".standing")).to_contain_text("nội dung chưa đổi")
    for name in ("plan.docx", "plan.pdf"):
        expect(plan.get_by_role("link", name=name)).to_be_visible()
    expect(card(page, "report-q3").get_by_role("link", name="report-q3.xlsx")).to_be_visible()
    path = served.content / "2025/ke-hoach.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lần đầu tiên", "lần thứ nhất"), encoding="utf-8")
    page.reload()
    expect(plan.locator(".standing")).to_contain_text("nội dung đã đổi từ đó")


def test_what_keeps_a_document_from_being_built_is_told(served: Served, page: Page) -> None:
    path = served.content / "2025/ke-hoach.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "khong_co: x\n", encoding="utf-8")
    page.goto(served.address)
    plan = card(page, "plan")
    expect(plan.locator(".state")).to_contain_text("chưa dựng được")
    expect(plan.locator(".next")).to_contain_text("sửa lỗi nội dung")
    place = plan.get_by_role("link", name="2025/ke-hoach.yaml, dòng")
    expect(place).to_have_attribute("href", re.compile("^/tep-noi-dung/2025/ke-hoach.yaml[?]dong="))
    plan.get_by_role("button", name="Dựng").click()
    expect(plan.locator(".made")).to_contain_text("ke-hoach.yaml")


@pytest.mark.parametrize("address", ["/", "/soat-loi", "/van-ban/plan"])
def test_a_register_that_cannot_be_read_is_told_with_its_place(
    served: Served, page: Page, address: str
) -> None:
    path = served.content / "van-ban.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nkhong_co: 1\n", encoding="utf-8")
    page.goto(served.address + address)
    page.get_by_role("link", name="van-ban.yaml, dòng").first.click()
    expect(page).to_have_url(re.compile("/tep-noi-dung/van-ban.yaml"))
    expect(page.locator("h1")).to_contain_text("van-ban.yaml")


def test_charts_say_in_words_what_they_show(looked_at: Served, page: Page) -> None:
    page.goto(looked_at.address)
    row = page.get_by_role("row", name="Cải cách thủ tục hành chính").first
    expect(row.locator("svg")).to_have_attribute(
        "aria-label", "đã đạt 2, đang thực hiện, đúng tiến độ 3"
    )
    for name in ("Điểm tự chấm theo lĩnh vực", "Ai còn phải làm gì"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator("[aria-labelledby=nguy-co] li").first).to_contain_text("2,00 điểm – 4.2.2")
    expect(page.locator(".owed")).to_contain_text("Phòng Kinh tế, Hạ tầng và Đô thị")
