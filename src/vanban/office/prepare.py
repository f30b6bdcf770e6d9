"""An office file → the copy that may be converted: what was saved, and nothing from outside.

In: the bytes of a .docx or .xlsx. Out: :class:`Prepared`, new bytes and what the copy could not
keep. Fields show their stored results, revisions are settled as accepted, cells keep their saved
values (:mod:`word`, :mod:`workbook`); every reference to the outside is gone (:mod:`outside`). The
same holds for the office files that lie in it. The bytes that were given are never changed.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from vanban.office import outside, word, workbook
from vanban.ooxml.markup import w
from vanban.ooxml.package import Package, UnreadableOffice
from vanban.ooxml.revisions import count_revisions, settle_revisions

DEEPEST = 3
"""Office files inside of office files; Office itself hardly writes more than one."""

REVISIONS = (
    "tệp còn theo dõi sửa đổi ({} chỗ): bản PDF lấy nội dung như đã chấp nhận hết — nên chấp nhận "
    "hoặc bỏ từng sửa đổi trong Word rồi thêm lại"
)
CHUNK = (
    "tệp chèn nguyên một tệp khác (altChunk) mà bản PDF không có — mở bằng Word, lưu lại rồi thêm"
)


class Prepared(Struct, frozen=True):
    """``data`` is the copy; ``notes`` say in Vietnamese what it could not keep or had to settle.

    ``revisions`` is the number of tracked changes that were open and are settled as accepted.
    """

    data: bytes
    notes: tuple[str, ...] = ()
    revisions: int = 0


def prepare(data: bytes) -> Prepared:
    """Return the copy of a file; raises UnreadableOffice where it is damaged or hostile."""
    copy = _settled(Package(data).read_all(), DEEPEST)
    tracked = (REVISIONS.format(copy.revisions),) if copy.revisions else ()
    return replace(copy, notes=(*tracked, *dict.fromkeys(copy.notes)))


def _settled(package: Package, depth: int) -> Prepared:
    """Settle a file after the office files in it, and leave out those that cannot be read.

    Chunks are put into the text, if they are Word files; of objects only a stored picture shows.
    """
    notes: list[str] = []
    revisions = 0
    chunks = [each for each in package.relations() if each.kind == "aFChunk" and not each.external]
    shown = {each.part for each in chunks}
    for name, data in list(package.rest.items()):
        if not data.startswith(b"PK"):
            continue
        try:
            inner = Package(data if depth else b"").read_all()
        except UnreadableOffice:
            del package.rest[name]
            continue
        if name in shown and not _is_text(inner):
            del package.rest[name]
            continue
        copy = _settled(inner, depth - 1)
        package.rest[name] = copy.data
        if name in shown:
            notes += copy.notes
            revisions += copy.revisions
    for chunk in chunks:
        if not package.rest.get(chunk.part, b"").startswith(b"PK"):
            outside.remove_references(package, chunk)
            notes.append(CHUNK)
    notes += workbook.keep_cells(package)
    for root in package.roots.values():
        revisions += count_revisions(root)
        settle_revisions(root)
        notes += word.lock_fields(root)
        word.unbind(root)
    notes += outside.cut_off(package)
    return Prepared(package.packed(), tuple(notes), revisions)


def _is_text(package: Package) -> bool:
    return any(root.tag == w("document") for root in package.roots.values())
