"""Words typed for others: slips in fixed phrases, confusions, and what may rightly stand there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts, hits
from vanban.checks.data import row_of
from vanban.checks.language.phrases import phrases
from vanban.checks.language.slips import load_phrases, slips_in
from vanban.checks.rows.wordings import pair
from vanban.checks.writing import plain_writing

RULE = "chinh-ta/nham-tu"


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Đẩy mạnh cải các hành chính.", "cải các hành chính", "cải cách hành chính"),
        ("Trình cấp trên phê duyết.", "phê duyết", "phê duyệt"),
        ("Sở Nội vụ hướng dẩn.", "hướng dẩn", "hướng dẫn"),
        ("theo Quyết đinh của Chủ tịch", "Quyết đinh", "Quyết định"),
        ("đã thực hiên trong năm", "thực hiên", "thực hiện"),
        (
            "các bộ, công chức, viên chức",
            "các bộ, công chức, viên chức",
            "cán bộ, công chức, viên chức",
        ),
        ("tổng hợp báo các các nội dung", "báo các các nội dung", "báo cáo các nội dung"),
        ("THỦ TỤC HÀNH CHINH", "THỦ TỤC HÀNH CHINH", "THỦ TỤC HÀNH CHÍNH"),
        ("Ủy Ban Nhân Dâm xã", "Ủy Ban Nhân Dâm", "Ủy Ban Nhân Dân"),
        ("Cổng thông tin diện tử", "Cổng thông tin diện tử", "Cổng thông tin điện tử"),
        ("tuyên truyền, phố biến", "tuyên truyền, phố biến", "tuyên truyền, phổ biến"),
        ("giữ nghiêm kỹ luật", "kỹ luật", "kỷ luật"),
        ("bổ xung hồ sơ", "bổ xung", "bổ sung"),
        ("sát nhập đơn vị", "sát nhập", "sáp nhập"),
        ("kinh tế - xả hội", "kinh tế - xả hội", "kinh tế - xã hội"),
        ("đôn đóc các đơn vị", "đôn đóc", "đôn đốc"),
        ("giãi ngân vốn đầu tư công", "giãi ngân vốn đầu tư công", "giải ngân vốn đầu tư công"),
        (
            "chấp hành kỷ luật, kỷ cươn hành chính",
            "kỷ luật, kỷ cươn hành chính",
            "kỷ luật, kỷ cương hành chính",
        ),
    ],
)
def test_slips(text: str, wrong: str, right: str) -> None:
    (hit,) = hits(RULE, text)
    assert (hit.at.excerpt, hit.suggestion) == (wrong, f"sửa thành “{right}”")


@pytest.mark.parametrize(
    "text",
    [
        "Các bộ, ngành trung ương; các bộ, cơ quan ngang bộ; các nhân sự được giới thiệu.",
        "Tổ chức thực hiện. Cá nhân, tổ chức; quản lí, quản lý; kĩ năng, kỹ năng; hoà, hòa.",
        "Khả năng xuất khẩu, thành công xuất sắc, ký hiệu xuất ra, lịch sử lý luận.",
        "Số hiệu văn bản, hủ tục, Quảng Trị, phân tách dữ liệu, nhường chỗ.",
        "Chia sẻ, nỗ lực, củng cố, cũng cố gắng, phân chia sẽ được xem xét sử dụng.",
        "Vai trò của hệ thống chính trị; bức tranh dành cho thiếu nhi.",
        "Thực hiện. Nhiệm vụ: Trách nhiệm của Chủ tịch.",
        "hồ sơ\u00a0thủ tục\u00a0hành chính",
        "ke-hoach thong-tin co-quan",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert excerpts(RULE, text) == []


def test_a_phrase_ends_where_its_sentence_ends() -> None:
    assert excerpts(RULE, "cải các hành. Chính quyền") == excerpts(RULE, "cải các hành")


def test_no_phrase_is_a_slip_of_another() -> None:
    for phrase in phrases():
        assert excerpts(RULE, phrase) == []


def test_the_lists_hold_what_they_should() -> None:
    assert len(load_phrases().pairs) > 500
    row = row_of(RULE)
    for confusion in (*row.replaced, *map(pair, row.pairs)):
        wrong, right = str(confusion.wrong).split(), str(confusion.right).split()
        assert len(wrong) == len(right) > 1
        assert excerpts(RULE, " ".join(right)) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for passage in plain_writing(text, Path("x")).passages:
        for slip in slips_in(passage):
            assert 0 <= slip.start < slip.end <= len(passage.text)


@given(st.lists(st.sampled_from(sorted(load_phrases().common)), max_size=12))
def test_a_slip_mended_is_told_no_more(words: list[str]) -> None:
    for passage in plain_writing(" ".join(words), Path("x")).passages:
        for slip in slips_in(passage):
            assert excerpts(RULE, slip.right) == []
