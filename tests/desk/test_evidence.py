"""Evidence at the desk in a real browser: dropped, confirmed, refused, changed, taken back."""

from __future__ import annotations

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import FilePayload, Locator, Page, expect

from desks import Served
from documents import pdf_of, plain, sample
from evidences import pdf_bytes, picture_bytes
from gestures import drop

pytestmark = pytest.mark.slow

REGISTER = "2025/minh-chung.yaml"


def letter(number: str) -> bytes:
    return pdf_of(sample(header={"number": f"Số: {number}"}, body=plain(number).body, annexes=()))


def choose(page: Page, box: str, name: str, data: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.set_input_files(box, [file])


def opened(page: Page, served: Served, code: str) -> None:
    page.goto(f"{served.address}/minh-chung")
    page.locator(f"[data-open='{code}']").click()
    expect(page.locator("#tc-ten")).to_be_focused()


def pages_with(pdf: bytes, words: str) -> list[int]:
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [each.get_textpage().get_text_range() for each in document]
    return [number for number, text in enumerate(texts, 1) if words in text]


def row(page: Page, code: str) -> Locator:
    return page.locator(f"tr[data-code='{code}']")


def test_a_tree_that_says_the_same_is_not_made_anew(looked_at: Served, page: Page) -> None:
    page.goto(f"{looked_at.address}/minh-chung")
    page.evaluate("document.querySelector('#cay table').seen = true")
    with page.expect_response("**/minh-chung/cay") as answer:
        page.evaluate("document.dispatchEvent(new Event('changed'))")
    answer.value.finished()
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('#cay table').seen === true")


def test_the_card_of_the_dossier_comes_with_the_page(looked_at: Served, page: Page) -> None:
    answer = page.goto(f"{looked_at.address}/minh-chung")
    assert answer is not None and 'data-make="ho-so"' in answer.text()


def test_several_files_are_dropped_confirmed_and_taken_back(served: Served, page: Page) -> None:
    before = served.read(REGISTER)
    page.goto(f"{served.address}/minh-chung")
    files = {
        "Báo cáo quét.pdf": letter("15/BC-UBND"),
        "ghi chú.txt": b"chu",
        "anh.png": picture_bytes("PNG"),
    }
    drop(row(page, "1.5.1"), files)
    forms = page.locator("form.confirm")
    expect(forms).to_have_count(2)
    expect(page.locator("#cho .refused", has_text="Không nhận")).to_contain_text(
        "ghi chú.txt: không nhận ra loại tệp"
    )
    first = forms.first
    expect(first.get_by_label("Số, ký hiệu")).to_have_value("15/BC-UBND")
    expect(first.get_by_label("Cơ quan ban hành")).to_have_value("UBND phường Trần Liễu")
    picture = first.locator("img.sheet")
    expect(picture).to_be_visible()
    assert picture.evaluate("(each) => each.decode().then(() => each.naturalWidth)") > 500
    assert Axe().run(page).response["violations"] == []
    first.get_by_label("Ngày", exact=False).first.fill("31/2/2025")
    first.get_by_role("button", name="Ghi vào sổ").click()
    box = first.locator("[name=ngay]")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(first.locator(".refused")).to_contain_text("Ngày: ")
    assert served.read(REGISTER) == before
    box.fill("01/8/2025")
    first.locator("[name=trich_yeu]").fill("Kết quả đã đối chiếu")
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(page.locator("#bao")).to_contain_text("Đã ghi 2 tài liệu vào sổ.")
    expect(page.locator("[data-entry='1.5.1-02']")).to_be_visible()
    text = served.read(REGISTER)
    assert text.startswith(before)
    assert "trich_yeu: Kết quả đã đối chiếu" in text and "1.5.1-02" in text
    for _ in range(2):
        page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
        expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
        page.locator("#bao").evaluate("(each) => { each.textContent = ''; }")
    expect(page.locator("[data-entry]")).to_have_count(0)
    assert served.read(REGISTER) == before


@pytest.mark.long
def test_an_entry_is_edited_replaced_and_removed_by_keyboard(served: Served, page: Page) -> None:
    before = served.read(REGISTER)
    folder = served.content / "2025/minh-chung"
    opened(page, served, "1.1.1")
    edit = page.get_by_role("button", name="Xem, sửa 1.1.1-01")
    edit.focus()
    edit.press("Enter")
    form = page.locator("form.change")
    expect(form.locator("[name=loai]")).to_be_focused()
    form.get_by_role("button", name="Trang sau").press("Enter")
    expect(form.locator("[data-page]")).to_have_text("2")
    box = form.locator("[name=ghi_chu]")
    box.fill("bản sao")
    box.press("Enter")
    expect(page.locator("#bao")).to_have_text("Đã ghi 1.1.1-01.")
    assert "ghi_chu: bản sao" in served.read(REGISTER)
    assert Axe().run(page).response["violations"] == []

    page.get_by_role("button", name="Xem, sửa 1.1.1-01").press("Enter")
    choose(page, "#thay-1\\.1\\.1-01", "ky.pdf", pdf_bytes(1))
    expect(page.locator("form.change .refused")).to_contain_text("không có trong tệp 1 trang")
    page.locator("form.change [name=trang]").fill("1")
    choose(page, "#thay-1\\.1\\.1-01", "ky.pdf", pdf_bytes(1))
    expect(page.locator("#bao")).to_contain_text("Đã thay tệp của 1.1.1-01")
    old = served.content / ".vanban/thung-rac/2025/1.1.1-01_KH-12-UBND_2025-07-14.pdf"
    assert old.is_file()
    assert (folder / "1.1.1-01_KH-12-UBND_2025-07-14-2.pdf").read_bytes() == pdf_bytes(1)

    page.get_by_role("button", name="Bỏ 1.1.1-01 khỏi sổ").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("được chuyển vào thùng rác")
    dialog.get_by_role("button", name="Thôi").press("Enter")
    expect(page.locator("[data-entry='1.1.1-01']")).to_be_visible()
    page.get_by_role("button", name="Bỏ 1.1.1-01 khỏi sổ").press("Enter")
    dialog.get_by_role("button", name="Bỏ khỏi sổ").press("Enter")
    expect(page.locator("#bao")).to_contain_text("Đã bỏ 1.1.1-01")
    expect(row(page, "1.1.1")).to_contain_text("thiếu")
    page.get_by_text("Thùng rác: 2 tệp").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name=old.name, exact=True).click()
    assert waited.value.path().read_bytes() == old.read_bytes()
    for _ in range(3):
        page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").press("Enter")
        expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
        page.locator("#bao").evaluate("(each) => { each.textContent = ''; }")
    assert served.read(REGISTER) == before
    assert not old.exists()


def test_what_another_has_changed_is_shown_and_kept(served: Served, page: Page) -> None:
    opened(page, served, "1.1.1")
    page.get_by_role("button", name="Xem, sửa 1.1.1-01").click()
    box = page.locator("form.change [name=ghi_chu]")
    box.fill("của tôi")
    register = served.content / REGISTER
    other = served.read(REGISTER).replace("12/KH-UBND", "99/KH-UBND")
    register.write_text(other, encoding="utf-8")
    box.press("Enter")
    told = page.locator("form.change .refused")
    expect(told).to_contain_text("vừa được sửa ở nơi khác")
    expect(told).to_contain_text("99/KH-UBND")
    expect(box).to_have_value("của tôi")
    assert served.read(REGISTER) == other


def test_only_what_lacks_is_shown(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/minh-chung")
    every = page.locator("tr[data-code]:visible").count()
    page.get_by_label("Chỉ hiện tiêu chí còn việc phải làm").check()
    lacking = page.locator("tr[data-code]:visible")
    assert 0 < lacking.count() < every
    for each in lacking.all():
        assert each.locator("td").last.inner_text().strip(), each.inner_text()


@pytest.mark.long
def test_a_signed_copy_that_is_awaited_is_attached(served: Served, page: Page) -> None:
    path = served.content / "2025/ke-hoach.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"minh_chung_cho: [1.5.1]\n{text}", encoding="utf-8")
    opened(page, served, "1.5.1")
    expect(row(page, "1.5.1")).to_contain_text("chờ bản ký")
    copy = letter("35/KH-UBND")
    choose(page, "#cho-1", "ky.pdf", copy)
    expect(page.locator("#cho .refused")).to_contain_text("chưa ghi số, ngày")
    path.write_text(f"minh_chung_cho: [1.5.1]\nso: 35\n{text}", encoding="utf-8")
    page.locator("#cho").get_by_role("button", name="Đóng").click()
    choose(page, "#cho-1", "khac.pdf", letter("36/KH-UBND"))
    expect(page.locator("#cho .refused")).to_contain_text("trang 1 ghi số “36/KH-UBND”")
    page.get_by_role("button", name="Vẫn xem, không đối chiếu trang 1").click()
    form = page.locator("form.confirm")
    expect(form.get_by_label("Không đối chiếu trang 1")).to_be_checked()
    form.get_by_role("button", name="Bỏ tệp này").click()
    choose(page, "#cho-1", "ky.pdf", copy)
    expect(form).to_contain_text("Là Kế hoạch 35/KH-UBND ngày 01/8/2025")
    expect(form.locator("[name=so_ky_hieu]")).to_have_count(0)
    form.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.locator("#bao")).to_contain_text("Đã ghi 1.5.1-01 vào sổ.")
    expect(page.locator("#tc .drop")).to_have_count(1)
    expect(row(page, "1.5.1")).not_to_contain_text("chờ bản ký")
    assert "tep: 1.5.1-01_KH-35-UBND_2025-08-01.pdf" in served.read(REGISTER)


@pytest.mark.long
def test_a_file_that_lies_in_the_folder_is_registered(served: Served, page: Page) -> None:
    folder = served.content / "2025/minh-chung"
    (folder / "quét").mkdir()
    (folder / "quét/Báo cáo.pdf").write_bytes(letter("15/BC-UBND"))
    opened(page, served, "2.2.2")
    page.get_by_text("1 tệp trong thư mục minh chứng chưa có trong sổ").click()
    page.get_by_role("button", name="Ghi quét/Báo cáo.pdf vào sổ").press("Enter")
    form = page.locator("form.confirm")
    picture = form.locator("img.sheet")
    expect(picture).to_be_visible()
    assert picture.evaluate("(each) => each.decode().then(() => each.naturalWidth)") > 500
    form.get_by_role("button", name="Ghi vào sổ").press("Enter")
    expect(page.locator("#bao")).to_contain_text("Đã ghi 2.2.2-01 vào sổ.")
    assert (folder / "2.2.2-01_BC-15-UBND_2025-08-01.pdf").is_file()
    assert not (folder / "quét/Báo cáo.pdf").exists()
    expect(page.get_by_text("chưa có trong sổ")).to_have_count(0)


def test_what_is_typed_is_not_lost_unasked_and_others_are_seen(served: Served, page: Page) -> None:
    opened(page, served, "1.1.1")
    page.get_by_role("button", name="Xem, sửa 1.1.1-01").click()
    box = page.locator("form.change [name=ghi_chu]")
    box.fill("của tôi")
    page.locator("[data-open='1.1.2']").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("chưa ghi")
    page.keyboard.press("Escape")
    expect(box).to_have_value("của tôi")
    register = served.content / REGISTER
    text = served.read(REGISTER)
    register.write_text(text.replace("  - ma: 1.1.2-01", "  - ma: 1.1.2-07"), encoding="utf-8")
    page.evaluate("() => document.dispatchEvent(new Event('changed'))")
    expect(box).to_have_value("của tôi")
    page.locator("[data-open='1.1.2']").click()
    dialog.get_by_role("button", name="Bỏ chỗ đang gõ").click()
    expect(page.locator("[data-entry='1.1.2-07']")).to_be_visible()
    register.write_text(text, encoding="utf-8")
    page.evaluate("() => document.dispatchEvent(new Event('changed'))")
    expect(page.locator("[data-entry='1.1.2-01']")).to_be_visible()


def test_a_dossier_is_stopped_made_and_opened_at_a_page(served: Served, page: Page) -> None:
    opened(page, served, "1.2.1")
    card = page.locator("#ho-so")
    card.get_by_role("button", name="Lập hồ sơ").press("Enter")
    stop = card.get_by_role("button", name="Ngừng")
    expect(stop).to_be_focused()
    stop.press("Enter")
    expect(card.locator(".ended")).to_contain_text("Đã ngừng lập hồ sơ; bản trước giữ nguyên.")
    expect(card).to_contain_text("Chưa lập hồ sơ.")
    card.get_by_role("button", name="Lập hồ sơ").click()
    expect(card.get_by_role("button", name="Dựng danh mục")).to_be_disabled()
    assert Axe().run(page).response["violations"] == []
    expect(card.locator(".ended")).to_contain_text("Đã lập hồ sơ: 32 tài liệu, 50 trang.")
    link = page.locator("[data-entry='1.2.1-01']").get_by_role("link", name="Mở trong hồ sơ")
    address = link.get_attribute("href") or ""
    assert address.startswith("/ho-so/tep/dossier.pdf?cua-nam=2025#page=")
    given = page.request.get(served.address + address.split("#")[0])
    assert given.headers["content-disposition"].startswith("inline")
    assert pages_with(given.body(), "Tài liệu 1.2.1-01 – 1/1") == [int(address.rpartition("=")[2])]
    with page.expect_download() as waited:
        card.get_by_role("link", name="Tải ZIP").click()
    assert waited.value.path().read_bytes().startswith(b"PK")


@pytest.mark.long
def test_the_index_is_built_and_given_out(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/minh-chung")
    card = page.locator("#ho-so")
    card.get_by_role("button", name="Dựng danh mục").click()
    expect(card.locator(".ended")).to_contain_text("Đã dựng danh mục")
    with page.expect_download() as waited:
        card.get_by_role("link", name="evidence-index.pdf").click()
    assert waited.value.path().read_bytes().startswith(b"%PDF-")
    expect(card).to_contain_text("Chưa lập hồ sơ.")


def test_a_file_that_is_gone_stops_the_dossier_in_words(served: Served, page: Page) -> None:
    (served.content / "2025/minh-chung/1.1.2-01_Bang-theo-doi_2025-12-15.pdf").unlink()
    page.goto(f"{served.address}/minh-chung")
    expect(row(page, "1.1.2")).to_contain_text("tệp có lỗi")
    card = page.locator("#ho-so")
    card.get_by_role("button", name="Lập hồ sơ").click()
    told = card.locator(".ended .refused")
    expect(told).to_contain_text("1.1.2-01_Bang-theo-doi_2025-12-15.pdf: không có tệp này")
    expect(told).to_contain_text("(2025/minh-chung.yaml, dòng")
