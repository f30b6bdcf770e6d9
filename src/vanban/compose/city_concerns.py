"""What to look at in the wards of a city, as sheets: who is there, concerns, outliers, how it is
worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from vanban.city.gathered import GRAVEST_FIRST, Concern, GatheredWard, Matter
from vanban.city.outliers import IN_WORDS, Against, Outlier
from vanban.compose.city_figures import NO_VALUE, CityFigures, ratio_look
from vanban.figures.notation import format_ratio, format_size
from vanban.nd30.numbers import format_number, round_half_up
from vanban.sheet import Number, Sheet, SheetColumn, SheetRow, SheetValue, number_look
from vanban.workspace.models.indicators import Indicator

WARD_COLUMNS = (
    SheetColumn("STT", 6, "center"),
    SheetColumn("Đơn vị", 30),
    SheetColumn("Thư mục, tệp", 24),
    SheetColumn("Bộ dùng chung", 18),
    SheetColumn("Số liệu mẫu", 10, "center"),
    SheetColumn("Số chỉ tiêu có số liệu", 11, "center"),
    SheetColumn("Thiếu số liệu", 9, "center"),
    SheetColumn("Mâu thuẫn", 9, "center"),
    SheetColumn("Không đạt", 9, "center"),
    SheetColumn("Nguy cơ không đạt", 10, "center"),
    SheetColumn("Thiếu minh chứng", 10, "center"),
    SheetColumn("Điểm tự chấm", 10, "right"),
    SheetColumn("Điểm có thể mất", 10, "right"),
    SheetColumn("Ghi chú", 40),
)
CONCERN_COLUMNS = (
    SheetColumn("STT", 6, "center"),
    SheetColumn("Đơn vị", 28),
    SheetColumn("Nội dung", 90),
    SheetColumn("Chỗ xem, sửa", 44),
)
OUTLIER_COLUMNS = (
    SheetColumn("STT", 6, "center"),
    SheetColumn("Đơn vị", 28),
    SheetColumn("Chỉ tiêu", 46),
    SheetColumn("Đơn vị tính", 11, "center"),
    SheetColumn("Số của đơn vị", 13, "right"),
    SheetColumn("So với", 28),
    SheetColumn("Mốc so", 13, "right"),
    SheetColumn("Nhận xét", 44),
)
METHOD_COLUMNS = (SheetColumn("STT", 6, "center"), SheetColumn("Cách tính", 130))

METHOD = (
    "Số liệu lấy nguyên từ báo cáo của từng đơn vị trong kỳ; ô “–” là đơn vị chưa có số liệu, "
    "không tính là 0.",
    "Tổng là tổng của các đơn vị có số liệu; cột Ghi chú của trang Tổng hợp nêu còn bao nhiêu "
    "đơn vị chưa có.",
    "Tỷ lệ toàn bộ là tổng tử số chia tổng mẫu số của những đơn vị có cả hai, không phải trung "
    "bình các tỷ lệ.",
    "Thay đổi so với cùng kỳ năm trước chỉ tính trên những đơn vị có số liệu cả hai kỳ.",
    "Số liệu mâu thuẫn vẫn được cộng như đơn vị ghi, cho đến khi đơn vị sửa; không xếp hạng.",
    "Chỉ tiêu tính bằng điểm thì không cộng.",
    "Thứ tự theo tỷ lệ từ cao xuống thấp, bằng nhau thì cùng hạng: sau hai đơn vị hạng 2 là hạng "
    "4.",
    "Tài liệu kiểm chứng: xem sổ và tệp có ở đúng chỗ không, không mở tệp; kiểm kỹ bằng lệnh "
    "evidence status ở từng đơn vị.",
)


def ward_sheet(city: CityFigures, concerns: Iterable[Concern]) -> Sheet:
    """Return who is there, with what, and how much there is to look at."""
    missing = [each.ward for each in concerns if each.matter is Matter.MISSING]
    rows = tuple(
        SheetRow(_ward_cells(number, ward, missing.count(ward.name)), ward.name)
        for number, ward in enumerate(city.wards, 1)
    )
    versions = city.gathered.versions
    told = f"có {len(versions)} phiên bản bộ dùng chung" if len(versions) > 1 else ""
    head = city.head("CÁC ĐƠN VỊ", *filter(None, (told,)))
    return Sheet("Đơn vị", head, city.banner, WARD_COLUMNS, rows, fixed=2)


def concern_sheet(city: CityFigures, concerns: Iterable[Concern]) -> Sheet:
    """Return the concerns, the gravest matter first, each with its place in the ward's folder."""
    rows: list[SheetRow] = []
    names = {ward.name: ward.territory for ward in city.wards}
    for matter, some in by_matter(concerns):
        title = f"{matter[:1].upper()}{matter[1:]}: {len(some)}"
        rows.append(SheetRow((None, None, title, None), heading=True))
        for number, each in enumerate(some, 1):
            place = f"{each.ward}: {each.place}" if each.place else each.ward
            cells = (number, names.get(each.ward, each.ward), each.text, place)
            rows.append(SheetRow(cells))
    head = city.head("MÂU THUẪN VÀ NHỮNG CHỖ PHẢI XEM", "nặng nhất ở trên")
    return Sheet("Phải xem", head, city.banner, CONCERN_COLUMNS, tuple(rows), fixed=2)


def by_matter(concerns: Iterable[Concern]) -> Iterator[tuple[Matter, tuple[Concern, ...]]]:
    """Yield each matter that there is with its concerns, the gravest first."""
    every = tuple(concerns)
    for matter in GRAVEST_FIRST:
        some = tuple(each for each in every if each.matter is matter)
        if some:
            yield matter, some


def outlier_sheet(city: CityFigures, found: Iterable[Outlier]) -> Sheet:
    """Return the figures that are far from others, or from what they were."""
    rows = tuple(SheetRow(_outlier_cells(number, each)) for number, each in enumerate(found, 1))
    head = city.head(
        "SỐ KHÁC THƯỜNG, NÊN XEM LẠI",
        "chưa chắc là số sai; ngưỡng là thói quen đối chiếu, không phải quy định (trang Cách tính)",
    )
    return Sheet("Khác thường", head, city.banner, OUTLIER_COLUMNS, rows, fixed=2)


def method_sheet(city: CityFigures) -> Sheet:
    """Return how everything is worked out, in words."""
    texts = (*METHOD, *IN_WORDS)
    rows = tuple(SheetRow((number, text)) for number, text in enumerate(texts, 1))
    return Sheet("Cách tính", city.head("CÁCH TÍNH"), city.banner, METHOD_COLUMNS, rows)


def remark(outlier: Outlier) -> str:
    """Say by how much a figure is far: "thấp hơn 15 điểm %", "gấp 7,3 lần"."""
    indicator, value, compared = outlier.indicator, outlier.value, outlier.compared
    if indicator.is_ratio:
        way = "cao" if outlier.is_high else "thấp"
        return f"{way} hơn {format_size(abs(value - compared), points=True)}"
    if not compared or not value:
        return f"chênh {format_number(_short(abs(value - compared)))} {indicator.unit}"
    if outlier.is_high:
        return f"gấp {format_number(round_half_up(value / compared, 1))} lần"
    return f"chỉ bằng {format_ratio(value / compared)}"


def against(outlier: Outlier) -> str:
    """Say what a figure is far from: "trung vị các đơn vị", "quý III năm 2024 của đơn vị"."""
    if outlier.against is Against.PAST and outlier.past is not None:
        return f"{outlier.past.title} của đơn vị"
    return "trung vị các đơn vị"


def shown(indicator: Indicator, value: Fraction) -> str:
    """Return a value as it is printed in a sentence."""
    return format_ratio(value) if indicator.is_ratio else format_number(_short(value))


# --- cells ------------------------------------------------------------------------------------


def _ward_cells(number: int, ward: GatheredWard, missing: int) -> tuple[SheetValue, ...]:
    if not ward.reported:
        empty = (NO_VALUE,) * (len(WARD_COLUMNS) - 4)
        return number, ward.territory, ward.name, *empty, ward.absence
    points = [each.points for each in ward.points if each.points is not None]
    return (
        number,
        ward.territory,
        ward.name,
        ward.shared or NO_VALUE,
        "mẫu" if ward.sample else None,
        len(ward.figures),
        missing,
        len(ward.contradictions),
        len(ward.missed),
        len(ward.at_risk),
        len(ward.unproven),
        sum(points, Decimal(0)) if points else NO_VALUE,
        sum((each.at_risk for each in ward.points), Decimal(0)) if ward.points else NO_VALUE,
        None,
    )


def _outlier_cells(number: int, outlier: Outlier) -> tuple[SheetValue, ...]:
    indicator = outlier.indicator
    return (
        number,
        outlier.ward.territory,
        str(indicator.name),
        str(indicator.unit),
        _cell(indicator, outlier.value),
        against(outlier),
        _cell(indicator, outlier.compared),
        remark(outlier),
    )


def _cell(indicator: Indicator, value: Fraction) -> Number:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Number(exact, ratio_look(value) if indicator.is_ratio else number_look(_short(value)))


def _short(value: Fraction) -> Decimal:
    return round_half_up(value, 0 if value.denominator == 1 else 1)
