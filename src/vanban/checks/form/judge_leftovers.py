"""Rules about what should not be left in a file that goes to signing, and how it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.body import BodyKind
from vanban.checks.form.gaps import gaps_in
from vanban.checks.form.parts import Part, whole
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, named, quoted, unknown

_LEFTOVER = re.compile(
    r"…{2,}|\.{5,}|\[[^\]\d]{0,60}\]|\((nêu|ghi|điền|bổ sung|chèn)\s[^)]{0,80}\)|\bX{3,}\b"
    r"|\b(bản nháp|TODO|lorem ipsum)\b",
    re.IGNORECASE,
)
HABIT = "Thông lệ soạn thảo trên Word"
MAX_EMPTY = 2
"""Empty paragraphs in a row that nobody minds."""


@form_rule(
    id="hinh-thuc/tep-doc-duoc",
    title="Tệp mở được và đọc được hết thân văn bản",
    standing=Standing.DATA,
    clause=HABIT,
    component="trang",
    fails="Tệp bị hỏng, có mật khẩu hoặc không phải văn bản Word",
    passes="Tệp .docx mở được",
)
def readable(form: Form) -> Iterator[Judgement]:
    """A file that cannot be opened is told by :mod:`vanban.checks.given`."""
    if form.unread:
        yield unknown("đọc thân văn bản", "đọc hết", form.unread)
    else:
        yield Judgement("đọc thân văn bản", True, "đọc hết", "đọc hết")


@form_rule(
    id="hinh-thuc/con-sot",
    title="Chỗ chưa điền, ghi chú, theo dõi sửa đổi còn sót",
    standing=Standing.CONSISTENCY,
    clause=HABIT,
    component="noi-dung",
    fails="đạt ……%; [bổ sung số liệu]; còn ghi chú (comment)",
    passes="đạt 95%; không còn ghi chú",
)
def leftovers(form: Form) -> Iterator[Judgement]:
    """Read the content only: forms in annexes have places to fill in."""
    parts = tuple(
        Part(item.paragraph, found.start(), found.end())
        for item in form.components.body
        if item.kind is not BodyKind.CELL
        for found in _LEFTOVER.finditer(item.paragraph.text)
    )
    yield Judgement(
        "chỗ chưa điền",
        not parts,
        quoted(parts) or "không còn",
        "không còn",
        parts,
        "điền số liệu hoặc bỏ đi",
    )
    marked = tuple(
        Part(paragraph, run.start, run.end)
        for paragraph in form.word.everywhere
        for run in paragraph.runs
        if run.format.highlight and paragraph.text[run.start : run.end].strip()
    )
    yield Judgement(
        "chữ tô nền",
        not marked,
        f"{len(marked)} chỗ" if marked else "không còn",
        "không còn",
        marked,
        "xem lại các chỗ đã đánh dấu rồi bỏ màu nền (Text Highlight Color, No Color)",
    )
    yield Judgement(
        "theo dõi sửa đổi",
        form.word.tracked == 0,
        f"{form.word.tracked} chỗ" if form.word.tracked else "không còn",
        "không còn",
        advice="chấp nhận hoặc bỏ các sửa đổi (Review, Accept, Reject)",
    )
    yield Judgement(
        "ghi chú",
        not form.word.comments,
        "còn ghi chú" if form.word.comments else "không còn",
        "không còn",
        advice="xử lý rồi xóa các ghi chú (Review, Delete, Delete All Comments)",
    )


@form_rule(
    id="hinh-thuc/chua-dien",
    title="Chỗ chưa điền, lỗi tham chiếu",
    standing=Standing.DATA,
    clause=HABIT,
    component="noi-dung",
    fails="Thực hiện theo Mục Error! Reference source not found.; kính gửi «ho_ten»",
    passes="Thực hiện theo Mục II; kính gửi ông Nguyễn Văn A",
)
def unfilled(form: Form) -> Iterator[Judgement]:
    """Read every part: a field or control that waits for words never belongs to a signed text."""
    word = form.word
    read = (*word.paragraphs, *word.notes, *word.margins)
    gaps = [gap for paragraph in read for gap in gaps_in(paragraph)]
    parts = tuple(part for part, _ in gaps)
    yield Judgement(
        "chỗ chưa điền / lỗi tham chiếu",
        not parts,
        named(name for _, name in gaps) or "không có",
        "không có",
        parts,
        "điền nội dung; với lỗi tham chiếu thì chèn lại tham chiếu chéo hoặc gõ số mục",
    )


@form_rule(
    id="hinh-thuc/cach-go",
    title="Dòng trống, dấu cách đầu dòng, ngắt dòng thay cho định dạng",
    standing=Standing.HABIT,
    clause=HABIT,
    component="noi-dung",
    fails="Ba dòng trống liền nhau; gõ dấu cách để lùi đầu dòng",
    passes="Dùng khoảng cách đoạn và First line",
)
def typing_habits(form: Form) -> Iterator[Judgement]:
    indented = tuple(
        Part(item.paragraph, 0, max(item.label, item.start + 1))
        for item in form.components.body
        if item.kind is not BodyKind.CELL and re.match(r"[ \u00a0]{2,}|\t", item.paragraph.text)
    )
    yield Judgement(
        "lùi đầu dòng bằng dấu cách, phím Tab",
        not indented,
        f"{len(indented)} đoạn" if indented else "không có",
        "không có",
        indented,
        "bỏ dấu cách, đặt First line (Paragraph, Special)",
    )
    broken = tuple(
        part
        for component in ("co-quan-ban-hanh", "quoc-hieu", "tieu-ngu", "trich-yeu-cong-van")
        for part in form.components.get(component)
        if "\n" in part.paragraph.text.strip()
    )
    yield Judgement(
        "ngắt dòng (Shift + Enter) ở phần đầu",
        not broken,
        f"{len(broken)} chỗ" if broken else "không có",
        "không có",
        broken[:1],
        "thay bằng đoạn mới (Enter)",
    )
    empty = tuple(_empty_rows(form))
    yield Judgement(
        "dòng trống liền nhau",
        not empty,
        f"{len(empty)} chỗ" if empty else "không có",
        f"nhiều nhất {MAX_EMPTY} dòng",
        empty,
        "bỏ dòng trống, đặt khoảng cách đoạn (Spacing)",
    )


def _empty_rows(form: Form) -> Iterator[Part]:
    """Yield the paragraph after each row of empty ones within the content."""
    numbers = {item.paragraph.number for item in form.components.body}
    count = 0
    for paragraph in form.word.paragraphs:
        if not paragraph.number and paragraph.cell is None:
            count += 1
            continue
        if count > MAX_EMPTY and paragraph.number in numbers:
            yield whole(paragraph)
        count = 0


@form_rule(
    id="hinh-thuc/sua-sau-khi-tao",
    title="Tệp Word đã sửa sau khi tạo",
    standing=Standing.CONSISTENCY,
    clause="Dấu vết nội dung (sha256) ghi trong tệp khi tạo",
    component="trang",
    fails="Sửa một câu trong tệp .docx đã tạo",
    passes="Tệp .docx giữ nguyên lời văn từ khi tạo",
)
def edited(form: Form) -> Iterator[Judgement]:
    if form.text_changed is None:
        yield absent("lời văn so với khi tạo", "như khi tạo", "tệp không do chương trình này tạo")
        return
    yield Judgement(
        "lời văn so với khi tạo",
        not form.text_changed,
        "đã sửa" if form.text_changed else "như khi tạo",
        "như khi tạo",
        advice="nếu văn thư chỉ ghi số, ngày thì được; sửa lời văn thì sửa ở tệp YAML rồi tạo lại",
    )
