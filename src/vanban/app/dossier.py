"""The dossier of evidence: made whole, or only numbered for the lists that name its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from vanban.app.begin import how_to_begin
from vanban.app.inputs import file_hash
from vanban.compose.furniture import SAMPLE_BANNER
from vanban.compose.needs import not_attached
from vanban.document import Document
from vanban.dossier.assemble import DossierFacts, make_dossier_pdf
from vanban.dossier.front import Printed, number_pages
from vanban.dossier.originals import make_dossier_folder, zip_folder
from vanban.errors import ContentError, MachineError
from vanban.evidence.dossier_plan import DossierPlan, plan_dossier
from vanban.evidence.file_facts import Copies
from vanban.evidence.inspection import check_evidence
from vanban.evidence.limited import one_process
from vanban.evidence.page_numbers import Numbering
from vanban.invocation import command_here
from vanban.io.signed import is_signed
from vanban.io.swap import replacing
from vanban.io.walk import FileState, states_in
from vanban.layout.fonts import TimesFamily, find_times
from vanban.layout.frame import Frame, read_frame
from vanban.layout.measures import Layout
from vanban.layout.pages import Pages
from vanban.workspace.files import CRITERIA, EVIDENCE, EVIDENCE_FILES
from vanban.workspace.folder import problem_at, standing
from vanban.workspace.workspace import Workspace


class DossierFront(Struct, frozen=True, dict=True):
    """Makes the front of the dossier of ``plan``; ``stamp`` dates the properties of its files.

    Its pages are laid out and written without an engine of their own.
    """

    plan: DossierPlan
    templates: Path
    stamp: date | None = None

    @property
    def outline(self) -> Path:
        from vanban.compose.dossier_front import outline_in

        return outline_in(self.templates)

    def pages(self, numbering: Numbering | None) -> Pages:
        from vanban.layout.lay_out import lay_out

        return lay_out(*self._composed(numbering))

    def printed(self, numbering: Numbering) -> Printed:
        from vanban.compose.dossier_front import without_links
        from vanban.layout.lay_out import lay_out
        from vanban.render.docx import render_docx
        from vanban.render.placed_pdf import write_pdf

        document, layout = self._composed(numbering)
        pages = lay_out(document, layout)
        alone = replace(without_links(document, self.plan), banner=self.plan.banner)
        return Printed(
            pages,
            write_pdf(document, pages, self.times, self.stamp),
            render_docx(alone, layout, self.stamp),
        )

    def _composed(self, numbering: Numbering | None) -> tuple[Document, Layout]:
        """Return the front with its links and its measures; the stamp of each page has a banner."""
        from vanban.compose.dossier_front import compose_dossier_front
        from vanban.layout.preparation import prepared

        front = compose_dossier_front(self.plan, numbering, self.templates, links=True)
        document = prepared(replace(front, banner=""), self._frame, self.times)
        return document, Layout(document, self._frame, self.times)

    @cached_property
    def _frame(self) -> Frame:
        return read_frame(self.templates / "frame.docx")

    @cached_property
    def times(self) -> TimesFamily:
        return find_times()


NAME = "dossier"


class Dossier(Struct, frozen=True):
    """A dossier that was made: its facts, its three paths, and what is not in it.

    ``hashes`` are those of its folder and all its files as they were written.
    """

    facts: DossierFacts
    paths: tuple[Path, ...]
    hashes: Mapping[Path, str]
    notes: tuple[str, ...] = ()


def dossier_paths(out: Path) -> tuple[Path, Path, Path]:
    """Return where in ``out`` PDF, folder and ZIP of a dossier are."""
    return out / f"{NAME}.pdf", out / NAME, out / f"{NAME}.zip"


Announce = Callable[[Mapping[Path, str]], None]
"""Is told the hashes of all files before they take their places."""


def make_dossier(
    front_of: Callable[[Copies], DossierFront],
    out: Path,
    announce: Announce = lambda hashes: None,
) -> Dossier:
    """Make ``dossier.pdf``, ``dossier/`` and ``dossier.zip`` in ``out``: all, or those of before.

    ``front_of`` may look at the files by the copies that the dossier is then made of.

    Raises ContentError for files that cannot be used, MachineError where nothing can be written.
    """
    paths = dossier_paths(out)
    with replacing(*paths) as (pdf, folder, package), one_process():
        copies = Copies(folder / "copies")
        front = front_of(copies)
        facts = make_dossier_pdf(front.plan, pdf, front, front.times, copies)
        sums = make_dossier_folder(
            front.plan, folder, facts.placements, facts.front, front.stamp, copies, facts.unfit
        )
        zip_folder(folder, package, NAME)
        known = {folder / path: digest for path, digest in sums.items()}
        made = zip((pdf, folder, package), paths, strict=True)
        hashes = dict(each for way in made for each in _hashes(*way, known))
        announce(hashes)
    return Dossier(facts, paths, hashes)


def _hashes(made: Path, path: Path, known: Mapping[Path, str]) -> Iterator[tuple[Path, str]]:
    """Yield the hashes of what was ``made`` for ``path``, and of all that is below.

    Those that are ``known`` are not worked out again.
    """
    for each in (made, *sorted(made.rglob("*"))):
        digest = known.get(each) or file_hash(each)
        if digest is not None:
            yield path / each.relative_to(made), digest


def keep_signed(strangers: Iterable[Path], evidence: Path) -> None:
    """Refuse to replace a folder that holds a signed file, put there by somebody.

    Of ``strangers``, files that the dossier did not make, those in ``evidence`` too are no loss.
    Raises MachineError.
    """
    signed = [path for path in strangers if is_signed(path)]
    files = evidence.iterdir() if signed and evidence.is_dir() else ()
    known = {file_hash(path) for path in files}
    lost = [str(path) for path in signed if file_hash(path) not in known]
    if lost:
        raise MachineError(
            f"{', '.join(lost)}: đã ký số nên được giữ nguyên — chuyển sang thư mục khác rồi lập "
            "lại hồ sơ"
        )


def build_dossier(
    workspace: Workspace,
    templates: Path,
    out: Path,
    fallback_date: date | None,
    announce: Announce = lambda hashes: None,
) -> Dossier:
    """Make the dossier of evidence of the year in ``out/<year>/``: PDF, folder and ZIP.

    Raises ContentError where criteria or register are missing, or any file cannot be used: a
    dossier is complete or not made.
    """
    problems = [
        problem_at(
            standing(file, workspace.root, workspace.year),
            f"chưa có tệp này để lập hồ sơ — {how_to_begin(file, workspace.root, workspace.year)}",
        )
        for file in (CRITERIA, EVIDENCE)
        if workspace.entry(file) is None
    ]

    def front_of(copies: Copies) -> DossierFront:
        found = [*problems, *check_evidence(workspace, copies.facts)]
        if found or workspace.criteria is None or workspace.evidence is None:
            raise ContentError(found)
        if not workspace.evidence.evidence:
            add = command_here("evidence add")
            message = f"sổ chưa có tài liệu nào — thêm bằng {add} rồi lập hồ sơ"
            raise ContentError([workspace.evidence.problem(message, "evidence")])
        plan = plan_dossier(workspace, workspace.criteria, workspace.evidence, SAMPLE_BANNER)
        return DossierFront(plan, templates, fallback_date)

    made = make_dossier(front_of, out / str(workspace.year), announce)
    return replace(made, notes=tuple(gap.text for gap in not_attached(workspace)))


def number_evidence(workspace: Workspace, templates: Path) -> tuple[DossierPlan, Numbering]:
    """Return the plan of the dossier, and the pages that ``dossier.pdf`` has, without making it.

    The front is set for its length, once for all documents of one build while its files stay as
    they are; pages of documents are those of the register. Raises ContentError with every mistake
    of the register and its files.
    """
    evidence = workspace.root / str(workspace.year) / EVIDENCE_FILES
    return _numbered(workspace, templates, tuple(states_in(templates, evidence)))


@lru_cache(maxsize=1)
def _numbered(
    workspace: Workspace, templates: Path, states: tuple[FileState, ...]
) -> tuple[DossierPlan, Numbering]:
    problems = check_evidence(workspace)
    if problems:
        raise ContentError(problems)
    register = workspace.need(EVIDENCE)
    plan = plan_dossier(workspace, workspace.need(CRITERIA), register, SAMPLE_BANNER)
    counts = tuple((each.code, each.page_count or 0) for each in register.evidence)
    return plan, _numbering(plan, templates, counts, tuple(states_in(templates)))


@lru_cache(maxsize=1)
def _numbering(
    plan: DossierPlan,
    templates: Path,
    counts: tuple[tuple[str, int], ...],
    states: tuple[FileState, ...],
) -> Numbering:
    """Number the pages; an edit of something else than evidence leaves the plan as it is."""
    return number_pages(plan, DossierFront(plan, templates), dict(counts))
