"""The self-assessment of a sample ward: answers that agree with its figures of the year."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from country.figures import Figures, Number
from vanban.app.ward import Ward, unit_id
from vanban.nd30.numbers import format_typed
from vanban.workspace.yaml_write import tree_lines

Answer = dict[str, Any]

LESS = "bị trừ điểm"
"""Bears the share of its points that an answer gets; below all it needs its reason."""

HEAD = """\
# yaml-language-server: $schema=../.schema/tu-danh-gia.schema.json
# Tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm {year}: số liệu mẫu.

"""


def answers(
    known: Figures,
    chance: random.Random,
    reasons: Mapping[str, str],
    maxima: Mapping[str, Fraction],
) -> dict[str, Answer]:
    """Return the answer to each criterion; ``known`` are the figures of the year.

    ``reasons`` say by criterion why points are missing, ``maxima`` how many there are.
    """
    given = dict(_answers(known, chance))
    for code, answer in given.items():
        points = maxima[code] * answer.pop(LESS, 1)
        if round(float(points) + 1e-9, 2) < maxima[code]:  # points are rounded to two places
            answer["nguyen_nhan"] = reasons[code]
    return given


def answers_text(ward: Ward, given: Mapping[str, Answer]) -> str:
    """Return ``tu-danh-gia.yaml``."""
    unit = unit_id(ward.units[0][0])
    tree = {
        "so_lieu_mau": True,
        "kinh_gui": ("ubnd-thanh-pho", "so-noi-vu"),
        "can_cu": [
            {"mo_dau": "Căn cứ", "van_ban": "nq-76-nq-cp"},
            {"mo_dau": "Thực hiện", "van_ban": f"kh-cchc-{ward.year}"},
        ],
        "noi_nhan": (
            "thuong-truc-dang-uy",
            "thuong-truc-hdnd",
            "lanh-dao-ubnd",
            "cac-phong-ban-nganh",
        ),
        "luu": (unit,),
        "nguoi_ky": "chu-tich",
        "to_chuc": [
            f"Ủy ban nhân dân {ward.level} đã giao {ward.units[0][0]} chủ trì tự đánh giá, chấm "
            "điểm; mỗi phòng, đơn vị chấm phần việc mình phụ trách và cung cấp tài liệu kiểm "
            "chứng.",
        ],
        "tra_loi": given,
        "kho_khan": [
            "Việc thu thập tài liệu kiểm chứng của một số tiêu chí còn mất nhiều thời gian."
        ],
        "kien_nghi": [
            f"Đề nghị Sở Nội vụ {ward.province} tập huấn về tài liệu kiểm chứng cho công chức phụ "
            "trách."
        ],
    }
    return HEAD.format(year=ward.year) + "\n".join(tree_lines(tree)) + "\n"


def _answers(known: Figures, chance: random.Random) -> list[tuple[str, Answer]]:
    """Return the answers in the order of the criteria."""

    def choice(*ways: tuple[str, float]) -> Answer:
        """Draw a level; what is not the first, the best, needs its reason."""
        names, weights = zip(*ways, strict=True)
        chosen = chance.choices(names, weights)[0]
        return {"chon": chosen, **({} if chosen == names[0] else reason())}

    def reason() -> Answer:
        return {LESS: Fraction(0)}

    def of(done: Number, total: Number, source: str, full: str = "1") -> Answer:
        typed = {"da_dat": format_typed(done), "tong_so": format_typed(total), "nguon": source}
        return {**typed, LESS: share(done, total, full)}

    def from_report(
        name: str, over: str, under: str, full: str = "1", given: Answer | None = None
    ) -> Answer:
        """Take a ratio from the report of the year, where there is one."""
        done, total = (_sum(known, each) for each in (over, under))
        if done is None or total is None:
            return {"khong_ap_dung": "Trong năm chưa tổng hợp được số liệu"}
        if not total:
            return {"khong_ap_dung": "Trong năm không phát sinh"}
        answer = {**(given or {}), "so_lieu": {"ky": "year", "chi_tieu": name}}
        return {**answer, LESS: share(done, total, full)}

    def counted(name: str, number: int, source: str) -> Answer:
        return {"so_luong": str(number), "nguon": source, **(reason() if number else {})}

    files = _sum(known, "ho-so-truc-tuyen ho-so-truc-tiep ho-so-bcci") or 0
    late, feedback = known["giai-quyet-qua-han"], known["pakn-tiep-nhan"]
    punished = _sum(known, "ky-luat-can-bo ky-luat-cong-chuc ky-luat-vien-chuc")
    system = "Hệ thống thông tin giải quyết thủ tục hành chính"
    on_time, ways = (
        "giai-quyet-truoc-han giai-quyet-dung-han",
        "ho-so-truc-tuyen ho-so-truc-tiep ho-so-bcci",
    )
    followed = chance.randint(2, 5)
    return [
        ("1.1.1", choice(("dung-han", 9), ("muon", 1))),
        (
            "1.1.2",
            from_report("ty-le-nhiem-vu-cchc", "nhiem-vu-cchc-hoan-thanh", "nhiem-vu-cchc-tong"),
        ),
        ("1.2.1", counted("bao-cao", chance.choice((0, 0, 0, 1)), "Sổ theo dõi văn bản đi")),
        ("1.2.2", counted("bao-cao", chance.choice((0, 0, 1, 2)), "Ý kiến của Sở Nội vụ")),
        ("1.3.1", choice(("du", 9), ("chi-ke-hoach", 1))),
        ("1.3.2", from_report("ty-le-kiem-tra-xu-ly", "kiem-tra-da-xu-ly", "kiem-tra-van-de")),
        ("1.4.1", choice(("tu-ba-hinh-thuc", 8), ("mot-hai-hinh-thuc", 2))),
        ("1.5.1", choice(("tu-hai", 2), ("mot", 5), ("khong", 3))),
        (
            "1.6.1",
            of(
                known["nhiem-vu-tp-dung-han"],
                known["nhiem-vu-tp-tong"],
                "Hệ thống theo dõi nhiệm vụ",
            ),
        ),
        ("2.1.1", choice(("co", 9), ("khong", 1))),
        (
            "2.1.2",
            from_report("ty-le-vbqppl-xu-ly-sau-ra-soat", "vbqppl-da-xu-ly", "vbqppl-can-xu-ly"),
        ),
        ("2.1.3", {"khong_ap_dung": "Trong năm không phát hiện văn bản trái pháp luật"}),
        ("2.2.1", choice(("ba-viec", 6), ("hai-viec", 4))),
        (
            "2.2.2",
            of(followed - chance.randint(0, 1), followed, "Báo cáo theo dõi thi hành pháp luật"),
        ),
        (
            "3.1.1",
            from_report(
                "ty-le-van-de-tthc-xu-ly",
                "van-de-tthc-da-xu-ly",
                "van-de-tthc-phat-hien",
                given={"dieu_kien": True},
            ),
        ),
        ("3.1.2", from_report("ty-le-tthc-cong-khai", "tthc-cong-khai", "tthc-tham-quyen")),
        (
            "3.2.1",
            from_report(
                "ty-le-tthc-mot-cua",
                "tthc-mot-cua tthc-lien-thong-cung-cap tthc-lien-thong-cac-cap",
                "tthc-tham-quyen",
            ),
        ),
        ("3.2.2", choice(("du", 8), ("thieu-mot", 2))),
        ("3.3.1", from_report("ty-le-ho-so-dung-han", on_time, f"{on_time} giai-quyet-qua-han")),
        ("3.3.2", of(late, late, "Sổ theo dõi thư xin lỗi")),
        ("3.3.3", of(files, files, system)),
        ("3.4.1", from_report("ty-le-pakn-xu-ly", "pakn-da-xu-ly", "pakn-tiep-nhan")),
        ("3.4.2", of(known["pakn-da-xu-ly"], feedback, "Hệ thống tiếp nhận phản ánh, kiến nghị")),
        ("4.1.1", choice(("du", 8), ("thieu-mot", 2))),
        ("4.1.2", choice(("co", 9), ("khong", 1))),
        (
            "4.2.1",
            {"chon": "co"}
            if known["bien-che-co-mat"] <= known["bien-che-giao"]
            else {"chon": "khong", **reason()},
        ),
        ("4.2.2", {"chon": "co"}),
        (
            "5.1.1",
            of(known["bo-tri-dung-vi-tri"], known["bien-che-co-mat"], "Danh sách bố trí công chức"),
        ),
        ("5.1.2", choice(("co", 19), ("khong", 1))),
        (
            "5.2.1",
            of(
                min(known["dao-tao-thuc-hien"], known["dao-tao-ke-hoach"]),
                known["dao-tao-ke-hoach"],
                "Báo cáo đào tạo, bồi dưỡng",
            ),
        ),
        (
            "5.3.1",
            {
                "so_lieu": {"ky": "year", "chi_tieu": "ky-luat-tong"},
                **(reason() if punished else {}),
            },
        ),
        ("6.1.1", from_report("ty-le-giai-ngan", "von-dau-tu-giai-ngan", "von-dau-tu-ke-hoach")),
        (
            "6.1.2",
            of(
                known["kien-nghi-da-nop"],
                known["kien-nghi-phai-nop"],
                "Phòng chuyên môn về kinh tế",
            ),
        ),
        ("6.2.1", choice(("du", 7), ("thieu-mot", 3))),
        ("6.2.2", choice(("co", 9), ("khong", 1))),
        (
            "7.1.1",
            from_report("ty-le-ke-hoach-cntt", "nhiem-vu-cntt-hoan-thanh", "nhiem-vu-cntt-tong"),
        ),
        ("7.1.2", from_report("ty-le-van-ban-ky-so", "van-ban-di-ky-so", "van-ban-di")),
        ("7.2.1", from_report("ty-le-ho-so-toan-trinh", "ho-so-toan-trinh", ways, "0.7")),
        (
            "7.2.2",
            from_report(
                "ty-le-thanh-toan-truc-tuyen",
                "ho-so-thanh-toan-truc-tuyen",
                "ho-so-phai-thanh-toan",
                "0.6",
            ),
        ),
        ("7.2.3", from_report("ty-le-so-hoa-ho-so", "ho-so-so-hoa", ways, "0.8")),
        ("7.3.1", from_report("ty-le-tiep-nhan-bcci", "ho-so-bcci", ways, "0.5")),
        ("7.3.2", choice(("duy-tri", 6), ("chi-cong-bo", 4))),
        ("7.3.3", choice(("du", 6), ("thieu-toi-hai", 4))),
    ]


def share(done: Number, total: Number, full: str) -> Fraction:
    """Return the share of the points for a ratio that gets all of them from ``full`` on."""
    return (
        min(Fraction(1), Fraction(done) / Fraction(total) / Fraction(full))
        if total
        else Fraction(1)
    )


def _sum(known: Figures, names: str) -> Number | None:
    """Return the sum of figures, None where one is missing."""
    if any(name not in known for name in names.split()):
        return None
    return sum(known[name] for name in names.split())
