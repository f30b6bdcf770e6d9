"""A letter that opens with what it rests on and stops there: "Thực hiện Kế hoạch số … về ….".

The words before the citation lean on a sentence that must follow, after a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Role, Writing
from vanban.nd30.citations import citations

_LEANS = re.compile(
    r"(?:Thực hiện|Triển khai|Triển khai thực hiện|Tiếp tục thực hiện|Thi hành|Theo|Căn cứ|Phúc đáp"
    r"|Tiếp theo|Trả lời)\s+(?:nội dung\s+|chỉ đạo\s+|tinh thần\s+)?"
)
_WHO = re.compile(
    r"\s*(?:UBND|HĐND|[ỦU][yỷ] ban|Hội đồng|Sở|Ban|Bộ|Phòng|Văn phòng|Trung tâm|Chi cục|Cục|Công an"
    r"|Trường|Đảng ủy|Công ty|Chủ tịch|Giám đốc|Để)\s"
)
"""How the sentence begins that should have gone on."""


@text_algorithm
def cut_off(writing: Writing) -> Iterator[Hit]:
    """Tell them before the first heading; in lists of tasks such a sentence is a task.

    Of a paragraph that has nothing else another rule tells.
    """
    for passage in writing.passages:
        if passage.role is Role.HEADING:
            return
        stop = _stop(passage) if passage.role in (Role.BODY, Role.BASIS) else 0
        if stop and _WHO.match(passage.text, stop + 1):
            words = passage.text.rfind(" ", 0, passage.text.rfind(" ", 0, stop)) + 1
            yield Hit(Stretch(passage, words, stop + 1), matter=passage.text[:stop])


def _stop(passage: Passage) -> int:
    """Return where the first sentence stops, if it is a leaning word and a citation; else 0."""
    opening = _LEANS.match(passage.text)
    cited = citations(passage.text)
    if opening is None or not cited or cited[0].head.start != opening.end():
        return 0
    stop = passage.text.find(".", cited[0].head.end)
    ends = (each.abstract_span for each in cited)
    is_title = any(each is not None and each.end == stop for each in ends)
    return stop if is_title else 0
