"""Missing and extra commas and words, words ill matched; what is right stays untold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts, hits
from vanban.checks.data import row_of
from vanban.checks.finding import Stretch
from vanban.checks.language.phrases import phrases

COMMA, NO_COMMA = "chinh-ta/thieu-dau-phay", "chinh-ta/thua-dau-phay"
MISSING, EXTRA, MATCH = "cau-chu/thieu-tu", "cau-chu/thua-tu", "cau-chu/ket-hop-tu"
RULES = (COMMA, NO_COMMA, MISSING, EXTRA, MATCH)


@pytest.mark.parametrize(
    ("rule", "text", "wrong", "right"),
    [
        (COMMA, "Các cơ quan đơn vị.", "cơ quan đơn vị", "cơ quan, đơn vị"),
        (COMMA, "Đối với cán bộ công chức, viên chức", "cán bộ công chức", "cán bộ, công chức"),
        (COMMA, "CƠ QUAN ĐƠN VỊ", "CƠ QUAN ĐƠN VỊ", "CƠ QUAN, ĐƠN VỊ"),
        (COMMA, "Phản ánh  kiến nghị của dân", "Phản ánh  kiến nghị", "Phản ánh, kiến nghị"),
        (COMMA, "Công tác phòng chống tham nhũng", "phòng chống tham nhũng",
         "phòng, chống tham nhũng"),
        (COMMA, "phát triển của phường từ đó tăng thu", "phường từ đó tăng", "phường, từ đó tăng"),
        (COMMA, "phòng, chống lãng phí có cơ chế bảo vệ", "chống lãng phí có cơ chế",
         "chống lãng phí; có cơ chế"),
        (COMMA, "Nếu có vướng mắc đề nghị báo cáo.", "vướng mắc đề nghị", "vướng mắc, đề nghị"),
        (NO_COMMA, "Tăng cường phòng, ngừa tội phạm", "phòng, ngừa", "phòng ngừa"),
        (NO_COMMA, "Các đơn vị kịp, thời báo cáo", "kịp, thời", "kịp thời"),
        (NO_COMMA, "ưu tiên người thân, quen", "người thân, quen", "người thân quen"),
        (MISSING, "Nâng cao chất dịch vụ công", "nâng cao chất dịch vụ",
         "nâng cao chất lượng dịch vụ"),
        (MISSING, "tiếp nhận hồ sơ, kết quả giải quyết", "tiếp nhận hồ sơ, kết quả",
         "tiếp nhận hồ sơ, trả kết quả"),
        (MISSING, "vai trò lãnh đạo Ban Chỉ đạo", "vai trò lãnh đạo Ban",
         "vai trò lãnh đạo của Ban"),
        (MISSING, "Ủy ban nhân phường Trần Liễu", "Ủy ban nhân phường", "Ủy ban nhân dân phường"),
        (MISSING, "Trong quá trình thực hiện, có khó khăn, đề nghị báo cáo.",
         "Trong quá trình thực hiện, có khó khăn", "Trong quá trình thực hiện, nếu có khó khăn"),
        (MISSING, "đẩy mạnh cải cách tục hành chính", "cải cách tục hành chính",
         "cải cách thủ tục hành chính"),
        (MISSING, "Hệ thống quản lý chất theo tiêu chuẩn", "Hệ thống quản lý chất theo tiêu chuẩn",
         "Hệ thống quản lý chất lượng theo tiêu chuẩn"),
        (MISSING, "Xây dựng kế hoạch 100% công chức dự", "Xây dựng kế hoạch 100%",
         "Xây dựng kế hoạch; bảo đảm 100%"),
        (MISSING, "chi từ kinh phí hoạt động, đơn vị sự nghiệp", "kinh phí hoạt động, đơn vị",
         "kinh phí hoạt động, kinh phí của đơn vị"),
        (EXTRA, "trả kết quả của tại Trung tâm", "của tại", "tại"),
        (EXTRA, "đăng lên trên Trang thông tin", "lên trên Trang", "lên Trang"),
        (EXTRA, "không vượt quá số lượng với tổng số được giao",
         "vượt quá số lượng với tổng số", "vượt quá tổng số"),
        (EXTRA, "để duy trì và các chỉ số", "để duy trì và các", "để duy trì các"),
        (MATCH, "tạo thuận tiện cho tổ chức", "tạo thuận tiện cho", "tạo thuận lợi cho"),
        (MATCH, "Tỷ lệ giữa hồ sơ đã trả so với tổng số", "Tỷ lệ giữa hồ sơ đã trả so với",
         "Tỷ lệ hồ sơ đã trả so với"),
        (MATCH, "đạt 95% tỷ lệ hồ sơ", "95% tỷ lệ", "95%"),
    ],
)  # fmt: skip
def test_wrong_wordings(rule: str, text: str, wrong: str, right: str) -> None:
    (hit,) = hits(rule, text)
    assert (hit.at.excerpt.lower(), hit.suggestion.lower()) == (
        wrong.lower(),
        f"sửa thành “{right}”".lower(),
    )
    assert hit.suggestion[11:12].isupper() is hit.at.excerpt[:1].isupper()


@pytest.mark.parametrize(
    "text",
    [
        "Cán bộ, công chức, viên chức; cơ quan, đơn vị; tổ chức, cá nhân; phản ánh, kiến nghị.",
        "Giao cơ quan tổ chức thực hiện; đoàn kiểm tra giám sát; phần mềm chỉ đạo điều hành.",
        "Vẫn còn tồn tại hạn chế; kể từ đó tăng dần; thông qua đó nâng cao nhận thức.",
        "Phòng, chống tham nhũng có hiệu quả; có chính sách phù hợp.",
        "Giải quyết thủ tục hành chính, kiến nghị cấp trên; số hóa hồ sơ, kết quả.",
        "Quản lý chất thải rắn; quản lý chất lượng; hệ thống quản lý chất lượng theo tiêu chuẩn.",
        "Dịch vụ trực tuyến; phân công chỉ đạo, điều hành; số người làm việc; dân chủ ở cơ sở.",
        "Sự tồn tại của cơ chế, hiện tại của phường; nâng cấp lên trên mức chuẩn.",
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị báo cáo.",
        "Hình thức công khai thuận tiện để người dân theo dõi; tỷ lệ đạt 95%, tỷ lệ khác.",
        "Hồ sơ tài liệu kiểm chứng; tác phong, cách làm; cấp, đổi giấy tờ; thu, chi ngân sách.",
        "Tỷ lệ giữa số đã trả và tổng số; trên dịch vụ công trực tuyến; tỷ lệ so với năm trước.",
    ],
)
def test_right_wordings_are_left_alone(text: str) -> None:
    assert {rule: excerpts(rule, text) for rule in RULES} == {rule: [] for rule in RULES}


def test_phrases_and_right_wordings_are_not_told_themselves() -> None:
    rights = [
        str(wording.right)
        for rule in RULES
        for wording in row_of(rule).replaced
        if "\\" not in str(wording.right)
    ]
    for text in (*phrases(), *rights):
        assert [excerpts(rule, text) for rule in RULES] == [[]] * len(RULES), text


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for rule in RULES:
        hits(rule, text)


@given(st.lists(st.sampled_from(["100%", "tỷ lệ", "của", "tại", "cơ quan", "đơn vị", ","])))
def test_places_never_overlap(words: list[str]) -> None:
    for rule in RULES:
        end = 0
        for hit in hits(rule, " ".join(words)):
            assert isinstance(hit.at, Stretch)
            assert hit.at.start >= end
            end = hit.at.end
