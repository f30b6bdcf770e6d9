"""Names spelled in two ways in one document: listed ones, and those that it has by itself."""

from __future__ import annotations

import pytest

from reading import excerpts, hits

RULE = "viet-hoa/khong-thong-nhat"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names of its own: the rarer casing is told
        (
            "- Do Ban Quản lý dự án lập.\n- Gửi Ban quản lý Dự án; Ban Quản lý dự án duyệt.",
            ["Ban quản lý Dự án"],
        ),
        ("- Gửi phòng Kinh tế.\n- Do Phòng Kinh tế và Phòng Kinh tế.", ["phòng Kinh tế"]),
        ("- Tổ Công nghệ số họp.\n- Dùng tổ công nghệ số.", ["tổ công nghệ"]),
        ("- Điểm của chỉ số SIPAS.\n- Tăng Chỉ số SIPAS, Chỉ số SIPAS.", ["chỉ số SIPAS"]),
        # at the beginning of a sentence the first letter says nothing
        ("- Chỉ số SIPAS tăng.\n- Tăng chỉ số SIPAS.", []),
        ("1. Phòng Kinh tế: gửi Phòng Kinh tế.", []),
        # common words: of many, in lower case, or no name at all
        ("- Kiện toàn các ban chỉ huy công trường; Ban Chỉ huy công trường họp.", []),
        ("- Lập tổ công tác; Tổ công tác báo cáo; của Tổ công tác.", []),
        ("- Ủy ban ban hành Kế hoạch; ban hành kế hoạch.", []),
        ("- Tổ chức Hội nghị tổng kết, tổ chức hội nghị tổng kết.", []),
        # a name ends where another begins
        ("- Ban Tuyên giáo và Phòng Kinh tế; Ban Tuyên giáo và phòng Y tế.", []),
        # listed names; headings in capitals do not count
        ("PAR INDEX\n- Điểm PAR Index; điểm PAR INDEX, PAR INDEX.", ["PAR Index"]),
        ("CHỈ SỐ CẢI CÁCH HÀNH CHÍNH\n- Tăng Chỉ số cải cách hành chính.", []),
        # what a register or the country spells is told elsewhere
        ("- Sở Nội vụ và sở Nội vụ.", []),
    ],
)
def test_what_is_told(text: str, expected: list[str]) -> None:
    assert excerpts(RULE, text) == expected


def test_every_casing_is_shown_with_its_count() -> None:
    (hit,) = hits(RULE, "- Của Ban Tuyên giáo, Ban Tuyên giáo và Ban tuyên giáo.")
    assert "“Ban Tuyên giáo” (2 chỗ), “Ban tuyên giáo” (1 chỗ)" in hit.message
