"""Word files of a copy of the content: built without pages, edited, pulled."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from documents import frame, times
from vanban.app.catalogue import find_kind
from vanban.app.load import load_content
from vanban.app.pull import Pulled, pull
from vanban.exchange.addresses import addresses
from vanban.exchange.marks import hidden_of, same_text, with_marks
from vanban.io.journal import Stamp
from vanban.layout.measures import Layout
from vanban.layout.preparation import prepared
from vanban.ooxml.markup import OFFICE, RELATIONS, Element, W, w
from vanban.render.docx import render_docx

ROOT = Path(__file__).parent.parent
BODY = "word/document.xml"
STAMP = Stamp(datetime(2025, 11, 27, tzinfo=UTC), "pull")


def project(folder: Path) -> Path:
    """Copy content and templates into ``folder``; return the content folder."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".vanban"))
    return folder / "content"


def built(content: Path, document_id: str = "plan", year: int = 2025) -> bytes:
    """Return the .docx of a document as a build writes it."""
    workspace = load_content(content, year).workspace
    composed = find_kind(document_id, content).compose(workspace, content.parent / "templates")
    agency, address = workspace.agency.name, addresses(workspace)
    document, base = with_marks(composed.document, year, agency, address)
    document = prepared(document, frame(), times())
    return render_docx(document, Layout(document, frame(), times()), None, hidden_of(base))


def pulled(content: Path, docx: bytes, document_id: str | None = None) -> Pulled:
    """Return what a file says that the content does not."""
    file = content.parent / "sua.docx"
    file.write_bytes(docx)
    return pull(file, content, lambda _: content.parent / "templates", document_id)


def changed(docx: bytes, change: Callable[[Element], None], part: str = BODY) -> bytes:
    """Return the file with one part changed in place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, data)
    return out.getvalue()


def without(docx: bytes, beginning: str) -> bytes:
    """Return the file without the parts whose names begin so, and relations to them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if not name.startswith(beginning):
                target.writestr(name, source.read(name))
    return out.getvalue()


def text_of(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(w("t")))


def paragraph_with(root: Element, words: str) -> Element:
    """Return the first paragraph that holds ``words``."""
    return next(each for each in root.iter(w("p")) if words in same_text(text_of(each)))


def set_text(paragraph: Element, text: str) -> None:
    """Put ``text`` into the first run of a paragraph, and nothing into the others."""
    first, *others = paragraph.iter(w("t"))
    first.text = text
    for each in others:
        each.text = ""


def replaced(old: str, new: str) -> Callable[[Element], None]:
    """Return a change of words inside the paragraph that holds them."""

    def change(root: Element) -> None:
        paragraph = paragraph_with(root, old)
        set_text(paragraph, same_text(text_of(paragraph)).replace(old, new, 1))

    return change


def with_other_signs(root: Element) -> None:
    """Put signs as Word corrects them while somebody types: dashes and quotation marks."""
    for each in root.iter(w("t")):
        each.text = (each.text or "").replace("- ", "– ").replace("“", '"').replace("”", '"')


def texts(docx: bytes) -> list[str]:
    """Return the texts of the paragraphs that are not empty."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read(BODY))
    found = (same_text(text_of(each)) for each in root.iter(w("p")))
    return [text for text in found if text]


def with_comment(docx: bytes, author: str, text: str) -> bytes:
    """Return the file with one comment, of the id 0, as Word writes it."""
    stated = f'w:author="{author}" w:date="2025-11-27T08:00:00Z"'
    return _with_part(docx, "comments", f'<w:comment w:id="0" {stated}>{_line(text)}</w:comment>')


def with_footnote(docx: bytes, text: str) -> bytes:
    """Return the file with one footnote, to which nothing refers yet."""
    return _with_part(docx, "footnotes", f'<w:footnote w:id="2">{_line(text)}</w:footnote>')


def _line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _with_part(docx: bytes, kind: str, content: str) -> bytes:
    """Return the file with a part beside its body, named for its kind and its root."""

    def relate(root: Element) -> None:
        relation = etree.SubElement(root, f"{{{RELATIONS}}}Relationship")
        for name, value in (
            ("Id", "rIdC"),
            ("Type", f"{OFFICE}/{kind}"),
            ("Target", f"{kind}.xml"),
        ):
            relation.set(name, value)

    out = io.BytesIO(changed(docx, relate, "word/_rels/document.xml.rels"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(f"word/{kind}.xml", f'<w:{kind} xmlns:w="{W}">{content}</w:{kind}>')
    return out.getvalue()
