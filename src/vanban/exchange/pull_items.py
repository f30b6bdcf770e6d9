"""Paragraphs that came or went in a Word file → items of lists that are added or deleted.

A new paragraph becomes an item beside that of the paragraph before it, or behind it, whichever
begins as it does ("- ", "1. "). An item goes where every paragraph that prints words of it is gone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from vanban.exchange.marks import Base, BaseParagraph, Piece, same_text, values_code
from vanban.exchange.pull import (
    LOST,
    NOWHERE,
    OUTSIDE,
    SHARED,
    Act,
    Comparison,
    Edit,
    Verdict,
    is_outside,
)
from vanban.exchange.pull_edits import is_as_typed
from vanban.ooxml.word_file import WordParagraph
from vanban.provenance import Keys, Origin
from vanban.workspace import source

_LABEL = re.compile(r"\s*([-–•+]|\(?(?:\d+(?:\.\d+)*|[a-zđ])[.)])\s+")
_DASHES = "-–•+"
_NUMBERED = re.compile(r"(.*?)([0-9]+)")
ID = "ma"


def item_edits(comparison: Comparison) -> Iterator[Edit]:
    """Yield the edits that add or delete items, and the paragraphs that belong to none."""
    yield from _deleted(comparison)
    yield from _added(comparison)
    for at in comparison.matching.moved:
        paragraph = comparison.base.paragraphs[at]
        piece = next((each for each in paragraph.pieces if each.value), paragraph.pieces[0])
        place, text = comparison.place_of(at, piece), same_text(paragraph.text)
        note = "đoạn này đã chuyển chỗ — đổi thứ tự trong tệp nội dung bằng tay"
        where = comparison.matching.pairs[at]
        yield Edit(Verdict.REFUSED, Act.NONE, place, text, text, note=note, at=where)


# --- gone -------------------------------------------------------------------------------------


def _deleted(comparison: Comparison) -> Iterator[Edit]:
    base, pairs = comparison.base.paragraphs, comparison.matching.pairs
    gone = [at for at in range(len(base)) if at not in pairs]
    printing: dict[str, set[int]] = defaultdict(set)
    for at, paragraph in enumerate(base):
        for value in paragraph.values:
            for item in _items(value):
                printing[item].add(at)
    told: set[str] = set()
    for at in gone:
        items = [
            item
            for value in sorted(base[at].values)
            for item in _items(value)
            if printing[item] <= set(gone)
        ]
        place = _place_in_file(comparison, at)
        if not items:
            yield _left_out(comparison, at, place)
        elif items[0] not in told:
            told.add(items[0])
            deletion = _deletion(comparison, base[at], items[0], place)
            yield from () if deletion is None else (deletion,)


def _items(value: str) -> list[str]:
    """Return the addresses of the items of lists that a value stands in, the outermost first."""
    steps = value.split("/")
    ends = [end for end, step in enumerate(steps, 1) if step.startswith("#") or ":#" in step]
    return ["/".join(steps[:end]) for end in ends]


def _deletion(comparison: Comparison, paragraph: BaseParagraph, item: str, at: int) -> Edit | None:
    value = next(each for each in sorted(paragraph.values) if item in _items(each))
    text = same_text(paragraph.text)
    origin = comparison.origins.get(value)
    if origin is None:
        return None  # the content is rid of it, too
    keys = origin.path[: len(item.partition(":")[2].split("/"))]
    node = node_at(comparison.trees.get(origin.place.file), keys)
    others = _unprinted(comparison, node, item)
    verdict, note, act = Verdict.TAKEN, "", Act.DELETE
    if is_outside(value):
        verdict, note, act = Verdict.REFUSED, OUTSIDE, Act.NONE
    elif comparison.is_shared(value):
        verdict, note = Verdict.UNSURE, SHARED
    elif comparison.now.values.get(value) != comparison.base.values[value]:
        verdict, note = Verdict.CONFLICT, "nội dung đã sửa sau khi dựng tệp, tệp thì xóa"
    elif not comparison.matching.marks:
        verdict, note = Verdict.UNSURE, LOST
    elif comparison.base_lost:
        verdict, note = Verdict.UNSURE, "bị xóa trong tệp, hoặc thêm vào nội dung sau khi dựng tệp"
    elif others:
        verdict, note = Verdict.UNSURE, f"mục còn có {', '.join(others)}, xóa thì mất theo"
    now = comparison.now.values[value]
    return Edit(verdict, act, origin.place, text, "", now, note, keys, at=at)


def _unprinted(comparison: Comparison, node: source.Node, item: str) -> list[str]:
    """Return the keys of an item that no paragraph shows, but for its id."""
    if not isinstance(node, source.Mapping):
        return []
    printed = {
        value.removeprefix(f"{item}/").partition("/")[0]
        for value in comparison.base.values
        if value.startswith(f"{item}/")
    }
    return [key for key in node if key != ID and key not in printed]


def _left_out(comparison: Comparison, gone: int, at: int) -> Edit:
    """Return that a paragraph is gone which is no item of a list."""
    paragraph = comparison.base.paragraphs[gone]
    piece = next((each for each in paragraph.pieces if each.value), None)
    piece = piece or next(
        (each for each in paragraph.pieces if each.text.strip()),
        Piece("", paragraph.pieces[0].kind),
    )
    note = "đoạn này bị xóa, nhưng không phải một mục riêng của nội dung — bỏ ở chỗ đã ghi bằng tay"
    place, text = comparison.place_of(gone, piece), same_text(paragraph.text)
    return Edit(Verdict.REFUSED, Act.NONE, place, text, "", note=note, at=at)


def _place_in_file(comparison: Comparison, at: int) -> int:
    """Return the paragraph of the file behind which one of the base stood."""
    pairs = comparison.matching.pairs
    before = next((n for n in range(at - 1, -1, -1) if n in pairs), None)
    return -1 if before is None else pairs[before]


# --- come -------------------------------------------------------------------------------------


def _added(comparison: Comparison) -> Iterator[Edit]:
    of_file = comparison.matching.of_file
    ids, taken_before = _ids(comparison), _texts(comparison.now) - _texts(comparison.base)
    for at, paragraph in enumerate(comparison.file):
        if at in of_file or _was_built(comparison, paragraph):
            continue
        if paragraph.cell is not None:
            note = "ô mới trong bảng: bảng do máy lập — thêm mục ở tệp nội dung bằng tay"
            new = same_text(paragraph.text)
            yield Edit(Verdict.REFUSED, Act.NONE, NOWHERE, "", new, note=note, at=at)
            continue
        text = same_text(paragraph.text)
        if paragraph.box:
            note = "chữ trong khung (text box): văn bản không in khung chữ — thêm bằng tay"
            yield Edit(Verdict.REFUSED, Act.NONE, NOWHERE, "", text, note=note, at=at)
            continue
        found = _beside(comparison, text, at, of_file)
        if found is None:
            note = "đoạn mới, không rõ thuộc mục nào của nội dung — thêm bằng tay"
            yield Edit(Verdict.REFUSED, Act.NONE, NOWHERE, "", text, note=note, at=at)
        elif taken_before[words := _words(text, found)] > 0:
            taken_before[words] -= 1
        else:
            yield _addition(comparison, words, at, found, ids)


def _texts(base: Base) -> Counter[str]:
    """Return how many values say the same."""
    return Counter(map(same_text, base.values.values()))


def _was_built(comparison: Comparison, paragraph: WordParagraph) -> bool:
    """Say whether a paragraph is not new, but one that the content has no more.

    Without the base of the file nobody knows that of cells, which have no marks.
    """
    known = {values_code(each.mark) for each in comparison.base.paragraphs}
    codes = [code for name in paragraph.bookmarks if (code := values_code(name)) is not None]
    return any(code not in known for code in codes) or (
        comparison.base_lost and paragraph.cell is not None
    )


class _Beside(Struct, frozen=True):
    """The item that a new one joins: its paragraph, the words there, where they stand now.

    ``depth`` is the step of its keys that is its position; the new one stands ``behind`` it.
    """

    paragraph: BaseParagraph
    piece: Piece
    origin: Origin
    depth: int
    behind: bool

    @property
    def position(self) -> int:
        step = self.origin.path[self.depth]
        assert isinstance(step, int)
        return step


def _addition(comparison: Comparison, words: str, at: int, beside: _Beside, ids: set[str]) -> Edit:
    path, depth = beside.origin.path, beside.depth
    keys: Keys = (*path[:depth], beside.position + beside.behind)
    tree = comparison.trees.get(beside.origin.place.file)
    own = node_at(tree, path[: depth + 1])
    item_id = ""
    if isinstance(own, source.Mapping) and isinstance(own.get(ID), str):
        item_id = new_id(str(own[ID]), ids)
        ids.add(item_id)
    field = "".join(map(str, path[depth + 1 :]))
    lost = not comparison.matching.marks
    verdict, note = (Verdict.UNSURE, LOST) if lost else (Verdict.TAKEN, "")
    place = beside.origin.place
    return Edit(verdict, Act.ADD, place, "", words, "", note, keys, field, item_id, at)


def _beside(
    comparison: Comparison, text: str, at: int, of_file: Mapping[int, int]
) -> _Beside | None:
    """Return what a new paragraph joins, None where there is no list near."""
    before = [of_file[n] for n in range(at - 1, -1, -1) if n in of_file][:MOST_BACK]
    after = [of_file[n] for n in range(at + 1, len(comparison.file)) if n in of_file][:1]
    near = [*((n, True) for n in before), *((n, False) for n in after)]
    found = [_item(comparison, comparison.base.paragraphs[n], behind) for n, behind in near]
    alike = (each for each in found if each and _label(each.paragraph.text) == _label(text))
    return next(alike, None) or next(filter(None, (*found[:1], *found[len(before) :])), None)


MOST_BACK = 4
"""Paragraphs before a new one among which its list is sought: lines of assignment may follow it."""


def _item(comparison: Comparison, paragraph: BaseParagraph, behind: bool) -> _Beside | None:
    """Return the item of a list of this document that a paragraph prints the text of."""
    for piece in paragraph.pieces:
        origin = comparison.origins.get(piece.value)
        if origin is None or comparison.is_shared(piece.value):
            continue
        depths = [n for n, step in enumerate(origin.path) if isinstance(step, int)]
        is_text = depths and len(origin.path) - depths[-1] <= 2
        if is_text and is_as_typed(piece, comparison.base.values):
            return _Beside(paragraph, piece, origin, depths[-1], behind)
    return None


def _label(text: str) -> str:
    """Return what a paragraph begins with: a dash, a number or letter, nothing."""
    found = _LABEL.match(text)
    return "" if found is None else "-" if found[1] in _DASHES else "1"


def _words(text: str, beside: _Beside) -> str:
    """Return the words of a new paragraph without what the program prints around its like's."""
    pieces = beside.paragraph.pieces
    number = pieces.index(beside.piece)
    before = "".join(each.text for each in pieces[:number])
    after = same_text("".join(each.text for each in pieces[number + 1 :]))
    label = _LABEL.match(text)
    if label is not None and _label(f"{before}x") == _label(text):
        text = text[label.end() :]
    return text.removesuffix(after).rstrip() if len(after) <= MOST_SIGNS else text


MOST_SIGNS = 2
"""Letters of what stands behind the words of an item, as ";", that a new one is rid of."""


def _ids(comparison: Comparison) -> set[str]:
    return {
        step.partition("#")[2]
        for value in (*comparison.now.values, *comparison.base.values)
        for step in value.split("/")
        if "#" in step
    }


def new_id(like: str, taken: set[str]) -> str:
    """Return an id in the manner of ``like`` that is not taken: "tthc-16" beside "tthc-09"."""
    numbered = _NUMBERED.fullmatch(like)
    stem, digits = (numbered[1], numbered[2]) if numbered is not None else (f"{like}-", "1")
    known = [
        int(found[2])
        for each in taken
        if (found := _NUMBERED.fullmatch(each)) is not None and found[1] == stem
    ]
    return f"{stem}{max([*known, int(digits)]) + 1:0{len(digits)}}"


def node_at(tree: source.Node, keys: Keys) -> source.Node:
    """Return what stands at ``keys`` in a tree, None where nothing does."""
    node = tree
    for step in keys:
        if isinstance(node, source.Mapping) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, source.Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
