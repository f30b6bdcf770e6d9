"""By keyboard alone: to any word, from field to field, and out again without a trap."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from desks import Served

pytestmark = pytest.mark.slow

FOCUSED = "document.activeElement.textContent"
WORD = r"() => (document.activeElement.closest('tspan')?.textContent ?? '').replace(/\s/g, ' ')"


def pressed_until(page: Page, key: str, script: str, words: str) -> list[str]:
    """Press a key until ``script`` says ``words``; return all that it said."""
    said: list[str] = []
    while not said or words not in said[-1]:
        page.keyboard.press(key)
        said.append(str(page.evaluate(script)).strip())
        assert len(said) < 60, said
    return said


def test_any_word_is_reached_and_opened(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    first = pressed_until(page, "Tab", WORD, "ỦY BAN")[-1]
    seen = [first]
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        seen.append(page.evaluate(WORD))
    assert len(set(seen)) == 4
    expect(page.locator(".ring")).to_be_visible()
    for key in ("ArrowLeft", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate(WORD) == first
    page.keyboard.press("End")
    page.keyboard.press("Home")
    pressed_until(page, "ArrowDown", WORD, "1.")
    pressed_until(page, "ArrowRight", WORD, "Trong năm 2024")
    page.keyboard.press("Enter")
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == 0


def test_tab_saves_and_goes_to_the_next_field_and_back(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    page.locator("tspan.typed", has_text="Trong năm 2024 lần đầu tiên").click()
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    box.fill("Trong năm 2024, thành phố đứng đầu.")
    box.press("Tab")
    expect(box).to_have_value(
        "Để bắt nhịp và tiếp tục duy trì các chỉ số cải cách hành chính đã thực hiện tốt tại "
        "thành phố, UBND phường Trần Liễu xác định nhiệm vụ cụ thể, trọng tâm, đề ra các giải "
        "pháp đối với từng lĩnh vực nhiệm vụ CCHC, nhằm nâng cao chất lượng công tác chỉ đạo, "
        "điều hành và các lĩnh vực cải cách về: thể chế, thủ tục hành chính, tổ chức bộ máy, chế "
        "độ công vụ, tài chính công, xây dựng và phát triển chính quyền điện tử, chính quyền số "
        "đạt hiệu quả cao nhất. Trên cơ sở đó, nâng cao chất lượng phục vụ, góp phần cải thiện "
        "chất lượng cuộc sống cho người dân, nâng cao sự hài lòng và lợi ích của người dân, tổ "
        "chức."
    )
    expect(box).to_be_focused()
    assert "Trong năm 2024, thành phố đứng đầu." in served.read("2025/ke-hoach.yaml")
    box.press("Shift+Tab")
    expect(box).to_have_value("Trong năm 2024, thành phố đứng đầu.")


@pytest.mark.long
def test_escape_leads_out_and_tab_is_then_ordinary(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/van-ban/plan")
    page.locator("tspan.typed", has_text="Trong năm 2024 lần đầu tiên").click()
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    value = box.input_value()
    box.press("Escape")
    assert page.evaluate(WORD).startswith("Trong năm 2024")
    passed = pressed_until(page, "Tab", FOCUSED, "Thêm mục đích")
    assert "Ghi" in passed and any("Xuống" in each for each in passed)
    expect(box).to_have_value(value)


@pytest.mark.long
def test_the_cursor_is_at_the_very_word(served: Served, page: Page) -> None:
    """Of words all over the pages, each clicked in its middle."""
    page.goto(f"{served.address}/van-ban/plan")
    stretches = page.locator("tspan.typed")
    for number in range(0, stretches.count(), 23):
        stretch = stretches.nth(number)
        stretch.evaluate("stretch => stretch.scrollIntoView({block: 'center'})")
        spot = stretch.evaluate(
            """stretch => {
                const texts = document.createTreeWalker(stretch, NodeFilter.SHOW_TEXT);
                const text = texts.nextNode();
                const words = [...text.data.matchAll(/[^\\s\\u00a0]+/g)];
                const word = words[Math.floor(words.length / 2)];
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2, word[0]];
            }"""
        )
        page.mouse.click(spot[0], spot[1])
        page.wait_for_function(
            "number => document.querySelector('#o form') && chosen === number",
            arg=stretch.get_attribute("data-o"),
        )
        box = page.locator("#o .main textarea, #o .main input, #o .main select").first
        expect(box).to_be_focused()
        if box.evaluate("box => box.selectionStart ?? -1") < 0:
            continue
        at, value = box.evaluate("box => [box.selectionStart, box.value]")
        word = spot[2].replace("\u200b", "")
        around = range(max(at - len(word), 0), at + 1)
        assert any(value[start:].lower().startswith(word.lower()) for start in around), (word, at)
