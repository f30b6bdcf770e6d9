"""What a document needs before it may be signed: a table a kind, and headings with nothing below.

In: a composed document and the content it was made from. Out: its gaps (:class:`Gap`), each told
once: instructions that still stand in its files, then what the tables ask for, then headings that
neither explains. Required keys (signer, title …) are told by loading and are no rows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from operator import attrgetter

from vanban.compose.composed import Gap
from vanban.compose.furniture import END_MARK
from vanban.document import Block, Document, Heading, Paragraph, StyleId, Table
from vanban.errors import Place
from vanban.evidence.awaited import NOT_ATTACHED, awaited
from vanban.workspace.files import AREAS
from vanban.workspace.folder import shown_path
from vanban.workspace.models.entry import Entry
from vanban.workspace.models.plan import Area, Issue, TaskGroup
from vanban.workspace.workspace import Workspace

FILLED: Mapping[str, tuple[tuple[str, str], ...]] = {
    # kind: (attribute that may not be empty, heading that stands empty for it)
    "plan": (
        ("bases", ""),
        ("recipients", ""),
        ("purposes", "MỤC ĐÍCH"),
        ("requirements.tasks", ""),
        ("organisation", "TỔ CHỨC THỰC HIỆN"),
    ),
    "report": (("addressees", ""), ("recipients", "")),
    "self-assessment": (
        ("addressees", ""),
        ("recipients", ""),
        ("organisation", "CÔNG TÁC TỔ CHỨC TỰ ĐÁNH GIÁ"),
        ("answers", ""),
    ),
    "paper": (("recipients", ""),),
    "decision": (("bases", ""), ("recipients", "")),
    "evidence-index": (("evidence", ""),),
}
"""A plan rests on a legal basis (“Căn cứ”, “Thực hiện …”), a report goes to a superior (“Kính gửi”,
Decree 30/2020/NĐ-CP, Annex I, II.6.a and II.9)."""


def gaps(
    kind: str,
    document: Document,
    sources: Iterable[Entry],
    workspace: Workspace,
    computed: Iterable[Gap] = (),
) -> tuple[Gap, ...]:
    """Return everything that ``document`` lacks.

    ``sources`` are the entries of content that it is made from, its own file first; ``computed``
    are gaps that only its kind can know, as a missing figure.
    """
    own, *others = sources
    left = tuple(_instruction_gaps((own, *others)))
    told = {(gap.place.file, gap.key) for gap in left if gap.place is not None}
    needed = [*_unfilled(kind, own), *computed]
    if kind == "plan":
        needed += _empty_areas(workspace)
    known = (*left, *(gap for gap in needed if not _is_told(gap, told)))
    named = tuple(gap.heading.casefold() for gap in (*left, *needed) if gap.heading)
    return (*known, *_empty_headings(document, named))


def not_attached(workspace: Workspace) -> Iterator[Gap]:
    """Yield the documents that are to prove criteria without their signed copy."""
    for each in awaited(workspace):
        codes = ", ".join(each.criteria)
        text = f"{each.document.id} (minh chứng cho {codes}) {NOT_ATTACHED}"
        yield Gap(text, each.place, "minh_chung_cho")


def _is_told(gap: Gap, told: Iterable[tuple[object, str]]) -> bool:
    if gap.place is None or not gap.key:
        return False
    return any(
        gap.place.file == file and (key == gap.key or key.startswith(f"{gap.key}."))
        for file, key in told
    )


def _instruction_gaps(sources: Iterable[Entry]) -> Iterator[Gap]:
    for entry in sources:
        for each in entry.instructions:
            yield Gap(
                f"{each.key}: còn lời hướng dẫn, chưa có nội dung (“{_short(each.text)}”)",
                each.place,
                each.key,
            )


MAX_SHOWN = 60


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1].rsplit(' ', 1)[0]} …"


def _unfilled(kind: str, own: Entry) -> Iterator[Gap]:
    for path, heading in FILLED.get(kind, ()):
        *above, attribute = path.split(".")
        entry = attrgetter(".".join(above))(own) if above else own
        if getattr(entry, attribute):
            continue
        if attribute == "recipients" and isinstance(own, Issue) and own.addressees:
            continue  # the line “Như trên” stands there
        declared = type(entry).model_fields[attribute]
        names = [type(own).model_fields[name].alias for name in above]
        key = ".".join(str(name) for name in (*names, declared.alias))
        yield Gap(f"chưa có “{declared.title}” ({key})", entry.at(attribute), key, heading)


def _empty_areas(workspace: Workspace) -> Iterator[Gap]:
    if not workspace.areas:
        folder = Place(shown_path(AREAS.path(workspace.root, workspace.year)))
        yield Gap("chưa có lĩnh vực nào của kế hoạch", folder, heading="NHIỆM VỤ, GIẢI PHÁP")
    for area in workspace.areas:
        yield from _empty_groups(area, "lĩnh vực", "nhiem_vu")


def _empty_groups(entry: Area | TaskGroup, what: str, key: str) -> Iterator[Gap]:
    if not entry.tasks and not entry.groups:
        text = f"{what} “{entry.name}” chưa có nhiệm vụ ({key.rpartition('.')[2]})"
        yield Gap(text, entry.at("tasks"), key, entry.name)
    for group in entry.groups:
        yield from _empty_groups(group, "nhóm", "nhom")


def _empty_headings(document: Document, named: tuple[str, ...]) -> Iterator[Gap]:
    """Yield the headings without text, table or heading below, but for those that are ``named``."""
    for annex in document.annexes:
        if not _content(annex.blocks):
            yield Gap(f"{annex.number} “{annex.title}” chưa có nội dung".strip())
    for blocks in (document.body, *(annex.blocks for annex in document.annexes)):
        above: list[Heading] = []
        blocks = _content(blocks)
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Heading):
                above = [*(each for each in above if each.level < block.level), block]
            if not _stands_empty(block, following):
                continue
            titles = [*(each.outline_text for each in above), block.text]
            if not any(name in title.casefold() for name in named for title in titles):
                title = block.outline_text if isinstance(block, Heading) else block.text
                parents = [each.outline_text for each in above if each is not block]
                where = f" (thuộc “{_short(parents[-1])}”)" if parents else ""
                yield Gap(f"đề mục “{title}” chưa có nội dung{where}")


def _content(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if block.text.strip(f" {END_MARK}"))


def _stands_empty(block: Block, following: Block | None) -> bool:
    if isinstance(block, Heading):
        same = isinstance(following, Heading) and following.level <= block.level
        return following is None or same
    if isinstance(block, Paragraph) and block.style is StyleId.TABLE_TITLE:
        return not (isinstance(following, Table) and following.rows)
    return False
