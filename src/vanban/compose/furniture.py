"""Everything around the body that all documents share: head, recipients, signature, "./.".

Decree 30/2020/NĐ-CP, Annex I, Mục II (boxes 1 to 9) and Annex III, Mẫu 1.4.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from vanban.compose.markdown import Outlined
from vanban.document import (
    NO_HEADER,
    NO_SIGNATURE,
    SEAL,
    Annex,
    Block,
    Document,
    Header,
    Paragraph,
    Run,
    Signature,
    StyleId,
    Table,
)
from vanban.errors import Place, Problem, TemplateError
from vanban.nd30.dates import blank_date, long_date, short_date
from vanban.nd30.document_types import ABBREVIATIONS, LETTER, UNNUMBERED
from vanban.provenance import Located, TracedNumber, computed, fixed, traced, traced_list
from vanban.workspace.folder import shown_path
from vanban.workspace.models.agency import Agency, Signer
from vanban.workspace.models.entry import Entry, SampleEntry
from vanban.workspace.models.plan import Issue, LegalBasis
from vanban.workspace.models.register import CitedDocument
from vanban.workspace.workspace import Workspace

NATIONAL_NAME = fixed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = fixed("Độc lập - Tự do - Hạnh phúc")
RECIPIENTS_HEAD = fixed("Nơi nhận:")
SAMPLE_BANNER = "SỐ LIỆU MẪU – KHÔNG KÝ, KHÔNG PHÁT HÀNH"
END_MARK = fixed("./.")
"""Ends the body and each annex; only in the samples of Annex III, no sentence orders it."""

BLANK_NUMBER = "\u00a0" * 7
"""Room that the registry (văn thư) fills in by hand; no-break, so that no renderer drops it."""

NAMED_TYPES = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})
"""Types that are cited by their name alone (Annex I, II.6.b)."""

MIN_LAST_LINE = 100
"""Characters that surely fill more than one line of 165 mm at 14 pt (about 85 a line)."""

CAPACITIES: tuple[tuple[str, str], ...] = (
    ("on_behalf_of", "TM."),
    ("acting_for", "KT."),
    ("by_order_of", "TL."),
    ("by_authority_of", "TUQ."),
)
"""Signing capacity above the signer's own title (Annex I, II.7.b), in printing order."""


class Text(Struct, frozen=True):
    """What stands between head and signature; ``type`` is the type (tên loại) of the document."""

    type: str
    abstract: str
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]


def make_document(
    document_id: str,
    outlined: Outlined,
    issue: Issue,
    workspace: Workspace,
    used: Iterable[SampleEntry],
) -> Document:
    """Put head, recipients, signature and annex notes around an outlined body.

    See :func:`frame_text`. Raises TemplateError where the outline's front matter lacks a known type
    or the abstract.
    """
    text = Text(*_front_matter(outlined), outlined.body, outlined.annexes)
    return frame_text(document_id, text, issue, workspace, used)


def make_handout(
    document_id: str, outlined: Outlined, workspace: Workspace, used: Iterable[SampleEntry]
) -> Document:
    """Return an outlined body as a paper that nobody issues: without head, number, signature.

    ``used`` are the entries whose sample flag makes the whole document a sample.
    """
    sample = any(map(workspace.uses_sample, used))
    return Document(
        id=document_id,
        title=f"{outlined.front.get('loai', '')}: {outlined.front.get('trich_yeu', '')}",
        author=workspace.agency.name,
        header=NO_HEADER,
        body=outlined.body,
        recipients_head="",
        recipients=(),
        signature=NO_SIGNATURE,
        banner=SAMPLE_BANNER if sample else "",
        is_handout=True,
    )


def frame_text(
    document_id: str, text: Text, issue: Issue, workspace: Workspace, used: Iterable[SampleEntry]
) -> Document:
    """Put head, recipients, signature and annex notes around ``text``.

    ``used`` are the entries whose sample flag makes the whole document a sample.
    """
    agency = workspace.agency
    numbered = text.type not in UNNUMBERED
    number = symbol_line(text.type, issue, workspace) if numbered else ""
    note = annex_note(text.type, number, issue, workspace)
    sample = any(workspace.uses_sample(entry) for entry in agency_entries(issue, workspace, *used))
    is_letter = text.type == LETTER
    return Document(
        id=document_id,
        title=traced_list(" ", filter(None, (text.type, text.abstract))),
        author=agency.name,
        header=Header(
            national_name=NATIONAL_NAME,
            motto=MOTTO,
            superior=agency.superior_lines,
            agency=agency.header_lines,
            number=traced("Số: ", number) if numbered else "",
            place_date=traced(agency.place_name, ", ", issue_date(issue, workspace.year)),
            document_type="" if is_letter else text.type.upper(),
            abstract="" if is_letter else text.abstract,
            subject=traced("V/v ", text.abstract) if is_letter else "",
            addressees=tuple(workspace.recipients_by_id[name].name for name in issue.addressees),
        ),
        body=hold_last_lines(end_with_mark(text.body)),
        recipients_head=RECIPIENTS_HEAD,
        recipients=recipient_lines(issue, workspace),
        signature=signature(workspace.signers_by_id[issue.signer]),
        annexes=tuple(
            replace(annex, note=note, blocks=end_with_mark(annex.blocks)) if annex.number else annex
            for annex in text.annexes
        ),
        banner=SAMPLE_BANNER if sample else "",
        issued=issue.date,
        seal=agency.seal or SEAL,
    )


def make_list(
    document_id: str,
    outlined: Outlined,
    workspace: Workspace,
    used: Iterable[SampleEntry],
    day: str,
    maker: Signature,
) -> Document:
    """Put head, place, ``day`` and its ``maker`` around a list, which nobody numbers or sends.

    Raises TemplateError where the outline's front matter lacks a known type or the abstract.
    """
    agency = workspace.agency
    document_type, abstract = _front_matter(outlined)
    return Document(
        id=document_id,
        title=traced(document_type, " ", abstract),
        author=agency.name,
        header=Header(
            national_name=NATIONAL_NAME,
            motto=MOTTO,
            superior=agency.superior_lines,
            agency=agency.header_lines,
            number="",
            place_date=traced(agency.place_name, ", ", day),
            document_type=document_type.upper(),
            abstract=abstract,
        ),
        body=hold_last_lines(outlined.body),
        recipients_head="",
        recipients=(),
        signature=maker,
        annexes=outlined.annexes,
        banner=SAMPLE_BANNER if any(map(workspace.uses_sample, used)) else "",
        is_list=True,
    )


def _front_matter(outlined: Outlined) -> tuple[str, str]:
    """Return type (tên loại) and abstract (trích yếu) of the document from its outline."""
    document_type, abstract = (outlined.front.get(name, "") for name in ("loai", "trich_yeu"))
    messages = []
    if document_type not in (*ABBREVIATIONS, *UNNUMBERED, LETTER):
        messages.append(f"loai: không có tên loại “{document_type}” — ví dụ Kế hoạch, Báo cáo")
    if not abstract:
        messages.append("trich_yeu: đang để trống — ghi trích yếu của văn bản")
    if messages:
        raise TemplateError([Problem(Place(outlined.path), "", text) for text in messages])
    return document_type, abstract


def agency_entries(
    issue: Issue, workspace: Workspace, *used: SampleEntry
) -> tuple[SampleEntry, ...]:
    """Return every entry that a document's sample state depends on.

    Of the registers only what the document cites counts: the signer, the recipients, the bases.
    """
    return (
        issue,
        *used,
        workspace.signers_by_id[issue.signer],
        *(workspace.recipients_by_id[name] for name in (*issue.addressees, *issue.recipients)),
        *(workspace.documents_by_id[basis.document] for basis in issue.bases),
    )


def registry_blanks(issue: Issue, dated: bool = True) -> tuple[str, ...]:
    """Name what the registry (văn thư) fills in after signing; ``dated`` documents say when."""
    blanks = []
    if issue.number is None:
        blanks.append("số văn bản (khóa so) — văn thư ghi sau khi ký")
    if issue.date is None and dated:
        blanks.append("ngày ban hành (khóa ngay) — văn thư ghi sau khi ký")
    return tuple(blanks)


def blank_bases(issue: Issue, workspace: Workspace) -> tuple[str, ...]:
    """Name the agency's own documents that are cited before they have a number."""
    cited = (workspace.documents_by_id[basis.document] for basis in issue.bases)
    return tuple(
        f"số của căn cứ {each.id} — ban hành văn bản ấy trước, rồi ghi số"
        for each in cited
        if each.own and not each.has_number
    )


def symbol_line(document_type: str, issue: Issue, workspace: Workspace) -> str:
    """Return number and symbol, "15/KH-UBND"; below 10 with a leading zero (Annex I, II.3)."""
    number = computed(issue.number or BLANK_NUMBER, issue.origin("number"))
    return workspace.symbol(number, document_type, issue)


def issue_date(issue: Issue, year: int) -> str:
    """Return the date in words, with blanks for the registry where it is not set."""
    words = long_date(issue.date) if issue.date is not None else blank_date(year)
    return computed(words, issue.origin("date"))


def annex_note(document_type: str, number: str, issue: Issue, workspace: Workspace) -> str:
    """Return "(Kèm theo Kế hoạch số …/KH-UBND ngày … của …)" (Annex I, III.1.b)."""
    day = issue_date(issue, workspace.year)
    numbered = traced(document_type, " số ", number) if number else document_type
    return traced("(Kèm theo ", numbered, " ", day, " của ", workspace.agency.name, ")")


def recipient_lines(issue: Issue, workspace: Workspace) -> tuple[str, ...]:
    """Return the lines under "Nơi nhận:", with "Như trên" and "Lưu" (Annex I, II.9.b)."""
    names = [workspace.recipients_by_id[name].name for name in issue.recipients]
    if issue.addressees:
        names.insert(0, computed("Như trên", issue.origin("addressees")))
    units = [workspace.units_by_id[name] for name in issue.filing_units]
    registry = computed("VT", issue.origin("filing_units"))
    filed = traced_list(", ", [registry, *(unit.code or unit.name for unit in units)])
    return (*(traced("- ", name, ";") for name in names), traced("- Lưu: ", filed, "."))


def signature(signer: Signer) -> Signature:
    """Return the signing block: capacity lines in capitals, then the name (Annex I, II.7)."""
    lines = [
        traced(abbreviation, " ", getattr(signer, field).upper())
        for field, abbreviation in CAPACITIES
        if getattr(signer, field) is not None
    ]
    own = signer.title.upper()
    if signer.acting_head is not None:
        own = traced("Q. ", signer.acting_head.upper())
    return Signature((*lines, own), signer.name)


def citation(document: CitedDocument, agency: Agency) -> str:
    """Return the full first citation: type, number, date, issuer, abstract (Annex I, II.6.b).

    Of a law only type and name.
    """
    if document.type in NAMED_TYPES and document.number is None:
        return traced(document.type, " ", document.abstract)
    parts = [document.type]
    if document.number is not None:
        parts.append(traced("số ", document.printed_number or BLANK_NUMBER + document.number))
    if document.date is not None:
        parts.append(traced("ngày ", date_of(document)))
    issuer = agency.short_name if document.own else document.issuer
    if issuer is not None:
        parts.append(traced("của ", issuer))
    return traced_list(" ", [*parts, document.abstract])


def date_of(entry: Entry, name: str = "date") -> str:
    """Return a date of ``entry`` as lists print it, 01/8/2025; "" where it has none."""
    day = getattr(entry, name)
    return "" if day is None else computed(short_date(day), entry.origin(name))


def year_of(workspace: Workspace) -> TracedNumber:
    """Return the year, which the name of its folder says."""
    folder = shown_path(workspace.root / str(workspace.year))
    return TracedNumber(workspace.year, Located(Place(folder)))


def basis_lines(bases: tuple[LegalBasis, ...], workspace: Workspace) -> tuple[str, ...]:
    """Return the legal bases, each ending ";", the last "." (Annex I, II.6.a)."""
    return tuple(
        traced(
            basis.opening,
            " ",
            citation(workspace.documents_by_id[basis.document], workspace.agency),
            ";" if position < len(bases) else ".",
        )
        for position, basis in enumerate(bases, 1)
    )


def end_with_mark(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Put "./." at the end of the last paragraph, or on its own line after a table."""
    if not blocks:
        return blocks
    *before, last = blocks
    if isinstance(last, Table):
        last = replace(last, keep_with_next=True)
    if not isinstance(last, Paragraph):
        return (*before, last, Paragraph(StyleId.AFTER_TABLE, (Run(END_MARK),)))
    runs = last.runs
    if runs and runs[-1].target is None:
        *others, end = runs
        text = end.text.rstrip().removesuffix(END_MARK).rstrip(" .;,")
        return (*before, replace(last, runs=(*others, replace(end, text=traced(text, END_MARK)))))
    # A reference keeps its own text; the mark is no part of the link.
    return (*before, replace(last, runs=(*runs, Run(END_MARK))))


def hold_last_lines(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Keep at least two lines of text on the page of the signature block."""
    held = list(blocks)
    for position in range(len(held) - 1, -1, -1):
        block = held[position]
        if isinstance(block, Table):
            break
        if isinstance(block, Paragraph):
            held[position] = replace(block, keep_with_next=True, keep_together=True)
            if len(block.text) >= MIN_LAST_LINE or position < len(held) - 1:
                break
    return tuple(held)
