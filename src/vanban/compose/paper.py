"""A paper: ``soan-thao/<mã>.yaml`` → Document, laid out by the row of its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from vanban.compose.composed import Composed
from vanban.compose.cross_references import number_annexes
from vanban.compose.furniture import (
    Text,
    annex_note,
    basis_lines,
    end_with_mark,
    frame_text,
    registry_blanks,
    symbol_line,
)
from vanban.compose.needs import gaps
from vanban.document import (
    Annex,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Signature,
    StyleId,
    Table,
)
from vanban.nd30.paper_forms import PAPER_FORMS, Level, PaperForm
from vanban.provenance import computed, fixed, traced
from vanban.workspace.files import PAPERS
from vanban.workspace.folder import shown_path
from vanban.workspace.models.agency import Agency, Signer
from vanban.workspace.models.paper import Attached, Paper, PaperTable, Part
from vanban.workspace.workspace import Workspace

SENTENCE_ENDS = tuple(".:;,?!…")
"""A text of a level that ends so is a sentence; any other is a title, in bold."""

CHAIR, SECRETARY = fixed("CHỦ TỌA"), fixed("THƯ KÝ")
"""Who signs minutes (Annex III, Mẫu 1.9)."""


def compose_paper(workspace: Workspace, name: str) -> Composed:
    """Compose the paper ``name`` of ``workspace.year``."""
    paper = workspace.entries(PAPERS)[name]
    form = PAPER_FORMS[paper.type]
    body = _Body(form)
    blocks = tuple(body.blocks(paper.parts))
    path = PAPERS.path(workspace.root, workspace.year) / f"{name}.yaml"
    document = frame_text(
        name,
        Text(
            form.type,
            paper.abstract or "",
            (*_opening(paper, form, workspace), *blocks),
            tuple(_annexes(paper, form, workspace)),
        ),
        paper,
        workspace,
        (paper,),
    )
    if form.order:
        document = _as_articles_say(document, body.articles)
    if paper.attached is not None:
        document = _with_attached(document, paper, paper.attached, workspace)
    if form.two_sign:
        document = _signed_by_two(document, paper)
    needs = "decision" if form.order else "paper" if form.needs_abstract else "slip"
    missing = gaps(needs, document, (paper,), workspace)
    return Composed(document, shown_path(path), missing=missing, blanks=registry_blanks(paper))


def _opening(paper: Paper, form: PaperForm, workspace: Workspace) -> Iterator[Block]:
    """Yield what stands above the body: who decides, the legal bases, "QUYẾT ĐỊNH:"."""
    if form.order:
        signer = workspace.signers_by_id[paper.signer]
        yield _centred(deciding(signer, workspace.agency))
    for line in basis_lines(paper.bases, workspace):
        yield Paragraph(StyleId.LEGAL_BASIS, (Run(line),))
    if form.order:
        yield _centred(fixed(form.order))


def _centred(text: str) -> Paragraph:
    return Paragraph(StyleId.AUTHORITY, (Run(text),), keep_with_next=True)


def deciding(signer: Signer, agency: Agency) -> str:
    """Return who decides: the committee, or its head where he signs in his own name.

    Decree 30/2020, Annex III, Mẫu 1.2.
    """
    if signer.on_behalf_of is not None:
        return agency.name.upper()
    head = signer.acting_for or signer.by_order_of or signer.by_authority_of or signer.title
    return traced(head.upper(), " ", agency.name.upper())


def _as_articles_say(document: Document, articles: int) -> Document:
    """Return a decision whose recipients begin with those of its last article (Annex I, II.9.b)."""
    if not articles:
        return document
    first = computed(f"- Như Điều {articles};")
    return replace(document, recipients=(first, *document.recipients))


def _with_attached(
    document: Document, paper: Paper, attached: Attached, workspace: Workspace
) -> Document:
    """Return a decision with the text that it issues, on pages of its own (Annex III, Mẫu 1.3)."""
    head = replace(
        document.header,
        number="",
        place_date="",
        document_type=attached.type.upper(),
        abstract=attached.abstract,
    )
    name = "van-ban-kem-theo"
    text = Annex(
        "",
        traced(attached.type, " ", attached.abstract),
        annex_note(paper.type, symbol_line(paper.type, paper, workspace), paper, workspace),
        landscape=False,
        anchor=name,
        blocks=end_with_mark(
            tuple(_Body(PAPER_FORMS[attached.type], f"{name}-").blocks(attached.parts))
        ),
        head=head,
    )
    return replace(document, annexes=(text, *document.annexes))


def _signed_by_two(document: Document, paper: Paper) -> Document:
    """Return minutes: the secretary signs on the left, the chair on the right."""
    chair = replace(document.signature, capacity=(CHAIR,))
    return replace(
        document,
        signature=chair,
        countersignature=Signature((SECRETARY,), paper.secretary or ""),
    )


def _annexes(paper: Paper, form: PaperForm, workspace: Workspace) -> Iterator[Annex]:
    for number, (label, annex) in enumerate(
        zip(number_annexes(len(paper.annexes)), paper.annexes, strict=True), 1
    ):
        yield Annex(
            computed(label, annex.origin()),
            annex.title.upper(),
            "",
            annex.landscape,
            f"phu-luc-{number}",
            tuple(_Body(form, f"phu-luc-{number}-").blocks(annex.parts)),
        )


@dataclass
class _Body:
    """Numbers the pieces of a body; ``articles`` counts those of the whole text."""

    form: PaperForm
    prefix: str = ""
    anchors: int = 0
    through: dict[str, int] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        return self.through.get("dieu", 0)

    def blocks(self, parts: Iterable[Part], depth: int = 1) -> Iterator[Block]:
        """Yield the blocks of ``parts``, which are ``depth`` levels below the text, from 1."""
        counts: dict[str, int] = {}
        for part in parts:
            key = part.yaml_key
            level = self.form.levels.get(key)
            if part.table is not None:
                yield from _table(part.table)
            elif level is not None:
                counter = self.through if level.through else counts
                counter[key] = counter.get(key, 0) + 1
                yield self.numbered(part, level, counter[key], depth)
            elif key == "gach":
                yield _labelled(StyleId.BULLET, computed("- ", part.origin()), part.words)
            else:
                yield Paragraph(StyleId.BODY, (Run(part.words),))
            yield from self.blocks(part.parts, depth + (level is not None))

    def numbered(self, part: Part, level: Level, count: int, depth: int) -> Block:
        """Return a text with a number: a heading where it is a title, else a paragraph."""
        words = part.words
        label = computed(level.number(count), part.origin(part.kind))
        if level.stacked or level.style is StyleId.SECTION:
            words = words.upper()
        elif words.endswith(SENTENCE_ENDS) or level.style is StyleId.POINT or not part.parts:
            is_article = level.style is StyleId.ARTICLE
            return _labelled(StyleId.NUMBERED, traced(label, " "), words, is_article)
        self.anchors += 1
        anchor = f"{self.prefix}muc-{self.anchors}"
        return Heading(level.style, depth, label, (Run(words),), level.stacked, anchor)


def _labelled(style: StyleId, label: str, words: str, bold: bool = False) -> Paragraph:
    runs = (Run(label, bold=True), Run(words)) if bold else (Run(traced(label, words)),)
    return Paragraph(style, runs)


def _table(table: PaperTable) -> Iterator[Block]:
    if table.title is not None:
        yield Paragraph(StyleId.TABLE_TITLE, (Run(table.title),))
    head = Row(tuple(Cell((Run(name),)) for name in table.head))
    rows = tuple(Row(tuple(Cell((Run(text),)) for text in row)) for row in table.rows)
    by_content = (0.0,) * len(table.head)
    yield Table(by_content, (head,), rows)
