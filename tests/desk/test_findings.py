"""Findings beside the page and of the year: the word meant, accepted, mended, explained."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from desks import Served

pytestmark = pytest.mark.slow

PLAN = "2025/ke-hoach.yaml"
REPORT = "2025/bao-cao/q3.yaml"
KNOWN = "lần đầu tiên thành phố"


def remark(page: Page, words: str) -> Locator:
    return page.locator("#soat .remarks > li", has_text=words).first


def mistype(served: Served, wrong: str) -> str:
    """Put a mistake in the place of known words of the plan; return the file as it is then."""
    path = served.content / PLAN
    text = path.read_text(encoding="utf-8")
    assert text.count(KNOWN) == 1
    path.write_text(text.replace(KNOWN, wrong), encoding="utf-8")
    return served.read(PLAN)


def chosen(page: Page) -> str:
    """The words that are chosen in the field."""
    return str(
        page.locator("#o textarea").first.evaluate(
            "box => box.value.slice(box.selectionStart, box.selectionEnd)"
        )
    )


def test_a_finding_leads_to_the_word_that_is_meant(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    expect(page.locator("#ket-luan")).to_contain_text("Chưa ký được")
    for words in ("tạo thuận tiện cho", "của ngành quản lý"):
        remark(page, words).locator("button.goto").click()
        box = page.locator("#o textarea").first
        expect(box).to_be_focused()
        assert words in " ".join(chosen(page).split())


def test_what_is_still_to_be_written_opens_its_field(served: Served, page: Page) -> None:
    path = served.content / REPORT
    text = path.read_text(encoding="utf-8")
    was = "Thanh toán trực tuyến và trả kết quả qua"
    assert text.count(was) == 1
    path.write_text(text.replace(was, f"HƯỚNG DẪN: {was}"), encoding="utf-8")
    page.goto(f"{served.address}/soat-loi?van-ban=report-q3")
    one = remark(page, "Chưa viết: Đánh giá chung – Tồn tại, hạn chế")
    one.get_by_role("link", name="Xem trong Báo cáo").click()
    box = page.get_by_role("textbox", name="Tồn tại, hạn chế thứ 1")
    expect(box).to_be_focused()
    box.fill("Giải ngân còn chậm.")
    box.press("Control+Enter")
    expect(remark(page, "Chưa viết: Đánh giá chung")).to_have_count(0)
    assert "Giải ngân còn chậm." in served.read(REPORT)


def test_a_finding_is_accepted_and_taken_back(served: Served, page: Page) -> None:
    before = served.read("soat-loi.yaml")
    page.goto(f"{served.address}/van-ban/plan")
    one = remark(page, "tạo thuận tiện cho")
    one.get_by_role("button", name="Chấp nhận…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    reason = page.get_by_label("Lý do chấp nhận")
    expect(reason).to_be_focused()
    reason.fill("Lời của Bộ Nội vụ, giữ nguyên")
    page.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.locator("#bao")).to_have_text("Đã chấp nhận.")
    after = served.read("soat-loi.yaml")
    assert "quy_tac: cau-chu/ket-hop-tu" in after
    assert "cum_tu: tạo thuận tiện cho" in after
    assert "tep: 2025/linh-vuc/08-sipas.yaml" in after
    accepted = page.locator("details[data-group='Đã chấp nhận']")
    accepted.locator("summary").click()
    expect(accepted).to_contain_text("Lời của Bộ Nội vụ, giữ nguyên")
    accepted.get_by_role("button", name="Bỏ chấp nhận").click()
    expect(page.locator("#bao")).to_have_text("Đã bỏ chấp nhận.")
    assert served.read("soat-loi.yaml") == before
    expect(accepted).to_have_count(0)


@pytest.mark.long
def test_a_finding_of_the_year_leads_to_its_word_in_the_document(
    looked_at: Served, page: Page
) -> None:
    page.goto(f"{looked_at.address}/soat-loi?van-ban=plan")
    expect(page.locator("#van-ban")).to_have_value("plan")
    page.get_by_label("Tìm trong danh sách").fill("tạo thuận tiện")
    shown = page.locator(".remarks > li:visible")
    expect(shown).to_have_count(1)
    shown.get_by_role("link", name="Xem trong Kế hoạch").click()
    expect(page.locator("#o textarea").first).to_be_focused()
    assert chosen(page) == "tạo thuận tiện cho"
    expect(page.locator("#o-soat .said").first).to_contain_text("tạo thuận tiện cho")
    assert page.locator("line.doubt").count() > 50


@pytest.mark.long
def test_one_finding_is_mended_after_it_was_shown(served: Served, page: Page) -> None:
    before = mistype(served, "lần  đầu tiên thành phố")
    page.goto(f"{served.address}/van-ban/plan")
    page.get_by_role("button", name="Sửa giúp…").first.click()
    line = page.get_by_role("dialog").locator(".changes li")
    expect(line).to_have_count(1)
    expect(line.locator(".place")).to_have_text("2025/ke-hoach.yaml, dòng 37")
    page.get_by_role("button", name="Thôi").click()
    assert served.read(PLAN) == before
    page.get_by_role("button", name="Sửa giúp…").first.click()
    page.get_by_role("button", name="Sửa", exact=True).click()
    expect(page.locator("#bao")).to_have_text("Đã sửa 1 dòng.")
    assert served.read(PLAN) == before.replace("lần  đầu", "lần đầu")
    expect(page.get_by_role("button", name="Sửa giúp…")).to_have_count(0)
    page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
    expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
    assert served.read(PLAN) == before
    expect(page.get_by_role("button", name="Sửa giúp…").first).to_be_visible()


@pytest.mark.long
def test_all_that_is_certain_is_mended_by_keyboard_alone(served: Served, page: Page) -> None:
    other = "2025/linh-vuc/08-sipas.yaml"
    path = served.content / other
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("tạo thuận tiện cho", "tạo  thuận tiện cho"), encoding="utf-8")
    before = mistype(served, "lần đầu tiên thành phố , nơi")
    page.goto(f"{served.address}/soat-loi")
    page.get_by_role("button", name="Sửa mọi chỗ chắc chắn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator(".changes li")).to_have_count(2)
    expect(page.get_by_role("button", name="Sửa", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#bao")).to_have_text("Đã sửa 2 dòng.")
    expect(page.locator("#ket-luan")).to_be_focused()
    assert served.read(other) == text
    assert served.read(PLAN) == before.replace("phố , nơi", "phố, nơi")


@pytest.mark.long
def test_what_was_shown_is_not_written_over_a_newer_file(served: Served, page: Page) -> None:
    mistype(served, "lần  đầu tiên thành phố")
    page.goto(f"{served.address}/van-ban/plan")
    page.get_by_role("button", name="Sửa giúp…").first.click()
    expect(page.locator(".changes li")).to_have_count(1)
    path = served.content / PLAN
    newer = "# sửa ở nơi khác\n" + path.read_text(encoding="utf-8")
    path.write_text(newer, encoding="utf-8")
    page.get_by_role("button", name="Sửa", exact=True).click()
    expect(page.get_by_role("dialog").locator(".refused")).to_contain_text("xem lại")
    assert served.read(PLAN) == newer


def test_a_rule_is_explained(looked_at: Served, page: Page) -> None:
    page.goto(f"{looked_at.address}/van-ban/plan")
    button = remark(page, "tạo thuận tiện cho").get_by_role("button", name="Vì sao?")
    button.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_contain_text("Căn cứ: Cách dùng từ trong văn bản hành chính")
    expect(box).to_contain_text("Viết sai")
    expect(box).to_contain_text("Tạo thuận lợi cho tổ chức")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_accepting_asks_for_a_reason(looked_at: Served, page: Page) -> None:
    before = looked_at.read("soat-loi.yaml")
    page.goto(f"{looked_at.address}/van-ban/plan")
    remark(page, "tạo thuận tiện cho").get_by_role("button", name="Chấp nhận…").click()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Lý do chấp nhận").fill("   ")
    page.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.get_by_role("dialog").locator(".refused")).to_contain_text("chưa ghi lý do")
    assert looked_at.read("soat-loi.yaml") == before


@pytest.mark.long
def test_an_entry_that_accepts_nothing_any_more_is_deleted(served: Served, page: Page) -> None:
    path = served.content / "soat-loi.yaml"
    before = path.read_text(encoding="utf-8")
    entry = "chap_nhan:\n  - quy_tac: cau-chu/ket-hop-tu\n    cum_tu: không có\n    ly_do: cũ\n"
    path.write_text(before.replace("chap_nhan: []\n", entry), encoding="utf-8")
    page.goto(f"{served.address}/soat-loi")
    page.locator("summary", has_text="Mục chấp nhận không còn dùng (1)").click()
    page.get_by_role("button", name="Xóa mục này").click()
    expect(page.locator("#bao")).to_have_text("Đã bỏ chấp nhận.")
    assert served.read("soat-loi.yaml") == before


def test_a_figure_that_is_missing_leads_to_its_cell(looked_at: Served, page: Page) -> None:
    page.goto(f"{looked_at.address}/van-ban/report-q3")
    missing = page.locator("details[data-group='Còn thiếu']")
    expect(missing.locator("> summary")).to_have_text("Còn thiếu (9)")
    together = missing.locator("li", has_text="Chưa nhập số liệu: 6 chỉ tiêu")
    together.locator("summary").click()
    together.get_by_role("link", name="Số tiền đã nộp").click()
    expect(page).to_have_url(f"{looked_at.address}/so-lieu/q3#o-kien-nghi-da-nop")
    expect(page.locator("#o-kien-nghi-da-nop")).to_be_visible()


def test_what_touches_several_documents_is_told_in_each(looked_at: Served, page: Page) -> None:
    page.goto(f"{looked_at.address}/van-ban/plan")
    other = remark(page, "Nơi nhận không có cơ quan này").locator(".in a").first
    expect(other).to_have_text("Báo cáo cải cách hành chính quý III")
    other.click()
    expect(remark(page, "Nơi nhận không có cơ quan này").locator(".in")).to_contain_text("Kế hoạch")
