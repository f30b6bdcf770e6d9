"""Words of other levels of government, tasks of others, unknown hotlines."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import excerpts, hits
from support import write_content
from vanban.workspace.load import load_workspace

WARD = "Ủy ban nhân dân phường Hòa Bình báo cáo UBND thành phố.\n"
PLAN = f"{WARD}# MỤC ĐÍCH, YÊU CẦU\n# NHIỆM VỤ\n"
COMMITTEE = "TM. ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("- Tỷ lệ văn bản do sở ban hành.", "Tỷ lệ văn bản do sở ban hành"),
        ("- Theo chỉ đạo của Giám đốc Sở.", "Theo chỉ đạo của Giám đốc Sở"),
        ("- Rà soát thủ tục thuộc ngành quản lý.", "Rà soát thủ tục thuộc ngành quản lý"),
        ("- Cán bộ, công chức toàn ngành.", "công chức toàn ngành"),
        ("- Nội quy của sở, bảng tin tại Sở.", "Nội quy của sở"),
    ],
)
def test_words_of_a_department(text: str, wrong: str) -> None:
    assert wrong in excerpts("sao-chep/so-nganh", WARD + text)


@pytest.mark.parametrize(
    "text",
    [
        "- Theo hướng dẫn của các sở, ngành và của Sở Nội vụ, Giám đốc Sở Tài chính.",
        "- Cơ sở vật chất của trụ sở; thuộc sở hữu nhà nước; do cơ sở quản lý; tại sở chỉ huy.",
        "- Quy định của ngành giáo dục, của ngành y tế; chính quyền của ngành, lĩnh vực.",
        "- Thực hiện theo yêu cầu của thành phố, sở, ngành.",
    ],
)
def test_guiding_bodies_and_other_words_are_left_alone(text: str) -> None:
    assert excerpts("sao-chep/so-nganh", WARD + text) == []


def test_only_communes_are_read_for_words_of_departments() -> None:
    assert excerpts("sao-chep/so-nganh", "Hồ sơ do sở tiếp nhận, Sở Nội vụ báo cáo.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Cổng thông tin điện tử của tỉnh.", ["Cổng thông tin điện tử của tỉnh"]),
        ("- Trên địa bàn tỉnh có mưa.", ["Trên địa bàn tỉnh"]),
        ("- Trình Chủ tịch UBND tỉnh.", ["Trình Chủ tịch UBND tỉnh"]),
        ("- Học tập kinh nghiệm của tỉnh Quảng Ninh, của các tỉnh, thành phố.", []),
        ("- Tài liệu của tỉnh trước đây được bàn giao.", []),
        ("- Cơ quan cấp tỉnh; các tỉnh bạn.", []),
    ],
)
def test_province_in_a_city(text: str, found: list[str]) -> None:
    city = WARD + "Theo Ủy ban nhân dân thành phố, UBND thành phố.\n"
    assert excerpts("sao-chep/tinh", city + text) == found
    assert excerpts("sao-chep/tinh", "UBND xã Hòa Bình, UBND tỉnh.\n" + text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Chỉ tiêu của huyện.", ["Chỉ tiêu của huyện"]),
        ("- Báo cáo Huyện ủy, cơ quan cấp huyện.", ["Báo cáo Huyện ủy", "cơ quan cấp huyện"]),
        ("- Hồ sơ của thị xã Kinh Môn cũ.", []),
        ("- Hồ sơ của UBND huyện trước khi sắp xếp.", []),
        ("- Mạng xã hội; quận công; huyện đội ngày xưa.", []),
    ],
)
def test_districts_no_longer_live(text: str, found: list[str]) -> None:
    assert excerpts("sao-chep/cap-huyen", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND xã An Bình giao các phòng.", ["xã An Bình"]),
        ("Chủ tịch phường Lê Lợi quyết định.", ["phường Lê Lợi"]),
        ("Ủy ban nhân dân phường đã giao; UBND phường Trần Liễu giao; UBND xã, phường.", []),
    ],
)
def test_other_communes(tmp_path: Path, text: str, found: list[str]) -> None:
    assert excerpts("sao-chep/noi-khac", text, load_workspace(write_content(tmp_path))) == found
    assert excerpts("sao-chep/noi-khac", text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Tham mưu ban hành quy chế.", ["Tham mưu ban hành quy chế"]),
        ("- Phòng Kinh tế tham mưu ban hành quy chế.", []),
        ("Văn phòng HĐND và UBND:\n- Tham mưu ban hành quy chế.", []),
        ("## Trung tâm Phục vụ hành chính công\n- Tham mưu ban hành quy chế.", []),
        ("# TỔ CHỨC THỰC HIỆN\n- Tham mưu ban hành quy chế.", []),
    ],
)
def test_a_committee_decides(text: str, found: list[str]) -> None:
    assert excerpts("sao-chep/tham-muu", f"{PLAN}{text}\n{COMMITTEE}") == found
    assert excerpts("sao-chep/tham-muu", PLAN + text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- Cấp phép các dự án đầu tư; cải tạo chợ.", ["Cấp phép các dự án đầu tư"]),
        ("- Tuyển dụng công chức đúng quy định.", ["Tuyển dụng công chức đúng quy định"]),
        ("- Công bố thủ tục hành chính.", ["Công bố thủ tục hành chính"]),
        ("- Đề nghị Sở Nội vụ tuyển dụng công chức.", []),
        ("- Phối hợp với ngành điện nâng cấp lưới điện.", []),
        ("- Giám sát việc lựa chọn nhà đầu tư.", []),
        ("- Công khai thủ tục hành chính do cấp trên công bố; kiểm tra môi trường.", []),
        ("- Bầu Ban Thanh tra nhân dân, tổ chức thanh tra nhân dân.", []),
    ],
)
def test_powers_of_others(text: str, found: list[str]) -> None:
    assert excerpts("sao-chep/ngoai-tham-quyen", PLAN + text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi tổng đài 1022 để phản ánh.", ["tổng đài 1022"]),
        ("Qua đường dây nóng: 0225 3821 055.", ["đường dây nóng: 0225 3821 055"]),
        ("Báo cháy qua số điện thoại 114.", []),
        ("Tổng đài của 12 phường đã kết nối.", []),
        ("Công khai số điện thoại tiếp nhận phản ánh.", []),
    ],
)
def test_hotlines(text: str, found: list[str]) -> None:
    assert excerpts("sao-chep/kenh-phan-anh", text) == found


def test_a_listed_hotline_is_known(tmp_path: Path) -> None:
    words = 'kenh_phan_anh: ["0225.3821.055"]\n'
    content = write_content(tmp_path, {"quy-tac/tu-ngu.yaml": words})
    text = "Đường dây nóng 0225 3821 055, tổng đài 1022."
    assert excerpts("sao-chep/kenh-phan-anh", text, load_workspace(content)) == ["tổng đài 1022"]


def test_one_clause_is_one_matter() -> None:
    found = hits(
        "sao-chep/ngoai-tham-quyen", PLAN + "- Lựa chọn nhà đầu tư, cấp phép dự án đầu tư."
    )
    assert len({hit.matter for hit in found}) == 1
