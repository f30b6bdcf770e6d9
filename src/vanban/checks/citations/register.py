"""Citations against the register of documents, and against one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.checks.citations.itself import CITING_CLAUSE, cited
from vanban.checks.citations.parse import Citation
from vanban.checks.finding import Datum, Hit, Standing, Stretch
from vanban.checks.rules import Project, project_rule, text_rule
from vanban.checks.writing import Passage, Writing
from vanban.nd30.dates import short_date
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

REGISTER = "Sổ văn bản (van-ban.yaml)"
OWN_NAMES = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})

REPLACED: dict[str, str] = {
    "61/2018/NĐ-CP": "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 (cơ chế một cửa, một cửa liên "
    "thông), có hiệu lực từ 01/7/2025",
    "468/QĐ-TTg": "quy định về cơ chế một cửa của Nghị định số 118/2025/NĐ-CP ngày 09/6/2025, có "
    "hiệu lực từ 01/7/2025",
    "110/2004/NĐ-CP": "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 về công tác văn thư",
    "09/2010/NĐ-CP": "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 về công tác văn thư",
    "01/2011/TT-BNV": "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 về công tác văn thư",
}
"""Documents that often live on in copied text, and what to look at instead."""


def key(number: str) -> str:
    """Return number and symbol for comparing: without a leading zero, in one casing."""
    return re.sub(r"^0+(?=\d)", "", number).casefold()


def registered(workspace: Workspace | None) -> dict[str, CitedDocument]:
    """Return the documents with a number, by their key."""
    if workspace is None:
        return {}
    return {
        key(document.number): document
        for document in workspace.all_documents
        if document.number is not None and document.has_number
    }


def _head(passage: Passage, citation: Citation) -> Stretch:
    """The citation without its abstract."""
    spans = (citation.number_span, citation.date_span, citation.issuer_span)
    return Stretch(passage, citation.span.start, max(span.end for span in spans if span))


def _name(citation: Citation) -> str:
    return f"{citation.type} số {citation.number}"


@text_rule(
    id="vien-dan/khac-so-dang-ky",
    title="Viện dẫn khác sổ văn bản",
    standing=Standing.DATA,
    clause=REGISTER,
    fails="Thực hiện Công văn số 1747/UBND-KSTTHC ngày 03/6/2025 của UBND thành phố Hải Phòng.",
    passes="Thực hiện Công văn số 1747/UBND-KSTTHC ngày 30/6/2025 của UBND thành phố Hải Phòng.",
)
def unlike_register(writing: Writing) -> Iterator[Hit]:
    known = registered(writing.workspace)
    for passage, citation in cited(writing):
        document = known.get(key(citation.number))
        if document is None:
            continue
        for what, mine, theirs in _parts(citation, document):
            if mine is not None and theirs is not None and mine != theirs:
                yield Hit(
                    _head(passage, citation),
                    f"{_name(citation)}: {what} ở đây là “{mine}”, trong sổ văn bản là “{theirs}”",
                    "xem bản gốc rồi sửa chỗ sai",
                    matter=f"{citation.number} {what}",
                )


def _parts(
    citation: Citation, document: CitedDocument
) -> tuple[tuple[str, str | None, str | None], ...]:
    return (
        ("tên loại", citation.type, document.type),
        (
            "ngày",
            short_date(citation.day) if citation.day else None,
            short_date(document.date) if document.date else None,
        ),
    )


@text_rule(
    id="vien-dan/chua-dang-ky",
    title="Văn bản viện dẫn chưa có trong sổ văn bản",
    standing=Standing.HABIT,
    clause=REGISTER,
    fails="Theo Quyết định số 282/QĐ-TTg ngày 13/02/2026 của Thủ tướng Chính phủ.",
    passes="Thực hiện Công văn số 1747/UBND-KSTTHC ngày 30/6/2025.",
    own_words=False,
)
def not_registered(writing: Writing) -> Iterator[Hit]:
    if writing.workspace is None:
        return
    known = registered(writing.workspace)
    for passage, citation in cited(writing):
        if citation.is_blank or citation.type in OWN_NAMES or key(citation.number) in known:
            continue
        if _near(citation.number, known) is None:
            yield Hit(
                _head(passage, citation),
                f"{_name(citation)} chưa có trong sổ văn bản",
                f"chép vào van-ban.yaml rồi điền chỗ trống: {entry(passage, citation)}",
                matter=citation.number,
            )


def entry(passage: Passage, citation: Citation) -> str:
    """Return a line of YAML to paste into the register."""
    place = citation.abstract_span
    abstract = passage.text[place.start : place.end] if place else "…"
    letters = re.sub(r"[^a-z0-9]+", "-", citation.number.lower().replace("đ", "d"))
    values = {
        "ma": f"vb-{letters}".strip("-"),
        "loai": citation.type,
        "so_ky_hieu": citation.number,
        "ngay": short_date(citation.day) if citation.day else "…",
        "co_quan": citation.issuer or "…",
        "trich_yeu": " ".join(abstract.split()).replace('"', "”"),
    }
    quoted = (f'{name}: "{value}"' for name, value in values.items())
    return "- {" + ", ".join(quoted) + "}"


def _near(number: str, known: dict[str, CitedDocument]) -> CitedDocument | None:
    """Return the registered document whose number differs by one digit or two swapped."""
    wanted = key(number)
    head, _, tail = wanted.partition("/")
    for other, document in known.items():
        other_head, _, other_tail = other.partition("/")
        if tail == other_tail and len(head) >= 3 and len(head) == len(other_head):
            if sorted(head) == sorted(other_head) and head != other_head:
                return document
        elif head == other_head and len(head) >= 3 and _one_letter_off(tail, other_tail):
            return document
    return None


def _one_letter_off(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    start = next(
        (index for index, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
    rests = ((one[start + 1 :], two[start + 1 :]), (one[start + 1 :], two[start:]))
    return any(a == b for a, b in (*rests, (one[start:], two[start + 1 :])))


@text_rule(
    id="vien-dan/gan-giong",
    title="Số, ký hiệu gần giống một văn bản trong sổ",
    standing=Standing.CONSISTENCY,
    clause=REGISTER,
    fails="Thực hiện Công văn số 1774/UBND-KSTTHC của UBND thành phố Hải Phòng.",
    passes="Thực hiện Công văn số 1747/UBND-KSTTHC của UBND thành phố Hải Phòng.",
)
def near_registered(writing: Writing) -> Iterator[Hit]:
    known = registered(writing.workspace)
    for passage, citation in cited(writing):
        if key(citation.number) in known or citation.is_blank:
            continue
        document = _near(citation.number, known)
        if document is not None:
            yield Hit(
                _head(passage, citation),
                f"số {citation.number} gần giống {document.type} số {document.number} trong sổ",
                f"có phải “{document.number}”?",
                matter=citation.number,
            )


@text_rule(
    id="vien-dan/lan-dau",
    title="Viện dẫn lần đầu chưa đủ",
    standing=Standing.LAW,
    clause=CITING_CLAUSE,
    fails="Theo quy định tại Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ và hướng dẫn.",
    passes="Theo Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về tổ chức thi hành.",
)
def first_citation(writing: Writing) -> Iterator[Hit]:
    known = registered(writing.workspace)
    seen: set[str] = set()
    for passage, citation in cited(writing):
        number = key(citation.number)
        if citation.is_blank or citation.type in OWN_NAMES or number in seen:
            continue
        seen.add(number)
        if passage.is_quoted(citation.span.start, citation.span.end):
            continue
        parts = (
            ("ngày ban hành", citation.date_span),
            ("cơ quan ban hành", citation.issuer_span),
            ("trích yếu", citation.abstract_span),
        )
        lacking = [name for name, span in parts if span is None]
        if not lacking:
            continue
        document = known.get(number)
        todo = f"thêm {', '.join(lacking)}"
        if document is not None and "trích yếu" in lacking:
            todo += f"; trích yếu trong sổ: “{document.abstract}”"
        yield Hit(
            _head(passage, citation),
            f"viện dẫn lần đầu {_name(citation)} còn thiếu {', '.join(lacking)}",
            todo,
            matter=number,
        )


@text_rule(
    id="vien-dan/lan-sau",
    title="Viện dẫn lần sau ghi lại đầy đủ",
    standing=Standing.CONSISTENCY,
    clause=CITING_CLAUSE,
    fails="Theo Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về thi hành.\n"
    "Căn cứ Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về thi hành.",
    passes="Theo Nghị định số 80/2025/NĐ-CP ngày 01/4/2025 của Chính phủ về thi hành.\n"
    "Việc thi hành theo Nghị định số 80/2025/NĐ-CP.",
)
def later_citation(writing: Writing) -> Iterator[Hit]:
    seen: set[str] = set()
    for passage, citation in cited(writing):
        number = key(citation.number)
        if citation.is_blank:
            continue
        if number in seen and citation.date_span is not None and citation.abstract_span is not None:
            yield Hit(
                Stretch(passage, citation.span.start, citation.span.end),
                f"{_name(citation)} đã viện dẫn đầy đủ ở trên",
                f"các lần sau chỉ ghi “{_name(citation)}”",
                matter=number,
            )
        seen.add(number)


@text_rule(
    id="vien-dan/hieu-luc",
    title="Viện dẫn văn bản có thể đã hết hiệu lực",
    standing=Standing.CONSISTENCY,
    clause="Hiệu lực của văn bản được viện dẫn",
    fails="Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
    passes="Thực hiện Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ.",
)
def out_of_force(writing: Writing) -> Iterator[Hit]:
    known = registered(writing.workspace)
    for passage, citation in cited(writing):
        document = known.get(key(citation.number))
        instead = REPLACED.get(citation.number)
        message = ""
        if document is not None and _is_expired(document, writing.issued):
            message = f"{_name(citation)} đã hết hiệu lực theo sổ văn bản"
            by_id = writing.workspace.documents_by_id if writing.workspace else {}
            new = by_id.get(document.replaced_by or "")
            instead = f"{new.type} số {new.number}" if new is not None else ""
        elif instead is not None:
            message = f"cần kiểm tra hiệu lực của {_name(citation)}"
        if message:
            # The clause that leans on it says what it is used for.
            start = max(passage.text.rfind(". ", 0, citation.span.start) + 2, 0)
            start = start if start > 1 else 0
            yield Hit(
                Stretch(passage, start, _head(passage, citation).end),
                message,
                f"xem {instead}" if instead else "thay bằng văn bản còn hiệu lực",
                matter=citation.number,
            )


def _is_expired(document: CitedDocument, issued: date | None) -> bool:
    if document.expired is not None:
        return issued is None or document.expired <= issued
    return document.replaced_by is not None


@project_rule(
    id="vien-dan/so-van-ban",
    title="Mục trong sổ văn bản tự mâu thuẫn",
    standing=Standing.DATA,
    clause=REGISTER,
    fails={
        "van-ban.yaml": "van_ban:\n"
        "  - {ma: cv-1747, loai: Công văn, so_ky_hieu: 1747/UBND, trich_yeu: về việc a}\n"
        "  - {ma: kh-cchc, loai: Kế hoạch, so_ky_hieu: /KH-UBND, trich_yeu: b}\n"
        "  - {ma: nd-59, loai: Nghị định, so_ky_hieu: 59/2019/NĐ-CP, ngay: 01/7/2025,"
        " trich_yeu: quy định chi tiết}\n"
    },
    passes={
        "van-ban.yaml": "van_ban:\n"
        "  - {ma: cv-1747, loai: Công văn, so_ky_hieu: 1747/UBND, trich_yeu: về việc a}\n"
        "  - {ma: kh-cchc, loai: Kế hoạch, so_ky_hieu: /KH-UBND, trich_yeu: b}\n"
        "  - {ma: nd-59, loai: Nghị định, so_ky_hieu: 59/2019/NĐ-CP, ngay: 01/7/2019,"
        " trich_yeu: quy định chi tiết}\n"
    },
)
def register_in_itself(project: Project) -> Iterator[Hit]:
    if project.workspace is None:
        return
    citing: dict[str, set[str]] = {}
    for writing in project.writings:
        for _, citation in cited(writing):
            citing.setdefault(key(citation.number), set()).add(writing.id)
    for document in project.workspace.documents.documents:
        year = re.match(r"\d+[a-zđ]?/(\d{4})/", document.number or "")
        if year is None or document.date is None or int(year[1]) == document.date.year:
            continue
        yield Hit(
            Datum(
                document.at("date"),
                f"{document.number} ngày {short_date(document.date)}",
                frozenset(citing.get(key(document.number or ""), ())),
            ),
            f"{document.type} số {document.number} là của năm {year[1]} nhưng ngày ban hành ghi "
            f"năm {document.date.year}",
            "xem lại ngày theo bản gốc",
            matter=document.id,
        )


@project_rule(
    id="vien-dan/trai-nhau",
    title="Một văn bản được viện dẫn với hai ngày khác nhau",
    standing=Standing.DATA,
    clause=CITING_CLAUSE,
    fails="Theo Quyết định số 65/QĐ-UBND ngày 16/01/2025.\nTheo Quyết định số 65/QĐ-UBND ngày "
    "18/01/2025.",
    passes="Theo Quyết định số 65/QĐ-UBND ngày 16/01/2025.\nTheo Quyết định số 65/QĐ-UBND.",
)
def two_dates(project: Project) -> Iterator[Hit]:
    first: dict[tuple[str, str | None], tuple[Stretch, date]] = {}
    for writing in project.writings:
        known = registered(writing.workspace)
        for passage, citation in cited(writing):
            number = key(citation.number)
            if citation.day is None or citation.is_blank or number in known:
                continue
            head = _head(passage, citation)
            before = first.setdefault((number, citation.issuer), (head, citation.day))
            if before[1] != citation.day:
                yield Hit(
                    head,
                    f"{_name(citation)} ở đây ghi ngày {short_date(citation.day)}, chỗ khác ghi "
                    f"ngày {short_date(before[1])}",
                    "xem bản gốc rồi ghi thống nhất",
                    matter=number,
                    others=(before[0],),
                )
