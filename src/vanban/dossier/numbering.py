"""Numbering a planned dossier: which parts follow one another, and the pages of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vanban.dossier.plan import DossierPlan
from vanban.evidence.numbering import Numbering, Part, place_parts

OPENING = "\0mở đầu"
"""Key of cover and index among the parts of a dossier."""


def divider_key(field: str) -> str:
    """Return the key of the divider of a field among the parts."""
    return f"\0lĩnh vực {field}"


def number_dossier(
    plan: DossierPlan,
    opening: int,
    dividers: Mapping[str, int],
    documents: Mapping[str, int],
) -> Numbering:
    """Number the pages of ``plan``.

    ``opening`` are the pages of cover and index; ``dividers`` and ``documents`` those of each
    field and each placed item, by code.
    """

    def parts() -> Iterator[Part]:
        yield Part(OPENING, opening)
        for field in plan.fields:
            yield Part(divider_key(field.code), dividers[field.code])
            for item in plan.placed_in(field):
                yield Part(item.code, documents[item.code])

    placed = place_parts(parts(), plan.two_sided)
    return Numbering({place.key: place for place in placed}, plan.two_sided)
