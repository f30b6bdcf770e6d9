"""Two windows of one desk: each sees the other's changes; what is typed and not written stays."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from desks import Served

pytestmark = pytest.mark.slow
SENTENCE = "lần đầu tiên thành phố"
PLAN = "2025/ke-hoach.yaml"


@pytest.fixture
def windows(browser: Browser) -> Iterator[BrowserContext]:
    """Windows of one browser, which share what it keeps."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        context.set_default_timeout(60_000)
        yield context


def opened(context: BrowserContext, served: Served, words: str = SENTENCE) -> tuple[Page, Locator]:
    """Return a window with the field of a sentence open, and its box."""
    page = context.new_page()
    page.goto(f"{served.address}/van-ban/plan")
    page.locator("tspan[data-o]", has_text=words).first.click()
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    return page, box


def written(box: Locator, text: str) -> None:
    box.fill(text)
    box.press("Control+Enter")
    expect(box.page.locator(".main .saved")).to_contain_text("Đã ghi")


def test_a_change_is_seen_in_the_other_window(served: Served, windows: BrowserContext) -> None:
    _first, box = opened(windows, served)
    second, other = opened(windows, served)
    text = box.input_value().replace(SENTENCE, "lần thứ nhất thành phố")
    written(box, text)
    second.bring_to_front()
    expect(second.locator("tspan", has_text="lần thứ nhất thành phố")).to_be_visible()
    expect(other).to_have_value(text)
    expect(second.locator(".main .draft")).to_contain_text("vừa được sửa ở nơi khác")


@pytest.mark.parametrize(
    "choice", ["Giữ bản của tôi", pytest.param("Lấy bản trong tệp", marks=pytest.mark.long)]
)
def test_what_is_being_typed_is_not_lost_and_both_versions_are_shown(
    served: Served, windows: BrowserContext, choice: str
) -> None:
    _first, box = opened(windows, served)
    second, other = opened(windows, served)
    mine, theirs = (box.input_value().replace(SENTENCE, words) for words in ("A mãi", "B mãi"))
    other.fill(mine)
    written(box, theirs)
    second.bring_to_front()
    both = second.locator(".both")
    expect(both).to_contain_text("B mãi")
    expect(both).to_contain_text("A mãi")
    expect(other).to_have_value(mine)
    assert "B mãi" in served.read(PLAN)
    both.get_by_role("button", name=choice).click()
    kept = "A mãi" if choice.startswith("Giữ") else "B mãi"
    expect(second.locator("tspan", has_text=kept).first).to_be_visible()
    expect(both).to_have_count(0)
    assert kept in served.read(PLAN)


@pytest.mark.long
def test_two_values_of_one_file_are_changed_at_once(
    served: Served, windows: BrowserContext
) -> None:
    _first, box = opened(windows, served)
    second, other = opened(windows, served, "Căn cứ")
    assert box.input_value() != other.input_value()
    second.route("**/nhip", lambda route: route.abort())  # it has not heard of the change yet
    written(box, box.input_value().replace(SENTENCE, "lần thứ nhất thành phố"))
    second.bring_to_front()
    written(other, f"{other.input_value()} Sửa.")
    assert "lần thứ nhất" in served.read(PLAN)


def test_what_was_typed_is_there_after_the_window_was_closed(
    served: Served, windows: BrowserContext
) -> None:
    first, box = opened(windows, served)
    before, text = box.input_value(), box.input_value().replace(SENTENCE, "lần thứ ba")
    box.fill(text)
    first.close()
    second, box = opened(windows, served)
    expect(box).to_have_value(text)
    expect(second.locator(".draft")).to_contain_text("chưa ghi, được giữ lại")
    second.get_by_role("button", name="Bỏ, lấy bản đã ghi").click()
    expect(box).to_have_value(before)
    box.fill(text)
    written(box, text)
    second.close()
    _, box = opened(windows, served, "lần thứ ba")
    expect(box).to_have_value(text)
    expect(box.page.locator(".draft")).to_have_count(0)


@pytest.mark.long
def test_a_desk_that_is_gone_is_told(served: Served, windows: BrowserContext) -> None:
    window, _box = opened(windows, served)
    window.route("**/nhip", lambda route: route.abort())
    expect(window.locator(".banner")).to_contain_text("Không liên lạc được với bàn làm việc")
    window.unroute("**/nhip")
    expect(window.locator(".banner")).to_be_hidden()
    window.route("**/nhip", lambda route: route.fulfill(status=401))
    expect(window.locator(".banner")).to_contain_text("chữ đang gõ vẫn được giữ")


@pytest.mark.long
def test_figures_come_from_the_other_window_and_typed_ones_stay(
    served: Served, windows: BrowserContext
) -> None:
    first, second = windows.new_page(), windows.new_page()
    for window in (first, second):
        window.goto(f"{served.address}/so-lieu/q3")
    boxes = [window.locator("input[data-indicator]") for window in (first, second)]
    boxes[1].nth(1).press_sequentially("77")
    typed = boxes[1].nth(1).input_value()
    first.bring_to_front()
    boxes[0].first.fill("1.204")
    boxes[0].first.press("Enter")
    expect(first.locator("#bao")).to_contain_text("Đã ghi")
    second.bring_to_front()
    expect(boxes[1].first).to_have_value("1204")
    expect(boxes[1].nth(1)).to_have_value(typed)
    second.close(run_before_unload=False)
    first.reload()
    expect(first.locator(".draft")).to_contain_text(typed)
    first.get_by_role("button", name="Bỏ, lấy số đã ghi").click()
    expect(first.locator(".draft")).to_have_count(0)
    first.reload()
    expect(first.locator(".draft")).to_have_count(0)


@pytest.mark.long
def test_a_sheet_stays_with_its_year_when_another_window_turns_the_desk(
    served: Served, windows: BrowserContext
) -> None:
    shutil.copytree(served.content / "2025", served.content / "2026")
    first, second = windows.new_page(), windows.new_page()
    first.goto(f"{served.address}/so-lieu/q3")
    second.goto(f"{served.address}/them-moi/sang-nam?nam=2026")
    second.get_by_role("button", name="Xem trước").click()
    second.get_by_role("button", name="Sang năm 2026").click()
    expect(second.get_by_role("heading", name="Đã xong")).to_be_visible()
    first.bring_to_front()
    expect(first.locator(".banner")).to_contain_text("đã sang năm 2026. Trang này vẫn là của năm")
    before = served.read("2026/bao-cao/q3.yaml")
    box = first.locator("input[data-indicator]").first
    box.fill("1.204")
    box.press("Enter")
    expect(first.locator("#bao")).to_contain_text("Đã ghi")
    assert served.read("2026/bao-cao/q3.yaml") == before
    assert served.read("2025/bao-cao/q3.yaml") != before
    first.get_by_role("link", name="Mở năm 2026").click()
    expect(first.get_by_role("heading", name="Công việc năm 2026")).to_be_visible()


def test_ones_own_change_is_nobody_elses(served: Served, windows: BrowserContext) -> None:
    """Also where the file keeps it otherwise than it was typed: blanks, letters in pieces (NFD)."""
    window, box = opened(windows, served)
    text = box.input_value().replace(SENTENCE, "lần  thứ ba")
    with window.expect_response(lambda answer: "/o?" in answer.url) as asked:
        written(box, unicodedata.normalize("NFD", f"{text} "))
        box.press_sequentially("mãi")
    asked.value.finished()
    window.wait_for_timeout(300)
    expect(window.locator(".both, .main .draft")).to_have_count(0)
    assert "lần thứ ba" in " ".join(served.read(PLAN).split())
    written(box, box.input_value())
    assert "lần thứ ba" in " ".join(served.read(PLAN).split())
