"""Bookmarks of a dossier: field → criterion → document."""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Array, OutlineItem, Pdf

from vanban.evidence.dossier_plan import DossierPlan


def write_bookmarks(
    pdf: Pdf,
    plan: DossierPlan,
    cover: Array,
    index: Array,
    fields: Mapping[str, Array],
    documents: Mapping[str, Array],
) -> None:
    """Write the outline; the last four are destinations, those of fields and documents by code.

    A document stands under the criterion where its pages are; criteria are closed at first.
    """
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("Bìa", cover))
        outline.root.append(OutlineItem("Mục lục", index))
        homes = {item.code: criterion for _, criterion, item, here in plan.rows() if here}
        for field in plan.fields:
            branch = OutlineItem(f"{field.code}. {field.title}", fields[field.code])
            outline.root.append(branch)
            for criterion in field.criteria:
                items = [item for item in criterion.items if homes[item.code] is criterion]
                if not items:
                    continue
                twig = OutlineItem(f"{criterion.code} {criterion.title}", documents[items[0].code])
                twig.is_closed = True
                branch.children.append(twig)
                for item in items:
                    twig.children.append(OutlineItem(item.label, documents[item.code]))
