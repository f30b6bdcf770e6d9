"""A paper: ``soan-thao/<mã>.yaml`` → Document, laid out by the row of its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from vanban.compose.composed import Composed
from vanban.compose.cross_references import number_annexes
from vanban.compose.furniture import (
    Text,
    annex_note,
    basis_lines,
    blank_bases,
    end_with_mark,
    frame_text,
    registry_blanks,
    symbol_line,
)
from vanban.compose.needs import gaps
from vanban.compose.outline_classes import EMPTY_LINE
from vanban.compose.paper_texts import Piece, Texts, name_of
from vanban.document import (
    Annex,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Runs,
    Signature,
    StyleId,
    Table,
    joined,
)
from vanban.nd30.paper_forms import PAPER_FORMS, Level, PaperForm
from vanban.provenance import computed, fixed, traced
from vanban.workspace.files import PAPERS
from vanban.workspace.folder import shown_path
from vanban.workspace.models.agency import Agency, Signer
from vanban.workspace.models.paper import Attached, Paper, PaperTable, Part
from vanban.workspace.picture_files import picture_of
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
    numbers = number_annexes(len(paper.annexes))
    in_annexes = [
        _Body(form, f"phu-luc-{number}-", label) for number, label in enumerate(numbers, 1)
    ]
    pieces = dict(body.pieces(paper.parts))
    for label, annex, inside in zip(numbers, paper.annexes, in_annexes, strict=True):
        if annex.id is not None:
            anchor = inside.prefix.removesuffix("-")
            pieces[annex.id] = Piece(computed(label, annex.origin("id")), anchor)
        pieces |= inside.pieces(annex.parts)
    texts = Texts(workspace, pieces, {basis.document for basis in paper.bases})
    blocks = tuple(body.blocks(paper.parts, texts))
    annexes = tuple(
        Annex(
            computed(label, annex.origin()),
            annex.title.upper(),
            "",
            annex.landscape,
            inside.prefix.removesuffix("-"),
            tuple(inside.blocks(annex.parts, texts)),
        )
        for label, annex, inside in zip(numbers, paper.annexes, in_annexes, strict=True)
    )
    attached = _attached(paper, texts)
    document = frame_text(
        name,
        Text(
            form.type,
            paper.abstract or "",
            (*_opening(paper, form, workspace), *blocks),
            annexes,
        ),
        paper,
        workspace,
        (paper, *texts.used),
    )
    if form.order:
        document = _as_articles_say(document, body.articles(paper.parts))
    if paper.attached is not None:
        document = _with_attached(document, paper, paper.attached, attached, workspace)
    document = _as_form_says(document, paper, form, workspace)
    if form.two_sign:
        document = _signed_by_two(document, paper)
    needs = "decision" if form.order else "paper" if form.needs_abstract else "slip"
    missing = gaps(needs, document, (paper,), workspace, texts.missing)
    path = PAPERS.path(workspace.root, workspace.year) / f"{name}.yaml"
    blanks = (*registry_blanks(paper, form.dated), *blank_bases(paper, workspace))
    return Composed(document, shown_path(path), missing=missing, blanks=blanks)


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


def _as_form_says(
    document: Document, paper: Paper, form: PaperForm, workspace: Workspace
) -> Document:
    """Return a paper with what the sample of its type has in head and recipients."""
    header, recipients = document.header, document.recipients
    if not form.dated:
        header = replace(header, place_date="")
    if paper.urgency is not None:
        header = replace(header, urgency=computed(paper.urgency, paper.origin("urgency")))
    if form.is_telegram:
        signer = workspace.signers_by_id[paper.signer]
        header = replace(header, sender=deciding(signer, workspace.agency))
    if form.as_above:
        recipients = (computed("- Như trên;"), *recipients)
    if form.filed:
        *others, last = recipients
        recipients = (*others, traced(last.removesuffix("."), ", ", fixed(form.filed), "."))
    return replace(document, header=header, recipients=recipients)


def _as_articles_say(document: Document, articles: int) -> Document:
    """Return a decision whose recipients begin with those of its last article (Annex I, II.9.b)."""
    if not articles:
        return document
    first = computed(f"- Như Điều {articles};")
    return replace(document, recipients=(first, *document.recipients))


ATTACHED = "van-ban-kem-theo"
"""The anchor of the text that a decision issues."""


def _attached(paper: Paper, texts: Texts) -> tuple[Block, ...]:
    """Return the content of the text that a decision issues; its pieces are its own."""
    if paper.attached is None:
        return ()
    body = _Body(PAPER_FORMS[paper.attached.type], f"{ATTACHED}-")
    parts = paper.attached.parts
    own = replace(texts, pieces=dict(body.pieces(parts)))
    return end_with_mark(tuple(body.blocks(parts, own)))


def _with_attached(
    document: Document,
    paper: Paper,
    attached: Attached,
    blocks: tuple[Block, ...],
    workspace: Workspace,
) -> Document:
    """Return a decision with the text that it issues, on pages of its own (Annex III, Mẫu 1.3)."""
    head = replace(
        document.header,
        number="",
        place_date="",
        document_type=attached.type.upper(),
        abstract=attached.abstract,
    )
    text = Annex(
        "",
        traced(attached.type, " ", attached.abstract),
        annex_note(paper.type, symbol_line(paper.type, paper, workspace), paper, workspace),
        landscape=False,
        anchor=ATTACHED,
        blocks=blocks,
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


Around = tuple[tuple[Level, int], ...]
"""The numbered levels around a piece and its own, each with its count, the outermost first."""


class _Body(Struct):
    """Numbers the pieces of a text; ``prefix`` begins its anchors, ``within`` names its annex."""

    form: PaperForm
    prefix: str = ""
    within: str = ""

    def numbered(self, parts: Iterable[Part]) -> Iterator[tuple[Part, Around]]:
        """Yield each piece in its order with the levels around it; its own where it has one."""
        yield from self._below(parts, (), {})

    def _below(
        self, parts: Iterable[Part], around: Around, through: dict[str, int]
    ) -> Iterator[tuple[Part, Around]]:
        counts: dict[str, int] = {}
        for part in parts:
            key = part.yaml_key
            level = self.form.levels.get(key)
            inner = around
            if level is not None:
                counter = through if level.through else counts
                counter[key] = counter.get(key, 0) + 1
                inner = (*around, (level, counter[key]))
            yield part, inner
            yield from self._below(part.parts, inner, through)

    def articles(self, parts: Iterable[Part]) -> int:
        """Return how many articles a text has."""
        return sum(part.yaml_key == "dieu" for part, _ in self.numbered(parts))

    def pieces(self, parts: Iterable[Part]) -> Iterator[tuple[str, Piece]]:
        """Yield what references to pieces print, by the ids of the pieces."""
        for part, around in self.numbered(parts):
            if part.id is not None:
                anchor = self.anchor(part.id) if _is_title(part, around[-1][0]) else ""
                name = " ".join(filter(None, (name_of(around), self.within)))
                yield part.id, Piece(computed(name, part.origin("id")), anchor)

    def anchor(self, name: str) -> str:
        return f"{self.prefix}ma-{name}"

    def blocks(self, parts: Iterable[Part], texts: Texts) -> Iterator[Block]:
        """Yield the blocks of ``parts``."""
        titles, below_table = 0, False
        for part, around in self.numbered(parts):
            if below_table:
                yield EMPTY_LINE  # spaces before a paragraph differ between engines
            below_table = part.table is not None
            if part.table is not None:
                yield from _table(part.table, texts)
                continue
            if part.picture is not None:
                picture = picture_of(part.picture, texts.workspace)
                yield Paragraph(StyleId.CAPTION, (Run(part.picture.title),), picture=picture)
                continue
            runs = texts.runs(part.words)
            if part.yaml_key == "gach":
                yield _labelled(StyleId.BULLET, computed("- ", part.origin()), runs)
            elif part.yaml_key not in self.form.levels:
                yield Paragraph(StyleId.BODY, runs)
            else:
                (level, count), depth = around[-1], len(around)
                label = computed(level.number(count), part.origin(part.kind))
                if not _is_title(part, level):
                    is_article = level.style is StyleId.ARTICLE
                    yield _labelled(StyleId.NUMBERED, traced(label, " "), runs, is_article)
                    continue
                if level.stacked or level.style is StyleId.SECTION:
                    runs = tuple(replace(run, text=run.text.upper()) for run in runs)
                titles += 1
                anchor = self.anchor(part.id) if part.id else f"{self.prefix}muc-{titles}"
                yield Heading(level.style, depth, label, runs, level.stacked, anchor)


def _is_title(part: Part, level: Level) -> bool:
    """Say whether a numbered text is a title, in bold and above what stands below it."""
    if level.stacked or level.style is StyleId.SECTION:
        return True
    is_sentence = part.words.endswith(SENTENCE_ENDS) or level.style is StyleId.POINT
    return bool(part.parts) and not is_sentence


def _labelled(style: StyleId, label: str, words: Runs, bold: bool = False) -> Paragraph:
    return Paragraph(style, joined((Run(label, bold=bold), *words)))


def _table(table: PaperTable, texts: Texts) -> Iterator[Block]:
    if table.title is not None:
        yield Paragraph(StyleId.TABLE_TITLE, (Run(table.title),))
    head = Row(tuple(Cell((Run(name),)) for name in table.head))
    rows = tuple(Row(tuple(Cell(texts.runs(text)) for text in row)) for row in table.rows)
    by_content = (0.0,) * len(table.head)
    yield Table(by_content, (head,), rows)
