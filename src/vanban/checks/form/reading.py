"""An opened package → the Word file: its paragraphs, its sections with headers and footers."""

from __future__ import annotations

from collections.abc import Mapping

from vanban.checks.form.blocks import BlockReader
from vanban.checks.form.looks import Looks, number, on
from vanban.checks.form.numbering import Numbering
from vanban.checks.form.opening import OFFICE, Package
from vanban.checks.form.word_file import Section, WordFile, WordParagraph
from vanban.render.frame import Element, W

_W = f"{{{W}}}"


def read_word_file(package: Package) -> WordFile:
    """Read an opened package; raises ContentError where a part is damaged."""
    looks = Looks(package)
    reader = BlockReader(looks, Numbering(package))
    body = package.document.find(f"{_W}body")
    if body is not None:
        reader.blocks(body)
    last = None if body is None else body.find(f"{_W}sectPr")
    properties = [*reader.section_ends, last]
    identifier = ""
    if package.properties is not None:
        identifier = package.properties.findtext("{*}identifier") or ""
    return WordFile(
        tuple(reader.paragraphs),
        _sections(properties, package, looks),
        reader.tracked,
        package.has_comments,
        identifier,
    )


def _sections(
    properties: list[Element | None], package: Package, looks: Looks
) -> tuple[Section, ...]:
    """Read the sections; a header that one does not name is that of the section before."""
    sections: list[Section] = []
    known: dict[str, tuple[WordParagraph, ...]] = {}
    for element in properties:
        before = sections[-1] if sections else Section()
        if element is None:
            sections.append(before if sections else Section())
            continue
        parts: dict[str, dict[str, tuple[WordParagraph, ...]]] = {
            "headerReference": dict(before.headers),
            "footerReference": dict(before.footers),
        }
        for kind, chosen in parts.items():
            for reference in element.findall(f"{_W}{kind}"):
                relation = reference.get(f"{{{OFFICE}}}id", "")
                if relation not in known:
                    known[relation] = _margin(package.by_id(relation), package, looks)
                chosen[reference.get(f"{_W}type", "default")] = known[relation]
        sections.append(_section(element, parts["headerReference"], parts["footerReference"]))
    return tuple(sections)


def _margin(root: Element | None, package: Package, looks: Looks) -> tuple[WordParagraph, ...]:
    if root is None:
        return ()
    reader = BlockReader(looks, Numbering(package))
    reader.blocks(root)
    return tuple(reader.paragraphs)


def _section(
    element: Element,
    headers: Mapping[str, tuple[WordParagraph, ...]],
    footers: Mapping[str, tuple[WordParagraph, ...]],
) -> Section:
    def length(name: str, attribute: str, default: float) -> float:
        found = element.find(f"{_W}{name}")
        value = None if found is None else number(found.get(f"{_W}{attribute}"), 20)
        return default if value is None else abs(value)

    numbers = element.find(f"{_W}pgNumType")
    start = None if numbers is None else number(numbers.get(f"{_W}start"))
    title_page = element.find(f"{_W}titlePg")
    return Section(
        width=length("pgSz", "w", Section.width),
        height=length("pgSz", "h", Section.height),
        top=length("pgMar", "top", Section.top),
        right=length("pgMar", "right", Section.right),
        bottom=length("pgMar", "bottom", Section.bottom),
        left=length("pgMar", "left", Section.left) + length("pgMar", "gutter", 0),
        title_page=title_page is not None and on(title_page.get(f"{_W}val", "1")),
        start=None if start is None else int(start),
        headers=headers,
        footers=footers,
    )
