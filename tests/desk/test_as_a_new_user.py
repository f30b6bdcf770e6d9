"""One sitting of an official who knows no terminal: each page is reached from the one before."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from desks import Served
from documents import pdf_of, plain, sample
from evidences import picture_bytes
from gestures import drop, paste

pytestmark = pytest.mark.long

PLAN = "2025/ke-hoach.yaml"
WRONG, RIGHT = "lần đầu tiên thàn phố", "lần đầu tiên thành phố"
TASK = "Rà soát quy trình nội bộ của từng thủ tục."


def mistype(served: Served, right: str, wrong: str) -> None:
    path = served.content / PLAN
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")


def letter(number: str) -> bytes:
    return pdf_of(sample(header={"number": f"Số: {number}"}, body=plain(number).body, annexes=()))


def home(page: Page) -> None:
    page.get_by_role("link", name="Năm 2025", exact=True).click()
    expect(page.get_by_role("heading", name="Công việc năm 2025")).to_be_visible()


def test_a_sitting(served: Served, page: Page) -> None:
    refused: list[str] = []
    page.on(
        "response",
        lambda answer: (
            refused.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    mistype(served, RIGHT, WRONG)
    page.goto(served.address)

    # a misspelling is mended where it stands
    page.get_by_role("link", name="Kế hoạch", exact=True).click()
    told = page.locator("#soat .remarks > li", has_text="thàn phố")
    told.locator("button.goto").first.click()
    box = page.locator("#o .main textarea")
    expect(box).to_be_focused()
    box.fill(box.input_value().replace(WRONG, RIGHT))
    box.press("Control+Enter")
    expect(page.locator("#o .main .saved")).to_have_text("Đã ghi.")
    expect(told).to_have_count(0)
    assert RIGHT in served.read(PLAN)

    # one finding is accepted, with a reason
    one = page.locator("#soat .remarks > li", has_text="tạo thuận tiện cho").first
    one.get_by_role("button", name="Chấp nhận…").click()
    page.get_by_role("button", name="Chấp nhận", exact=True).click()
    reason = page.get_by_label("Lý do chấp nhận")
    expect(reason).to_be_focused()
    assert reason.evaluate("box => box.validationMessage") == "Chưa điền ô này."
    reason.fill("Lời của Bộ Nội vụ, giữ nguyên")
    page.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(page.locator("#bao")).to_have_text("Đã chấp nhận.")

    # what is certain is mended by the desk
    mistype(served, RIGHT, RIGHT.replace("lần đầu", "lần  đầu"))
    page.reload()
    page.get_by_role("button", name="Sửa giúp…").first.click()
    expect(page.get_by_role("dialog").locator(".changes li")).to_have_count(1)
    page.get_by_role("button", name="Sửa", exact=True).click()
    expect(page.locator("#bao")).to_have_text("Đã sửa 1 dòng.")
    assert RIGHT in served.read(PLAN)

    # a task comes, moves and goes
    before = served.read("2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml")
    page.locator("tspan[data-o]", has_text="Công bố, công khai TTHC đầy đủ").first.click()
    panel = page.locator("#o")
    panel.get_by_text("Thêm nhiệm vụ sau mục này").click()
    panel.locator(".new-item textarea").fill(TASK)
    panel.get_by_role("button", name="Thêm", exact=True).click()
    expect(panel.locator(".main textarea")).to_have_value(TASK)
    panel.get_by_role("button", name="Chuyển nhiệm vụ thứ 3 lên").click()
    expect(panel.locator(".list h2").first).to_have_text("Nhiệm vụ thứ 2 / 6")
    panel.get_by_role("button", name="Xóa nhiệm vụ thứ 2").click()
    expect(panel.locator(".ask-first blockquote")).to_contain_text(TASK)
    panel.get_by_role("button", name="Xóa hẳn").click()
    expect(panel).to_contain_text("Đã xóa.")
    assert served.read("2025/linh-vuc/03-thu-tuc-hanh-chinh.yaml") == before

    # the figures of a quarter come from Excel
    home(page)
    page.get_by_role("link", name="Số liệu của Báo cáo cải cách hành chính quý III").click()
    paste(page.locator("#o-tin-bai"), "1.300\tTheo sổ theo dõi\n4\n")
    expect(page.locator("#bao")).to_have_text("Đã ghi.")
    expect(page.locator("#r-tin-bai")).to_have_text("1.300 tin, bài")
    figures = served.read("2025/bao-cao/q3.yaml")
    assert "tin-bai: {gia_tri: 1300, ghi_chu: Theo sổ theo dõi}" in figures

    # three files of evidence
    page.get_by_role("link", name="Minh chứng", exact=True).click()
    files = {
        "Báo cáo.pdf": letter("15/BC-UBND"),
        "Báo cáo lần 2.pdf": letter("16/BC-UBND"),
        "ảnh.png": picture_bytes("PNG"),
    }
    drop(page.locator("tr[data-code='1.5.1']"), files)
    expect(page.locator("form.confirm")).to_have_count(3)
    page.get_by_role("button", name="Ghi tất cả").click()
    expect(page.locator("#bao")).to_contain_text("Đã ghi 3 tài liệu vào sổ.")
    expect(page.locator("tr[data-code='1.5.1']")).to_contain_text("đủ")

    # the dossier, and the last change taken back
    card = page.locator("#ho-so")
    card.get_by_role("button", name="Lập hồ sơ").click()
    expect(card.locator(".ended")).to_contain_text("Đã lập hồ sơ: 35 tài liệu")
    with page.expect_download() as waited:
        card.get_by_role("link", name="Tải ZIP").click()
    assert waited.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("button", name="Lấy lại thay đổi vừa ghi").click()
    expect(page.locator("#bao")).to_contain_text("Đã lấy lại")
    assert "1.5.1-02" in served.read("2025/minh-chung.yaml")
    assert "1.5.1-03" not in served.read("2025/minh-chung.yaml")

    # the report is built and taken along
    home(page)
    report = page.locator("[data-document=report-q3]")
    report.get_by_role("button", name="Dựng").click()
    for name, begin in (("report-q3.docx", b"PK"), ("report-q3.pdf", b"%PDF-")):
        with page.expect_download() as waited:
            report.get_by_role("link", name=name).click()
        assert waited.value.suggested_filename == name
        assert waited.value.path().read_bytes().startswith(begin)

    # a new letter
    page.get_by_role("link", name="Thêm mới", exact=True).click()
    page.get_by_role("link", name="Văn bản mới").click()
    page.get_by_label("Loại văn bản").select_option("cong-van")
    page.get_by_label("Mã").fill("cv-thu")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Tạo").click()
    expect(page.get_by_role("heading", name="Đã xong")).to_be_visible()
    page.locator("#ket-qua a").first.click()
    expect(page.locator(".page svg").first).to_be_visible()
    expect(page.locator("#ket-luan")).to_contain_text("Chưa ký được")
    assert refused == []
