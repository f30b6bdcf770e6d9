"""Measures of what should not be left in a file that goes to signing, and how it was typed."""

from __future__ import annotations

import re

from vanban.checks.form.gaps import gaps_in
from vanban.checks.form.measure import Found, Result, Subject, Unmeasured, measure, quoted
from vanban.checks.form.parts import Part, whole

_LEFTOVER = re.compile(
    r"…{2,}|\.{5,}|\[[^\]\d]{0,60}\]|\((nêu|ghi|điền|bổ sung|chèn)\s[^)]{0,80}\)|\bX{3,}\b"
    r"|\b(bản nháp|TODO|lorem ipsum)\b",
    re.IGNORECASE,
)
_TYPED_INDENT = re.compile(r"[ \u00a0]{2,}|\t")
_HEAD = ("co-quan-ban-hanh", "quoc-hieu", "tieu-ngu", "trich-yeu-cong-van")
"""Components of the head whose lines are paragraphs of their own."""

_FILLED = (*_HEAD, "co-quan-chu-quan", "trich-yeu", "kinh-gui", "danh-sach-noi-nhan", "quyen-han")
"""Components in which samples say "(nếu có)" of what an office fills in or takes out."""

_SIDE_BY_SIDE = re.compile(r"\S(?: {5,}|\t+)\S")


@measure("doc-het")
def readable(subject: Subject) -> Result:
    """Whether all of the body was read; what cannot be opened is told by ``checks.given``."""
    unread = subject.form.unread
    return Unmeasured(unread) if unread else Found()


@measure("sua-sau-khi-tao")
def edited(subject: Subject) -> Result:
    """Whether the words are others than when this program wrote them."""
    changed = subject.form.text_changed
    return () if changed is None else Found(wrong=changed)


@measure("cho-bo-trong")
def blanks(subject: Subject) -> Result:
    """Places of the content to fill in; forms in annexes have such places."""
    parts = (
        Part(item.paragraph, found.start(), found.end())
        for item in subject.form.content
        for found in _LEFTOVER.finditer(item.paragraph.text)
    )
    return Found(at=tuple(parts))


@measure("chu-to-nen")
def highlights(subject: Subject) -> Result:
    """Words with a highlight, anywhere in the file."""
    runs = (
        Part(paragraph, run.start, run.end)
        for paragraph in subject.form.word.everywhere
        for run in paragraph.runs
        if run.format.highlight and paragraph.text[run.start : run.end].strip()
    )
    return Found(at=tuple(runs))


@measure("sua-doi-con-lai")
def tracked_changes(subject: Subject) -> Result:
    """Changes that nobody accepted or refused."""
    count = subject.form.word.tracked
    return Found(f"{count} chỗ" if count else "", wrong=count > 0)


@measure("ghi-chu-con-lai")
def comments(subject: Subject) -> Result:
    """Comments in the margin."""
    return Found(wrong=subject.form.word.comments)


@measure("chua-dien")
def unfilled(subject: Subject) -> Result:
    """Fields, controls and references that wait for words, in every part of the file."""
    word = subject.form.word
    read = (*word.paragraphs, *word.notes, *word.margins)
    gaps = [gap for paragraph in read for gap in gaps_in(paragraph)]
    return Found(quoted(name for _, name in gaps), tuple(part for part, _ in gaps))


@measure("neu-co")
def if_any(subject: Subject) -> Result:
    """Lines of the head, recipients and signature that still say "(nếu có)", as samples do."""
    parts = (part for name in _FILLED for part in subject.of(name))
    return Found(at=tuple(part for part in parts if "(NEU CO)" in part.folded))


@measure("dau-trang-dau-cach")
def head_by_blanks(subject: Subject) -> Result:
    """Lines of the head in which blanks or tabs set two components side by side."""
    lines = (part for name in _HEAD for part in subject.of(name)[:1])
    found = {
        part.paragraph: part
        for part in lines
        if part.paragraph.cell is None and _SIDE_BY_SIDE.search(part.paragraph.text.strip())
    }
    return Found(at=tuple(found.values()))


@measure("lui-bang-dau-cach")
def typed_indents(subject: Subject) -> Result:
    """Paragraphs of the content that begin with blanks or a tab."""
    parts = (
        Part(item.paragraph, 0, max(item.label, item.start + 1))
        for item in subject.form.content
        if _TYPED_INDENT.match(item.paragraph.text)
    )
    return Found(at=tuple(parts))


@measure("ngat-dong")
def line_breaks(subject: Subject) -> Result:
    """Line breaks within the paragraphs of the head."""
    broken = tuple(
        part
        for component in _HEAD
        for part in subject.of(component)
        if "\n" in part.paragraph.text.strip()
    )
    return Found(at=broken[:1], words={"n": str(len(broken))})


@measure("dong-trong")
def empty_lines(subject: Subject) -> Result:
    """The paragraphs of the content after more empty ones in a row than anybody minds."""
    content = {item.paragraph for item in subject.form.components.body}
    found = []
    count = 0
    for paragraph in subject.form.word.paragraphs:
        if not paragraph.number and paragraph.cell is None:
            count += 1
            continue
        if paragraph in content and not subject.allows(float(count)):
            found.append(whole(paragraph))
        count = 0
    return Found(at=tuple(found))
