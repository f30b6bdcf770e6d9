"""Figures of one sample ward over the four periods of a year.

In: a source of chance. Out: exact numbers by period and indicator that satisfy the identities of
the register and grow over the year. A flow is drawn by quarter and added up (quarter I, six months
and year count from the start of the reporting year, quarter III its own three months); a stock is
the one at the end of the period. What a ward is good at shows in all its figures alike, a few wards
lie far from the others in one matter (:data:`ODD`), and a few have no figure for some indicators.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal
Figures = dict[str, Number]

QUARTERS = {"q1": (0,), "h1": (0, 1), "q3": (2,), "year": (0, 1, 2, 3)}
"""The quarters that a period counts, by their place in the year."""
ODD = ("quá hạn", "trực tuyến", "thanh toán", "giải ngân", "tăng vọt", "hài lòng")
"""In what one ward in twelve lies far from the others."""
LACKING = (
    "bcci-tra-ket-qua",
    "luot-truy-cap",
    "tthc-bcci-phat-sinh",
    "ho-so-so-hoa",
    "can-bo-cong-chuc-tap-huan",
    "nguoi-lam-viec-co-mat",
    "van-de-tthc-da-xu-ly",
)
"""Indicators that a ward may have no figure for when it reports."""


@dataclass(frozen=True)
class Character:
    """What a ward is like: ``size`` about 1, ``care`` and ``digital`` between 0 and 1."""

    size: float
    care: float
    digital: float
    odd: str


def figures(chance: random.Random, level: str) -> dict[str, Figures]:
    """Return period → indicator → number; an indicator without a figure is not there."""
    ward = _character(chance, level)
    flows: list[Figures] = []
    opening: Number = round(ward.size * chance.uniform(35, 70))
    first = opening
    for quarter in range(4):
        flows.append(_flows(chance, ward, quarter, opening))
        opening = _pending(flows[-1])
    stocks = _stocks(chance, ward)
    known = {}
    for period, counted in QUARTERS.items():
        last = flows[counted[-1]]
        added: Figures = {name: sum(flows[each][name] for each in counted) for name in last}
        pending = {name: last[name] for name in last if name.startswith("dang-giai-quyet")}
        start = {"ho-so-ky-truoc": first if counted[0] == 0 else _pending(flows[counted[0] - 1])}
        apologies = {"thu-xin-loi": added["giai-quyet-qua-han"]}
        known[period] = {**added, **pending, **start, **apologies, **stocks[counted[-1]]}
    _forget(chance, known)
    return known


def _pending(flows: Figures) -> Number:
    return flows["dang-giai-quyet-trong-han"] + flows["dang-giai-quyet-qua-han"]


def _character(chance: random.Random, level: str) -> Character:
    scale = {"phường": 1.3, "đặc khu": 0.55}.get(level, 0.9)
    size = min(3.2, max(0.35, scale * chance.lognormvariate(0, 0.35)))
    care = chance.triangular(0.25, 1, 0.85)
    digital = min(1.0, max(0.0, 0.5 * care + chance.triangular(0, 0.55, 0.35)))
    odd = chance.choice(ODD) if chance.random() < 1 / 12 else ""
    return Character(size, care, digital, odd)


def _flows(chance: random.Random, ward: Character, quarter: int, opening: Number) -> Figures:
    """Return what comes and goes in a quarter, with the files pending at its end."""

    def about(mean: float, spread: float = 0.15) -> int:
        return max(0, round(mean * chance.gauss(1, spread)))

    def part(whole: int, share: float, spread: float = 0.02) -> int:
        return min(whole, max(0, round(whole * min(1.0, chance.gauss(share, spread)))))

    def few(mean: float) -> int:
        return sum(chance.random() < mean / 8 for _ in range(8))

    def each(whole: int, share: float) -> int:
        """Return how many of a few cases came out well."""
        return sum(chance.random() < share for _ in range(whole))

    care, digital = ward.care, ward.digital
    odd = {name: ward.odd == name for name in ODD}
    files = about(1150 * ward.size * (0.9, 1.08, 1.05, 0.97)[quarter], 0.06)
    if odd["tăng vọt"] and quarter == 2:
        files = round(files * chance.uniform(2.4, 3.2))
    share = 0.2 if odd["trực tuyến"] else 0.62 + 0.3 * digital + 0.02 * quarter
    online = part(files, share)
    postal = part(files - online, 0.06 + 0.08 * digital)
    pending = min(about(files * 0.05), files)
    settled = int(opening) + files - pending
    late = part(settled, 0.09 if odd["quá hạn"] else 0.012 * (1 - care) ** 1.5, 0.002)
    early = part(settled - late, 0.62 + 0.28 * care)
    overdue = part(pending, 0.08 if odd["quá hạn"] else 0.01 * (1 - care), 0.005)
    paid = part(files, 0.56, 0.04)
    letters = part(files, 0.09 + 0.01 * quarter)
    feedback = few(4 * ward.size)
    answered = each(feedback, 0.93 + 0.07 * care)
    surveys = about(150 + 60 * ward.size)
    on_paper = part(surveys, 0.7 - 0.4 * digital, 0.05)
    given = about(22 + 4 * quarter)
    in_time = part(given, 0.86 + 0.13 * care)
    after = part(given - in_time, 0.7, 0.1)
    found = few(2.2)
    inspected = few(1.2) + (quarter in (1, 2))
    issues = few(1.5) if inspected else 0
    reviewed = few(3)
    to_settle = part(reviewed, 0.3, 0.1)
    sent = about(1150 * ward.size, 0.1)
    electronic = part(sent, 0.995, 0.004)
    return {
        "kiem-tra-don-vi": inspected,
        "kiem-tra-van-de": issues,
        "kiem-tra-da-xu-ly": each(issues, 0.7 + 0.3 * care),
        "nhiem-vu-tp-tong": given,
        "nhiem-vu-tp-dung-han": in_time,
        "nhiem-vu-tp-qua-han": after,
        "phieu-truc-tuyen": surveys - on_paper,
        "phieu-giay": on_paper,
        "phieu-hai-long": part(surveys, 0.66 if odd["hài lòng"] else 0.92 + 0.07 * care),
        "doi-thoai": int(quarter % 2 == 1 or chance.random() < 0.55 * care),
        "tin-bai": about(14 + 14 * digital, 0.25),
        "hoi-nghi-tuyen-truyen": 1 + few(1.2),
        "vbqppl-ban-hanh": few(0.5),
        "vbqppl-kiem-tra": few(1.5),
        "vbqppl-trai-luat": 0,
        "vbqppl-trai-luat-da-xu-ly": 0,
        "vbqppl-phai-ra-soat": reviewed,
        "vbqppl-da-ra-soat": reviewed,
        "vbqppl-can-xu-ly": to_settle,
        "vbqppl-da-xu-ly": each(to_settle, 0.6 + 0.4 * care),
        "ho-so-truc-tuyen": online,
        "ho-so-bcci": postal,
        "ho-so-truc-tiep": files - online - postal,
        "giai-quyet-truoc-han": early,
        "giai-quyet-dung-han": settled - late - early,
        "giai-quyet-qua-han": late,
        "dang-giai-quyet-trong-han": pending - overdue,
        "dang-giai-quyet-qua-han": overdue,
        "pakn-tiep-nhan": feedback,
        "pakn-da-xu-ly": answered,
        "pakn-qua-han": each(answered, 0.12 * (1 - care)),
        "dao-tao-thuc-hien": about(11 + 6 * care),
        "ky-luat-can-bo": 0,
        "ky-luat-cong-chuc": int(chance.random() < 0.02 * (1.2 - care)),
        "ky-luat-vien-chuc": int(chance.random() < 0.03 * (1.2 - care)),
        "van-ban-di": sent,
        "van-ban-di-dien-tu": electronic,
        "van-ban-di-ky-so": part(electronic, 0.97 + 0.028 * digital, 0.004),
        "ho-so-phai-thanh-toan": paid,
        "ho-so-thanh-toan-truc-tuyen": part(
            paid, 0.2 if odd["thanh toán"] else 0.48 + 0.42 * digital + 0.02 * quarter, 0.03
        ),
        "ho-so-so-hoa": part(files, 0.76 + 0.22 * digital),
        "ket-qua-so-hoa": part(settled, 0.66 + 0.3 * digital),
        "bcci-tra-ket-qua": letters,
        "ke-hoach-cchc-ban-hanh": (3, 1, 0, 0)[quarter],
        "van-de-tthc-phat-hien": found,
        "van-de-tthc-da-xu-ly": each(found, 0.75 + 0.25 * care),
        "phan-anh-khong-xem-xet": 0,
        "ho-so-toan-trinh": part(online, 0.72 + 0.2 * digital),
        "luot-truy-cap": about(9000 * ward.size * (0.6 + digital)),
    }


def _stocks(chance: random.Random, ward: Character) -> list[Figures]:
    """Return what there is at the end of each quarter."""
    care, digital = ward.care, ward.digital
    tasks, projects = chance.randint(30, 44), chance.randint(9, 16)
    procedures = chance.randint(372, 408)
    joined_here, joined_above = chance.randint(2, 8), chance.randint(24, 36)
    offices, services = chance.randint(3, 4), max(4, round(9 * ward.size**0.6 + chance.gauss(0, 2)))
    independent, partly = int(chance.random() < 0.1), chance.randint(0, 3)
    posts = round(46 + 12 * ward.size + chance.gauss(0, 3))
    staffed = posts - chance.randint(0, 5)
    workers = services * chance.randint(30, 42)
    employed = workers - round(workers * chance.uniform(0, 0.06))
    officials = staffed + chance.randint(3, 7)
    whole, partial = chance.randint(205, 228), chance.randint(112, 138)
    capital = _millions(6500 * ward.size * chance.uniform(1.2, 4.5))
    to_pay = _millions(chance.uniform(20, 260)) if chance.random() < 0.25 else Decimal(0)
    days = Decimal(chance.randint(500, 760)) / 2
    made_days = Decimal(chance.randint(160, 260)) / 2
    certified = chance.randint(3, 5)
    points = Decimal(round((72 + 20 * care + chance.gauss(0, 1.5)) * 100)) / 100
    trained = chance.randint(54, 68)
    in_place = round(staffed * (0.9 + 0.1 * care))
    spent = 0.45 if ward.odd == "giải ngân" else 0.86 + 0.16 * care
    stocks: list[Figures] = []
    for quarter in range(4):

        def done(total: float, course: tuple[float, ...], best: float, at: int = quarter) -> float:
            return total * min(1.0, course[at] * best)

        even = (0.26, 0.54, 0.83, 1.0)
        stocks.append(
            {
                "nhiem-vu-cchc-tong": tasks,
                "nhiem-vu-cchc-hoan-thanh": round(done(tasks, even, 0.9 + 0.11 * care)),
                "nhiem-vu-tp-chua-hoan-thanh": 0,
                "tthc-tham-quyen": procedures,
                "tthc-cong-khai": procedures - (quarter == 0 and care < 0.6) * 3,
                "tthc-mot-cua": procedures - joined_here - joined_above,
                "tthc-lien-thong-cung-cap": joined_here,
                "tthc-lien-thong-cac-cap": joined_above,
                "phong-chuyen-mon": offices,
                "don-vi-su-nghiep": services,
                "bien-che-giao": posts,
                "bien-che-co-mat": staffed,
                "nguoi-lam-viec-giao": workers,
                "nguoi-lam-viec-co-mat": employed,
                "vi-tri-viec-lam": posts - 12,
                "bo-tri-dung-vi-tri": min(staffed, in_place),
                "dao-tao-ke-hoach": trained,
                "von-dau-tu-ke-hoach": capital,
                "von-dau-tu-giai-ngan": _millions(
                    done(float(capital), (0.14, 0.42, 0.8, 1.0), spent)
                ),
                "tu-chu-nhom-1": 0,
                "tu-chu-nhom-2": independent,
                "tu-chu-nhom-3": partly,
                "tu-chu-nhom-4": services - independent - partly,
                "kien-nghi-phai-nop": to_pay,
                "kien-nghi-da-nop": _millions(done(float(to_pay), (0.2, 0.5, 0.8, 1), 1)),
                "dvc-toan-trinh": whole,
                "dvc-mot-phan": partial,
                "dvc-phat-sinh": round(
                    done(whole + partial, (0.42, 0.55, 0.63, 0.7), 0.8 + 0.4 * digital)
                ),
                "iso-phai-ap-dung": certified,
                "iso-cong-bo": certified,
                "iso-duy-tri": certified - (care < 0.6),
                "tthc-cat-giam-mot-nua": round(done(procedures, (0.05, 0.08, 0.11, 0.13), 1)),
                "thoi-gian-quy-dinh": days,
                "thoi-gian-cat-giam": _halves(done(float(days), (0.2, 0.32, 0.4, 0.47), 1)),
                "thoi-gian-quy-dinh-san-xuat-kinh-doanh": made_days,
                "thoi-gian-cat-giam-san-xuat-kinh-doanh": _halves(
                    done(float(made_days), (0.1, 0.2, 0.28, 0.33), 0.8 + 0.3 * care)
                ),
                "diem-chi-so-cchc": points,
                "can-bo-cong-chuc-tong": officials,
                "can-bo-cong-chuc-tap-huan": round(done(officials, even, 0.9 + 0.12 * care)),
                "don-vi-dung-co-cau": offices + services - (care < 0.5),
                "cbccvc-tong": officials + employed,
                "cbccvc-dung-phan-mem": round((officials + employed) * (0.96 + 0.04 * digital)),
                "nhiem-vu-cntt-tong": projects,
                "nhiem-vu-cntt-hoan-thanh": round(done(projects, even, 0.82 + 0.2 * digital)),
                "tthc-bcci-trien-khai": 250,
                "tthc-bcci-phat-sinh": round(done(250, (0.08, 0.12, 0.15, 0.18), 0.6 + digital)),
            }
        )
    return stocks


def _forget(chance: random.Random, known: dict[str, Figures]) -> None:
    """Take the figures away that a ward has not yet gathered, in one period of six."""
    for figures in known.values():
        if chance.random() < 1 / 6:
            for name in chance.sample(LACKING, chance.randint(1, 3)):
                figures.pop(name, None)


def _millions(amount: float) -> Decimal:
    """Return an amount in millions of đồng, to a tenth."""
    return Decimal(round(amount * 10)) / 10


def _halves(days: float) -> Decimal:
    return Decimal(round(days * 2)) / 2
