"""Rules about the wording of the head: boxes 1 to 5b and 9a (Annex I, II.1 to II.5, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.checks.finding import Standing
from vanban.checks.form.components import is_committee
from vanban.checks.form.parts import Part
from vanban.checks.form.rule import form_rule
from vanban.checks.form.verdict import Form, Judgement, absent, shown, unknown
from vanban.nd30.components import BY_ID, DECREE, MOTTO, NATIONAL_NAME, SIZE_SETS
from vanban.nd30.dates import DAYS, MONTHS
from vanban.nd30.document_types import ABBREVIATIONS
from vanban.nd30.letters import composed, fold
from vanban.workspace.models.agency import Agency

_SYMBOL = re.compile(r"Số:(?P<number>.*?)/(?P<symbol>.*)", re.DOTALL)
_DATE = re.compile(
    r"(?P<place>.+?)(?P<comma>,?)\s*ngày(?P<day>.*?)tháng(?P<month>.*?)năm(?P<year>.*)", re.DOTALL
)
CODES = (
    ("UY BAN NHAN DAN", "UBND"),
    ("UBND", "UBND"),
    ("HOI DONG NHAN DAN", "HĐND"),
    ("HDND", "HĐND"),
)
"""Codes of agencies by the first words of their names, folded."""

BLANKS = re.compile(r"[\s.…_]*")
"""What stands where the registry writes number and date after signing."""


@form_rule(
    id="hinh-thuc/quoc-hieu-loi-van",
    title="Quốc hiệu viết đúng từng chữ, trên một dòng",
    standing=Standing.LAW,
    clause=BY_ID["quoc-hieu"].full_clause,
    component="quoc-hieu",
    fails="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT  NAM",
    passes=NATIONAL_NAME,
)
def national_name(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("quoc-hieu")
    if not parts:
        yield absent("lời văn", NATIONAL_NAME)
        return
    text = _composed(parts[0].text)
    yield Judgement(
        "lời văn",
        text.upper().replace("HOÀ", "HÒA") == NATIONAL_NAME,
        text,
        NATIONAL_NAME,
        parts[:1],
        f"viết “{NATIONAL_NAME}”",
    )
    lines = () if form.pages is None else form.pages.find(text, form.head_page)
    if not lines:
        reason = form.unmeasured or "không thấy Quốc hiệu trên trang đo"
        yield unknown("số dòng", "một dòng", reason)
        return
    yield Judgement(
        "số dòng",
        len(lines) == 1,
        f"{len(lines)} dòng",
        "một dòng",
        parts[:1] if len(lines) > 1 else (),
        "nới rộng cột bên phải của bảng đầu trang",
    )


@form_rule(
    id="hinh-thuc/tieu-ngu-loi-van",
    title="Tiêu ngữ viết đúng, gạch nối có cách chữ",
    standing=Standing.LAW,
    clause=BY_ID["tieu-ngu"].full_clause,
    component="tieu-ngu",
    fails="Độc lập – Tự do – Hạnh phúc",
    passes=MOTTO,
)
def motto(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("tieu-ngu")
    if not parts:
        yield absent("lời văn", MOTTO)
        return
    text = _composed(parts[0].text)
    yield Judgement("lời văn", text == MOTTO, text, MOTTO, parts[:1], f"viết “{MOTTO}”")


@form_rule(
    id="hinh-thuc/quoc-hieu-tieu-ngu-lien-dong",
    title="Quốc hiệu và Tiêu ngữ cách nhau dòng đơn",
    standing=Standing.LAW,
    clause=BY_ID["quoc-hieu"].full_clause,
    component="quoc-hieu",
    fails="Một dòng trống giữa Quốc hiệu và Tiêu ngữ",
    passes="Tiêu ngữ ngay dưới Quốc hiệu",
)
def name_and_motto(form: Form) -> Iterator[Judgement]:
    yield _close(form, form.components.get("quoc-hieu"), form.components.get("tieu-ngu"))


@form_rule(
    id="hinh-thuc/ten-co-quan-lien-dong",
    title="Tên cơ quan chủ quản và tên cơ quan ban hành cách nhau dòng đơn",
    standing=Standing.LAW,
    clause=BY_ID["co-quan-chu-quan"].full_clause,
    component="co-quan-chu-quan",
    fails="Một dòng trống giữa hai tên cơ quan",
    passes="Tên cơ quan ban hành ngay dưới tên cơ quan chủ quản",
)
def agency_lines(form: Form) -> Iterator[Judgement]:
    superior = form.components.get("co-quan-chu-quan")
    yield _close(form, superior[-1:], form.components.get("co-quan-ban-hanh"))


def _close(form: Form, above: tuple[Part, ...], below: tuple[Part, ...]) -> Judgement:
    if not above or not below:
        return absent("khoảng cách", "cách nhau dòng đơn")
    first, second = above[0].paragraph, below[0].paragraph
    paragraphs = form.word.paragraphs
    between_them = paragraphs[paragraphs.index(first) + 1 : paragraphs.index(second)]
    column = first.cell
    empty = any(not p.number and p.cell == column and not p.format.border for p in between_them)
    gap = first.format.after + second.format.before if first is not second else 0.0
    return Judgement(
        "khoảng cách",
        not empty and gap <= 6,
        "có dòng trống ở giữa" if empty else f"cách {shown(gap)} pt",
        "cách nhau dòng đơn",
        below[:1] if empty or gap > 6 else (),
        "xóa dòng trống, đặt khoảng cách đoạn (Before, After) bằng 0",
    )


@form_rule(
    id="hinh-thuc/chu-quan-tren-uy-ban",
    title="Ủy ban nhân dân, Hội đồng nhân dân không ghi cơ quan chủ quản",
    standing=Standing.SAMPLE,
    clause=f"{DECREE}, Phụ lục III, Mẫu 1.4 (chủ quản “nếu có”)",
    component="co-quan-chu-quan",
    fails="UBND THÀNH PHỐ HẢI PHÒNG / ỦY BAN NHÂN DÂN PHƯỜNG TRẦN LIỄU",
    passes="ỦY BAN NHÂN DÂN / PHƯỜNG TRẦN LIỄU",
)
def superior_of_committee(form: Form) -> Iterator[Judgement]:
    superior = form.components.get("co-quan-chu-quan")
    issuing = form.components.get("co-quan-ban-hanh")
    wrong = bool(superior) and is_committee(issuing[:1])
    yield Judgement(
        "cơ quan chủ quản",
        not wrong,
        " ".join(part.text.strip() for part in superior) or "không ghi",
        "không ghi phía trên Ủy ban nhân dân, Hội đồng nhân dân",
        superior if wrong else (),
        "bỏ dòng tên cơ quan chủ quản",
    )


@form_rule(
    id="hinh-thuc/so-ky-hieu-cach-viet",
    title="Số, ký hiệu viết đúng mẫu",
    standing=Standing.LAW,
    clause=BY_ID["so-ky-hieu"].full_clause,
    component="so-ky-hieu",
    fails="Số: 5 /KH - UBND",
    passes="Số: 05/KH-UBND",
)
def number_and_symbol(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("so-ky-hieu")
    if not parts:
        yield absent("cách viết", "Số: 05/KH-UBND")
        return
    text = parts[0].text.strip()
    wrong = _wrong_number(text)
    yield Judgement(
        "cách viết", not wrong, text, "như “Số: 05/KH-UBND”", parts[:1] if wrong else (), wrong
    )


def _wrong_number(text: str) -> str:
    """Return what to do about the line of number and symbol, "" where it is right."""
    found = _SYMBOL.fullmatch(text)
    if not found:
        return "viết “Số:” rồi số, dấu “/” và ký hiệu, như “Số: 05/KH-UBND”"
    number, symbol = found["number"], found["symbol"].strip()
    is_blank = BLANKS.fullmatch(number) is not None
    if not is_blank and not re.fullmatch(r"\s*\d+", number):
        return "số là chữ số Ả Rập, viết liền dấu “/”"
    if not is_blank and len(number.strip()) < 2:
        return f"thêm số 0 phía trước: “{number.strip():0>2}”"
    if re.search(r"\s|[–—‑−]", symbol):
        return "ký hiệu viết liền, dùng dấu “-” không cách chữ"
    if re.match(r"(19|20)\d\d/", symbol):
        return "bỏ năm: chỉ văn bản quy phạm pháp luật ghi năm trong số"
    if re.match(r"CV-|CV/", symbol):
        return "công văn không ghi “CV” trong ký hiệu"
    if "/" in symbol or "-" not in symbol.strip("-"):
        return "giữa các nhóm chữ của ký hiệu dùng dấu “-”"
    return ""


@form_rule(
    id="hinh-thuc/ky-hieu-ten-loai",
    title="Ký hiệu khớp tên loại văn bản",
    standing=Standing.LAW,
    clause=f"{DECREE}, Phụ lục III, Mục I",
    component="so-ky-hieu",
    fails="KẾ HOẠCH có số 15/BC-UBND",
    passes="KẾ HOẠCH có số 15/KH-UBND",
)
def symbol_of_type(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("so-ky-hieu")
    kind = form.components.kind
    found = _SYMBOL.fullmatch(parts[0].text.strip()) if parts else None
    if found is None or (kind not in ABBREVIATIONS and not form.official_letter):
        aspect, allowed = "chữ viết tắt tên loại", "theo bảng chữ viết tắt"
        if not parts:
            yield absent(aspect, allowed)
        else:
            yield unknown(aspect, allowed, "không đọc được ký hiệu hoặc tên loại")
        return
    symbol = found["symbol"].strip()
    first = re.split(r"[-–\s/]", symbol)[0]
    if form.official_letter:
        allowed, fits = "tên viết tắt cơ quan đứng đầu", first not in ABBREVIATIONS.values()
    else:
        allowed, fits = ABBREVIATIONS[kind], first == ABBREVIATIONS[kind]
    yield Judgement(
        "chữ viết tắt tên loại",
        fits,
        first,
        allowed,
        () if fits else parts[:1],
        f"{kind} viết tắt là “{allowed}”"
        if not form.official_letter
        else "bỏ chữ viết tắt tên loại",
    )


@form_rule(
    id="hinh-thuc/ky-hieu-co-quan",
    title="Ký hiệu khớp cơ quan ban hành",
    standing=Standing.LAW,
    clause=BY_ID["so-ky-hieu"].full_clause,
    component="so-ky-hieu",
    fails="Ủy ban nhân dân ban hành Kế hoạch số 15/KH-HĐND",
    passes="Ủy ban nhân dân ban hành Kế hoạch số 15/KH-UBND",
)
def symbol_of_agency(form: Form) -> Iterator[Judgement]:
    """Judge committees and councils only: the codes of other units are set by their heads."""
    parts = form.components.get("so-ky-hieu")
    issuing = form.components.get("co-quan-ban-hanh")
    found = _SYMBOL.fullmatch(parts[0].text.strip()) if parts else None
    code = next((c for start, c in CODES if issuing and issuing[0].folded.startswith(start)), "")
    if found is None or not code:
        yield absent("chữ viết tắt cơ quan", "theo tên cơ quan", "không phải UBND, HĐND")
        return
    groups = re.split(r"[-–\s/]+", found["symbol"].strip())
    fits = code in groups
    yield Judgement(
        "chữ viết tắt cơ quan",
        fits,
        found["symbol"].strip(),
        f"có “{code}”",
        () if fits else parts[:1],
        f"cơ quan ban hành viết tắt là “{code}”",
    )


@form_rule(
    id="hinh-thuc/ngay-thang-cach-viet",
    title="Địa danh, ngày tháng năm viết đúng mẫu",
    standing=Standing.LAW,
    clause=BY_ID["dia-danh-thoi-gian"].full_clause,
    component="dia-danh-thoi-gian",
    fails="Phường Trần Liễu ngày 5 tháng 03 năm 2026",
    passes="Phường Trần Liễu, ngày 05 tháng 3 năm 2026",
)
def place_and_date(form: Form) -> Iterator[Judgement]:
    parts = form.components.get("dia-danh-thoi-gian")
    if not parts:
        yield absent("cách viết", "địa danh, ngày 05 tháng 3 năm 2026")
        return
    text = parts[0].text.strip()
    wrong = _wrong_date(text)
    yield Judgement(
        "cách viết",
        not wrong,
        text,
        "như “…, ngày 05 tháng 3 năm 2026”",
        parts[:1] if wrong else (),
        wrong,
    )


def _wrong_date(text: str) -> str:
    """Return what to do about place and date; blanks for the registry are right."""
    found = _DATE.fullmatch(text)
    if not found:
        return "viết địa danh, dấu phẩy, rồi “ngày … tháng … năm …”"
    day, month, year = (found[name].strip() for name in ("day", "month", "year"))
    if not found["comma"]:
        return "thêm dấu phẩy sau địa danh"
    if not found["place"][:1].isupper():
        return "viết hoa chữ đầu của địa danh"
    if not BLANKS.fullmatch(day) and not DAYS.fullmatch(day):
        return "ngày dưới 10 có số 0 phía trước, như “ngày 05”"
    if not BLANKS.fullmatch(month) and not MONTHS.fullmatch(month):
        return "chỉ tháng 1, tháng 2 có số 0 phía trước: “tháng 02”, “tháng 3”"
    if not BLANKS.fullmatch(year) and not re.fullmatch(r"(19|20)\d\d|20[….]+", year):
        return "năm viết đủ bốn chữ số"
    return ""


@form_rule(
    id="hinh-thuc/dia-danh",
    title="Địa danh là tên đơn vị hành chính nơi đóng trụ sở",
    standing=Standing.CONSISTENCY,
    clause=BY_ID["dia-danh-thoi-gian"].full_clause,
    component="dia-danh-thoi-gian",
    fails="Hải Phòng, ngày 05 tháng 3 năm 2026 (văn bản của phường)",
    passes="Phường Trần Liễu, ngày 05 tháng 3 năm 2026",
)
def seat(form: Form) -> Iterator[Judgement]:
    """Compare with the place name that the agency has set for itself; others are not known."""
    parts = form.components.get("dia-danh-thoi-gian")
    found = _DATE.fullmatch(parts[0].text.strip()) if parts else None
    if found is None or form.workspace is None or not _is_own(form, form.workspace.agency):
        reason = "không có dữ liệu về trụ sở của cơ quan ban hành"
        yield unknown("địa danh", "tên đơn vị hành chính nơi đóng trụ sở", reason)
        return
    place, own = _composed(found["place"]), str(form.workspace.agency.place_name)
    fits = place == own
    yield Judgement(
        "địa danh", fits, place, own, () if fits else parts[:1], f"ghi địa danh “{own}”"
    )


def _is_own(form: Form, agency: Agency) -> bool:
    """Say whether the document is one of the agency, or of a unit below it."""
    lines = (*form.components.get("co-quan-chu-quan"), *form.components.get("co-quan-ban-hanh"))
    head = fold(" ".join(part.text for part in lines))
    names = (" ".join(agency.header_lines), agency.short_name)
    return any(head.startswith(fold(name)) for name in names)


@form_rule(
    id="hinh-thuc/co-chu-thong-nhat",
    title="Cỡ chữ tăng, giảm thống nhất trong một văn bản",
    standing=Standing.CONSISTENCY,
    clause=f"{DECREE}, Phụ lục I, Mục V (chú thích)",
    component="trang",
    fails="Quốc hiệu 12, Tiêu ngữ 14",
    passes="Quốc hiệu 13, Tiêu ngữ 14, địa danh 14",
)
def even_sizes(form: Form) -> Iterator[Judgement]:
    sizes = []
    for component in ("quoc-hieu", "tieu-ngu", "dia-danh-thoi-gian"):
        parts = form.components.get(component)
        looks = [
            look for part in parts for look, _ in part.paragraph.formatted(part.start, part.end)
        ]
        if not looks:
            yield absent("cỡ chữ phần đầu", _sets(), "thiếu một trong các thành phần đầu trang")
            return
        least, most = BY_ID[component].sizes
        if not least <= looks[0].size <= most:
            yield unknown("cỡ chữ phần đầu", _sets(), f"{BY_ID[component].name} sai cỡ chữ")
            return
        sizes.append(looks[0].size)
    measured = "–".join(shown(size) for size in sizes)
    # Half points between both sets are as even as either.
    steps = (round(sizes[1] - sizes[0], 1), round(sizes[2] - sizes[1], 1))
    yield Judgement(
        "cỡ chữ phần đầu",
        steps == (1, 0),
        measured,
        _sets(),
        advice=f"chọn một bộ: {_sets()}",
    )


def _sets() -> str:
    return " hoặc ".join("–".join(shown(size) for size in each) for each in SIZE_SETS)


def _composed(text: str) -> str:
    return composed(text.replace("\u00a0", " ").strip())
