"""Documents cited that may no longer be in force, or not yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vanban.checks.citations.same import cited_in_sentences, key, register_of
from vanban.checks.finding import Hit, Stretch
from vanban.checks.rules import text_algorithm
from vanban.checks.writing import Passage, Writing
from vanban.nd30.citations import Citation
from vanban.nd30.dates import short_date
from vanban.workspace.models.register import CitedDocument


@dataclass(frozen=True)
class Replaced:
    """What to look at instead of a document, from ``since`` on."""

    since: date
    instead: str


_CLERICAL = Replaced(date(2020, 3, 5), "Nghị định số 30/2020/NĐ-CP về công tác văn thư")
_ONE_STOP = Replaced(
    date(2025, 7, 1),
    "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 về cơ chế một cửa, một cửa liên thông, có hiệu lực "
    "từ 01/7/2025",
)
_RULE_MAKING = Replaced(
    date(2025, 4, 1), "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 và nghị định mới"
)
_LOCAL_GOVERNMENT = Replaced(
    date(2025, 6, 16), "Luật Tổ chức chính quyền địa phương số 72/2025/QH15"
)

REPLACED: dict[str, Replaced] = {
    "61/2018/NĐ-CP": _ONE_STOP,
    "107/2021/NĐ-CP": _ONE_STOP,
    "468/QĐ-TTg": _ONE_STOP,
    "110/2004/NĐ-CP": _CLERICAL,
    "09/2010/NĐ-CP": _CLERICAL,
    "01/2011/TT-BNV": _CLERICAL,
    "80/2015/QH13": _RULE_MAKING,
    "34/2016/NĐ-CP": _RULE_MAKING,
    "59/2012/NĐ-CP": Replaced(
        date(2025, 4, 1),
        "Nghị định số 80/2025/NĐ-CP về tổ chức thi hành văn bản quy phạm pháp luật",
    ),
    "77/2015/QH13": _LOCAL_GOVERNMENT,
    "65/2025/QH15": _LOCAL_GOVERNMENT,
    "01/2011/QH13": Replaced(date(2025, 7, 1), "Luật Lưu trữ số 33/2024/QH15"),
    "43/2011/NĐ-CP": Replaced(date(2022, 8, 15), "Nghị định số 42/2022/NĐ-CP"),
    "30c/NQ-CP": Replaced(
        date(2021, 7, 15), "Nghị quyết số 76/NQ-CP, Chương trình tổng thể giai đoạn 2021 - 2030"
    ),
}
"""Documents that often live on in copied text. Not a register of law: add only what is sure."""

_REPLACED = {key(number): replaced for number, replaced in REPLACED.items()}


@text_algorithm
def out_of_force(writing: Writing) -> Iterator[Hit]:
    register = register_of(writing.workspace)
    for passage, citation in cited_in_sentences(writing):
        document = register.find(citation)
        known = _REPLACED.get(key(citation.number))
        if document is not None and (known_end := _by_register(document, writing)):
            message, todo = known_end
        elif known is not None and (writing.issued is None or writing.issued >= known.since):
            message, todo = "cần kiểm tra hiệu lực", f"xem {known.instead}"
        else:
            continue
        yield Hit(
            Stretch(passage, _clause_start(passage, citation), citation.head.end),
            f"{citation.name}: {message}",
            todo,
            matter=citation.number,
        )


def _by_register(document: CitedDocument, writing: Writing) -> tuple[str, str] | None:
    """Return what is wrong and what to do by the dates of the register, None where nothing is."""
    by_id = writing.workspace.documents_by_id if writing.workspace else {}
    new = by_id.get(document.replaced_by or "")
    end = document.expired or (new and (new.in_force or new.date)) or None
    if (document.expired or document.replaced_by) and (
        end is None or writing.issued is None or end <= writing.issued
    ):
        since = f" từ {short_date(end)}" if end else ""
        todo = f"xem {new.type} số {new.number}" if new else "thay bằng văn bản còn hiệu lực"
        return f"hết hiệu lực{since} theo sổ văn bản", todo
    start = document.in_force
    if start is not None and writing.issued is not None and start > writing.issued:
        return (
            f"chưa có hiệu lực vào ngày của văn bản này (hiệu lực từ {short_date(start)})",
            "xem văn bản đang có hiệu lực",
        )
    return None


def _clause_start(passage: Passage, citation: Citation) -> int:
    """Return where the sentence begins that leans on the document: it says what for."""
    full_stop = passage.text.rfind(". ", 0, citation.head.start)
    start = full_stop + 2 if full_stop >= 0 else 0
    while start < citation.head.start and not passage.text[start].isalnum():
        start += 1
    return start
