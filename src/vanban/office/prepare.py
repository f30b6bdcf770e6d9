"""An office file → the copy that may be converted: what was saved, and nothing from outside.

In: the bytes of a .docx or .xlsx. Out: :class:`Prepared`, new bytes and what the copy could not
keep. Fields show their stored results, revisions are settled as accepted, cells keep their saved
values (:mod:`word`, :mod:`workbook`); every reference to the outside is gone (:mod:`outside`). The
bytes that were given are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from vanban.office import outside, word, workbook
from vanban.office.package import Package, open_package

DEEPEST = 3
"""Word files inside of Word files (altChunk); Office itself never writes more than one."""


@dataclass(frozen=True)
class Prepared:
    """``data`` is the copy; ``notes`` say in Vietnamese what it could not keep or had to settle.

    ``revisions`` is the number of tracked changes that were open and are settled as accepted.
    """

    data: bytes
    notes: tuple[str, ...] = ()
    revisions: int = 0


def prepare(data: bytes, suffix: str) -> Prepared:
    """Return the copy of a file whose name ends in ``suffix`` (".docx" or ".xlsx").

    Raises UnreadableOffice where the file is damaged, hostile, or of no known kind.
    """
    package = open_package(data)
    notes: list[str] = []
    revisions = 0
    if suffix == ".xlsx":
        notes += workbook.keep_cells(package)
    else:
        revisions = _prepare_word(package, notes, DEEPEST)
    notes += outside.cut_off(package)
    if revisions:
        notes.insert(0, REVISIONS.format(revisions))
    return Prepared(package.packed(), tuple(dict.fromkeys(notes)), revisions)


REVISIONS = (
    "tệp còn theo dõi sửa đổi ({} chỗ): bản PDF lấy nội dung như đã chấp nhận hết — nên chấp nhận "
    "hoặc bỏ từng sửa đổi trong Word rồi thêm lại"
)


def _prepare_word(package: Package, notes: list[str], depth: int) -> int:
    """Settle a Word file and those that it holds as chunks; returns the number of revisions."""
    revisions = _prepare_chunks(package, notes, depth)
    for root in package.roots.values():
        revisions += word.settle_revisions(root)
        notes += word.lock_fields(root)
        word.unbind(root)
    return revisions


def _prepare_chunks(package: Package, notes: list[str], depth: int) -> int:
    """Prepare Word files that are put into the text; chunks of other kinds are left out."""
    revisions = 0
    for relation in package.relations():
        if relation.kind != "aFChunk" or relation.external:
            continue
        data = package.rest.get(relation.part, b"")
        if data.startswith(b"PK") and depth:
            chunk = open_package(data)
            revisions += _prepare_word(chunk, notes, depth - 1)
            notes += outside.cut_off(chunk)
            package.rest[relation.part] = chunk.packed()
        else:
            outside.remove_references(package, relation)
            notes.append(
                "tệp chèn nguyên một tệp khác (altChunk) mà bản PDF không có — mở bằng Word, lưu "
                "lại rồi thêm"
            )
    return revisions
