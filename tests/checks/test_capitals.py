"""Capitals by Annex II: where sentences begin, nowhere inside them, and words with their own."""

from __future__ import annotations

import pytest

from reading import excerpts, hits


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        # after a semicolon stand names, titles and what has a number
        ("viet-hoa/sau-cham-phay", "- UBND xã; Công an xã; Trạm Y tế; Dự án 2; Phụ lục II.", []),
        ("viet-hoa/sau-cham-phay", "- Rà soát; Các đơn vị báo cáo.", ["soát; Các đơn vị báo"]),
        # after a colon, only where what follows in the same list is in lower case
        (
            "viet-hoa/sau-hai-cham",
            "- Nhất là: Hồ sơ đất đai, hồ sơ hộ tịch.",
            ["Nhất là: Hồ sơ đất đai"],
        ),
        ("viet-hoa/sau-hai-cham", "- Gồm: Hồ sơ đất đai, Hồ sơ hộ tịch.", []),
        ("viet-hoa/sau-hai-cham", "- Gồm: Chủ tịch, các thành viên; gồm: Phòng Y tế, trạm.", []),
        ("viet-hoa/sau-hai-cham", "- Phòng Kinh tế: Chủ trì, phối hợp; cụ thể: Đã có, chưa.", []),
        # a paragraph begins with a capital, whatever its mark
        ("viet-hoa/dau-cau", "- đôn đốc các đơn vị.", ["đôn đốc các"]),
        ("viet-hoa/dau-cau", "a) Đôn đốc.\nb) đôn đốc.", ["đôn đốc"]),
        ("viet-hoa/dau-cau", "1. Đôn đốc.\n1.1. đôn đốc.", ["đôn đốc"]),
        ("viet-hoa/dau-cau", "- “một cửa” là tên.\n- e-mail: a@b.vn\n- tranlieu.gov.vn", []),
        ("viet-hoa/dau-cau", "Thời gian và\nđịa điểm.", []),
        ("viet-hoa/dau-cau", "- Để, Đẩy, Ủy.\nỦy ban; Đề nghị. Đã xong.", []),
        # common words within a sentence
        ("viet-hoa/giua-cau", "- Yêu cầu các Đơn vị và Người dân.", ["các Đơn vị", "và Người dân"]),
        (
            "viet-hoa/giua-cau",
            "- Yêu cầu Cơ quan thuế, Tăng cường rà soát.",
            ["cầu Cơ quan", "thuế, Tăng cường"],
        ),
        (
            "viet-hoa/giua-cau",
            "- Ban Chỉ đạo phường; Luật Tổ chức Chính phủ; về việc Tăng cường.",
            [],
        ),
        (
            "viet-hoa/giua-cau",
            "- Phong trào “Cán bộ, công chức thi đua”; kế hoạch Nâng cao chỉ số.",
            [],
        ),
        ("viet-hoa/giua-cau", "- TĂNG CƯỜNG KIỂM TRA; Tăng cường. Kiểm tra hồ sơ.", []),
        # the words of citations
        ("viet-hoa/khoan-diem", "- Theo Khoản 2 điều 5 của Luật A.", ["Khoản 2", "Khoản 2 điều 5"]),
        (
            "viet-hoa/khoan-diem",
            "- Tại chương III Luật A; mục II Kế hoạch này; Mục 2 Luật A.",
            ["chương III Luật"],
        ),
        # Nhân dân, Nhà nước
        ("viet-hoa/nhan-dan", "- Vận động nhân dân tham gia.", ["Vận động nhân dân"]),
        ("viet-hoa/nhan-dan", "- Tòa án nhân dân, Viện kiểm sát nhân dân, Công an nhân dân.", []),
        ("viet-hoa/nhan-dan", "- Quản lý nhà nước; ngân sách nhà nước; đồng nhân dân tệ.", []),
        ("viet-hoa/nhan-dan", "- Pháp luật của nhà nước.", ["của nhà nước"]),
        # units with numbers
        ("viet-hoa/don-vi-mang-so", "- Tại quận 7 thành phố Hồ Chí Minh.", ["quận 7"]),
        ("viet-hoa/don-vi-mang-so", "- Cả phường 12 hồ sơ; Phường 5; mỗi phường 3.", []),
    ],
)
def test_what_is_told(rule: str, text: str, expected: list[str]) -> None:
    assert excerpts(rule, text) == expected


def test_one_special_word_is_one_matter() -> None:
    matters = {hit.matter for hit in hits("viet-hoa/nhan-dan", "- Cho nhân dân; với nhân dân.")}
    assert len(matters) == 1
