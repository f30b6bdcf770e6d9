"""Fields of every kind, lists and their items, conflicts: in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from desks import Served
from gestures import slowly

pytestmark = pytest.mark.slow

AREA = "2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml"
TASK = "Công bố, công khai TTHC đầy đủ"


def opened(served: Served, page: Page, words: str, document: str = "plan") -> Locator:
    """Return the panel of the first word on the page that has these words."""
    page.goto(f"{served.address}/van-ban/{document}")
    page.locator("tspan[data-o]", has_text=words).first.click()
    expect(page.locator("#o .hint")).to_have_count(0)
    return page.locator("#o")


def test_a_field_says_where_it_stands(served: Served, page: Page) -> None:
    panel = opened(served, page, TASK)
    expect(panel.locator(".main label")).to_have_text("Nội dung")
    expect(panel.locator(".main .path")).to_have_text(
        "Nhiệm vụ thứ 2 trong lĩnh vực của kế hoạch “Cải cách thủ tục hành chính”"
    )
    expect(panel.locator(".main .explain")).to_have_text("Lời văn của nhiệm vụ.")
    expect(panel.locator(".main .place a")).to_contain_text(f"{AREA}, dòng 18")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.long
def test_what_is_empty_in_the_same_record_is_filled_in(served: Served, page: Page) -> None:
    panel = opened(served, page, TASK)
    before = served.read(AREA)
    panel.get_by_text("Các ô khác của mục này").click()
    field = panel.locator("form", has=page.get_by_label("Thời hạn"))
    field.get_by_label("Thời hạn").fill("15/12/2025")
    field.get_by_role("button", name="Ghi").click()
    expect(field.locator(".saved")).to_have_text("Đã ghi.")
    assert "\n    han: 15/12/2025\n" in served.read(AREA)
    field.get_by_label("Thời hạn").fill("")
    field.get_by_role("button", name="Ghi").click()
    expect(field.locator(".saved")).to_have_text("Đã ghi.")
    assert served.read(AREA) == before


@pytest.mark.long
def test_an_id_is_chosen_by_the_name_of_what_it_stands_for(served: Served, page: Page) -> None:
    panel = opened(served, page, TASK)
    panel.get_by_text("Các ô khác của mục này").click()
    panel.get_by_role("button", name="Chủ trì (chưa có, thêm)").click()
    panel.locator("select").select_option(label="Phòng Kinh tế, Hạ tầng và Đô thị (kinh-te)")
    panel.get_by_role("button", name="Thêm", exact=True).click()
    expect(panel.locator(".main .path")).to_contain_text("Nhiệm vụ thứ 2")
    assert "    chu_tri:\n      - kinh-te\n" in served.read(AREA)


def test_a_task_comes_moves_and_goes_without_its_id(served: Served, page: Page) -> None:
    before = served.read(AREA)
    panel = opened(served, page, TASK)
    panel.get_by_text("Thêm nhiệm vụ sau mục này").click()
    panel.locator(".new-item textarea").fill("Việc mới: rà soát quy trình nội bộ.")
    panel.get_by_role("button", name="Thêm", exact=True).click()
    expect(panel.locator(".main textarea")).to_have_value("Việc mới: rà soát quy trình nội bộ.")
    expect(page.locator("tspan.typed", has_text="Việc mới: rà soát")).to_be_visible()
    expect(panel.locator(".list h2").first).to_have_text("Nhiệm vụ thứ 3 / 6")
    assert "  - ma: tthc-06\n    noi_dung: >-\n      Việc mới" in served.read(AREA)
    panel.get_by_role("button", name="Chuyển nhiệm vụ thứ 3 lên").click()
    expect(panel.locator(".list h2").first).to_have_text("Nhiệm vụ thứ 2 / 6")
    assert served.read(AREA).index("tthc-06") < served.read(AREA).index("ma: tthc-02")
    panel.get_by_role("button", name="Xóa nhiệm vụ thứ 2").click()
    expect(panel.locator(".ask-first blockquote")).to_contain_text("Việc mới")
    panel.get_by_role("button", name="Xóa hẳn").click()
    expect(panel).to_contain_text("Đã xóa.")
    assert served.read(AREA) == before
    for _ in range(3):
        page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
        expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
        page.locator("#bao").evaluate("told => told.textContent = ''")
    assert served.read(AREA) == before


@pytest.mark.long
def test_an_item_that_others_have_moved_stays_where_it_is(served: Served, page: Page) -> None:
    panel = opened(served, page, TASK)
    path = served.content / AREA
    first = "nhiem_vu:\n"
    other = served.read(AREA).replace(first, f"{first}  - {{ma: tthc-09, noi_dung: Việc b.}}\n", 1)
    path.write_text(other, encoding="utf-8")
    panel.get_by_role("button", name="Chuyển nhiệm vụ thứ 2 lên").click()
    expect(panel.locator(".ask-first")).to_contain_text("bấm lại vào chữ trên trang")
    assert served.read(AREA) == other


def test_what_refers_to_an_item_is_told_before_it_is_deleted(served: Served, page: Page) -> None:
    panel = opened(served, page, "Phòng Kinh tế, Hạ tầng và Đô thị")
    expect(panel.locator(".note")).to_contain_text("lấy từ cơ quan")
    panel.get_by_role("button", name="Xóa đơn vị").click()
    expect(panel.locator(".ask-first .problem").first).to_contain_text("không có đơn vị “kinh-te”")
    panel.get_by_role("button", name="Không xóa").click()
    expect(panel.locator(".ask-first")).to_be_empty()
    panel.get_by_text("Được dùng ở").click()
    panel.locator(".uses button").first.click()
    expect(panel.locator(".main select")).to_have_value("kinh-te")


def test_a_wrong_value_is_kept_and_told(served: Served, page: Page) -> None:
    panel = opened(served, page, TASK)
    panel.get_by_text("Các ô khác của mục này").click()
    field = panel.locator("form", has=page.get_by_label("Thời hạn"))
    field.get_by_label("Thời hạn").fill("32/12/2025")
    field.get_by_role("button", name="Ghi").click()
    expect(field.locator(".saved")).to_contain_text("nội dung còn lỗi")
    expect(page.locator("#van-de .problem")).to_contain_text("không có ngày 32/12/2025")
    expect(page.locator("tspan.typed", has_text=TASK)).to_be_visible()


@pytest.mark.parametrize(
    ("choice", "kept"), [("Giữ bản của tôi", "Của tôi."), ("Lấy bản trong tệp", "Người khác sửa")]
)
def test_of_two_versions_one_is_chosen(served: Served, page: Page, choice: str, kept: str) -> None:
    panel = opened(served, page, TASK)
    path = served.content / AREA
    other = served.read(AREA).replace(TASK, "Người khác sửa")
    path.write_text(other, encoding="utf-8")
    box = panel.locator(".main textarea")
    box.fill("Của tôi.")
    box.press("Control+Enter")
    expect(panel.locator(".both")).to_contain_text("Người khác sửa")
    expect(panel.locator(".both")).to_contain_text("Của tôi.")
    assert Axe().run(page).response["violations"] == []
    assert served.read(AREA) == other
    panel.get_by_role("button", name=choice).click()
    expect(page.locator("tspan.typed", has_text=kept)).to_be_visible()
    assert kept in served.read(AREA)


def test_words_of_an_outline_say_where_they_are_written(served: Served, page: Page) -> None:
    panel = opened(served, page, "Cơ quan chủ trì:")
    expect(panel.locator(".note")).to_contain_text("templates/")
    expect(panel.locator(".wording")).to_contain_text("Cơ quan chủ trì")


@pytest.mark.long
def test_a_figure_leads_to_its_cell(served: Served, page: Page) -> None:
    panel = opened(served, page, "77,2%", "report-q3")
    expect(panel.locator(".note")).to_contain_text("do máy tính ra")
    expect(panel.locator("label").first).to_have_text("Hồ sơ tiếp nhận mới trực tuyến")
    panel.get_by_role("link", name="Mở ô này ở bảng số liệu").click()
    expect(page.locator("input:target")).to_be_focused()


def test_a_button_of_a_list_that_is_pressed_again_too_soon_does_nothing_more(
    served: Served, page: Page
) -> None:
    """Until the panel shows the new places, the old ones are those of other items."""
    before = served.read(AREA)
    panel = opened(served, page, TASK)
    slowly(page, "**/o?*", 1000)
    panel.get_by_text("Thêm nhiệm vụ sau mục này").click()
    panel.locator(".new-item textarea").fill("Việc mới: rà soát quy trình nội bộ.")
    button = panel.get_by_role("button", name="Thêm", exact=True)
    with page.expect_response("**/muc/them"):
        button.click()
    button.click()
    expect(panel.locator(".list h2").first).to_have_text("Nhiệm vụ thứ 3 / 6")
    assert served.read(AREA).count("Việc mới") == 1
    up = panel.get_by_role("button", name="Chuyển nhiệm vụ thứ 3 lên")
    with page.expect_response("**/muc/chuyen"):
        up.click()
    up.click()
    expect(panel.locator(".list h2").first).to_have_text("Nhiệm vụ thứ 2 / 6")
    assert served.read(AREA).index("tthc-06") < served.read(AREA).index("ma: tthc-02")
    assert served.read(AREA) != before
