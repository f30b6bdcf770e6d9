"""Which years a text names as its own time: passage → mentions, and what is told of the past.

Not mentions: spans ("2021 - 2030"), laws, documents of others with their dates and titles. What is
compared with, came before or was reached in an earlier year is history and belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vanban.checks.citations.same import agree, register_of
from vanban.checks.clauses import sentence_around
from vanban.checks.content.own_time import DUE, PERIOD
from vanban.checks.finding import Stretch
from vanban.checks.writing import Passage
from vanban.nd30.citations import citations
from vanban.nd30.dates import calendar_date
from vanban.workspace.workspace import Workspace

CONTEXT = 7
"""Words before a year that a reader needs to recognise the place."""

_Y = r"20\d\d"
_PART = rf"(?:{PERIOD}|tháng\s+\d{{1,2}})"
_MENTION = re.compile(
    rf"(?:ngày\s+)?(?<![\d/])(?P<day>\d{{1,2}})(?:/|\s+tháng\s+)(?P<month>\d{{1,2}})"
    rf"(?:/|\s+năm\s+)(?P<of_day>{_Y})(?!\d)"
    rf"|(?P<part>{_PART})\s*/\s*(?P<of_part>{_Y})(?!\d|[./]\d)"
    rf"|(?:(?P<named>{_PART})\s+)?\bnăm\s+(?P<of_year>{_Y})(?!\d|[./]\d)"
    rf"|(?<=\s)(?P<bare>{_Y})(?=\s*(?:$|[,;.)](?!\d)|của\s|tại\s|trên\s|và\s))"
)
_BEFORE_BARE = re.compile(
    r"(?:kế hoạch|chương trình|nhiệm vụ|chỉ tiêu|mục tiêu|cchc|hành chính|index|papi|sipas|"
    r"chỉ số|báo cáo|phương hướng|công tác)(?:\s+[^\W\d]+){0,3}\s+$"
)
_SPAN = re.compile(
    rf"(?:giai đoạn|nhiệm kỳ|năm học|các năm|thời kỳ)\s+(?:từ\s+)?(?:năm\s+)?{_Y}"
    rf"(?:\s*(?:[-–—/,]|đến|và)\s*(?:hết\s+)?(?:năm\s+)?{_Y})*"
    rf"|(?:năm\s+)?{_Y}\s*(?:[-–—]|đến(?:\s+hết)?(?:\s+năm)?)\s*{_Y}"
)
_LAW = re.compile(
    r"\b(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b"
    r"(?:(?!\s(?:kế hoạch|chương trình|nhiệm vụ|thực hiện|triển khai|trong|theo|tại))"
    r"[^.;:()\d]){0,120}$"
    r"|\b(?:Nghị định|Thông tư|Nghị quyết|Quyết định|Chỉ thị|Kết luận)\s+(?:số\s+)?"
    r"(?:\d\S*|Trung ương)\s+$"
)
_COMPARED = re.compile(
    r"(?:so với|cùng kỳ|(?:cao|thấp|nhiều|ít|tốt|nhanh|sớm) hơn|vượt)(?:\s+[^\W\d]\S*){0,6}\s*$"
    r"|\b(?:hơn|bằng)\s+(?:kết quả\s+)?$"
)
_SINCE = re.compile(
    r"(?:\b(?:từ|kể|trước|sau|trước khi|từ khi|đầu|tính từ|suốt)\s+(?:thời điểm\s+)?"
    r"(?:(?:đầu|cuối)\s+)?"
    r"|\b(?:có hiệu lực|ban hành|thành lập|ký|sửa đổi|bổ sung|thay thế|bãi bỏ|khánh thành)\s+"
    r"(?:từ\s+)?)$"
)
_CARRIED = re.compile(
    r"chuyển tiếp|chuyển sang|chuyển nguồn|tồn đọng|còn lại|chưa hoàn thành|dở dang|quyết toán|"
    r"năm ngoái|năm trước|tồn tại|hạn chế|bị trừ điểm|rút kinh nghiệm|bài học|xếp loại|"
    r"\(cũ\)|hết hiệu lực|kết quả đạt được"
)
_RANKED = re.compile(
    r"lần (?:đầu|thứ)|được xếp|xếp thứ|bảng xếp hạng|xếp hạng (?:thứ|nhất|\d)|đứng (?:thứ|đầu)|"
    r"công nhận|thành lập|sáp nhập"
)
_AIM = re.compile(
    r"phấn đấu|mục tiêu|chỉ tiêu|bảo đảm|đảm bảo|duy trì|giữ vững|hướng tới|nâng cao|cải thiện|"
    r"quyết tâm"
)
_JUDGED = re.compile(
    r"(?<!báo cáo )(?<!nâng cao )(?<!cải thiện )"
    r"(?:(?:kết quả|qua|theo)\s+(?:[^\W\d]+\s+){0,4}?(?:phân tích|chấm điểm|xếp hạng|đánh giá|"
    r"khảo sát|thẩm định|công bố|điều tra|xác định|tổng kết|kiểm điểm)|đã (?:được )?công bố)"
)
_RESULT = re.compile(
    r"(?<!báo cáo )(?<!nâng cao )(?<!cải thiện )kết quả(?:,?\s+[^\W\d][^\s,;]*){0,14},?\s*$"
)
_OPENS = re.compile(r"(?:^|,)\W*(?:trong|cuối|đầu|qua|riêng)?\s*$")
_DONE = re.compile(
    r"^\W*(?:[^\W\d]\S*\s+){0,12}?(?:(?:đã|vừa)(?! (?:đề ra|giao|được giao|được phê duyệt))"
    r"|lần đầu|được (?:xếp|công nhận)|xếp (?:hạng|thứ)|đứng (?:thứ|đầu)|đạt được|"
    r"đạt [\d,]+\s*(?:điểm|/))"
)
_FIGURE = re.compile(r"\d\s*%|điểm|hạng|thứ|tăng|giảm|đạt|chỉ số")


@dataclass(frozen=True)
class Mention:
    """A year that a passage names: that of a ``day``, of a ``part`` of the year, or alone."""

    passage: Passage
    start: int
    end: int
    year: int
    day: date | None = None
    part: bool = False

    @property
    def clause(self) -> tuple[str, str]:
        """The words of the sentence before and after it, in lower case."""
        text = self.passage.lower
        start, end = sentence_around(text, self.start, self.end)
        return text[start : self.start], text[self.end : end]

    @property
    def stretch(self) -> Stretch:
        """The mention with the words before it, within its part of the clause."""
        part = re.split(r"[,;.:(]\s|- ", self.clause[0])[-1]
        words = list(re.finditer(r"\w\S*", part))[-CONTEXT:]
        before = len(part) - words[0].start() if words else 0
        return Stretch(self.passage, self.start - before, self.end)


def mentions_of_years(passage: Passage, workspace: Workspace | None) -> Iterator[Mention]:
    """Yield the years of a passage that may be meant as its own time, in order."""
    if "20" not in passage.text:
        return
    text = passage.lower
    spans = [found.span() for found in _SPAN.finditer(text)]
    spans += words_of_others(passage, workspace)
    for found in _MENTION.finditer(text):
        start, end = found.span()
        if any(first < end and start < last for first, last in spans):
            continue
        if _LAW.search(passage.text, max(0, start - 130), start):
            continue
        if found["bare"] and not _BEFORE_BARE.search(text, max(0, start - 60), start):
            continue
        year = int(found["of_day"] or found["of_part"] or found["of_year"] or found["bare"])
        day = None
        if found["day"]:
            day = calendar_date(f"{found['day']}/{found['month']}/{year}")
            if day is None:
                continue  # another rule says so
        yield Mention(passage, start, end, year, day, bool(found["part"] or found["named"]))


def words_of_others(passage: Passage, workspace: Workspace | None) -> list[tuple[int, int]]:
    """Return where others' documents are cited, and the numbers and dates of the agency's own."""
    spans = []
    register = register_of(workspace)
    for citation in citations(passage.text):
        document = register.find(citation)
        own = (document is not None and document.own) or (
            citation.issuer is not None
            and any(agree(citation.issuer, name) for name in register.own_names)
        )
        span = citation.head if own else citation.span
        spans.append((span.start, span.end))
    return spans


def is_history(mention: Mention, year: int, plan: bool) -> bool:
    """Say whether an earlier year than ``year`` is told of as past; a plan may tell more of it."""
    before, after = mention.clause
    if DUE.search(before):
        return False
    if _COMPARED.search(before) or _SINCE.search(before):
        return True
    if _CARRIED.search(before) or _CARRIED.search(after[:60]) or _JUDGED.search(before):
        return True
    if _RANKED.search(f"{before[-80:]} {after[:80]}") and not _AIM.search(before + after[:80]):
        return True
    if f"năm {year}" in before + after and _FIGURE.search(before + after):
        return True  # two years side by side
    if not plan:
        return False
    if _OPENS.search(before):
        done = _DONE.search(after)
        return done is not None and not _AIM.search(done[0])
    return _RESULT.search(before) is not None
