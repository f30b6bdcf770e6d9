"""The table of content files: what each is called, where it stands, which model reads it.

Everything that goes from file to file goes by these rows: reading, the workspace and its sample
marks, hints on mistyped names, what the check looks at, JSON Schemas, the glossary, and what a
document is made from (the rows of ``app/catalogue.py`` refer to rows here).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from msgspec import Struct

import vanban.workspace.models
from vanban.workspace.periods import PERIODS

if TYPE_CHECKING:
    import vanban.workspace.models.agency
    import vanban.workspace.models.answers
    import vanban.workspace.models.appraisal
    import vanban.workspace.models.city_report
    import vanban.workspace.models.criteria
    import vanban.workspace.models.evidence
    import vanban.workspace.models.form_answer
    import vanban.workspace.models.gathered
    import vanban.workspace.models.house_rules
    import vanban.workspace.models.indicators
    import vanban.workspace.models.monitoring
    import vanban.workspace.models.paper
    import vanban.workspace.models.plan
    import vanban.workspace.models.register
    import vanban.workspace.models.report
    from vanban.workspace.models.entry import Entry

EntryType_co = TypeVar("EntryType_co", bound="Entry", covariant=True)


class Stands(Enum):
    """What a row names; the value is what follows the name where all such files are meant."""

    FILE = ""
    FOLDER = "/*.yaml"
    PERIODS = "/<kỳ>.yaml"


class Years(Enum):
    """Of which years a file is read for the content of one year."""

    ALL = "it stands beside the folders of years"
    ITS_OWN = "of that year"
    THE_ONE_BEFORE = "of that year and, to be compared, of the one before"
    CITED_A_YEAR_LATER = "of that year and, to be cited, of the one before"
    OTHERS_TOO = "of that year and, to be cited, of all others"


class Shared(Enum):
    """Whether a file may stand in a folder that many wards share, and what it is beside their own.

    A file of a folder of files is one by itself.
    """

    NEVER = "each ward has its own"
    INSTEAD = "it is read where the ward has none of that name"
    BESIDE = "it is read too; an entry of the ward goes before one with the same id"
    ONLY = "it stands nowhere else"


class ContentFile(Struct, Generic[EntryType_co], frozen=True, eq=False, dict=True):
    """A row: a YAML file, a folder of them, or a folder with one a reporting period.

    ``model_of`` gives the model that reads it. ``part_of`` is the file that it is of no use
    without, and the other way round. ``cited_by`` is the key of the id by which documents cite it,
    ``cited_as`` gives that id for a period. ``beside`` names a folder among the files, of others
    that they name.
    """

    name: str
    title: str
    model_of: Callable[[], type[EntryType_co]]
    years: Years = Years.ITS_OWN
    stands: Stands = Stands.FILE
    required: bool = False
    shared: Shared = Shared.NEVER
    part_of: AnyFile | None = None
    cited_by: str = ""
    cited_as: Callable[[str], str] | None = None
    beside: str = ""

    def __reduce__(self) -> str:
        """Another process finds the row by the name of its constant: rows compare by identity."""
        return next(name for name, row in globals().items() if row is self)

    @cached_property
    def model(self) -> type[EntryType_co]:
        """The model that reads it, imported when it is first asked for."""
        return self.model_of()

    @property
    def key(self) -> str:
        """The name of its schema."""
        return self.name.removesuffix(".yaml")

    @property
    def pattern(self) -> str:
        """Where such files stand in the content folder, as the glossary shows it."""
        home = "<thư mục dùng chung>/" if self.shared is Shared.ONLY else ""
        year = "" if self.years is Years.ALL else "<năm>/"
        return f"{home}{year}{self.name}{self.stands.value}"

    def path(self, content: Path, year: int) -> Path:
        """Return the file, or the folder of files, in the content of ``year``."""
        return (content if self.years is Years.ALL else content / str(year)) / self.name

    def homes(self, content: Path, common: Path | None) -> tuple[Path, ...]:
        """Return the folders that may hold it: of a ward, then the one that it shares (if any)."""
        own = () if self.shared is Shared.ONLY else (content,)
        return own if common is None or self.shared is Shared.NEVER else (*own, common)

    def other_years(self, year: int, known: Iterable[int]) -> tuple[int, ...]:
        """Return the years besides ``year``, among those ``known``, that it is read of."""
        if self.years is Years.OTHERS_TOO:
            return tuple(each for each in known if each != year)
        before = self.years in (Years.THE_ONE_BEFORE, Years.CITED_A_YEAR_LATER)
        return (year - 1,) if before else ()

    def cited_in(self, year: int, name: str, other: int) -> str:
        """Return the id by which content of ``year`` cites what file ``name`` of ``other`` says.

        The year stands behind it where it is not that of the content: cv-so-lieu-q3-2025.
        """
        cited = self.cited_as(name) if self.cited_as is not None else name
        return cited if other == year or cited.endswith(f"-{other}") else f"{cited}-{other}"


AnyFile: TypeAlias = "ContentFile[Entry]"

AGENCY = ContentFile(
    "co-quan.yaml",
    "Cơ quan",
    lambda: vanban.workspace.models.agency.Agency,
    Years.ALL,
    required=True,
)
COMMON = ContentFile(
    "dung-chung.yaml",
    "Bộ dùng chung",
    lambda: vanban.workspace.models.agency.CommonSet,
    Years.ALL,
    shared=Shared.ONLY,
)
DOCUMENTS = ContentFile(
    "van-ban.yaml",
    "Danh mục văn bản",
    lambda: vanban.workspace.models.register.DocumentRegister,
    Years.ALL,
    required=True,
    shared=Shared.BESIDE,
)
REVIEW = ContentFile(
    "soat-loi.yaml", "Soát lỗi", lambda: vanban.workspace.models.house_rules.Review, Years.ALL
)
HOUSE_RULES = ContentFile(
    "quy-tac",
    "Quy tắc soát lỗi của cơ quan",
    lambda: vanban.workspace.models.house_rules.HouseRules,
    Years.ALL,
    Stands.FOLDER,
    shared=Shared.INSTEAD,
)
INDICATORS = ContentFile(
    "chi-tieu.yaml",
    "Danh mục chỉ tiêu",
    lambda: vanban.workspace.models.indicators.IndicatorRegister,
    Years.ALL,
    required=True,
    shared=Shared.INSTEAD,
)
PLAN = ContentFile(
    "ke-hoach.yaml",
    "Kế hoạch",
    lambda: vanban.workspace.models.plan.Plan,
    Years.OTHERS_TOO,
    cited_by="ma",
)
AREAS = ContentFile(
    "linh-vuc",
    "Lĩnh vực của kế hoạch",
    lambda: vanban.workspace.models.plan.Area,
    stands=Stands.FOLDER,
    part_of=PLAN,
)
REPORTS = ContentFile(
    "bao-cao",
    "Báo cáo của một kỳ",
    lambda: vanban.workspace.models.report.Report,
    Years.THE_ONE_BEFORE,
    Stands.PERIODS,
    cited_as=lambda period: PERIODS[period].document_id,
)
PAPERS = ContentFile(
    "soan-thao",
    "Văn bản soạn thảo",
    lambda: vanban.workspace.models.paper.Paper,
    Years.CITED_A_YEAR_LATER,
    Stands.FOLDER,
    cited_as=lambda name: name,
    beside="hinh",
)
FORM_ANSWERS = ContentFile(
    "thu-thap",
    "Số liệu đơn vị gửi theo biểu mẫu",
    lambda: vanban.workspace.models.form_answer.FormAnswer,
    stands=Stands.FOLDER,
)
CRITERIA = ContentFile(
    "tieu-chi.yaml",
    "Bộ tiêu chí chấm điểm",
    lambda: vanban.workspace.models.criteria.CriteriaSet,
    shared=Shared.INSTEAD,
)
ANSWERS = ContentFile(
    "tu-danh-gia.yaml", "Bản tự đánh giá", lambda: vanban.workspace.models.answers.SelfAssessment
)
EVIDENCE = ContentFile(
    "minh-chung.yaml",
    "Sổ tài liệu kiểm chứng",
    lambda: vanban.workspace.models.evidence.EvidenceRegister,
)
MONITORED = ContentFile(
    "bo-chi-so",
    "Bộ chỉ số theo dõi",
    lambda: vanban.workspace.models.monitoring.MonitoredSet,
    stands=Stands.FOLDER,
    shared=Shared.INSTEAD,
)
SCORED = ContentFile(
    "cham-diem",
    "Số liệu chấm theo bộ chỉ số",
    lambda: vanban.workspace.models.monitoring.MonitoredFigures,
    stands=Stands.FOLDER,
)
APPRAISALS = ContentFile(
    "tham-dinh",
    "Thẩm định điểm tự chấm của phường",
    lambda: vanban.workspace.models.appraisal.Appraisal,
    stands=Stands.FOLDER,
)
GATHERED = ContentFile(
    "tong-hop",
    "Số liệu tổng hợp của các đơn vị",
    lambda: vanban.workspace.models.gathered.GatheredFile,
    stands=Stands.PERIODS,
)
CITY_REPORTS = ContentFile(
    "bao-cao-thanh-pho",
    "Báo cáo chung của tỉnh, thành phố về một kỳ",
    lambda: vanban.workspace.models.city_report.CityReport,
    stands=Stands.PERIODS,
    cited_as=lambda period: PERIODS[period].city_document_id,
)

CONTENT_FILES: tuple[AnyFile, ...] = tuple(
    row for row in list(globals().values()) if isinstance(row, ContentFile)
)
REGISTERS = tuple(file for file in CONTENT_FILES if file.years is Years.ALL)
"""What stands for all years; whatever is built reads it."""
OF_A_YEAR = tuple(file for file in CONTENT_FILES if file.years is not Years.ALL)


def row_of(file: Path) -> AnyFile | None:
    """Return the row that reads ``file``, given relative to the content folder; None without."""
    for row in CONTENT_FILES:
        year, parts = file.parts[:1], file.parts[1:]
        if row.years is Years.ALL:
            year, parts = ("0",), file.parts
        length = 1 if row.stands is Stands.FILE else 2
        if parts[:1] == (row.name,) and len(parts) == length and "".join(year).isdecimal():
            return row if file.suffix == ".yaml" else None
    return None


EVIDENCE_FILES = "minh-chung"
"""Folder of the evidence files, which may be there before their register."""
SAMPLES, TEMPLATES = "mau", "templates"
"""Folders of samples to begin from, and of outlines with the Word frame."""
