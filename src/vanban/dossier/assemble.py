"""Plan → ``dossier.pdf``: our own pages, every document, stamps, links and bookmarks.

Evidence pages are drawn as forms, so that their content, good or bad, stays closed in itself.
Links, bookmarks and tags inside evidence are not taken over. Equal input gives equal bytes. The
file is PDF/A-2b where all that it is made of is; PDF/UA is not claimed, since evidence is read to
nobody but by its title.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, String

from vanban.dossier.annotations import appearances
from vanban.dossier.archival import why_not
from vanban.dossier.drawn import Drawn
from vanban.dossier.front import OPENING, Front, FrontMaker, Link, links_in, make_front
from vanban.dossier.optional_content import Layers, write_layers
from vanban.dossier.placing import (
    A4,
    TOO_SMALL,
    Spot,
    find_spot,
    make_form,
)
from vanban.dossier.sources import (
    Source,
    Sources,
    broken,
    check_untouched,
    not_taken,
    problem,
)
from vanban.dossier.stamp import STRIP, DrawnFont, DrawnStamp, Room, Stamp, draw_stamp
from vanban.dossier.tags import END, FIGURE, Tags
from vanban.dossier.way_back import BACK, WayBack
from vanban.errors import ContentError, Problem
from vanban.evidence.descriptions import EvidenceDocument
from vanban.evidence.dossier_plan import REFERENCE, DossierPlan
from vanban.evidence.file_facts import Copies
from vanban.evidence.page_numbers import Numbering, Placement
from vanban.evidence.pdf_pages import view_of
from vanban.evidence.pdf_reader import DAMAGED
from vanban.io.apart import done_apart
from vanban.io.progress import tell
from vanban.io.scratch import scratch
from vanban.io.sink import whole_file

if TYPE_CHECKING:
    from vanban.layout.fonts import TimesFamily

PLAIN, BOLD = "/VanbanPlain", "/VanbanBold"
MANY = 200
"""Documents of a dossier whose front takes so much memory that it is set apart."""


class DossierFacts(Struct, frozen=True):
    """What became of a dossier: its pages, where each document stands, what was left out.

    ``front`` are its own pages as a .docx.
    """

    numbering: Numbering
    front: bytes
    placements: dict[str, Placement]
    warnings: tuple[Problem, ...]
    unfit: Mapping[str, str]
    """Why documents, by their codes, keep the dossier from being PDF/A-2b."""

    @property
    def page_count(self) -> int:
        return self.numbering.page_total


def make_dossier_pdf(
    plan: DossierPlan, target: Path, maker: FrontMaker, times: TimesFamily, copies: Copies
) -> DossierFacts:
    """Write the dossier, with the front of ``maker`` and ``copies`` of its files, to ``target``.

    Raises one ContentError with every file that cannot be read; nothing is written then.
    """
    placed = plan.placed()
    with scratch() as folder:
        sources = Sources(copies, folder)
        problems = [each for item in placed for each in check_untouched(item, copies)]
        drawn = (item for item in placed if not item.needs_stand_in)
        counts = {item.code: sources.page_count(item) for item in drawn}
        tell("Dàn bìa và mục lục", 0, 1)
        set_front = partial(make_front, plan, maker, counts)
        front = done_apart(set_front) if len(placed) > MANY else set_front()
        assembly = _Assembly(plan, front, sources, times, problems)
        assembly.build()
        if problems:
            raise ContentError(problems)
        with whole_file(target) as file:
            assembly.pdf.save(
                file,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                progress=lambda percent: tell("Ghi hồ sơ", percent, 100),
            )
        return DossierFacts(
            front.numbering,
            front.word,
            {item.code: front.numbering.places[item.code] for item in placed},
            tuple(sorted(set(assembly.warnings))),
            assembly.unfit,
        )


class _Assembly:
    """The dossier under construction: the PDF of the front grows into the whole."""

    def __init__(
        self,
        plan: DossierPlan,
        front: Front,
        sources: Sources,
        times: TimesFamily,
        problems: list[Problem],
    ) -> None:
        """``problems`` are those found so far; more are added."""
        self.plan = plan
        self.front = front
        self.sources = sources
        self.pdf = pikepdf.open(io.BytesIO(front.pdf))
        self.problems = problems
        self.warnings: list[Problem] = []
        self.unfit: dict[str, str] = {}
        self.tags = Tags(self.pdf)
        self._way_back = WayBack(self.pdf, self.tags)
        self.numbering = front.numbering
        self.places = front.numbering.places
        self._own = [page.obj for page in self.pdf.pages]
        self._width = float(self._own[0].MediaBox[2])
        self._pages: list[Object] = []
        self._hidden: list[Object] = []
        letters = "".join(f"{item.code}" for item in plan.placed()) + BACK + "Tài liệu trang –/:,"
        self._plain = DrawnFont(times.regular, PLAIN, letters + "0123456789")
        self._bold = DrawnFont(times.bold, BOLD, plan.banner)
        self._fonts = Dictionary({PLAIN: self._plain.embed(self.pdf)})
        if plan.banner:
            self._fonts[BOLD] = self._bold.embed(self.pdf)
        self._fonts = self.pdf.make_indirect(self._fonts)
        self._links = links_in(self.pdf)
        # Of several lines, the first.
        self._rows = {link.target: link for link in reversed(self._links)}

    def build(self) -> None:
        """Place all pages; problems are collected, not raised."""
        for number in self.front.parts[OPENING]:
            self._add_own(number, self._strip())
        for field in self.plan.fields:
            self._add_blanks(self.places[field.anchor])
            for number in self.front.parts[field.anchor]:
                self._add_own(number, self._strip(back=BACK))
            for item in self.plan.placed_in(field):
                self._add_blanks(self.places[item.code])
                if item.needs_stand_in:
                    pages = self.front.parts[item.code]
                    for position, number in enumerate(pages):
                        strip = self._strip_of(item, position, len(pages))
                        self._add_own(number, strip, item.code)
                else:
                    self._add_document(item)
        if not self.problems:
            self._finish()

    # --- pages ------------------------------------------------------------------------------

    def _strip(self, width: float = 0, left: str = "", back: str = "") -> DrawnStamp:
        """Draw the strip at the foot of the next page, as wide as those of the front."""
        right = f"trang {len(self._pages) + 1}/{self.numbering.page_total}"
        stamp = Stamp(left, right, back, self.plan.banner)
        return draw_stamp(stamp, width or self._width, self._plain, self._bold)

    def _strip_of(
        self, item: EvidenceDocument, position: int, count: int, width: float = 0
    ) -> DrawnStamp:
        left = f"Tài liệu {item.code} – {position + 1}/{count}"
        return self._strip(width, left, "" if position else BACK)

    def _add_blanks(self, place: Placement) -> None:
        for _ in range(place.blanks):
            spot = Spot(*A4, (1, 0, 0, 1, 0, 0), 1)
            self._add(spot, self._strip(spot.width).operators, Dictionary())

    def _add_own(self, number: int, drawn: DrawnStamp, back_to: str = "") -> None:
        """Add a page of the front, closed in itself, with its strip."""
        page = pikepdf.Page(self._own[number])
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"Q\n" + drawn.operators)
        resources = page.resources
        fonts = resources.get("/Font", Dictionary())
        resources.Font = Dictionary({**dict(fonts.items()), **dict(self._fonts.items())})
        self._append(page.obj)
        self.tags.own_page(page.obj)
        if drawn.back:
            self._add_way_back(drawn.back, back_to)

    def _add_document(self, item: EvidenceDocument) -> None:
        """Add every page of a document; what cannot be read becomes a problem of its page."""
        source, errors, warnings = self.sources.open(item, self.places[item.code].count)
        self.problems += errors
        self.warnings += warnings
        if source is not None:
            with source.pdf:
                self._add_pages(source)

    def _add_pages(self, source: Source) -> None:
        item = source.item
        layers = Layers(source.pdf)
        drawn = Drawn(source.pdf, layers)
        left_out: set[str] = set()
        for position, page in enumerate(source.pdf.pages):
            try:
                self._add_page(source, position, page, layers, drawn, left_out)
            except DAMAGED as error:
                self.problems.append(broken(item, error, position + 1))
        if layers.unsure:
            left_out.add("lớp mà mỗi trình xem hiện một khác (hồ sơ theo thiết lập của tệp)")
        if layers.hidden is not None:
            self._hidden.append(self.pdf.copy_foreign(layers.hidden))
            drawn.unfit.add("có lớp ẩn")
        reasons = [*why_not(source.pdf, source.is_picture), *sorted(drawn.unfit)]
        if reasons:
            self.unfit[item.code] = ", ".join(reasons)
        for what in (*left_out, *drawn.left_out):
            self.warnings.append(not_taken(item, what))

    def _add_page(
        self,
        source: Source,
        position: int,
        page: Page,
        layers: Layers,
        drawn: Drawn,
        left_out: set[str],
    ) -> None:
        item, view = source.item, view_of(page)
        spot = find_spot(view.box, view.rotation, view.unit, source.is_picture)
        for key in view.odd:
            message = f"trang {position + 1}: {key[1:]} không đúng quy cách, hiểu như các trình xem"
            self.warnings.append(problem(item, f"{message} — xem lại trang"))
        if spot.scale < TOO_SMALL and not source.is_picture:
            percent = round(spot.scale * 100)
            message = f"trang {position + 1} thu nhỏ còn {percent}% — xem lại cỡ trang"
            self.warnings.append(problem(item, message))
        strip = self._strip_of(item, position, source.page_count, spot.width)
        forms = Dictionary()
        forms["/P"] = self.pdf.copy_foreign(make_form(source.pdf, page, view.box, drawn))
        x0, y0, x1, y1 = view.box
        operators = [
            f"q {_numbers_text(spot.matrix)} cm "
            f"{_numbers_text((x0, y0, x1 - x0, y1 - y0))} re W n\n/P Do\n"
        ]
        looks = appearances(source.pdf, page, layers, drawn, left_out)
        for number, look in enumerate(looks):
            forms[f"/A{number}"] = self.pdf.copy_foreign(look.form)
            operators.append(f"q {_numbers_text(look.matrix)} cm /A{number} Do Q\n")
        operators.append("Q\n")
        drawing = FIGURE + "".join(operators).encode("ascii") + END
        self._add(spot, drawing + strip.operators, forms)
        words = f"Tài liệu {item.code}, trang {position + 1}/{source.page_count}: {item.title}"
        self.tags.figure(self._pages[-1], words)
        if strip.back:
            self._add_way_back(strip.back, item.code)

    def _add(self, spot: Spot, content: bytes, forms: Dictionary) -> None:
        self._append(
            self.pdf.make_indirect(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, spot.width, spot.height]),
                    Resources=Dictionary(Font=self._fonts, XObject=forms),
                    Contents=self.pdf.make_stream(content),
                    Tabs=Name.S,
                )
            )
        )

    def _append(self, page: Object) -> None:
        self._pages.append(page)
        tell("Ghép trang", len(self._pages), self.numbering.page_total)

    # --- links and bookmarks ----------------------------------------------------------------

    def _add_way_back(self, room: Room, key: str) -> None:
        """Add to the last page a link to the row of ``key`` in the index, or to its start."""
        row = self._rows.get(key)
        page = self._own[row.page if row else self.front.index]
        top = row.rect[3] + 2 * STRIP if row else float(page.MediaBox[3])
        destination = Array([page, Name.XYZ, 0, round(top, 2), 0])
        self._way_back.add_link(self._pages[-1], room, destination)

    def _lead(self, link: Link) -> None:
        """Let a link in a row of the index lead to its document."""
        code = link.target.removeprefix(REFERENCE)
        link.annotation.Dest = self._destination(code)
        link.annotation.Contents = String(f"{code}, trang {self.places[code].first}")

    def _destination(self, key: str) -> Array:
        return Array([self._pages[self.places[key].first - 1], Name.Fit])

    def _finish(self) -> None:
        root = self.pdf.Root
        tree = root.Pages
        tree.Kids = Array(self._pages)
        tree.Count = len(self._pages)
        for page in self._pages:
            page.Parent = tree
        for link in self._links:
            self._lead(link)
        for name in ("/Names", "/Outlines"):
            if name in root:
                del root[name]
        if self.unfit:
            self._way_back.show_words(self._plain, self._fonts)
        self.tags.finish()
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for claim in [key for key in metadata if "pdfa" in key or "pdfua" in key]:
                del metadata[claim]
            if not self.unfit:
                metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "2", "B"
        root.PageMode = Name.UseOutlines
        write_layers(self.pdf, self._hidden)
        self._write_bookmarks()

    def _write_bookmarks(self) -> None:
        """Write field → criterion → document; a criterion, closed at first, has those that stand
        under it."""
        with self.pdf.open_outline() as outline:
            outline.root.append(OutlineItem("Bìa", Array([self._pages[0], Name.Fit])))
            index = Array([self._own[self.front.index], Name.Fit])
            outline.root.append(OutlineItem("Mục lục", index))
            homes = {item.code: criterion for _, criterion, item, here in self.plan.rows() if here}
            for field in self.plan.fields:
                destination = self._destination(field.anchor)
                branch = OutlineItem(f"{field.code}. {field.title}", destination)
                outline.root.append(branch)
                for criterion in field.criteria:
                    leaves = [
                        OutlineItem(item.label, self._destination(item.code))
                        for item in criterion.items
                        if homes[item.code] is criterion
                    ]
                    if leaves:
                        title = f"{criterion.code}. {criterion.title}"
                        twig = OutlineItem(title, leaves[0].destination)
                        twig.is_closed = True
                        twig.children.extend(leaves)
                        branch.children.append(twig)


def _numbers_text(values: tuple[float, ...]) -> str:
    return " ".join(_number_text(value) for value in values)


def _number_text(value: float) -> str:
    """Return a number as PDF writes it; tiny scales of huge pages keep their digits."""
    digits = 6 if value == 0 or abs(value) >= 0.001 else 12
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")
