"""Years, periods and dates in the text that do not fit the document's own: copied forward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.checks.content.own_time import own_time
from vanban.checks.content.sections import is_plan, is_report, section_of
from vanban.checks.content.typed import Typed
from vanban.checks.finding import Datum, Hit, Standing, Stretch
from vanban.checks.rules import Project, project_rule, text_rule
from vanban.checks.writing import Passage, Role, Writing
from vanban.figures.targets import plan_tasks
from vanban.nd30.dates import short_date
from vanban.workspace.models.plan import Target, Task
from vanban.workspace.periods import PERIODS

CLAUSE = "Kỳ, năm của văn bản"
PLAN = "2025/linh-vuc/03-thu-tuc.yaml"
_AREA = """\
ma: tthc
ten: Cải cách thủ tục hành chính
chi_so: PAR INDEX
chu_tri: [trung-tam-hcc]
nhiem_vu:
  - {{ma: tthc-01, noi_dung: Công khai thủ tục., han: {}}}
"""

_PERIOD = re.compile(
    r"(?:(?:trong|kết quả|tình hình|thực hiện|công tác)\s+(?:\w+\s+){0,6}?)?"
    r"(?P<name>quý\s+(?:iv|iii|ii|i)|(?:6|sáu)\s+tháng\s+(?:đầu|cuối)\s+năm)\b"
    r"(?:\s*(?:năm\s+|/)(?P<year>20\d\d))?"
)
_EARLIER = {"q3": ("quý i", "quý ii", "6 tháng đầu năm")}
"""Periods before a report's own that it has no results of."""

_YEAR = re.compile(
    r"(?P<of>kế hoạch|chương trình công tác|nhiệm vụ|trong|đến hết|đến cuối|hết|cuối|đầu|quý \w+)"
    r"(?P<between>(?:\s+(?!giai|năm)\w+){0,8}?)\s+năm\s+(?P<year>20\d\d)\b"
)
_COMPARED = re.compile(
    r"so với|cùng kỳ|từ năm|kể từ|giai đoạn|trước|chuyển tiếp|tồn đọng|kết quả|sơ kết|"
    r"tổng kết|đánh giá|phân tích|xếp hạng|xếp thứ|công bố|lũy kế|luỹ kế|năm ngoái|tiếp tục"
)
_DATE = re.compile(r"ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(20\d\d)\b")
_SYMBOL = re.compile(r"\d+\s*/\s*(?:\d{4}/)?[A-ZĐ]|[Ss]ố\s+\S*/\S+|Luật|Pháp lệnh")
_NOT_AN_EVENT = re.compile(r"(?:từ|đến|trước|sau|kể|hạn|chậm nhất|hết|là)\s*$")
_DUE = re.compile(
    r"(?:chậm nhất(?: là)?(?: vào)?|(?:hoàn thành|xong|gửi|báo cáo|nộp)[^.;]{0,60}?trước)\s+$"
)
NEAR = 90
"""Letters before a date that say what it is."""

_OUTLOOK = ("phương hướng", "nhiệm vụ trọng tâm", "kiến nghị", "đề xuất")


@text_rule(
    id="ky-nam/ky-khac",
    title="Kỳ báo cáo nêu trong lời văn không phải kỳ của báo cáo",
    standing=Standing.CONSISTENCY,
    clause=CLAUSE,
    fails=(
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
        "# KẾT QUẢ\n- Trong quý II, phường đã tiếp nhận nhiều hồ sơ.\n"
        "# PHƯƠNG HƯỚNG\n- Hoàn thành các nhiệm vụ của quý III."
    ),
    passes=(
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
        "# KẾT QUẢ\n- Trong quý III, hồ sơ tăng so với quý II.\n"
        "# PHƯƠNG HƯỚNG\n- Hoàn thành các nhiệm vụ trong quý IV."
    ),
)
def other_periods(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    if not is_report(writing) or not own.period:
        return
    name = PERIODS[own.period].name.lower()
    for passage, ahead in _sentences(writing):
        for found in _PERIOD.finditer(passage.lower):
            told = " ".join(found["name"].split()).replace("sáu", "6")
            wrong = told == name if ahead else told in _EARLIER.get(own.period, ())
            if not wrong or _COMPARED.search(_around(passage, found)):
                continue
            at = Stretch(passage, *found.span())
            right = own.next_name if ahead else PERIODS[own.period].title(own.year)
            yield Hit(
                at,
                f"“{passage.text[found.start('name') : found.end('name')]}” trong phần "
                f"{'phương hướng' if ahead else 'kết quả'} của báo cáo {PERIODS[own.period].name}",
                f"xem có phải “{right}” không",
            )


@text_rule(
    id="ky-nam/nam-cu",
    title="Năm cũ còn sót từ văn bản năm trước",
    standing=Standing.CONSISTENCY,
    clause=CLAUSE,
    fails=(
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
        "- Thực hiện Kế hoạch cải cách hành chính năm 2024, trong năm 2024 phường đã họp."
    ),
    passes=(
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
        "- Trong năm 2025, hồ sơ tăng so với năm 2024; kết quả chấm điểm năm 2024."
    ),
)
def old_years(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    report = is_report(writing)
    if not own.year or not (report or is_plan(writing)):
        return
    for passage, _ in _sentences(writing):
        for found in _YEAR.finditer(passage.lower):
            if int(found["year"]) >= own.year or _COMPARED.search(_around(passage, found)):
                continue
            if not report and found["of"] in ("trong", "đầu", "cuối"):
                continue  # a plan may well tell what came before it
            if _is_cited(passage, found.start(), found.end()):
                continue
            at = Stretch(passage, *found.span())
            yield Hit(
                at,
                f"“{at.excerpt}” trong văn bản của năm {own.year}",
                f"xem có phải “năm {own.year}” không",
            )


@text_rule(
    id="ky-nam/ngoai-ky",
    title="Ngày của sự việc nằm ngoài kỳ số liệu",
    standing=Standing.CONSISTENCY,
    clause="Kỳ số liệu của báo cáo",
    fails=(
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
        "- Ngày 10/3/2025 phường tổ chức hội nghị; ngày 20/11/2025 đã kiểm tra."
    ),
    passes=(
        "BÁO CÁO\nKết quả công tác cải cách hành chính quý III năm 2025\n"
        "- Ngày 10/8/2025 phường tổ chức hội nghị theo Kế hoạch số 12/KH-UBND ngày 10/3/2025."
    ),
)
def dates_outside(writing: Writing) -> Iterator[Hit]:
    span = own_time(writing).window
    if not is_report(writing) or span is None:
        return
    first, last = span
    for passage, ahead in _sentences(writing):
        for found in () if ahead else _DATE.finditer(passage.lower):
            day = _day(found)
            if day is None or first <= day <= last:
                continue
            if _NOT_AN_EVENT.search(
                passage.lower, max(0, found.start() - NEAR), found.start()
            ) or _is_cited(passage, *found.span()):
                continue
            yield Hit(
                Stretch(passage, *found.span()),
                f"ngày {short_date(day)} nằm ngoài kỳ số liệu, từ {short_date(first)} đến "
                f"{short_date(last)}",
                "xem lại ngày, hoặc đưa sự việc sang báo cáo của kỳ đó",
            )


@text_rule(
    id="ky-nam/han-da-qua",
    title="Thời hạn trước ngày ban hành",
    standing=Standing.CONSISTENCY,
    clause=CLAUSE,
    fails=(
        "KẾ HOẠCH\nCải cách hành chính năm 2025\n"
        "- Gửi báo cáo về Phòng Văn hóa - Xã hội trước ngày 20/12/2023."
    ),
    passes=(
        "KẾ HOẠCH\nCải cách hành chính năm 2025\n"
        "- Rà soát văn bản ban hành trước ngày 01/7/2024; gửi báo cáo trước ngày 20/12/2025."
    ),
)
def past_deadlines(writing: Writing) -> Iterator[Hit]:
    own = own_time(writing)
    earliest = writing.issued or (date(own.year, 1, 1) if own.year else None)
    if earliest is None or is_report(writing):
        return
    for passage in writing.prose:
        for found in _DATE.finditer(passage.lower):
            day = _day(found)
            due = _DUE.search(passage.lower, max(0, found.start() - NEAR), found.start())
            if due is None or day is None or day >= earliest:
                continue
            yield Hit(
                Stretch(passage, due.start(), found.end()),
                f"thời hạn {short_date(day)} trước ngày ban hành văn bản",
                "xem lại ngày, năm của thời hạn",
            )


@project_rule(
    id="ky-nam/han-nhiem-vu",
    title="Thời hạn đã khai không nằm trong thời gian của kế hoạch",
    standing=Standing.DATA,
    clause="han của nhiệm vụ, của chi_tieu",
    fails={PLAN: _AREA.format("15/6/2025")},
    passes={PLAN: _AREA.format("15/12/2025")},
)
def deadlines_outside(project: Project) -> Iterator[Hit]:
    workspace = project.workspace
    if workspace is None or workspace.plan is None:
        return
    typed = Typed(project)
    first = workspace.plan.date or date(workspace.year, 1, 1)
    for task in plan_tasks(workspace):
        owners: tuple[Task | Target, ...] = (task, *task.targets)
        for entry in owners:
            day = entry.deadline
            if day is None or (first <= day and day.year <= workspace.year + 1):
                continue
            wrong = "trước ngày ban hành kế hoạch" if day < first else "sau năm của kế hoạch"
            yield Hit(
                Datum(entry.at("deadline"), short_date(day)),
                f"thời hạn {short_date(day)} {wrong}",
                "xem lại ngày, năm của thời hạn",
                others=(typed.at(task.text, task.at("text")),),
            )


@text_rule(
    id="ky-nam/giai-doan",
    title="Giai đoạn của chương trình khác với văn bản ban hành",
    standing=Standing.DATA,
    clause="Trích yếu của văn bản ban hành chương trình",
    fails="Thực hiện Chương trình tổng thể cải cách hành chính giai đoạn 2021-2026.",
    passes=(
        "Thực hiện Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030; Kế "
        "hoạch cải cách hành chính giai đoạn 2021-2025 của thành phố."
    ),
)
def other_spans(writing: Writing) -> Iterator[Hit]:
    known = [*_PROGRAMMES]
    if writing.workspace is not None:
        for document in writing.workspace.all_documents:
            known += list(_spans(document.abstract))
    for passage in writing.prose:
        for name, years, start, end in _named_spans(passage.text):
            for other, others_years in known:
                same = len(name & other) >= MIN_SHARED and (name <= other or other <= name)
                if same and years != others_years:
                    yield Hit(
                        Stretch(passage, start, end),
                        f"giai đoạn {years[0]} - {years[1]} không đúng: chương trình này là của "
                        f"giai đoạn {others_years[0]} - {others_years[1]}",
                        f"sửa thành “giai đoạn {others_years[0]} - {others_years[1]}”",
                    )
                    break


MIN_SHARED = 6
"""Words that two names of programmes must share to be of one programme."""

_SPAN = re.compile(
    r"(?P<type>chương trình|kế hoạch|đề án|chiến lược)(?P<name>[^.;,“”]{0,120}?)"
    r"(?P<span>giai đoạn\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d))",
    re.IGNORECASE,
)

_Years = tuple[str, str]


def _named_spans(text: str) -> Iterator[tuple[frozenset[str], _Years, int, int]]:
    """Yield the words of each programme's name, its years and where the whole stands."""
    for found in _SPAN.finditer(text):
        words = f"{found['type']}{found['name']}".lower().split()
        yield frozenset(words), (found["from"], found["to"]), *found.span()


def _spans(abstract: str) -> Iterator[tuple[frozenset[str], _Years]]:
    for name, years, _, _ in _named_spans(abstract):
        yield name, years


_PROGRAMMES = tuple(
    _spans("Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030")
)
"""Programmes of the whole country: Nghị quyết số 76/NQ-CP."""


def _sentences(writing: Writing) -> Iterator[tuple[Passage, bool]]:
    """Yield the sentences, without legal bases, and whether they look ahead."""
    sections = section_of(writing)
    for passage in writing.prose:
        if passage.role is Role.BASIS:
            continue
        section = sections.get(passage.number)
        above = () if section is None else (section, *section.above)
        yield passage, any(each.titled(*_OUTLOOK) for each in above)


def _around(passage: Passage, found: re.Match[str]) -> str:
    """Return the clause around a match."""
    start = max(passage.lower.rfind(sign, 0, found.start()) for sign in ".;") + 1
    ends = [passage.lower.find(sign, found.end()) for sign in ".;"]
    end = min((each for each in ends if each >= 0), default=len(passage.lower))
    return passage.lower[start:end]


def _is_cited(passage: Passage, start: int, end: int) -> bool:
    """Say whether a date or year belongs to a cited document."""
    before = passage.text[max(0, start - 60) : start]
    after = passage.text[end : end + 40]
    return _SYMBOL.search(before) is not None or after.lstrip().startswith(("(", "của Chính phủ"))


def _day(found: re.Match[str]) -> date | None:
    day, month, year = (int(number) for number in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
