"""The dialogs of the desk in a real browser: each flow from its page to what it leaves behind."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from asking import PAGES
from desks import AS_ONE, WIDTHS, Served
from filled_forms import FIGURES
from pulls import built, changed, replaced

pytestmark = pytest.mark.slow

DROP = """(zone, [name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name));
    zone.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
}"""


def violations(page: Page) -> list[object]:
    found: list[object] = Axe().run(page).response["violations"]
    return found


def chosen(page: Page, name: str, data: bytes) -> None:
    """Choose a file in the box of the page."""
    page.set_input_files(
        "#tep", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def do(page: Page, button: str) -> None:
    """Press the second button, and wait until it is done."""
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_read_by_anyone_at_any_width(
    looked_at: Served, page: Page, address: str
) -> None:
    page.goto(looked_at.address + address)
    assert violations(page) == []
    for x, y in WIDTHS.values():
        page.set_viewport_size({"width": x, "height": y})
        assert page.evaluate(AS_ONE) == 0


@pytest.mark.long
def test_forms_go_out_and_come_back(served: Served, page: Page) -> None:
    page.goto(served.address)
    page.get_by_role("link", name="Trao đổi với đơn vị").click()
    page.get_by_role("link", name="Làm biểu mẫu Excel gửi các đơn vị").click()
    page.get_by_label("Hạn các đơn vị gửi").fill("12/9/2025")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#ket-qua")).to_contain_text("Sẽ tạo 4 biểu mẫu, quý III năm 2025")
    assert violations(page) == []
    do(page, "Tạo biểu mẫu")
    with page.expect_download() as waited:
        page.get_by_role("link", name="Tải q3-2025_kinh-te.xlsx").click()
    book = openpyxl.load_workbook(io.BytesIO(waited.value.path().read_bytes()))
    values = {"kien-nghi-phai-nop": 12, "kien-nghi-da-nop": 7, "von-dau-tu-ke-hoach": "không rõ"}
    for row in book[FIGURES].iter_rows(min_row=8):
        if row[0].value in values:
            row[7].value = values[str(row[0].value)]  # type: ignore[assignment]
    target = io.BytesIO()
    book.save(target)
    page.goto(f"{served.address}/trao-doi/thu")
    page.locator("#tha").evaluate(DROP, ["Kinh tế.xlsx", list(target.getvalue())])
    shown = page.locator("#ket-qua")
    expect(shown).to_contain_text("2 mới, 5 thiếu, 1 bị từ chối.")
    expect(shown.locator(".row-refused")).to_contain_text("không rõ")
    assert violations(page) == []
    do(page, "Ghi vào báo cáo")
    assert "kien-nghi-da-nop: 7" in served.read("2025/bao-cao/q3.yaml")
    page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
    expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
    assert "kien-nghi-da-nop: 7" not in served.read("2025/bao-cao/q3.yaml")


def test_a_document_begins_by_the_keyboard_alone(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/them-moi")
    page.get_by_role("link", name="Văn bản mới").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/them-moi/van-ban")  # scripts are there before the page is loaded
    page.get_by_label("Loại văn bản").focus()
    page.keyboard.press("ArrowDown")
    kind = page.get_by_label("Loại văn bản").locator("option:checked").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.type("tt-thu")
    page.keyboard.press("Enter")
    expect(page.locator("#ket-qua")).to_be_focused()
    expect(page.locator("#ket-qua")).to_contain_text("2025/soan-thao/tt-thu.yaml")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tạo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".page svg").first).to_be_visible()
    assert f"loai: {kind.split(':')[0]}" in served.read("2025/soan-thao/tt-thu.yaml")


def test_what_was_shown_goes_when_a_field_changes(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/them-moi/van-ban")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("button", name="Tạo")).to_be_visible()
    page.get_by_label("Mã").fill("khác")
    expect(page.get_by_role("button", name="Tạo")).to_have_count(0)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#bao")).to_contain_text("không dùng làm mã được")


@pytest.mark.long
def test_edits_of_word_are_picked_one_by_one(served: Served, page: Page) -> None:
    before = served.read("2025/ke-hoach.yaml")
    docx = changed(built(served.content), replaced("lần đầu tiên thành", "lần thứ nhất thành"))
    docx = changed(docx, replaced("Để bắt nhịp", "Để theo kịp"))
    page.goto(f"{served.address}/trao-doi/word")
    chosen(page, "plan sửa.docx", docx)
    ticks = page.get_by_role("checkbox")
    expect(ticks).to_have_count(2)
    expect(page.locator("ins").first).to_have_text("thứ nhất")
    assert violations(page) == []
    ticks.nth(0).uncheck()
    ticks.nth(1).uncheck()
    page.get_by_role("button", name="Ghi những chỗ đã đánh dấu").click()
    expect(page.locator("#bao")).to_contain_text("chưa đánh dấu chỗ nào")
    expect(page.locator("#bao")).to_be_in_viewport()
    ticks.nth(0).focus()
    page.keyboard.press("Space")
    do(page, "Ghi những chỗ đã đánh dấu")
    expect(page.locator("#ket-qua")).to_contain_text("Để theo kịp")
    after = served.read("2025/ke-hoach.yaml")
    assert after == before.replace("lần đầu tiên", "lần thứ nhất")


@pytest.mark.long
def test_a_redline_is_given_out(served: Served, page: Page) -> None:
    docx = changed(built(served.content), replaced("lần đầu tiên thành", "lần thứ nhất thành"))
    page.goto(f"{served.address}/trao-doi/so-sanh")
    chosen(page, "cũ.docx", docx)
    with page.expect_download() as waited:
        page.get_by_role("link", name="Tải plan-redline.docx").click()
    assert waited.value.path().read_bytes().startswith(b"PK")
    assert violations(page) == []


@pytest.mark.long
def test_an_old_word_file_becomes_content(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/them-moi/tu-tep")
    page.get_by_label("Năm").fill("2024")
    chosen(page, "kh-2024.docx", built(served.content))
    expect(page.locator("#ket-qua")).to_contain_text("content/2024/ke-hoach.yaml")
    assert violations(page) == []
    do(page, "Ghi vào nội dung")
    assert "lần đầu tiên" in served.read("2024/ke-hoach.yaml")


def test_a_year_begins_and_the_desk_turns_to_it(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/them-moi/nam")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#ket-qua")).to_contain_text("Chép từ năm 2025")
    assert violations(page) == []
    do(page, "Lập năm 2026")
    page.get_by_role("link", name="Mở để điền tiếp").click()
    expect(page.get_by_label("Năm", exact=True)).to_have_value("2026")
    page.get_by_role("button", name="Xem trước").click()
    do(page, "Sang năm 2026")
    page.get_by_role("link", name="Mở năm 2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("năm 2026")


def test_a_ward_begins(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/them-moi/don-vi")
    for label, words in (
        ("Thư mục mới", "moi/loc-an"),
        ("Tên đơn vị, cả cấp", "Lộc An"),
        ("Thuộc tỉnh, thành phố", "tỉnh Lâm Đồng"),
        ("Họ và tên Chủ tịch Ủy ban nhân dân", "Nguyễn Văn Bình"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#bao")).to_contain_text("chưa có cấp")
    page.get_by_label("Tên đơn vị, cả cấp").fill("xã Lộc An")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("#ket-qua")).to_contain_text("Sẽ lập xã Lộc An")
    assert violations(page) == []
    do(page, "Lập đơn vị")
    assert (served.content.parent / "moi/loc-an/content/co-quan.yaml").is_file()


def test_a_number_is_written_and_a_signed_file_looked_into(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/trao-doi/phat-hanh")
    page.get_by_label("Số").fill("35")
    page.get_by_label("Ngày").fill("01/8/2025")
    page.get_by_role("button", name="Xem trước").click()
    do(page, "Ghi số và ngày")
    assert "so: 35" in served.read("2025/ke-hoach.yaml")
    page.goto(f"{served.address}/trao-doi/chu-ky")
    file = next((served.content / "2025/minh-chung").glob("*.pdf"))
    chosen(page, "a.pdf", Path(file).read_bytes())
    expect(page.get_by_role("heading", level=2)).to_have_text("Kết luận: chưa ký")
    assert violations(page) == []
