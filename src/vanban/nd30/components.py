"""The component table of Decree 30/2020/NĐ-CP (Annex I, Mục I, II, III and V) as data.

One row a component, in the order of the table; sizes in points, page lengths in millimetres. The
decree's own inconsistencies are tolerated: sizes need not follow the pairs of the footnote of
Mục V (its official sample of an official letter does not), and the symbol is not checked for
capitals, since official abbreviations (TTr, CTr, QyĐ) mix cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DECREE = "Nghị định 30/2020/NĐ-CP"
NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"

A4 = (210.0, 297.0)
"""Width and height, mm."""

MARGINS: dict[str, tuple[str, float, float]] = {
    "top": ("trên", 20, 25),
    "bottom": ("dưới", 20, 25),
    "left": ("trái", 30, 35),
    "right": ("phải", 15, 20),
}
"""Margins of a portrait page: name, least and most, mm (Mục I)."""

FIRST_LINES = (10.0, 12.7)
"""First-line indents of the content, mm (II.6)."""

LEAST_GAP = 6.0
"""Between paragraphs, pt (II.6)."""

LINE_PITCHES = (1.0, 1.5)
"""Of the content, as factors of single spacing (II.6)."""

SHORT_RULE = (1 / 3, 1 / 2)
"""Length of the rules below agency and abstract, as a share of the line of text (II.2, II.5)."""

SIZE_SETS = ((12.0, 13.0, 13.0), (13.0, 14.0, 14.0))
"""National name, motto, place and date: examples of even sizes (footnote of Mục V)."""


class Case(StrEnum):
    """Whether words stand in capitals."""

    UPPER = "in hoa"
    LOWER = "in thường"


@dataclass(frozen=True)
class Component:
    """One row of the table.

    ``box`` is its place in the diagram of Mục IV, "" for none; ``bold`` and ``italic`` are None
    where the decree leaves them open, as are empty ``aligns``. ``required`` components belong to
    every document.
    """

    id: str
    box: str
    name: str
    clause: str
    sizes: tuple[float, float] = (13, 14)
    bold: bool | None = False
    italic: bool | None = False
    case: Case | None = None
    aligns: tuple[str, ...] = ()
    required: bool = False

    @property
    def full_clause(self) -> str:
        return f"{DECREE}, Phụ lục I, Mục {self.clause}"


_CENTER = ("center",)

PAGE = Component("trang", "", "Trang văn bản", "I")
COMPONENTS: tuple[Component, ...] = (
    PAGE,
    Component(
        "quoc-hieu", "1", "Quốc hiệu", "II.1", (12, 13), True, False, Case.UPPER, _CENTER, True
    ),
    Component(
        "tieu-ngu", "1", "Tiêu ngữ", "II.1", (13, 14), True, False, Case.LOWER, _CENTER, True
    ),
    Component(
        "co-quan-chu-quan",
        "2",
        "Tên cơ quan chủ quản trực tiếp",
        "II.2",
        (12, 13),
        False,
        False,
        Case.UPPER,
        _CENTER,
    ),
    Component(
        "co-quan-ban-hanh",
        "2",
        "Tên cơ quan ban hành",
        "II.2",
        (12, 13),
        True,
        False,
        Case.UPPER,
        _CENTER,
        True,
    ),
    Component(
        "so-ky-hieu", "3", "Số, ký hiệu", "II.3", (13, 13), False, False, None, _CENTER, True
    ),
    Component(
        "dia-danh-thoi-gian",
        "4",
        "Địa danh và thời gian",
        "II.4",
        (13, 14),
        False,
        True,
        Case.LOWER,
        _CENTER,
        True,
    ),
    Component("ten-loai", "5a", "Tên loại", "II.5", (13, 14), True, False, Case.UPPER, _CENTER),
    Component("trich-yeu", "5a", "Trích yếu", "II.5", (13, 14), True, False, Case.LOWER, _CENTER),
    Component(
        "trich-yeu-cong-van",
        "5b",
        "Trích yếu công văn",
        "II.5",
        (12, 13),
        False,
        False,
        Case.LOWER,
        _CENTER,
    ),
    Component("kinh-gui", "9a", "Kính gửi", "II.9", case=Case.LOWER),
    Component("can-cu", "6", "Căn cứ ban hành", "II.6", italic=True, case=Case.LOWER),
    Component("noi-dung", "6", "Nội dung", "II.6", bold=None, italic=None, required=True),
    Component("phan-chuong", "6", "“Phần”, “Chương”", "II.6", bold=True, aligns=_CENTER),
    Component(
        "tieu-de-phan-chuong",
        "6",
        "Tiêu đề phần, chương",
        "II.6",
        bold=True,
        case=Case.UPPER,
        aligns=_CENTER,
    ),
    Component("muc", "6", "“Mục”, “Tiểu mục”", "II.6", bold=True, aligns=_CENTER),
    Component(
        "tieu-de-muc",
        "6",
        "Tiêu đề mục, tiểu mục",
        "II.6",
        bold=True,
        case=Case.UPPER,
        aligns=_CENTER,
    ),
    Component("dieu", "6", "Điều", "II.6", bold=True),
    Component("khoan", "6", "Khoản", "II.6", bold=None),
    Component("diem", "6", "Điểm", "II.6", bold=None),
    Component(
        "muc-la-ma",
        "6",
        "Mục có số La Mã và tiêu đề (I., II. …)",
        "II.6",
        bold=True,
        case=Case.UPPER,
    ),
    Component(
        "quyen-han",
        "7a",
        "Quyền hạn, chức vụ của người ký",
        "II.7",
        bold=True,
        case=Case.UPPER,
        aligns=_CENTER,
        required=True,
    ),
    Component(
        "ho-ten",
        "7b",
        "Họ và tên của người ký",
        "II.7",
        bold=True,
        case=Case.LOWER,
        aligns=_CENTER,
        required=True,
    ),
    Component("chu-ky", "7c", "Chữ ký của người có thẩm quyền", "II.7"),
    Component("dau", "8", "Dấu, chữ ký số của cơ quan", "II.8"),
    Component(
        "noi-nhan",
        "9b",
        "Từ “Nơi nhận”",
        "II.9",
        (12, 12),
        True,
        True,
        Case.LOWER,
        ("left", "both"),
        True,
    ),
    Component(
        "danh-sach-noi-nhan",
        "9b",
        "Danh sách nơi nhận",
        "II.9",
        (11, 11),
        aligns=("left", "both"),
        required=True,
    ),
    Component(
        "nguoi-soan-thao",
        "12",
        "Ký hiệu người soạn thảo, số lượng bản",
        "III.3",
        (11, 11),
        bold=None,
        italic=None,
    ),
    Component("dia-chi", "13", "Địa chỉ cơ quan, email, điện thoại", "III", (11, 12), italic=None),
    Component(
        "so-phu-luc", "", "“Phụ lục” và số thứ tự", "III.1", (14, 14), True, False, None, _CENTER
    ),
    Component(
        "ten-phu-luc",
        "",
        "Tên phụ lục",
        "III.1",
        bold=True,
        case=Case.UPPER,
        aligns=_CENTER,
    ),
    Component(
        "kem-theo",
        "",
        "Thông tin kèm theo văn bản của phụ lục",
        "III.1",
        italic=True,
        case=Case.LOWER,
        aligns=_CENTER,
    ),
    Component(
        "ky-so-phu-luc", "", "Ký số trên phụ lục điện tử", "II.7", (10, 10), aligns=("right",)
    ),
    Component("do-mat", "10a", "Dấu chỉ độ mật", "III", bold=True, case=Case.UPPER),
    Component("do-khan", "10b", "Dấu chỉ mức độ khẩn", "III", bold=True, case=Case.UPPER),
    Component(
        "pham-vi-luu-hanh", "11", "Chỉ dẫn phạm vi lưu hành", "III", bold=True, case=Case.UPPER
    ),
    Component("so-trang", "", "Số trang", "I"),
)
"""Every row, in the order of the table; wordings and lengths of lines are rules of their own."""

BY_ID: dict[str, Component] = {component.id: component for component in COMPONENTS}
ORDER: dict[str, int] = {component.id: place for place, component in enumerate(COMPONENTS)}
