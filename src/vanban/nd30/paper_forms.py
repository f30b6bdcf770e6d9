"""How each kind of paper is laid out: one row a type of Article 7 of Decree 30/2020/NĐ-CP.

After the samples of its Annex III (1.1 to 1.10). What a row says is read by the models (which keys
a paper of that type may have) and by composing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from vanban.document import StyleId
from vanban.nd30.heading_numbers import letter, roman


class Addressed(Enum):
    """Whether a paper says whom it is addressed to, and by which words."""

    NEVER = ""
    MAY = "Kính gửi, nếu có"
    MUST = "Kính gửi"


class Level(Struct, frozen=True):
    """A level of the body of a paper, the row of one YAML key.

    ``label`` is written with the own count for {n} (Arabic), {r} (Roman) or {l} (letter). One that
    is ``stacked`` has its label on a line of its own; of one that is ``through`` the count never
    begins anew. ``style`` prints a title of it, ``within`` is the level that must be around it.
    """

    name: str
    label: str
    style: StyleId
    stacked: bool = False
    through: bool = False
    within: str = ""

    def number(self, count: int) -> str:
        """Return the label of the level's ``count``-th text, from 1."""
        return self.label.format(n=count, r=roman(count), l=letter(count))


Levels = Mapping[str, Level]
"""Levels by their YAML key, the outermost first."""

PART = {"phan": Level("phần", "Phần {r}", StyleId.PART, stacked=True)}
CLAUSES: Levels = {
    "khoan": Level("khoản", "{n}.", StyleId.CLAUSE),
    "diem": Level("điểm", "{l})", StyleId.POINT, within="khoan"),
}
OUTLINE: Levels = {**PART, "muc": Level("mục", "{r}.", StyleId.SECTION), **CLAUSES}
"""Parts, sections, clauses and points: "Phần I", "I.", "1.", "a)" (Annex I, II.6.d)."""
ARTICLES: Levels = {
    **PART,
    "chuong": Level("chương", "Chương {r}", StyleId.PART, stacked=True),
    "muc": Level("mục", "Mục {n}", StyleId.DIVISION, stacked=True, within="chuong"),
    "tieu_muc": Level("tiểu mục", "Tiểu mục {n}", StyleId.DIVISION, stacked=True, within="muc"),
    "dieu": Level("điều", "Điều {n}.", StyleId.ARTICLE, through=True),
    **CLAUSES,
}
"""Chapters and articles (Annex I, II.6.đ)."""


class PaperForm(Struct, frozen=True):
    """A row: how papers of one type look.

    ``purpose`` says what it is for, ``sample`` is the sample of Annex III. A letter has no type and
    its abstract ("V/v …") under the number. ``order`` is the line between the legal bases and the
    articles ("QUYẾT ĐỊNH:"); who decides stands above the bases then. ``two_sign`` says that a
    second person signs on the left, ``is_telegram`` that the head wires ("… điện:") to those that
    others address with "Kính gửi". One that is not ``dated`` has no place and date in its head.
    ``as_above`` says that it goes to those whom its text names ("Như trên"); ``filed`` is where it
    is kept besides the registry.
    """

    type: str
    purpose: str
    sample: str = "1.4"
    levels: Levels = field(default_factory=lambda: OUTLINE)
    addressed: Addressed = Addressed.NEVER
    is_letter: bool = False
    needs_abstract: bool = True
    order: str = ""
    two_sign: bool = False
    is_telegram: bool = False
    dated: bool = True
    as_above: bool = False
    filed: str = ""


PAPER_FORMS: dict[str, PaperForm] = {
    form.type: form
    for form in (
        PaperForm(
            "Nghị quyết",
            "ghi điều tập thể đã thảo luận, biểu quyết (cá biệt)",
            "1.1",
            ARTICLES,
            order="QUYẾT NGHỊ:",
        ),
        PaperForm(
            "Quyết định",
            "quyết định một việc, hoặc ban hành quy chế, quy định … kèm theo (cá biệt)",
            "1.2, 1.3",
            ARTICLES,
            order="QUYẾT ĐỊNH:",
        ),
        PaperForm(
            "Công văn",
            "trao đổi, đề nghị, trả lời, đôn đốc cơ quan khác",
            "1.5",
            CLAUSES,
            Addressed.MUST,
            is_letter=True,
        ),
        PaperForm(
            "Công điện",
            "chỉ đạo việc khẩn cấp",
            "1.6",
            CLAUSES,
            Addressed.MUST,
            is_telegram=True,
        ),
        PaperForm("Giấy mời", "mời họp, hội nghị", "1.7", CLAUSES, Addressed.MAY),
        PaperForm(
            "Giấy giới thiệu",
            "giới thiệu người của cơ quan đến nơi khác làm việc",
            "1.8",
            CLAUSES,
            needs_abstract=False,
            as_above=True,
        ),
        PaperForm(
            "Biên bản",
            "ghi diễn biến, kết quả cuộc họp, buổi kiểm tra",
            "1.9",
            two_sign=True,
            dated=False,
            filed="Hồ sơ",
        ),
        PaperForm(
            "Giấy nghỉ phép",
            "cho người của cơ quan nghỉ phép",
            "1.10",
            CLAUSES,
            needs_abstract=False,
        ),
        PaperForm("Báo cáo", "báo cáo tình hình, kết quả một việc", addressed=Addressed.MAY),
        PaperForm("Tờ trình", "trình cấp trên xem xét, phê duyệt", addressed=Addressed.MUST),
        *(
            PaperForm(name, purpose)
            for name, purpose in (
                ("Chỉ thị", "giao việc, chấn chỉnh trong phạm vi quản lý"),
                ("Thông cáo", "công bố một sự kiện, kết luận quan trọng"),
                ("Thông báo", "báo tin, truyền đạt kết luận, lịch làm việc"),
                ("Hướng dẫn", "chỉ cách thực hiện một quy định, một việc"),
                ("Chương trình", "nêu các việc chính của một thời kỳ hoặc lĩnh vực"),
                ("Kế hoạch", "nêu mục đích, việc, người làm, thời hạn"),
                ("Phương án", "nêu cách làm dự kiến để xử lý một việc"),
                ("Đề án", "trình bày mục tiêu, giải pháp cho một việc lớn"),
                ("Dự án", "trình bày việc đầu tư, xây dựng có kinh phí, tiến độ"),
            )
        ),
        PaperForm("Quy chế", "đặt quy tắc làm việc, phối hợp trong cơ quan", levels=ARTICLES),
        PaperForm("Quy định", "đặt yêu cầu, trách nhiệm về một việc", levels=ARTICLES),
        PaperForm(
            "Giấy ủy quyền",
            "giao người khác làm thay một việc",
            levels=CLAUSES,
            needs_abstract=False,
        ),
        *(
            PaperForm(name, purpose, "1.4", CLAUSES, Addressed.MAY, needs_abstract=False)
            for name, purpose in (
                ("Phiếu gửi", "gửi kèm tài liệu, để nơi nhận ký xác nhận"),
                ("Phiếu chuyển", "chuyển đơn, hồ sơ đến nơi có thẩm quyền"),
                ("Phiếu báo", "báo đã nhận hoặc đã chuyển đơn, hồ sơ"),
            )
        ),
    )
}

_TWO_SIDES = "do các bên cùng thỏa thuận và cùng ký, theo pháp luật riêng của từng việc"
NOT_MADE: dict[str, str] = {
    **dict.fromkeys(("Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận"), _TWO_SIDES),
    "Thư công": "là thư riêng của người đứng đầu, không có số, ký hiệu",
}
"""The other types of Article 7, for which Annex III has no sample, and what else keeps them out."""

ATTACHABLE = frozenset(
    name
    for name, form in PAPER_FORMS.items()
    if form.sample == "1.4" and form.needs_abstract and form.addressed is Addressed.NEVER
)
"""Types that a decision may issue as a text attached to it (Annex III, Mẫu 1.3)."""
TITLE_ONLY = frozenset(name for name, form in PAPER_FORMS.items() if not form.needs_abstract)
"""Types that the samples print without an abstract."""
UNDATED = frozenset(name for name, form in PAPER_FORMS.items() if not form.dated)
"""Types without place and date in their head."""
AS_ABOVE = frozenset(
    name for name, form in PAPER_FORMS.items() if form.as_above or form.is_telegram
)
"""Types whose recipients may begin with "Như trên" though no "Kính gửi" stands above."""
URGENCIES: dict[str, float] = {"KHẨN": 20.0, "THƯỢNG KHẨN": 40.0, "HỎA TỐC": 30.0}
"""Width (mm) of the box around each degree of urgency (Annex I, III.2)."""
SIGNED_BY_TWO = frozenset(name for name, form in PAPER_FORMS.items() if form.two_sign)
