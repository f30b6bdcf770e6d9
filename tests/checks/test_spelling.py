"""Impossible syllables: found, and names, abbreviations, foreign words left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import excerpts, hits
from support import write_content
from vanban.checks.data import row_of, word_list
from vanban.checks.language import dictionary
from vanban.checks.rows.wordings import pair
from vanban.checks.rules import NotEvaluated
from vanban.io import installed
from vanban.io.memory import Memory, remembering
from vanban.workspace.load import load_workspace

RULE = "chinh-ta/am-tiet"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Các đơn vị trển lãm hiện vật.", ["trển"]),
        ("- Kềt quả giải quyết hồ sơ ảnh huởng đến người dân.", ["Kềt", "huởng"]),
        ("Nộp trong khỏang một tuần, chậm nhứt là tháng sau.", ["khỏang"]),
        ("Các đơn vị nghiêm chỉnh, tronng năm nay.", ["tronng"]),
        ("VIỆC TUYÊN DƯƠNGG CÁ NHÂN", ["DƯƠNGG"]),
        ("Tiếp nhận tạibộ phận một cửa.", ["tạibộ"]),
        ("- Trien khai đến từng hộ dân.", ["Trien"]),
        ("Chia theo ngànhh, lĩnh vực.", ["ngànhh"]),
    ],
)
def test_impossible_syllables_are_found(text: str, found: list[str]) -> None:
    assert excerpts(RULE, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân (hòa giải, hoà giải, thủy lợi, thuỷ lợi, quý, khỏe) tỷ lệ, tỉ lệ, quĩ.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, UỶ BAN NHÂN DÂN",
        "Kế hoạch CCHC, TTHC, QPPL, PAR INDEX, SIPAS, ĐVSN của UBND, HĐND, MTTQ, NĐ-CP, QĐ-TTg.",
        "Gửi thư đến vanthu@tranlieu.gov.vn hoặc xem https://dichvucong.gov.vn/trangchu hằng ngày.",
        "Quyết định số 12/QĐ-UBND, tệp ke-hoach_2025.docx, mục a), b), đ), ii) và 3km, 5kg.",
        "Tuyên truyền qua Zalo, Facebook, YouTube, e-mail, website, camera, video, wifi.",
        "Các xã thuộc tỉnh Đắk Lắk, Bắc Kạn, Thừa Thiên Huế, bà Nguyễn Thị Phan.",
        "Chủ nghĩa Mác-Lênin, vắc-xin, a-xít, tỉnh Côlômbia, lôgic hình thức.",
        "Hình phạt ấy, tiếng Anh gọi là capital punishment, không còn được áp dụng.",
        "This line is in English and says nothing that concerns a reader of Vietnamese.",
        "Lực lượng nòng cốt, treo băng rôn; mẩu giấy, điềm tĩnh, ngoạn mục.",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert excerpts(RULE, text) == []


def test_words_of_the_registers_are_known(tmp_path: Path) -> None:
    text = "Tổ Thoòng Nhất phụ trách chẻng tre."
    assert excerpts(RULE, text) == ["Thoòng", "chẻng"]
    words = "ten_rieng: [Tổ Thoòng Nhất]\ntu_dung: [chẻng]\n"
    content = write_content(tmp_path, {"quy-tac/tu-ngu.yaml": words})
    assert excerpts(RULE, text, load_workspace(content)) == []


def test_one_matter_wherever_it_stands() -> None:
    found = hits(RULE, "Trển lãm và việc trển lãm.")
    assert [hit.matter for hit in found] == ["trển", "trển"]


def test_what_a_phrase_explains_is_told_once() -> None:
    assert excerpts(RULE, "Hướng dẩn thủ tục.") == []
    assert excerpts("chinh-ta/nham-tu", "Hướng dẩn thủ tục.") == ["Hướng dẩn"]


def test_without_a_dictionary_nothing_is_said_to_be_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "PLACES", (tmp_path / "absent.dic",))
    with pytest.raises(NotEvaluated, match="hunspell-vi"):
        hits(RULE, "Bất kỳ câu nào.")


def test_words_are_looked_up_once_and_what_is_no_answer_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "memory"
    with remembering(Memory(path, "")):
        asked = dictionary.Dictionary(installed.dictionary_file() or Path())
        assert asked.knows("hành") and not asked.knows("trển") and asked.knows_with_marks("trien")
    with remembering(Memory(path, "")):
        asked = dictionary.Dictionary(tmp_path / "absent.dic")  # would fail if it were read
        assert asked.knows("hành") and not asked.knows("trển") and asked.knows_with_marks("trien")
    with remembering(Memory(path, "")), pytest.raises(FileNotFoundError):
        dictionary.Dictionary(tmp_path / "absent.dic").knows("chính")
    memory = Memory(path, "")
    memory.put("word:chính", "no")
    with remembering(memory):
        assert dictionary.Dictionary(installed.dictionary_file() or Path()).knows("chính")


def test_a_plain_list_of_words_answers_as_the_library_does(tmp_path: Path) -> None:
    path = installed.dictionary_file()
    assert path is not None
    for suffix, more in ((".dic", ""), (".aff", "PFX A Y 1\nPFX A 0 re .\n")):
        text = path.with_suffix(suffix).read_text(encoding="utf-8")
        (tmp_path / f"vi_VN{suffix}").write_text(text + more, encoding="utf-8")
    quick, whole = dictionary.Dictionary(path), dictionary.Dictionary(tmp_path / "vi_VN.dic")
    words = path.read_text(encoding="utf-8").lower().split()[1::7]
    asked = {form for word in words for form in (word, word[::-1], f"{word}h")}
    for word in (*asked, "12", "1a", "ubnd"):
        assert quick.knows(word) is whole.knows(word), word
        assert quick.knows_with_marks(word) is whole.knows_with_marks(word), word
    assert "_hunspell" in vars(whole) and "_hunspell" not in vars(quick)


def test_the_word_lists_are_spelled_right() -> None:
    known = dictionary.load()
    row = row_of("chinh-ta/nham-tu")
    right = (str(each.right) for each in (*row.replaced, *map(pair, row.pairs)))
    texts = (*word_list("phrases"), *word_list("everyday"), *right)
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    assert sorted(word for word in words if not known.knows(word)) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    hits(RULE, text)


@given(st.text(alphabet="aàăâbcdđeêghiknoôơtuưy \u0301\u0300.-_/@AĐ", max_size=60))
def test_any_letters_can_be_read(text: str) -> None:
    for excerpt in excerpts(RULE, text):
        assert excerpt in text
