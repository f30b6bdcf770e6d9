"""Edits that are told together: of one reason, and of those that cannot be made, of one change.

Word puts other dashes and quotation marks for those that the program printed, a hundred times in a
file; a row that was deleted is a handful of cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from vanban.exchange.pull import Act, Edit
from vanban.exchange.word_diff import Kind, diff_words


class Alike(Struct, frozen=True):
    """Edits by their numbers, in order: one, or several that cannot be made, of the same change.

    ``change`` is the change of several as one line, "[---]{+–+}"; "" where words came, are gone or
    stand elsewhere, each others.
    """

    change: str
    edits: tuple[tuple[int, Edit], ...]


def by_reason(edits: Iterable[tuple[int, Edit]]) -> Mapping[str, tuple[Alike, ...]]:
    """Return numbered edits by their notes, and under each those that are alike together."""
    found: dict[str, dict[tuple[str, object], list[tuple[int, Edit]]]] = {}
    for number, edit in edits:
        of_many = edit.act is Act.NONE
        kind = (_change(edit), (not edit.old, not edit.new)) if of_many else ("", number)
        found.setdefault(edit.note, {}).setdefault(kind, []).append((number, edit))
    return {
        note: tuple(
            Alike(change if len(same) > 1 else "", tuple(same))
            for (change, _), same in kinds.items()
        )
        for note, kinds in found.items()
    }


def _change(edit: Edit) -> str:
    """Return what differs, without what stayed the same; "" where nothing stayed."""
    if not (edit.old and edit.new):
        return ""
    signs = {Kind.OUT: "[-{}-]", Kind.IN: "{{+{}+}}", Kind.SAME: " "}
    pieces = diff_words(edit.old, edit.new)
    return "".join(signs[each.kind].format(each.text) for each in pieces).strip()
