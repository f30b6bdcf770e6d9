"""Rules of the head, measured in the text and on the page; nudges; characters without a glyph."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pdfplumber
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents import frame, layout, pdf_of, sample, table, times, with_runs
from vanban.document import Document, Run, Runs, Signature, StyleId
from vanban.errors import ContentError
from vanban.layout.fonts import TimesFamily
from vanban.layout.frame import ParagraphStyle
from vanban.layout.lines import DOUBT, FINE_NUDGES, NUDGES
from vanban.layout.measures import check_glyphs, text_width

HEADS: dict[str, dict[str, Any]] = {
    "short": {},
    "one line": {"agency": ("PHÒNG NỘI VỤ",)},
    "three lines": {"agency": ("ỦY BAN NHÂN DÂN", "PHƯỜNG TRẦN LIỄU", "BAN CHỈ ĐẠO")},
    "superior": {
        "superior": ("ỦY BAN NHÂN DÂN THÀNH PHỐ",),
        "agency": ("SỞ NỘI VỤ",),
    },
    "agency wraps": {"agency": ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN LIỄU",)},
    "abstract wraps": {
        "abstract": "Nâng cao Chỉ số cải cách hành chính của phường (PAR INDEX), Chỉ số đo lường "
        "sự hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước (SIPAS)"
    },
    "long abstract": {"abstract": "Kết quả công tác cải cách hành chính " * 12 + "năm 2025"},
}


@pytest.fixture(params=HEADS)
def document(request: pytest.FixtureRequest) -> Document:
    return sample(header=HEADS[request.param], annexes=())


def longest(texts: tuple[str, ...], style_id: StyleId, width: float) -> float:
    style = frame().styles[style_id]
    lines = [
        line
        for text in texts
        for line in wrap(text, style, width - style.left - style.right, times())
    ]
    return max(text_width(line, style, times()) for line in lines)


def wrap(text: str, style: ParagraphStyle, width: float, times: TimesFamily) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``width``."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, style, times) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


# --- rules -------------------------------------------------------------------------------------


def test_rules_have_the_lengths_of_the_decree(document: Document) -> None:
    """Decree 30/2020/NĐ-CP, Annex I, II.1, II.2 and II.5."""
    rules = layout(document).rules
    head = document.header
    left, right = frame().header_widths
    assert rules.motto.length == pytest.approx(longest((head.motto,), StyleId.MOTTO, right))
    for rule, text in (
        (rules.agency, longest(head.agency, StyleId.AGENCY, left)),
        (rules.abstract, longest((head.abstract,), StyleId.ABSTRACT, frame().page.text_width)),
    ):
        assert 1 / 3 <= rule.length / text <= 1 / 2
        assert rule.indent > 0


def test_rules_are_centred_in_their_boxes(document: Document) -> None:
    rules = layout(document).rules
    for rule in (rules.agency, rules.motto, rules.abstract):
        assert 2 * rule.indent + rule.length == pytest.approx(rule.width)


def test_rules_stand_under_their_lines_on_the_page(document: Document) -> None:
    """The real page: right lengths, centred under the text, below its last line."""
    with pdfplumber.open(io.BytesIO(pdf_of(document))) as file:
        page = file.pages[0]
        lines = page.extract_text_lines(strip=True)
        words = page.extract_words(extra_attrs=["fontname"])
        drawn = sorted(
            {
                (round(rect["top"], 1), round(rect["x0"], 1), round(rect["x1"], 1))
                for rect in page.rects
                if rect["bottom"] - rect["top"] < 1
            }
            | {
                (round(rect["bottom"] - 0.75, 1), round(rect["x0"], 1), round(rect["x1"], 1))
                for rect in page.rects
                if rect["bottom"] - rect["top"] >= 1
            }
        )
    assert lines
    found: dict[tuple[float, float], float] = {}
    for top, start, end in drawn:
        found.setdefault((start, end), top)
    assert len(found) == 3
    rules = layout(document).rules
    by_length = {round(end - start): (start, end, top) for (start, end), top in found.items()}
    head = document.header
    left, right = frame().header_widths
    margin = frame().page.left
    for rule, words_above, box in (
        (rules.motto, head.motto, (margin + left, right)),
        (rules.agency, head.agency[-1], (margin, left)),
        (rules.abstract, head.abstract, (margin, frame().page.text_width)),
    ):
        start, end, top = min(
            by_length.values(), key=lambda line: abs(line[1] - line[0] - rule.length)
        )
        assert end - start == pytest.approx(rule.length, abs=0.5)
        assert (start + end) / 2 == pytest.approx(box[0] + box[1] / 2, abs=0.5)
        last = words_above.split()[-1]
        above = [
            word
            for word in words
            if word["text"] == last
            and word["top"] < top
            and box[0] <= (word["x0"] + word["x1"]) / 2 <= box[0] + box[1]
        ]
        assert above, f"{last} stands above its rule"
        assert 0 <= top - max(word["bottom"] for word in above) < 8


# --- nudges ------------------------------------------------------------------------------------

WORDS = (
    *("Ủy", "ban", "nhân", "dân", "phường", "Trần", "Liễu", "báo", "cáo", "nghiêng", "2025"),
    *("1.204", "98,7%", "hồ", "sơ,", "–", "PAR", "INDEX", "4009/SNV-CCHC&PC", "Văn-hóa", "hạn;"),
)
runs = st.lists(
    st.builds(
        lambda words, bold, italic: Run(" ".join(words) + " ", bold, italic),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=40),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
).map(tuple)
MEASURES = layout(with_runs((Run("A"),)))
STYLES = (StyleId.BODY, StyleId.TABLE_CELL, StyleId.RECIPIENT, StyleId.ABSTRACT)


def slacks(text: Runs, style_id: StyleId, width: float) -> list[float]:
    """Return what is left of the line at the end of every word but the first of a line.

    Lines are set by hand here: a word goes to the next line where it does not fit.
    """
    style = frame().styles[style_id]
    letters = [
        (letter, times().face(style.bold or run.bold, style.italic or run.italic))
        for run in text
        for letter in run.text
    ]
    result = []
    position, word, first = style.first_line, 0.0, True
    for (letter, face), (following, _) in zip(
        letters, [*letters[1:], (" ", letters[0][1])], strict=True
    ):
        advance = face.widths[ord(letter)] * style.size
        ends = letter == " " or (letter == "-" and following.isalpha())
        word += 0 if letter == " " else advance
        if not ends:
            continue
        slack = round(width - style.left - style.right - position - word, 6)
        if not first:
            result.append(slack)
        if slack < 0 and not first:
            position = 0.0
        position += word + (advance if letter == " " else 0)
        word, first = 0.0, False
    return result


def doubtful(text: Runs, style_id: StyleId, width: float) -> bool:
    return any(DOUBT[0] < slack < DOUBT[1] for slack in slacks(text, style_id, width))


def clearance(text: Runs, style_id: StyleId, width: float) -> float:
    return min((abs(slack) for slack in slacks(text, style_id, width)), default=0.0)


@given(runs, st.sampled_from(STYLES), st.floats(150, 470))
def test_no_word_ends_in_doubt_at_the_margin(text: Runs, style_id: StyleId, width: float) -> None:
    """The smallest nudge without doubt is taken; the best one where every nudge has doubt."""
    nudge = MEASURES.fitted(text, style_id, width).nudge
    clear = [nudge for nudge in NUDGES if not doubtful(text, style_id, width - nudge)]
    if clear:
        assert nudge == clear[0]
    else:
        best = max(clearance(text, style_id, width - fine) for fine in FINE_NUDGES)
        assert clearance(text, style_id, width - nudge) == pytest.approx(best)


@given(runs, st.floats(60, 300))
def test_a_cell_is_nudged_with_more_room_for_doubt(text: Runs, column: float) -> None:
    fitted = MEASURES.fitted_cell(text, StyleId.TABLE_CELL, column)
    assume(not any(line.cut for line in fitted.lines))  # by hand no word is cut
    nudge = fitted.nudge
    _, right, _, left = frame().table.padding
    space = round(column * 20) / 20 - left - right  # Word counts in twentieths of a point
    if nudge not in NUDGES or all(
        doubtful(text, StyleId.TABLE_CELL, space - other) for other in NUDGES
    ):
        assert nudge in FINE_NUDGES
    else:
        assert not doubtful(text, StyleId.TABLE_CELL, space - nudge)


def test_a_word_that_fits_by_a_hair_is_nudged() -> None:
    style = frame().styles[StyleId.BODY]
    text = (Run("Một đoạn văn vừa khít dòng thứ nhất rồi xuống dòng thứ hai"),)
    first_line = "Một đoạn văn vừa khít dòng thứ nhất"
    width = style.first_line + text_width(first_line, style, times())
    measures = layout(with_runs(text))
    assert measures.fitted(text, StyleId.BODY, width + 0.1).nudge > 0
    assert measures.fitted(text, StyleId.BODY, width + 2).nudge == 0


def test_nudges_are_too_small_to_be_seen() -> None:
    assert NUDGES[0] == 0
    assert max(*NUDGES, *FINE_NUDGES) <= 6
    assert sorted(NUDGES) == list(NUDGES)


# --- glyphs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Tiếng Việt đủ dấu: ẵ Ữ ợ đ Đ – “”…", "1.204,5 % ± ≤ ≥ ² ½ №", "a\u00a0b"]
)
def test_common_signs_have_a_glyph(text: str) -> None:
    check_glyphs(with_runs((Run(text),)), times())


@pytest.mark.parametrize(
    ("document", "sign"),
    [
        (with_runs((Run("Xong ✔ rồi"),)), "“✔” (U+2714)"),
        (sample(header={"abstract": "Kết quả 漢"}), "“漢” (U+6F22)"),
        (sample(recipients=("- Đảng ủy 😀;",)), "U+1F600"),
    ],
)
def test_a_character_that_the_font_lacks_is_told(document: Document, sign: str) -> None:
    with pytest.raises(ContentError) as raised:
        layout(document)
    (problem,) = raised.value.problems
    assert sign in problem.message
    assert " — thay ký tự khác" in problem.message


@pytest.mark.parametrize("text", ["Chữ שלום", "Chữ \u0633\u0644\u0627\u0645", "\u202eabc"])
@pytest.mark.parametrize(
    "made",
    [
        lambda text: with_runs((Run(text),)),
        lambda text: sample(header={"abstract": text}),
        lambda text: sample(recipients=(text,)),
        lambda text: sample(body=(table(("A", "B"), ("1", text)),)),
        lambda text: sample(signature=Signature(("CHỦ TỊCH",), text)),
    ],
)
def test_letters_from_right_to_left_are_refused(made: Callable[[str], Document], text: str) -> None:
    with pytest.raises(ContentError) as raised:
        layout(made(text))
    (problem,) = raised.value.problems
    assert problem.message.startswith("không in được ký tự viết từ phải sang trái “")
    assert problem.message.endswith(f" trong “{text}” — thay ký tự khác")


def test_a_cell_is_shown_alone() -> None:
    document = sample(body=(table(("STT", "Việc", "Xong"), ("1", "Họp giao ban", "xong ✔")),))
    with pytest.raises(ContentError) as raised:
        layout(document)
    (problem,) = raised.value.problems
    assert problem.message.endswith(" trong “xong ✔” — thay ký tự khác")


def test_every_text_without_a_glyph_is_told_at_once() -> None:
    document = sample(header={"abstract": "漢"}, recipients=("漢;",))
    with pytest.raises(ContentError) as raised:
        layout(document)
    assert len(raised.value.problems) == 2
